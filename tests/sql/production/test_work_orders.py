"""Work orders are released when their material is there, and cancelled while nobody has begun."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Refusal, Stage
from tests.helpers.supply import (
    balance,
    confirm,
    order_lines,
    order_state,
    release,
    report,
    requests,
    stock_up,
    work_orders,
)


@pytest.fixture
def shelf(stage: Stage) -> tuple[int, int]:
    """An order of two shelves and its planned work order, whose material is there."""
    stock_up(stage, "RAW", BOARD=3, SCREW=100)
    order = confirm(stage, [("SHELF", 2)])
    ((work, *_),) = work_orders(stage, order)
    return order, work


def version_of(stage: Stage, work: int) -> int:
    version: int = stage.value("select version from production.work_orders where id = %s", work)
    return version


def cancel(stage: Stage, work: int) -> dict[str, Any]:
    document = {"id": work, "reason": "改单"}
    return stage.call("planner", "production.cancel_work_order", document, version_of(stage, work))


def refused(stage: Stage, command: str, work: int, login: str = "planner") -> Refusal:
    document = {"id": work, "reason": "改单"}
    return stage.refusal(login, f"production.{command}_work_order", document, version_of(stage, work))


def timeline(stage: Stage, work: int) -> list[tuple[Any, ...]]:
    return stage.rows(
        "select action, from_state, to_state from workflow.events where document_type = 'work_order'"
        " and document_id = %s order by id",
        work,
    )


def test_a_released_work_order_holds_its_material_and_starts_the_order(stage: Stage, shelf: tuple[int, int]) -> None:
    order, work = shelf
    result = release(stage, work)
    assert (result["state"], result["version"], result["done_qty"]) == ("released", 2, 0)
    assert order_state(stage, order) == "in_production"
    assert order_lines(stage, order)[0][1] == "in_production"
    assert balance(stage, "BOARD", "RAW") == (3, 2, 0, 0)
    assert balance(stage, "SCREW", "RAW") == (100, 16, 0, 0)
    assert timeline(stage, work) == [("create", None, "planned"), ("release", "planned", "released")]
    operations = (
        "select step_no, state, arrived_qty, planned_minutes from production.operations where work_order_id = %s"
    )
    assert stage.rows(operations, work) == [(10, "waiting", 2, 34)]


def test_missing_material_is_named(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=1, SCREW=100)
    order = confirm(stage, [("SHELF", 2)])
    ((work, *_),) = work_orders(stage, order)
    refusal = refused(stage, "release", work)
    assert refusal.code == "UQ501"
    assert refusal.params["materials"] == "BOARD ×1"
    assert [(each["product"], each["qty"]) for each in refusal.params["missing"]] == [("BOARD", 1)]
    assert order_state(stage, order) == "confirmed"


def test_material_that_came_meanwhile_is_taken_by_the_release(stage: Stage) -> None:
    order = confirm(stage, [("SHELF", 1)])
    ((work, *_),) = work_orders(stage, order)
    stock_up(stage, "RAW", BOARD=1, SCREW=8)
    assert release(stage, work)["state"] == "released"
    assert balance(stage, "BOARD", "RAW") == (1, 1, 0, 0)


def test_material_goes_to_the_work_that_is_due_first(stage: Stage) -> None:
    late = confirm(stage, [("SHELF", 1)], promised_in=40)
    early = confirm(stage, [("SHELF", 1)], promised_in=15)
    stock_up(stage, "RAW", BOARD=1, SCREW=100)
    ((late_work, *_),), ((early_work, *_),) = work_orders(stage, late), work_orders(stage, early)
    assert refused(stage, "release", late_work).code == "UQ501"
    assert release(stage, early_work)["state"] == "released"


def test_a_product_without_routing_cannot_be_released_until_it_has_one(stage: Stage) -> None:
    routing = "delete from production.routing_steps where product_id = %s returning work_centre_id"
    ((centre,),) = stage.rows(routing, stage.product("SHELF"))
    stock_up(stage, "RAW", BOARD=3, SCREW=100)
    ((work, *_),) = work_orders(stage, confirm(stage, [("SHELF", 1)]))
    refusal = refused(stage, "release", work)
    assert (refusal.code, refusal.params["product"]) == ("UV502", "SHELF")
    stage.rows(
        "insert into production.routing_steps (product_id, step_no, name_zh, name_en, work_centre_id, run_minutes)"
        " values (%s, 10, '开料', 'Cut', %s, 12)",
        stage.product("SHELF"),
        centre,
    )
    assert release(stage, work)["state"] == "released"


def test_a_desk_waits_for_its_drawers(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=10, SCREW=100)
    order = confirm(stage, [("DESK", 1)])
    (desk, *_), (drawer, *_) = work_orders(stage, order)
    refusal = refused(stage, "release", desk)
    assert (refusal.code, refusal.params["materials"]) == ("UQ501", "DRAWER ×2")
    release(stage, drawer)
    assert order_state(stage, order) == "in_production"
    report(stage, drawer, 2)
    assert balance(stage, "DRAWER", "RAW") == (2, 2, 0, 0)
    assert release(stage, desk)["state"] == "released"
    report(stage, desk, 1)
    assert balance(stage, "DRAWER", "RAW") == (0, 0, 0, 0)
    assert order_state(stage, order) == "ready"


def test_a_cancelled_work_order_gives_its_material_to_others(stage: Stage, shelf: tuple[int, int]) -> None:
    order, work = shelf
    other = confirm(stage, [("SHELF", 2)], promised_in=40)
    ((other_work, *_),) = work_orders(stage, other)
    release(stage, work)
    assert refused(stage, "release", other_work).code == "UQ501"
    result = cancel(stage, work)
    assert (result["state"], result["version"]) == ("cancelled", 3)
    assert order_state(stage, order) == "confirmed"
    assert balance(stage, "SHELF") == (0, 0, 0, 2)
    assert balance(stage, "BOARD", "RAW") == (3, 2, 0, 0)
    assert release(stage, other_work)["state"] == "released"
    assert timeline(stage, work)[-1] == ("cancel", "released", "cancelled")
    states = "select distinct state from production.operations where work_order_id = %s"
    assert stage.rows(states, work) == [("cancelled",)]


def test_a_cancelled_work_order_takes_its_parts_and_open_requests_along(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 1)])
    (desk, *_), (drawer, *_) = work_orders(stage, order)
    assert {code for code, *_ in requests(stage)} == {"BOARD", "SCREW"}
    cancel(stage, desk)
    assert [row[3] for row in work_orders(stage, order)] == ["cancelled", "cancelled"]
    assert requests(stage) == []
    assert balance(stage, "DRAWER", "RAW") == (0, 0, 0, 0)
    assert timeline(stage, drawer)[-1] == ("cancel", "planned", "cancelled")


def test_a_cancelled_part_leaves_the_rest_planned(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 1)])
    (_, (drawer, *_)) = work_orders(stage, order)
    cancel(stage, drawer)
    assert [row[3] for row in work_orders(stage, order)] == ["planned", "cancelled"]
    assert [code for code, *_ in requests(stage)] == ["BOARD", "SCREW"]


def test_a_cancelled_work_order_is_planned_again_while_somebody_waits(stage: Stage, shelf: tuple[int, int]) -> None:
    order, work = shelf
    number = cancel(stage, work)["number"]
    new = stage.call("planner", "production.replan_work_order", {"id": work}, version_of(stage, work))
    assert [row[:4] for row in work_orders(stage, order)] == [
        (work, "SHELF", 2, "cancelled"),
        (new["id"], "SHELF", 2, "planned"),
    ]
    assert stage.value("select note from production.work_orders where id = %s", new["id"]) == number
    assert timeline(stage, work)[-1] == ("replan", "cancelled", "cancelled")
    assert balance(stage, "SHELF") == (0, 0, 0, 2)
    assert balance(stage, "BOARD", "RAW") == (3, 2, 0, 0)
    assert refused(stage, "replan", work).code == "US501"  # it is made by the new one
    assert release(stage, new["id"])["state"] == "released"


def test_a_cancelled_desk_is_planned_again_with_its_drawers(stage: Stage) -> None:
    order = confirm(stage, [("DESK", 1)])
    (desk, *_), (drawer, *_) = work_orders(stage, order)
    cancel(stage, desk)
    assert refused(stage, "replan", drawer).code == "US501"  # the desk that needs it is cancelled
    stage.call("planner", "production.replan_work_order", {"id": desk}, version_of(stage, desk))
    assert [row[1:4] for row in work_orders(stage, order)[2:]] == [("DESK", 1, "planned"), ("DRAWER", 2, "planned")]
    assert {code for code, *_ in requests(stage)} == {"BOARD", "SCREW"}


def test_what_nobody_waits_for_stays_cancelled(stage: Stage, shelf: tuple[int, int]) -> None:
    order, work = shelf
    version = stage.value("select version from sales.orders where id = %s", order)
    stage.call("manager", "sales.cancel_order", {"id": order, "reason": "不要了"}, version)
    refusal = refused(stage, "replan", work)
    assert refusal.code == "US501"
    assert refusal.params["number"] == stage.value("select number from production.work_orders where id = %s", work)


def test_only_what_is_cancelled_is_planned_again(stage: Stage, shelf: tuple[int, int]) -> None:
    refusal = refused(stage, "replan", shelf[1])
    assert (refusal.code, refusal.params["state"]) == ("US001", "planned")


@pytest.mark.parametrize("reason", [None, "", "  ", "x" * 1001])
def test_a_cancellation_needs_a_reason(stage: Stage, shelf: tuple[int, int], reason: str | None) -> None:
    document = {"id": shelf[1], "reason": reason}
    refusal = stage.refusal("planner", "production.cancel_work_order", document, 1)
    assert (refusal.code, refusal.field) == ("UV005" if reason and len(reason) > 1000 else "UV001", "reason")


def test_what_is_released_is_not_released_again(stage: Stage, shelf: tuple[int, int]) -> None:
    release(stage, shelf[1])
    refusal = refused(stage, "release", shelf[1])
    assert (refusal.code, refusal.params["state"]) == ("US001", "released")


def test_what_is_begun_is_not_cancelled(stage: Stage, shelf: tuple[int, int]) -> None:
    release(stage, shelf[1])
    report(stage, shelf[1], 1)
    for command in ("release", "cancel"):
        refusal = refused(stage, command, shelf[1])
        assert (refusal.code, refusal.params["state"]) == ("US001", "in_progress")


@pytest.mark.parametrize("command", ["release", "cancel"])
def test_what_is_cancelled_takes_no_further_step(stage: Stage, shelf: tuple[int, int], command: str) -> None:
    cancel(stage, shelf[1])
    assert refused(stage, command, shelf[1]).code == "US001"


@pytest.mark.parametrize("command", ["release", "cancel", "replan"])
def test_only_planners_release_and_cancel(stage: Stage, shelf: tuple[int, int], command: str) -> None:
    for login in LOGINS:
        if login != "planner":
            assert refused(stage, command, shelf[1], login).code == "42501", login


@pytest.mark.parametrize("command", ["release", "cancel", "replan"])
def test_an_unknown_work_order_is_not_there(stage: Stage, command: str) -> None:
    document = {"id": 987654321, "reason": "改单"}
    assert stage.refusal("planner", f"production.{command}_work_order", document, 1).code == "UN001"


@pytest.mark.parametrize("command", ["release", "cancel", "replan"])
@pytest.mark.parametrize("version", [None, 0, 2])
def test_another_version_is_refused(stage: Stage, shelf: tuple[int, int], command: str, version: int | None) -> None:
    document = {"id": shelf[1], "reason": "改单"}
    assert stage.refusal("planner", f"production.{command}_work_order", document, version).code == "UC001"


@pytest.mark.parametrize("command", ["release", "cancel"])
def test_a_repeated_request_is_carried_out_once(stage: Stage, shelf: tuple[int, int], command: str) -> None:
    document, request_id = {"id": shelf[1], "reason": "改单"}, uuid4()
    name = f"production.{command}_work_order"
    results = [stage.call("planner", name, document, 1, request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    assert len(timeline(stage, shelf[1])) == 2


SEE_PLANS = {"planner": (2, 5), "executive": (2, 5), "worker": (1, 3), "assembler": (2, 5)}  # work orders, materials
SEE_STOCK = (
    "lina",
    "wangqiang",
    "chen",
    "manager",
    "cdmanager",
    "keeper",
    "shopkeeper",
    "buyer",
)  # and what comes of it


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_which_work_orders(stage: Stage, login: str) -> None:
    stock_up(stage, "RAW", BOARD=10, SCREW=100)
    confirm(stage, [("DESK", 1)])
    plans = "select starts_on, released_at, note from production.work_orders"
    materials = "select product_id, required_qty from production.work_order_materials"
    if login in SEE_PLANS:
        assert (len(stage.rows(plans, login=login)), len(stage.rows(materials, login=login))) == SEE_PLANS[login]
        return
    assert stage.refused(plans, login=login).code == "42501"
    assert stage.refused(materials, login=login).code == "42501"
    numbers = "select id, number, product_id, qty, state from production.work_orders_brief"
    if login in SEE_STOCK or login == "finance":
        assert len(stage.rows(numbers, login=login)) == 2
    else:
        assert stage.refused(numbers, login=login).code == "42501"


def test_the_planner_lists_work_orders_with_who_waits_and_what_is_missing(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=10)
    order = confirm(stage, [("DESK", 1)])
    number = stage.value("select number from sales.orders where id = %s", order)
    listed = "select code, state, order_number, missing from production.work_order_list order by id"
    assert stage.rows(listed, login="planner") == [("DESK", "planned", number, 2), ("DRAWER", "planned", number, 1)]
    for login in LOGINS:
        if login not in ("planner", "executive"):
            assert stage.refused(listed, login=login).code == "42501", login


def test_work_orders_are_found_by_number_and_product(stage: Stage) -> None:
    (desk, *_), (drawer, *_) = work_orders(stage, confirm(stage, [("DESK", 1)]))
    number = stage.value("select number from production.work_orders where id = %s", desk)
    found = "select production.search_work_orders(%s, 10) order by 1"
    order = stage.value("select max(number) from sales.orders")
    ways = [(number, [desk]), (number[-4:], [desk]), ("chouti", [drawer]), ("SZ", [desk]), ("餐椅", []), ("", [])]
    ways += [(order, [desk, drawer]), (order[-6:].lower(), [desk, drawer]), (f" {number.lower()} ", [desk]), ("%", [])]
    for text, ids in ways:
        assert [row[0] for row in stage.rows(found, text, login="planner")] == ids, text
    assert stage.rows(found, "shuzhuo", login="worker") == [(desk,)]
    assert stage.rows(found, "chouti", login="worker") == []
    assert stage.refused(found, "chouti", login="lina").code == "42501"


def test_nobody_writes_production_by_plain_sql(stage: Stage, shelf: tuple[int, int]) -> None:
    statements = (
        "update production.work_orders set state = 'done'",
        "delete from production.operations",
        "update production.bom_lines set qty = 1",
        "insert into production.routing_steps (product_id) values (1)",
        "update production.work_order_materials set reserved_qty = 0",
    )
    for login in LOGINS:
        for statement in statements:
            assert stage.refused(statement, login=login).code == "42501", (login, statement)
