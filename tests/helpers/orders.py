"""Documents of orders for the tests of sales, and short ways to the situations they begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, TypeAlias

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import draft

Document: TypeAlias = "dict[str, Any]"

ENTER = ("lina", "wangqiang", "chen", "manager", "cdmanager")
APPROVE = ("manager", "cdmanager", "executive")
RELEASE = ("manager", "cdmanager", "finance")


def day(offset: int = 0) -> str:
    """Today, or so many days later, as documents write it."""
    return (date.today() + timedelta(days=offset)).isoformat()


def document(stage: Stage, *lines: tuple[Any, ...], customer: str = "C1", **fields: Any) -> Document:
    """An order as the client sends it; lines are (product code, quantity, further fields)."""
    return {
        "customer_id": stage.id_of("customer", customer),
        "ordered_on": day(),
        "promised_on": day(20),
        "lines": [
            {"line_no": 10 * number, "product_id": stage.product(code), "qty": qty} | (rest[0] if rest else {})
            for number, (code, qty, *rest) in enumerate(lines or [("CHAIR", 2)], 1)
        ],
    } | fields


def submit(stage: Stage, *lines: tuple[str, float], login: str = "lina", **header: Any) -> Document:
    """Enter and submit an order; the result of the command."""
    order = draft(stage, list(lines) or [("CHAIR", 2)], login, **header)
    return stage.call(login, "sales.submit_order", {"id": order["id"]}, order["version"])


def large(stage: Stage, login: str = "lina", **header: Any) -> Document:
    """A submitted order that needs one level: 20 desks, 28,928.00 with tax."""
    return submit(stage, ("DESK", 20), login=login, **header)


def huge(stage: Stage, login: str = "lina", **header: Any) -> Document:
    """A submitted order that needs two levels: 100 desks, 144,640.00 with tax."""
    return submit(stage, ("DESK", 100), login=login, **header)


def approve(stage: Stage, order: Document, login: str = "manager", **fields: Any) -> Document:
    """Approve the next level of an order."""
    return stage.call(login, "sales.approve_order", {"id": order["id"]} | fields, order["version"])


def decisions(stage: Stage, order: Document) -> list[tuple[Any, ...]]:
    """Version, level and decision of every approval asked for an order."""
    return stage.rows(
        "select document_version, level, decision from workflow.approvals"
        " where document_type = 'order' and document_id = %s order by 1, 2",
        order["id"],
    )


def steps(stage: Stage, order: Document) -> list[str]:
    """The actions in the timeline of an order."""
    rows = stage.rows(
        "select action from workflow.events where document_type = 'order' and document_id = %s order by at, id",
        order["id"],
    )
    return [action for (action,) in rows]


def refused_to_others(
    stage: Stage, command: str, made: Document, allowed: tuple[str, ...], version: int | None
) -> None:
    """PostgreSQL itself refuses a command to everybody who has not one of its roles."""
    for login in LOGINS:
        if login not in allowed:
            assert stage.refusal(login, command, made, version).code == "42501", login


def repeated(call: Callable[[], Document]) -> Document:
    """The result of a command that is sent three times with one request id."""
    first, second, third = call(), call(), call()
    assert first == second == third
    return first
