"""What every list of the product takes: `python -m bench.lists --folder DIR [--name NAME] [--explain]`.

Each list is read by one person of each job role that may see it: the first page sorted by each sortable column, the key
vector, count and sums, and searches; the best of three tries counts. What takes longer than the limit is told again at
the end; `--explain` shows its plan.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import connection as Connection

import erp_desktop.models
from bench.company import CLERK, EXECUTIVE, MANAGER
from bench.people import People, open_people
from erp_desktop.services import listing
from erp_desktop.services.listing import ListQuery, ListSpec, Sort, Statement

READERS = (CLERK, MANAGER, EXECUTIVE, "sunhao", "wuting", "zhengwei", "fengqian", "hejing", "lintao", "xufeng")
SEARCHES = ("SO2606-0", "000123", "上海", "家具", "张", "wy", "wangye", "衣柜", "yg", "QL2606", "没有这个")
LIMIT_MS = 100.0
_GIVE_UP = "5s"
_TRIES = 3


@dataclass(frozen=True)
class Reading:
    """One way to read a list, by one person."""

    list_name: str
    reader: str
    what: str
    ms: float
    rows: int
    statement: Statement


def main(arguments: Sequence[str] | None = None) -> int:
    """Read all lists and print a line for each reading; the slow ones again at the end."""
    parser = argparse.ArgumentParser(prog="python -m bench.lists", description="What every list takes.")
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR", help="as given to bench.make_data")
    parser.add_argument("--dsn", help="as given to bench.make_data")
    parser.add_argument("--name", default="", help="only lists whose name contains this")
    parser.add_argument("--reader", default="", help="only this login")
    parser.add_argument("--limit", type=float, default=LIMIT_MS, metavar="MS", help="what counts as slow")
    parser.add_argument("--explain", action="store_true", help="show the plans of the slow ones")
    options = parser.parse_args(arguments)
    slow: list[Reading] = []
    with open_people(options.folder, options.dsn) as people:
        for spec in product_lists():
            if options.name in spec.name:
                slow += [each for each in _told(people, spec, options.reader) if each.ms > options.limit]
        for each in slow:
            print(f"SLOW {_line(each)}")
            if options.explain:
                print(_plan(people, each))
    return 1 if slow else 0


def product_lists() -> list[ListSpec]:
    """The lists of all departments."""
    names = [
        module.name for module in pkgutil.iter_modules(erp_desktop.models.__path__) if module.name.endswith("_lists")
    ]
    modules = [importlib.import_module(f"erp_desktop.models.{name}") for name in sorted(names)]
    return [value for module in modules for value in vars(module).values() if isinstance(value, ListSpec)]


def _told(people: People, spec: ListSpec, only: str) -> Iterator[Reading]:
    for reader in READERS:
        if only and reader != only:
            continue
        connection = people.session(reader).database.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, false)", (_GIVE_UP,))
            for reading in _readings(connection, spec, reader):
                print(_line(reading), flush=True)
                yield reading
        except psycopg2.errors.InsufficientPrivilege as error:
            print(f"{spec.name:26} {reader:10} refused: {str(error).splitlines()[0]}", flush=True)
        finally:
            connection.close()


def _readings(connection: Connection, spec: ListSpec, reader: str) -> Iterator[Reading]:
    def timed(what: str, statement: Statement, read: Callable[[], int]) -> Reading:
        ms, rows = min(_once(read) for _ in range(_TRIES))
        return Reading(spec.name, reader, what, ms, rows, statement)

    for what, query in _queries(spec):
        yield timed(
            f"first page {what}",
            listing.first_page_statement(spec, query),
            lambda query=query: len(listing.read_first_page(connection, spec, query)),  # type: ignore[misc]
        )
    default = ListQuery()
    yield timed(
        "keys", listing.keys_statement(spec, default), lambda: len(listing.read_keys(connection, spec, default))
    )
    yield timed(
        "sums", listing.summary_statement(spec, default), lambda: listing.read_summary(connection, spec, default).count
    )


def _once(read: Callable[[], int]) -> tuple[float, int]:
    started = time.perf_counter()
    try:
        rows = read()
    except psycopg2.errors.QueryCanceled:
        rows = -1
    return (time.perf_counter() - started) * 1000, rows


def _queries(spec: ListSpec) -> Iterator[tuple[str, ListQuery]]:
    yield "as it opens", ListQuery()
    for column in spec.columns:
        if column.sortable:
            for descending in (False, True):
                yield (
                    f"by {column.key} {'desc' if descending else 'asc'}",
                    ListQuery(sort=(Sort(column.key, descending),)),
                )
    for text in SEARCHES:
        yield f"search {text}", ListQuery(search=text)


def _line(reading: Reading) -> str:
    rows = "gave up" if reading.rows < 0 else f"{reading.rows} rows"
    return f"{reading.list_name:26} {reading.reader:10} {reading.what:36} {reading.ms:9.1f} ms  {rows}"


def _plan(people: People, reading: Reading) -> str:
    connection = people.session(reading.reader).database.connect()
    try:
        with connection.cursor() as cursor:
            text = cursor.mogrify(reading.statement.text, reading.statement.params).decode()
            if text.startswith("copy ("):
                text = text[len("copy (") : text.rindex(") to stdout")]
            cursor.execute("explain (costs off) " + text)
            return "\n".join(line for (line,) in cursor.fetchall())
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
