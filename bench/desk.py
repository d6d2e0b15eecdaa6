"""A person's way to the server on which, between her own statements, the tables' owner works as well."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import psycopg2
from psycopg2 import sql

from erp_desktop.services.db import Database, Profile

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

_OWNER = "bench_owner"


class Owner:
    """A superuser made for one run, who may come the way people come: by TCP with a password."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self.password = secrets.token_urlsafe(24)

    def __enter__(self) -> Owner:
        self._execute(sql.SQL("drop role if exists {name}; create role {name} login superuser password {password}"))
        return self

    def __exit__(self, *exception: object) -> None:
        self._execute(sql.SQL("drop role {name}"))

    def _execute(self, statement: sql.SQL) -> None:
        connection = psycopg2.connect(self._dsn)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement.format(name=sql.Identifier(_OWNER), password=sql.Literal(self.password)))
        finally:
            connection.close()


class Desk(Database):
    """What the product's services take as the person's database. Its statements run on one connection: `raw`."""

    def __init__(self, profile: Profile, login: str, user_id: int, owner: Owner) -> None:
        super().__init__(profile, f"erp_u_{login}", owner.password, login)
        self.user_id = user_id

    def connect(self) -> Connection:
        """Override Database.connect: come as the owner and turn into the person."""
        raw: Connection = psycopg2.connect(user=_OWNER, password=self._secret, **self.profile.libpq_parameters())
        raw.autocommit = True
        _execute(raw, "select set_config('session_authorization', %s, false)", self.role)
        return raw

    @property
    def raw(self) -> Connection:
        """The connection of all statements, as psycopg2's."""
        with self.engine.connect() as connection:
            raw = connection.connection.dbapi_connection
        return cast("Connection", raw)

    @contextmanager
    def as_owner(self) -> Iterator[None]:
        """Inside the block the connection belongs to the owner, past policies, triggers and foreign keys."""
        raw = self.raw
        _execute(raw, "reset session authorization; set session_replication_role = replica")
        try:
            yield
        finally:
            _execute(raw, "reset session_replication_role")
            _execute(raw, "select set_config('session_authorization', %s, false)", self.role)

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """A transaction on the same connection without SQLAlchemy."""
        raw = self.raw
        with raw.cursor() as cursor:
            cursor.execute("begin")
            try:
                yield cursor
            except BaseException:
                cursor.execute("rollback")
                raise
            cursor.execute("commit")

    def owners_rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Run a statement on the same connection without SQLAlchemy; the rows, none if it returns none."""
        return _execute(self.raw, statement, *parameters)


def _execute(connection: Connection, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
