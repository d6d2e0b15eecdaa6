"""What the client believes about tables and views is what the server has: names and types."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
from sqlalchemy import Table, types
from sqlalchemy.dialects import postgresql

import erp_desktop.schema
from erp_desktop.schema.base import metadata
from tests.helpers.databases import TestDatabase

for _module in pkgutil.iter_modules(erp_desktop.schema.__path__):
    importlib.import_module(f"erp_desktop.schema.{_module.name}")

TABLES = {table.fullname: table for table in metadata.sorted_tables}
COLUMNS = """
select a.attname, t.typname, format_type(a.atttypid, a.atttypmod)
from pg_attribute a join pg_type t on t.oid = a.atttypid
where a.attrelid = to_regclass(%s) and a.attnum > 0 and not a.attisdropped
"""
# What psycopg2 hands over for these types of the server is what the declared type promises.
COMPATIBLE: dict[type[Any], set[str]] = {
    types.BigInteger: {"int8"},
    types.Integer: {"int4", "int2"},
    types.Text: {"text", "name", "varchar", "bpchar"},
    types.Boolean: {"bool"},
    types.Date: {"date"},
    types.DateTime: {"timestamptz"},
    types.Interval: {"interval"},
    types.Numeric: {"numeric"},
    types.Uuid: {"uuid"},
    types.LargeBinary: {"bytea"},
    postgresql.JSONB: {"jsonb"},
    postgresql.INET: {"inet"},
}


def fits(declared: types.TypeEngine[Any], name: str, full: str) -> bool:
    """Whether a declared type stands for a type of the server, such as numeric and numeric(14,2)."""
    if isinstance(declared, types.ARRAY):
        return name.startswith("_") and fits(declared.item_type, name[1:], full.removesuffix("[]"))
    if isinstance(declared, types.Numeric) and "(" in full:
        return full == f"numeric({declared.precision},{declared.scale})"
    return name in COMPATIBLE[type(declared)]


def server_columns(database: TestDatabase, table: str) -> dict[str, tuple[str, str]]:
    """Short and full type of each column, empty if there is no such table or view."""
    return {column: (name, full) for column, name, full in database.rows(COLUMNS, table)}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_as_the_client_believes(untouched_database: TestDatabase, table: str) -> None:
    there = server_columns(untouched_database, table)
    assert there, f"{table} is not on the server"
    believed: Table = TABLES[table]
    assert [column.name for column in believed.columns if column.name not in there] == []
    assert [
        f"{column.name}: {column.type!r} is {there[column.name][1]}"
        for column in believed.columns
        if not fits(column.type, *there[column.name])
    ] == []


def test_every_module_of_the_schema_is_compared() -> None:
    assert {table.schema for table in TABLES.values()} >= {"auth", "crm", "catalog", "sales", "stock", "finance"}
    assert len(TABLES) == len(metadata.tables)


@pytest.mark.parametrize(
    ("declared", "name", "full", "same"),
    [
        (types.Numeric(14, 2), "numeric", "numeric(14,2)", True),
        (types.Numeric(14, 2), "numeric", "numeric(14,3)", False),
        (types.Numeric(14, 2), "numeric", "numeric", True),
        (types.Integer(), "int8", "bigint", False),
        (types.ARRAY(types.BigInteger()), "_int8", "bigint[]", True),
        (types.ARRAY(types.Text()), "_int8", "bigint[]", False),
        (types.Text(), "date", "date", False),
    ],
)
def test_types_are_told_apart(declared: types.TypeEngine[Any], name: str, full: str, same: bool) -> None:
    assert fits(declared, name, full) is same
