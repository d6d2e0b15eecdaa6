"""People with passwords on a test database, and the gate spoken to by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from erp_desktop.services.auth import GATE_PASSWORD, GATE_ROLE, Session, log_in, make_credentials
from erp_desktop.services.db import connect
from erp_desktop.services.errors import ErpError
from tests.helpers.databases import TestDatabase

PASSWORD = "pässword-密码 '\"%s"
ITERATIONS = 4096  # the fewest allowed: the tests log in hundreds of times


@dataclass(frozen=True)
class Door:
    """A database whose gate is quick, and the ways through it."""

    database: TestDatabase

    def create(self, login: str, *roles: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
        """Make a person as the superuser; the command's result."""
        document = {"login": login, "display_name": login, "must_change": False, "roles": list(roles), **more}
        return self.call("auth.create_user", document | make_credentials(password, ITERATIONS))

    def call(self, command: str, document: dict[str, Any], version: int | None = None) -> dict[str, Any]:
        """Call a command as the superuser."""
        result: dict[str, Any] = self.database.value(
            f"select {command}(%s, %s, %s)", str(uuid4()), json.dumps(document), version
        )
        return result

    def log_in(self, login: str, password: str = PASSWORD) -> Session:
        """Log in as the program does."""
        return log_in(self.database.profile, login, password)

    def attempt(self, login: str, password: str = PASSWORD) -> str:
        """The code with which a login ends: "ok", or that of the error."""
        try:
            session = self.log_in(login, password)
        except ErpError as error:
            return error.code
        session.database.close()
        return "ok"

    def set(self, **settings: Any) -> None:
        """Change settings of the gate."""
        for name, value in settings.items():
            self.database.rows(f"update auth.gate_settings set {name} = %s", value)

    def failures(self, login: str) -> int:
        """How many wrong passwords are counted for a name, known or not."""
        statement = "select failures from auth.name_failures where name_mark = auth.name_mark(auth.normal_login(%s))"
        return sum(row[0] for row in self.database.rows(statement, login))

    @contextmanager
    def gate(self) -> Iterator[Connection]:
        """A connection of the gate's role."""
        connection = connect(self.database.profile, GATE_ROLE, GATE_PASSWORD)
        try:
            yield connection
        finally:
            connection.close()


def ask(connection: Connection, statement: str, *values: Any) -> tuple[Any, ...]:
    """The first row of a statement, empty if there is none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [Json(value) if isinstance(value, dict) else value for value in values])
        return (cursor.fetchone() or ()) if cursor.description else ()


def sqlstate(connection: Connection, statement: str, *values: Any) -> str:
    """The SQLSTATE with which a statement fails; "" if it does not."""
    try:
        ask(connection, statement, *values)
    except psycopg2.Error as error:
        return error.pgcode or "?"
    return ""
