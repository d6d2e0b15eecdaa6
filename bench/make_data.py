"""Makes a company with a million orders: `python -m bench.make_data --folder DIR [--dsn DSN] [--orders 1000000]`.

1. An embedded server is made in DIR, or the installed and otherwise empty one of `--dsn` (a superuser's) is taken.
2. The demo's company is written, with more branches, clerks and customers; the logins go to DIR/logins.json.
3. Orders and lines are drawn (`history`) and copied as plain numbers into temporary tables.
4. The files of `sql/` make documents of them: orders, shipments, invoices, payments, work orders, purchases, moves,
   balances, double entries, timelines. Triggers are off meanwhile, so `audit.changes` stays empty.
5. Indexes are built, statistics are gathered.

The same number of orders on the same day always gives the same data, passwords apart.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor as Cursor

from bench.company import MANAGER, Size, enlarge
from bench.history import CHANNELS, FIRST_DAY, LINE_STATES, SHORT_PRODUCTS, STATES, draw_history
from bench.loading import Say, bare_tables, copy_integers, silent, timed
from erp_desktop.demo.books import Books
from erp_desktop.demo.company import Company, read_company
from erp_desktop.demo.logins import make_logins, write_logins
from erp_desktop.demo.masters import write_customers, write_masters, write_people
from erp_desktop.demo.tables import Tables, rows_of
from erp_desktop.server.embedded import EmbeddedServer

FAST_TO_FILL = {
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "1h",
    "shared_buffers": "1GB",
    "maintenance_work_mem": "512MB",
    "effective_cache_size": "6GB",
}
"""What the server in DIR is set to besides the settings that the product ships."""

_SQL = Path(__file__).parent / "sql"
_STAGING = "000_staging.sql"
_TABLES = (
    "sales.orders",
    "sales.order_lines",
    "workflow.approvals",
    "workflow.events",
    "stock.shipments",
    "stock.shipment_lines",
    "stock.moves",
    "stock.reservations",
    "stock.balances",
    "production.work_orders",
    "production.work_order_materials",
    "production.operations",
    "production.work_reports",
    "purchasing.orders",
    "purchasing.order_lines",
    "purchasing.requests",
    "purchasing.receipts",
    "purchasing.receipt_lines",
    "finance.invoices",
    "finance.invoice_lines",
    "finance.payments",
    "finance.allocations",
    "finance.journal_entries",
    "finance.journal_lines",
)
_PLAIN = {"stock.balances"}  # its id is computed
_ROLES = ("warehouse_keeper", "finance", "planner", "shop_floor_worker", "buyer", "executive")


@dataclass(frozen=True)
class Made:
    """What was written: rows by table, and the seconds it took."""

    rows: dict[str, int]
    seconds: float

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the data and say how long each step took."""
    parser = argparse.ArgumentParser(prog="python -m bench.make_data", description="A company with a million orders.")
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR", help="where logins and server are put")
    parser.add_argument("--dsn", help="a superuser's way to an installed server to be filled instead")
    parser.add_argument("--orders", type=int, default=Size.orders, help="1000000 if not given")
    options = parser.parse_args(arguments)
    dsn = options.dsn or _make_server(options.folder)
    made = make_data(dsn, options.folder, Size.of(options.orders), say=print)
    for table, rows in made.rows.items():
        print(f"{table:36} {rows:>12,}")
    print(f"{made.total:,} rows in {made.seconds:.0f} s: {made.total / made.seconds:,.0f} rows/s")
    return 0


def make_data(dsn: str, folder: Path, size: Size, *, until: date | None = None, say: Say = silent) -> Made:
    """Fill the installed, empty database of `dsn` with a history up to `until` (yesterday if not given)."""
    started = time.monotonic()
    demo = read_company()
    until = until or date.today() - timedelta(days=1)
    company = enlarge(demo, size, random.Random(size.orders))
    connection = psycopg2.connect(dsn, application_name="bench")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("select set_config('timezone', %s, true)", (demo.head.time_zone,))
            with timed("people and customers", say):
                books = _write_masters(cursor, company, folder)
            with bare_tables(cursor, _TABLES, say):
                _write_history(cursor, books, demo, size, until, say)
            rows = {table: _count(cursor, table) for table in _TABLES}
        connection.autocommit = True
        with connection.cursor() as cursor, timed("vacuum analyze", say):
            cursor.execute("vacuum (analyze)")
    finally:
        connection.close()
    return Made({"crm.customers": len(company.customers)} | rows, time.monotonic() - started)


def _make_server(folder: Path) -> str:
    server = EmbeddedServer(folder / "server", settings=FAST_TO_FILL)
    server.ensure_running()
    server.ensure_installed(time_zone=read_company().head.time_zone)
    return server.superuser_dsn()


def _write_masters(cursor: Cursor, company: Company, folder: Path) -> Books:
    """Write all that stands before any document, with the demo's own loader."""
    logins = make_logins(company.people)
    books = Books(company, Tables(cursor), {})
    write_masters(cursor, books)
    write_people(cursor, books, logins)
    write_customers(books)
    books.tables.move_sequences()
    write_logins(folder, logins)
    return books


def _write_history(cursor: Cursor, books: Books, demo: Company, size: Size, until: date, say: Say) -> None:
    cursor.execute(
        "set local work_mem = '256MB'; set local maintenance_work_mem = '1GB'; set local temp_buffers = '64MB'"
    )
    with timed("draw the history", say):
        history = draw_history(books.company, demo, size, books.ids, until)
    with timed("copy it", say):
        cursor.execute((_SQL / _STAGING).read_text("utf-8"))
        copy_integers(cursor, "drawn_orders", history.orders)
        copy_integers(cursor, "drawn_lines", history.lines)
        cursor.execute("analyze drawn_orders; analyze drawn_lines")
    parameters = _parameters(books, until)
    for path in sorted(_SQL.glob("*.sql")):
        if path.name != _STAGING:
            with timed(path.stem, say):
                cursor.execute(path.read_text("utf-8"), parameters)
    for table in _TABLES:
        if table not in _PLAIN:
            cursor.execute(f"select setval('{table}_id_seq', coalesce((select max(id) from {table}), 1))")


def _parameters(books: Books, until: date) -> dict[str, object]:
    last_week = until - timedelta(days=until.weekday() + 7)
    return {
        "order_states": list(STATES),
        "line_states": list(LINE_STATES),
        "channels": list(CHANNELS),
        "until": until,
        "first_day": FIRST_DAY,
        "last_week": last_week,
        "short_products": SHORT_PRODUCTS,
        "manager": books.id_of("user", MANAGER),
        "material_warehouse": books.id_of("warehouse", "RAW"),
    } | {role: books.worker(role) for role in _ROLES}


def _count(cursor: Cursor, table: str) -> int:
    return int(rows_of(cursor, f"select count(*) from {table}")[0][0])


if __name__ == "__main__":
    sys.exit(main())
