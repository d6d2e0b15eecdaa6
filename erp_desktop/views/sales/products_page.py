"""The list of products with prices and, for those who may see it, stock."""

from __future__ import annotations

from typing import ClassVar

from erp_desktop.models import sales_lists
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Equals, OneOf
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context

FOR_SALE = Equals("is_sold", True)


class ProductsPage(ListPage):
    """Products; Enter shows one with its prices in all lists and its stock in all warehouses."""

    code = "sales.products"
    spec = sales_lists.PRODUCTS
    opens = "product"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "For sale"), (FOR_SALE, Equals("is_active", True))),
        SavedView(QT_TRANSLATE_NOOP("Views", "Made"), (FOR_SALE, OneOf("supply", ("make",)))),
        SavedView(QT_TRANSLATE_NOOP("Views", "Bought"), (FOR_SALE, OneOf("supply", ("buy",)))),
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    )

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Code, name or pinyin")


class StockedProductsPage(ProductsPage):
    """The same with the stock of the warehouses that sell."""

    spec = sales_lists.PRODUCTS_WITH_STOCK


def open_products(context: Context) -> ProductsPage:
    """The list as far as the person may see it."""
    return StockedProductsPage(context) if context.may("erp_stock_view_all") else ProductsPage(context)
