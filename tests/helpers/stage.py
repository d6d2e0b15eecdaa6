"""One transaction on a database with the tests' company, in which every person acts; undone when the test ends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor

from tests.helpers.personas import Company


@dataclass(frozen=True)
class Refusal:
    """What the server said when it refused: SQLSTATE, named parameters, field of the document."""

    code: str
    params: dict[str, Any]
    field: str


class Stage:
    """The transaction; `call` plays a command as a person, `refusal` expects it to be refused."""

    def __init__(self, company: Company, cursor: Cursor) -> None:
        self.company = company
        self.cursor = cursor

    def id_of(self, kind: str, code: str) -> int:
        """See Company.id_of."""
        return self.company.id_of(kind, code)

    def product(self, code: str) -> int:
        """The id of a product."""
        return self.company.id_of("product", code)

    def warehouse(self, code: str) -> int:
        """The id of a warehouse."""
        return self.company.id_of("warehouse", code)

    def rows(self, statement: str, *parameters: object, login: str | None = None) -> list[tuple[Any, ...]]:
        """The rows that a person gets (the superuser without `login`), none if the statement returns no rows."""
        with self._as(login):
            self.cursor.execute(statement, parameters or None)
            return self.cursor.fetchall() if self.cursor.description else []

    def row(self, statement: str, *parameters: object, login: str | None = None) -> tuple[Any, ...]:
        """The only row."""
        (row,) = self.rows(statement, *parameters, login=login)
        return row

    def value(self, statement: str, *parameters: object, login: str | None = None) -> Any:
        """The only column of the only row."""
        (value,) = self.row(statement, *parameters, login=login)
        return value

    def call(
        self,
        login: str,
        command: str,
        document: dict[str, Any],
        version: int | None = None,
        request_id: UUID | None = None,
    ) -> dict[str, Any]:
        """The result of a command called by a person."""
        statement = f"select {command}(%s, %s, %s)"
        parameters = (str(request_id or uuid4()), json.dumps(document), version)
        result: dict[str, Any] = self.value(statement, *parameters, login=login)
        return result

    def refusal(self, login: str, command: str, document: dict[str, Any], version: int | None = None) -> Refusal:
        """How the server refuses a command called by a person; fails if it does not."""
        return self.refused(f"select {command}(%s, %s, %s)", str(uuid4()), json.dumps(document), version, login=login)

    def refused(self, statement: str, *parameters: object, login: str | None = None) -> Refusal:
        """How the server refuses a statement; fails if it does not. What it did is undone."""
        self.cursor.execute("savepoint attempt")
        try:
            with self._as(login):
                self.cursor.execute(statement, parameters or None)
        except psycopg2.Error as error:
            self.cursor.execute("rollback to savepoint attempt")
            detail = error.diag.message_detail or "{}"
            params = json.loads(detail) if detail.startswith("{") else {}
            return Refusal(error.pgcode or "", params, error.diag.column_name or "")
        raise AssertionError(f"not refused: {statement} {parameters}")

    @contextmanager
    def _as(self, login: str | None) -> Iterator[None]:
        if login is None:
            yield
            return
        self.cursor.execute("select set_config('session_authorization', %s, true)", (f"erp_u_{login}",))
        yield
        self.cursor.execute("reset session authorization")


@contextmanager
def open_stage(company: Company, connection: Connection) -> Iterator[Stage]:
    """A stage on a superuser's connection, which may serve one stage after the other; everything is rolled back."""
    try:
        with connection.cursor() as cursor:
            yield Stage(company, cursor)
    finally:
        connection.rollback()
