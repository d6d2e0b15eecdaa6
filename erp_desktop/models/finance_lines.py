"""The lines that the windows of finance show: billed lines, open invoices to settle, payments, journal lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from erp_desktop.models import columns as wording
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken
from erp_desktop.models.line_grid_model import LineColumn
from erp_desktop.services.finance import Allocation, InvoiceLine, JournalLine, OpenInvoice

ALLOCATED: Final = NumberRule(2, Decimal(0))
"""An allocation has two decimals and is never negative; zero settles nothing."""


def invoice_columns() -> tuple[LineColumn, ...]:
    """The columns of an invoice's lines."""
    return (
        LineColumn("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 95, editable=False),
        LineColumn("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 165, editable=False),
        LineColumn("qty", QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty", 80, editable=False),
        LineColumn("unit", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 60, editable=False),
        LineColumn("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 85, editable=False),
        LineColumn("discount_rate", QT_TRANSLATE_NOOP("Columns", "Discount"), "percent", 80, editable=False),
        LineColumn("tax_rate", QT_TRANSLATE_NOOP("Columns", "Tax rate"), "percent", 75, editable=False),
        LineColumn("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 125, editable=False),
        LineColumn("net_amount", QT_TRANSLATE_NOOP("Columns", "Net amount"), "money", 105, editable=False),
        LineColumn("tax_amount", QT_TRANSLATE_NOOP("Columns", "Tax"), "money", 95, editable=False),
    )


def invoice_line(line: InvoiceLine) -> dict[str, Any]:
    """A billed line in the language in use."""
    name = spoken(line.name_zh, line.name_en)
    return {
        "code": line.product_code,
        "name": f"{name} {line.description or line.specification}".rstrip(),
        "qty": line.qty,
        "unit": spoken(line.unit_zh, line.unit_en),
        "unit_price": line.unit_price,
        "discount_rate": line.discount_rate,
        "net_amount": line.net_amount,
        "tax_rate": line.tax_rate,
        "tax_amount": line.tax_amount,
        "gross_amount": line.gross_amount,
    }


def journal_columns() -> tuple[LineColumn, ...]:
    """The columns of the journal lines that a document posted."""
    return (
        LineColumn("number", QT_TRANSLATE_NOOP("Columns", "Entry"), "code", 122, editable=False),
        LineColumn("posted_on", QT_TRANSLATE_NOOP("Columns", "Posted"), "date", 95, editable=False),
        LineColumn("event", QT_TRANSLATE_NOOP("Columns", "Event"), "text", 130, editable=False),
        LineColumn("account_code", QT_TRANSLATE_NOOP("Columns", "Account"), "code", 75, editable=False),
        LineColumn("account", QT_TRANSLATE_NOOP("Columns", "Account name"), "text", 160, editable=False),
        LineColumn("debit", QT_TRANSLATE_NOOP("Columns", "Debit"), "money", 98, editable=False),
        LineColumn("credit", QT_TRANSLATE_NOOP("Columns", "Credit"), "money", 98, editable=False),
    )


def journal_line(line: JournalLine) -> dict[str, Any]:
    """A journal line in the language in use."""
    return {
        "number": line.number,
        "posted_on": line.posted_on,
        "event": wording.word(line.event, "journal_event"),
        "account_code": line.account_code,
        "account": spoken(line.account_zh, line.account_en),
        "debit": line.debit,
        "credit": line.credit,
    }


def payment_columns() -> tuple[LineColumn, ...]:
    """The columns of the payments that settled an invoice."""
    return (
        LineColumn("number", QT_TRANSLATE_NOOP("Columns", "Payment"), "code", 150, editable=False),
        LineColumn("received_on", QT_TRANSLATE_NOOP("Columns", "Received"), "date", 110, editable=False),
        LineColumn("amount", QT_TRANSLATE_NOOP("Columns", "Allocated"), "money", 130, editable=False),
        LineColumn("method", QT_TRANSLATE_NOOP("Columns", "Method"), "text", 130, editable=False),
        LineColumn("reference", QT_TRANSLATE_NOOP("Columns", "Bank reference"), "code", 160, editable=False),
    )


def payment_line(line: Allocation) -> dict[str, Any]:
    """What a payment settled of an invoice."""
    return {
        "number": line.payment_number,
        "received_on": line.received_on,
        "method": wording.word(line.method, "payment_method"),
        "reference": line.reference,
        "amount": line.amount,
    }


def settled_columns() -> tuple[LineColumn, ...]:
    """The columns of the invoices that a payment settled."""
    return (
        LineColumn("number", QT_TRANSLATE_NOOP("Columns", "Invoice"), "code", 160, editable=False),
        LineColumn("due_on", QT_TRANSLATE_NOOP("Columns", "Due"), "date", 110, editable=False),
        LineColumn("state", QT_TRANSLATE_NOOP("Columns", "State"), "text", 110, editable=False),
        LineColumn("amount", QT_TRANSLATE_NOOP("Columns", "Allocated"), "money", 130, editable=False),
        LineColumn("allocated_at", QT_TRANSLATE_NOOP("Columns", "Allocated at"), "datetime", 150, editable=False),
    )


def settled_line(line: Allocation) -> dict[str, Any]:
    """What a payment settled of an invoice, seen from the payment."""
    return {
        "number": line.invoice_number,
        "due_on": line.due_on,
        "state": wording.word(line.invoice_state),
        "allocated_at": line.allocated_at,
        "amount": line.amount,
    }


def open_columns() -> tuple[LineColumn, ...]:
    """The columns of the open invoices; `amount` is typed: what the payment settles of each."""
    return (
        LineColumn("number", QT_TRANSLATE_NOOP("Columns", "Invoice"), "code", 160, editable=False),
        LineColumn("issued_on", QT_TRANSLATE_NOOP("Columns", "Issued"), "date", 110, editable=False),
        LineColumn("due_on", QT_TRANSLATE_NOOP("Columns", "Due"), "date", 110, editable=False),
        LineColumn("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 130, editable=False),
        LineColumn("open_amount", QT_TRANSLATE_NOOP("Columns", "Unpaid"), "money", 120, editable=False),
        LineColumn("amount", QT_TRANSLATE_NOOP("Columns", "Allocate"), "money", 130, rule=ALLOCATED),
        LineColumn("order_number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 150, editable=False),
    )


def open_line(invoice: OpenInvoice, amount: Decimal | None) -> dict[str, Any]:
    """An open invoice with the amount proposed for it."""
    return {
        "invoice_id": invoice.id,
        "number": invoice.number,
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "gross_amount": invoice.gross_amount,
        "open_amount": invoice.open_amount,
        "amount": amount,
        "order_number": invoice.order_number,
    }
