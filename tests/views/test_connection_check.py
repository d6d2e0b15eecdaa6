"""The check of a connection on real lines: each step shown, each failure with its remedy, and no frozen window."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.services.auth import GATE_PASSWORD, GATE_ROLE
from erp_desktop.services.db import Profile
from erp_desktop.services.probe import examine
from erp_desktop.views.connection_check import ConnectionCheck
from tests.helpers import bad_servers
from tests.helpers.gate import Door
from tests.helpers.pg15 import Authority, CentralServer

WAIT = 20_000
DONE = "passed"


@pytest.fixture
def check(desk: QApplication, qtbot: QtBot) -> Iterator[Callable[[Profile], ConnectionCheck]]:
    """Opens checks."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def make(profile: Profile) -> ConnectionCheck:
        dialog = ConnectionCheck(profile, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        dialog.open()
        return dialog

    yield make


def finished(qtbot: QtBot, dialog: ConnectionCheck) -> ConnectionCheck:
    qtbot.waitUntil(lambda: not dialog.is_running, timeout=WAIT)
    return dialog


def local(port: int, sslmode: str = "disable", host: str = "127.0.0.1") -> Profile:
    return Profile("There", host, port, "tenon", sslmode)


def test_a_good_server_passes_each_step_and_tells_whose_it_is(
    check: Callable[[Profile], ConnectionCheck], qtbot: QtBot, door: Door
) -> None:
    dialog = finished(qtbot, check(door.database.profile))
    (host,) = dialog.hosts
    assert list(host.states.items()) == [(name, DONE) for name in ("resolve", "connect", "log_in", "ask")]
    assert "in order" in dialog.verdict.text() and dialog.refusal.isHidden()
    assert host.outcome is not None and host.outcome.round_trip is not None and host.outcome.round_trip < 1_000
    dialog.copy_button.click()
    report = QGuiApplication.clipboard().text()
    assert "PostgreSQL 18" in report and "version 0." in report and "round trip" in report


def test_each_of_several_hosts_is_checked(
    check: Callable[[Profile], ConnectionCheck], qtbot: QtBot, door: Door
) -> None:
    profile = door.database.profile
    hosts = Profile("Two", f"no-such-host.invalid,{profile.host}", profile.port, profile.database, "disable")
    dialog = finished(qtbot, check(hosts))
    first, second = dialog.hosts
    assert first.states["resolve"] == "failed" and set(second.states.values()) == {DONE}
    assert "no-such-host.invalid" in dialog.refusal.sentence


@pytest.mark.parametrize(
    ("server", "sslmode", "failed", "code"),
    [
        (bad_servers.refusing, "disable", "connect", "08R01"),
        (bad_servers.black_hole, "disable", "connect", "08001"),
        (bad_servers.silent, "disable", "log_in", "08S01"),
        (bad_servers.silent, "verify-full", "encrypt", "08S01"),
        (lambda: bad_servers.answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "disable", "log_in", "08P01"),
        (lambda: bad_servers.answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "require", "encrypt", "08P01"),
        (lambda: bad_servers.answering(b"S", b"no TLS at all"), "require", "encrypt", "08T06"),
        (lambda: bad_servers.answering(b"N"), "require", "encrypt", "08T02"),
    ],
)
def test_what_fails_is_marked_and_named(
    check: Callable[[Profile], ConnectionCheck],
    qtbot: QtBot,
    server: Callable[[], AbstractContextManager[int]],
    sslmode: str,
    failed: str,
    code: str,
) -> None:
    with server() as port:
        dialog = finished(qtbot, check(local(port, sslmode)))
        states = dialog.hosts[0].states
        assert [name for name, state in states.items() if state == "failed"] == [failed]
        assert DONE not in list(states.values())[list(states).index(failed) :]  # type: ignore[arg-type]
        assert code in dialog.report()
        assert "127.0.0.1" in dialog.refusal.sentence


@pytest.mark.parametrize("server", [bad_servers.silent, bad_servers.black_hole])
def test_the_window_lives_while_a_server_does_not_answer_and_cancel_ends_the_wait_at_once(
    check: Callable[[Profile], ConnectionCheck], qtbot: QtBot, server: Callable[[], AbstractContextManager[int]]
) -> None:
    with server() as port:
        dialog = check(local(port))
        beats: list[float] = []
        timer = QTimer(interval=20)
        timer.timeout.connect(lambda: beats.append(time.perf_counter()))
        timer.start()
        qtbot.waitUntil(lambda: len(beats) > 20, timeout=WAIT)
        assert dialog.is_running
        asked = time.perf_counter()
        dialog.again_button.click()
        finished(qtbot, dialog)
        assert time.perf_counter() - asked < 1
        assert "cancelled" in dialog.verdict.text()
        assert max(after - before for before, after in pairwise(beats)) < 1
        dialog.again_button.click()
        assert dialog.is_running
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        finished(qtbot, dialog)


@pytest.mark.parametrize(
    ("host", "sslmode", "authority", "code"),
    [
        ("localhost", "verify-full", "right", ""),
        ("127.0.0.1", "verify-full", "right", ""),
        ("127.1", "verify-ca", "right", ""),
        ("localhost", "require", "", ""),
        ("localhost", "prefer", "", ""),
        ("localhost", "verify-full", "other", "08T01"),
        ("localhost", "verify-full", "", "08T01"),
        ("localhost", "verify-full", "missing", "08T03"),
        ("localhost", "verify-ca", "", "08T03"),
        ("localhost", "disable", "", "28H02"),
    ],
)
def test_certificates_are_minded_as_the_profile_says(
    central: CentralServer, tmp_path: Path, host: str, sslmode: str, authority: str, code: str
) -> None:
    other = tmp_path / "other.crt"
    other.write_bytes(Authority("Another authority").certificate_file())
    files = {"right": str(central.authority), "other": str(other), "missing": str(tmp_path / "none.crt"), "": None}
    profile = Profile("central", host, central.port, central.database, sslmode, files[authority])
    report = examine(profile, GATE_ROLE, GATE_PASSWORD, "select auth.server_info()")
    assert (report.error.code if report.error else "") == code
    if not code:
        assert '"schema_version"' in report.answer and [step.ok for step in report.steps] == [True] * 5


@pytest.mark.parametrize(
    ("kind", "address", "code"), [(bad_servers.Expired, "127.0.0.1", "08T05"), (Authority, "10.0.0.5", "08T04")]
)
def test_a_certificate_that_has_run_out_or_is_for_other_names(
    tmp_path: Path, kind: type[Authority], address: str, code: str
) -> None:
    authority = kind("Some authority")
    root = tmp_path / "root.crt"
    root.write_bytes(authority.certificate_file())
    with bad_servers.encrypting(authority, "erp.example.com", address) as port:
        profile = Profile("old", "127.0.0.1", port, "tenon", "verify-full", str(root))
        report = examine(profile, GATE_ROLE, GATE_PASSWORD)
    assert report.error is not None and report.error.code == code
    assert report.error.params.get("names", ["erp.example.com", address]) == ["erp.example.com", address]


NO_NAME_SERVER = """
import fcntl, socket, struct, sys, time
from pathlib import Path

with socket.socket() as any_socket:  # the loopback of this world of its own is not up yet
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
name_server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
name_server.bind(("127.0.0.1", 53))  # takes questions and never answers

from erp_desktop.services.db import Profile
from erp_desktop.services.probe import examine

started = time.perf_counter()
report = examine(Profile("far", "erp.example.com"), "erp_gate", "gate")
print(report.error.code, time.perf_counter() - started < 8)
print(examine(Profile("far", "192.0.2.1", 5432, "tenon", "disable"), "erp_gate", "gate").error.code, flush=True)
import os
os._exit(0)  # the system's name resolution still waits
"""


def test_a_name_server_that_does_not_answer_is_waited_for_a_few_seconds(tmp_path: Path, project_root: Path) -> None:
    alone = ["unshare", "--map-root-user", "--mount", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode != 0:
        pytest.skip("this computer allows no network of its own")
    (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\n")
    (tmp_path / "nsswitch.conf").write_text("hosts: files dns\n")
    mounts = "; ".join(f"mount --bind {tmp_path}/{name} /etc/{name}" for name in ("resolv.conf", "nsswitch.conf"))
    command = [*alone, "sh", "-c", f'{mounts}; exec "$@"', "sh", sys.executable, "-c", NO_NAME_SERVER]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["08H02", "True", "08N01"], done.stderr
