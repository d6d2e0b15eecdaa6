"""Logging in at the real gate: who comes in, what a refusal says and where, one click in the demo, the keyboard."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, settings
from erp_desktop.services.auth import Session
from erp_desktop.services.db import Profile
from erp_desktop.views.login_window import LoginWindow
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.gate import PASSWORD, Door
from tests.views.conftest import Told


@dataclass(frozen=True)
class Somebody:
    """A person of a demo."""

    login: str
    password: str
    name_zh: str
    name_en: str
    job_role: str


PEOPLE = (
    Somebody("nobody", "wrong", "无名", "Nobody", ""),
    Somebody("lina", PASSWORD, "李娜", "Li Na", "sales_clerk"),
    Somebody("lina", PASSWORD, "王强", "Wang Qiang", "sales_manager"),
    Somebody("lina", PASSWORD, "赵敏", "Zhao Min", "planner"),
)


@pytest.fixture
def open_login(desk: QApplication, qtbot: QtBot, door: Door) -> Iterator[Callable[..., LoginWindow]]:
    """Opens login windows at the test's server."""

    def make(*people: Somebody, profiles: tuple[Profile, ...] = ()) -> LoginWindow:
        window = LoginWindow(profiles or (door.database.profile,), people)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make


def enter(window: LoginWindow, login: str, password: str) -> None:
    """Type as a person does, starting in the field for the name, and press Enter."""
    form = window.form
    form.login_edit.setFocus()
    form.login_edit.setText(login)
    form.password_edit.setText(password)
    QTest.keyClick(form.password_edit, Qt.Key.Key_Return)


def wait_for_refusal(qtbot: QtBot, window: LoginWindow) -> str:
    qtbot.waitUntil(lambda: bool(window.form.refusal), timeout=15_000)
    return window.form.refusal


def test_right_password_lets_the_person_in(open_login: Callable[..., LoginWindow], qtbot: QtBot) -> None:
    window = open_login()
    with qtbot.waitSignal(window.logged_in, timeout=15_000) as entered:
        enter(window, "lina", PASSWORD)
    session: Session = entered.args[0]
    assert (session.login, session.display_name) == ("lina", "李娜")
    assert "sales.orders" in session.screens
    assert settings.read(settings.LOGIN) == "lina"
    session.database.close()


def test_refusal_stands_in_the_form_with_its_remedy_and_the_input_stays(
    open_login: Callable[..., LoginWindow], qtbot: QtBot
) -> None:
    window = open_login()
    enter(window, "lina", "wrong")
    sentence = wait_for_refusal(qtbot, window)
    assert "password" in sentence
    form = window.form
    assert (form.login_edit.text(), form.password_edit.text()) == ("lina", "wrong")
    assert form.password_edit.hasFocus()
    assert form.password_edit.selectedText()
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "密码" in form.refusal)
    QTest.keyClick(form.password_edit, "x")
    assert form.refusal == ""


def test_server_that_is_not_there_is_named_as_the_cause(open_login: Callable[..., LoginWindow], qtbot: QtBot) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        window = open_login(profiles=(Profile("Nowhere", "127.0.0.1", port, "tenon", "disable"),))
        enter(window, "lina", PASSWORD)
        assert str(port) in wait_for_refusal(qtbot, window)


@pytest.mark.parametrize(("login", "password", "word"), [("", "x", "name"), ("lina", "", "password")])
def test_what_is_missing_is_asked_for_without_the_server(
    open_login: Callable[..., LoginWindow], qtbot: QtBot, login: str, password: str, word: str
) -> None:
    window = open_login()
    with qtbot.assertNotEmitted(window.form.submitted):
        enter(window, login, password)
    assert word in window.form.refusal


def test_without_a_known_server_the_person_is_told_what_to_do(desk: QApplication, qtbot: QtBot) -> None:
    window = LoginWindow([])
    qtbot.addWidget(window)
    window.show()
    enter(window, "lina", PASSWORD)
    assert "servers.toml" in window.form.refusal


def test_one_click_on_a_person_of_the_demo_is_a_login(open_login: Callable[..., LoginWindow], qtbot: QtBot) -> None:
    window = open_login(*PEOPLE)
    cards = window.cards.cards()
    assert cards[0].accessibleName() == "Nobody, No job role: log in"
    assert cards[1].accessibleName() == "Li Na, Sales clerk: log in"
    with qtbot.waitSignal(window.logged_in, timeout=15_000) as entered:
        qtbot.mouseClick(cards[1], Qt.MouseButton.LeftButton)
    entered.args[0].database.close()


def test_refused_person_of_the_demo_is_told_so_over_the_cards(
    open_login: Callable[..., LoginWindow], qtbot: QtBot
) -> None:
    window = open_login(*PEOPLE)
    window.cards.cards()[0].click()
    qtbot.waitUntil(lambda: "password" in window.cards.refusal, timeout=15_000)
    assert window.cards.isEnabled()


def test_arrows_walk_over_the_cards_and_a_link_leads_to_the_form(
    open_login: Callable[..., LoginWindow], qtbot: QtBot
) -> None:
    window = open_login(*PEOPLE)
    cards = window.cards.cards()
    cards[0].setFocus()
    for key, place in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Down, 3)):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert cards[place].hasFocus()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(window.form.isVisible)


def test_caps_lock_is_noticed_by_what_is_typed(open_login: Callable[..., LoginWindow], qtbot: QtBot) -> None:
    window = open_login()
    edit = window.form.password_edit
    edit.setFocus()
    with qtbot.waitSignal(edit.caps_lock_seen, check_params_cb=lambda on: on):
        QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
        edit.event(_key("A"))
    assert window.form.caps_hint.isVisible()
    edit.event(_key("b"))
    assert not window.form.caps_hint.isVisible()


def test_missing_keyring_stops_nobody_and_is_told(
    open_login: Callable[..., LoginWindow], qtbot: QtBot, told: Told
) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    try:
        window = open_login()
        window.form.remember_box.setChecked(True)
        with qtbot.waitSignal(window.logged_in, timeout=15_000) as entered:
            enter(window, "lina", PASSWORD)
        qtbot.waitUntil(lambda: [kind for kind, _ in told.messages] == ["warning"], timeout=5_000)
        entered.args[0].database.close()
    finally:
        keyring.set_keyring(before)


def test_language_and_colours_can_be_chosen_before_logging_in(
    open_login: Callable[..., LoginWindow], qtbot: QtBot
) -> None:
    window = open_login(*PEOPLE)
    chinese = next(button for button in window.findChildren(QPushButton) if button.text() == "简体中文")
    chinese.click()
    qtbot.waitUntil(lambda: window.cards.cards()[1].accessibleName() == "李娜，销售员：登录")
    assert settings.read(settings.LANGUAGE) == "zh_CN"
    assert chinese.isChecked()


@pytest.mark.parametrize("people", [(), PEOPLE], ids=["form", "cards"])
def test_everything_has_a_name_and_is_reached_by_tab(
    open_login: Callable[..., LoginWindow], people: tuple[Somebody, ...]
) -> None:
    window = open_login(*people)
    assert unnamed_controls(window) == []
    assert reachable_by_tab(window) == []


def _key(text: str) -> object:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, text)
