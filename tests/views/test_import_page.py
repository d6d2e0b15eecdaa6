"""Importing a file of orders through its page: by keyboard, with complaints, cancelled, committed and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.services.auth import Session
from erp_desktop.views.sales.import_page import ImportPage
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.databases import Template
from tests.helpers.order_files import HEADINGS, book, emptied
from tests.helpers.workplace import Workplace, open_workplace
from tests.views.conftest import Told

DAY = (date.today() - timedelta(days=1)).isoformat()
GOOD = [
    ("A-1", DAY, "C1", "CHAIR", 2, 239.5, ""),
    ("A-1", DAY, "C1", "LAMP", 1, 128, "急"),
    ("A-2", DAY, "C1", "DESK", 1, "", ""),
]
WRONG = [("A-3", "someday", "C1", "WR-9", 0, 1, ""), ("A-4", DAY, "C1", "LAMP", 1, 300, "")]
WAIT = 10_000


class Window:
    """What a page asks of the window around it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.screens: list[str] = []

    def may(self, role: str) -> bool:
        return self.session.has(role)

    def open_screen(self, code: str) -> None:
        self.screens.append(code)

    def open_document(self, kind: str, document_id: int | None = None, **preset: Any) -> None:
        raise AssertionError(f"{kind} {document_id} {preset}")

    def close_page(self, page: Any) -> bool:
        raise AssertionError(page)


@pytest.fixture(scope="module")
def opened_workplace(template: Template) -> Iterator[Workplace]:
    with open_workplace(template) as opened:
        yield opened


@pytest.fixture
def workplace(opened_workplace: Workplace) -> Iterator[Workplace]:
    with emptied(opened_workplace):
        yield opened_workplace


def open_page(qtbot: QtBot, workplace: Workplace, login: str = "lina") -> ImportPage:
    page = ImportPage(Window(workplace.log_in(login)))
    qtbot.addWidget(page)
    page.resize(1146, 690)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    return page


@pytest.fixture
def page(desk: QApplication, told: Told, qtbot: QtBot, workplace: Workplace) -> ImportPage:
    return open_page(qtbot, workplace)


def read(qtbot: QtBot, page: ImportPage, path: Path) -> None:
    page.panel.read_file(path)
    qtbot.waitUntil(lambda: page.panel.browse_action.isEnabled(), timeout=WAIT)


def check(qtbot: QtBot, page: ImportPage) -> None:
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: page.panel.report.has_something, timeout=WAIT)


def choose(box: QComboBox, field: str) -> None:
    """Give a column a field, as a person does by the keyboard."""
    box.setFocus()
    steps = box.findData(field) - box.currentIndex()
    for _ in range(abs(steps)):
        QTest.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box.currentData() == field


def orders(workplace: Workplace) -> int:
    return int(workplace.company.database.value("select count(*) from sales.orders"))


def cells(page: ImportPage, column: int) -> list[str]:
    model = page.panel.report.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_a_file_goes_in_by_keyboard_alone(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path, told: Told
) -> None:
    path = book(tmp_path / "orders.xlsx", *GOOD)
    qtbot.keyClicks(page.panel.path, str(path))
    qtbot.keyClick(page.panel.path, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.panel.mapping.isVisible() and page.panel.mapping.rowCount() == 4, timeout=WAIT)
    assert [page.panel.mapping.horizontalHeaderItem(place).text() for place in range(7)] == list(HEADINGS)
    assert page.panel.mapping.item(1, 3).text() == "CHAIR"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.panel.report.has_something, timeout=WAIT)
    assert page.panel.go_on_action.text() == "&Import 2 orders" and orders(workplace) == 0
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.tabs.currentIndex() == 1, timeout=WAIT)
    assert orders(workplace) == 2
    assert told.messages[-1] == ("success", "2 orders were imported as drafts.")
    qtbot.waitUntil(lambda: page.history.selected() is not None, timeout=WAIT)
    assert page.history.selected().file_name == "orders.xlsx"
    assert page.panel.path.text() == ""


def test_complaints_are_shown_with_row_and_column(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path
) -> None:
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD, *WRONG))
    check(qtbot, page)
    assert (cells(page, 0), cells(page, 1)) == (
        ["5", "5", "5", "6"],
        ["下单日期", "商品编码", "数量", "单价"],
    )
    assert cells(page, 3) == ["Error", "Error", "Error", "Warning"]
    assert cells(page, 4)[2].startswith("Correct the quantity") and "row" not in cells(page, 0)
    assert page.panel.go_on_action.text() == "Read the correc&ted file" and orders(workplace) == 0
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: cells(page, 4)[2].startswith("请更正数量"), timeout=WAIT)
    table = page.panel.report.table
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().splitlines()
    assert len(copied) == 4 and copied[2].split("\t")[:3] == ["5", "数量", "0"]


def test_a_corrected_file_is_read_and_checked_again(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path
) -> None:
    path = book(tmp_path / "orders.xlsx", *GOOD, *WRONG)
    read(qtbot, page, path)
    check(qtbot, page)
    book(path, *GOOD)
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: page.panel.go_on_action.text() == "&Import 2 orders", timeout=WAIT)
    assert cells(page, 0) == [] and orders(workplace) == 0


def test_complaints_are_exported(
    qtbot: QtBot, page: ImportPage, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(qtbot, page, book(tmp_path / "orders.xlsx", *WRONG))
    check(qtbot, page)
    target = tmp_path / "complaints.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.panel.export_action.trigger()
    qtbot.waitUntil(lambda: ("success", "Written to complaints.xlsx.") in told.messages, timeout=WAIT)
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert len(rows) == 5 and rows[1][1] == "下单日期"
    target = tmp_path / "no such folder" / "complaints.csv"
    page.panel.export_to(target)
    qtbot.waitUntil(lambda: told.messages[-1][0] == "error", timeout=WAIT)
    assert told.messages[-1][1].startswith("Choose another place: complaints.csv")


def test_a_column_gets_another_field_and_is_remembered(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    headings = ("Nr", "Wann", "Kunde", "Artikel", "Menge", "Preis", "Rest")
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD, headings=headings))
    assert not page.panel.go_on_action.isEnabled()
    table = page.panel.mapping
    fields = ("customer_reference", "ordered_on", "customer_code", "product_code", "qty", "unit_price", "")
    for place, field in enumerate(fields):
        choose(table.cellWidget(0, place), field)
    assert list(table.mapping()) == [field for field in fields if field]
    check(qtbot, page)
    assert page.panel.go_on_action.text() == "&Import 2 orders"
    page.panel.path.clear()
    read(qtbot, page, book(tmp_path / "again.xlsx", *GOOD, headings=headings))
    assert list(page.panel.mapping.mapping()) == [field for field in fields if field]
    choose(table.cellWidget(0, 0), "qty")
    assert table.mapping()["qty"] == 0 and table.cellWidget(0, 4).currentData() == "qty"
    assert table.mapping()["ordered_on"] == 1, "what the keyboard passed on its way is left alone"
    QTest.keyClick(table.cellWidget(0, 0), Qt.Key.Key_Tab)
    assert table.mapping()["qty"] == 0 and table.cellWidget(0, 4).currentData() == ""
    assert not page.panel.report.has_something, "what was found holds for the old columns only"


def test_one_customer_for_all_orders(qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path) -> None:
    headings = ("平台订单号", "商品编码", "数量", "收货人")
    read(qtbot, page, book(tmp_path / "web.xlsx", ("W-1", "CHAIR", 2, "何刚"), headings=headings))
    assert page.panel.options.customer.hasFocus() and not page.panel.go_on_action.isEnabled()
    qtbot.keyClicks(page.panel.options.customer, "ysjd")
    qtbot.keyClick(page.panel.options.customer, Qt.Key.Key_Tab)
    qtbot.waitUntil(page.panel.options.has_customer, timeout=WAIT)
    page.panel.options.days.set_typed("9")
    check(qtbot, page)
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: orders(workplace) == 1, timeout=WAIT)
    row = workplace.company.database.rows("select customer_name, contact, promised_on - ordered_on from sales.orders")
    assert row == [("云山酒店", "何刚", 9)]


def test_only_who_may_is_offered_to_enter_products(
    desk: QApplication, told: Told, qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    clerk, manager = open_page(qtbot, workplace), open_page(qtbot, workplace, "manager")
    read(qtbot, clerk, book(tmp_path / "orders.xlsx", *GOOD))
    assert clerk.panel.options.create_customers.isVisible() and not clerk.panel.options.create_products.isVisible()
    read(qtbot, manager, book(tmp_path / "orders.xlsx", ("A-1", DAY, "NEW", "SOFA", 1, 5000, "")))
    check(qtbot, manager)
    assert cells(manager, 1) == ["客户编码", "商品编码"]
    for box in (manager.panel.options.create_customers, manager.panel.options.create_products):
        assert box.isVisible()
        box.setChecked(True)
    check(qtbot, manager)
    assert manager.panel.go_on_action.text().startswith("&Import 1 order")
    manager.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: orders(workplace) == 1, timeout=WAIT)


@pytest.mark.parametrize(("name", "content"), [("a.xlsx", b"PK\3\4"), ("a.csv", b""), ("a.xls", b"%PDF")])
def test_a_bad_file_is_refused_at_its_field(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, told: Told, name: str, content: bytes
) -> None:
    read(qtbot, page, book(tmp_path / "good.xlsx", *GOOD))
    (tmp_path / name).write_bytes(content)
    read(qtbot, page, tmp_path / name)
    assert name in page.panel.path.accessibleDescription() and page.panel.path.hasFocus()
    assert not page.panel.mapping.isVisible() and told.failures == []
    qtbot.keyClicks(page.panel.path, "x")
    assert page.panel.path.accessibleDescription() == ""


def test_another_name_is_another_file(qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path) -> None:
    read(qtbot, page, book(tmp_path / "good.xlsx", *GOOD))
    check(qtbot, page)
    page.panel.path.selectAll()
    qtbot.keyClicks(page.panel.path, str(book(tmp_path / "other.xlsx", *GOOD[:1])))
    assert page.panel.go_on_action.text() == "&Read the file"
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: page.panel.mapping.isVisible() and page.panel.mapping.rowCount() == 2, timeout=WAIT)
    assert orders(workplace) == 0


def test_a_file_is_dropped_or_chosen(
    qtbot: QtBot, page: ImportPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(book(tmp_path / "dropped.xlsx", *GOOD)))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.panel.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: page.panel.mapping.rowCount() == 4, timeout=WAIT)
    chosen = book(tmp_path / "chosen.xlsx", *GOOD[:2])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen), ""))
    page.panel.browse_action.trigger()
    qtbot.waitUntil(lambda: page.panel.mapping.rowCount() == 3, timeout=WAIT)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.panel.browse_action.trigger()
    assert page.panel.path.text() == str(chosen)


def test_another_sheet_is_chosen(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        other = sheet.parent.create_sheet("十二月")
        for row in (HEADINGS, GOOD[0]):
            other.append(list(row))

    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD, change=add))
    assert page.panel.sheet.isVisible() and page.panel.mapping.rowCount() == 4
    page.panel.sheet.setCurrentText("十二月")
    page.panel.sheet.activated.emit(1)
    qtbot.waitUntil(lambda: page.panel.mapping.rowCount() == 2, timeout=WAIT)
    assert page.panel.sheet.currentText() == "十二月"


def test_a_cancelled_import_writes_nothing(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path, told: Told
) -> None:
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD))
    check(qtbot, page)
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 'erp_u_lina'"
    with workplace.happens() as stage:
        stage.rows("lock table sales.imports in exclusive mode")
        page.panel.go_on_action.trigger()
        assert not page.panel.go_on_action.isEnabled()
        qtbot.waitUntil(lambda: workplace.company.database.value(waiting) == 1, timeout=WAIT)
        (operation,) = operations.running()
        assert operation.title == "Importing the orders"
        operation.cancel()
        qtbot.waitUntil(lambda: page.panel.go_on_action.isEnabled(), timeout=WAIT)
    assert orders(workplace) == 0 and told.failures == []
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: orders(workplace) == 2, timeout=WAIT)


def test_the_same_file_twice_names_the_earlier_batch(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path
) -> None:
    path = book(tmp_path / "orders.xlsx", *GOOD)
    read(qtbot, page, path)
    check(qtbot, page)
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: orders(workplace) == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: page.tabs.currentIndex() == 1, timeout=WAIT)
    page.tabs.setCurrentIndex(0)
    read(qtbot, page, path)
    check(qtbot, page)
    assert cells(page, 0)[0] == "" and "orders.xlsx" in cells(page, 4)[0] and "undo" in cells(page, 4)[0]


def test_a_batch_is_taken_back(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD))
    check(qtbot, page)
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: page.history.selected() is not None, timeout=WAIT)
    asked: list[str] = []

    def answer(box: QMessageBox, role: QMessageBox.ButtonRole) -> int:
        asked.append(box.text())
        next(button for button in box.buttons() if box.buttonRole(button) == role).click()
        return 0

    roles = QMessageBox.ButtonRole
    monkeypatch.setattr(QMessageBox, "exec", lambda box: answer(box, roles.RejectRole))
    page.history.undo_action.trigger()
    assert orders(workplace) == 2
    monkeypatch.setattr(QMessageBox, "exec", lambda box: answer(box, roles.DestructiveRole))
    page.history.undo_action.trigger()
    qtbot.waitUntil(lambda: orders(workplace) == 0, timeout=WAIT)
    assert asked == ["Take back “orders.xlsx”? Its 2 orders are deleted."] * 2
    qtbot.waitUntil(lambda: not page.history.undo_action.isEnabled(), timeout=WAIT)
    assert page.history.model.index(0, 6).data().startswith("Undone")
    assert ("success", "2 orders were taken back.") in told.messages


def test_a_batch_that_was_worked_on_is_not_taken_back(
    qtbot: QtBot, page: ImportPage, workplace: Workplace, tmp_path: Path, told: Told
) -> None:
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD))
    check(qtbot, page)
    page.panel.go_on_action.trigger()
    qtbot.waitUntil(lambda: page.history.selected() is not None, timeout=WAIT)
    workplace.company.database.rows("update sales.orders set version = 2 where customer_reference = 'A-2'")
    page.history.undo(page.history.selected())
    qtbot.waitUntil(lambda: bool(told.failures), timeout=WAIT)
    assert getattr(told.failures[0], "code", "") == "US701" and orders(workplace) == 2


def test_the_list_of_orders_is_a_click_away(page: ImportPage) -> None:
    page.history.orders_action.trigger()
    assert page.context.screens == ["sales.orders"]


def test_actions_are_those_of_the_tab_that_shows(page: ImportPage) -> None:
    assert page.panel.go_on_action in page.actions()
    page.tabs.setCurrentIndex(1)
    assert page.panel.go_on_action not in page.actions() and page.history.undo_action in page.actions()


def test_everything_has_a_name_and_is_reached_by_tab(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    assert unnamed_controls(page) == [] and reachable_by_tab(page) == []
    read(qtbot, page, book(tmp_path / "orders.xlsx", *GOOD, *WRONG))
    check(qtbot, page)
    assert unnamed_controls(page) == [] and reachable_by_tab(page) == []
    page.tabs.setCurrentIndex(1)
    assert unnamed_controls(page) == [] and reachable_by_tab(page) == []
