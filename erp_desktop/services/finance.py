"""Invoices, payments and the journal: what finance reads and the commands it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.schema import finance as tables
from erp_desktop.schema.catalog import products
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible


@dataclass(frozen=True)
class InvoiceLine:
    """One billed line; amounts in the invoice's currency, `unit_price` without tax."""

    line_no: int
    product_code: str
    name_zh: str
    name_en: str
    description: str
    qty: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    tax_rate: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal


@dataclass(frozen=True)
class Invoice:
    """An invoice with its lines; `number`, `issued_on` and `due_on` are None while it is a draft."""

    id: int
    number: str | None
    state: str
    version: int
    customer_id: int
    customer_name: str
    order_id: int
    currency: str
    issued_on: dt.date | None
    due_on: dt.date | None
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    allocated_amount: Decimal
    lines: tuple[InvoiceLine, ...]

    @property
    def open_amount(self) -> Decimal:
        """What the customer still owes of it."""
        return self.gross_amount - self.allocated_amount


@dataclass(frozen=True)
class OpenInvoice:
    """An issued invoice that is not settled."""

    id: int
    number: str
    issued_on: dt.date
    due_on: dt.date
    gross_amount: Decimal
    open_amount: Decimal


@dataclass(frozen=True)
class Payment:
    """Money received; `open_amount` is not yet allocated."""

    id: int
    number: str
    version: int
    customer_id: int
    customer_name: str
    received_on: dt.date
    method: str
    reference: str
    currency: str
    amount: Decimal
    open_amount: Decimal
    note: str


@dataclass(frozen=True)
class JournalLine:
    """One line of a double entry."""

    number: str
    posted_on: dt.date
    event: str
    account_code: str
    account_zh: str
    account_en: str
    debit: Decimal
    credit: Decimal


def load_invoice(database: Database, invoice_id: int) -> Invoice:
    """The invoice with its lines; raises NotVisible."""
    head = tables.invoices
    rows = database.rows(select(head).where(head.c.id == invoice_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "invoice", "id": invoice_id})
    line = tables.invoice_lines
    lines = database.rows(
        select(
            line.c.line_no,
            products.c.code,
            products.c.name_zh,
            products.c.name_en,
            line.c.description,
            line.c.qty,
            line.c.unit_price,
            line.c.discount_rate,
            line.c.tax_rate,
            line.c.net_amount,
            line.c.tax_amount,
            line.c.gross_amount,
        )
        .join(products, products.c.id == line.c.product_id)
        .where(line.c.invoice_id == invoice_id)
        .order_by(line.c.line_no)
    )
    row = rows[0]
    return Invoice(
        id=row.id,
        number=row.number,
        state=row.state,
        version=row.version,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        order_id=row.order_id,
        currency=row.currency,
        issued_on=row.issued_on,
        due_on=row.due_on,
        net_amount=row.net_amount,
        tax_amount=row.tax_amount,
        gross_amount=row.gross_amount,
        allocated_amount=row.allocated_amount,
        lines=tuple(InvoiceLine(*found) for found in lines),
    )


def load_payment(database: Database, payment_id: int) -> Payment:
    """The payment; raises NotVisible."""
    table = tables.payments
    rows = database.rows(select(table).where(table.c.id == payment_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "payment", "id": payment_id})
    row = rows[0]
    return Payment(
        id=row.id,
        number=row.number,
        version=row.version,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        received_on=row.received_on,
        method=row.method,
        reference=row.reference,
        currency=row.currency,
        amount=row.amount,
        open_amount=row.amount - row.allocated_amount,
        note=row.note,
    )


def open_invoices(database: Database, customer_id: int, limit: int = 200) -> list[OpenInvoice]:
    """Issued invoices of a customer that are not settled, the one that is due first first."""
    table = tables.invoices
    open_amount = table.c.gross_amount - table.c.allocated_amount
    rows = database.rows(
        select(table.c.id, table.c.number, table.c.issued_on, table.c.due_on, table.c.gross_amount, open_amount)
        .where(table.c.customer_id == customer_id, table.c.state == "issued")
        .order_by(table.c.due_on, table.c.id)
        .limit(limit)
    )
    return [OpenInvoice(*row) for row in rows]


def entries_of(database: Database, document_type: str, document_id: int) -> list[JournalLine]:
    """The journal lines that a document posted, oldest entry first."""
    view = tables.journal_list
    rows = database.rows(
        select(
            view.c.number,
            view.c.posted_on,
            view.c.event,
            view.c.account_code,
            view.c.account_zh,
            view.c.account_en,
            view.c.debit,
            view.c.credit,
        )
        .where(view.c.document_type == document_type, view.c.document_id == document_id)
        .order_by(view.c.number, view.c.id)
        .limit(500)
    )
    return [JournalLine(*row) for row in rows]


def propose_allocation(amount: Decimal, invoices: Sequence[OpenInvoice]) -> dict[int, Decimal]:
    """Spread an amount over invoices in their order, each up to what it has open; invoice id → amount."""
    proposal: dict[int, Decimal] = {}
    for invoice in invoices:
        part = min(amount, invoice.open_amount)
        if part <= 0:
            break
        proposal[invoice.id] = part
        amount -= part
    return proposal


def create_invoice(database: Database, *, order_id: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Draft the invoice for all that is shipped and not yet invoiced of an order."""
    return database.call("finance.create_invoice", document={"order_id": order_id}, request_id=request_id)


def issue_invoice(
    database: Database, *, invoice_id: int, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Issue a draft: number, dates, postings."""
    return database.call("finance.issue_invoice", document={"id": invoice_id}, version=version, request_id=request_id)


def discard_invoice(
    database: Database, *, invoice_id: int, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Throw a draft away."""
    return database.call("finance.discard_invoice", document={"id": invoice_id}, version=version, request_id=request_id)


def record_payment(
    database: Database,
    *,
    customer_id: int,
    received_on: dt.date,
    method: str,
    amount: Decimal,
    reference: str = "",
    note: str = "",
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Record money received; `method` is bank, cash, platform or note."""
    document = {
        "customer_id": customer_id,
        "received_on": received_on.isoformat(),
        "method": method,
        "amount": str(amount),
        "reference": reference,
        "note": note,
    }
    return database.call("finance.record_payment", document=document, request_id=request_id)


def allocate_payment(
    database: Database, *, payment_id: int, version: int, amounts: dict[int, Decimal], request_id: UUID | None = None
) -> dict[str, Any]:
    """Settle invoices with a payment; `amounts` maps invoice ids to amounts."""
    lines = [{"invoice_id": invoice_id, "amount": str(amount)} for invoice_id, amount in amounts.items()]
    document = {"id": payment_id, "lines": lines}
    return database.call("finance.allocate_payment", document=document, version=version, request_id=request_id)
