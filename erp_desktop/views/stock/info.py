"""Facts of a document that nobody types: a quiet name above each value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from erp_desktop.views.widgets import forms, theme


class Info(QWidget):
    """One fact; read as one sentence by screen readers, its value can be marked and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = forms.text_label("muted")
        self._value = forms.text_label(wrap=True)
        self._value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._name)
        column.addWidget(self._value)
        column.addStretch(1)

    def set_label(self, name: str) -> None:
        """Name the fact."""
        self._name.setText(name)
        self._say()

    def set_value(self, value: str) -> None:
        """Show the value; a dash for none."""
        self._value.setText(value or "–")
        self._say()

    @property
    def value(self) -> str:
        """What is shown."""
        return self._value.text()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name.text()} {self._value.text()}")


def info_card(columns: int, *placed: tuple[QWidget, int, int, int]) -> QWidget:
    """A card with facts and fields on a grid of equal columns: each (widget, row, column, how many columns wide)."""
    card = forms.card()
    grid = QGridLayout(card)
    grid.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID)
    grid.setHorizontalSpacing(4 * theme.GRID)
    grid.setVerticalSpacing(2 * theme.GRID)
    for place in range(columns):
        grid.setColumnStretch(place, 1)
    for widget, row, column, span in placed:
        grid.addWidget(widget, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
    return card
