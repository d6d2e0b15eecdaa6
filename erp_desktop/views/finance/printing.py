"""What the screens of finance print: invoices, and the account statement of a customer over a period."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.services import clock, finance
from erp_desktop.services.audit import record_print
from erp_desktop.services.db import Database
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dates import DateField
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.print_preview import PrintPreview, printing_language


class StatementDialog(Dialog):
    """Asks for the period of a customer's account statement and shows it in the preview."""

    def __init__(self, database: Database, customer_id: int, customer_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._database = database
        self._customer_id = customer_id
        self._customer_name = customer_name
        today = clock.today()
        self._from, self._to = DateField(), DateField()
        self._from.set_value(_month_before(today))
        self._to.set_value(today)
        self._from_field, self._to_field = forms.Field(self._from), forms.Field(self._to)
        self.setWindowTitle(self.tr("Account statement"))
        self._from_field.set_label(self.tr("&From"), required=True)
        self._to_field.set_label(self.tr("&To"), required=True)
        self._build()
        for field in (self._from, self._to):
            field.value_changed.connect(self._check)

    def _build(self) -> None:
        cancel, self._show = forms.button(), forms.button("primary", "print")
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self._show.setText(self.tr("&Preview"))
        self._show.setDefault(True)
        self._show.clicked.connect(self._preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(forms.text_label("heading", self._customer_name, wrap=True))
        layout.addLayout(forms.row(self._from_field, self._to_field, spacing=3 * theme.GRID))
        layout.addLayout(forms.row(None, cancel, self._show))
        self.setMinimumWidth(380)

    def period(self) -> tuple[dt.date, dt.date] | None:
        """The period that was entered; None while it is none."""
        first, last = self._from.value(), self._to.value()
        return (first, last) if first is not None and last is not None and first <= last else None

    @Slot()
    def _check(self) -> None:
        first, last = self._from.value(), self._to.value()
        reversed_ = first is not None and last is not None and first > last
        self._to_field.refuse(self.tr("Choose a day that is not before the first one.") if reversed_ else "")
        self._show.setEnabled(self.period() is not None)

    @Slot()
    def _preview(self) -> None:
        period = self.period()
        if period is None:
            return
        make = partial(
            finance.statement_pdf,
            self._database,
            customer_id=self._customer_id,
            from_on=period[0],
            to_on=period[1],
            language=printing_language(),
        )
        name = self.tr("Statement {customer} {until}").format(customer=self._customer_name, until=period[1].isoformat())
        record = partial(record_print, self._database, "customer", self._customer_id)
        PrintPreview(make, name, record, self.parentWidget()).open_beside()
        self.accept()


def _month_before(day: dt.date) -> dt.date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
