"""The sentence that says why not, in its own coloured box."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme


class RefusalBox(QFrame):
    """Hidden until there is something to say; that of an error follows the language."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "refusal")
        self._error: Exception | None = None
        self._words = forms.text_label(wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        layout.addWidget(self._words)
        self.hide()

    @property
    def sentence(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def show_sentence(self, sentence: str) -> None:
        """Show the sentence; an empty one hides the box."""
        self._error = None
        self._show(sentence)

    def show_error(self, error: Exception) -> None:
        """Show what happened and what helps."""
        self._error = error
        self._show(errors.sentence(error))

    def _show(self, sentence: str) -> None:
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._error is not None:
            self._show(errors.sentence(self._error))
