"""How a big database is filled fast: numbers by binary COPY, indexes built once at the end."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

Integers: TypeAlias = NDArray[np.int64]
Say: TypeAlias = Callable[[str], None]

_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_PORTION = 10_000

_INDEXES = """
select n.nspname || '.' || c.relname, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ')
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_namespace n on n.oid = c.relnamespace
where i.indrelid = any (%s::regclass[]) and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
order by 1
"""


def silent(_text: str) -> None:
    """Say nothing."""


@contextmanager
def timed(step: str, say: Say) -> Iterator[None]:
    """Say how long the block took."""
    started = time.monotonic()
    yield
    say(f"{step:24} {time.monotonic() - started:7.1f} s")


def copy_integers(cursor: Cursor, table: str, columns: Mapping[str, Integers]) -> None:
    """Copy rows of bigint columns into `table`."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("copy {} ({}) from stdin (format binary)").format(sql.Identifier(table), names)
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for name in columns:
        parts += [(f"{name} length", ">i4"), (name, ">i8")]
    count = len(next(iter(columns.values())))
    rows = np.empty(count, dtype=np.dtype(parts))
    rows["fields"] = len(columns)
    for name, values in columns.items():
        rows[f"{name} length"] = 8
        rows[name] = values
    cursor.copy_expert(statement, _Stream(rows), size=1 << 20)


class _Stream(io.RawIOBase):
    """The rows as COPY wants to read them, without a second copy of them all."""

    def __init__(self, rows: NDArray[Any]) -> None:
        self._parts = self._bytes_of(rows)
        self._rest = b""

    @staticmethod
    def _bytes_of(rows: NDArray[Any]) -> Iterator[bytes]:
        yield _SIGNATURE
        for first in range(0, len(rows), _PORTION):
            yield rows[first : first + _PORTION].tobytes()
        yield _END

    def read(self, size: int = -1) -> bytes:
        """Override RawIOBase.read."""
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return b""
            self._rest = part
        size = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken


@contextmanager
def bare_tables(cursor: Cursor, tables: Sequence[str], say: Say) -> Iterator[None]:
    """Inside the block `tables` have no triggers, no foreign keys and only the indexes of their constraints.

    For a superuser, in one transaction. The tables are emptied first: what goes into a table that its own transaction
    has emptied needs no log where the server's `wal_level` is minimal. The indexes are built again at the end.
    """
    cursor.execute("set local session_replication_role = replica")
    cursor.execute(f"truncate {', '.join(tables)}")
    cursor.execute(_INDEXES, (list(tables),))
    indexes: list[tuple[str, str]] = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"drop index {name}")
    yield
    for name, definition in indexes:
        with timed(f"index {name}", say):
            cursor.execute(definition)
    cursor.execute("set local session_replication_role = origin")
