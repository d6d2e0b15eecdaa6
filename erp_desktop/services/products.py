"""Products as sales people look for them: with the customer's price and the stock of a warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import false, func, select

from erp_desktop.schema import catalog as tables
from erp_desktop.schema import stock as stock_tables
from erp_desktop.services import clock
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible

MOST_FOUND = 200

_OFFERS = """
select o.* from sales.offers(cast(:ids as bigint[]), cast(:price_list_id as bigint), cast(:warehouse_id as bigint),
    cast(:on_date as date)) o
"""
_SEARCH = """
select o.* from sales.offers(array(select sales.search_offers(:typed, :most)), cast(:price_list_id as bigint),
    cast(:warehouse_id as bigint), cast(:on_date as date)) o
"""


@dataclass(frozen=True)
class Situation:
    """What prices and stock depend on: the price list (None: the usual one), the warehouse, the day of the order."""

    price_list_id: int | None = None
    warehouse_id: int | None = None
    on: dt.date | None = None

    @property
    def key(self) -> str:
        """The same as one plain text, for lines to say what their figures were asked for."""
        return f"{self.price_list_id or ''} {self.warehouse_id or ''} {self.on or ''}"


@dataclass(frozen=True)
class Offer:
    """A product with its price and stock in a situation; stock is None for services and without a warehouse."""

    id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    kind: str
    supply: str
    unit_id: int
    unit_zh: str
    unit_en: str
    decimals: int
    tax_rate: Decimal
    unit_price: Decimal | None
    on_hand: Decimal | None
    reserved: Decimal | None
    available: Decimal | None
    incoming: Decimal | None
    in_production: Decimal | None


@dataclass(frozen=True)
class ListPrice:
    """What a product costs in a price list from a day on; `is_valid`: that is today's price."""

    list_zh: str
    list_en: str
    currency: str
    valid_from: dt.date
    unit_price: Decimal
    is_valid: bool


@dataclass(frozen=True)
class WarehouseStock:
    """Stock of a product in one warehouse."""

    warehouse_zh: str
    warehouse_en: str
    on_hand: Decimal
    reserved: Decimal
    available: Decimal
    incoming: Decimal
    in_production: Decimal


@dataclass(frozen=True)
class Product:
    """A product with its prices and, for those who may see it, its stock."""

    id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    category_zh: str
    category_en: str
    kind: str
    supply: str
    unit_zh: str
    unit_en: str
    tax_rate: Decimal
    weight_kg: Decimal
    volume_m3: Decimal
    is_sold: bool
    is_active: bool
    version: int
    prices: tuple[ListPrice, ...]
    stock: tuple[WarehouseStock, ...]


def load_product(database: Database, product_id: int, *, with_stock: bool) -> Product:
    """The product; raises NotVisible. `with_stock` is for those who may see the stock of all warehouses."""
    view = tables.product_list
    plain = [field for field in Product.__dataclass_fields__ if field not in ("prices", "stock")]
    rows = database.rows(select(*(view.c[name] for name in plain)).where(view.c.id == product_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "product", "id": product_id})
    stock = _stock(database, product_id) if with_stock else ()
    return Product(**rows[0]._asdict(), prices=_prices(database, product_id), stock=stock)


def _prices(database: Database, product_id: int) -> tuple[ListPrice, ...]:
    prices, lists = tables.prices, tables.price_lists
    begun = func.max(prices.c.valid_from).filter(prices.c.valid_from <= func.current_date())
    newest = begun.over(partition_by=prices.c.price_list_id)
    rows = database.rows(
        select(
            lists.c.name_zh,
            lists.c.name_en,
            lists.c.currency,
            prices.c.valid_from,
            prices.c.unit_price,
            func.coalesce(prices.c.valid_from == newest, false()),
        )
        .join(lists, lists.c.id == prices.c.price_list_id)
        .where(prices.c.product_id == product_id)
        .order_by(lists.c.id, prices.c.valid_from.desc())
        .limit(MOST_FOUND)
    )
    return tuple(ListPrice(*row) for row in rows)


def _stock(database: Database, product_id: int) -> tuple[WarehouseStock, ...]:
    view = stock_tables.balance_list
    rows = database.rows(
        select(*(view.c[name] for name in WarehouseStock.__dataclass_fields__))
        .where(view.c.product_id == product_id)
        .order_by(view.c.warehouse_code)
    )
    return tuple(WarehouseStock(*row) for row in rows)


def search_offers(database: Database, text: str, limit: int, situation: Situation) -> list[Offer]:
    """The products for sale that `text` means (code, names, pinyin, initials), the best first; with no text by code."""
    rows = database.rows(_SEARCH, typed=text, most=limit, **_params(situation))
    return [Offer(*row) for row in rows]


def offers(database: Database, product_ids: Sequence[int], situation: Situation) -> dict[int, Offer]:
    """These products with their prices and stock, by id."""
    rows = database.rows(_OFFERS, ids=list(product_ids), **_params(situation))
    return {row.id: Offer(*row) for row in rows}


def _params(situation: Situation) -> dict[str, object]:
    return {
        "price_list_id": situation.price_list_id,
        "warehouse_id": situation.warehouse_id,
        "on_date": situation.on or clock.today(),
    }


def find_products(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Products for Ctrl+K: id, name, and the code with the specification."""
    table = tables.products
    found = select(func.catalog.search_products(text, MOST_FOUND).column_valued("found"))
    rows = database.rows(
        select(table.c.id, table.c.code, table.c.name_zh, table.c.name_en, table.c.specification)
        .where(table.c.id.in_(found), table.c.is_active)
        .order_by((func.lower(table.c.code) == text.strip().lower()).desc(), table.c.code)
        .limit(limit)
    )
    return [
        (row.id, f"{row.name_zh} {row.name_en}".strip(), f"{row.code}  {row.specification}".strip()) for row in rows
    ]
