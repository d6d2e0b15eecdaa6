"""The list of payments."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from erp_desktop.models.finance_lists import PAYMENTS
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Period, Range
from erp_desktop.views.finance.printing import StatementDialog
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class PaymentsPage(ListPage):
    """Money received from customers."""

    code: ClassVar[str] = "finance.payments"
    spec = PAYMENTS
    opens: ClassVar[str] = "payment"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "To allocate"), (Range("open_amount", low=Decimal("0.01")),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Today"), (Period("received_on", "today"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "This month"), (Period("received_on", "this_month"),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.statement_action = self.add_list_action(self._statement, icon="note", needs=Needs.ONE)
        self.new_action = self.add_list_action(
            self._new, icon="plus", shortcut="Ctrl+N", may="erp_payment_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.statement_action.setText(self.tr("&Statement…"))
        self.new_action.setText(self.tr("&New payment"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("No payment yet. Ctrl+N records one.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number, bank reference, customer or pinyin")

    def _new(self) -> None:
        self.context.open_document("payment")

    def _statement(self) -> None:
        for payment in self.selected_values():
            database = self.context.session.database
            StatementDialog(database, int(payment["customer_id"]), payment["customer_name"], self).exec()
