"""The grid for the lines of a document: typed into like a spreadsheet, with choices, marks, undo, copy and paste."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QMetaMethod,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPolygon,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from erp_desktop.models import columns as wording
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import ERROR_ROLE, PENDING_ROLE, Cell, LineColumn, LineGridModel, Pasted
from erp_desktop.services.listing import NUMBER_KINDS
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.completer import LookupEdit

ROW_HEIGHT: Final = 32
CORNER: Final = 7
LEAST_SECTION: Final = 64
"""Narrower no column that takes the rest of the room becomes."""
_LEAVING: Final = (
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
    *(Qt.Key.Key_Up, Qt.Key.Key_Down),
)
Index = QModelIndex | QPersistentModelIndex
_Hint = QAbstractItemDelegate.EndEditHint
_Move = QAbstractItemView.CursorAction


class LineDelegate(QStyledItemDelegate):
    """Edits and marks the cells of a LineGrid.

    Signals:
        leaving(key, shift): Enter, Tab, Up or Down closed an editor; the grid moves on.
    """

    leaving = Signal(int, bool)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Override QStyledItemDelegate.createEditor."""
        column = cast(LineGridModel, index.model()).columns[index.column()]
        editor = LookupEdit(column.lookup, parent) if column.lookup is not None else QLineEdit(parent)
        editor.setAccessibleName(wording.title(column.title))
        editor.setFrame(False)
        if column.kind in NUMBER_KINDS:
            editor.setAlignment(wording.RIGHT)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Override QStyledItemDelegate.setEditorData."""
        line_edit = cast(QLineEdit, editor)
        line_edit.setText(str(index.data(Qt.ItemDataRole.EditRole)))
        line_edit.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Override QStyledItemDelegate.setModelData: the choice that is stood on, else the text."""
        if isinstance(editor, LookupEdit):
            picked = editor.pick()
            editor.leave()
            model.setData(index, picked if picked is not None else editor.text())
        else:
            model.setData(index, cast(QLineEdit, editor).text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """Override QStyledItemDelegate.updateEditorGeometry: the editor covers the cell."""
        rect: QRect = option.rect
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Override QStyledItemDelegate.eventFilter: the list of choices comes first, then the keys that move on."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        key = Qt.Key(event.key())
        if isinstance(editor, LookupEdit) and editor.handle_key(key):
            return True
        if key not in _LEAVING:
            return super().eventFilter(editor, event)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        widget = cast(QWidget, editor)
        self.commitData.emit(widget)
        self.closeEditor.emit(widget, _Hint.NoHint)
        self.leaving.emit(key.value, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.paint: wrong cells get a frame and a corner, closed ones a quieter ground."""
        tokens = theme.tokens()
        rect: QRect = option.rect
        model = cast(LineGridModel, index.model())
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if not editable and not model.read_only:
            painter.fillRect(rect, tokens.color("stripe"))
        super().paint(painter, option, index)
        if index.data(ERROR_ROLE):
            painter.save()
            painter.setPen(QPen(tokens.color("danger"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.setBrush(tokens.color("danger"))
            right, top = rect.right(), rect.top()
            painter.drawPolygon(
                QPolygon([QPoint(right - CORNER, top), QPoint(right, top), QPoint(right, top + CORNER)])
            )
            painter.restore()
        elif index.data(PENDING_ROLE):
            painter.fillRect(rect.left(), rect.bottom() - 2, rect.width(), 2, tokens.color("placeholder_bar"))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.initStyleOption: a wrong text is written in the colour of danger."""
        super().initStyleOption(option, index)
        if index.data(ERROR_ROLE):
            color = QColor(theme.tokens().danger)
            option.palette.setColor(option.palette.ColorRole.Text, color)
            option.palette.setColor(option.palette.ColorRole.HighlightedText, color)


class LineGrid(QTableView):
    """Lines of a document, typed into as in a spreadsheet.

    Enter goes down (after Tab: to the next line, where the row of Tabs began), Tab to the next cell that can be typed
    into and on to a new line, F2 or typing edits, Up and Down leave the cell too, Delete empties cells, Shift+Space
    selects lines, Ctrl+Delete removes them, Insert adds one, Ctrl+D copies down; Ctrl+C, Ctrl+X, Ctrl+V and Ctrl+Z,
    Ctrl+Y do what they do everywhere.

    Signals:
        left(): Tab was pressed in the last cell of an empty line: whoever listens moves the keyboard on; where nobody
            does it goes to the next control.
    """

    left = Signal()

    def __init__(self, model: LineGridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tab_from: int | None = None
        self.setModel(model)
        delegate = LineDelegate(self)
        delegate.leaving.connect(self._move_on)
        self.setItemDelegate(delegate)
        self._set_up()
        model.pasted.connect(self._on_pasted)

    def _set_up(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        vertical, horizontal = self.verticalHeader(), self.horizontalHeader()
        vertical.setDefaultSectionSize(ROW_HEIGHT)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumWidth(36)
        vertical.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        vertical.setHighlightSections(False)
        horizontal.setHighlightSections(False)
        horizontal.setStretchLastSection(True)
        for place, column in enumerate(self.grid_model().columns):
            self.setColumnWidth(place, max(column.width, horizontal.sectionSizeHint(place)))

    def stretch(self, key: str) -> None:
        """Let the column `key`, in place of the last one, take the room that is left."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(LEAST_SECTION)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(self.grid_model().place_of(key), QHeaderView.ResizeMode.Stretch)

    def grid_model(self) -> LineGridModel:
        """The model."""
        return cast(LineGridModel, self.model())

    def setAccessibleName(self, name: str) -> None:
        """Override QWidget.setAccessibleName: the headers are spoken of by the same name."""
        super().setAccessibleName(name)
        parts = (self.horizontalHeader(), self.verticalHeader(), self.findChild(QAbstractButton))
        for part in filter(None, parts):
            part.setAccessibleName(name)

    def edit_cell(self, row: int, key: str) -> None:
        """Stand on a cell and open it for typing."""
        self.go_to(row, key)
        self.edit(self.currentIndex())

    def go_to(self, row: int, key: str) -> None:
        """Stand on a cell, for example one that must be mended."""
        self.setFocus()
        index = self.model().index(row, self.grid_model().place_of(key))
        # Not setCurrentIndex: with Ctrl of Ctrl+S still down it would add the cell to the selection.
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self.currentIndex())

    def is_typing(self) -> bool:
        """Whether a cell is open for typing."""
        return self.state() == QAbstractItemView.State.EditingState

    def commit(self) -> None:
        """Take what stands in an open editor."""
        current = self.currentIndex()
        if self.is_typing() and current.isValid():
            editor = self.indexWidget(current)
            if editor is not None:
                self.commitData(editor)
                self.closeEditor(editor, _Hint.NoHint)

    def selected_cells(self) -> list[Cell]:
        """The selected cells, else the current one."""
        columns = self.grid_model().columns
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        return [(index.row(), columns[index.column()].key) for index in indexes if index.isValid()]

    def remove_selected_lines(self) -> None:
        """Remove the lines in which cells are selected."""
        self.commit()
        rows = {row for row, _ in self.selected_cells()}
        self.grid_model().remove_lines(rows)
        if rows:
            self._stand_on(min(rows), max(0, self.currentIndex().column()))

    def insert_line(self) -> None:
        """Insert a line above the current one and stand on its first cell."""
        self.commit()
        row = max(0, self.currentIndex().row())
        self.grid_model().insert_line(row)
        places = self._typed_places(row)
        if places:
            self._stand_on(row, places[0])

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        cells = self.selected_cells()
        rows = sorted({row for row, _ in cells})
        keys = [column.key for column in self._columns_in_order() if column.key in {key for _, key in cells}]
        QGuiApplication.clipboard().setText(self.grid_model().copied_text(rows, keys))

    def cut(self) -> None:
        """Put the selected cells on the clipboard and empty them."""
        self.copy()
        self.grid_model().clear_cells(self.selected_cells())

    def paste(self) -> None:
        """Paste from the current cell on; a copied cell or block fills the selection."""
        self.commit()
        cells = self.selected_cells()
        if not cells:
            return
        keys = [column.key for column in self._columns_in_order()]
        rows = [row for row, _ in cells]
        places = [keys.index(key) for _, key in cells]
        selected = (max(rows) - min(rows) + 1, max(places) - min(places) + 1)
        self.grid_model().paste(min(rows), keys[min(places) :], QGuiApplication.clipboard().text(), selected)

    def copy_down(self) -> None:
        """Fill the selection from its top, or the current cell from the one above."""
        self.commit()
        self.grid_model().copy_down(self.selected_cells())

    def undo(self) -> None:
        """Take back the last step."""
        self.commit()
        self.grid_model().undo()

    def redo(self) -> None:
        """Take the step again."""
        self.grid_model().redo()

    def _columns_in_order(self) -> list[LineColumn]:
        header, columns = self.horizontalHeader(), self.grid_model().columns
        ordered = [header.logicalIndex(place) for place in range(header.count())]
        return [columns[section] for section in ordered if not header.isSectionHidden(section)]

    def _typed_places(self, row: int) -> list[int]:
        """The columns of a row that can be typed into, from left to right."""
        model = self.grid_model()
        places = [model.place_of(column.key) for column in self._columns_in_order()]
        return [place for place in places if model.flags(model.index(row, place)) & Qt.ItemFlag.ItemIsEditable]

    def _stand_on(self, row: int, column: int) -> None:
        row = max(0, min(row, self.model().rowCount() - 1))
        self.setCurrentIndex(self.model().index(row, column))

    @Slot(int, bool)
    def _move_on(self, key: int, shift: bool) -> None:
        if key in (Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value):
            self._tab(back=key == Qt.Key.Key_Backtab.value or shift)
        elif key in (Qt.Key.Key_Up.value, Qt.Key.Key_Down.value):
            self._tab_from = None
            self._enter(back=key == Qt.Key.Key_Up.value)
        else:
            self._enter(back=shift)

    def _enter(self, back: bool) -> None:
        """Down a line; after Tabs, to the cell of the next line below the one where the Tabs began."""
        index = self.currentIndex()
        column = index.column() if self._tab_from is None else self._tab_from
        self._tab_from = None
        self._stand_on(index.row() + (-1 if back else 1), column)

    def _tab(self, back: bool) -> None:
        """To the next or last cell that can be typed into, over the ends of lines; out of the grid at its ends."""
        index = self.currentIndex()
        if self._tab_from is None:
            self._tab_from = index.column()
        places = self._typed_places(index.row())
        visual = self.horizontalHeader().visualIndex
        ahead = [
            place for place in places if (visual(place) < visual(index.column())) == back and place != index.column()
        ]
        if ahead:
            self._stand_on(index.row(), ahead[-1] if back else ahead[0])
            return
        row = index.row() + (-1 if back else 1)
        others = self._typed_places(row) if 0 <= row < self.model().rowCount() else []
        if others:
            self._stand_on(row, others[-1] if back else others[0])
        elif back or not self.isSignalConnected(QMetaMethod.fromSignal(self.left)):
            self._tab_from = None
            super().focusNextPrevChild(not back)
        else:
            self._tab_from = None
            self.left.emit()

    @Slot(object)
    def _on_pasted(self, outcome: Pasted) -> None:
        if outcome.cut:
            bridge.warning(self.tr("Only the first {count} rows were pasted.").format(count=f"{outcome.lines:,}"))
        elif outcome.complaints:
            bridge.warning(
                self.tr("{lines} lines pasted, {cells} cells need your attention.").format(
                    lines=outcome.lines, cells=outcome.complaints
                )
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent."""
        if self._edit_key(event) or self._clipboard_key(event):
            return
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not control:
            self._move_on(key.value, shift)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._enter(back=shift)
        else:
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
                self._tab_from = None
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Override QTableView.inputMethodEvent: text that comes without being composed first opens the cell, too."""
        current = self.currentIndex()
        whole = bool(event.commitString()) and not event.preeditString()
        if whole and self.indexWidget(current) is None and current.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(current)
            QCoreApplication.sendEvent(self.indexWidget(current), event)
        else:
            super().inputMethodEvent(event)

    def _clipboard_key(self, event: QKeyEvent) -> bool:
        standard = QKeySequence.StandardKey
        for matches, act in (
            (standard.Copy, self.copy),
            (standard.Cut, self.cut),
            (standard.Paste, self.paste),
            (standard.Undo, self.undo),
            (standard.Redo, self.redo),
        ):
            if event.matches(matches):
                act()
                return True
        return False

    def _edit_key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        key = Qt.Key(event.key())
        if control and key == Qt.Key.Key_D:
            self.copy_down()
        elif control and key == Qt.Key.Key_Y:
            self.redo()
        elif control and key in (Qt.Key.Key_Delete, Qt.Key.Key_Minus):
            self.remove_selected_lines()
        elif key == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.selectRow(self.currentIndex().row())
        elif key == Qt.Key.Key_Insert and not event.modifiers():
            self.insert_line()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers():
            self._delete()
        else:
            return False
        return True

    def _delete(self) -> None:
        """Empty the selected cells; whole lines that are selected go."""
        rows = [index.row() for index in self.selectionModel().selectedRows()]
        if rows:
            self.remove_selected_lines()
        else:
            self.grid_model().clear_cells(self.selected_cells())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Override QWidget.focusNextPrevChild: Tab belongs to the cells while lines are edited."""
        if self.grid_model().read_only:
            return super().focusNextPrevChild(forward)
        return False

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Override QTableView.contextMenuEvent."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editable, grows = not self.grid_model().read_only, self.grid_model().may_grow
        for text, shortcut, act, possible in (
            (self.tr("Copy"), "Ctrl+C", self.copy, True),
            (self.tr("Cut"), "Ctrl+X", self.cut, editable),
            (self.tr("Paste"), "Ctrl+V", self.paste, editable),
            (self.tr("Copy down"), "Ctrl+D", self.copy_down, editable),
            (self.tr("Insert line"), "Ins", self.insert_line, grows),
            (self.tr("Remove lines"), "Ctrl+Del", self.remove_selected_lines, grows),
            (self.tr("Undo"), "Ctrl+Z", self.undo, self.grid_model().can_undo),
            (self.tr("Redo"), "Ctrl+Y", self.redo, self.grid_model().can_redo),
        ):
            action = QAction(text, menu)
            action.setShortcut(QKeySequence(shortcut))
            action.setEnabled(possible)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(event.globalPos())
