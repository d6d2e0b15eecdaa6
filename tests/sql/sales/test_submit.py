"""Submitting orders: what is checked, who has to agree, and what happens when nobody has to."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.orders import (
    ENTER,
    Document,
    day,
    decisions,
    document,
    huge,
    large,
    refused_to_others,
    repeated,
    steps,
    submit,
)
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, draft, order_lines, requests, stock_up, work_orders

SUBMIT = "sales.submit_order"


def limit(stage: Stage, amount: float) -> None:
    stage.rows("update crm.customers set credit_limit = %s where code = 'C1'", amount)


def test_a_small_order_is_confirmed_and_covered_at_once(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=1)
    order = submit(stage, ("CHAIR", 2), ("DESK", 1))
    assert order["state"] == "confirmed" and steps(stage, order) == ["create", "submit", "confirm"]
    assert [row[1:4] for row in order_lines(stage, order["id"])] == [("waiting", 2, 1), ("waiting", 1, 0)]
    assert balance(stage, "CHAIR")[:2] == (1, 1)
    assert ("CHAIR", "FIN", 1) in requests(stage) and work_orders(stage, order["id"])[0][1] == "DESK"
    assert decisions(stage, order) == []


def test_an_order_whose_goods_are_there_is_ready_at_once(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=5)
    assert submit(stage, ("CHAIR", 5))["state"] == "ready"


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        ([("CHAIR", 73, {"unit_price": "239.5"})], []),  # 19,756.36
        ([("DESK", 20)], [1]),  # 28,928.00
        ([("DESK", 69)], [1]),  # 99,801.60
        ([("DESK", 100)], [1, 2]),  # 144,640.00
        ([("CHAIR", 1, {"discount_rate": "0.049"})], []),
        ([("CHAIR", 1, {"discount_rate": "0.05"})], [1]),
        ([("CHAIR", 1, {"unit_price": "191.6"})], [1, 2]),  # 20 % below the list
        ([("CHAIR", 1, {"unit_price": "250"})], []),
        ([("LAMP", 1), ("CHAIR", 1, {"discount_rate": "1"})], [1, 2]),
    ],
)
def test_amount_and_discount_decide_the_levels(stage: Stage, lines: list[tuple[Any, ...]], levels: list[int]) -> None:
    order = stage.call("lina", "sales.save_order", document(stage, *lines))
    asked = stage.value("select sales.who_must_approve(%s::jsonb)", f'{{"id": {order["id"]}}}', login="lina")
    order = stage.call("lina", SUBMIT, {"id": order["id"]}, 1)
    assert decisions(stage, order) == [(2, level, "pending") for level in levels]
    assert [level["level"] for level in asked["levels"]] == levels
    assert (order["state"] == "submitted") == bool(levels)


def test_rules_of_a_branch_and_of_made_goods(stage: Stage) -> None:
    stage.rows("delete from workflow.approval_rules")
    stage.rows(
        "insert into workflow.approval_rules (document_type, level, branch_id, min_amount, made_to_order, action_role)"
        " values ('order', 1, %s, null, true, 'erp_order_approve'), ('order', 2, %s, 0, null, 'erp_order_approve_top')",
        stage.id_of("branch", "HZ"),
        stage.id_of("branch", "CD"),
    )
    assert decisions(stage, submit(stage, ("DESK", 1))) == [(2, 1, "pending")]
    assert decisions(stage, submit(stage, ("CHAIR", 1))) == []
    assert decisions(stage, submit(stage, ("DESK", 1), login="chen")) == [(2, 2, "pending")]


def test_who_must_approve_names_the_people_and_never_the_one_who_asks(stage: Stage) -> None:
    asked = "select sales.who_must_approve(%s::jsonb)"
    order = draft(stage, [("DESK", 100)])
    levels = stage.value(asked, f'{{"id": {order["id"]}}}', login="lina")["levels"]
    assert [(level["role"], level["people"]) for level in levels] == [
        ("erp_order_approve", ["manager"]),
        ("erp_order_approve_top", ["executive"]),
    ]
    assert stage.value(asked, f'{{"id": {order["id"]}}}', login="manager")["levels"][0]["people"] == []
    for login in ("wangqiang", "chen"):
        assert stage.refused(asked, f'{{"id": {order["id"]}}}', login=login).code == "UN001"


def test_orders_over_the_credit_limit_are_held(stage: Stage) -> None:
    limit(stage, 300)
    within = submit(stage, ("CHAIR", 1))  # 270.64
    assert (within["state"], within["hold_reason"]) == ("confirmed", None)
    beyond = submit(stage, ("INSTALL", 1))  # 113.00 more
    assert (beyond["state"], beyond["hold_reason"]) == ("submitted", "credit")
    assert decisions(stage, beyond) == [] and requests(stage) == [("CHAIR", "FIN", 1)]


def test_a_held_order_counts_towards_the_credit_of_the_next(stage: Stage) -> None:
    limit(stage, 300)
    submit(stage, ("CHAIR", 2))
    assert submit(stage, ("INSTALL", 1))["hold_reason"] == "credit"
    stage.rows("update crm.customers set credit_limit = 10000 where code = 'C1'")
    assert submit(stage, ("INSTALL", 1))["hold_reason"] is None


def test_money_received_in_advance_is_credit(stage: Stage) -> None:
    limit(stage, 0)
    assert submit(stage, ("CHAIR", 1))["hold_reason"] == "credit"
    stage.rows("update sales.orders set state = 'cancelled'")
    made = {"customer_id": stage.id_of("customer", "C1"), "amount": "300", "received_on": day(), "method": "bank"}
    stage.call("finance", "finance.record_payment", made)
    assert submit(stage, ("CHAIR", 1))["hold_reason"] is None


CHANGES = {
    "UV201": "update crm.customers set is_active = false where code = 'C1'",
    "UV203": "update sales.orders set ordered_on = current_date - 9, promised_on = current_date - 1",
    "UV204": "delete from sales.order_lines",
    "UV212": "update catalog.products set is_sold = false where code = 'CHAIR'",
}


@pytest.mark.parametrize("code", CHANGES)
def test_what_is_no_longer_right_is_refused(stage: Stage, code: str) -> None:
    order = draft(stage, [("LAMP", 1), ("CHAIR", 2)])
    stage.rows(CHANGES[code])
    refusal = stage.refusal("lina", SUBMIT, {"id": order["id"]}, 1)
    assert refusal.code == code
    assert refusal.field == {"UV201": "customer_id", "UV203": "promised_on", "UV204": "lines"}.get(
        code, "lines[1].product_id"
    )


def test_who_enters_no_orders_is_refused(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    refused_to_others(stage, SUBMIT, {"id": order["id"]}, ENTER, 1)


def test_another_branch_and_another_clerk_find_nothing(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    for login in ("wangqiang", "chen", "cdmanager"):
        assert stage.refusal(login, SUBMIT, {"id": order["id"]}, 1).code == "UN001", login
    assert stage.refusal("lina", SUBMIT, {"id": 987654321}, 1).code == "UN001"


def test_an_order_is_submitted_once(stage: Stage) -> None:
    for order in (large(stage), submit(stage, ("CHAIR", 1))):
        refusal = stage.refusal("lina", SUBMIT, {"id": order["id"]}, order["version"])
        assert (refusal.code, refusal.params["state"]) == ("US001", order["state"])


def test_an_old_version_is_refused(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    stage.call("lina", "sales.save_order", document(stage, id=order["id"]), 1)
    assert stage.refusal("lina", SUBMIT, {"id": order["id"]}, 1).code == "UC001"
    assert stage.refusal("lina", SUBMIT, {"id": order["id"]}).code == "UC001"


@pytest.mark.parametrize("wrong", [{}, {"id": None}, {"id": "x"}, {"id": "1.5"}, {"id": "-1"}, {"id": [1]}])
def test_a_document_without_an_order_is_refused(stage: Stage, wrong: Document) -> None:
    assert stage.refusal("lina", SUBMIT, wrong, 1).code in ("UV001", "UV003", "UV004")


def test_a_repeated_request_submits_once(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=5)
    order, request = draft(stage, [("CHAIR", 2)]), uuid4()
    made = repeated(lambda: stage.call("lina", SUBMIT, {"id": order["id"]}, 1, request))
    assert made["state"] == "ready" and balance(stage, "CHAIR")[:2] == (5, 2)
    big, request = draft(stage, [("DESK", 100)]), uuid4()
    made = repeated(lambda: stage.call("lina", SUBMIT, {"id": big["id"]}, 1, request))
    assert decisions(stage, made) == [(2, 1, "pending"), (2, 2, "pending")]


def test_the_last_piece_goes_to_one_order(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=1)
    first, second = submit(stage, ("CHAIR", 1)), submit(stage, ("CHAIR", 1), login="wangqiang")
    assert (first["state"], second["state"]) == ("ready", "confirmed")
    assert balance(stage, "CHAIR")[:2] == (1, 1)


def test_an_order_that_waits_reserves_nothing(stage: Stage) -> None:
    stock_up(stage, "FIN", DESK=100)
    huge(stage)
    assert balance(stage, "DESK")[:2] == (100, 0) and requests(stage) == []
