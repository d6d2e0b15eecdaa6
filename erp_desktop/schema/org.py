"""Schema `org`: company, branches, warehouses, units, currencies and the calendar."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, Integer, Numeric, Table, Text

from erp_desktop.schema.base import metadata

companies = Table(
    "companies",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("address_zh", Text),
    Column("address_en", Text),
    Column("phone", Text),
    Column("tax_number", Text),
    Column("bank_name", Text),
    Column("bank_account", Text),
    Column("currency", Text),
    Column("only_row", Boolean),
    schema="org",
)

currencies = Table(
    "currencies",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("symbol", Text),
    schema="org",
)

branches = Table(
    "branches",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("is_active", Boolean),
    schema="org",
)

warehouses = Table(
    "warehouses",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("kind", Text),
    Column("branch_id", BigInteger),
    Column("address", Text),
    Column("is_active", Boolean),
    schema="org",
)

work_centres = Table(
    "work_centres",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("minutes_per_day", Numeric(8, 1)),
    Column("is_active", Boolean),
    schema="org",
)

units = Table(
    "units",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("code", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("decimals", Integer),
    schema="org",
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("is_working_day", Boolean),
    Column("name_zh", Text),
    Column("name_en", Text),
    schema="org",
)
