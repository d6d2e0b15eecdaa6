"""A QR code, drawn black on white whatever the colours of the program: cameras want it so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

SIDE = 204
QUIET_ZONE = 4
"""Empty modules around the code, as ISO/IEC 18004 wants them."""


class QrCode(QWidget):
    """Shows the modules of a code; empty until they are there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: Sequence[Sequence[bool]] = ()
        self.setFixedSize(SIDE, SIDE)

    def show_modules(self, modules: Sequence[Sequence[bool]]) -> None:
        """Draw these rows of dark and light modules."""
        self._modules = modules
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self._modules:
            module = SIDE // (len(self._modules) + 2 * QUIET_ZONE)  # whole pixels: edges stay sharp
            start = (SIDE - module * len(self._modules)) / 2
            for y, row in enumerate(self._modules):
                for x, dark in enumerate(row):
                    if dark:
                        place = QRectF(start + x * module, start + y * module, module, module)
                        painter.fillRect(place, Qt.GlobalColor.black)
        painter.end()


def modules_of(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of a QR code that says `text`."""
    import segno

    return tuple(tuple(bool(module) for module in row) for row in segno.make_qr(text, error="m").matrix)
