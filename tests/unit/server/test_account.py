"""Making the embedded server's system account: once, however many programs start at the same moment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from erp_desktop.server import account
from erp_desktop.server.account import _made_once
from erp_desktop.server.errors import ServerError

# Stands in for the system's list of accounts: like it, the file is read, changed and written back as a whole.
_PROGRAM = """
import sys
from pathlib import Path
from erp_desktop.server.account import _made_once

folder = Path(sys.argv[1])
accounts = folder / "accounts"

def find():
    lines = accounts.read_text().split()
    return (int(lines[0]), int(lines[0])) if lines else None

def add():
    before = accounts.read_text()
    (folder / f"adding-{sys.argv[2]}").touch()
    while len(list(folder.glob("at-the-door-*"))) < 4:  # so that all the others come by meanwhile
        pass
    accounts.write_text(f"{before}{900 + int(sys.argv[2])}\\n")

sys.stdin.read()
(folder / f"at-the-door-{sys.argv[2]}").touch()
print(*_made_once(folder / "lock", find, add))
"""


def test_programs_that_start_at_once_make_one_account_and_all_use_it(tmp_path: Path, project_root: Path) -> None:
    accounts = tmp_path / "accounts"
    accounts.touch()
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(tmp_path), str(number)],
            cwd=project_root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for program in programs:
        assert program.stdin is not None
        program.stdin.close()  # off they go
    found = {program.stdout.read() for program in programs if program.stdout and program.wait(30) == 0}
    (made,) = accounts.read_text().split()
    assert found == {f"{made} {made}\n"}
    assert len(list(tmp_path.glob("adding-*"))) == 1
    for program in programs:
        assert program.stdout is not None
        program.stdout.close()


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_PAUSE_SECONDS", 0)


@pytest.mark.usefixtures("no_pause")
def test_it_is_tried_again_while_something_else_changes_the_accounts(tmp_path: Path) -> None:
    tries: list[int] = []

    def add() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ServerError("busy")

    assert _made_once(tmp_path / "lock", lambda: (990, 991) if len(tries) == 3 else None, add) == (990, 991)


@pytest.mark.usefixtures("no_pause")
def test_an_account_that_never_appears_is_an_error(tmp_path: Path) -> None:
    def add() -> None:
        raise ServerError("no")

    with pytest.raises(ServerError, match="no"):
        _made_once(tmp_path / "lock", lambda: None, add)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_only_its_maker_may_hold_the_lock(tmp_path: Path) -> None:
    _made_once(tmp_path / "lock", lambda: (1, 1), lambda: None)
    assert (tmp_path / "lock").stat().st_mode & 0o777 == 0o600
