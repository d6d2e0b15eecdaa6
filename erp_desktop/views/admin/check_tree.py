"""A tree of things that can be ticked, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from erp_desktop.views.widgets import theme

_KEY: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Tick:
    """One thing that can be ticked; `hint` is its tool tip."""

    key: Any
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """Things under a heading; an empty heading puts them at the top level. A closed group opens when one is ticked."""

    text: str
    ticks: Sequence[Tick]
    is_open: bool = True


class CheckTree(QTreeWidget):
    """Shows groups of ticks; Space ticks the one under the cursor.

    Signals:
        ticked(): the person ticked or cleared one.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(4 * theme.GRID)
        self.setUniformRowHeights(True)
        self.itemChanged.connect(self._on_changed)

    def show_groups(self, groups: Iterable[Group], ticked: Iterable[Any]) -> None:
        """Show these groups with these keys ticked."""
        wanted = set(ticked)
        self.blockSignals(True)
        self.clear()
        for group in groups:
            parent = self.invisibleRootItem()
            if group.text:
                parent = QTreeWidgetItem(self, [group.text])
                parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for tick in group.ticks:
                item = QTreeWidgetItem(parent, [tick.text])
                item.setData(0, _KEY, tick.key)
                item.setToolTip(0, tick.hint)
                item.setCheckState(0, Qt.CheckState.Checked if tick.key in wanted else Qt.CheckState.Unchecked)
            parent.setExpanded(group.is_open or any(tick.key in wanted for tick in group.ticks))
        self.blockSignals(False)
        if self.topLevelItemCount():
            self.setCurrentItem(self._items()[0])

    def keys(self) -> list[Any]:
        """The keys that are ticked, in the order shown."""
        return [item.data(0, _KEY) for item in self._items() if item.checkState(0) == Qt.CheckState.Checked]

    def set_ticked(self, key: Any, ticked: bool = True) -> None:
        """Tick or clear one as the person would."""
        for item in self._items():
            if item.data(0, _KEY) == key:
                item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _items(self) -> list[QTreeWidgetItem]:
        root = self.invisibleRootItem()
        tops = [root.child(place) for place in range(root.childCount())]
        items: list[QTreeWidgetItem] = []
        for top in filter(None, tops):
            items += filter(None, (top.child(place) for place in range(top.childCount())))
            if top.data(0, _KEY) is not None:
                items.append(top)
        return items

    @Slot()
    def _on_changed(self) -> None:
        self.ticked.emit()
