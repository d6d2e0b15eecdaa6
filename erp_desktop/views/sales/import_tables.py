"""How the small tables of the import look: rows are selected, copied and read, never edited."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from erp_desktop.models.import_tables import TextTable
from erp_desktop.views.widgets import theme


class TextTableView(QTableView):
    """A table of texts; Ctrl+C copies the selected rows as a spreadsheet takes them."""

    def __init__(self, model: TextTable, widths: Sequence[int], stretch: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW_COMPACT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        self._widths, self._stretch = tuple(widths), stretch
        model.modelReset.connect(self._arrange)

    def set_name(self, name: str) -> None:
        """Name the table for screen readers."""
        self.setAccessibleName(name)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setAccessibleName(name)

    def _arrange(self) -> None:
        """Give the columns their widths once they are there; what the person changed stays."""
        header = self.horizontalHeader()
        for place, width in enumerate(self._widths[: header.count()]):
            header.resizeSection(place, width)
        if self._stretch < header.count():
            header.setSectionResizeMode(self._stretch, QHeaderView.ResizeMode.Stretch)
        self._widths = ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QTableView.keyPressEvent: copy whole rows."""
        if not event.matches(QKeySequence.StandardKey.Copy):
            super().keyPressEvent(event)
            return
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        columns = range(self.model().columnCount())
        role = Qt.ItemDataRole.DisplayRole
        lines = ("\t".join(str(self.model().index(row, place).data(role)) for place in columns) for row in rows)
        QGuiApplication.clipboard().setText("\n".join(lines))
