"""Goods receipts: what the warehouse expects from suppliers, and booking what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from erp_desktop.services import workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible
from erp_desktop.services.workflow import TimelineEntry

_HEAD = """
select o.id, o.number, o.state, o.version, s.code as supplier_code, s.name as supplier_zh,
    coalesce(nullif(s.name_en, ''), s.name) as supplier_en, w.code as warehouse_code, w.name_zh as warehouse_zh,
    w.name_en as warehouse_en, o.ordered_on, o.expected_on, o.note
from purchasing.orders o
join purchasing.suppliers s on s.id = o.supplier_id
join org.warehouses w on w.id = o.warehouse_id
where o.id = :id
"""
_LINES = """
select l.id, l.line_no, p.id as product_id, p.code, p.name_zh, coalesce(nullif(p.name_en, ''), p.name_zh) as name_en,
    p.specification, u.name_zh as unit_zh, u.name_en as unit_en, u.decimals, l.qty, l.received_qty
from purchasing.order_lines l
join catalog.products p on p.id = l.product_id
join org.units u on u.id = p.unit_id
where l.order_id = :id
order by l.line_no
"""
_RECEIPTS = """
select r.id, r.number, r.received_at, r.supplier_note, n.display_name as person_zh,
    coalesce(nullif(n.display_name_en, ''), n.display_name) as person_en
from purchasing.receipts r
left join auth.people n on n.id = r.received_by
where r.order_id = :id
order by r.id desc
limit 100
"""


@dataclass(frozen=True)
class ExpectedLine:
    """A line of a purchase order, without its price."""

    id: int
    line_no: int
    product_id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    unit_zh: str
    unit_en: str
    decimals: int
    qty: Decimal
    received_qty: Decimal

    @property
    def open_qty(self) -> Decimal:
        """What has not come yet."""
        return self.qty - self.received_qty


@dataclass(frozen=True)
class Receipt:
    """Goods that came for a purchase order, booked."""

    id: int
    number: str
    received_at: dt.datetime
    supplier_note: str
    person_zh: str
    person_en: str


@dataclass(frozen=True)
class Expected:
    """A purchase order as the warehouse sees it; `actions` are the steps that state and rights allow."""

    id: int
    number: str
    state: str
    version: int
    supplier_code: str
    supplier_zh: str
    supplier_en: str
    warehouse_code: str
    warehouse_zh: str
    warehouse_en: str
    ordered_on: dt.date
    expected_on: dt.date
    note: str
    lines: tuple[ExpectedLine, ...]
    receipts: tuple[Receipt, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: frozenset[str]


def load_expected(database: Database, purchase_order_id: int) -> Expected:
    """The purchase order that goods are received for; raises NotVisible."""
    rows = database.rows(_HEAD, id=purchase_order_id)
    if not rows:
        raise NotVisible("UN001", {"document_type": "purchase_order", "id": purchase_order_id})
    head = rows[0]
    return Expected(
        **head._mapping,
        lines=tuple(ExpectedLine(*row) for row in database.rows(_LINES, id=purchase_order_id)),
        receipts=tuple(Receipt(*row) for row in database.rows(_RECEIPTS, id=purchase_order_id)),
        timeline=tuple(workflow.timeline(database, "purchase_order", purchase_order_id)),
        actions=workflow.my_steps(database, "purchase_order", head.state),
    )


def receive_order(
    database: Database,
    *,
    purchase_order_id: int,
    version: int,
    received: Mapping[int, Decimal],
    supplier_note: str = "",
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Book goods that came: `received` maps ids of lines to quantities, `supplier_note` is the supplier's number."""
    lines = [{"order_line_id": line_id, "qty": qty} for line_id, qty in received.items()]
    document = {"id": purchase_order_id, "supplier_note": supplier_note, "lines": lines}
    return database.call("purchasing.receive_order", document=document, version=version, request_id=request_id)
