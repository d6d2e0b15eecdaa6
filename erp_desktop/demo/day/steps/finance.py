"""Finance: the invoice, the payment and its allocation, and the double entries behind the whole day."""

from __future__ import annotations

from decimal import Decimal

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage, expect, find_in_list
from erp_desktop.demo.day.steps.printing import print_document
from erp_desktop.demo.day.steps.sales import CUSTOMER, order_page, state_of, wait_for_state
from erp_desktop.services.printing.capitals import rmb_capitals
from erp_desktop.views.widgets.document_page import DocumentPage

FINANCE = "hejing"

_ENTRY = """
select a.code, sum(l.debit), sum(l.credit) from finance.journal_entries e
join finance.journal_lines l on l.entry_id = e.id join finance.accounts a on a.id = l.account_id
where e.document_type = %s and e.document_id = %s and e.event = any (%s) group by a.code order by a.code
"""
_COST = "select -sum(m.qty * m.unit_cost) from stock.moves m where m.document_type = 'shipment' and m.document_id = %s"
_DAY_BALANCES = """
select count(*) from (
    select l.entry_id from finance.journal_lines l where l.posted_on >= current_date - 1
    group by l.entry_id having sum(l.debit) <> sum(l.credit)) unbalanced
"""


def invoice(stage: Stage) -> str:
    """The delivered order is invoiced: drafted, issued with the next gap-free number, printed with capitals."""
    desk, order, gross = stage.desk(FINANCE), stage.notes["order"], stage.notes["gross"]
    page = desk.open_list("finance.to_invoice")
    desk.picture("to-invoice")
    find_in_list(page, order)
    last = stage.value("select max(number) from finance.invoices where number ~ to_char(current_date, '\"INV\"YYMM')")
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: isinstance(desk.page, DocumentPage) and desk.page.document_id, "the draft opens")
    opened = order_page(desk)
    wait_for_state(opened, "draft")
    hands.press("Ctrl+Return")
    wait_for_state(opened, "issued")
    number, amount = stage.row("select number, gross_amount from finance.invoices where id = %s", opened.document_id)
    expect("the amount of the invoice", amount, gross)
    expect("the number after the last one", int(number[-6:]), int(last[-6:]) + 1 if last else 1)
    desk.picture("invoice")
    texts = print_document(stage, desk, number)
    capitals = rmb_capitals(gross)
    if capitals not in texts["zh_CN"]:
        raise Unexpected(f"the invoice does not say {capitals}")
    stage.notes["invoice"], stage.notes["invoice_id"] = number, opened.document_id
    return str(number)


def record_the_payment(stage: Stage) -> str:
    """The customer has paid all that was open: the payment is recorded and settles both invoices."""
    desk = stage.desk(FINANCE)
    open_before = stage.value(
        "select sum(i.gross_amount - i.allocated_amount) from finance.invoices i"
        " join crm.customers c on c.id = i.customer_id where c.code = %s and i.state = 'issued'",
        CUSTOMER,
    )
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: order_page(desk).kind == "payment", "the payment opens")
    hands.settle()
    page = order_page(desk)
    hands.fill(page, "Amount", f"{open_before:f}")
    hands.press("Tab")
    hands.fill(page, "Bank reference", "BOC-20261125-0017")
    hands.settle()
    desk.picture("payment")
    hands.press("Ctrl+S")
    hands.wait_until(lambda: _invoice_state(stage) == "paid", "the invoice is paid")
    hands.settle()
    number, amount = stage.row("select number, amount from finance.payments where id = %s", page.document_id)
    expect("the amount received", amount, open_before)
    allocated = stage.value("select sum(amount) from finance.allocations where payment_id = %s", page.document_id)
    expect("the amount allocated", allocated, open_before)
    expect("the state of the order", state_of(stage, stage.notes["order"]), "completed")
    desk.picture("payment-allocated")
    stage.notes["payment_id"], stage.notes["paid"] = page.document_id, open_before
    return str(number)


def _invoice_state(stage: Stage) -> str:
    return str(stage.value("select state from finance.invoices where id = %s", stage.notes["invoice_id"]))


def check_the_entries(stage: Stage) -> str:
    """The entries behind shipment, invoice, payment and allocation: right accounts, right amounts, balanced."""
    gross, paid = stage.notes["gross"], stage.notes["paid"]
    net = stage.value("select net_amount from finance.invoices where id = %s", stage.notes["invoice_id"])
    cost = stage.value(_COST, stage.notes["shipment_id"]).quantize(Decimal("0.01"))
    zero = Decimal("0.00")
    entries = (
        ("shipment", stage.notes["shipment_id"], ["shipment"], [("1405", zero, cost), ("6401", cost, zero)]),
        (
            "invoice",
            stage.notes["invoice_id"],
            ["invoice"],
            [("1122", gross, zero), ("222101", zero, gross - net), ("6001", zero, net)],
        ),
        ("payment", stage.notes["payment_id"], ["payment"], [("1002", paid, zero), ("2203", zero, paid)]),
        ("payment", stage.notes["payment_id"], ["allocation"], [("1122", zero, paid), ("2203", paid, zero)]),
    )
    for kind, document_id, events, wanted in entries:
        found = stage.rows(_ENTRY, kind, document_id, events)
        expect(f"the entry of the {events[0]}", found, wanted)
    expect("the entries of the day that do not balance", stage.value(_DAY_BALANCES), 0)
    return f"{len(entries)} entries"


def show_the_journal(stage: Stage) -> str:
    """The journal of the day, as finance sees it."""
    desk = stage.desk(FINANCE)
    page = desk.open_list("finance.journal")
    row = find_in_list(page, stage.notes["invoice"], "description")
    desk.picture("journal")
    stage.leave(FINANCE)
    return str(row["number"])


STEPS = (
    Step("finance invoices the order", FINANCE, invoice),
    Step("finance records the payment and allocates it", FINANCE, record_the_payment),
    Step("the entries behind shipment, invoice and payment balance", "", check_the_entries),
    Step("finance sees the entries in the journal", FINANCE, show_the_journal),
)
