"""What is there is reserved, the rest is made or bought; what comes goes to the oldest promise."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.stage import Stage
from tests.helpers.supply import (
    balance,
    confirm,
    draft,
    order_lines,
    order_state,
    requests,
    stock_up,
    work_orders,
)


def test_an_order_in_stock_is_ready_at_once(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=10)
    order = confirm(stage, [("CHAIR", 4), ("INSTALL", 1)])
    assert order_state(stage, order) == "ready"
    assert balance(stage, "CHAIR") == (10, 4, 0, 0)
    assert [(code, state) for code, state, *_ in order_lines(stage, order)] == [
        ("CHAIR", "ready"),
        ("INSTALL", "ready"),
    ]


def test_a_shortage_of_bought_goods_becomes_a_request(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=3)
    order = confirm(stage, [("CHAIR", 4)])
    assert order_state(stage, order) == "confirmed"
    assert order_lines(stage, order) == [("CHAIR", "waiting", 4, 3, 0, 0)]
    assert requests(stage) == [("CHAIR", "FIN", 1)]


def test_a_shortage_of_made_goods_becomes_work_orders_down_to_the_bought_parts(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=2, DRAWER=3)
    order = confirm(stage, [("DESK", 5)])
    (desk, *_), (drawer, *_) = works = work_orders(stage, order)
    assert [row[1:] for row in works] == [("DESK", 5, "planned", None), ("DRAWER", 7, "planned", desk)]
    # 5 × 0.5 / 0.92 sheets of board for the desks get the 2 in stock, the drawers (7 × 0.14 / 0.92) get none.
    board = [Decimal("0.718"), Decimal("1.066")]
    assert requests(stage) == [("BOARD", "RAW", qty) for qty in board] + [("SCREW", "RAW", 28), ("SCREW", "RAW", 62)]
    assert balance(stage, "DESK") == (0, 0, 0, 5)
    assert balance(stage, "DRAWER", "RAW") == (3, 3, 0, 7)
    starts = stage.rows("select due_on - starts_on from production.work_orders where id = any (%s)", [desk, drawer])
    assert starts == [(1,), (1,)]


def test_what_is_found_goes_to_the_oldest_promise(stage: Stage) -> None:
    late = confirm(stage, [("CHAIR", 2)], promised_in=30)
    early = confirm(stage, [("CHAIR", 2)], promised_in=10)
    assert balance(stage, "CHAIR") == (0, 0, 0, 0)
    stock_up(stage, "FIN", CHAIR=3)
    stage.rows("select stock.allocate(%s, %s)", stage.product("CHAIR"), stage.warehouse("FIN"))
    assert [order_state(stage, order) for order in (early, late)] == ["ready", "confirmed"]
    assert order_lines(stage, late) == [("CHAIR", "waiting", 2, 1, 0, 0)]


def test_stock_of_another_warehouse_is_not_touched(stage: Stage) -> None:
    stock_up(stage, "SHOP", CHAIR=5)
    order = confirm(stage, [("CHAIR", 1)])
    assert order_state(stage, order) == "confirmed"
    assert balance(stage, "CHAIR", "SHOP") == (5, 0, 0, 0)


def test_two_lines_of_one_product_share_what_is_there(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=5)
    order = confirm(stage, [("CHAIR", 4), ("CHAIR", 4)])
    assert [row[3] for row in order_lines(stage, order)] == [4, 1]
    assert requests(stage) == [("CHAIR", "FIN", 3)]


def test_a_cancelled_order_gives_back_what_it_held(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=2)
    stock_up(stage, "RAW", BOARD=1)
    first = confirm(stage, [("CHAIR", 2), ("DESK", 1), ("LAMP", 1)], promised_in=10)
    second = confirm(stage, [("CHAIR", 2)], promised_in=30)
    version = stage.value("select version from sales.orders where id = %s", first)
    stage.call("manager", "sales.cancel_order", {"id": first, "reason": "客户取消"}, version)
    assert order_state(stage, second) == "ready"
    assert {row[3] for row in work_orders(stage, first)} == {"cancelled"}
    assert requests(stage) == [("CHAIR", "FIN", 2)]
    assert balance(stage, "BOARD", "RAW") == (1, 0, 0, 0)
    assert balance(stage, "DESK") == (0, 0, 0, 0)


def test_a_product_that_contains_itself_is_refused(stage: Stage) -> None:
    stage.rows(
        "insert into production.bom_lines (product_id, line_no, component_id, qty) values (%s, 90, %s, 1)",
        stage.product("DRAWER"),
        stage.product("DESK"),
    )
    stage.rows("update catalog.products set supply = 'make' where code in ('DESK', 'DRAWER')")
    order = draft(stage, [("DESK", 1)])
    refusal = stage.refusal("lina", "sales.submit_order", {"id": order["id"]}, order["version"])
    assert refusal.code == "UV501"
    assert refusal.params["product"] in ("DESK", "DRAWER")
