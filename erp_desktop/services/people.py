"""Accounts: the people of the program, their roles and scopes, and what administrators do with them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Table, select

from erp_desktop.schema import auth as tables
from erp_desktop.schema import org
from erp_desktop.services import sessions
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible
from erp_desktop.services.passwords import make_credentials
from erp_desktop.services.roles import Role, load_roles

# Nothing that looks like something else when it is read out or copied from paper.
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True)
class Person:
    """An account; `state` is enabled, locked (until `locked_until`) or disabled."""

    id: int
    login: str
    name_zh: str
    name_en: str
    state: str
    locked_until: dt.datetime | None
    last_login_at: dt.datetime | None
    has_session: bool
    roles: tuple[str, ...]
    branches: tuple[int, ...]
    warehouses: tuple[int, ...]
    work_centres: tuple[int, ...]
    language: str
    email: str
    phone: str
    version: int


@dataclass(frozen=True)
class Place:
    """A branch, warehouse or work centre."""

    id: int
    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Choices:
    """What a person can be given."""

    roles: tuple[Role, ...]
    branches: tuple[Place, ...]
    warehouses: tuple[Place, ...]
    work_centres: tuple[Place, ...]


@dataclass(frozen=True)
class Details:
    """What an administrator sets of a person."""

    name_zh: str
    name_en: str
    language: str
    email: str
    phone: str
    roles: Sequence[str]
    branches: Sequence[int]
    warehouses: Sequence[int]
    work_centres: Sequence[int]

    def document(self) -> dict[str, Any]:
        """The fields as the commands on accounts take them."""
        return {
            "display_name": self.name_zh,
            "display_name_en": self.name_en,
            "language": self.language,
            "email": self.email,
            "phone": self.phone,
            "roles": list(self.roles),
            "branches": list(self.branches),
            "warehouses": list(self.warehouses),
            "work_centres": list(self.work_centres),
        }


def load_person(database: Database, user_id: int) -> Person:
    """The account; raises NotVisible."""
    view = tables.person_list
    rows = database.rows(select(view).where(view.c.id == user_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "user", "id": user_id})
    row = rows[0]
    return Person(
        id=row.id,
        login=row.login,
        name_zh=row.name_zh,
        name_en="" if row.name_en == row.name_zh else row.name_en,
        state=row.state,
        locked_until=row.locked_until,
        last_login_at=row.last_login_at,
        has_session=row.has_session,
        roles=tuple(row.roles),
        branches=tuple(row.branches),
        warehouses=tuple(row.warehouses),
        work_centres=tuple(row.work_centres),
        language=row.language,
        email=row.email or "",
        phone=row.phone or "",
        version=row.version,
    )


def load_choices(database: Database) -> Choices:
    """The roles and places that people can be given."""
    return Choices(
        roles=load_roles(database),
        branches=_places(database, org.branches),
        warehouses=_places(database, org.warehouses),
        work_centres=_places(database, org.work_centres),
    )


def _places(database: Database, table: Table) -> tuple[Place, ...]:
    columns = (table.c.id, table.c.code, table.c.name_zh, table.c.name_en)
    return tuple(Place(*row) for row in database.rows(select(*columns).order_by(table.c.code)))


def new_password() -> str:
    """A random password that can be read out: groups of letters and digits that nobody mistakes for others."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    return "-".join(groups)


def create_person(
    database: Database, *, login: str, password: str, details: Details, request_id: UUID | None = None
) -> dict[str, Any]:
    """Create an account with an initial password, which the person has to change when she logs in first."""
    document = {"login": login, **details.document(), **_credentials(database, password)}
    return database.call("auth.create_user", document=document, request_id=request_id)


def save_person(
    database: Database, *, user_id: int, version: int, details: Details, request_id: UUID | None = None
) -> dict[str, Any]:
    """Make names, contact, roles and scopes of a person exactly these."""
    document = {"user_id": user_id, **details.document()}
    result = database.call("auth.save_user", document=document, version=version, request_id=request_id)
    sessions.follow_up(database)
    return result


def disable_person(database: Database, *, user_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Shut an account at once; its open connections end."""
    return _step(database, "auth.disable_user", user_id, version, request_id)


def enable_person(database: Database, *, user_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Open a disabled account again."""
    return _step(database, "auth.enable_user", user_id, version, request_id)


def unlock_person(database: Database, *, user_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Forget the wrong passwords of an account, so that the person may try again at once."""
    return _step(database, "auth.unlock_user", user_id, version, request_id)


def reset_password(
    database: Database, *, user_id: int, version: int, password: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Give an account a new password, to be changed at the next login; all its sessions end."""
    document = {"user_id": user_id, **_credentials(database, password)}
    result = database.call("auth.reset_password", document=document, version=version, request_id=request_id)
    sessions.follow_up(database)
    return result


def reset_codes(database: Database, *, user_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """Forget the one-time codes of somebody who lost phone and recovery codes."""
    return _step(database, "auth.reset_codes", user_id, version, request_id)


def _credentials(database: Database, password: str) -> dict[str, Any]:
    iterations = database.rows(select(tables.gate_settings.c.iterations))[0].iterations
    return make_credentials(password, iterations)


def _step(database: Database, command: str, user_id: int, version: int, request_id: UUID | None) -> dict[str, Any]:
    result = database.call(command, document={"user_id": user_id}, version=version, request_id=request_id)
    sessions.follow_up(database)
    return result
