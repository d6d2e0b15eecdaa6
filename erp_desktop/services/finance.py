"""Invoices, payments and the journal: what finance reads and the commands it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, or_, select

from erp_desktop.schema import catalog, crm, org, sales
from erp_desktop.schema import finance as tables
from erp_desktop.services import clock, documents, printing, workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import Cancelled, ConnectionLost, KnownError, NotVisible
from erp_desktop.services.printing import data as printed
from erp_desktop.services.printing.data import Language
from erp_desktop.services.workflow import TimelineEntry

METHODS: Final = ("bank", "cash", "platform", "note")
MOST_FOUND: Final = 1000
MOST_COUNTED: Final = 100
BINDING: Final = ("issued", "paid")
"""States of invoices that the customer owes or has paid."""
CUSTOMER_VIEWS: Final = ("erp_customer_view_own", "erp_customer_view_branch", "erp_customer_view_all")
_STATEMENT_WORDS: Final = {"invoice": ("发票", "Invoice"), "payment": ("收款", "Payment")}


@dataclass(frozen=True)
class InvoiceLine:
    """One billed line; amounts in the invoice's currency, `unit_price` without tax."""

    line_no: int
    product_code: str
    name_zh: str
    name_en: str
    specification: str
    description: str
    unit_zh: str
    unit_en: str
    qty: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    tax_rate: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal


@dataclass(frozen=True)
class JournalLine:
    """One line of a double entry; the side without an amount is None."""

    number: str
    posted_on: dt.date
    event: str
    account_code: str
    account_zh: str
    account_en: str
    debit: Decimal | None
    credit: Decimal | None


@dataclass(frozen=True)
class Allocation:
    """How much of a payment settles which invoice."""

    payment_id: int
    payment_number: str
    received_on: dt.date
    method: str
    reference: str
    invoice_id: int
    invoice_number: str
    invoice_state: str
    due_on: dt.date
    amount: Decimal
    allocated_at: dt.datetime


@dataclass(frozen=True)
class Invoice:
    """An invoice with all that its window shows; `number`, `issued_on` and `due_on` are None while it is a draft."""

    id: int
    number: str | None
    state: str
    version: int
    customer_id: int
    customer_name: str
    order_id: int
    order_number: str
    order_state: str
    branch_zh: str
    branch_en: str
    created_by_zh: str
    created_by_en: str
    currency: str
    issued_on: dt.date | None
    due_on: dt.date | None
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    allocated_amount: Decimal
    days_late: int
    lines: tuple[InvoiceLine, ...]
    entries: tuple[JournalLine, ...]
    allocations: tuple[Allocation, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: frozenset[str]

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
    order_number: str


@dataclass(frozen=True)
class Payment:
    """Money received, with all that its window shows; `open_amount` is not yet allocated."""

    id: int
    number: str
    version: int
    customer_id: int
    customer_code: str
    customer_name: str
    customer_name_en: str
    received_on: dt.date
    method: str
    reference: str
    currency: str
    amount: Decimal
    open_amount: Decimal
    note: str
    open_invoices: tuple[OpenInvoice, ...]
    entries: tuple[JournalLine, ...]
    allocations: tuple[Allocation, ...]
    timeline: tuple[TimelineEntry, ...]


@dataclass(frozen=True)
class Batch:
    """What came of a step for several documents: the results of the command, and why others were refused."""

    done: tuple[dict[str, Any], ...]
    refusals: tuple[KnownError, ...]


def load_invoice(database: Database, invoice_id: int) -> Invoice:
    """The invoice with its lines, postings, payments and timeline; raises NotVisible."""
    view = tables.invoice_list
    names = (
        *("id", "number", "state", "version", "customer_id", "customer_name", "order_id", "order_number"),
        "order_state",
        *("branch_zh", "branch_en", "created_by_zh", "created_by_en", "currency", "issued_on", "due_on"),
        *("net_amount", "tax_amount", "gross_amount", "allocated_amount", "days_late"),
    )
    rows = database.rows(select(*(view.c[name] for name in names)).where(view.c.id == invoice_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "invoice", "id": invoice_id})
    row = rows[0]
    steps = workflow.my_steps(database, "invoice", row.state)
    return Invoice(
        **row._mapping,
        lines=tuple(_invoice_lines(database, invoice_id)),
        entries=tuple(entries_of(database, "invoice", invoice_id)),
        allocations=tuple(_allocations(database, tables.allocation_list.c.invoice_id == invoice_id)),
        timeline=tuple(workflow.timeline(database, "invoice", invoice_id)),
        # Who may issue a draft may throw it away; that ends its life, so it is no transition.
        actions=steps | {"discard"} if "issue" in steps else steps,
    )


def _invoice_lines(database: Database, invoice_id: int) -> list[InvoiceLine]:
    line, product, unit = tables.invoice_lines, catalog.products, org.units
    rows = database.rows(
        select(
            line.c.line_no,
            product.c.code,
            product.c.name_zh,
            product.c.name_en,
            product.c.specification,
            line.c.description,
            unit.c.name_zh,
            unit.c.name_en,
            line.c.qty,
            line.c.unit_price,
            line.c.discount_rate,
            line.c.tax_rate,
            line.c.net_amount,
            line.c.tax_amount,
            line.c.gross_amount,
        )
        .join(product, product.c.id == line.c.product_id)
        .join(unit, unit.c.id == product.c.unit_id)
        .where(line.c.invoice_id == invoice_id)
        .order_by(line.c.line_no)
    )
    return [InvoiceLine(*row) for row in rows]


def load_payment(database: Database, payment_id: int) -> Payment:
    """The payment with what it can still settle, what it settled, postings and timeline; raises NotVisible."""
    table = tables.payments
    rows = database.rows(select(table).where(table.c.id == payment_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "payment", "id": payment_id})
    row = rows[0]
    names = crm.customers
    may_see = or_(*(func.auth.has_role(role) for role in CUSTOMER_VIEWS))
    sees = database.rows(select(may_see.label("sees")))[0].sees
    seen = select(names.c.code, names.c.name_en).where(names.c.id == row.customer_id)
    customer = next(iter(database.rows(seen) if sees else ()), None)
    open_amount = row.amount - row.allocated_amount
    return Payment(
        id=row.id,
        number=row.number,
        version=row.version,
        customer_id=row.customer_id,
        customer_code=customer.code if customer else "",
        customer_name=row.customer_name,
        customer_name_en=customer.name_en if customer else "",
        received_on=row.received_on,
        method=row.method,
        reference=row.reference,
        currency=row.currency,
        amount=row.amount,
        open_amount=open_amount,
        note=row.note,
        open_invoices=tuple(open_invoices(database, row.customer_id)) if open_amount else (),
        entries=tuple(entries_of(database, "payment", payment_id)),
        allocations=tuple(_allocations(database, tables.allocation_list.c.payment_id == payment_id)),
        timeline=tuple(workflow.timeline(database, "payment", payment_id)),
    )


def _allocations(database: Database, which: Any) -> list[Allocation]:
    view = tables.allocation_list
    columns = [view.c[name] for name in Allocation.__dataclass_fields__]
    return [Allocation(*row) for row in database.rows(select(*columns).where(which).order_by(view.c.id).limit(500))]


def open_invoices(database: Database, customer_id: int, limit: int = 200) -> list[OpenInvoice]:
    """Issued invoices of a customer that are not settled, the one that is due first first."""
    view = tables.invoice_list
    rows = database.rows(
        select(*(view.c[name] for name in OpenInvoice.__dataclass_fields__))
        .where(view.c.customer_id == customer_id, view.c.state == "issued")
        .order_by(view.c.due_on, view.c.id)
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


def count_to_invoice(database: Database) -> int:
    """How many orders have goods shipped and not yet invoiced; beyond `MOST_COUNTED` nobody counts."""
    some = select(tables.to_invoice_list.c.id).limit(MOST_COUNTED).subquery()
    return int(database.rows(select(func.count()).select_from(some))[0][0])


def find_invoices(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Invoices for Ctrl+K: id, number (empty for a draft), customer and order; the newest first."""
    view = tables.invoice_list
    hits = func.finance.search_invoices(text, MOST_FOUND).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.customer_name, view.c.order_number)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [(row.id, row.number or "–", f"{row.customer_name} · {row.order_number}") for row in rows]


def find_payments(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Payments for Ctrl+K: id, number, customer and amount; the newest first."""
    view = tables.payment_list
    hits = func.finance.search_payments(text, MOST_FOUND).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.customer_name, view.c.amount)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [(row.id, row.number, f"{row.customer_name} · {row.amount:,.2f}") for row in rows]


def create_invoices(database: Database, *, order_ids: Sequence[int]) -> Batch:
    """Draft an invoice for each order; one that is refused keeps none of the others back."""
    return _each([partial(create_invoice, database, order_id=order_id) for order_id in order_ids])


def issue_invoices(database: Database, *, versions: dict[int, int]) -> Batch:
    """Issue drafts, each at the version that was seen; `versions` maps ids to them, numbers are given in its order."""
    return _each(
        [
            partial(issue_invoice, database, invoice_id=invoice_id, version=version)
            for invoice_id, version in versions.items()
        ]
    )


def _each(commands: Sequence[Callable[[], dict[str, Any]]]) -> Batch:
    done, refusals = [], []
    for command in commands:
        try:
            done.append(command())
        except (ConnectionLost, Cancelled):
            raise
        except KnownError as error:
            refusals.append(error)
    return Batch(tuple(done), tuple(refusals))


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


def invoice_pdf(database: Database, invoice_id: int, language: Language) -> bytes:
    """The invoice as PDF; raises NotVisible. A draft prints without a number, dated today."""
    return printing.invoice(_printed_invoice(database, invoice_id, language), language)


def _printed_invoice(database: Database, invoice_id: int, language: Language) -> printed.Invoice:
    invoice = load_invoice(database, invoice_id)
    prepared_by = documents.in_language(language, invoice.created_by_zh, invoice.created_by_en)
    issue = documents.issue(database, language, prepared_by)
    order = sales.orders
    references = database.rows(select(order.c.customer_reference).where(order.c.id == invoice.order_id))
    today = issue.printed_at.date() if issue.printed_at is not None else clock.today()
    return printed.Invoice(
        number=invoice.number or "",
        invoiced_on=invoice.issued_on or today,
        due_on=invoice.due_on,
        company=documents.company(database),
        customer=_party(database, invoice.customer_id, invoice.customer_name),
        order_number=invoice.order_number,
        customer_order_number=references[0].customer_reference if references else "",
        currency=invoice.currency,
        paid=invoice.allocated_amount or None,
        qr_text=invoice.number or "",
        lines=tuple(
            printed.InvoiceLine(
                product_code=line.product_code,
                product_name=documents.in_language(language, line.name_zh, line.name_en),
                specification=line.description or line.specification,
                qty=line.qty,
                unit=documents.in_language(language, line.unit_zh, line.unit_en),
                unit_price=line.unit_price * (1 - line.discount_rate),
                net=line.net_amount,
                tax=line.tax_amount,
                gross=line.gross_amount,
                tax_rate=line.tax_rate,
            )
            for line in invoice.lines
        ),
        issue=issue,
    )


def _party(database: Database, customer_id: int, name: str) -> printed.Party:
    """The customer as documents name it: its present master data under the name that the document keeps."""
    table = crm.customers
    rows = database.rows(select(table).where(table.c.id == customer_id))
    if not rows:
        return printed.Party(name=name)
    row = rows[0]
    return printed.Party(
        name=name,
        code=row.code,
        address=f"{row.province}{row.city}{row.district}{row.address}",
        contact=row.contact,
        phone=row.phone,
        tax_number=row.tax_number,
    )


def statement_pdf(
    database: Database, *, customer_id: int, from_on: dt.date, to_on: dt.date, language: Language
) -> bytes:
    """A customer's account over a period as PDF: invoices raise it, money received lowers it. Raises NotVisible."""
    table = crm.customers
    rows = database.rows(select(table.c.code, table.c.name, table.c.currency).where(table.c.id == customer_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "customer", "id": customer_id})
    code, name, currency = rows[0]
    data = printed.Statement(
        number=f"{code}-{to_on:%y%m%d}",
        from_on=from_on,
        to_on=to_on,
        company=documents.company(database),
        customer=_party(database, customer_id, name),
        currency=currency,
        opening=_balance_before(database, customer_id, from_on),
        lines=tuple(_statement_lines(database, customer_id, from_on, to_on, language)),
        issue=documents.issue(database, language),
    )
    return printing.statement(data, language)


def _balance_before(database: Database, customer_id: int, day: dt.date) -> Decimal:
    invoice, payment = tables.invoices, tables.payments
    billed = select(func.coalesce(func.sum(invoice.c.gross_amount), 0)).where(
        invoice.c.customer_id == customer_id, invoice.c.state.in_(BINDING), invoice.c.issued_on < day
    )
    received = select(func.coalesce(func.sum(payment.c.amount), 0)).where(
        payment.c.customer_id == customer_id, payment.c.received_on < day
    )
    return Decimal(database.rows(select(billed.scalar_subquery() - received.scalar_subquery()))[0][0])


def _statement_lines(
    database: Database, customer_id: int, from_on: dt.date, to_on: dt.date, language: Language
) -> list[printed.StatementLine]:
    invoice, payment = tables.invoices, tables.payments
    invoices = database.rows(
        select(invoice.c.issued_on, invoice.c.number, invoice.c.gross_amount).where(
            invoice.c.customer_id == customer_id,
            invoice.c.state.in_(BINDING),
            invoice.c.issued_on.between(from_on, to_on),
        )
    )
    payments = database.rows(
        select(payment.c.received_on, payment.c.number, payment.c.amount, payment.c.reference).where(
            payment.c.customer_id == customer_id, payment.c.received_on.between(from_on, to_on)
        )
    )
    names = {kind: documents.in_language(language, *words) for kind, words in _STATEMENT_WORDS.items()}
    lines = [
        printed.StatementLine(booked_on=on, document=names["invoice"], number=number, charge=gross)
        for on, number, gross in invoices
    ]
    lines += [
        printed.StatementLine(booked_on=on, document=names["payment"], number=number, credit=amount, remark=note)
        for on, number, amount, note in payments
    ]
    return sorted(lines, key=lambda line: (line.booked_on, line.number))
