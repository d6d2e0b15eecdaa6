"""Products as sales people look for them: with the customer's price and the stock of a warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from erp_desktop.schema import catalog as tables
from erp_desktop.services import clock
from erp_desktop.services.db import Database

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
