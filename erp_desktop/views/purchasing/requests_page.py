"""Purchase requests: what must be bought, who waits for it, and from whom it is usually bought."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command, Query
from erp_desktop.models.purchasing_lists import REQUESTS
from erp_desktop.services import purchasing
from erp_desktop.services.listing import Equals, OneOf, Period
from erp_desktop.services.purchasing import Sourcing
from erp_desktop.services.sales import Outcome
from erp_desktop.views.purchasing.supplier_dialog import SupplierDialog
from erp_desktop.views.sales.outcome import OutcomeTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.reason_dialog import ReasonDialog

MOST_AT_ONCE = 1000
"""The server takes so many requests at a time."""
MOST_CANCELLED = 200
"""So many requests are cancelled at a time, one after the other."""
MOST_NUMBERS = 5


class RequestsPage(ListPage):
    """Requests; open ones become purchase orders, one for each supplier and warehouse, or are cancelled."""

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

    def __init__(self, context: Context) -> None:
        self._teller = OutcomeTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        enter = "erp_purchase_enter"
        self.cancel_action = self.add_list_action(self._ask_cancel, icon="cross", needs=Needs.SOME, may=enter)
        self.supplier_action = self.add_list_action(self._ask_supplier, icon="edit", needs=Needs.ONE, may=enter)
        self.order_action = self.add_list_action(
            self._make_orders,
            icon="cart",
            shortcut="Ctrl+Enter",
            needs=Needs.SOME,
            may=enter,
            primary=True,
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.cancel_action.setText(self.tr("Cancel request…"))
        self.supplier_action.setText(self.tr("&Preferred supplier…"))
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

    def _ask_supplier(self) -> None:
        for row_id in self.selected_ids():
            Query(purchasing.load_sourcing, self.context.session.database, row_id).success(
                self._show_supplier
            ).owned_by(self).run()

    def _show_supplier(self, sourcing: Sourcing) -> None:
        dialog = SupplierDialog(self.context.session.database, sourcing, self)
        dialog.accepted.connect(self.reload)
        dialog.open()

    def _ask_cancel(self) -> None:
        ids = self._open_ids()
        if not ids:
            bridge.warning(self.tr("Select open requests: the others are ordered already or cancelled."))
            return
        if len(ids) > MOST_CANCELLED:
            bridge.warning(self.tr("Select at most {count} requests at a time.").format(count=MOST_CANCELLED))
            return
        question = self.tr("Why are %n requests cancelled?", "", len(ids))
        dialog = ReasonDialog(
            self.tr("Cancel requests"), question, self.tr("Cancel &requests"), danger=True, parent=self
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            Command(
                purchasing.cancel_requests,
                self.context.session.database,
                ids=ids,
                reason=dialog.reason(),
                request_id=uuid4(),
            ).titled(self.tr("Cancelling requests")).success(self._on_cancelled).run()

    def _on_cancelled(self, outcome: Outcome) -> None:
        self._teller.tell(outcome, self.tr("Cancelled: %n requests", "", len(outcome.done)))
        self.reload()

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
