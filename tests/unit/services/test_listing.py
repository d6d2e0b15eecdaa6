"""Lists: what the composed SQL finds, in which order, and what it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from psycopg2.extensions import connection as Connection

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services.listing import (
    PAGE_ROWS,
    PERIODS,
    SEARCH_LIMIT,
    Column,
    Contains,
    Equals,
    Filter,
    Formatter,
    ListQuery,
    ListSpec,
    OneOf,
    Period,
    Range,
    Sort,
    filter_from_json,
    filter_to_json,
    keys_statement,
    read_first_page,
    read_keys,
    read_page,
    read_summary,
    stream_rows,
    text_of,
)
from tests.helpers.lists import ROWS, SPEC, goods_database


@pytest.fixture(scope="module")
def goods(cluster: EmbeddedServer) -> Iterator[Connection]:
    """A connection to a database with `ROWS` goods, which all tests here share."""
    with goods_database(cluster, "test_listing") as database:
        connection = database.connect()
        yield connection
        connection.close()


def count(connection: Connection, *filters: Filter, search: str = "") -> int:
    return read_summary(connection, SPEC, ListQuery(filters, search)).count


def test_first_page_and_keys_agree_in_every_order(goods: Connection) -> None:
    for sort in ((), (Sort("name"),), (Sort("amount", True),), (Sort("on_date"), Sort("id", True))):
        query = ListQuery(sort=sort)
        rows = read_first_page(goods, SPEC, query)
        keys = read_keys(goods, SPEC, query)
        assert len(rows) == PAGE_ROWS
        assert len(keys) == ROWS
        assert [row[0] for row in rows] == keys[:PAGE_ROWS].tolist()


def test_equal_values_are_ordered_by_key_in_the_same_direction(goods: Connection) -> None:
    keys = read_keys(goods, SPEC, ListQuery(sort=(Sort("state", True),)))
    shipped = keys[: len(keys) // 3]
    assert (shipped[:-1] > shipped[1:]).all()


def test_page_comes_in_the_order_asked_for_and_leaves_out_what_is_gone(goods: Connection) -> None:
    assert [row[0] for row in read_page(goods, SPEC, [7, 99_999_999, 3])] == [7, 3]
    with pytest.raises(ValueError, match="at most"):
        read_page(goods, SPEC, range(1001))


def test_long_texts_are_cut_in_pages_and_whole_in_exports(goods: Connection) -> None:
    place = SPEC.value_keys.index("note") + 1
    assert len(read_page(goods, SPEC, [1])[0][place]) == 400
    assert len(read_page(goods, SPEC, [1], short=False)[0][place]) == 10_000


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (Contains("name", "%"), 1),
        (Contains("name", "_"), 1),
        (Contains("name", "\\"), 1),
        (Contains("name", "O'NEIL"), 1),
        (Contains("number", "g000012"), 10),
        (Equals("number", "G0000012"), 1),
        (Equals("id", 12), 1),
        (Equals("ok", True), ROWS // 2),
        (Equals("note", None), ROWS - 1),
        (OneOf("state", ("draft",)), ROWS // 3),
        (OneOf("state", ("draft", "ready")), ROWS - ROWS // 3),
        (OneOf("id", (1, 2, 2, 99_999_999)), 2),
        (OneOf("state", ()), 0),
        (Range("amount", Decimal("1.50"), Decimal("3")), 2),
        (Range("amount", None, Decimal("3")), 2),
        (Range("amount", Decimal(ROWS) * Decimal("1.5"), None), 1),
        (Range("amount"), ROWS),
        (Range("on_date", dt.date(2024, 1, 2), dt.date(2024, 1, 3)), 2 * (ROWS // 100)),
        (Range("at", dt.date(2024, 1, 1), dt.date(2024, 1, 1)), 1439),
    ],
)
def test_filters_find_literally(goods: Connection, each: Filter, expected: int) -> None:
    assert count(goods, each) == expected


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "😀", "مرحبا", "'; drop table scratch.goods; --", "%s %(p0)s {}", "x" * 10_000]
)
def test_odd_texts_find_nothing_and_break_nothing(goods: Connection, text: str) -> None:
    assert count(goods, Equals("name", text)) == 0
    assert count(goods, OneOf("name", (text,))) == 0
    assert count(goods, search=text) in (0, SEARCH_LIMIT)


def test_every_period_is_understood_by_the_server(goods: Connection) -> None:
    assert all(count(goods, Period("on_date", name)) >= 0 for name in PERIODS)
    today = count(goods, Period("changed_on", "today"))
    assert today == 1
    assert count(goods, Period("changed_on", "before_today")) == ROWS - 2
    assert count(goods, Period("changed_on", "next_7_days")) == 2


def test_search_is_capped_and_says_so(goods: Connection) -> None:
    capped = read_summary(goods, SPEC, ListQuery(search="G0"))
    assert (capped.count, capped.capped) == (SEARCH_LIMIT, True)
    exact = read_summary(goods, SPEC, ListQuery((OneOf("state", ("draft",)),), "g000001"))
    assert not exact.capped
    assert exact.count == len(read_keys(goods, SPEC, ListQuery((OneOf("state", ("draft",)),), "g000001")))


def test_search_without_a_function_looks_into_the_texts(goods: Connection) -> None:
    plain = ListSpec("plain", SPEC.source, SPEC.columns)
    found = read_first_page(goods, plain, ListQuery(search="o'neil"))
    assert [row[0] for row in found] == [5]


def test_sums_follow_the_filter(goods: Connection) -> None:
    summary = read_summary(goods, SPEC, ListQuery((Range("amount", None, Decimal("4.5")),)))
    assert summary.sums == {"amount": Decimal("9.00")}
    assert read_summary(goods, SPEC, ListQuery((OneOf("state", ()),))).sums == {"amount": 0}


def test_streaming_hands_out_at_most_a_thousand_rows_at_a_time(goods: Connection) -> None:
    goods.autocommit = False
    try:
        batches = [len(batch) for batch in stream_rows(goods, SPEC, ListQuery(search="G00"))]
    finally:
        goods.rollback()
        goods.autocommit = True
    assert sum(batches) == SEARCH_LIMIT
    assert max(batches) == 1000


def test_unknown_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown column"):
        keys_statement(SPEC, ListQuery((Equals("secret", 1),)))
    with pytest.raises(ValueError, match="unknown columns"):
        ListSpec("x", "a.b", (Column("n", "N"),), sums=("m",))
    with pytest.raises(ValueError, match="schema-qualified"):
        ListSpec("x", "b", (Column("n", "N"),))
    with pytest.raises(ValueError, match="twice"):
        ListSpec("x", "a.b", (Column("n", "N"), Column("n", "N")))
    with pytest.raises(KeyError):
        SPEC.column("secret")


@pytest.mark.parametrize(
    "each",
    [
        Contains("a", "b"),
        Equals("a", None),
        OneOf("a", ("x", "y")),
        Range("a", Decimal("1.5"), None),
        Range("a", dt.date(2024, 1, 1), dt.date(2024, 2, 1)),
        Period("a", "today"),
    ],
)
def test_filters_survive_json(each: Filter) -> None:
    assert filter_from_json(filter_to_json(each)) == each


def test_a_broken_saved_filter_is_refused() -> None:
    for data in ({}, {"type": "Shell", "key": "a"}, {"type": "Equals", "column": "a"}):
        with pytest.raises(ValueError, match="not a filter"):
            filter_from_json(data)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("money", Decimal("-1234.5"), "-1,234.50"),
        ("price", Decimal("12.5000"), "12.50"),
        ("price", Decimal("12.3456"), "12.3456"),
        ("qty", Decimal("1200.000"), "1,200"),
        ("qty", Decimal("0.125"), "0.125"),
        ("percent", Decimal("0.1300"), "13%"),
        ("percent", Decimal("0.0825"), "8.25%"),
        ("int", 1_000_000, "1,000,000"),
        ("date", dt.date(2026, 1, 2), "2026-01-02"),
        ("datetime", dt.datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04"),
        ("text", "two\nlines\tand a tab", "two lines and a tab"),
        ("flag", True, "✓"),
        ("flag", False, ""),
        ("state", "unheard_of", "unheard_of"),
    ],
)
def test_cells_are_formatted_by_kind(kind: str, value: object, text: str) -> None:
    assert text_of(kind)(value) == text  # type: ignore[arg-type]


def test_a_formatter_uses_the_words_of_each_vocabulary() -> None:
    columns = (Column("a", "A", "state"), Column("b", "B", "state", words="supply"), Column("c", "C", "money"))
    formatter = Formatter(columns, {"state": {"draft": "草稿"}, "supply": {"make": "自制"}})
    assert formatter.texts(("draft", "make", None, "an extra value")) == ("草稿", "自制", "")
