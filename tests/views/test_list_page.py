"""The pattern of all lists, on a real server: search, tabs, filters, columns, export, states, both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.listing import ListState
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services.listing import Column, Contains, ListSpec, OneOf, Range
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.column_dialog import ColumnDialog
from erp_desktop.views.widgets.filter_dialog import FilterDialog
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.view_dialog import ViewDialog
from tests.helpers.databases import TestDatabase
from tests.helpers.lists import SPEC, connector, goods_database
from tests.views.conftest import Told


class GoodsPage(ListPage):
    """A list of goods with two tabs and an action for selected rows."""

    code = "test.goods"
    spec = SPEC
    opens = "goods"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView("Drafts", (OneOf("state", ("draft",)),)),
        SavedView("None at all", (Contains("name", "no such thing"),)),
    )

    def build_actions(self) -> None:
        self.marked: list[list[int]] = []
        self.mark = self.add_list_action(self._mark, needs=Needs.SOME)
        self.forbidden = self.add_list_action(self._mark, may="erp_something_else")

    def retranslate(self) -> None:
        super().retranslate()
        self.mark.setText("&Mark")
        self.forbidden.setText("Forbidden")

    def title(self) -> str:
        return "Goods"

    def _mark(self) -> None:
        self.marked.append(self.selected_ids())


class Window:
    """What a page asks of the window around it."""

    def __init__(self, database: TestDatabase) -> None:
        self.recorded: list[tuple[str, object]] = []
        place = SimpleNamespace(connect=connector(database), call=self.record)
        self.session: Any = SimpleNamespace(login="lina", database=place)
        self.opened: list[tuple[str, int]] = []

    def record(self, command: str, document: object) -> None:
        self.recorded.append((command, document))

    def may(self, role: str) -> bool:
        return role == "erp_goods_enter"

    def open_document(self, kind: str, document_id: int) -> None:
        self.opened.append((kind, document_id))


@pytest.fixture(scope="module")
def goods(cluster: EmbeddedServer) -> Iterator[TestDatabase]:
    with goods_database(cluster, "test_list_page", 600) as database:
        yield database


@pytest.fixture
def window(goods: TestDatabase) -> Window:
    return Window(goods)


@pytest.fixture
def make(desk: QApplication, qtbot: QtBot, window: Window) -> Callable[[], GoodsPage]:
    def open_page() -> GoodsPage:
        page = GoodsPage(window)  # type: ignore[arg-type]
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        wait_for(qtbot, page, lambda: page.model.summary is not None)
        return page

    return open_page


def wait_for(qtbot: QtBot, page: GoodsPage, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=5000)


def shown_count(page: GoodsPage) -> int | None:
    return page.model.summary.count if page.model.summary is not None else None


def test_the_list_comes_with_count_and_sums(make: Callable[[], GoodsPage]) -> None:
    page = make()
    texts = [label.text() for label in page.findChildren(type(page._count))]
    assert "600 rows" in texts
    assert any("270,450.00" in text for text in texts)


def test_search_narrows_the_list_and_enter_goes_to_its_first_row(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    search = next(edit for edit in page.findChildren(QLineEdit) if "Ctrl+F" in edit.placeholderText())
    qtbot.keyClicks(search, "G0000123")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    wait_for(qtbot, page, lambda: shown_count(page) == 1)
    wait_for(qtbot, page, lambda: page.model.values(0) is not None)
    assert page.model.values(0)["number"] == "G0000123"
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert page.selected_ids() == [page.model.row_id(0)]


def test_tabs_are_filters_and_an_empty_one_says_so(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    tabs = page.findChild(QTabBar)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["All", "Drafts", "None at all"]
    tabs.setCurrentIndex(1)
    wait_for(qtbot, page, lambda: shown_count(page) == 200)
    tabs.setCurrentIndex(2)
    wait_for(qtbot, page, lambda: page.model.state is ListState.EMPTY)
    assert not page.table.isVisible()
    assert page._notice.text == "Nothing fits what you are looking for."
    page._notice.clear.click()
    wait_for(qtbot, page, lambda: shown_count(page) == 600)
    assert page.table.isVisible()


def test_filters_stand_as_chips_that_take_them_away(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    page.set_filter("amount", Range("amount", Decimal(1), Decimal(15)))
    wait_for(qtbot, page, lambda: shown_count(page) == 10)
    chip = next(button for button in page.findChildren(QPushButton) if button.text() == "Amount: 1.00 to 15.00")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    wait_for(qtbot, page, lambda: shown_count(page) == 600)


def test_the_filter_dialog_makes_each_kind_of_condition(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    dialog = FilterDialog(page.model.columns, (OneOf("state", ("ready",)),), page)
    dialog.choose("state")
    assert dialog.result_filter() == OneOf("state", ("ready",))
    dialog.choose("number")
    assert dialog.result_filter() is None
    qtbot.keyClicks(dialog.condition.findChild(QLineEdit), "12")
    assert dialog.result_filter() == Contains("number", "12")
    dialog.choose("amount")
    low = dialog.condition.findChildren(QLineEdit)[0]
    low.set_typed("1,200")
    assert dialog.result_filter() == Range("amount", Decimal(1200), None)
    dialog.choose("on_date")
    dialog.condition.findChildren(QLineEdit)[1].set_typed("2024-02-01")
    assert str(dialog.result_filter().high) == "2024-02-01"


def test_actions_wait_for_a_selection_and_for_the_right(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    assert not page.mark.isEnabled()
    assert not page.forbidden.isVisible()
    page.table.select_ids([3, 4])
    wait_for(qtbot, page, page.mark.isEnabled)
    button = next(each for each in page.findChildren(QPushButton) if each.text() == "&Mark")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.marked == [[3, 4]]


def test_enter_opens_the_document(make: Callable[[], GoodsPage], qtbot: QtBot, window: Window) -> None:
    page = make()
    page.table.select_ids([5])
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.opened == [("goods", 5)]


def test_columns_are_chosen_and_remembered(make: Callable[[], GoodsPage]) -> None:
    page = make()
    columns = page.model.columns
    dialog = ColumnDialog(columns, page.table.header().layouts(columns), page)
    dialog._list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog._list.setCurrentRow(2)
    dialog._move(-1)
    page.table.header().arrange(columns, dialog.layouts())
    page.table.save_layout()
    assert [column.key for column in make().table.visible_columns()][:3] == ["number", "amount", "on_date"]


def test_own_views_are_kept_and_dropped(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    page.set_filter("number", Contains("number", "001"))
    page._keep_own_views([SavedView("Mine", page._query().filters, (), True)])
    other = make()
    tabs = other.findChild(QTabBar)
    assert tabs.tabText(3) == "Mine"
    tabs.setCurrentIndex(3)
    wait_for(qtbot, other, lambda: (shown_count(other) or 600) < 600)
    assert other.drop_view_action.isVisible()
    other.drop_view_action.trigger()
    assert tabs.count() == 3
    dialog = ViewDialog(["Drafts"], other)
    dialog.findChild(QLineEdit).setText("drafts")
    assert not dialog._keep.isEnabled()


def test_the_whole_list_is_exported(
    make: Callable[[], GoodsPage], window: Window, qtbot: QtBot, tmp_path: Path, told: Told
) -> None:
    page = make()
    page.export_to(tmp_path / "goods.xlsx")
    wait_for(qtbot, page, lambda: bool(told.messages))
    assert told.messages[0][1] == "600 rows are in goods.xlsx."
    sheet = openpyxl.load_workbook(tmp_path / "goods.xlsx", read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == 601
    exported = {"list": page.title(), "file": "goods.xlsx", "rows": 600}
    assert window.recorded == [("audit.record_export", exported)]
    page.export_to(tmp_path / "no folder" / "goods.xlsx")
    wait_for(qtbot, page, lambda: len(told.messages) == 2)
    assert told.messages[1][0] == "error"


def test_announced_changes_are_read(make: Callable[[], GoodsPage], qtbot: QtBot, goods: TestDatabase) -> None:
    page = make()
    wait_for(qtbot, page, lambda: page.model.values(9) is not None)
    goods.rows("update scratch.goods set note = 'changed' where id = 10")
    bridge.announce("goods", [10])
    wait_for(qtbot, page, lambda: (page.model.values(9) or {}).get("note") == "changed")


def test_the_language_changes_while_the_list_is_open(make: Callable[[], GoodsPage], qtbot: QtBot) -> None:
    page = make()
    place = [column.key for column in page.model.columns].index("state")

    def state() -> str:
        texts = page.model.row_texts(0) if page.model.count else None
        return texts[place] if texts is not None else ""

    wait_for(qtbot, page, lambda: state() == "Shipped")
    chosen = [page.model.row_id(row) for row in (3, 300)]
    page.table.select_ids(chosen)
    i18n.set_language("zh_CN")
    wait_for(qtbot, page, lambda: state() == wording.word("shipped") != "Shipped")
    wait_for(qtbot, page, lambda: page.selected_ids() == chosen)


def test_of_a_pair_of_columns_the_one_of_the_language_shows() -> None:
    pair = ListSpec(
        "test.pair", "test.pair", (Column("name_zh", "Name"), Column("name_en", "Name"), Column("x_en", "X"))
    )
    assert [column.key for column in wording.in_language(pair, "zh_CN").columns] == ["name_zh", "x_en"]
    assert [column.key for column in wording.in_language(pair, "en").columns] == ["name_en", "x_en"]
