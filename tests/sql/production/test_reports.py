"""The shop floor reports pieces: they pass the operations in order, and the last one turns material into product."""

from __future__ import annotations

from decimal import Decimal
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

REPORT = "production.report_work"


def made(stage: Stage, code: str, qty: float) -> tuple[int, int]:
    """An order and its released work order; material is there, drawers too."""
    stock_up(stage, "RAW", BOARD=50, SCREW=500, DRAWER=20)
    order = confirm(stage, [(code, qty)])
    ((work, *_),) = work_orders(stage, order)
    release(stage, work)
    return order, work


@pytest.fixture
def desks(stage: Stage) -> tuple[int, int]:
    """An order of four desks and its released work order: cut at the saw, assembled at the bench."""
    return made(stage, "DESK", 4)


def operation(stage: Stage, work: int, step_no: int = 10) -> int:
    found = "select id from production.operations where work_order_id = %s and step_no = %s"
    number: int = stage.value(found, work, step_no)
    return number


def operations(stage: Stage, work: int) -> list[tuple[Any, ...]]:
    return stage.rows(
        "select step_no, state, arrived_qty, done_qty, scrap_qty from production.operations"
        " where work_order_id = %s order by step_no",
        work,
    )


def work_order(stage: Stage, work: int) -> tuple[Any, ...]:
    return stage.row("select state, done_qty, scrap_qty from production.work_orders where id = %s", work)


def refused(stage: Stage, work: int, login: str = "worker", step_no: int = 10, **document: Any) -> Refusal:
    document = {"operation_id": operation(stage, work, step_no), "good_qty": 1} | document
    return stage.refusal(login, REPORT, document)


def posted(stage: Stage, work: int) -> dict[str, Decimal]:
    """The value of each kind of entry that a work order posted."""
    rows = stage.rows(
        "select e.event, sum(l.debit) from finance.journal_entries e join finance.journal_lines l on l.entry_id = e.id"
        " where e.document_type = 'work_order' and e.document_id = %s group by e.event",
        work,
    )
    return dict(rows)


def test_pieces_pass_the_operations_in_order(stage: Stage, desks: tuple[int, int]) -> None:
    order, work = desks
    report(stage, work, 3, steps=(10,))
    assert operations(stage, work) == [(10, "in_progress", 4, 3, 0), (20, "waiting", 3, 0, 0)]
    assert work_order(stage, work) == ("in_progress", 0, 0)
    assert balance(stage, "DESK") == (0, 0, 0, 4)
    report(stage, work, 2, steps=(20,))
    assert operations(stage, work) == [(10, "in_progress", 4, 3, 0), (20, "in_progress", 3, 2, 0)]
    assert work_order(stage, work) == ("in_progress", 2, 0)
    report(stage, work, 1, steps=(10,))
    assert operations(stage, work)[0] == (10, "done", 4, 4, 0)
    report(stage, work, 2, steps=(20,))
    assert operations(stage, work)[1] == (20, "done", 4, 4, 0)
    assert work_order(stage, work) == ("done", 4, 0)
    assert order_state(stage, order) == "ready"


def test_product_comes_in_and_material_goes_out_in_proportion(stage: Stage, desks: tuple[int, int]) -> None:
    order, work = desks
    # Four desks take 4 × 0.5 / 0.92 = 2.174 sheets of board, 8 drawers and 4 × 12 / 0.98 = 49 screws.
    assert balance(stage, "BOARD", "RAW") == (50, Decimal("2.174"), 0, 0)
    report(stage, work, 1)
    assert balance(stage, "DESK") == (1, 1, 0, 3)
    assert order_lines(stage, order) == [("DESK", "in_production", 4, 1, 0, 0)]
    assert balance(stage, "BOARD", "RAW") == (Decimal("49.456"), Decimal("1.630"), 0, 0)
    assert balance(stage, "DRAWER", "RAW") == (18, 6, 0, 0)
    assert balance(stage, "SCREW", "RAW") == (488, 37, 0, 0)
    report(stage, work, 3)
    assert balance(stage, "DESK") == (4, 4, 0, 0)
    assert balance(stage, "BOARD", "RAW") == (Decimal("47.826"), 0, 0, 0)
    assert balance(stage, "DRAWER", "RAW") == (12, 0, 0, 0)
    assert balance(stage, "SCREW", "RAW") == (451, 0, 0, 0)
    assert order_lines(stage, order) == [("DESK", "ready", 4, 4, 0, 0)]
    assert stage.rows("select id from stock.reservations where work_order_material_id is not null") == []


def test_consumption_and_production_are_posted(stage: Stage) -> None:
    _, work = made(stage, "SHELF", 2)
    report(stage, work, 2)
    # Two sheets at 128 and 16 screws at 0.0333; two shelves at the standard cost of 95.
    assert posted(stage, work) == {"consumption": Decimal("256.53"), "production": Decimal("190.00")}


def test_every_report_is_kept(stage: Stage, desks: tuple[int, int]) -> None:
    work = desks[1]
    report(stage, work, 3, scrap=1, steps=(10,))
    rows = stage.rows("select good_qty, scrap_qty, minutes, scrap_reason, user_id from production.work_reports")
    assert rows == [(3, 1, 30, "开料错误", stage.id_of("user", "worker"))]
    details = stage.value(
        "select details from workflow.events"
        " where document_type = 'work_order' and document_id = %s and action = 'report'",
        work,
    )
    assert (details["step_no"], details["name_en"], details["good_qty"], details["scrap_qty"]) == (10, "Cut", 3, 1)
    for statement in ("update production.work_reports set good_qty = 9", "delete from production.work_reports"):
        assert stage.refused(statement).code == "UL001"


def test_scrap_is_planned_anew_while_somebody_waits(stage: Stage) -> None:
    order, work = made(stage, "SHELF", 3)
    report(stage, work, 2, scrap=1)
    assert work_order(stage, work) == ("done", 2, 1)
    number = stage.value("select number from production.work_orders where id = %s", work)
    _, (again, code, qty, state, _) = work_orders(stage, order)
    assert (code, qty, state) == ("SHELF", 1, "planned")
    assert stage.value("select note from production.work_orders where id = %s", again) == number
    assert balance(stage, "SHELF") == (2, 2, 0, 1)
    assert balance(stage, "BOARD", "RAW") == (47, 1, 0, 0)
    assert order_state(stage, order) == "confirmed"
    release(stage, again)
    report(stage, again, 1)
    assert order_state(stage, order) == "ready"


def test_scrap_at_an_early_operation_never_arrives_at_the_next(stage: Stage, desks: tuple[int, int]) -> None:
    order, work = desks
    report(stage, work, 3, scrap=1, steps=(10,))
    assert operations(stage, work) == [(10, "done", 4, 3, 1), (20, "waiting", 3, 0, 0)]
    assert balance(stage, "DESK") == (0, 0, 0, 3)
    report(stage, work, 3, steps=(20,))
    assert work_order(stage, work) == ("done", 3, 1)
    assert [row[1:4] for row in work_orders(stage, order)] == [("DESK", 4, "done"), ("DESK", 1, "planned")]
    assert balance(stage, "DESK") == (3, 3, 0, 1)


def test_scrap_of_everything_consumes_all_material_and_makes_nothing(stage: Stage) -> None:
    order, work = made(stage, "SHELF", 2)
    report(stage, work, 0, scrap=2)
    assert work_order(stage, work) == ("done", 0, 2)
    assert balance(stage, "SHELF") == (0, 0, 0, 2)
    assert balance(stage, "BOARD", "RAW") == (48, 2, 0, 0)
    assert posted(stage, work) == {"consumption": Decimal("256.53")}
    assert order_state(stage, order) == "confirmed"


def test_scrapped_material_that_is_missing_is_requested(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=1, SCREW=8)
    ((work, *_),) = work_orders(stage, confirm(stage, [("SHELF", 1)]))
    release(stage, work)
    report(stage, work, 0, scrap=1)
    assert requests(stage) == [("BOARD", "RAW", 1), ("SCREW", "RAW", 8)]


def test_scrap_that_nobody_waits_for_is_not_planned_anew(stage: Stage) -> None:
    order, work = made(stage, "SHELF", 3)
    version = stage.value("select version from sales.orders where id = %s", order)
    stage.call("manager", "sales.cancel_order", {"id": order, "reason": "不要了"}, version)
    assert work_order(stage, work)[0] == "released"
    report(stage, work, 2, scrap=1)
    assert len(work_orders(stage, order)) == 1
    assert balance(stage, "SHELF") == (2, 0, 0, 0)


def test_scrapped_parts_are_planned_anew_for_their_desk(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=50, SCREW=500)
    order = confirm(stage, [("DESK", 1)])
    (desk, *_), (drawer, *_) = work_orders(stage, order)
    release(stage, drawer)
    report(stage, drawer, 1, scrap=1)
    again, code, qty, state, parent = work_orders(stage, order)[-1]
    assert (code, qty, state, parent) == ("DRAWER", 1, "planned", desk)
    release(stage, again)
    report(stage, again, 1)
    assert release(stage, desk)["state"] == "released"


def test_more_than_has_arrived_is_refused(stage: Stage, desks: tuple[int, int]) -> None:
    work = desks[1]
    refusal = refused(stage, work, good_qty=3, scrap_qty=2, scrap_reason="开料错误")
    assert (refusal.code, refusal.params["left"], refusal.params["qty"]) == ("UQ502", 4, 5)
    refusal = refused(stage, work, "assembler", 20)
    assert (refusal.code, refusal.params["left"], refusal.field) == ("UQ502", 0, "good_qty")


@pytest.mark.parametrize(
    ("document", "code", "field"),
    [
        ({"good_qty": 0}, "UV504", "good_qty"),
        ({"good_qty": None}, "UV504", "good_qty"),
        ({"good_qty": "1.5"}, "UV301", "good_qty"),
        ({"good_qty": "-1"}, "UV004", "good_qty"),
        ({"good_qty": "many"}, "UV003", "good_qty"),
        ({"good_qty": "1e30"}, "UV003", "good_qty"),
        ({"scrap_qty": 1}, "UV001", "scrap_reason"),
        ({"scrap_qty": 1, "scrap_reason": "x" * 201}, "UV005", "scrap_reason"),
        ({"minutes": -1}, "UV004", "minutes"),
        ({"operation_id": None}, "UV001", "operation_id"),
        ({"operation_id": 987654321}, "UN001", "operation_id"),
    ],
)
def test_what_cannot_be_reported(
    stage: Stage, desks: tuple[int, int], document: dict[str, Any], code: str, field: str
) -> None:
    refusal = refused(stage, desks[1], **document)
    assert (refusal.code, refusal.field) == (code, field)


def test_only_released_work_is_reported(stage: Stage) -> None:
    stock_up(stage, "RAW", BOARD=50, SCREW=500)
    ((work, *_),) = work_orders(stage, confirm(stage, [("SHELF", 1)]))
    assert refused(stage, work).params["state"] == "planned"
    stage.call("planner", "production.cancel_work_order", {"id": work, "reason": "改单"}, 1)
    assert refused(stage, work).code == "US001"


def test_only_the_people_of_the_work_centre_report(stage: Stage, desks: tuple[int, int]) -> None:
    assert refused(stage, desks[1], "assembler").code == "UN001"
    assert refused(stage, desks[1], "worker", 20).code == "UN001"
    for login in LOGINS:
        if login not in ("worker", "assembler"):
            assert refused(stage, desks[1], login).code == "42501", login


def test_a_given_version_must_be_the_work_orders(stage: Stage, desks: tuple[int, int]) -> None:
    document = {"operation_id": operation(stage, desks[1]), "good_qty": 1}
    assert stage.refusal("worker", REPORT, document, 1).code == "UC001"
    result = stage.call("worker", REPORT, document, 2)
    assert (result["version"], result["state"], result["operation_id"]) == (3, "in_progress", document["operation_id"])


def test_a_repeated_report_counts_once(stage: Stage, desks: tuple[int, int]) -> None:
    document, request_id = {"operation_id": operation(stage, desks[1]), "good_qty": 1}, uuid4()
    results = [stage.call("worker", REPORT, document, None, request_id) for _ in range(3)]
    assert results[0] == results[1] == results[2]
    assert operations(stage, desks[1])[0] == (10, "in_progress", 4, 1, 0)


def test_a_closed_month_takes_no_product(stage: Stage, desks: tuple[int, int]) -> None:
    report(stage, desks[1], 1, steps=(10,))
    stage.rows(
        "insert into finance.periods (starts_on, state) values (date_trunc('month', current_date)::date, 'closed')"
        " on conflict (starts_on) do update set state = 'closed'"
    )
    assert refused(stage, desks[1], "assembler", 20).code == "UL601"


SEE_OPERATIONS = {"planner": 2, "executive": 2, "worker": 1, "assembler": 1}


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_which_operations(stage: Stage, desks: tuple[int, int], login: str) -> None:
    report(stage, desks[1], 1)
    statement = "select id, code, open_qty from production.operation_list"
    if login not in SEE_OPERATIONS:
        assert stage.refused(statement, login=login).code == "42501"
        assert stage.refused("select id from production.work_reports", login=login).code == "42501"
        return
    assert len(stage.rows(statement, login=login)) == SEE_OPERATIONS[login]
    assert len(stage.rows("select id from production.work_reports", login=login)) == SEE_OPERATIONS[login]
    found = stage.rows("select production.search_operations('shuzhuo', 10)", login=login)
    assert len(found) == SEE_OPERATIONS[login]
    timeline = "select action from workflow.timeline where document_type = 'work_order' and document_id = %s"
    assert len(stage.rows(timeline, desks[1], login=login)) == 4
