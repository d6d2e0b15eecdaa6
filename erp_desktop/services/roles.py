"""Roles: what each contains and who has it, what a change would do to whom, and the commands that change them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.schema import auth as tables
from erp_desktop.services import sessions
from erp_desktop.services.db import Database

Path = tuple[str, ...]
"""The names of the roles through which something comes to a person, the one given to her first; empty: directly."""

_PREVIEW_ROLE = "select * from auth.preview_role(:name, cast(:contents as text[]))"
_PREVIEW_PERSON = "select * from auth.preview_person(cast(:user_id as bigint), cast(:roles as text[]))"
_RIGHTS = "select role, path from auth.rights_of(:user_id)"
_HOLDERS = "select * from auth.holders_of(:name)"
_SCREENS = "select code, action_roles::text[] as roles from meta.screens order by department, ordinal"


@dataclass(frozen=True)
class Role:
    """A role that can be given: `kind` is custom (the company's own), job or action.

    `contents` are the roles that it contains itself, `people` how many people have it, through whatever other roles.
    """

    id: int
    name: str
    kind: str
    department: str
    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    contents: tuple[str, ...]
    people: int
    version: int


@dataclass(frozen=True)
class RoleDetails:
    """What an administrator sets of a role of the company's own; without an English text the Chinese one serves."""

    title_zh: str
    title_en: str
    description_zh: str
    description_en: str
    department: str
    roles: Sequence[str]

    def document(self) -> dict[str, Any]:
        """The fields as the commands on roles take them."""
        return {
            "title_zh": self.title_zh,
            "title_en": self.title_en,
            "description_zh": self.description_zh,
            "description_en": self.description_en,
            "department": self.department,
            "roles": list(self.roles),
        }


@dataclass(frozen=True)
class Difference:
    """The rights that a change gives to a person and takes from her, by name."""

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonDifference(Difference):
    """What a change of a role does to one of the people who have it."""

    login: str = ""
    name_zh: str = ""
    name_en: str = ""
    is_active: bool = True


@dataclass(frozen=True)
class Holder:
    """A person who has a role, and each way in which it comes to her."""

    user_id: int
    login: str
    name_zh: str
    name_en: str
    is_active: bool
    paths: tuple[Path, ...]


@dataclass(frozen=True)
class Rights:
    """What a person can do: the ways to each right, and the screens with those of her rights that open them."""

    paths: Mapping[str, tuple[Path, ...]]
    screens: Mapping[str, tuple[str, ...]]


def load_roles(database: Database) -> tuple[Role, ...]:
    """All roles: the company's own, then job roles, then single rights by department."""
    view = tables.role_list
    statement = select(view).order_by(view.c.place, view.c.id)
    return tuple(
        Role(
            id=row.id,
            name=row.name,
            kind=row.kind,
            department=row.department,
            title_zh=row.title_zh,
            title_en=row.title_en,
            description_zh=row.description_zh,
            description_en=row.description_en,
            contents=tuple(row.contents),
            people=row.people,
            version=row.version,
        )
        for row in database.rows(statement)
    )


def closure(roles: Mapping[str, Role], start: Iterable[str]) -> set[str]:
    """The roles `start` with everything that they contain, through whatever other roles."""
    found: set[str] = set()
    rest = list(start)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest += roles[name].contents if name in roles else ()
    return found


def preview_role(database: Database, name: str, contents: Sequence[str] | None) -> tuple[PersonDifference, ...]:
    """Whose rights would change if a role contained exactly these roles; None: if it were removed."""
    rows = database.rows(_PREVIEW_ROLE, name=name, contents=None if contents is None else list(contents))
    return tuple(
        PersonDifference(tuple(row.gained), tuple(row.lost), row.login, row.name_zh, row.name_en, row.is_active)
        for row in rows
    )


def preview_person(database: Database, user_id: int | None, roles: Sequence[str]) -> Difference:
    """What giving a person exactly these roles would change; None for a person who is not there yet."""
    row = database.rows(_PREVIEW_PERSON, user_id=user_id, roles=list(roles))[0]
    return Difference(tuple(row.gained), tuple(row.lost))


def load_rights(database: Database, user_id: int) -> Rights:
    """What a person can do, and through which roles."""
    paths: dict[str, tuple[Path, ...]] = {}
    for row in database.rows(_RIGHTS, user_id=user_id):
        paths[row.role] = (*paths.get(row.role, ()), tuple(row.path))
    screens = {row.code: tuple(role for role in row.roles if role in paths) for row in database.rows(_SCREENS)}
    return Rights(paths, {code: opened_by for code, opened_by in screens.items() if opened_by})


def load_holders(database: Database, name: str) -> tuple[Holder, ...]:
    """Who has a role, and through which roles."""
    found: dict[int, Holder] = {}
    for row in database.rows(_HOLDERS, name=name):
        paths = found[row.user_id].paths if row.user_id in found else ()
        found[row.user_id] = Holder(
            row.user_id, row.login, row.name_zh, row.name_en, row.is_active, (*paths, tuple(row.path))
        )
    return tuple(found.values())


def create_role(database: Database, *, details: RoleDetails, request_id: UUID | None = None) -> dict[str, Any]:
    """Make a role of the company's own."""
    return database.call("auth.create_role", document=details.document(), request_id=request_id)


def save_role(
    database: Database, *, role_id: int, version: int, details: RoleDetails, request_id: UUID | None = None
) -> dict[str, Any]:
    """Make titles and contents of a role of the company's own exactly these."""
    document = {"id": role_id, **details.document()}
    result = database.call("auth.save_role", document=document, version=version, request_id=request_id)
    sessions.follow_up(database)
    return result


def remove_role(
    database: Database, *, role_id: int, version: int, take_away: bool, request_id: UUID | None = None
) -> dict[str, Any]:
    """Remove a role of the company's own; with `take_away` also from those who have it."""
    document = {"id": role_id, "take_away": take_away}
    result = database.call("auth.remove_role", document=document, version=version, request_id=request_id)
    sessions.follow_up(database)
    return result
