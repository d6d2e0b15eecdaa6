"""Purchase requests and purchase orders: what buyers read and the commands that they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Select, Table, func, select

from erp_desktop.schema import org
from erp_desktop.schema import purchasing as tables
from erp_desktop.services import documents, printing, work, workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ConnectionLost, KnownError, NotVisible
from erp_desktop.services.printing import data as printed
from erp_desktop.services.printing.data import Language
from erp_desktop.services.sales import Outcome
from erp_desktop.services.workflow import TimelineEntry

MOST_FOUND = 200


@dataclass(frozen=True)
class OrderLine:
    """A line of a purchase order; `requested_qty` is what its requests need at least."""

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
    requested_qty: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal


@dataclass(frozen=True)
class Request:
    """What a purchase order covers: the need, and the customer order or work order that waits for it."""

    id: int
    number: str
    state: str
    code: str
    qty: Decimal
    needed_on: dt.date
    order_number: str | None
    customer_name: str | None
    work_order_number: str | None


@dataclass(frozen=True)
class Supplier:
    """Who delivers; empty but for the names where the person may not see suppliers."""

    code: str
    name_zh: str
    name_en: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    payment_days: int | None = None


@dataclass(frozen=True)
class PurchaseOrder:
    """A purchase order with what its window shows; `actions` are the steps that state and rights allow."""

    id: int
    number: str
    state: str
    version: int
    warehouse_zh: str
    warehouse_en: str
    currency: str
    ordered_on: dt.date
    expected_on: dt.date
    note: str
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    sent_at: dt.datetime | None
    buyer_zh: str
    buyer_en: str
    supplier: Supplier
    warehouse_address: str
    lines: tuple[OrderLine, ...]
    requests: tuple[Request, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: frozenset[str]


@dataclass(frozen=True)
class Source:
    """A supplier as somebody who may deliver a product; price, least quantity and days are None without an offer."""

    supplier_id: int
    code: str
    name_zh: str
    name_en: str
    currency: str
    is_active: bool
    unit_price: Decimal | None
    min_qty: Decimal | None
    lead_days: int | None
    is_preferred: bool


@dataclass(frozen=True)
class Sourcing:
    """A product that is bought, and from whom by default so far."""

    product_id: int
    code: str
    name_zh: str
    name_en: str
    unit_zh: str
    unit_en: str
    preferred: Source | None


@dataclass(frozen=True)
class LineChange:
    """What is changed of a line of a draft."""

    id: int
    qty: Decimal
    unit_price: Decimal


def load_order(database: Database, order_id: int) -> PurchaseOrder:
    """The purchase order with lines, requests and timeline; raises NotVisible."""
    view = tables.order_list
    head = {name: view.c[name] for name in PurchaseOrder.__dataclass_fields__ if name in view.c}
    rows = database.rows(
        select(
            view.c.supplier_id, view.c.supplier_code, view.c.supplier_zh, view.c.supplier_en, org.warehouses.c.address
        )
        .add_columns(*head.values())
        .join(org.warehouses, org.warehouses.c.id == view.c.warehouse_id)
        .where(view.c.id == order_id)
    )
    if not rows:
        raise NotVisible("UN001", {"document_type": "purchase_order", "id": order_id})
    supplier_id, code, name_zh, name_en, address, *values = rows[0]
    plain: dict[str, Any] = dict(zip(head, values, strict=True))
    return PurchaseOrder(
        **plain,
        supplier=_supplier(database, supplier_id, Supplier(code, name_zh, name_en)),
        warehouse_address=address,
        lines=tuple(_lines(database, order_id)),
        requests=tuple(_requests(database, order_id)),
        timeline=tuple(workflow.timeline(database, "purchase_order", order_id)),
        actions=workflow.my_steps(database, "purchase_order", plain["state"]),
    )


def _supplier(database: Database, supplier_id: int, known: Supplier) -> Supplier:
    """The supplier with her terms, for those who may see suppliers."""
    view = tables.supplier_list
    may_see = database.rows(select(func.auth.has_role("erp_supplier_view").label("may_see")))[0].may_see
    if not may_see:
        return known
    rows = database.rows(
        select(view.c.contact, view.c.phone, view.c.email, view.c.address, view.c.payment_days).where(
            view.c.id == supplier_id
        )
    )
    return Supplier(known.code, known.name_zh, known.name_en, *rows[0]) if rows else known


def _lines(database: Database, order_id: int) -> list[OrderLine]:
    view = tables.order_line_list
    wanted = [view.c[name] for name in OrderLine.__dataclass_fields__]
    rows = database.rows(select(*wanted).where(view.c.order_id == order_id).order_by(view.c.line_no))
    return [OrderLine(*row) for row in rows]


def _requests(database: Database, order_id: int) -> list[Request]:
    view = tables.request_list
    wanted = [view.c[name] for name in Request.__dataclass_fields__]
    rows = database.rows(
        select(*wanted).where(view.c.purchase_order_id == order_id).order_by(view.c.needed_on, view.c.id)
    )
    return [Request(*row) for row in rows]


def count_open_requests(database: Database) -> int:
    """How many requests nobody has ordered yet."""
    request = tables.requests
    rows = database.rows(select(func.count()).select_from(request).where(request.c.state == "open"))
    return int(rows[0][0])


def find_orders(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Purchase orders for Ctrl+K: id, number, and the supplier with the expected day; the newest first."""
    view = tables.order_list
    hits = func.purchasing.search_orders(text, MOST_FOUND).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.supplier_zh, view.c.supplier_en, view.c.expected_on)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [(row.id, row.number, f"{row.supplier_zh} {row.supplier_en}  {row.expected_on.isoformat()}") for row in rows]


def load_sourcing(database: Database, request_id: int) -> Sourcing:
    """From whom the product of a request is bought; raises NotVisible."""
    view = tables.request_list
    rows = database.rows(
        select(view.c.product_id, view.c.code, view.c.name_zh, view.c.name_en, view.c.unit_zh, view.c.unit_en).where(
            view.c.id == request_id
        )
    )
    if not rows:
        raise NotVisible("UN001", {"document_type": "purchase_request", "id": request_id})
    offer = tables.supplier_products
    preferred = database.rows(_sources(rows[0].product_id).where(offer.c.is_preferred))
    product: dict[str, Any] = dict(rows[0]._mapping)
    return Sourcing(**product, preferred=Source(*preferred[0]) if preferred else None)


def search_sources(database: Database, text: str, product_id: int, limit: int) -> list[Source]:
    """The active suppliers that `text` (code, names, pinyin, initials) means, those with an offer of the product first.

    Without a text all of them.
    """
    supplier, offer = tables.suppliers, tables.supplier_products
    typed = text.strip().casefold()
    statement = _sources(product_id).where(supplier.c.is_active)
    if typed:
        found = select(func.purchasing.search_suppliers(text, MOST_FOUND).column_valued("found"))
        statement = statement.where(supplier.c.id.in_(found)).order_by((func.lower(supplier.c.code) == typed).desc())
    statement = statement.order_by(offer.c.is_preferred.desc().nulls_last(), offer.c.unit_price, supplier.c.code)
    return [Source(*row) for row in database.rows(statement.limit(limit))]


def _sources(product_id: int) -> Select[Any]:
    supplier, offer = tables.suppliers, tables.supplier_products
    of_product = (offer.c.supplier_id == supplier.c.id) & (offer.c.product_id == product_id)
    return select(
        supplier.c.id,
        supplier.c.code,
        supplier.c.name,
        func.coalesce(func.nullif(supplier.c.name_en, ""), supplier.c.name),
        supplier.c.currency,
        supplier.c.is_active,
        offer.c.unit_price,
        offer.c.min_qty,
        offer.c.lead_days,
        func.coalesce(offer.c.is_preferred, False),
    ).select_from(supplier.outerjoin(offer, of_product))


def set_preferred_supplier(
    database: Database, *, product_id: int, supplier_id: int, unit_price: Decimal, request_id: UUID | None = None
) -> dict[str, Any]:
    """Buy a product from this supplier from now on, at this price without tax."""
    document = {"product_id": product_id, "supplier_id": supplier_id, "unit_price": unit_price}
    return database.call("purchasing.set_preferred_supplier", document=document, request_id=request_id)


def cancel_request(
    database: Database, *, purchase_request_id: int, version: int, reason: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Cancel an open purchase request that nobody needs any more."""
    document = {"id": purchase_request_id, "reason": reason}
    return database.call("purchasing.cancel_request", document=document, version=version, request_id=request_id)


def cancel_requests(database: Database, *, ids: Sequence[int], reason: str, request_id: UUID) -> Outcome:
    """Cancel several requests; a refusal does not stop the rest, a repetition cancels nothing twice."""

    def cancel(row_id: int, version: int, own_id: UUID) -> None:
        cancel_request(database, purchase_request_id=row_id, version=version, reason=reason, request_id=own_id)

    return _one_by_one(database, tables.requests, ids, request_id, cancel)


def create_orders(database: Database, *, request_ids: Sequence[int], request_id: UUID | None = None) -> dict[str, Any]:
    """Make draft purchase orders of open requests: one for each preferred supplier and warehouse."""
    return database.call("purchasing.create_orders", document={"request_ids": list(request_ids)}, request_id=request_id)


def save_order(
    database: Database,
    *,
    order_id: int,
    version: int,
    expected_on: dt.date | None,
    note: str,
    lines: Sequence[LineChange],
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Change a draft: the expected day, the note, quantities and prices of its lines."""
    document = {
        "id": order_id,
        "expected_on": expected_on,
        "note": note,
        "lines": [{"id": line.id, "qty": line.qty, "unit_price": line.unit_price} for line in lines],
    }
    return database.call("purchasing.save_order", document=document, version=version, request_id=request_id)


def send_order(database: Database, *, order_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Mark a draft as sent to its supplier; from now on its goods are incoming."""
    return database.call("purchasing.send_order", document={"id": order_id}, version=version, request_id=request_id)


def send_orders(database: Database, *, ids: Sequence[int], request_id: UUID) -> Outcome:
    """Mark several drafts as sent; a refusal does not stop the rest, a repetition sends nothing twice."""

    def send(order_id: int, version: int, own_id: UUID) -> None:
        send_order(database, order_id=order_id, version=version, request_id=own_id)

    return _one_by_one(database, tables.orders, ids, request_id, send)


def _one_by_one(
    database: Database, table: Table, ids: Sequence[int], request_id: UUID, command: Callable[[int, int, UUID], None]
) -> Outcome:
    """Give a command on each; every one has its own request id, so that the whole may be repeated after a lost line."""
    rows = database.rows(
        select(table.c.id, table.c.number, table.c.version).where(table.c.id.in_(list(ids))).order_by(table.c.id)
    )
    done, refused = [], []
    for place, row in enumerate(rows):
        work.present().report(place, len(rows))
        try:
            command(row.id, row.version, uuid5(request_id, str(row.id)))
            done.append(row.number)
        except ConnectionLost:
            raise
        except KnownError as error:
            refused.append((row.number, error))
    return Outcome(tuple(done), tuple(refused))


def reschedule_order(
    database: Database,
    *,
    order_id: int,
    version: int,
    expected_on: dt.date,
    reason: str,
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Expect what is still to come of a sent order on another day."""
    document = {"id": order_id, "expected_on": expected_on, "reason": reason}
    return database.call("purchasing.reschedule_order", document=document, version=version, request_id=request_id)


def cancel_order(
    database: Database, *, order_id: int, version: int, reason: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Cancel a purchase order of which nothing has come; its requests are open again."""
    document = {"id": order_id, "reason": reason}
    return database.call("purchasing.cancel_order", document=document, version=version, request_id=request_id)


def purchase_order_data(database: Database, order_id: int, language: Language) -> printed.PurchaseOrder:
    """The purchase order ready to be drawn; raises NotVisible."""
    order = load_order(database, order_id)
    company = documents.company(database)

    def say(text_zh: str, text_en: str) -> str:
        return documents.in_language(language, text_zh, text_en)

    days = order.supplier.payment_days
    terms = "" if days is None else say(f"月结 {days} 天", f"{days} days net")
    warehouse = say(order.warehouse_zh, order.warehouse_en)
    return printed.PurchaseOrder(
        number=order.number,
        ordered_on=order.ordered_on,
        company=company,
        supplier=printed.Party(
            name=say(order.supplier.name_zh, order.supplier.name_en),
            code=order.supplier.code,
            address=order.supplier.address,
            contact=order.supplier.contact,
            phone=order.supplier.phone,
        ),
        lines=tuple(_printed_line(line, order.expected_on, language) for line in order.lines),
        deliver_to=f"{warehouse}  {order.warehouse_address}".rstrip(),
        phone=company.phone,
        due_on=order.expected_on,
        payment_terms=terms,
        currency=order.currency,
        remark=order.note,
        issue=documents.issue(database, language, say(order.buyer_zh, order.buyer_en)),
    )


def _printed_line(line: OrderLine, due_on: dt.date, language: Language) -> printed.PurchaseOrderLine:
    return printed.PurchaseOrderLine(
        product_code=line.code,
        product_name=documents.in_language(language, line.name_zh, line.name_en),
        specification=line.specification,
        qty=line.qty,
        unit=documents.in_language(language, line.unit_zh, line.unit_en),
        unit_price=line.unit_price,
        amount=line.gross_amount,
        tax_rate=line.tax_rate,
        due_on=due_on,
    )


def purchase_order_pdf(database: Database, order_id: int, language: Language) -> bytes:
    """The purchase order as PDF; raises NotVisible."""
    return printing.purchase_order(purchase_order_data(database, order_id, language), language)
