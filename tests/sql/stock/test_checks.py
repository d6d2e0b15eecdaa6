"""The consistency queries of stock: silent after a busy day, and each finds what it looks for."""

from __future__ import annotations

import pytest

from erp_desktop.server.tree import SqlTree
from tests.helpers.stage import Stage
from tests.helpers.supply import buy, confirm, receive, release, report, ship, stock_up, work_orders

CHECKS = {
    file.path.stem: file.path.read_text(encoding="utf-8") for file in SqlTree().checks if file.path.stem[0] == "3"
}


@pytest.fixture
def busy_day(stage: Stage) -> None:
    """Goods received, made, counted, picked, shipped in parts, delivered, and orders that still wait."""
    stock_up(stage, "RAW", BOARD=30, SCREW=100, DRAWER=6)
    stock_up(stage, "FIN", CHAIR=9, LAMP=1)
    sent = ship(stage, confirm(stage, [("CHAIR", 4), ("INSTALL", 1)]), CHAIR=3)
    received = {"id": sent["id"], "received_by": "王先生"}
    stage.call("keeper", "stock.deliver_shipment", received, sent["version"])
    ship(stage, confirm(stage, [("CHAIR", 1)]))
    picking = confirm(stage, [("LAMP", 1)])
    stage.call("keeper", "stock.create_shipment", {"order_id": picking})
    desks = confirm(stage, [("DESK", 3), ("CHAIR", 9)])
    (desk, *_) = work_orders(stage, desks)[0]
    release(stage, desk)
    report(stage, desk, 1, steps=(10,))
    receive(stage, buy(stage)[0], CHAIR=2)
    count = {"warehouse_id": stage.warehouse("RAW"), "product_id": stage.product("BOARD"), "counted_qty": 29}
    stage.call("keeper", "stock.adjust_stock", count | {"reason": "年中盘点"})


def test_a_busy_day_leaves_everything_consistent(stage: Stage, busy_day: None) -> None:
    assert {name: rows for name, text in CHECKS.items() if (rows := stage.rows(text))} == {}


_BOARD = "(select id from catalog.products where code = 'BOARD'), (select id from org.warehouses where code = 'RAW')"
_MOVE = "insert into stock.moves (product_id, warehouse_id, kind, qty, document_type, document_id) values"
WRONG = {
    "30010-balances-are-sums-of-moves": [
        "update stock.balances set on_hand = on_hand + 1",
        f"{_MOVE} ({_BOARD}, 'transfer', 1, 'transfer', 1)",
    ],
    "30020-reserved-is-the-sum-of-reservations": [
        "update stock.balances set reserved = 0",
        "update stock.reservations set qty = qty + 1",
    ],
    "30030-stock-was-never-below-zero": [
        "insert into stock.moves (product_id, warehouse_id, moved_at, kind, qty, document_type, document_id)"
        f" values ({_BOARD}, '2025-06-01', 'transfer', -1, 'transfer', 1)"
    ],
    "30040-order-lines-hold-what-is-reserved": [
        "update sales.order_lines set reserved_qty = reserved_qty - 1 where reserved_qty > 0",
        "update stock.reservations set warehouse_id = (select id from org.warehouses where code = 'SHOP')"
        " where order_line_id is not null",
        "update sales.orders set state = 'draft' where state = 'ready'",
    ],
    "30050-material-holds-what-is-reserved": [
        "update production.work_order_materials set reserved_qty = reserved_qty + 1",
        "update stock.reservations set product_id = (select id from catalog.products where code = 'CHAIR')"
        " where work_order_material_id is not null",
    ],
    "30060-incoming-is-what-is-ordered": [
        "update stock.balances set incoming = incoming + 1",
        "update purchasing.orders set state = 'received' where state = 'partly_received'",
    ],
    "30070-in-production-is-what-is-being-made": [
        "update stock.balances set in_production = 0",
        "update production.work_orders set state = 'cancelled'",
    ],
    "30080-shipped-quantities": [
        "update sales.order_lines set shipped_qty = shipped_qty - delivered_qty, delivered_qty = 0",
        "update stock.shipments set state = 'picking' where state = 'shipped'",
    ],
    "30085-shipments-belong-with-their-orders": [
        "update stock.shipments set owner_id = (select id from auth.users where login = 'chen')",
        "update stock.shipments set branch_id = (select id from org.branches where code = 'CD')",
    ],
    "30090-shipments-hold-ready-goods": [
        "update stock.shipment_lines set qty = qty + 1",
        "update stock.shipments set order_id = (select min(id) from sales.orders)",
    ],
    "30100-shipments-and-their-moves": [
        "update stock.shipment_lines set picked_qty = 0 where picked_qty = 1",
        f"{_MOVE} ({_BOARD}, 'shipment', -1, 'shipment', 1)",
    ],
    "30110-receipts-and-their-moves": [
        "update purchasing.order_lines set received_qty = received_qty + 1",
        f"{_MOVE} ({_BOARD}, 'receipt', 1, 'receipt', 1)",
    ],
    "30120-adjustments-and-their-moves": [f"{_MOVE} ({_BOARD}, 'adjustment', 1, 'adjustment', 1)"],
}


@pytest.mark.parametrize(("name", "statement"), [(name, each) for name in CHECKS for each in WRONG[name]])
def test_what_is_wrong_is_found(stage: Stage, busy_day: None, name: str, statement: str) -> None:
    stage.rows(statement)
    assert stage.rows(CHECKS[name]) != []
