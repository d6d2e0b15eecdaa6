"""State chips: a word on a coloured ground, as a widget and as something that a table paints."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from erp_desktop.models.columns import Tone
from erp_desktop.views.widgets import theme

HEIGHT = 22
PADDING = 10


def chip_font(base: QFont) -> QFont:
    """The font of a chip beside text in `base`."""
    font = QFont(base)
    font.setPixelSize(max(11, base.pixelSize() - 1) if base.pixelSize() > 0 else 12)
    font.setBold(True)
    return font


def chip_width(text: str, base: QFont) -> int:
    """The width in pixels that a chip with `text` needs."""
    return QFontMetrics(chip_font(base)).horizontalAdvance(text) + 2 * PADDING


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: Tone) -> None:
    """Paint a chip at the left of `rect`, in its vertical middle, cut to its width; uses the painter's font."""
    tokens = theme.tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    base = painter.font()
    painter.setFont(chip_font(base))
    width = min(float(chip_width(text, base)), rect.width())
    height = min(float(HEIGHT), rect.height())
    ground = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(f"{tone.value}_soft"))
    painter.drawRoundedRect(ground, height / 2, height / 2)
    painter.setPen(tokens.color(tone.value))
    room = int(width) - 2 * PADDING + 1
    painter.drawText(
        ground,
        Qt.AlignmentFlag.AlignCenter,
        painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room),
    )
    painter.restore()


class Chip(QLabel):
    """One state as a chip; screen readers read its word."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def tone(self) -> Tone:
        """The tone it is painted in."""
        return self._tone

    def show_state(self, text: str, tone: Tone) -> None:
        """Show another state; an empty text hides the chip."""
        self._tone = tone
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Override QLabel.sizeHint."""
        return QSize(chip_width(self.text(), self.font()), HEIGHT + 2)

    def minimumSizeHint(self) -> QSize:
        """Override QLabel.minimumSizeHint."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QLabel.paintEvent."""
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_chip(painter, QRectF(self.rect()), self.text(), self._tone)
        painter.end()
