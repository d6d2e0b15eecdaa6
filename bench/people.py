"""The people of the benchmark, logged in as the desktop logs them in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2.extensions

from erp_desktop.demo.logins import read_logins
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services import auth
from erp_desktop.services.auth import Session
from erp_desktop.services.db import Profile


class People:
    """Opens sessions with the logins that `make_data` has written into a folder; one session a person."""

    def __init__(self, folder: Path, dsn: str | None = None) -> None:
        """`dsn` is the superuser's way to a server outside of the folder."""
        self._passwords = {login.login: login.password for login in read_logins(folder)}
        if dsn is None:
            server = EmbeddedServer(folder / "server")
            server.ensure_running()
            self.dsn, self.profile = server.superuser_dsn(), server.profile()
        else:
            self.dsn, self.profile = dsn, _profile_of(dsn)
        self._sessions: dict[str, Session] = {}

    def session(self, login: str) -> Session:
        """The session of a person, opened when it is first asked for."""
        if login not in self._sessions:
            self._sessions[login] = auth.log_in(self.profile, login, self._passwords[login])
        return self._sessions[login]

    def close(self) -> None:
        """Log everybody out."""
        for session in self._sessions.values():
            auth.log_out(session)


@contextmanager
def open_people(folder: Path, dsn: str | None = None) -> Iterator[People]:
    """The people of the company in `folder`; logged out when the block ends."""
    people = People(folder, dsn)
    try:
        yield people
    finally:
        people.close()


def _profile_of(dsn: str) -> Profile:
    parts = psycopg2.extensions.parse_dsn(dsn)
    return Profile(
        name="bench",
        host=parts.get("host", "localhost"),
        port=int(parts.get("port", 5432)),
        database=parts.get("dbname", "tenon"),
        sslmode=parts.get("sslmode", "prefer"),
        root_certificate=parts.get("sslrootcert"),
    )
