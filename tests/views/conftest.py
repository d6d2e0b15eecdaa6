"""Fixtures of the widget tests: a program dressed like the real one, with settings of its own, and real sessions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop import app
from erp_desktop.models import i18n, operations
from erp_desktop.models.bridge import Bridge, bridge
from erp_desktop.services import db
from erp_desktop.services.auth import Session
from erp_desktop.services.errors import ErpError
from erp_desktop.views import errors
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.document_page import DocumentPage
from tests.helpers.databases import Template, TestDatabase
from tests.helpers.gate import ITERATIONS, Door
from tests.helpers.workplace import Workplace


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[None]:
    """No test reads or writes what the person at this computer set."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield
    QSettings().clear()


@pytest.fixture
def desk(qtbot: QtBot, own_settings: None) -> Iterator[QApplication]:
    """The application with its font, in English and light; nothing runs on when the test ends."""
    application = app.make_application()
    theme.apply(application, dark=False)
    i18n.set_language("en")
    yield application
    qtbot.waitUntil(lambda: not operations.running(), timeout=10_000)
    if errors.BugDialog.opened() is not None:
        errors.BugDialog.opened().close()
    i18n.set_language("en")
    bridge.attach()  # what nobody was there to hear is not for the next test
    while bridge.attached:
        bridge.detach()


class Told:
    """What the person was told, and which errors reached the standard display."""

    def __init__(self, source: Bridge) -> None:
        self.messages: list[tuple[str, str]] = []
        self.failures: list[BaseException] = []
        source.message.connect(self._on_message)
        source.failed.connect(self._on_failed)

    def _on_message(self, kind: str, text: str) -> None:
        self.messages.append((kind, text))

    def _on_failed(self, error: BaseException) -> None:
        self.failures.append(error)


@pytest.fixture
def told(desk: QApplication) -> Iterator[Told]:
    """Records what goes over the bridge, as if a window listened."""
    recorder = Told(bridge)
    bridge.attach()
    yield recorder
    bridge.message.disconnect(recorder._on_message)
    bridge.failed.disconnect(recorder._on_failed)


@pytest.fixture(scope="module")
def door(template: Template) -> Iterator[Door]:
    """A copy of the product's database, for all tests of a module, whose gate is quick."""
    with template.copy() as copy:
        opened = Door(copy)
        opened.set(iterations=ITERATIONS)
        opened.create("lina", "erp_job_sales_clerk", display_name="李娜", display_name_en="Li Na")
        opened.create("nobody", display_name="无名", display_name_en="Nobody")
        yield opened


@pytest.fixture
def log_in(door: Door) -> Iterator[Callable[[str], Session]]:
    """Logs people in, as the program does, and out again when the test ends."""
    sessions: list[Session] = []

    def enter(login: str) -> Session:
        sessions.append(door.log_in(login))
        return sessions[-1]

    yield enter
    for session in sessions:
        with suppress(ErpError):
            session.database.close()


@pytest.fixture
def database_of_door(door: Door) -> TestDatabase:
    """The database behind `door`."""
    return door.database


@pytest.fixture
def at_work(
    desk: QApplication, qtbot: QtBot, workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], Shell]]:
    """Opens the main window for a person of the tests' company; from then on this thread may not touch the database."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))  # what is typed and not saved is kept there
    shells: list[Shell] = []

    def enter(login: str) -> Shell:
        db.unguard_thread(threading.get_ident())
        shell = app.open_shell(workplace.enter(login))
        db.guard_thread(threading.get_ident())
        shells.append(shell)
        shell.resize(1366, 768)
        qtbot.addWidget(shell, before_close_func=_forget_input)
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        qtbot.waitUntil(lambda: shell.listener.connected, timeout=10_000)
        return shell

    yield enter
    for shell in shells:
        shell.close()
    qtbot.waitUntil(lambda: not operations.running(), timeout=10_000)
    db.unguard_thread(threading.get_ident())


def _forget_input(shell: Shell) -> None:
    """Let the windows of a test close without asking whether to save."""
    for page in shell.pages():
        if isinstance(page, DocumentPage):
            page._set_modified(False)
            page._sender._open = None
