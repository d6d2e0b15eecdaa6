"""From ready to signed for, in the keeper's window, with the clerk's window open beside it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.sales.orders_page import OrdersPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.ready_page import ReadyPage
from erp_desktop.views.stock.shipment_page import ShipmentPage
from erp_desktop.views.stock.shipments_page import ShipmentsPage
from erp_desktop.views.widgets.list_page import ListPage
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import confirm, stock_up
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

SECOND = 1_000
PROMISES = itertools.count(300, -1)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def order_id(workplace: Workplace) -> int:
    """An order of three chairs and an installation, all of it ready."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=3)
        return confirm(stage, [("CHAIR", 3), ("INSTALL", 1)], promised_in=next(PROMISES))


@pytest.fixture
def shipment_id(workplace: Workplace, order_id: int) -> int:
    """The delivery note of that order."""
    with workplace.happens() as stage:
        number: int = stage.call("keeper", "stock.create_shipment", {"order_id": order_id})["id"]
    return number


def open_list(shell: Shell, qtbot: QtBot, code: str) -> Any:
    page = shell.open_screen(code)
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def open_note(shell: Shell, qtbot: QtBot, number: int) -> ShipmentPage:
    page = shell.open_document("shipment", number)
    assert isinstance(page, ShipmentPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    return page


def state_of(page: ShipmentPage) -> str:
    return page.shown_facts.state if page.shown_facts is not None else ""


def picked(page: ShipmentPage) -> list[Decimal | None]:
    return [line["picked_qty"] for line in page._model().lines()]


def scan(page: ShipmentPage, text: str) -> None:
    page._scan.setFocus()
    QTest.keyClicks(page._scan, text)
    QTest.keyClick(page._scan, Qt.Key.Key_Return)


def value(workplace: Workplace, statement: str, *parameters: object) -> Any:
    return workplace.company.database.value(statement, *parameters)


def row_text(page: ListPage, row_id: int, key: str) -> str:
    row = page.model.row_of(row_id)
    values = page.model.values(row) if row is not None else None
    return "" if values is None else str(values[key])


def answer_reason(reason: str) -> None:
    """Fill in the dialog that asks why, as soon as it is there."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            QTimer.singleShot(20, fill)
            return
        dialog.findChild(QPlainTextEdit).setPlainText(reason)
        next(each for each in dialog.findChildren(QPushButton) if each.property("role") == "danger").click()

    QTimer.singleShot(0, fill)


def test_shipping_shows_in_stock_order_and_the_clerks_list_within_a_second(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, order_id: int
) -> None:
    orders = open_list(at_work("lina"), qtbot, "sales.orders")
    assert isinstance(orders, OrdersPage)
    qtbot.waitUntil(lambda: row_text(orders, order_id, "state") == "ready")
    keeper = at_work("keeper")
    ready = open_list(keeper, qtbot, "stock.ready")
    assert isinstance(ready, ReadyPage)
    qtbot.waitUntil(lambda: "1 waiting" in keeper.navigation.spoken_text("stock.ready"), timeout=10_000)
    ready.table.select_ids([order_id])
    assert ready.make_action.isEnabled()
    QTest.keyClick(ready.table, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: isinstance(keeper.current_page(), ShipmentPage), timeout=10_000)
    note = keeper.current_page()
    assert isinstance(note, ShipmentPage)
    qtbot.waitUntil(lambda: note.shown_facts is not None)
    assert note._scan.hasFocus()
    for code in ("CHAIR", "2*CHAIR", "install"):
        scan(note, code)
    assert picked(note) == [3, 1]
    assert note._progress.text() == "4 of 4 picked"
    QTest.keyClicks(note._carrier, "Deppon")
    QTest.keyClick(note, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(note) == "shipped", timeout=10_000)
    qtbot.waitUntil(lambda: row_text(orders, order_id, "state") == "shipped", timeout=SECOND)
    assert value(workplace, "select state from sales.orders where id = %s", order_id) == "shipped"
    moved = "select sum(qty) from stock.moves where document_type = 'shipment' and document_id = %s"
    assert value(workplace, moved, note.document_id) == -3
    assert value(workplace, "select carrier from stock.shipments where id = %s", note.document_id) == "Deppon"
    assert ("success", "Shipped. Stock and order are up to date.") in told.messages
    qtbot.waitUntil(lambda: "waiting" not in keeper.navigation.spoken_text("stock.ready"), timeout=10_000)
    keeper.open_screen("stock.ready")
    qtbot.waitUntil(lambda: ready.model.row_of(order_id) is None, timeout=10_000)


def test_a_wrong_scan_says_so_and_counts_nothing(
    at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int
) -> None:
    page = open_note(at_work("keeper"), qtbot, shipment_id)
    scan(page, "LAMP")
    assert page._heard.text() == "LAMP is not on this delivery note."
    assert picked(page) == [0, 0] and not page.modified
    scan(page, f"{page.document_shown.order_number}/10")
    assert picked(page) == [1, 0] and page.modified
    assert page._heard.text() == "CHAIR: 1 of 3"
    scan(page, page.document_shown.number.lower())
    assert "right delivery note" in page._heard.text()
    scan(page, "3*CHAIR")
    assert "only 2" in page._heard.text()
    page.grid.undo()
    assert picked(page) == [0, 0]


def test_more_than_is_to_be_picked_is_refused_at_its_line(
    at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int
) -> None:
    page = open_note(at_work("keeper"), qtbot, shipment_id)
    page._set_picked({0: "4"})
    page.pick_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert [(row, key) for row, key, _sentence in page._model().complaints()] == [(0, "picked_qty")]
    assert picked(page)[0] == 4  # what was typed stays
    page._set_picked({0: "2.5"})
    page.pick_action.trigger()
    qtbot.waitUntil(lambda: "decimal" in page._notice.text or "whole" in page._notice.text, timeout=10_000)
    page._set_picked({0: "many"})
    page.pick_action.trigger()
    assert "Enter a number" in page._notice.text
    page._set_picked({0: "2"})
    page.pick_action.trigger()
    qtbot.waitUntil(lambda: page.version == 2 and not page.modified, timeout=10_000)
    assert picked(page) == [2, 0]


def test_nothing_picked_is_not_shipped(at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int) -> None:
    page = open_note(at_work("keeper"), qtbot, shipment_id)
    page.ship_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert state_of(page) == "picking"


def test_a_note_goes_on_to_who_signs_for_it(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, shipment_id: int
) -> None:
    page = open_note(at_work("keeper"), qtbot, shipment_id)
    page._pick_all.click()
    page.ship_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "shipped", timeout=10_000)
    assert page.depart_action.isVisible() and page.deliver_action.isVisible()
    assert not page.pick_action.isVisible() and page._scan_bar.isHidden() and page._model().read_only
    page.deliver_action.trigger()
    qtbot.waitUntil(lambda: page._received_field.message != "", timeout=10_000)
    QTest.keyClicks(page._received_by, "Mr Wang")
    page.save()
    assert "recorded with the next step" in page._notice.text
    page.depart_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "in_transit", timeout=10_000)
    assert page._received_by.text() == "Mr Wang" and page.modified  # Departed does not write it
    page.deliver_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "delivered", timeout=10_000)
    assert page._received_by.text() == "Mr Wang" and page._received_by.isReadOnly()
    assert len(page.timeline.texts()) == 5
    state = "select o.state from sales.orders o join stock.shipments s on s.order_id = o.id where s.id = %s"
    assert value(workplace, state, shipment_id) == "delivered"


def test_a_cancelled_note_says_why_and_gives_its_goods_back(
    at_work: Callable[[str], Shell], qtbot: QtBot, order_id: int, shipment_id: int
) -> None:
    shell = at_work("keeper")
    ready = open_list(shell, qtbot, "stock.ready")
    assert ready.model.row_of(order_id) is None
    page = open_note(shell, qtbot, shipment_id)
    answer_reason("Lorry broke down")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "cancelled", timeout=10_000)
    assert "Lorry broke down" in page.document_shown.timeline[-1].note
    assert not page.print_action.isVisible()
    shell.open_screen("stock.ready")
    qtbot.waitUntil(lambda: ready.model.row_of(order_id) is not None, timeout=10_000)


def test_somebody_else_picked_meanwhile(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, shipment_id: int
) -> None:
    page = open_note(at_work("keeper"), qtbot, shipment_id)
    scan(page, "CHAIR")
    line = page.document_shown.lines[0].id
    with workplace.happens() as stage:
        document = {"id": shipment_id, "lines": [{"id": line, "picked_qty": 2}]}
        stage.call("keeper", "stock.pick_shipment", document, 1)
    qtbot.waitUntil(lambda: "Somebody else" in page._notice.text, timeout=10_000)
    page.pick_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "" and not page._sender.sending, timeout=10_000)
    assert picked(page) == [1, 0]  # what was typed stays
    next(each for each in page._notice.findChildren(QPushButton) if "newer" in each.text()).click()
    qtbot.waitUntil(lambda: page.version == 2, timeout=10_000)
    assert picked(page) == [2, 0]


def test_picked_quantities_survive_a_crash(at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int) -> None:
    shell = at_work("keeper")
    page = open_note(shell, qtbot, shipment_id)
    scan(page, "2*CHAIR")
    page._vehicle.setText("浙A·12345")
    page._unsaved.keep()
    page._unsaved.keeper.leave()
    page._set_modified(False)
    shell.close_page(page)
    again = open_note(shell, qtbot, shipment_id)
    assert "was not saved" in again._notice.text
    next(each for each in again._notice.findChildren(QPushButton) if "over" in each.text()).click()
    assert picked(again) == [2, 0]
    assert again._vehicle.text() == "浙A·12345"
    assert again.modified
    again._unsaved.keeper.forget()
    again._set_modified(False)


def test_several_orders_get_their_notes_at_once(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "FIN", LAMP=2)
        orders = [confirm(stage, [("LAMP", 1)]) for _ in range(2)]
    shell = at_work("keeper")
    ready = open_list(shell, qtbot, "stock.ready")
    ready.table.select_ids(orders)
    assert len(ready.selected_ids()) == 2
    ready.make_action.trigger()
    qtbot.waitUntil(lambda: isinstance(shell.current_page(), ShipmentsPage), timeout=10_000)
    assert ("success", "2 delivery notes are made.") in told.messages


def test_the_lines_of_the_selected_order_stand_beside_the_list(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "FIN", LAMP=1)
        waiting = confirm(stage, [("LAMP", 1), ("DESK", 2)])
    shell = at_work("keeper")
    ready = open_list(shell, qtbot, "stock.ready")
    tree = ready.lines._tree
    assert "Select an order" in ready.lines._hint.text()
    ready.table.select_ids([waiting])
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 2, timeout=10_000)
    rows = [[tree.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]
    assert rows == [["LAMP  Lamp", "1", "0"], ["DESK  Desk", "0", "2"]]
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: tree.topLevelItem(0).text(0) == "LAMP  台灯", timeout=10_000)


def test_the_delivery_note_is_previewed_inside_the_program(
    at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int
) -> None:
    shell = at_work("keeper")
    page = open_note(shell, qtbot, shipment_id)
    QTest.keyClick(page, Qt.Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=10_000)
    preview = page.findChildren(PrintPreview)[0]
    qtbot.waitUntil(lambda: preview.pages.page_count == 1, timeout=20_000)
    preview.close()


def test_every_control_has_a_name(at_work: Callable[[str], Shell], qtbot: QtBot, shipment_id: int) -> None:
    shell = at_work("keeper")
    for page in (
        open_list(shell, qtbot, "stock.ready"),
        open_list(shell, qtbot, "stock.shipments"),
        open_note(shell, qtbot, shipment_id),
    ):
        assert unnamed_controls(page) == []


def test_another_warehouse_sees_nothing_of_it(
    at_work: Callable[[str], Shell], qtbot: QtBot, order_id: int, shipment_id: int
) -> None:
    shell = at_work("shopkeeper")
    assert open_list(shell, qtbot, "stock.shipments").model.count == 0
    assert open_list(shell, qtbot, "stock.ready").model.row_of(order_id) is None
    page = shell.open_document("shipment", shipment_id)
    assert isinstance(page, ShipmentPage)
    qtbot.waitUntil(page._state_notice.isVisible, timeout=10_000)
    assert page._content.isHidden()
