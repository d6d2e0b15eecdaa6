"""The rows of the demo company's files: one frozen dataclass a file, one field a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Literal

ProductKind = Literal["raw", "semi", "finished", "service", "set"]
OrderState = Literal[
    "draft",
    "submitted",
    "returned",
    "confirmed",
    "in_production",
    "ready",
    "shipped",
    "in_transit",
    "delivered",
    "completed",
    "cancelled",
]


class Row:
    """A row of a file: where it is read from, what makes it unique, and which columns name rows of other files."""

    FILE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    REFERENCES: ClassVar[Mapping[str, str]]

    def __init_subclass__(
        cls, *, file: str, key: tuple[str, ...] = ("code",), references: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """`references` gives, for a column that names rows of another file, that file."""
        super().__init_subclass__()
        cls.FILE = file
        cls.KEY = key
        cls.REFERENCES = references


@dataclass(frozen=True)
class Head:
    """company.toml: the company itself, and the last day of its history."""

    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    phone: str
    tax_number: str
    bank_name: str
    bank_account: str
    currency: str
    time_zone: str
    as_of: date


@dataclass(frozen=True)
class Branch(Row, file="branches.csv"):
    """A sales branch."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Warehouse(Row, file="warehouses.csv", references={"branch": "branches.csv"}):
    """A place where stock is kept; without a branch it serves all of them."""

    code: str
    name_zh: str
    name_en: str
    kind: Literal["raw", "finished", "shop"]
    branch: str
    address: str


@dataclass(frozen=True)
class WorkCentre(Row, file="work_centres.csv"):
    """A group of machines; minutes_per_day are those of one machine, cost_per_minute is labour and machine in CNY."""

    code: str
    name_zh: str
    name_en: str
    machines: int
    minutes_per_day: int
    cost_per_minute: Decimal


@dataclass(frozen=True)
class Unit(Row, file="units.csv"):
    """A unit of measure with the decimals its quantities may have."""

    code: str
    name_zh: str
    name_en: str
    decimals: int


@dataclass(frozen=True)
class Person(
    Row,
    file="people.csv",
    key=("login",),
    references={"branches": "branches.csv", "warehouses": "warehouses.csv", "work_centres": "work_centres.csv"},
):
    """Somebody with an account; job_role is the name of a job role without `erp_job_`, empty for a stranger."""

    login: str
    name_zh: str
    name_en: str
    job_role: str
    branches: tuple[str, ...]
    warehouses: tuple[str, ...]
    work_centres: tuple[str, ...]
    language: Literal["zh", "en"]


@dataclass(frozen=True)
class Category(Row, file="categories.csv"):
    """A product category."""

    code: str
    name_zh: str
    name_en: str
    kind: ProductKind


@dataclass(frozen=True)
class Product(Row, file="products.csv", references={"category": "categories.csv", "unit": "units.csv"}):
    """A product; list_price is without tax, empty for what is not sold; pieces is the number of its packages."""

    code: str
    name_zh: str
    name_en: str
    category: str
    kind: ProductKind
    supply: Literal["make", "buy", "none"]
    unit: str
    list_price: Decimal | None
    standard_cost: Decimal
    weight_kg: Decimal
    volume_m3: Decimal
    tax_rate: Decimal
    pieces: int


@dataclass(frozen=True)
class PriceList(Row, file="price_lists.csv"):
    """A price list; the list prices of products.csv are those of RETAIL."""

    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Price(
    Row,
    file="prices.csv",
    key=("price_list", "product", "valid_from"),
    references={"price_list": "price_lists.csv", "product": "products.csv"},
):
    """A price without tax in a list other than RETAIL."""

    price_list: str
    product: str
    valid_from: date
    unit_price: Decimal


@dataclass(frozen=True)
class BomLine(
    Row,
    file="boms.csv",
    key=("product", "component"),
    references={"product": "products.csv", "component": "products.csv"},
):
    """How much of a component one unit of a product takes, and the share of it that is lost."""

    product: str
    component: str
    qty: Decimal
    scrap_rate: Decimal


@dataclass(frozen=True)
class RoutingStep(
    Row,
    file="routings.csv",
    key=("product", "seq"),
    references={"product": "products.csv", "work_centre": "work_centres.csv"},
):
    """An operation that makes a product."""

    product: str
    seq: int
    operation_zh: str
    operation_en: str
    work_centre: str
    setup_minutes: Decimal
    run_minutes_per_piece: Decimal


@dataclass(frozen=True)
class Supplier(Row, file="suppliers.csv"):
    """A supplier."""

    code: str
    name_zh: str
    name_en: str
    contact: str
    phone: str
    email: str
    payment_days: int
    province: str
    city: str
    district: str
    address: str


@dataclass(frozen=True)
class SupplierProduct(
    Row,
    file="supplier_products.csv",
    key=("supplier", "product"),
    references={"supplier": "suppliers.csv", "product": "products.csv"},
):
    """What a supplier sells: price without tax, days until it comes, least quantity."""

    supplier: str
    product: str
    unit_price: Decimal
    lead_days: int
    min_qty: Decimal
    preferred: bool


@dataclass(frozen=True)
class Customer(
    Row,
    file="customers.csv",
    references={"branch": "branches.csv", "owner": "people.csv", "price_list": "price_lists.csv"},
):
    """A customer; owner is the sales clerk who looks after it."""

    code: str
    kind: Literal["company", "person", "dealer", "web"]
    name_zh: str
    name_en: str
    branch: str
    owner: str
    price_list: str
    credit_limit: Decimal
    payment_days: int
    contact: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    tax_number: str


@dataclass(frozen=True)
class OpeningStock(
    Row,
    file="stock.csv",
    key=("warehouse", "product"),
    references={"warehouse": "warehouses.csv", "product": "products.csv"},
):
    """What lay in a warehouse when the history begins, and below which quantity more is ordered."""

    warehouse: str
    product: str
    opening_qty: Decimal
    reorder_point: Decimal


@dataclass(frozen=True)
class ProductionBatch(
    Row, file="production.csv", key=("number",), references={"product": "products.csv", "warehouse": "warehouses.csv"}
):
    """A finished work order of the history."""

    number: str
    product: str
    warehouse: str
    qty: Decimal
    started_on: date
    finished_on: date


@dataclass(frozen=True)
class Purchase(
    Row, file="purchases.csv", key=("number",), references={"supplier": "suppliers.csv", "warehouse": "warehouses.csv"}
):
    """A purchase order; received_on is empty while nothing has come."""

    number: str
    supplier: str
    warehouse: str
    ordered_on: date
    expected_on: date
    received_on: date | None
    state: Literal["draft", "sent", "received"]


@dataclass(frozen=True)
class PurchaseLine(
    Row,
    file="purchase_lines.csv",
    key=("number", "line_no"),
    references={"number": "purchases.csv", "product": "products.csv"},
):
    """A line of a purchase order; the price is without tax."""

    number: str
    line_no: int
    product: str
    qty: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class Order(
    Row,
    file="orders.csv",
    key=("number",),
    references={
        "branch": "branches.csv",
        "customer": "customers.csv",
        "clerk": "people.csv",
        "warehouse": "warehouses.csv",
    },
):
    """A sales order with the days of its life; the address is that of a web order, else the customer's holds."""

    number: str
    branch: str
    customer: str
    clerk: str
    channel: Literal["clerk", "dealer", "web"]
    warehouse: str
    state: OrderState
    hold: Literal["", "credit", "data"]
    ordered_on: date
    promised_on: date
    confirmed_on: date | None
    shipped_on: date | None
    delivered_on: date | None
    invoiced_on: date | None
    paid_on: date | None
    reference: str
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    note: str
    return_reason: str


@dataclass(frozen=True)
class OrderLine(
    Row,
    file="order_lines.csv",
    key=("number", "line_no"),
    references={"number": "orders.csv", "product": "products.csv"},
):
    """A line of a sales order; net and tax are rounded half-up to the cent."""

    number: str
    line_no: int
    product: str
    qty: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    net: Decimal
    tax: Decimal


@dataclass(frozen=True)
class CalendarDay(Row, file="calendar.csv", key=("day",)):
    """A public holiday, or a day of a weekend that is worked instead."""

    day: date
    kind: Literal["holiday", "workday"]
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Region(Row, file="regions.csv", references={"parent": "regions.csv"}):
    """A province, a city or a district of China; parent is the code of what it belongs to."""

    code: str
    name: str
    parent: str
