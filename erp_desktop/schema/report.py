"""Schema `report`: the figures of the dashboard."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Integer, Table, Text

from erp_desktop.schema.base import AMOUNT, QUANTITY, metadata

daily_orders = Table(
    "daily_orders",
    metadata,
    Column("ordered_on", Date),
    Column("branch_id", BigInteger),
    Column("orders", BigInteger),
    Column("gross_amount", AMOUNT),
    schema="report",
)

order_states = Table(
    "order_states",
    metadata,
    Column("state", Text),
    Column("orders", BigInteger),
    Column("gross_amount", AMOUNT),
    schema="report",
)

late_orders = Table(
    "late_orders",
    metadata,
    Column("id", BigInteger),
    Column("number", Text),
    Column("customer_name", Text),
    Column("promised_on", Date),
    Column("state", Text),
    Column("gross_amount", AMOUNT),
    Column("days_late", Integer),
    schema="report",
)

product_sales = Table(
    "product_sales",
    metadata,
    Column("ordered_on", Date),
    Column("product_id", BigInteger),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("qty", QUANTITY),
    Column("net_amount", AMOUNT),
    schema="report",
)

stock_alerts = Table(
    "stock_alerts",
    metadata,
    Column("product_id", BigInteger),
    Column("warehouse_id", BigInteger),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("warehouse_code", Text),
    Column("available", QUANTITY),
    Column("incoming", QUANTITY),
    Column("in_production", QUANTITY),
    Column("reorder_point", QUANTITY),
    schema="report",
)

receivables = Table(
    "receivables",
    metadata,
    Column("age", Text),
    Column("invoices", BigInteger),
    Column("open_amount", AMOUNT),
    schema="report",
)

daily_cash = Table(
    "daily_cash",
    metadata,
    Column("received_on", Date),
    Column("payments", BigInteger),
    Column("amount", AMOUNT),
    schema="report",
)

day_figures = Table(
    "day_figures",
    metadata,
    Column("shipments_today", BigInteger),
    Column("approvals_pending", BigInteger),
    Column("work_orders_open", BigInteger),
    Column("purchases_open", BigInteger),
    schema="report",
)
