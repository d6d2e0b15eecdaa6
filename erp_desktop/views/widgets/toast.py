"""Short messages at the lower edge, where no page has its buttons; what went wrong stays until it is closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QEnterEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from erp_desktop.models.bridge import MessageKind
from erp_desktop.views.widgets import forms, icons, theme

WIDTH = 380
BUTTON = 28
MARGIN = 16 * theme.GRID
"""Above the lower edge: a message leaves the buttons of a document free."""
MOST_SHOWN = 4
STAYS_MS = {MessageKind.INFO: 5000, MessageKind.SUCCESS: 4000, MessageKind.WARNING: 10000, MessageKind.ERROR: 0}
"""How long a message of each kind stays; 0 until it is closed."""
ICONS = {
    MessageKind.INFO: "info",
    MessageKind.SUCCESS: "check",
    MessageKind.WARNING: "warning",
    MessageKind.ERROR: "error",
}
TONES = {
    MessageKind.INFO: "info",
    MessageKind.SUCCESS: "success",
    MessageKind.WARNING: "warning",
    MessageKind.ERROR: "danger",
}


class FloatingCard(QWidget):
    """A card that lies over the page, with a coloured edge; give it a layout through `content`."""

    def __init__(self, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = tone
        self.content = QHBoxLayout(self)
        self.content.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID)
        self.content.setSpacing(2 * theme.GRID)
        self.setFixedWidth(WIDTH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(tokens.color("line_strong"), 1))
        painter.setBrush(tokens.color("panel"))
        painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(self._tone))
        painter.drawRoundedRect(QRectF(4, 8, 3, self.height() - 16), 1.5, 1.5)
        painter.end()


class Toast(FloatingCard):
    """One message with a button to close it, and one to copy it when it tells of a failure."""

    def __init__(self, kind: MessageKind, text: str, parent: QWidget) -> None:
        super().__init__(TONES[kind], parent)
        self.kind = kind
        self.text = text
        self._picture = QLabel(self)
        self._picture.setFixedHeight(BUTTON)
        self._words = QLabel(text, self)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = forms.tool_button("copy", self)
        self._copy.setVisible(kind in (MessageKind.ERROR, MessageKind.WARNING))
        self._copy.clicked.connect(self._copy_text)
        self._close = forms.tool_button("cross", self)
        self._close.clicked.connect(self.deleteLater)
        top = Qt.AlignmentFlag.AlignTop
        self.content.addWidget(self._picture, 0, top)
        self.content.addWidget(self._words, 1)
        self.content.addWidget(self._copy, 0, top)
        self.content.addWidget(self._close, 0, top)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS[kind])
        self._timer.timeout.connect(self.deleteLater)
        theme.state.switched.connect(self._tint)
        self._tint()
        self.retranslate()
        self.restart()

    def restart(self) -> None:
        """Count the time again from now."""
        if STAYS_MS[self.kind]:
            self._timer.start()

    def retranslate(self) -> None:
        """Name the buttons anew; the message itself stays as it was said."""
        forms.name_control(self._close, self.tr("Close this message"))
        forms.name_control(self._copy, self.tr("Copy this message"))

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(icons.pixmap(ICONS[self.kind], self._tone, 18, self.devicePixelRatioF()))

    @Slot()
    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Override QWidget.enterEvent: a message does not go while it is pointed at."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Override QWidget.leaveEvent."""
        super().leaveEvent(event)
        self.restart()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Overlay(QWidget):
    """The column of cards over the middle of its parent's lower edge; takes no clicks beside them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(2 * theme.GRID)
        self._cards.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        self._ground = parent
        parent.installEventFilter(self)

    def show_message(self, kind: MessageKind, text: str) -> Toast:
        """Show a message; one that stands there already is not shown twice."""
        toasts = self.toasts()
        for toast in toasts:
            if (toast.kind, toast.text) == (kind, text):
                toast.restart()
                return toast
        for toast in toasts[: max(0, len(toasts) - MOST_SHOWN + 1)]:
            toast.deleteLater()
        toast = Toast(kind, text, self)
        self.add(toast)
        urgent = kind in (MessageKind.ERROR, MessageKind.WARNING)
        announcement = QAccessibleAnnouncementEvent(self, text)
        announcement.setPoliteness(
            QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
        )
        QAccessible.updateAccessibility(announcement)
        return toast

    def toasts(self) -> list[Toast]:
        """The messages shown, oldest first."""
        return [toast for toast in self.findChildren(Toast) if not toast.isHidden()]

    def add(self, card: FloatingCard) -> None:
        """Lay a card under the others."""
        self._cards.addWidget(card)
        card.destroyed.connect(self._place_soon)
        card.show()
        self._place_soon()

    @Slot()
    def _place_soon(self) -> None:
        QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        self.setVisible(self._cards.count() > 0)
        self.adjustSize()
        self.move((self._ground.width() - self.width()) // 2, self._ground.height() - self.height() - MARGIN)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: keep to the edge."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place_soon()
        return super().eventFilter(watched, event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: a card grew or went."""
        self._place_soon()
