"""The books that the demo's year is written into: moves and balances of stock, timelines, double entries."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from erp_desktop.demo.company import Company, half_up
from erp_desktop.demo.tables import Numbers, Tables

Place = tuple[str, str]
"""A warehouse and a product, by code."""

_ZERO = Decimal(0)


def at(day: date, clock: str, minutes: int = 0) -> datetime:
    """A moment of a day in the company's time zone: `clock` is HH:MM, `minutes` come on top."""
    return datetime.combine(day, time.fromisoformat(clock)) + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Move:
    """One product that comes (positive) or goes."""

    warehouse: str
    product: str
    qty: Decimal


@dataclass(frozen=True)
class PostingRule:
    """Which account an event debits or credits for a component of its amount."""

    side: str
    component: str
    account_id: int


class Books:
    """Everything the loader writes of a document besides the document itself; `close` turns it into rows."""

    def __init__(self, company: Company, tables: Tables, rules: Mapping[str, list[PostingRule]]) -> None:
        self.company = company
        self.tables = tables
        self.numbers = Numbers()
        self.ids: dict[str, dict[str, int]] = {}
        self.on_hand: defaultdict[Place, Decimal] = defaultdict(Decimal)
        self.reserved: defaultdict[Place, Decimal] = defaultdict(Decimal)
        self.incoming: defaultdict[Place, Decimal] = defaultdict(Decimal)
        self.in_production: defaultdict[Place, Decimal] = defaultdict(Decimal)
        self.products = {product.code: product for product in company.products}
        self._rules = rules
        self._logins = {person.job_role: person.login for person in reversed(company.people)}
        self._moves: list[tuple[datetime, dict[str, object]]] = []
        self._events: list[tuple[datetime, dict[str, object]]] = []
        self._entries: list[tuple[date, dict[str, object], dict[str, Decimal], dict[str, object]]] = []

    def id_of(self, kind: str, code: str) -> int:
        """The id of a branch, warehouse, product … that was written before."""
        return self.ids[kind][code]

    def worker(self, job_role: str) -> int:
        """The user id of the (first) person with a job role."""
        return self.id_of("user", self._logins[job_role])

    def free(self, place: Place) -> Decimal:
        """What is there and not promised."""
        return self.on_hand[place] - self.reserved[place]

    def move(
        self, kind: str, document: tuple[str, int], moment: datetime, user_id: int, moves: list[Move]
    ) -> dict[str, Decimal]:
        """Move stock for a document; the value, signed like the quantities, by component (raw, goods)."""
        value: dict[str, Decimal] = {}
        for move in moves:
            product = self.products[move.product]
            self.on_hand[move.warehouse, move.product] += move.qty
            component = "raw" if product.kind == "raw" else "goods"
            value[component] = value.get(component, _ZERO) + half_up(move.qty * product.standard_cost)
            row = {
                "moved_at": moment,
                "product_id": self.id_of("product", move.product),
                "warehouse_id": self.id_of("warehouse", move.warehouse),
                "kind": kind,
                "qty": move.qty,
                "unit_cost": product.standard_cost,
                "document_type": document[0],
                "document_id": document[1],
                "user_id": user_id,
            }
            self._moves.append((moment, row))
        return value

    def reserve(
        self,
        place: Place,
        qty: Decimal,
        moment: datetime,
        *,
        line_id: int | None = None,
        material_id: int | None = None,
    ) -> None:
        """Promise stock to an order line or to the material of a work order."""
        self.reserved[place] += qty
        self.tables.add(
            "stock.reservations",
            product_id=self.id_of("product", place[1]),
            warehouse_id=self.id_of("warehouse", place[0]),
            order_line_id=line_id,
            work_order_material_id=material_id,
            qty=qty,
            reserved_at=moment,
        )

    def record(
        self,
        document: tuple[str, int],
        action: str,
        states: tuple[str | None, str],
        moment: datetime,
        user_id: int | None,
        note: str = "",
        **details: object,
    ) -> None:
        """Write a line into the timeline of a document; `states` are those before and after."""
        row = {
            "at": moment,
            "document_type": document[0],
            "document_id": document[1],
            "action": action,
            "from_state": states[0],
            "to_state": states[1],
            "user_id": user_id,
            "note": note,
            "details": json.dumps(details, ensure_ascii=False),
        }
        self._events.append((moment, row))

    def post(
        self,
        event: str,
        document: tuple[str, int],
        day: date,
        user_id: int,
        amounts: Mapping[str, Decimal],
        description: str,
        *,
        customer_id: int | None = None,
        supplier_id: int | None = None,
    ) -> None:
        """Post the double entry of an event: `amounts` by component, such as net, tax and gross."""
        entry: dict[str, object] = {
            "posted_on": day,
            "event": event,
            "document_type": document[0],
            "document_id": document[1],
            "description": description,
            "posted_at": at(day, "18:00"),
            "posted_by": user_id,
        }
        self._entries.append((day, entry, dict(amounts), {"customer_id": customer_id, "supplier_id": supplier_id}))

    def close(self) -> None:
        """Turn all that was collected into rows, in the order of time."""
        for _, row in sorted(self._moves, key=lambda item: item[0]):
            self.tables.add("stock.moves", **row)
        for _, row in sorted(self._events, key=lambda item: item[0]):
            self.tables.add("workflow.events", **row)
        for day, entry, amounts, partner in sorted(self._entries, key=lambda item: item[0]):
            self._close_entry(day, entry, amounts, partner)
        self._close_balances()

    def _close_entry(
        self, day: date, entry: dict[str, object], amounts: dict[str, Decimal], partner: dict[str, object]
    ) -> None:
        if not any(amounts.values()):
            return
        entry_id = self.tables.add("finance.journal_entries", number=self.numbers.next("JE", day), **entry)
        for rule in self._rules[str(entry["event"])]:
            amount = amounts.get(rule.component, _ZERO)
            if amount:
                is_debit = (rule.side == "debit") == (amount > 0)
                self.tables.add(
                    "finance.journal_lines",
                    posted_on=day,
                    entry_id=entry_id,
                    account_id=rule.account_id,
                    debit=abs(amount) if is_debit else _ZERO,
                    credit=_ZERO if is_debit else abs(amount),
                    **partner,
                )

    def _close_balances(self) -> None:
        reorder_points = {(stock.warehouse, stock.product): stock.reorder_point for stock in self.company.stock}
        for place in sorted({*self.on_hand, *self.incoming, *self.in_production, *reorder_points}):
            self.tables.add_plain(
                "stock.balances",
                product_id=self.id_of("product", place[1]),
                warehouse_id=self.id_of("warehouse", place[0]),
                on_hand=self.on_hand[place],
                reserved=self.reserved[place],
                incoming=self.incoming[place],
                in_production=self.in_production[place],
                reorder_point=reorder_points.get(place, _ZERO),
            )
