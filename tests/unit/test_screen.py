"""A display is asked before Qt is started: one that is named but doesn't answer is no screen."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.screen import has_screen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def display() -> Iterator[str]:
    """An X server without a monitor."""
    if not shutil.which("Xvfb"):
        pytest.skip("there is no Xvfb")
    server = subprocess.Popen(["Xvfb", "-displayfd", "1"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    with server:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


def test_nothing_named_is_no_screen() -> None:
    assert not has_screen()


def test_an_x_server_that_answers_is_a_screen(display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert has_screen()
    monkeypatch.setenv("DISPLAY", ":6055")
    assert not has_screen()


def test_a_wayland_server_that_answers_is_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not has_screen()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert has_screen()
    assert not has_screen()  # the file is still there, as after a crash


@pytest.mark.parametrize("named", [{}, {"DISPLAY": ":6055"}, {"WAYLAND_DISPLAY": "wayland-6055"}])
def test_the_desktop_says_in_one_sentence_that_there_is_no_screen(project_root: Path, named: dict[str, str]) -> None:
    command = [sys.executable, "-m", "erp_desktop.cli"]
    environment = {**os.environ, **named}
    done = subprocess.run(command, cwd=project_root, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("Start the desktop where there is a screen")
