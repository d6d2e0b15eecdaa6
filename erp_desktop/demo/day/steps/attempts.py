"""What people try by plain SQL, past every window, with the secret that the gate gave them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg2

from erp_desktop.demo.day.hands import Unexpected

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

    from erp_desktop.demo.day.stage import Stage

NOT_ALLOWED = "42501"
"""PostgreSQL itself refuses: no right to the table, the column or the function."""
WORK = """
select (select count(*) from meta.requests), (select max(id) from workflow.events), (select max(id) from stock.moves),
    (select max(id) from finance.journal_entries), (select sum(debit) from finance.journal_lines),
    (select sum(version) from sales.orders), (select array[sum(net_amount), sum(reserved_qty), sum(shipped_qty)]
        from sales.order_lines), (select array[sum(on_hand), sum(reserved)] from stock.balances)
"""
"""Changes with anything that anybody does."""


def command(
    connection: Connection,
    function: str,
    document: Mapping[str, Any],
    version: int | None = None,
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Call a command; its result. Raises psycopg2.Error."""
    with connection.cursor() as cursor:
        statement = f"select {function}(%s::uuid, %s::jsonb, %s::int)"
        cursor.execute(statement, (str(request_id or uuid4()), json.dumps(document, default=str), version))
        result: dict[str, Any] = (cursor.fetchone() or ({},))[0]
    return result


def rows(connection: Connection, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """The rows that a person sees."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class Trespasser:
    """A person who tries what is not hers to do; the books are compared before and after."""

    stage: Stage
    login: str

    def refused(self, statement: str, *parameters: object, codes: tuple[str, ...] = (NOT_ALLOWED,)) -> None:
        """Try a statement: it must be refused with one of the SQLSTATEs, and change nothing."""
        before = self.stage.row(WORK)
        with closing(self.stage.connect(self.login)) as connection:
            code = _code_of(connection, statement, *parameters)
        what = f"{' '.join(statement.split())[:100]} by {self.login}"
        if code not in codes:
            raise Unexpected(
                f"{what} is {f'refused with {code}' if code else 'not refused'}, wanted {' or '.join(codes)}"
            )
        if self.stage.row(WORK) != before:
            raise Unexpected(f"{what} changed something though it was refused")

    def refused_command(
        self, function: str, document: Mapping[str, Any], version: int | None, codes: tuple[str, ...] = (NOT_ALLOWED,)
    ) -> None:
        """Try a command, which must be refused with one of the SQLSTATEs."""
        statement = f"select {function}(%s::uuid, %s::jsonb, %s::int)"
        self.refused(statement, str(uuid4()), json.dumps(document, default=str), version, codes=codes)

    def sees_nothing(self, statement: str, *parameters: object) -> None:
        """Read: nothing may come, whether it is refused or just not there."""
        with closing(self.stage.connect(self.login)) as connection:
            try:
                found = rows(connection, statement, *parameters)
            except psycopg2.Error as error:
                if error.pgcode != NOT_ALLOWED:
                    raise
                return
        if found:
            raise Unexpected(f"{self.login} sees {len(found)} rows of {' '.join(statement.split())[:100]}")


def _code_of(connection: Connection, statement: str, *parameters: object) -> str:
    """The SQLSTATE that a statement is refused with; empty if it is not."""
    try:
        rows(connection, statement, *parameters)
    except psycopg2.Error as error:
        return error.pgcode or "none"
    return ""
