"""The windowed model against a real server: jump, sort, filter, changes, failures; never a wait on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from erp_desktop.models.listing import ID_ROLE, VALUE_ROLE, ListModel, ListState
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services.listing import (
    PAGE_ROWS,
    Column,
    Contains,
    Equals,
    ListQuery,
    ListSpec,
    OneOf,
    Range,
    Sort,
)
from tests.helpers.databases import TestDatabase
from tests.helpers.lists import SPEC, connector, goods_database

ROWS = 200_100


@pytest.fixture(scope="module")
def goods(cluster: EmbeddedServer) -> Iterator[TestDatabase]:
    with goods_database(cluster, "test_table_model", ROWS) as database:
        yield database


@pytest.fixture
def make_model(goods: TestDatabase, qtbot: QtBot) -> Iterator[Callable[..., ListModel]]:
    """Makes models over the goods; each is closed at the end."""
    made: list[ListModel] = []

    def make(spec: ListSpec = SPEC, connect: Callable[[], Connection] | None = None) -> ListModel:
        model = ListModel(spec, connect or connector(goods))
        made.append(model)
        return model

    yield make
    for model in made:
        model.close()
    assert all(model.wait_closed(5) for model in made)


def load(qtbot: QtBot, model: ListModel, query: ListQuery) -> None:
    model.load(query)
    qtbot.waitUntil(lambda: model.state is not ListState.LOADING and model.count_known, timeout=10_000)


def texts(qtbot: QtBot, model: ListModel, row: int) -> tuple[str, ...]:
    qtbot.waitUntil(lambda: model.row_texts(row) is not None, timeout=5_000)
    found = model.row_texts(row)
    assert found is not None
    return found


def test_any_row_is_there_soon_after_it_is_asked_for(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    assert model.rowCount() == ROWS
    for row in (0, ROWS - 1, ROWS // 2, 123_456):
        assert texts(qtbot, model, row)[0] == f"G{row + 1:07}"
        assert model.index(row, 0).data() == f"G{row + 1:07}"
        assert model.index(row, 2).data(VALUE_ROLE) == Decimal(row + 1) * Decimal("1.5")
        assert model.index(row, 0).data(ID_ROLE) == row + 1


def test_qts_model_tester_is_content_through_all_changes(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    model = make_model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    few = ListQuery((Range("id", None, 300),))
    load(qtbot, model, few)
    assert model.rowCount() == 300
    goods.rows("update scratch.goods set number = 'H' || number where id in (7, 200)")
    model.refresh()
    qtbot.waitUntil(lambda: model.row_of(7) == 298)
    goods.rows("update scratch.goods set number = substr(number, 2) where id in (7, 200)")
    model.refresh()
    qtbot.waitUntil(lambda: model.row_of(7) == 6)
    load(qtbot, model, ListQuery((Equals("number", "nothing"),)))
    load(qtbot, model, few)
    texts(qtbot, model, 299)


def test_the_first_page_comes_before_all_keys(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    with qtbot.waitSignal(model.modelReset):
        model.load(ListQuery())
    assert model.rowCount() == PAGE_ROWS
    assert not model.count_known
    assert model.row_texts(PAGE_ROWS - 1) is not None
    qtbot.waitUntil(lambda: model.rowCount() == ROWS)


def test_sorting_and_filtering_are_the_servers_work(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    model.sort(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: model.count_known and model.row_id(0) == ROWS)
    assert model.query.sort == (Sort("amount", True),)
    load(qtbot, model, ListQuery((OneOf("state", ("draft",)), Contains("number", "G00000"))))
    assert model.rowCount() == 33
    qtbot.waitUntil(lambda: model.summary is not None)
    assert model.summary is not None
    assert model.summary.sums["amount"] == sum(Decimal(i) * Decimal("1.5") for i in range(3, 100, 3))


def test_a_capped_search_says_so(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    load(qtbot, model, ListQuery(search="G0"))
    qtbot.waitUntil(lambda: model.summary is not None)
    assert model.summary is not None
    assert model.summary.capped
    assert model.rowCount() == 10_000


def test_an_empty_result_is_a_state_of_its_own(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    load(qtbot, model, ListQuery((Equals("number", "nothing"),)))
    assert model.state is ListState.EMPTY
    assert model.rowCount() == 0


def test_only_the_last_of_many_queries_counts(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    for number in range(1, 40):
        model.load(ListQuery((Equals("id", number),)))
    qtbot.waitUntil(lambda: model.count_known and model.rowCount() == 1)
    assert model.row_id(0) == 39


def test_a_slow_query_is_cancelled_by_the_next(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    goods.rows("create or replace view scratch.slow as select g.*, pg_sleep(0.001)::text as nap from scratch.goods g")
    slow = ListSpec("slow", "scratch.slow", (Column("number", "Number"), Column("nap", "Nap")))
    model = make_model(slow)
    model.load(ListQuery(sort=(Sort("nap"),)))
    qtbot.waitUntil(
        lambda: bool(
            goods.value(
                "select count(*) from pg_stat_activity"
                " where pid <> pg_backend_pid() and state = 'active' and query like '%nap%asc%'"
            )
        )
    )
    load(qtbot, model, ListQuery((Equals("id", 7),)))  # gives up long before the 200 s of the slow one
    assert model.row_id(0) == 7
    assert model.error is None


def test_changes_keep_old_texts_until_new_ones_are_there(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    assert texts(qtbot, model, 10)[1] == "货物 11"
    goods.rows("update scratch.goods set name = 'changed' where id = 11")
    model.refresh()
    assert model.row_texts(10) is not None
    qtbot.waitUntil(lambda: (model.row_texts(10) or ("", ""))[1] == "changed")
    goods.rows("update scratch.goods set name = '货物 11' where id = 11")


def test_rows_that_come_and_go_move_the_others(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    model = make_model()
    load(qtbot, model, ListQuery(sort=(Sort("number", True),)))
    inserted, removed = [], []
    model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    model.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
    texts(qtbot, model, 0)
    goods.rows(
        "insert into scratch.goods select 900000, 'Z1', name, amount, on_date, at, state, ok"
        " from scratch.goods where id = 4"
    )
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == ROWS + 1)
    assert (inserted, removed) == ([(0, 0)], [])
    assert texts(qtbot, model, 0)[0] == "Z1"
    assert model.row_texts(1) is not None, "the rows that were there are not read again"
    goods.rows("delete from scratch.goods where id = 900000")
    model.refresh()
    qtbot.waitUntil(lambda: model.rowCount() == ROWS)
    assert removed == [(0, 0)]


def test_a_row_that_is_gone_stands_disabled_with_its_message(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    goods.rows("insert into scratch.gone select * from scratch.goods where id = 150001")
    goods.rows("delete from scratch.goods where id = 150001")
    try:
        qtbot.waitUntil(lambda: model.row(150_000) is not None)
        row = model.row(150_000)
        assert row is not None
        assert "removed" in row.message
        assert model.index(150_000, 0).data() == row.message
        assert not model.flags(model.index(150_000, 0)) & Qt.ItemFlag.ItemIsEnabled
        assert model.values(150_000) is None
        assert texts(qtbot, model, 150_001)[0] == "G0150002"
    finally:
        goods.rows("insert into scratch.goods select * from scratch.gone")
        goods.rows("delete from scratch.gone")


def test_one_row_that_breaks_the_statement_does_not_hide_its_neighbours(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    goods.rows(
        "create or replace view scratch.biting as select id, number, (1 / (id - 1000))::int as part from scratch.goods"
    )
    model = make_model(
        ListSpec("biting", "scratch.biting", (Column("number", "Number"), Column("part", "Part", "int")))
    )
    load(qtbot, model, ListQuery())
    assert texts(qtbot, model, 998)[0] == "G0000999"
    row = model.row(999)
    assert row is not None
    assert row.message
    assert texts(qtbot, model, 1000)[0] == "G0001001"


def test_a_failure_is_said_and_can_be_tried_again(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    reachable = threading.Event()

    def connect() -> Connection:
        if not reachable.is_set():
            raise psycopg2.OperationalError("the server is away")
        return goods.connect()

    model = make_model(connect=connect)
    model.load(ListQuery())
    qtbot.waitUntil(lambda: model.state is ListState.FAILED)
    assert "08006" in str(model.error)
    reachable.set()
    model.retry()
    qtbot.waitUntil(lambda: model.rowCount() == ROWS)
    assert model.error is None


def test_a_connection_that_broke_is_made_anew(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    goods.rows(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and pid <> pg_backend_pid()"
    )
    assert texts(qtbot, model, 77_777)[0] == "G0077778"
    assert model.error is None


def test_nothing_is_asked_of_the_database_on_the_gui_thread(
    make_model: Callable[..., ListModel], qtbot: QtBot, goods: TestDatabase
) -> None:
    threads: set[int] = set()

    def connect() -> Connection:
        threads.add(threading.get_ident())
        return goods.connect()

    model = make_model(connect=connect)
    load(qtbot, model, ListQuery())
    texts(qtbot, model, 100_000)
    assert threads
    assert threading.get_ident() not in threads


def test_pages_nobody_waits_for_are_dropped(make_model: Callable[..., ListModel], qtbot: QtBot) -> None:
    model = make_model()
    load(qtbot, model, ListQuery())
    for page in range(3, 300):
        model.row(page * PAGE_ROWS)
    assert texts(qtbot, model, 299 * PAGE_ROWS)[0] == f"G{299 * PAGE_ROWS + 1:07}"
    qtbot.waitUntil(lambda: model.values(295 * PAGE_ROWS) is not None)  # among the last that are still wanted
    read = sum(model.values(page * PAGE_ROWS) is not None for page in range(3, 300))
    assert read < 100
