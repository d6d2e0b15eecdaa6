"""The card below a document: amounts with their names, and an amount in Chinese capitals."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtWidgets import QFrame, QWidget

from erp_desktop.services.listing import text_of
from erp_desktop.services.printing.capitals import rmb_capitals
from erp_desktop.views.widgets import forms, theme

CAPITALS_CURRENCY = "CNY"
"""Amounts in yuan are also said in Chinese capitals."""


class TotalsCard(QFrame):
    """Shows the amounts side by side, the last of them large; the space at the left, behind `first`, is for words."""

    def __init__(self, count: int, *first: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.words = forms.text_label("muted", wrap=True)
        roles = ["strong"] * (count - 1) + ["total"]
        self._names = [forms.text_label("muted") for _ in roles]
        self._figures = [forms.text_label(role) for role in roles]
        line = forms.row(*first, self.words, spacing=4 * theme.GRID)
        line.setStretch(len(first), 1)
        line.setContentsMargins(4 * theme.GRID, 2 * theme.GRID, 4 * theme.GRID, 2 * theme.GRID)
        for name, figure in zip(self._names, self._figures, strict=True):
            line.addLayout(forms.row(name, figure))
        self.setLayout(line)

    def show_names(self, names: Sequence[str]) -> None:
        """Name the amounts."""
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)

    def show_amounts(self, amounts: Sequence[Decimal | None]) -> None:
        """Show the amounts, nothing for None."""
        for name, label, amount in zip(self._names, self._figures, amounts, strict=True):
            label.setText("" if amount is None else text_of("money")(amount))
            label.setAccessibleName(f"{name.text()} {label.text()}".strip())

    def texts(self) -> tuple[str, ...]:
        """The amounts as they are shown."""
        return tuple(label.text() for label in self._figures)

    def show_capitals(self, amount: Decimal | None, currency: str) -> None:
        """Write an amount of yuan in Chinese capitals; other currencies have none."""
        known = amount is not None and amount > 0 and currency == CAPITALS_CURRENCY
        self.words.setText(f"人民币 {rmb_capitals(amount)}" if known and amount is not None else "")
