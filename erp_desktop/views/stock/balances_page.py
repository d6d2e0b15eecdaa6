"""Stock: how much of what lies where, and by which documents each number came about."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Query
from erp_desktop.models.stock_lists import BALANCES
from erp_desktop.services import stock
from erp_desktop.services.listing import OneOf, Range
from erp_desktop.services.stock import Balance
from erp_desktop.views.stock.count_dialog import CountDialog
from erp_desktop.views.stock.stock_card import StockCardPanel
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView

NARROWEST_CARD = 324


class BalancesPage(ListPage):
    """Balances by product and warehouse; the card of the selected one stands beside them."""

    code: ClassVar[str] = "stock.balances"
    spec = BALANCES
    opens: ClassVar[str] = "balance"
    watches: ClassVar[frozenset[str]] = frozenset({"purchase_order"})  # the card names the days of what is incoming
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Running low"), (OneOf("alert", ("low", "short")),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Reserved"), (Range("reserved", low=1),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "On the way"), (Range("incoming", low=1),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.count_action = self.add_list_action(
            self._ask_count, icon="edit", shortcut="Ctrl+Enter", needs=Needs.ONE, may="erp_stock_adjust", primary=True
        )

    def build_side(self) -> QWidget | None:
        """Override ListPage.build_side."""
        self.card = StockCardPanel(self.context.session.database)
        self.card.setMinimumWidth(NARROWEST_CARD)
        self.card.document_wanted.connect(self._open_document)
        return self.card

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.count_action.setText(self.tr("&Book a count…"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("There is no stock yet. It begins with the first goods receipt, work report or count.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Product: code, name, pinyin or initials")

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Override ListPage.row_selected: the card follows the selection."""
        self.card.show_balance(None if values is None else values["id"])

    def reload(self) -> None:
        """Override ListPage.reload."""
        super().reload()
        self.card.reload()

    @Slot(str, object)
    def _open_document(self, kind: str, document_id: int) -> None:
        self.context.open_document(kind, document_id)

    def _ask_count(self) -> None:
        selected = self.selected_ids()
        if len(selected) == 1:
            Query(stock.load_balance, self.context.session.database, selected[0]).success(self._show_count).run()

    def _show_count(self, balance: Balance) -> None:
        CountDialog(self.context.session.database, balance, self).open()
