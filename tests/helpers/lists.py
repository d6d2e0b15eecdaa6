"""A list of goods in a scratch schema: large enough to scroll, with values that bite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2.extensions import connection as Connection

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services.listing import Column, ListSpec, Sort
from tests.helpers.databases import TestDatabase

ROWS = 20_100
STATES = ("draft", "shipped", "ready")

SPEC = ListSpec(
    "test.goods",
    "scratch.goods_list",
    (
        Column("number", "Number", "code", 110),
        Column("name", "Name", "text", 200),
        Column("amount", "Amount", "money", 110),
        Column("on_date", "Date", "date", 100),
        Column("at", "Changed", "datetime", 140, hidden_by_default=True),
        Column("state", "State", "state", 110, options=STATES),
        Column("ok", "OK", "flag", 50, sortable=False),
        Column("note", "Note", "text", 200),
    ),
    default_sort=(Sort("number"),),
    search_function="scratch.find_goods",
    sums=("amount",),
    kinds=("goods",),
    extra_keys=("changed_on",),
)

_SCRATCH = """
create schema if not exists scratch;
create table scratch.goods (
    id bigint primary key, number text not null, name text not null, amount numeric(14, 2), on_date date not null,
    at timestamptz not null, state text not null, ok boolean not null, note text, changed_on date
);
create table scratch.gone (like scratch.goods);
create view scratch.goods_list with (security_invoker = true) as select * from scratch.goods;
create function scratch.find_goods(in_text text, in_limit int) returns setof bigint language sql stable as $$
    select goods.id from scratch.goods where goods.number ilike '%' || in_text || '%'
    or goods.name ilike '%' || in_text || '%' limit in_limit
$$;
"""

_FILL = """
insert into scratch.goods
select i, 'G' || lpad(i::text, 7, '0'), '货物 ' || i %% 100, i * 1.5, date '2024-01-01' + i %% 100,
    timestamptz '2024-01-01 00:00' + i * interval '1 min', (array['draft', 'shipped', 'ready'])[1 + i %% 3], i %% 2 = 0,
    null, current_date - 1000
from generate_series(1, %s) as i;
create index on scratch.goods (number, id);
update scratch.goods set name = '100%%', note = repeat('备注', 5000) where id = 1;
update scratch.goods set name = 'under_score', changed_on = current_date where id = 2;
update scratch.goods set name = 'back\\slash', changed_on = current_date + 7 where id = 3;
update scratch.goods set name = 'O''Neil' where id = 5;
analyze scratch.goods;
"""


def connector(database: TestDatabase) -> Callable[[], Connection]:
    """A function that connects as the product does: in autocommit, and never on the GUI thread."""

    def connect() -> Connection:
        if threading.current_thread() is threading.main_thread():
            raise AssertionError("A database call on the GUI thread.")
        return database.connect()

    return connect


@contextmanager
def goods_database(cluster: EmbeddedServer, name: str, rows: int = ROWS) -> Iterator[TestDatabase]:
    """A database of its own, without the product, with the scratch list of so many goods (a multiple of 300)."""
    maintenance = psycopg2.connect(cluster.superuser_dsn("postgres"))
    maintenance.autocommit = True
    with maintenance.cursor() as cursor:
        cursor.execute(f"create database {name} template template0")
        database = TestDatabase(cluster, name)
        try:
            database.rows(_SCRATCH)
            database.rows(_FILL, rows)
            yield database
        finally:
            cursor.execute(f"drop database {name} with (force)")
            maintenance.close()
