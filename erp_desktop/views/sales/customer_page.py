"""A customer: entered and changed, with branch, owner, price list and credit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models import settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.i18n import spoken
from erp_desktop.models.listing import ListModel, ListState
from erp_desktop.models.operations import Query
from erp_desktop.models.sales_lists import CUSTOMER_KINDS, CUSTOMER_ORDERS
from erp_desktop.services import customers, pinyin, workflow
from erp_desktop.services.customers import Customer, CustomerChoices, Named
from erp_desktop.services.db import Database
from erp_desktop.services.listing import Equals, ListQuery
from erp_desktop.services.workflow import TimelineEntry
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.numbers import NumberField
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.table_view import TableView

TEXTS: Final = (
    *("name", "name_en", "code", "contact", "phone", "tax_number"),
    *("province", "city", "district", "address"),
)
_PLACES: Final = {
    "name": (0, 0, 2),
    "name_en": (0, 2, 2),
    "code": (0, 4, 1),
    "kind": (0, 5, 1),
    "contact": (1, 0, 1),
    "phone": (1, 1, 1),
    "tax_number": (1, 2, 2),
    "branch_id": (1, 4, 1),
    "owner_id": (1, 5, 1),
    "province": (2, 0, 1),
    "city": (2, 1, 1),
    "district": (2, 2, 1),
    "address": (2, 3, 3),
    "price_list_id": (3, 0, 2),
    "credit_limit": (3, 2, 1),
    "payment_days": (3, 3, 1),
    "is_active": (3, 4, 2),
}
"""Where each field stands, in the order in which Tab goes: row, column, how many columns wide."""
CREDIT: Final = NumberRule(2, Decimal(0), Decimal("999999999999"))
DAYS: Final = NumberRule(0, Decimal(0), Decimal(365))


@dataclass(frozen=True)
class Loaded:
    """A customer with what can be chosen for it and what happened to it."""

    customer: Customer
    choices: CustomerChoices
    timeline: list[TimelineEntry]


class CustomerPage(DocumentPage):
    """One customer; a new one may be opened with the preset `name`."""

    kind = "customer"
    _choices = CustomerChoices((), (), (), None)
    _stored_names: Mapping[str, tuple[str, str]] = {}

    # What the page is made of

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self._texts = {name: QLineEdit() for name in TEXTS}
        self._kind, self._branch, self._owner, self._list = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self._chosen: dict[str, int | None] = {}
        self._boxes = {"branch_id": self._branch, "owner_id": self._owner, "price_list_id": self._list}
        for name, box in self._boxes.items():
            box.activated.connect(partial(self._on_chosen, name))
        self._credit, self._days = NumberField("money", CREDIT), NumberField("int", DAYS)
        self._active = QCheckBox()
        for code in CUSTOMER_KINDS:
            self._kind.addItem(wording.word(code, "customer_kind"), code)
        special: dict[str, QWidget] = {
            "kind": self._kind,
            **self._boxes,
            "credit_limit": self._credit,
            "payment_days": self._days,
            "is_active": self._active,
        }
        editors = {**self._texts, **special}
        self._labels = {name: self.add_field(name, editors[name]) for name in _PLACES}
        return self.header_card(6, *((self._labels[name], *place) for name, place in _PLACES.items()))

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body: the customer's orders."""
        self._orders = OrdersOfCustomer(self.context)
        Query(pinyin.warm_up).quiet().run()  # saving words the command, with the spelling of the name, on this thread
        return self._orders

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.order_action = self.add_step(self._new_order, step="order", icon="orders")
        self.save_action = self.add_step(self.save, step="save", icon="save", shortcut="Ctrl+S", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        for name, word in self._words().items():
            self._labels[name].set_label(word, required=name == "name")
        self._labels["is_active"].set_label("")
        self._active.setText(self.tr("&Active: can be chosen for new orders"))
        self._active.setAccessibleName(forms.plain(self._active.text()))
        for place in range(self._kind.count()):
            self._kind.setItemText(place, wording.word(self._kind.itemData(place), "customer_kind"))
        self._show_choices()
        self._texts["code"].setPlaceholderText(self.tr("the next number"))
        self.order_action.setText(self.tr("New &order"))
        self.save_action.setText(self.tr("&Save"))

    def _words(self) -> dict[str, str]:
        return {
            "name": self.tr("Full &name"),
            "name_en": self.tr("En&glish name"),
            "code": self.tr("&Code"),
            "kind": self.tr("&Kind"),
            "contact": self.tr("Con&tact"),
            "phone": self.tr("P&hone"),
            "tax_number": self.tr("Ta&x number"),
            "branch_id": self.tr("&Branch"),
            "owner_id": self.tr("O&wner"),
            "province": self.tr("P&rovince"),
            "city": self.tr("C&ity"),
            "district": self.tr("&District"),
            "address": self.tr("Addr&ess"),
            "price_list_id": self.tr("Price &list"),
            "credit_limit": self.tr("Credit li&mit"),
            "payment_days": self.tr("Pa&yment days"),
        }

    # Reading and showing

    def read(self, database: Database, document_id: int) -> Loaded:
        """Override DocumentPage.read."""
        return Loaded(
            customers.load_customer(database, document_id),
            customers.customer_choices(database),
            workflow.timeline(database, "customer", document_id),
        )

    def facts(self, document: Loaded) -> Facts:
        """Override DocumentPage.facts: a customer has no states, only whether orders can be made for it."""
        steps = {"save"} if self.context.may("erp_customer_enter") else set()
        if document.customer.is_active and self.context.may("erp_order_enter"):
            steps.add("order")
        state = "enabled" if document.customer.is_active else "disabled"
        return Facts(document.customer.code, state, document.customer.version, frozenset(steps))

    def show_new(self, **preset: object) -> None:
        """Override DocumentPage.show_new."""
        self._active.setChecked(True)
        self._texts["name"].setText(str(preset.get("name", "")))
        self._side.hide()
        self._orders.hide_orders()
        self._allow_special_fields()
        Query(customers.customer_choices, self.context.session.database).success(self._on_choices).owned_by(
            self
        ).quiet().run()

    def show_document(self, document: Loaded) -> None:
        """Override DocumentPage.show_document."""
        customer = document.customer
        self._choices = document.choices
        self._chosen = {name: getattr(customer, name) for name in self._boxes}
        self._stored_names = {
            "branch_id": (customer.branch_zh, customer.branch_en),
            "owner_id": (customer.owner_zh, customer.owner_en),
            "price_list_id": (customer.price_list_zh, customer.price_list_en),
        }
        self._show_choices()
        for name, editor in self._texts.items():
            editor.setText(getattr(customer, name))
            editor.setCursorPosition(0)
        self._kind.setCurrentIndex(self._kind.findData(customer.kind))
        self._credit.set_value(customer.credit_limit)
        self._days.set_value(Decimal(customer.payment_days))
        self._active.setChecked(customer.is_active)
        self.set_editable(self.context.may("erp_customer_enter"))
        self._allow_special_fields()
        self._side.show()
        self.timeline.show_entries(document.timeline)
        self._orders.show_orders(customer.id)

    def _allow_special_fields(self) -> None:
        """Only who may release held orders grants credit and price lists; only managers hand customers to others."""
        grants = self.editable and self.context.may("erp_order_release")
        self._credit.setReadOnly(not grants)
        self._list.setEnabled(grants)
        is_manager = self.context.may("erp_customer_view_branch") or self.context.may("erp_customer_view_all")
        self._owner.setEnabled(self.editable and is_manager)

    def _on_choices(self, choices: CustomerChoices) -> None:
        session = self.context.session
        self._choices = choices
        branches = [place.id for place in session.branches]
        usual = {
            "branch_id": branches[0] if len(branches) == 1 else None,
            "owner_id": session.user_id,
            "price_list_id": choices.usual_price_list_id,
        }
        self._chosen = {name: self._chosen.get(name) or usual[name] for name in self._boxes}
        self._show_choices()

    def _on_chosen(self, name: str, _place: int) -> None:
        self._chosen[name] = self._boxes[name].currentData()

    def _show_choices(self) -> None:
        """Fill the boxes in the language in use; what is chosen stays, also if it is not offered any more."""
        offers: dict[str, Sequence[Named]] = {
            "branch_id": self._choices.branches,
            "owner_id": self._choices.owners,
            "price_list_id": self._choices.price_lists,
        }
        for name, box in self._boxes.items():
            chosen = self._chosen.get(name)
            box.clear()
            for each in offers[name]:
                box.addItem(spoken(each.name_zh, each.name_en), each.id)
            if chosen is not None and box.findData(chosen) < 0:
                box.addItem(spoken(*self._stored_names.get(name, ("", ""))), chosen)
            box.setCurrentIndex(box.findData(chosen))

    def on_changed(self, kind: str, ids: list[str]) -> None:
        """Override Page.on_changed: the list of orders looks after itself."""
        super().on_changed(kind, ids)
        if kind == "order":
            self._orders.refresh()

    # What is typed

    def draft_data(self) -> dict[str, Any]:
        """Override DocumentPage.draft_data."""
        return self._values()

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        for name, editor in self._texts.items():
            editor.setText(data.get(name) or "")
        self._kind.setCurrentIndex(self._kind.findData(data.get("kind")))
        self._chosen = {name: data.get(name) for name in self._boxes}
        self._show_choices()
        self._credit.set_value(data.get("credit_limit"))
        self._days.set_value(data.get("payment_days"))
        self._active.setChecked(bool(data.get("is_active")))

    def _values(self) -> dict[str, Any]:
        """The customer as the server takes it; what is not chosen is left to the server."""
        return {
            **{name: editor.text() for name, editor in self._texts.items()},
            "kind": self._kind.currentData(),
            **{name: self._chosen.get(name) for name in self._boxes},
            "credit_limit": self._credit.value(),
            "payment_days": self._days.value(),
            "is_active": self._active.isChecked(),
        }

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save."""
        for name, editor in (("credit_limit", self._credit), ("payment_days", self._days)):
            if editor.complaint():
                self._labels[name].editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        values = self._values()
        # A flag goes as text: the server tells "false" from what is left out.
        document = {**values, "is_active": "true" if values["is_active"] else "false"}
        if self.document_id is not None:
            document["id"] = self.document_id
        self.send(
            customers.save_customer,
            done=partial(self._on_saved, then),
            title=self.tr("Saving the customer"),
            saves=True,
            document=document,
            version=self.version,
        )

    def _on_saved(self, then: Callable[[], object] | None, result: dict[str, Any]) -> None:
        bridge.success(self.tr("Customer {code} is saved.").format(code=result["code"]))
        if then is not None:
            then()

    def _new_order(self) -> None:
        self.context.open_document("order", customer_id=self.document_id)


class OrdersOfCustomer(QFrame):
    """The orders of one customer as far as the person sees them; Enter opens one."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._model: ListModel | None = None
        self._heading = forms.text_label("heading")
        layout = settings.lists_layout(context.session.login, "sales.customer_orders")
        self._table = TableView(layout)
        self._table.row_opened.connect(lambda order_id: context.open_document("order", order_id))
        self._nothing = forms.text_label("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        column.addWidget(self._heading)
        column.addWidget(self._nothing, 1, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self._table, 1)
        self._retranslate()

    def hide_orders(self) -> None:
        """A customer that is not saved yet has none."""
        self._table.hide()
        self._nothing.show()

    def show_orders(self, customer_id: int) -> None:
        """Show the orders of a customer."""
        if self._model is None:
            self._model = ListModel(CUSTOMER_ORDERS, self._context.session.database.connect, self)
            self._model.state_changed.connect(self._show_state)
            self._table.show_model(self._model)
            self._model.load(ListQuery((Equals("customer_id", customer_id),)))

    def refresh(self) -> None:
        """Read again what is seen."""
        if self._model is not None:
            self._model.refresh()

    def _show_state(self) -> None:
        nothing = self._model is None or self._model.state in (ListState.EMPTY, ListState.FAILED)
        self._table.setVisible(not nothing)
        self._nothing.setVisible(nothing)

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Orders of this customer"))
        self._nothing.setText(self.tr("No orders yet."))
        self._table.setAccessibleName(self.tr("Orders of this customer"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
