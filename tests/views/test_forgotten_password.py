"""A forgotten password, the whole way through the widgets: a real worker, a real mail server, the real gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.services.auth import Session
from erp_desktop.views.forgotten_password import CODE, NAME, NO_MAIL, ForgottenPassword
from erp_desktop.views.login_window import LoginWindow
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.gate import Door
from tests.helpers.mailbox import Mailbox, open_mailbox, text_of
from tests.helpers.workers import POSIX, code_in, worker_dsn_of, working, write_settings

WAIT = 30_000
NEW = "drei Eichen am Hang"
QUIET = "update meta.workers set mail_seen_at = null"


@pytest.fixture
def forgetful(door: Door) -> Iterator[str]:
    """The login of a person with an address, on a server that sends mail."""
    login = f"clerk{door.database.value('select count(*) from auth.users')}"
    door.create(login, "erp_job_sales_clerk", display_name="李娜", email="lina@example.com")
    door.database.rows("select meta.report_worker(true)")
    yield login
    door.database.rows(QUIET)


@pytest.fixture
def window(desk: QApplication, qtbot: QtBot, door: Door) -> LoginWindow:
    window = LoginWindow((door.database.profile,))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def open_dialog(qtbot: QtBot, window: LoginWindow, name: str) -> ForgottenPassword:
    """Type a name and press the link; the dialog has heard from the server."""
    window.form.login_edit.setText(name)
    window.form.forgot_button.click()
    (dialog,) = window.findChildren(ForgottenPassword)
    qtbot.waitUntil(lambda: not dialog.is_busy, timeout=WAIT)
    return dialog


def answers(qtbot: QtBot, dialog: ForgottenPassword, words: str) -> None:
    qtbot.waitUntil(lambda: words in dialog.refusal.sentence, timeout=WAIT)


@POSIX
def test_from_the_forgotten_password_into_the_program(
    window: LoginWindow, qtbot: QtBot, door: Door, forgetful: str, tmp_path: Path
) -> None:
    dsn = worker_dsn_of(door.database)
    with open_mailbox(tmp_path) as mailbox, working(write_settings(tmp_path, dsn, mailbox.settings())):
        dialog = open_dialog(qtbot, window, forgetful)
        assert (dialog.step, dialog.name_edit.text()) == (NAME, forgetful)
        QTest.keyClick(dialog.name_edit, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.step == CODE, timeout=WAIT)
        assert forgetful in dialog.advice
        code = letter_code(qtbot, mailbox)
    QTest.keyClicks(dialog.code_edit, "aaaaa-aaaaa")
    QTest.keyClick(dialog.code_edit, Qt.Key.Key_Return)
    answers(qtbot, dialog, "newest e-mail")
    dialog.code_edit.selectAll()
    QTest.keyClicks(dialog.code_edit, code.upper())
    QTest.keyClick(dialog.code_edit, Qt.Key.Key_Return)
    page = window.stages.renew_page
    qtbot.waitUntil(page.isVisible, timeout=WAIT)
    assert "The code was right" in page.advice.text()
    assert window.form.login_edit.text() == forgetful
    QTest.keyClicks(page.fields.new_edit, NEW)
    QTest.keyClicks(page.fields.again_edit, NEW)
    with qtbot.waitSignal(window.logged_in, timeout=WAIT) as entered:
        QTest.keyClick(page.fields.again_edit, Qt.Key.Key_Return)
    session: Session = entered.args[0]
    session.database.close()
    assert session.login == forgetful


def letter_code(qtbot: QtBot, mailbox: Mailbox) -> str:
    qtbot.waitUntil(lambda: len(mailbox.letters) == 1, timeout=WAIT)
    return code_in(text_of(mailbox.letters[0]))


def test_where_nobody_mails_the_administrator_helps(window: LoginWindow, qtbot: QtBot, door: Door) -> None:
    door.database.rows(QUIET)
    dialog = open_dialog(qtbot, window, "")
    qtbot.waitUntil(lambda: dialog.step == NO_MAIL, timeout=WAIT)
    assert "Ask your administrator for a new password." in dialog.advice
    assert dialog.submit_button.isHidden() and dialog.switch_button.isHidden()
    with qtbot.waitSignal(dialog.finished):
        dialog.cancel_button.click()


def test_a_name_nobody_has_is_answered_like_any_other(
    window: LoginWindow, qtbot: QtBot, forgetful: str, door: Door
) -> None:
    texts = []
    for name in (forgetful, "nobody"):
        dialog = open_dialog(qtbot, window, name)
        dialog.submit_button.click()
        qtbot.waitUntil(lambda dialog=dialog: dialog.step == CODE, timeout=WAIT)
        texts.append(dialog.advice.replace(name, ""))
        with qtbot.waitSignal(dialog.destroyed):
            dialog.reject()
    assert texts[0] == texts[1]


def test_asking_too_often_is_told_with_the_time(window: LoginWindow, qtbot: QtBot, forgetful: str, door: Door) -> None:
    dialog = open_dialog(qtbot, window, "impatient")
    for _ in range(5):
        dialog.submit_button.click()
        qtbot.waitUntil(lambda: dialog.step == CODE, timeout=WAIT)
        dialog.switch_button.click()
        assert dialog.step == NAME
    dialog.submit_button.click()
    answers(qtbot, dialog, "in 5 min")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_keyboard_names_and_languages(
    window: LoginWindow, qtbot: QtBot, forgetful: str, door: Door, language: str
) -> None:
    dialog = open_dialog(qtbot, window, "")
    i18n.set_language(language)
    assert unnamed_controls(dialog) == []
    dialog.submit_button.click()
    assert dialog.refusal.sentence
    dialog.name_edit.setText(forgetful)
    dialog.switch_button.click()
    assert dialog.step == CODE
    assert unnamed_controls(dialog) == []
    assert reachable_by_tab(dialog) == []
    dialog.submit_button.click()
    assert dialog.refusal.sentence
    with qtbot.waitSignal(dialog.finished):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    i18n.set_language("en")
