"""Preferred suppliers are named, and requests that nobody needs any more are cancelled."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import confirm, stock_up

PREFER = "purchasing.set_preferred_supplier"
CANCEL = "purchasing.cancel_request"


def choice(stage: Stage, product: str = "LAMP", supplier: str = "S2", price: object = "41.5") -> dict[str, Any]:
    supplier_id = stage.id_of("supplier", supplier)
    return {"product_id": stage.product(product), "supplier_id": supplier_id, "unit_price": price}


def offers(stage: Stage, product: str) -> list[tuple[Any, ...]]:
    return stage.rows(
        "select s.code, x.unit_price::text, x.lead_days, x.is_preferred from purchasing.supplier_products x"
        " join purchasing.suppliers s on s.id = x.supplier_id where x.product_id = %s order by 1",
        stage.product(product),
    )


def request_of(stage: Stage) -> tuple[int, int]:
    """Id and version of the only request."""
    number, version = stage.row("select id, version from purchasing.requests")
    return number, version


def test_a_product_without_supplier_gets_one_and_is_ordered(stage: Stage) -> None:
    confirm(stage, [("LAMP", 2)])
    stage.call("buyer", PREFER, choice(stage))
    assert offers(stage, "LAMP") == [("S2", "41.5000", 7, True)]
    document = {"request_ids": [request_of(stage)[0]]}
    assert len(stage.call("buyer", "purchasing.create_orders", document)["orders"]) == 1


def test_another_supplier_becomes_the_preferred_one(stage: Stage) -> None:
    stage.call("buyer", PREFER, choice(stage, "CHAIR", "S1", "81"))
    assert offers(stage, "CHAIR") == [("S1", "81.0000", 5, True), ("S2", "79.9000", 10, False)]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"product_id": 987654321}, "UN001", "product_id"),
        ({"supplier_id": 987654321}, "UN001", "supplier_id"),
        ({"supplier_id": None}, "UV001", "supplier_id"),
        ({"unit_price": ""}, "UV001", "unit_price"),
        ({"unit_price": "-1"}, "UV004", "unit_price"),
    ],
)
def test_how_nobody_becomes_preferred(stage: Stage, change: dict[str, Any], code: str, field: str) -> None:
    refusal = stage.refusal("buyer", PREFER, choice(stage) | change)
    assert (refusal.code, refusal.field) == (code, field)


def test_what_is_made_and_who_is_not_active_are_refused(stage: Stage) -> None:
    assert stage.refusal("buyer", PREFER, choice(stage, "DESK")).code == "UN001"
    stage.rows("update purchasing.suppliers set is_active = false where code = 'S2'")
    refusal = stage.refusal("buyer", PREFER, choice(stage))
    assert (refusal.code, refusal.params["supplier"]) == ("UV403", "S2")


@pytest.mark.parametrize("product", ["CHAIR", "SHELF"])
def test_a_request_that_somebody_waits_for_stays(stage: Stage, product: str) -> None:
    confirm(stage, [(product, 2)])
    number, version, waiting = stage.row(
        "select r.id, r.version, coalesce(w.number, o.number) from purchasing.requests r"
        " left join production.work_orders w on w.id = r.work_order_id"
        " left join sales.order_lines l on l.id = r.order_line_id left join sales.orders o on o.id = l.order_id"
        " order by r.id limit 1"
    )
    refusal = stage.refusal("buyer", CANCEL, {"id": number, "reason": "错"}, version)
    assert (refusal.code, refusal.params["waiting"]) == ("US401", waiting)


def test_a_request_that_stock_made_needless_is_cancelled_once(stage: Stage) -> None:
    confirm(stage, [("CHAIR", 2)])
    stock_up(stage, "FIN", CHAIR=2)
    stage.rows("select stock.allocate(%s, %s)", stage.product("CHAIR"), stage.warehouse("FIN"))
    number, version = request_of(stage)
    document, request_id = {"id": number, "reason": "仓库有货"}, uuid4()
    assert stage.refusal("buyer", CANCEL, document, version + 1).code == "UC001"
    assert stage.refusal("buyer", CANCEL, document | {"reason": " "}, version).code == "UV001"
    assert stage.refusal("buyer", CANCEL, document | {"id": 987654321}, version).code == "UN001"
    results = [stage.call("buyer", CANCEL, document, version, request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    assert results[0]["state"] == "cancelled"
    assert stage.refusal("buyer", CANCEL, document, results[0]["version"]).code == "US001"


def test_a_repeated_choice_is_made_once(stage: Stage) -> None:
    request_id = uuid4()
    results = [stage.call("buyer", PREFER, choice(stage), None, request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    assert len(offers(stage, "LAMP")) == 1


@pytest.mark.parametrize("command", [PREFER, CANCEL])
def test_only_buyers_choose_and_cancel(stage: Stage, command: str) -> None:
    for login in LOGINS:
        if login != "buyer":
            assert stage.refusal(login, command, choice(stage) | {"id": 1, "reason": "错"}, 1).code == "42501", login
