"""The desktop program, told in the order in which it starts.

1. `run_desktop` makes the QApplication, and with it the name under which settings are kept.
2. Font, colours and language are set before any widget exists.
3. Errors that nobody catches go to the standard display; the database layer is told which thread must never wait.
4. The login window appears. It needs no more than PySide6 and psycopg2; what the first statement needs (SQLAlchemy)
   is imported in a thread while the person types.
5. Once somebody is logged in the main window replaces the login window, and comes back to it after a log-out.
6. At the end running reads are cancelled, running writes are waited for, and the connections are closed.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

import erp_desktop
from erp_desktop.ending import Ending
from erp_desktop.models import i18n, operations, settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.collector import Collector
from erp_desktop.models.watchdog import Watchdog
from erp_desktop.services import db, logbook, profiles
from erp_desktop.services.errors import KnownError
from erp_desktop.views import errors
from erp_desktop.views.login_window import LoginWindow, Persona
from erp_desktop.views.widgets import icons, theme

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session
    from erp_desktop.services.db import Profile
    from erp_desktop.views.shell import Shell

log = logging.getLogger(__name__)


def run_desktop(
    argv: Sequence[str] | None = None,
    servers: Sequence[Profile] | None = None,
    personas: Sequence[Persona] = (),
    ending: Ending | None = None,
) -> int:
    """Run the program until its last window is closed; the exit code.

    `servers` replaces the servers of this computer's files (the demo has one of its own); `personas` are the people
    that the demo offers with one click; `ending` is there if the caller has something to clear up after a signal.
    """
    logbook.start()
    application = make_application(argv)
    install_guards()
    goodbye = Goodbye(application, ending or Ending(last_act=lambda: None))
    watchdog = Watchdog()
    watchdog.start()
    desktop = Desktop(known_servers() if servers is None else servers, personas)
    desktop.show_login()
    threading.Thread(target=db.warm_up, name="warm-up", daemon=True).start()
    code = application.exec()
    goodbye.forget()
    watchdog.stop()
    operations.shut_down()
    return code


def make_application(argv: Sequence[str] | None = None) -> QApplication:
    """The QApplication with name, font, colours and language; one that exists already is dressed the same way."""
    existing = QApplication.instance()
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    application = existing if isinstance(existing, QApplication) else QApplication(list(argv or sys.argv[:1]))
    Collector.install(application)
    application.setOrganizationName("tenon")
    application.setApplicationName("tenon")
    application.setApplicationDisplayName("")
    application.setApplicationVersion(erp_desktop.__version__)
    application.setDesktopFileName("tenon")
    application.setWindowIcon(icons.logo())
    theme.load_fonts()
    application.setFont(theme.base_font())
    theme.apply(application, wants_dark())
    i18n.set_language(settings.read(settings.LANGUAGE) or i18n.system_language())
    return application


def install_guards() -> None:
    """Let errors reach the standard display, and keep the database off this thread."""
    errors.install_hooks()
    db.guard_thread(threading.get_ident())


class Goodbye(QObject):
    """Turns Ctrl+C in the terminal, and the system's wish that the program ends, into closing all windows.

    A window with unsaved input asks about it, as always; the second signal ends the program at once.
    """

    def __init__(self, parent: QObject, ending: Ending) -> None:
        super().__init__(parent)
        self._ending = ending
        self._notifier = QSocketNotifier(ending.heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_heard)

    def forget(self) -> None:
        """Close no windows any more."""
        self._notifier.setEnabled(False)

    @Slot()
    def _on_heard(self) -> None:
        self._ending.drain()
        QApplication.quit()


def wants_dark() -> bool:
    """Whether the person, or else the system, wants the dark look."""
    chosen = settings.read(settings.THEME)
    if chosen in ("light", "dark"):
        return chosen == "dark"
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def known_servers() -> list[Profile]:
    """The servers of this computer's files; a file that can't be read is told of in the login window."""
    try:
        return profiles.load().ordered()
    except KnownError as error:
        bridge.fail(error)
        return []


def open_shell(session: Session) -> Shell:
    """Show the main window for somebody who is logged in, at her first screen."""
    from erp_desktop.views.shell import Shell

    shell = Shell(session)
    shell.show()
    shell.open_first_screen()
    return shell


class Desktop(QObject):
    """The windows that follow each other: login, main window, login again."""

    def __init__(self, servers: Sequence[Profile], personas: Sequence[Persona] = ()) -> None:
        super().__init__()
        self._servers = list(servers)
        self._personas = list(personas)
        self.login: LoginWindow | None = None
        self.shell: Shell | None = None

    @Slot()
    def show_login(self) -> None:
        """Show the login window."""
        self.shell = None
        self.login = LoginWindow(self._servers, self._personas)
        self.login.logged_in.connect(self._enter)
        self.login.servers_changed.connect(self._know)
        self.login.show()

    @Slot(object)
    def _know(self, servers: list[Profile]) -> None:
        self._servers = servers

    @Slot(object)
    def _enter(self, session: Session) -> None:
        from erp_desktop.views import trail_warning

        self.shell = open_shell(session)
        self.shell.logged_out.connect(self.show_login)
        if not self._personas:  # the demo's trail may go with the demo
            trail_warning.watch(self.shell)
        if self.login is not None:
            self.login.close()
            self.login = None


if __name__ == "__main__":
    sys.exit(run_desktop(sys.argv))
