"""A tree of things that can be ticked, in groups; what others bring along shows as ticked and says through whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QShowEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from erp_desktop.views.widgets import theme

_KEY: Final = Qt.ItemDataRole.UserRole
_OWN: Final = Qt.ItemDataRole.UserRole + 1
_WORDS: Final = Qt.ItemDataRole.UserRole + 2
_HEADING: Final = Qt.ItemDataRole.UserRole + 3
_ROOM_OF_BOX: Final = 12 * theme.GRID
_TICKABLE: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


def children(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """What stands below an item."""
    return list(filter(None, (item.child(place) for place in range(item.childCount()))))


def tops(tree: QTreeWidget) -> list[QTreeWidgetItem]:
    """What stands at the top level of a tree."""
    return list(filter(None, (tree.topLevelItem(place) for place in range(tree.topLevelItemCount()))))


@dataclass(frozen=True)
class Tick:
    """One thing that can be ticked; `hint` is its tool tip, `words` are further texts by which it is found."""

    key: Any
    text: str
    hint: str = ""
    words: str = ""


@dataclass(frozen=True)
class Group:
    """Things under a heading; an empty heading puts them at the top level. A closed group opens when one is ticked."""

    text: str
    ticks: Sequence[Tick]
    is_open: bool = True


class CheckTree(QTreeWidget):
    """Shows groups of ticks; Space ticks the one under the cursor. With `brought` it has room to say what comes how.

    Signals:
        ticked(): the person ticked or cleared one.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None, *, brought: bool = False) -> None:
        super().__init__(parent)
        self.setColumnCount(2 if brought else 1)
        self.setHeaderHidden(True)
        self.setIndentation(4 * theme.GRID)
        self.setUniformRowHeights(True)
        self._read_only = False
        self.itemChanged.connect(self._on_changed)

    def show_groups(self, groups: Iterable[Group], ticked: Iterable[Any]) -> None:
        """Show these groups with these keys ticked."""
        wanted = set(ticked)
        blocked = self.blockSignals(True)
        self.clear()
        for group in groups:
            parent = self.invisibleRootItem()
            if group.text:
                parent = QTreeWidgetItem(self, [group.text])
                parent.setFlags(Qt.ItemFlag.ItemIsEnabled)
                parent.setData(0, _HEADING, group.text)
                parent.setFirstColumnSpanned(True)
            for tick in group.ticks:
                item = QTreeWidgetItem(parent, [tick.text])
                item.setData(0, _KEY, tick.key)
                item.setData(0, _WORDS, f"{tick.text} {tick.hint} {tick.words}".casefold())
                item.setToolTip(0, tick.hint)
                item.setData(0, _OWN, tick.key in wanted)
                item.setCheckState(0, Qt.CheckState.Checked if tick.key in wanted else Qt.CheckState.Unchecked)
            parent.setExpanded(group.is_open or any(tick.key in wanted for tick in group.ticks))
        self.blockSignals(blocked)
        items = self._items()
        self.ensurePolished()  # else rows are measured, for all time, before they have their height
        if items:
            self.setCurrentItem(next((item for item in items if item.data(0, _OWN)), items[0]))
        if self.columnCount() > 1:
            widest = max((self.fontMetrics().horizontalAdvance(item.text(0)) for item in items), default=0)
            self.setColumnWidth(0, widest + 2 * self.indentation() + _ROOM_OF_BOX)
        self._count()

    def show_brought(self, brought: Mapping[Any, str]) -> None:
        """Show the keys that others bring along: ticked, not to be cleared, with a text that says through whom."""
        blocked = self.blockSignals(True)
        faint = QBrush(QColor(theme.tokens().muted))
        for item in self._items():
            key, own = item.data(0, _KEY), bool(item.data(0, _OWN))
            item.setText(1, brought.get(key, ""))
            item.setToolTip(1, brought.get(key, ""))
            item.setForeground(1, faint)
            item.setForeground(0, faint if key in brought and not own else QBrush())
            item.setCheckState(0, Qt.CheckState.Checked if own or key in brought else Qt.CheckState.Unchecked)
            settled = self._read_only or (key in brought and not own)
            item.setFlags(_TICKABLE & ~Qt.ItemFlag.ItemIsUserCheckable if settled else _TICKABLE)
        self.blockSignals(blocked)
        self._count()

    def set_read_only(self) -> None:
        """From now on show only what is ticked or brought along, and let nothing be ticked or cleared."""
        self._read_only = True

    def show_found(self, text: str) -> int:
        """Show only what holds every word of `text` in its name or hint, all of it for no text; how many are shown."""
        words = text.casefold().split()
        for item in self._items():
            shown = not self._read_only or item.checkState(0) == Qt.CheckState.Checked
            item.setHidden(not (shown and all(word in item.data(0, _WORDS) for word in words)))
        for group in self._groups():
            some = any(not child.isHidden() for child in children(group))
            group.setHidden(not some)
            if words and some:
                group.setExpanded(True)
        return sum(not item.isHidden() for item in self._items())

    def keys(self) -> list[Any]:
        """The keys that are ticked themselves, in the order shown; what others bring along is not among them."""
        return [item.data(0, _KEY) for item in self._items() if item.data(0, _OWN)]

    def set_ticked(self, key: Any, ticked: bool = True) -> None:
        """Tick or clear one as the person would."""
        for item in self._items():
            if item.data(0, _KEY) == key and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def texts(self) -> dict[Any, tuple[str, str, bool]]:
        """What is shown by key: its text, through whom it comes, and whether it is ticked."""
        checked = Qt.CheckState.Checked
        return {
            item.data(0, _KEY): (item.text(0), item.text(1), item.checkState(0) == checked) for item in self._items()
        }

    def _groups(self) -> list[QTreeWidgetItem]:
        return [top for top in tops(self) if top.data(0, _HEADING)]

    def _items(self) -> list[QTreeWidgetItem]:
        items: list[QTreeWidgetItem] = []
        for top in tops(self):
            items += [top] if top.data(0, _KEY) is not None else children(top)
        return items

    def _count(self) -> None:
        """Let each heading say how many of its things are ticked."""
        blocked = self.blockSignals(True)
        for group in self._groups():
            inside = children(group)
            ticked = sum(child.checkState(0) == Qt.CheckState.Checked for child in inside)
            group.setText(0, f"{group.data(0, _HEADING)}   {ticked} / {len(inside)}")
        self.blockSignals(blocked)

    def showEvent(self, event: QShowEvent) -> None:
        """Override QTreeWidget.showEvent: what was ticked first is in sight."""
        super().showEvent(event)
        current = self.currentItem()
        if current is not None:
            self.scrollToItem(current)

    @Slot(QTreeWidgetItem, int)
    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        ticked = item.checkState(0) == Qt.CheckState.Checked
        if column or item.data(0, _KEY) is None or ticked == item.data(0, _OWN):
            return
        blocked = self.blockSignals(True)
        item.setData(0, _OWN, ticked)
        self.blockSignals(blocked)
        self._count()
        self.ticked.emit()
