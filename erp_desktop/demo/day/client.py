"""A program of its own for one person of the day: enters and saves an order, types on, and waits to be killed.

    python -m erp_desktop.demo.day.client FOLDER LOGIN

prints the number of the saved order, and `typed` once further input is kept on this computer.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(folder: Path, login: str) -> None:
    """Work as `login` at the demo in `folder`; does not return."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import qInstallMessageHandler

    from erp_desktop import app
    from erp_desktop.demo.day import hands
    from erp_desktop.demo.day.report import Report
    from erp_desktop.demo.day.stage import LANGUAGE, Stage
    from erp_desktop.demo.day.steps import sales
    from erp_desktop.demo.logins import read_logins
    from erp_desktop.models import i18n
    from erp_desktop.server.embedded import EmbeddedServer

    qInstallMessageHandler(lambda _kind, _context, _text: None)  # there is no screen, as we know
    server = EmbeddedServer(folder)
    server.ensure_running()
    application = app.make_application()
    i18n.set_language(LANGUAGE)
    stage = Stage(server, read_logins(folder), folder, folder, Report(sys.stderr))
    page = sales.open_a_new_order(stage.desk(login))
    sales.choose_customer("C0024", "C0024")
    hands.tab_to("Promised on")
    hands.replace("+14")
    model = sales.grid_model(page)
    hands.tab_to("Lines")
    for row, code in enumerate(("DK-301W", "DK-301O")):
        sales.enter_line(model, row, sales.Wanted(code, code, 1))
    hands.press("Ctrl+S")
    hands.wait_until(lambda: page.shown_facts, "the order is saved")
    hands.settle()
    print(page.shown_facts.number if page.shown_facts else "", flush=True)
    hands.go_into(page, "Lines")
    hands.press("Ctrl+Home", "Down", "Down")
    sales.enter_line(model, 2, sales.Wanted("DK-301N", "DK-301N", 1))
    drafts = Path(os.environ["XDG_DATA_HOME"]) / "tenon" / "drafts"
    hands.wait_until(lambda: any(drafts.rglob(f"order-{page.document_id}.json")), "what was typed is kept")
    print("typed", flush=True)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
