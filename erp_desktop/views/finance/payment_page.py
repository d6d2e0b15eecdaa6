"""The window of a payment: money is recorded, and spread over the invoices that it settles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from erp_desktop.models import finance_lines
from erp_desktop.models.allocation import AllocationModel
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.models.operations import Query
from erp_desktop.models.sales_lookups import customer_choice
from erp_desktop.models.sender import Errand
from erp_desktop.services import customers, finance
from erp_desktop.services.calls import Call
from erp_desktop.services.customers import Customer
from erp_desktop.services.db import Database
from erp_desktop.services.errors import InvalidInput, KnownError
from erp_desktop.services.finance import OpenInvoice, Payment
from erp_desktop.services.listing import text_of
from erp_desktop.views.finance.payment_header import PaymentHeader
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.side_panel import Related
from erp_desktop.views.widgets.totals import TotalsCard

_SENT_LINE = re.compile(r"lines\[(\d+)\](.*)")
OPEN, SETTLED, ENTRIES = range(3)


class PaymentPage(DocumentPage):
    """A payment; a new one may be opened with the presets `customer_id` and `amount`."""

    kind = "payment"
    line_values: ClassVar[Mapping[str, str]] = {"allocations": "amount"}
    _sent: tuple[int, ...] = ()
    _typed_before: Mapping[str, Decimal | None] | None = None

    # What the page is made of

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self.header = PaymentHeader(self.context.session.database, self)
        self.header.customer_changed.connect(self._on_customer)
        self.header.amount_changed.connect(self._on_amount)
        self._labels = {name: self.add_field(name, editor) for name, editor in self.header.editors().items()}
        places = ((0, 0, 3), (0, 3, 1), (0, 4, 1), (0, 5, 1), (1, 0, 2), (1, 2, 4))
        return self.header_card(
            6, *((field, *place) for field, place in zip(self._labels.values(), places, strict=True))
        )

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body."""
        self.allocation = AllocationModel(self)
        self.allocation.changed.connect(self._show_left)
        self.settled = LineGridModel(finance_lines.settled_columns(), self)
        self.entries = LineGridModel(finance_lines.journal_columns(), self)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._grids = []
        for model in (self.allocation, self.settled, self.entries):
            model.set_read_only(model is not self.allocation)
            grid = LineGrid(model)
            self._grids.append(grid)
            self._tabs.addTab(grid, "")
        self.grid = self._grids[OPEN]
        return self._tabs

    def build_totals(self) -> QWidget:
        """Override DocumentPage.build_totals."""
        self._totals = TotalsCard(3)
        return self._totals

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.propose_action = self.add_step(self._propose, step="propose", icon="refresh", role="quiet")
        self.record_action = self.add_step(self.save, step="record", icon="save", shortcut="Ctrl+S", primary=True)
        self.allocate_action = self.add_step(self._allocate, step="allocate", icon="check", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        words = {
            "customer_id": self.tr("&Customer"),
            "amount": self.tr("&Amount"),
            "received_on": self.tr("Received &on"),
            "method": self.tr("&Method"),
            "reference": self.tr("&Bank reference"),
            "note": self.tr("&Note"),
        }
        for name, word in words.items():
            self._labels[name].set_label(word, required=name in ("customer_id", "amount", "received_on"))
        self.header.retranslate()
        titles = (self.tr("Open invoices"), self.tr("Settled invoices"), self.tr("Journal entries"))
        for place, (grid, title) in enumerate(zip(self._grids, titles, strict=True)):
            self._tabs.setTabText(place, title)
            grid.setAccessibleName(title)
            grid.horizontalHeader().viewport().update()
        self._totals.show_names((self.tr("Received"), self.tr("Allocated"), self.tr("Left")))
        self.propose_action.setText(self.tr("Propose anew"))
        self.record_action.setText(self.tr("&Record"))
        self.allocate_action.setText(self.tr("Alloca&te"))
        if self.document_shown is not None:
            self._show_lines(self.document_shown)
        self._show_left()

    # Reading and showing

    def read(self, database: Database, document_id: int) -> Payment:
        """Override DocumentPage.read."""
        return finance.load_payment(database, document_id)

    def facts(self, document: Payment) -> Facts:
        """Override DocumentPage.facts: a payment has no states, but something is left of it or not."""
        may_allocate = bool(document.open_amount) and self.context.may("erp_payment_enter")
        steps = frozenset({"propose", "allocate"} if may_allocate and document.open_invoices else ())
        return Facts(document.number, "unallocated" if document.open_amount else "allocated", document.version, steps)

    def new_steps(self) -> frozenset[str]:
        """Override DocumentPage.new_steps."""
        return frozenset({"record", "propose"})

    def show_new(self, **preset: object) -> None:
        """Override DocumentPage.show_new."""
        self.header.show_new()
        self._tabs.setTabVisible(SETTLED, False)
        self._tabs.setTabVisible(ENTRIES, False)
        self._side.hide()
        amount, customer_id = preset.get("amount"), preset.get("customer_id")
        if isinstance(amount, Decimal):
            self.header.amount.set_value(amount)
        if isinstance(customer_id, int):
            Query(customers.load_customer, self.context.session.database, customer_id).quiet().success(
                self._take_customer
            ).run()

    def show_document(self, document: Payment) -> None:
        """Override DocumentPage.show_document."""
        self.header.show_payment(document)
        self.allocation.show_invoices(document.open_invoices, document.open_amount)
        self._show_lines(document)
        self.set_editable(False)
        can_allocate = "allocate" in self.facts(document).steps
        self.allocation.set_read_only(not can_allocate)
        for place in range(self._tabs.count()):
            self._tabs.setTabVisible(place, True)
        self._tabs.setCurrentIndex(OPEN if can_allocate else SETTLED)
        self._side.show()
        self.timeline.show_entries(document.timeline)
        settled = {each.invoice_id: each for each in document.allocations}
        self.related.show_documents(
            [Related("invoice", each.invoice_id, each.invoice_number, each.invoice_state) for each in settled.values()]
        )
        self._show_left()

    def _show_lines(self, document: Payment) -> None:
        self.settled.set_lines(map(finance_lines.settled_line, document.allocations))
        self.entries.set_lines(map(finance_lines.journal_line, document.entries))

    def draft_data(self) -> dict[str, Any] | None:
        """Override DocumentPage.draft_data."""
        if self.document_id is not None:
            return {"allocations": self.allocation.typed()} if self.editable else None
        return {**self.header.draft(), "allocations": self.allocation.typed()}

    @property
    def editable(self) -> bool:
        """Override DocumentPage.editable: of a recorded payment what is left can be allocated."""
        return super().editable or not self.allocation.read_only

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        self._typed_before = data.get("allocations")
        if self.document_id is None:
            self.header.take_draft(data)
        self._take_allocations()

    def _take_allocations(self) -> None:
        """Show the amounts that were typed once, as soon as the invoices of the customer are there."""
        typed, there = self._typed_before, self.allocation.lines()
        if there or self.document_id is not None:
            self._typed_before = None
        if typed and any(str(line["invoice_id"]) in typed for line in there):
            self.allocation.take_typed(typed)

    # Proposing

    def _take_customer(self, customer: Customer) -> None:
        self._showing += 1  # the program fills this in: nothing was typed that could be lost
        try:
            self.header.customer.set_choice(customer_choice(customer))
        finally:
            self._showing -= 1
        self.header.reference.setFocus()

    @Slot()
    def _on_customer(self) -> None:
        if self.document_id is not None:
            return
        self.allocation.show_invoices((), None)
        customer_id = self.header.customer_id()
        if customer_id is not None:
            Query(finance.open_invoices, self.context.session.database, customer_id).quiet().success(
                partial(self._on_open_invoices, customer_id)
            ).owned_by(self).run()

    def _on_open_invoices(self, customer_id: int, invoices: list[OpenInvoice]) -> None:
        if self.document_id is None and customer_id == self.header.customer_id():
            self.allocation.show_invoices(invoices, self.header.amount.value())
            self._take_allocations()

    @Slot()
    def _on_amount(self) -> None:
        if self.document_id is None and not self.allocation.is_typed:
            self.allocation.propose(self.header.amount.value())
        self._show_left()

    @Slot()
    def _propose(self) -> None:
        self.allocation.propose(self._available())

    def _available(self) -> Decimal:
        """What can be allocated: what is left of a recorded payment, or the amount being typed."""
        document: Payment | None = self.document_shown
        return document.open_amount if document is not None else self.header.amount.value() or Decimal(0)

    @Slot()
    def _show_left(self) -> None:
        document: Payment | None = self.document_shown
        available, used = self._available(), self.allocation.total()
        received = document.amount if document is not None else available
        self._totals.show_amounts((received, received - available + used, available - used))
        self._totals.words.setText(
            self.tr("{excess} more than there is").format(excess=text_of("money")(used - available))
            if used > available
            else ""
        )

    # Steps

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save: record what is new, allocate what is recorded."""
        if self.document_id is not None:
            self._allocate(then)
            return
        missing = self.header.missing()
        if missing:
            self.refuse(InvalidInput("UV001", {"field": missing}, missing))
        elif self._allocation_is_sound():
            self.send(
                finance.record_payment,
                **self.header.values(),
                leaves=("allocations",),
                done=partial(self._on_recorded, self.allocation.amounts(), then),
            )

    def _on_recorded(
        self, amounts: dict[int, Decimal], then: Callable[[], object] | None, result: dict[str, Any]
    ) -> None:
        bridge.success(self.tr("Payment {number} is recorded.").format(number=result["number"]))
        if amounts:
            self._send_allocation(result["id"], result["version"], amounts, then)
        elif then is not None:
            then()

    def _allocate(self, then: Callable[[], object] | None = None) -> None:
        amounts = self.allocation.amounts()
        if not self._allocation_is_sound() or self.document_id is None or self.version is None:
            return
        if not amounts:
            self.say(lambda: self.tr("Enter beside an invoice how much of it the payment settles."))
            return
        self._send_allocation(self.document_id, self.version, amounts, then)

    def _send_allocation(
        self, payment_id: int, version: int, amounts: dict[int, Decimal], then: Callable[[], object] | None
    ) -> None:
        self._sent = tuple(amounts)
        self.send(
            finance.allocate_payment,
            payment_id=payment_id,
            version=version,
            amounts=amounts,
            done=partial(self._on_allocated, then),
        )

    def _on_allocated(self, then: Callable[[], object] | None, result: dict[str, Any]) -> None:
        bridge.success(
            self.tr("Allocated; {left} is left.").format(left=text_of("money")(Decimal(result["open_amount"])))
        )
        if then is not None:
            then()

    def _allocation_is_sound(self) -> bool:
        """Whether the typed amounts can be sent; says what is wrong with them."""
        if self.grid is not None:
            self.grid.commit()
        self.clear_refusals()
        complaints = self.allocation.complaints()
        if complaints and self.grid is not None:
            self.grid.go_to(complaints[0][0], complaints[0][1])
            self.say(complaints[0][2])
            return False
        if self.allocation.refuse_excess():
            self.say(lambda: self.tr("Allocate at most what each invoice has open."))
            return False
        if self.allocation.total() > self._available():
            self.say(lambda: self.tr("Allocate less, or enter a larger amount: more is allocated than was received."))
            return False
        return True

    def show_refusal(self, errand: Errand, call: Call, error: Exception) -> None:
        """Override DocumentPage.show_refusal: the amounts sent stay, although the payment was recorded before them."""
        super().show_refusal(errand, call, error)
        typed = (errand.typed or {}).get("allocations")
        if typed is None or self.document_id is None:
            return
        put_back = partial(self._put_back, {"allocations": typed}, None)
        if self.shown_facts is not None and self.shown_facts.version == self.version:
            put_back()
        else:
            self._when_shown = put_back

    def refuse(self, error: Exception) -> None:
        """Override DocumentPage.refuse: the server counts the lines that were sent, the grid shows all."""
        line = _SENT_LINE.fullmatch(error.field) if isinstance(error, KnownError) else None
        if line is not None and isinstance(error, KnownError) and int(line[1]) < len(self._sent):
            error.field = f"lines[{self.allocation.row_of(self._sent[int(line[1])])}]{line[2]}"
        super().refuse(error)
