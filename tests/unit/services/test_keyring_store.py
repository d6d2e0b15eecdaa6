"""Remembered passwords against a real Secret Service, one that stays locked, and computers that have none."""

from __future__ import annotations

from pathlib import Path

import pytest

from erp_desktop.services import errors
from erp_desktop.services.errors import KeyringUnavailable
from tests.helpers.keyrings import Desk, needs_secret_service

# Runs in a process of its own, because a backend is chosen once and D-Bus belongs to a session.
CLIENT = """
import json, sys
from erp_desktop.services import keyring_store
from erp_desktop.services.db import Profile

for action, host, *arguments in json.loads(sys.argv[1]):
    profile = Profile("shop", host, 5432, "tenon")
    result = getattr(keyring_store, action)(profile, *arguments)
    value, problem = result if isinstance(result, tuple) else (None, result)
    print(json.dumps([value, problem.code if problem else None]))
"""
BUS_WITHOUT_SERVICES = """<busconfig>
<type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default">
<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>"""
PASSWORD = "密码 'o\"x%s 🔑"


@pytest.fixture
def computer(tmp_path: Path, project_root: Path) -> Desk:
    return Desk(tmp_path, project_root, CLIENT)


@needs_secret_service
def test_a_password_is_kept_over_sessions_and_forgotten_on_demand(computer: Desk) -> None:
    assert computer.run_unlocked(
        ("recall", "erp.example", "李娜"),
        ("remember", "erp.example", "李娜", PASSWORD),
        ("remember", "erp.example", "o'x%s", "another"),
        ("remember", "other.example", "李娜", "of another server"),
        ("recall", "erp.example", "李娜"),
    ) == [[None, None], [None, None], [None, None], [None, None], [PASSWORD, None]]
    assert computer.run_unlocked(
        ("recall", "erp.example", "李娜"),
        ("recall", "erp.example", "o'x%s"),
        ("forget", "erp.example", "李娜", "no longer this"),
        ("recall", "erp.example", "李娜"),
        ("forget", "erp.example", "李娜"),
        ("forget", "erp.example", "nobody"),
        ("recall", "erp.example", "李娜"),
        ("recall", "other.example", "李娜"),
    ) == [
        [PASSWORD, None],
        ["another", None],
        [None, None],
        [PASSWORD, None],
        [None, None],
        [None, None],
        [None, None],
        ["of another server", None],
    ]


@needs_secret_service
def test_nothing_readable_reaches_the_disk(computer: Desk) -> None:
    computer.run_unlocked(("remember", "erp.example", "lina", "very-secret-word"))
    written = [path for path in computer.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".keyring" for path in written)
    assert [path for path in written if b"very-secret-word" in path.read_bytes()] == []


@needs_secret_service
def test_a_keyring_that_stays_locked_is_told_and_stops_nobody(computer: Desk) -> None:
    computer.run_unlocked(("remember", "erp.example", "lina", "word"))
    assert computer.run_unlocked(
        ("recall", "erp.example", "lina"), ("remember", "erp.example", "lina", "other"), master="not the master"
    ) == [[None, "UX102"], [None, "UX102"]]


@needs_secret_service
def test_a_declined_prompt_is_told(computer: Desk) -> None:
    session = ("dbus-run-session", "--")
    assert computer.run(("remember", "erp.example", "lina", "word"), session=session) == [[None, "UX102"]]


@needs_secret_service
def test_a_session_without_a_keyring_keeps_nothing(computer: Desk) -> None:
    bus = computer.folder / "bus.conf"
    bus.write_text(BUS_WITHOUT_SERVICES)
    session = ("dbus-run-session", f"--config-file={bus}", "--")
    assert computer.run(("remember", "h", "lina", "word"), session=session) == [[None, "UX101"]]


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/bus"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"},
    ],
)
def test_without_a_safe_keyring_nothing_is_kept(computer: Desk, environment: dict[str, str]) -> None:
    actions = (("remember", "h", "lina", "word"), ("recall", "h", "lina"), ("forget", "h", "lina"))
    assert computer.run(*actions, **environment) == [[None, "UX101"]] * 3
    assert [path for path in computer.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("code", ["UX101", "UX102"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_problem_has_a_sentence(code: str, language: str) -> None:
    assert errors.sentence(KeyringUnavailable(code), language) != errors.sentence(errors.BugError(), language)
