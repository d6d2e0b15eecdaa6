"""`erp-desktop import orders` as the shell sees it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import keyring
import pytest

from erp_desktop import cli
from erp_desktop.services import keyring_store, profiles
from erp_desktop.services.errors import LoginRefused
from erp_desktop.services.importing import command
from erp_desktop.services.profiles import Profiles
from tests.helpers.gate import PASSWORD, code_of
from tests.helpers.keyrings import Memory
from tests.helpers.order_files import book
from tests.helpers.workplace import Workplace

DAY = (date.today() - timedelta(days=1)).isoformat()
GOOD = [("A-1", DAY, "C1", "CHAIR", 2, 239.5, ""), ("A-2", DAY, "C1", "DESK", 1, "", "")]


@dataclass
class Shell:
    """A terminal at which a person enters commands; the password is piped in."""

    workplace: Workplace
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch

    def run(self, file: Path, *more: str, login: str = "lina", password: str = PASSWORD) -> tuple[int, str, str]:
        """Exit status, standard output, standard error."""
        self.workplace.log_in(login)
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(f"{password}\n"))
        code = cli.main(["import", "orders", str(file), "--login", login, *more])
        out, err = self.capsys.readouterr()
        return code, out, err

    def orders(self) -> int:
        """Orders in the books."""
        return int(self.workplace.company.database.value("select count(*) from sales.orders"))


@pytest.fixture
def shell(
    workplace: Workplace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    """A computer that knows the test's server."""
    known = tmp_path / "servers.toml"
    profile = workplace.company.database.profile
    profiles.save(Profiles((profile,), profile.name), known)
    monkeypatch.setenv("TENON_PROFILES", str(known))
    return Shell(workplace, capsys, monkeypatch)


def test_dry_run_and_import(shell: Shell, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", *GOOD)
    code, out, err = shell.run(file, "--dry-run")
    assert (code, err, shell.orders()) == (0, "", 0)
    assert out.startswith("a.xlsx: 2 orders, 2 lines, 1759.00 net, 228.67 tax")
    code, out, err = shell.run(file)
    assert (code, err, shell.orders()) == (0, "", 2) and "Imported as batch" in out
    code, out, err = shell.run(file)
    assert code == 1 and err.startswith("Correct the file") and "imported the file a.xlsx" in out
    assert shell.orders() == 2


def test_complaints_as_text_and_json(shell: Shell, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", *GOOD, ("A-3", "0000-01-01", "C1", "CHAIR", -1, 239.5, ""))
    code, out, err = shell.run(file)
    assert (code, err.count("\n"), shell.orders()) == (1, 1, 0)
    assert "error    row 4      数量: Correct the quantity" in out
    code, out, _ = shell.run(file, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (code, told["errors"], told["imported"]) == (1, 2, None)
    assert [(each["row"], each["column"], each["code"]) for each in told["complaints"]] == [
        (4, "下单日期", "UV006"),
        (4, "数量", "UV213"),
    ]


def test_one_customer_for_all_orders(shell: Shell, tmp_path: Path) -> None:
    headings = ("平台订单号", "商品编码", "数量")
    file = book(tmp_path / "a.xlsx", ("W-1", "CHAIR", 1), headings=headings)
    code, _, err = shell.run(file)
    assert code == 1 and "客户名称" in err
    code, _, err = shell.run(file, "--customer", "C2")
    assert code == 1 and "C2" in err
    code, out, _ = shell.run(file, "--customer", "C1", "--branch", "HZ", "--promise-days", "9", "--json")
    assert code == 0 and json.loads(out)["imported"]["orders"] == 1
    days = "select promised_on - ordered_on from sales.orders"
    assert shell.workplace.company.database.value(days) == 9
    assert shell.run(file, "--customer", "C1", "--branch", "CD")[0] == 1


def test_the_manager_lets_unknown_things_be_entered(shell: Shell, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", ("A-1", DAY, "NEW", "SOFA", 1, 5000, ""))
    assert shell.run(file, "--create-customers", "--create-products")[0] == 1
    code, out, _ = shell.run(file, "--create-customers", "--create-products", "--json", login="manager")
    assert code == 0 and json.loads(out)["imported"]["products"] == 1


def test_failures_are_one_sentence(shell: Shell, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", *GOOD)
    for path, more, password, begins in (
        (file, ["--server", "elsewhere"], PASSWORD, "Name a server with --server: this computer knows none"),
        (file, [], "wrong", "Check the name and the password"),
        (tmp_path / "none.xlsx", [], PASSWORD, "See whether the file is there"),
    ):
        code, out, err = shell.run(path, *more, password=password)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert err.startswith(begins)


def test_who_may_not_import_is_told(shell: Shell, tmp_path: Path) -> None:
    code, out, err = shell.run(book(tmp_path / "a.xlsx", *GOOD), login="keeper")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_the_command_runs_without_a_desktop(shell: Shell, tmp_path: Path) -> None:
    shell.workplace.log_in("lina")
    command = [sys.executable, "-m", "erp_desktop.cli", "import", "orders", str(book(tmp_path / "a.xlsx", *GOOD))]
    ended = subprocess.run(
        [*command, "--login", "lina", "--json"],
        input=f"{PASSWORD}\n",
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "QT_QPA_PLATFORM": "none"},
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["imported"]["orders"] == 2


def test_a_code_is_the_second_line_that_is_piped_in(shell: Shell, tmp_path: Path) -> None:
    shell.workplace.log_in("lina")
    secret, _ = shell.workplace.door.enrol("lina")
    file = book(tmp_path / "a.xlsx", *GOOD)
    try:
        code, _, err = shell.run(file, "--dry-run")
        assert (code, "needs one" in err) == (1, True)
        given = f"{PASSWORD}\n{code_of(secret)}"
        assert shell.run(file, "--dry-run", password=given)[0] == 0
    finally:
        shell.workplace.door.database.rows("delete from auth.code_secrets")


def test_a_remembered_password_that_is_refused_is_tried_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    door, profile = shell.workplace.door, shell.workplace.company.database.profile
    before, memory = keyring.get_keyring(), Memory()
    keyring.set_keyring(memory)
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    try:
        keyring_store.remember(profile, "lina", "an old one")
        failures = door.failures("lina")
        with pytest.raises(LoginRefused) as refused:
            command._log_in(profile, "lina")
        assert (refused.value.code, memory.kept, door.failures("lina")) == ("UX104", {}, failures + 1)
    finally:
        keyring.set_keyring(before)
