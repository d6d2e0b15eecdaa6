"""Asks under which name the present filters of a list are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog

LONGEST_NAME = 40


class ViewDialog(Dialog):
    """A name for a saved view; a name that a view of the program has is refused, one of the person's is replaced."""

    def __init__(self, taken: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = {name.casefold() for name in taken}
        self.setWindowTitle(self.tr("Keep as view"))
        self._name = QLineEdit(maxLength=LONGEST_NAME)
        self._field = forms.Field(self._name, self.tr("&Name of the view"))
        self._name.textChanged.connect(self._check)
        cancel, self._keep = forms.button(), forms.button("primary", "pin")
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._keep.setText(self.tr("&Keep"))
        self._keep.setDefault(True)
        self._keep.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._field)
        layout.addLayout(forms.row(None, cancel, self._keep))
        self.setMinimumWidth(360)
        self._check()

    def name(self) -> str:
        """The name."""
        return self._name.text().strip()

    @Slot()
    def _check(self) -> None:
        is_taken = self.name().casefold() in self._taken
        self._field.refuse(self.tr("Choose another name: a view of the program has this one.") if is_taken else "")
        self._keep.setEnabled(bool(self.name()) and not is_taken)
