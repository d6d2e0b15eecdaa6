"""The journal: the lines of all double entries."""

from __future__ import annotations

from typing import Any, ClassVar

from erp_desktop.models.bridge import bridge
from erp_desktop.models.finance_lists import JOURNAL
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Equals, OneOf, Period
from erp_desktop.views import registry
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class JournalPage(ListPage):
    """Journal lines, the newest first; the sums of debit and credit below are equal over whole entries."""

    code: ClassVar[str] = "finance.journal"
    spec = JOURNAL
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Today"), (Period("posted_on", "today"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "This month"), (Period("posted_on", "this_month"),)),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Invoices and money"),
            (OneOf("event", ("invoice", "payment", "cash_payment", "allocation")),),
        ),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Goods"),
            (OneOf("event", ("shipment", "receipt", "consumption", "production", "adjustment", "opening")),),
        ),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.entry_action = self.add_list_action(self._show_entry, icon="ledger", needs=Needs.ONE)
        self.document_action = self.add_list_action(self._open_document, icon="link", needs=Needs.ONE)

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.entry_action.setText(self.tr("&Whole entry"))
        self.document_action.setText(self.tr("&Open document"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing is posted yet. Shipments, receipts, invoices and payments post by themselves.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Entry, document or account")

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row: the document that posted the entry."""
        for line in self.selected_values():
            if line["id"] == row_id:
                self._open(line)

    def _show_entry(self) -> None:
        for line in self.selected_values():
            self.show_filtered((Equals("number", line["number"]),))

    def _open_document(self) -> None:
        for line in self.selected_values():
            self._open(line)

    def _open(self, line: dict[str, Any]) -> None:
        kind, document_id = line["document_type"], line["document_id"]
        if registry.document(kind) is None or self.context.open_document(kind, document_id) is None:
            bridge.info(self.tr("This entry belongs to no document that you may open."))
