"""The lists of sales: orders, orders that wait for a decision, customers, products."""

from __future__ import annotations

from dataclasses import replace

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Column, ListSpec, Sort

ORDER_STATES = (
    *("draft", "submitted", "returned", "confirmed", "in_production", "ready"),
    *("shipped", "in_transit", "delivered", "completed", "cancelled"),
)
OPEN_STATES = ("draft", "submitted", "returned", "confirmed", "in_production", "ready")
"""The states of orders that have not left the house."""

HOLD_REASONS = ("credit", "data")
CHANNELS = ("clerk", "import", "dealer", "web")
CUSTOMER_KINDS = ("company", "person", "dealer", "web")
PRODUCT_KINDS = ("raw", "semi", "finished", "service", "set")
SUPPLIES = ("make", "buy", "none")

ORDERS = ListSpec(
    name="sales.orders",
    source="sales.order_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 122),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 112, options=ORDER_STATES),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 188),
        Column("customer_reference", QT_TRANSLATE_NOOP("Columns", "Customer reference"), "code", 146, sortable=False),
        Column("ordered_on", QT_TRANSLATE_NOOP("Columns", "Order date"), "date", 92),
        Column("promised_on", QT_TRANSLATE_NOOP("Columns", "Promised"), "date", 92),
        Column("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 122),
        Column("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 70, False, hidden_by_default=True),
        Column(
            "hold_reason",
            QT_TRANSLATE_NOOP("Columns", "On hold"),
            "state",
            110,
            sortable=False,
            options=HOLD_REASONS,
            words="hold_reason",
        ),
        Column("owner_zh", QT_TRANSLATE_NOOP("Columns", "Owner"), "text", 110, sortable=False),
        Column("owner_en", QT_TRANSLATE_NOOP("Columns", "Owner"), "text", 110, sortable=False),
        Column("branch_zh", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, sortable=False),
        Column("branch_en", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, sortable=False),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 100, sortable=False),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 150, sortable=False),
        Column(
            "channel",
            QT_TRANSLATE_NOOP("Columns", "Channel"),
            "state",
            100,
            sortable=False,
            hidden_by_default=True,
            options=CHANNELS,
            words="channel",
        ),
        Column("net_amount", QT_TRANSLATE_NOOP("Columns", "Net amount"), "money", 120, False, hidden_by_default=True),
        Column(
            "max_discount",
            QT_TRANSLATE_NOOP("Columns", "Greatest discount"),
            "percent",
            120,
            sortable=False,
            hidden_by_default=True,
        ),
        Column(
            "return_reason",
            QT_TRANSLATE_NOOP("Columns", "Reason of return"),
            "text",
            200,
            sortable=False,
            hidden_by_default=True,
        ),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 200, sortable=False, hidden_by_default=True),
    ),
    default_sort=(Sort("id", True),),
    search_function="sales.search_orders",
    sums=("gross_amount",),
    kinds=("order",),
    extra_keys=("owner_id", "version"),
)

CUSTOMER_ORDERS = replace(
    ORDERS,
    name="sales.customer_orders",
    columns=tuple(
        replace(ORDERS.column(key), hidden_by_default=False)
        for key in ("number", "state", "customer_reference", "ordered_on", "promised_on", "gross_amount", "note")
    ),
    extra_keys=("customer_id",),
)
"""The orders of one customer, beside its data."""

APPROVALS = ListSpec(
    name="sales.approvals",
    source="workflow.my_approvals",
    key="order_id",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 122),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 216),
        Column("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 120),
        Column("max_discount", QT_TRANSLATE_NOOP("Columns", "Greatest discount"), "percent", 132),
        Column("level", QT_TRANSLATE_NOOP("Columns", "Level"), "int", 64),
        Column(
            "hold_reason",
            QT_TRANSLATE_NOOP("Columns", "On hold"),
            "state",
            108,
            options=HOLD_REASONS,
            words="hold_reason",
        ),
        Column("promised_on", QT_TRANSLATE_NOOP("Columns", "Promised"), "date", 92),
        Column("requested_at", QT_TRANSLATE_NOOP("Columns", "Submitted at"), "datetime", 132),
        Column("requested_by_zh", QT_TRANSLATE_NOOP("Columns", "Submitted by"), "text", 104),
        Column("requested_by_en", QT_TRANSLATE_NOOP("Columns", "Submitted by"), "text", 104),
        Column("branch_zh", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 130),
        Column("branch_en", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 130),
    ),
    default_sort=(Sort("requested_at"),),
    sums=("gross_amount",),
    kinds=("order",),
    extra_keys=("version",),
)

CUSTOMERS = ListSpec(
    name="sales.customers",
    source="crm.customer_list",
    columns=(
        Column("code", QT_TRANSLATE_NOOP("Columns", "Code"), "code", 100),
        Column("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 220),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Columns", "Kind"),
            "state",
            90,
            sortable=False,
            options=CUSTOMER_KINDS,
            words="customer_kind",
        ),
        Column("contact", QT_TRANSLATE_NOOP("Columns", "Contact"), "text", 84, sortable=False),
        Column("phone", QT_TRANSLATE_NOOP("Columns", "Phone"), "code", 116, sortable=False),
        Column("city", QT_TRANSLATE_NOOP("Columns", "City"), "text", 92, sortable=False),
        Column("price_list_zh", QT_TRANSLATE_NOOP("Columns", "Price list"), "text", 96, sortable=False),
        Column("price_list_en", QT_TRANSLATE_NOOP("Columns", "Price list"), "text", 110, sortable=False),
        Column("credit_limit", QT_TRANSLATE_NOOP("Columns", "Credit limit"), "money", 116, sortable=False),
        Column("payment_days", QT_TRANSLATE_NOOP("Columns", "Payment days"), "int", 110, sortable=False),
        Column("owner_zh", QT_TRANSLATE_NOOP("Columns", "Owner"), "text", 110, sortable=False),
        Column("owner_en", QT_TRANSLATE_NOOP("Columns", "Owner"), "text", 110, sortable=False),
        Column("branch_zh", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, sortable=False),
        Column("branch_en", QT_TRANSLATE_NOOP("Columns", "Branch"), "text", 120, sortable=False),
        Column("is_active", QT_TRANSLATE_NOOP("Columns", "Active"), "flag", 70, sortable=False),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "English name"), "text", 200, False, hidden_by_default=True),
        Column("address", QT_TRANSLATE_NOOP("Columns", "Address"), "text", 240, False, hidden_by_default=True),
        Column("tax_number", QT_TRANSLATE_NOOP("Columns", "Tax number"), "code", 170, False, hidden_by_default=True),
    ),
    default_sort=(Sort("code"),),
    search_function="crm.search_customers",
    kinds=("customer",),
)

PRODUCTS = ListSpec(
    name="sales.products",
    source="catalog.product_list",
    columns=(
        Column("code", QT_TRANSLATE_NOOP("Columns", "Code"), "code", 110),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 250, sortable=False),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 250, sortable=False),
        Column("specification", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 120, sortable=False),
        Column("category_zh", QT_TRANSLATE_NOOP("Columns", "Category"), "text", 110, sortable=False),
        Column("category_en", QT_TRANSLATE_NOOP("Columns", "Category"), "text", 110, sortable=False),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Columns", "Kind"),
            "state",
            110,
            sortable=False,
            hidden_by_default=True,
            options=PRODUCT_KINDS,
            words="product_kind",
        ),
        Column(
            "supply",
            QT_TRANSLATE_NOOP("Columns", "Supply"),
            "state",
            84,
            sortable=False,
            options=SUPPLIES,
            words="supply",
        ),
        Column("unit_zh", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 60, sortable=False),
        Column("unit_en", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 60, sortable=False),
        Column("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 96, sortable=False),
        Column("tax_rate", QT_TRANSLATE_NOOP("Columns", "Tax %"), "percent", 60, sortable=False),
        Column("is_active", QT_TRANSLATE_NOOP("Columns", "Active"), "flag", 70, False, hidden_by_default=True),
    ),
    default_sort=(Sort("code"),),
    search_function="catalog.search_products",
    kinds=("product",),
    extra_keys=("is_sold",),
)

PRODUCTS_WITH_STOCK = replace(
    PRODUCTS,
    source="sales.product_list",
    columns=(
        *PRODUCTS.columns[:-1],
        Column("available", QT_TRANSLATE_NOOP("Columns", "Available"), "qty", 90, False, filterable=False),
        Column("on_hand", QT_TRANSLATE_NOOP("Columns", "On hand"), "qty", 90, False, filterable=False),
        Column("reserved", QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty", 90, False, filterable=False),
        Column("incoming", QT_TRANSLATE_NOOP("Columns", "Incoming"), "qty", 90, False, filterable=False),
        Column("in_production", QT_TRANSLATE_NOOP("Columns", "In production"), "qty", 110, False, filterable=False),
        PRODUCTS.columns[-1],
    ),
    kinds=("product", "stock"),
)
"""For those who may see the stock of all warehouses: that of the warehouses which sell, beside the price."""
