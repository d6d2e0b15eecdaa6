"""The card in which the shop floor reports pieces: good ones, scrap with its reason, and Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import QUANTITY, NumberRule
from erp_desktop.models.i18n import Text
from erp_desktop.models.i18n import said as spoken
from erp_desktop.models.sender import Errand, Open, Sender
from erp_desktop.services import production
from erp_desktop.services.calls import Call
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ConnectionLost, KnownError
from erp_desktop.services.listing import text_of
from erp_desktop.services.production import ShopOperation
from erp_desktop.views import errors
from erp_desktop.views.production.operation_list import said
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.numbers import NumberField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MINUTES = NumberRule(1, Decimal(0), Decimal(100_000))


@dataclass(frozen=True)
class _Sent:
    """A report as it stands in the card, or as it was sent."""

    operation_id: int
    good_qty: Decimal
    scrap_qty: Decimal
    scrap_reason: str
    minutes: Decimal


class ReportCard(QFrame):
    """Reports pieces at the operation shown.

    Signals:
        reported(): the server has counted a report.
        left(): Escape: the person goes back to the list.
    """

    reported = Signal()
    left = Signal()

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._operation: ShopOperation | None = None
        self._sender = Sender(database, self)
        self._sender.sending_changed.connect(self._show)
        self._sender.overtaken.connect(self._on_overtaken)
        self.good, self.scrap = NumberField("qty", QUANTITY), NumberField("qty", QUANTITY)
        self.minutes = NumberField("qty", MINUTES)
        self.reason = QComboBox(editable=True)
        self.button = forms.button("primary", "check")
        self._heading = forms.text_label("title", wrap=True)
        self._product = forms.text_label("strong", wrap=True)
        self._facts = forms.text_label("muted", wrap=True)
        self._message = forms.text_label("error", wrap=True)
        self._said: Text = ""
        self._build()
        self.retranslate()
        self.show_operation(None)

    def show_operation(self, operation: ShopOperation | None) -> None:
        """Report at this operation from now on; what was typed for another one is forgotten."""
        other = operation is None or self._operation is None or operation.id != self._operation.id
        self._operation = operation
        if other:
            self._clear()
        self._show()

    def begin(self, typed: str = "") -> None:
        """Put the keyboard into the good pieces: `typed` by the person, else all that there are to do."""
        if self._operation is None or self._operation.open_qty <= 0:
            return
        self.good.setFocus(Qt.FocusReason.OtherFocusReason)
        if typed:
            self.good.setText(typed)
        elif self.good.value() is None and self.scrap.value() is None:
            self.good.set_value(self._operation.open_qty)
            self.good.selectAll()

    def _build(self) -> None:
        for editor in (self.good, self.scrap, self.minutes):
            editor.setProperty("role", "big")
            editor.installEventFilter(self)
        line_edit = self.reason.lineEdit()
        if line_edit is not None:
            line_edit.setMaxLength(200)
        self.reason.installEventFilter(self)
        self.button.setProperty("scale", "big")
        self.button.clicked.connect(self._report)
        self._fields = {
            "good_qty": forms.Field(self.good),
            "scrap_qty": forms.Field(self.scrap),
            "scrap_reason": forms.Field(self.reason),
            "minutes": forms.Field(self.minutes),
        }
        beside = QWidget()
        line = forms.row(spacing=3 * theme.GRID)
        for name in ("scrap_qty", "minutes"):
            line.addWidget(self._fields[name], 1, Qt.AlignmentFlag.AlignTop)
        beside.setLayout(line)
        self._connect()
        column = forms.column(
            self._heading,
            self._product,
            self._facts,
            self._fields["good_qty"],
            beside,
            self._fields["scrap_reason"],
            self._message,
            self.button,
            spacing=3 * theme.GRID,
        )
        column.setContentsMargins(*[5 * theme.GRID] * 4)
        self.setLayout(column)

    def _connect(self) -> None:
        self.good.complained.connect(self._fields["good_qty"].refuse)
        self.scrap.complained.connect(self._fields["scrap_qty"].refuse)
        self.minutes.complained.connect(self._fields["minutes"].refuse)
        self.good.textEdited.connect(self._fields["good_qty"].clear_refusal)
        self.scrap.textEdited.connect(self._fields["scrap_qty"].clear_refusal)
        self.reason.editTextChanged.connect(self._fields["scrap_reason"].clear_refusal)
        self.scrap.textChanged.connect(self._show_reason)

    def retranslate(self) -> None:
        """Set every text anew."""
        self._fields["good_qty"].set_label(self.tr("&Good pieces"))
        self._fields["scrap_qty"].set_label(self.tr("&Scrap"))
        self._fields["scrap_reason"].set_label(self.tr("&Reason for the scrap"))
        self._fields["minutes"].set_label(self.tr("&Minutes (optional)"))
        self.button.setText(self.tr("Report (Enter)"))
        typed = self.reason.currentText()
        self.reason.clear()
        self.reason.addItems(
            [
                self.tr("Cut wrong"),
                self.tr("Material defect"),
                self.tr("Damaged surface"),
                self.tr("Wrong size"),
                self.tr("Machine fault"),
            ]
        )
        self.reason.setCurrentText(typed)
        self._message.setText(spoken(self._said))
        self._show()

    def _clear(self) -> None:
        for editor in (self.good, self.scrap, self.minutes):
            editor.set_value(None)
        self.reason.setCurrentText("")
        self._refuse_nothing()

    def _refuse_nothing(self) -> None:
        self._say("")
        for each in self._fields.values():
            each.clear_refusal()

    def _say(self, text: Text) -> None:
        self._said = text
        self._message.setText(spoken(text))
        self._message.setVisible(bool(self._message.text()))

    @Slot()
    def _show_reason(self) -> None:
        """The reason is asked for only when there is scrap."""
        self._fields["scrap_reason"].setVisible(self.scrap.text().strip() not in ("", "0"))

    def _show(self) -> None:
        each = self._operation
        can_report = each is not None and each.open_qty > 0
        self._show_reason()
        for editor in (self.good, self.scrap, self.minutes, self.reason):
            editor.setEnabled(can_report)
        self.button.setEnabled(can_report and not self._sender.sending)
        if each is None:
            self._heading.setText(self.tr("Choose an operation"))
            self._product.setText("")
            self._facts.setText(self.tr("Stand on an operation and press Enter, or type the quantity at once."))
            return
        qty = text_of("qty")
        self._heading.setText(said(each.name_zh, each.name_en))
        product = f"{said(each.product_zh, each.product_en)}  {each.specification}".rstrip()
        self._product.setText(product)
        facts = self.tr("{number} · {done} of {all} done, {open} to do")
        self._facts.setText(
            facts.format(
                number=each.work_order_number,
                done=qty(each.done_qty),
                all=qty(each.qty),
                open=qty(each.open_qty),
            )
        )

    @Slot()
    def _report(self) -> None:
        if self._operation is None or self._sender.sending or not self._is_understood():
            return
        sent = self._typed(self._operation)
        self._refuse_nothing()
        done, title = partial(self._on_reported, sent), self.tr("Reporting pieces")
        errand = Errand(title, False, vars(sent), done, self._on_refused, about=sent.operation_id)
        self._sender.send(production.report_work, vars(sent), errand)

    def _typed(self, operation: ShopOperation) -> _Sent:
        return _Sent(
            operation.id,
            self.good.value() or Decimal(0),
            self.scrap.value() or Decimal(0),
            self.reason.currentText().strip() if self.scrap.value() else "",
            self.minutes.value() or Decimal(0),
        )

    def _is_understood(self) -> bool:
        """Whether the numbers are numbers and scrap has its reason; what is wrong stands at its field."""
        numbers = (self.good, self.scrap, self.minutes)
        for editor in numbers:
            editor.take()
        if self.scrap.value() and not self.reason.currentText().strip():
            self._fields["scrap_reason"].refuse(self.tr("Choose a reason or write one: scrap needs it."))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return not any(editor.complaint() for editor in numbers)

    def _on_reported(self, sent: _Sent, _result: dict[str, Any]) -> None:
        if self._operation is not None and self._typed(self._operation) == sent:
            self._clear()  # else somebody types the next report already
        qty = text_of("qty")
        if sent.scrap_qty:
            text = self.tr("Reported: {good} good, {scrap} scrap.")
        else:
            text = self.tr("Reported: {good} good.")
        bridge.success(text.format(good=qty(sent.good_qty), scrap=qty(sent.scrap_qty)))
        self.reported.emit()

    @Slot(object, object)
    def _on_overtaken(self, lost: Open, _result: object) -> None:
        """A report whose answer was lost had been counted, and was corrected since: both are not to be added up."""
        qty, counted = text_of("qty"), lost.typed or {}

        def sentence() -> str:
            return self.tr(
                "The report before was counted: {good} good, {scrap} scrap. What you entered then is not reported;"
                " report it only if it comes on top."
            ).format(good=qty(counted["good_qty"]), scrap=qty(counted["scrap_qty"]))

        self._say(sentence)
        bridge.warning(sentence())  # the operation leaves the list if that was all of it
        self.reported.emit()

    def _on_refused(self, _errand: Errand, _call: Call, error: Exception) -> None:
        if not isinstance(error, KnownError):
            bridge.fail(error)
            return
        sentence = partial(errors.sentence, error)
        place = self._fields.get(error.field)
        if place is not None and not isinstance(error, ConnectionLost):
            place.refuse(sentence)
            place.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say(sentence)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]  # QObject in Qt
        """Override QObject.eventFilter: Enter reports from every field, Escape goes back to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys: dict[Qt.Key, Callable[[], object]] = {Qt.Key.Key_Escape: self.left.emit}
            keys |= dict.fromkeys(ENTER, self._report)
            act = keys.get(Qt.Key(event.key()))
            if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                act()
                return True
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
