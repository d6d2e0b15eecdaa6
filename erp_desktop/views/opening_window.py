"""Tells that the demo company is being made, and why when it can't be."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QVBoxLayout, QWidget

from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, icons, theme


class OpeningWindow(QWidget):
    """A small window that stays until the work is done; when it fails, until the person has read why."""

    _ended = Signal()

    def __init__(self, work: Future[Any], is_unwanted: Callable[[], bool]) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self._work = work
        self._is_unwanted = is_unwanted
        self._loop = QEventLoop(self)
        self._logo = QLabel()
        self._logo.setPixmap(icons.logo().pixmap(QSize(40, 40), self.devicePixelRatioF()))
        self._heading = forms.text_label("title")
        self._words = forms.text_label("muted", wrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setRange(0, 0)
        self._close = forms.button("primary")
        self._close.clicked.connect(self.close)
        self._close.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 24, 28, 20)
        layout.setSpacing(3 * theme.GRID)
        layout.addLayout(forms.row(self._logo, self._heading, None, spacing=3 * theme.GRID))
        layout.addWidget(self._words)
        layout.addStretch(1)
        layout.addWidget(self._bar)
        layout.addLayout(forms.row(None, self._close))
        self.setFixedWidth(520)
        self.setMinimumHeight(190)
        self._ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        self._retranslate()

    @classmethod
    def wait_for(cls, work: Future[Any], is_unwanted: Callable[[], bool]) -> None:
        """Show the window until `work` is done; the caller asks it for its result, which may be an error.

        Why it failed is not shown when `is_unwanted` says that nobody reads it any more.
        """
        window = cls(work, is_unwanted)
        window.show()
        work.add_done_callback(window._on_done)
        window._loop.exec()
        window.close()

    def _on_done(self, _work: Future[Any]) -> None:
        """Called on the worker's thread."""
        self._ended.emit()

    def _on_ended(self) -> None:
        if self._work.exception() is None or self._is_unwanted():
            self._loop.quit()
            return
        self._bar.hide()
        self._close.show()
        self._close.setFocus()
        self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Tenon: demo"))
        self._bar.setAccessibleName(self.tr("Making the demo company"))
        self._close.setText(self.tr("C&lose"))
        error = self._work.exception() if self._work.done() else None
        if error is None:
            self._heading.setText(self.tr("Making the demo company"))
            self._words.setText(
                self.tr("A furniture maker with a year of orders is being set up: a quarter of a minute, only once.")
            )
        else:
            self._heading.setText(self.tr("The demo can't start"))
            self._words.setText(errors.sentence(error))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QWidget.closeEvent: what runs can't be broken off."""
        if not self._work.done():
            event.ignore()
            return
        self._loop.quit()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
