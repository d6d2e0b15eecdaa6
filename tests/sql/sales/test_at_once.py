"""Two people at the same moment: each order, each piece and each credit limit is decided once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import psycopg2
import pytest

from tests.helpers.databases import Template
from tests.helpers.orders import document
from tests.helpers.personas import Company
from tests.helpers.stage import Stage, open_stage
from tests.helpers.supply import stock_up

Outcome = dict[str, Any] | str


@pytest.fixture
def office(template: Template) -> Iterator[Company]:
    with template.copy_company() as company:
        yield company


def prepare(office: Company, work: Callable[[Stage], Any]) -> Any:
    """What `work` does on a stage, committed."""
    connection = psycopg2.connect(office.database.dsn)
    try:
        with open_stage(office, connection) as stage:
            result = work(stage)
            connection.commit()
            return result
    finally:
        connection.close()


def at_once(office: Company, *calls: tuple[str, str, dict[str, Any], int | None]) -> list[Outcome]:
    """The results of commands that begin at the same moment on connections of their own; a refusal is its code."""
    outcomes: list[Outcome] = ["nothing"] * len(calls)
    start = threading.Barrier(len(calls))

    def run(place: int) -> None:
        login, command, made, version = calls[place]
        connection = office.database.as_person(login)
        try:
            with connection.cursor() as cursor:
                start.wait()
                cursor.execute(f"select {command}(%s, %s, %s)", (str(uuid4()), json.dumps(made), version))
                outcomes[place] = (cursor.fetchone() or ("nothing",))[0]
        except psycopg2.Error as error:
            outcomes[place] = error.pgcode or "?"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def states(outcomes: list[Outcome]) -> list[str]:
    return sorted(each if isinstance(each, str) else str(each["state"]) for each in outcomes)


def draft(stage: Stage, login: str, customer: str, *lines: tuple[str, float]) -> dict[str, Any]:
    return stage.call(login, "sales.save_order", document(stage, *lines, customer=customer))


def test_the_last_piece_goes_to_one_of_two_clerks(office: Company) -> None:
    def work(stage: Stage) -> list[int]:
        stock_up(stage, "FIN", CHAIR=1)
        return [
            draft(stage, login, customer, ("CHAIR", 1))["id"]
            for login, customer in (("lina", "C1"), ("wangqiang", "C2"))
        ]

    first, second = prepare(office, work)
    outcomes = at_once(
        office,
        ("lina", "sales.submit_order", {"id": first}, 1),
        ("wangqiang", "sales.submit_order", {"id": second}, 1),
    )
    assert states(outcomes) == ["confirmed", "ready"]
    assert office.database.rows("select on_hand, reserved from stock.balances where on_hand > 0") == [(1, 1)]


def test_two_orders_of_one_customer_respect_the_limit_together(office: Company) -> None:
    def work(stage: Stage) -> list[int]:
        stage.rows("update crm.customers set credit_limit = 300 where code = 'C1'")
        return [draft(stage, "lina", "C1", ("CHAIR", 1))["id"] for _ in range(2)]

    ids = prepare(office, work)
    outcomes = at_once(office, *[("lina", "sales.submit_order", {"id": number}, 1) for number in ids])
    assert states(outcomes) == ["confirmed", "submitted"]


@pytest.mark.parametrize(
    ("login", "command", "fields"),
    [
        ("manager", "sales.approve_order", {}),
        ("manager", "sales.return_order", {"reason": "价格"}),
        ("manager", "sales.cancel_order", {"reason": "不要"}),
    ],
)
def test_an_order_is_decided_once(office: Company, login: str, command: str, fields: dict[str, Any]) -> None:
    def work(stage: Stage) -> dict[str, Any]:
        order = draft(stage, "lina", "C1", ("DESK", 20))
        return stage.call("lina", "sales.submit_order", {"id": order["id"]}, 1)

    order = prepare(office, work)
    made = {"id": order["id"]}
    outcomes = at_once(
        office,
        ("manager", "sales.approve_order", made, order["version"]),
        (login, command, made | fields, order["version"]),
    )
    refused = [each for each in outcomes if isinstance(each, str)]
    assert len(refused) == 1 and refused[0] in ("UC001", "US001", "US202"), outcomes
    decided = "select count(*) from workflow.approvals where decision in ('approved', 'returned')"
    assert office.database.value(decided) <= 1


def test_of_two_changes_one_is_told_that_it_came_late(office: Company) -> None:
    order = prepare(office, lambda stage: draft(stage, "lina", "C1", ("CHAIR", 1)))
    changed = prepare(office, lambda stage: document(stage, ("CHAIR", 2), id=order["id"]))
    outcomes = at_once(
        office,
        ("lina", "sales.save_order", changed, 1),
        ("manager", "sales.save_order", changed, 1),
        ("lina", "sales.submit_order", {"id": order["id"]}, 1),
    )
    assert sum(isinstance(each, dict) for each in outcomes) == 1
    assert {each for each in outcomes if isinstance(each, str)} <= {"UC001", "US001"}


def test_one_reference_typed_twice_at_once_is_one_order(office: Company) -> None:
    made = prepare(office, lambda stage: document(stage, customer_reference="PO-9"))
    outcomes = at_once(office, *[("lina", "sales.save_order", made, None)] * 3)
    assert sum(isinstance(each, dict) for each in outcomes) == 1
    assert {each for each in outcomes if isinstance(each, str)} <= {"UV206", "23505"}
    assert office.database.value("select count(*) from sales.orders") == 1


def test_a_batch_is_taken_back_or_worked_on_but_not_both(office: Company) -> None:
    def work(stage: Stage) -> tuple[int, int]:
        line = {"product": {"code": "CHAIR"}, "qty": 2}
        order = {"customer": {"code": "C1"}, "customer_reference": "A-1", "lines": [line]}
        made = {"file_name": "x", "file_sha256": "x", "orders": [order], "options": {"promise_days": 9}}
        batch = stage.call("lina", "sales.import_orders", made)
        return batch["id"], stage.value("select id from sales.orders")

    batch, order = prepare(office, work)
    outcomes = at_once(
        office,
        ("lina", "sales.undo_import", {"id": batch}, None),
        ("lina", "sales.submit_order", {"id": order}, 1),
    )
    assert sum(isinstance(each, dict) for each in outcomes) == 1, outcomes
    assert {each for each in outcomes if isinstance(each, str)} <= {"US701", "UN001"}
