"""The lists of purchasing: requests and purchase orders."""

from __future__ import annotations

from typing import Final

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Column, ListSpec, Sort

REQUEST_STATES: Final = ("open", "ordered", "received", "cancelled")
ORDER_STATES: Final = ("draft", "sent", "partly_received", "received", "cancelled")
EXPECTED_STATES: Final = ("sent", "partly_received")
"""The states of purchase orders of which something is still to come."""

REQUESTS: Final = ListSpec(
    name="purchasing.requests",
    source="purchasing.request_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 122),
        Column("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 92),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 156),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 156),
        Column("qty", QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty", 72),
        Column("unit_zh", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 50, sortable=False),
        Column("unit_en", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 54, sortable=False),
        Column("needed_on", QT_TRANSLATE_NOOP("Columns", "Needed on"), "date", 94),
        Column("order_by", QT_TRANSLATE_NOOP("Columns", "Order by"), "date", 94),
        Column("supplier_zh", QT_TRANSLATE_NOOP("Columns", "Preferred supplier"), "text", 150),
        Column("supplier_en", QT_TRANSLATE_NOOP("Columns", "Preferred supplier"), "text", 150),
        Column("order_number", QT_TRANSLATE_NOOP("Columns", "Waiting order"), "code", 122),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 140),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 92, options=REQUEST_STATES),
        Column("amount", QT_TRANSLATE_NOOP("Columns", "Value"), "money", 96),
        Column("work_order_number", QT_TRANSLATE_NOOP("Columns", "For work order"), "code", 126),
        Column("purchase_order_number", QT_TRANSLATE_NOOP("Columns", "Purchase order"), "code", 126),
        Column("specification", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 150, hidden_by_default=True),
        Column("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 90, hidden_by_default=True),
        Column("lead_days", QT_TRANSLATE_NOOP("Columns", "Lead days"), "int", 84, hidden_by_default=True),
        Column("promised_on", QT_TRANSLATE_NOOP("Columns", "Promised"), "date", 98, hidden_by_default=True),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 100, hidden_by_default=True),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 140, hidden_by_default=True),
        Column("created_at", QT_TRANSLATE_NOOP("Columns", "Requested at"), "datetime", 130, hidden_by_default=True),
    ),
    default_sort=(Sort("needed_on"), Sort("id")),
    search_function="purchasing.search_requests",
    sums=("amount",),
    kinds=("purchase_request", "supplier_product"),
    extra_keys=("purchase_order_id", "supplier_id"),
)

ORDERS: Final = ListSpec(
    name="purchasing.orders",
    source="purchasing.order_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 130),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 112, options=ORDER_STATES),
        Column("supplier_zh", QT_TRANSLATE_NOOP("Columns", "Supplier"), "text", 230),
        Column("supplier_en", QT_TRANSLATE_NOOP("Columns", "Supplier"), "text", 230),
        Column("ordered_on", QT_TRANSLATE_NOOP("Columns", "Order date"), "date", 100),
        Column("expected_on", QT_TRANSLATE_NOOP("Columns", "Expected on"), "date", 100),
        Column("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 130),
        Column("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 70, hidden_by_default=True),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 110),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 150),
        Column("buyer_zh", QT_TRANSLATE_NOOP("Columns", "Buyer"), "text", 90),
        Column("buyer_en", QT_TRANSLATE_NOOP("Columns", "Buyer"), "text", 110),
        Column("sent_at", QT_TRANSLATE_NOOP("Columns", "Sent at"), "datetime", 130),
        Column("net_amount", QT_TRANSLATE_NOOP("Columns", "Net amount"), "money", 120, hidden_by_default=True),
        Column("tax_amount", QT_TRANSLATE_NOOP("Columns", "Tax"), "money", 110, hidden_by_default=True),
        Column("supplier_code", QT_TRANSLATE_NOOP("Columns", "Supplier code"), "code", 100, hidden_by_default=True),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 180, hidden_by_default=True),
    ),
    default_sort=(Sort("id", True),),
    search_function="purchasing.search_orders",
    sums=("gross_amount",),
    kinds=("purchase_order",),
)
