"""Paints the rows of a long table whole: one pass over what is seen, texts measured once, no delegate, no data()."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLine, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap

from erp_desktop.models import columns as wording
from erp_desktop.models.listing import Row
from erp_desktop.services.listing import NUMBER_KINDS, Column
from erp_desktop.views.widgets import chips, theme

if TYPE_CHECKING:
    from erp_desktop.views.widgets.table_view import TableView

PADDING: Final = 8
BAR_HEIGHT: Final = 8
_BAR_PARTS: Final = (70, 45, 85, 60)
"""Placeholder bars in per cent of their column, in turn, so that they look like text to come."""

_TEXTS_KEPT: Final = 20_000
_CHIPS_KEPT: Final = 400


@dataclass(frozen=True)
class _Slot:
    """A column as it stands in the frame being painted."""

    place: int
    column: Column
    left: int
    width: int


@dataclass(frozen=True)
class _Line:
    """A row as it stands in the frame being painted; `row` is None while it is on its way."""

    index: int
    top: int
    row: Row | None
    selected: bool


class CutTexts:
    """Texts cut to a width, with the width they take: measuring costs more than painting, so it is done once."""

    def __init__(self, font: QFont) -> None:
        self._metrics = QFontMetrics(font)
        self._characters: dict[str, int] = {}
        self._cut: dict[tuple[str, int], tuple[str, int]] = {}

    def cut(self, text: str, room: int) -> tuple[str, int]:
        """The text as it fits into `room` pixels, and its width."""
        found = self._cut.get((text, room))
        if found is None:
            if len(self._cut) > _TEXTS_KEPT:
                self._cut.clear()
            found = self._cut[text, room] = self._measure(text, room)
        return found

    def _measure(self, text: str, room: int) -> tuple[str, int]:
        widths = self._characters
        total = 0
        for character in text:
            width = widths.get(character)
            if width is None:
                width = widths[character] = self._metrics.horizontalAdvance(character)
            total += width
            if total > room:
                elided = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
                return elided, self._metrics.horizontalAdvance(elided)
        return text, total


class RowPainter:
    """Paints a TableView's rows with the tokens of the theme. Ask `forget` when font or theme changed."""

    def __init__(self, view: TableView) -> None:
        self._view = view
        self._chips: dict[tuple[str, str, int], QPixmap] = {}
        self.forget()

    def forget(self) -> None:
        """Throw away what was measured and drawn ahead."""
        self._texts = CutTexts(self._view.font())
        self._chips.clear()

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Paint the part `rect` of the viewport."""
        painter.setFont(self._view.font())
        lines = self._lines(rect)
        slots = self._slots(rect)
        self._paint_grounds(painter, lines, 0, self._view.viewport().width())
        self._paint_cells(painter, lines, slots)
        self._paint_grid(painter, lines, slots)
        frozen = self._frozen_slot()
        if frozen is not None:
            self._paint_frozen(painter, lines, frozen)
        self._paint_focus(painter, lines)

    def paint_placeholders(self, painter: QPainter, rect: QRect) -> None:
        """Paint a screen of bars for a list whose first page is on its way."""
        height = self._view.row_height()
        tops = range(0, self._view.viewport().height(), height)
        lines = [_Line(index, top, None, False) for index, top in enumerate(tops)]
        slots = self._slots(rect)
        self._paint_cells(painter, lines, slots)
        self._paint_grid(painter, lines, slots)

    def _lines(self, rect: QRect) -> list[_Line]:
        view, model = self._view, self._view.list_model()
        first = view.rowAt(max(0, rect.top()))
        if first < 0:
            return []
        last = view.rowAt(rect.bottom())
        last = model.rowCount() - 1 if last < 0 else last
        top, height = view.rowViewportPosition(first), view.row_height()
        selected = view.selected_among(first, last)
        return [
            _Line(row, top + at * height, None if view.waiting else model.row(row), row in selected)
            for at, row in enumerate(range(first, last + 1))
        ]

    def _slots(self, rect: QRect) -> list[_Slot]:
        header, columns = self._view.header(), self._view.list_model().columns
        slots = []
        for section in header.visible_sections():
            left, width = header.sectionViewportPosition(section), header.sectionSize(section)
            if left <= rect.right() and left + width > rect.left():
                slots.append(_Slot(section, columns[section], left, width))
        return slots

    def _frozen_slot(self) -> _Slot | None:
        header = self._view.header()
        width = header.overlay_width()
        if not width:
            return None
        section = header.visible_sections()[0]
        return _Slot(section, self._view.list_model().columns[section], 0, width)

    def _paint_grounds(self, painter: QPainter, lines: Sequence[_Line], left: int, width: int) -> None:
        tokens, height = theme.tokens(), self._view.row_height()
        stripe, selection = tokens.color("stripe"), tokens.color("selection")
        for line in lines:
            if line.selected:
                painter.fillRect(left, line.top, width, height, selection)
            elif line.index & 1:
                painter.fillRect(left, line.top, width, height, stripe)

    def _paint_cells(self, painter: QPainter, lines: Sequence[_Line], slots: Sequence[_Slot]) -> None:
        tokens = theme.tokens()
        there = [line for line in lines if line.row is not None and not line.row.message]
        self._paint_bars(painter, [line for line in lines if line.row is None], slots)
        for selected, color in ((False, tokens.color("text")), (True, tokens.color("on_selection"))):
            group = [line for line in there if line.selected is selected]
            for slot in slots if group else ():
                painter.setPen(color)
                self._paint_column(painter, group, slot)
        self._paint_messages(painter, [line for line in lines if line.row is not None and line.row.message])

    def _paint_column(self, painter: QPainter, lines: Sequence[_Line], slot: _Slot) -> None:
        if wording.is_chip(slot.column):
            self._paint_chips(painter, lines, slot)
            return
        room, place, cut, draw = slot.width - 2 * PADDING, slot.place, self._texts.cut, painter.drawText
        left, baseline = slot.left + PADDING, self._baseline()
        spare = {"flag": 0.5}.get(slot.column.kind, float(slot.column.kind in NUMBER_KINDS))
        for line in lines:
            text = line.row.texts[place] if line.row is not None else ""
            if text:
                shown, width = cut(text, room)
                draw(left + int((room - width) * spare), line.top + baseline, shown)

    def _paint_chips(self, painter: QPainter, lines: Sequence[_Line], slot: _Slot) -> None:
        height, room = self._view.row_height(), slot.width - PADDING
        for line in lines:
            if line.row is not None and line.row.texts[slot.place]:
                code = str(line.row.values[slot.place])
                chip = self._chip(line.row.texts[slot.place], wording.tone(code), room)
                painter.drawPixmap(slot.left + PADDING // 2, line.top + (height - chips.HEIGHT) // 2, chip)

    def _chip(self, text: str, tone: wording.Tone, room: int) -> QPixmap:
        key = (text, tone.value, room)
        chip = self._chips.get(key)
        if chip is None:
            if len(self._chips) > _CHIPS_KEPT:
                self._chips.clear()
            chip = self._chips[key] = self._draw_chip(text, tone, room)
        return chip

    def _draw_chip(self, text: str, tone: wording.Tone, room: int) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        width = max(1, min(room, chips.chip_width(text, self._view.font())))
        chip = QPixmap(round(width * ratio), round(chips.HEIGHT * ratio))
        chip.setDevicePixelRatio(ratio)
        chip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(chip)
        painter.setFont(self._view.font())
        chips.paint_chip(painter, QRectF(0, 0, width, chips.HEIGHT), text, tone)
        painter.end()
        return chip

    def _paint_bars(self, painter: QPainter, lines: Sequence[_Line], slots: Sequence[_Slot]) -> None:
        color, top = theme.tokens().color("placeholder_bar"), (self._view.row_height() - BAR_HEIGHT) // 2
        for slot in slots:
            room = slot.width - 2 * PADDING
            for line in lines:
                width = room * _BAR_PARTS[(line.index + slot.place) % len(_BAR_PARTS)] // 100
                left = slot.left + PADDING + (room - width if slot.column.kind in NUMBER_KINDS else 0)
                painter.fillRect(left, line.top + top, width, BAR_HEIGHT, color)

    def _paint_messages(self, painter: QPainter, lines: Sequence[_Line]) -> None:
        painter.setPen(theme.tokens().color("faint"))
        room, baseline = self._view.viewport().width() - 2 * PADDING, self._baseline()
        for line in lines:
            if line.row is not None:
                painter.drawText(PADDING, line.top + baseline, self._texts.cut(line.row.message, room)[0])

    def _paint_grid(self, painter: QPainter, lines: Sequence[_Line], slots: Sequence[_Slot]) -> None:
        if not lines or not self._view.showGrid():
            return
        painter.setPen(theme.tokens().color("line"))
        height, width = self._view.row_height(), self._view.viewport().width()
        bottoms = [line.top + height - 1 for line in lines]
        grid = [QLine(0, bottom, width, bottom) for bottom in bottoms]
        rights = [slot.left + slot.width - 1 for slot in slots]
        grid += [QLine(right, lines[0].top, right, bottoms[-1]) for right in rights]
        painter.drawLines(grid)

    def _paint_frozen(self, painter: QPainter, lines: Sequence[_Line], slot: _Slot) -> None:
        if not lines:
            return
        tokens, height = theme.tokens(), self._view.row_height()
        bottom = lines[-1].top + height
        painter.fillRect(0, lines[0].top, slot.width, bottom - lines[0].top, tokens.color("panel"))
        self._paint_grounds(painter, lines, 0, slot.width)
        self._paint_cells(painter, [line for line in lines if line.row is None or not line.row.message], [slot])
        self._paint_grid(painter, lines, [slot])
        painter.setPen(tokens.color("line_strong"))
        painter.drawLine(slot.width - 1, lines[0].top, slot.width - 1, bottom - 1)

    def _paint_focus(self, painter: QPainter, lines: Sequence[_Line]) -> None:
        """A frame around the current row while the table has the keyboard."""
        current = self._view.currentIndex().row()
        if not self._view.hasFocus() or not lines or not lines[0].index <= current <= lines[-1].index:
            return
        painter.setPen(QColor(theme.tokens().accent))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top = lines[current - lines[0].index].top
        painter.drawRect(0, top, self._view.viewport().width() - 1, self._view.row_height() - 1)

    def _baseline(self) -> int:
        metrics = self._view.fontMetrics()
        return (self._view.row_height() - metrics.height()) // 2 + metrics.ascent()
