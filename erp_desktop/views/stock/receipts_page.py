"""Goods receipts: the purchase orders that the warehouse expects."""

from __future__ import annotations

from typing import ClassVar

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.stock_lists import EXPECTED
from erp_desktop.services.listing import OneOf, Period
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class ReceiptsPage(ListPage):
    """Sent purchase orders of the person's warehouses; one opens to book what came."""

    code: ClassVar[str] = "stock.receipts"
    spec = EXPECTED
    opens: ClassVar[str] = "receiving"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Expected in the next 7 days"), (Period("expected_on", "next_7_days"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Overdue"), (Period("expected_on", "before_today"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Partly received"), (OneOf("state", ("partly_received",)),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.receive_action = self.add_list_action(
            self._receive, icon="receive", shortcut="Ctrl+Enter", needs=Needs.ONE, may="erp_receipt_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.receive_action.setText(self.tr("&Receive goods…"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("No goods are expected. Purchase orders come here when the buyer has sent them.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Purchase order or supplier")

    def _receive(self) -> None:
        for row_id in self.selected_ids():
            self.open_row(row_id)
