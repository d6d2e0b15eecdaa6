"""Rows on their way into the database: ids given here, one COPY a table, sequences moved on behind them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import cursor as Cursor

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Tables:
    """Collects rows of tables with a column `id` and writes them; ids go on from those that are there."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._columns: dict[str, tuple[str, ...]] = {}
        self._rows: dict[str, list[tuple[object, ...]]] = {}
        self._last_ids: dict[str, int] = {}
        self.written = 0

    def add(self, table: str, **values: object) -> int:
        """Collect a row and return its id. All rows of a table name the same columns in the same order."""
        row_id = self._next_id(table)
        if table not in self._columns:
            self._columns[table] = ("id", *values)
            self._rows[table] = []
        self._rows[table].append((row_id, *values.values()))
        return row_id

    def add_plain(self, table: str, **values: object) -> None:
        """Collect a row of a table whose id, if it has one, is computed by the database."""
        if table not in self._columns:
            self._columns[table] = tuple(values)
            self._rows[table] = []
        self._rows[table].append(tuple(values.values()))

    def write(self, tables: Iterable[str]) -> None:
        """Write the collected rows of `tables` in this order and forget them."""
        for table in tables:
            rows = self._rows.pop(table, [])
            if rows:
                self._copy(table, self._columns.pop(table), rows)
                self.written += len(rows)

    def ids(self, table: str, key: str = "code") -> dict[str, int]:
        """The ids of the rows that are in the database by their code."""
        self._cursor.execute(sql.SQL("select {}, id from {}").format(sql.Identifier(key), _name(table)))
        return dict(self._cursor.fetchall())

    def move_sequences(self) -> None:
        """Let the database's own ids go on after those given here."""
        for table, last_id in self._last_ids.items():
            self._cursor.execute("select pg_catalog.setval(%s::regclass, %s)", (f"{table}_id_seq", last_id or 1))

    def _next_id(self, table: str) -> int:
        if table not in self._last_ids:
            self._cursor.execute(sql.SQL("select coalesce(max(id), 0) from {}").format(_name(table)))
            self._last_ids[table] = (self._cursor.fetchone() or (0,))[0]
        self._last_ids[table] += 1
        return self._last_ids[table]

    def _copy(self, table: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
        text = "".join("\t".join(map(_field, row)) + "\n" for row in rows)
        statement = sql.SQL("copy {} ({}) from stdin").format(
            _name(table), sql.SQL(", ").join(map(sql.Identifier, columns))
        )
        self._cursor.copy_expert(statement, io.StringIO(text))


class Numbers:
    """Document numbers such as SO2611-000123, counted by month; each series must be asked in the order of days."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], int] = {}

    def next(self, series: str, day: date) -> str:
        """The next number of a series in the month of `day`."""
        period = f"{day:%y%m}"
        number = self._last.get((series, period), 0) + 1
        self._last[series, period] = number
        return f"{series}{period}-{number:06d}"

    def note(self, number: str) -> None:
        """Remember a number that was given elsewhere."""
        head, _, count = number.partition("-")
        key = (head[:-4], head[-4:])
        self._last[key] = max(self._last.get(key, 0), int(count))

    def save(self, cursor: Cursor) -> None:
        """Let the server's own numbers go on after those given here."""
        for (series, period), last in self._last.items():
            sequence = f"meta.numbers_{series.lower()}"
            cursor.execute("select pg_catalog.to_regclass(%s) is not null", (sequence,))
            if (cursor.fetchone() or (False,))[0]:
                cursor.execute(
                    sql.SQL("select pg_catalog.setval(%s::regclass, greatest(last_value, %s)) from {}").format(
                        _name(sequence)
                    ),
                    (sequence, last),
                )
            else:
                cursor.execute("insert into meta.numbers values (%s, %s, %s)", (series, period, last))


def rows_of(cursor: Cursor, statement: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    cursor.execute(statement, parameters)
    return cursor.fetchall()


def _name(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))


def _field(value: object) -> str:
    """A value in PostgreSQL's text format of COPY."""
    if value is None:
        return r"\N"
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)
