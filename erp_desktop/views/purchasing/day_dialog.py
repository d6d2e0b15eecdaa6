"""Moving the day on which a purchase order that was sent is expected."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from erp_desktop.services.purchasing import PurchaseOrder
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dates import DateField
from erp_desktop.views.widgets.dialog import Dialog

LONGEST_REASON = 1000


class DayDialog(Dialog):
    """Asks for the new day and why it moves; Ctrl+Enter answers."""

    def __init__(self, order: PurchaseOrder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order = order
        self.setWindowTitle(self.tr("Move the expected day"))
        self._so_far = forms.text_label("muted", wrap=True)
        self._day = DateField()
        self._reason = QPlainTextEdit()
        self._reason.setTabChangesFocus(True)
        self._day_field = forms.Field(self._day)
        self._reason_field = forms.Field(self._reason)
        self._back = forms.button()
        self._move = forms.button("primary", "calendar")
        self._set_up()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._so_far)
        layout.addWidget(self._day_field)
        layout.addWidget(self._reason_field, 1)
        layout.addLayout(forms.row(None, self._back, self._move))
        self.resize(440, 300)

    def _set_up(self) -> None:
        order = self._order
        self._so_far.setText(
            self.tr("Purchase order {number} is expected on {day}.").format(
                number=order.number, day=order.expected_on.isoformat()
            )
        )
        self._day_field.set_label(self.tr("New &day"), required=True)
        self._reason_field.set_label(self.tr("&Reason, for everybody who waits"), required=True)
        self._day.textEdited.connect(self._day_field.clear_refusal)
        self._day.value_changed.connect(self._day_field.clear_refusal)
        self._day.complained.connect(self._day_field.refuse)
        self._reason.textChanged.connect(self._reason_field.clear_refusal)
        self._back.setText(self.tr("Back"))
        self._back.setAutoDefault(False)
        self._back.clicked.connect(self.reject)
        self._move.setText(self.tr("&Move the day"))
        self._move.setShortcut("Ctrl+Return")
        self._move.setDefault(True)
        self._move.clicked.connect(self._on_move)

    def day(self) -> dt.date:
        """The new day, once the dialog was accepted."""
        return self._day.value() or self._order.expected_on

    def reason(self) -> str:
        """Why it moves."""
        return self._reason.toPlainText().strip()

    @Slot()
    def _on_move(self) -> None:
        """Close on a full answer: what the server would refuse is said while the typed reason is still there."""
        self._day.take()
        day, order = self._day.value(), self._order
        if day is None:
            self._refuse(self._day_field, self._day.complaint() or self.tr("Enter the day that the supplier names."))
        elif day == order.expected_on:
            self._refuse(self._day_field, self.tr("Enter another day: it is expected on this one already."))
        elif day < order.ordered_on:
            sentence = self.tr("Enter a day from {day} on: that is when it was ordered.")
            self._refuse(self._day_field, sentence.format(day=order.ordered_on.isoformat()))
        elif not self.reason():
            self._refuse(self._reason_field, self.tr("Say why: it stands in the timeline."))
        elif len(self.reason()) > LONGEST_REASON:
            sentence = self.tr("Shorten the text to {limit} characters.")
            self._refuse(self._reason_field, sentence.format(limit=f"{LONGEST_REASON:,}"))
        else:
            self.accept()

    def _refuse(self, field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()
