"""Cover: the planner releases, the shop floor reports, the buyer orders, the warehouse receives."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QPushButton

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage, expect, find_in_list
from erp_desktop.demo.day.steps.printing import print_document
from erp_desktop.demo.day.steps.sales import BOUGHT, MADE, order_page, state_of, wait_for_state
from erp_desktop.views.production.operations_page import OperationsPage
from erp_desktop.views.widgets.document_page import DocumentPage

PLANNER, WORKER, BUYER, KEEPER = "wuting", "zhengwei", "fengqian", "sunhao"

_WORK = "select id, state, qty, done_qty from production.work_orders where number = %s"
_STOCK = """
select coalesce(sum(b.on_hand), 0) from stock.balances b join catalog.products p on p.id = b.product_id
join org.warehouses w on w.id = b.warehouse_id where p.code = %s and w.code = 'FIN'
"""
_MATERIAL = """
select m.product_id, sum(m.required_qty) from production.work_order_materials m
join production.work_orders w on w.id = m.work_order_id where w.number = %s group by 1
"""
_CONSUMED = """
select m.product_id, -sum(m.qty) from stock.moves m join production.work_orders w on w.id = m.document_id
where m.kind = 'consumption' and m.document_type = 'work_order' and w.number = %s group by 1
"""
_RESERVED = """
select l.qty, l.reserved_qty, l.state from sales.order_lines l join catalog.products p on p.id = l.product_id
where l.order_id = %s and p.code = %s
"""


def release_the_work_order(stage: Stage) -> str:
    """The planner finds the work order among those to release, and releases it; it is printed for the shop floor."""
    desk, number = stage.desk(PLANNER), stage.notes["work_order"]
    page = desk.open_list("production.work_orders")
    desk.picture("work-orders")
    find_in_list(page, number)
    hands.press("Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the work order opens")
    hands.settle()
    opened = order_page(desk)
    hands.wait_until(lambda: opened.shown_facts, "the work order is read")
    hands.press("Ctrl+Return")
    wait_for_state(opened, "released")
    desk.picture("work-order-released")
    print_document(stage, desk, number)
    stage.leave(PLANNER)
    return str(number)


def report_the_pieces(stage: Stage) -> str:
    """The worker reports both pieces at every operation: scan the number, Enter, the quantity, Enter."""
    desk, number = stage.desk(WORKER), stage.notes["work_order"]
    page = desk.open_screen("production.operations")
    if not isinstance(page, OperationsPage):
        raise Unexpected("the shop floor is another screen")
    before = stage.value(_STOCK, MADE)
    work_id, _state, qty, _done = stage.row(_WORK, number)
    steps = stage.value("select count(*) from production.operations where work_order_id = %s", work_id)
    for step in range(steps):
        report_at_the_next_operation(stage, page, number, work_id, qty)
        if step == 0:
            desk.picture("shop-floor")
    stage.leave(WORKER)
    state, done = stage.row(_WORK, number)[1::2]
    expect("the work order", (state, done), ("done", qty))
    expect("the pieces that came into stock", stage.value(_STOCK, MADE) - before, qty)
    expect("the material consumed", dict(stage.rows(_CONSUMED, number)), dict(stage.rows(_MATERIAL, number)))
    expect("the line of the order", stage.row(_RESERVED, stage.notes["order_id"], MADE), (5, 5, "ready"))
    return str(number)


def report_at_the_next_operation(stage: Stage, page: OperationsPage, number: str, work_id: int, qty: Decimal) -> None:
    """Report all pieces at the first operation of the work order that has any to do."""
    reported = "select coalesce(sum(done_qty), 0) from production.operations where work_order_id = %s"
    before = stage.value(reported, work_id)

    def is_next() -> bool:
        operation = page.operations.operation()
        return operation is not None and operation.work_order_number == number and operation.open_qty > 0

    hands.press("Ctrl+F")
    hands.replace(number)
    hands.wait_until(is_next, "an operation of the work order is there")
    hands.press("Return")
    hands.wait_until(lambda: hands.name_of(hands.focus()) == "Good pieces", "the quantity is asked for")
    hands.replace(f"{qty:f}".rstrip("0").rstrip("."))
    hands.press("Return")
    hands.wait_until(lambda: stage.value(reported, work_id) - before == qty, "the pieces are reported")
    hands.settle()


def order_from_the_supplier(stage: Stage) -> str:
    """The buyer makes a purchase order of the request, and sends it; it is printed for the supplier."""
    desk, request = stage.desk(BUYER), stage.notes["request"]
    page = desk.open_list("purchasing.requests")
    desk.picture("purchase-requests")
    find_in_list(page, request)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the purchase order opens")
    opened = order_page(desk)
    wait_for_state(opened, "draft")
    desk.picture("purchase-order")
    number, qty, net = stage.row(
        "select o.number, l.qty, l.net_amount from purchasing.orders o join purchasing.order_lines l"
        " on l.order_id = o.id where o.id = %s",
        opened.document_id,
    )
    expect("quantity (the supplier's least) and amount", (qty, net), (Decimal(4), Decimal("4720.00")))
    hands.press("Ctrl+Return")
    wait_for_state(opened, "sent")
    print_document(stage, desk, number)
    stage.notes["purchase"], stage.notes["purchase_id"] = number, opened.document_id
    stage.leave(BUYER)
    return str(number)


def receive_the_goods(stage: Stage) -> str:
    """The keeper books what the supplier brought; what waits gets it, and the order becomes ready by itself."""
    desk, number = stage.desk(KEEPER), stage.notes["purchase"]
    before = stage.value(_STOCK, BOUGHT)
    page = desk.open_list("stock.receipts")
    find_in_list(page, number)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the receipt opens")
    opened = order_page(desk)
    wait_for_state(opened, "sent")
    hands.fill(opened, "Supplier's delivery note", "LS-77120")
    hands.click(hands.find(opened, QPushButton, "Receive all"))
    desk.picture("receiving")
    hands.press("Ctrl+S")
    hands.wait_until(
        lambda: stage.value("select state from purchasing.orders where number = %s", number) == "received", "received"
    )
    hands.settle()
    expect("the pieces received", stage.value(_STOCK, BOUGHT) - before, Decimal(4))
    expect("the line of the order", stage.row(_RESERVED, stage.notes["order_id"], BOUGHT), (8, 8, "ready"))
    expect("the state of the order", state_of(stage, stage.notes["order"]), "ready")
    receipt = stage.value(
        "select r.number from purchasing.receipts r where r.order_id = %s", stage.notes["purchase_id"]
    )
    return str(receipt)


STEPS = (
    Step("the planner releases the work order", PLANNER, release_the_work_order),
    Step("the shop floor reports the pieces done", WORKER, report_the_pieces),
    Step("the buyer orders from the supplier", BUYER, order_from_the_supplier),
    Step("the warehouse receives the goods; the order becomes ready by itself", KEEPER, receive_the_goods),
)
