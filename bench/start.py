"""From the command until the login window is there, its server included: second and later starts of the demo."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Figure, p95

_TIMES = 7
_CHILD = """
import sys, threading, time

def look():
    from erp_desktop.views.login_window import LoginWindow
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    application = QApplication.instance()
    if any(isinstance(each, LoginWindow) and each.isVisible() for each in application.topLevelWidgets()):
        print(time.time(), flush=True)
        application.quit()
    else:
        QTimer.singleShot(5, look)

def wait_for_application():
    while True:
        widgets = sys.modules.get("PySide6.QtWidgets")
        if widgets is not None and hasattr(widgets, "QApplication") and widgets.QApplication.instance() is not None:
            from PySide6.QtCore import QTimer
            QTimer.singleShot(0, widgets.QApplication.instance(), look)
            return
        time.sleep(0.005)

threading.Thread(target=wait_for_application, daemon=True).start()
from erp_desktop.demo import start
sys.exit(start.run(headless=False, out=None))
"""


def figures() -> Iterator[Figure]:
    """Start the demo in a folder of its own, once to make its company, then `_TIMES` times."""
    with tempfile.TemporaryDirectory(prefix="bench-start-") as folder:
        Path(folder).chmod(0o755)
        taken = [_start(folder) for _ in range(_TIMES + 1)][1:]
        _remove(folder)
    yield Figure("start to the login window", "anybody", len(taken), statistics.median(taken), p95(taken))


def _start(folder: str) -> float:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
    started = time.time()
    done = subprocess.run([sys.executable, "-c", _CHILD], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"the demo did not start: {done.stderr}")
    return (float(done.stdout.split()[-1]) - started) * 1000


def _remove(folder: str) -> None:
    from erp_desktop.server.embedded import EmbeddedServer

    server = EmbeddedServer(Path(folder) / "tenon" / "demo")
    server.ensure_running()
    server.remove()
