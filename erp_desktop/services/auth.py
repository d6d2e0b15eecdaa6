"""Logging in through the gate, logging out, and passwords, which never leave this computer."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import platform
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from erp_desktop import __version__
from erp_desktop.services import clock, work
from erp_desktop.services.db import Database, Profile, connect
from erp_desktop.services.errors import (
    Cancelled,
    ErpError,
    InvalidInput,
    KnownError,
    LoginRefused,
    ServerBusy,
    SessionOver,
    VersionMismatch,
    from_database,
)

if TYPE_CHECKING:
    from psycopg2.extensions import connection as RawConnection
    from scramp import ScramClient

log = logging.getLogger(__name__)

GATE_ROLE: Final = "erp_gate"
GATE_PASSWORD: Final = "gate"  # no secret: the role may only try to log people in (docs/adr/0004-the-gate.md)
OLDEST_SERVER: Final = "0.1.0"
"""The oldest schema version that this client can work with."""

_MECHANISM: Final = "SCRAM-SHA-256"


@dataclass(frozen=True)
class ServerInfo:
    """What a server tells before anybody logs in; `clock_ahead` is how far its clock is ahead of this computer's."""

    schema_version: str
    min_client: str
    iterations: int
    company_zh: str
    company_en: str
    clock_ahead: dt.timedelta


@dataclass(frozen=True)
class Place:
    """A branch, warehouse or work centre that a person's rows belong to."""

    id: int
    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class Session:
    """A person who is logged in.

    `roles` are all her roles, through whatever other roles; `screens` the codes of the screens she may open, in the
    menu's order. After `valid_until` (the server's clock) no further connection opens. With `must_change_password` the
    first thing to ask for is a new one.
    """

    database: Database
    session_id: str
    user_id: int
    login: str
    display_name: str
    display_name_en: str
    language: str
    roles: frozenset[str]
    branches: tuple[Place, ...]
    warehouses: tuple[Place, ...]
    work_centres: tuple[Place, ...]
    screens: tuple[str, ...]
    server: ServerInfo
    valid_until: dt.datetime
    must_change_password: bool

    def has(self, role: str) -> bool:
        """Whether she has a role, such as `erp_order_enter`; for what to offer, the server decides what happens."""
        return role in self.roles


@dataclass(frozen=True)
class _Pass:
    """What the gate gives to somebody it lets in."""

    role: str
    secret: str
    session_id: str
    valid_until: dt.datetime
    must_change: bool


def server_info(profile: Profile) -> ServerInfo:
    """Whose server it is and which clients fit it. Raises ErpError when it can't be reached."""
    with _at_the_gate(profile) as gate:
        return _server_info(gate)


def log_in(profile: Profile, login: str, password: str) -> Session:
    """Log a person in.

    Raises LoginRefused (UA101 wrong name or password, UA102 disabled, UL103 locked with `minutes` and the local time
    `until`, US103 too slow, UA103 the server is not what it claims), VersionMismatch (08V01, 08V02), ServerUnreachable,
    CertificateNotTrusted, ServerBusy.
    """
    with _at_the_gate(profile) as gate:
        info = _server_info(gate)
        _require_fitting_versions(info)
        granted = _pass_the_gate(gate, login, password)
    database = Database(profile, granted.role, granted.secret, login)
    return _session(database, granted, info, _my_profile(database))


def log_out(session: Session) -> None:
    """End the session on the server and close its connections; a server that is away needs no goodbye."""
    try:
        session.database.rows("select auth.end_session(cast(:id as uuid))", id=session.session_id)
    except ErpError as error:
        log.info("logged out without the server: %s", error)
    session.database.close()


def make_credentials(password: str, iterations: int) -> dict[str, Any]:
    """The SCRAM verifiers of a new password, as commands take them. InvalidInput UV106 for an impossible password."""
    from scramp import ScramException, ScramMechanism

    try:
        if not password:
            raise ScramException("empty")
        salt, stored_key, server_key, _ = ScramMechanism(_MECHANISM).make_auth_info(password, iterations)
    except ScramException as error:
        raise InvalidInput("UV106", field="password", message=str(error)) from error
    keys = {"salt": salt, "stored_key": stored_key, "server_key": server_key}
    encoded = {name: base64.b64encode(value).decode() for name, value in keys.items()}
    return {"iterations": iterations, **encoded}


def change_password(session: Session, old_password: str, new_password: str) -> Session:
    """Change the person's own password and log her in with it; all her other sessions end.

    The session's `database` stays in use. Raises InvalidInput (UV105 old password, UV106 new password), UL103.
    """
    database = session.database
    with _at_the_gate(database.profile) as gate:
        info = _server_info(gate)
        credentials = make_credentials(new_password, info.iterations)
        challenge, _ = _answer(gate, session.login, old_password)
    database.call("auth.change_password", document={"challenge": challenge, **credentials})
    with _at_the_gate(database.profile) as gate:
        granted = _pass_the_gate(gate, session.login, new_password)
    database.renew(granted.secret)
    return replace(
        session, session_id=granted.session_id, valid_until=granted.valid_until, must_change_password=False, server=info
    )


@contextmanager
def _at_the_gate(profile: Profile) -> Iterator[RawConnection]:
    """A connection of the gate's role; whatever fails inside becomes an ErpError."""
    import psycopg2

    try:
        gate = connect(profile, GATE_ROLE, GATE_PASSWORD)
    except SessionOver as error:
        raise KnownError("28000", error.params, message=f"the gate is shut: {error.message}") from error
    try:
        with closing(gate), work.present().cancellable(gate.cancel):
            yield gate
    except psycopg2.Error as error:
        known = from_database(error)
        if isinstance(known, Cancelled) and not work.present().stopped:  # the gate's own time limit
            known = ServerBusy(message=known.message)
        raise known from error


def _row(gate: RawConnection, statement: str, *values: object) -> tuple[Any, ...]:
    with gate.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row or ()


def _server_info(gate: RawConnection) -> ServerInfo:
    (told,) = _row(gate, "select auth.server_info()")
    ahead = clock.follow(dt.datetime.fromisoformat(told["now"]))
    return ServerInfo(
        told["schema_version"], told["min_client"], told["iterations"], told["company_zh"], told["company_en"], ahead
    )


def _require_fitting_versions(info: ServerInfo) -> None:
    if _version_key(__version__) < _version_key(info.min_client):
        raise VersionMismatch("08V01", {"client": __version__, "server": info.min_client})
    if _version_key(info.schema_version) < _version_key(OLDEST_SERVER):
        raise VersionMismatch("08V02", {"client": OLDEST_SERVER, "server": info.schema_version})


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _answer(gate: RawConnection, login: str, password: str) -> tuple[str, ScramClient]:
    """Take a challenge and answer it; what came of it is asked for in a further transaction."""
    from scramp import ScramClient, ScramException

    try:
        client = ScramClient([_MECHANISM], login, password)
        first = client.get_client_first().split(",", 2)[2]
        challenge, server_first = _row(gate, "select * from auth.begin_login(%s)", first)
        client.set_server_first(server_first)
        _row(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
    except ScramException as error:  # a name or password that nobody can have
        raise LoginRefused("UA101", message=str(error)) from error
    return challenge, client


def _pass_the_gate(gate: RawConnection, login: str, password: str) -> _Pass:
    from psycopg2.extras import Json
    from scramp import ScramException

    challenge, client = _answer(gate, login, password)
    verdict, server_final, role, secret, session_id, valid_until, seconds, must_change = _row(
        gate, "select * from auth.finish_login(%s, %s)", challenge, Json({"computer": platform.node()})
    )
    if verdict != "ok":
        raise _refusal(verdict, seconds)
    try:
        client.set_server_final(server_final)
    except ScramException as error:
        raise LoginRefused("UA103", message=str(error)) from error
    return _Pass(role, secret, session_id, valid_until, must_change)


def _refusal(verdict: str, seconds: int | None) -> LoginRefused:
    if verdict == "locked":
        wait = dt.timedelta(seconds=seconds or 60)
        until = f"{dt.datetime.now().astimezone() + wait:%H:%M}"
        return LoginRefused("UL103", {"minutes": ceil(wait.total_seconds() / 60), "until": until})
    codes = {"refused": "UA101", "disabled": "UA102", "expired": "US103"}
    return LoginRefused(codes[verdict])


def _my_profile(database: Database) -> dict[str, Any]:
    import psycopg2

    try:
        with closing(database.connect()) as connection:
            (profile,) = _row(connection, "select auth.my_profile()")
    except psycopg2.Error as error:
        raise from_database(error) from error
    if profile is None:  # disabled between two statements
        raise LoginRefused("UA102")
    return dict(profile)


def _session(database: Database, granted: _Pass, info: ServerInfo, profile: dict[str, Any]) -> Session:
    places = {
        name: tuple(Place(each["id"], each["code"], each["name_zh"], each["name_en"]) for each in profile[name])
        for name in ("branches", "warehouses", "work_centres")
    }
    return Session(
        database=database,
        session_id=granted.session_id,
        user_id=profile["id"],
        login=profile["login"],
        display_name=profile["display_name"],
        display_name_en=profile["display_name_en"],
        language=profile["language"],
        roles=frozenset(profile["roles"]),
        screens=tuple(profile["screens"]),
        server=info,
        valid_until=granted.valid_until,
        must_change_password=granted.must_change,
        **places,
    )
