"""The seals of the trail as people meet them: printed by an auditor, and a warning when the trail was rewritten."""

from __future__ import annotations

import json
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from erp_desktop.services import heads
from erp_desktop.views import trail_warning
from erp_desktop.views.admin.audit_page import AuditPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.trail_warning import TrailWarning
from erp_desktop.views.widgets.print_preview import PrintPreview
from tests.helpers.workplace import Workplace


def remembered() -> list[int]:
    """The numbers of the seals that this computer remembers."""
    path = heads.heads_path()
    return [each["number"] for each in json.loads(path.read_text("utf-8")).values()] if path.exists() else []


def test_the_newest_seal_is_shown_as_it_is_printed(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    page = at_work("executive").open_screen("admin.audit")
    assert isinstance(page, AuditPage)
    page.seal_action.trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=10_000)
    (preview,) = page.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: bool(preview.pages.drawn_pages), timeout=10_000)
    with workplace.happens() as stage:
        number = stage.value("select max(number) from audit.seals")
    assert f"Seal {number}" in preview.windowTitle()
    preview.close()


def test_a_rewritten_trail_is_told_until_somebody_takes_note(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("lina")
    trail_warning.watch(shell)
    qtbot.waitUntil(lambda: bool(remembered()), timeout=10_000)
    assert not shell.findChildren(TrailWarning)
    with workplace.happens() as stage:
        stage.rows("set session_replication_role = replica")
        stage.rows("update audit.seals set hash = sha256('x')")
    trail_warning.watch(shell)
    qtbot.waitUntil(lambda: bool(shell.findChildren(TrailWarning)), timeout=10_000)
    (warning,) = shell.findChildren(TrailWarning)
    assert "auditor" in warning.text()
    assert str(remembered()[0]) in warning.informativeText()
    warning._noted.click()
    qtbot.waitUntil(lambda: remembered() == [], timeout=10_000)
