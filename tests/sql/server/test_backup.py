"""A company's server is backed up and restored by the commands of docs/admin.md, and everybody logs in as before."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import parse_dsn

from erp_desktop.server.install import check, status, upgrade
from erp_desktop.server.people import add_administrator
from erp_desktop.services.auth import log_in, log_out
from erp_desktop.services.errors import LoginRefused
from tests.helpers.databases import temporary_folder
from tests.helpers.pg15 import BINARIES, CentralServer


@pytest.fixture
def other(central: CentralServer) -> Iterator[CentralServer]:
    """Another server, empty, to restore into."""
    with temporary_folder() as folder:
        server = CentralServer.start(folder / "other")
        try:
            yield server
        finally:
            server.stop()


def run(server: CentralServer, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A program of PostgreSQL as the superuser of a server."""
    dsn = parse_dsn(server.superuser_dsn())
    way_in = {"PGHOST": dsn["host"], "PGPORT": dsn["port"], "PGUSER": dsn["user"], "PGPASSWORD": dsn["password"]}
    way_in |= {"PGSSLMODE": dsn["sslmode"], "PGSSLROOTCERT": dsn["sslrootcert"]}
    command = [str(BINARIES / program), *arguments]
    return subprocess.run(command, env=os.environ | way_in, capture_output=True, text=True, check=False)


def test_a_restored_backup_is_sound_and_lets_everybody_in(
    central: CentralServer, other: CentralServer, tmp_path: Path
) -> None:
    password = "correct horse battery"
    add_administrator(central.superuser_dsn(), "backup", "Backup", password)
    session = log_in(central.profile(), "backup", password)
    roles, rows = str(tmp_path / "globals.sql"), str(tmp_path / "tenon.dump")
    assert run(central, "pg_dumpall", "--globals-only", "--no-role-passwords", "-f", roles).returncode == 0
    assert run(central, "pg_dump", "-Fc", "--no-unlogged-table-data", "-f", rows, "tenon").returncode == 0
    log_out(session)

    said = run(other, "psql", "-q", "-d", "postgres", "-f", roles).stderr.splitlines()
    assert [line.partition("ERROR:")[2].strip() for line in said] == ['role "postgres" already exists']
    restored = run(other, "pg_restore", "-d", "postgres", "--create", "--exit-on-error", rows)
    assert restored.returncode == 0, restored.stderr
    upgrade(other.superuser_dsn())

    assert status(other.superuser_dsn()).changed_code == ()
    assert check(other.superuser_dsn()) == ()
    with psycopg2.connect(other.superuser_dsn()) as connection, connection.cursor() as cursor:
        cursor.execute("select (select count(*) from auth.sessions), current_setting('timezone')")
        assert cursor.fetchone() == (0, "Asia/Shanghai")
    connection.close()
    with pytest.raises(LoginRefused):
        log_in(other.profile(), "backup", "not her password")
    log_out(log_in(other.profile(), "backup", password))
