"""Cancelling orders: who may in which state, and what becomes free."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.helpers.orders import (
    ENTER,
    Document,
    approve,
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
from tests.helpers.supply import balance, draft, order_lines, order_state, requests, ship, stock_up, work_orders

CANCEL = "sales.cancel_order"


def cancel(stage: Stage, order: Document, login: str = "manager", reason: str = "客户取消") -> Document:
    return stage.call(login, CANCEL, {"id": order["id"], "reason": reason}, order["version"])


def test_the_clerk_cancels_her_draft_without_a_reason(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 2)])
    cancelled = stage.call("lina", CANCEL, {"id": order["id"]}, 1)
    assert (cancelled["state"], cancelled["version"]) == ("cancelled", 2)
    assert [row[1] for row in order_lines(stage, order["id"])] == ["cancelled"]


def test_the_clerk_cancels_what_was_returned_to_her_and_says_why(stage: Stage) -> None:
    order = large(stage)
    order = stage.call("manager", "sales.return_order", {"id": order["id"], "reason": "价格"}, order["version"])
    refusal = stage.refusal("lina", CANCEL, {"id": order["id"]}, order["version"])
    assert (refusal.code, refusal.field) == ("UV001", "reason")
    assert cancel(stage, order, "lina")["state"] == "cancelled"


def test_what_was_submitted_is_the_managers_to_cancel(stage: Stage) -> None:
    order = huge(stage)
    assert stage.refusal("lina", CANCEL, {"id": order["id"], "reason": "x"}, order["version"]).code == "UA001"
    cancelled = cancel(stage, order)
    assert cancelled["state"] == "cancelled" and steps(stage, order)[-1] == "cancel"
    assert decisions(stage, order) == [(2, 1, "void"), (2, 2, "void")]
    assert stage.rows("select from workflow.my_approvals", login="manager") == []


def test_a_held_order_is_not_held_any_more(stage: Stage) -> None:
    stage.rows("update crm.customers set credit_limit = 0")
    cancelled = cancel(stage, submit(stage, ("CHAIR", 1)))
    assert cancelled["hold_reason"] is None
    assert stage.refusal("finance", "sales.release_hold", {"id": cancelled["id"]}, cancelled["version"]).code == "US001"


def test_what_a_confirmed_order_held_becomes_free(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=3)
    stock_up(stage, "RAW", BOARD=5)
    order = submit(stage, ("CHAIR", 4), ("DESK", 1))
    assert balance(stage, "CHAIR")[:2] == (3, 3) and requests(stage)
    cancelled = cancel(stage, order)
    assert balance(stage, "CHAIR")[:2] == (3, 0) and balance(stage, "BOARD", "RAW")[:2] == (5, 0)
    assert requests(stage) == [] and {row[3] for row in work_orders(stage, order["id"])} == {"cancelled"}
    assert [row[1] for row in order_lines(stage, order["id"])] == ["cancelled", "cancelled"]
    assert stage.rows("select from stock.reservations") == [] and cancelled["state"] == "cancelled"


def test_the_next_in_line_gets_what_became_free(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=2)
    first, second = submit(stage, ("CHAIR", 2)), submit(stage, ("CHAIR", 1), login="wangqiang")
    assert order_state(stage, second["id"]) == "confirmed"
    cancel(stage, first)
    assert order_state(stage, second["id"]) == "ready" and balance(stage, "CHAIR")[:2] == (2, 1)


def test_the_credit_that_an_order_took_becomes_free(stage: Stage) -> None:
    stage.rows("update crm.customers set credit_limit = 300 where code = 'C1'")
    first = submit(stage, ("CHAIR", 1))
    assert submit(stage, ("CHAIR", 1))["hold_reason"] == "credit"
    cancel(stage, first)
    held = stage.row("select id, version from sales.orders where hold_reason = 'credit'")
    cancel(stage, {"id": held[0], "version": held[1]})
    assert submit(stage, ("CHAIR", 1))["hold_reason"] is None


def test_what_has_left_is_not_cancelled(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=2)
    order = submit(stage, ("CHAIR", 2))
    ship(stage, order["id"])
    version = stage.value("select version from sales.orders where id = %s", order["id"])
    refusal = stage.refusal("manager", CANCEL, {"id": order["id"], "reason": "x"}, version)
    assert (refusal.code, refusal.params["state"]) == ("US001", "shipped")


def test_an_order_is_cancelled_once(stage: Stage) -> None:
    order = cancel(stage, draft(stage, [("CHAIR", 1)]), "lina")
    assert stage.refusal("lina", CANCEL, {"id": order["id"], "reason": "x"}, order["version"]).code == "US001"


@pytest.mark.parametrize("state", ["draft", "submitted", "confirmed"])
def test_who_has_not_the_right_is_refused(stage: Stage, state: str) -> None:
    order = {"draft": draft(stage, [("CHAIR", 1)]), "submitted": large(stage)}.get(state)
    order = order or approve(stage, large(stage))
    made = {"id": order["id"], "reason": "x"}
    refused_to_others(stage, CANCEL, made, ENTER, order["version"])
    if state != "draft":
        assert stage.refusal("lina", CANCEL, made, order["version"]).code == "UA001"


@pytest.mark.parametrize("login", ["wangqiang", "chen", "cdmanager"])
def test_another_clerk_and_another_branch_find_nothing(stage: Stage, login: str) -> None:
    for order in (draft(stage, [("CHAIR", 1)]), large(stage), submit(stage, ("CHAIR", 1))):
        made = {"id": order["id"], "reason": "x"}
        assert stage.refusal(login, CANCEL, made, order["version"]).code == "UN001"


def test_an_old_version_is_refused(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    stage.call("lina", "sales.save_order", document(stage, id=order["id"]), 1)
    for version in (1, None):
        assert stage.refusal("lina", CANCEL, {"id": order["id"]}, version).code == "UC001"
    confirmed = submit(stage, ("CHAIR", 1))
    made = {"id": confirmed["id"], "reason": "x"}
    assert stage.refusal("manager", CANCEL, made, confirmed["version"] - 1).code == "UC001"


def test_a_repeated_request_frees_once(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=3)
    order, request = submit(stage, ("CHAIR", 3)), uuid4()
    made = {"id": order["id"], "reason": "x"}
    repeated(lambda: stage.call("manager", CANCEL, made, order["version"], request))
    assert balance(stage, "CHAIR")[:2] == (3, 0) and steps(stage, order).count("cancel") == 1
