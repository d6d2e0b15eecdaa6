"""The base of all dialogs: one that is higher or wider than the screen scrolls, and its buttons stay in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from erp_desktop.views.widgets import theme

FRAME = QSize(16, 40)
"""What the window system puts around a window."""
GROWTH = 16 * theme.GRID
"""Room for the refusals that a dialog may have to show."""


def room_on_screen(window: QWidget) -> QSize:
    """How large a window may be so that all of it can be seen."""
    return window.screen().availableSize() - FRAME


class ScrollRoom(QScrollArea):
    """Gives its content at least the room that it needs, and scrolls when there is less."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)


def centred(widget: QWidget) -> ScrollRoom:
    """A page with the widget a little above its middle; on a small screen it scrolls."""
    holder = QWidget()
    holder.setProperty("role", "scrolled")
    layout = QVBoxLayout(holder)
    layout.addStretch(1)
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(2)
    return ScrollRoom(holder)


class Dialog(QDialog):
    """A dialog fits the screen on which it opens.

    Its layout is a column whose last entry is the row of buttons: where the screen is too small the rest scrolls.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scrolls = False

    def setVisible(self, visible: bool) -> None:
        """Override QDialog.setVisible."""
        if visible and not self.isVisible():
            self._fit_to_screen()
        super().setVisible(visible)

    def event(self, event: QEvent) -> bool:
        """Override QDialog.event: what came later may have made it too large."""
        done = super().event(event)
        has_grown = event.type() == QEvent.Type.LayoutRequest and self.isVisible()
        if has_grown and self.height() > room_on_screen(self).height():
            QTimer.singleShot(0, self, self._fit_to_screen)
        return done

    @Slot()
    def _fit_to_screen(self) -> None:
        room = room_on_screen(self)
        wanted = self.size() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else self.sizeHint()
        layout = self.layout()
        if isinstance(layout, QVBoxLayout) and not self._scrolls:
            self.ensurePolished()
            needed = layout.totalMinimumSize()
            if needed.width() > room.width() or needed.height() + GROWTH > room.height():
                self._let_scroll(layout)
                self.resize(wanted.boundedTo(room))
        if wanted.width() > room.width() or wanted.height() > room.height():
            self.resize(wanted.boundedTo(room))

    def _let_scroll(self, layout: QVBoxLayout) -> None:
        """Move all but the buttons into an area that scrolls.

        Nothing leaves the window meanwhile: it would lose its place in the order of Tab.
        """
        self._scrolls = True
        focused = self.focusWidget()
        margins, spacing = layout.contentsMargins(), layout.spacing()
        last = layout.itemAt(layout.count() - 1)
        buttons = layout.takeAt(layout.count() - 1) if isinstance(last, QLayout) else None
        content = QWidget(self)
        content.setProperty("role", "scrolled")
        self.setMinimumHeight(0)
        content.setLayout(layout)
        layout.setContentsMargins(0, 0, 2 * theme.GRID, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(margins)
        whole.setSpacing(spacing)
        whole.addWidget(ScrollRoom(content, self), 1)
        if isinstance(buttons, QLayout):
            whole.addLayout(buttons)
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
