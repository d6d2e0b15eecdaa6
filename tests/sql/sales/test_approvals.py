"""Approving, returning and releasing orders: by level and version, never one's own, never in another branch."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.helpers.orders import (
    APPROVE,
    RELEASE,
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
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, stock_up

APPROVING, RETURNING, RELEASING = "sales.approve_order", "sales.return_order", "sales.release_hold"


def give_back(stage: Stage, order: Document, login: str = "manager") -> Document:
    return stage.call(login, RETURNING, {"id": order["id"], "reason": "折扣太高"}, order["version"])


def held(stage: Stage, *lines: tuple[str, float], login: str = "lina") -> Document:
    """An order over the credit limit."""
    stage.rows("update crm.customers set credit_limit = 100")
    return submit(stage, *lines, login=login)


def test_one_level_confirms(stage: Stage) -> None:
    stock_up(stage, "FIN", DESK=20)
    order = approve(stage, large(stage), comment="同意")
    assert order["state"] == "ready" and balance(stage, "DESK")[:2] == (20, 20)
    assert decisions(stage, order) == [(2, 1, "approved")]
    assert steps(stage, order) == ["create", "submit", "approve", "confirm", "derive"]
    row = stage.row(
        "select u.login, a.comment, a.decided_at is not null from workflow.approvals a"
        " join auth.users u on u.id = a.decided_by where a.document_id = %s",
        order["id"],
    )
    assert row == ("manager", "同意", True)


def test_two_levels_are_decided_one_after_the_other(stage: Stage) -> None:
    order = huge(stage)
    assert stage.refusal("executive", APPROVING, {"id": order["id"]}, order["version"]).code == "UA001"
    order = approve(stage, order)
    assert (order["state"], order["version"]) == ("submitted", 2)
    assert stage.refusal("manager", APPROVING, {"id": order["id"]}, order["version"]).params["role"] == (
        "erp_order_approve_top"
    )
    order = approve(stage, order, "executive", level=2)
    assert order["state"] == "confirmed"
    assert decisions(stage, order) == [(2, 1, "approved"), (2, 2, "approved")]


def test_one_person_decides_one_level_whatever_her_roles(stage: Stage) -> None:
    order = approve(stage, huge(stage))
    stage.rows("grant erp_job_executive to erp_u_manager")
    assert stage.rows("select from workflow.my_approvals", login="manager") == []
    assert stage.value("select sales.order_surroundings(%s) -> 'may_decide'", order["id"], login="manager") is False
    refusal = stage.refusal("manager", APPROVING, {"id": order["id"]}, order["version"])
    assert (refusal.code, refusal.params) == ("UA202", {"number": order["number"]})
    assert give_back(stage, order)["state"] == "returned"


def test_a_level_that_is_not_next_is_refused(stage: Stage) -> None:
    order = huge(stage)
    refusal = stage.refusal("executive", APPROVING, {"id": order["id"], "level": 2}, order["version"])
    assert (refusal.code, refusal.params["number"]) == ("US202", order["number"])
    approve(stage, order, level=1)
    assert stage.refusal("manager", APPROVING, {"id": order["id"], "level": 1}, order["version"]).code == "US202"


def test_nobody_approves_what_she_entered(stage: Stage) -> None:
    order = stage.call("manager", "sales.save_order", document(stage, ("DESK", 20)))
    order = stage.call("manager", "sales.submit_order", {"id": order["id"]}, order["version"])
    refusal = stage.refusal("manager", APPROVING, {"id": order["id"]}, order["version"])
    assert (refusal.code, refusal.params["number"]) == ("UA201", order["number"])
    assert stage.rows("select order_id from workflow.my_approvals", login="manager") == []


def test_nobody_approves_what_she_changed_or_submitted(stage: Stage) -> None:
    order = stage.call("lina", "sales.save_order", document(stage, ("DESK", 20)))
    changed = stage.call("manager", "sales.save_order", document(stage, ("DESK", 21), id=order["id"]), 1)
    changed = stage.call("lina", "sales.submit_order", {"id": order["id"]}, changed["version"])
    assert stage.refusal("manager", APPROVING, {"id": order["id"]}, changed["version"]).code == "UA201"
    other = stage.call("lina", "sales.save_order", document(stage, ("DESK", 20)))
    other = stage.call("manager", "sales.submit_order", {"id": other["id"]}, 1)
    assert stage.refusal("manager", APPROVING, {"id": other["id"]}, other["version"]).code == "UA201"


def test_what_waits_for_a_decision_is_listed_to_who_may_make_it(stage: Stage) -> None:
    order, bigger = large(stage), huge(stage)
    manager = "select order_id, level from workflow.my_approvals order by order_id"
    assert stage.rows(manager, login="manager") == [(order["id"], 1), (bigger["id"], 1)]
    assert stage.rows(manager, login="executive") == stage.rows(manager, login="cdmanager") == []
    approve(stage, bigger)
    assert stage.rows(manager, login="executive") == [(bigger["id"], 2)]
    approve(stage, order)
    assert stage.rows(manager, login="manager") == []
    may = "select sales.order_surroundings(%s) -> 'may_decide'"
    assert [stage.value(may, bigger["id"], login=login) for login in ("lina", "manager", "executive")] == [
        False,
        False,
        True,
    ]


def test_a_returned_order_asks_again(stage: Stage) -> None:
    order = huge(stage)
    returned = give_back(stage, approve(stage, order))
    assert (returned["state"], returned["version"]) == ("returned", 3)
    assert decisions(stage, order) == [(2, 1, "approved"), (2, 2, "returned")]
    assert stage.value("select return_reason from sales.orders where id = %s", order["id"]) == "折扣太高"
    corrected = stage.call("lina", "sales.save_order", document(stage, ("DESK", 30), id=order["id"]), 3)
    again = stage.call("lina", "sales.submit_order", {"id": order["id"]}, corrected["version"])
    assert decisions(stage, again)[2:] == [(5, 1, "pending")]
    assert stage.value("select return_reason from sales.orders where id = %s", order["id"]) == ""
    assert approve(stage, again)["state"] == "confirmed"
    assert steps(stage, order)[:6] == ["create", "submit", "approve", "return", "save", "submit"]


def test_the_decision_that_returns_an_order_is_recorded(stage: Stage) -> None:
    order = large(stage)
    returned = give_back(stage, order)
    assert decisions(stage, order) == [(2, 1, "returned")]
    resubmitted = stage.call("lina", "sales.submit_order", {"id": order["id"]}, returned["version"])
    assert decisions(stage, order) == [(2, 1, "returned"), (4, 1, "pending")]
    assert approve(stage, resubmitted)["state"] == "confirmed"


def test_an_approval_counts_for_the_version_that_was_seen_only(stage: Stage) -> None:
    order = large(stage)
    returned = give_back(stage, order)
    cheaper = stage.call(
        "lina", "sales.save_order", document(stage, ("DESK", 100), id=order["id"]), returned["version"]
    )
    again = stage.call("lina", "sales.submit_order", {"id": order["id"]}, cheaper["version"])
    for version in (order["version"], returned["version"], cheaper["version"], None):
        assert stage.refusal("manager", APPROVING, {"id": order["id"]}, version).code == "UC001"
    assert approve(stage, again)["state"] == "submitted"


def test_a_return_needs_a_reason(stage: Stage) -> None:
    order = large(stage)
    for reason in ("", "   ", None):
        refusal = stage.refusal("manager", RETURNING, {"id": order["id"], "reason": reason}, order["version"])
        assert (refusal.code, refusal.field) == ("UV001", "reason")
    long = {"id": order["id"], "reason": "字" * 1001}
    assert stage.refusal("manager", RETURNING, long, order["version"]).code == "UV005"


def test_a_held_order_waits_for_its_release(stage: Stage) -> None:
    order = held(stage, ("CHAIR", 1))
    assert stage.refusal("manager", APPROVING, {"id": order["id"]}, order["version"]).code == "US202"
    released = stage.call("finance", RELEASING, {"id": order["id"], "comment": "已付定金"}, order["version"])
    assert (released["state"], released["hold_reason"]) == ("confirmed", None)
    assert steps(stage, order) == ["create", "submit", "release_hold", "confirm"]


def test_release_and_approval_come_in_either_order(stage: Stage) -> None:
    first = approve(stage, held(stage, ("DESK", 20)))
    assert (first["state"], first["hold_reason"]) == ("submitted", "credit")
    assert stage.call("finance", RELEASING, {"id": first["id"]}, first["version"])["state"] == "confirmed"
    second = held(stage, ("DESK", 20))
    second = stage.call("finance", RELEASING, {"id": second["id"]}, second["version"])
    assert (second["state"], second["hold_reason"]) == ("submitted", None)
    assert approve(stage, second)["state"] == "confirmed"


def test_a_held_order_can_be_returned(stage: Stage) -> None:
    order = give_back(stage, held(stage, ("CHAIR", 1)))
    assert (order["state"], order["hold_reason"]) == ("returned", None)


def test_only_a_held_order_is_released_and_never_by_its_owner(stage: Stage) -> None:
    order = large(stage)
    assert stage.refusal("finance", RELEASING, {"id": order["id"]}, order["version"]).code == "US203"
    stage.rows("update crm.customers set credit_limit = 100")
    own = stage.call("manager", "sales.save_order", document(stage, ("CHAIR", 1)))
    own = stage.call("manager", "sales.submit_order", {"id": own["id"]}, 1)
    assert stage.refusal("manager", RELEASING, {"id": own["id"]}, own["version"]).code == "UA201"
    assert stage.call("finance", RELEASING, {"id": own["id"]}, own["version"])["state"] == "confirmed"


COMMANDS = {
    APPROVING: ({}, APPROVE),
    RETURNING: ({"reason": "x"}, APPROVE),
    RELEASING: ({}, RELEASE),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_who_has_not_the_right_is_refused(stage: Stage, command: str) -> None:
    order = held(stage, ("DESK", 100))
    fields, allowed = COMMANDS[command]
    refused_to_others(stage, command, fields | {"id": order["id"]}, allowed, order["version"])


@pytest.mark.parametrize("command", COMMANDS)
def test_another_branch_finds_nothing(stage: Stage, command: str) -> None:
    order = held(stage, ("DESK", 100))
    document = COMMANDS[command][0] | {"id": order["id"]}
    assert stage.refusal("cdmanager", command, document, order["version"]).code == "UN001"
    assert stage.refusal("manager", command, document | {"id": 987654321}, order["version"]).code == "UN001"


@pytest.mark.parametrize("command", COMMANDS)
def test_only_a_submitted_order_is_decided(stage: Stage, command: str) -> None:
    draft = stage.call("lina", "sales.save_order", document(stage, ("DESK", 20)))
    confirmed = submit(stage, ("CHAIR", 1))
    returned = give_back(stage, large(stage))
    for order in (draft, confirmed, returned):
        made = COMMANDS[command][0] | {"id": order["id"]}
        refusal = stage.refusal("manager", command, made, order["version"])
        assert (refusal.code, refusal.params["state"]) == ("US001", order["state"])


@pytest.mark.parametrize("command", COMMANDS)
def test_an_old_version_is_refused(stage: Stage, command: str) -> None:
    order = held(stage, ("DESK", 20))
    made = COMMANDS[command][0] | {"id": order["id"]}
    for version in (order["version"] - 1, order["version"] + 1, None):
        assert stage.refusal("manager", command, made, version).code == "UC001"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_repeated_request_decides_once(stage: Stage, command: str) -> None:
    order, request = held(stage, ("DESK", 20)), uuid4()
    made = COMMANDS[command][0] | {"id": order["id"]}
    repeated(lambda: stage.call("manager", command, made, order["version"], request))
    assert len(steps(stage, order)) == 3


@pytest.mark.parametrize("login", LOGINS)
def test_the_inner_functions_are_nobodys(stage: Stage, login: str) -> None:
    for call in (
        "sales.confirm_if_clear(null)",
        "sales.decide(null, 'approved', '')",
        "sales.void_approvals(null)",
        "sales.derive_order(1)",
        "sales.write_lines(1, '{}')",
        "stock.cover_order(1)",
        "stock.release_order(1)",
        "workflow.take_step('order', 1, 'submitted', 'approve')",
    ):
        assert stage.refused(f"select {call}", login=login).code == "42501", call
