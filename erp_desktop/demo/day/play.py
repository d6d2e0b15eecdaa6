"""Plays the day: a server and a company of its own in a temporary folder, one step after the other, and a report."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from erp_desktop.demo.start import OpenDemo, open_demo
from erp_desktop.ending import SIGNALS
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.errors import ServerError

if TYPE_CHECKING:
    from fasteners import InterProcessLock
    from PySide6.QtWidgets import QApplication

    from erp_desktop.demo.day.hands import Complaints
    from erp_desktop.demo.day.script import Step
    from erp_desktop.demo.day.stage import Stage

log = logging.getLogger(__name__)

FOLDER = "tenon-day"
_OWN = "tenon-day-"
_LOCK = "alive.lock"
LONGEST_DIALOG_SECONDS = 30


def play_day(out: Path | None) -> int:
    """Play the day without a screen; documents and pictures go to `out`. 0 if every step is as it should be.

    The person's own demo, settings and keyring stay untouched. Raises ServerError.
    """
    folder = _make_folder(out or Path(FOLDER))
    logging.basicConfig(level=logging.ERROR)  # that a killed server can't be read from is no news
    with _own_folder() as own, ThreadPoolExecutor(1, "demo") as executor:
        _end_in_good_order(own)
        _keep_apart(own)
        opening = executor.submit(open_demo, own / "demo")
        try:
            from erp_desktop import app

            application = app.make_application()
            return _play(application, opening, own, folder)
        finally:
            _remove(opening)


def _make_folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"Choose another folder with --out: {out} can't be made ({error.strerror})."
        raise ServerError(message, "UX002", folder=str(out), reason=error.strerror) from error
    return out.resolve()


def _end_in_good_order(own: Path) -> None:
    """Let Ctrl+C and the system's wish to end leave no server behind.

    The handler ends the program itself: an exception that it raised would be swallowed by Qt's event loop.
    """

    def end(number: int, _frame: object) -> None:
        server = EmbeddedServer(own / "demo")
        try:
            if server.data_dir.exists():
                server.remove()
        finally:
            shutil.rmtree(own, ignore_errors=True)
            os._exit(128 + number)

    for number in SIGNALS:
        signal.signal(number, end)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder for the server, which may run as another account, and for the settings; locked while the day is played.

    The system gives a lock back when its process ends, however it ends: a folder whose lock is free is nobody's.
    """
    _remove_what_killed_days_left()
    folder, lock = _lock_new_folder()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _lock_new_folder() -> tuple[Path, InterProcessLock]:
    from fasteners import InterProcessLock

    while True:
        folder = Path(tempfile.mkdtemp(prefix=_OWN))
        lock = InterProcessLock(folder / _LOCK)
        lock.acquire()
        if (folder / _LOCK).exists():  # else another day took it for a left one just before the lock
            return folder, lock
        lock.release()


def _remove_what_killed_days_left() -> None:
    """Stop the servers of this account's days that are over, and delete their folders."""
    from fasteners import InterProcessLock

    for folder in Path(tempfile.gettempdir()).glob(f"{_OWN}*"):
        try:
            if folder.is_symlink() or not (folder / _LOCK).is_file() or not _is_mine(folder):
                continue
            lock = InterProcessLock(folder / _LOCK)
            if not lock.acquire(blocking=False):
                lock.lockfile.close()
                continue
            try:
                server = EmbeddedServer(folder / "demo")
                if server.data_dir.exists():
                    server.remove()
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                lock.release()
            shutil.rmtree(folder, ignore_errors=True)  # where the open lock held it
        except (OSError, ServerError) as error:  # another day is just doing it, or the next one will
            log.info("%s can't be removed: %s", folder, error)


def _is_mine(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.geteuid()


def _keep_apart(own: Path) -> None:
    """Show windows nowhere, and leave the person's settings, drafts and keyring alone."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(own / "person")
    from PySide6.QtCore import QSettings, qInstallMessageHandler

    qInstallMessageHandler(lambda _kind, _context, text: log.info("Qt: %s", text))
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(own / "person"))


def _play(application: QApplication, opening: Future[OpenDemo], own: Path, out: Path) -> int:
    from PySide6.QtCore import Qt

    from erp_desktop.demo.day import hands, stage
    from erp_desktop.demo.day.report import Report
    from erp_desktop.demo.day.script import all_steps
    from erp_desktop.models import i18n, operations
    from erp_desktop.services import db
    from erp_desktop.views import errors

    errors.install_hooks()
    db.guard_thread(threading.get_ident())
    application.setQuitOnLastWindowClosed(False)
    application.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    i18n.set_language(stage.LANGUAGE)
    report = Report(sys.stdout)
    db.warm_up()
    demo = opening.result()
    scene = stage.Stage(demo.server, demo.logins, own, out, report)
    complaints = hands.Complaints()
    with _no_dialog_for_ever():
        for step in all_steps():
            _take(step, scene, complaints)
    scene.vanish()
    operations.shut_down()
    return report.sum_up()


def _take(step: Step, scene: Stage, complaints: Complaints) -> None:
    """Take one step and report it; what goes wrong in it is its error, and the day goes on."""
    complaints.forget()
    started = time.monotonic()
    document = error = ""
    try:
        document = step.act(scene)
        if complaints.faults:
            error = f"a fault in the program: {complaints.faults[0]}"
    except Exception as caught:
        error = _reason(caught, complaints)
        log.error("step failed: %s", step.name, exc_info=caught)
    seconds = time.monotonic() - started
    if error:
        scene.clear_up(step.name)
    scene.report.tell(step.name, step.who, document, seconds, error)


def _reason(error: Exception, complaints: Complaints) -> str:
    """One line that says what went wrong, with what the program complained of meanwhile."""
    from erp_desktop.demo.day.hands import Unexpected
    from erp_desktop.services.errors import KnownError, sentence

    if isinstance(error, KnownError):
        text = sentence(error, "en")
    else:
        text = str(error) if isinstance(error, Unexpected) else f"{type(error).__name__}: {error}"
    heard = [each for each in complaints.heard if each not in text]
    return " ".join("; ".join([text, *heard]).split())


@contextmanager
def _no_dialog_for_ever() -> Iterator[None]:
    """Close a dialog that nobody answers, so that the step it belongs to fails instead of waiting for ever."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    since: dict[QWidget, float] = {}

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        for other in [each for each in since if each is not dialog]:
            del since[other]
        if (
            dialog is not None
            and time.monotonic() - since.setdefault(dialog, time.monotonic()) > LONGEST_DIALOG_SECONDS
        ):
            log.warning("closing %s, which nobody answers", dialog)
            dialog.close()

    timer = QTimer(interval=1000)
    timer.timeout.connect(look)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


def _remove(opening: Future[OpenDemo]) -> None:
    """Delete the day's server with everything in it."""
    try:
        demo = opening.result()
    except ServerError:
        return
    demo.forget()
