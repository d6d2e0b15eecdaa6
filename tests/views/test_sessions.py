"""The end of a session in front of its person: the warning, logging in again in place, sessions ended elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.views.account_dialog import AccountDialog
from erp_desktop.views.admin.people_page import PeoplePage
from erp_desktop.views.admin.sessions_dialog import SessionsDialog
from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.session_over import SessionOverDialog
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.gate import PASSWORD, sqlstate
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

T = TypeVar("T")
WAIT = 15_000
ACTIVE = "select extract(epoch from clock_timestamp() - last_active_at) < 30 from auth.sessions where tag = %s"
ENDED = ("57P01", "?")
NOTE = "轻放，三楼无电梯"


def make_idle(workplace: Workplace, shell: Shell, since: str) -> None:
    """Let the person have done nothing for a while, and the program ask the server."""
    statement = "update auth.sessions set last_active_at = clock_timestamp() - %s::interval where tag = %s"
    workplace.company.database.rows(statement, since, shell.session.database.tag)
    shell.keeper.beat()


def aside(function: Callable[..., T], *values: str) -> T:
    """The result of what asks the server, in another thread, as the program does it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *values).result()


def dialog_of(shell: Shell, qtbot: QtBot) -> SessionOverDialog:
    """The dialog in which she logs in again."""
    qtbot.waitUntil(lambda: bool(shell.findChildren(SessionOverDialog)), timeout=WAIT)
    dialog = shell.findChildren(SessionOverDialog)[-1]
    qtbot.waitUntil(dialog.isActiveWindow, timeout=WAIT)
    return dialog


def quiet(shell: Shell, qtbot: QtBot) -> None:
    """Wait for the heartbeat of the start."""
    qtbot.waitUntil(lambda: not shell.keeper._running, timeout=WAIT)


def test_a_minute_before_the_end_the_window_warns_and_the_button_goes_on(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("lina")
    quiet(shell, qtbot)
    assert not shell.ending_banner.isVisible()
    with qtbot.waitSignal(shell.keeper.ending_soon, timeout=WAIT):
        make_idle(workplace, shell, "58 minutes 59 seconds")
    assert shell.ending_banner.isVisible()
    assert "ends in" in shell.ending_banner.text
    QTest.mouseClick(shell.ending_banner.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not shell.ending_banner.isVisible(), timeout=WAIT)
    assert workplace.company.database.value(ACTIVE, shell.session.database.tag)


def test_a_key_in_the_window_is_activity_and_a_listening_connection_is_none(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("lina")
    quiet(shell, qtbot)
    with qtbot.waitSignal(shell.keeper.ending_soon, timeout=WAIT):
        make_idle(workplace, shell, "59 minutes 10 seconds")
    assert not workplace.company.database.value(ACTIVE, shell.session.database.tag)
    window = shell.windowHandle()
    assert window is not None
    with qtbot.waitSignal(shell.keeper.kept, timeout=WAIT):
        QTest.keyClick(window, Qt.Key.Key_Shift)
    assert workplace.company.database.value(ACTIVE, shell.session.database.tag)
    assert not shell.ending_banner.isVisible()


def test_after_the_end_nothing_is_shown_and_the_person_goes_on_where_she_was(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("lina")
    quiet(shell, qtbot)
    page = shell.open_document("order")
    assert isinstance(page, OrderPage)
    page.header.note.setPlainText(NOTE)
    tag = shell.session.database.tag
    make_idle(workplace, shell, "61 minutes")
    dialog = dialog_of(shell, qtbot)
    assert not page.isVisible()
    assert unnamed_controls(dialog) == []
    assert reachable_by_tab(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    dialog.password_edit.setText("wrong")
    dialog.log_in_button.click()
    qtbot.waitUntil(lambda: bool(dialog.refusal), timeout=WAIT)
    dialog.password_edit.setText(PASSWORD)
    with qtbot.waitSignal(dialog.renewed, timeout=WAIT):
        QTest.keyClick(dialog.password_edit, Qt.Key.Key_Return)
    assert shell.session.database.tag != tag
    assert page.isVisible()
    assert page.header.note.toPlainText() == NOTE
    qtbot.waitUntil(lambda: shell.listener.connected, timeout=WAIT)
    assert aside(shell.session.database.rows, "select 1") == [(1,)]
    page._set_modified(False)


def test_who_does_not_want_to_go_on_leaves(at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    quiet(shell, qtbot)
    make_idle(workplace, shell, "61 minutes")
    dialog = dialog_of(shell, qtbot)
    with qtbot.waitSignal(shell.logged_out, timeout=WAIT):
        dialog.leave_button.click()
    assert not shell.isVisible()


def test_my_account_lists_the_sessions_and_ends_the_others(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, told: Told
) -> None:
    shell = at_work("buyer")
    other = aside(workplace.door.log_in, "buyer")
    third = aside(workplace.door.log_in, "buyer")
    dialog = AccountDialog(shell.session, shell)
    dialog.open()
    rows = dialog.overview.sessions
    qtbot.waitUntil(lambda: len(rows.buttons) == 2, timeout=WAIT)
    assert "(this session)" in rows.text()
    assert "127.0.0.1" in rows.text()
    assert unnamed_controls(dialog) == []
    rows.buttons[other.database.tag].click()
    qtbot.waitUntil(lambda: set(rows.buttons) == {third.database.tag}, timeout=WAIT)
    assert ("success", "1 session ended.") in told.messages or ("success", "1 sessions ended.") in told.messages
    dialog.overview.end_others_button.click()
    qtbot.waitUntil(lambda: not rows.buttons, timeout=WAIT)
    left = "select count(*) from auth.sessions where user_id = %s"
    assert workplace.company.database.value(left, shell.session.user_id) == 1
    qtbot.waitUntil(lambda: shell.listener.connected, timeout=WAIT)
    assert not shell.findChildren(SessionOverDialog)


def test_an_administrator_sees_from_where_somebody_is_logged_in_and_ends_it(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, told: Told
) -> None:
    clerk = at_work("lina")
    page = at_work("admin").open_screen("admin.people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.model.count > 10, timeout=WAIT)
    page.table.select_ids([clerk.session.user_id])
    qtbot.waitUntil(lambda: page.sessions_action.isEnabled(), timeout=WAIT)
    page.sessions_action.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), SessionsDialog), timeout=WAIT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SessionsDialog)
    qtbot.waitUntil(dialog.end_button.isEnabled, timeout=WAIT)
    assert "127.0.0.1" in dialog.rows.text()
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        dialog.end_button.click()
    qtbot.waitUntil(lambda: bool(clerk.findChildren(SessionOverDialog)), timeout=WAIT)
    over = clerk.findChildren(SessionOverDialog)[-1]
    over.password_edit.setText(PASSWORD)
    with qtbot.waitSignal(over.renewed, timeout=WAIT):
        over.log_in_button.click()


def test_any_open_window_ends_what_slipped_in_while_an_account_was_disabled_by_plain_sql(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    at_work("buyer")  # somebody who has nothing to do with it
    session = aside(workplace.enter, "lina")
    disable = "select auth.disable_user(gen_random_uuid(), jsonb_build_object('user_id', id), version) from auth.users"
    with ThreadPoolExecutor(1) as pool:
        with closing(workplace.company.database.as_person("admin")) as changing, changing.cursor() as cursor:
            cursor.execute("begin")
            cursor.execute(f"{disable} where login = 'lina'")
            slipped = pool.submit(session.database.connect).result()
            began = time.monotonic()
            cursor.execute("commit")
        qtbot.waitUntil(lambda: sqlstate(slipped, "select count(*) from auth.people") in ENDED, timeout=WAIT)
        took = time.monotonic() - began
    slipped.close()
    with capsys.disabled():
        print(f"\n  a connection that slipped in was ended {took:.3f} s after the commit")
    enable = "select auth.enable_user(gen_random_uuid(), jsonb_build_object('user_id', id), version) from auth.users"
    with closing(workplace.company.database.as_person("admin")) as mending, mending.cursor() as cursor:
        cursor.execute(f"{enable} where login = 'lina'")
