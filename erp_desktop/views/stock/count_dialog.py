"""Booking a count: what lies there, against what the books say."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.operations import Command
from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.listing import text_of
from erp_desktop.services.stock import Balance
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.numbers import NumberField

LONGEST_REASON = 200


class CountDialog(Dialog):
    """Asks for the counted quantity and the reason of a difference; closes only when the server booked it.

    The books may move while somebody counts: the count is then refused, the new figure shown, and it can be sent again.
    """

    def __init__(self, database: Database, balance: Balance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._database = database
        self._balance = balance
        self._book_qty = balance.on_hand
        self.setWindowTitle(self.tr("Book a count"))
        self._product = forms.text_label("heading", wrap=True)
        self._place = forms.text_label("muted")
        self._books = forms.text_label("strong")
        self._counted = NumberField("qty", NumberRule(balance.decimals, Decimal(0)))
        self._reason = QComboBox(editable=True)
        self._counted_field = forms.Field(self._counted)
        self._reason_field = forms.Field(self._reason)
        self._difference = forms.text_label("muted")
        self._cancel = forms.button()
        self._book = forms.button("primary", "check")
        self._set_up()
        self._build()
        self._show_books()

    def _set_up(self) -> None:
        self._counted_field.set_label(self.tr("&Counted quantity"), required=True)
        self._reason_field.set_label(self.tr("&Reason of the difference"), required=True)
        self._reason.addItems(
            [
                self.tr("Stock count"),
                self.tr("Damaged or scrapped"),
                self.tr("Found again"),
                self.tr("Wrong receipt or issue corrected"),
            ]
        )
        self._reason.setCurrentIndex(-1)
        edit = self._reason.lineEdit()
        if edit is not None:
            edit.setMaxLength(LONGEST_REASON)
            edit.setAccessibleName(self.tr("Reason of the difference"))
            edit.setPlaceholderText(self.tr("Choose or type"))
        self._counted.textEdited.connect(self._on_typed)
        self._counted.value_changed.connect(self._show_difference)
        self._counted.complained.connect(self._counted_field.refuse)
        self._reason.editTextChanged.connect(self._reason_field.clear_refusal)
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._book.setText(self.tr("&Book the count"))
        self._book.setDefault(True)
        self._book.setShortcut("Ctrl+Return")
        self._book.clicked.connect(self._on_book)

    def _build(self) -> None:
        chinese = i18n.language().startswith("zh")
        balance = self._balance
        self._product.setText(f"{balance.code}  {balance.name_zh if chinese else balance.name_en}")
        self._place.setText(balance.warehouse_zh if chinese else balance.warehouse_en)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addLayout(forms.column(self._product, self._place, spacing=0))
        layout.addWidget(self._books)
        layout.addWidget(self._counted_field)
        layout.addWidget(self._difference)
        layout.addWidget(self._reason_field)
        layout.addLayout(forms.row(None, self._cancel, self._book))
        self.setMinimumWidth(420)

    def _unit(self) -> str:
        return self._balance.unit_zh if i18n.language().startswith("zh") else self._balance.unit_en

    def _show_books(self) -> None:
        shown = {
            "on_hand": text_of("qty")(self._book_qty),
            "reserved": text_of("qty")(self._balance.reserved),
            "unit": self._unit(),
        }
        self._books.setText(self.tr("The books say {on_hand} {unit}, {reserved} of them reserved.").format(**shown))
        self._show_difference()

    @Slot()
    def _on_typed(self) -> None:
        self._counted_field.clear_refusal()

    @Slot()
    def _show_difference(self) -> None:
        counted = self._counted.value()
        if counted is None:
            self._difference.setText(self.tr("Count what lies there, reserved goods included."))
            return
        difference = counted - self._book_qty
        signed = f"{'+' if difference > 0 else ''}{text_of('qty')(difference)}"
        self._difference.setText(self.tr("Difference: {qty} {unit}").format(qty=signed, unit=self._unit()))

    @Slot()
    def _on_book(self) -> None:
        self._counted.take()
        counted, reason = self._counted.value(), self._reason.currentText().strip()
        if counted is None:
            self._refuse(self._counted_field, self._counted.complaint() or self.tr("Enter what was counted."))
        elif not reason:
            self._refuse(self._reason_field, self.tr("Choose or type the reason: it stands in the journal of counts."))
        else:
            self._set_busy(True)
            Command(
                stock.adjust_stock,
                self._database,
                product_id=self._balance.product_id,
                warehouse_id=self._balance.warehouse_id,
                counted_qty=counted,
                book_qty=self._book_qty,
                reason=reason,
            ).titled(self.tr("Booking the count")).finished(self._on_finished).success(self._on_booked).failure(
                self._on_refused
            ).run()

    def _on_finished(self) -> None:
        self._set_busy(False)

    def _on_booked(self, result: dict[str, object]) -> None:
        bridge.success(self.tr("Count {number} is booked.").format(number=result["number"]))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error) or not isinstance(error, ErpError):
            errors.show(error, self)
            return
        field = self._reason_field if error.field == "reason" else self._counted_field
        self._refuse(field, errors.sentence(error))
        if error.code == "UC301":
            self._book_qty = Decimal(str(error.params["on_hand"]))
            self._show_books()

    def _refuse(self, field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for each in (self._counted_field, self._reason_field, self._book):
            each.setEnabled(not busy)
