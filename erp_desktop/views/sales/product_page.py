"""A product to be looked at: what it is, what it costs in each price list, where how much of it lies."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken
from erp_desktop.models.line_grid_model import LineColumn, LineGridModel
from erp_desktop.services import products
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.products import Product
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.side_panel import side_card

_PLACES = {
    "name": (0, 0, 2),
    "specification": (0, 2, 2),
    "category": (0, 4, 1),
    "kind": (0, 5, 1),
    "supply": (1, 0, 1),
    "unit": (1, 1, 1),
    "tax_rate": (1, 2, 1),
    "weight": (1, 3, 1),
    "volume": (1, 4, 1),
}
_PRICES = (
    LineColumn("list", QT_TRANSLATE_NOOP("Columns", "Price list"), "text", 140),
    LineColumn("valid_from", QT_TRANSLATE_NOOP("Columns", "Valid from"), "date", 92),
    LineColumn("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 84),
    LineColumn("currency", QT_TRANSLATE_NOOP("Columns", "Currency"), "code", 64),
    LineColumn("is_valid", QT_TRANSLATE_NOOP("Columns", "Today's price"), "flag", 96),
)
_STOCK = (
    LineColumn("warehouse", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 120),
    LineColumn("on_hand", QT_TRANSLATE_NOOP("Columns", "On hand"), "qty", 72),
    LineColumn("reserved", QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty", 72),
    LineColumn("available", QT_TRANSLATE_NOOP("Columns", "Available"), "qty", 72),
    LineColumn("incoming", QT_TRANSLATE_NOOP("Columns", "Incoming"), "qty", 72),
    LineColumn("in_production", QT_TRANSLATE_NOOP("Columns", "In production"), "qty", 104),
)


class ProductPage(DocumentPage):
    """One product; nothing is typed here."""

    kind = "product"
    watches = frozenset({"stock"})

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self._texts = {name: QLineEdit(readOnly=True) for name in _PLACES}
        self._labels = {name: self.add_field(name, editor) for name, editor in self._texts.items()}
        return self.header_card(6, *((self._labels[name], *place) for name, place in _PLACES.items()))

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body: prices and stock side by side."""
        self._prices, self._stock = LineGridModel(_PRICES, self), LineGridModel(_STOCK, self)
        self._price_grid, self._stock_grid = LineGrid(self._prices), LineGrid(self._stock)
        for model in (self._prices, self._stock):
            model.set_read_only(True)
        for grid in (self._price_grid, self._stock_grid):
            grid.verticalHeader().hide()
        self._price_grid.stretch("list")
        self._stock_grid.stretch("warehouse")
        self._price_heading, self._stock_heading = forms.text_label("heading"), forms.text_label("heading")
        body = QWidget()
        cards = [side_card(self._price_heading, self._price_grid, 1)]
        if self.context.may("erp_stock_view_all"):
            cards.append(side_card(self._stock_heading, self._stock_grid, 1))
        line = forms.row(*cards, spacing=3 * theme.GRID)
        for place, share in enumerate((10, 11)[: len(cards)]):  # the stock has more columns
            line.setStretch(place, share)
        body.setLayout(line)
        return body

    def build_side(self) -> list[QWidget]:
        """Override DocumentPage.build_side: a product has no timeline."""
        return []

    def focus_first(self) -> None:
        """Override DocumentPage.focus_first: the prices; the fields above them are only read."""
        self._price_grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        words = {
            "name": self.tr("Name"),
            "specification": self.tr("Specification"),
            "category": self.tr("Category"),
            "kind": self.tr("Kind"),
            "supply": self.tr("Supply"),
            "unit": self.tr("Unit"),
            "tax_rate": self.tr("Tax rate"),
            "weight": self.tr("Weight, kg"),
            "volume": self.tr("Volume, m³"),
        }
        for name, word in words.items():
            self._labels[name].set_label(word)
        self._price_heading.setText(self.tr("Prices without tax"))
        self._price_grid.setAccessibleName(self.tr("Prices without tax"))
        self._stock_heading.setText(self.tr("Stock"))
        self._stock_grid.setAccessibleName(self.tr("Stock"))
        if self.document_shown is not None:
            self.show_document(self.document_shown)

    def read(self, database: Database, document_id: int) -> Product:
        """Override DocumentPage.read."""
        return products.load_product(database, document_id, with_stock=self.context.may("erp_stock_view_all"))

    def facts(self, document: Product) -> Facts:
        """Override DocumentPage.facts."""
        return Facts(document.code, "enabled" if document.is_active else "disabled", document.version)

    def show_document(self, document: Product) -> None:
        """Override DocumentPage.show_document."""
        shown = {
            "name": spoken(document.name_zh, document.name_en),
            "specification": document.specification,
            "category": spoken(document.category_zh, document.category_en),
            "kind": wording.word(document.kind, "product_kind"),
            "supply": wording.word(document.supply, "supply"),
            "unit": spoken(document.unit_zh, document.unit_en),
            "tax_rate": text_of("percent")(document.tax_rate),
            "weight": text_of("qty")(document.weight_kg),
            "volume": text_of("qty")(document.volume_m3),
        }
        self._side.hide()
        self.side_action.setVisible(False)
        for name, editor in self._texts.items():
            editor.setText(shown[name])
            editor.setCursorPosition(0)
        self._prices.set_lines([self._price(each) for each in document.prices])
        self._stock.set_lines([self._balance(each) for each in document.stock])

    def _price(self, price: products.ListPrice) -> dict[str, Any]:
        return {**vars(price), "list": spoken(price.list_zh, price.list_en)}

    def _balance(self, balance: products.WarehouseStock) -> dict[str, Any]:
        return {**vars(balance), "warehouse": spoken(balance.warehouse_zh, balance.warehouse_en)}
