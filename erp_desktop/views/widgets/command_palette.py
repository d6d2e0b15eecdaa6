"""Ctrl+K: one field that goes to any screen, action or document by a few letters of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models.operations import Operation, Query
from erp_desktop.views.widgets import forms, icons, theme

WIDTH = 600
TOP = 14 * theme.GRID
AROUND = 28 * theme.GRID
"""The height of the palette without its list, and of the margin below it."""
ROW = 40
MOST_ROWS = 9
REST_MS = 200
"""The server is asked after the typing has rested for so long."""
SHORTEST_SEARCH = 2

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One line of the palette: what it is called, what stands quietly beside it, and what Enter does."""

    title: str
    detail: str
    icon: str
    choose: Callable[[], object]
    words: str = ""  # further words by which it is found, such as its name in the other language


def matches(entry: Entry, typed: str) -> bool:
    """Whether every word typed stands somewhere in the entry's texts."""
    text = f"{entry.title} {entry.detail} {entry.words}".casefold()
    return all(word in text for word in typed.casefold().split())


class CommandPalette(QFrame):
    """A field and its hits over the top of a window; Up and Down choose, Enter goes, Esc closes.

    `local_entries` returns what is known without the server and is asked at every opening; `search`, if there is
    one, runs off the GUI thread with the typed text and returns further entries.
    """

    def __init__(
        self,
        window: QWidget,
        local_entries: Callable[[], Sequence[Entry]],
        search: Callable[[str], Callable[[], Sequence[Entry]]] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._local_entries = local_entries
        self._search = search
        self._known: Sequence[Entry] = ()
        self._asked: Operation[Sequence[Entry]] | None = None
        self._before: QWidget | None = None
        self._field = QLineEdit(self)
        self._field.setClearButtonEnabled(True)
        self._field.addAction(icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._field.textEdited.connect(self._on_typed)
        self._field.installEventFilter(self)
        self._list = QListWidget(self)
        self._list.setProperty("role", "popup")
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(self._choose)
        self._hint = forms.text_label("small")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask_server)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.GRID] * 4)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        layout.addWidget(self._hint)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._field.setPlaceholderText(self.tr("Go to a screen, a document, a customer, a product, an action…"))
        self._field.setAccessibleName(self.tr("Go to"))
        self._list.setAccessibleName(self.tr("Hits"))
        self._hint.setText(self.tr("↑ ↓ choose    Enter open    Esc close"))

    def open(self) -> None:
        """Show the palette, empty, with the keyboard in its field."""
        self._before = QApplication.focusWidget()
        self._known = self._local_entries()
        self._field.clear()
        self._fill(self._known)
        self._place()
        self.show()
        self.raise_()
        self._field.setFocus()

    def dismiss(self) -> None:
        """Hide the palette and give the keyboard back."""
        self._rest.stop()
        self._drop_question()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus()

    def titles(self) -> list[str]:
        """The titles shown, best first."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._drop_question()
        self._fill([entry for entry in self._known if matches(entry, typed)])
        if self._search is not None and len(typed.strip()) >= SHORTEST_SEARCH:
            self._rest.start()
        else:
            self._rest.stop()

    @Slot()
    def _ask_server(self) -> None:
        if self._search is not None:
            question = self._search(self._field.text().strip())
            self._asked = Query(question).success(self._add_hits).quiet().run()

    def _drop_question(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _add_hits(self, hits: Sequence[Entry]) -> None:
        if self._asked is None or not self.isVisible():
            return
        self._asked = None
        typed = self._field.text()
        self._fill([*hits, *(entry for entry in self._known if matches(entry, typed))])

    def _fill(self, entries: Iterable[Entry]) -> None:
        self._list.clear()
        for entry in entries:
            item = QListWidgetItem(icons.icon(entry.icon), entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.detail}")
            item.setSizeHint(QSize(0, ROW))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        fitting = (self._window.height() - TOP - AROUND) // ROW
        self._list.setFixedHeight(max(1, min(MOST_ROWS, fitting, self._list.count())) * ROW + 10)
        self.adjustSize()

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        entry: Entry = item.data(Qt.ItemDataRole.UserRole)
        self.dismiss()
        entry.choose()

    def _place(self) -> None:
        width = min(WIDTH, self._window.width() - 12 * theme.GRID)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((self._window.width() - width) // 2, TOP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: keys of the list work while the field has the keyboard."""
        if watched is self._field and event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_if_left)
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MOST_ROWS, Qt.Key.Key_PageUp: -MOST_ROWS}
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentItem())
        elif key in steps and self._list.count():
            row = self._list.currentRow() + steps[Qt.Key(key)]
            self._list.setCurrentRow(max(0, min(self._list.count() - 1, row)))
        else:
            return False
        return True

    def _close_if_left(self) -> None:
        focused = QApplication.focusWidget()
        if self.isVisible() and focused is not None and not self.isAncestorOf(focused):
            self._before = None
            self.dismiss()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QFrame.paintEvent."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.color("line_strong"), 1))
        painter.setBrush(tokens.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon, title, and its detail at the right in quiet letters."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.paint."""
        tokens = theme.tokens()
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("selection"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), theme.RADIUS, theme.RADIUS)
        icons.paint(painter, entry.icon, "muted", QRectF(rect.x() + 12, rect.center().y() - 8, 18, 18))
        inner = rect.adjusted(42, 0, -12, 0)
        metrics: QFontMetrics = painter.fontMetrics()
        detail = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, inner.width() // 2)
        painter.setPen(tokens.color("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, detail)
        room = inner.width() - metrics.horizontalAdvance(detail) - 16
        painter.setPen(tokens.color("on_selection" if selected else "text"))
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
