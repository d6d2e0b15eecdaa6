"""The heads that a computer remembers: a chain that was recomputed by the database's owner is found all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.services import heads
from erp_desktop.services.db import Database
from tests.helpers.databases import Template
from tests.helpers.workplace import Workplace, open_workplace

WRITE = "insert into audit.changes (table_name, row_id, operation) values ('org.branches', 1, 'delete')"
EVENTS = "select row_id, after from audit.changes where operation = 'mismatch'"
REWRITE = (
    "update audit.changes set client = 'somebody else' where id = 1",
    "truncate audit.seals",
    "select audit.seal_changes()",
)


@pytest.fixture
def office(template: Template) -> Iterator[Workplace]:
    with open_workplace(template) as opened:
        yield opened


@pytest.fixture
def lina(office: Workplace) -> Database:
    return office.database("lina")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tenon" / "heads.json"


def owner_does(office: Workplace, *statements: str) -> None:
    """What somebody with a superuser's rights does, past all triggers."""
    with office.happens() as stage:
        for statement in ("set session_replication_role = replica", *statements):
            stage.rows(statement)


def test_the_first_login_remembers_the_head(lina: Database, path: Path) -> None:
    assert heads.compare(lina, path) is None
    (kept,) = json.loads(path.read_text(encoding="utf-8")).values()
    current = heads.newest(lina)
    assert current is not None
    assert (kept["number"], kept["hash"]) == (1, current.hash)


def test_a_chain_that_went_on_is_fine(office: Workplace, lina: Database, path: Path) -> None:
    heads.compare(lina, path)
    with office.happens() as stage:
        stage.rows(WRITE)
        stage.rows("select audit.seal_changes()")
    assert heads.compare(lina, path) is None
    (kept,) = json.loads(path.read_text(encoding="utf-8")).values()
    assert kept["number"] == 2


def test_a_recomputed_chain_is_found_and_reported_until_it_is_forgotten(
    office: Workplace, lina: Database, path: Path
) -> None:
    heads.compare(lina, path)
    owner_does(office, *REWRITE)
    for _ in range(2):
        found = heads.compare(lina, path)
        assert found is not None
        assert found.number == 1
    with office.happens() as stage:
        events = stage.rows(EVENTS)
    assert [(number, details["remembered"]) for number, details in events] == [(1, found.hash)] * 2
    assert events[0][1]["found"] not in (found.hash, None)
    heads.forget(lina.profile, path)
    assert heads.compare(lina, path) is None


def test_a_chain_that_was_cut_is_found(office: Workplace, lina: Database, path: Path) -> None:
    with office.happens() as stage:
        stage.rows("select audit.seal_changes()")
        stage.rows(WRITE)
        stage.rows("select audit.seal_changes()")
    heads.compare(lina, path)
    owner_does(office, "delete from audit.seals where number = 2")
    found = heads.compare(lina, path)
    assert found is not None
    assert found.number == 2


@pytest.mark.parametrize("text", ["", "[]", '{"x": 1}', "\x00", '{"a:1/b": {"number": 1}}'])
def test_a_damaged_file_counts_as_none(lina: Database, path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert heads.compare(lina, path) is None
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 1


def test_a_folder_that_takes_no_file_stops_nobody(lina: Database, tmp_path: Path) -> None:
    (tmp_path / "tenon").write_text("a file where the folder should be", encoding="utf-8")
    assert heads.compare(lina, tmp_path / "tenon" / "heads.json") is None
