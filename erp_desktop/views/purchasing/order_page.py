"""The window of a purchase order: what a draft says, sending it, the day it is expected on, what has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.models import i18n, purchase_lines
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.services import clock, purchasing
from erp_desktop.services.db import Database
from erp_desktop.services.purchasing import PurchaseOrder
from erp_desktop.views.purchasing.day_dialog import DayDialog
from erp_desktop.views.purchasing.requests_panel import RequestsPanel
from erp_desktop.views.widgets import forms
from erp_desktop.views.widgets.dates import DateField
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.named_edit import NamedEdit
from erp_desktop.views.widgets.print_preview import printing_language
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.totals import TotalsCard

LONGEST_NOTE = 1000


class PurchaseOrderPage(DocumentPage):
    """A purchase order: changed while it is a draft, then sent; of what is to come only the day moves."""

    kind = "purchase_order"

    # What it is made of

    def build_header(self) -> QWidget | None:
        """Override DocumentPage.build_header."""
        names = ("contact", "terms", "warehouse", "buyer", "ordered_on")
        self._supplier = NamedEdit()
        told = {name: forms.Field(QLineEdit(readOnly=True)) for name in names}
        self._told = {"supplier": forms.Field(self._supplier), **told}
        self.expected = DateField()
        self.note = QLineEdit()
        self.note.setMaxLength(LONGEST_NOTE)
        self._expected_field = self.add_field("expected_on", self.expected)
        self._note_field = self.add_field("note", self.note)
        told = self._told
        return self.header_card(
            6,
            (told["supplier"], 0, 0, 2),
            (told["contact"], 0, 2, 2),
            (told["terms"], 0, 4, 1),
            (told["ordered_on"], 0, 5, 1),
            (told["warehouse"], 1, 0, 1),
            (told["buyer"], 1, 1, 1),
            (self._expected_field, 1, 2, 1),
            (self._note_field, 1, 3, 3),
        )

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body."""
        self.lines = LineGridModel(purchase_lines.COLUMNS, self, fixed=True)
        self.lines.changed.connect(self._show_totals)
        self.grid = LineGrid(self.lines)
        self.grid.left.connect(self._leave_grid)
        return self.grid

    def build_totals(self) -> QWidget | None:
        """Override DocumentPage.build_totals."""
        self._totals = TotalsCard(3)
        return self._totals

    def build_side(self) -> list[QWidget]:
        """Override DocumentPage.build_side."""
        self.requests = RequestsPanel()
        return [self.requests, self.timeline]

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.cancel_action = self.add_step(self._ask_cancel, step="cancel", icon="cross")
        self.day_action = self.add_step(self._ask_day, step="reschedule", icon="calendar")
        self.save_action = self.add_step(self.save, step="save", icon="save", shortcut="Ctrl+S", primary=True)
        self.send_action = self.add_step(self._send, step="send", icon="send", primary=True)

    # Reading and showing

    def read(self, database: Database, document_id: int) -> PurchaseOrder:
        """Override DocumentPage.read."""
        return purchasing.load_order(database, document_id)

    def facts(self, document: Any) -> Facts:
        """Override DocumentPage.facts."""
        order: PurchaseOrder = document
        return Facts(order.number, order.state, order.version, order.actions)

    def show_document(self, document: Any) -> None:
        """Override DocumentPage.show_document."""
        order: PurchaseOrder = document
        self._show_head(order)
        self.expected.set_value(order.expected_on)
        self.note.setText(order.note)
        self.note.setCursorPosition(0)
        self.lines.set_lines([purchase_lines.shown_line(line) for line in order.lines])
        self.requests.show_requests(order.requests)
        self.timeline.show_entries(order.timeline)
        self.set_editable("save" in order.actions)

    def tag_text(self) -> str:
        """Override DocumentPage.tag_text: what should have come already."""
        order: PurchaseOrder | None = self.document_shown
        if order is None or order.state not in ("sent", "partly_received") or order.expected_on >= clock.today():
            return ""
        return self.tr("Overdue since {day}").format(day=order.expected_on.isoformat())

    def draft_data(self) -> dict[str, Any] | None:
        """Override DocumentPage.draft_data."""
        return {"expected_on": self.expected.value(), "note": self.note.text(), "lines": self.lines.draft()}

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        expected = data.get("expected_on")
        self.expected.set_value(expected if isinstance(expected, dt.date) else None)
        self.note.setText(str(data.get("note", "")))
        self.lines.set_draft(data.get("lines", []))

    def pdf(self) -> Callable[[], bytes] | None:
        """Override DocumentPage.pdf."""
        if self.document_id is None:
            return None
        return partial(
            purchasing.purchase_order_pdf, self.context.session.database, self.document_id, printing_language()
        )

    def focus_first(self) -> None:
        """Override DocumentPage.focus_first: the first quantity of a draft."""
        if self.grid is not None and self.lines.lines():
            self.grid.go_to(0, "qty")

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        self.save_action.setText(self.tr("&Save"))
        self.send_action.setText(self.tr("Mark as s&ent"))
        self.cancel_action.setText(self.tr("Cancel purchase order…"))
        self.day_action.setText(self.tr("Move expected &day…"))
        labels = {
            "supplier": self.tr("Supplier"),
            "contact": self.tr("Contact"),
            "terms": self.tr("Payment terms"),
            "warehouse": self.tr("Into warehouse"),
            "buyer": self.tr("Buyer"),
            "ordered_on": self.tr("Order date"),
        }
        for name, text in labels.items():
            self._told[name].set_label(text)
        self._expected_field.set_label(self.tr("E&xpected on"), True)
        self._note_field.set_label(self.tr("&Note to the supplier"))
        if self.grid is not None:
            self.grid.setAccessibleName(self.tr("Lines"))
        self._totals.show_names((self.tr("Net"), self.tr("Tax"), self.tr("With tax")))
        if self.document_shown is not None:
            self._show_head(self.document_shown)
            self._rename_lines(self.document_shown)
        self._show_totals()

    def _show_head(self, order: PurchaseOrder) -> None:
        chinese = i18n.language() == "zh_CN"
        supplier = order.supplier
        days = supplier.payment_days
        name = supplier.name_zh if chinese else supplier.name_en
        told = {
            "contact": "  ".join(filter(None, (supplier.contact, supplier.phone, supplier.email))),
            "terms": "" if days is None else self.tr("{days} days").format(days=days),
            "warehouse": order.warehouse_zh if chinese else order.warehouse_en,
            "buyer": order.buyer_zh if chinese else order.buyer_en,
            "ordered_on": order.ordered_on.isoformat(),
        }
        self._supplier.show_record(name, supplier.code)
        for name, text in told.items():
            editor = self._told[name].editor
            if isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setCursorPosition(0)
                editor.setToolTip(text)

    def _rename_lines(self, order: PurchaseOrder) -> None:
        """Names and units follow the language; what was typed stays."""
        for row, line in enumerate(order.lines):
            shown = purchase_lines.shown_line(line)
            self.lines.update_line(row, {"name": shown["name"], "unit": shown["unit"]})

    @Slot()
    def _show_totals(self) -> None:
        sums = purchase_lines.totals(self.lines.lines())
        self._totals.show_amounts((sums.net, sums.tax, sums.gross))
        order: PurchaseOrder | None = self.document_shown
        in_words = sums.gross if order is not None and i18n.language() == "zh_CN" else None
        self._totals.show_capitals(in_words, order.currency if order is not None else "")

    @Slot()
    def _leave_grid(self) -> None:
        if self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.TabFocusReason)

    # Commands

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save."""
        self._save(lambda _result: then() if then is not None else None)

    def _save(self, done: Callable[[dict[str, Any]], object]) -> None:
        if self.grid is not None:
            self.grid.commit()
        if not self._is_ready():
            return
        self.send(
            purchasing.save_order,
            done=partial(self._on_saved, done),
            title=self.tr("Saving the purchase order"),
            saves=True,
            order_id=self.document_id,
            version=self.version,
            expected_on=self.expected.value(),
            note=self.note.text().strip(),
            lines=purchase_lines.changes(self.lines.lines()),
        )

    def _is_ready(self) -> bool:
        """Whether all that was typed is understood; else the keyboard stands where it must be mended."""
        self.expected.take()
        if self.expected.complaint():
            self.expected.setFocus()
            return False
        complaints = self.lines.complaints()
        if complaints and self.grid is not None:
            row, key, sentence = complaints[0]
            self.say(sentence)
            self.grid.go_to(row, key)
        return not complaints

    def _on_saved(self, done: Callable[[dict[str, Any]], object], result: dict[str, Any]) -> None:
        bridge.success(self.tr("Purchase order {number} is saved.").format(number=result["number"]))
        done(result)

    def _send(self) -> None:
        if self.grid is not None:
            self.grid.commit()
        if self.modified:
            self._save(lambda result: self._send_version(int(result["version"])))
        elif self.version is not None:
            self._send_version(self.version)

    def _send_version(self, version: int) -> None:
        self.send(
            purchasing.send_order,
            done=lambda result: bridge.success(
                self.tr("Purchase order {number} is sent; its goods are expected now.").format(number=result["number"])
            ),
            title=self.tr("Sending the purchase order"),
            order_id=self.document_id,
            version=version,
        )

    def _ask_day(self) -> None:
        order: PurchaseOrder = self.document_shown
        dialog = DayDialog(order, self)
        if dialog.exec() == DayDialog.DialogCode.Accepted:
            self.send(
                purchasing.reschedule_order,
                done=lambda result: bridge.success(
                    self.tr("Purchase order {number} is expected on {day} now.").format(
                        number=result["number"], day=dialog.day().isoformat()
                    )
                ),
                title=self.tr("Moving the expected day"),
                order_id=self.document_id,
                version=order.version,
                expected_on=dialog.day(),
                reason=dialog.reason(),
            )

    def _ask_cancel(self) -> None:
        dialog = ReasonDialog(
            self.title(),
            self.tr("Why is this purchase order cancelled?"),
            self.tr("Cancel &purchase order"),
            danger=True,
            parent=self,
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            self.send(
                purchasing.cancel_order,
                title=self.tr("Cancelling the purchase order"),
                order_id=self.document_id,
                version=self.version,
                reason=dialog.reason(),
            )
