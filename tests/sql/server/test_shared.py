"""The shared schema: numbers, search pieces, requests, refusals, announcements."""

from __future__ import annotations

import json
import select
from uuid import uuid4

import psycopg2
import pytest

from tests.helpers.databases import TestDatabase


def test_numbers_of_a_gap_free_series_count_by_month(database: TestDatabase) -> None:
    number = "select meta.next_number('IV', %s)"
    assert [database.value(number, day) for day in ("2026-11-03", "2026-11-30", "2026-12-01")] == [
        "IV2611-000001",
        "IV2611-000002",
        "IV2612-000001",
    ]


def test_a_gap_free_number_that_was_rolled_back_is_used_again(database: TestDatabase) -> None:
    first, second = database.connect(), database.connect()
    first.autocommit = False
    with first.cursor() as cursor:
        cursor.execute("select meta.next_number('IV', '2026-11-03')")
    first.rollback()
    with second.cursor() as cursor:
        cursor.execute("select meta.next_number('IV', '2026-11-03')")
        assert cursor.fetchone() == ("IV2611-000001",)
    first.close()
    second.close()


def test_a_fast_series_waits_for_nobody_and_outgrows_six_digits(database: TestDatabase) -> None:
    database.rows("call meta.make_series_fast('ZZ')")
    waiting = database.connect()
    waiting.autocommit = False
    with waiting.cursor() as cursor:
        cursor.execute("select meta.next_number('ZZ', '2026-11-03')")
    assert database.value("select meta.next_number('ZZ', '2026-11-03')") == "ZZ2611-000002"
    database.rows("select setval('meta.numbers_zz', 999999)")
    assert database.value("select meta.next_number('ZZ', '2026-11-03')") == "ZZ2611-1000000"
    waiting.close()


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("上海精密衣柜有限公司", "精密", True),
        ("上海精密衣柜有限公司", "密", True),
        ("上海精密衣柜有限公司", "密精", False),
        ("Oak Wardrobe 2000", "ward", True),
        ("Oak Wardrobe 2000", "WARDROBE oak", True),
        ("Oak Wardrobe 2000", "w", True),
        ("Oak Wardrobe 2000", "x", False),
        ("ＳＯ２６１１－０００１", "so2611", True),
        ("O'Neill & Söhne GmbH", "söhne", True),
        ("柜子😀", "😀", True),
        ("anything", "", True),
    ],
)
def test_grams_find_parts_of_words(untouched_database: TestDatabase, text: str, query: str, found: bool) -> None:
    assert untouched_database.value("select meta.grams(%s) @> meta.grams_of_query(%s)", text, query) is found


def test_a_repeated_request_returns_the_first_result(database: TestDatabase) -> None:
    begin, end = "select meta.begin_request(%s, 'sales.do', %s)", "select meta.end_request(%s, %s)"
    request = str(uuid4())
    document = json.dumps({"a": 1, "b": [2]})
    assert database.value(begin, request, document) is None
    assert database.value(end, request, '{"id": 7}') == {"id": 7}
    assert database.value(begin, request, '{"b": [2], "a": 1}') == {"id": 7}


@pytest.mark.parametrize(("command", "document"), [("sales.other", '{"a": 1}'), ("sales.do", '{"a": 2}')])
def test_a_request_id_serves_one_command_and_document(database: TestDatabase, command: str, document: str) -> None:
    request = str(uuid4())
    database.rows("select meta.begin_request(%s, 'sales.do', '{\"a\": 1}')", request)
    database.rows("select meta.end_request(%s, '{}')", request)
    with pytest.raises(psycopg2.Error) as refused:
        database.rows("select meta.begin_request(%s, %s, %s)", request, command, document)
    assert refused.value.pgcode == "UV002"
    assert json.loads(refused.value.diag.message_detail or "") == {"command": command}


def test_a_request_without_id_is_refused(untouched_database: TestDatabase) -> None:
    with pytest.raises(psycopg2.Error) as refused:
        untouched_database.rows("select meta.begin_request(null, 'sales.do', '{}')")
    assert (refused.value.pgcode, refused.value.diag.column_name) == ("UV001", "request_id")


@pytest.mark.parametrize(
    ("call", "document", "outcome"),
    [
        ("text_of(%s, 'x')", {"x": "  O'Neill %s \t"}, "O'Neill %s"),
        ("text_of(%s, 'x')", {}, ""),
        ("text_of(%s, 'x', 200, true)", {"x": "  "}, "UV001"),
        ("text_of(%s, 'x')", {"x": ["a"]}, "UV003"),
        ("text_of(%s, 'x')", {"x": "😀" * 10_000}, "UV005"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": "1.50"}, "1.50"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": 2}, "2"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": -1}, "UV004"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": "1e400"}, "UV003"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": "NaN"}, "UV003"),
        ("numeric_of(%s, 'x', 0, 10)::text", {"x": True}, "UV003"),
        ("id_of(%s, 'x')", {"x": 7}, 7),
        ("id_of(%s, 'x')", {"x": 7.5}, "UV003"),
        ("date_of(%s, 'x')::text", {"x": "2026-02-28"}, "2026-02-28"),
        ("date_of(%s, 'x')::text", {"x": "2026-02-30"}, "UV006"),
        ("date_of(%s, 'x')::text", {"x": "0000-01-01"}, "UV006"),
        ("date_of(%s, 'x')::text", {"x": "9999-01-01"}, "UV004"),
        ("date_of(%s, 'x')::text", {"x": "now"}, "UV006"),
    ],
)
def test_fields_of_a_document(
    untouched_database: TestDatabase, call: str, document: dict[str, object], outcome: object
) -> None:
    statement = f"select meta.{call}"
    if isinstance(outcome, str) and outcome.startswith("UV"):
        with pytest.raises(psycopg2.Error) as refused:
            untouched_database.rows(statement, json.dumps(document))
        assert (refused.value.pgcode, refused.value.diag.column_name) == (outcome, "x")
    else:
        assert untouched_database.value(statement, json.dumps(document)) == outcome


def test_changes_are_announced_by_id_and_many_at_once_together(database: TestDatabase) -> None:
    database.rows(
        "create table public.things (id bigint primary key, n int);call meta.announce_changes('public.things', 'thing')"
    )
    listener = database.connect()
    with listener.cursor() as cursor:
        cursor.execute("listen erp_changes")
    database.rows("insert into public.things select i, 0 from generate_series(1, 2) i")
    database.rows("update public.things set n = 1 where id = 2")
    database.rows("update public.things set n = 1 where id = 3")
    database.rows("insert into public.things select i, 0 from generate_series(10, 60) i")
    database.rows("delete from public.things where id = 1")
    expected = ["thing:1", "thing:2", "thing:2", "thing:*", "thing:1"]
    while len(listener.notifies) < len(expected) and select.select([listener], [], [], 5)[0]:
        listener.poll()
    assert [notice.payload for notice in listener.notifies] == expected
    listener.close()
