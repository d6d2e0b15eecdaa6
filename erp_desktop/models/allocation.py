"""Spreading a payment over open invoices: a proposal, what was typed instead of it, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QObject

from erp_desktop.models.finance_lines import open_columns, open_line
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.services.finance import OpenInvoice, propose_allocation


class AllocationModel(LineGridModel):
    """The open invoices of a customer with an amount beside each; by proposal what is due first is paid first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(open_columns(), parent, fixed=True)
        self._invoices: Sequence[OpenInvoice] = ()
        self._is_typed = False
        self.edited.connect(self._on_edited)

    @property
    def is_typed(self) -> bool:
        """Whether the person has changed the proposal."""
        return self._is_typed

    def show_invoices(self, invoices: Sequence[OpenInvoice], amount: Decimal | None) -> None:
        """Show these invoices, and propose how `amount` settles them."""
        self._invoices = invoices
        self.propose(amount)

    def propose(self, amount: Decimal | None) -> None:
        """Propose anew."""
        parts = propose_allocation(amount or Decimal(0), self._invoices)
        self._is_typed = False
        self.set_lines(open_line(invoice, parts.get(invoice.id)) for invoice in self._invoices)

    def typed(self) -> dict[str, Decimal | None] | None:
        """What the person entered beside each invoice, by its id; None while the proposal stands."""
        return {str(line["invoice_id"]): line.get("amount") for line in self.lines()} if self._is_typed else None

    def take_typed(self, typed: Mapping[str, Decimal | None]) -> None:
        """Enter what `typed` returned, beside the invoices that are there."""
        for row, line in enumerate(self.lines()):
            self.update_line(row, {"amount": typed.get(str(line["invoice_id"]))})
        self._is_typed = True

    def amounts(self) -> dict[int, Decimal]:
        """What is to be allocated: invoice id → amount, without those that get nothing."""
        return {line["invoice_id"]: line["amount"] for line in self.lines() if line.get("amount")}

    def total(self) -> Decimal:
        """The sum of what is to be allocated."""
        return sum(self.amounts().values(), Decimal(0))

    def row_of(self, invoice_id: int) -> int:
        """The row of an invoice, -1 if it is not there."""
        ids = [line["invoice_id"] for line in self.lines()]
        return ids.index(invoice_id) if invoice_id in ids else -1

    def refuse_excess(self) -> bool:
        """Mark each amount that is more than its invoice has open; whether there was one."""
        sentence = self.tr("Allocate at most what is unpaid.")
        found = False
        for row, line in enumerate(self.lines()):
            amount = line.get("amount")
            if amount is not None and amount > line["open_amount"]:
                found = self.refuse(row, "amount", sentence) or found
        return found

    def _on_edited(self) -> None:
        self._is_typed = True
