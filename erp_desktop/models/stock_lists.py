"""The lists of the warehouse: their columns, search and order."""

from __future__ import annotations

from typing import Final

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Column, ListSpec, Sort

SHIPMENT_STATES: Final = ("picking", "shipped", "in_transit", "delivered", "cancelled")
MOVE_KINDS: Final = (
    *("opening", "receipt", "consumption", "production", "shipment", "return", "adjustment", "transfer"),
)

BALANCES: Final = ListSpec(
    name="stock.balances",
    source="stock.balance_list",
    columns=(
        Column("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 90),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 184),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 184),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 84),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 152),
        Column("on_hand", QT_TRANSLATE_NOOP("Columns", "On hand"), "qty", 78),
        Column("reserved", QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty", 78),
        Column("available", QT_TRANSLATE_NOOP("Columns", "Available"), "qty", 80),
        Column("unit_zh", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 48),
        Column("unit_en", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 58),
        Column("alert", QT_TRANSLATE_NOOP("Columns", "Alert"), "state", 72, options=("low", "short")),
        Column("incoming", QT_TRANSLATE_NOOP("Columns", "Incoming"), "qty", 82),
        Column("in_production", QT_TRANSLATE_NOOP("Columns", "Being made"), "qty", 92),
        Column("reorder_point", QT_TRANSLATE_NOOP("Columns", "Reorder point"), "qty", 106),
        Column("projected", QT_TRANSLATE_NOOP("Columns", "Projected"), "qty", 88, hidden_by_default=True),
        Column("specification", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 150, hidden_by_default=True),
        Column("category_zh", QT_TRANSLATE_NOOP("Columns", "Category"), "text", 110, hidden_by_default=True),
        Column("category_en", QT_TRANSLATE_NOOP("Columns", "Category"), "text", 110, hidden_by_default=True),
        Column(
            *("kind", QT_TRANSLATE_NOOP("Columns", "Kind"), "state", 100),
            hidden_by_default=True,
            options=("raw", "semi", "finished"),
            words="product_kind",
        ),
    ),
    default_sort=(Sort("code"), Sort("id")),
    search_function="stock.search_balances",
    kinds=("stock",),
    extra_keys=("product_id", "warehouse_id", "is_low"),
)

READY: Final = ListSpec(
    name="stock.ready",
    source="stock.to_ship_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 130, sortable=False),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 210),
        Column("promised_on", QT_TRANSLATE_NOOP("Columns", "Promised"), "date", 100),
        Column("ready_lines", QT_TRANSLATE_NOOP("Columns", "Lines ready"), "int", 92, sortable=False),
        Column("waiting_lines", QT_TRANSLATE_NOOP("Columns", "Lines waiting"), "int", 100, sortable=False),
        Column(
            *("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 116),
            options=("confirmed", "in_production", "ready"),
        ),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 100, sortable=False),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 150, sortable=False),
        Column("ship_to", QT_TRANSLATE_NOOP("Columns", "Ship to"), "text", 240, sortable=False),
        Column("contact", QT_TRANSLATE_NOOP("Columns", "Contact"), "text", 90, False, hidden_by_default=True),
        Column("phone", QT_TRANSLATE_NOOP("Columns", "Phone"), "code", 120, False, hidden_by_default=True),
        Column("ordered_on", QT_TRANSLATE_NOOP("Columns", "Ordered on"), "date", 100, False, hidden_by_default=True),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 180, False, hidden_by_default=True),
    ),
    default_sort=(Sort("promised_on"), Sort("id")),
    kinds=("order", "shipment"),
)

SHIPMENTS: Final = ListSpec(
    name="stock.shipments",
    source="stock.shipment_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 130),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 104, options=SHIPMENT_STATES),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 220, sortable=False),
        Column("order_number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 130, sortable=False),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 100, sortable=False),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 150, sortable=False),
        Column("created_at", QT_TRANSLATE_NOOP("Columns", "Made at"), "datetime", 130, sortable=False),
        Column("shipped_at", QT_TRANSLATE_NOOP("Columns", "Shipped at"), "datetime", 130, sortable=False),
        Column("carrier", QT_TRANSLATE_NOOP("Columns", "Carrier"), "text", 110, sortable=False),
        Column("vehicle", QT_TRANSLATE_NOOP("Columns", "Vehicle"), "text", 90, sortable=False, hidden_by_default=True),
        Column("delivered_at", QT_TRANSLATE_NOOP("Columns", "Delivered at"), "datetime", 130, sortable=False),
        Column("received_by", QT_TRANSLATE_NOOP("Columns", "Signed for by"), "text", 110, sortable=False),
        Column("ship_to", QT_TRANSLATE_NOOP("Columns", "Ship to"), "text", 240, sortable=False, hidden_by_default=True),
        Column("contact", QT_TRANSLATE_NOOP("Columns", "Contact"), "text", 90, sortable=False, hidden_by_default=True),
        Column("phone", QT_TRANSLATE_NOOP("Columns", "Phone"), "code", 120, sortable=False, hidden_by_default=True),
    ),
    default_sort=(Sort("id", True),),
    search_function="stock.search_shipments",
    kinds=("shipment",),
)

EXPECTED: Final = ListSpec(
    name="stock.receipts",
    source="purchasing.receiving_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Purchase order"), "code", 130),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 120, options=("sent", "partly_received")),
        Column("supplier_zh", QT_TRANSLATE_NOOP("Columns", "Supplier"), "text", 240),
        Column("supplier_en", QT_TRANSLATE_NOOP("Columns", "Supplier"), "text", 240),
        Column("expected_on", QT_TRANSLATE_NOOP("Columns", "Expected on"), "date", 100),
        Column("open_lines", QT_TRANSLATE_NOOP("Columns", "Open lines"), "int", 90),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 110),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 150),
        Column("ordered_on", QT_TRANSLATE_NOOP("Columns", "Ordered on"), "date", 100),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 200),
    ),
    default_sort=(Sort("expected_on"), Sort("id")),
    search_function="purchasing.search_orders",
    kinds=("purchase_order", "receipt"),
)

MOVES: Final = ListSpec(
    name="stock.moves",
    source="stock.move_list",
    columns=(
        Column("moved_at", QT_TRANSLATE_NOOP("Columns", "When"), "datetime", 130),
        Column(
            *("kind", QT_TRANSLATE_NOOP("Columns", "Move"), "state", 104),
            sortable=False,
            options=MOVE_KINDS,
            words="move_kind",
        ),
        Column("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 110, sortable=False),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 210, sortable=False),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 210, sortable=False),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 90, sortable=False),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 152, sortable=False),
        Column("qty", QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty", 90, sortable=False),
        Column("unit_zh", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 52, sortable=False),
        Column("unit_en", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 60, sortable=False),
        Column(
            *("document_type", QT_TRANSLATE_NOOP("Columns", "Document"), "state", 112),
            sortable=False,
            options=("shipment", "receipt", "work_order", "adjustment", "opening"),
            words="document_type",
        ),
        Column("document_number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 130, sortable=False),
        Column("person_zh", QT_TRANSLATE_NOOP("Columns", "By"), "text", 90, sortable=False),
        Column("person_en", QT_TRANSLATE_NOOP("Columns", "By"), "text", 100, sortable=False),
    ),
    default_sort=(Sort("id", True),),
    search_function="stock.search_moves",
    kinds=("stock",),
    extra_keys=("document_id",),
)
