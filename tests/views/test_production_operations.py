"""The shop floor at work: choose an operation, type pieces, Enter; on a real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.views.production.operations_page import OperationsPage
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.supply import confirm, release, report, stock_up, work_orders
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told


@pytest.fixture
def desks(workplace: Workplace) -> int:
    """A released work order of three desks: cut at the saw, assembled at the bench."""
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=5, SCREW=100, DRAWER=6)
        ((desk, *_),) = work_orders(stage, confirm(stage, [("DESK", 3)]))
        release(stage, desk)
    return desk


def open_page(shell: Shell, qtbot: QtBot) -> OperationsPage:
    page = shell.open_screen("production.operations")
    assert isinstance(page, OperationsPage)
    qtbot.waitUntil(lambda: page.operations.count() > 0, timeout=10_000)
    return page


def stand_on(page: OperationsPage, work: int) -> None:
    """Choose the operation of a work order."""
    for row in range(page.operations.count()):
        page.operations.setCurrentRow(row)
        operation = page.operations.operation()
        if operation is not None and operation.work_order_id == work:
            return
    raise AssertionError(f"no operation of work order {work}")


def left(page: OperationsPage, work: int) -> object:
    """How many pieces are left to do at the operation of a work order, None if it is gone."""
    shown = page._floor.operations if page._floor is not None else ()
    return next((each.open_qty for each in shown if each.work_order_id == work), None)


def keys(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


def test_pieces_are_reported_by_keyboard_alone(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, desks: int
) -> None:
    page = open_page(at_work("worker"), qtbot)
    qtbot.waitUntil(page.operations.hasFocus)
    stand_on(page, desks)
    press(Qt.Key.Key_2)  # a digit goes into the quantity at once
    qtbot.waitUntil(page.card.good.hasFocus)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: left(page, desks) == 1, timeout=10_000)
    assert ("success", "Reported: 2 good.") in told.messages
    qtbot.waitUntil(page.operations.hasFocus)
    assert page._today.text() == "2 good, 0 scrap"
    press(Qt.Key.Key_Return)  # Enter proposes all that is left
    qtbot.waitUntil(page.card.good.hasFocus)
    assert page.card.good.value() == 1
    press(Qt.Key.Key_Escape)
    assert page.operations.hasFocus()


def test_scrap_wants_a_reason(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, desks: int
) -> None:
    page = open_page(at_work("worker"), qtbot)
    stand_on(page, desks)
    page.card.begin("1")
    page.card.scrap.setFocus()
    assert not page.card.reason.isVisible()
    keys("1")
    assert page.card.reason.isVisible()
    press(Qt.Key.Key_Return)
    refused = page.card._fields["scrap_reason"]
    qtbot.waitUntil(lambda: refused.message != "", timeout=10_000)
    qtbot.waitUntil(page.card.reason.hasFocus)
    page.card.reason.setCurrentText("Cut wrong")
    page.card.minutes.setFocus()
    keys("45")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: left(page, desks) == 1, timeout=10_000)
    assert ("success", "Reported: 1 good, 1 scrap.") in told.messages
    assert (page.card.good.value(), page.card.scrap.value(), page.card.reason.currentText()) == (None, None, "")
    reported = "select good_qty, scrap_qty, scrap_reason, minutes from production.work_reports order by id desc limit 1"
    assert workplace.company.database.rows(reported) == [(1, 1, "Cut wrong", 45)]


def test_more_than_there_is_is_refused_at_the_field(at_work: Callable[[str], Shell], qtbot: QtBot, desks: int) -> None:
    page = open_page(at_work("worker"), qtbot)
    stand_on(page, desks)
    page.card.begin("7")
    press(Qt.Key.Key_Return)
    refused = page.card._fields["good_qty"]
    qtbot.waitUntil(lambda: refused.message != "", timeout=10_000)
    assert "3 pieces" in refused.message
    assert page.card.good.value() == 7  # what was typed stays


def test_nothing_typed_is_refused_and_letters_are_marked(
    at_work: Callable[[str], Shell], qtbot: QtBot, desks: int
) -> None:
    page = open_page(at_work("worker"), qtbot)
    stand_on(page, desks)
    page.card.good.setFocus()
    press(Qt.Key.Key_Return)
    refused = page.card._fields["good_qty"]
    qtbot.waitUntil(lambda: refused.message != "", timeout=10_000)
    keys("many")
    press(Qt.Key.Key_Return)
    assert refused.message.startswith("Enter a number")
    assert not operations.running()


def test_a_scanner_finds_the_work_order(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, desks: int
) -> None:
    number = workplace.company.database.value("select number from production.work_orders where id = %s", desks)
    page = open_page(at_work("worker"), qtbot)
    page.find_action.trigger()
    qtbot.waitUntil(page.search.hasFocus)
    keys(number)
    operation = page.operations.operation()
    assert operation is not None and operation.work_order_id == desks
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(page.card.good.hasFocus)
    assert page.card.good.value() == 3


def test_what_others_report_comes_by_itself(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, desks: int
) -> None:
    page = open_page(at_work("assembler"), qtbot)
    stand_on(page, desks)
    assert left(page, desks) == 0
    assert not page.card.button.isEnabled()
    with workplace.happens() as stage:
        report(stage, desks, 3, steps=(10,))
    qtbot.waitUntil(lambda: left(page, desks) == 3, timeout=10_000)
    assert page.card.button.isEnabled()
    operation = page.operations.operation()
    assert operation is not None and operation.work_order_id == desks


def test_what_is_typed_survives_a_refresh(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, desks: int
) -> None:
    page = open_page(at_work("worker"), qtbot)
    stand_on(page, desks)
    page.card.begin("2")
    with workplace.happens() as stage:
        report(stage, desks, 1, steps=(10,))
    qtbot.waitUntil(lambda: left(page, desks) == 2, timeout=10_000)
    assert page.card.good.text() == "2"
    assert page.card.good.hasFocus()


def test_the_page_speaks_and_follows_the_language(at_work: Callable[[str], Shell], qtbot: QtBot, desks: int) -> None:
    page = open_page(at_work("worker"), qtbot)
    assert unnamed_controls(page) == []
    assert reachable_by_tab(page) == []
    stand_on(page, desks)
    assert "Desk" in page.operations.currentItem().text()
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "书桌" in page.operations.currentItem().text())
    operation = page.operations.operation()
    assert operation is not None and operation.work_order_id == desks
