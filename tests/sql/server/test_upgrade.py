"""A server that was upgraded is equal to one that was installed anew."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg2
import pytest

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import install, status, upgrade
from erp_desktop.server.tree import SqlTree
from tests.helpers.catalogue import read_catalogue
from tests.helpers.trees import shared_files, write_tree

PRE = "upgrade/0.2.0_01_pre_add_colour.sql"
POST = "upgrade/0.2.0_50_post_drop_size.sql"
_STATE, _CODE = "schema/900_trial/things.sql", "code/trial/things.sql"

# A department in two versions: a column comes and another one goes; view, function, policy, trigger and grants change.
_OLD = {
    _STATE: """create schema trial;
        create table trial.things (id bigint generated always as identity primary key, size int not null);
        alter table trial.things enable row level security;""",
    _CODE: """create or replace function trial.count_things() returns bigint language sql stable
            as $$ select count(*) from trial.things $$;
        create view trial.list as select id, size from trial.things;
        create policy select_everyone on trial.things for select to erp_person using (true);
        call meta.announce_changes('trial.things', 'thing');
        grant usage on schema trial to erp_person;
        grant select on trial.things, trial.list to erp_person;""",
}
_NEW = {
    _STATE: _OLD[_STATE].replace("size int not null", "colour text not null default 'oak'"),
    _CODE: """create or replace function trial.count_things() returns bigint language sql stable
            as $$ select count(*) from trial.things where colour <> '' $$;
        create view trial.list as select colour, id from trial.things;
        create policy select_all on trial.things for select to erp_person using (colour <> '');
        grant usage on schema trial to erp_person;
        grant select (id) on trial.things to erp_person;""",
    PRE: "alter table trial.things add colour text not null default 'oak';",
    POST: "alter table trial.things drop size;",
}
_numbers = count(1)


@pytest.fixture
def old_tree(tmp_path: Path) -> SqlTree:
    """A published version."""
    return _tree(tmp_path / "old", _OLD, "0.1.0")


@pytest.fixture
def new_tree(tmp_path: Path) -> SqlTree:
    """Its next version."""
    return _tree(tmp_path / "new", _NEW, "0.2.0")


def _tree(root: Path, files: dict[str, str], version: str) -> SqlTree:
    """What every department shares, and the department of this test."""
    return write_tree(root, {**shared_files(), **files}, version=version, min_client=version)


@pytest.fixture
def dsn(cluster: EmbeddedServer) -> Iterator[str]:
    """A database that does not exist yet."""
    with _database(cluster) as dsn:
        yield dsn


class _database:
    """A new database's DSN; the database is dropped at the end."""

    def __init__(self, cluster: EmbeddedServer) -> None:
        self._cluster = cluster
        self._name = f"upgraded_{next(_numbers)}"

    def __enter__(self) -> str:
        return self._cluster.superuser_dsn(self._name)

    def __exit__(self, *_: object) -> None:
        connection = psycopg2.connect(self._cluster.superuser_dsn("postgres"))
        connection.autocommit = True
        connection.cursor().execute(f"drop database if exists {self._name} with (force)")
        connection.close()


def test_upgrade_and_install_agree(cluster: EmbeddedServer, dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    with _database(cluster) as fresh:
        install(fresh, new_tree)
        assert read_catalogue(dsn) != read_catalogue(fresh)
        upgrade(dsn, new_tree)
        upgrade(dsn, new_tree, finish=True)
        assert read_catalogue(dsn) == read_catalogue(fresh)
        assert status(dsn, new_tree).pending == status(fresh, new_tree).pending == ()


def test_older_clients_work_on_until_the_upgrade_is_finished(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    state = upgrade(dsn, new_tree)
    assert (state.schema_version, state.min_client, state.pending) == ("0.2.0", "0.1.0", (POST,))
    client = psycopg2.connect(dsn, application_name="erp-desktop/0.1.0")
    with pytest.raises(ServerError, match=r"older than 0\.2\.0 are connected \(postgres\)"):
        upgrade(dsn, new_tree, finish=True)
    client.close()
    state = upgrade(dsn, new_tree, finish=True)
    assert (state.min_client, state.pending) == ("0.2.0", ())


def test_a_fresh_install_has_no_steps_to_take(dsn: str, new_tree: SqlTree) -> None:
    assert install(dsn, new_tree).pending == ()
    assert upgrade(dsn, new_tree).min_client == "0.2.0"


def test_status_tells_what_an_upgrade_would_do(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    state = status(dsn, new_tree)
    assert state.pending == (PRE, POST)
    assert state.changed_code == (_CODE,)


def test_a_newer_database_is_left_alone(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, new_tree)
    with pytest.raises(ServerError, match="update the program"):
        upgrade(dsn, old_tree)


def test_a_step_that_was_changed_after_it_ran_is_refused(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    upgrade(dsn, new_tree)
    (new_tree.root / PRE).write_text("select 1;")
    with pytest.raises(ServerError, match="add_colour"):
        upgrade(dsn, SqlTree(new_tree.root))


def test_a_step_that_fails_undoes_the_whole_upgrade(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    before = read_catalogue(dsn)
    (new_tree.root / "upgrade/0.2.0_02_pre_broken.sql").write_text("select 1;\nselect nonsense;")
    with pytest.raises(ServerError, match=r"0\.2\.0_02_pre_broken\.sql, line 2: "):
        upgrade(dsn, SqlTree(new_tree.root))
    assert read_catalogue(dsn) == before
    assert status(dsn, old_tree).schema_version == "0.1.0"


def test_a_newer_step_waits_for_an_unfinished_one(dsn: str, old_tree: SqlTree, new_tree: SqlTree) -> None:
    install(dsn, old_tree)
    upgrade(dsn, new_tree)
    (new_tree.root / "upgrade/0.3.0_01_pre_more.sql").write_text("select 1;")
    (new_tree.root / "version.toml").write_text('schema_version = "0.3.0"\nmin_client = "0.2.0"\n')
    newest = SqlTree(new_tree.root)
    with pytest.raises(ServerError, match="--finish"):
        upgrade(dsn, newest)
    assert upgrade(dsn, newest, finish=True).pending == ()


def test_a_database_that_is_not_installed_is_not_upgraded(cluster: EmbeddedServer) -> None:
    with pytest.raises(ServerError, match="server install"):
        upgrade(cluster.superuser_dsn("postgres"))
