"""Every dialog in both languages: controls have names, keys reach them, no text is cut, small screens hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.server.errors import ServerError
from erp_desktop.views.about_dialog import AboutDialog
from erp_desktop.views.account_dialog import AccountDialog
from erp_desktop.views.admin.gate_rules_dialog import GateRulesDialog
from erp_desktop.views.admin.password_shown import PasswordShown
from erp_desktop.views.admin.person_dialog import PersonDialog
from erp_desktop.views.admin.remove_role_dialog import RemoveRoleDialog
from erp_desktop.views.admin.role_dialog import RoleDialog
from erp_desktop.views.admin.sessions_dialog import SessionsDialog
from erp_desktop.views.connection_check import ConnectionCheck
from erp_desktop.views.errors import BugDialog
from erp_desktop.views.finance.printing import StatementDialog
from erp_desktop.views.forgotten_password import ForgottenPassword
from erp_desktop.views.opening_window import OpeningWindow
from erp_desktop.views.password_dialog import PasswordDialog
from erp_desktop.views.purchasing.supplier_dialog import SupplierDialog
from erp_desktop.views.servers_dialog import ServersDialog
from erp_desktop.views.session_over import SessionOverDialog
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.count_dialog import CountDialog
from erp_desktop.views.widgets import dialog as dialogs
from erp_desktop.views.widgets.column_dialog import ColumnDialog
from erp_desktop.views.widgets.dialog import Dialog, ScrollRoom
from erp_desktop.views.widgets.filter_dialog import FilterDialog
from erp_desktop.views.widgets.forms import Field
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.view_dialog import ViewDialog
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.looks import cut_texts, doubled_mnemonics
from tests.helpers.supply import confirm, draft, stock_up
from tests.helpers.workplace import Workplace

Make: TypeAlias = Callable[[Shell, QtBot], QDialog]

WAIT = 15_000
SMALL = QSize(667, 344)
"""A screen of 1366 × 768 at 200 %, less the window's frame."""
LONG = "Choose another one: what stands here is longer than a line of the field and must be read to its last word."


@pytest.fixture(scope="module")
def stocked(workplace: Workplace) -> Workplace:
    """The company with something in stock, a draft, an order whose lamps must be bought, and a role of its own."""
    with workplace.happens() as stage:
        draft(stage, [("CHAIR", 1)])
        stock_up(stage, "FIN", CHAIR=2)
        confirm(stage, [("LAMP", 5)])
        fields = {"title_zh": "店长", "title_en": "Shop lead", "department": "sales", "roles": ["erp_job_buyer"]}
        stage.call("admin", "auth.create_role", fields)
    return workplace


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, desk: QApplication) -> Iterator[str]:
    """Each language in turn."""
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


def orders(shell: Shell) -> Any:
    """The list of orders."""
    return shell.open_screen("sales.orders")


def columns(shell: Shell, _qtbot: QtBot) -> QDialog:
    page = orders(shell)
    return ColumnDialog(page.model.columns, page.table.header().layouts(page.model.columns), page)


def filters(key: str) -> Make:
    """A filter of the orders by a column."""

    def make(shell: Shell, _qtbot: QtBot) -> QDialog:
        page = orders(shell)
        made = FilterDialog(page.model.columns, (), page)
        made.choose(key)
        return made

    return make


def from_list(screen: str, action: str, kind: type[QDialog]) -> Make:
    """What an action (by the name of its attribute) of a list opens over its first row."""

    def make(shell: Shell, qtbot: QtBot) -> QDialog:
        page: Any = shell.open_screen(screen)
        qtbot.waitUntil(lambda: page.model.summary is not None and page.model.count > 0, timeout=WAIT)
        page.table.select_ids([page.model.row_id(0)])
        qtbot.waitUntil(lambda: getattr(page, action).isEnabled() and not operations.running(), timeout=WAIT)
        getattr(page, action).trigger()
        qtbot.waitUntil(lambda: bool(shell.findChildren(kind)), timeout=WAIT)
        return shell.findChildren(kind)[0]

    return make


def reason(shell: Shell, _qtbot: QtBot) -> QDialog:
    return ReasonDialog("Title", "&What is to be corrected?", "&Return", danger=True, parent=shell)


def checked(shell: Shell, qtbot: QtBot) -> QDialog:
    """A check that found one host in order and the name of another nowhere."""
    profile = shell.session.database.profile
    made = ConnectionCheck(replace(profile, host=f"{profile.host},no-such-host.invalid"), shell)
    qtbot.waitUntil(lambda: not made.is_running, timeout=WAIT)
    return made


DIALOGS: dict[str, tuple[str, Make]] = {
    "columns": ("lina", columns),
    "filter by text": ("lina", filters("number")),
    "filter by choice": ("lina", filters("state")),
    "filter by number": ("lina", filters("gross_amount")),
    "filter by day": ("lina", filters("promised_on")),
    "view": ("lina", lambda shell, _: ViewDialog(["All"], shell)),
    "reason": ("lina", reason),
    "own password": ("lina", lambda shell, _: PasswordDialog(shell.session, shell)),
    "account": ("lina", lambda shell, _: AccountDialog(shell.session, shell)),
    "forgotten password": ("lina", lambda shell, _: ForgottenPassword(shell.session.database.profile, "lina", shell)),
    "about": ("lina", lambda shell, _: AboutDialog(shell)),
    "servers": ("lina", lambda shell, _: ServersDialog("", shell)),
    "connection check": ("lina", checked),
    "bug": ("lina", lambda shell, _: BugDialog(shell)),
    "statement": ("finance", lambda shell, _: StatementDialog(shell.session.database, 1, "云山酒店", shell)),
    "new person": ("admin", from_list("admin.people", "new_action", PersonDialog)),
    "person": ("admin", from_list("admin.people", "edit_action", PersonDialog)),
    "effective rights": ("admin", from_list("admin.people", "rights_action", PersonDialog)),
    "new role": ("admin", from_list("admin.roles", "new_action", RoleDialog)),
    "role": ("admin", from_list("admin.roles", "open_action", RoleDialog)),
    "copied role": ("admin", from_list("admin.roles", "copy_action", RoleDialog)),
    "removed role": ("admin", from_list("admin.roles", "remove_action", RemoveRoleDialog)),
    "sessions": ("admin", from_list("admin.people", "sessions_action", SessionsDialog)),
    "session over": ("lina", lambda shell, _: SessionOverDialog(shell.session, shell)),
    "sign-in rules": ("admin", from_list("admin.people", "rules_action", GateRulesDialog)),
    "password shown": ("admin", lambda shell, _: PasswordShown("lina", "Xk4-9mmQ-pp2", shell)),
    "count": ("keeper", from_list("stock.balances", "count_action", CountDialog)),
    "supplier": ("buyer", from_list("purchasing.requests", "supplier_action", SupplierDialog)),
}


def faults(window: QWidget, room: QSize) -> list[str]:
    """What is wrong with a dialog that is open."""
    found = [f"not named: {each}" for each in unnamed_controls(window)]
    found += [f"mnemonic twice: {each}" for each in doubled_mnemonics(window)]
    found += [f"cut: {each}" for each in cut_texts(window)]
    if window.width() > room.width() or window.height() > room.height():
        found.append(f"larger than the screen: {window.size().toTuple()}")
    found += [f"out of sight: {each.text()}" for each in window.findChildren(QPushButton) if _is_out(each, window)]
    found += [f"not reached by Tab: {each}" for each in reachable_by_tab(window)]
    return found


def _is_out(button: QPushButton, window: QWidget) -> bool:
    """Whether nothing brings the button into the window; Tab scrolls to those that scroll."""
    scrolls = any(room.isAncestorOf(button) for room in window.findChildren(ScrollRoom))
    place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
    return button.isVisible() and not scrolls and not window.rect().contains(place)


@pytest.mark.parametrize("size", ["large", "small"])
@pytest.mark.parametrize("name", DIALOGS)
def test_every_dialog_is_named_whole_and_in_sight(
    stocked: Workplace,
    at_work: Callable[[str], Shell],
    qtbot: QtBot,
    language: str,
    name: str,
    size: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    login, make = DIALOGS[name]
    shell = at_work(login)
    room = SMALL if size == "small" else shell.screen().availableSize()
    monkeypatch.setattr(dialogs, "room_on_screen", lambda _window: room)
    monkeypatch.setenv("TENON_PROFILES", "/nowhere/servers.toml")
    dialog = make(shell, qtbot)
    assert isinstance(dialog, Dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_texts(dialog), timeout=1_000)  # what came last is still being placed
    assert faults(dialog, room) == []
    for field in dialog.findChildren(Field):
        if isinstance(field.editor, QLineEdit) and field.isVisible():
            field.refuse(LONG)
    qtbot.waitUntil(lambda: not cut_texts(dialog))
    dialog.close()
    shell.setFocus()


def test_the_preview_holds_its_texts(
    stocked: Workplace, at_work: Callable[[str], Shell], qtbot: QtBot, language: str
) -> None:
    shell = at_work("lina")
    preview = PrintPreview(lambda: b"", "SO-1", lambda _medium: None, shell)
    preview.show()
    preview.resize(SMALL)
    qtbot.waitUntil(lambda: preview.width() == SMALL.width() or preview.width() == preview.minimumSizeHint().width())
    assert unnamed_controls(preview) == [] and doubled_mnemonics(preview) == [] and cut_texts(preview) == []
    assert preview.width() <= SMALL.width() and preview.height() <= SMALL.height()
    preview.close()


def test_the_opening_window_holds_a_long_failure(desk: QApplication, qtbot: QtBot, language: str) -> None:
    work: Future[None] = Future()
    window = OpeningWindow(work, lambda: False)
    qtbot.addWidget(window)
    window.show()
    assert cut_texts(window) == []
    folder = "a folder with a long name/and another one in it/tenon/demo"
    work.set_exception(ServerError(LONG, "UX005", folder=folder, reason="its tables differ"))
    window._on_ended()
    qtbot.waitUntil(lambda: not cut_texts(window))
    assert window.height() < SMALL.height()
