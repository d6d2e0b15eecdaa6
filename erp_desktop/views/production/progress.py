"""Paints how far a quantity is as a bar with its figures, in a cell or in a card."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from erp_desktop.services.listing import text_of
from erp_desktop.views.widgets import theme

PROGRESS_ROLE = Qt.ItemDataRole.UserRole + 20
BAR = 6
FIGURES = 84


@dataclass(frozen=True)
class Progress:
    """Good and scrapped pieces out of all."""

    done: Decimal
    scrap: Decimal
    whole: Decimal

    def text(self) -> str:
        """The figures: done of all."""
        qty = text_of("qty")
        return f"{qty(self.done)} / {qty(self.whole)}"


def paint_progress(painter: QPainter, rect: QRectF, progress: Progress) -> None:
    """Paint the bar into `rect`: good pieces, then scrapped ones, on a quiet ground."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color("neutral_soft"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    whole = progress.whole or Decimal(1)
    done = rect.width() * float(min(progress.done / whole, Decimal(1)))
    scrap = rect.width() * float(min(progress.scrap / whole, Decimal(1)))
    if done > 0:
        painter.setBrush(tokens.color("success"))
        painter.drawRoundedRect(QRectF(rect.x(), rect.y(), done, rect.height()), rect.height() / 2, rect.height() / 2)
    if scrap > 0:
        painter.setBrush(tokens.color("danger"))
        painter.drawRoundedRect(
            QRectF(rect.x() + done, rect.y(), scrap, rect.height()), rect.height() / 2, rect.height() / 2
        )
    painter.restore()


class ProgressDelegate(QStyledItemDelegate):
    """Paints a cell that holds a Progress under PROGRESS_ROLE: the figures, and the bar beside them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Override QStyledItemDelegate.paint."""
        progress = index.data(PROGRESS_ROLE)
        if not isinstance(progress, Progress):
            super().paint(painter, option, index)
            return
        rect = QRectF(option.rect)
        tokens = theme.tokens()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, tokens.color("selection"))
        painter.setPen(tokens.color("on_selection" if selected else "text"))
        figures = QRectF(rect.x() + 6, rect.y(), FIGURES, rect.height())
        painter.drawText(figures, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, progress.text())
        room = rect.width() - FIGURES - 20
        if room > 24:
            bar = QRectF(figures.right() + 6, rect.center().y() - BAR / 2, room, BAR)
            paint_progress(painter, bar, progress)
