"""Sales: the clerk enters by keyboard, the manager returns and approves, the executive decides what is large."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import LANGUAGE, Desk, Stage, expect, find_in_list
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.views.widgets.completer import LookupEdit
from erp_desktop.views.widgets.document_page import DocumentPage
from erp_desktop.views.widgets.reason_dialog import ReasonDialog

CLERK, MANAGER, EXECUTIVE = "lina", "zhaolei", "shenqing"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Wanted:
    """A line as the clerk types it: what she types to find the product, which one that is, and how many."""

    typed: str
    code: str
    qty: int


CUSTOMER, INITIALS = "C0016", "tzmx"
LINES = (
    Wanted("WR-105W", "WR-105W", 12),
    Wanted("wr-107n", "WR-107N", 10),
    Wanted("TB-403O", "TB-403O", 12),
    Wanted("会议桌 240cm 橡木", "DK-305O", 6),
    Wanted("WR-103W", "WR-103W", 5),
    Wanted("天然乳胶床垫", "RS-606", 8),
)
"""Four lines that are on stock, one of which too few are made, one of which too few are bought."""
MADE, BOUGHT = "WR-103W", "RS-606"

SECOND_CUSTOMER, SECOND_NAME = "C0010", "宁波栎野"
SECOND_LINES = (Wanted("DK-303O", "DK-303O", 22), Wanted("CH-503L", "CH-503L", 40))
WRONG_DISCOUNT, RIGHT_DISCOUNT = "18", "8"
REASON = "The discount agreed with this dealer is 8 %, not 18 %."

_STOCK = """
select coalesce(b.on_hand, 0), coalesce(b.reserved, 0) from catalog.products p
cross join org.warehouses w left join stock.balances b on b.product_id = p.id and b.warehouse_id = w.id
where p.code = %s and w.code = 'FIN'
"""
_PRICE = """
select x.unit_price, p.tax_rate from crm.customers c join catalog.products p on p.code = %s
join catalog.prices x on x.product_id = p.id and x.price_list_id = c.price_list_id
where c.code = %s order by x.valid_from desc limit 1
"""


def totals(stage: Stage, customer: str, lines: tuple[Wanted, ...], discount: str = "0") -> tuple[Decimal, Decimal]:
    """Net and gross of lines, reckoned from the price list: half-up per line, tax per line."""
    net = tax = Decimal(0)
    for line in lines:
        price, rate = stage.row(_PRICE, line.code, customer)
        amount = (line.qty * price * (1 - Decimal(discount) / 100)).quantize(CENT, ROUND_HALF_UP)
        net += amount
        tax += (amount * rate).quantize(CENT, ROUND_HALF_UP)
    return net, net + tax


def order_page(desk: Desk) -> DocumentPage:
    """The document in front."""
    page = desk.page
    if not isinstance(page, DocumentPage):
        raise Unexpected(f"a list is in front: {page.title()}")
    return page


def grid_model(page: DocumentPage) -> LineGridModel:
    """The lines of a document."""
    if page.grid is None:
        raise Unexpected("the document has no lines")
    return page.grid.grid_model()


def shown(model: LineGridModel, row: int, key: str) -> Any:
    """What a cell of the lines says."""
    return model.data(model.index(row, model.place_of(key)), Qt.ItemDataRole.DisplayRole)


def go_to_order(desk: Desk, number: str, order_id: int) -> DocumentPage:
    """Ctrl+K, the number, Enter."""
    hands.press("Ctrl+K")
    hands.write(number)
    hands.wait_until(lambda: hands.listed(desk.shell, number), f"Ctrl+K finds {number}")
    hands.press("Return")
    hands.wait_until(lambda: desk.page.document() == ("order", order_id), f"{number} opens")
    hands.settle()
    return order_page(desk)


def wait_for_state(page: DocumentPage, *states: str) -> None:
    """Wait until the window shows the document in one of the states."""
    hands.wait_until(
        lambda: page.shown_facts is not None and page.shown_facts.state in states,
        f"the window shows the document {' or '.join(states)}",
    )
    hands.settle()


def state_of(stage: Stage, number: str) -> str:
    """The state of an order."""
    return str(stage.value("select state from sales.orders where number = %s", number))


# Step 1: an order by keyboard alone


def open_a_new_order(desk: Desk) -> DocumentPage:
    """From the list of orders, Ctrl+N."""
    desk.open_screen("sales.orders")
    hands.press("Ctrl+N")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the new order opens")
    hands.settle()
    return order_page(desk)


def choose_customer(typed: str, code: str) -> None:
    """Type a few letters, and take the customer from the choices with Enter."""
    field = hands.tab_to("Customer")
    if not isinstance(field, LookupEdit):
        raise Unexpected("the customer is not looked up")
    hands.write(typed)
    hands.wait_until(field.popup_open, f"choices for “{typed}”")
    hands.press("Return")
    choice = hands.wait_until(field.choice, f"“{typed}” is a customer")
    expect(f"the customer found by “{typed}”", choice.code, code)


def enter_lines(stage: Stage, page: DocumentPage, lines: tuple[Wanted, ...]) -> None:
    """Product, Enter, quantity, Enter, line after line; the stock that shows is that of the books."""
    hands.tab_to("Lines")
    model = grid_model(page)
    for row, line in enumerate(lines):
        enter_line(
            model, row, line, partial(stage.picture, page.window(), "order-choices", (LANGUAGE,)) if row == 4 else None
        )
        check_stock(stage, model, row, line)


def enter_line(model: LineGridModel, row: int, line: Wanted, look: Callable[[], object] | None = None) -> None:
    """Type one line, standing on its product; `look` is called while the choices show."""
    hands.write(line.typed)
    editor = hands.focus()
    if not isinstance(editor, LookupEdit):
        raise Unexpected("typing into the grid opens no lookup")
    hands.wait_until(editor.popup_open, f"choices for “{line.typed}”")
    if look is not None:
        look()
    hands.press("Return")
    hands.wait_until(lambda: shown(model, row, "product") == line.code, f"“{line.typed}” is {line.code}")
    hands.write(str(line.qty))
    hands.press("Return")


def check_stock(stage: Stage, model: LineGridModel, row: int, line: Wanted) -> None:
    """On hand, reserved and available beside a line are those of the books, and a shortage is marked."""
    on_hand, reserved = stage.row(_STOCK, line.code)
    figures = tuple(
        Decimal(str(shown(model, row, key)).replace(",", "")) for key in ("on_hand", "reserved", "available")
    )
    expect(f"the stock shown for {line.code}", figures, (on_hand, reserved, on_hand - reserved))
    is_short = line.qty > on_hand - reserved
    marked = (model.line(row) or {}).get("cover") == "short"
    expect(f"the mark of shortage at {line.code}", marked, is_short)


def enter_an_order(stage: Stage) -> str:
    """An order of six lines for a customer found by pinyin initials, by keyboard alone, saved."""
    desk = stage.desk(CLERK)
    page = open_a_new_order(desk)
    choose_customer(INITIALS, CUSTOMER)
    hands.tab_to("Customer reference")
    hands.write("PO-2026-1125")
    hands.tab_to("Promised on")
    hands.replace("+21")
    enter_lines(stage, page, LINES)
    desk.picture("order-entered")
    hands.press("Ctrl+S")
    hands.wait_until(lambda: page.document_id, "the order is saved")
    hands.settle()
    number, net, gross, state = stage.row(
        "select number, net_amount, gross_amount, state from sales.orders where id = %s", page.document_id
    )
    expect("net and gross of the order", (net, gross), totals(stage, CUSTOMER, LINES))
    expect("the state of the order", state, "draft")
    short = [line.code for line in LINES if line.qty > (row := stage.row(_STOCK, line.code))[0] - row[1]]
    expect("the lines short of stock", short, [MADE, BOUGHT])
    stage.notes["order"], stage.notes["order_id"], stage.notes["gross"] = number, page.document_id, gross
    return str(number)


def submit_the_order(stage: Stage) -> str:
    """Ctrl+Enter submits; the amount asks for two levels of approval."""
    desk, number = stage.desk(CLERK), stage.notes["order"]
    page = order_page(desk)
    hands.press("Ctrl+Return")
    wait_for_state(page, "submitted")
    levels = stage.rows(
        "select level, action_role::text from workflow.approvals where document_type = 'order' and document_id = %s"
        " and decision = 'pending' order by level",
        page.document_id,
    )
    expect("the levels asked for", levels, [(1, "erp_order_approve"), (2, "erp_order_approve_top")])
    hands.settle()
    desk.picture("order-submitted")
    return str(number)


def enter_a_second_order(stage: Stage) -> str:
    """A second order, for a customer found by name, with a discount that nobody agreed to; saved and submitted."""
    desk = stage.desk(CLERK)
    page = open_a_new_order(desk)
    choose_customer(SECOND_NAME, SECOND_CUSTOMER)
    hands.tab_to("Promised on")
    hands.replace("+14")
    enter_lines(stage, page, SECOND_LINES)
    give_discount(page, WRONG_DISCOUNT)
    hands.press("Ctrl+S")
    hands.wait_until(lambda: page.document_id, "the order is saved")
    hands.settle()
    hands.press("Ctrl+Return")
    wait_for_state(page, "submitted")
    number, net, gross = stage.row(
        "select number, net_amount, gross_amount from sales.orders where id = %s", page.document_id
    )
    expect("net and gross", (net, gross), totals(stage, SECOND_CUSTOMER, SECOND_LINES, WRONG_DISCOUNT))
    stage.notes["second"], stage.notes["second_id"] = number, page.document_id
    return str(number)


def give_discount(page: DocumentPage, percent: str) -> None:
    """Type a discount into every line, going down with Enter."""
    grid, model = page.grid, grid_model(page)
    if grid is None:
        raise Unexpected("the document has no lines")
    hands.press("Ctrl+Home")
    while model.columns[grid.currentIndex().column()].key != "discount_rate":
        hands.press("Right")
    for _ in SECOND_LINES:
        hands.write(percent)
        hands.press("Return")


# Step 3: approvals


def return_the_second_order(stage: Stage) -> str:
    """The manager returns an order with a reason."""
    desk, number = stage.desk(MANAGER), stage.notes["second"]
    find_in_list(desk.open_list("sales.approvals"), number)
    hands.press("Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the order opens")
    hands.settle()
    desk.picture("order-to-decide")

    def say_why(_dialog: ReasonDialog) -> None:
        hands.write(REASON)
        hands.press("Ctrl+Return")

    with hands.answering(ReasonDialog, say_why, "the reason is asked for"):
        hands.press("Alt+R")
    hands.wait_until(lambda: state_of(stage, number) == "returned", "returned")
    hands.settle()
    return str(number)


def correct_the_second_order(stage: Stage) -> str:
    """The clerk reads the reason, mends the discount and submits again."""
    desk, number = stage.desk(CLERK), stage.notes["second"]
    page = go_to_order(desk, number, stage.notes["second_id"])
    hands.wait_until(
        lambda: page.shown_facts is not None and page.shown_facts.state == "returned", "the window follows"
    )
    hands.settle()
    if REASON[:30] not in page.tag_text():
        raise Unexpected(f"the reason does not show: {page.tag_text()}")
    desk.picture("order-returned")
    if page.grid is None:
        raise Unexpected("the order has no lines")
    hands.go_into(page, "Lines")
    give_discount(page, RIGHT_DISCOUNT)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: state_of(stage, number) == "submitted", "submitted again")
    hands.settle()
    net, gross = stage.row("select net_amount, gross_amount from sales.orders where number = %s", number)
    expect("net and gross", (net, gross), totals(stage, SECOND_CUSTOMER, SECOND_LINES, RIGHT_DISCOUNT))
    return str(number)


def approve_the_second_order(stage: Stage) -> str:
    """The manager approves the corrected order from the list; one level is enough, so it is confirmed."""
    desk, number = stage.desk(MANAGER), stage.notes["second"]
    find_in_list(desk.open_list("sales.approvals"), number)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: state_of(stage, number) in ("confirmed", "ready"), "confirmed")
    hands.settle()
    return str(number)


def approve_the_order(stage: Stage) -> str:
    """The manager approves the first level of the large order; it still waits for the second."""
    desk, number = stage.desk(MANAGER), stage.notes["order"]
    page = desk.open_list("sales.approvals")
    desk.picture("approvals")
    find_in_list(page, number)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: _decisions(stage) == ["approved", "pending"], "the first level is approved")
    expect("the state of the order", state_of(stage, number), "submitted")
    hands.settle()
    stage.leave(MANAGER)
    return str(number)


def approve_the_order_at_the_top(stage: Stage) -> str:
    """The executive approves the second level; the order is confirmed."""
    desk, number = stage.desk(EXECUTIVE), stage.notes["order"]
    find_in_list(desk.open_list("sales.approvals"), number)
    hands.press("Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage), "the order opens")
    hands.settle()
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: _decisions(stage) == ["approved", "approved"], "the second level is approved")
    hands.wait_until(lambda: state_of(stage, number) in ("confirmed", "in_production"), "confirmed")
    hands.settle()
    desk.picture("order-confirmed")
    stage.leave(EXECUTIVE)
    return str(number)


def _decisions(stage: Stage) -> list[str]:
    rows = stage.rows(
        "select decision from workflow.approvals where document_type = 'order' and document_id = %s order by level",
        stage.notes["order_id"],
    )
    return [decision for (decision,) in rows]


def check_the_confirmation(stage: Stage) -> str:
    """What is there is reserved, what is made has a work order, what is bought a request."""
    lines = stage.rows(
        "select p.code, l.id, l.qty, l.reserved_qty, l.state from sales.order_lines l"
        " join catalog.products p on p.id = l.product_id where l.order_id = %s order by l.line_no",
        stage.notes["order_id"],
    )
    reserved = {code: reserved for code, _id, _qty, reserved, _state in lines}
    wanted = {line.code: Decimal(line.qty) for line in LINES} | {MADE: Decimal(3), BOUGHT: Decimal(5)}
    expect("what is reserved", reserved, wanted)
    ids = {code: line_id for code, line_id, *_ in lines}
    work, qty = stage.row(
        "select number, qty from production.work_orders where order_line_id = %s and state = 'planned'", ids[MADE]
    )
    expect("the pieces to be made", qty, Decimal(2))
    request, bought = stage.row(
        "select number, qty from purchasing.requests where order_line_id = %s and state = 'open'", ids[BOUGHT]
    )
    expect("the pieces to be bought", bought, Decimal(3))
    stage.notes["work_order"], stage.notes["request"] = work, request
    return f"{work}, {request}"


ENTERING = (
    Step("the sales clerk enters an order by keyboard alone", CLERK, enter_an_order),
    Step("the sales clerk submits the order", CLERK, submit_the_order),
    Step("the sales clerk enters and submits a second order", CLERK, enter_a_second_order),
)
DECIDING = (
    Step("the sales manager returns an order with a reason", MANAGER, return_the_second_order),
    Step("the sales clerk corrects it and submits it again", CLERK, correct_the_second_order),
    Step("the sales manager approves it after the correction", MANAGER, approve_the_second_order),
    Step("the sales manager approves the first level", MANAGER, approve_the_order),
    Step("the executive approves the second level", EXECUTIVE, approve_the_order_at_the_top),
    Step("confirmation reserves, plans work and asks for goods", "", check_the_confirmation),
)
