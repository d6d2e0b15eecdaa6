"""Starts the demo: its server on this computer, the company in it, and then the desktop or the day without a screen."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg2

from erp_desktop.demo.logins import DemoLogin, read_logins
from erp_desktop.ending import Ending
from erp_desktop.resources import resource_path
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.errors import ServerError
from erp_desktop.server.tree import SqlTree

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection
    from psycopg2.extensions import cursor as Cursor

    from erp_desktop.services.db import Profile

APPLICATION = "erp-desktop demo"
_TRIES = 3
_QUIET_SECONDS = 0.6
"""A start that takes no longer shows nothing but the login window."""

_TREES_DIFFER = """
select exists (select from meta.changes where kind = 'upgrade' and was_executed),
    array(select file || ' ' || sha256 from meta.changes where kind in ('schema', 'seed'))
"""


def run(*, headless: bool, out: Path | None, anew: bool = False) -> int:
    """Run the demo in the desktop until its last window is closed, or play its day without a screen; the exit code.

    The documents and pictures of the day go to `out`. `anew` throws the demo company of this person away first.
    Raises ServerError.
    """
    if headless:
        from erp_desktop.demo.day.play import play_day

        return play_day(out)
    return _run_desktop(demo_folder(), anew=anew)


def demo_folder() -> Path:
    """Where the demo's server keeps its files: a folder of the person's own data."""
    from platformdirs import user_data_path

    return user_data_path("tenon", appauthor=False) / "demo"


@dataclass(frozen=True)
class OpenDemo:
    """The running demo: its server and the people who may log in, with their passwords."""

    server: EmbeddedServer
    logins: tuple[DemoLogin, ...]
    _presence: Connection

    @property
    def profile(self) -> Profile:
        """How its people reach the server."""
        return self.server.profile()

    def close(self) -> None:
        """Leave the demo; the last program to do so stops the server."""
        self._presence.close()
        self.server.release()

    def forget(self) -> None:
        """Leave the demo and delete it with everything in it."""
        self._presence.close()
        self.server.remove()


def open_demo(folder: Path, *, anew: bool = False) -> OpenDemo:
    """Start the server in `folder` unless it runs, and make or update the company in it; raises ServerError.

    Several programs may do so at once: they share one server and one company.
    """
    server = EmbeddedServer(folder)
    if anew and folder.exists():
        server.remove()
    presence = _start(server)
    try:
        _update(server)
        with _one_at_a_time(folder):
            if not _has_company(server):
                _load(server)
    except BaseException:
        presence.close()
        server.release()
        raise
    return OpenDemo(server, read_logins(folder), presence)


def _start(server: EmbeddedServer) -> Connection:
    """Start the server and be connected to it from now on, so that no other program stops it."""
    for tries_left in reversed(range(_TRIES)):
        server.ensure_running()
        try:
            return psycopg2.connect(server.superuser_dsn("postgres"), application_name=APPLICATION)
        except psycopg2.OperationalError:  # another program has just stopped it
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _update(server: EmbeddedServer) -> None:
    """Install the product, or bring it to the state of this program."""
    tree = SqlTree()
    head = tomllib.loads(resource_path("demo", "company.toml").read_text(encoding="utf-8"))
    try:
        is_new = server.ensure_installed(tree, time_zone=head["time_zone"])
    except ServerError as error:
        raise _other_version(server, error.message) from error
    if not is_new and _was_made_by_another_tree(server, tree):
        raise _other_version(server, "its tables differ")


def _was_made_by_another_tree(server: EmbeddedServer, tree: SqlTree) -> bool:
    """Whether the tables differ from this program's and no upgrade has led here, as between two checkouts."""
    with _cursor(server) as cursor:
        cursor.execute(_TREES_DIFFER)
        was_upgraded, made_from = cursor.fetchone() or (False, [])
    wanted = {f"{file.name} {file.sha256}" for file in tree.files if file.kind in ("schema", "seed")}
    return not was_upgraded and set(made_from) != wanted


def _other_version(server: EmbeddedServer, reason: str) -> ServerError:
    message = (
        "Start the demo with --anew, which throws its old company away:"
        f" another version of the program made the one in {server.data_dir} ({reason})."
    )
    return ServerError(message, "UX005", folder=str(server.data_dir), reason=reason)


def _has_company(server: EmbeddedServer) -> bool:
    with _cursor(server) as cursor:
        cursor.execute("select exists (select from org.companies)")
        return bool((cursor.fetchone() or (False,))[0])


@contextmanager
def _cursor(server: EmbeddedServer) -> Iterator[Cursor]:
    """A superuser's cursor in the company's database."""
    with closing(psycopg2.connect(server.superuser_dsn(), application_name=APPLICATION)) as connection:
        with connection.cursor() as cursor:
            yield cursor


def _load(server: EmbeddedServer) -> None:
    from erp_desktop.demo.company import read_company
    from erp_desktop.demo.load import load_company

    load_company(read_company(), server.superuser_dsn(), server.data_dir)


def _one_at_a_time(folder: Path) -> AbstractContextManager[object]:
    import fasteners

    lock: AbstractContextManager[object] = fasteners.InterProcessLock(folder / "company.lock")
    return lock


def _run_desktop(folder: Path, *, anew: bool) -> int:
    """The desktop on the demo's server; whatever signal ends it, the last desktop stops the server."""
    ending = Ending()
    demo = _open_behind_a_window(folder, ending, anew=anew)
    try:
        if ending.wished:
            return 0
        from erp_desktop import app

        ending.last_act = demo.close
        return app.run_desktop(servers=[demo.profile], personas=demo.logins, ending=ending)
    finally:
        demo.close()


def _open_behind_a_window(folder: Path, ending: Ending, *, anew: bool) -> OpenDemo:
    """Start the server while Qt is imported; a first start, which takes longer, is told of in a window."""
    with ThreadPoolExecutor(1, "demo") as executor:
        opening = executor.submit(open_demo, folder, anew=anew)
        from erp_desktop import app

        goodbye = app.Goodbye(app.make_application(), ending)
        if not _is_done_soon(opening):
            from erp_desktop.views.opening_window import OpeningWindow

            OpeningWindow.wait_for(opening, lambda: ending.wished)
        goodbye.forget()
        return opening.result()


def _is_done_soon(opening: Future[OpenDemo]) -> bool:
    wait([opening], _QUIET_SECONDS)
    return opening.done() and opening.exception() is None
