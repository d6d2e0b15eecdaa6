"""The first rows of a file below the fields that its columns mean; each can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from erp_desktop.models import import_fields
from erp_desktop.models.columns import LEFT, RIGHT
from erp_desktop.services.importing.cells import text_of
from erp_desktop.services.importing.files import Table
from erp_desktop.views.widgets import forms, theme

PREVIEWED: Final = 20
_WIDTH: Final = 156
_LEAST_HEIGHT: Final = 118
"""Headings, fields, one row and the scroll bar."""

_LONGEST: Final = 200
_POPUP: Final = Qt.FocusReason.PopupFocusReason


class MappingTable(QTableWidget):
    """A box with a field over each column, and the file's first rows as they were read.

    Signals:
        mapping_changed(): the person gave a column another field.
    """

    mapping_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: list[QComboBox] = []
        self._changed: QComboBox | None = None
        self._headings: tuple[str, ...] = ()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the boxes have it, one after the other
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_COMPACT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(LEFT)

    def mapping(self) -> dict[str, int]:
        """The column of each field that is used; of two with one field, the one that was changed last."""
        boxes = sorted(enumerate(self._boxes), key=lambda each: each[1] is self._changed)
        found = {box.currentData(): place for place, box in boxes if box.currentData()}
        return dict(sorted(found.items(), key=lambda each: each[1]))

    def show_table(self, table: Table, mapping: Mapping[str, int]) -> None:
        """Show a file and what its columns mean."""
        self._headings = table.headings
        self.clear()
        self._boxes, self._changed = [], None
        shown = table.rows[:PREVIEWED]
        self.setRowCount(len(shown) + 1)
        self.setColumnCount(len(table.headings))
        fields = {place: field for field, place in mapping.items()}
        for place in range(len(table.headings)):
            self.setColumnWidth(place, _WIDTH)
            self._add_box(place, fields.get(place, ""))
        for line, row in enumerate(shown, 1):
            for place, cell in enumerate(row.cells[: len(table.headings)]):
                item = QTableWidgetItem(" ".join(text_of(cell)[:_LONGEST].split()))
                is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
                item.setTextAlignment(RIGHT if is_number else LEFT)
                item.setToolTip(item.text())
                self.setItem(line, place, item)
        self.setVerticalHeaderLabels(["", *(str(row.number) for row in shown)])
        self.setRowHeight(0, theme.CONTROL + theme.GRID)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.setAccessibleName(self.tr("Columns and first rows of the file"))
        for part in (self.horizontalHeader(), self.verticalHeader(), *self.findChildren(QAbstractButton)):
            part.setAccessibleName(self.accessibleName())
        self.setHorizontalHeaderLabels([heading or "—" for heading in self._headings])
        for box, heading in zip(self._boxes, self._headings, strict=True):
            forms.name_control(box, self.tr("Field of column {heading}").format(heading=heading))
            box.setItemText(0, self.tr("(not used)"))
            for place, field in enumerate(import_fields.fields(), 1):
                box.setItemText(place, import_fields.title(field))

    def focus_field(self, field: str) -> None:
        """Put the keyboard to the column of a field, else to the first column without one."""
        place = self.mapping().get(field)
        free = (place for place, box in enumerate(self._boxes) if not box.currentData())
        self._boxes[next(free, 0) if place is None else place].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_box(self, place: int, field: str) -> None:
        box = QComboBox()
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.addItem("", "")
        for each in import_fields.fields():
            box.addItem("", each)
        box.setCurrentIndex(box.findData(field))
        box.activated.connect(lambda _index, box=box: self._give(box))
        box.installEventFilter(self)
        self._boxes.append(box)
        self.setCellWidget(0, place, box)

    def _give(self, box: QComboBox) -> None:
        self._changed = box
        self.mapping_changed.emit()

    def _settle(self, box: QComboBox) -> None:
        """A field belongs to one column: whoever had that of `box` before has none.

        This waits until the keyboard leaves the box: on its way through the list it passes the fields of others.
        """
        for other in self._boxes:
            if other is not box and box.currentData() and other.currentData() == box.currentData():
                other.setCurrentIndex(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: a box with the keyboard scrolls into view; the wheel scrolls the table only."""
        if isinstance(watched, QComboBox) and watched in self._boxes:
            if event.type() == QEvent.Type.FocusIn:
                self.scrollTo(self.model().index(0, self._boxes.index(watched)))
            if (
                isinstance(event, QFocusEvent)
                and event.lostFocus()
                and event.reason() != _POPUP
                and watched is self._changed
            ):
                self._settle(watched)
            if event.type() == QEvent.Type.Wheel and not watched.hasFocus():
                event.ignore()
                return True
        return super().eventFilter(watched, event)
