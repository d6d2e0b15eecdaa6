"""The main window with real sessions: by right, by keyboard, in both languages, through lost connections."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop import app
from erp_desktop.models import i18n, settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command
from erp_desktop.services import db
from erp_desktop.services.auth import Session
from erp_desktop.services.errors import BugError, NotAllowed, Shortage
from erp_desktop.views import errors, guide, registry
from erp_desktop.views.password_dialog import PasswordDialog
from erp_desktop.views.shell import DetachedPage, Shell
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.command_palette import CommandPalette
from tests.helpers import pages
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.databases import TestDatabase
from tests.helpers.gate import PASSWORD, Door
from tests.helpers.pages import CustomersPage, OrderPage, OrdersPage

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def test_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three screens, two kinds of documents, one finder, one badge."""
    monkeypatch.setattr(registry, "SCREENS", pages.SCREENS)
    monkeypatch.setattr(registry, "DOCUMENTS", pages.DOCUMENTS)
    monkeypatch.setattr(registry, "FINDERS", pages.FINDERS)
    monkeypatch.setattr(registry, "BADGES", pages.BADGES)


@pytest.fixture
def enter(
    desk: QApplication, qtbot: QtBot, test_screens: None, log_in: Callable[[str], Session]
) -> Iterator[Callable[[str], Shell]]:
    """Opens the main window for a person; from then on this thread may not touch the database."""
    shells: list[Shell] = []

    def make(login: str = "lina") -> Shell:
        db.unguard_thread(threading.get_ident())
        shell = app.open_shell(log_in(login))
        db.guard_thread(threading.get_ident())
        shells.append(shell)
        qtbot.addWidget(shell)
        shell.resize(1366, 768)  # the tests' screen is smaller, and on small screens the navigation folds by itself
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        qtbot.waitUntil(lambda: shell.listener.connected, timeout=10_000)
        return shell

    yield make
    for shell in shells:
        for page in shell.pages():
            if isinstance(page, OrderPage):
                page.keep_open = False
        shell.close()
    db.unguard_thread(threading.get_ident())


def announce(database: TestDatabase, payload: str) -> None:
    """Let the server announce a change, as a trigger does."""
    connection = psycopg2.connect(database.dsn)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify('erp_changes', %s)", (payload,))
    connection.close()


def order_page(shell: Shell, number: int | None = 5, **preset: object) -> OrderPage:
    page = shell.open_document("order", number, **preset)
    assert isinstance(page, OrderPage)
    return page


def first_page(shell: Shell) -> OrdersPage:
    page = shell.pages()[0]
    assert isinstance(page, OrdersPage)
    return page


def palette(shell: Shell) -> tuple[CommandPalette, QLineEdit]:
    found = shell.findChild(CommandPalette)
    assert found is not None
    field = found.findChild(QLineEdit)
    assert field is not None
    return found, field


def texts(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    return " | ".join(labels)


# By right


def test_navigation_offers_the_screens_of_the_person_and_no_others(enter: Callable[..., Shell]) -> None:
    shell = enter("lina")
    assert [page.code for page in shell.pages()] == ["sales.orders"]
    assert isinstance(shell.open_screen("sales.customers"), CustomersPage)
    assert shell.open_screen("admin.people") is None
    assert shell.open_screen("no.such") is None
    assert shell.open_document("user", 1) is None
    assert shell.may("erp_order_enter")
    assert not shell.may("erp_user_manage")


def test_person_without_a_job_is_told_whom_to_ask(enter: Callable[..., Shell]) -> None:
    shell = enter("nobody")
    assert shell.pages() == []
    assert "administrator" in texts(shell)


# Pages


def test_a_document_opens_once_and_a_new_one_each_time(enter: Callable[..., Shell]) -> None:
    shell = enter()
    first = order_page(shell, 5)
    assert order_page(shell, 6) is not first
    assert order_page(shell, 5) is first
    assert shell.current_page() is first
    new = order_page(shell, None, customer_id=7)
    assert (new.preset, order_page(shell, None) is new) == ({"customer_id": 7}, False)
    assert len(shell.pages()) == 5


def test_keys_walk_over_the_pages_and_close_them(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    orders, five, six = shell.pages()[0], order_page(shell, 5), order_page(shell, 6)

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> object:
        QTest.keyClick(shell, key, modifier)
        return shell.current_page()

    assert press(Qt.Key.Key_Left, ALT) is five
    assert press(Qt.Key.Key_Left, ALT) is orders
    assert press(Qt.Key.Key_Right, ALT) is five
    assert press(Qt.Key.Key_Tab, CONTROL) is six
    assert press(Qt.Key.Key_Tab, CONTROL) is orders
    assert press(Qt.Key.Key_Backtab, CONTROL | SHIFT) is six
    assert press(Qt.Key.Key_2, CONTROL) is five
    five.keep_open = True
    assert press(Qt.Key.Key_W, CONTROL) is five
    five.keep_open = False
    press(Qt.Key.Key_W, CONTROL)
    assert shell.pages() == [orders, six]
    press(Qt.Key.Key_W, CONTROL)
    press(Qt.Key.Key_W, CONTROL)
    assert (shell.pages(), shell.current_page()) == ([], None)
    assert "Ctrl+K" in texts(shell)


def test_unsaved_input_is_marked_in_tab_and_status(enter: Callable[..., Shell]) -> None:
    shell = enter()
    page = order_page(shell)
    assert "All saved" in texts(shell)
    page.modified_changed.emit(True)
    assert "Not saved yet" in texts(shell)
    page.modified_changed.emit(False)
    assert "All saved" in texts(shell)


def test_a_page_moves_into_a_window_of_its_own_and_is_found_there(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    page = order_page(shell, 5)
    QTest.keyClick(shell, Qt.Key.Key_O, CONTROL | SHIFT)
    window = page.window()
    assert isinstance(window, DetachedPage)
    assert (window.windowTitle(), page in shell.pages(), page.isVisible()) == ("Order 5", True, True)
    assert order_page(shell, 5) is page
    page.keep_open = True
    assert shell.close_page(page) is False
    page.keep_open = False
    assert shell.close_page(page) is True
    assert page not in shell.pages()
    assert isinstance(order_page(shell, 9, new_window=True).window(), DetachedPage)


def test_window_does_not_close_over_an_objecting_page(enter: Callable[..., Shell]) -> None:
    shell = enter()
    page = order_page(shell)
    page.keep_open = True
    assert shell.close() is False
    shell.log_out()
    assert shell.isVisible()
    page.keep_open = False
    assert shell.close() is True


def test_the_key_logs_out(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    with qtbot.waitSignal(shell.logged_out):
        QTest.keyClick(shell, Qt.Key.Key_Q, CONTROL | SHIFT)


def test_one_key_reads_the_page_again_whether_the_page_has_it_too_or_not(enter: Callable[..., Shell]) -> None:
    shell = enter()
    page = shell.pages()[0]
    assert isinstance(page, OrdersPage)
    QTest.keyClick(shell, Qt.Key.Key_F5)
    assert page.reloads == 1
    own = order_page(shell, 5)
    runs: list[int] = []
    action = QAction(own, shortcut=QKeySequence("F5"))
    action.triggered.connect(lambda: runs.append(1))
    own.addAction(action)
    QTest.keyClick(shell, Qt.Key.Key_Left, ALT)
    QTest.keyClick(shell, Qt.Key.Key_Right, ALT)
    QTest.keyClick(shell, Qt.Key.Key_F5)
    assert (len(runs), own.reloads, page.reloads) == (1, 0, 1)


# Changes on the server


def test_announced_changes_reload_the_pages_that_watch_them(
    enter: Callable[..., Shell], qtbot: QtBot, database_of_door: TestDatabase
) -> None:
    shell = enter()
    orders = first_page(shell)
    five = order_page(shell, 5)
    customers = shell.open_screen("sales.customers")
    assert isinstance(customers, CustomersPage)
    shell.open_document("order", 5)
    announce(database_of_door, "order:6")
    announce(database_of_door, "order:5")
    qtbot.waitUntil(lambda: five.reloads == 1, timeout=1_000)
    assert (orders.reloads, customers.reloads) == (0, 0)
    shell.open_screen("sales.orders")
    qtbot.waitUntil(lambda: orders.reloads == 1, timeout=1_000)
    announce(database_of_door, "order:*")
    qtbot.waitUntil(lambda: orders.reloads == 2, timeout=1_000)
    assert five.reloads == 1


def test_lost_connection_shows_a_banner_comes_back_and_reloads(
    enter: Callable[..., Shell], qtbot: QtBot, database_of_door: TestDatabase
) -> None:
    shell = enter()
    orders = first_page(shell)
    kill = "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%%' and datname = %s"
    database_of_door.rows(kill, database_of_door.name)
    qtbot.waitUntil(lambda: "can't be reached" in texts(shell), timeout=6_000)
    assert "Connecting" in texts(shell)
    retry = next(button for button in shell.findChildren(QPushButton) if button.text() == "&Try now")
    retry.click()
    qtbot.waitUntil(lambda: "can't be reached" not in texts(shell), timeout=6_000)
    assert "Connected" in texts(shell)
    qtbot.waitUntil(lambda: orders.reloads == 1, timeout=2_000)
    announce(database_of_door, "order:1")
    qtbot.waitUntil(lambda: orders.reloads == 2, timeout=2_000)


def test_badge_is_counted_on_the_server(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    orders = shell.navigation.item_text("sales.orders")
    assert orders == "Sales orders"
    qtbot.waitUntil(lambda: shell.navigation.spoken_text("sales.orders") == "Sales orders, 3 waiting", timeout=5_000)


def test_gui_thread_may_not_touch_the_database(enter: Callable[..., Shell]) -> None:
    shell = enter()
    with pytest.raises(BugError):
        shell.session.database.rows("select 1")


# Keyboard and screen readers


def test_palette_goes_to_a_screen_by_letters_of_its_name(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    field_before = first_page(shell).field.editor
    field_before.setFocus()
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    found, field = palette(shell)
    assert found.isVisible()
    assert field.hasFocus()
    QTest.keyClicks(field, "cust")
    assert found.titles()[0] == "Customers"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert isinstance(shell.current_page(), CustomersPage)
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not found.isVisible()


def test_palette_finds_documents_on_the_server_and_actions_of_the_page(
    enter: Callable[..., Shell], qtbot: QtBot
) -> None:
    shell = enter()
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    found, field = palette(shell)
    QTest.keyClicks(field, "42")
    qtbot.waitUntil(lambda: found.titles() == ["SO-42"], timeout=5_000)
    QTest.keyClick(field, Qt.Key.Key_Return)
    page = shell.current_page()
    assert page is not None
    assert page.document() == ("order", 42)
    orders = shell.open_screen("sales.orders")
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(field, "whole list")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert isinstance(orders, OrdersPage)
    assert orders.action_runs == 1


def test_arrows_choose_in_the_palette(enter: Callable[..., Shell]) -> None:
    shell = enter()
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    found, field = palette(shell)
    QTest.keyClicks(field, "sales")
    titles = found.titles()
    assert titles == ["Sales orders", "Customers"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(field, key)
    QTest.keyClick(field, Qt.Key.Key_Return)
    page = shell.current_page()
    assert page is not None
    assert page.code == "sales.customers"


def test_keyboard_moves_between_navigation_and_page(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    first_page(shell).field.editor.setFocus()
    QTest.keyClick(shell, Qt.Key.Key_F6)
    tree = QApplication.focusWidget()
    assert tree is not None
    assert tree.accessibleName() == "Screens"
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert isinstance(shell.current_page(), CustomersPage)
    tree.setFocus()
    QTest.keyClick(tree, Qt.Key.Key_F6)
    assert first_page(shell).field.editor.hasFocus() or shell.current_page().isAncestorOf(QApplication.focusWidget())


def test_navigation_folds_and_remembers(enter: Callable[..., Shell]) -> None:
    shell = enter()
    wide = shell.navigation.width()
    QTest.keyClick(shell, Qt.Key.Key_B, CONTROL)
    assert shell.navigation.width() < wide / 2
    assert settings.read(settings.NARROW)
    QTest.keyClick(shell, Qt.Key.Key_B, CONTROL)
    assert shell.navigation.width() == wide


def test_a_small_window_folds_the_navigation_and_pages_scroll(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    page = order_page(shell, 5)
    wide = shell.navigation.width()
    page.setMinimumSize(900, 700)
    shell.resize(1, 1)
    qtbot.waitUntil(lambda: shell.navigation.width() < wide / 2)
    room = shell.screen().availableSize()
    assert shell.width() < room.width() and shell.height() < room.height(), "the screen is large enough for the window"
    assert page.width() >= 900 and page.height() >= 700, "what has no room scrolls"
    assert not settings.read(settings.NARROW)
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: shell.navigation.width() == wide)


def test_everything_has_a_name_and_is_reached_by_tab(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    order_page(shell, 5)
    bridge.error("Order fewer: only 3 are available.")
    bridge.connection_changed.emit(True)
    qtbot.waitUntil(lambda: len(shell.overlay.toasts()) == 1 and shell.overlay.toasts()[0].isVisible())
    assert unnamed_controls(shell) == []
    assert reachable_by_tab(shell) == []


def test_guide_opens_at_the_page_of_the_screen(
    enter: Callable[..., Shell], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zh_CN").mkdir()
    (tmp_path / "index.md").write_text("# Contents\n\n[Orders](sales.orders.md)\n", encoding="utf-8")
    (tmp_path / "sales.orders.md").write_text("# Orders\n\nHow to enter one.\n", encoding="utf-8")
    (tmp_path / "zh_CN" / "sales.orders.md").write_text("# 销售订单\n", encoding="utf-8")
    monkeypatch.setattr(guide, "guide_root", lambda: tmp_path)
    shell = enter()
    QTest.keyClick(shell, Qt.Key.Key_F1)
    text = shell.findChild(QTextBrowser)
    assert text is not None
    assert "How to enter one." in text.toPlainText()
    assert unnamed_controls(text.window()) == []
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "销售订单" in text.toPlainText())
    text.window().close()


# Language, colours, messages


def test_language_of_everything_changes_while_running(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    order_page(shell)
    assert "Li Na · Sales clerk" in texts(shell)
    QTest.keyClick(shell, Qt.Key.Key_L, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: "李娜 · 销售员" in texts(shell))
    assert "已连接" in texts(shell)
    assert settings.read(settings.LANGUAGE) == "zh_CN"
    assert unnamed_controls(shell) == []
    QTest.keyClick(shell, Qt.Key.Key_L, CONTROL | SHIFT)
    qtbot.waitUntil(lambda: "Connected" in texts(shell))


def test_colours_change_and_are_remembered(enter: Callable[..., Shell]) -> None:
    shell = enter()
    QTest.keyClick(shell, Qt.Key.Key_D, CONTROL | SHIFT)
    assert theme.tokens().dark
    assert settings.read(settings.THEME) == "dark"
    assert shell.grab().toImage().pixelColor(400, 40).lightness() < 80
    assert app.wants_dark()


def test_messages_show_once_and_failures_stay_until_closed(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    bridge.success("Saved.")
    bridge.success("Saved.")
    bridge.fail(Shortage("UQ301", {"product": "WB-2001"}))
    toasts = shell.overlay.toasts()
    assert [toast.kind for toast in toasts] == ["success", "error"]
    copy = next(button for button in toasts[1].findChildren(QWidget) if button.accessibleName() == "Copy this message")
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == toasts[1].text
    close = next(
        button for button in toasts[1].findChildren(QWidget) if button.accessibleName() == "Close this message"
    )
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [toast.kind for toast in shell.overlay.toasts()] == ["success"])
    assert errors.BugDialog.opened() is None


def test_a_fault_of_the_program_opens_one_dialog_with_its_details(
    enter: Callable[..., Shell], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    enter()
    for _ in range(2):
        Command(int, "not a number").run()
    qtbot.waitUntil(lambda: errors.BugDialog.opened() is not None)
    dialog = errors.BugDialog.opened()
    assert dialog is not None
    qtbot.waitUntil(lambda: caplog.text.count("ValueError: invalid literal") == 2)
    assert unnamed_controls(dialog) == []
    copy = next(button for button in dialog.findChildren(QPushButton) if "Copy" in button.text())
    copy.click()
    copied = QGuiApplication.clipboard().text()
    assert copied.count("ValueError: invalid literal") == 2
    assert "Python" in copied
    dialog.close()
    assert errors.BugDialog.opened() is None


def test_server_refusal_is_told_with_its_sentence(enter: Callable[..., Shell], qtbot: QtBot) -> None:
    shell = enter()
    session = shell.session
    Command(session.database.call, "auth.disable_user", document={"id": 1}, version=1).run()
    qtbot.waitUntil(lambda: len(shell.overlay.toasts()) == 1, timeout=5_000)
    assert shell.overlay.toasts()[0].text == errors.sentence(NotAllowed("42501"))


# Password, logging out


def test_wrong_old_password_keeps_the_input_and_the_right_one_changes_it(
    enter: Callable[..., Shell], qtbot: QtBot, door: Door
) -> None:
    door.create("changer", "erp_job_sales_clerk")
    shell = enter("changer")
    shell._change_password()
    dialog = shell.findChild(PasswordDialog)
    assert dialog is not None
    assert unnamed_controls(dialog) == []
    old, new, again = dialog.old_edit, dialog.fields.new_edit, dialog.fields.again_edit
    for edit, text in ((old, "wrong"), (new, "ein anderes 密码-1"), (again, "ein anderes 密码-2")):
        edit.setText(text)
    dialog._change.click()
    assert "not the same" in dialog.fields.again.message
    again.setText("ein anderes 密码-1")
    dialog._change.click()
    qtbot.waitUntil(lambda: bool(dialog._old.message), timeout=10_000)
    assert (old.text(), new.text()) == ("wrong", "ein anderes 密码-1")
    assert old.hasFocus()
    old.setText(PASSWORD)
    with qtbot.waitSignal(dialog.changed, timeout=10_000):
        dialog._change.click()
    with ThreadPoolExecutor(1) as worker:
        assert worker.submit(door.attempt, "changer", "ein anderes 密码-1").result() == "ok"
    qtbot.waitUntil(lambda: shell.listener.connected, timeout=10_000)


def test_logging_out_ends_the_session_and_leads_back_to_the_login(
    desk: QApplication, qtbot: QtBot, test_screens: None, door: Door
) -> None:
    desktop = app.Desktop([door.database.profile])
    desktop.show_login()
    login = desktop.login
    assert login is not None
    login.form.login_edit.setText("lina")
    login.form.password_edit.setText(PASSWORD)
    QTest.keyClick(login.form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.shell is not None, timeout=15_000)
    assert (desktop.login, login.isVisible()) == (None, False)
    shell = desktop.shell
    assert shell is not None
    session = str(shell.session.session_id)
    count = "select count(*) from auth.sessions where id = %s"
    assert door.database.value(count, session) == 1
    shell.log_out()
    assert desktop.login is not None
    assert desktop.login.isVisible()
    qtbot.waitUntil(lambda: door.database.value(count, session) == 0, timeout=5_000)
    desktop.login.close()


def test_login_window_needs_no_sqlalchemy() -> None:
    heavy = ("sqlalchemy", "pyqtgraph", "numpy", "openpyxl", "reportlab", "keyring")
    code = f"import erp_desktop.app, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
