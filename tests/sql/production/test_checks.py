"""The consistency queries of purchasing and production: silent after a busy day, and each finds what it looks for."""

from __future__ import annotations

import pytest

from erp_desktop.server.tree import SqlTree
from tests.helpers.stage import Stage
from tests.helpers.supply import buy, confirm, receive, release, report, stock_up, work_orders

CHECKS = {
    file.path.stem: file.path.read_text(encoding="utf-8") for file in SqlTree().checks if file.path.stem[0] in "345"
}


@pytest.fixture
def busy_day(stage: Stage) -> None:
    """Orders in every state of being bought and made, with scrap, partial receipts and cancellations."""
    stock_up(stage, "RAW", BOARD=1)
    desks = confirm(stage, [("DESK", 3), ("CHAIR", 3)])
    confirm(stage, [("CHAIR", 2)], promised_in=40)
    board, chairs = sorted(buy(stage), key=lambda order: str(order["number"]))
    receive(stage, board)
    receive(stage, chairs, CHAIR=4)
    (desk, *_), (drawer, *_) = work_orders(stage, desks)
    release(stage, drawer)
    report(stage, drawer, 5, scrap=1)
    (again, *_) = work_orders(stage, desks)[-1]
    release(stage, again)
    report(stage, again, 1)
    release(stage, desk)
    report(stage, desk, 2, scrap=1, steps=(10,))
    report(stage, desk, 1, steps=(20,))
    shelves = confirm(stage, [("SHELF", 30)])
    ((shelf, *_),) = work_orders(stage, shelves)
    version = stage.value("select version from production.work_orders where id = %s", shelf)
    stage.call("planner", "production.cancel_work_order", {"id": shelf, "reason": "改单"}, version)
    lamps = confirm(stage, [("LAMP", 1), ("CHAIR", 1)])
    version = stage.value("select version from sales.orders where id = %s", lamps)
    stage.call("manager", "sales.cancel_order", {"id": lamps, "reason": "不要了"}, version)


def test_a_busy_day_leaves_everything_consistent(stage: Stage, busy_day: None) -> None:
    assert {name: rows for name, text in CHECKS.items() if (rows := stage.rows(text))} == {}


WRONG = {
    "40010-purchase-order-totals": "update purchasing.order_lines set unit_price = 1, net_amount = qty,"
    " tax_amount = round(qty * tax_rate, 2), gross_amount = qty + round(qty * tax_rate, 2)",
    "40020-purchase-order-states": "update purchasing.orders set state = 'sent' where state = 'received'",
    "40030-requests-and-their-orders": "update purchasing.requests set state = 'open' where state = 'received'",
    "40040-lines-cover-their-requests": "update purchasing.requests set state = 'received' where state = 'ordered'",
    "50010-work-order-states": "update production.work_orders set done_qty = qty - scrap_qty"
    " where state = 'in_progress'",
    "50020-pieces-pass-the-operations": "update production.operations set arrived_qty = arrived_qty + 1",
    "50030-operations-are-sums-of-reports": "update production.operations set done_qty = done_qty - 1"
    " where done_qty > 0",
    "50040-work-orders-and-their-moves": "update production.work_order_materials set issued_qty = 0",
}


@pytest.mark.parametrize("name", [name for name in CHECKS if name[0] in "45"])
def test_what_is_wrong_is_found(stage: Stage, busy_day: None, name: str) -> None:
    stage.rows(WRONG[name])
    assert stage.rows(CHECKS[name]) != []
