"""“Remember me” at the window: each server its own password, and one that is refused is tried no second time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.models import operations, settings
from erp_desktop.services import keyring_store
from erp_desktop.services.db import Profile
from erp_desktop.services.passwords import make_credentials
from erp_desktop.views.login_window import LoginWindow
from tests.helpers.gate import ITERATIONS, PASSWORD, Door
from tests.helpers.keyrings import Desk, Memory, needs_secret_service

WAIT = 15_000

# The program at a computer of its own, because D-Bus and a keyring belong to a session.
PROGRAM = """
import json, sys
from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from erp_desktop import app
from erp_desktop.models import i18n, operations
from erp_desktop.services.db import Profile
from erp_desktop.views.login_window import LoginWindow

application = app.make_application()
i18n.set_language("en")

def wait(done):
    while not done():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 100)

for profile, password in json.loads(sys.argv[1]):
    window = LoginWindow([Profile(**profile)])
    window.show()
    wait(lambda: not operations.running())
    form, entered = window.form, []
    window.logged_in.connect(entered.append)
    found = form.password_edit.text()
    if password:
        form.login_edit.setText("lina")
        form.password_edit.setText(password)
        form.remember_box.setChecked(True)
    refusal = form.refusal
    if form.password_edit.text():
        form.refuse("")
        QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
        wait(lambda: entered or form.refusal)
        wait(lambda: not operations.running())
        refusal = form.refusal
    for session in entered:
        session.database.close()
    print(json.dumps([found, bool(entered), refusal, form.password_edit.text()]), flush=True)
    window.close()
    QSettings().sync()
"""


@pytest.fixture
def memory() -> Iterator[Memory]:
    """The keyring of this computer."""
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def servers(door: Door) -> tuple[Profile, Profile]:
    """The same server under two names of its host, so that the keyring takes them for two."""
    here = replace(door.database.profile, name="Here", host="127.0.0.1")
    return here, replace(here, name="There", host="localhost")


@pytest.fixture
def window(desk: QApplication, qtbot: QtBot, memory: Memory, servers: tuple[Profile, Profile]) -> Iterator[LoginWindow]:
    """The login window of somebody who was remembered at both servers, with an old password at the second."""
    for profile, password in zip(servers, (PASSWORD, "an old one"), strict=True):
        keyring_store.remember(profile, "lina", password)
    settings.write(settings.LOGIN, "lina")
    settings.write(settings.REMEMBER, True)
    made = LoginWindow(servers)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: made.form.password_edit.text() == PASSWORD)
    yield made


def give_password(door: Door, password: str) -> None:
    """Give Li Na a password."""
    credentials = json.dumps(make_credentials(password, ITERATIONS))
    door.database.rows("select auth.set_credentials(id, %s, false) from auth.users where login = 'lina'", credentials)


def choose(window: LoginWindow, place: int) -> None:
    """Choose a server by the keyboard."""
    QTest.keyClick(window.form._server_box, Qt.Key.Key_Down if place else Qt.Key.Key_Up)
    window.form._server_box.activated.emit(place)


def test_each_server_has_its_own_password(window: LoginWindow, qtbot: QtBot) -> None:
    form = window.form
    choose(window, 1)
    qtbot.waitUntil(lambda: form.password_edit.text() == "an old one")
    choose(window, 0)
    qtbot.waitUntil(lambda: form.password_edit.text() == PASSWORD)


def test_another_name_does_not_get_the_password_of_the_first(window: LoginWindow, qtbot: QtBot) -> None:
    form = window.form
    form.login_edit.setFocus()
    form.login_edit.setText("nobody")
    QTest.keyClick(form.login_edit, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not operations.running())
    assert form.password_edit.text() == ""


def test_a_refused_password_is_forgotten_and_counts_once(
    window: LoginWindow, qtbot: QtBot, memory: Memory, door: Door
) -> None:
    form = window.form
    before = door.failures("lina")
    choose(window, 1)
    qtbot.waitUntil(lambda: form.password_edit.text() == "an old one")
    QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "has been forgotten" in form.refusal, timeout=WAIT)
    qtbot.waitUntil(lambda: list(memory.kept.values()) == [PASSWORD])
    assert form.password_edit.text() == "" and form.password_edit.hasFocus()
    QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
    assert door.failures("lina") == before + 1
    form.password_edit.setText(PASSWORD)
    with qtbot.waitSignal(window.logged_in, timeout=WAIT) as entered:
        QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list(memory.kept.values()) == [PASSWORD, PASSWORD])
    entered.args[0].database.close()


def test_a_typed_password_that_is_wrong_leaves_the_remembered_one(
    window: LoginWindow, qtbot: QtBot, memory: Memory
) -> None:
    form = window.form
    form.password_edit.setText("a slip")
    QTest.keyClick(form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Check the name" in form.refusal, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running())
    assert sorted(memory.kept.values()) == sorted([PASSWORD, "an old one"])


@needs_secret_service
def test_a_real_keyring_remembers_over_sessions_until_the_password_is_no_longer_right(
    door: Door, tmp_path: Path, project_root: Path
) -> None:
    profile = asdict(door.database.profile)
    computer = Desk(tmp_path, project_root, PROGRAM)
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    give_password(door, PASSWORD)
    assert computer.run_unlocked([profile, PASSWORD], **offscreen) == [["", True, "", PASSWORD]]
    assert computer.run_unlocked([profile, ""], **offscreen) == [[PASSWORD, True, "", PASSWORD]]
    give_password(door, "another one")
    ((found, entered, refusal, left), after) = computer.run_unlocked([profile, ""], [profile, ""], **offscreen)
    assert (found, entered, left) == (PASSWORD, False, "") and "has been forgotten" in refusal
    assert after == ["", False, "", ""]


def test_a_computer_without_a_keyring_says_so_and_lets_her_in(door: Door, tmp_path: Path, project_root: Path) -> None:
    profile = asdict(door.database.profile)
    give_password(door, PASSWORD)
    computer = Desk(tmp_path, project_root, PROGRAM)
    first, second = computer.run([profile, PASSWORD], [profile, ""], QT_QPA_PLATFORM="offscreen")
    assert first == ["", True, "", PASSWORD]
    assert second == ["", False, "Enter the password each time: this computer has no keyring to remember it in.", ""]
