"""The window of an invoice: what it bills, what it posted, what settled it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QMessageBox, QTabWidget, QWidget

from erp_desktop.models import finance_lines, i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import LineGridModel
from erp_desktop.models.operations import Command
from erp_desktop.services import finance
from erp_desktop.services.db import Database
from erp_desktop.services.finance import Invoice
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.print_preview import printing_language
from erp_desktop.views.widgets.side_panel import Related
from erp_desktop.views.widgets.totals import TotalsCard

FIELDS = ("customer", "order", "issued_on", "due_on", "branch", "made_by")


class InvoicePage(DocumentPage):
    """An invoice; it is made from an order, so nobody types into it."""

    kind = "invoice"

    # What the page is made of

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self._editors = {name: QLineEdit() for name in FIELDS}
        self._labels = {name: self.add_field(name, editor) for name, editor in self._editors.items()}
        places = zip(self._labels.values(), (0, 2, 3, 4, 5, 6), (2, 1, 1, 1, 1, 1), strict=True)
        card = self.header_card(7, *((field, 0, column, span) for field, column, span in places))
        self.set_editable(False)
        return card

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body."""
        self.lines = LineGridModel(finance_lines.invoice_columns(), self)
        self.entries = LineGridModel(finance_lines.journal_columns(), self)
        self.payments = LineGridModel(finance_lines.payment_columns(), self)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._grids = []
        for model in (self.lines, self.entries, self.payments):
            model.set_read_only(True)
            grid = LineGrid(model)
            self._grids.append(grid)
            self._tabs.addTab(grid, "")
        self.grid = self._grids[0]
        return self._tabs

    def build_totals(self) -> QWidget:
        """Override DocumentPage.build_totals."""
        self._totals = TotalsCard(5)
        return self._totals

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.discard_action = self.add_step(self._ask_discard, step="discard", icon="trash", role="quiet")
        self.pay_action = self.add_step(self._record_payment, step="pay", icon="payment", primary=True)
        self.issue_action = self.add_step(self._issue, step="issue", icon="check", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        names = {
            "customer": self.tr("Customer"),
            "order": self.tr("Order"),
            "issued_on": self.tr("Issued on"),
            "due_on": self.tr("Due on"),
            "branch": self.tr("Branch"),
            "made_by": self.tr("Made by"),
        }
        for name, label in names.items():
            self._labels[name].set_label(label)
        titles = (self.tr("Lines"), self.tr("Journal entries"), self.tr("Payments"))
        for place, (grid, title) in enumerate(zip(self._grids, titles, strict=True)):
            self._tabs.setTabText(place, title)
            grid.setAccessibleName(title)
            grid.horizontalHeader().viewport().update()
        self._totals.show_names(
            (self.tr("Net"), self.tr("Tax"), self.tr("Paid"), self.tr("Unpaid"), self.tr("Total with tax"))
        )
        self.discard_action.setText(self.tr("Discard draft…"))
        self.pay_action.setText(self.tr("&Record payment"))
        self.issue_action.setText(self.tr("&Issue"))
        if self.document_shown is not None:
            self.show_document(self.document_shown)

    # Reading and showing

    def read(self, database: Database, document_id: int) -> Invoice:
        """Override DocumentPage.read."""
        return finance.load_invoice(database, document_id)

    def facts(self, document: Invoice) -> Facts:
        """Override DocumentPage.facts."""
        steps = set(document.actions)
        if document.state == "issued" and self.context.may("erp_payment_enter"):
            steps.add("pay")
        return Facts(document.number or "", document.state, document.version, frozenset(steps))

    def show_document(self, document: Invoice) -> None:
        """Override DocumentPage.show_document."""
        self._show_header(document)
        self.lines.set_lines(map(finance_lines.invoice_line, document.lines))
        self.entries.set_lines(map(finance_lines.journal_line, document.entries))
        self.payments.set_lines(map(finance_lines.payment_line, document.allocations))
        self._totals.show_amounts(
            (
                document.net_amount,
                document.tax_amount,
                document.allocated_amount,
                document.open_amount,
                document.gross_amount,
            )
        )
        self._totals.show_capitals(document.gross_amount, document.currency)
        self.timeline.show_entries(document.timeline)
        order = Related("order", document.order_id, document.order_number, document.order_state)
        paid = {each.payment_id: each.payment_number for each in document.allocations}
        payments = [Related("payment", number, name, "") for number, name in paid.items()]
        self.related.show_documents([order, *payments])

    def _show_header(self, document: Invoice) -> None:
        texts = {
            "customer": document.customer_name,
            "order": document.order_number,
            "issued_on": document.issued_on.isoformat() if document.issued_on else "–",
            "due_on": document.due_on.isoformat() if document.due_on else "–",
            "branch": i18n.spoken(document.branch_zh, document.branch_en),
            "made_by": i18n.spoken(document.created_by_zh, document.created_by_en),
        }
        for name, text in texts.items():
            self._editors[name].setText(text)
            self._editors[name].setCursorPosition(0)

    def tag_text(self) -> str:
        """Override DocumentPage.tag_text: by how much the customer is late."""
        document = self.document_shown
        if document is None or document.state != "issued" or document.days_late <= 0:
            return ""
        return self.tr("%n days overdue", "", document.days_late)

    def pdf(self) -> Callable[[], bytes] | None:
        """Override DocumentPage.pdf."""
        if self.document_id is None:
            return None
        return partial(finance.invoice_pdf, self.context.session.database, self.document_id, printing_language())

    # Steps

    @Slot()
    def _issue(self) -> None:
        self.send(
            finance.issue_invoice,
            invoice_id=self.document_id,
            version=self.version,
            done=lambda result: bridge.success(self.tr("Invoice {number} is issued.").format(number=result["number"])),
        )

    @Slot()
    def _record_payment(self) -> None:
        document: Invoice = self.document_shown
        self.context.open_document("payment", customer_id=document.customer_id, amount=document.open_amount)

    @Slot()
    def _ask_discard(self) -> None:
        buttons = QMessageBox.StandardButton
        question = self.tr("Discard this draft? What it bills can be invoiced again.")
        answer = QMessageBox.question(self, self.title(), question, buttons.Discard | buttons.Cancel, buttons.Cancel)
        if answer == buttons.Discard:
            self.discard()

    def discard(self) -> None:
        """Throw the draft away and close the page: there is nothing left to show."""
        if self.document_id is None or self.version is None:
            return
        Command(
            finance.discard_invoice,
            self.context.session.database,
            invoice_id=self.document_id,
            version=self.version,
        ).success(self._on_discarded).failure(self.refuse).run()

    def _on_discarded(self, _result: object) -> None:
        bridge.success(self.tr("The draft is discarded."))
        self.context.close_page(self)
