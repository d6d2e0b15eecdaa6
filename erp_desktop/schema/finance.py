"""Schema `finance`: invoices, payments, allocations and the journal."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, DateTime, Integer, Table, Text

from erp_desktop.schema.base import AMOUNT, PRICE, QUANTITY, RATE, metadata

invoices = Table(
    "invoices",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("number", Text),
    Column("state", Text),
    Column("customer_id", BigInteger),
    Column("customer_name", Text),
    Column("branch_id", BigInteger),
    Column("order_id", BigInteger),
    Column("currency", Text),
    Column("issued_on", Date),
    Column("due_on", Date),
    Column("net_amount", AMOUNT),
    Column("tax_amount", AMOUNT),
    Column("gross_amount", AMOUNT),
    Column("allocated_amount", AMOUNT),
    Column("created_at", DateTime(timezone=True)),
    Column("created_by", BigInteger),
    Column("version", Integer),
    schema="finance",
)

invoice_lines = Table(
    "invoice_lines",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("invoice_id", BigInteger),
    Column("line_no", Integer),
    Column("order_line_id", BigInteger),
    Column("product_id", BigInteger),
    Column("description", Text),
    Column("qty", QUANTITY),
    Column("unit_price", PRICE),
    Column("discount_rate", RATE),
    Column("tax_rate", RATE),
    Column("net_amount", AMOUNT),
    Column("tax_amount", AMOUNT),
    Column("gross_amount", AMOUNT),
    schema="finance",
)

payments = Table(
    "payments",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("number", Text),
    Column("customer_id", BigInteger),
    Column("customer_name", Text),
    Column("received_on", Date),
    Column("method", Text),
    Column("reference", Text),
    Column("currency", Text),
    Column("amount", AMOUNT),
    Column("allocated_amount", AMOUNT),
    Column("note", Text),
    Column("recorded_at", DateTime(timezone=True)),
    Column("recorded_by", BigInteger),
    Column("version", Integer),
    schema="finance",
)

allocations = Table(
    "allocations",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("payment_id", BigInteger),
    Column("invoice_id", BigInteger),
    Column("amount", AMOUNT),
    Column("allocated_at", DateTime(timezone=True)),
    Column("allocated_by", BigInteger),
    schema="finance",
)

to_invoice_list = Table(
    "to_invoice_list",
    metadata,
    Column("id", BigInteger),
    Column("number", Text),
    Column("customer_name", Text),
    Column("promised_on", Date),
    Column("state", Text),
    Column("gross_amount", AMOUNT),
    Column("currency", Text),
    Column("open_amount", AMOUNT),
    schema="finance",
)

journal_list = Table(
    "journal_list",
    metadata,
    Column("id", BigInteger),
    Column("number", Text),
    Column("posted_on", Date),
    Column("event", Text),
    Column("document_type", Text),
    Column("document_id", BigInteger),
    Column("description", Text),
    Column("account_code", Text),
    Column("account_zh", Text),
    Column("account_en", Text),
    Column("debit", AMOUNT),
    Column("credit", AMOUNT),
    schema="finance",
)
