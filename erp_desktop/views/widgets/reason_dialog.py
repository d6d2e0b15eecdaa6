"""Asks why: the reason of a return or cancellation, the comment of a decision."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog

LONGEST = 1000


class ReasonDialog(Dialog):
    """A question with room for a text; Ctrl+Enter answers.

    `button` is the translated text of the button that goes on; with `required` an empty text does not.
    """

    def __init__(
        self,
        title: str,
        question: str,
        button: str,
        *,
        required: bool = True,
        danger: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._required = required
        self.setWindowTitle(title)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._field = forms.Field(self._text)
        self._field.set_label(question, required)
        self._text.textChanged.connect(self._check)
        cancel = forms.button()
        cancel.setText(self.tr("Back"))
        cancel.clicked.connect(self.reject)
        self._go_on = forms.button("danger" if danger else "primary")
        self._go_on.setText(button)
        self._go_on.setShortcut("Ctrl+Return")
        self._go_on.setDefault(True)
        self._go_on.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._field, 1)
        layout.addLayout(forms.row(None, cancel, self._go_on))
        self.resize(420, 220)
        self._check()

    def reason(self) -> str:
        """What was written."""
        return self._text.toPlainText().strip()

    @Slot()
    def _check(self) -> None:
        reason = self.reason()
        too_long = len(reason) > LONGEST
        sentence = self.tr("Shorten the text to {limit} characters.").format(limit=f"{LONGEST:,}") if too_long else ""
        self._field.refuse(sentence)
        self._go_on.setEnabled(not too_long and (bool(reason) or not self._required))
