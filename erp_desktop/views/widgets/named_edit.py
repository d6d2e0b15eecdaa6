"""Fields that show a record by name and code: where there is little room the name is cut, the code never."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton, QWidget

from erp_desktop.views.widgets import theme

_INSET = 2
"""What a QLineEdit itself leaves free beside its text."""
_BESIDE_BUTTON = 10
"""And at least what it leaves free left of a button."""


def name_and_code(name: str, code: str) -> str:
    """Both as fields show them."""
    return "  ".join(filter(None, (name, code)))


def shortened(edit: QLineEdit, name: str, code: str) -> str:
    """What is painted in place of name and code: the name cut where it must be; empty where both have room."""
    whole, room, metrics = name_and_code(name, code), text_room(edit).width(), edit.fontMetrics()
    if not name or edit.hasFocus() or edit.text() != whole or metrics.horizontalAdvance(whole) <= room:
        return ""
    for_name = room - metrics.horizontalAdvance(name_and_code("", f"  {code}"))
    return name_and_code(metrics.elidedText(name, Qt.TextElideMode.ElideRight, max(0, for_name)), code)


def text_room(edit: QLineEdit) -> QRect:
    """Where the text of the field stands: between its edges, and left of its buttons."""
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    room = edit.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, edit)
    for button in edit.findChildren(QToolButton):
        if button.isVisibleTo(edit):
            room.setRight(min(room.right(), button.x() - _BESIDE_BUTTON))
    return room.adjusted(_INSET, 0, -_INSET, 0)


def paint_shortened(edit: QLineEdit, text: str) -> None:
    """Paint the field with another text than its own."""
    option = QStyleOptionFrame()
    edit.initStyleOption(option)
    painter = QPainter(edit)
    edit.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, edit)
    is_open = edit.isEnabled() and not edit.isReadOnly()
    painter.setPen(theme.tokens().color("text" if is_open else "muted"))
    painter.drawText(text_room(edit), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.end()


class NamedEdit(QLineEdit):
    """Tells of a record that can't be chosen here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self._name = self._code = ""

    def show_record(self, name: str, code: str) -> None:
        """Show a record."""
        self._name, self._code = name, code
        self.setText(name_and_code(name, code))
        self.setCursorPosition(0)
        self.setToolTip(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QLineEdit.paintEvent."""
        short = shortened(self, self._name, self._code)
        if short:
            paint_shortened(self, short)
        else:
            super().paintEvent(event)
