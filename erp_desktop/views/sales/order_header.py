"""The fields above the lines of an order: for whom, when, from where and to where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import spoken
from erp_desktop.models.lookup import Choice
from erp_desktop.models.sales_lookups import customer_choice, customer_lookup
from erp_desktop.services import clock
from erp_desktop.services.customers import Customer
from erp_desktop.services.db import Database
from erp_desktop.services.products import Situation
from erp_desktop.services.sales import Order, Warehouse, warehouse_for
from erp_desktop.views.widgets import theme
from erp_desktop.views.widgets.completer import LookupField
from erp_desktop.views.widgets.dates import DateField

TYPED_CHANNELS: Final = ("clerk", "dealer", "web")
_FROM_CUSTOMER: Final = {"ship_to": "full_address", "contact": "contact", "phone": "phone"}


class OrderHeader(QObject):
    """The editors of an order's header by their names in the server's document, and what stands in them.

    Signals:
        situation_changed(): prices or stock may differ: another customer, day or warehouse.
    """

    situation_changed = Signal()

    def __init__(self, database: Database, parent: QObject) -> None:
        super().__init__(parent)
        self.customer = LookupField(customer_lookup(database))
        self.ordered_on, self.promised_on = DateField(), DateField()
        self.warehouse, self.channel = QComboBox(), QComboBox()
        self.texts = {name: QLineEdit() for name in ("customer_reference", "ship_to", "contact", "phone")}
        self.note = QPlainTextEdit(tabChangesFocus=True)
        self.note.setFixedHeight(theme.CONTROL)
        self.note.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._customer: Customer | None = None
        self._branch_id: int | None = None
        self._price_list_id: int | None = None
        self._currency = "CNY"
        self._warehouses: Sequence[Warehouse] = ()
        self._chose_warehouse = False
        self._situation = Situation()
        self.customer.chosen.connect(self._on_customer)
        self.ordered_on.value_changed.connect(self._on_situation)
        self.warehouse.currentIndexChanged.connect(self._on_situation)
        self.warehouse.activated.connect(self._on_warehouse_chosen)

    def editors(self) -> dict[str, QWidget]:
        """All editors, in the order in which Tab goes through them."""
        return {
            "customer_id": self.customer,
            "customer_reference": self.texts["customer_reference"],
            "ordered_on": self.ordered_on,
            "promised_on": self.promised_on,
            "warehouse_id": self.warehouse,
            "ship_to": self.texts["ship_to"],
            "contact": self.texts["contact"],
            "phone": self.texts["phone"],
            "channel": self.channel,
            "note": self.note,
        }

    def situation(self) -> Situation:
        """What prices and stock depend on; may be asked from any thread."""
        return self._situation

    @property
    def currency(self) -> str:
        """The currency of the order: that of its customer."""
        return self._currency

    def show_warehouses(self, warehouses: Sequence[Warehouse]) -> None:
        """Offer these warehouses; the one that is chosen stays."""
        chosen, name = self.warehouse.currentData(), self.warehouse.currentText()
        self._warehouses = warehouses
        self.warehouse.blockSignals(True)
        self.warehouse.clear()
        for each in warehouses:
            self.warehouse.addItem(spoken(each.name_zh, each.name_en), each.id)
        if chosen is not None and self.warehouse.findData(chosen) < 0:
            self.warehouse.addItem(name, chosen)
        self.warehouse.setCurrentIndex(self.warehouse.findData(chosen))
        self.warehouse.blockSignals(False)
        if chosen is None:
            self._propose_warehouse()

    def show_new(self) -> None:
        """An order of today."""
        self._show_channels(TYPED_CHANNELS, "clerk")
        self.ordered_on.set_value(clock.today())

    def show_order(self, order: Order) -> None:
        """Show a stored order."""
        self._customer, self._branch_id = None, None
        self._price_list_id, self._currency = order.price_list_id, order.currency
        names = (order.customer_name, order.customer_name_en)
        self.customer.set_choice(Choice(order.customer_id, order.customer_code or "", names[0], names=names))
        for name, editor in self.texts.items():
            editor.setText(getattr(order, name))
            editor.setCursorPosition(0)
        self.ordered_on.set_value(order.ordered_on)
        self.promised_on.set_value(order.promised_on)
        self._show_note(order.note)
        self._show_channels((*TYPED_CHANNELS, "import"), order.channel)
        self._show_warehouse(order.warehouse_id, spoken(order.warehouse_zh, order.warehouse_en))
        self._on_situation()

    def show_customer(self, customer: Customer) -> None:
        """Choose a customer, unless somebody has begun to name another one meanwhile."""
        if not self.customer.text():
            self.customer.set_choice(customer_choice(customer))

    def complaint(self) -> str:
        """The name of the first editor whose text can't be understood or is still looked up; empty if there is none."""
        if not self.customer.settled:
            return "customer_id"
        dates = {"ordered_on": self.ordered_on, "promised_on": self.promised_on}
        return next((name for name, editor in dates.items() if editor.complaint()), "")

    def values(self) -> dict[str, Any]:
        """The header as `sales.save_order` takes it."""
        choice = self.customer.choice()
        return {
            "customer_id": choice.id if choice is not None else None,
            "ordered_on": self.ordered_on.value(),
            "promised_on": self.promised_on.value(),
            "warehouse_id": self.warehouse.currentData(),
            "channel": self.channel.currentData(),
            "note": self.note.toPlainText(),
            **{name: editor.text() for name, editor in self.texts.items()},
        }

    def draft(self) -> dict[str, Any]:
        """Everything that stands in the fields, each as one plain value; `take_draft` takes it back."""
        choice = self.customer.choice()
        chosen = None if choice is None else choice.stored()
        customer = {
            "chosen": chosen,
            "text": self.customer.text() if choice is None else "",
            "price_list_id": self._price_list_id,
            "branch_id": self._branch_id,
            "currency": self._currency,
        }
        return {
            **self.values(),
            "customer_id": customer,
            "ordered_on": self.ordered_on.text(),
            "promised_on": self.promised_on.text(),
            "warehouse_id": {"id": self.warehouse.currentData(), "name": self.warehouse.currentText()},
        }

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Show what `draft` returned."""
        customer = data.get("customer_id") or {}
        chosen = customer.get("chosen")
        if chosen:
            self.customer.set_choice(Choice.restored(chosen))
        elif customer.get("text"):
            self.customer.set_typed(customer["text"])
        self._price_list_id, self._branch_id = customer.get("price_list_id"), customer.get("branch_id")
        self._currency = customer.get("currency") or self._currency
        for name, editor in self.texts.items():
            editor.setText(data.get(name) or "")
        self.ordered_on.set_typed(data.get("ordered_on") or "")
        self.promised_on.set_typed(data.get("promised_on") or "")
        self._show_note(data.get("note") or "")
        self.channel.setCurrentIndex(self.channel.findData(data.get("channel")))
        warehouse = data.get("warehouse_id") or {}
        if warehouse.get("id") is not None:
            self._show_warehouse(warehouse["id"], warehouse.get("name") or "")
        self._on_situation()

    def retranslate(self) -> None:
        """Say codes and names in the language in use."""
        for place in range(self.channel.count()):
            self.channel.setItemText(place, wording.word(self.channel.itemData(place), "channel"))
        names = {each.id: spoken(each.name_zh, each.name_en) for each in self._warehouses}
        for place in range(self.warehouse.count()):
            known = names.get(self.warehouse.itemData(place))
            if known:
                self.warehouse.setItemText(place, known)

    def _show_note(self, note: str) -> None:
        if note != self.note.toPlainText():
            self.note.setPlainText(note)
        self.note.setToolTip(note)

    def _show_channels(self, codes: Sequence[str], chosen: str) -> None:
        self.channel.clear()
        for code in codes:
            self.channel.addItem(wording.word(code, "channel"), code)
        self.channel.setCurrentIndex(self.channel.findData(chosen))

    def _show_warehouse(self, warehouse_id: int, name: str) -> None:
        """Choose a warehouse, also one that is not offered any more."""
        self._chose_warehouse = True
        if self.warehouse.findData(warehouse_id) < 0:
            self.warehouse.addItem(name, warehouse_id)
        self.warehouse.setCurrentIndex(self.warehouse.findData(warehouse_id))

    def _propose_warehouse(self) -> None:
        """The warehouse that the server would take, unless the person chose one."""
        proposed = warehouse_for(list(self._warehouses), self._branch_id)
        if proposed is not None and not self._chose_warehouse:
            self.warehouse.setCurrentIndex(self.warehouse.findData(proposed.id))

    @Slot(object)
    def _on_customer(self, choice: Choice | None) -> None:
        customer = choice.data.get("customer") if choice is not None else None
        if not isinstance(customer, Customer):
            return
        before, self._customer = self._customer, customer
        for name, source in _FROM_CUSTOMER.items():
            editor = self.texts[name]
            if not editor.text() or (before is not None and editor.text() == getattr(before, source)):
                editor.setText(getattr(customer, source))
                editor.setCursorPosition(0)
        self._branch_id, self._price_list_id = customer.branch_id, customer.price_list_id
        self._currency = customer.currency
        self._propose_warehouse()
        self._on_situation()

    @Slot()
    def _on_warehouse_chosen(self) -> None:
        self._chose_warehouse = True

    @Slot()
    def _on_situation(self) -> None:
        now = Situation(self._price_list_id, self.warehouse.currentData(), self.ordered_on.value())
        if now != self._situation:
            self._situation = now
            self.situation_changed.emit()
