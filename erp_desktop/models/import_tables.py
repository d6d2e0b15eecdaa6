"""Small tables of texts: the complaints about a file, and the batches that were imported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from erp_desktop.models import i18n
from erp_desktop.models.columns import LEFT, RIGHT
from erp_desktop.services.importing.batches import Batch
from erp_desktop.services.importing.orders import Complaint
from erp_desktop.services.listing import text_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NO_PARENT: Final = QModelIndex()


class TextTable(QAbstractTableModel):
    """Rows of texts; `right` are the columns of figures. What does not fit into a cell is its tool tip."""

    def __init__(self, right: frozenset[int] = frozenset(), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._right = right
        self._titles: Sequence[str] = ()
        self._rows: Sequence[Sequence[str]] = ()

    def show(self, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._titles, self._rows = titles, rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Override QAbstractItemModel.columnCount."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.data."""
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._rows[index.row()][index.column()]
        if role == Role.TextAlignmentRole:
            return (RIGHT if index.column() in self._right else LEFT).value
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Override QAbstractItemModel.headerData."""
        if orientation == Qt.Orientation.Vertical or section >= len(self._titles):
            return None
        if role == Role.TextAlignmentRole:
            return (RIGHT if section in self._right else LEFT).value
        return self._titles[section] if role == Role.DisplayRole else None


class ComplaintTable(TextTable):
    """What is wrong with a file, a line each."""

    SENTENCE: Final = 4

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(frozenset({0}), parent)

    def show_complaints(self, complaints: Sequence[Complaint]) -> None:
        """Show complaints in the language in use."""
        titles = (self.tr("Row"), self.tr("Column"), self.tr("Cell"), self.tr("Kind"), self.tr("What helps, and why"))
        kinds = (self.tr("Warning"), self.tr("Error"))
        language = i18n.language()
        rows = [
            (str(each.row or ""), each.column, each.value, kinds[each.is_error], each.sentence(language))
            for each in complaints
        ]
        self.show(titles, rows)


class BatchTable(TextTable):
    """The files that were imported, the newest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(frozenset({3, 4, 5}), parent)
        self.batches: Sequence[Batch] = ()

    def show_batches(self, batches: Sequence[Batch]) -> None:
        """Show batches in the language in use."""
        self.batches = batches
        titles = (
            *(self.tr("Imported at"), self.tr("File"), self.tr("By"), self.tr("Orders"), self.tr("Lines")),
            *(self.tr("Amount with tax"), self.tr("State")),
        )
        at, whole, money = text_of("datetime"), text_of("int"), text_of("money")
        rows = [
            (
                *(at(each.imported_at), each.file_name, i18n.spoken(each.imported_by_zh, each.imported_by_en)),
                *(whole(each.order_count), whole(each.line_count), money(each.gross_amount)),
                self.tr("Undone {at}").format(at=at(each.undone_at)) if each.undone_at else self.tr("In the books"),
            )
            for each in batches
        ]
        self.show(titles, rows)
