"""Invoices, payments and the double entries behind them, as the people of finance work with them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import uuid4

import pytest

from erp_desktop.server.tree import SqlTree
from tests.helpers.orders import document
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import order_state, ship, stock_up

CLERKS = [login for login in LOGINS if login not in ("finance", "executive")]


def ledger(stage: Stage) -> dict[str, Decimal]:
    """Balance (debit less credit) of each account that has lines."""
    rows = stage.rows(
        "select a.code, sum(l.debit - l.credit) from finance.journal_lines l"
        " join finance.accounts a on a.id = l.account_id group by a.code"
    )
    return {code: balance for code, balance in rows if balance}


def unbalanced(stage: Stage) -> list[Any]:
    return stage.rows("select entry_id from finance.journal_lines group by entry_id having sum(debit) <> sum(credit)")


def shipped_order(stage: Stage, qty: str = "3", price: str = "239.5", shipped: str | None = None) -> int:
    """An order of chairs with one line, shipped as far as `shipped` says (all of it by default)."""
    quantity, unit_price = Decimal(qty), Decimal(price)
    net = (quantity * unit_price).quantize(Decimal("0.01"), ROUND_HALF_UP)
    tax = (net * Decimal("0.13")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    order_id: int = stage.value(
        "insert into sales.orders (number, branch_id, owner_id, customer_id, customer_name, ordered_on, promised_on,"
        " price_list_id, warehouse_id, state, created_by, net_amount, tax_amount, gross_amount)"
        " select %s, branch_id, owner_id, id, name, current_date, current_date, price_list_id, %s, 'shipped', owner_id,"
        " %s, %s, %s from crm.customers where code = 'C1' returning id",
        f"SO-{uuid4()}",
        stage.warehouse("FIN"),
        net,
        tax,
        net + tax,
    )
    stage.rows(
        "insert into sales.order_lines (order_id, line_no, product_id, qty, unit_id, unit_price, tax_rate, net_amount,"
        " tax_amount, gross_amount, shipped_qty, state) select %s, 1, p.id, %s, p.unit_id, %s, 0.13, %s, %s, %s, %s,"
        " 'shipped' from catalog.products p where p.code = 'CHAIR'",
        order_id,
        quantity,
        unit_price,
        net,
        tax,
        net + tax,
        Decimal(shipped or qty),
    )
    return order_id


def issue(stage: Stage, order_id: int) -> dict[str, Any]:
    draft = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
    return stage.call("finance", "finance.issue_invoice", {"id": draft["id"]}, draft["version"])


def pay(stage: Stage, amount: str, **more: Any) -> dict[str, Any]:
    today = str(stage.value("select current_date"))
    document = {"customer_id": stage.id_of("customer", "C1"), "received_on": today, "method": "bank", "amount": amount}
    return stage.call("finance", "finance.record_payment", document | more)


def test_an_invoice_posts_receivable_revenue_and_tax(stage: Stage) -> None:
    invoice = issue(stage, shipped_order(stage))
    assert invoice["state"] == "issued"
    assert invoice["number"].startswith("INV")
    assert ledger(stage) == {"1122": Decimal("811.91"), "6001": Decimal("-718.50"), "222101": Decimal("-93.41")}
    assert unbalanced(stage) == []


def test_invoice_numbers_have_no_gap(stage: Stage) -> None:
    orders = [shipped_order(stage) for _ in range(3)]
    first, second = issue(stage, orders[0]), issue(stage, orders[1])
    draft = stage.call("finance", "finance.create_invoice", {"order_id": orders[2]})
    assert stage.refusal("finance", "finance.issue_invoice", {"id": draft["id"]}, 99).code == "UC001"
    third = stage.call("finance", "finance.issue_invoice", {"id": draft["id"]}, draft["version"])
    numbers = [int(invoice["number"].rpartition("-")[2]) for invoice in (first, second, third)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_partial_invoices_add_up_to_the_order_to_the_cent(stage: Stage) -> None:
    order_id = shipped_order(stage, qty="3", price="33.3333", shipped="1")
    issue(stage, order_id)
    stage.rows("update sales.order_lines set shipped_qty = 2 where order_id = %s", order_id)
    issue(stage, order_id)
    stage.rows("update sales.order_lines set shipped_qty = 3 where order_id = %s", order_id)
    issue(stage, order_id)
    billed = stage.row("select sum(net_amount), sum(tax_amount) from finance.invoices where order_id = %s", order_id)
    assert billed == stage.row("select net_amount, tax_amount from sales.orders where id = %s", order_id)
    assert [row[0] for row in stage.rows("select qty from finance.invoice_lines order by id")] == [Decimal(1)] * 3


def test_no_partial_invoice_gives_back_what_others_rounded_up(stage: Stage) -> None:
    order_id = shipped_order(stage, qty="4", price="0.005", shipped="1")
    for shipped in range(1, 5):
        stage.rows("update sales.order_lines set shipped_qty = %s where order_id = %s", shipped, order_id)
        assert issue(stage, order_id)["gross_amount"] >= 0
    billed = stage.row("select sum(net_amount), sum(tax_amount) from finance.invoices where order_id = %s", order_id)
    assert billed == stage.row("select net_amount, tax_amount from sales.orders where id = %s", order_id)


def test_nothing_is_invoiced_twice(stage: Stage) -> None:
    order_id = shipped_order(stage)
    issue(stage, order_id)
    assert stage.refusal("finance", "finance.create_invoice", {"order_id": order_id}).code == "US602"


def test_a_discarded_draft_can_be_billed_again(stage: Stage) -> None:
    order_id = shipped_order(stage)
    draft = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
    stage.call("finance", "finance.discard_invoice", {"id": draft["id"]}, draft["version"])
    assert issue(stage, order_id)["gross_amount"] == 811.91


def test_an_issued_invoice_is_not_discarded(stage: Stage) -> None:
    invoice = issue(stage, shipped_order(stage))
    assert (
        stage.refusal("finance", "finance.discard_invoice", {"id": invoice["id"]}, invoice["version"]).code == "US001"
    )


def confirmed_gift(stage: Stage, *lines: tuple[str, float, str]) -> int:
    """An approved order of (product code, quantity, discount) lines, all of it in stock; its id."""
    stock_up(stage, "FIN", CHAIR=9, DESK=9)
    typed = [
        {"product_id": stage.product(code), "qty": qty, "discount_rate": discount} for code, qty, discount in lines
    ]
    order = stage.call("lina", "sales.save_order", document(stage, lines=typed))
    order = stage.call("lina", "sales.submit_order", {"id": order["id"]}, order["version"])
    while order["state"] == "submitted":
        level = stage.value(
            "select min(level) from workflow.approvals where document_id = %s and decision = 'pending'"
            " and document_type = 'order'",
            order["id"],
        )
        login = "manager" if level == 1 else "executive"
        order = stage.call(login, "sales.approve_order", {"id": order["id"]}, order["version"])
    assert order["state"] == "ready"
    number: int = order["id"]
    return number


def deliver(stage: Stage, shipment: dict[str, Any]) -> None:
    received = {"id": shipment["id"], "received_by": "王"}
    stage.call("keeper", "stock.deliver_shipment", received, shipment["version"])


def test_an_invoice_of_nothing_is_paid_as_it_is_issued_and_posts_nothing(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"))
    shipment = ship(stage, order_id)
    deliver(stage, shipment)
    before = ledger(stage)
    assert order_state(stage, order_id) == "delivered"
    invoice = issue(stage, order_id)
    assert (invoice["state"], invoice["gross_amount"]) == ("paid", 0)
    assert invoice["number"].startswith("INV")
    assert ledger(stage) == before
    assert order_state(stage, order_id) == "completed"
    steps = stage.rows(
        "select action from workflow.events where document_type = 'invoice' and document_id = %s order by at, id",
        invoice["id"],
    )
    assert steps == [("create",), ("issue",), ("settle",)]
    assert stage.value("select version from finance.invoices where id = %s", invoice["id"]) == invoice["version"]


def test_a_gift_invoiced_before_it_arrives_completes_its_order_on_delivery(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"))
    shipment = ship(stage, order_id)
    assert issue(stage, order_id)["state"] == "paid"
    assert order_state(stage, order_id) == "shipped"
    deliver(stage, shipment)
    assert order_state(stage, order_id) == "completed"


def test_a_gift_beside_sold_goods_waits_for_their_money(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"), ("DESK", 1, "0"))
    gift = ship(stage, order_id, DESK=0)
    deliver(stage, gift)
    assert issue(stage, order_id)["state"] == "paid"
    deliver(stage, ship(stage, order_id))
    assert order_state(stage, order_id) == "delivered"
    invoice = issue(stage, order_id)
    assert invoice["state"] == "issued"
    payment = pay(stage, str(invoice["gross_amount"]))
    lines = [{"invoice_id": invoice["id"], "amount": str(invoice["gross_amount"])}]
    stage.call("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, payment["version"])
    assert order_state(stage, order_id) == "completed"


def test_one_invoice_for_a_gift_and_sold_goods_is_owed(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"), ("DESK", 1, "0"))
    deliver(stage, ship(stage, order_id))
    assert issue(stage, order_id)["state"] == "issued"
    assert order_state(stage, order_id) == "delivered"


def test_money_cannot_be_put_on_an_invoice_of_nothing(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"))
    ship(stage, order_id)
    invoice = issue(stage, order_id)
    payment = pay(stage, "10.00")
    lines = [{"invoice_id": invoice["id"], "amount": "1.00"}]
    refusal = stage.refusal("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, 1)
    assert refusal.code == "US001"


def test_the_checks_of_finance_accept_gifts_and_find_one_left_open(stage: Stage) -> None:
    order_id = confirmed_gift(stage, ("CHAIR", 2, "1"))
    deliver(stage, ship(stage, order_id))
    invoice = issue(stage, order_id)
    checks = {file.path.stem: file.path.read_text(encoding="utf-8") for file in SqlTree().checks}
    assert {name: rows for name, text in checks.items() if (rows := stage.rows(text))} == {}
    stage.rows("update finance.invoices set state = 'issued' where id = %s", invoice["id"])
    assert stage.rows(checks["60020-invoice-totals"])[0][0] == invoice["id"]


def test_a_payment_is_an_advance_until_it_is_allocated(stage: Stage) -> None:
    invoice = issue(stage, shipped_order(stage))
    payment = pay(stage, "1000.00", reference="B-1")
    assert ledger(stage)["2203"] == Decimal("-1000.00")
    lines = [{"invoice_id": invoice["id"], "amount": "811.91"}]
    settled = stage.call(
        "finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, payment["version"]
    )
    assert settled["open_amount"] == 188.09
    assert stage.value("select state from finance.invoices where id = %s", invoice["id"]) == "paid"
    balances = ledger(stage)
    assert "1122" not in balances
    assert (balances["1002"], balances["2203"]) == (Decimal("1000.00"), Decimal("-188.09"))
    assert unbalanced(stage) == []


@pytest.mark.parametrize(
    ("amount", "code"), [("900.00", "UV603"), ("0", "UV004"), ("-5", "UV004"), ("1e5", "UV003"), ("", "UV001")]
)
def test_an_allocation_stays_within_the_invoice(stage: Stage, amount: str, code: str) -> None:
    invoice = issue(stage, shipped_order(stage))
    payment = pay(stage, "1000.00")
    lines = [{"invoice_id": invoice["id"], "amount": amount}]
    refusal = stage.refusal("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, 1)
    assert refusal.code == code


def test_an_allocation_stays_within_the_payment(stage: Stage) -> None:
    invoice = issue(stage, shipped_order(stage))
    payment = pay(stage, "100.00")
    lines = [{"invoice_id": invoice["id"], "amount": "200.00"}]
    assert (
        stage.refusal("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, 1).code == "UV602"
    )


def test_money_of_one_customer_does_not_pay_for_another(stage: Stage) -> None:
    invoice = issue(stage, shipped_order(stage))
    payment = pay(stage, "900.00", customer_id=stage.id_of("customer", "C2"))
    lines = [{"invoice_id": invoice["id"], "amount": "10.00"}]
    refusal = stage.refusal("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, 1)
    assert (refusal.code, refusal.field) == ("UN001", "lines[0].invoice_id")


def test_the_same_bank_reference_is_recorded_once(stage: Stage) -> None:
    pay(stage, "10.00", reference="B-1")
    today = str(stage.value("select current_date"))
    document = {
        "customer_id": stage.id_of("customer", "C1"),
        "received_on": today,
        "method": "bank",
        "amount": "10.00",
        "reference": "B-1",
    }
    assert stage.refusal("finance", "finance.record_payment", document).code == "23505"


def test_a_repeated_request_posts_once(stage: Stage) -> None:
    draft = stage.call("finance", "finance.create_invoice", {"order_id": shipped_order(stage)})
    request = uuid4()
    first = stage.call("finance", "finance.issue_invoice", {"id": draft["id"]}, draft["version"], request)
    again = stage.call("finance", "finance.issue_invoice", {"id": draft["id"]}, draft["version"], request)
    assert first == again
    assert stage.value("select count(*) from finance.journal_entries") == 1


def test_nothing_is_posted_into_a_closed_month(stage: Stage) -> None:
    order_id = shipped_order(stage)
    draft = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
    stage.rows(
        "insert into finance.periods (starts_on, state) values (date_trunc('month', current_date)::date, 'closed')"
    )
    refusal = stage.refusal("finance", "finance.issue_invoice", {"id": draft["id"]}, draft["version"])
    assert refusal.code == "UL601"


def test_an_entry_that_does_not_balance_is_refused_for_everybody(stage: Stage) -> None:
    stage.rows(
        "insert into finance.journal_entries (number, posted_on, event, document_type, document_id)"
        " values ('JE-X', current_date, 'invoice', 'invoice', 1)"
    )
    stage.rows(
        "insert into finance.journal_lines (posted_on, entry_id, account_id, debit)"
        " select current_date, e.id, a.id, 5 from finance.journal_entries e, finance.accounts a"
        " where e.number = 'JE-X' and a.code = '1002'"
    )
    assert stage.refused("set constraints all immediate").code == "US601"


@pytest.mark.parametrize(
    "statement", ["update {} set posted_on = current_date", "delete from {}", "truncate {} cascade"]
)
@pytest.mark.parametrize("table", ["finance.journal_lines", "finance.journal_entries"])
def test_the_journal_is_append_only_for_its_owner_too(stage: Stage, table: str, statement: str) -> None:
    issue(stage, shipped_order(stage))
    stage.rows("set constraints all immediate")
    assert stage.refused(statement.format(table)).code == "UL001"


@pytest.mark.parametrize("login", CLERKS)
def test_who_is_not_finance_neither_posts_nor_sees_money(stage: Stage, login: str) -> None:
    order_id = shipped_order(stage)
    invoice = issue(stage, order_id)
    for command in ("create_invoice", "issue_invoice", "discard_invoice", "record_payment", "allocate_payment"):
        refusal = stage.refusal(login, f"finance.{command}", {"id": invoice["id"], "order_id": order_id}, 1)
        assert refusal.code == "42501"
    for table in ("invoices", "payments", "allocations", "journal_entries", "journal_lines"):
        assert stage.refused(f"select * from finance.{table}", login=login).code == "42501"
