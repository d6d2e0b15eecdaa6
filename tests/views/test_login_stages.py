"""Through all stages at the real gate: new password, setting codes up, codes; my account."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, settings
from erp_desktop.services import auth, keyring_store
from erp_desktop.services.auth import Session
from erp_desktop.views.account_dialog import OVERVIEW, PROOF, AccountDialog
from erp_desktop.views.login_stages import LoginStages
from erp_desktop.views.login_window import LoginWindow
from erp_desktop.views.password_dialog import PasswordDialog
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.gate import PASSWORD, Door, code_of
from tests.helpers.keyrings import Memory
from tests.helpers.looks import doubled_mnemonics
from tests.views.conftest import Told

T = TypeVar("T")
WAIT = 15_000
NEW = "drei Eichen am Hang"
BUYER = "erp_job_buyer"


@pytest.fixture
def window(desk: QApplication, qtbot: QtBot, door: Door) -> LoginWindow:
    """The login window at the test's server."""
    return open_window(qtbot, door)


@pytest.fixture
def needs_codes(door: Door) -> Iterator[str]:
    """The login of a person whose role demands one-time codes, and who has none yet."""
    login = f"buyer{door.database.value('select count(*) from auth.users')}"
    door.create(login, BUYER, display_name="钱进", display_name_en="Qian Jin")
    door.demand_codes(BUYER)
    yield login
    door.demand_codes()


@pytest.fixture
def session(door: Door) -> Iterator[Session]:
    """A clerk who is logged in, without codes."""
    login = f"clerk{door.database.value('select count(*) from auth.users')}"
    door.create(login, "erp_job_sales_clerk", display_name="李娜", display_name_en="Li Na")
    opened = door.log_in(login)
    yield opened
    opened.database.close()


def open_window(qtbot: QtBot, door: Door) -> LoginWindow:
    """A login window, as the program opens one for each login."""
    window = LoginWindow((door.database.profile,))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def enter(window: LoginWindow, login: str, password: str = PASSWORD) -> LoginStages:
    """Type name and password and press Enter."""
    window.form.login_edit.setText(login)
    window.form.password_edit.setText(password)
    QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
    return window.stages


def appears(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.waitUntil(widget.isVisible, timeout=WAIT)


def let_in(qtbot: QtBot, window: LoginWindow, act: Callable[[], object]) -> str:
    """Who is let in when `act` is done."""
    with qtbot.waitSignal(window.logged_in, timeout=WAIT) as entered:
        act()
    session: Session = entered.args[0]
    session.database.close()
    return session.login


def aside(function: Callable[..., T], *values: object) -> T:
    """The result of what asks the server, in another thread, as the program does."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *values).result()


# A new password


def test_first_login_asks_for_a_new_password_and_tells_the_rules_while_one_types(
    window: LoginWindow, qtbot: QtBot, door: Door
) -> None:
    door.create("newcomer", "erp_job_sales_clerk", must_change=True)
    page = enter(window, "newcomer").renew_page
    appears(qtbot, page)
    fields = page.fields
    assert fields.new_edit.hasFocus()
    assert unnamed_controls(window) == []
    assert reachable_by_tab(window) == []
    kept = []
    for typed in ("kurz", "passwordpassword", "newcomer kommt an", PASSWORD, NEW):
        fields.new_edit.setText(typed)
        kept.append([rule.words.accessibleName().endswith(": kept") for rule in fields._rules])
    assert kept == [
        [False, True, False, True],
        [True, True, False, True],
        [True, True, False, True],
        [True, True, True, False],
        [True, True, True, True],
    ]
    QTest.keyClick(fields.new_edit, Qt.Key.Key_Return)
    assert fields.again_edit.hasFocus()
    QTest.keyClick(fields.again_edit, Qt.Key.Key_Return)
    assert "not the same" in fields.again.message
    fields.again_edit.setText(NEW)
    assert let_in(qtbot, window, lambda: QTest.keyClick(fields.again_edit, Qt.Key.Key_Return)) == "newcomer"
    assert aside(door.attempt, "newcomer", NEW) == "ok"
    assert fields.new_edit.text() == ""


def test_a_password_that_she_had_before_is_refused_at_its_page(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.create("returner", "erp_job_sales_clerk", password=NEW)
    user = door.database.value("select id from auth.users where login = 'returner'")
    aside(auth.change_password, door.log_in("returner", NEW), NEW, PASSWORD)
    door.database.rows("update auth.credentials set must_change = true where user_id = %s", user)
    page = enter(window, "returner").renew_page
    appears(qtbot, page)
    for edit in (page.fields.new_edit, page.fields.again_edit):
        edit.setText(NEW)
    page.submit_button.click()
    qtbot.waitUntil(lambda: "before" in page.refusal.sentence, timeout=WAIT)
    assert page.fields.new_edit.hasFocus()
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "以前用过" in page.refusal.sentence)


def test_an_expired_password_is_named_as_such(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.create("sleeper", "erp_job_sales_clerk")
    door.set(password_valid_for="30 days")
    try:
        door.database.rows("update auth.credentials set changed_at = changed_at - interval '31 days'")
        page = enter(window, "sleeper").renew_page
        appears(qtbot, page)
        assert "expired" in page.advice.text()
    finally:
        door.set(password_valid_for=None)


# Codes


def test_a_window_that_closes_at_the_recovery_codes_leaves_no_session(
    window: LoginWindow, qtbot: QtBot, door: Door, needs_codes: str
) -> None:
    stages = enter(window, needs_codes)
    page = stages.enrol_page
    qtbot.waitUntil(lambda: bool(page.key_edit.text()), timeout=WAIT)
    QTest.keyClicks(page.code_edit, code_of(page.key_edit.text().replace(" ", "")))
    appears(qtbot, stages.codes_page)
    sessions = "select count(*) from auth.sessions s join auth.users u on u.id = s.user_id where u.login = %s"
    assert door.database.value(sessions, needs_codes) == 1
    window.close()
    qtbot.waitUntil(lambda: door.database.value(sessions, needs_codes) == 0, timeout=WAIT)


def test_setting_codes_up_keeping_recovery_codes_and_logging_in_with_a_code(
    window: LoginWindow, qtbot: QtBot, door: Door, needs_codes: str, tmp_path: Path
) -> None:
    stages = enter(window, needs_codes)
    page = stages.enrol_page
    appears(qtbot, page)
    qtbot.waitUntil(lambda: bool(page.key_edit.text()), timeout=WAIT)
    assert page.code_edit.hasFocus()
    assert unnamed_controls(window) == []
    assert reachable_by_tab(window) == []
    assert doubled_in_any_language(window) == []
    picture = page.picture.grab().toImage()
    corner = [picture.pixelColor(x, x).lightness() for x in range(picture.width() // 4)]
    assert min(corner) == 0 and corner[0] == 255, "dark modules on a light ground with a quiet zone"
    secret = page.key_edit.text().replace(" ", "")
    QTest.keyClicks(page.code_edit, "000000")
    qtbot.waitUntil(lambda: "clock of your phone" in page.refusal.sentence, timeout=WAIT)
    page.code_edit.clear()
    QTest.keyClicks(page.code_edit, code_of(secret))
    codes = stages.codes_page
    appears(qtbot, codes)
    assert unnamed_controls(window) == []
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert codes.isVisible(), "Esc throws no recovery codes away"
    shown = codes.text().split("\n")[3:13]
    assert len(set(shown)) == 10
    codes.copy_button.click()
    assert shown[4] in QGuiApplication.clipboard().text()
    codes.save_to(tmp_path / "codes.txt")
    qtbot.waitUntil(lambda: codes.save_button.text() == "Saved", timeout=WAIT)
    assert shown[9] in (tmp_path / "codes.txt").read_text(encoding="utf-8")
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "codes.txt").stat().st_mode) == 0o600
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "codes.pdf"))
    codes.print_to(printer)
    assert (tmp_path / "codes.pdf").read_bytes().startswith(b"%PDF")
    assert not codes.go_on_button.isEnabled()
    codes.kept_box.click()
    assert let_in(qtbot, window, codes.go_on_button.click) == needs_codes
    assert shown[0] not in codes.text()


def test_a_code_is_pasted_in_groups_and_hands_itself_over(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.create("coder", "erp_job_sales_clerk")
    secret, recovery = aside(door.enrol, "coder")
    page = enter(window, "coder").code_page
    appears(qtbot, page)
    assert page.code_edit.hasFocus()
    assert unnamed_controls(window) == []
    assert reachable_by_tab(window) == []
    QTest.keyClicks(page.code_edit, "00a0-000")
    qtbot.waitUntil(lambda: "this one is wrong" in page.refusal.sentence, timeout=WAIT)
    assert page.code_edit.selectedText() == "000000"
    code = code_of(secret)
    QGuiApplication.clipboard().setText(f"{code[:3]} {code[3:]}")
    assert let_in(qtbot, window, page.code_edit.paste) == "coder"

    window = open_window(qtbot, door)
    page = enter(window, "coder").code_page
    appears(qtbot, page)
    QTest.keyClicks(page.code_edit, code)
    qtbot.waitUntil(lambda: "next code" in page.refusal.sentence, timeout=WAIT)
    page.switch_button.click()
    assert page.recovery_edit.hasFocus()
    page.recovery_edit.setText(recovery[0].upper())
    assert let_in(qtbot, window, lambda: QTest.keyClick(page.recovery_edit, Qt.Key.Key_Return)) == "coder"


def test_wide_digits_of_an_input_method_are_a_code(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.create("wide", "erp_job_sales_clerk")
    secret, _ = aside(door.enrol, "wide")
    page = enter(window, "wide").code_page
    appears(qtbot, page)
    event = QInputMethodEvent()
    event.setCommitString(code_of(secret).translate({ord(str(n)): 0xFF10 + n for n in range(10)}))
    assert let_in(qtbot, window, lambda: QApplication.sendEvent(page.code_edit, event)) == "wide"


def test_few_recovery_codes_and_an_end_in_sight_are_told_after_the_login(
    window: LoginWindow, qtbot: QtBot, door: Door, told: Told
) -> None:
    door.create("thrifty", "erp_job_sales_clerk")
    secret, _ = aside(door.enrol, "thrifty")
    door.database.rows("delete from auth.recovery_codes where mark > (select min(mark) from auth.recovery_codes)")
    door.set(password_valid_for="3 days")
    try:
        page = enter(window, "thrifty").code_page
        appears(qtbot, page)
        let_in(qtbot, window, lambda: QTest.keyClicks(page.code_edit, code_of(secret)))
    finally:
        door.set(password_valid_for=None)
    texts = [text for kind, text in told.messages if kind == "warning"]
    assert ["codes left" in text for text in texts] == [True, False]
    assert "ends on 20" in texts[1]


def test_wrong_codes_lead_back_to_the_form_which_says_until_when_it_is_locked(
    window: LoginWindow, qtbot: QtBot, door: Door
) -> None:
    door.create("locked", "erp_job_sales_clerk")
    aside(door.enrol, "locked")
    page = enter(window, "locked").code_page
    appears(qtbot, page)
    for _ in range(5):
        page.refusal.show_sentence("")
        page.submitted.emit("000000")
        qtbot.waitUntil(lambda: "this one is wrong" in page.refusal.sentence, timeout=WAIT)
    page.submitted.emit("000000")
    qtbot.waitUntil(lambda: ":" in window.form.refusal, timeout=WAIT)
    assert window.form.isVisible() and window.form.password_edit.hasFocus()
    assert window.form.password_edit.text() == ""


def test_a_login_that_waited_too_long_begins_anew(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.create("slow", "erp_job_sales_clerk")
    secret, _ = aside(door.enrol, "slow")
    page = enter(window, "slow").code_page
    appears(qtbot, page)
    door.database.rows("delete from auth.challenges")
    QTest.keyClicks(page.code_edit, code_of(secret))
    qtbot.waitUntil(lambda: "too long" in window.form.refusal, timeout=WAIT)


@pytest.mark.parametrize("way", ["escape", "button"])
def test_esc_and_back_lead_to_the_form(window: LoginWindow, qtbot: QtBot, needs_codes: str, way: str) -> None:
    stages = enter(window, needs_codes)
    appears(qtbot, stages.enrol_page)
    qtbot.waitUntil(lambda: bool(stages.enrol_page.key_edit.text()), timeout=WAIT)
    if way == "escape":
        QTest.keyClick(window, Qt.Key.Key_Escape)
    else:
        stages.enrol_page.back_button.click()
    appears(qtbot, window.form)
    assert (window.form.refusal, window.form.login_edit.text(), window.form.password_edit.text()) == (
        "",
        needs_codes,
        "",
    )
    assert stages.enrol_page.key_edit.text() == ""


def test_the_new_password_is_the_one_that_is_remembered(
    window: LoginWindow, qtbot: QtBot, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.create("keeper", "erp_job_sales_clerk", must_change=True)
    kept: list[str] = []
    monkeypatch.setattr(window.form, "remember", kept.append)
    page = enter(window, "keeper").renew_page
    appears(qtbot, page)
    for edit in (page.fields.new_edit, page.fields.again_edit):
        edit.setText(NEW)
    let_in(qtbot, window, page.submit_button.click)
    assert kept == [NEW]


# My account


@pytest.fixture
def account(desk: QApplication, qtbot: QtBot, session: Session, told: Told) -> Iterator[AccountDialog]:
    """The dialog of a person without codes."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = AccountDialog(session, parent)
    dialog.open()
    qtbot.waitUntil(dialog.overview.set_up_button.isEnabled, timeout=WAIT)
    yield dialog


def doubled_in_any_language(window: QWidget) -> list[str]:
    """The marked letters that reach two things of the window, in English or Chinese."""
    found = []
    for language in ("zh_CN", "en"):
        i18n.set_language(language)
        QApplication.processEvents()
        found += doubled_mnemonics(window)
    return found


def prove(qtbot: QtBot, dialog: AccountDialog, code: str = "") -> None:
    """Confirm who sits here."""
    qtbot.waitUntil(lambda: dialog._stack.currentIndex() == PROOF)
    dialog.proof.password_edit.setText(PASSWORD)
    dialog.proof.code_edit.setText(code)
    dialog.proof.go_on_button.click()


def comes_back(qtbot: QtBot, dialog: AccountDialog, words: str) -> None:
    """Wait for the overview that says `words` of the codes."""
    qtbot.waitUntil(
        lambda: dialog._stack.currentIndex() == OVERVIEW and words in dialog.overview._codes_state.text(), timeout=WAIT
    )


def keep(qtbot: QtBot, dialog: AccountDialog) -> list[str]:
    """Keep the recovery codes that are shown."""
    page = dialog.stages.codes_page
    appears(qtbot, page)
    codes = page.text().split("\n")[3:13]
    page.kept_box.click()
    page.go_on_button.click()
    return codes


def test_codes_are_set_up_renewed_and_switched_off_by_the_person(
    account: AccountDialog, qtbot: QtBot, door: Door, session: Session
) -> None:
    assert "password only" in account.overview._codes_state.text()
    assert unnamed_controls(account) == []
    account.overview.set_up_button.click()
    prove(qtbot, account)
    page = account.stages.enrol_page
    qtbot.waitUntil(lambda: bool(page.key_edit.text()), timeout=WAIT)
    assert doubled_in_any_language(account) == []
    secret = page.key_edit.text().replace(" ", "")
    QTest.keyClicks(page.code_edit, code_of(secret))
    first = keep(qtbot, account)
    comes_back(qtbot, account, "left: 10")

    account.overview.renew_button.click()
    assert unnamed_controls(account) == []
    prove(qtbot, account, first[0])
    second = keep(qtbot, account)
    assert not set(first) & set(second)
    comes_back(qtbot, account, "left: 10")

    account.overview.give_up_button.click()
    prove(qtbot, account, "000000")
    qtbot.waitUntil(lambda: bool(account.proof.code.message), timeout=WAIT)
    prove(qtbot, account, second[3])
    comes_back(qtbot, account, "password only")
    assert aside(door.attempt, session.login) == "ok"


def test_a_wrong_password_changes_nothing_and_esc_goes_back(account: AccountDialog, qtbot: QtBot) -> None:
    account.overview.set_up_button.click()
    account.proof.go_on_button.click()
    assert "password" in account.proof.password.message
    account.proof.password_edit.setText("wrong")
    account.proof.go_on_button.click()
    qtbot.waitUntil(lambda: "it is wrong" in account.proof.password.message, timeout=WAIT)
    QTest.keyClick(account, Qt.Key.Key_Escape)
    assert account._stack.currentIndex() == OVERVIEW and account.isVisible()
    QTest.keyClick(account, Qt.Key.Key_Escape)
    assert not account.isVisible()


@pytest.fixture
def memory() -> Iterator[Memory]:
    """The keyring of this computer."""
    before, made = keyring.get_keyring(), Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.mark.parametrize("remembered", [True, False])
def test_a_changed_password_takes_the_place_of_a_remembered_one(
    desk: QApplication, qtbot: QtBot, session: Session, told: Told, memory: Memory, remembered: bool
) -> None:
    profile = session.database.profile
    settings.write(settings.LOGIN, session.login.upper())
    if remembered:
        aside(keyring_store.remember, profile, session.login.upper(), PASSWORD)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PasswordDialog(session, parent)
    dialog.open()
    dialog.old_edit.setText(PASSWORD)
    for edit in (dialog.fields.new_edit, dialog.fields.again_edit):
        edit.setText(NEW)
    with qtbot.waitSignal(dialog.changed, timeout=WAIT):
        dialog._change.click()
    assert list(memory.kept.values()) == ([NEW] if remembered else [])


def test_changing_the_password_asks_for_a_code_where_codes_are_set_up(
    desk: QApplication, qtbot: QtBot, session: Session, door: Door, told: Told
) -> None:
    secret, _ = aside(door.enrol, session.login)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = PasswordDialog(session, parent)
    dialog.open()
    appears(qtbot, dialog._code)
    dialog.old_edit.setText(PASSWORD)
    for edit in (dialog.fields.new_edit, dialog.fields.again_edit):
        edit.setText(NEW)
    dialog._change.click()
    assert dialog._code.message
    dialog.code_edit.setText("000000")
    dialog._change.click()
    qtbot.waitUntil(lambda: "wrong" in dialog._code.message, timeout=WAIT)
    dialog.code_edit.setText(code_of(secret))
    with qtbot.waitSignal(dialog.changed, timeout=WAIT):
        dialog._change.click()
    assert aside(door.attempt, session.login, NEW) == "UA123"
