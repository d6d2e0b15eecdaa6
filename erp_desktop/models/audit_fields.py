"""How the audit trail speaks: a title for each column of each audited table, and its values as people read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.audit import Change
from erp_desktop.services.listing import Kind, text_of

FieldKind: TypeAlias = Kind | Literal["reference", "role", "roles", "language"]


@dataclass(frozen=True)
class Field:
    """A column of a row: its English source title, how its values are written, the vocabulary of its codes."""

    title: str
    kind: FieldKind = "text"
    words: str = "state"


TECHNICAL: Final = frozenset(
    {
        *("id", "version", "document_version", "only_row", "search_text", "pinyin", "initials", "role_name"),
        *("file_sha256", "net_is_given"),
        "order_number",  # a copy for search; the order stands beside it
    }
)
"""Columns that the program keeps for itself; the trail holds them, its reader is spared them."""

FIELDS: Final[Mapping[str, Field]] = {
    "number": Field(QT_TRANSLATE_NOOP("Columns", "Number")),
    "code": Field(QT_TRANSLATE_NOOP("Columns", "Code")),
    "login": Field(QT_TRANSLATE_NOOP("Columns", "User name")),
    "name": Field(QT_TRANSLATE_NOOP("Columns", "Name")),
    "name_zh": Field(QT_TRANSLATE_NOOP("Columns", "Chinese name")),
    "display_name": Field(QT_TRANSLATE_NOOP("Columns", "Full name")),
    "name_en": Field(QT_TRANSLATE_NOOP("Columns", "English name")),
    "display_name_en": Field(QT_TRANSLATE_NOOP("Columns", "English name")),
    "file_name": Field(QT_TRANSLATE_NOOP("Columns", "File")),
    "verdict": Field(QT_TRANSLATE_NOOP("Columns", "Outcome"), "state", "verdict"),
    "must_change": Field(QT_TRANSLATE_NOOP("Columns", "To be changed at the next login"), "flag"),
    "medium": Field(QT_TRANSLATE_NOOP("Columns", "Printed on"), "state", "medium"),
    "list": Field(QT_TRANSLATE_NOOP("Columns", "List")),
    "file": Field(QT_TRANSLATE_NOOP("Columns", "File")),
    "rows": Field(QT_TRANSLATE_NOOP("Columns", "Rows"), "int"),
    "remembered": Field(QT_TRANSLATE_NOOP("Columns", "Seal that the computer remembers")),
    "found": Field(QT_TRANSLATE_NOOP("Columns", "Seal on the server")),
    "state": Field(QT_TRANSLATE_NOOP("Columns", "State"), "state"),
    "is_active": Field(QT_TRANSLATE_NOOP("Columns", "Active"), "flag"),
    "roles": Field(QT_TRANSLATE_NOOP("Columns", "Roles"), "roles"),
    "department": Field(QT_TRANSLATE_NOOP("Columns", "Department"), "state", "department"),
    "title_zh": Field(QT_TRANSLATE_NOOP("Columns", "Chinese name")),
    "title_en": Field(QT_TRANSLATE_NOOP("Columns", "English name")),
    "description_zh": Field(QT_TRANSLATE_NOOP("Columns", "Chinese description")),
    "description_en": Field(QT_TRANSLATE_NOOP("Columns", "English description")),
    "second_factor": Field(QT_TRANSLATE_NOOP("Columns", "One-time codes at login"), "flag"),
    "password_changed_at": Field(QT_TRANSLATE_NOOP("Columns", "Password changed"), "datetime"),
    "recovery_codes": Field(QT_TRANSLATE_NOOP("Columns", "Recovery codes left"), "int"),
    "roles_with_codes": Field(QT_TRANSLATE_NOOP("Columns", "Roles that need one-time codes"), "roles"),
    "failures_allowed": Field(QT_TRANSLATE_NOOP("Columns", "Wrong passwords allowed"), "int"),
    "first_lock_minutes": Field(QT_TRANSLATE_NOOP("Columns", "First lock (minutes)"), "int"),
    "longest_lock_hours": Field(QT_TRANSLATE_NOOP("Columns", "Longest lock (hours)"), "int"),
    "address_failures_allowed": Field(QT_TRANSLATE_NOOP("Columns", "Wrong passwords allowed from one address"), "int"),
    "session_hours": Field(QT_TRANSLATE_NOOP("Columns", "Length of a session (hours)"), "int"),
    "session_idle_minutes": Field(QT_TRANSLATE_NOOP("Columns", "Sessions end when not used for (minutes)"), "int"),
    "computer": Field(QT_TRANSLATE_NOOP("Columns", "Computer")),
    "ended_by": Field(QT_TRANSLATE_NOOP("Columns", "Ended by"), "state", "ended_by"),
    "sessions": Field(QT_TRANSLATE_NOOP("Columns", "Sessions"), "int"),
    "password_length": Field(QT_TRANSLATE_NOOP("Columns", "Least length of passwords"), "int"),
    "password_length_with_code": Field(
        QT_TRANSLATE_NOOP("Columns", "Least length of passwords with one-time codes"), "int"
    ),
    "passwords_remembered": Field(QT_TRANSLATE_NOOP("Columns", "Passwords remembered"), "int"),
    "password_valid_days": Field(QT_TRANSLATE_NOOP("Columns", "Passwords are valid for (days)"), "int"),
    "user_id": Field(QT_TRANSLATE_NOOP("Columns", "Person"), "reference"),
    "customer_id": Field(QT_TRANSLATE_NOOP("Columns", "Customer"), "reference"),
    "customer_name": Field(QT_TRANSLATE_NOOP("Columns", "Customer name on the document")),
    "customer_reference": Field(QT_TRANSLATE_NOOP("Columns", "Customer reference")),
    "supplier_id": Field(QT_TRANSLATE_NOOP("Columns", "Supplier"), "reference"),
    "supplier_note": Field(QT_TRANSLATE_NOOP("Columns", "Supplier's delivery note")),
    "order_id": Field(QT_TRANSLATE_NOOP("Columns", "Order"), "reference"),
    "order_line_id": Field(QT_TRANSLATE_NOOP("Columns", "Order line"), "reference"),
    "shipment_id": Field(QT_TRANSLATE_NOOP("Columns", "Delivery note"), "reference"),
    "work_order_id": Field(QT_TRANSLATE_NOOP("Columns", "Work order"), "reference"),
    "work_order_material_id": Field(QT_TRANSLATE_NOOP("Columns", "Work order material"), "reference"),
    "purchase_line_id": Field(QT_TRANSLATE_NOOP("Columns", "Purchase order line"), "reference"),
    "receipt_id": Field(QT_TRANSLATE_NOOP("Columns", "Goods receipt"), "reference"),
    "invoice_id": Field(QT_TRANSLATE_NOOP("Columns", "Invoice"), "reference"),
    "payment_id": Field(QT_TRANSLATE_NOOP("Columns", "Payment"), "reference"),
    "document_type": Field(QT_TRANSLATE_NOOP("Columns", "Kind of document"), "state", "document_type"),
    "document_id": Field(QT_TRANSLATE_NOOP("Columns", "Document"), "reference"),
    "line_no": Field(QT_TRANSLATE_NOOP("Columns", "Line no."), "int"),
    "order_line_no": Field(QT_TRANSLATE_NOOP("Columns", "Line of the order"), "int"),
    "step_no": Field(QT_TRANSLATE_NOOP("Columns", "Step no."), "int"),
    "parent_id": Field(QT_TRANSLATE_NOOP("Columns", "Part of"), "reference"),
    "product_id": Field(QT_TRANSLATE_NOOP("Columns", "Product"), "reference"),
    "component_id": Field(QT_TRANSLATE_NOOP("Columns", "Component"), "reference"),
    "description": Field(QT_TRANSLATE_NOOP("Columns", "Description")),
    "specification": Field(QT_TRANSLATE_NOOP("Columns", "Specification")),
    "category_id": Field(QT_TRANSLATE_NOOP("Columns", "Category"), "reference"),
    "kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state"),
    "supply": Field(QT_TRANSLATE_NOOP("Columns", "Supply"), "state", "supply"),
    "unit_id": Field(QT_TRANSLATE_NOOP("Columns", "Unit"), "reference"),
    "decimals": Field(QT_TRANSLATE_NOOP("Columns", "Decimals"), "int"),
    "is_sold": Field(QT_TRANSLATE_NOOP("Columns", "For sale"), "flag"),
    "is_preferred": Field(QT_TRANSLATE_NOOP("Columns", "Preferred"), "flag"),
    "weight_kg": Field(QT_TRANSLATE_NOOP("Columns", "Weight (kg)"), "qty"),
    "volume_m3": Field(QT_TRANSLATE_NOOP("Columns", "Volume (m³)"), "qty"),
    "qty": Field(QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty"),
    "qty_per_unit": Field(QT_TRANSLATE_NOOP("Columns", "Quantity per piece"), "qty"),
    "required_qty": Field(QT_TRANSLATE_NOOP("Columns", "Quantity needed"), "qty"),
    "min_qty": Field(QT_TRANSLATE_NOOP("Columns", "Minimum quantity"), "qty"),
    "counted_qty": Field(QT_TRANSLATE_NOOP("Columns", "Counted"), "qty"),
    "difference": Field(QT_TRANSLATE_NOOP("Columns", "Difference"), "qty"),
    "reserved_qty": Field(QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty"),
    "picked_qty": Field(QT_TRANSLATE_NOOP("Columns", "Picked"), "qty"),
    "shipped_qty": Field(QT_TRANSLATE_NOOP("Columns", "Shipped"), "qty"),
    "delivered_qty": Field(QT_TRANSLATE_NOOP("Columns", "Delivered"), "qty"),
    "invoiced_qty": Field(QT_TRANSLATE_NOOP("Columns", "Invoiced"), "qty"),
    "issued_qty": Field(QT_TRANSLATE_NOOP("Columns", "Issued to production"), "qty"),
    "received_qty": Field(QT_TRANSLATE_NOOP("Columns", "Qty received"), "qty"),
    "arrived_qty": Field(QT_TRANSLATE_NOOP("Columns", "Arrived from the step before"), "qty"),
    "done_qty": Field(QT_TRANSLATE_NOOP("Columns", "Made so far"), "qty"),
    "scrap_qty": Field(QT_TRANSLATE_NOOP("Columns", "Scrap"), "qty"),
    "scrap_rate": Field(QT_TRANSLATE_NOOP("Columns", "Waste rate"), "percent"),
    "price_list_id": Field(QT_TRANSLATE_NOOP("Columns", "Price list"), "reference"),
    "valid_from": Field(QT_TRANSLATE_NOOP("Columns", "Valid from"), "date"),
    "unit_price": Field(QT_TRANSLATE_NOOP("Columns", "Price"), "price"),
    "list_price": Field(QT_TRANSLATE_NOOP("Columns", "List price"), "price"),
    "current_price": Field(QT_TRANSLATE_NOOP("Columns", "Customer's price now"), "price"),
    "discount_rate": Field(QT_TRANSLATE_NOOP("Columns", "Discount"), "percent"),
    "max_discount": Field(QT_TRANSLATE_NOOP("Columns", "Greatest discount"), "percent"),
    "tax_rate": Field(QT_TRANSLATE_NOOP("Columns", "Tax rate"), "percent"),
    "net_amount": Field(QT_TRANSLATE_NOOP("Columns", "Net amount"), "money"),
    "tax_amount": Field(QT_TRANSLATE_NOOP("Columns", "Tax"), "money"),
    "gross_amount": Field(QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money"),
    "amount": Field(QT_TRANSLATE_NOOP("Columns", "Amount"), "money"),
    "allocated_amount": Field(QT_TRANSLATE_NOOP("Columns", "Allocated"), "money"),
    "currency": Field(QT_TRANSLATE_NOOP("Columns", "Currency")),
    "credit_limit": Field(QT_TRANSLATE_NOOP("Columns", "Credit limit"), "money"),
    "payment_days": Field(QT_TRANSLATE_NOOP("Columns", "Payment days"), "int"),
    "lead_days": Field(QT_TRANSLATE_NOOP("Columns", "Lead days"), "int"),
    "method": Field(QT_TRANSLATE_NOOP("Columns", "Method"), "state", "payment_method"),
    "reference": Field(QT_TRANSLATE_NOOP("Columns", "Bank reference")),
    "order_count": Field(QT_TRANSLATE_NOOP("Columns", "Number of orders"), "int"),
    "line_count": Field(QT_TRANSLATE_NOOP("Columns", "Number of lines"), "int"),
    "ordered_on": Field(QT_TRANSLATE_NOOP("Columns", "Order date"), "date"),
    "promised_on": Field(QT_TRANSLATE_NOOP("Columns", "Promised"), "date"),
    "needed_on": Field(QT_TRANSLATE_NOOP("Columns", "Needed on"), "date"),
    "expected_on": Field(QT_TRANSLATE_NOOP("Columns", "Expected on"), "date"),
    "starts_on": Field(QT_TRANSLATE_NOOP("Columns", "Start on"), "date"),
    "issued_on": Field(QT_TRANSLATE_NOOP("Columns", "Issued"), "date"),
    "due_on": Field(QT_TRANSLATE_NOOP("Columns", "Due"), "date"),
    "received_on": Field(QT_TRANSLATE_NOOP("Columns", "Received on"), "date"),
    "posted_on": Field(QT_TRANSLATE_NOOP("Columns", "Posted"), "date"),
    "event": Field(QT_TRANSLATE_NOOP("Columns", "Event"), "state", "journal_event"),
    "reverses_id": Field(QT_TRANSLATE_NOOP("Columns", "Reverses"), "reference"),
    "branch_id": Field(QT_TRANSLATE_NOOP("Columns", "Branch"), "reference"),
    "owner_id": Field(QT_TRANSLATE_NOOP("Columns", "Owner"), "reference"),
    "warehouse_id": Field(QT_TRANSLATE_NOOP("Columns", "Warehouse"), "reference"),
    "material_warehouse_id": Field(QT_TRANSLATE_NOOP("Columns", "Material from"), "reference"),
    "work_centre_id": Field(QT_TRANSLATE_NOOP("Columns", "Work centre"), "reference"),
    "minutes_per_day": Field(QT_TRANSLATE_NOOP("Columns", "Minutes per day"), "qty"),
    "planned_minutes": Field(QT_TRANSLATE_NOOP("Columns", "Planned minutes"), "qty"),
    "setup_minutes": Field(QT_TRANSLATE_NOOP("Columns", "Setup minutes"), "qty"),
    "run_minutes": Field(QT_TRANSLATE_NOOP("Columns", "Minutes per piece"), "qty"),
    "channel": Field(QT_TRANSLATE_NOOP("Columns", "Channel"), "state", "channel"),
    "import_id": Field(QT_TRANSLATE_NOOP("Columns", "Imported from"), "reference"),
    "hold_reason": Field(QT_TRANSLATE_NOOP("Columns", "On hold"), "state", "hold_reason"),
    "return_reason": Field(QT_TRANSLATE_NOOP("Columns", "Reason of return")),
    "reason": Field(QT_TRANSLATE_NOOP("Columns", "Reason")),
    "carrier": Field(QT_TRANSLATE_NOOP("Columns", "Carrier")),
    "vehicle": Field(QT_TRANSLATE_NOOP("Columns", "Vehicle")),
    "ship_to": Field(QT_TRANSLATE_NOOP("Columns", "Ship to")),
    "contact": Field(QT_TRANSLATE_NOOP("Columns", "Contact")),
    "phone": Field(QT_TRANSLATE_NOOP("Columns", "Phone")),
    "email": Field(QT_TRANSLATE_NOOP("Columns", "E-mail")),
    "language": Field(QT_TRANSLATE_NOOP("Columns", "Language"), "language"),
    "province": Field(QT_TRANSLATE_NOOP("Columns", "Province")),
    "city": Field(QT_TRANSLATE_NOOP("Columns", "City")),
    "district": Field(QT_TRANSLATE_NOOP("Columns", "District")),
    "address": Field(QT_TRANSLATE_NOOP("Columns", "Address")),
    "address_zh": Field(QT_TRANSLATE_NOOP("Columns", "Chinese address")),
    "address_en": Field(QT_TRANSLATE_NOOP("Columns", "English address")),
    "tax_number": Field(QT_TRANSLATE_NOOP("Columns", "Tax number")),
    "bank_name": Field(QT_TRANSLATE_NOOP("Columns", "Bank")),
    "bank_account": Field(QT_TRANSLATE_NOOP("Columns", "Bank account")),
    "level": Field(QT_TRANSLATE_NOOP("Columns", "Level"), "int"),
    "min_amount": Field(QT_TRANSLATE_NOOP("Columns", "From amount"), "money"),
    "min_discount": Field(QT_TRANSLATE_NOOP("Columns", "From discount"), "percent"),
    "made_to_order": Field(QT_TRANSLATE_NOOP("Columns", "Made to order"), "flag"),
    "action_role": Field(QT_TRANSLATE_NOOP("Columns", "Decided by"), "role"),
    "decision": Field(QT_TRANSLATE_NOOP("Columns", "Decision"), "state"),
    "comment": Field(QT_TRANSLATE_NOOP("Columns", "Comment")),
    "note": Field(QT_TRANSLATE_NOOP("Columns", "Note")),
    "created_at": Field(QT_TRANSLATE_NOOP("Columns", "Made at"), "datetime"),
    "created_by": Field(QT_TRANSLATE_NOOP("Columns", "Made by"), "reference"),
    "requested_at": Field(QT_TRANSLATE_NOOP("Columns", "Submitted at"), "datetime"),
    "requested_by": Field(QT_TRANSLATE_NOOP("Columns", "Submitted by"), "reference"),
    "submitted_at": Field(QT_TRANSLATE_NOOP("Columns", "Submitted at"), "datetime"),
    "decided_at": Field(QT_TRANSLATE_NOOP("Columns", "Decided at"), "datetime"),
    "decided_by": Field(QT_TRANSLATE_NOOP("Columns", "Decided by the person"), "reference"),
    "confirmed_at": Field(QT_TRANSLATE_NOOP("Columns", "Confirmed at"), "datetime"),
    "released_at": Field(QT_TRANSLATE_NOOP("Columns", "Released at"), "datetime"),
    "finished_at": Field(QT_TRANSLATE_NOOP("Columns", "Finished at"), "datetime"),
    "reserved_at": Field(QT_TRANSLATE_NOOP("Columns", "Reserved at"), "datetime"),
    "shipped_at": Field(QT_TRANSLATE_NOOP("Columns", "Shipped at"), "datetime"),
    "delivered_at": Field(QT_TRANSLATE_NOOP("Columns", "Delivered at"), "datetime"),
    "sent_at": Field(QT_TRANSLATE_NOOP("Columns", "Sent at"), "datetime"),
    "received_at": Field(QT_TRANSLATE_NOOP("Columns", "Received at"), "datetime"),
    "received_by": Field(QT_TRANSLATE_NOOP("Columns", "Received by"), "reference"),
    "adjusted_at": Field(QT_TRANSLATE_NOOP("Columns", "Adjusted at"), "datetime"),
    "adjusted_by": Field(QT_TRANSLATE_NOOP("Columns", "Adjusted by"), "reference"),
    "imported_at": Field(QT_TRANSLATE_NOOP("Columns", "Imported at"), "datetime"),
    "imported_by": Field(QT_TRANSLATE_NOOP("Columns", "Imported by"), "reference"),
    "undone_at": Field(QT_TRANSLATE_NOOP("Columns", "Undone at"), "datetime"),
    "undone_by": Field(QT_TRANSLATE_NOOP("Columns", "Undone by"), "reference"),
    "posted_at": Field(QT_TRANSLATE_NOOP("Columns", "Posted at"), "datetime"),
    "posted_by": Field(QT_TRANSLATE_NOOP("Columns", "Posted by"), "reference"),
    "recorded_at": Field(QT_TRANSLATE_NOOP("Columns", "Recorded at"), "datetime"),
    "recorded_by": Field(QT_TRANSLATE_NOOP("Columns", "Recorded by"), "reference"),
    "allocated_at": Field(QT_TRANSLATE_NOOP("Columns", "Allocated at"), "datetime"),
    "allocated_by": Field(QT_TRANSLATE_NOOP("Columns", "Allocated by"), "reference"),
}
"""The columns by name, in the order in which the trail shows them."""

FIELDS_OF_TABLES: Final[Mapping[str, Field]] = {
    "auth.roles.name": Field(QT_TRANSLATE_NOOP("Columns", "Database role"), "role"),
    "auth.roles.kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state", "role_kind"),
    "auth.roles.needs": Field(QT_TRANSLATE_NOOP("Columns", "Needs the rights"), "roles"),
    "auth.roles.created_at": Field(QT_TRANSLATE_NOOP("Columns", "Created at"), "datetime"),
    "auth.roles.created_by": Field(QT_TRANSLATE_NOOP("Columns", "Created by"), "reference"),
    "auth.users.created_at": Field(QT_TRANSLATE_NOOP("Columns", "Created at"), "datetime"),
    "auth.users.created_by": Field(QT_TRANSLATE_NOOP("Columns", "Created by"), "reference"),
    "crm.customers.created_at": Field(QT_TRANSLATE_NOOP("Columns", "Created at"), "datetime"),
    "crm.customers.created_by": Field(QT_TRANSLATE_NOOP("Columns", "Created by"), "reference"),
    "crm.customers.kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state", "customer_kind"),
    "catalog.products.kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state", "product_kind"),
    "catalog.categories.parent_id": Field(QT_TRANSLATE_NOOP("Columns", "Belongs to category"), "reference"),
    "org.warehouses.kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state", "warehouse_kind"),
    "finance.accounts.kind": Field(QT_TRANSLATE_NOOP("Columns", "Kind"), "state", "account_kind"),
    "finance.journal_entries.description": Field(QT_TRANSLATE_NOOP("Columns", "Summary")),
    "production.work_orders.due_on": Field(QT_TRANSLATE_NOOP("Columns", "Finish by"), "date"),
    "production.work_orders.order_line_id": Field(QT_TRANSLATE_NOOP("Columns", "For order line"), "reference"),
    "purchasing.requests.order_line_id": Field(QT_TRANSLATE_NOOP("Columns", "For order line"), "reference"),
    "purchasing.requests.work_order_id": Field(QT_TRANSLATE_NOOP("Columns", "For work order"), "reference"),
    "purchasing.order_lines.order_id": Field(QT_TRANSLATE_NOOP("Columns", "Purchase order"), "reference"),
    "purchasing.receipts.order_id": Field(QT_TRANSLATE_NOOP("Columns", "Purchase order"), "reference"),
    "purchasing.receipt_lines.order_line_id": Field(QT_TRANSLATE_NOOP("Columns", "Purchase order line"), "reference"),
    "stock.shipments.received_by": Field(QT_TRANSLATE_NOOP("Columns", "Signed for by")),
}
"""Columns that say something else in one table than their name says elsewhere."""

_PLACES: Final = {name: place for place, name in enumerate(FIELDS)}


@dataclass(frozen=True)
class FieldTexts:
    """One changed column in words."""

    title: str
    before: str
    after: str


def field_of(table: str, name: str) -> Field | None:
    """The column of a table; None when nobody has put it into words."""
    return FIELDS_OF_TABLES.get(f"{table}.{name}") or FIELDS.get(name)


def title_of_field(name: str) -> str:
    """What a column is called, wherever it stands; a name that no column has speaks for itself."""
    return wording.title(FIELDS[name].title) if name in FIELDS else name


def field_texts(change: Change) -> list[FieldTexts]:
    """What a change did, in the language chosen: people's columns in their fixed order, technical ones left out."""
    shown = [each for each in change.fields if each.name not in TECHNICAL]
    shown.sort(key=lambda each: _PLACES.get(each.name, len(_PLACES)))
    return [
        FieldTexts(
            _title(change.table_name, each.name),
            _text(change, each.name, each.before),
            _text(change, each.name, each.after),
        )
        for each in shown
    ]


def _title(table: str, name: str) -> str:
    known = field_of(table, name)
    return wording.title(known.title) if known is not None else name.replace("_", " ")


def _text(change: Change, name: str, value: Any) -> str:
    """A value as JSON keeps it, written as the lists write values of its kind."""
    known = field_of(change.table_name, name) or Field(name)
    if value is None:
        return ""
    match known.kind:
        case "reference":
            return _named(change, name, value, f"#{value}")
        case "role":
            return _named(change, name, value, str(value))
        case "roles":
            return wording.listed(sorted(_named(change, name, role, str(role)) for role in value))
        case "language":
            return i18n.LANGUAGES.get(value, str(value))
        case "state":
            return wording.word(str(value), known.words)
        case "flag":
            return wording.word("yes" if value else "no", "flag")
        case "date":
            return text_of("date")(dt.date.fromisoformat(value))
        case "datetime":
            return text_of("datetime")(dt.datetime.fromisoformat(value))
        case "int" | "qty" | "price" | "money" | "percent":
            return text_of(known.kind)(Decimal(str(value)))
        case "text" | "code":
            return str(value)


def _named(change: Change, column: str, value: object, otherwise: str) -> str:
    name = change.names.get((column, str(value)))
    return i18n.spoken(*name) if name is not None else otherwise
