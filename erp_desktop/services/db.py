"""One person's way to the server: connections, reads that reconnect, commands that are never carried out twice."""

from __future__ import annotations

import datetime as dt
import importlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar
from uuid import UUID, uuid4

import psycopg2

from erp_desktop import __version__
from erp_desktop.services import work
from erp_desktop.services.errors import (
    BugError,
    Cancelled,
    ConnectionLost,
    ErpError,
    InvalidInput,
    ServerUnreachable,
    SessionOver,
    from_database,
)

if TYPE_CHECKING:
    import sqlalchemy as sa
    from psycopg2.extensions import connection as RawConnection

T = TypeVar("T")
Rows: TypeAlias = "list[sa.Row[*tuple[Any, ...]]]"

CONNECT_SECONDS: Final = 5
APPLICATION: Final = f"erp-desktop/{__version__}"

_FETCH_ROWS: Final = 500  # converting rows holds the interpreter; the GUI thread gets a turn between the portions
_POOL_SIZE: Final = 2
_POOL_OVERFLOW: Final = 6
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0)  # seconds before each further try to reach a server that went away
_COMMAND_NAME: Final = re.compile(r"[a-z_]+\.[a-z_0-9]+")
_CONFLICTS: Final = frozenset({"40001", "40P01"})
_STARTING_UP: Final = "57P03"
_WAITED_IN_VAIN: Final = "55P03"
_END_STALLED: Final = "select meta.end_stalled_transactions()"

_guarded_threads: set[int] = set()


@dataclass(frozen=True)
class Profile:
    """Where a server is and how it must prove itself.

    `host` may name several servers, divided by commas; the first that takes writes is used. `sslmode` is libpq's
    (`verify-full` for a server in the network, `disable` for the one on this computer). `root_certificate` is the file
    with the company's CA; None trusts the authorities that this computer trusts.
    """

    name: str
    host: str
    port: int = 5432
    database: str = "tenon"
    sslmode: str = "verify-full"
    root_certificate: str | None = None

    @property
    def verifies(self) -> bool:
        """Whether the server's certificate is checked."""
        return self.sslmode.startswith("verify-")

    def libpq_parameters(self) -> dict[str, Any]:
        """The parameters for `psycopg2.connect`, without role and password."""
        parameters: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "sslmode": self.sslmode,
            "connect_timeout": CONNECT_SECONDS,
            "application_name": APPLICATION,
            "client_encoding": "UTF8",
            "gssencmode": "disable",
            # A server that vanished is noticed within a minute, with or without data under way.
            "keepalives": 1,
            "keepalives_idle": 30,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 30_000,
        }
        if self.verifies:
            parameters["sslrootcert"] = self.root_certificate or "system"
        if "," in self.host:
            parameters["target_session_attrs"] = "read-write"
        return parameters


def guard_thread(ident: int) -> None:
    """From now on any database call on the thread `ident` (the GUI's) raises BugError."""
    _guarded_threads.add(ident)


def unguard_thread(ident: int) -> None:
    """Take back `guard_thread`, for a test that ends."""
    _guarded_threads.discard(ident)


def connect(profile: Profile, role: str, secret: str, options: str = "", tag: str = "") -> RawConnection:
    """A connection in autocommit, with command-line `options` of PostgreSQL, which outrank settings of the role.

    `tag` tells the server to which of the person's sessions the connection belongs.
    Raises ConnectionLost and its kinds, ServerBusy, SessionOver, each with its cause.
    """
    check_thread()
    parameters = profile.libpq_parameters() | {"user": role, "password": secret, "options": options}
    parameters["application_name"] = f"{APPLICATION} {tag}".strip()
    try:
        connection: RawConnection = psycopg2.connect(**parameters)
    except psycopg2.OperationalError as error:
        from erp_desktop.services import probe

        # libpq tells no SQLSTATE of a connection that was not made, so the cause is found by asking again.
        raise probe.explain(profile, role, secret, str(error)) from error
    connection.autocommit = True
    return connection


def warm_up() -> None:
    """Import what the first statement needs (half a second); call it in a thread while the person types."""
    importlib.import_module("sqlalchemy.dialects.postgresql.psycopg2")


class Database:
    """One person's way to the server; safe to use from several threads."""

    def __init__(
        self,
        profile: Profile,
        role: str,
        secret: str,
        login: str,
        tag: str = "",
        resume: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`secret` is the session's, `role` the person's login role, `tag` names the session.

        `resume` asks for the secret that the person's sessions have now, None if this session is over.
        """
        self.profile = profile
        self.role = role
        self.login = login
        self.tag = tag
        self._secret = secret
        self._resume = resume
        self._lock = threading.Lock()
        self._engine: sa.Engine | None = None

    def connect(self) -> RawConnection:
        """A connection of its own in autocommit, for LISTEN, COPY and long reads; the caller closes it."""
        known = self._secret
        try:
            return connect(self.profile, self.role, known, tag=self.tag)
        except SessionOver:
            # Another session of this person was ended, and the secret with it; this one may go on.
            secret = self._resume()
            if secret is None or secret == known:
                raise
            self._secret = secret
        return connect(self.profile, self.role, secret, tag=self.tag)

    def renew(self, other: Database) -> None:
        """Go on in a new session of the same person."""
        self._secret, self.tag, self._resume = other._secret, other.tag, other._resume
        self.close()

    def close(self) -> None:
        """Close the pooled connections; the next statement opens new ones."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """SQLAlchemy's engine over a small pool, in autocommit."""
        with self._lock:
            if self._engine is None:
                self._engine = self._make_engine()
            return self._engine

    def _make_engine(self) -> sa.Engine:
        import sqlalchemy as sa

        return sa.create_engine(
            "postgresql+psycopg2://",
            creator=self.connect,
            pool_size=_POOL_SIZE,
            max_overflow=_POOL_OVERFLOW,
            pool_reset_on_return=None,
            isolation_level="AUTOCOMMIT",
            use_native_hstore=False,
        )

    def rows(self, statement: str | sa.Executable, **params: Any) -> Rows:
        """All rows of a read, each value typed (numeric as Decimal).

        `statement` is a SQLAlchemy statement or SQL text with `:name` parameters. A connection that broke is made anew
        and the read is repeated. Raises ErpError.
        """
        return self._run(partial(_read, statement, params))

    def call(
        self,
        function: str,
        *,
        document: Mapping[str, Any] | None = None,
        version: int | None = None,
        request_id: UUID | None = None,
    ) -> dict[str, Any]:
        """Carry out one command: `function` is its qualified name, `version` the one the document was read at.

        The command is sent with a request id, so that after a lost connection it can be sent again and is still carried
        out once. When that did not help either, ConnectionLost names the `request_id` in its params: call again with
        it. Numbers in the result are int or Decimal. Raises ErpError.
        """
        if not _COMMAND_NAME.fullmatch(function):
            raise BugError(message=f"not the name of a command: {function!r}")
        request_id = request_id or uuid4()
        try:
            return self._run(partial(_command, function, request_id, _to_json(document or {}), version))
        except ConnectionLost as error:
            error.params["request_id"] = str(request_id)
            raise

    def _run(self, action: Callable[[sa.Connection], T]) -> T:
        check_thread()
        patience = _Patience(self._end_stalled_transactions)
        while True:
            try:
                return self._attempt(action)
            except ErpError as error:
                patience.wait_or_raise(error)

    def _end_stalled_transactions(self) -> bool:
        """Whether somebody's transaction stood in the way without need, and stands there no longer."""
        try:
            return bool(self._attempt(partial(_read, _END_STALLED, {}))[0][0])
        except ErpError:  # then the person is told of what she waited for
            return False

    def _attempt(self, action: Callable[[sa.Connection], T]) -> T:
        from sqlalchemy.exc import DBAPIError

        try:
            with self.engine.connect() as connection:
                return _cancellable(connection, action)
        except DBAPIError as error:  # the pool has dropped what was broken
            raise from_database(error) from error
        except ValueError as error:  # psycopg2 on a NUL character or half a pair of surrogates
            raise InvalidInput("22021", message=str(error)) from error


class _Patience:
    """Decides for one statement whether it is tried again after an error, and waits for a server that comes back."""

    def __init__(self, make_way: Callable[[], bool]) -> None:
        self._make_way: Callable[[], bool] | None = make_way
        self._lost: ConnectionLost | None = None
        self._had_conflict = False
        self._pauses = iter(_PAUSES)

    def wait_or_raise(self, error: ErpError) -> None:
        """Return when the statement is to be tried again, else raise."""
        if work.present().stopped:
            raise Cancelled() from self._lost or error
        if error.code in _CONFLICTS and not self._had_conflict:
            self._had_conflict = True
        elif error.code == _WAITED_IN_VAIN and self._make_way is not None:
            make_way, self._make_way = self._make_way, None
            if not make_way():
                raise error
        elif not isinstance(error, ConnectionLost):
            raise error
        elif self._broke_while_running(error) and self._lost is None:
            self._lost = error
        elif not self._may_come_back(error):
            raise self._lost or error

    def _broke_while_running(self, error: ConnectionLost) -> bool:
        return not isinstance(error, ServerUnreachable) and error.code != _STARTING_UP

    def _may_come_back(self, error: ConnectionLost) -> bool:
        """Whether a server that was there a moment ago, or is starting, may answer after the next pause."""
        if self._broke_while_running(error) or (self._lost is None and error.code != _STARTING_UP):
            return False
        pause = next(self._pauses, None)
        if pause is None:
            return False
        if work.present().wait_for_stop(pause):
            raise Cancelled() from error
        return True


def check_thread() -> None:
    """Raise BugError on a thread that must never wait for a server."""
    if threading.get_ident() in _guarded_threads:
        raise BugError(message="a database call on the GUI thread; use Query or Command")


def _cancellable(connection: sa.Connection, action: Callable[[sa.Connection], T]) -> T:
    present = work.present()
    if present.stopped:
        raise Cancelled()
    raw: Any = connection.connection.dbapi_connection
    with present.cancellable(raw.cancel):
        return action(connection)


def _read(statement: str | sa.Executable, params: dict[str, Any], connection: sa.Connection) -> Rows:
    import sqlalchemy as sa

    result = connection.execute(sa.text(statement) if isinstance(statement, str) else statement, params)
    rows: Rows = []
    for portion in result.partitions(_FETCH_ROWS):
        rows.extend(portion)
    return rows


def _command(
    function: str, request_id: UUID, document: str, version: int | None, connection: sa.Connection
) -> dict[str, Any]:
    statement = f"select {function}(%s::uuid, %s::jsonb, %s::int)::text"
    text = connection.exec_driver_sql(statement, (str(request_id), document, version)).scalar_one()
    result: dict[str, Any] = json.loads(text, parse_float=Decimal)
    return result


def _to_json(document: Mapping[str, Any]) -> str:
    try:
        return json.dumps(document, default=_plain, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InvalidInput("22003", message=str(error)) from error


def _plain(value: object) -> str:
    """Numbers, dates and ids as text, as the server's field readers take them."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not go into a document")
