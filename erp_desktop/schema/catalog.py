"""Schema `catalog`: products, categories and price lists."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Table, Text

from erp_desktop.schema.base import PRICE, QUANTITY, RATE, metadata

categories = Table(
    "categories",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("parent_id", BigInteger),
    schema="catalog",
)

products = Table(
    "products",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("pinyin", Text),
    Column("initials", Text),
    Column("specification", Text),
    Column("category_id", BigInteger),
    Column("kind", Text),
    Column("supply", Text),
    Column("unit_id", BigInteger),
    Column("tax_rate", RATE),
    Column("weight_kg", QUANTITY),
    Column("volume_m3", QUANTITY),
    Column("is_sold", Boolean),
    Column("is_active", Boolean),
    Column("version", Integer),
    schema="catalog",
)

price_lists = Table(
    "price_lists",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("currency", Text),
    schema="catalog",
)

prices = Table(
    "prices",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("price_list_id", BigInteger),
    Column("product_id", BigInteger),
    Column("valid_from", Date),
    Column("unit_price", PRICE),
    schema="catalog",
)

product_list = Table(
    "product_list",
    metadata,
    Column("id", BigInteger),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("specification", Text),
    Column("category_id", BigInteger),
    Column("category_zh", Text),
    Column("category_en", Text),
    Column("kind", Text),
    Column("supply", Text),
    Column("unit_id", BigInteger),
    Column("unit_zh", Text),
    Column("unit_en", Text),
    Column("unit_price", PRICE),
    Column("tax_rate", RATE),
    Column("weight_kg", QUANTITY),
    Column("volume_m3", QUANTITY),
    Column("is_sold", Boolean),
    Column("is_active", Boolean),
    Column("version", Integer),
    schema="catalog",
)
