"""Stock, counts, moves and delivery notes: what the warehouse reads, prints and commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from erp_desktop.schema import auth, catalog, org, sales
from erp_desktop.schema import stock as tables
from erp_desktop.services import clock, documents, printing, workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import Cancelled, ConnectionLost, KnownError, NotVisible
from erp_desktop.services.printing.data import DeliveryNote, DeliveryNoteLine, Language, Party
from erp_desktop.services.workflow import TimelineEntry

MOST_MOVES = 50
MOST_FOUND = 200
MOST_COUNTED = 100

_READINESS = """
select l.line_no, p.code, p.name_zh, coalesce(nullif(p.name_en, ''), p.name_zh) as name_en, u.name_zh as unit_zh,
    u.name_en as unit_en, l.qty, l.shipped_qty, coalesce(c.qty, 0) as picking_qty,
    l.reserved_qty - coalesce(c.qty, 0) as ready_qty, l.qty - l.reserved_qty - l.shipped_qty as waiting_qty
from sales.order_lines_brief l
join catalog.products p on p.id = l.product_id
join org.units u on u.id = p.unit_id
left join lateral (
    select sum(x.qty) as qty from stock.shipment_lines x join stock.shipments s on s.id = x.shipment_id
    where x.order_line_id = l.id and s.state = 'picking'
) c on true
where l.order_id = :id and l.state <> 'cancelled'
order by l.line_no
"""


@dataclass(frozen=True)
class Balance:
    """Stock of a product in a warehouse; `available` = on hand − reserved, `projected` adds what is coming."""

    id: int
    product_id: int
    warehouse_id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    warehouse_code: str
    warehouse_zh: str
    warehouse_en: str
    unit_zh: str
    unit_en: str
    decimals: int
    on_hand: Decimal
    reserved: Decimal
    available: Decimal
    incoming: Decimal
    in_production: Decimal
    projected: Decimal
    reorder_point: Decimal
    alert: str | None


@dataclass(frozen=True)
class BalancePart:
    """One document behind `reserved`, `incoming` or `in_production`.

    Without a document it sums up those that the person does not see.
    """

    kind: str
    document_type: str | None
    document_id: int | None
    number: str | None
    qty: Decimal
    on_date: dt.date | None


@dataclass(frozen=True)
class Move:
    """Pieces that came (positive) or went; the document's number is None when the person does not see it."""

    id: int
    moved_at: dt.datetime
    kind: str
    qty: Decimal
    document_type: str
    document_id: int
    document_number: str | None
    person_zh: str | None
    person_en: str | None


@dataclass(frozen=True)
class StockCard:
    """A balance with all that it is made of: documents, and the latest moves first."""

    balance: Balance
    parts: tuple[BalancePart, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Readiness:
    """How far a line of an order is: shipped, in an open delivery note, ready to be picked, or waited for."""

    line_no: int
    code: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    qty: Decimal
    shipped_qty: Decimal
    picking_qty: Decimal
    ready_qty: Decimal
    waiting_qty: Decimal


@dataclass(frozen=True)
class Made:
    """What came of making delivery notes for several orders: ids and numbers, and why others got none."""

    ids: tuple[int, ...]
    numbers: tuple[str, ...]
    refusals: tuple[KnownError, ...]


@dataclass(frozen=True)
class ShipmentLine:
    """A line of a delivery note: `qty` is to be picked, `picked_qty` was."""

    id: int
    line_no: int
    order_line_id: int
    order_line_no: int
    description: str
    product_id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    unit_zh: str
    unit_en: str
    decimals: int
    qty: Decimal
    picked_qty: Decimal


@dataclass(frozen=True)
class Shipment:
    """A delivery note with what its window shows; `actions` are the steps that state and rights allow.

    `order_state` is None when the person does not see the order, or not any more.
    """

    id: int
    number: str
    state: str
    version: int
    order_id: int
    order_number: str
    order_state: str | None
    customer_name: str
    warehouse_id: int
    warehouse_zh: str
    warehouse_en: str
    ship_to: str
    contact: str
    phone: str
    carrier: str
    vehicle: str
    note: str
    created_at: dt.datetime
    shipped_at: dt.datetime | None
    delivered_at: dt.datetime | None
    received_by: str
    created_by_zh: str
    created_by_en: str
    lines: tuple[ShipmentLine, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: frozenset[str]


def load_card(database: Database, balance_id: int) -> StockCard:
    """The balance with what it is made of; raises NotVisible."""
    balance = load_balance(database, balance_id)
    explained = func.stock.explain_balance(balance.product_id, balance.warehouse_id).table_valued(
        "kind", "document_type", "document_id", "number", "qty", "on_date"
    )
    parts = database.rows(select(explained))
    return StockCard(
        balance,
        tuple(BalancePart(*row) for row in parts),
        tuple(latest_moves(database, balance.product_id, balance.warehouse_id)),
    )


def load_balance(database: Database, balance_id: int) -> Balance:
    """The stock of a product in a warehouse; raises NotVisible."""
    view = tables.balance_list
    shown = [view.c[name] for name in Balance.__dataclass_fields__]
    rows = database.rows(select(*shown).where(view.c.id == balance_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "stock", "id": balance_id})
    return Balance(*rows[0])


def latest_moves(database: Database, product_id: int, warehouse_id: int, limit: int = MOST_MOVES) -> list[Move]:
    """The latest moves of a product in a warehouse, the last one first."""
    view = tables.move_list
    shown = [view.c[name] for name in Move.__dataclass_fields__]
    rows = database.rows(
        select(*shown)
        .where(view.c.product_id == product_id, view.c.warehouse_id == warehouse_id)
        .order_by(view.c.moved_at.desc(), view.c.id.desc())
        .limit(limit)
    )
    return [Move(*row) for row in rows]


def readiness(database: Database, order_id: int) -> list[Readiness]:
    """How far the lines of an order are, as far as the person sees it."""
    return [Readiness(*row) for row in database.rows(_READINESS, id=order_id)]


def load_shipment(database: Database, shipment_id: int) -> Shipment:
    """The delivery note with its lines and timeline; raises NotVisible."""
    head, place, person, order = tables.shipments, org.warehouses, auth.people, sales.orders_brief
    rows = database.rows(
        select(
            head,
            place.c.name_zh.label("warehouse_zh"),
            place.c.name_en.label("warehouse_en"),
            person.c.display_name,
            person.c.display_name_en,
            order.c.state.label("order_state"),
        )
        .join(place, place.c.id == head.c.warehouse_id)
        .outerjoin(person, person.c.id == head.c.created_by)
        .outerjoin(order, order.c.id == head.c.order_id)
        .where(head.c.id == shipment_id)
    )
    if not rows:
        raise NotVisible("UN001", {"document_type": "shipment", "id": shipment_id})
    row = rows[0]._mapping
    plain = (
        *("id", "number", "state", "version", "order_id", "order_number", "order_state", "customer_name"),
        *("warehouse_id", "warehouse_zh", "warehouse_en", "ship_to", "contact", "phone", "carrier", "vehicle", "note"),
        *("created_at", "shipped_at", "delivered_at", "received_by"),
    )
    values: dict[str, Any] = {name: row[name] for name in plain}
    return Shipment(
        **values,
        created_by_zh=row["display_name"] or "",
        created_by_en=row["display_name_en"] or row["display_name"] or "",
        lines=tuple(_shipment_lines(database, shipment_id)),
        timeline=tuple(workflow.timeline(database, "shipment", shipment_id)),
        actions=workflow.my_steps(database, "shipment", row["state"]),
    )


def _shipment_lines(database: Database, shipment_id: int) -> list[ShipmentLine]:
    line, product, unit = tables.shipment_lines, catalog.products, org.units
    rows = database.rows(
        select(
            line.c.id,
            line.c.line_no,
            line.c.order_line_id,
            line.c.order_line_no,
            line.c.description,
            line.c.product_id,
            product.c.code,
            product.c.name_zh,
            product.c.name_en,
            product.c.specification,
            unit.c.name_zh,
            unit.c.name_en,
            unit.c.decimals,
            line.c.qty,
            line.c.picked_qty,
        )
        .join(product, product.c.id == line.c.product_id)
        .join(unit, unit.c.id == product.c.unit_id)
        .where(line.c.shipment_id == shipment_id)
        .order_by(line.c.line_no)
    )
    return [ShipmentLine(*row) for row in rows]


def delivery_note_data(database: Database, shipment_id: int, language: Language) -> DeliveryNote:
    """The delivery note ready to be drawn, without prices: before it has left, with what is to be picked.

    Raises NotVisible.
    """
    shipment = load_shipment(database, shipment_id)
    prepared_by = documents.in_language(language, shipment.created_by_zh, shipment.created_by_en)
    issue = documents.issue(database, language, prepared_by)
    left_at = shipment.shipped_at or issue.printed_at
    order = sales.orders_brief
    references = database.rows(select(order.c.customer_reference).where(order.c.id == shipment.order_id))
    return DeliveryNote(
        number=shipment.number,
        shipped_on=left_at.date() if left_at is not None else clock.today(),
        company=documents.company(database),
        customer=Party(name=shipment.customer_name),
        ship_to=shipment.ship_to,
        contact=shipment.contact,
        phone=shipment.phone,
        order_number=shipment.order_number,
        customer_order_number=references[0].customer_reference if references else "",
        warehouse=documents.in_language(language, shipment.warehouse_zh, shipment.warehouse_en),
        carrier=shipment.carrier,
        vehicle=shipment.vehicle,
        with_prices=False,
        remark=shipment.note,
        lines=tuple(_printed_lines(shipment, language)),
        issue=issue,
    )


def _printed_lines(shipment: Shipment, language: Language) -> list[DeliveryNoteLine]:
    has_left = shipment.state in ("shipped", "in_transit", "delivered")
    return [
        DeliveryNoteLine(
            product_code=line.code,
            product_name=documents.in_language(language, line.name_zh, line.name_en),
            qty=line.picked_qty if has_left else line.qty,
            unit=documents.in_language(language, line.unit_zh, line.unit_en),
            specification=line.description or line.specification,
        )
        for line in shipment.lines
        if line.picked_qty > 0 or not has_left
    ]


def delivery_note_pdf(database: Database, shipment_id: int, language: Language) -> bytes:
    """The delivery note as PDF; raises NotVisible."""
    return printing.delivery_note(delivery_note_data(database, shipment_id, language), language)


def find_shipments(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Delivery notes for Ctrl+K: id, number, and the customer with the order; the newest first."""
    view = tables.shipment_list
    hits = func.stock.search_shipments(text, MOST_FOUND).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.customer_name, view.c.order_number)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [(row.id, row.number, f"{row.customer_name}  {row.order_number}") for row in rows]


def find_balances(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Stock for Ctrl+K: id, product, and its code with warehouse and available quantity; an exact code first."""
    view = tables.balance_list
    found = select(func.stock.search_balances(text, MOST_FOUND).column_valued("found"))
    names = ("id", "code", "name_zh", "name_en", "warehouse_zh", "warehouse_en", "available")
    rows = database.rows(
        select(*(view.c[name] for name in names))
        .where(view.c.id.in_(found))
        .order_by((func.lower(view.c.code) == text.strip().lower()).desc(), view.c.code, view.c.warehouse_code)
        .limit(limit)
    )
    return [
        (
            row.id,
            _both_names(row.name_zh, row.name_en),
            f"{row.code}  {_both_names(row.warehouse_zh, row.warehouse_en)}  {row.available.normalize():,f}",
        )
        for row in rows
    ]


def _both_names(name_zh: str, name_en: str) -> str:
    return name_zh if name_en in ("", name_zh) else f"{name_zh} {name_en}"


def count_ready(database: Database) -> int:
    """How many orders have something that the person can ship now; beyond `MOST_COUNTED` nobody counts."""
    some = select(tables.to_ship_list.c.id).limit(MOST_COUNTED).subquery()
    return int(database.rows(select(func.count()).select_from(some))[0][0])


def adjust_stock(
    database: Database,
    *,
    product_id: int,
    warehouse_id: int,
    counted_qty: Decimal,
    book_qty: Decimal,
    reason: str,
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Make the books agree with a count; `book_qty` is what the counter saw in them."""
    document = {
        "product_id": product_id,
        "warehouse_id": warehouse_id,
        "counted_qty": counted_qty,
        "book_qty": book_qty,
        "reason": reason,
    }
    return database.call("stock.adjust_stock", document=document, request_id=request_id)


def create_shipment(
    database: Database, *, order_id: int, note: str = "", request_id: UUID | None = None
) -> dict[str, Any]:
    """Make a delivery note of all that is ready of an order."""
    document = {"order_id": order_id, "note": note}
    return database.call("stock.create_shipment", document=document, request_id=request_id)


def create_shipments(database: Database, *, order_ids: Sequence[int]) -> Made:
    """Make a delivery note for each order; one that is refused keeps none of the others back."""
    ids, numbers, refusals = [], [], []
    for order_id in order_ids:
        try:
            made = create_shipment(database, order_id=order_id)
        except (ConnectionLost, Cancelled):
            raise
        except KnownError as error:
            refusals.append(error)
        else:
            ids.append(made["id"])
            numbers.append(made["number"])
    return Made(tuple(ids), tuple(numbers), tuple(refusals))


def pick_shipment(
    database: Database,
    *,
    shipment_id: int,
    version: int,
    picked: Mapping[int, Decimal],
    carrier: str | None = None,
    vehicle: str | None = None,
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Record what was picked; `picked` maps ids of lines to quantities. A text that is None stays as it is."""
    lines = [{"id": line_id, "picked_qty": qty} for line_id, qty in picked.items()]
    texts = {name: text for name, text in (("carrier", carrier), ("vehicle", vehicle)) if text is not None}
    return _step(database, "pick", {"id": shipment_id, "lines": lines, **texts}, version, request_id)


def ship_shipment(
    database: Database,
    *,
    shipment_id: int,
    version: int,
    carrier: str = "",
    vehicle: str = "",
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Ship what was picked."""
    document = {"id": shipment_id, "carrier": carrier, "vehicle": vehicle}
    return _step(database, "ship", document, version, request_id)


def depart_shipment(
    database: Database, *, shipment_id: int, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Report a shipped delivery note under way."""
    return _step(database, "depart", {"id": shipment_id}, version, request_id)


def deliver_shipment(
    database: Database, *, shipment_id: int, version: int, received_by: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Report a delivery note delivered, and who signed for it."""
    return _step(database, "deliver", {"id": shipment_id, "received_by": received_by}, version, request_id)


def cancel_shipment(
    database: Database, *, shipment_id: int, version: int, reason: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Cancel a delivery note that has not left; its goods stay ready for the order."""
    return _step(database, "cancel", {"id": shipment_id, "reason": reason}, version, request_id)


def _step(
    database: Database, verb: str, document: Mapping[str, Any], version: int, request_id: UUID | None
) -> dict[str, Any]:
    return database.call(f"stock.{verb}_shipment", document=document, version=version, request_id=request_id)
