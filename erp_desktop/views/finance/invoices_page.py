"""The list of invoices."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from erp_desktop.models.bridge import bridge
from erp_desktop.models.finance_lists import INVOICES
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.services import finance
from erp_desktop.services.audit import record_print
from erp_desktop.services.finance import Batch
from erp_desktop.services.listing import OneOf, Period
from erp_desktop.views.finance.batch import BatchTeller
from erp_desktop.views.finance.printing import StatementDialog
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.print_preview import PrintPreview, printing_language


class InvoicesPage(ListPage):
    """Invoices of the company; drafts can be issued from here, several at once."""

    code: ClassVar[str] = "finance.invoices"
    spec = INVOICES
    opens: ClassVar[str] = "invoice"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Drafts"), (OneOf("state", ("draft",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Unpaid"), (OneOf("state", ("issued",)),)),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Overdue"), (OneOf("state", ("issued",)), Period("due_on", "before_today"))
        ),
        SavedView(QT_TRANSLATE_NOOP("Views", "Issued this month"), (Period("issued_on", "this_month"),)),
    )

    def __init__(self, context: Context) -> None:
        self._teller = BatchTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.statement_action = self.add_list_action(self._statement, icon="note", needs=Needs.ONE)
        self.print_action = self.add_list_action(self._print, icon="print", shortcut="Ctrl+P", needs=Needs.ONE)
        self.issue_action = self.add_list_action(
            self._issue, icon="check", needs=Needs.SOME, may="erp_invoice_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.statement_action.setText(self.tr("&Statement…"))
        self.print_action.setText(self.tr("&Print…"))
        self.issue_action.setText(self.tr("&Issue"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("There is no invoice yet. Draft one under To invoice.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number, order, customer or pinyin")

    def _statement(self) -> None:
        for invoice in self.selected_values():
            database = self.context.session.database
            StatementDialog(database, int(invoice["customer_id"]), invoice["customer_name"], self).exec()

    def _print(self) -> None:
        for invoice in self.selected_values():
            database, invoice_id = self.context.session.database, invoice["id"]
            make = partial(finance.invoice_pdf, database, invoice_id, printing_language())
            record = partial(record_print, database, "invoice", invoice_id)
            PrintPreview(make, invoice["number"] or self.tr("Draft invoice"), record, self).open_beside()

    def _issue(self) -> None:
        drafts = {each["id"]: each["version"] for each in self.selected_values() if each["state"] == "draft"}
        if not drafts:
            bridge.warning(self.tr("Select drafts: only those can be issued."))
            return
        Command(finance.issue_invoices, self.context.session.database, versions=drafts).titled(
            self.tr("Issuing invoices")
        ).success(self._on_issued).run()

    def _on_issued(self, batch: Batch) -> None:
        self._teller.tell(batch, self.tr("%n invoices issued", "", len(batch.done)))
