"""Counts, what may be seen of stock, and what a balance is made of."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, buy, confirm, order_state, requests, stock_up


def count(stage: Stage, counted: object, code: str = "CHAIR", **more: Any) -> dict[str, Any]:
    return {
        "warehouse_id": stage.warehouse("FIN"),
        "product_id": stage.product(code),
        "counted_qty": str(counted),
        "reason": "年中盘点",
    } | more


def test_what_is_found_goes_to_who_waits(stage: Stage) -> None:
    order = confirm(stage, [("CHAIR", 2)])
    result = stage.call("keeper", "stock.adjust_stock", count(stage, 3))
    assert (result["number"][:3], result["on_hand"], result["difference"]) == ("ADJ", 3, 3)
    assert order_state(stage, order) == "ready"
    assert balance(stage, "CHAIR") == (3, 2, 0, 0)


@pytest.mark.parametrize(("before", "counted", "entry"), [(1, 3, ("1405", "1901")), (3, 1, ("1901", "1405"))])
def test_a_difference_is_posted(stage: Stage, before: int, counted: int, entry: tuple[str, str]) -> None:
    stock_up(stage, "FIN", CHAIR=before)
    result = stage.call("keeper", "stock.adjust_stock", count(stage, counted))
    lines = stage.rows(
        "select a.code, l.debit::text from finance.journal_entries e join finance.journal_lines l on l.entry_id = e.id"
        " join finance.accounts a on a.id = l.account_id where e.document_type = 'adjustment' and e.document_id = %s"
        " order by l.debit desc",
        result["id"],
    )
    assert lines == [(entry[0], "160.25"), (entry[1], "0.00")]


def test_less_than_is_reserved_names_who_holds_it(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=4)
    order = confirm(stage, [("CHAIR", 3)])
    number = stage.value("select number from sales.orders where id = %s", order)
    refusal = stage.refusal("keeper", "stock.adjust_stock", count(stage, 2))
    assert (refusal.code, refusal.params["documents"], refusal.field) == ("UQ303", f"{number} ×3", "counted_qty")
    stage.call("keeper", "stock.adjust_stock", count(stage, 3))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"counted_qty": "4"}, "UV303"),
        ({"counted_qty": "-1"}, "UV004"),
        ({"counted_qty": "2.5"}, "UV301"),
        ({"counted_qty": ""}, "UV001"),
        ({"counted_qty": "1e30"}, "UV003"),
        ({"reason": " "}, "UV001"),
        ({"reason": "x" * 10_000}, "UV005"),
        ({"book_qty": "5"}, "UC301"),
        ({"product_id": 987654321}, "UN001"),
        ({"warehouse_id": 987654321}, "UN001"),
    ],
)
def test_what_cannot_be_counted(stage: Stage, change: dict[str, Any], code: str) -> None:
    stock_up(stage, "FIN", CHAIR=4)
    assert stage.refusal("keeper", "stock.adjust_stock", count(stage, 5) | change).code == code


def test_a_service_has_no_stock(stage: Stage) -> None:
    assert stage.refusal("keeper", "stock.adjust_stock", count(stage, 1, "INSTALL")).code == "UN001"


def test_only_keepers_of_the_warehouse_count(stage: Stage) -> None:
    for login in LOGINS:
        if login != "keeper":
            code = "UN001" if login == "shopkeeper" else "42501"
            assert stage.refusal(login, "stock.adjust_stock", count(stage, 5)).code == code, login


def test_a_repeated_count_is_posted_once(stage: Stage) -> None:
    request_id = uuid4()
    results = [stage.call("keeper", "stock.adjust_stock", count(stage, 5), None, request_id) for _ in "ab"]
    assert results[0] == results[1]
    assert stage.value("select count(*) from stock.moves where kind = 'adjustment'") == 1


def test_stock_cannot_go_below_what_is_reserved(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=4)
    confirm(stage, [("CHAIR", 3)])
    take = "select stock.post_move(%s, %s, 'transfer', -2, 'transfer', 1)"
    refusal = stage.refused(take, stage.product("CHAIR"), stage.warehouse("FIN"))
    assert (refusal.code, refusal.params["available"], refusal.params["qty"]) == ("UQ301", 1, 2)


def test_moves_are_append_only_for_everybody(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=4)
    for statement in ("update stock.moves set qty = 5", "delete from stock.moves", "truncate stock.moves"):
        assert stage.refused(statement).code == "UL001"


SEE_STOCK = {  # how many of the three balances, and whether costs
    "lina": (3, False),
    "wangqiang": (3, False),
    "chen": (3, False),
    "manager": (3, False),
    "cdmanager": (3, False),
    "executive": (3, True),
    "keeper": (2, False),
    "shopkeeper": (1, False),
    "planner": (3, False),
    "buyer": (3, False),
}


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_stock_and_who_sees_cost(stage: Stage, login: str) -> None:
    stock_up(stage, "FIN", CHAIR=4)
    stock_up(stage, "RAW", BOARD=4)
    stock_up(stage, "SHOP", CHAIR=1)
    balances, sees_cost = SEE_STOCK.get(login, (None, login == "finance"))
    if balances is None:
        assert stage.refused("select id from stock.balance_list", login=login).code == "42501"
    else:
        assert len(stage.rows("select id, available, projected from stock.balance_list", login=login)) == balances
        assert len(stage.rows("select id, document_number from stock.move_list", login=login)) == balances
        found = stage.rows("select stock.search_balances('canyi', 10)", login=login)
        assert len(found) == {3: 2, 2: 1, 1: 1}[balances]
    if sees_cost:
        assert len(stage.rows("select unit_cost, amount from stock.move_cost_list", login=login)) == 3
    else:
        assert stage.refused("select unit_cost from stock.moves", login=login).code == "42501"
        assert stage.refused("select standard_cost from catalog.product_costs", login=login).code == "42501"


EXPLAIN = "select kind, document_type, number, qty from stock.explain_balance(%s, %s)"


def test_a_balance_explains_itself(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=2)
    mine = confirm(stage, [("CHAIR", 1)])
    others = confirm(stage, [("CHAIR", 4)], login="wangqiang")
    (purchase,) = buy(stage)
    numbers = dict(stage.rows("select id, number from sales.orders"))
    where = (stage.product("CHAIR"), stage.warehouse("FIN"))
    incoming = ("incoming", "purchase_order", purchase["number"], 3)
    assert stage.rows(EXPLAIN, *where, login="lina") == [
        incoming,
        ("reserved", "order", numbers[mine], 1),
        ("reserved", None, None, 1),
    ]
    for login in ("keeper", "planner", "buyer", "executive", "manager"):
        rows = stage.rows(EXPLAIN, *where, login=login)
        assert rows[0] == incoming
        assert {row[2] for row in rows[1:]} == {numbers[mine], numbers[others]}, login
    assert stage.rows(EXPLAIN, *where, login="shopkeeper") == []
    assert requests(stage) == []


def test_the_work_that_makes_a_balance_is_named(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=100, SCREW=100, DRAWER=2)
    confirm(stage, [("DESK", 1)])
    made = stage.rows(EXPLAIN, stage.product("DESK"), stage.warehouse("FIN"), login="chen")
    used = stage.rows(EXPLAIN, stage.product("DRAWER"), stage.warehouse("RAW"), login="planner")
    assert [row[:2] + row[3:] for row in made] == [("in_production", "work_order", 1)]
    assert [row[:2] + row[3:] for row in used] == [("reserved", "work_order", 2)]
