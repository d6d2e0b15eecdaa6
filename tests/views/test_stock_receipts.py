"""Booking what a supplier brought, in the keeper's window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.sales.orders_page import OrdersPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.receipts_page import ReceiptsPage
from erp_desktop.views.stock.receiving_page import ReceivingPage
from erp_desktop.views.widgets.list_page import ListPage
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import buy, confirm
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

SECOND = 1_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desks(workplace: Workplace) -> tuple[int, int]:
    """An order that waits for three chairs, and the purchase order that brings them."""
    with workplace.happens() as stage:
        waiting = confirm(stage, [("CHAIR", 3)])
        purchase: int = buy(stage)[0]["id"]
    return waiting, purchase


@pytest.fixture
def material(workplace: Workplace) -> int:
    """A purchase order of two lines: boards and screws for desks."""
    with workplace.happens() as stage:
        confirm(stage, [("DESK", 60)])  # more than the least quantities that are bought
        purchases = buy(stage)
        of_two = "select order_id from purchasing.order_lines where order_id = any (%s) group by 1 having count(*) = 2"
        number: int = stage.value(of_two, [each["id"] for each in purchases])
    return number


def open_list(shell: Shell, qtbot: QtBot, code: str) -> Any:
    page = shell.open_screen(code)
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def open_receiving(shell: Shell, qtbot: QtBot, number: int) -> ReceivingPage:
    page = shell.open_document("receiving", number)
    assert isinstance(page, ReceivingPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    return page


def state_of(page: ReceivingPage) -> str:
    return page.shown_facts.state if page.shown_facts is not None else ""


def test_what_came_is_booked_and_the_waiting_order_becomes_ready(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, desks: tuple[int, int]
) -> None:
    order_id, purchase_id = desks
    orders = open_list(at_work("lina"), qtbot, "sales.orders")
    assert isinstance(orders, OrdersPage)

    def order_state() -> str:
        row = orders.model.row_of(order_id)
        values = orders.model.values(row) if row is not None else None
        return "" if values is None else str(values["state"])

    qtbot.waitUntil(lambda: order_state() == "confirmed", timeout=10_000)
    keeper = at_work("keeper")
    expected = open_list(keeper, qtbot, "stock.receipts")
    assert isinstance(expected, ReceiptsPage)
    assert unnamed_controls(expected) == []
    expected.table.select_ids([purchase_id])
    QTest.keyClick(expected.table, Qt.Key.Key_Return, CONTROL)
    page = keeper.current_page()
    assert isinstance(page, ReceivingPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    assert unnamed_controls(page) == []
    QTest.keyClicks(page._supplier_note, "L-8812")
    page._all_came.click()
    assert page._total.text() == "Nothing stays open"
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(page) == "received", timeout=10_000)
    qtbot.waitUntil(lambda: order_state() == "ready", timeout=SECOND)
    assert any(text.startswith("Goods receipt GR") for _kind, text in told.messages)
    assert "L-8812" in page._booked.text() and page._booked_card.isVisible()
    assert not page.receive_action.isVisible() and page._supplier_note.isReadOnly()
    keeper.open_screen("stock.receipts")
    qtbot.waitUntil(lambda: expected.model.row_of(purchase_id) is None, timeout=10_000)


def test_more_than_was_ordered_is_refused_at_its_own_line(
    at_work: Callable[[str], Shell], qtbot: QtBot, material: int
) -> None:
    page = open_receiving(at_work("keeper"), qtbot, material)
    first, second = page.document_shown.lines
    page._enter(1, f"{second.open_qty + 1}")  # the first line did not come, so the server hears of one line only
    page.receive_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert [(row, key) for row, key, _sentence in page._model().complaints()] == [(1, "qty")]
    assert page._model().lines()[1]["qty"] == second.open_qty + 1  # what was typed stays
    page._enter(1, f"{second.open_qty - 1}")
    page.receive_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "partly_received" and not page.modified, timeout=10_000)
    assert page.document_shown.lines[1].open_qty == 1
    assert page.document_shown.lines[0].open_qty == first.open_qty
    assert page._total.text() == "2 lines stay open"


def test_nothing_typed_is_nothing_received(at_work: Callable[[str], Shell], qtbot: QtBot, material: int) -> None:
    page = open_receiving(at_work("keeper"), qtbot, material)
    page.receive_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert state_of(page) == "sent"
    page._enter(0, "a few")
    page.receive_action.trigger()
    assert "Enter a number" in page._notice.text


def test_what_was_typed_survives_a_crash(at_work: Callable[[str], Shell], qtbot: QtBot, material: int) -> None:
    shell = at_work("keeper")
    page = open_receiving(shell, qtbot, material)
    page._enter(1, "7")
    page._supplier_note.setText("L-1")
    page._unsaved.keep()
    page._unsaved.keeper.leave()
    page._set_modified(False)
    shell.close_page(page)
    again = open_receiving(shell, qtbot, material)
    assert "was not saved" in again._notice.text
    next(each for each in again._notice.findChildren(QPushButton) if "over" in each.text()).click()
    assert [line["qty"] for line in again._model().lines()] == [None, 7]
    assert again._supplier_note.text() == "L-1"
    again._unsaved.keeper.forget()


def test_the_page_speaks_both_languages(at_work: Callable[[str], Shell], qtbot: QtBot, material: int) -> None:
    page = open_receiving(at_work("keeper"), qtbot, material)
    assert page._model().lines()[0]["name"] == "Board"
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page._model().lines()[0]["name"] == "板材", timeout=10_000)
    assert "森泰木业" in page._infos["supplier"].value
    assert not page.modified
