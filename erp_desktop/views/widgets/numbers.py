"""A field for a number: right-aligned, grouped when it is read, and open for `1,200`, `1.2万` or `=3*12`."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from erp_desktop.models.entry import MONEY, NumberRule
from erp_desktop.services.listing import Kind, text_of
from erp_desktop.views.widgets.typed_edit import TypedEdit


class NumberField(TypedEdit[Decimal]):
    """A number of some kind, checked by a rule."""

    def __init__(self, kind: Kind = "money", rule: NumberRule = MONEY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._rule = rule
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def parse(self, text: str) -> Decimal:
        """Override TypedEdit.parse."""
        return self.entry.number(text, self._rule)

    def typed_text(self, value: Decimal) -> str:
        """Override TypedEdit.typed_text."""
        return self.read_text(value).replace(",", "").removesuffix("%")

    def read_text(self, value: Decimal) -> str:
        """Override TypedEdit.read_text."""
        return text_of(self._kind)(value)
