"""The demo's start: made once, found again, shared by programs that run at once, and honest about another version."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from erp_desktop.demo import start
from erp_desktop.demo.start import OpenDemo, open_demo
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import check
from erp_desktop.services.auth import log_in, log_out
from tests.helpers.databases import removed_at_the_end, temporary_folder

_PROGRAM = """
import sys
from pathlib import Path
from erp_desktop.demo.start import open_demo
demo = open_demo(Path(sys.argv[1]))
print(demo.server.pid, demo.logins[0].password, flush=True)
sys.stdin.read()
demo.close()
"""


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """The folder of a demo that two programs have opened at the same moment; the first of them has ended."""
    with temporary_folder() as temporary:
        yield temporary / "demo"


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[OpenDemo]:
    root = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", _PROGRAM, str(folder)]
    programs = [
        subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [program.stdout.readline() for program in programs if program.stdout]
    assert said[0] == said[1] != ""
    demo = open_demo(folder)
    with removed_at_the_end(demo.server):
        for program in programs:
            program.communicate(timeout=30)
            assert program.returncode == 0
        yield demo
        demo.close()


def test_programs_that_start_at_once_share_one_company(opened: OpenDemo) -> None:
    connection = psycopg2.connect(opened.server.superuser_dsn())
    with connection.cursor() as cursor:
        cursor.execute("select count(*), current_setting('timezone') from org.companies")
        assert cursor.fetchone() == (1, "Asia/Shanghai")
        cursor.execute("select count(*) from sales.orders")
        assert (cursor.fetchone() or (0,))[0] == 3000
    connection.close()


def test_its_books_contradict_nothing(opened: OpenDemo) -> None:
    assert check(opened.server.superuser_dsn()) == ()


def test_its_people_log_in_with_the_passwords_it_offers(opened: OpenDemo) -> None:
    clerk = next(person for person in opened.logins if person.job_role == "sales_clerk")
    session = log_in(opened.profile, clerk.login, clerk.password)
    assert session.display_name == clerk.name_zh
    log_out(session)


def test_the_server_stays_while_another_program_is_open(opened: OpenDemo, folder: Path) -> None:
    pid = opened.server.pid
    open_demo(folder).close()
    assert EmbeddedServer(folder).start().port == opened.profile.port
    assert opened.server.pid == pid


_DESKTOP = """
import sys
from pathlib import Path
from erp_desktop import app
from erp_desktop.demo.start import _run_desktop
from erp_desktop.views import opening_window
from erp_desktop.views.opening_window import OpeningWindow

class Shown(app.LoginWindow):
    def showEvent(self, event):
        super().showEvent(event)
        print("shown", flush=True)

class Making(OpeningWindow):
    def showEvent(self, event):
        super().showEvent(event)
        print("making", flush=True)

app.LoginWindow = Shown
opening_window.OpeningWindow = Making
sys.exit(_run_desktop(Path(sys.argv[1]), anew=False))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_desktop_opens_its_login_window_and_a_signal_ends_it_in_good_order(
    opened: OpenDemo, folder: Path, tmp_path: Path, project_root: Path, number: int
) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _DESKTOP, str(folder)]
    program = subprocess.Popen(command, cwd=project_root, env=environment, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "shown\n"
    program.send_signal(number)
    assert program.wait(30) == 0
    program.stdout.close()
    connection = psycopg2.connect(opened.server.superuser_dsn("postgres"))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_stat_activity where application_name = %s", (start.APPLICATION,))
        assert cursor.fetchone() == (1,)
    connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_the_last_desktop_stops_the_server_whenever_it_is_told_to_end(tmp_path: Path, project_root: Path) -> None:
    """First while the company is being made, which is finished; then while windows close, by a second signal."""
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    with temporary_folder() as temporary, removed_at_the_end(EmbeddedServer(temporary / "demo")):
        command = [sys.executable, "-c", _DESKTOP, str(temporary / "demo")]
        for shown, signals, codes in (
            ("making\n", [signal.SIGHUP, signal.SIGTERM], {0}),
            ("shown\n", [signal.SIGHUP], {0}),
            ("shown\n", [signal.SIGINT, signal.SIGTERM], {128 + signal.SIGINT, 128 + signal.SIGTERM}),
        ):
            program = subprocess.Popen(command, cwd=project_root, env=environment, stdout=subprocess.PIPE, text=True)
            assert program.stdout is not None
            while (line := program.stdout.readline()) != shown:
                assert line == "making\n"  # a start takes a moment, too
            while not (pid_files := list(temporary.glob("demo/**/postmaster.pid"))):
                assert program.poll() is None  # its files are being made
            for number in signals:
                program.send_signal(number)
            said = program.stdout.read()
            program.stdout.close()
            assert program.wait(90) in codes
            assert said == ""
            assert not pid_files[0].exists()  # the server takes it away as the last thing it does


def test_a_company_made_by_another_version_is_named_with_the_remedy(opened: OpenDemo, folder: Path) -> None:
    connection = psycopg2.connect(opened.server.superuser_dsn())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("update meta.changes set sha256 = '0' || substr(sha256, 2) where file like 'schema/%'")
    connection.close()
    with pytest.raises(ServerError, match="--anew") as refused:
        open_demo(folder)
    assert (refused.value.code, refused.value.params["folder"]) == ("UX005", str(folder))


def test_a_server_that_was_stopped_in_between_is_started_again(
    opened: OpenDemo, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last program of before may stop the server after this one found it running."""
    stopped: list[int] = []

    class Stopped(EmbeddedServer):
        def ensure_running(self) -> None:
            super().ensure_running()
            if not stopped:
                stopped.append(self.pid)
                self.stop()

    server = Stopped(folder)
    presence = start._start(server)
    assert presence.closed == 0
    assert server.pid != stopped[0]
    presence.close()
