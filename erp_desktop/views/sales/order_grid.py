"""The grid of an order's lines: Enter goes on from a product to its quantity, states and shortages stand as chips."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.models.order_lines import SHORT
from erp_desktop.views.widgets import chips, theme
from erp_desktop.views.widgets.line_grid import LineDelegate, LineGrid

Index = QModelIndex | QPersistentModelIndex
_PRODUCT = "product"
_COVER = "cover"
_AVAILABLE = "available"


class OrderLineDelegate(LineDelegate):
    """Paints the state of a line as a chip and the stock that falls short in the colour of danger."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override LineDelegate.paint."""
        super().paint(painter, option, index)
        model = cast(LineGridModel, index.model())
        line = model.line(index.row())
        state = line.get(_COVER) if line is not None else None
        if state and model.columns[index.column()].key == _COVER:
            rect = QRectF(option.rect).adjusted(theme.GRID, 0, -theme.GRID, 0)
            painter.setFont(option.font)
            chips.paint_chip(painter, rect, wording.word(state), wording.tone(state))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Override LineDelegate.initStyleOption."""
        super().initStyleOption(option, index)
        model = cast(LineGridModel, index.model())
        key = model.columns[index.column()].key
        if key == _COVER:
            option.text = ""
        line = model.line(index.row())
        if key == _AVAILABLE and line is not None and line.get(_COVER) == SHORT:
            option.palette.setColor(option.palette.ColorRole.Text, theme.tokens().color("danger"))


class OrderGrid(LineGrid):
    """Lines of an order, entered as `product Enter quantity Enter`, line after line."""

    def __init__(self, model: LineGridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        delegate = OrderLineDelegate(self)
        delegate.leaving.connect(self._move_on)
        self.setItemDelegate(delegate)

    def _enter(self, back: bool) -> None:
        """Override LineGrid._enter: from a product that was named, on to its quantity."""
        index = self.currentIndex()
        line = self.grid_model().line(index.row())
        is_product = self.grid_model().columns[index.column()].key == _PRODUCT
        if is_product and not back and line is not None and line.get(_PRODUCT):
            self._tab(back=False)
        else:
            super()._enter(back)
