"""The list of customers."""

from __future__ import annotations

from typing import ClassVar

from erp_desktop.models import sales_lists
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Equals, OneOf
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class CustomersPage(ListPage):
    """Customers that the person sees; Enter opens one."""

    code = "sales.customers"
    spec = sales_lists.CUSTOMERS
    opens = "customer"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "Active"), (Equals("is_active", True),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Dealers"), (OneOf("kind", ("dealer",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Inactive"), (Equals("is_active", False),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.order_action = self.add_list_action(self._new_order, icon="orders", needs=Needs.ONE, may="erp_order_enter")
        self.new_action = self.add_list_action(
            self._new, icon="plus", shortcut="Ctrl+N", may="erp_customer_enter", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.order_action.setText(self.tr("New &order"))
        self.new_action.setText(self.tr("&New customer"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("No customers yet. Ctrl+N enters one.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Code, name, pinyin or phone")

    def _new(self) -> None:
        self.context.open_document("customer")

    def _new_order(self) -> None:
        for customer_id in self.selected_ids():
            self.context.open_document("order", customer_id=customer_id)
