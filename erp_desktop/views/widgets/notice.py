"""A bar across a page that says what is the matter with the document and offers what helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from erp_desktop.models.i18n import Text, said
from erp_desktop.views.widgets import forms, icons, theme

Offer = tuple[Text, Callable[[], object]]


class Notice(QFrame):
    """One message at a time; hidden while there is none.

    Signals:
        focus_lost(): the message went, and the keyboard was on one of its buttons.
    """

    focus_lost = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "refusal")
        self._picture = QLabel()
        self._words = forms.text_label(wrap=True)
        self._text: Text = ""
        self._buttons: list[tuple[QPushButton, Text]] = []
        self._close = forms.tool_button("cross")
        self._close.clicked.connect(self.clear)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 6, 6, 6)
        self._line.setSpacing(3 * theme.GRID)
        self._line.addWidget(self._picture)
        self._line.addWidget(self._words, 1)
        self._line.addWidget(self._close)
        self._retranslate()
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._words.text()

    def say(self, text: Text, offers: Sequence[Offer] = (), *, danger: bool = True) -> None:
        """Show `text` with a button for each offer (its text, what it does).

        Texts that are functions follow the language while the message stands.
        """
        self.clear()
        theme.set_property(self, "role", "refusal" if danger else "banner")
        theme.polish(self._words)  # its colour goes by the bar that it stands in
        tint = "danger" if danger else "warning"
        self._picture.setPixmap(icons.pixmap("error" if danger else "info", tint, 18, self.devicePixelRatioF()))
        self._text = text
        for words, act in offers:
            button = forms.button()
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._line.insertWidget(self._line.count() - 1, button)
            self._buttons.append((button, words))
        self._say_again()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.text))

    def clear(self) -> None:
        """Take the message away."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.hide()
        self._text = ""
        self._words.setText("")
        for button, _words in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons.clear()
        if had_focus:
            self.focus_lost.emit()

    def _say_again(self) -> None:
        self._words.setText(said(self._text))
        for button, words in self._buttons:
            button.setText(said(words))

    def _retranslate(self) -> None:
        forms.name_control(self._close, self.tr("Close this message"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
            self._say_again()
