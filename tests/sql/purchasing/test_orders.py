"""From requests to purchase orders: made for each supplier, changed while drafts, sent, cancelled."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, confirm, order_state, receive, requests, stock_up

Result = dict[str, Any]
RESCHEDULE = "purchasing.reschedule_order"


def request_ids(stage: Stage, *codes: str) -> list[int]:
    """The open requests (of these products, if any are given), oldest first."""
    rows = stage.rows(
        "select r.id, p.code from purchasing.requests r join catalog.products p on p.id = r.product_id"
        " where r.state = 'open' order by r.id"
    )
    return [number for number, code in rows if not codes or code in codes]


def create(stage: Stage, *codes: str) -> list[Result]:
    document = {"request_ids": request_ids(stage, *codes)}
    orders: list[Result] = stage.call("buyer", "purchasing.create_orders", document)["orders"]
    return orders


def lines_of(stage: Stage, order: Result) -> list[tuple[Any, ...]]:
    return stage.rows(
        "select p.code, l.qty, l.unit_price, l.net_amount, l.gross_amount from purchasing.order_lines l"
        " join catalog.products p on p.id = l.product_id where l.order_id = %s order by l.line_no",
        order["id"],
    )


def line_id(stage: Stage, order: Result) -> int:
    number: int = stage.value("select min(id) from purchasing.order_lines where order_id = %s", order["id"])
    return number


def step(stage: Stage, verb: str, order: Result, **document: Any) -> Result:
    document = {"id": order["id"]} | document
    return stage.call("buyer", f"purchasing.{verb}_order", document, order["version"])


@pytest.fixture
def chairs(stage: Stage) -> Result:
    """A draft for five chairs of two sales orders."""
    confirm(stage, [("CHAIR", 3)])
    confirm(stage, [("CHAIR", 2)])
    (order,) = create(stage)
    return order


def changes(stage: Stage, order: Result, qty: object = 6, price: object = "78.5", **more: Any) -> dict[str, Any]:
    expected = (date.today() + timedelta(days=9)).isoformat()
    lines = [{"id": line_id(stage, order), "qty": qty, "unit_price": price}]
    return {"id": order["id"], "expected_on": expected, "note": "送到二号门", "lines": lines} | more


def test_requests_become_one_order_for_each_supplier(stage: Stage) -> None:
    confirm(stage, [("DESK", 2), ("CHAIR", 3)])
    orders = create(stage)
    suppliers = "select s.code, w.code from purchasing.orders o join purchasing.suppliers s on s.id = o.supplier_id"
    suppliers += " join org.warehouses w on w.id = o.warehouse_id where o.id = %s"
    assert [stage.row(suppliers, order["id"]) for order in orders] == [("S1", "RAW"), ("S2", "FIN")]
    # Board: 2 × 0.5 / 0.92 and 4 × 0.14 / 0.92 are less than the least quantity of the supplier; so are the screws.
    assert lines_of(stage, orders[0]) == [
        ("BOARD", 20, Decimal("126.5"), 2530, Decimal("2858.90")),
        ("SCREW", 1000, Decimal("0.03"), 30, Decimal("33.90")),
    ]
    assert lines_of(stage, orders[1]) == [("CHAIR", 3, Decimal("79.9"), Decimal("239.70"), Decimal("270.86"))]
    totals = "select net_amount, tax_amount, gross_amount from purchasing.orders where id = %s"
    assert stage.row(totals, orders[0]["id"]) == (2560, Decimal("332.80"), Decimal("2892.80"))
    assert requests(stage) == []
    assert [order["state"] for order in orders] == ["draft", "draft"]


def test_requests_for_one_product_share_a_line(stage: Stage, chairs: Result) -> None:
    assert [row[:2] for row in lines_of(stage, chairs)] == [("CHAIR", 5)]
    pegs = "select qty, state, purchase_line_id from purchasing.requests order by id"
    line = line_id(stage, chairs)
    assert stage.rows(pegs) == [(3, "ordered", line), (2, "ordered", line)]
    assert stage.rows("select expected_on - ordered_on from purchasing.orders where id = %s", chairs["id"]) == [(10,)]


def test_another_warehouse_gets_its_own_order(stage: Stage) -> None:
    confirm(stage, [("CHAIR", 1)])
    confirm(stage, [("CHAIR", 1)], warehouse="SHOP")
    assert len(create(stage)) == 2


def test_some_requests_may_wait(stage: Stage) -> None:
    confirm(stage, [("DESK", 1), ("CHAIR", 3)])
    create(stage, "CHAIR")
    assert {code for code, *_ in requests(stage)} == {"BOARD", "SCREW"}


def test_a_product_without_supplier_is_named(stage: Stage) -> None:
    confirm(stage, [("LAMP", 1), ("CHAIR", 1)])
    document = {"request_ids": request_ids(stage)}
    refusal = stage.refusal("buyer", "purchasing.create_orders", document)
    assert (refusal.code, refusal.params["products"], refusal.field) == ("UV401", "LAMP", "request_ids")
    stage.rows("update purchasing.suppliers set is_active = false where code = 'S2'")
    refusal = stage.refusal("buyer", "purchasing.create_orders", document)
    assert refusal.params["products"] == "CHAIR, LAMP"
    assert len(requests(stage)) == 2


@pytest.mark.parametrize(
    ("ids", "code"),
    [
        ([], "UV001"),
        (None, "UV001"),
        ("all", "UV003"),
        ([987654321], "UN001"),
        (["many"], "UV003"),
        ([None], "UV001"),
        ([1] * 1001, "UV003"),
    ],
)
def test_what_is_no_list_of_requests(stage: Stage, ids: object, code: str) -> None:
    assert stage.refusal("buyer", "purchasing.create_orders", {"request_ids": ids}).code == code


def test_a_request_is_ordered_once(stage: Stage) -> None:
    confirm(stage, [("CHAIR", 1)])
    document = {"request_ids": request_ids(stage) * 2}
    assert len(stage.call("buyer", "purchasing.create_orders", document)["orders"]) == 1
    refusal = stage.refusal("buyer", "purchasing.create_orders", document)
    assert (refusal.code, refusal.params["state"]) == ("US001", "ordered")


def test_a_withdrawn_request_is_not_ordered(stage: Stage) -> None:
    order = confirm(stage, [("CHAIR", 1)])
    document = {"request_ids": request_ids(stage)}
    version = stage.value("select version from sales.orders where id = %s", order)
    stage.call("manager", "sales.cancel_order", {"id": order, "reason": "不要了"}, version)
    refusal = stage.refusal("buyer", "purchasing.create_orders", document)
    assert (refusal.code, refusal.params["state"]) == ("US001", "cancelled")


def test_a_draft_is_changed(stage: Stage, chairs: Result) -> None:
    saved = stage.call("buyer", "purchasing.save_order", changes(stage, chairs), chairs["version"])
    assert (saved["state"], saved["version"]) == ("draft", 2)
    assert lines_of(stage, saved) == [("CHAIR", 6, Decimal("78.5"), 471, Decimal("532.23"))]
    head = "select expected_on - current_date, note, gross_amount from purchasing.orders where id = %s"
    assert stage.row(head, chairs["id"]) == (9, "送到二号门", Decimal("532.23"))


@pytest.mark.parametrize(
    ("qty", "price", "more", "code", "field"),
    [
        (4, 78, {}, "UV402", "lines[0].qty"),
        ("6.5", 78, {}, "UV301", "lines[0].qty"),
        (0, 78, {}, "UV004", "qty"),
        ("", 78, {}, "UV001", "qty"),
        (6, "-1", {}, "UV004", "unit_price"),
        (6, "cheap", {}, "UV003", "unit_price"),
        (6, "1e12", {}, "UV003", "unit_price"),
        (6, 78, {"expected_on": "2020-01-01"}, "UV004", "expected_on"),
        (6, 78, {"expected_on": "soon"}, "UV006", "expected_on"),
        (6, 78, {"expected_on": None}, "UV001", "expected_on"),
        (6, 78, {"note": "x" * 1001}, "UV005", "note"),
        (6, 78, {"lines": []}, "UV001", "lines"),
        (6, 78, {"lines": [{"id": 987654321, "qty": 1, "unit_price": 1}]}, "UN001", "lines[0].id"),
    ],
)
def test_how_a_draft_cannot_be_changed(
    stage: Stage, chairs: Result, qty: object, price: object, more: dict[str, Any], code: str, field: str
) -> None:
    document = changes(stage, chairs, qty, price, **more)
    refusal = stage.refusal("buyer", "purchasing.save_order", document, chairs["version"])
    assert (refusal.code, refusal.field) == (code, field)


def test_a_line_of_another_order_is_not_there(stage: Stage, chairs: Result) -> None:
    confirm(stage, [("CHAIR", 1)])
    (other,) = create(stage)
    document = changes(stage, other) | {"id": chairs["id"]}
    assert stage.refusal("buyer", "purchasing.save_order", document, chairs["version"]).code == "UN001"


def test_a_sent_order_is_incoming(stage: Stage, chairs: Result) -> None:
    assert balance(stage, "CHAIR") == (0, 0, 0, 0)
    sent = step(stage, "send", chairs)
    assert (sent["state"], sent["version"]) == ("sent", 2)
    assert balance(stage, "CHAIR") == (0, 0, 5, 0)
    assert stage.value("select sent_at is not null from purchasing.orders where id = %s", sent["id"])
    events = "select action, to_state from workflow.events where document_type = 'purchase_order' and document_id = %s"
    assert stage.rows(f"{events} order by id", sent["id"]) == [("create", "draft"), ("send", "sent")]


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_cancelled_order_opens_its_requests_again(stage: Stage, chairs: Result, is_sent: bool) -> None:
    order = step(stage, "send", chairs) if is_sent else chairs
    cancelled = step(stage, "cancel", order, reason="供应商停产")
    assert cancelled["state"] == "cancelled"
    assert requests(stage) == [("CHAIR", "FIN", 2), ("CHAIR", "FIN", 3)]
    assert balance(stage, "CHAIR") == (0, 0, 0, 0)
    assert len(create(stage)) == 1


def test_a_cancellation_needs_a_reason(stage: Stage, chairs: Result) -> None:
    refusal = stage.refusal("buyer", "purchasing.cancel_order", {"id": chairs["id"], "reason": " "}, chairs["version"])
    assert (refusal.code, refusal.field) == ("UV001", "reason")


@pytest.mark.parametrize(
    ("state", "refused"),
    [("sent", ("save", "send")), ("cancelled", ("save", "send", "cancel"))],
)
def test_which_step_a_state_refuses(stage: Stage, chairs: Result, state: str, refused: tuple[str, ...]) -> None:
    order = step(stage, "send", chairs) if state == "sent" else step(stage, "cancel", chairs, reason="错")
    document = changes(stage, chairs) | {"reason": "错"}
    for verb in refused:
        refusal = stage.refusal("buyer", f"purchasing.{verb}_order", document, order["version"])
        assert (refusal.code, refusal.params["state"]) == ("US001", state), verb


def later(stage: Stage, order: Result, days: int = 14) -> dict[str, Any]:
    """What a buyer sends when the supplier needs `days` from today."""
    return {"id": order["id"], "expected_on": (date.today() + timedelta(days=days)).isoformat(), "reason": "供应商缺料"}


INCOMING = "select qty, on_date - current_date from stock.explain_balance(%s, %s) where kind = 'incoming'"


def incoming(stage: Stage, login: str = "keeper") -> list[tuple[Any, ...]]:
    """What chairs are on the way, and in how many days they come, as somebody sees it."""
    return stage.rows(INCOMING, stage.product("CHAIR"), stage.warehouse("FIN"), login=login)


@pytest.mark.parametrize("received", [0, 2])
def test_what_was_sent_is_expected_on_another_day(stage: Stage, chairs: Result, received: int) -> None:
    sent = step(stage, "send", chairs)
    if received:
        receive(stage, sent, CHAIR=received)
    state, version = stage.row("select state, version from purchasing.orders where id = %s", sent["id"])
    assert incoming(stage) == [(5 - received, 10)]
    moved = stage.call("buyer", RESCHEDULE, later(stage, sent), version)
    assert (moved["state"], moved["version"]) == (state, version + 1)
    for login in ("keeper", "lina", "buyer"):
        assert incoming(stage, login) == [(5 - received, 14)], login
    expected = "select expected_on - current_date from purchasing.receiving_list where id = %s"
    assert stage.rows(expected, sent["id"], login="keeper") == [(14,)]
    assert balance(stage, "CHAIR")[2] == 5 - received


def test_the_timeline_keeps_why_and_the_day_before(stage: Stage, chairs: Result) -> None:
    order = step(stage, "send", chairs)
    stage.call("buyer", RESCHEDULE, later(stage, order), order["version"])
    action, state, note, details = stage.rows(
        "select action, to_state, note, details from workflow.timeline"
        " where document_type = 'purchase_order' and document_id = %s order by id desc limit 1",
        order["id"],
        login="keeper",
    )[0]
    days = {"expected_before": date.today() + timedelta(days=10), "expected_on": date.today() + timedelta(days=14)}
    assert (action, state, note) == ("reschedule", "sent", "供应商缺料")
    assert details == {name: day.isoformat() for name, day in days.items()}


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"expected_on": (date.today() - timedelta(days=1)).isoformat()}, "UV004", "expected_on"),
        ({"expected_on": (date.today() + timedelta(days=10)).isoformat()}, "UV404", "expected_on"),
        ({"expected_on": "soon"}, "UV006", "expected_on"),
        ({"expected_on": None}, "UV001", "expected_on"),
        ({"reason": " "}, "UV001", "reason"),
        ({"reason": "x" * 1001}, "UV005", "reason"),
    ],
)
def test_to_which_day_nothing_is_moved(
    stage: Stage, chairs: Result, change: dict[str, Any], code: str, field: str
) -> None:
    order = step(stage, "send", chairs)
    refusal = stage.refusal("buyer", RESCHEDULE, later(stage, order) | change, order["version"])
    assert (refusal.code, refusal.field) == (code, field)
    assert incoming(stage) == [(5, 10)]


@pytest.mark.parametrize("state", ["draft", "received", "cancelled"])
def test_where_nothing_is_to_come_no_day_moves(stage: Stage, chairs: Result, state: str) -> None:
    if state == "received":
        receive(stage, step(stage, "send", chairs))
    elif state == "cancelled":
        step(stage, "cancel", chairs, reason="错")
    version = stage.value("select version from purchasing.orders where id = %s", chairs["id"])
    refusal = stage.refusal("buyer", RESCHEDULE, later(stage, chairs), version)
    assert (refusal.code, refusal.params["state"]) == ("US001", state)


def test_a_day_is_moved_once_by_a_repeated_request(stage: Stage, chairs: Result) -> None:
    order, request_id = step(stage, "send", chairs), uuid4()
    results = [stage.call("buyer", RESCHEDULE, later(stage, order), order["version"], request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    moves = "select count(*) from workflow.events where document_type = 'purchase_order' and action = 'reschedule'"
    assert stage.value(moves) == 1


COMMANDS = ("purchasing.save_order", "purchasing.send_order", "purchasing.cancel_order", RESCHEDULE)


@pytest.mark.parametrize("command", ["purchasing.create_orders", *COMMANDS])
def test_only_buyers_buy(stage: Stage, chairs: Result, command: str) -> None:
    confirm(stage, [("CHAIR", 1)])
    document = changes(stage, chairs) | {"reason": "错", "request_ids": request_ids(stage)}
    for login in LOGINS:
        if login != "buyer":
            assert stage.refusal(login, command, document, chairs["version"]).code == "42501", login


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_order_is_not_there(stage: Stage, chairs: Result, command: str) -> None:
    document = changes(stage, chairs) | {"id": 987654321, "reason": "错"}
    assert stage.refusal("buyer", command, document, 1).code == "UN001"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("version", [None, 0, 7])
def test_another_version_is_refused(stage: Stage, chairs: Result, command: str, version: int | None) -> None:
    document = changes(stage, chairs) | {"reason": "错"}
    assert stage.refusal("buyer", command, document, version).code == "UC001"


def test_repeated_requests_are_carried_out_once(stage: Stage) -> None:
    confirm(stage, [("CHAIR", 1)])
    document, request_id = {"request_ids": request_ids(stage)}, uuid4()
    made = [stage.call("buyer", "purchasing.create_orders", document, None, request_id) for _ in range(3)]
    assert made[0] == made[1] == made[2]
    (order,) = made[0]["orders"]
    for command, more in (
        ("purchasing.save_order", changes(stage, order)),
        ("purchasing.send_order", {"id": order["id"]}),
        ("purchasing.cancel_order", {"id": order["id"], "reason": "错"}),
    ):
        request_id = uuid4()
        results = [stage.call("buyer", command, more, order["version"], request_id) for _ in range(3)]
        assert results[0] == results[1] == results[2]
        order = results[0]
    assert balance(stage, "CHAIR") == (0, 0, 0, 0)
    assert stage.value("select count(*) from purchasing.orders") == 1


SEE_PURCHASES = ("buyer", "finance", "executive")
ORDERS = "select id, gross_amount from purchasing.order_list"


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_purchases_and_their_prices(stage: Stage, chairs: Result, login: str) -> None:
    step(stage, "send", chairs)
    prices = "select unit_price from purchasing.order_lines"
    supplied = "select unit_price from purchasing.supplier_products"
    if login in SEE_PURCHASES:
        assert len(stage.rows(ORDERS, login=login)) == 1
        assert len(stage.rows(prices, login=login)) == 1
        assert len(stage.rows(supplied, login=login)) == 4
        assert len(stage.rows("select id, supplier_code from purchasing.request_list", login=login)) == 2
        return
    for statement in (ORDERS, prices, supplied, "select id from purchasing.request_list"):
        assert stage.refused(statement, login=login).code == "42501", statement


@pytest.mark.parametrize("login", ["lina", "wangqiang", "chen", "manager", "cdmanager", "planner"])
def test_who_waits_sees_what_is_requested(stage: Stage, chairs: Result, login: str) -> None:
    seen = {"lina": 2, "manager": 2, "planner": 2}
    statement = "select id, number, qty, needed_on, state from purchasing.requests"
    assert len(stage.rows(statement, login=login)) == seen.get(login, 0)
    assert stage.refused("select purchase_line_id from purchasing.requests", login=login).code == "42501"


def test_the_buyer_lists_requests_with_who_waits(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 1), ("CHAIR", 2)])
    number = stage.value("select number from sales.orders where id = %s", order)
    rows = stage.rows(
        "select code, order_number, work_order_number is not null, supplier_code, lead_days, state"
        " from purchasing.request_list order by code, id",
        login="buyer",
    )
    assert rows == [
        ("BOARD", number, True, "S1", 7, "open"),
        ("BOARD", number, True, "S1", 7, "open"),
        ("CHAIR", number, False, "S2", 10, "open"),
        ("SCREW", number, True, "S1", 3, "open"),
        ("SCREW", number, True, "S1", 3, "open"),
    ]


def test_purchases_are_found_by_number_supplier_and_product(stage: Stage, chairs: Result) -> None:
    found = "select purchasing.search_orders(%s, 10)"
    number = chairs["number"]
    ways = [(number, 1), (number[-4:], 1), ("youyi", 1), ("YYJJ", 1), ("chairs good", 1), ("餐椅", 1)]
    for text, count in (*ways, ("森泰", 0), ("书桌", 0), ("%", 0), ("", 0)):
        assert len(stage.rows(found, text, login="buyer")) == count, text
    wanted = "select purchasing.search_requests(%s, 10)"
    order = stage.value("select max(number) from sales.orders")
    for text, count in (("canyi", 2), ("PR26", 2), (order, 1), (order[-6:], 1), ("书桌", 0)):
        assert len(stage.rows(wanted, text, login="buyer")) == count, text
    for login in LOGINS:
        if login not in (*SEE_PURCHASES, "keeper", "shopkeeper"):
            assert stage.refused(found, "youyi", login=login).code == "42501", login
        if login not in SEE_PURCHASES:
            assert stage.refused(wanted, "canyi", login=login).code == "42501", login


def test_nobody_writes_purchases_by_plain_sql(stage: Stage, chairs: Result) -> None:
    statements = (
        "update purchasing.orders set state = 'sent'",
        "update purchasing.order_lines set unit_price = 0",
        "delete from purchasing.requests",
        "update purchasing.suppliers set payment_days = 0",
        "insert into purchasing.supplier_products (supplier_id) values (1)",
    )
    for login in LOGINS:
        for statement in statements:
            assert stage.refused(statement, login=login).code == "42501", (login, statement)


def test_stock_that_comes_first_leaves_the_request_to_the_buyer(stage: Stage) -> None:
    order = confirm(stage, [("CHAIR", 2)])
    stock_up(stage, "FIN", CHAIR=2)
    stage.rows("select stock.allocate(%s, %s)", stage.product("CHAIR"), stage.warehouse("FIN"))
    assert order_state(stage, order) == "ready"
    assert requests(stage) == [("CHAIR", "FIN", 2)]
