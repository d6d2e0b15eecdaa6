"""A field for passwords: it can be looked at, and it tells when Caps Lock is on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.views.widgets import icons


class PasswordEdit(QLineEdit):
    """Hides what is typed until its eye is pressed.

    Signals:
        caps_lock_seen(on): typing showed that Caps Lock is on or off (the system does not tell without a key).
    """

    caps_lock_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._look = QAction(icons.icon("eye"), "", self, checkable=True)
        self._look.toggled.connect(self._on_look)
        self.addAction(self._look, QLineEdit.ActionPosition.TrailingPosition)
        self._retranslate()

    def hide_again(self) -> None:
        """Hide what was made visible."""
        self._look.setChecked(False)

    @Slot(bool)
    def _on_look(self, visible: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)

    def _retranslate(self) -> None:
        self._look.setText(self.tr("Show the password"))
        self._look.setToolTip(self.tr("Show the password"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent: a letter in the wrong case betrays Caps Lock."""
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(text.isupper() != shifted)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusOutEvent: the hint has no place elsewhere."""
        super().focusOutEvent(event)
        self.caps_lock_seen.emit(False)

    def changeEvent(self, event: QEvent) -> None:
        """Override QLineEdit.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
