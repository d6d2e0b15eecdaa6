"""The benchmark's company on a small scale: sound by every check, and shaped as promised."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.company import CLERK, Size, enlarge
from bench.desk import Owner
from bench.history import draw_history
from bench.make_data import Made, make_data
from bench.measure import measure
from bench.people import open_people
from bench.run import life_of_an_order, works_of_readers
from erp_desktop.demo.company import read_company
from erp_desktop.demo.logins import read_logins
from erp_desktop.server.install import check
from tests.helpers.databases import Template, TestDatabase

SIZE = Size.of(1_000)
UNTIL = date.today() - timedelta(days=1)

_REFERENCES = """
select c.conrelid::regclass::text, c.confrelid::regclass::text,
    string_agg(format('f.%I = t.%I', f.attname, t.attname), ' and '),
    string_agg(format('t.%I is not null', t.attname), ' and ')
from pg_constraint c
cross join unnest(c.conkey, c.confkey) k (here, there)
join pg_attribute t on t.attrelid = c.conrelid and t.attnum = k.here
join pg_attribute f on f.attrelid = c.confrelid and f.attnum = k.there
where c.contype = 'f' and c.conparentid = 0
group by c.oid
"""
_INDEXES = "select schemaname, tablename, indexname, indexdef from pg_indexes order by 1, 2, 3"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def database(template: Template) -> Iterator[TestDatabase]:
    with template.copy() as copy:
        yield copy


@pytest.fixture(scope="module")
def indexes_before(database: TestDatabase) -> list[tuple[str, ...]]:
    return database.rows(_INDEXES)


@pytest.fixture(scope="module")
def made(database: TestDatabase, indexes_before: object, folder: Path) -> Made:
    return make_data(database.dsn, folder, SIZE, until=UNTIL)


def test_no_check_finds_anything(database: TestDatabase, made: Made) -> None:
    assert check(database.dsn) == ()


def test_every_reference_leads_to_a_row(database: TestDatabase, made: Made) -> None:
    references = database.rows(_REFERENCES)
    assert len(references) > 100
    for table, other, equal, present in references:
        lost = f"{present} and not exists (select from {other} f where {equal})"
        assert not database.value(f"select exists (select from {table} t where {lost})"), (table, other)


def test_indexes_and_triggers_are_as_before(
    database: TestDatabase, indexes_before: list[tuple[str, ...]], made: Made
) -> None:
    assert database.rows(_INDEXES) == indexes_before
    assert database.value("select count(*) from pg_trigger where tgenabled <> 'O'") == 0


def test_the_history_has_the_promised_shape(database: TestDatabase, made: Made) -> None:
    assert made.rows["sales.orders"] == SIZE.orders
    assert made.rows["sales.order_lines"] == SIZE.orders * SIZE.lines_per_order
    states = dict(database.rows("select state, count(*) from sales.orders group by state"))
    assert states["completed"] > 0.8 * SIZE.orders
    assert {"confirmed", "ready", "in_transit", "delivered", "cancelled"} <= states.keys()
    assert database.value("select max(ordered_on) from sales.orders") <= UNTIL
    mine = "select count(*) from sales.orders o join auth.users u on u.id = o.owner_id where u.login = %s"
    assert database.value(mine, CLERK) == SIZE.clerk_orders
    tail = "select count(*) from sales.orders group by customer_id order by 1 desc limit 30"
    assert sum(count for (count,) in database.rows(tail)) > 0.35 * SIZE.orders


def test_numbers_go_on_behind_the_history(database: TestDatabase, made: Made) -> None:
    tables = {"SO": "sales.orders", "DN": "stock.shipments", "INV": "finance.invoices", "PAY": "finance.payments"}
    tables |= {"JE": "finance.journal_entries", "WO": "production.work_orders", "PO": "purchasing.orders"}
    for series, table in tables.items():
        number = database.value("select meta.next_number(%s, %s)", series, UNTIL)
        assert (
            database.value(f"select count(*) from {table} where number >= %s and number < %s", number, series + "~")
            == 0
        )


def test_the_benchmarks_run_and_leave_the_company_sound(database: TestDatabase, made: Made, folder: Path) -> None:
    with open_people(folder, database.dsn) as people, Owner(database.dsn) as owner:
        figures = [measure(replace(work, times=1)) for work in works_of_readers(people, owner)]
        figures += life_of_an_order(people, owner, times=1)
    assert len(figures) == 3 * 6 + 7
    assert all(figure.bare_median for figure in figures)
    assert database.value("select count(*) from sales.orders where number like 'BARE-%'") == 0
    assert check(database.dsn) == ()


def test_the_same_size_and_day_give_the_same_history() -> None:
    demo = read_company()
    company = enlarge(demo, SIZE, random.Random(1))
    codes = {
        "customer": [customer.code for customer in company.customers],
        "product": [product.code for product in company.products],
        "price_list": [price_list.code for price_list in company.price_lists],
        "warehouse": [warehouse.code for warehouse in company.warehouses],
    }
    ids = {kind: {code: place for place, code in enumerate(known, 1)} for kind, known in codes.items()}
    first, second = (draw_history(company, demo, SIZE, ids, UNTIL) for _ in range(2))
    assert all(np.array_equal(first.orders[name], second.orders[name]) for name in first.orders)
    assert all(np.array_equal(first.lines[name], second.lines[name]) for name in first.lines)


def test_the_logins_are_written_for_their_owner_only(folder: Path, made: Made) -> None:
    logins = {login.login: login for login in read_logins(folder)}
    assert logins[CLERK].job_role == "sales_clerk"
    assert len(logins) > SIZE.clerks
    assert (folder / "logins.json").stat().st_mode & 0o077 == 0
