"""Takes the pictures of the README from the real windows of the demo: `python -m installer.make_pictures [FOLDER]`.

The windows open without a screen for the demo's people, at 1366×768, and are saved as docs/pictures/<name>.png.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from erp_desktop import app
from erp_desktop.demo.start import OpenDemo, open_demo
from erp_desktop.models import i18n, operations
from erp_desktop.services.auth import log_in
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.list_page import ListPage

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (1366, 768)
QUIET_SECONDS = 0.8


def settle(application: QApplication) -> None:
    """Let the windows read and paint until nothing runs any more."""
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS:
        application.processEvents()
        if operations.running():
            quiet_since = time.monotonic()


def open_screen(code: str, row: int | None = None) -> Callable[[Shell, QApplication], None]:
    """Go to a screen and, with `row`, open the document of that row of its list."""

    def go(shell: Shell, application: QApplication) -> None:
        page = shell.open_screen(code)
        settle(application)
        if isinstance(page, ListPage):
            page.table.setCurrentIndex(page.table.model().index(row or 0, 0))
            page.table.setFocus()
            settle(application)
            if row is not None:
                page.table.open_current()
                settle(application)

    return go


PICTURES: tuple[tuple[str, str, str, Callable[[Shell, QApplication], None]], ...] = (
    ("orders", "lina", "en", open_screen("sales.orders")),
    ("order", "lina", "en", open_screen("sales.orders", 3)),
    ("approvals", "zhaolei", "en", open_screen("sales.approvals")),
    ("dashboard", "shenqing", "en", open_screen("reports.dashboard")),
    ("work-orders", "wuting", "zh_CN", open_screen("production.work_orders")),
)


def take(demo: OpenDemo, application: QApplication, folder: Path) -> None:
    """Take all pictures."""
    passwords = {each.login: each.password for each in demo.logins}
    for name, login, language, go in PICTURES:
        i18n.set_language(language)
        shell = app.open_shell(log_in(demo.profile, login, passwords[login]))
        shell.resize(*SIZE)
        settle(application)
        go(shell, application)
        shell.grab().save(str(folder / f"{name}.png"))
        shell.close()
        settle(application)
        shell.deleteLater()


def main() -> None:
    """Open the demo in a folder of its own, take the pictures, and delete it again."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        QSettings.setDefaultFormat(QSettings.Format.IniFormat)
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
        application = app.make_application()
        demo = open_demo(Path(place) / "demo")
        try:
            take(demo, application, folder)
        finally:
            operations.shut_down()
            demo.forget()


if __name__ == "__main__":
    main()
