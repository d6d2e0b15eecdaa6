"""Every screen, document, finder and badge of the desktop, one line each; modules are imported when they are opened."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, translate

CONTEXT = "Screens"
"""Translation context of all titles in this module."""


@dataclass(frozen=True)
class Department:
    """A group of the navigation; screens belong to it by the first part of their code."""

    code: str
    title: str
    icon: str

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Screen:
    """A place in the navigation. Who sees it stands on the server (seed/screens.sql), under the same code.

    `factory` is "package.module:Class", called with the page's context.
    """

    code: str
    title: str
    icon: str
    factory: str

    @property
    def department(self) -> str:
        """Code of the department in whose group it stands."""
        return self.code.partition(".")[0]

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Document:
    """A kind of document that opens as a page: `factory(context, document_id or None, **preset)`.

    `screen` is the code of its list: whoever may see that may open the document, as far as its rows are visible.
    """

    kind: str
    title: str
    icon: str
    factory: str
    screen: str

    def shown_title(self) -> str:
        """The title in the language in use."""
        return translate(CONTEXT, self.title)


@dataclass(frozen=True)
class Finder:
    """Something that Ctrl+K searches on the server, for whoever may see `screen`.

    `find` names a function `(database, text, limit) -> list[tuple[int, str, str]]`: id, title, detail of each hit.
    """

    kind: str
    screen: str
    find: str


@dataclass(frozen=True)
class Badge:
    """A number beside a screen in the navigation: what waits for this person there.

    `count` names a function `(database) -> int`; it is asked again when one of the kinds `watches` changes.
    """

    screen: str
    count: str
    watches: frozenset[str] = field(default_factory=frozenset)


DEPARTMENTS: tuple[Department, ...] = (
    Department("reports", QT_TRANSLATE_NOOP("Screens", "Overview"), "dashboard"),
    Department("sales", QT_TRANSLATE_NOOP("Screens", "Sales"), "orders"),
    Department("stock", QT_TRANSLATE_NOOP("Screens", "Warehouse"), "stock"),
    Department("production", QT_TRANSLATE_NOOP("Screens", "Production"), "factory"),
    Department("purchasing", QT_TRANSLATE_NOOP("Screens", "Purchasing"), "cart"),
    Department("finance", QT_TRANSLATE_NOOP("Screens", "Finance"), "ledger"),
    Department("service", QT_TRANSLATE_NOOP("Screens", "Service"), "help"),
    Department("admin", QT_TRANSLATE_NOOP("Screens", "Administration"), "settings"),
)

APPROVALS = "sales.approvals"
"""The screen with the documents that wait for the person; its badge also stands in the top bar."""

SCREENS: tuple[Screen, ...] = (
    Screen(
        "reports.dashboard",
        QT_TRANSLATE_NOOP("Screens", "Dashboard"),
        "dashboard",
        "erp_desktop.views.reports.dashboard_page:DashboardPage",
    ),
    Screen(
        "sales.orders",
        QT_TRANSLATE_NOOP("Screens", "Orders"),
        "orders",
        "erp_desktop.views.sales.orders_page:OrdersPage",
    ),
    Screen(
        "sales.approvals",
        QT_TRANSLATE_NOOP("Screens", "Approvals"),
        "approvals",
        "erp_desktop.views.sales.approvals_page:ApprovalsPage",
    ),
    Screen(
        "sales.import",
        QT_TRANSLATE_NOOP("Screens", "Import orders"),
        "import",
        "erp_desktop.views.sales.import_page:ImportPage",
    ),
    Screen(
        "sales.customers",
        QT_TRANSLATE_NOOP("Screens", "Customers"),
        "customers",
        "erp_desktop.views.sales.customers_page:CustomersPage",
    ),
    Screen(
        "sales.products",
        QT_TRANSLATE_NOOP("Screens", "Products"),
        "product",
        "erp_desktop.views.sales.products_page:open_products",
    ),
    Screen(
        "stock.balances",
        QT_TRANSLATE_NOOP("Screens", "Stock"),
        "stock",
        "erp_desktop.views.stock.balances_page:BalancesPage",
    ),
    Screen(
        "stock.ready",
        QT_TRANSLATE_NOOP("Screens", "Ready to ship"),
        "pick",
        "erp_desktop.views.stock.ready_page:ReadyPage",
    ),
    Screen(
        "stock.shipments",
        QT_TRANSLATE_NOOP("Screens", "Delivery notes"),
        "truck",
        "erp_desktop.views.stock.shipments_page:ShipmentsPage",
    ),
    Screen(
        "stock.receipts",
        QT_TRANSLATE_NOOP("Screens", "Goods receipts"),
        "receive",
        "erp_desktop.views.stock.receipts_page:ReceiptsPage",
    ),
    Screen(
        "stock.moves",
        QT_TRANSLATE_NOOP("Screens", "Stock moves"),
        "history",
        "erp_desktop.views.stock.moves_page:MovesPage",
    ),
    Screen(
        "production.work_orders",
        QT_TRANSLATE_NOOP("Screens", "Work orders"),
        "factory",
        "erp_desktop.views.production.work_orders_page:WorkOrdersPage",
    ),
    Screen(
        "production.operations",
        QT_TRANSLATE_NOOP("Screens", "Shop floor"),
        "plan",
        "erp_desktop.views.production.operations_page:OperationsPage",
    ),
    Screen(
        "purchasing.requests",
        QT_TRANSLATE_NOOP("Screens", "Purchase requests"),
        "cart",
        "erp_desktop.views.purchasing.requests_page:RequestsPage",
    ),
    Screen(
        "purchasing.orders",
        QT_TRANSLATE_NOOP("Screens", "Purchase orders"),
        "purchase",
        "erp_desktop.views.purchasing.orders_page:PurchaseOrdersPage",
    ),
    Screen(
        "finance.to_invoice",
        QT_TRANSLATE_NOOP("Screens", "To invoice"),
        "note",
        "erp_desktop.views.finance.to_invoice_page:ToInvoicePage",
    ),
    Screen(
        "finance.invoices",
        QT_TRANSLATE_NOOP("Screens", "Invoices"),
        "invoice",
        "erp_desktop.views.finance.invoices_page:InvoicesPage",
    ),
    Screen(
        "finance.payments",
        QT_TRANSLATE_NOOP("Screens", "Payments"),
        "payment",
        "erp_desktop.views.finance.payments_page:PaymentsPage",
    ),
    Screen(
        "finance.journal",
        QT_TRANSLATE_NOOP("Screens", "Journal"),
        "ledger",
        "erp_desktop.views.finance.journal_page:JournalPage",
    ),
    Screen(
        "admin.people", QT_TRANSLATE_NOOP("Screens", "People"), "user", "erp_desktop.views.admin.people_page:PeoplePage"
    ),
    Screen("admin.roles", QT_TRANSLATE_NOOP("Screens", "Roles"), "key", "erp_desktop.views.admin.roles_page:RolesPage"),
    Screen(
        "admin.audit",
        QT_TRANSLATE_NOOP("Screens", "Audit trail"),
        "history",
        "erp_desktop.views.admin.audit_page:AuditPage",
    ),
)

DOCUMENTS: tuple[Document, ...] = (
    Document(
        "order",
        QT_TRANSLATE_NOOP("Screens", "Order"),
        "orders",
        "erp_desktop.views.sales.order_page:OrderPage",
        "sales.orders",
    ),
    Document(
        "customer",
        QT_TRANSLATE_NOOP("Screens", "Customer"),
        "customers",
        "erp_desktop.views.sales.customer_page:CustomerPage",
        "sales.customers",
    ),
    Document(
        "product",
        QT_TRANSLATE_NOOP("Screens", "Product"),
        "product",
        "erp_desktop.views.sales.product_page:ProductPage",
        "sales.products",
    ),
    Document(
        "shipment",
        QT_TRANSLATE_NOOP("Screens", "Delivery note"),
        "truck",
        "erp_desktop.views.stock.shipment_page:ShipmentPage",
        "stock.shipments",
    ),
    Document(
        "balance",
        QT_TRANSLATE_NOOP("Screens", "Stock card"),
        "stock",
        "erp_desktop.views.stock.balance_page:BalancePage",
        "stock.balances",
    ),
    Document(
        "receiving",
        QT_TRANSLATE_NOOP("Screens", "Goods receipt"),
        "receive",
        "erp_desktop.views.stock.receiving_page:ReceivingPage",
        "stock.receipts",
    ),
    Document(
        "work_order",
        QT_TRANSLATE_NOOP("Screens", "Work order"),
        "factory",
        "erp_desktop.views.production.work_order_page:WorkOrderPage",
        "production.work_orders",
    ),
    Document(
        "purchase_order",
        QT_TRANSLATE_NOOP("Screens", "Purchase order"),
        "purchase",
        "erp_desktop.views.purchasing.order_page:PurchaseOrderPage",
        "purchasing.orders",
    ),
    Document(
        "invoice",
        QT_TRANSLATE_NOOP("Screens", "Invoice"),
        "invoice",
        "erp_desktop.views.finance.invoice_page:InvoicePage",
        "finance.invoices",
    ),
    Document(
        "payment",
        QT_TRANSLATE_NOOP("Screens", "Payment"),
        "payment",
        "erp_desktop.views.finance.payment_page:PaymentPage",
        "finance.payments",
    ),
)

FINDERS: tuple[Finder, ...] = (
    Finder("order", "sales.orders", "erp_desktop.services.sales:find_orders"),
    Finder("customer", "sales.customers", "erp_desktop.services.customers:find_customers"),
    Finder("product", "sales.products", "erp_desktop.services.products:find_products"),
    Finder("shipment", "stock.shipments", "erp_desktop.services.stock:find_shipments"),
    Finder("balance", "stock.balances", "erp_desktop.services.stock:find_balances"),
    Finder("invoice", "finance.invoices", "erp_desktop.services.finance:find_invoices"),
    Finder("payment", "finance.payments", "erp_desktop.services.finance:find_payments"),
    Finder("work_order", "production.work_orders", "erp_desktop.services.production:find_work_orders"),
    Finder("purchase_order", "purchasing.orders", "erp_desktop.services.purchasing:find_orders"),
)

BADGES: tuple[Badge, ...] = (
    Badge(APPROVALS, "erp_desktop.services.sales:count_my_approvals", frozenset({"order"})),
    Badge(
        "finance.to_invoice",
        "erp_desktop.services.finance:count_to_invoice",
        frozenset({"order", "invoice", "shipment"}),
    ),
    Badge("stock.ready", "erp_desktop.services.stock:count_ready", frozenset({"order", "shipment"})),
    Badge("production.work_orders", "erp_desktop.services.production:count_planned", frozenset({"work_order"})),
    Badge(
        "purchasing.requests", "erp_desktop.services.purchasing:count_open_requests", frozenset({"purchase_request"})
    ),
)


def screen(code: str) -> Screen | None:
    """The screen with that code, None if this client has none."""
    return next((each for each in SCREENS if each.code == code), None)


def document(kind: str) -> Document | None:
    """The document of that kind, None if this client has none."""
    return next((each for each in DOCUMENTS if each.kind == kind), None)


def load(path: str) -> Callable[..., Any]:
    """The class or function "package.module:name"."""
    module_name, _, name = path.partition(":")
    made: Callable[..., Any] = getattr(importlib.import_module(module_name), name)
    return made
