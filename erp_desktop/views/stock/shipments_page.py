"""Delivery notes: what is being picked, what is under way, what has arrived."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.stock_lists import SHIPMENTS
from erp_desktop.services.audit import record_print
from erp_desktop.services.listing import OneOf, Period
from erp_desktop.views.stock.delivery_note import delivery_note_maker
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.print_preview import PrintPreview


class ShipmentsPage(ListPage):
    """The list of delivery notes."""

    code: ClassVar[str] = "stock.shipments"
    spec = SHIPMENTS
    opens: ClassVar[str] = "shipment"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "To pick"), (OneOf("state", ("picking",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "On the road"), (OneOf("state", ("shipped", "in_transit")),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Shipped in the last 7 days"), (Period("shipped_at", "last_7_days"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Delivered"), (OneOf("state", ("delivered",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.print_action = self.add_list_action(self._print, icon="print", shortcut="Ctrl+P", needs=Needs.ONE)

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.print_action.setText(self.tr("&Print…"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("There is no delivery note yet. Make one under Ready to ship.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number, order or customer")

    def _print(self) -> None:
        (shipment,) = self.selected_values()
        database = self.context.session.database
        record = partial(record_print, database, "shipment", shipment["id"])
        PrintPreview(delivery_note_maker(database, shipment["id"]), shipment["number"], record, self).open_beside()
