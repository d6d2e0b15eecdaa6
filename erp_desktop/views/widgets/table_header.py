"""The header of long tables: columns are moved, sized, sorted by, hidden, frozen, and kept per person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from erp_desktop.models import settings
from erp_desktop.models.settings import Setting
from erp_desktop.services.listing import Column
from erp_desktop.views.widgets import icons

LayoutSetting: TypeAlias = Setting[dict[str, object]]

NARROWEST: Final = 40
ARROW: Final = 14
RIGHT: Final = Qt.AlignmentFlag.AlignRight.value


@dataclass(frozen=True)
class ColumnLayout:
    """Where one column stands (by its place in the list of layouts), how wide it is and whether it shows."""

    key: str
    width: int
    hidden: bool = False


class ListHeader(QHeaderView):
    """A horizontal header that can keep its first visible column in place while the others scroll.

    Signals:
        layout_changed(): a column was moved, sized, hidden, shown or frozen by anybody.
    """

    layout_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._frozen = False
        self._pressed_frozen = False
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST)
        self.setStretchLastSection(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionMoved.connect(self.layout_changed)
        self.sectionResized.connect(self.layout_changed)

    @property
    def frozen(self) -> bool:
        """Whether the first visible column stays in place."""
        return self._frozen

    def freeze(self, frozen: bool) -> None:
        """Keep the first visible column in place, or let it scroll with the others."""
        if frozen != self._frozen:
            self._frozen = frozen
            self.viewport().update()
            self.layout_changed.emit()

    def visible_sections(self) -> list[int]:
        """The logical indexes of the columns that show, from left to right."""
        ordered = (self.logicalIndex(at) for at in range(self.count()))
        return [section for section in ordered if not self.isSectionHidden(section)]

    def overlay_width(self) -> int:
        """How many pixels at the left the frozen column covers at present."""
        visible = self.visible_sections() if self._frozen and self.offset() > 0 else []
        return self.sectionSize(visible[0]) if visible else 0

    def layouts(self, columns: Sequence[Column]) -> list[ColumnLayout]:
        """The columns as they stand now, from left to right."""
        ordered = [self.logicalIndex(at) for at in range(self.count())]
        return [
            ColumnLayout(columns[each].key, self._own_width(each, columns[each]), self.isSectionHidden(each))
            for each in ordered
        ]

    def arrange(self, columns: Sequence[Column], layouts: Sequence[ColumnLayout]) -> None:
        """Place the columns as `layouts` says; columns it does not know keep their own width at the end."""
        places = {column.key: at for at, column in enumerate(columns)}
        known = [layout for layout in layouts if layout.key in places]
        named = {layout.key for layout in known}
        known += [self._first_layout(at, each) for at, each in enumerate(columns) if each.key not in named]
        if all(layout.hidden for layout in known):
            known = [self._first_layout(at, column) for at, column in enumerate(columns)]
        for target, layout in enumerate(known):
            section = places[layout.key]
            self.moveSection(self.visualIndex(section), target)
            self.setSectionHidden(section, layout.hidden)
            if not layout.hidden:
                self.resizeSection(section, layout.width)
        self.layout_changed.emit()

    def _first_layout(self, section: int, column: Column) -> ColumnLayout:
        """A column as the list itself wants it, but never narrower than its title in this language and its arrow."""
        wanted = initial_layout(column)
        return replace(wanted, width=max(wanted.width, self.sectionSizeHint(section) + ARROW))

    def _own_width(self, section: int, column: Column) -> int:
        """A section's width, but not the one that it has only because it fills the rest of the table."""
        visible = self.visible_sections()
        if self.isSectionHidden(section) or (visible and visible[-1] == section):
            return column.width
        return self.sectionSize(section)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Override QHeaderView.paintSection: an arrow shows by which column and which way the rows are sorted."""
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section != self.sortIndicatorSection() or rect.width() < 3 * ARROW:
            return
        down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        on_right = self.model().headerData(section, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) & RIGHT
        left = rect.left() + 4 if on_right else rect.right() - ARROW - 4
        place = QRectF(left, rect.center().y() - ARROW / 2 + 1, ARROW, ARROW)
        icons.paint(painter, "chevron-down" if down else "chevron-up", "accent_text", place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QHeaderView.paintEvent: the frozen column is painted over what scrolled below it."""
        super().paintEvent(event)
        width = self.overlay_width()
        if width:
            painter = QPainter(self.viewport())
            self.paintSection(painter, QRect(0, 0, width, self.height()), self.visible_sections()[0])
            painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Override QHeaderView.mousePressEvent: a press on the frozen column is not one on what lies below it."""
        self._pressed_frozen = event.position().x() < self.overlay_width()
        if not self._pressed_frozen:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Override QHeaderView.mouseReleaseEvent."""
        if self._pressed_frozen:
            self._pressed_frozen = False
            self.sectionClicked.emit(self.visible_sections()[0])
        else:
            super().mouseReleaseEvent(event)


def initial_layout(column: Column) -> ColumnLayout:
    """A column as the list itself wants it."""
    return ColumnLayout(column.key, column.width, column.hidden_by_default)


def keep_layout(setting: LayoutSetting, layouts: Sequence[ColumnLayout], frozen: bool) -> None:
    """Remember how a person arranged a table."""
    kept = settings.read(setting)
    columns = [[each.key, each.width, each.hidden] for each in layouts]
    settings.write(setting, {**kept, "columns": columns, "frozen": frozen})


def kept_layout(setting: LayoutSetting) -> tuple[list[ColumnLayout], bool]:
    """What `keep_layout` remembered; no columns when there is nothing, or nothing that can be understood."""
    kept: dict[str, Any] = settings.read(setting)
    try:
        layouts = [ColumnLayout(str(key), int(width), bool(hidden)) for key, width, hidden in kept.get("columns", [])]
    except (ValueError, TypeError):
        return [], False
    return layouts, bool(kept.get("frozen", False))
