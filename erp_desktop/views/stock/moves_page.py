"""Stock moves: everything that came and went, with its document."""

from __future__ import annotations

from typing import ClassVar

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.stock_lists import MOVES
from erp_desktop.services.listing import OneOf, Period
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class MovesPage(ListPage):
    """The journal of moves; a row opens its document."""

    code: ClassVar[str] = "stock.moves"
    spec = MOVES
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "Last 7 days"), (Period("moved_at", "last_7_days"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Receipts"), (OneOf("kind", ("receipt",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Shipments"), (OneOf("kind", ("shipment",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Production"), (OneOf("kind", ("consumption", "production")),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Counts"), (OneOf("kind", ("adjustment",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    )

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing has moved yet: receipts, production, shipments and counts are written down here.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Product, customer or document number")

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row."""
        row = self.model.row_of(row_id)
        values = self.model.values(row) if row is not None else None
        if values is not None:
            self.context.open_document(values["document_type"], values["document_id"])
