"""People with passwords on a test database, and the gate spoken to by hand."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import psycopg2
from psycopg2.extensions import connection as Connection
from psycopg2.extras import Json

from erp_desktop.services.auth import (
    GATE_PASSWORD,
    GATE_ROLE,
    Login,
    Session,
    Stage,
    begin_enrolment,
    begin_login,
    confirm_enrolment,
    log_in,
    open_account,
)
from erp_desktop.services.db import connect
from erp_desktop.services.errors import ErpError
from erp_desktop.services.passwords import make_credentials
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

    def begin(self, login: str, password: str = PASSWORD) -> Login:
        """The first step of a login as the program takes it."""
        return begin_login(self.database.profile, login, password)

    def enrol(self, login: str, password: str = PASSWORD) -> tuple[str, tuple[str, ...]]:
        """Set up one-time codes for a person as she would; the secret and the recovery codes."""
        session = self.log_in(login, password)
        account = open_account(session, password)
        assert account.stage is Stage.PROVED
        secret = begin_enrolment(account).secret
        codes = confirm_enrolment(account, code_of(secret)).recovery_codes
        self.database.rows("update auth.code_secrets set last_step = 0")  # the code of this half minute is still good
        session.database.close()
        return secret, codes

    def demand_codes(self, *roles: str) -> None:
        """Make these roles need one-time codes, and no others."""
        self.database.rows("select auth.demand_codes(%s)", json.dumps(roles))

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


def code_of(secret: str, steps: int = 0) -> str:
    """What an authenticator program with a secret (base32) shows, `steps` of half a minute from now."""
    return totp(base64.b32decode(secret), this_step() + steps)


def this_step() -> int:
    """The half minute in which one-time codes are now."""
    return int(time.time()) // 30


def totp(secret: bytes, step: int) -> str:
    """A one-time code by RFC 4226 and 6238, with the library's SHA-1."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


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
