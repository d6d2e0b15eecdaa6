"""Fields that find records: typing searches in the database, choices show below, Enter or Tab takes the best one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QHideEvent, QInputMethodEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models.columns import LEFT, RIGHT
from erp_desktop.models.lookup import Choice, Lookup, LookupColumn, best_choice
from erp_desktop.models.operations import Query
from erp_desktop.views import errors
from erp_desktop.views.widgets import icons, theme
from erp_desktop.views.widgets.named_edit import name_and_code, paint_shortened, shortened

DEBOUNCE_MS: Final = 120
SHOWN_ROWS: Final = 8
INSET: Final = 1
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NO_PARENT: Final = QModelIndex()
_MOVES: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: SHOWN_ROWS,
    Qt.Key.Key_PageUp: -SHOWN_ROWS,
}


class _Choices(QAbstractTableModel):
    """The choices that the popup shows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: Sequence[Choice] = ()
        self._columns: Sequence[LookupColumn] = ()

    def show(self, choices: Sequence[Choice], columns: Sequence[LookupColumn]) -> None:
        """Show other choices."""
        self.beginResetModel()
        self.choices, self._columns = choices, columns
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.rowCount."""
        return 0 if parent.isValid() else len(self.choices)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.columnCount."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.data."""
        if role == Role.TextAlignmentRole:
            return (RIGHT if self._columns[index.column()].right else LEFT).value
        if role not in (Role.DisplayRole, Role.ToolTipRole):
            return None
        texts = self.choices[index.row()].texts()
        return texts[index.column()] if index.column() < len(texts) else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.headerData."""
        if orientation == Qt.Orientation.Vertical or section >= len(self._columns):
            return None
        if role == Role.TextAlignmentRole:
            return (RIGHT if self._columns[section].right else LEFT).value
        return self._columns[section].title if role == Role.DisplayRole else None


class ChoicePopup(QFrame):
    """The list of choices below a field. It lies inside the window and never takes the keyboard from the field.

    Signals:
        picked(choice): a click on a choice.
    """

    picked = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = _Choices(self)
        self._table = QTableView(self)
        self._nothing = QLabel(self)
        self._nothing.setProperty("role", "muted")
        self._nothing.setContentsMargins(8, 6, 8, 6)
        self._set_up_table()
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, INSET, INSET, INSET)
        column.addWidget(self._table)
        column.addWidget(self._nothing)
        self.hide()

    def _set_up_table(self) -> None:
        table = self._table
        table.setProperty("role", "popup")
        table.setModel(self._model)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.ROW_COMPACT)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.clicked.connect(lambda index: self.picked.emit(self._model.choices[index.row()]))

    def show_choices(self, choices: Sequence[Choice], columns: Sequence[LookupColumn], best: Choice | None) -> None:
        """Fill the list and stand on `best`; with no choices say that there are none."""
        self._model.show(choices, columns)
        for place, column in enumerate(columns):
            self._table.setColumnWidth(place, column.width)
        self._table.setVisible(bool(choices))
        self._nothing.setText(self.tr("Nothing found"))
        self._nothing.setVisible(not choices)
        if best is not None:
            self._table.selectRow(list(choices).index(best))

    def current(self) -> Choice | None:
        """The choice that the keyboard stands on."""
        row = self._table.currentIndex().row()
        return self._model.choices[row] if 0 <= row < len(self._model.choices) else None

    def move_current(self, by: int) -> None:
        """Go down or up by so many choices."""
        count = len(self._model.choices)
        if count:
            row = min(max(self._table.currentIndex().row() + by, 0), count - 1)
            self._table.selectRow(row)
            self._table.scrollTo(self._model.index(row, 0))

    def _edges(self) -> int:
        """What borders and padding take on two sides."""
        for each in (self, self._table):
            each.ensurePolished()
        margins = self.contentsMargins().left() + INSET
        return 2 * (margins + self._table.frameWidth())

    def open_at(self, field: QWidget, columns: Sequence[LookupColumn]) -> None:
        """Show the list below `field`, or above it where there is more room."""
        window, origin = self._window, field.mapTo(self._window, QPoint(0, 0))
        count = len(self._model.choices)
        rows, bar = min(count, SHOWN_ROWS), 14 if count > SHOWN_ROWS else 0
        edges = self._edges()
        width = min(max(sum(column.width for column in columns) + bar + edges, field.width()), window.width() - 8)
        header = self._table.horizontalHeader().sizeHint().height()
        height = rows * theme.ROW_COMPACT + header + edges if rows else 34
        bottom = origin.y() + field.height()
        below, above = window.height() - bottom - 4, origin.y() - 4
        height = min(height, max(below, above))
        top = bottom + 1 if height <= below else origin.y() - height - 1
        self.setGeometry(max(4, min(origin.x(), window.width() - width - 4)), top, width, height)
        self.raise_()
        self.show()


class LookupEdit(QLineEdit):
    """A line edit whose text stands for a record.

    Typing searches after a short rest. Down and Up walk through the choices, Enter and Tab take the one they stand on;
    who goes on before the choices are there gets the best match when they come. Text that fits nothing stays, marked.

    Signals:
        chosen(choice): another record, or None.
        complained(sentence): what is wrong with the text, or an empty text.
    """

    chosen = Signal(object)
    complained = Signal(str)

    def __init__(self, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lookup = lookup
        self._choice: Choice | None = None
        self._complaint = ""
        self._popup: ChoicePopup | None = None
        self._search: Query[Sequence[Choice]] | None = None
        self._turn = 0
        self._going_on = False
        self._left = False
        self._composing = False
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._start_search)
        self.shown_text: Callable[[Choice], str] = lambda choice: choice.code
        self.textEdited.connect(self._on_edited)

    def choice(self) -> Choice | None:
        """The record that the text stands for; None when it is empty or not settled."""
        return self._choice

    def complaint(self) -> str:
        """What is wrong with the text; empty when nothing is."""
        return self._complaint

    @property
    def settled(self) -> bool:
        """Whether nothing is being looked up and the text stands for a record or is empty."""
        return self._choice is not None or (not self.text().strip() and not self._complaint)

    def set_choice(self, choice: Choice | None) -> None:
        """Show a record."""
        self._stop_search()
        self._complain("")
        self.setText(self.shown_text(choice) if choice is not None else "")
        self.setCursorPosition(0)
        if choice != self._choice:
            self._choice = choice
            self.chosen.emit(choice)

    def set_typed(self, text: str) -> None:
        """Take `text` as if it had been typed and left."""
        self.setText(text)
        self._on_edited()
        self.settle()

    def pick(self) -> Choice | None:
        """The choice that Enter or Tab would take now: the one in the open list, or the one already taken.

        A list that shows what fitted an earlier text has none: whoever types fast means what stands in the field.
        """
        is_old = self._timer.isActive() or self._search is not None
        if self.popup_open() and self._popup is not None and not is_old:
            return self._popup.current()
        return self._choice

    def leave(self) -> None:
        """Look nothing up any more: whoever opened this field has taken what stands in it."""
        self._left = True
        self._stop_search()
        self.hide_popup()

    def settle(self) -> None:
        """Take the best match, as soon as it is known."""
        if self._left:
            return
        picked = self.pick()
        if picked is not None:
            self.set_choice(picked)
        elif not self.text().strip():
            self.set_choice(None)
        elif not self._complaint:
            self._going_on = True
            if self._timer.isActive() or self._search is None:
                self._start_search()
        self.hide_popup()

    def popup_open(self) -> bool:
        """Whether the list of choices shows."""
        return self._popup is not None and self._popup.isVisible()

    def hide_popup(self) -> None:
        """Hide the list of choices."""
        if self._popup is not None:
            self._popup.hide()

    def handle_key(self, key: Qt.Key) -> bool:
        """Let the list of choices have a key; whether it used it."""
        if self._composing or self.isReadOnly():
            return False
        if key in _MOVES and self.popup_open() and self._popup is not None:
            self._popup.move_current(_MOVES[key])
            return True
        if key == Qt.Key.Key_Down:
            self._start_search()
            return True
        if key == Qt.Key.Key_Escape and self.popup_open():
            self._stop_search()
            self.hide_popup()
            return True
        return False

    @Slot()
    def _on_edited(self) -> None:
        self._complain("")
        self._going_on = False
        if self._choice is not None:
            self._choice = None
            self.chosen.emit(None)
        if self.text().strip():
            self._timer.start()
        else:
            self._stop_search()
            self.hide_popup()

    @Slot()
    def _start_search(self) -> None:
        self._stop_search()
        text = "" if self._choice is not None else self.text().strip()
        self._search = (
            Query(self._lookup.find, text)
            .success(partial(self._on_found, self._turn))
            .failure(partial(self._on_failed, self._turn))
            .quiet()
            .run()
        )

    def _stop_search(self) -> None:
        self._timer.stop()
        self._turn += 1
        search, self._search = self._search, None
        if search is not None:
            search.cancel()

    def _on_found(self, turn: int, choices: Sequence[Choice]) -> None:
        if turn != self._turn:
            return
        self._search = None
        best = best_choice(self.text(), choices)
        if self._going_on:
            self._going_on = False
            if best is not None:
                self.set_choice(best)
            else:
                self._complain(self.tr("Nothing fits “{text}”.").format(text=self.text().strip()))
        elif self.hasFocus():
            self._open_popup(choices, best)

    def _on_failed(self, turn: int, error: Exception) -> None:
        if turn == self._turn:
            self._search = None
            self._going_on = False
            self._complain(errors.sentence(error))

    def _open_popup(self, choices: Sequence[Choice], best: Choice | None) -> None:
        if self._popup is None or self._popup.parentWidget() is not self.window():
            self._popup = ChoicePopup(self.window())
            self._popup.picked.connect(self.set_choice)
            self._popup.picked.connect(self.hide_popup)
            self.destroyed.connect(self._popup.deleteLater)
        columns = self._lookup.columns()
        self._popup.show_choices(choices, columns, best)
        self._popup.open_at(self, columns)

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            self._complaint = sentence
            self.setToolTip(sentence)
            self.setAccessibleDescription(sentence)
            theme.set_property(self, "invalid", "true" if sentence else "false")
            self.complained.emit(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent."""
        if not self.handle_key(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Override QLineEdit.inputMethodEvent: while characters are composed, keys belong to the input method."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusOutEvent: going on takes the best match; another window only hides the list."""
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.hide_popup()
        elif not self.isReadOnly():
            self.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        """Override QLineEdit.hideEvent."""
        super().hideEvent(event)
        self.hide_popup()


class LookupField(LookupEdit):
    """A LookupEdit for headers of documents: shows name and code, Enter takes the choice and goes on."""

    def __init__(self, lookup: Lookup, parent: QWidget | None = None) -> None:
        super().__init__(lookup, parent)
        self.shown_text = lambda choice: name_and_code(choice.called, choice.code)
        self._magnifier = self.addAction(icons.icon("search"), QLineEdit.ActionPosition.TrailingPosition)
        self._magnifier.triggered.connect(self._start_search)
        self._retranslate()

    def _retranslate(self) -> None:
        self._magnifier.setToolTip(self.tr("Show choices (Down)"))
        choice = self.choice()
        if choice is not None:
            self.setText(self.shown_text(choice))
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override LookupEdit.keyPressEvent."""
        plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if plain_enter and not self.isReadOnly() and (self.popup_open() or not self.settled):
            self.settle()
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QLineEdit.paintEvent: where both have no room the name is cut and the code is not."""
        choice = self.choice()
        short = shortened(self, choice.called, choice.code) if choice is not None else ""
        if short:
            paint_shortened(self, short)
        else:
            super().paintEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusInEvent: the text is ready to be replaced."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Override QLineEdit.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
