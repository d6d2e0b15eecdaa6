"""Shows work that takes longer than 0.6 s: what it is, how far it is, and a button to stop it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from erp_desktop.models.operations import Operation, monitor
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.toast import FloatingCard, Overlay


class ProgressCard(FloatingCard):
    """One running operation."""

    def __init__(self, operation: Operation[Any], parent: QWidget) -> None:
        super().__init__("accent", parent)
        self.operation = operation
        self._title = forms.text_label("strong", wrap=True)
        self._steps = forms.text_label("small")
        self._steps.hide()
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._cancel = forms.button(parent=self)
        self._cancel.clicked.connect(self._stop)
        words = QVBoxLayout()
        words.setSpacing(theme.GRID)
        words.addWidget(self._title)
        words.addWidget(self._bar)
        words.addWidget(self._steps)
        self.content.addLayout(words, 1)
        self.content.addWidget(self._cancel)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._title.setText(self.operation.title or self.tr("Working…"))
        self._bar.setAccessibleName(self.tr("Progress"))
        if self.operation.cancelling:
            self._cancel.setText(self.tr("Stopping…"))
        else:
            self._cancel.setText(self.tr("Cancel"))

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` steps are finished; total 0 means unknown."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._steps.setVisible(total > 0)
        self._steps.setText(self.tr("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}"))

    @Slot()
    def _stop(self) -> None:
        self.operation.cancel()
        self._cancel.setEnabled(False)
        self._cancel.setText(self.tr("Stopping…"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class ProgressDisplay(QObject):
    """Puts a card into `overlay` for each slow operation that belongs to its window."""

    def __init__(self, overlay: Overlay) -> None:
        super().__init__(overlay)
        self._overlay = overlay
        self._cards: dict[Operation[Any], ProgressCard] = {}
        monitor.slow.connect(self._show)
        monitor.progressed.connect(self._progress)
        monitor.ended.connect(self._remove)

    @Slot(object)
    def _show(self, operation: Operation[Any]) -> None:
        owner = operation.owner
        if isinstance(owner, QWidget) and owner.window() is not self._overlay.window():
            return
        card = ProgressCard(operation, self._overlay)
        self._cards[operation] = card
        self._overlay.add(card)

    @Slot(object, int, int)
    def _progress(self, operation: Operation[Any], done: int, total: int) -> None:
        if operation in self._cards:
            self._cards[operation].show_progress(done, total)

    @Slot(object)
    def _remove(self, operation: Operation[Any]) -> None:
        card = self._cards.pop(operation, None)
        if card is not None:
            card.deleteLater()
