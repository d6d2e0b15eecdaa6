"""Choosing from whom a product is bought by default, and at which price."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Command
from erp_desktop.models.purchase_lookups import source_choice, source_lookup
from erp_desktop.services import purchasing
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.listing import text_of
from erp_desktop.services.purchasing import Source, Sourcing
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.completer import LookupField
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.numbers import NumberField

PRICE: Final = NumberRule(4, Decimal(0), Decimal(99999999))


class SupplierDialog(Dialog):
    """Asks for the preferred supplier of a product and her price; closes only when the server keeps them."""

    def __init__(self, database: Database, sourcing: Sourcing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._database = database
        self._sourcing = sourcing
        self.setWindowTitle(self.tr("Preferred supplier"))
        self._product = forms.text_label("heading", wrap=True)
        self._so_far = forms.text_label("muted", wrap=True)
        self._supplier = LookupField(source_lookup(database, sourcing.product_id))
        self._price = NumberField("price", PRICE)
        self._supplier_field = forms.Field(self._supplier)
        self._price_field = forms.Field(self._price)
        self._terms = forms.text_label("muted", wrap=True)
        self._cancel = forms.button()
        self._save = forms.button("primary", "check")
        self._set_up()
        self._build()
        self._show_so_far()

    def _set_up(self) -> None:
        self._supplier_field.set_label(self.tr("&Supplier"), required=True)
        self._supplier.setPlaceholderText(self.tr("Code, name, pinyin or initials"))
        self._supplier.chosen.connect(self._on_chosen)
        self._supplier.textEdited.connect(self._supplier_field.clear_refusal)
        self._supplier.complained.connect(self._supplier_field.refuse)
        self._price.textEdited.connect(self._price_field.clear_refusal)
        self._price.complained.connect(self._price_field.refuse)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAutoDefault(False)
        self._cancel.clicked.connect(self.reject)
        self._save.setText(self.tr("&Make preferred"))
        self._save.setDefault(True)
        self._save.setShortcut("Ctrl+Return")
        self._save.clicked.connect(self._on_save)

    def _build(self) -> None:
        product = self._sourcing
        self._product.setText(f"{product.code}  {spoken(product.name_zh, product.name_en)}")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addLayout(forms.column(self._product, self._so_far, spacing=theme.GRID))
        layout.addWidget(self._supplier_field)
        layout.addWidget(self._price_field)
        layout.addWidget(self._terms)
        layout.addStretch(1)
        layout.addLayout(forms.row(None, self._cancel, self._save))
        self.setMinimumSize(540, 340)

    def _show_so_far(self) -> None:
        """Say who is preferred; she stands in the field, unless nothing can be ordered from her any more."""
        source = self._sourcing.preferred
        if source is None:
            self._so_far.setText(self.tr("No supplier is preferred yet."))
            self._show_terms(None)
            return
        name = spoken(source.name_zh, source.name_en)
        if not source.is_active:
            self._so_far.setText(self.tr("{supplier} was preferred, but is inactive now.").format(supplier=name))
            self._show_terms(None)
            return
        self._so_far.setText(self.tr("Preferred so far: {supplier}").format(supplier=name))
        self._supplier.set_choice(source_choice(source))

    def _chosen(self) -> Source | None:
        choice = self._supplier.choice()
        return None if choice is None else choice.data["source"]

    @Slot()
    def _on_chosen(self) -> None:
        source = self._chosen()
        self._price.set_value(None if source is None else source.unit_price)
        for field in (self._supplier_field, self._price_field):
            field.clear_refusal()
        self._show_terms(source)

    def _show_terms(self, source: Source | None) -> None:
        """What the price is for, and on which terms orders will be made."""
        unit = spoken(self._sourcing.unit_zh, self._sourcing.unit_en)
        if source is None:
            self._price_field.set_label(self.tr("&Price without tax"), required=True)
            self._terms.setText("")
            return
        label = self.tr("&Price without tax, {currency} per {unit}").format(currency=source.currency, unit=unit)
        self._price_field.set_label(label, required=True)
        if source.lead_days is None:
            self._terms.setText(self.tr("First offer of this supplier: counted with 7 days and no minimum order."))
        else:
            self._terms.setText(
                self.tr("Delivery time in days: {days}. Minimum order in units of {unit}: {qty}.").format(
                    days=source.lead_days, qty=text_of("qty")(source.min_qty), unit=unit
                )
            )

    @Slot()
    def _on_save(self) -> None:
        self._price.take()
        source, price = self._chosen(), self._price.value()
        if source is None:
            if self._supplier.text().strip():
                self._supplier.settle()  # who pressed Ctrl+Enter while it was looked up sees first who was found
            sentence = self._supplier.complaint() or self.tr("Choose the supplier to order from.")
            self._refuse(self._supplier_field, sentence)
        elif price is None:
            self._refuse(self._price_field, self._price.complaint() or self.tr("Enter the price."))
        else:
            self._set_busy(True)
            Command(
                purchasing.set_preferred_supplier,
                self._database,
                product_id=self._sourcing.product_id,
                supplier_id=source.supplier_id,
                unit_price=price,
            ).titled(self.tr("Keeping the preferred supplier")).finished(self._on_finished).success(
                self._on_saved
            ).failure(self._on_refused).run()

    def _on_finished(self) -> None:
        self._set_busy(False)

    def _on_saved(self, _result: dict[str, object]) -> None:
        source = self._chosen()
        name = "" if source is None else spoken(source.name_zh, source.name_en)
        bridge.success(
            self.tr("{product} is bought from {supplier} from now on.").format(
                product=self._sourcing.code, supplier=name
            )
        )
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error) or not isinstance(error, ErpError):
            errors.show(error, self)
            return
        field = self._price_field if error.field == "unit_price" else self._supplier_field
        self._refuse(field, errors.sentence(error))

    def _refuse(self, field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for each in (self._supplier_field, self._price_field, self._save):
            each.setEnabled(not busy)
