"""The benchmarks: `python -m bench.run --folder DIR [--dsn DSN] [--out FILE.md] [--quick]`.

DIR is the one that `bench.make_data` has filled. Reads are done by a clerk who sees her own 5,000 orders, a manager who
sees two of eight branches, and an executive who sees all; the day of an order by those whose work it is. The table
states medians and 95th percentiles, and how many times the median of bare SQL on the same connection they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psycopg2

from bench import imports, start, window
from bench.company import CLERK, EXECUTIVE, MANAGER
from bench.crowd import crowd
from bench.desk import Desk, Owner
from bench.measure import Figure, Work, measure
from bench.people import People, open_people
from bench.reads import reads
from bench.writes import Entering, Orders, invoicing, shipping, take_back

KEEPER = "sunhao"
FINANCE = "hejing"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print each figure as it comes, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Benchmarks on a million orders.")
    parser.add_argument("--folder", type=Path, required=True, metavar="DIR", help="as given to bench.make_data")
    parser.add_argument("--dsn", help="as given to bench.make_data")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the table is written as Markdown")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to see that everything runs")
    options = parser.parse_args(arguments)
    with open_people(options.folder, options.dsn) as people, Owner(people.dsn) as owner:
        figures = list(_told(_figures(people, owner, 5 if options.quick else 60)))
        text = report(figures, people.dsn)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0


def _figures(people: People, owner: Owner, times: int) -> Iterator[Figure]:
    for work in works_of_readers(people, owner):
        yield measure(_shortened(work, times))
    yield from life_of_an_order(people, owner, times)
    yield from crowd(people, seconds=3 if times < 10 else 20)
    yield from imports.figures(people.session(CLERK))
    yield from window.figures(people.session(EXECUTIVE), times)
    yield from start.figures()


def works_of_readers(people: People, owner: Owner) -> Iterator[Work]:
    """Reading the list of orders: pages, keys, searches, by those who see few, many and all."""
    clerk, manager, executive = (_desk(people, owner, login) for login in (CLERK, MANAGER, EXECUTIVE))
    yield from reads(clerk, "clerk", f"o.owner_id = {clerk.user_id}")
    branches = ", ".join(str(place.id) for place in people.session(MANAGER).branches)
    yield from reads(manager, "manager", f"o.branch_id in ({branches})")
    yield from reads(executive, "executive", "true")


def life_of_an_order(people: People, owner: Owner, times: int) -> Iterator[Figure]:
    """Each step of `times` orders; what the bare statements wrote is taken back."""
    for login, who in ((CLERK, "clerk"), (MANAGER, "manager")):
        orders = Orders()
        desk = _desk(people, owner, login)
        branches = ", ".join(str(place.id) for place in people.session(login).branches)
        scope = f"c.owner_id = {desk.user_id}" if login == CLERK else f"c.branch_id in ({branches})"
        entering = Entering(desk, who, scope, orders, times)
        try:
            for work in entering.works():
                yield measure(work)
            if login == CLERK:
                yield from _after_sales(people, owner, entering, orders, times)
        finally:
            take_back(desk)


def _after_sales(people: People, owner: Owner, entering: Entering, orders: Orders, times: int) -> Iterator[Figure]:
    times = min(times, len(orders.confirmed) - 3)
    keeper, finance = _desk(people, owner, KEEPER), _desk(people, owner, FINANCE)
    for work in shipping(keeper, "warehouse", orders, entering.warehouse, times):
        yield measure(work)
    for work in invoicing(finance, "finance", orders, times):
        yield measure(work)


def _desk(people: People, owner: Owner, login: str) -> Desk:
    return Desk(people.profile, login, people.session(login).user_id, owner)


def _shortened(work: Work, times: int) -> Work:
    return replace(work, times=min(work.times, times))


def _told(figures: Iterator[Figure]) -> Iterator[Figure]:
    for figure in figures:
        print(_row(figure), flush=True)
        yield figure


def report(figures: Sequence[Figure], dsn: str) -> str:
    """The table as Markdown, with what it was measured on."""
    head = "| work | who | median ms | p95 ms | bare SQL ms | ratio | times |\n|---|---|--:|--:|--:|--:|--:|"
    return "\n".join([*_machine(dsn), "", head, *map(_row, figures)]) + "\n"


def _row(figure: Figure) -> str:
    bare = f"{figure.bare_median:.1f}" if figure.bare_median is not None else ""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    cells = (figure.name, figure.who, f"{figure.median:.1f}", f"{figure.p95:.1f}", bare, ratio, str(figure.times))
    return "| " + " | ".join(cells) + " |"


def _machine(dsn: str) -> Iterator[str]:
    connection = psycopg2.connect(dsn)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select split_part(version(), ' ', 2), current_setting('shared_buffers'), current_setting('fsync'),"
                " pg_size_pretty(pg_database_size(current_database())), (select count(*) from sales.orders),"
                " (select count(*) from sales.order_lines)"
            )
            version, buffers, fsync, size, orders, lines = cursor.fetchone() or ()
    finally:
        connection.close()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = f"{os.cpu_count()} cores ({_processor()})"
    yield f"- Measured on {dt.date.today()}: {cores}, {memory:.0f} GB of memory, {platform.system()}."
    python = platform.python_version()
    yield f"- PostgreSQL {version}, shared_buffers {buffers}, fsync {fsync}; Python {python}; all on one machine."
    yield f"- {orders:,} orders with {lines:,} lines, {size}; load average {os.getloadavg()[0]:.1f} at the end."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    sys.exit(main())
