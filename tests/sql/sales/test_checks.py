"""The consistency queries of sales: silent whatever orders went through, and each finds what it looks for."""

from __future__ import annotations

import pytest

from erp_desktop.server.tree import SqlTree
from tests.helpers.orders import approve, day, huge, large, submit
from tests.helpers.stage import Stage
from tests.helpers.supply import confirm, draft, ship, stock_up

CHECKS = {
    file.path.stem: file.path.read_text(encoding="utf-8") for file in SqlTree().checks if file.path.stem[0] == "2"
}


@pytest.fixture
def busy_day(stage: Stage) -> None:
    """Orders in every state, two batches of which one was undone."""
    stock_up(stage, "FIN", CHAIR=9)
    draft(stage, [("CHAIR", 1), ("DESK", 2)])
    huge(stage)
    approve(stage, huge(stage))
    returned = large(stage)
    stage.call("manager", "sales.return_order", {"id": returned["id"], "reason": "价格"}, returned["version"])
    cancelled = submit(stage, ("CHAIR", 1))
    stage.call("manager", "sales.cancel_order", {"id": cancelled["id"], "reason": "不要"}, cancelled["version"])
    confirm(stage, [("DESK", 1), ("LAMP", 2)])
    confirm(stage, [("CHAIR", 1), ("INSTALL", 1)])
    for goes_on in (False, True):
        shipment = ship(stage, confirm(stage, [("CHAIR", 2)]))
        if goes_on:
            received = {"id": shipment["id"], "received_by": "王"}
            stage.call("keeper", "stock.deliver_shipment", received, shipment["version"])
    stage.rows("update crm.customers set credit_limit = 0 where code = 'C2'")
    submit(stage, ("CHAIR", 1), login="wangqiang")
    for sha in ("a", "b"):
        line = {"product": {"code": "CHAIR"}, "qty": 2}
        order = {"customer": {"code": "C1"}, "customer_reference": sha, "promised_on": day(9), "lines": [line]}
        document = {"file_name": "x.xlsx", "file_sha256": sha, "orders": [order]}
        batch = stage.call("lina", "sales.import_orders", document)
    stage.call("lina", "sales.undo_import", {"id": batch["id"]})


def test_a_busy_day_leaves_everything_consistent(stage: Stage, busy_day: None) -> None:
    assert {name: rows for name, text in CHECKS.items() if (rows := stage.rows(text))} == {}


WRONG = {
    "20010-order-totals": ["update sales.orders set net_amount = 1, tax_amount = 0, gross_amount = 1"],
    "20020-order-states": [
        "update sales.orders set state = 'ready' where state = 'confirmed'",
        "update sales.orders set state = 'delivered' where state = 'shipped'",
    ],
    "20030-line-states": [
        "update sales.order_lines set state = 'waiting' where state = 'open'",
        "update sales.order_lines set state = 'open' where state = 'cancelled'",
        "update sales.order_lines set state = 'ready' where state = 'waiting'",
        "update sales.order_lines set state = 'shipped' where state = 'delivered'",
    ],
    "20040-pending-approvals": [
        "update workflow.approvals set document_version = 9 where decision = 'pending'",
        "update workflow.approvals set decision = 'pending' where decision = 'returned'",
        "update sales.orders set hold_reason = null where hold_reason is not null",
    ],
    "20050-imported-batches": [
        "delete from sales.orders where import_id is not null",
        "update sales.imports set undone_at = now() where undone_at is null",
        "update sales.imports set gross_amount = 1",
    ],
}


@pytest.mark.parametrize(("name", "statement"), [(name, each) for name in CHECKS for each in WRONG[name]])
def test_what_is_wrong_is_found(stage: Stage, busy_day: None, name: str, statement: str) -> None:
    stage.rows(statement)
    assert stage.rows(CHECKS[name]) != []
