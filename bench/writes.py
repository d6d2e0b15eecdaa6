"""One order after the other from entry to invoice, by the product's commands and by bare statements on the same tables.

The bare statements know every value beforehand and check nothing: one transaction for each step, with the rows that the
product writes too, timeline and double entries included, without the audit. What they wrote is taken back at the end.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bench.desk import Desk
from bench.measure import Work
from erp_desktop.services import finance, sales, stock

LINES = 5

_CUSTOMERS = """
select c.id from crm.customers c where c.kind in ('company', 'dealer') and {scope} order by c.code limit 40
"""
_PRODUCTS = """
select b.product_id from stock.balances b join catalog.products p on p.id = b.product_id
join org.warehouses w on w.id = b.warehouse_id
where w.code = 'FIN' and p.is_sold and p.supply <> 'none' and b.on_hand - b.reserved >= 20 order by p.code
"""


@cache
def _bare(name: str) -> str:
    return (Path(__file__).parent / "bare" / f"{name}.sql").read_text("utf-8")


@dataclass
class Orders:
    """Documents that the repetitions make one after the other: each step goes on with what the step before has left."""

    saved: list[dict[str, Any]] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    shipments: list[int] = field(default_factory=list)
    shipped: list[int] = field(default_factory=list)
    bare: list[int] = field(default_factory=list)
    bare_confirmed: list[int] = field(default_factory=list)
    bare_shipped: list[int] = field(default_factory=list)


class Entering:
    """Saves and submits orders at one desk."""

    def __init__(self, desk: Desk, who: str, scope: str, orders: Orders, times: int) -> None:
        """`scope` is the bare condition on the customers `c` that the person may sell to."""
        self.desk, self._who, self._orders, self._times = desk, who, orders, times
        with desk.as_owner():
            self._customers = [key for (key,) in desk.owners_rows(_CUSTOMERS.format(scope=scope))]
            self._products = [key for (key,) in desk.owners_rows(_PRODUCTS)]
            ((self.warehouse,),) = desk.owners_rows("select id from org.warehouses where code = 'FIN'")
            # Whoever may not owe anything is not sold to without an advance; that is another piece of work.
            desk.owners_rows("update crm.customers set credit_limit = 900000000 where id = any (%s)", self._customers)
        self._chance = random.Random(who)

    def works(self) -> Iterator[Work]:
        """Saving and submitting."""
        times = self._times
        yield Work(
            "save an order of 5 lines", self._who, self.desk, lambda _: self.save(), lambda _: self._bare_save(), times
        )
        yield Work(
            "submit it: confirmed and reserved",
            self._who,
            self.desk,
            lambda _: self._submit(),
            lambda _: self._bare_confirm(),
            times,
        )

    def save(self) -> dict[str, Any]:
        """Enter an order of 5 lines."""
        today = dt.date.today()
        lines = [
            {"line_no": 10 * (place + 1), "product_id": key, "qty": 1}
            for place, key in enumerate(self._some_products())
        ]
        document = {
            "customer_id": self._chance.choice(self._customers),
            "ordered_on": today,
            "promised_on": today + dt.timedelta(days=14),
            "warehouse_id": self.warehouse,
            "lines": lines,
        }
        order = sales.save_order(self.desk, document=document)
        self._orders.saved.append(order)
        return order

    def _some_products(self) -> list[int]:
        return self._chance.sample(self._products, LINES)

    def _submit(self) -> None:
        order = self._orders.saved.pop(0)
        result = sales.submit_order(self.desk, order_id=order["id"], version=order["version"])
        if result["state"] == "ready":
            self._orders.confirmed.append(order["id"])

    def _bare_save(self) -> None:
        with self.desk.transaction() as cursor:
            customer_id = self._chance.choice(self._customers)
            cursor.execute(_bare("save_order"), {"warehouse": self.warehouse, "customer": customer_id})
            ((order_id,),) = cursor.fetchall()
            values = {"order": order_id, "products": self._some_products(), "user": self.desk.user_id}
            cursor.execute(_bare("save_lines"), values)
        self._orders.bare.append(order_id)

    def _bare_confirm(self) -> None:
        order_id = self._orders.bare.pop(0)
        with self.desk.transaction() as cursor:
            values = {"order": order_id, "warehouse": self.warehouse, "user": self.desk.user_id}
            cursor.execute(_bare("confirm"), values)
        self._orders.bare_confirmed.append(order_id)


def shipping(desk: Desk, who: str, orders: Orders, warehouse: int, times: int) -> Iterator[Work]:
    """Shipping of what was confirmed, and its delivery note."""

    def ship(_: int) -> None:
        shipment = stock.create_shipment(desk, order_id=orders.confirmed[0])
        orders.shipped.append(orders.confirmed.pop(0))
        orders.shipments.append(shipment["id"])
        loaded = stock.load_shipment(desk, shipment["id"])
        picked = {line.id: Decimal(line.qty) for line in loaded.lines}
        result = stock.pick_shipment(desk, shipment_id=loaded.id, version=loaded.version, picked=picked)
        stock.ship_shipment(desk, shipment_id=loaded.id, version=result["version"])

    def bare_ship(_: int) -> None:
        with desk.transaction() as cursor:
            values = {"order": orders.bare_confirmed[0], "warehouse": warehouse, "user": desk.user_id}
            cursor.execute(_bare("ship"), values)
        orders.bare_shipped.append(orders.bare_confirmed.pop(0))

    def note(number: int) -> bytes:
        return stock.delivery_note_pdf(desk, orders.shipments[number % len(orders.shipments)], "zh_CN")

    def bare_note(number: int) -> None:
        with desk.raw.cursor() as cursor:
            cursor.execute(_bare("note"), {"shipment": orders.shipments[number % len(orders.shipments)]})
            cursor.fetchall()

    yield Work("ship it: delivery note, picked, shipped", who, desk, ship, bare_ship, times)
    yield Work("delivery note as PDF", who, desk, note, bare_note, times)


def invoicing(desk: Desk, who: str, orders: Orders, times: int) -> Iterator[Work]:
    """Invoices for what was shipped."""

    def invoice(_: int) -> None:
        draft = finance.create_invoice(desk, order_id=orders.shipped.pop(0))
        finance.issue_invoice(desk, invoice_id=draft["id"], version=draft["version"])

    def bare_invoice(_: int) -> None:
        with desk.transaction() as cursor:
            cursor.execute(_bare("invoice"), {"order": orders.bare_shipped.pop(0), "user": desk.user_id})

    yield Work("invoice it: drafted and issued", who, desk, invoice, bare_invoice, times)


def take_back(desk: Desk) -> None:
    """Delete what the bare statements wrote."""
    with desk.as_owner(), desk.transaction() as cursor:
        cursor.execute(_bare("take_back"))
