"""Short ways into the situations that the tests of stock, production and purchasing begin with."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.helpers.stage import Stage

_BALANCE = """
select on_hand, reserved, incoming, in_production from stock.balances where product_id = %s and warehouse_id = %s
"""
_LINES = """
select p.code, l.state, l.qty, l.reserved_qty, l.shipped_qty, l.delivered_qty
from sales.order_lines l join catalog.products p on p.id = l.product_id where l.order_id = %s order by l.line_no
"""


def stock_up(stage: Stage, warehouse: str, **quantities: float) -> None:
    """Put quantities by product code into a warehouse."""
    for code, qty in quantities.items():
        stage.rows(
            "select stock.post_move(%s, %s, 'opening', %s, 'opening', 0)",
            stage.product(code),
            stage.warehouse(warehouse),
            qty,
        )


def draft(stage: Stage, lines: list[tuple[str, float]], login: str = "lina", **header: Any) -> dict[str, Any]:
    """Enter an order of (product code, quantity) lines; the result of the command."""
    customer = {"lina": "C1", "wangqiang": "C2", "chen": "C3"}[login]
    document = {
        "customer_id": stage.id_of("customer", customer),
        "ordered_on": date.today().isoformat(),
        "promised_on": (date.today() + timedelta(days=header.pop("promised_in", 20))).isoformat(),
        "warehouse_id": stage.warehouse(header.pop("warehouse", "FIN")),
        "ship_to": "试验路2号",
        "lines": [
            {"line_no": 10 * number, "product_id": stage.product(code), "qty": qty}
            for number, (code, qty) in enumerate(lines, 1)
        ],
    }
    return stage.call(login, "sales.save_order", document | header)


def confirm(stage: Stage, lines: list[tuple[str, float]], login: str = "lina", **header: Any) -> int:
    """Enter, submit and (if it is asked for) approve an order; its id."""
    order = draft(stage, lines, login, **header)
    order = stage.call(login, "sales.submit_order", {"id": order["id"]}, order["version"])
    if order["state"] == "submitted":
        manager = "cdmanager" if login == "chen" else "manager"
        order = stage.call(manager, "sales.approve_order", {"id": order["id"]}, order["version"])
    assert order["state"] not in ("draft", "submitted"), order
    number: int = order["id"]
    return number


def balance(stage: Stage, code: str, warehouse: str = "FIN") -> tuple[Decimal, ...]:
    """On hand, reserved, incoming and in production; zeros if there is no balance yet."""
    rows = stage.rows(_BALANCE, stage.product(code), stage.warehouse(warehouse))
    return rows[0] if rows else (Decimal(0),) * 4


def order_state(stage: Stage, order_id: int) -> str:
    """The state of a sales order."""
    state: str = stage.value("select state from sales.orders where id = %s", order_id)
    return state


def order_lines(stage: Stage, order_id: int) -> list[tuple[Any, ...]]:
    """Product, state, ordered, reserved, shipped and delivered quantity of each line of a sales order."""
    return stage.rows(_LINES, order_id)


def work_orders(stage: Stage, order_id: int) -> list[tuple[Any, ...]]:
    """Id, product, quantity, state and parent of the work orders for a sales order, by id."""
    return stage.rows(
        "select w.id, p.code, w.qty, w.state, w.parent_id from production.work_orders w"
        " join catalog.products p on p.id = w.product_id join sales.order_lines l on l.id = w.order_line_id"
        " where l.order_id = %s order by w.id",
        order_id,
    )


def requests(stage: Stage, state: str = "open") -> list[tuple[Any, ...]]:
    """Product, warehouse and quantity of the purchase requests in a state, by product and quantity."""
    return stage.rows(
        "select p.code, w.code, r.qty from purchasing.requests r join catalog.products p on p.id = r.product_id"
        " join org.warehouses w on w.id = r.warehouse_id where r.state = %s order by 1, 2, 3",
        state,
    )


def ship(stage: Stage, order_id: int, login: str = "keeper", **picked: float) -> dict[str, Any]:
    """Make, pick (all, or what is given by product code) and ship a shipment; the result of the last command."""
    made = stage.call(login, "stock.create_shipment", {"order_id": order_id})
    lines = stage.rows(
        "select l.id, l.qty, p.code from stock.shipment_lines l join catalog.products p on p.id = l.product_id"
        " where l.shipment_id = %s",
        made["id"],
    )
    picks = [{"id": line, "picked_qty": str(picked.get(code, qty))} for line, qty, code in lines]
    made = stage.call(login, "stock.pick_shipment", {"id": made["id"], "lines": picks}, made["version"])
    return stage.call(login, "stock.ship_shipment", {"id": made["id"], "carrier": "德邦"}, made["version"])


def report(stage: Stage, work_order_id: int, good: float, scrap: float = 0, steps: tuple[int, ...] = ()) -> None:
    """Report pieces at all operations of a work order (or at the steps given), by whoever works there."""
    operations = stage.rows(
        "select o.id, o.step_no, c.code from production.operations o join org.work_centres c on c.id = o.work_centre_id"
        " where o.work_order_id = %s order by o.step_no",
        work_order_id,
    )
    for operation, step_no, centre in operations:
        if not steps or step_no in steps:
            document = {"operation_id": operation, "good_qty": good, "scrap_qty": scrap, "minutes": 30}
            document |= {"scrap_reason": "开料错误"} if scrap else {}
            stage.call({"SAW": "worker", "ASM": "assembler"}[centre], "production.report_work", document)
            scrap = 0


def release(stage: Stage, work_order_id: int) -> dict[str, Any]:
    """Release a work order as the planner."""
    version = stage.value("select version from production.work_orders where id = %s", work_order_id)
    return stage.call("planner", "production.release_work_order", {"id": work_order_id}, version)


def buy(stage: Stage) -> list[dict[str, Any]]:
    """Make purchase orders of all open requests and send them; the results of sending."""
    ids = [row[0] for row in stage.rows("select id from purchasing.requests where state = 'open' order by id")]
    made = stage.call("buyer", "purchasing.create_orders", {"request_ids": ids})
    return [
        stage.call("buyer", "purchasing.send_order", {"id": order["id"]}, order["version"]) for order in made["orders"]
    ]


def receive(stage: Stage, order: dict[str, Any], login: str = "keeper", **quantities: float) -> dict[str, Any]:
    """Receive all (or what is given by product code) of a purchase order."""
    lines = stage.rows(
        "select l.id, l.qty - l.received_qty, p.code from purchasing.order_lines l"
        " join catalog.products p on p.id = l.product_id where l.order_id = %s and l.qty > l.received_qty",
        order["id"],
    )
    received = [
        {"order_line_id": line, "qty": str(quantities.get(code, qty))}
        for line, qty, code in lines
        if not quantities or code in quantities
    ]
    version = stage.value("select version from purchasing.orders where id = %s", order["id"])
    return stage.call(login, "purchasing.receive_order", {"id": order["id"], "lines": received}, version)
