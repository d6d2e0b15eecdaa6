"""Purchased goods come into the warehouse, and those who wait for them get them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Refusal, Stage
from tests.helpers.supply import balance, buy, confirm, order_lines, order_state, receive, requests

RECEIVE = "purchasing.receive_order"
Result = dict[str, Any]


@pytest.fixture
def chairs(stage: Stage) -> tuple[int, int, Result]:
    """Two orders that wait for three and two chairs, and the sent purchase order of five."""
    first = confirm(stage, [("CHAIR", 3)], promised_in=10)
    second = confirm(stage, [("CHAIR", 2)], promised_in=30)
    (purchase,) = buy(stage)
    return first, second, purchase


def line_of(stage: Stage, purchase: Result) -> int:
    number: int = stage.value("select min(id) from purchasing.order_lines where order_id = %s", purchase["id"])
    return number


def document(stage: Stage, purchase: Result, qty: object = 1) -> dict[str, Any]:
    return {"id": purchase["id"], "lines": [{"order_line_id": line_of(stage, purchase), "qty": qty}]}


def refused(stage: Stage, purchase: Result, qty: object = 1, login: str = "keeper") -> Refusal:
    return stage.refusal(login, RECEIVE, document(stage, purchase, qty), purchase["version"])


def test_what_comes_makes_the_waiting_orders_ready(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    first, second, purchase = chairs
    result = receive(stage, purchase)
    assert (result["state"], result["version"], result["receipt_number"][:2]) == ("received", 3, "GR")
    assert [order_state(stage, order) for order in (first, second)] == ["ready", "ready"]
    assert balance(stage, "CHAIR") == (5, 5, 0, 0)
    assert requests(stage, "received") == [("CHAIR", "FIN", 2), ("CHAIR", "FIN", 3)]
    events = "select action, to_state from workflow.events where document_type = 'purchase_order' and document_id = %s"
    assert stage.rows(f"{events} order by id", purchase["id"])[2:] == [
        ("receive", "partly_received"),
        ("complete", "received"),
    ]


def test_a_part_goes_to_the_oldest_promise(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    first, second, purchase = chairs
    result = receive(stage, purchase, CHAIR=4)
    assert result["state"] == "partly_received"
    assert [order_state(stage, order) for order in (first, second)] == ["ready", "confirmed"]
    assert order_lines(stage, second) == [("CHAIR", "waiting", 2, 1, 0, 0)]
    assert balance(stage, "CHAIR") == (4, 4, 1, 0)
    assert requests(stage, "received") == [("CHAIR", "FIN", 3)]
    assert receive(stage, purchase)["state"] == "received"
    assert order_state(stage, second) == "ready"


def test_a_receipt_is_posted_at_cost(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    result = receive(stage, chairs[2])
    rows = stage.rows(
        "select a.code, l.debit, l.credit from finance.journal_entries e"
        " join finance.journal_lines l on l.entry_id = e.id join finance.accounts a on a.id = l.account_id"
        " where e.document_type = 'receipt' and e.document_id = %s order by l.debit desc",
        result["receipt_id"],
    )
    assert [row[1:] for row in rows] == [(Decimal("400.62"), 0), (0, Decimal("400.62"))]
    moves = stage.rows("select kind, qty, document_type, document_id from stock.moves")
    assert moves == [("receipt", 5, "receipt", result["receipt_id"])]


def test_the_least_quantity_of_the_supplier_stays_in_stock(stage: Stage) -> None:
    confirm(stage, [("SHELF", 1)])
    (purchase,) = buy(stage)
    receive(stage, purchase)
    assert balance(stage, "BOARD", "RAW") == (20, 1, 0, 0)
    assert balance(stage, "SCREW", "RAW") == (1000, 8, 0, 0)
    assert requests(stage) == []


def test_a_receipt_cannot_be_changed(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    receive(stage, chairs[2])
    for statement in ("update purchasing.receipts set supplier_note = 'x'", "delete from purchasing.receipt_lines"):
        assert stage.refused(statement).code == "UL001"


@pytest.mark.parametrize(
    ("qty", "code", "field"),
    [
        (6, "UQ401", "lines[0].qty"),
        ("1.5", "UV301", "lines[0].qty"),
        (0, "UV004", "qty"),
        ("-1", "UV004", "qty"),
        ("many", "UV003", "qty"),
        (None, "UV001", "qty"),
    ],
)
def test_what_cannot_be_received(
    stage: Stage, chairs: tuple[int, int, Result], qty: object, code: str, field: str
) -> None:
    refusal = refused(stage, chairs[2], qty)
    assert (refusal.code, refusal.field) == (code, field)


def test_a_line_named_twice_counts_together(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    purchase = chairs[2]
    twice = document(stage, purchase, 3)
    twice["lines"] *= 2
    refusal = stage.refusal("keeper", RECEIVE, twice, purchase["version"])
    assert (refusal.code, refusal.params["open"], refusal.params["qty"]) == ("UQ401", 5, 6)


@pytest.mark.parametrize(
    ("lines", "code"), [([], "UV001"), (None, "UV001"), ([{"order_line_id": 987654321, "qty": 1}], "UN001")]
)
def test_lines_that_are_none(stage: Stage, chairs: tuple[int, int, Result], lines: object, code: str) -> None:
    purchase = chairs[2]
    refusal = stage.refusal("keeper", RECEIVE, {"id": purchase["id"], "lines": lines}, purchase["version"])
    assert refusal.code == code


def test_what_was_received_is_not_cancelled(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    partly = receive(stage, chairs[2], CHAIR=1)
    cancellation = {"id": partly["id"], "reason": "错"}
    refusal = stage.refusal("buyer", "purchasing.cancel_order", cancellation, partly["version"])
    assert (refusal.code, refusal.params["state"]) == ("US001", "partly_received")
    received = receive(stage, chairs[2])
    assert refused(stage, received).params["state"] == "received"


def test_a_draft_is_not_there_for_the_warehouse(stage: Stage) -> None:
    confirm(stage, [("CHAIR", 1)])
    ids = [row[0] for row in stage.rows("select id from purchasing.requests")]
    (order,) = stage.call("buyer", "purchasing.create_orders", {"request_ids": ids})["orders"]
    assert refused(stage, order).code == "UN001"


def test_only_keepers_of_the_warehouse_receive(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    for login in LOGINS:
        if login != "keeper":
            code = "UN001" if login == "shopkeeper" else "42501"
            assert refused(stage, chairs[2], 1, login).code == code, login


@pytest.mark.parametrize("version", [None, 0, 7])
def test_another_version_is_refused(stage: Stage, chairs: tuple[int, int, Result], version: int | None) -> None:
    assert stage.refusal("keeper", RECEIVE, document(stage, chairs[2]), version).code == "UC001"


def test_a_repeated_request_receives_once(stage: Stage, chairs: tuple[int, int, Result]) -> None:
    purchase, request_id = chairs[2], uuid4()
    wanted = document(stage, purchase, 2)
    results = [stage.call("keeper", RECEIVE, wanted, purchase["version"], request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    assert balance(stage, "CHAIR") == (2, 2, 3, 0)
    assert stage.value("select count(*) from purchasing.receipts") == 1


@pytest.mark.parametrize("login", ["keeper", "shopkeeper"])
def test_keepers_see_what_comes_to_their_warehouses_without_prices(
    stage: Stage, chairs: tuple[int, int, Result], login: str
) -> None:
    count = 1 if login == "keeper" else 0
    expected = "select number, supplier_zh, open_lines from purchasing.receiving_list"
    assert len(stage.rows(expected, login=login)) == count
    assert len(stage.rows("select id, qty, received_qty from purchasing.order_lines", login=login)) == count
    assert len(stage.rows("select purchasing.search_orders('youyi', 10)", login=login)) == count
    for statement in (
        "select unit_price from purchasing.order_lines",
        "select gross_amount from purchasing.orders",
        "select unit_price from purchasing.supplier_products",
        "select phone from purchasing.suppliers",
    ):
        assert stage.refused(statement, login=login).code == "42501", statement
    receive(stage, chairs[2])
    assert stage.rows(expected, login=login) == []
    assert len(stage.rows("select number, order_number from purchasing.receipt_list", login=login)) == count
    assert len(stage.rows("select purchasing.search_receipts('youyi', 10)", login=login)) == count
    timeline = "select action from workflow.timeline where document_type = 'purchase_order'"
    assert len(stage.rows(timeline, login=login)) == 4 * count
