"""The lists of finance: orders to invoice, invoices, payments, journal lines."""

from __future__ import annotations

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.finance import METHODS
from erp_desktop.services.listing import Column, ListSpec, Sort

INVOICE_STATES = ("draft", "issued", "paid")
EVENTS = (
    *("invoice", "payment", "cash_payment", "allocation", "shipment", "receipt", "consumption", "production"),
    *("adjustment", "opening"),
)
"""The events that post entries."""

TO_INVOICE = ListSpec(
    name="finance.to_invoice",
    source="finance.to_invoice_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 140),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 240),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Columns", "State"),
            "state",
            120,
            options=("confirmed", "in_production", "ready", "shipped", "in_transit", "delivered"),
        ),
        Column("open_amount", QT_TRANSLATE_NOOP("Columns", "To invoice"), "money", 130),
        Column("gross_amount", QT_TRANSLATE_NOOP("Columns", "Order amount"), "money", 130),
        Column("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 80, hidden_by_default=True),
        Column("promised_on", QT_TRANSLATE_NOOP("Columns", "Promised"), "date", 110),
        Column("branch_zh", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 130),
        Column("branch_en", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 130),
    ),
    default_sort=(Sort("id"),),
    sums=("open_amount",),
    kinds=("order", "invoice", "shipment"),
    extra_keys=("customer_id",),
)

INVOICES = ListSpec(
    name="finance.invoices",
    source="finance.invoice_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 140),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 90, options=INVOICE_STATES),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 190),
        Column("order_number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 125, sortable=False),
        Column("issued_on", QT_TRANSLATE_NOOP("Columns", "Issued"), "date", 95),
        Column("due_on", QT_TRANSLATE_NOOP("Columns", "Due"), "date", 95),
        Column("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 125),
        Column("open_amount", QT_TRANSLATE_NOOP("Columns", "Unpaid"), "money", 110, sortable=False),
        Column("days_late", QT_TRANSLATE_NOOP("Columns", "Days overdue"), "int", 110, sortable=False),
        Column("allocated_amount", QT_TRANSLATE_NOOP("Columns", "Paid"), "money", 110, sortable=False),
        Column("net_amount", QT_TRANSLATE_NOOP("Columns", "Net amount"), "money", 120, False, hidden_by_default=True),
        Column("tax_amount", QT_TRANSLATE_NOOP("Columns", "Tax"), "money", 110, False, hidden_by_default=True),
        Column("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 80, False, hidden_by_default=True),
        Column("branch_zh", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, False),
        Column("branch_en", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, False),
        Column("created_by_zh", QT_TRANSLATE_NOOP("Columns", "Made by"), "text", 110, False, hidden_by_default=True),
        Column("created_by_en", QT_TRANSLATE_NOOP("Columns", "Made by"), "text", 110, False, hidden_by_default=True),
        Column("created_at", QT_TRANSLATE_NOOP("Columns", "Made at"), "datetime", 140, False, hidden_by_default=True),
    ),
    default_sort=(Sort("id", True),),
    search_function="finance.search_invoices",
    sums=("gross_amount", "open_amount"),
    kinds=("invoice",),
    extra_keys=("customer_id", "version"),
)

PAYMENTS = ListSpec(
    name="finance.payments",
    source="finance.payment_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 150),
        Column("received_on", QT_TRANSLATE_NOOP("Columns", "Received on"), "date", 110),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 240),
        Column(
            "method",
            QT_TRANSLATE_NOOP("Columns", "Method"),
            "state",
            130,
            sortable=False,
            options=METHODS,
            words="payment_method",
        ),
        Column("reference", QT_TRANSLATE_NOOP("Columns", "Bank reference"), "code", 150, sortable=False),
        Column("amount", QT_TRANSLATE_NOOP("Columns", "Amount"), "money", 130),
        Column("allocated_amount", QT_TRANSLATE_NOOP("Columns", "Allocated"), "money", 120, sortable=False),
        Column("open_amount", QT_TRANSLATE_NOOP("Columns", "Not allocated"), "money", 120, sortable=False),
        Column("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 80, False, hidden_by_default=True),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 180, sortable=False),
        Column(
            "recorded_by_zh", QT_TRANSLATE_NOOP("Columns", "Recorded by"), "text", 110, False, hidden_by_default=True
        ),
        Column(
            "recorded_by_en", QT_TRANSLATE_NOOP("Columns", "Recorded by"), "text", 110, False, hidden_by_default=True
        ),
        Column(
            "recorded_at", QT_TRANSLATE_NOOP("Columns", "Recorded at"), "datetime", 140, False, hidden_by_default=True
        ),
    ),
    default_sort=(Sort("id", True),),
    search_function="finance.search_payments",
    sums=("amount", "open_amount"),
    kinds=("payment",),
    extra_keys=("customer_id", "version"),
)

JOURNAL = ListSpec(
    name="finance.journal",
    source="finance.journal_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Entry"), "code", 130, sortable=False),
        Column("posted_on", QT_TRANSLATE_NOOP("Columns", "Posted"), "date", 100),
        Column(
            "event",
            QT_TRANSLATE_NOOP("Columns", "Event"),
            "state",
            135,
            sortable=False,
            options=EVENTS,
            words="journal_event",
        ),
        Column("description", QT_TRANSLATE_NOOP("Columns", "Document"), "code", 150, sortable=False),
        Column("account_code", QT_TRANSLATE_NOOP("Columns", "Account"), "code", 80, sortable=False),
        Column("account_zh", QT_TRANSLATE_NOOP("Columns", "Account name"), "text", 200, sortable=False),
        Column("account_en", QT_TRANSLATE_NOOP("Columns", "Account name"), "text", 200, sortable=False),
        Column("debit", QT_TRANSLATE_NOOP("Columns", "Debit"), "money", 125, sortable=False),
        Column("credit", QT_TRANSLATE_NOOP("Columns", "Credit"), "money", 125, sortable=False),
    ),
    default_sort=(Sort("id", True),),
    search_function="finance.search_entries",
    sums=("debit", "credit"),
    kinds=("invoice", "payment", "shipment", "stock"),
    extra_keys=("entry_id", "document_type", "document_id"),
)
