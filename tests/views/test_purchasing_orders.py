"""The window and the list of purchase orders, on a real server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.purchasing.day_dialog import DayDialog
from erp_desktop.views.purchasing.order_page import PurchaseOrderPage
from erp_desktop.views.purchasing.orders_page import PurchaseOrdersPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.balance_page import BalancePage
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.supply import confirm, receive
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told


@pytest.fixture
def draft(workplace: Workplace) -> int:
    """A draft for three chairs that a customer waits for."""
    with workplace.happens() as stage:
        confirm(stage, [("CHAIR", 3)])
        (request,) = stage.row("select max(id) from purchasing.requests")
        made = stage.call("buyer", "purchasing.create_orders", {"request_ids": [request]})
    number: int = made["orders"][0]["id"]
    return number


def open_order(shell: Shell, qtbot: QtBot, number: int) -> PurchaseOrderPage:
    page = shell.open_document("purchase_order", number)
    assert isinstance(page, PurchaseOrderPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    return page


def state_of(page: PurchaseOrderPage) -> str:
    return page.shown_facts.state if page.shown_facts is not None else ""


def enter(page: PurchaseOrderPage, key: str, text: str) -> None:
    model = page.lines
    assert model.setData(model.index(0, model.place_of(key)), text)


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


def test_a_draft_is_changed_and_saved(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    assert page._totals.texts()[-1] == "270.86"
    assert page.grid is not None
    qtbot.waitUntil(page.grid.hasFocus)
    enter(page, "qty", "4")
    enter(page, "unit_price", "78.5")
    assert page._totals.texts() == ("314.00", "40.82", "354.82")
    page.expected.set_typed((date.today() + timedelta(days=4)).isoformat())
    QTest.keyClicks(page.note, "Gate 2")
    assert page.modified
    page.save_action.trigger()
    qtbot.waitUntil(lambda: page.shown_facts.version == 2 and not page.modified, timeout=10_000)
    assert told.messages[0][0] == "success"
    saved = page.document_shown
    assert (saved.note, saved.lines[0].qty, saved.net_amount) == ("Gate 2", 4, Decimal("314.00"))
    assert saved.expected_on == date.today() + timedelta(days=4)


def test_less_than_is_requested_is_refused_at_the_line(
    at_work: Callable[[str], Shell], qtbot: QtBot, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    enter(page, "qty", "2")
    page.save_action.trigger()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert "at least 3" in page._notice.text
    assert [row for row, _key, _text in page.lines.complaints()] == [0] or page.modified
    assert page.lines.lines()[0]["qty"] == 2  # what was typed stays
    enter(page, "qty", "3")
    page.save_action.trigger()
    qtbot.waitUntil(lambda: page.version == 2, timeout=10_000)


def test_what_can_not_be_understood_is_not_sent(at_work: Callable[[str], Shell], qtbot: QtBot, draft: int) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    enter(page, "unit_price", "cheap")
    page.save_action.trigger()
    assert page._notice.text != ""
    assert page.version == 1
    page.expected.set_typed("soon")
    enter(page, "unit_price", "80")
    page.save_action.trigger()
    assert page.expected.complaint() != ""
    assert page.version == 1


def test_sending_saves_what_was_typed_first(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    enter(page, "qty", "5")
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "sent", timeout=10_000)
    assert page.document_shown.lines[0].qty == 5
    assert [entry.action for entry in page.document_shown.timeline] == ["create", "save", "send"]
    assert not page.save_action.isVisible() and not page.send_action.isVisible()
    assert page.lines.read_only and page.expected.isReadOnly()
    assert page.cancel_action.isVisible()
    assert [kind for kind, _text in told.messages] == ["success", "success"]


def test_who_waits_stands_beside_it_and_what_came_shows(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    assert "云山酒店" in page.requests._list.item(0).text()
    page.primary_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "sent", timeout=10_000)
    with workplace.happens() as stage:
        receive(stage, {"id": draft}, CHAIR=1)
    qtbot.waitUntil(lambda: state_of(page) == "partly_received", timeout=10_000)
    assert page.lines.lines()[0]["received_qty"] == 1
    assert not page.cancel_action.isVisible()


def test_a_cancellation_asks_why(at_work: Callable[[str], Shell], qtbot: QtBot, draft: int) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    answer("供应商停产")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "cancelled", timeout=10_000)
    assert page.document_shown.timeline[-1].note == "供应商停产"
    assert page.requests.isHidden()


def ask_day(page: PurchaseOrderPage, *answers: tuple[str, str]) -> list[str]:
    """Trigger the action and give these answers (day, reason) until one is taken; what was said against the others."""
    said: list[str] = []

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, DayDialog):
            QTimer.singleShot(20, fill)
            return
        assert unnamed_controls(dialog) == []
        for day, reason in answers:
            dialog._day.set_typed(day)
            dialog._reason.setPlainText(reason)
            dialog._move.click()
            said.append(dialog._day_field.message or dialog._reason_field.message)
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, fill)
    page.day_action.trigger()
    return said


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def test_the_day_of_a_sent_order_moves(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    assert not page.day_action.isVisible()
    with workplace.happens() as stage:
        stage.call("buyer", "purchasing.send_order", {"id": draft}, 1)
    qtbot.waitUntil(lambda: state_of(page) == "sent", timeout=10_000)
    assert page.day_action.isVisible() and page.expected.isReadOnly()
    said = ask_day(page, ("soon", "x"), ("", "x"), (in_days(-1), "x"), (in_days(10), "x"), (in_days(3), " "))
    assert [text.split()[:3] for text in said] == [
        ["Enter", "a", "date"],
        ["Enter", "the", "day"],
        ["Enter", "a", "day"],
        ["Enter", "another", "day:"],
        ["Say", "why:", "it"],
    ]
    assert page.version == 2
    ask_day(page, (in_days(15), "供应商缺料"))
    qtbot.waitUntil(lambda: page.shown_facts.version == 3, timeout=10_000)
    assert page.expected.value() == date.today() + timedelta(days=15)
    assert told.messages[-1] == (
        "success",
        f"Purchase order {page.shown_facts.number} is expected on {in_days(15)} now.",
    )
    assert page.timeline.texts()[0].startswith(f"Expected day moved: {in_days(10)}\u00a0→\u00a0{in_days(15)} · ")
    assert page.document_shown.timeline[-1].note == "供应商缺料"
    with workplace.happens() as stage:
        receive(stage, {"id": draft}, CHAIR=1)
    qtbot.waitUntil(lambda: state_of(page) == "partly_received", timeout=10_000)
    assert page.day_action.isVisible()
    with workplace.happens() as stage:
        receive(stage, {"id": draft}, CHAIR=2)
    qtbot.waitUntil(lambda: state_of(page) == "received", timeout=10_000)
    assert not page.day_action.isVisible()


def test_a_moved_day_shows_on_the_open_stock_card(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, draft: int
) -> None:
    with workplace.happens() as stage:
        sent = stage.call("buyer", "purchasing.send_order", {"id": draft}, 1)
        (balance,) = stage.row(
            "select id from stock.balances where product_id = %s and warehouse_id = %s",
            stage.product("CHAIR"),
            stage.warehouse("FIN"),
        )
    shell = at_work("keeper")
    page = shell.open_document("balance", balance)
    assert isinstance(page, BalancePage)

    def day() -> date | None:
        parts = page.card.card.parts if page.card.card is not None else ()
        return next((part.on_date for part in parts if part.number == sent["number"]), None)

    qtbot.waitUntil(lambda: day() == date.today() + timedelta(days=10), timeout=10_000)
    with workplace.happens() as stage:
        moved = {"id": draft, "expected_on": in_days(15), "reason": "供应商缺料"}
        stage.call("buyer", "purchasing.reschedule_order", moved, sent["version"])
    qtbot.waitUntil(lambda: day() == date.today() + timedelta(days=15), timeout=10_000)


def test_someone_elses_change_is_told(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, draft: int
) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    enter(page, "qty", "6")
    with workplace.happens() as stage:
        stage.call("buyer", "purchasing.send_order", {"id": draft}, 1)
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=10_000)
    assert page.lines.lines()[0]["qty"] == 6


def test_it_is_printed(at_work: Callable[[str], Shell], qtbot: QtBot, draft: int) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    page.print_action.trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=10_000)
    (preview,) = page.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: preview.pages.page_count == 1, timeout=20_000)
    preview.close()


def test_drafts_are_sent_from_the_list(at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, draft: int) -> None:
    shell = at_work("buyer")
    page = shell.open_screen("purchasing.orders")
    assert isinstance(page, PurchaseOrdersPage)
    qtbot.waitUntil(lambda: page.model.row_of(draft) is not None, timeout=10_000)
    page.table.select_ids([draft])
    qtbot.waitUntil(page.send_action.isEnabled)
    page.send_action.trigger()
    qtbot.waitUntil(lambda: ("success", "Sent: 1 purchase order") in told.messages, timeout=10_000)
    page.send_action.trigger()  # it is sent already
    qtbot.waitUntil(lambda: told.messages[-1][0] == "warning", timeout=10_000)


def test_finance_looks_on_and_sees_prices(at_work: Callable[[str], Shell], qtbot: QtBot, draft: int) -> None:
    page = open_order(at_work("finance"), qtbot, draft)
    assert page._totals.texts()[-1] == "270.86"
    assert page.lines.read_only
    assert not any(action.isVisible() for action in (page.save_action, page.send_action, page.cancel_action))
    assert reachable_by_tab(page) == []


def test_the_window_speaks_and_follows_the_language(at_work: Callable[[str], Shell], qtbot: QtBot, draft: int) -> None:
    page = open_order(at_work("buyer"), qtbot, draft)
    assert unnamed_controls(page) == []
    enter(page, "qty", "7")
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page.lines.lines()[0]["name"] == "餐椅")
    assert page.lines.lines()[0]["qty"] == 7
    assert page._totals.words.text() != ""
