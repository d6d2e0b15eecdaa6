"""The operations of a work centre as large rows that can be read from a step away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from erp_desktop.models import i18n
from erp_desktop.services import clock
from erp_desktop.services.listing import text_of
from erp_desktop.services.production import ShopOperation
from erp_desktop.views.production.progress import Progress, paint_progress
from erp_desktop.views.widgets import theme

ROW = 84
OPERATION_ROLE = Qt.ItemDataRole.UserRole
FIGURE = 132
MARGIN = 14
LEAST_WIDTH = 400
Index = QModelIndex | QPersistentModelIndex


def said(text_zh: str, text_en: str) -> str:
    """The text in the language in use, the other one where it is missing."""
    return (text_zh or text_en) if i18n.language() == "zh_CN" else (text_en or text_zh)


class OperationList(QListWidget):
    """Operations with pieces to work on, then those that still wait for pieces.

    Signals:
        chosen(): Enter or a double click on an operation.
        typed(text): a digit was typed: the person begins with the quantity.
    """

    chosen = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_OperationDelegate(self))
        self.setMinimumWidth(LEAST_WIDTH)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda _item: self.chosen.emit())

    def show_operations(self, operations: Sequence[ShopOperation]) -> None:
        """Show these; the selected one stays selected, else the first is."""
        kept, scrolled = self.operation(), self.verticalScrollBar().value()
        blocked = self.blockSignals(True)
        self.clear()
        for each in operations:
            item = QListWidgetItem(self._words(each), self)
            item.setData(OPERATION_ROLE, each)
            if kept is not None and each.id == kept.id:
                self.setCurrentItem(item)
        self.blockSignals(blocked)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)
        else:
            self.currentItemChanged.emit(self.currentItem(), None)
            self.verticalScrollBar().setValue(scrolled)

    def operation(self) -> ShopOperation | None:
        """The operation that is stood on."""
        item = self.currentItem()
        found = item.data(OPERATION_ROLE) if item is not None and not item.isHidden() else None
        return found if isinstance(found, ShopOperation) else None

    def show_matching(self, text: str) -> int:
        """Hide what neither number, product nor operation says `text`; how many are left, the first is stood on."""
        wanted = text.strip().casefold()
        first, count = None, 0
        for place in range(self.count()):
            item = self.item(place)
            fits = wanted in item.text().casefold()
            item.setHidden(not fits)
            count += fits
            first = item if fits and first is None else first
        current = self.currentItem()
        if first is not None and (current is None or current.isHidden()):
            self.setCurrentItem(first)
        return count

    def _words(self, each: ShopOperation) -> str:
        """What the row says: for screen readers, and for what finds it."""
        name, product = said(each.name_zh, each.name_en), said(each.product_zh, each.product_en)
        todo = self.tr("{count} to do").format(count=text_of("qty")(each.open_qty))
        return f"{each.work_order_number} {each.code} {product} {name} {todo}"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QListWidget.keyPressEvent: digits go into the quantity, Enter to it."""
        text = event.text()
        if text.isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class _OperationDelegate(QStyledItemDelegate):
    """Paints one operation: product and operation at the left, the pieces to do at the right, a bar below."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Override QStyledItemDelegate.paint."""
        each = index.data(OPERATION_ROLE)
        if not isinstance(each, ShopOperation):
            return
        tokens = theme.tokens()
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(option.rect, tokens.color("selection"))
            painter.fillRect(QRectF(rect.x(), rect.y(), 4, rect.height()), tokens.color("accent"))
        painter.fillRect(QRectF(rect.x(), rect.bottom() - 1, rect.width(), 1), tokens.color("line"))
        room = QRectF(rect.x() + MARGIN, rect.y() + 8, rect.width() - 2 * MARGIN - FIGURE, rect.height() - 16)
        self._paint_words(painter, room, each, option.font)
        figure = QRectF(room.right(), rect.y() + 8, FIGURE, rect.height() - 16)
        self._paint_figure(painter, figure, each, option.font)
        bar = QRectF(room.x(), rect.bottom() - 13, rect.width() - 2 * MARGIN, 5)
        paint_progress(painter, bar, Progress(each.done_qty, each.scrap_qty, each.qty))
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRectF, each: ShopOperation, font: QFont) -> None:
        tokens = theme.tokens()
        late = each.due_on < clock.today()
        dim = "muted" if each.open_qty <= 0 else "text"
        painter.setFont(_sized(font, 16, bold=True))
        painter.setPen(tokens.color(dim))
        _line(painter, QRectF(room.x(), room.y(), room.width(), 24), said(each.product_zh, each.product_en))
        painter.setFont(_sized(font, 14))
        name = said(each.name_zh, each.name_en)
        left = f"{name}    {each.work_order_number}    {each.code}"
        due = self.tr("due {day}").format(day=each.due_on.isoformat())
        second = QRectF(room.x(), room.y() + 26, room.width(), 22)
        painter.setPen(tokens.color("muted"))
        _line(painter, second.adjusted(0, 0, -150, 0), left)
        painter.setPen(tokens.color("danger" if late else "muted"))
        painter.drawText(second, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, due)

    def _paint_figure(self, painter: QPainter, room: QRectF, each: ShopOperation, font: QFont) -> None:
        tokens = theme.tokens()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        top, below = QRectF(room.x(), room.y() - 2, room.width(), 30), QRectF(room.x(), room.y() + 26, room.width(), 22)
        if each.open_qty > 0:
            painter.setFont(_sized(font, 24, bold=True))
            painter.setPen(tokens.color("accent_text"))
            painter.drawText(top, right, text_of("qty")(each.open_qty))
        painter.setFont(_sized(font, 13))
        painter.setPen(tokens.color("muted"))
        words = self.tr("to do") if each.open_qty > 0 else self.tr("waits for pieces")
        painter.drawText(below, right, words)


def _sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    made = QFont(font)
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def _line(painter: QPainter, room: QRectF, text: str) -> None:
    """One line of text, cut with an ellipsis."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
