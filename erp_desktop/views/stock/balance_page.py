"""The stock card of one product in one warehouse as a page of its own."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import spoken
from erp_desktop.views.stock.count_dialog import CountDialog
from erp_desktop.views.stock.stock_card import StockCardPanel
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.actions import ActionButton, make_action
from erp_desktop.views.widgets.page import Context, Page, names_row


class BalancePage(Page):
    """Every number of a balance with its documents; keepers book counts here."""

    watches: ClassVar[frozenset[str]] = frozenset({"stock", "purchase_order"})

    def __init__(self, context: Context, document_id: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._balance_id = document_id
        self._heading = forms.text_label("title")
        self.card = StockCardPanel(context.session.database)
        self.card.document_wanted.connect(self._open_document)
        self.card.shown.connect(self._on_shown)
        self.count_action = make_action(self, self._ask_count, "edit", "Ctrl+Enter")
        self.refresh_action = make_action(self, self.reload, "refresh", "F5")
        self.count_action.setVisible(context.may("erp_stock_adjust"))
        self.count_action.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(3 * theme.GRID)
        column.addWidget(self._heading)
        column.addWidget(self.card, 1)
        column.addLayout(forms.row(None, ActionButton(self.count_action, "primary", "edit")))
        self.retranslate()
        self.card.show_balance(document_id)

    def title(self) -> str:
        """Override Page.title."""
        card = self.card.card
        if card is None:
            return self.tr("Stock")
        return self.tr("Stock {product} · {warehouse}").format(
            product=card.balance.code, warehouse=spoken(card.balance.warehouse_zh, card.balance.warehouse_en)
        )

    def document(self) -> tuple[str, int | None]:
        """Override Page.document."""
        return ("balance", self._balance_id)

    def concerns(self, kind: str, ids: list[str]) -> bool:
        """Override Page.concerns: this product in this warehouse; purchase orders, whose days move what is incoming."""
        return kind == "purchase_order" or names_row(ids, self._balance_id)

    def reload(self) -> None:
        """Override Page.reload."""
        self.card.reload()

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        self._heading.setText(self.title())
        self.count_action.setText(self.tr("&Book a count…"))
        self.refresh_action.setText(self.tr("Refresh"))

    def focus_first(self) -> None:
        """Override Page.focus_first."""
        self.card.focus_parts()

    @Slot()
    def _on_shown(self) -> None:
        self.count_action.setEnabled(self.context.may("erp_stock_adjust"))
        self._heading.setText(self.title())
        self.title_changed.emit()

    @Slot(str, object)
    def _open_document(self, kind: str, document_id: int) -> None:
        if self.context.open_document(kind, document_id) is None:
            bridge.info(self.tr("This document opens for the people who work on it."))

    def _ask_count(self) -> None:
        if self.card.card is not None:
            CountDialog(self.context.session.database, self.card.card.balance, self).open()
