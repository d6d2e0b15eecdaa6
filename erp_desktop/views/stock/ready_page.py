"""Ready to ship: the orders of which the warehouse can pick something now."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.models.stock_lists import READY
from erp_desktop.services import stock
from erp_desktop.services.listing import Equals, Period
from erp_desktop.services.stock import Made
from erp_desktop.views import errors
from erp_desktop.views.stock.order_readiness import OrderReadiness
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView

MOST_AT_ONCE = 100
NARROWEST_SIDE = 340


class ReadyPage(ListPage):
    """Orders with something ready; makes their delivery notes."""

    code: ClassVar[str] = "stock.ready"
    spec = READY
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "All lines ready"), (Equals("waiting_lines", 0),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Promised in the next 7 days"), (Period("promised_on", "next_7_days"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Overdue"), (Period("promised_on", "before_today"),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.make_action = self.add_list_action(
            self._make, icon="truck", shortcut="Ctrl+Enter", needs=Needs.SOME, may="erp_shipment_enter", primary=True
        )

    def build_side(self) -> QWidget | None:
        """Override ListPage.build_side."""
        self.lines = OrderReadiness(self.context.session.database)
        self.lines.setMinimumWidth(NARROWEST_SIDE)
        return self.lines

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.make_action.setText(self.tr("&Make delivery note"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing is ready to ship. Orders come here by themselves as soon as their goods are there.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Order or customer")

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row: who may see orders opens the order."""
        self.context.open_document("order", row_id)

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Override ListPage.row_selected."""
        self.lines.show_order(None if values is None else (values["id"], values["number"], values["customer_name"]))

    def reload(self) -> None:
        """Override ListPage.reload."""
        super().reload()
        self.lines.reload()

    def _make(self) -> None:
        order_ids = self.selected_ids()
        if len(order_ids) > MOST_AT_ONCE:
            bridge.warning(self.tr("Select at most {count} orders at a time.").format(count=MOST_AT_ONCE))
            return
        self.make_action.setEnabled(False)
        Command(stock.create_shipments, self.context.session.database, order_ids=order_ids).titled(
            self.tr("Making delivery notes")
        ).finished(self._on_finished).success(self._on_made).run()

    def _on_finished(self) -> None:
        self.make_action.setEnabled(Needs.SOME.met_by(len(self.selected_ids())))

    def _on_made(self, made: Made) -> None:
        for error in made.refusals:
            errors.show(error, self)
        if len(made.ids) == 1:
            bridge.success(self.tr("Delivery note {number} is made.").format(number=made.numbers[0]))
            self.context.open_document("shipment", made.ids[0])
        elif made.ids:
            bridge.success(self.tr("%n delivery notes are made.", "", len(made.ids)))
            self.context.open_screen("stock.shipments")
