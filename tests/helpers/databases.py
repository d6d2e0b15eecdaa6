"""A template database and its copies; roles belong to the whole cluster and are put back after each copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.install import install, prepare_database
from erp_desktop.server.tree import SqlTree
from tests.helpers.personas import Company, settle

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

TEMPLATE = "template_tenon"
COMPANY = "template_company"
_PERSON = "erp_u_%"
_CUSTOM = r"erp\_c\_%"
_MEMORY = Path("/dev/shm")
_ENOUGH_MEMORY = 3_000_000_000
_numbers = count(1)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A temporary folder that every account may pass through (pytest's tmp_path lets only its owner in).

    In memory where there is room: a copy of the database is 2,000 files, 0.04 s in memory and up to 1 s on a disk.
    """
    in_memory = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH_MEMORY
    folder = Path(tempfile.mkdtemp(prefix="tenon-", dir=_MEMORY if in_memory else None))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_REMOVE = """
import sys
from pathlib import Path
from erp_desktop.server.embedded import EmbeddedServer

sys.stdin.read()  # until the end of the test run closes the pipe
server = EmbeddedServer(Path(sys.argv[1]))
if server.data_dir.exists():
    server.remove()
"""


@contextmanager
def removed_at_the_end(server: EmbeddedServer) -> Iterator[None]:
    """Remove the server when the block ends, even if it ends because this process is killed."""
    command = [sys.executable, "-c", _REMOVE, str(server.data_dir)]
    root = Path(__file__).resolve().parents[2]
    guard = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=root, start_new_session=True)
    try:
        yield
    finally:
        guard.communicate()


@dataclass(frozen=True)
class Roles:
    """The people of a cluster and what they are members of, to be compared and put back."""

    people: dict[str, tuple[Any, ...]]
    memberships: frozenset[tuple[str, str]]

    @classmethod
    def read(cls, connection: Connection) -> Roles:
        """The roles as they are now."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select rolname, rolcanlogin, rolpassword, rolvaliduntil::text from pg_authid where rolname like %s",
                (_PERSON,),
            )
            people = {name: tuple(rest) for name, *rest in cursor.fetchall()}
            cursor.execute(
                "select r.rolname, m.rolname from pg_auth_members a join pg_roles r on r.oid = a.roleid"
                " join pg_roles m on m.oid = a.member where m.rolname like %s",
                (_PERSON,),
            )
            return cls(people, frozenset(cursor.fetchall()))

    def restore(self, connection: Connection) -> None:
        """Make the people of the cluster what they were."""
        with connection.cursor() as cursor:
            cursor.execute("select rolname from pg_roles where rolname like %s", (_CUSTOM,))
            for (name,) in cursor.fetchall():
                cursor.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))
            now = Roles.read(connection)
            for name in now.people.keys() - self.people.keys():
                cursor.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))
            for name, (can_login, password, valid_until) in self.people.items():
                if now.people.get(name) != (can_login, password, valid_until):
                    cursor.execute(
                        sql.SQL("alter role {} {} password {} valid until {}").format(
                            sql.Identifier(name),
                            sql.SQL("login" if can_login else "nologin"),
                            sql.Literal(password),
                            sql.Literal(valid_until or "infinity"),
                        )
                    )
            for verb, word, pairs in (
                ("revoke", "from", now.memberships - self.memberships),
                ("grant", "to", self.memberships - now.memberships),
            ):
                for role, member in pairs:
                    if member in self.people:
                        statement = sql.SQL(f"set role erp_owner; {verb} {{}} {word} {{}}; reset role")
                        cursor.execute(statement.format(sql.Identifier(role), sql.Identifier(member)))


@dataclass(frozen=True)
class TestDatabase:
    """One database of the test cluster."""

    __test__ = False

    server: EmbeddedServer
    name: str

    @property
    def dsn(self) -> str:
        """How the superuser connects."""
        return self.server.superuser_dsn(self.name)

    @property
    def profile(self) -> Profile:
        """How people connect."""
        return self.server.profile(self.name)

    def connect(self) -> Connection:
        """A superuser's connection in autocommit; the caller closes it."""
        connection = psycopg2.connect(self.dsn)
        connection.autocommit = True
        return connection

    def as_person(self, login: str) -> Connection:
        """A connection in autocommit on which `session_user` is the person `login`; the caller closes it."""
        return self.as_role(f"erp_u_{login}")

    def as_role(self, role: str) -> Connection:
        """Like `as_person`, for any role, such as erp_gate."""
        connection = self.connect()
        with connection.cursor() as cursor:
            cursor.execute("select set_config('session_authorization', %s, false)", (role,))
        return connection

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a statement run by the superuser, none if it returns no rows."""
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def value(self, statement: str, *parameters: object) -> Any:
        """The first column of the first row."""
        return self.rows(statement, *parameters)[0][0]


@dataclass(frozen=True)
class Template:
    """The installed database that tests copy, and the roles that belong to it."""

    server: EmbeddedServer
    roles: Roles

    @classmethod
    def install(cls, server: EmbeddedServer) -> Template:
        """Install the product, and beside it the tests' company with its people."""
        install(server.superuser_dsn(TEMPLATE), time_zone="Asia/Shanghai")
        maintenance = psycopg2.connect(server.superuser_dsn("postgres"))
        maintenance.autocommit = True
        try:
            with maintenance.cursor() as cursor:
                cursor.execute(f"create database {COMPANY} template {TEMPLATE} strategy file_copy")
            company = TestDatabase(server, COMPANY)
            _prepare(company)
            settle(company)
            return cls(server, Roles.read(maintenance))
        finally:
            maintenance.close()

    @contextmanager
    def copy_company(self) -> Iterator[Company]:
        """A copy of the database with the tests' company; see `copy`."""
        with self.copy(COMPANY) as database:
            yield Company.read(database)

    @contextmanager
    def copy(self, source: str = TEMPLATE) -> Iterator[TestDatabase]:
        """A copy of the template; dropped afterwards together with whoever is still connected."""
        name = f"test_{next(_numbers)}"
        database = TestDatabase(self.server, name)
        with self._maintenance() as cursor:
            cursor.execute(f"create database {name} template {source} strategy file_copy")
        try:
            _prepare(database)
            yield database
        finally:
            with self._maintenance() as cursor:  # another connection: a test may have stopped the server meanwhile
                cursor.execute(f"drop database if exists {name} with (force)")
                self.roles.restore(cursor.connection)

    @contextmanager
    def _maintenance(self) -> Iterator[Cursor]:
        connection = psycopg2.connect(self.server.superuser_dsn("postgres"))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()


def _prepare(database: TestDatabase) -> None:
    """Give a copy what `create database` leaves out: owner, settings, who may connect."""
    connection = database.connect()
    with connection.cursor() as cursor:
        prepare_database(cursor, SqlTree())
        cursor.execute(f"alter database {database.name} set timezone = 'Asia/Shanghai'")
    connection.close()
