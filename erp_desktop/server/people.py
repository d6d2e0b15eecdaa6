"""The accounts that whoever installed the server makes: an administrator, and the worker."""

from __future__ import annotations

import getpass
import json
import secrets
from dataclasses import dataclass
from uuid import uuid4

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import encrypt_password

from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import open_installed
from erp_desktop.services.errors import from_database
from erp_desktop.services.passwords import check, make_credentials

WORKER_ROLE = "erp_worker"
_JOB = "erp_job_administrator"


@dataclass(frozen=True)
class Administrator:
    """A new account; `password` is None unless it was made up here."""

    login: str
    password: str | None


def add_administrator(dsn: str, login: str, name: str, password: str | None = None) -> Administrator:
    """Make an administrator's account, as a superuser; without a password one is made up, to be changed at first login.

    Raises ServerError, and InvalidInput for a login or password that can't be (UV101, UV104, UV106, UV121 to UV123).
    """
    made_up = None if password else secrets.token_urlsafe(12)
    with open_installed(dsn) as cursor:
        try:
            cursor.execute("select iterations, password_length from auth.gate_settings")
            iterations, length = cursor.fetchone() or (0, 0)
            if password:
                check(password, length, login)
            document = {"login": login, "display_name": name, "roles": [_JOB], "must_change": made_up is not None}
            document |= make_credentials(password or made_up or "", iterations)
            cursor.execute("select auth.create_user(%s, %s)", (str(uuid4()), json.dumps(document)))
            (made,) = cursor.fetchone() or ({},)
        except psycopg2.Error as error:
            raise from_database(error) from error
    return Administrator(made["login"], made_up)


def add_worker(dsn: str) -> str:
    """Let the worker log in, as a superuser, with a password that is made up here and void with the next one."""
    password = secrets.token_urlsafe(24)
    with open_installed(dsn) as cursor:
        # A verifier, so that no statement and no log holds the password itself.
        verifier = encrypt_password(password, WORKER_ROLE, cursor.connection, "scram-sha-256")
        cursor.execute(sql.SQL("alter role {} login password %s").format(sql.Identifier(WORKER_ROLE)), (verifier,))
    return password


def ask_password() -> str:
    """Ask for a new password twice at the terminal; raises ServerError if the two differ."""
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise ServerError("The two passwords differ; try again.")
    return first
