"""Shipping: picked by scanner, delivery note printed, shipped, signed for; open windows follow at once."""

from __future__ import annotations

import time
from decimal import Decimal

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage, expect, find_in_list
from erp_desktop.demo.day.steps.printing import print_document
from erp_desktop.demo.day.steps.sales import LINES, order_page, state_of, wait_for_state
from erp_desktop.views.widgets.document_page import DocumentPage
from erp_desktop.views.widgets.list_page import ListPage

CLERK, KEEPER = "lina", "sunhao"
WATCHED = LINES[0].code
FOLLOWS_WITHIN_SECONDS = 1.0

_STOCK = """
select b.on_hand, b.reserved from stock.balances b join catalog.products p on p.id = b.product_id
join org.warehouses w on w.id = b.warehouse_id where p.code = %s and w.code = 'FIN'
"""


def make_a_delivery_note(stage: Stage) -> str:
    """The keeper makes the delivery note of the ready order, and picks by scanning each product."""
    desk, order = stage.desk(KEEPER), stage.notes["order"]
    page = desk.open_list("stock.ready")
    desk.picture("ready-to-ship")
    find_in_list(page, order)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage) and desk.page.document_id, "the delivery note opens")
    note = order_page(desk)
    wait_for_state(note, "picking")
    for line in LINES:
        hands.go_into(note, "Scan")
        hands.write(f"{line.qty}*{line.code}")
        hands.press("Return")
    desk.picture("picking")
    hands.press("Ctrl+S")
    picked = "select sum(picked_qty) from stock.shipment_lines where shipment_id = %s"
    hands.wait_until(lambda: stage.value(picked, note.document_id), "the picked quantities are saved")
    hands.settle()
    expect("the pieces picked", stage.value(picked, note.document_id), Decimal(sum(line.qty for line in LINES)))
    stage.notes["shipment_id"] = note.document_id
    stage.notes["shipment"] = stage.value("select number from stock.shipments where id = %s", note.document_id)
    return str(stage.notes["shipment"])


def print_the_delivery_note(stage: Stage) -> str:
    """The delivery note is printed with its bar code, and goes with the goods."""
    desk, number = stage.desk(KEEPER), stage.notes["shipment"]
    texts = print_document(stage, desk, number)
    for language, word in (("zh_CN", "送货单"), ("en", "Deliverynote")):
        if word.lower() not in texts[language].lower():
            raise Unexpected(f"the delivery note does not say {word}")
    return str(number)


def ship(stage: Stage) -> str:
    """The goods leave: stock, state and the clerk's list in another open window change within a second."""
    order, number = stage.notes["order"], stage.notes["shipment"]
    clerks = stage.desk(CLERK)
    watched = clerks.open_list("sales.orders")
    find_in_list(watched, order)
    expect("the state in the clerk's list", _state_in(watched, order), "ready")
    desk = stage.desk(KEEPER)
    note = order_page(desk)
    before = stage.row(_STOCK, WATCHED)
    hands.fill(note, "Carrier", "Debang")
    hands.fill(note, "Vehicle", "M-12345")
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: state_of(stage, order) == "shipped", "the order is shipped")
    shipped_at = time.monotonic()
    hands.wait_until(lambda: _state_in(watched, order) == "shipped", "the clerk's list follows")
    seconds = time.monotonic() - shipped_at
    if seconds > FOLLOWS_WITHIN_SECONDS:
        raise Unexpected(f"the clerk's list follows after {seconds:.2f} s")
    wait_for_state(note, "shipped")
    qty = LINES[0].qty
    expect("stock and reservations", stage.row(_STOCK, WATCHED), (before[0] - qty, before[1] - qty))
    desk.picture("shipped")
    clerks.picture("clerks-list-follows")
    return str(number)


def _state_in(page: ListPage, number: str) -> str:
    """The state of an order as a list shows it."""
    rows = [page.model.values(row) for row in range(page.model.count)]
    return next((str(values["state"]) for values in rows if values and values["number"] == number), "")


def deliver(stage: Stage) -> str:
    """Under way, then delivered, with the name of who signed."""
    desk, number = stage.desk(KEEPER), stage.notes["shipment"]
    note = order_page(desk)
    hands.press("Alt+R")
    wait_for_state(note, "in_transit")
    expect("the state of the order", state_of(stage, stage.notes["order"]), "in_transit")
    hands.fill(note, "Signed for by", "胡玉兰")
    hands.press("Ctrl+Return")
    wait_for_state(note, "delivered")
    expect("the state of the order", state_of(stage, stage.notes["order"]), "delivered")
    desk.picture("delivered")
    stage.leave(KEEPER)
    return str(number)


STEPS = (
    Step("the warehouse makes the delivery note and picks by scanner", KEEPER, make_a_delivery_note),
    Step("the warehouse prints the delivery note", KEEPER, print_the_delivery_note),
    Step("the warehouse ships; open windows follow within a second", KEEPER, ship),
    Step("the goods are delivered and signed for", KEEPER, deliver),
)
