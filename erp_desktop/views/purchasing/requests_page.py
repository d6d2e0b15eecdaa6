"""Purchase requests: what must be bought, who waits for it, and from whom it is usually bought."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.models.purchasing_lists import REQUESTS
from erp_desktop.services import purchasing
from erp_desktop.services.listing import Equals, OneOf, Period
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView

MOST_AT_ONCE = 1000
"""The server takes so many requests at a time."""
MOST_NUMBERS = 5


class RequestsPage(ListPage):
    """Requests; the selected open ones become purchase orders, one for each supplier and warehouse."""

    code: ClassVar[str] = "purchasing.requests"
    spec = REQUESTS
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "To order"), (OneOf("state", ("open",)),)),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Urgent"), (OneOf("state", ("open",)), Period("order_by", "before_today"))
        ),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Without supplier"), (OneOf("state", ("open",)), Equals("supplier_zh", None))
        ),
        SavedView(QT_TRANSLATE_NOOP("Views", "Ordered"), (OneOf("state", ("ordered",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.order_action = self.add_list_action(
            self._make_orders,
            icon="cart",
            shortcut="Ctrl+Enter",
            needs=Needs.SOME,
            may="erp_purchase_enter",
            primary=True,
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.order_action.setText(self.tr("&Make purchase orders"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing has to be bought. Confirmed orders and work orders ask here for what is missing.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number or product")

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row: the purchase order that covers the request."""
        row = self.model.row_of(row_id)
        values = self.model.values(row) if row is not None else None
        if values is None:
            return
        if values["purchase_order_id"] is None:
            bridge.info(self.tr("Make a purchase order for this request first: it has none yet."))
        else:
            self.context.open_document("purchase_order", int(values["purchase_order_id"]))

    def _make_orders(self) -> None:
        ids = self._open_ids()
        if not ids:
            bridge.warning(self.tr("Select open requests: the others are ordered already or cancelled."))
        elif len(ids) > MOST_AT_ONCE:
            bridge.warning(self.tr("Select at most {count} requests at a time.").format(count=MOST_AT_ONCE))
        else:
            Command(
                purchasing.create_orders, self.context.session.database, request_ids=ids, request_id=uuid4()
            ).titled(self.tr("Making purchase orders")).success(self._on_made).run()

    def _open_ids(self) -> list[int]:
        """The selected requests without those that are seen to be no longer open."""
        closed = {values["id"] for values in self.selected_values() if values["state"] != "open"}
        return [row_id for row_id in self.selected_ids() if row_id not in closed]

    def _on_made(self, result: dict[str, Any]) -> None:
        orders = result["orders"]
        numbers = [str(order["number"]) for order in orders]
        shown = self.tr(", ").join(numbers[:MOST_NUMBERS]) + (" …" if len(numbers) > MOST_NUMBERS else "")
        bridge.success(self.tr("Purchase orders made: {numbers}").format(numbers=shown))
        self.reload()
        if len(orders) == 1:
            self.context.open_document("purchase_order", int(orders[0]["id"]))
        else:
            self.context.open_screen("purchasing.orders")
