"""How columns speak to people: translated titles, the words and tones of state codes, alignment, filters in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, Qt

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, translate
from erp_desktop.services.listing import (
    NUMBER_KINDS,
    Column,
    Contains,
    Equals,
    Filter,
    Formatter,
    Kind,
    ListSpec,
    OneOf,
    Period,
    PeriodName,
    Range,
    Words,
    text_of,
)


class Tone(StrEnum):
    """The colour family of a state; the word always stands beside it."""

    NEUTRAL = "neutral"  # not begun, closed, cancelled
    INFO = "info"  # under way
    WARNING = "warning"  # waits for somebody
    SUCCESS = "success"  # done
    DANGER = "danger"  # refused, late, blocked


Bound: TypeAlias = Decimal | int | dt.date | None

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE: Final = Qt.AlignmentFlag.AlignCenter

_STATES: Final[Mapping[str, tuple[str, Tone]]] = {
    "draft": (QT_TRANSLATE_NOOP("Words", "Draft"), Tone.NEUTRAL),
    "submitted": (QT_TRANSLATE_NOOP("Words", "Submitted"), Tone.WARNING),
    "returned": (QT_TRANSLATE_NOOP("Words", "Returned"), Tone.DANGER),
    "confirmed": (QT_TRANSLATE_NOOP("Words", "Confirmed"), Tone.INFO),
    "in_production": (QT_TRANSLATE_NOOP("Words", "In production"), Tone.INFO),
    "ready": (QT_TRANSLATE_NOOP("Words", "Ready to ship"), Tone.WARNING),
    "shipped": (QT_TRANSLATE_NOOP("Words", "Shipped"), Tone.INFO),
    "in_transit": (QT_TRANSLATE_NOOP("Words", "In transit"), Tone.INFO),
    "delivered": (QT_TRANSLATE_NOOP("Words", "Delivered"), Tone.SUCCESS),
    "completed": (QT_TRANSLATE_NOOP("Words", "Completed"), Tone.SUCCESS),
    "cancelled": (QT_TRANSLATE_NOOP("Words", "Cancelled"), Tone.NEUTRAL),
    "on_hold": (QT_TRANSLATE_NOOP("Words", "On hold"), Tone.DANGER),
    "abnormal": (QT_TRANSLATE_NOOP("Words", "Abnormal"), Tone.DANGER),
    "picking": (QT_TRANSLATE_NOOP("Words", "Picking"), Tone.WARNING),
    "planned": (QT_TRANSLATE_NOOP("Words", "Planned"), Tone.NEUTRAL),
    "released": (QT_TRANSLATE_NOOP("Words", "Released"), Tone.INFO),
    "waiting": (QT_TRANSLATE_NOOP("Words", "Waiting"), Tone.WARNING),
    "in_progress": (QT_TRANSLATE_NOOP("Words", "In progress"), Tone.INFO),
    "done": (QT_TRANSLATE_NOOP("Words", "Done"), Tone.SUCCESS),
    "open": (QT_TRANSLATE_NOOP("Words", "Open"), Tone.WARNING),
    "closed": (QT_TRANSLATE_NOOP("Words", "Closed"), Tone.NEUTRAL),
    "ordered": (QT_TRANSLATE_NOOP("Words", "Ordered"), Tone.INFO),
    "sent": (QT_TRANSLATE_NOOP("Words", "Sent"), Tone.INFO),
    "partly_received": (QT_TRANSLATE_NOOP("Words", "Partly received"), Tone.WARNING),
    "received": (QT_TRANSLATE_NOOP("Words", "Received"), Tone.SUCCESS),
    "issued": (QT_TRANSLATE_NOOP("Words", "Issued"), Tone.INFO),
    "partly_paid": (QT_TRANSLATE_NOOP("Words", "Partly paid"), Tone.WARNING),
    "paid": (QT_TRANSLATE_NOOP("Words", "Paid"), Tone.SUCCESS),
    "unallocated": (QT_TRANSLATE_NOOP("Words", "To allocate"), Tone.WARNING),
    "allocated": (QT_TRANSLATE_NOOP("Words", "Allocated"), Tone.SUCCESS),
    "pending": (QT_TRANSLATE_NOOP("Words", "Pending"), Tone.WARNING),
    "approved": (QT_TRANSLATE_NOOP("Words", "Approved"), Tone.SUCCESS),
    "void": (QT_TRANSLATE_NOOP("Words", "Void"), Tone.NEUTRAL),
    "low": (QT_TRANSLATE_NOOP("Words", "Low"), Tone.WARNING),
    "short": (QT_TRANSLATE_NOOP("Words", "Short"), Tone.DANGER),
    "enabled": (QT_TRANSLATE_NOOP("Words", "Active"), Tone.SUCCESS),
    "disabled": (QT_TRANSLATE_NOOP("Words", "Inactive"), Tone.NEUTRAL),
    "locked": (QT_TRANSLATE_NOOP("Words", "Locked"), Tone.DANGER),
}

_VOCABULARIES: Final[Mapping[str, Mapping[str, str]]] = {
    "state": {code: word for code, (word, _tone) in _STATES.items()},
    "channel": {
        "clerk": QT_TRANSLATE_NOOP("Words", "Sales clerk"),
        "import": QT_TRANSLATE_NOOP("Words", "Import"),
        "dealer": QT_TRANSLATE_NOOP("Words", "Dealer"),
        "web": QT_TRANSLATE_NOOP("Words", "Web shop"),
    },
    "customer_kind": {
        "company": QT_TRANSLATE_NOOP("Words", "Company"),
        "person": QT_TRANSLATE_NOOP("Words", "Private person"),
        "dealer": QT_TRANSLATE_NOOP("Words", "Dealer"),
        "web": QT_TRANSLATE_NOOP("Words", "Web shop"),
    },
    "product_kind": {
        "raw": QT_TRANSLATE_NOOP("Words", "Raw material"),
        "semi": QT_TRANSLATE_NOOP("Words", "Semi-finished"),
        "finished": QT_TRANSLATE_NOOP("Words", "Finished product"),
        "service": QT_TRANSLATE_NOOP("Words", "Service"),
        "set": QT_TRANSLATE_NOOP("Words", "Set"),
    },
    "supply": {
        "make": QT_TRANSLATE_NOOP("Words", "Made"),
        "buy": QT_TRANSLATE_NOOP("Words", "Bought"),
        "none": QT_TRANSLATE_NOOP("Words", "Not stocked"),
    },
    "warehouse_kind": {
        "raw": QT_TRANSLATE_NOOP("Words", "Raw material store"),
        "finished": QT_TRANSLATE_NOOP("Words", "Finished goods store"),
        "shop": QT_TRANSLATE_NOOP("Words", "Shop store"),
    },
    "move_kind": {
        "opening": QT_TRANSLATE_NOOP("Words", "Opening stock"),
        "receipt": QT_TRANSLATE_NOOP("Words", "Goods receipt"),
        "consumption": QT_TRANSLATE_NOOP("Words", "Material used"),
        "production": QT_TRANSLATE_NOOP("Words", "Product finished"),
        "shipment": QT_TRANSLATE_NOOP("Words", "Shipment"),
        "return": QT_TRANSLATE_NOOP("Words", "Return"),
        "adjustment": QT_TRANSLATE_NOOP("Words", "Adjustment"),
        "transfer": QT_TRANSLATE_NOOP("Words", "Transfer"),
    },
    "payment_method": {
        "bank": QT_TRANSLATE_NOOP("Words", "Bank transfer"),
        "cash": QT_TRANSLATE_NOOP("Words", "Cash"),
        "platform": QT_TRANSLATE_NOOP("Words", "Platform payout"),
        "note": QT_TRANSLATE_NOOP("Words", "Bank acceptance"),
    },
    "hold_reason": {
        "credit": QT_TRANSLATE_NOOP("Words", "Credit limit"),
        "data": QT_TRANSLATE_NOOP("Words", "Incomplete data"),
    },
    "action": {
        "create": QT_TRANSLATE_NOOP("Words", "Entered"),
        "record": QT_TRANSLATE_NOOP("Words", "Recorded"),
        "save": QT_TRANSLATE_NOOP("Words", "Saved"),
        "import": QT_TRANSLATE_NOOP("Words", "Imported"),
        "submit": QT_TRANSLATE_NOOP("Words", "Submitted"),
        "approve": QT_TRANSLATE_NOOP("Words", "Approved"),
        "return": QT_TRANSLATE_NOOP("Words", "Returned for correction"),
        "cancel": QT_TRANSLATE_NOOP("Words", "Cancelled"),
        "release_hold": QT_TRANSLATE_NOOP("Words", "Hold released"),
        "confirm": QT_TRANSLATE_NOOP("Words", "Confirmed"),
        "derive": QT_TRANSLATE_NOOP("Words", "State changed"),
        "pick": QT_TRANSLATE_NOOP("Words", "Picked"),
        "ship": QT_TRANSLATE_NOOP("Words", "Shipped"),
        "depart": QT_TRANSLATE_NOOP("Words", "Departed"),
        "deliver": QT_TRANSLATE_NOOP("Words", "Delivered"),
        "release": QT_TRANSLATE_NOOP("Words", "Released"),
        "replan": QT_TRANSLATE_NOOP("Words", "Planned again"),
        "report": QT_TRANSLATE_NOOP("Words", "Work reported"),
        "finish": QT_TRANSLATE_NOOP("Words", "Finished"),
        "order": QT_TRANSLATE_NOOP("Words", "Ordered"),
        "reopen": QT_TRANSLATE_NOOP("Words", "Opened again"),
        "receive": QT_TRANSLATE_NOOP("Words", "Received"),
        "send": QT_TRANSLATE_NOOP("Words", "Sent"),
        "reschedule": QT_TRANSLATE_NOOP("Words", "Expected day moved"),
        "complete": QT_TRANSLATE_NOOP("Words", "Completed"),
        "issue": QT_TRANSLATE_NOOP("Words", "Issued"),
        "settle": QT_TRANSLATE_NOOP("Words", "Paid"),
        "allocate": QT_TRANSLATE_NOOP("Words", "Allocated"),
    },
    "document_type": {
        "order": QT_TRANSLATE_NOOP("Words", "Order"),
        "shipment": QT_TRANSLATE_NOOP("Words", "Delivery note"),
        "work_order": QT_TRANSLATE_NOOP("Words", "Work order"),
        "purchase_request": QT_TRANSLATE_NOOP("Words", "Purchase request"),
        "purchase_order": QT_TRANSLATE_NOOP("Words", "Purchase order"),
        "receipt": QT_TRANSLATE_NOOP("Words", "Goods receipt"),
        "adjustment": QT_TRANSLATE_NOOP("Words", "Stock adjustment"),
        "opening": QT_TRANSLATE_NOOP("Words", "Opening stock"),
        "transfer": QT_TRANSLATE_NOOP("Words", "Transfer"),
        "invoice": QT_TRANSLATE_NOOP("Words", "Invoice"),
        "payment": QT_TRANSLATE_NOOP("Words", "Payment"),
    },
    "flag": {
        "yes": QT_TRANSLATE_NOOP("Words", "Yes"),
        "no": QT_TRANSLATE_NOOP("Words", "No"),
    },
    "audit_operation": {
        "insert": QT_TRANSLATE_NOOP("Words", "Added"),
        "update": QT_TRANSLATE_NOOP("Words", "Changed"),
        "delete": QT_TRANSLATE_NOOP("Words", "Removed"),
        "print": QT_TRANSLATE_NOOP("Words", "Printed"),
        "export": QT_TRANSLATE_NOOP("Words", "Exported"),
        "mismatch": QT_TRANSLATE_NOOP("Words", "Seal differs"),
        "login": QT_TRANSLATE_NOOP("Words", "Logged in"),
        "refusal": QT_TRANSLATE_NOOP("Words", "Login refused"),
        "lockout": QT_TRANSLATE_NOOP("Words", "Login locked out"),
        "logout": QT_TRANSLATE_NOOP("Words", "Logged out"),
        "unlock": QT_TRANSLATE_NOOP("Words", "Unlocked"),
        "password": QT_TRANSLATE_NOOP("Words", "Password changed"),
        "forgotten": QT_TRANSLATE_NOOP("Words", "Code asked for by e-mail"),
        "proof": QT_TRANSLATE_NOOP("Words", "Identity confirmed"),
        "session_end": QT_TRANSLATE_NOOP("Words", "Session ended"),
    },
    "ended_by": {
        "idle": QT_TRANSLATE_NOOP("Words", "Not used"),
        "validity": QT_TRANSLATE_NOOP("Words", "End of validity"),
        "person": QT_TRANSLATE_NOOP("Words", "The person"),
        "administrator": QT_TRANSLATE_NOOP("Words", "Administrator"),
    },
    "verdict": {
        "ok": QT_TRANSLATE_NOOP("Words", "Let in"),
        "refused": QT_TRANSLATE_NOOP("Words", "Wrong name or password"),
        "code_refused": QT_TRANSLATE_NOOP("Words", "Wrong code"),
        "locked": QT_TRANSLATE_NOOP("Words", "Locked"),
        "disabled": QT_TRANSLATE_NOOP("Words", "Inactive account"),
    },
    "medium": {
        "paper": QT_TRANSLATE_NOOP("Words", "Paper"),
        "file": QT_TRANSLATE_NOOP("Words", "PDF file"),
    },
    "journal_event": {
        "opening": QT_TRANSLATE_NOOP("Words", "Opening stock"),
        "receipt": QT_TRANSLATE_NOOP("Words", "Goods receipt"),
        "consumption": QT_TRANSLATE_NOOP("Words", "Material used"),
        "production": QT_TRANSLATE_NOOP("Words", "Product finished"),
        "shipment": QT_TRANSLATE_NOOP("Words", "Shipment"),
        "adjustment": QT_TRANSLATE_NOOP("Words", "Adjustment"),
        "invoice": QT_TRANSLATE_NOOP("Words", "Invoice issued"),
        "payment": QT_TRANSLATE_NOOP("Words", "Payment received"),
        "cash_payment": QT_TRANSLATE_NOOP("Words", "Cash received"),
        "allocation": QT_TRANSLATE_NOOP("Words", "Payment allocated"),
    },
    "audit_table": {
        "auth.users": QT_TRANSLATE_NOOP("Words", "Account"),
        "auth.roles": QT_TRANSLATE_NOOP("Words", "Role"),
        "auth.gate_settings": QT_TRANSLATE_NOOP("Words", "Login rules"),
        "auth.user_branches": QT_TRANSLATE_NOOP("Words", "Branch of a person"),
        "auth.user_warehouses": QT_TRANSLATE_NOOP("Words", "Warehouse of a person"),
        "auth.user_work_centres": QT_TRANSLATE_NOOP("Words", "Work centre of a person"),
        "org.companies": QT_TRANSLATE_NOOP("Words", "Company"),
        "org.branches": QT_TRANSLATE_NOOP("Words", "Branch"),
        "org.warehouses": QT_TRANSLATE_NOOP("Words", "Warehouse"),
        "org.work_centres": QT_TRANSLATE_NOOP("Words", "Work centre"),
        "org.units": QT_TRANSLATE_NOOP("Words", "Unit"),
        "workflow.approval_rules": QT_TRANSLATE_NOOP("Words", "Approval rule"),
        "workflow.approvals": QT_TRANSLATE_NOOP("Words", "Approval"),
        "crm.customers": QT_TRANSLATE_NOOP("Words", "Customer"),
        "catalog.categories": QT_TRANSLATE_NOOP("Words", "Product category"),
        "catalog.products": QT_TRANSLATE_NOOP("Words", "Product"),
        "catalog.price_lists": QT_TRANSLATE_NOOP("Words", "Price list"),
        "catalog.prices": QT_TRANSLATE_NOOP("Words", "Price"),
        "sales.orders": QT_TRANSLATE_NOOP("Words", "Order"),
        "sales.order_lines": QT_TRANSLATE_NOOP("Words", "Order line"),
        "sales.imports": QT_TRANSLATE_NOOP("Words", "Import of orders"),
        "stock.adjustments": QT_TRANSLATE_NOOP("Words", "Stock adjustment"),
        "stock.reservations": QT_TRANSLATE_NOOP("Words", "Reservation"),
        "stock.shipments": QT_TRANSLATE_NOOP("Words", "Delivery note"),
        "stock.shipment_lines": QT_TRANSLATE_NOOP("Words", "Delivery note line"),
        "production.bom_lines": QT_TRANSLATE_NOOP("Words", "Bill of material line"),
        "production.routing_steps": QT_TRANSLATE_NOOP("Words", "Routing step"),
        "production.work_orders": QT_TRANSLATE_NOOP("Words", "Work order"),
        "production.work_order_materials": QT_TRANSLATE_NOOP("Words", "Work order material"),
        "production.operations": QT_TRANSLATE_NOOP("Words", "Operation"),
        "purchasing.suppliers": QT_TRANSLATE_NOOP("Words", "Supplier"),
        "purchasing.supplier_products": QT_TRANSLATE_NOOP("Words", "Supplier's product"),
        "purchasing.requests": QT_TRANSLATE_NOOP("Words", "Purchase request"),
        "purchasing.orders": QT_TRANSLATE_NOOP("Words", "Purchase order"),
        "purchasing.order_lines": QT_TRANSLATE_NOOP("Words", "Purchase order line"),
        "purchasing.receipts": QT_TRANSLATE_NOOP("Words", "Goods receipt"),
        "purchasing.receipt_lines": QT_TRANSLATE_NOOP("Words", "Goods receipt line"),
        "finance.accounts": QT_TRANSLATE_NOOP("Words", "Ledger account"),
        "finance.journal_entries": QT_TRANSLATE_NOOP("Words", "Journal entry"),
        "finance.invoices": QT_TRANSLATE_NOOP("Words", "Invoice"),
        "finance.invoice_lines": QT_TRANSLATE_NOOP("Words", "Invoice line"),
        "finance.payments": QT_TRANSLATE_NOOP("Words", "Payment"),
        "finance.allocations": QT_TRANSLATE_NOOP("Words", "Allocation"),
        "audit.exports": QT_TRANSLATE_NOOP("Words", "List"),
        "audit.seals": QT_TRANSLATE_NOOP("Words", "Seal of the trail"),
    },
    "role_kind": {
        "action": QT_TRANSLATE_NOOP("Words", "Single right"),
        "job": QT_TRANSLATE_NOOP("Words", "Job role"),
        "custom": QT_TRANSLATE_NOOP("Words", "Own role"),
    },
    "department": {
        "sales": QT_TRANSLATE_NOOP("Words", "Sales"),
        "catalog": QT_TRANSLATE_NOOP("Words", "Products"),
        "stock": QT_TRANSLATE_NOOP("Words", "Stock"),
        "production": QT_TRANSLATE_NOOP("Words", "Production"),
        "purchasing": QT_TRANSLATE_NOOP("Words", "Purchasing"),
        "finance": QT_TRANSLATE_NOOP("Words", "Finance"),
        "service": QT_TRANSLATE_NOOP("Words", "Service"),
        "reports": QT_TRANSLATE_NOOP("Words", "Reports"),
        "admin": QT_TRANSLATE_NOOP("Words", "Administration"),
        "custom": QT_TRANSLATE_NOOP("Words", "Own roles"),
    },
    "account_kind": {
        "asset": QT_TRANSLATE_NOOP("Words", "Asset"),
        "liability": QT_TRANSLATE_NOOP("Words", "Liability"),
        "equity": QT_TRANSLATE_NOOP("Words", "Equity"),
        "income": QT_TRANSLATE_NOOP("Words", "Income"),
        "expense": QT_TRANSLATE_NOOP("Words", "Expense"),
    },
    "side": {
        "debit": QT_TRANSLATE_NOOP("Words", "Debit"),
        "credit": QT_TRANSLATE_NOOP("Words", "Credit"),
    },
}

_PERIOD_WORDS: Final[Mapping[PeriodName, str]] = {
    "today": QT_TRANSLATE_NOOP("Words", "today"),
    "yesterday": QT_TRANSLATE_NOOP("Words", "yesterday"),
    "this_week": QT_TRANSLATE_NOOP("Words", "this week"),
    "last_7_days": QT_TRANSLATE_NOOP("Words", "last 7 days"),
    "next_7_days": QT_TRANSLATE_NOOP("Words", "next 7 days"),
    "this_month": QT_TRANSLATE_NOOP("Words", "this month"),
    "last_month": QT_TRANSLATE_NOOP("Words", "last month"),
    "this_year": QT_TRANSLATE_NOOP("Words", "this year"),
    "before_today": QT_TRANSLATE_NOOP("Words", "before today"),
}


def in_language(spec: ListSpec, language: str) -> ListSpec:
    """The list as it is shown in a language: of each pair of columns `…_zh`, `…_en` one stays."""
    own, other = ("_zh", "_en") if language.startswith("zh") else ("_en", "_zh")
    keys = {column.key for column in spec.columns}
    hidden = {key for key in keys if key.endswith(other) and key.removesuffix(other) + own in keys}
    return replace(spec, columns=tuple(column for column in spec.columns if column.key not in hidden))


def title(column_title: str) -> str:
    """The translated title of a column, marked in the source as QT_TRANSLATE_NOOP("Columns", ...)."""
    return translate("Columns", column_title)


def word(code: str, vocabulary: str = "state") -> str:
    """The translated word of a code; a code without an entry speaks for itself."""
    text = _VOCABULARIES.get(vocabulary, {}).get(code)
    return translate("Words", text) if text else code


def listed(texts: Iterable[str]) -> str:
    """Several words in a row, as the language writes them."""
    return translate("Words", QT_TRANSLATE_NOOP("Words", ", ")).join(texts)


def tone(code: str) -> Tone:
    """The tone in which a state's chip is painted."""
    return _STATES[code][1] if code in _STATES else Tone.NEUTRAL


def period_word(name: PeriodName) -> str:
    """The translated name of a period."""
    return translate("Words", _PERIOD_WORDS[name])


def words() -> Words:
    """All vocabularies in the present language, for a Formatter."""
    return {
        vocabulary: {code: word(code, vocabulary) for code in entries} for vocabulary, entries in _VOCABULARIES.items()
    }


def formatter(columns: Sequence[Column]) -> Formatter:
    """A formatter that speaks the present language."""
    return Formatter(columns, words())


def alignment(kind: Kind) -> Qt.AlignmentFlag:
    """Figures stand right, ticks in the middle, everything else left."""
    if kind in NUMBER_KINDS:
        return RIGHT
    return CENTRE if kind == "flag" else LEFT


def is_chip(column: Column) -> bool:
    """Whether the column's codes are painted as coloured chips."""
    return column.kind == "state" and column.words == "state"


class FilterTexts(QObject):
    """Says filters in words, as their chips show them."""

    def describe(self, each: Filter, column: Column) -> str:
        """The filter with its column: `State: Draft, Submitted`."""
        return self.tr("{title}: {condition}").format(
            title=title(column.title), condition=self._condition(each, column)
        )

    def _condition(self, each: Filter, column: Column) -> str:
        match each:
            case Contains(text=text):
                return self.tr("contains “{text}”").format(text=text)
            case Equals(value=value):
                return self._value(value, column)
            case OneOf(values=values):
                return self.tr(", ").join(self._value(value, column) for value in values)
            case Period(name=name):
                return period_word(name)
            case Range(low=low, high=high):
                return self._span(low, high, column)

    def _span(self, low: Bound, high: Bound, column: Column) -> str:
        if low is None:
            return self.tr("up to {high}").format(high=self._value(high, column))
        if high is None:
            return self.tr("from {low}").format(low=self._value(low, column))
        return self.tr("{low} to {high}").format(low=self._value(low, column), high=self._value(high, column))

    def _value(self, value: str | int | bool | Decimal | dt.date | None, column: Column) -> str:
        if value is None:
            return self.tr("empty")
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if isinstance(value, dt.date):
            return value.isoformat()
        if column.kind == "state":
            return word(str(value), column.words)
        return text_of(column.kind)(value)
