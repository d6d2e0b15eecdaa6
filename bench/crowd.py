"""Many clerks at once: each a process of its own, entering orders as fast as the server lets them."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import statistics
import time
from collections.abc import Iterator
from multiprocessing.synchronize import Barrier

from bench.measure import Figure, p95
from bench.people import People
from erp_desktop.services import sales
from erp_desktop.services.db import Database, Profile

CLERKS = 8

_CUSTOMERS = "select id from crm.customer_list where kind <> 'web' order by code limit 40"
_PRODUCTS = "select id from catalog.product_list where is_sold and supply <> 'none' order by code"
_WAREHOUSE = "select id from org.warehouses where code = 'FIN'"


def crowd(people: People, seconds: float) -> Iterator[Figure]:
    """How long saving an order of 5 lines takes each of `CLERKS` clerks at once, and the orders a second."""
    sessions = [people.session(f"clerk{number:03d}") for number in range(1, CLERKS + 1)]
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(CLERKS)
    with context.Pool(CLERKS, initializer=_remember, initargs=(start,)) as pool:
        work = [
            (session.database.profile, session.database.role, session.database._secret, seconds) for session in sessions
        ]
        taken = [each for part in pool.starmap(_enter, work, chunksize=1) for each in part]
    rate = len(taken) / seconds
    yield Figure(
        f"{CLERKS} clerks at once, {rate:.0f} orders/s", "clerks", len(taken), statistics.median(taken), p95(taken)
    )


_start: Barrier | None = None


def _remember(start: Barrier) -> None:
    global _start
    _start = start


def _enter(profile: Profile, role: str, secret: str, seconds: float) -> list[float]:
    """Save orders for so many seconds; how long each took, in milliseconds."""
    assert _start is not None
    database = Database(profile, role, secret, role)
    customers, products = ([row[0] for row in database.rows(query)] for query in (_CUSTOMERS, _PRODUCTS))
    ((warehouse,),) = database.rows(_WAREHOUSE)
    chance = random.Random(role)
    taken = []
    _start.wait()
    end = time.perf_counter() + seconds
    while (begin := time.perf_counter()) < end:
        today = dt.date.today()
        document = {
            "customer_id": chance.choice(customers),
            "ordered_on": today,
            "promised_on": today + dt.timedelta(days=14),
            "warehouse_id": warehouse,
            "lines": [
                {"line_no": place, "product_id": key, "qty": 1}
                for place, key in enumerate(chance.sample(products, 5), 1)
            ],
        }
        sales.save_order(database, document=document)
        taken.append((time.perf_counter() - begin) * 1000)
    database.close()
    return taken
