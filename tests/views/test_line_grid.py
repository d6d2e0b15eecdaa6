"""The line grid by keyboard: Tab, Enter, typing, choices in cells, undo, the clipboard."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import operations
from erp_desktop.models.line_grid_model import ERROR_ROLE, LineGridModel
from erp_desktop.views.widgets.completer import ChoicePopup, LookupEdit
from erp_desktop.views.widgets.line_grid import LineGrid
from tests.helpers.products import PRODUCTS, Products, line_columns

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def grid(desk: QApplication, qtbot: QtBot) -> LineGrid:
    made = LineGrid(LineGridModel(line_columns(Products())))
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go_to(0, "code")
    return made


def editor(grid: LineGrid) -> QLineEdit:
    found = [each for each in grid.viewport().findChildren(QLineEdit) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def press(grid: LineGrid, *keys: Key | str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Send keys to whatever has the keyboard."""
    for key in (part for each in keys for part in (each if isinstance(each, str) else (each,))):
        target = QApplication.focusWidget() or grid
        if isinstance(key, str):
            QTest.keyClicks(target, key)
        else:
            QTest.keyClick(target, key, modifier)


def place(grid: LineGrid) -> tuple[int, str]:
    index = grid.currentIndex()
    return index.row(), grid.grid_model().columns[index.column()].key


def lines(grid: LineGrid) -> list[tuple[str, Decimal]]:
    return [(line["code"], line["qty"]) for line in grid.grid_model().lines()]


def test_an_order_is_typed_by_keyboard_alone(grid: LineGrid, qtbot: QtBot) -> None:
    press(grid, "yg-18")
    qtbot.waitUntil(lambda: bool(grid.window().findChildren(ChoicePopup)))
    press(grid, Key.Key_Tab)
    assert place(grid) == (0, "qty")
    press(grid, "12", Key.Key_Return)
    assert place(grid) == (1, "code")
    press(grid, "sz", Key.Key_Tab, "3", Key.Key_Tab, "799", Key.Key_Return)
    qtbot.waitUntil(lambda: lines(grid) == [("YG-1800", Decimal(12)), ("SZ-1200", Decimal(3))])
    qtbot.waitUntil(lambda: grid.grid_model().lines()[1]["name"] == "书桌 1200")
    assert grid.grid_model().lines()[1]["price"] == Decimal(799)
    assert place(grid) == (2, "code")


def test_who_types_on_is_not_given_what_fitted_before(grid: LineGrid, qtbot: QtBot) -> None:
    press(grid, "yg")
    cell = editor(grid)
    assert isinstance(cell, LookupEdit)
    qtbot.waitUntil(cell.popup_open)
    press(grid, "-12", Key.Key_Return)
    qtbot.waitUntil(lambda: lines(grid) == [("YG-1200", Decimal(1))])


def test_what_is_typed_in_a_cell_is_looked_up_once(desk: QApplication, qtbot: QtBot) -> None:
    products = Products()
    made = LineGrid(LineGridModel(line_columns(products)))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.go_to(0, "code")
    press(made, "sz", Key.Key_Return)
    qtbot.waitUntil(lambda: lines(made) == [("SZ-1200", Decimal(1))])
    qtbot.waitUntil(lambda: not operations.running())
    assert products.asked == ["sz"]


def test_up_and_down_leave_a_typed_cell(grid: LineGrid) -> None:
    model = grid.grid_model()
    model.setData(model.index(0, 0), PRODUCTS[0])
    model.setData(model.index(1, 0), PRODUCTS[1])
    grid.go_to(0, "qty")
    press(grid, "5", Key.Key_Down, "6", Key.Key_Up)
    assert lines(grid) == [("YG-1800", Decimal(5)), ("YG-1200", Decimal(6))]
    assert place(grid) == (0, "qty")


def test_a_line_is_selected_and_removed_by_key(grid: LineGrid) -> None:
    model = grid.grid_model()
    model.setData(model.index(0, 0), PRODUCTS[0])
    model.setData(model.index(1, 0), PRODUCTS[1])
    grid.go_to(0, "qty")
    press(grid, Key.Key_Space, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(grid, Key.Key_Delete)
    assert lines(grid) == [("YG-1200", Decimal(1))]


def test_a_copied_cell_fills_the_selection(grid: LineGrid) -> None:
    model = grid.grid_model()
    for row in range(3):
        model.setData(model.index(row, 0), PRODUCTS[row])
    QGuiApplication.clipboard().setText("8")
    grid.go_to(0, "qty")
    press(grid, Key.Key_Down, Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    press(grid, Key.Key_V, modifier=CONTROL)
    assert [qty for _, qty in lines(grid)] == [8, 8, 8]
    press(grid, Key.Key_Z, modifier=CONTROL)
    assert [qty for _, qty in lines(grid)] == [1, 1, 1]


def test_choices_in_a_cell_are_walked_with_down(grid: LineGrid, qtbot: QtBot) -> None:
    press(grid, "yg")
    popup = editor(grid)
    assert isinstance(popup, LookupEdit)
    qtbot.waitUntil(popup.popup_open)
    press(grid, Key.Key_Down, Key.Key_Return)
    assert grid.grid_model().lines()[0]["code"] == "YG-1200"
    assert place(grid) == (1, "code")


def test_escape_first_closes_the_choices_then_the_editor(grid: LineGrid, qtbot: QtBot) -> None:
    press(grid, "yg")
    cell = editor(grid)
    assert isinstance(cell, LookupEdit)
    qtbot.waitUntil(cell.popup_open)
    press(grid, Key.Key_Escape)
    assert not cell.popup_open()
    assert cell.isVisible()
    press(grid, Key.Key_Escape)
    assert grid.grid_model().lines() == []


def compose(grid: LineGrid, preedit: str, commit: str = "") -> None:
    """What an input method sends to whatever has the keyboard."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def test_an_input_method_opens_the_cell(grid: LineGrid) -> None:
    grid.go_to(0, "note")
    compose(grid, "", "加急")
    press(grid, Key.Key_Return)
    assert grid.grid_model().lines()[0]["note"] == "加急"


def test_characters_are_composed_in_the_cell(grid: LineGrid, qtbot: QtBot) -> None:
    grid.grid_model().setData(grid.model().index(0, 0), PRODUCTS[0])
    grid.go_to(0, "code")
    compose(grid, "shu")
    compose(grid, "shu zhuo")
    assert grid.grid_model().lines()[0]["code"] == "YG-1800"
    compose(grid, "", "书桌")
    cell = editor(grid)
    assert (cell.text(), cell.hasFocus()) == ("书桌", True)
    assert isinstance(cell, LookupEdit)
    qtbot.waitUntil(cell.popup_open)
    press(grid, Key.Key_Return)
    assert lines(grid) == [("SZ-1200", Decimal(1))]


def test_an_input_method_opens_no_closed_cell(grid: LineGrid) -> None:
    grid.go_to(0, "amount")
    compose(grid, "", "加急")
    assert grid.grid_model().lines() == []


def test_f2_edits_and_typing_replaces(grid: LineGrid) -> None:
    grid.grid_model().setData(grid.model().index(0, 0), PRODUCTS[0])
    grid.go_to(0, "qty")
    press(grid, Key.Key_F2)
    assert editor(grid).text() == "1"
    press(grid, Key.Key_End, "5", Key.Key_Return)
    assert lines(grid) == [("YG-1800", Decimal(15))]
    grid.go_to(0, "qty")
    press(grid, "=3*12", Key.Key_Return)
    assert lines(grid) == [("YG-1800", Decimal(36))]


def test_tab_runs_over_typed_cells_and_leaves_after_the_last(grid: LineGrid, qtbot: QtBot) -> None:
    visited = []
    for _ in range(5):
        visited.append(place(grid)[1])
        if visited[-1] != "note":
            press(grid, Key.Key_Tab)
    assert visited == ["code", "qty", "price", "due_on", "note"]
    with qtbot.waitSignal(grid.left):
        press(grid, Key.Key_Tab)
    press(grid, Key.Key_Backtab)
    assert place(grid) == (0, "due_on")


def test_undo_redo_copy_down_and_lines_by_key(grid: LineGrid) -> None:
    model = grid.grid_model()
    model.setData(model.index(0, 0), PRODUCTS[0])
    model.setData(model.index(1, 0), PRODUCTS[1])
    grid.go_to(0, "qty")
    press(grid, "7", Key.Key_Return)
    assert place(grid) == (1, "qty")
    press(grid, Key.Key_D, modifier=CONTROL)
    assert [qty for _, qty in lines(grid)] == [7, 7]
    press(grid, Key.Key_Z, modifier=CONTROL)
    assert [qty for _, qty in lines(grid)] == [7, 1]
    press(grid, Key.Key_Y, modifier=CONTROL)
    assert [qty for _, qty in lines(grid)] == [7, 7]
    press(grid, Key.Key_Delete)
    assert [qty for _, qty in lines(grid)] == [7, None]
    press(grid, Key.Key_Insert)
    assert [code for code, _ in lines(grid)] == ["YG-1800", None, "YG-1200"]
    press(grid, Key.Key_Delete, modifier=CONTROL)
    assert [code for code, _ in lines(grid)] == ["YG-1800", "YG-1200"]


def test_the_clipboard_of_a_spreadsheet(grid: LineGrid, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("YG-1800\t\t\t12\nSZ-1200\t\t\tx\n")
    press(grid, Key.Key_V, modifier=CONTROL)
    model = grid.grid_model()
    qtbot.waitUntil(lambda: model.index(1, 1).data() == "书桌 1200")
    assert model.index(1, 3).data(ERROR_ROLE)
    assert not grid.grab().isNull()
    grid.selectAll()
    press(grid, Key.Key_C, modifier=CONTROL)
    assert QGuiApplication.clipboard().text().startswith("YG-1800\t三门衣柜 1800\t件\t12\t2680.00\t32160.00")
    press(grid, Key.Key_X, modifier=CONTROL)
    assert lines(grid) == [(None, None), (None, None)]


def test_an_open_editor_is_taken_before_saving(grid: LineGrid) -> None:
    model = grid.grid_model()
    model.setData(model.index(0, 0), PRODUCTS[0])
    grid.edit_cell(0, "qty")
    editor(grid).setText("42")
    grid.commit()
    assert lines(grid) == [("YG-1800", Decimal(42))]


def test_read_only_lines_let_tab_go_on(grid: LineGrid, qtbot: QtBot) -> None:
    model = grid.grid_model()
    model.setData(model.index(0, 0), PRODUCTS[0])
    model.set_read_only(True)
    grid.go_to(0, "qty")
    press(grid, "7", Key.Key_Insert)
    press(grid, Key.Key_Z, modifier=CONTROL)
    assert lines(grid) == [("YG-1800", Decimal(1))]
    assert not [each for each in grid.viewport().findChildren(QLineEdit) if each.isVisible()]


def test_the_menu_offers_what_the_keys_do(grid: LineGrid, qtbot: QtBot) -> None:
    position = QPoint(20, 20)
    QApplication.sendEvent(grid.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, position))
    menu = next(each for each in grid.findChildren(QMenu) if each.isVisible())
    assert [action.text() for action in menu.actions()][:3] == ["Copy", "Cut", "Paste"]
    menu.close()


def test_every_editor_has_a_name_for_screen_readers(grid: LineGrid) -> None:
    grid.edit_cell(0, "code")
    assert editor(grid).accessibleName() == "Product"
    assert isinstance(grid, QWidget)
