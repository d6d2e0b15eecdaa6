"""What a killed day left is cleared by the next one; a day that is being played is left alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from erp_desktop.demo.day import play
from tests.helpers.databases import temporary_folder

_DAY = """
import sys, tempfile
from erp_desktop.demo.day.play import _own_folder
from erp_desktop.server.embedded import EmbeddedServer

tempfile.tempdir = sys.argv[1]
with _own_folder() as folder:
    server = EmbeddedServer(folder / "demo")
    server.ensure_running()
    print(folder, server.pid, flush=True)
    sys.stdin.read()
    server.remove()
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with temporary_folder() as folder:
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        yield folder


def runs(process: psutil.Process) -> bool:
    """Whether it does; one that has ended stays a zombie where the system's first process reaps none."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_the_next_day_clears_what_a_killed_one_left(temporary: Path, project_root: Path) -> None:
    command = [sys.executable, "-c", _DAY, str(temporary)]
    day = subprocess.Popen(command, cwd=project_root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert day.stdout is not None
    folder, pid = day.stdout.readline().split()
    server = psutil.Process(int(pid))
    someone_elses = temporary / f"{play._OWN}without-a-lock"
    someone_elses.mkdir()
    with play._own_folder():
        assert runs(server) and Path(folder).is_dir()  # still being played
    day.kill()
    day.communicate()
    assert runs(server)
    with play._own_folder() as own:
        assert not runs(server)
        assert set(temporary.iterdir()) == {own, someone_elses}
    assert list(temporary.iterdir()) == [someone_elses]
