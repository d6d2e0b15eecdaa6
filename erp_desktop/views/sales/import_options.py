"""What holds for a whole file of orders: whose orders, which branch, when to deliver, what may be entered with it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from erp_desktop.models.entry import NumberRule
from erp_desktop.models.i18n import spoken
from erp_desktop.models.sales_lookups import customer_lookup
from erp_desktop.services.importing.orders import Settings
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.completer import LookupField
from erp_desktop.views.widgets.numbers import NumberField
from erp_desktop.views.widgets.page import Context

DAYS: Final = NumberRule(0, Decimal(0), Decimal(3650))
_USUAL_DAYS: Final = Decimal(15)


class ImportOptions(QWidget):
    """The fields between the file and its columns.

    Signals:
        changed(): another value; what was checked does not hold any more.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.customer = LookupField(customer_lookup(context.session.database))
        self.branch = QComboBox()
        self.days = NumberField("int", DAYS)
        self.days.set_value(_USUAL_DAYS)
        self.create_customers, self.create_products = QCheckBox(), QCheckBox()
        for place in context.session.branches:
            self.branch.addItem("", place.id)
        self._fields = [forms.Field(each) for each in (self.customer, self.branch, self.days)]
        self._fields[0].setMinimumWidth(280)
        self.days.setFixedWidth(110)
        boxes = [forms.Field(box, " ") for box in (self.create_customers, self.create_products)]
        line = forms.row(*self._fields, *boxes, None, spacing=4 * theme.GRID)
        for each in (*self._fields, *boxes):
            line.setAlignment(each, Qt.AlignmentFlag.AlignTop)
        for box in (self.create_customers, self.create_products):
            box.setMinimumHeight(theme.CONTROL)
            box.toggled.connect(self.changed)
        self.setLayout(line)
        offered = {
            self._fields[1]: len(context.session.branches) > 1,
            boxes[0]: context.may("erp_customer_enter"),
            boxes[1]: context.may("erp_product_enter"),
        }
        for each, is_offered in offered.items():
            each.setVisible(is_offered)
        self.customer.chosen.connect(self.changed)
        self.customer.complained.connect(self._on_customer_complaint)
        self.branch.activated.connect(self._on_branch)
        self.days.value_changed.connect(self.changed)
        self.days.complained.connect(self._fields[2].refuse)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text anew."""
        labels = (self.tr("C&ustomer of orders without one"), self.tr("&Branch"), self.tr("&Days until delivery"))
        for field, label in zip(self._fields, labels, strict=True):
            field.set_label(label)
        self.customer.setPlaceholderText(self.tr("Code, name or pinyin"))
        self.days.setToolTip(self.tr("For orders whose promised date the file leaves open"))
        self.create_customers.setText(self.tr("Enter unknown &customers"))
        self.create_products.setText(self.tr("Enter unknown &products"))
        for place, branch in enumerate(self._context.session.branches):
            self.branch.setItemText(place, spoken(branch.name_zh, branch.name_en))

    def has_customer(self) -> bool:
        """Whether a customer is chosen for orders that name none."""
        return self.customer.choice() is not None

    def settled(self) -> bool:
        """Whether every field can be understood; one that is still looked up can't."""
        self.days.take()
        return self.customer.settled and not self.days.complaint() and self.days.value() is not None

    def settings(self) -> Settings:
        """What the fields say."""
        choice = self.customer.choice()
        return Settings(
            customer_id=choice.id if choice is not None else None,
            branch_id=self.branch.currentData(),
            promise_days=int(self.days.value() or 0),
            create_customers=self.create_customers.isChecked(),
            create_products=self.create_products.isChecked(),
        )

    @Slot(str)
    def _on_customer_complaint(self, sentence: str) -> None:
        self._fields[0].refuse(sentence)

    @Slot()
    def _on_branch(self) -> None:
        self.changed.emit()
