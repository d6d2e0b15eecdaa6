"""A database's catalogue as text, ordered by name, so that two databases can be compared."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg2

_QUERIES = Path(__file__).with_name("catalogue.sql")
# The owner's own rights stand in some lists and are silently meant in others.
_SORTED_ACL = (
    r"(select string_agg(item::text, ',' order by item::text) from unnest(\1) item"
    r" where item::text not like 'erp\_owner=%')"
)
_OURS = r"n.nspname not like 'pg\_%' and n.nspname <> 'information_schema'"


def read_catalogue(dsn: str) -> dict[str, list[str]]:
    """The definition of every object of our schemas: a sorted list for each kind of object."""
    queries = re.split(r"^-- name: (.+)\n", _QUERIES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            catalogue = {}
            for kind, query in zip(queries[::2], queries[1::2], strict=True):
                cursor.execute(re.sub(r"ACL\((\w+)\)", _SORTED_ACL, query).replace("OURS", _OURS))
                catalogue[kind] = sorted(row[0] for row in cursor.fetchall())
            return catalogue
    finally:
        connection.close()
