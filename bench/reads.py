"""The list of orders, read as its page reads it and by bare SQL."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import numpy as np

from bench.desk import Desk
from bench.measure import Work
from erp_desktop.models.sales_lists import ORDERS
from erp_desktop.services import listing
from erp_desktop.services.listing import PAGE_ROWS, ListQuery

_COLUMNS = """
o.id, o.number, o.state, o.customer_name, o.customer_reference, o.ordered_on, o.promised_on, o.gross_amount, o.currency,
o.hold_reason, u.display_name, u.display_name_en, b.name_zh, b.name_en, w.code, o.channel, o.net_amount, o.max_discount,
o.return_reason, o.note, o.owner_id, o.version
"""
_JOINS = """
left join org.branches b on b.id = o.branch_id
left join auth.users u on u.id = o.owner_id
left join org.warehouses w on w.id = o.warehouse_id
"""


def reads(desk: Desk, who: str, scope: str) -> Iterator[Work]:
    """The works of one reader; `scope` is the bare condition on the orders `o` that she sees."""
    yield from _pages(desk, who, scope)
    yield from _searches(desk, who, scope)


def _pages(desk: Desk, who: str, scope: str) -> Iterator[Work]:
    first = f"select {_COLUMNS} from sales.orders o {_JOINS} where {scope} order by o.id desc limit {PAGE_ROWS}"
    page = (
        f"select {_COLUMNS} from unnest(%s::bigint[]) with ordinality k (id, place)"
        f" join sales.orders o on o.id = k.id {_JOINS} order by k.place"
    )
    keys = f"copy (select o.id from sales.orders o where {scope} order by o.id desc) to stdout (format binary)"
    known = listing.read_keys(desk.raw, ORDERS, ListQuery())
    middle = len(known) // 2
    spread = max(1, min(middle - PAGE_ROWS, 100_000))

    def ids(number: int) -> list[int]:
        start = max(0, middle - spread + number * 7919 % (2 * spread))
        return [int(key) for key in known[start : start + PAGE_ROWS]]

    yield Work(
        "first page of the orders",
        who,
        desk,
        lambda _: listing.read_first_page(desk.raw, ORDERS, ListQuery()),
        lambda _: desk.owners_rows(first),
    )
    yield Work(
        f"all keys of the list ({len(known):,} orders)",
        who,
        desk,
        lambda _: listing.read_keys(desk.raw, ORDERS, ListQuery()),
        lambda _: _bare_keys(desk, keys),
        times=9,
    )
    yield Work(
        "a page around the middle, by its keys",
        who,
        desk,
        lambda number: listing.read_page(desk.raw, ORDERS, ids(number)),
        lambda number: desk.owners_rows(page, ids(number)),
    )


def _bare_keys(desk: Desk, statement: str) -> int:
    buffer = io.BytesIO()
    with desk.raw.cursor() as cursor:
        cursor.copy_expert(statement, buffer)
    return len(np.frombuffer(buffer.getbuffer()[19:-2], dtype=np.uint8))


def _searches(desk: Desk, who: str, scope: str) -> Iterator[Work]:
    with desk.as_owner():
        sample = desk.owners_rows(
            f"select o.number, c.name, c.initials from sales.orders o join crm.customers c on c.id = o.customer_id"
            f" where {scope} and c.kind in ('company', 'dealer') order by o.id * 7919 % 100003 limit 63"
        )
    chance = random.Random(1)
    numbers = [number for number, _, _ in sample]
    parts = [name[2:4] for _, name, _ in sample]
    initials = [letters.split()[0][:4] for _, _, letters in sample]
    chance.shuffle(numbers)
    chosen = f"select {_COLUMNS} from sales.orders o {_JOINS}"
    for name, texts, condition, pattern in (
        ("search by number", numbers, "o.number = %s", "{}"),
        ("search by 2 characters of a name", parts, "o.customer_name like %s", "%{}%"),
        (
            "search by pinyin initials",
            initials,
            "o.customer_id in (select c.id from crm.customers c where c.initials like %s)",
            "%{}%",
        ),
    ):
        statement = f"{chosen} where {scope} and {condition} order by o.id desc limit {PAGE_ROWS}"
        yield _search(desk, (name, who), texts, statement, pattern)


def _search(desk: Desk, title: tuple[str, str], texts: list[str], statement: str, pattern: str) -> Work:
    def text(number: int) -> str:
        return texts[number % len(texts)]

    return Work(
        *title,
        desk,
        lambda number: listing.read_first_page(desk.raw, ORDERS, ListQuery(search=text(number))),
        lambda number: desk.owners_rows(statement, pattern.format(text(number))),
        times=40,
    )
