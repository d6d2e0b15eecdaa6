"""The list of sales orders."""

from __future__ import annotations

from collections.abc import Sequence

from erp_desktop.models import sales_lists
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.services import sales
from erp_desktop.services.listing import Equals, OneOf, Period
from erp_desktop.services.sales import Outcome
from erp_desktop.views.sales.outcome import OutcomeTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context


class OrdersPage(ListPage):
    """Orders that the person sees; drafts can be submitted from here, several at once."""

    code = "sales.orders"
    spec = sales_lists.ORDERS
    opens = "order"

    def __init__(self, context: Context) -> None:
        self._teller = OutcomeTeller()
        super().__init__(context)

    def shipped_views(self) -> Sequence[SavedView]:
        """Override ListPage.shipped_views: who sees the orders of others has a tab for her own."""
        views = [
            SavedView(QT_TRANSLATE_NOOP("Views", "Drafts"), (OneOf("state", ("draft",)),)),
            SavedView(QT_TRANSLATE_NOOP("Views", "Waiting for approval"), (OneOf("state", ("submitted",)),)),
            SavedView(QT_TRANSLATE_NOOP("Views", "Returned"), (OneOf("state", ("returned",)),)),
            SavedView(QT_TRANSLATE_NOOP("Views", "On hold"), (OneOf("hold_reason", sales_lists.HOLD_REASONS),)),
            SavedView(QT_TRANSLATE_NOOP("Views", "Ready to ship"), (OneOf("state", ("ready",)),)),
            SavedView(
                QT_TRANSLATE_NOOP("Views", "Overdue"),
                (OneOf("state", sales_lists.OPEN_STATES), Period("promised_on", "before_today")),
            ),
        ]
        if self.context.may("erp_order_view_branch") or self.context.may("erp_order_view_all"):
            mine = Equals("owner_id", self.context.session.user_id)
            views.insert(0, SavedView(QT_TRANSLATE_NOOP("Views", "Mine"), (mine,)))
        return views

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.submit_action = self.add_list_action(self._submit, icon="send", needs=Needs.SOME, may="erp_order_enter")
        self.import_action = self.add_list_action(self._open_import, icon="import", may="erp_order_import")
        self.new_action = self.add_list_action(
            self._new, icon="plus", shortcut="Ctrl+N", may="erp_order_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.submit_action.setText(self.tr("&Submit"))
        self.import_action.setText(self.tr("&Import…"))
        self.new_action.setText(self.tr("&New order"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("No orders yet. Ctrl+N enters one; “Import” takes a whole file.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number, customer or reference")

    def _new(self) -> None:
        self.context.open_document("order")

    def _open_import(self) -> None:
        self.context.open_screen("sales.import")

    def _submit(self) -> None:
        Command(sales.submit_each, self.context.session.database, self.selected_ids()).titled(
            self.tr("Submitting orders")
        ).success(self._on_submitted).run()

    def _on_submitted(self, outcome: Outcome) -> None:
        if outcome.done or outcome.refused:
            self._teller.tell(outcome, self.tr("%n orders submitted", "", len(outcome.done)))
        else:
            bridge.warning(self.tr("Select drafts or returned orders: only those can be submitted."))
