"""Makes a database into the company's server, brings it up to date, and tells its state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.extensions import make_dsn, parse_dsn

from erp_desktop.server.errors import ServerError
from erp_desktop.server.tree import SqlFile, SqlTree, Upgrade, version_key
from erp_desktop.services.errors import shortened

_APPLICATION = "erp-desktop server"
OLDEST_POSTGRES = 150000
# One installer at a time; any number will do as long as it stays the same.
_INSTALL_LOCK = 0x54656E6F6E

_LIFT_LIMITS = """
select pg_catalog.set_config('temp_file_limit', '-1', true) from pg_catalog.pg_roles
where rolname = current_user and rolsuper
"""
_WHO_WAITS = """
select w.usename, extract(epoch from clock_timestamp() - w.query_start)::int, b.usename, b.pid, b.state,
    extract(epoch from clock_timestamp() - b.xact_start)::int
from pg_catalog.pg_stat_activity w
cross join lateral unnest(pg_catalog.pg_blocking_pids(w.pid)) holder (pid)
join pg_catalog.pg_stat_activity b on b.pid = holder.pid
where w.datname = current_database() and w.wait_event_type = 'Lock' and b.usename is not null
order by w.query_start, b.xact_start
"""


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for a lock, and who holds it."""

    role: str
    seconds: int
    holder: str
    holder_pid: int
    holder_state: str
    holder_seconds: int


@dataclass(frozen=True)
class Status:
    """The state of a server; the version fields are None if the database is not installed."""

    database: str
    postgres_version: str
    schema_version: str | None
    min_client: str | None
    program_version: str
    pending: tuple[str, ...]
    changed_code: tuple[str, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class Finding:
    """One consistency query that returned rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def install(dsn: str, tree: SqlTree | None = None, *, time_zone: str | None = None) -> Status:
    """Install into the database that `dsn` names (made if missing), as a superuser; raises ServerError.

    `time_zone` (such as "Asia/Shanghai") becomes the database's; without it the server's own stays.
    """
    tree = tree or SqlTree()
    with _transaction(dsn, create=True) as cursor:
        if _versions(cursor) is not None:
            raise ServerError("The database is installed already; bring it up to date by `erp-desktop server upgrade`.")
        _check_database(cursor)
        if time_zone is not None:
            _set_time_zone(cursor, time_zone)
        _run(cursor, tree.files)
        _record(cursor, tree.files)
        _record(cursor, tree.upgrades, was_executed=False)
        _set_versions(cursor, tree.schema_version, tree.min_client)
    return status(dsn, tree)


def upgrade(dsn: str, tree: SqlTree | None = None, *, finish: bool = False) -> Status:
    """Bring a database up to date, as a superuser; raises ServerError.

    Runs the *pre* steps and reloads the code, so that older clients work on. With `finish` (when no older client is
    left) runs the *post* steps too and turns older clients away from then on.
    """
    tree = tree or SqlTree()
    with _transaction(dsn) as cursor:
        applied = _require_known(cursor, tree)
        steps = [step for step in tree.upgrades if step.name not in applied]
        due = steps if finish else _steps_before_post(steps)
        if finish:
            _require_no_older_client(cursor, tree.min_client)
        prepare_database(cursor, tree)
        _run(cursor, due)
        code = [file for file in tree.files if file.kind == "code"]
        _run(cursor, code)
        _record(cursor, [*due, *(file for file in tree.files if file.kind in ("cluster", "code"))])
        old = _versions(cursor)
        min_client = tree.min_client if finish or old is None or due == steps else old[1]
        _set_versions(cursor, tree.schema_version, min_client)
    return status(dsn, tree)


def status(dsn: str, tree: SqlTree | None = None) -> Status:
    """What is installed and what waits to be; raises ServerError if the server can't be reached."""
    tree = tree or SqlTree()
    with _transaction(dsn) as cursor:
        versions = _versions(cursor)
        applied = _applied(cursor) if versions else {}
        return Status(
            database=cursor.connection.info.dbname,
            postgres_version=cursor.connection.info.parameter_status("server_version") or "",
            schema_version=versions[0] if versions else None,
            min_client=versions[1] if versions else None,
            program_version=tree.schema_version,
            pending=tuple(step.name for step in tree.upgrades if versions and step.name not in applied),
            changed_code=tuple(
                file.name
                for file in tree.files
                if versions and file.kind == "code" and applied.get(file.name) != file.sha256
            ),
            waiting=_waiting(cursor),
        )


def is_installed(dsn: str) -> bool:
    """Whether the database of `dsn` is there and installed; raises ServerError if the server can't be reached."""
    try:
        connection = psycopg2.connect(dsn, application_name=_APPLICATION)
    except psycopg2.OperationalError as error:
        if _database_is_missing(dsn, error):
            return False
        raise _unreachable(error) from error
    try:
        with connection.cursor() as cursor:
            return _versions(cursor) is not None
    finally:
        connection.close()


def check(dsn: str, tree: SqlTree | None = None) -> tuple[Finding, ...]:
    """Run every consistency query; the findings, none on a sound database."""
    tree = tree or SqlTree()
    findings = []
    with open_installed(dsn) as cursor:
        cursor.execute("set transaction read only")
        for file in tree.checks:
            _execute(cursor, file)
            rows = tuple(cursor.fetchmany(100))
            if rows:
                columns = tuple(column.name for column in cursor.description or ())
                findings.append(Finding(file.path.stem, _title(file), columns, rows))
    return tuple(findings)


def check_head(dsn: str, number: int, expected: str) -> Finding | None:
    """Compare a seal of the trail that was kept outside, on paper for example; None if the server's is the same.

    `expected` is its SHA-256 in hexadecimal. A chain that its owner recomputed passes `check`, but not this.
    """
    with open_installed(dsn) as cursor:
        cursor.execute("select encode(s.hash, 'hex') from audit.seals s where s.number = %s", (number,))
        row = cursor.fetchone()
    found = row[0] if row else None
    if found == expected.lower():
        return None
    columns = ("seal", "kept_outside", "on_the_server")
    return Finding("head", "The record was rewritten, or a backup was restored.", columns, ((number, expected, found),))


def prepare_database(cursor: Cursor, tree: SqlTree) -> None:
    """Run the cluster files: what a copy of a database (`create database … template`) does not inherit."""
    _run(cursor, [file for file in tree.files if file.kind == "cluster"])


@contextmanager
def open_installed(dsn: str) -> Iterator[Cursor]:
    """One transaction as a superuser on an installed database; raises ServerError if it is not installed."""
    with _transaction(dsn) as cursor:
        if _versions(cursor) is None:
            raise ServerError(_NOT_INSTALLED)
        yield cursor


_NOT_INSTALLED = "The database is not installed; run `erp-desktop server install` first."


@contextmanager
def _transaction(dsn: str, *, create: bool = False) -> Iterator[Cursor]:
    """One transaction on a new connection, alone among installers; raises ServerError if the server breaks off."""
    connection = _connect(dsn, create=create)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute("select pg_catalog.pg_advisory_xact_lock(%s)", (_INSTALL_LOCK,))
            cursor.execute("set local lock_timeout = '30s'")
            cursor.execute(_LIFT_LIMITS)
            yield cursor
    except errors.LockNotAvailable as error:
        raise ServerError("Somebody is working on the database; end the sessions and try again.") from error
    except psycopg2.OperationalError as error:
        raise ServerError(f"The server broke off ({_first_line(error)}); look into its log and try again.") from error
    finally:
        connection.close()


def _waiting(cursor: Cursor) -> tuple[Waiting, ...]:
    cursor.execute(_WHO_WAITS)
    return tuple(Waiting(*row) for row in cursor.fetchall())


def _connect(dsn: str, *, create: bool) -> Connection:
    try:
        return psycopg2.connect(dsn, application_name=_APPLICATION, client_encoding="UTF8")
    except psycopg2.OperationalError as error:
        if create and _database_is_missing(dsn, error):
            _create_database(dsn)
            return _connect(dsn, create=False)
        raise _unreachable(error) from error
    except psycopg2.ProgrammingError as error:
        raise ServerError(
            f"--dsn can't be read ({_first_line(error)}); write it like 'host=db dbname=tenon user=postgres'."
        ) from error


def _database_is_missing(dsn: str, error: psycopg2.OperationalError) -> bool:
    # A failed connection carries no SQLSTATE; the name of the database in the message is the same in every language.
    name = parse_dsn(dsn).get("dbname")
    said = str(error)
    return name is not None and f'"{name}"' in said and "FATAL" in said and "pg_hba.conf" not in said


def _create_database(dsn: str) -> None:
    name = parse_dsn(dsn)["dbname"]
    try:
        connection = psycopg2.connect(
            make_dsn(dsn, dbname="postgres"), application_name=_APPLICATION, client_encoding="UTF8"
        )
    except psycopg2.OperationalError as error:
        raise _unreachable(error) from error
    connection.autocommit = True  # `create database` can't run inside a transaction
    try:
        with connection.cursor() as cursor:
            locale = "locale_provider builtin builtin_locale 'C.UTF-8' locale 'C'"
            if connection.info.server_version < 170000:
                locale = "locale 'C.UTF-8'"
            statement = sql.SQL("create database {} template template0 encoding 'UTF8' " + locale)
            cursor.execute(statement.format(sql.Identifier(name)))
    except psycopg2.Error as error:
        raise ServerError(
            f'The database "{name}" can\'t be made ({_first_line(error)});'
            " make it by hand with encoding UTF8 and locale C.UTF-8."
        ) from error
    finally:
        connection.close()


def _check_database(cursor: Cursor) -> None:
    version = cursor.connection.info.server_version
    if version < OLDEST_POSTGRES:
        raise ServerError(f"PostgreSQL {version // 10000} is too old; install on version 15 or newer.")
    cursor.execute(
        "select r.rolsuper, current_setting('server_encoding') = 'UTF8', lower('ÄЖ') = 'äж'"
        " from pg_roles r where r.rolname = current_user"
    )
    is_superuser, is_utf8, knows_letters = cursor.fetchone() or (False, False, False)
    if not is_superuser:
        raise ServerError("The role of --dsn is no superuser; connect as one (such as postgres) to do this.")
    if not (is_utf8 and knows_letters):
        raise ServerError("The database has a wrong locale; make it with encoding 'UTF8' and locale 'C.UTF-8'.")


def _set_time_zone(cursor: Cursor, time_zone: str) -> None:
    database = sql.Identifier(cursor.connection.info.dbname)
    try:
        cursor.execute(sql.SQL("alter database {} set timezone = {}").format(database, sql.Literal(time_zone)))
    except errors.InvalidParameterValue as error:
        raise ServerError(f'The server knows no time zone "{time_zone}"; give one such as "Asia/Shanghai".') from error


def _run(cursor: Cursor, files: Sequence[SqlFile]) -> None:
    """Execute files: those of the cluster as the installer, all others as the owner."""
    for file in files:
        cursor.execute("reset role" if file.kind == "cluster" else "set role erp_owner")
        _execute(cursor, file)
    cursor.execute("reset role")


def _execute(cursor: Cursor, file: SqlFile) -> None:
    if not _has_statement(file.text):
        return
    try:
        cursor.execute(file.text)
    except psycopg2.OperationalError:
        raise
    except psycopg2.Error as error:
        place = int(error.diag.statement_position or 0)
        line = f", line {file.text.count(chr(10), 0, place) + 1}" if place else ""
        context = f" ({shortened(error.diag.context)})" if error.diag.context else ""
        said = shortened(error.diag.message_primary or str(error))
        raise ServerError(f"server_sql/{file.name}{line}: {said}{context}") from error


def _has_statement(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("--") for line in text.splitlines())


def _versions(cursor: Cursor) -> tuple[str, str] | None:
    """Schema version and oldest client, None if the database is not installed."""
    cursor.execute("select pg_catalog.to_regclass('meta.versions') is not null")
    if not (cursor.fetchone() or (False,))[0]:
        return None
    cursor.execute("select schema_version, min_client from meta.versions")
    return cursor.fetchone()


def _applied(cursor: Cursor) -> dict[str, str]:
    cursor.execute("select file, sha256 from meta.changes")
    return dict(cursor.fetchall())


def _require_known(cursor: Cursor, tree: SqlTree) -> dict[str, str]:
    """The files applied so far; refuses a database that is not ours to upgrade."""
    versions = _versions(cursor)
    if versions is None:
        raise ServerError(_NOT_INSTALLED)
    _check_database(cursor)
    if version_key(versions[0]) > version_key(tree.schema_version):
        raise ServerError(
            f"The database is of version {versions[0]}, this program of {tree.schema_version}; update the program."
        )
    applied = _applied(cursor)
    known = {step.name: step.sha256 for step in tree.upgrades}
    for name, digest in applied.items():
        if name.startswith("upgrade/") and known.get(name) != digest:
            raise ServerError(
                f"This database went through a step {name} that this program does not have; install the program again."
            )
    return applied


def _steps_before_post(steps: Sequence[Upgrade]) -> list[Upgrade]:
    first_post = next((place for place, step in enumerate(steps) if step.is_post), len(steps))
    if any(not step.is_post for step in steps[first_post:]):
        raise ServerError(
            f"{steps[first_post].name} must run before newer steps;"
            " close all clients and run `erp-desktop server upgrade --finish`."
        )
    return list(steps[:first_post])


def _require_no_older_client(cursor: Cursor, min_client: str) -> None:
    cursor.execute(
        "select substring(application_name from '^erp-desktop/([0-9.]+)'), usename from pg_stat_activity"
        " where datname = current_database() and application_name ~ '^erp-desktop/\\d+\\.\\d+\\.\\d+( |$)'"
    )
    older = sorted({who for version, who in cursor.fetchall() if version_key(version) < version_key(min_client)})
    if older:
        who = shortened(", ".join(older))
        raise ServerError(f"Clients older than {min_client} are connected ({who}); let them update, then try again.")


def _record(cursor: Cursor, files: Sequence[SqlFile], *, was_executed: bool = True) -> None:
    for file in files:
        cursor.execute(
            "insert into meta.changes (file, kind, sha256, was_executed) values (%s, %s, %s, %s)"
            " on conflict (file) do update set sha256 = excluded.sha256, was_executed = excluded.was_executed,"
            " applied_at = default, applied_by = default",
            (file.name, file.kind, file.sha256, was_executed),
        )


def _set_versions(cursor: Cursor, schema_version: str, min_client: str) -> None:
    cursor.execute(
        "insert into meta.versions (schema_version, min_client) values (%s, %s) on conflict (only_row) do update"
        " set schema_version = excluded.schema_version, min_client = excluded.min_client, changed_at = default",
        (schema_version, min_client),
    )


def _unreachable(error: psycopg2.OperationalError) -> ServerError:
    said = _first_line(error)
    if 'database "' in said and "does not exist" in said:
        return ServerError(f"Make it with `erp-desktop server install`, or correct dbname in --dsn: {said}.")
    return ServerError(f"The server can't be reached ({said}); check --dsn, the network, the password.")


def _title(file: SqlFile) -> str:
    """The first comment line of a check, without its dashes."""
    return file.text.lstrip().partition("\n")[0].removeprefix("--").strip()


def _first_line(error: BaseException) -> str:
    return shortened((str(error).strip().splitlines() or [type(error).__name__])[0])
