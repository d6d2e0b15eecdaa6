"""The fields of a payment: from whom, when, how and how much."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.lookup import Choice
from erp_desktop.models.sales_lookups import customer_lookup
from erp_desktop.services import clock
from erp_desktop.services.db import Database
from erp_desktop.services.finance import METHODS, Payment
from erp_desktop.views.widgets.completer import LookupField
from erp_desktop.views.widgets.dates import DateField
from erp_desktop.views.widgets.numbers import NumberField

RECEIVED = NumberRule(2, Decimal("0.01"), Decimal("999999999999"))


class PaymentHeader(QObject):
    """The editors by their names in the server's document, and what stands in them.

    Signals:
        customer_changed(): another customer, or none.
        amount_changed(): another amount, or none.
    """

    customer_changed = Signal()
    amount_changed = Signal()

    def __init__(self, database: Database, parent: QObject) -> None:
        super().__init__(parent)
        self.customer = LookupField(customer_lookup(database))
        self.received_on = DateField()
        self.method = QComboBox()
        self.amount = NumberField("money", RECEIVED)
        self.reference = QLineEdit(maxLength=80)
        self.note = QLineEdit(maxLength=500)
        for code in METHODS:
            self.method.addItem(wording.word(code, "payment_method"), code)
        self.customer.chosen.connect(self._on_customer)
        self.amount.value_changed.connect(self.amount_changed)

    def editors(self) -> dict[str, QWidget]:
        """All editors, in the order in which Tab goes through them."""
        return {
            "customer_id": self.customer,
            "amount": self.amount,
            "received_on": self.received_on,
            "method": self.method,
            "reference": self.reference,
            "note": self.note,
        }

    def show_new(self) -> None:
        """Propose a bank transfer of today."""
        self.received_on.set_value(clock.today())

    def show_payment(self, payment: Payment) -> None:
        """Show a recorded payment."""
        names = (payment.customer_name, payment.customer_name_en)
        self.customer.set_choice(Choice(payment.customer_id, payment.customer_code, names[0], names=names))
        self.received_on.set_value(payment.received_on)
        self.method.setCurrentIndex(self.method.findData(payment.method))
        self.amount.set_value(payment.amount)
        self.reference.setText(payment.reference)
        self.note.setText(payment.note)
        for editor in (self.customer, self.reference, self.note):
            editor.setCursorPosition(0)

    def customer_id(self) -> int | None:
        """The customer that was chosen."""
        choice = self.customer.choice()
        return choice.id if choice is not None else None

    def missing(self) -> str:
        """The name of the first required editor that holds no value; empty when there is none."""
        values = {
            "customer_id": self.customer_id(),
            "amount": self.amount.value(),
            "received_on": self.received_on.value(),
        }
        return next((name for name, value in values.items() if value is None), "")

    def values(self) -> dict[str, Any]:
        """What `finance.record_payment` takes."""
        return {
            "customer_id": self.customer_id(),
            "received_on": self.received_on.value(),
            "method": self.method.currentData(),
            "amount": self.amount.value(),
            "reference": self.reference.text().strip(),
            "note": self.note.text().strip(),
        }

    def draft(self) -> dict[str, Any]:
        """Everything that stands in the fields, as plain values; `take_draft` takes it back."""
        choice = self.customer.choice()
        chosen = None if choice is None else choice.stored()
        typed = {"received_on": self.received_on.text(), "amount": self.amount.text()}
        return {**self.values(), **typed, "customer_id": chosen}

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Show what `draft` returned."""
        chosen = data.get("customer_id")
        self.customer.set_choice(Choice.restored(chosen) if chosen else None)
        self.received_on.set_typed(data.get("received_on") or "")
        self.amount.set_typed(data.get("amount") or "")
        self.method.setCurrentIndex(max(0, self.method.findData(data.get("method"))))
        self.reference.setText(data.get("reference") or "")
        self.note.setText(data.get("note") or "")

    def retranslate(self) -> None:
        """Say the ways of payment in the language in use."""
        for place in range(self.method.count()):
            self.method.setItemText(place, wording.word(self.method.itemData(place), "payment_method"))

    @Slot(object)
    def _on_customer(self, _choice: Choice | None) -> None:
        self.customer_changed.emit()
