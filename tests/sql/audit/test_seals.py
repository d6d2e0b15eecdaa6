"""The chain of seals: what it covers, that nobody is left out or blocked, and that it names whatever was touched."""

from __future__ import annotations

import threading
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from erp_desktop.server.tree import SqlTree
from tests.helpers.personas import LOGINS, Company
from tests.helpers.stage import Stage
from tests.helpers.supply import draft

(CHECK,) = (file.path.read_text(encoding="utf-8") for file in SqlTree().checks if file.path.stem.startswith("70010"))
COVERED = "select count(*) from audit.changes c where exists (select from audit.seals s where c.id = any (s.row_ids))"
SEALS = "select number, first_id, last_id, cardinality(row_ids) from audit.seals order by number"
PAST_THE_TRIGGERS = "set session_replication_role = replica"


@pytest.fixture
def sealed(stage: Stage) -> Stage:
    """A trail with two seals."""
    for _ in range(2):
        draft(stage, [("CHAIR", 1)])
        assert stage.value("select audit.seal_changes()") == 1
    return stage


def findings(stage: Stage) -> list[tuple[Any, ...]]:
    return [row[:3] for row in stage.rows(CHECK)]


def test_everything_is_covered_and_found_sound(sealed: Stage) -> None:
    assert sealed.value(COVERED) == sealed.value("select count(*) from audit.changes")
    (_, first, last, _), (_, next_first, *_) = sealed.rows(SEALS)
    assert (first, next_first) == (1, last + 1)
    assert findings(sealed) == []
    assert sealed.value("select audit.seal_changes()") == 0


def test_a_long_trail_takes_several_seals(stage: Stage) -> None:
    stage.rows(
        "insert into audit.changes (table_name, row_id, operation, after)"
        " select 'org.branches', n, 'insert', '{\"a\": 1.50}' from generate_series(1, 20001) n"
    )
    before = stage.value("select count(*) from audit.changes") - 20001
    assert stage.value("select audit.seal_changes()") == 3
    assert [row[3] for row in stage.rows(SEALS)] == [10000, 10000, before + 1]
    assert findings(stage) == []


TOUCHED = {
    "altered": 'update audit.changes set after = after || \'{"note": "x"}\' where id = %s',
    "removed": "delete from audit.changes where id = %s",
}


@pytest.mark.parametrize("what", TOUCHED)
def test_a_touched_change_is_named(sealed: Stage, what: str) -> None:
    victim = sealed.value("select max(id) - 1 from audit.changes")
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows(TOUCHED[what], victim)
    assert findings(sealed) == [(what, 2, victim)]


@pytest.mark.parametrize("column", ["role_name = 'erp_u_admin'", "at = at + interval '1 microsecond'", "client = 'x'"])
def test_each_column_counts(sealed: Stage, column: str) -> None:
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows(f"update audit.changes set {column} where id = 1")
    assert findings(sealed) == [("altered", 1, 1)]


def test_a_change_that_slips_in_is_named(sealed: Stage) -> None:
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows("delete from audit.seals")  # an id that no change has: of a transaction that failed
    sealed.rows("select nextval('audit.changes_id_seq')")
    gap = sealed.value("select last_value from audit.changes_id_seq")
    draft(sealed, [("CHAIR", 1)])
    sealed.value("select audit.seal_changes()")
    sealed.rows(
        "insert into audit.changes (id, table_name, row_id, operation) values (%s, 'sales.orders', 1, 'delete')", gap
    )
    assert findings(sealed) == [("inserted", None, gap)]


@pytest.mark.parametrize(
    ("statement", "numbers"),
    [
        ("update audit.seals set hash = sha256('x') where number = 1", [1, 2]),
        ("update audit.seals set sealed_at = sealed_at + interval '1 day' where number = 2", [2]),
    ],
)
def test_a_touched_seal_is_named(sealed: Stage, statement: str, numbers: list[int]) -> None:
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows(statement)
    assert findings(sealed) == [("broken seal", number, None) for number in numbers]


def test_a_seal_that_was_cut_out_is_noticed(sealed: Stage) -> None:
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows("delete from audit.seals where number = 1")
    assert ("broken seal", 2, None) in findings(sealed)


@pytest.mark.parametrize("statement", ["update audit.seals set number = 9", "delete from audit.seals"])
def test_seals_are_append_only(sealed: Stage, statement: str) -> None:
    assert sealed.refused(statement).code == "UL001"


def test_every_person_reads_the_heads_and_no_more(sealed: Stage) -> None:
    for login in LOGINS:
        assert len(sealed.rows("select number, sealed_at, hash from audit.seals", login=login)) == 2
        assert sealed.refused("select row_ids from audit.seals", login=login).code == "42501"
        assert sealed.refused("select audit.seal_changes()", login=login).code == "42501"


def test_clients_seal_what_waits_for_more_than_five_minutes(sealed: Stage) -> None:
    draft(sealed, [("CHAIR", 1)])
    assert sealed.value("select audit.seal_if_due()", login="lina") == 0
    sealed.rows(PAST_THE_TRIGGERS)
    sealed.rows("update audit.seals set sealed_at = sealed_at - interval '6 minutes'")
    sealed.rows("reset session_replication_role")
    assert sealed.value("select audit.seal_if_due()", login="lina") == 1


# Several connections at once


def run(connection: Connection, statement: str) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


COVERED_BY = "select from audit.seals s where c.id = any (s.row_ids)"
WAITS = "select 1 from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
WRITE = "insert into audit.changes (table_name, row_id, operation) values ('org.branches', 1, 'delete')"


def test_a_writer_under_way_is_waited_for_and_covered(own_company: Company) -> None:
    slow, quick, sealer = (psycopg2.connect(own_company.database.dsn) for _ in range(3))
    made: list[Any] = []
    run(slow, WRITE)  # draws the lower id and ends last
    run(quick, WRITE)
    quick.commit()
    thread = threading.Thread(target=lambda: made.append(run(sealer, "select audit.seal_changes()")))
    thread.start()
    while not run(quick, WAITS):
        quick.rollback()
    run(quick, WRITE)  # nobody is blocked by a sealer who waits
    quick.commit()
    slow.commit()
    thread.join()
    sealer.commit()
    assert made == [(1,)]
    assert run(sealer, f"select count(*) from audit.changes c where not exists ({COVERED_BY})") == (1,)  # the last one
    for connection in (slow, quick, sealer):
        connection.close()


def test_a_writer_who_goes_on_makes_the_sealer_give_up(own_company: Company) -> None:
    slow, sealer = (psycopg2.connect(own_company.database.dsn) for _ in range(2))
    run(slow, WRITE)
    assert run(sealer, "select audit.settled_id('0.1 seconds')") == (None,)
    slow.rollback()
    assert run(sealer, "select audit.seal_changes()") == (1,)
    for connection in (slow, sealer):
        connection.close()


def test_a_snapshot_of_the_past_seals_nothing(own_company: Company) -> None:
    sealer = psycopg2.connect(own_company.database.dsn)
    sealer.set_session(isolation_level="REPEATABLE READ")
    assert run(sealer, "select audit.seal_changes()") == (0,)
    sealer.close()
