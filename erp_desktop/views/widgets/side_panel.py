"""What stands beside a document: its timeline, and the documents that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.services.listing import text_of
from erp_desktop.services.workflow import TimelineEntry
from erp_desktop.views.widgets import forms, theme

WIDTH = 256
LEAST_WIDTH = 200
LEAST_TIMELINE = 120
"""Lower than this the timeline does not become: the column scrolls instead."""
RELATED_ROWS = 6


@dataclass(frozen=True)
class Related:
    """A document that belongs to the one shown; `number` is empty while it has none."""

    kind: str
    id: int
    number: str
    state: str


def side_card(heading: QLabel, content: QWidget, stretch: int = 0) -> QFrame:
    """A card with a heading for the side panel."""
    made = forms.card()
    column = QVBoxLayout(made)
    column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
    column.setSpacing(2 * theme.GRID)
    column.addWidget(heading)
    column.addWidget(content, stretch)
    return made


class SideColumn(QScrollArea):
    """The cards beside a document, one below the other; where the window is too low for them they scroll alone."""

    def __init__(self, cards: Sequence[tuple[QWidget, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards = _Cards(self)
        self._cards.setProperty("role", "scrolled")
        column = QVBoxLayout(self._cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * theme.GRID)
        for card, stretch in cards:
            column.addWidget(card, stretch)
        self.setWidget(self._cards)

    def minimumSizeHint(self) -> QSize:
        """Override QScrollArea.minimumSizeHint: as wide as the widest card needs, with the bar beside it."""
        least = self._cards.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width() if least.height() > self.height() else 0
        return QSize(max(LEAST_WIDTH, least.width()) + bar, LEAST_TIMELINE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QScrollArea.resizeEvent: the bar that comes or goes takes room of its own."""
        super().resizeEvent(event)
        self.updateGeometry()


class _Cards(QWidget):
    """What scrolls; tells the column when it needs other room."""

    def __init__(self, column: SideColumn) -> None:
        super().__init__(column)
        self._column = column

    def event(self, event: QEvent) -> bool:
        """Override QWidget.event."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._column.updateGeometry()
        return done


class TimelinePanel(QFrame):
    """Who did what when, the latest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._entries: Sequence[TimelineEntry] = ()
        self._heading = forms.text_label("heading")
        self._body = QWidget()
        self._body.setProperty("role", "scrolled")
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 2 * theme.GRID, 0)
        self._rows.setSpacing(3 * theme.GRID)
        scroll = QScrollArea()
        scroll.setWidget(self._body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it has its own bar
        self._scroll = scroll
        self.setMinimumHeight(LEAST_TIMELINE)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, theme.GRID, 2 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self._heading)
        column.addWidget(scroll, 1)
        self._retranslate()

    def show_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Show what happened; `entries` are oldest first."""
        self._entries = entries
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for entry in reversed(entries):
            self._rows.addWidget(self._row(entry))
        if not entries:
            self._rows.addWidget(forms.text_label("small", self.tr("Nothing has happened yet."), wrap=True))
        self._rows.addStretch(1)

    def texts(self) -> list[str]:
        """What is shown, a line per thing that happened, the latest first."""
        return [" · ".join(self._words(entry)) for entry in reversed(self._entries)]

    def _words(self, entry: TimelineEntry) -> tuple[str, str]:
        who = entry.who_zh if i18n.language() == "zh_CN" else entry.who_en
        what = wording.word(entry.action, "action")
        if entry.action in ("derive", "confirm") and entry.to_state:
            what = wording.word(entry.to_state)
        if entry.action == "reschedule":
            days = f"{entry.details['expected_before']}\u00a0→\u00a0{entry.details['expected_on']}"
            what = self.tr("{what}: {days}").format(what=what, days=days)
        when = text_of("datetime")(entry.at)
        return what, f"{when}  {who}".rstrip()

    def _row(self, entry: TimelineEntry) -> QWidget:
        what, when = self._words(entry)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(forms.text_label("strong", what, wrap=True))
        column.addWidget(forms.text_label("small", when, wrap=True))
        if entry.note:
            column.addWidget(forms.text_label("", entry.note, wrap=True))
        row.setAccessibleName(f"{what} {when} {entry.note}".strip())
        return row

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Timeline"))
        self._scroll.setAccessibleName(self.tr("Timeline"))
        self.show_entries(self._entries)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class RelatedPanel(QFrame):
    """The documents that belong to the one shown; Enter or a click opens one.

    Signals:
        opened(kind, id): the person wants to see that document.
    """

    opened = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._documents: Sequence[Related] = ()
        self._heading = forms.text_label("heading")
        self._list = QListWidget()
        self._list.setProperty("role", "plain")
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemActivated.connect(self._open)
        self._list.itemClicked.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self._heading)
        column.addWidget(self._list)
        self._retranslate()

    def show_documents(self, documents: Sequence[Related]) -> None:
        """Show these; hidden when there are none."""
        self._documents = documents
        self._list.clear()
        for each in documents:
            kind = wording.word(each.kind, "document_type")
            parts = (f"{kind} {each.number}".rstrip(), wording.word(each.state) if each.state else "")
            item = QListWidgetItem(" · ".join(part for part in parts if part), self._list)
            item.setData(Qt.ItemDataRole.UserRole, (each.kind, each.id))
            item.setToolTip(item.text())
        rows = min(len(documents), RELATED_ROWS)
        self._list.setFixedHeight(rows * (theme.ROW_COMPACT + 2) + 2 * theme.GRID)
        self.setVisible(bool(documents))

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        kind, document_id = item.data(Qt.ItemDataRole.UserRole)
        self.opened.emit(kind, document_id)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Related documents"))
        self._list.setAccessibleName(self.tr("Related documents"))
        self.show_documents(self._documents)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
