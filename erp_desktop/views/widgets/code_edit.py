"""A field for the six digits of an authenticator program."""

from __future__ import annotations

import unicodedata
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

DIGITS: Final = 6


class CodeEdit(QLineEdit):
    """Takes digits only, also pasted in groups or typed wide; the sixth one hands the code over.

    Signals:
        completed(code): six digits are there.
    """

    completed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "big")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setPlaceholderText("000000")
        self.textEdited.connect(self._on_edited)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        plain = unicodedata.normalize("NFKC", text)
        digits = "".join(letter for letter in plain if letter.isascii() and letter.isdigit())[:DIGITS]
        if digits != text:
            self.setText(digits)
        if len(digits) == DIGITS:
            self.completed.emit(digits)
