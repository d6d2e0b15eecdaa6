"""Logging in through the gate, stage by stage, and logging out; passwords never leave this computer."""

from __future__ import annotations

import base64
import datetime as dt
import json
import logging
import platform
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from erp_desktop import __version__
from erp_desktop.services import clock, passwords, probe, work
from erp_desktop.services.db import Database, Profile, check_thread, connect
from erp_desktop.services.errors import (
    Cancelled,
    ErpError,
    InvalidInput,
    KnownError,
    LoginRefused,
    ServerBusy,
    ServerUnreachable,
    SessionOver,
    VersionMismatch,
    from_database,
)
from erp_desktop.services.passwords import PasswordRules

if TYPE_CHECKING:
    from psycopg2.extensions import connection as RawConnection
    from scramp import ScramClient

log = logging.getLogger(__name__)

GATE_ROLE: Final = "erp_gate"
GATE_PASSWORD: Final = "gate"  # no secret: the role may only try to log people in (docs/adr/0004-the-gate.md)
_GATE_OPTIONS: Final = "-c default_transaction_read_only=off -c statement_timeout=10s"
"""Whoever connects as the gate could set something else for the role (docs/adr/0004-the-gate.md)."""
_PATIENCE: Final = 15
"""Seconds after which a server that was there counts as silent; the gate itself ends what takes ten."""
_NOT_ADMITTED: Final = ("28H01", "28H02")
_NO_GATE: Final = ("3F000", "42883")
OLDEST_SERVER: Final = "0.1.0"
"""The oldest schema version that this client can work with."""


@dataclass(frozen=True)
class ServerInfo:
    """What a server tells before anybody logs in; `clock_ahead` is how far its clock is ahead of this computer's.

    `sends_mail`: whether who forgot her password is helped by e-mail.
    """

    schema_version: str
    min_client: str
    iterations: int
    company_zh: str
    company_en: str
    clock_ahead: dt.timedelta
    sends_mail: bool = False


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
    menu's order. After `valid_until` (the server's clock) no further connection opens.
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

    def has(self, role: str) -> bool:
        """Whether she has a role, such as `erp_order_enter`; for what to offer, the server decides what happens."""
        return role in self.roles


class Stage(StrEnum):
    """What a login still needs."""

    CODE = "code"
    ENROL = "enrol"
    RENEW = "renew"
    PROVED = "proved"
    DONE = "ok"


@dataclass(frozen=True)
class Login:
    """A login whose password was right, at its present stage; each function that goes on gives the next one.

    CODE: `answer_code`. ENROL: `begin_enrolment`, `confirm_enrolment`. RENEW: `renew_password`, by `rules`; `reason` is
    given (somebody else chose the present password), expired or forgotten (it began with
    a mailed code). PROVED: nothing is due, and the login was asked to wait
    (`open_account`). DONE: `session` is there.

    `recovery_codes` are told once, after an enrolment. `recovery_codes_left` is None for who has no second factor,
    `password_until` for whom it has no end; both are known when the login is done.
    """

    profile: Profile
    name: str
    challenge: str = field(repr=False)
    server: ServerInfo
    stage: Stage
    holds: bool = False
    reason: str = ""
    rules: PasswordRules | None = None
    recovery_codes: tuple[str, ...] = field(default=(), repr=False)
    recovery_codes_left: int | None = None
    password_until: dt.datetime | None = None
    session: Session | None = None


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator program needs: the address that a QR code shows, and its secret to be typed."""

    address: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Account:
    """How a person logs in; see `auth.my_account` of the server."""

    password_changed_at: dt.datetime
    password_until: dt.datetime | None
    rules: PasswordRules
    codes_since: dt.datetime | None
    codes_needed: bool
    recovery_codes_left: int


@dataclass(frozen=True)
class _Verdict:
    """What the gate tells of the last answer."""

    verdict: str
    server_final: str | None
    role: str | None
    secret: str | None
    session_id: str | None
    valid_until: dt.datetime | None
    locked_seconds: int | None
    details: dict[str, Any] | None


def server_info(profile: Profile) -> ServerInfo:
    """Whose server it is and which clients fit it. Raises ErpError when it can't be reached."""
    with _at_the_gate(profile) as gate:
        return _server_info(gate)


def begin_login(profile: Profile, name: str, password: str, *, holds: bool = False) -> Login:
    """Prove a password; what comes next is told by the login's stage, often DONE at once.

    With `holds` no session opens when nothing is due; see `open_account`.

    Raises LoginRefused (UA101 wrong name or password, UA102 disabled, UL103 locked with `minutes` and the local time
    `until`, US103 too slow, UA103 the server is not what it claims), VersionMismatch (08V01, 08V02), ServerUnreachable,
    CertificateNotTrusted, ServerBusy.
    """
    from scramp import ScramException

    with _at_the_gate(profile) as gate:
        info = _server_info(gate)
        _require_fitting_versions(info)
        challenge, client = _prove(gate, name, password)
        told = _told(gate, challenge, holds)
    try:
        client.set_server_final(told.server_final)
    except ScramException as error:
        raise LoginRefused("UA103", message=str(error)) from error
    return _reached(Login(profile, name, challenge, info, Stage.CODE, holds), told)


def answer_code(login: Login, code: str) -> Login:
    """Give the one-time code, or a recovery code. LoginRefused UA121 wrong, UA122 used before, UL103, US103."""
    with _at_the_gate(login.profile) as gate:
        _row(gate, "select auth.answer_code(%s, %s)", login.challenge, _plain_text(code))
        return _reached(login, _told(gate, login.challenge, login.holds))


def begin_enrolment(login: Login) -> Enrolment:
    """A new secret for the person's authenticator program, not in force yet. LoginRefused US103."""
    with _at_the_gate(login.profile) as gate:
        (secret,) = _row(gate, "select auth.begin_enrolment(%s)", login.challenge)
    if secret is None:
        raise LoginRefused("US103")
    text = base64.b32encode(bytes(secret)).decode()
    company = login.server.company_en or login.server.company_zh
    issuer = f"Tenon {company}".strip().replace(":", " ")
    label = quote(f"{issuer}:{login.name}", safe="")
    return Enrolment(f"otpauth://totp/{label}?secret={text}&issuer={quote(issuer, safe='')}&digits=6&period=30", text)


def confirm_enrolment(login: Login, code: str) -> Login:
    """Put the new secret in force by its first code; the login that comes back holds the recovery codes.

    Raises LoginRefused UA121 wrong code, US103.
    """
    with _at_the_gate(login.profile) as gate:
        (codes,) = _row(gate, "select auth.confirm_enrolment(%s, %s)", login.challenge, _plain_text(code))
        told = _told(gate, login.challenge, login.holds)
    return _reached(replace(login, recovery_codes=tuple(codes or ())), told)


def renew_password(login: Login, password: str) -> Login:
    """Set a new password; all sessions of the person end.

    Raises InvalidInput (UV106 impossible, UV121 to UV123 against the rules, UV124 she had it before), LoginRefused.
    """
    if login.rules is None:
        raise LoginRefused("US103")
    passwords.check(password, login.rules.length, login.name)
    document = passwords.renewal(password, login.rules)
    with _at_the_gate(login.profile) as gate:
        _row(gate, "select auth.renew_password(%s, %s)", login.challenge, _json(document))
        return _reached(login, _told(gate, login.challenge, holds=False))


def request_reset(profile: Profile, name: str) -> None:
    """Ask for a code by e-mail; nothing tells whether the name exists and has an address.

    Raises KnownError US104 where nobody sends mail, LoginRefused UL104 (`minutes`, `until`) after too many requests.
    """
    with _at_the_gate(profile) as gate:
        (seconds,) = _row(gate, "select auth.request_reset(%s)", _plain_text(name))
    if seconds:
        raise LoginRefused("UL104", _wait(seconds))


def begin_reset(profile: Profile, name: str, code: str) -> Login:
    """Begin a login with a mailed code in place of the password; it leads through what is due to a new password.

    Raises LoginRefused (UA126 wrong code or name, UL103), and what `begin_login` does about servers.
    """
    with _at_the_gate(profile) as gate:
        info = _server_info(gate)
        _require_fitting_versions(info)
        (challenge,) = _row(gate, "select auth.begin_reset(%s, %s)", _plain_text(name), _plain_text(code))
        try:
            told = _told(gate, challenge, holds=False)
        except LoginRefused as error:
            if error.code != "UA101":
                raise
            raise LoginRefused("UA126") from error
    return _reached(Login(profile, name.strip(), challenge, info, Stage.CODE), told)


def log_in(profile: Profile, name: str, password: str, code: str | Callable[[], str] = "") -> Session:
    """Log in where nobody can be asked for more than name, password and code; a `code` that is called asks for it.

    Raises what `begin_login` and `answer_code` do, and LoginRefused UA123 a code is needed, UA124 something else is due
    that the login window leads through.
    """
    login = begin_login(profile, name, password)
    if login.stage is Stage.CODE:
        given = code if isinstance(code, str) else code()
        if not given:
            raise LoginRefused("UA123")
        login = answer_code(login, given)
    if login.session is None:
        raise LoginRefused("UA124")
    return login.session


def log_out(session: Session) -> None:
    """End the session on the server and close its connections; a server that is away needs no goodbye."""
    try:
        session.database.rows("select auth.end_session(cast(:id as uuid))", id=session.session_id)
    except ErpError as error:
        log.info("logged out without the server: %s", error)
    session.database.close()


def my_account(session: Session) -> Account:
    """How the person logs in."""
    ((told,),) = session.database.rows("select auth.my_account()")
    return Account(
        dt.datetime.fromisoformat(told["password_changed_at"]),
        _moment(told["password_until"]),
        PasswordRules.of(told["rules"]),
        _moment(told["codes_since"]),
        told["codes_needed"],
        told["recovery_codes_left"],
    )


def open_account(session: Session, password: str, code: str = "") -> Login:
    """Prove anew who sits here, before something of the account changes; good for ten minutes.

    Then `begin_enrolment`, `confirm_enrolment`, `renew_recovery_codes`, `give_up_codes` and `renew_password` work.
    Raises InvalidInput (UV105 wrong password at `old_password`), LoginRefused (UA121, UA122, UA123 at the code, UL103).
    """
    try:
        login = begin_login(session.database.profile, session.login, password, holds=True)
    except LoginRefused as error:
        if error.code != "UA101":
            raise
        raise InvalidInput("UV105", field="old_password") from error
    if login.stage is not Stage.CODE:
        return login
    if not code:
        raise LoginRefused("UA123")
    return answer_code(login, code)


def renew_recovery_codes(login: Login) -> tuple[str, ...]:
    """Ten new recovery codes; the old ones are void. LoginRefused US103."""
    return tuple(_of_account(login, "select auth.renew_recovery_codes(%s)"))


def give_up_codes(login: Login) -> None:
    """Log in without codes from now on. NotAllowed UA125 where a role demands them, LoginRefused US103."""
    _of_account(login, "select auth.give_up_codes(%s)")


def change_password(session: Session, old_password: str, new_password: str, code: str = "") -> Session:
    """Change the person's own password and log her in with it; all her other sessions end.

    The session's `database` stays in use. Raises what `open_account` and `renew_password` do.
    """
    login = open_account(session, old_password, code)
    done = renew_password(login, new_password).session if login.rules is not None else None
    if done is None:  # a role demands codes since she logged in
        raise LoginRefused("UA124")
    session.database.renew(done.database)
    return replace(done, database=session.database)


@contextmanager
def _at_the_gate(profile: Profile) -> Iterator[RawConnection]:
    """A connection of the gate's role; whatever fails inside becomes an ErpError."""
    import psycopg2

    check_thread()
    try:
        gate = work.patiently(
            lambda: connect(profile, GATE_ROLE, GATE_PASSWORD, _GATE_OPTIONS), unwanted=lambda late: late.close()
        )
    except SessionOver as error:
        if error.code in _NOT_ADMITTED:
            raise
        raise KnownError("28G01", error.params, message=f"the gate is shut: {error.message}") from error
    try:
        with _in_time(gate, profile):
            yield gate
    except psycopg2.Error as error:
        known = from_database(error)
        if known.code in _NO_GATE:
            known = ServerUnreachable("08D01", {"host": profile.host, "database": profile.database}, "", known.message)
        if isinstance(known, Cancelled) and not work.present().stopped:  # the gate's own time limit
            known = ServerBusy(message=known.message)
        raise known from error


@contextmanager
def _in_time(connection: RawConnection, profile: Profile) -> Iterator[None]:
    """Close the connection at the end, and hang up before if the work is cancelled or the server stops answering.

    The connection's own `cancel` would wait for a server that no longer answers.
    """
    import psycopg2

    fell_silent = threading.Event()

    def give_up() -> None:
        fell_silent.set()
        _hang_up(connection)

    timer = threading.Timer(_PATIENCE, give_up)
    timer.daemon = True
    present = work.present()
    try:
        with closing(connection), present.cancellable(partial(_hang_up, connection)), ExitStack() as at_the_end:
            timer.start()
            at_the_end.callback(timer.cancel)
            yield
    except psycopg2.Error as error:
        if present.stopped:
            raise Cancelled() from error
        if fell_silent.is_set():
            params = {"host": profile.host, "port": profile.port}
            raise ServerUnreachable("08S01", params, message=str(error)) from error
        raise


def _hang_up(connection: RawConnection) -> None:
    """Shut the line under a connection, so that whoever waits on it goes on; it may be closed already."""
    import psycopg2

    with suppress(OSError, psycopg2.Error):
        with closing(socket.fromfd(connection.fileno(), socket.AF_INET, socket.SOCK_STREAM)) as line:
            line.shutdown(socket.SHUT_RDWR)


def _row(gate: RawConnection, statement: str, *values: object) -> tuple[Any, ...]:
    with gate.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row or ()


def check(
    profile: Profile, on_step: Callable[[probe.Step], object] | None = None
) -> tuple[probe.Report, ServerInfo | None]:
    """Try the way to the only host of `profile` up to the gate, step by step; see `probe.examine`.

    The error of the report says also that versions don't fit or that the gate is shut.
    """
    report = probe.examine(profile, GATE_ROLE, GATE_PASSWORD, "select auth.server_info()", on_step)
    if isinstance(report.error, SessionOver) and report.error.code not in _NOT_ADMITTED:
        report.error = KnownError("28G01", report.error.params, message=report.error.message)
    if report.error is not None:
        return report, None
    info = _info_of(json.loads(report.answer))
    try:
        _require_fitting_versions(info)
    except VersionMismatch as error:
        report.error = error
    return report, info


def _server_info(gate: RawConnection) -> ServerInfo:
    (told,) = _row(gate, "select auth.server_info()")
    return _info_of(told)


def _info_of(told: dict[str, Any]) -> ServerInfo:
    ahead = clock.follow(dt.datetime.fromisoformat(told["now"]))
    return ServerInfo(
        told["schema_version"],
        told["min_client"],
        told["iterations"],
        told["company_zh"],
        told["company_en"],
        ahead,
        told.get("mail", False),
    )


def _require_fitting_versions(info: ServerInfo) -> None:
    if _version_key(__version__) < _version_key(info.min_client):
        raise VersionMismatch("08V01", {"client": __version__, "server": info.min_client})
    if _version_key(info.schema_version) < _version_key(OLDEST_SERVER):
        raise VersionMismatch("08V02", {"client": OLDEST_SERVER, "server": info.schema_version})


def _version_key(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _prove(gate: RawConnection, login: str, password: str) -> tuple[str, ScramClient]:
    """Take a challenge and answer it; what came of it is asked for in a further transaction."""
    from scramp import ScramClient, ScramException

    try:
        client = ScramClient([passwords.MECHANISM], login, password)
        first = client.get_client_first().split(",", 2)[2]
        challenge, server_first = _row(gate, "select * from auth.begin_login(%s)", first)
        client.set_server_first(server_first)
        _row(gate, "select auth.answer_login(%s, %s)", challenge, client.get_client_final())
    except ScramException as error:  # a name or password that nobody can have
        raise LoginRefused("UA101", message=str(error)) from error
    return challenge, client


def _told(gate: RawConnection, challenge: str, holds: bool) -> _Verdict:
    """What came of the last answer; raises what refuses it."""
    client = {"computer": platform.node(), "hold": holds}
    told = _Verdict(*_row(gate, "select * from auth.finish_login(%s, %s)", challenge, _json(client)))
    if told.verdict not in set(Stage):
        raise _refusal(told)
    return told


def _reached(login: Login, told: _Verdict) -> Login:
    """The login at the stage that the gate tells, with the session where it is done."""
    details = told.details or {}
    reached = replace(
        login,
        stage=Stage(told.verdict),
        reason=details.get("reason") or "",
        rules=PasswordRules.of(details["rules"]) if "rules" in details else None,
        recovery_codes_left=details.get("recovery_codes_left"),
        password_until=_moment(details.get("password_until")),
    )
    if told.role is None or told.secret is None:
        return reached
    resume = partial(_present_secret, login.profile, told.session_id)
    database = Database(login.profile, told.role, told.secret, login.name, details.get("tag") or "", resume)
    return replace(reached, session=_session(database, told, login.server, _my_profile(database)))


def _present_secret(profile: Profile, session_id: str | None) -> str | None:
    """The secret of a session whose person ended another one of hers; None if this one is over."""
    with _at_the_gate(profile) as gate:
        (secret,) = _row(gate, "select auth.resume_session(%s)", session_id)
    return None if secret is None else str(secret)


def _refusal(told: _Verdict) -> ErpError:
    if told.verdict == "locked":
        return LoginRefused("UL103", _wait(told.locked_seconds or 60))
    if told.verdict == "password_used":
        return InvalidInput("UV124", field="password")
    codes = {"refused": "UA101", "disabled": "UA102", "expired": "US103", "code_refused": "UA121", "code_used": "UA122"}
    return LoginRefused(codes[told.verdict])


def _wait(seconds: int) -> dict[str, object]:
    """How long to wait, and until when by this computer's clock."""
    wait = dt.timedelta(seconds=seconds)
    now = dt.datetime.now().astimezone()
    until = f"{now + wait:%H:%M}" if (now + wait).date() == now.date() else f"{now + wait:%Y-%m-%d %H:%M}"
    return {"minutes": ceil(wait.total_seconds() / 60), "until": until}


def _of_account(login: Login, statement: str) -> Any:
    with _at_the_gate(login.profile) as gate:
        (answer,) = _row(gate, statement, login.challenge)
    if not answer:
        raise LoginRefused("US103")
    return answer


def _plain_text(code: str) -> str:
    return code.replace("\0", "")  # psycopg2 sends no NUL


def _json(document: dict[str, Any]) -> object:
    from psycopg2.extras import Json

    return Json(document)


def _moment(told: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(told) if told else None


def _my_profile(database: Database) -> dict[str, Any]:
    import psycopg2

    try:
        connection = database.connect()
        with _in_time(connection, database.profile):
            (profile,) = _row(connection, "select auth.my_profile()")
    except psycopg2.Error as error:
        raise from_database(error) from error
    if profile is None:  # disabled between two statements
        raise LoginRefused("UA102")
    return dict(profile)


def _session(database: Database, told: _Verdict, info: ServerInfo, profile: dict[str, Any]) -> Session:
    assert told.session_id is not None and told.valid_until is not None
    return Session(
        database=database,
        session_id=told.session_id,
        user_id=profile["id"],
        login=profile["login"],
        display_name=profile["display_name"],
        display_name_en=profile["display_name_en"],
        language=profile["language"],
        server=info,
        valid_until=told.valid_until,
        **_rights(profile),
    )


def _rights(profile: dict[str, Any]) -> dict[str, Any]:
    """What of a session follows from the person's roles and scopes."""
    places = {
        name: tuple(Place(each["id"], each["code"], each["name_zh"], each["name_en"]) for each in profile[name])
        for name in ("branches", "warehouses", "work_centres")
    }
    return {"roles": frozenset(profile["roles"]), "screens": tuple(profile["screens"]), **places}


def with_present_rights(session: Session) -> Session:
    """The session with the roles, scopes and screens that the person has by now. Raises ErpError."""
    return replace(session, **_rights(_my_profile(session.database)))
