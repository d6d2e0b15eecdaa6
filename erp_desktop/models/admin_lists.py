"""The lists of administration: people and the audit trail."""

from __future__ import annotations

from typing import Final

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services import audit
from erp_desktop.services.listing import Column, ListSpec, Sort

ACCOUNT_STATES: Final = ("enabled", "locked", "disabled")
LOGINS: Final = ("login", "refusal", "lockout", "logout", "unlock", "password", "forgotten", "proof", "session_end")
OPERATIONS: Final = ("insert", "update", "delete", "print", "export", "mismatch", *LOGINS)
ACCOUNT_TABLES: Final = (
    *("auth.users", "auth.user_branches", "auth.user_warehouses", "auth.user_work_centres"),
    *("auth.roles", "auth.gate_settings"),
)
DEPARTMENTS: Final = (
    *("sales", "catalog", "stock", "production", "purchasing", "finance", "service", "reports", "admin"),
)
"""The departments to which roles belong; each has a word in the vocabulary department."""
SETUP_TABLES: Final = (
    *("org.companies", "org.branches", "org.warehouses", "org.work_centres", "org.units"),
    "workflow.approval_rules",
)
WATCHED_TABLES: Final = (
    *ACCOUNT_TABLES,
    *SETUP_TABLES,
    *("crm.customers", "catalog.categories", "catalog.products", "catalog.price_lists", "catalog.prices"),
    *("sales.orders", "sales.order_lines", "sales.imports", "workflow.approvals"),
    *("stock.adjustments", "stock.reservations", "stock.shipments", "stock.shipment_lines"),
    *("production.bom_lines", "production.routing_steps", "production.work_orders"),
    *("production.work_order_materials", "production.operations"),
    *("purchasing.suppliers", "purchasing.supplier_products", "purchasing.requests", "purchasing.orders"),
    *("purchasing.order_lines", "purchasing.receipts", "purchasing.receipt_lines"),
    *("finance.accounts", "finance.journal_entries", "finance.invoices", "finance.invoice_lines"),
    *("finance.payments", "finance.allocations"),
    *("audit.exports", "audit.seals"),
)
"""The tables whose changes are recorded, and the events; each has a word in the vocabulary audit_table."""

PEOPLE = ListSpec(
    name="admin.people",
    source="auth.person_list",
    columns=(
        Column("login", QT_TRANSLATE_NOOP("Columns", "User name"), "code", 130, sortable=False),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Full name"), "text", 130, sortable=False),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Full name"), "text", 130, sortable=False),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 100, False, options=ACCOUNT_STATES),
        Column("roles_zh", QT_TRANSLATE_NOOP("Columns", "Roles"), "text", 200, sortable=False),
        Column("roles_en", QT_TRANSLATE_NOOP("Columns", "Roles"), "text", 180, sortable=False),
        Column("scopes_zh", QT_TRANSLATE_NOOP("Columns", "Works at"), "text", 200, sortable=False),
        Column("scopes_en", QT_TRANSLATE_NOOP("Columns", "Works at"), "text", 200, sortable=False),
        Column("last_login_at", QT_TRANSLATE_NOOP("Columns", "Last login"), "datetime", 140, sortable=False),
        Column("has_session", QT_TRANSLATE_NOOP("Columns", "Logged in"), "flag", 90, sortable=False),
        Column("has_codes", QT_TRANSLATE_NOOP("Columns", "One-time codes"), "flag", 110, sortable=False),
        Column(
            "locked_until",
            QT_TRANSLATE_NOOP("Columns", "Locked until"),
            "datetime",
            140,
            sortable=False,
            hidden_by_default=True,
        ),
        Column("email", QT_TRANSLATE_NOOP("Columns", "E-mail"), "text", 160, sortable=False),
        Column("phone", QT_TRANSLATE_NOOP("Columns", "Phone"), "code", 120, sortable=False, hidden_by_default=True),
        Column(
            "created_at", QT_TRANSLATE_NOOP("Columns", "Created at"), "datetime", 140, False, hidden_by_default=True
        ),
    ),
    default_sort=(Sort("login"),),
    kinds=("user", "role"),
    extra_keys=("version",),
)

ROLES = ListSpec(
    name="admin.roles",
    source="auth.role_list",
    columns=(
        Column("title_zh", QT_TRANSLATE_NOOP("Columns", "Role"), "text", 170),
        Column("title_en", QT_TRANSLATE_NOOP("Columns", "Role"), "text", 190),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Columns", "Kind"),
            "state",
            100,
            options=("custom", "job", "action"),
            words="role_kind",
        ),
        Column(
            "department",
            QT_TRANSLATE_NOOP("Columns", "Department"),
            "state",
            110,
            options=DEPARTMENTS,
            words="department",
        ),
        Column("people", QT_TRANSLATE_NOOP("Columns", "People"), "int", 80),
        Column("contents_zh", QT_TRANSLATE_NOOP("Columns", "Contents"), "text", 320),
        Column("contents_en", QT_TRANSLATE_NOOP("Columns", "Contents"), "text", 320),
        Column("description_zh", QT_TRANSLATE_NOOP("Columns", "Meaning"), "text", 240, hidden_by_default=True),
        Column("description_en", QT_TRANSLATE_NOOP("Columns", "Meaning"), "text", 240, hidden_by_default=True),
        Column("author_zh", QT_TRANSLATE_NOOP("Columns", "Made by"), "text", 110, hidden_by_default=True),
        Column("author_en", QT_TRANSLATE_NOOP("Columns", "Made by"), "text", 110, hidden_by_default=True),
        Column("created_at", QT_TRANSLATE_NOOP("Columns", "Created at"), "datetime", 140, hidden_by_default=True),
    ),
    default_sort=(Sort("place"), Sort("id")),
    kinds=("role", "user"),
    extra_keys=("name", "place", "version"),
)

CHANGES = ListSpec(
    name="admin.audit",
    source="audit.change_list",
    columns=(
        Column("at", QT_TRANSLATE_NOOP("Columns", "When"), "datetime", 140, sortable=False),
        Column("who_zh", QT_TRANSLATE_NOOP("Columns", "Who"), "text", 140, sortable=False),
        Column("who_en", QT_TRANSLATE_NOOP("Columns", "Who"), "text", 140, sortable=False),
        Column(
            "operation",
            QT_TRANSLATE_NOOP("Columns", "What"),
            "state",
            90,
            sortable=False,
            options=OPERATIONS,
            words="audit_operation",
        ),
        Column(
            "table_name",
            QT_TRANSLATE_NOOP("Columns", "Kind"),
            "state",
            170,
            sortable=False,
            options=WATCHED_TABLES,
            words="audit_table",
        ),
        Column("row_zh", QT_TRANSLATE_NOOP("Columns", "Name or number"), "text", 160, False, False),
        Column("row_en", QT_TRANSLATE_NOOP("Columns", "Name or number"), "text", 160, False, False),
        Column("client", QT_TRANSLATE_NOOP("Columns", "Program"), "text", 140, sortable=False, hidden_by_default=True),
        Column("address", QT_TRANSLATE_NOOP("Columns", "Address"), "code", 130, sortable=False, hidden_by_default=True),
        Column("role_name", QT_TRANSLATE_NOOP("Columns", "Database role"), "code", 140, False, hidden_by_default=True),
        Column("row_id", QT_TRANSLATE_NOOP("Columns", "Row id"), "int", 80, False, hidden_by_default=True),
        Column(
            "transaction_id", QT_TRANSLATE_NOOP("Columns", "Transaction"), "code", 100, False, hidden_by_default=True
        ),
    ),
    default_sort=(Sort("id", True),),
    search_function="audit.search_changes",
    extra_keys=("owner_table", "owner_id"),
    complete=audit.name_rows,
)
