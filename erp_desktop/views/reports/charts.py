"""Charts in the look of the product; pyqtgraph is imported only when a chart is made, it costs most of a second."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.views.widgets import theme

BAR = 0.72
ROW = 30
"""Height in pixels of one bar of a ranking."""
NAMES = 150.0
"""Width in pixels for the names of a ranking."""


class Chart(QWidget):
    """Base of the charts: one pyqtgraph plot without menus, mouse or keyboard traps, redrawn when the theme changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import pyqtgraph

        self._pyqtgraph = pyqtgraph
        self._plot: Any = pyqtgraph.PlotWidget(self)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.hideButtons()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._plot)
        theme.state.switched.connect(self._redraw)

    def say(self, text: str) -> None:
        """Tell screen readers in one sentence what the chart shows."""
        self.setAccessibleName(text)

    @Slot()
    def _redraw(self) -> None:
        tokens = theme.tokens()
        self._plot.setBackground(tokens.panel)
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(tokens.line)
            axis.setTextPen(tokens.muted)
            axis.setStyle(tickFont=theme.base_font(), tickLength=0)
        self._plot.clear()
        self._draw(tokens)

    def _draw(self, tokens: theme.Tokens) -> None:
        """Add the items of the chart to the empty plot."""


class DayBars(Chart):
    """One bar a day; Mondays are named below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[dt.date, ...] = ()
        self._values: tuple[float, ...] = ()
        self._plot.showGrid(y=True, alpha=0.15)
        self._redraw()

    def show_days(self, days: Sequence[dt.date], values: Sequence[float]) -> None:
        """Show a value for each of the consecutive `days`."""
        self._days, self._values = tuple(days), tuple(values)
        self._redraw()

    def _draw(self, tokens: theme.Tokens) -> None:
        """Override Chart._draw."""
        positions = list(range(len(self._days)))
        self._plot.addItem(
            self._pyqtgraph.BarGraphItem(
                x=positions, height=self._values, width=BAR, brush=tokens.accent, pen=tokens.accent
            )
        )
        mondays = [place for place in positions if self._days[place].weekday() == 0]
        step = max(1, len(mondays) // 8)
        ticks = [(place, self._days[place].strftime("%m-%d")) for place in mondays[::step]]
        self._plot.getAxis("bottom").setTicks([ticks])
        self._plot.getAxis("left").enableAutoSIPrefix(False)
        marks = round_marks(max(self._values, default=0.0))
        self._plot.getAxis("left").setTicks([[(mark, _short(mark)) for mark in marks]])
        self._plot.setXRange(-0.6, max(1, len(positions)) - 0.4, padding=0)
        self._plot.setYRange(0, marks[-1] * 1.02, padding=0)


class RankedBars(Chart):
    """Named values, the greatest first, each with its figure at the end of its bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, float, str], ...] = ()
        self._redraw()

    def show_rows(self, rows: Sequence[tuple[str, float, str]]) -> None:
        """Show `(name, value, figure)` from top to bottom."""
        self._rows = tuple(rows)
        self.setMinimumHeight(ROW * max(1, len(self._rows)) + 2 * theme.GRID)
        self._redraw()

    def _draw(self, tokens: theme.Tokens) -> None:
        """Override Chart._draw."""
        places = list(range(len(self._rows)))
        values = [value for _name, value, _figure in self._rows]
        top = max(values, default=0.0) or 1.0
        self._plot.addItem(
            self._pyqtgraph.BarGraphItem(
                x0=0, y=places, height=0.56, width=values, brush=tokens.accent, pen=tokens.accent
            )
        )
        for place, (_name, value, figure) in zip(places, self._rows, strict=True):
            label = self._pyqtgraph.TextItem(figure, color=tokens.text, anchor=(0, 0.5))
            label.setFont(theme.base_font())
            label.setPos(value + top * 0.01, place)
            self._plot.addItem(label)
        self._name_rows(places)
        self._plot.setXRange(0, top / (1 - self._figure_share()), padding=0)
        self._plot.setYRange(-0.6, max(1, len(places)) - 0.4, padding=0)
        self._plot.getViewBox().invertY(True)

    def _figure_share(self) -> float:
        """Which part of the plot's width the widest figure needs beside its bar."""
        metrics = QFontMetricsF(theme.base_font())
        widest = max((metrics.horizontalAdvance(figure) for _name, _value, figure in self._rows), default=0.0)
        room = max(1.0, self.width() - NAMES - 4 * theme.GRID)
        return min(0.6, (widest + 6 * theme.GRID) / room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: the figures need another part of the width."""
        super().resizeEvent(event)
        self._redraw()

    def _name_rows(self, places: Sequence[int]) -> None:
        metrics = QFontMetricsF(theme.base_font())
        room = NAMES
        names = [metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name, _value, _figure in self._rows]
        axis = self._plot.getAxis("left")
        axis.setTicks([list(zip(places, names, strict=True))])
        axis.setWidth(room + 4 * theme.GRID)
        axis.setPen(None)
        self._plot.hideAxis("bottom")


def round_marks(top: float) -> list[float]:
    """Three to six evenly spaced round numbers from 0 to the first that is not below `top`."""
    rough = max(top, 1.0) / 5
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough)
    return [step * place for place in range(math.ceil(max(top, 1.0) / step) + 1)]


def _short(value: float) -> str:
    """An amount on an axis: 0, 950, 12k, 3.4M."""
    for limit, word in ((1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:.3g}{word}"
    return f"{value:.0f}"
