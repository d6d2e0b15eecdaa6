"""What the printed documents are made of: frozen rows of text, dates and Decimal figures, ready to be drawn.

Every amount is money in the document's currency with two decimals, already rounded by the database; every quantity is
in the unit named beside it; unit prices have up to four decimals. Optional text is "" and optional figures are None:
whatever is empty is left out of the page without a gap. Names of products and units come in the reader's language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Language = Literal["zh_CN", "en"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The company that issues the document; its name is also the author in the PDF's metadata."""

    name: str
    name_en: str = ""
    address: str = ""
    address_en: str = ""
    phone: str = ""
    email: str = ""
    tax_number: str = ""
    bank_name: str = ""
    bank_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The customer or supplier that the document is for."""

    name: str
    code: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Who made the document and when it was printed (the footer); several copies are told apart by `copies_note`."""

    prepared_by: str = ""
    printed_by: str = ""
    printed_at: datetime | None = None
    copies_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What every line of goods has: the product, how much of it, and what else to know about it."""

    product_code: str
    product_name: str
    qty: Decimal
    unit: str
    specification: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNoteLine(Line):
    """One product delivered; `amount` includes tax, `packages` counts the boxes that hold it."""

    unit_price: Decimal | None = None
    amount: Decimal | None = None
    packages: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNote:
    """送货单: what leaves the house for one customer. Without `with_prices` no price or amount is printed at all."""

    number: str
    shipped_on: date
    company: Company
    customer: Party
    lines: tuple[DeliveryNoteLine, ...]
    ship_to: str = ""
    contact: str = ""
    phone: str = ""
    order_number: str = ""
    customer_order_number: str = ""
    warehouse: str = ""
    carrier: str = ""
    vehicle: str = ""
    packages: int | None = None
    with_prices: bool = True
    currency: str = "CNY"
    remark: str = ""
    qr_text: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceLine(Line):
    """One invoiced product: `net` + `tax` = `gross`; `tax_rate` is a fraction (0.13), None where no tax applies."""

    unit_price: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    tax_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """销售发票: the commercial invoice with its terms; one with a negative total is titled a credit note (红字发票)."""

    number: str
    invoiced_on: date
    company: Company
    customer: Party
    lines: tuple[InvoiceLine, ...]
    due_on: date | None = None
    terms: str = ""
    order_number: str = ""
    customer_order_number: str = ""
    delivery_note_number: str = ""
    paid: Decimal | None = None
    currency: str = "CNY"
    remark: str = ""
    qr_text: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderLine(Line):
    """One product ordered by a customer: `net` + `tax` = `gross`; rates are fractions, None where there is none."""

    unit_price: Decimal
    net: Decimal
    tax: Decimal
    gross: Decimal
    tax_rate: Decimal | None = None
    discount_rate: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrder:
    """销售订单: what a customer orders, for the customer to confirm; `is_draft` says that it is not agreed yet."""

    number: str
    ordered_on: date
    promised_on: date
    company: Company
    customer: Party
    lines: tuple[SalesOrderLine, ...]
    ship_to: str = ""
    contact: str = ""
    phone: str = ""
    customer_order_number: str = ""
    clerk: str = ""
    is_draft: bool = False
    currency: str = "CNY"
    remark: str = ""
    qr_text: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderLine(Line):
    """One product ordered; `amount` includes tax, `due_on` is the day it must be in the warehouse."""

    unit_price: Decimal
    amount: Decimal
    tax_rate: Decimal | None = None
    due_on: date | None = None
    supplier_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrder:
    """采购单: what the supplier is asked to deliver, where, when and on which terms."""

    number: str
    ordered_on: date
    company: Company
    supplier: Party
    lines: tuple[PurchaseOrderLine, ...]
    deliver_to: str = ""
    contact: str = ""
    phone: str = ""
    due_on: date | None = None
    payment_terms: str = ""
    delivery_terms: str = ""
    conditions: tuple[str, ...] = ()
    currency: str = "CNY"
    remark: str = ""
    qr_text: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderOperation:
    """One step of the routing; minutes are planned, `setup_minutes` once and `run_minutes` for the whole quantity."""

    position: int
    name: str
    work_centre: str
    setup_minutes: Decimal | None = None
    run_minutes: Decimal | None = None
    planned_start: datetime | None = None
    instruction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrderMaterial(Line):
    """One material of the bill of materials; `qty` is for the whole work order, `location` names its warehouse."""

    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """生产工单: what to make, by which operations, from which materials; it carries no price and no cost."""

    number: str
    company: Company
    product_code: str
    product_name: str
    qty: Decimal
    unit: str
    operations: tuple[WorkOrderOperation, ...]
    materials: tuple[WorkOrderMaterial, ...]
    specification: str = ""
    order_number: str = ""
    customer_name: str = ""
    plant: str = ""
    planned_start: date | None = None
    due_on: date | None = None
    priority: str = ""
    remark: str = ""
    qr_text: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One document on the account: `charge` raises what the customer owes, `credit` lowers it."""

    booked_on: date
    document: str
    number: str
    charge: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """对账单: one customer's account over a period, from the opening to the closing balance."""

    number: str
    from_on: date
    to_on: date
    company: Company
    customer: Party
    opening: Decimal
    lines: tuple[StatementLine, ...]
    currency: str = "CNY"
    remark: str = ""
    issue: Issue = field(default_factory=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailSeal:
    """变更记录封印: the newest seal of the trail; `hash` in hexadecimal, `server` as people know it."""

    number: int
    hash: str
    sealed_at: datetime
    server: str
    company: Company
    issue: Issue = field(default_factory=Issue)
