"""The tests' company at work: its people log in through the gate, and what a story has happen stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg2

from erp_desktop.services.auth import Session
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.passwords import make_credentials
from tests.helpers.databases import Template
from tests.helpers.gate import ITERATIONS, PASSWORD, Door
from tests.helpers.personas import Company
from tests.helpers.stage import Stage


class Workplace:
    """A copy of the tests' company whose people have a password (`PASSWORD` of tests/helpers/gate.py)."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.door = Door(company.database)
        self._sessions: dict[str, Session] = {}
        self.door.set(iterations=ITERATIONS)

    @contextmanager
    def happens(self) -> Iterator[Stage]:
        """A stage whose transaction is committed at the end of the block."""
        connection = psycopg2.connect(self.company.database.dsn)
        try:
            with connection.cursor() as cursor:
                yield Stage(self.company, cursor)
            connection.commit()
        finally:
            connection.close()

    def enter(self, login: str) -> Session:
        """A session of a person, logged in as the program does it; for who logs out again, as a window does."""
        credentials = json.dumps(make_credentials(PASSWORD, ITERATIONS))
        self.company.database.rows(
            "select auth.set_credentials(%s, %s, false)", self.company.id_of("user", login), credentials
        )
        return self.door.log_in(login)

    def log_in(self, login: str) -> Session:
        """The session of a person that lasts until the end."""
        if login not in self._sessions:
            self._sessions[login] = self.enter(login)
        return self._sessions[login]

    def database(self, login: str) -> Database:
        """A person's way to the server."""
        return self.log_in(login).database

    def close(self) -> None:
        """Close what the people have open."""
        for session in self._sessions.values():
            with suppress(ErpError):
                session.database.close()


@contextmanager
def open_workplace(template: Template) -> Iterator[Workplace]:
    """A workplace of its own; gone afterwards."""
    with template.copy_company() as company:
        workplace = Workplace(company)
        try:
            yield workplace
        finally:
            workplace.close()
