"""Purchase orders: drafts to be sent, what is expected, what is overdue."""

from __future__ import annotations

from functools import partial
from typing import ClassVar
from uuid import uuid4

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.models.purchasing_lists import EXPECTED_STATES, ORDERS
from erp_desktop.services import purchasing
from erp_desktop.services.audit import record_print
from erp_desktop.services.listing import OneOf, Period, Sort
from erp_desktop.services.sales import Outcome
from erp_desktop.views.sales.outcome import OutcomeTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.print_preview import PrintPreview, printing_language

MOST_AT_ONCE = 100
_BY_DAY = (Sort("expected_on"), Sort("id"))


class PurchaseOrdersPage(ListPage):
    """The list of purchase orders; drafts are sent from here, several at once."""

    code: ClassVar[str] = "purchasing.orders"
    spec = ORDERS
    opens: ClassVar[str] = "purchase_order"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Drafts"), (OneOf("state", ("draft",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "To be received"), (OneOf("state", EXPECTED_STATES),), _BY_DAY),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Overdue"),
            (OneOf("state", EXPECTED_STATES), Period("expected_on", "before_today")),
            _BY_DAY,
        ),
        SavedView(QT_TRANSLATE_NOOP("Views", "Received"), (OneOf("state", ("received",)),)),
    )

    def __init__(self, context: Context) -> None:
        self._teller = OutcomeTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.print_action = self.add_list_action(self._print, icon="print", shortcut="Ctrl+P", needs=Needs.ONE)
        self.send_action = self.add_list_action(
            self._send, icon="send", needs=Needs.SOME, may="erp_purchase_send", primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.print_action.setText(self.tr("&Print…"))
        self.send_action.setText(self.tr("Mark as &sent"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("There are no purchase orders yet. They are made of purchase requests.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number or supplier")

    def _print(self) -> None:
        for row_id in self.selected_ids():
            database = self.context.session.database
            make = partial(purchasing.purchase_order_pdf, database, row_id, printing_language())
            record = partial(record_print, database, "purchase_order", row_id)
            PrintPreview(make, self.title(), record, self).open_beside()

    def _send(self) -> None:
        ids = self.selected_ids()
        if len(ids) > MOST_AT_ONCE:
            bridge.warning(self.tr("Select at most {count} purchase orders at a time.").format(count=MOST_AT_ONCE))
            return
        Command(purchasing.send_orders, self.context.session.database, ids=ids, request_id=uuid4()).titled(
            self.tr("Sending purchase orders")
        ).success(self._on_sent).run()

    def _on_sent(self, outcome: Outcome) -> None:
        self._teller.tell(outcome, self.tr("Sent: %n purchase orders", "", len(outcome.done)))
        self.reload()
