"""What stands in the place of a table that has no rows to show: nothing there, nothing found, or it failed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from erp_desktop.models.i18n import Text, said
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, icons, theme

PICTURE = 40


class ListNotice(QWidget):
    """A picture, a sentence, and the button that helps: `retry` after a failure, `clear` when a filter hides all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ("info", "faint")
        self._text: Text = ""
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._words = forms.text_label("muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.retry = forms.button(icon="refresh")
        self.clear = forms.button(icon="cross")
        column = QVBoxLayout(self)
        column.setSpacing(3 * theme.GRID)
        column.addStretch(1)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        column.addLayout(forms.row(None, self.retry, self.clear, None))
        column.addStretch(2)
        theme.state.switched.connect(self._tint)
        self._retranslate()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_empty(self, sentence: Text) -> None:
        """The list is empty; `sentence` says what would fill it."""
        self._show("note", "faint", sentence)

    def show_no_match(self) -> None:
        """No row fits the filters and the search."""
        self._show("search", "faint", lambda: self.tr("Nothing fits what you are looking for."), clear=True)

    def show_failure(self, error: Exception) -> None:
        """The list could not be read."""
        self._show("error", "danger", lambda: errors.sentence(error), retry=True)

    def _show(self, icon: str, tint: str, sentence: Text, *, retry: bool = False, clear: bool = False) -> None:
        self._icon = (icon, tint)
        self._text = sentence
        self._words.setText(said(sentence))
        self.retry.setVisible(retry)
        self.clear.setVisible(clear)
        self._tint()

    def _tint(self) -> None:
        name, tint = self._icon
        self._picture.setPixmap(icons.pixmap(name, tint, PICTURE, self.devicePixelRatioF()))

    def _retranslate(self) -> None:
        self.retry.setText(self.tr("Try &again"))
        self.clear.setText(self.tr("Show &all"))
        self._words.setText(said(self._text))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
