"""Where the day happens: the demo's server, its people at their desks, what the books say, and what was printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from erp_desktop import app
from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.report import Report
from erp_desktop.demo.logins import DemoLogin
from erp_desktop.models import i18n
from erp_desktop.models.listing import ListState
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services import auth
from erp_desktop.services.errors import ErpError
from erp_desktop.views import registry
from erp_desktop.views.login_window import LoginWindow
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.list_page import ListPage
from erp_desktop.views.widgets.page import Page

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

    from erp_desktop.services.db import Profile

LANGUAGE = "en"
"""The language in which the windows are worked; pictures are taken in both."""
BOTH = ("zh_CN", "en")
WINDOW_SIZE = (1366, 768)


class Notes(dict[str, Any]):
    """What steps leave for later ones, by name."""

    def __missing__(self, name: str) -> Any:
        raise Unexpected(f"an earlier step did not leave “{name}”")


class Stage:
    """Everything that the steps share."""

    def __init__(
        self, server: EmbeddedServer, logins: Sequence[DemoLogin], own: Path, out: Path, report: Report
    ) -> None:
        """`own` is for the files that people work with, `out` for what stays."""
        self.server = server
        self.profile: Profile = server.profile()
        self.people = {login.login: login for login in logins}
        self.own = own
        self.out = out
        self.report = report
        self.notes = Notes()
        self._desks: dict[str, Desk] = {}
        self._sessions: dict[str, auth.Session] = {}
        self._pictures = 0

    # People

    def desk(self, login: str) -> Desk:
        """The desk at which `login` sits, in the program; she logs in if she has not yet."""
        if login not in self._desks:
            desk = Desk(self, self.people[login])
            desk.log_in()
            self._desks[login] = desk
        desk = self._desks[login]
        hands.bring_to_front(desk.shell)
        return desk

    def take_seat(self, desk: Desk) -> None:
        """Keep a desk whose person has logged in in some other way."""
        self._desks[desk.person.login] = desk

    def leave(self, login: str) -> None:
        """Let a person log out and go."""
        self._desks.pop(login).log_out()

    def session(self, login: str) -> auth.Session:
        """What the gate gives to `login` outside the program: the way of somebody who types SQL."""
        if login not in self._sessions:
            person = self.people[login]
            self._sessions[login] = hands.aside(
                lambda: auth.log_in(self.profile, person.login, person.password), f"{login} passes the gate"
            )
        return self._sessions[login]

    def connect(self, login: str) -> Connection:
        """A plain connection of a person, with the secret that the gate gave her; the caller closes it."""
        return hands.aside(self.session(login).database.connect, f"{login} connects")

    # What the books say

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a statement as the superuser sees them: what is so, whoever may see it."""
        with closing(psycopg2.connect(self.server.superuser_dsn())) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []

    def row(self, statement: str, *parameters: object) -> tuple[Any, ...]:
        """The only row of a statement."""
        rows = self.rows(statement, *parameters)
        if len(rows) != 1:
            raise Unexpected(f"{len(rows)} rows instead of one: {' '.join(statement.split())[:120]} {parameters}")
        return rows[0]

    def value(self, statement: str, *parameters: object) -> Any:
        """The first column of the only row."""
        return self.row(statement, *parameters)[0]

    # What stays

    def picture(self, widget: QWidget, name: str, languages: Sequence[str] = BOTH) -> None:
        """Keep pictures of a window, in both languages."""
        self._pictures += 1
        if isinstance(widget, Shell):
            for toast in widget.overlay.toasts():  # nobody reads them as fast as this day goes
                toast.close()
        for language in languages:
            if i18n.language() != language:
                i18n.set_language(language)
            hands.settle()
            path = self.out / f"{self._pictures:02}-{name}-{language}.png"
            if not widget.grab().save(str(path)):
                raise Unexpected(f"the picture {path} can't be written")
            self.report.screenshots.append(path.name)
        i18n.set_language(LANGUAGE)
        hands.settle()

    def clear_up(self, name: str) -> None:
        """After a step that failed: keep a picture of the window in front, and close the dialogs it left open."""
        window = QApplication.activeModalWidget() or QApplication.activeWindow()
        if window is not None:
            with suppress(Unexpected):
                self.picture(window, f"failed-{_file_name(name)}", (i18n.language(),))
        close_dialogs()
        i18n.set_language(LANGUAGE)

    def vanish(self) -> None:
        """Close everything that is still open."""
        with hands.discarding():
            for desk in self._desks.values():
                desk.vanish()
        for session in self._sessions.values():
            session.database.close()

    def keep_document(self, name: str) -> Path:
        """The path for a document that is about to be saved."""
        path = self.out / name
        path.unlink(missing_ok=True)  # of an earlier day
        self.report.documents.append(path.name)
        return path


class Desk:
    """One person with her windows."""

    def __init__(self, stage: Stage, person: DemoLogin) -> None:
        self.stage = stage
        self.person = person
        self._desktop = app.Desktop([stage.profile], list(stage.people.values()))

    @property
    def shell(self) -> Shell:
        """The main window."""
        if self._desktop.shell is None:
            raise Unexpected(f"{self.person.login} is not logged in")
        return self._desktop.shell

    @property
    def login_window(self) -> LoginWindow:
        """The login window, while it is open."""
        if self._desktop.login is None:
            raise Unexpected("the login window is not open")
        return self._desktop.login

    def come(self) -> LoginWindow:
        """Sit down in front of the login window."""
        self._desktop.show_login()
        window = self.login_window
        hands.bring_to_front(window)
        return window

    def log_in(self) -> None:
        """Log in by typing name and password."""
        self.come()
        self.enter(self.person.password)
        self.arrive()

    def enter(self, password: str) -> None:
        """Type name and password into the login window's form and press Enter."""
        window = self.login_window
        if not window.form.isVisible():
            hands.click(hands.find(window, QPushButton, "Log in with name and password"))
        hands.fill(window, "Name", self.person.login)
        hands.fill(window, "Password", password)
        hands.press("Return")

    def arrive(self) -> None:
        """Wait for the main window and its first screen."""
        hands.wait_until(lambda: self._desktop.shell, f"{self.person.login} is let in", 20)
        shell = self.shell
        shell.resize(*WINDOW_SIZE)
        hands.wait_until(lambda: shell.listener.connected, "the program hears of changes")
        hands.bring_to_front(shell)
        hands.settle()

    def open_screen(self, code: str) -> Page:
        """Go to a screen by Ctrl+K and its name."""
        screen = registry.screen(code)
        if screen is None or code not in self.shell.session.screens:
            raise Unexpected(f"{self.person.login} has no screen {code}")
        hands.bring_to_front(self.shell)
        hands.press("Ctrl+K")
        hands.write(screen.shown_title())
        hands.press("Return")
        hands.wait_until(lambda: self._is_in_front(code), f"the screen {code} opens")
        hands.settle()
        return self.page

    def open_list(self, code: str) -> ListPage:
        """Go to a list, and wait for its rows."""
        page = self.open_screen(code)
        if not isinstance(page, ListPage):
            raise Unexpected(f"the screen {code} is no list")
        wait_for_rows(page)
        return page

    def _is_in_front(self, code: str) -> bool:
        page = self.shell.current_page()
        return page is not None and page.code == code and page.document() is None

    @property
    def page(self) -> Page:
        """The page in front."""
        page = self.shell.current_page()
        if page is None:
            raise Unexpected("no page is open")
        return page

    def picture(self, name: str, languages: Sequence[str] = BOTH) -> None:
        """Keep pictures of the main window."""
        self.stage.picture(self.shell, name, languages)

    def log_out(self) -> None:
        """Log out by the keyboard and close the login window that comes back."""
        hands.bring_to_front(self.shell)
        hands.press("Ctrl+Shift+Q")
        hands.wait_until(lambda: self._desktop.login, f"{self.person.login} logs out")
        self.login_window.close()
        hands.settle()

    def vanish(self) -> None:
        """Close what is still open, without asking; for the end of the day."""
        for window in (self._desktop.shell, self._desktop.login):
            if window is not None:
                window.close()
        if self._desktop.shell is not None:
            with suppress(ErpError):
                self._desktop.shell.session.database.close()


def wait_for_rows(page: ListPage) -> None:
    """Wait until a list shows what it was asked for."""
    hands.wait_until(lambda: page.model.state in (ListState.READY, ListState.EMPTY), "the list is read", 20)
    hands.settle()


def find_in_list(page: ListPage, text: str, column: str = "number") -> dict[str, Any]:
    """Search a list by Ctrl+F and stand on the row whose `column` is `text`; what the row holds."""
    hands.press("Ctrl+F")
    hands.replace(text)
    hands.wait_until(lambda: page.model.query.search == text, "the list searches")
    wait_for_rows(page)
    hands.wait_until(lambda: page.model.count and page.model.values(0), f"the list finds “{text}”")
    hands.press("Return")
    hands.wait_until(page.selected_values, "the first hit is selected")
    for _ in range(page.model.count):
        row = page.selected_values()[0]
        if row[column] == text:
            return row
        hands.press("Down")
    raise Unexpected(f"the list finds no {column} “{text}”")


def _file_name(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:50]


def close_dialogs() -> None:
    """Close the dialogs that a failed step left open."""
    for _ in range(10):
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is None:
            return
        dialog.close()
        QApplication.processEvents()


def expect(what: str, found: object, wanted: object) -> None:
    """Raise Unexpected unless a figure is as it should be."""
    if found != wanted:
        raise Unexpected(f"{what} is {found}, not {wanted}")
