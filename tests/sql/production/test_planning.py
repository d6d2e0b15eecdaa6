"""From a bill of material to work orders: every level, whole boards, days to make, and circles refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.helpers.stage import Stage
from tests.helpers.supply import (
    balance,
    buy,
    confirm,
    draft,
    order_state,
    receive,
    release,
    report,
    stock_up,
    work_orders,
)


def add_part(stage: Stage, product: str, part: str, qty: str = "1") -> None:
    stage.rows(
        "insert into production.bom_lines (product_id, line_no, component_id, qty) values (%s, 90, %s, %s)",
        stage.product(product),
        stage.product(part),
        qty,
    )


def test_the_whole_way_from_an_order_to_ready_goods(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 2), ("CHAIR", 3)])
    (desk, *_), (drawer, *_) = work_orders(stage, order)
    purchases = buy(stage)
    assert len(purchases) == 2  # one of each supplier
    for purchase in purchases:
        receive(stage, purchase)
    assert order_state(stage, order) == "confirmed"
    release(stage, drawer)
    assert order_state(stage, order) == "in_production"
    report(stage, drawer, 4)
    release(stage, desk)
    report(stage, desk, 2)
    assert order_state(stage, order) == "ready"
    assert balance(stage, "DESK") == (2, 2, 0, 0)
    assert balance(stage, "CHAIR") == (3, 3, 0, 0)


def test_material_is_frozen_with_scrap_and_rounded_up(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 1)])
    (desk, *_) = work_orders(stage, order)[0]
    rows = stage.rows(
        "select p.code, m.qty_per_unit, m.required_qty from production.work_order_materials m"
        " join catalog.products p on p.id = m.product_id where m.work_order_id = %s order by m.line_no",
        desk,
    )
    assert rows == [
        ("BOARD", Decimal("0.543478"), Decimal("0.544")),
        ("DRAWER", 2, 2),
        ("SCREW", Decimal("12.244898"), 13),
    ]
    stage.rows("delete from production.bom_lines where product_id = %s", stage.product("DESK"))
    assert stage.value("select count(*) from production.work_order_materials where work_order_id = %s", desk) == 3


def test_large_quantities_start_earlier(stage: Stage) -> None:
    order = confirm(stage, [("SHELF", 120)], promised_in=30)  # 10 + 120 × 12 minutes are more than three days of 480
    ((work, *_),) = work_orders(stage, order)
    days = stage.row("select due_on - starts_on, due_on - current_date from production.work_orders where id = %s", work)
    assert days == (4, 30)


def test_parts_of_parts_are_planned_through_all_levels(stage: Stage) -> None:
    add_part(stage, "SHELF", "DESK")
    order = confirm(stage, [("SHELF", 1)])
    works = work_orders(stage, order)
    assert [row[1:4] for row in works] == [
        ("SHELF", 1, "planned"),
        ("DESK", 1, "planned"),
        ("DRAWER", 2, "planned"),
    ]
    assert [row[4] for row in works] == [None, works[0][0], works[1][0]]


def test_parts_in_stock_are_not_made_again(stage: Stage) -> None:
    stock_up(stage, "RAW", DRAWER=2)
    assert [row[1] for row in work_orders(stage, confirm(stage, [("DESK", 1)]))] == ["DESK"]


@pytest.mark.parametrize("circle", [[("DRAWER", "DESK")], [("DRAWER", "SHELF"), ("SHELF", "DESK")]])
def test_a_bill_of_material_that_contains_itself_is_refused(stage: Stage, circle: list[tuple[str, str]]) -> None:
    for product, part in circle:
        add_part(stage, product, part)
    order = draft(stage, [("DESK", 1)])
    refusal = stage.refusal("lina", "sales.submit_order", {"id": order["id"]}, order["version"])
    assert refusal.code == "UV501"
    assert refusal.params["product"] in {"DESK", "DRAWER", "SHELF"}
    assert order_state(stage, order["id"]) == "draft"


def test_a_product_is_not_its_own_part(stage: Stage) -> None:
    statement = "insert into production.bom_lines (product_id, line_no, component_id, qty) values (%s, 90, %s, 1)"
    assert stage.refused(statement, stage.product("DESK"), stage.product("DESK")).code == "23514"


def test_without_a_raw_material_warehouse_nothing_is_made(stage: Stage) -> None:
    stage.rows("update org.warehouses set is_active = false where code = 'RAW'")
    order = draft(stage, [("DESK", 1)])
    assert stage.refusal("lina", "sales.submit_order", {"id": order["id"]}, order["version"]).code == "UV503"
