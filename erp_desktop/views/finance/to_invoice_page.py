"""To invoice: orders with goods shipped that no invoice holds yet."""

from __future__ import annotations

from typing import ClassVar

from erp_desktop.models.bridge import bridge
from erp_desktop.models.finance_lists import TO_INVOICE
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.services import finance
from erp_desktop.services.finance import Batch
from erp_desktop.services.listing import OneOf
from erp_desktop.views.finance.batch import BatchTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context

MOST_AT_ONCE = 200


class ToInvoicePage(ListPage):
    """Drafts the invoices of the selected orders; Enter opens the order."""

    code: ClassVar[str] = "finance.to_invoice"
    spec = TO_INVOICE
    opens: ClassVar[str] = "order"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Delivered"), (OneOf("state", ("delivered",)),)),
    )

    def __init__(self, context: Context) -> None:
        self._teller = BatchTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.draft_action = self.add_list_action(
            self._draft, icon="invoice", shortcut="Ctrl+Enter", needs=Needs.SOME, may="erp_invoice_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.draft_action.setText(self.tr("&Draft invoice"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Everything that was shipped is invoiced.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Order or customer")

    def _draft(self) -> None:
        order_ids = self.selected_ids()
        if len(order_ids) > MOST_AT_ONCE:
            bridge.warning(self.tr("Select at most {count} orders at a time.").format(count=MOST_AT_ONCE))
            return
        self.draft_action.setEnabled(False)
        Command(finance.create_invoices, self.context.session.database, order_ids=order_ids).titled(
            self.tr("Drafting invoices")
        ).finished(self._on_finished).success(self._on_drafted).run()

    def _on_finished(self) -> None:
        self.draft_action.setEnabled(Needs.SOME.met_by(self.table.selected_count()))

    def _on_drafted(self, batch: Batch) -> None:
        self._teller.tell(batch, self.tr("%n invoices drafted", "", len(batch.done)))
        if len(batch.done) == 1:
            self.context.open_document("invoice", batch.done[0]["id"])
        elif batch.done:
            page = self.context.open_screen("finance.invoices")
            if isinstance(page, ListPage):
                page.show_filtered((OneOf("state", ("draft",)),))
