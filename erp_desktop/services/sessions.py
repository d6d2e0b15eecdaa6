"""Who is logged in from where; keeping a session alive, and ending sessions."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pulse:
    """What the server says to a heartbeat.

    `seconds_left` is how long the session lasts if its person is not active from now on; `ends_idle` says that it is
    idleness which ends it then, and not the end of its validity.
    """

    is_live: bool
    seconds_left: int
    ends_idle: bool


@dataclass(frozen=True)
class OpenSession:
    """A login that has not ended; `tag` names it, `is_this` marks the session that asks."""

    tag: str
    computer: str
    address: str
    client: str
    started_at: dt.datetime
    last_active_at: dt.datetime
    is_this: bool


def keep(session: Session, *, active: bool) -> Pulse:
    """Tell the server that the program is there, and whether its person was active. Raises ErpError."""
    ((told,),) = session.database.rows(
        "select auth.keep_session(:tag, :active)", tag=session.database.tag, active=active
    )
    return Pulse(told["is_live"], int(told["seconds_left"] or 0), bool(told["ends_idle"]))


def end_what_is_over(session: Session) -> None:
    """Let the server end what should be no more: after a change of rights or accounts has been committed."""
    follow_up(session.database)


def follow_up(database: Database) -> None:
    """What `end_what_is_over` does; a server that is away has other programs that ask for it."""
    try:
        database.rows("select auth.end_what_is_over()")
    except ErpError as error:
        log.info("nothing was ended: %s", error)


def my_sessions(session: Session) -> tuple[OpenSession, ...]:
    """The sessions of the person herself, this one first, then the youngest."""
    return sessions_of(session.database, session.user_id)


def sessions_of(database: Database, user_id: int) -> tuple[OpenSession, ...]:
    """The sessions of a person, for herself and for who manages accounts."""
    from sqlalchemy import select

    from erp_desktop.schema import auth as tables

    view = tables.session_list
    rows = database.rows(select(view).where(view.c.user_id == user_id).order_by(view.c.started_at.desc()))
    found = [
        OpenSession(
            tag=row.tag,
            computer=row.computer,
            address=str(row.address or ""),
            client=row.client,
            started_at=row.started_at,
            last_active_at=row.last_active_at,
            is_this=row.tag == database.tag,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: not each.is_this))


def end_own(session: Session, tag: str = "", *, but: str = "", request_id: UUID | None = None) -> dict[str, Any]:
    """End one session of the person herself (`tag`), or all of them `but` one, at once."""
    database = session.database
    result = database.call("auth.end_own_sessions", document={"tag": tag, "but": but}, request_id=request_id)
    follow_up(database)
    return result


def end_all(database: Database, *, user_id: int, version: int, request_id: UUID | None = None) -> dict[str, Any]:
    """End all sessions of somebody else at once."""
    document = {"user_id": user_id}
    result = database.call("auth.end_sessions", document=document, version=version, request_id=request_id)
    follow_up(database)
    return result
