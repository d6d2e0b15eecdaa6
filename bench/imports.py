"""A file of 1,000 orders with 5 lines each: read, checked, committed as one batch, and taken back."""

from __future__ import annotations

import csv
import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, p95
from bench.writes import LINES
from erp_desktop.services.auth import Session
from erp_desktop.services.importing import batches, columns, files
from erp_desktop.services.importing.orders import Settings

ORDERS = 1000
_TIMES = 3

_CUSTOMERS = "select code from crm.customer_list where kind <> 'web' order by code limit 100"
_PRODUCTS = "select code from catalog.product_list where is_sold and supply <> 'none' order by code"


def figures(session: Session) -> Iterator[Figure]:
    """How long the clerk waits for the answer of the dry run, and then for the import."""
    looked, committed = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(_TIMES):
            path = _write_file(Path(folder) / f"{number}.csv", session, number)
            started = time.perf_counter()
            loaded = files.load(path)
            mapping = columns.guess(loaded.table.headings)
            draft, report = batches.prepare(session.database, loaded, mapping, Settings())
            if report.errors:
                raise RuntimeError(f"the file of the benchmark is not right: {report.complaints[:3]}")
            looked.append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            imported = batches.commit(session.database, draft)
            committed.append((time.perf_counter() - started) * 1000)
            batches.undo(session.database, imported.id)
    for name, taken in (("read and checked", looked), ("committed", committed)):
        title = f"{ORDERS:,} orders of {LINES} lines from a file: {name}"
        yield Figure(title, "clerk", len(taken), statistics.median(taken), p95(taken))


def _write_file(path: Path, session: Session, number: int) -> Path:
    customers, products = (
        [code for (code,) in session.database.rows(statement)] for statement in (_CUSTOMERS, _PRODUCTS)
    )
    chance = random.Random(number)
    stamp = f"{dt.datetime.now():%m%d%H%M%S}"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("订单号", "订单日期", "客户编码", "产品编码", "数量"))
        for order in range(ORDERS):
            head = (f"B{stamp}-{order}", dt.date.today().isoformat(), chance.choice(customers))
            for product in chance.sample(products, LINES):
                table.writerow((*head, product, chance.randrange(1, 5)))
    return path
