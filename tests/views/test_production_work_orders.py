"""The planner at work: the list of work orders and the window of one, on a real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.production.work_order_page import WorkOrderPage
from erp_desktop.views.production.work_orders_page import WorkOrdersPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.supply import confirm, release, stock_up, work_orders
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told


@pytest.fixture
def shelf(workplace: Workplace) -> int:
    """A planned work order of two shelves, whose material is there."""
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=10, SCREW=100)
        ((work, *_),) = work_orders(stage, confirm(stage, [("SHELF", 2)], promised_in=5))
    return work


@pytest.fixture
def desk_without_drawers(workplace: Workplace) -> tuple[int, int]:
    """The work orders of a desk and its drawers, for which nothing is there."""
    with workplace.happens() as stage:
        (desk, *_), (drawer, *_) = work_orders(stage, confirm(stage, [("DESK", 1)], promised_in=50))
    return desk, drawer


def open_list(shell: Shell, qtbot: QtBot) -> WorkOrdersPage:
    page = shell.open_screen("production.work_orders")
    assert isinstance(page, WorkOrdersPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def open_order(shell: Shell, qtbot: QtBot, number: int) -> WorkOrderPage:
    page = shell.open_document("work_order", number)
    assert isinstance(page, WorkOrderPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    return page


def shown_ids(page: WorkOrdersPage) -> list[int]:
    return [page.model.row_id(row) for row in range(page.model.count)]


def texts(page: WorkOrderPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def answer(reason: str) -> None:
    """Fill in the dialog that asks why, as soon as it is there."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            QTimer.singleShot(20, fill)
            return
        dialog.findChild(QPlainTextEdit).setPlainText(reason)
        next(each for each in dialog.findChildren(QPushButton) if each.property("role") == "danger").click()

    QTimer.singleShot(0, fill)


def test_what_is_planned_waits_on_the_first_tab_and_in_the_badge(
    at_work: Callable[[str], Shell], qtbot: QtBot, shelf: int, desk_without_drawers: tuple[int, int]
) -> None:
    shell = at_work("planner")
    page = open_list(shell, qtbot)
    assert {shelf, *desk_without_drawers} <= set(shown_ids(page))
    row = page.model.row_of(shelf)
    assert row is not None
    qtbot.waitUntil(lambda: page.model.values(row) is not None)
    values = page.model.values(row)
    assert (values["code"], values["missing"], values["customer_name"]) == ("SHELF", 0, "云山酒店")
    assert unnamed_controls(page) == []


def test_several_are_released_and_what_lacks_material_is_named(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, shelf: int, desk_without_drawers: tuple[int, int]
) -> None:
    page = open_list(at_work("planner"), qtbot)
    assert not page.release_action.isEnabled()
    page.table.select_ids([shelf, desk_without_drawers[0]])
    qtbot.waitUntil(page.release_action.isEnabled)
    page.release_action.trigger()
    qtbot.waitUntil(lambda: bool(told.messages), timeout=10_000)
    kind, text = told.messages[0]
    assert kind == "warning"
    assert text.startswith("Done: 1. Refused: 1.")
    assert "DRAWER ×2" in text
    qtbot.waitUntil(lambda: shelf not in shown_ids(page), timeout=10_000)  # it is no longer planned
    assert desk_without_drawers[0] in shown_ids(page)


def test_several_are_cancelled_for_one_reason(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, desk_without_drawers: tuple[int, int]
) -> None:
    page = open_list(at_work("planner"), qtbot)
    page.table.select_ids(list(desk_without_drawers))
    answer("客户改单")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: ("success", "Done: 2 work orders") in told.messages, timeout=10_000)
    qtbot.waitUntil(lambda: not set(desk_without_drawers) & set(shown_ids(page)), timeout=10_000)


def test_the_window_shows_operations_material_and_who_waits(
    at_work: Callable[[str], Shell], qtbot: QtBot, desk_without_drawers: tuple[int, int]
) -> None:
    page = open_order(at_work("planner"), qtbot, desk_without_drawers[0])
    assert page.title().startswith("Work order WO")
    rows = [page.operations.topLevelItem(at) for at in range(page.operations.topLevelItemCount())]
    assert [[row.text(place) for place in range(4)] for row in rows] == [
        ["10", "Cut", "Panel saw", "0 / 1"],
        ["20", "Assemble", "Assembly bench", "0 / 1"],
    ]
    rows = [page.materials.topLevelItem(at) for at in range(page.materials.topLevelItemCount())]
    assert [row.text(0) for row in rows] == ["BOARD", "DRAWER", "SCREW"]
    assert rows[1].text(5) == "2"
    assert "DRAWER" in page.tag_text()
    assert page.timeline.texts()[0].startswith("Entered")
    assert unnamed_controls(page) == []
    assert reachable_by_tab(page) == []


def test_a_refused_release_stands_above_the_document(
    at_work: Callable[[str], Shell], qtbot: QtBot, desk_without_drawers: tuple[int, int]
) -> None:
    page = open_order(at_work("planner"), qtbot, desk_without_drawers[0])
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert "DRAWER ×2" in page._notice.text
    assert page.shown_facts is not None and page.shown_facts.state == "planned"


def test_it_is_released_and_cancelled_in_its_window(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, shelf: int
) -> None:
    page = open_order(at_work("planner"), qtbot, shelf)
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: page.shown_facts is not None and page.shown_facts.state == "released", timeout=10_000)
    assert not page.release_action.isVisible()
    assert told.messages[0][0] == "success"
    answer("改单")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: page.shown_facts is not None and page.shown_facts.state == "cancelled", timeout=10_000)
    assert not page.cancel_action.isVisible()
    qtbot.waitUntil(lambda: "改单" in texts(page))
    page.primary_action.trigger()  # it is planned again, and the new one opens
    qtbot.waitUntil(lambda: page.window().current_page() is not page, timeout=10_000)
    again = page.window().current_page()
    qtbot.waitUntil(lambda: again.shown_facts is not None, timeout=10_000)
    assert again.shown_facts.state == "planned"
    assert again.document_shown.note == page.document_shown.number


def test_what_others_do_shows_in_the_open_window(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, shelf: int
) -> None:
    page = open_order(at_work("planner"), qtbot, shelf)
    with workplace.happens() as stage:
        release(stage, shelf)
    qtbot.waitUntil(lambda: page.shown_facts is not None and page.shown_facts.state == "released", timeout=10_000)


def test_material_that_comes_shows_in_the_open_window(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, desk_without_drawers: tuple[int, int]
) -> None:
    page = open_order(at_work("planner"), qtbot, desk_without_drawers[0])

    def free(code: str) -> str:
        rows = [page.materials.topLevelItem(at) for at in range(page.materials.topLevelItemCount())]
        return next(row.text(6) for row in rows if row.text(0) == code)

    before = free("SCREW")
    with workplace.happens() as stage:
        stock_up(stage, "RAW", SCREW=7777)
    qtbot.waitUntil(lambda: free("SCREW") != before, timeout=10_000)


def test_who_only_looks_on_gets_no_buttons(at_work: Callable[[str], Shell], qtbot: QtBot, shelf: int) -> None:
    shell = at_work("executive")
    page = open_order(shell, qtbot, shelf)
    assert not page.release_action.isVisible() and not page.cancel_action.isVisible()
    assert page.print_action.isVisible()
    assert not open_list(shell, qtbot).release_action.isVisible()


def test_it_is_printed_from_window_and_list(at_work: Callable[[str], Shell], qtbot: QtBot, shelf: int) -> None:
    shell = at_work("planner")
    page = open_order(shell, qtbot, shelf)
    page.print_action.trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=10_000)
    for preview in page.findChildren(PrintPreview):
        qtbot.waitUntil(lambda preview=preview: preview.pages.page_count > 0, timeout=20_000)
        preview.close()


def test_everything_follows_the_language(at_work: Callable[[str], Shell], qtbot: QtBot, shelf: int) -> None:
    page = open_order(at_work("planner"), qtbot, shelf)
    assert page.operations.topLevelItem(0).text(1) == "Cut"
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page.operations.topLevelItem(0).text(1) == "开料")
    assert page.materials.topLevelItem(0).text(1) == "板材"
