"""The plant with many hands at once: the last board, the last piece, and a busy hour that leaves the books in order."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from erp_desktop.server.install import check
from erp_desktop.services import production, purchasing
from erp_desktop.services.errors import ErpError
from tests.helpers.supply import buy, confirm, draft, release, stock_up, work_orders
from tests.helpers.workplace import Workplace

ORDERS = 6


def together(*actions: Callable[[], Any]) -> list[str]:
    """The codes with which actions that begin at the same time are refused; done ones are not in it."""
    with ThreadPoolExecutor(len(actions)) as pool:
        futures = [pool.submit(action) for action in actions]
    errors = [future.exception() for future in futures]
    return [error.code if isinstance(error, ErpError) else repr(error) for error in errors if error is not None]


def test_the_last_board_goes_to_one_work_order(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        works = [work_orders(stage, confirm(stage, [("SHELF", 1)], promised_in=30))[0][0] for _ in range(2)]
        stock_up(stage, "RAW", BOARD=1, SCREW=100)
    planner = workplace.database("planner")
    refused = together(
        *[partial(production.release_work_order, planner, work_order_id=work, version=1) for work in works]
    )
    assert refused == ["UQ501"]


def test_the_last_pieces_are_reported_once(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=20, SCREW=200)
        ((work, *_),) = work_orders(stage, confirm(stage, [("SHELF", 2)], promised_in=5))
        release(stage, work)
        operation = stage.value("select id from production.operations where work_order_id = %s", work)
    worker = workplace.database("worker")
    report = partial(production.report_work, worker, operation_id=operation, good_qty=Decimal(2))
    assert together(*[report] * 4) == ["UQ502"] * 3


def test_one_of_two_buyers_is_late(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        confirm(stage, [("CHAIR", 1)])
        request = stage.value("select max(id) from purchasing.requests")
    buyer = workplace.database("buyer")
    create = partial(purchasing.create_orders, buyer, request_ids=[request])
    assert together(create, create) == ["US001"]
    with workplace.happens() as stage:
        order = stage.value("select max(id) from purchasing.orders")
    refused = together(
        partial(purchasing.send_order, buyer, order_id=order, version=1),
        partial(purchasing.cancel_order, buyer, order_id=order, version=1, reason="错"),
    )
    assert refused == ["UC001"]


@pytest.fixture
def busy(workplace: Workplace) -> list[Callable[[], Any]]:
    """Reports, receipts, releases, confirmations and cancellations that all touch the same boards and screws."""
    calls: list[tuple[str, str, dict[str, Any], int | None]] = []
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=30, SCREW=300, DRAWER=8)
        for place in range(ORDERS):
            shelf = confirm(stage, [("SHELF", 2)], promised_in=5 + place)
            ((work, *_),) = work_orders(stage, shelf)
            release(stage, work)
            operation = stage.value("select id from production.operations where work_order_id = %s", work)
            report = {"operation_id": operation, "good_qty": 1, "scrap_qty": 1, "scrap_reason": "开料错误"}
            calls.append(("worker", "production.report_work", report, None))
            desk = confirm(stage, [("DESK", 1)], promised_in=20 + place)
            planned = work_orders(stage, desk)
            calls += [("planner", "production.release_work_order", {"id": row[0]}, 1) for row in planned]
            version = stage.value("select version from sales.orders where id = %s", desk)
            if place % 2:
                calls.append(("manager", "sales.cancel_order", {"id": desk, "reason": "不要了"}, version))
            late = draft(stage, [("SHELF", 3), ("CHAIR", 2), ("DESK", 1)], promised_in=40)
            calls.append(("lina", "sales.submit_order", {"id": late["id"]}, late["version"]))
        for order in buy(stage):
            lines = stage.rows("select id, qty from purchasing.order_lines where order_id = %s", order["id"])
            receipt = {"id": order["id"], "lines": [{"order_line_id": line, "qty": str(qty)} for line, qty in lines]}
            calls.append(("keeper", "purchasing.receive_order", receipt, order["version"]))
    return [
        partial(workplace.database(login).call, command, document=document, version=version)
        for login, command, document, version in calls
    ]


def test_a_busy_hour_leaves_the_books_in_order(workplace: Workplace, busy: list[Callable[[], Any]]) -> None:
    with ThreadPoolExecutor(8) as pool:
        errors = [future.exception() for future in [pool.submit(action) for action in busy]]
    codes = {error.code if isinstance(error, ErpError) else repr(error) for error in errors if error is not None}
    # What was cancelled or lacks material is refused; nobody waits for another in a circle, nothing breaks.
    assert codes <= {"UQ501", "US001", "UC001"}
    assert sum(error is None for error in errors) > len(busy) / 2
    assert check(workplace.company.database.dsn) == ()
