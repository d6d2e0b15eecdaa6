"""Small pages that widget tests put into the real windows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QT_TR_NOOP
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from erp_desktop.services.db import Database
from erp_desktop.views import registry
from erp_desktop.views.widgets import forms
from erp_desktop.views.widgets.page import Context, Page, names_row

PATH = "tests.helpers.pages"


class OrdersPage(Page):
    """Stands for a list: counts how often it was read."""

    code = "sales.orders"
    watches: ClassVar[frozenset[str]] = frozenset({"order"})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.reloads = 0
        self.action_runs = 0
        self.field = forms.Field(QLineEdit(), "&Filter")
        QVBoxLayout(self).addWidget(self.field)
        action = QAction(QT_TR_NOOP("Export the whole list"), self)
        action.triggered.connect(self._run)
        self.addAction(action)

    def _run(self) -> None:
        self.action_runs += 1

    def title(self) -> str:
        return "Orders"

    def reload(self) -> None:
        self.reloads += 1

    def focus_first(self) -> None:
        self.field.setFocus()


class CustomersPage(OrdersPage):
    """A second screen."""

    code = "sales.customers"
    watches: ClassVar[frozenset[str]] = frozenset({"customer"})

    def title(self) -> str:
        return "Customers"


class OrderPage(Page):
    """Stands for a document; objects to being closed while `keep_open` is set."""

    watches: ClassVar[frozenset[str]] = frozenset({"order"})

    def __init__(self, context: Context, document_id: int | None = None, **preset: object) -> None:
        super().__init__(context)
        self.id = document_id
        self.preset = preset
        self.keep_open = False
        self.reloads = 0
        self.field = forms.Field(QLineEdit(), "&Note")
        QVBoxLayout(self).addWidget(self.field)

    def document(self) -> tuple[str, int | None]:
        return ("order", self.id)

    def title(self) -> str:
        return f"Order {self.id}" if self.id else "New order"

    def can_close(self) -> bool:
        return not self.keep_open

    def reload(self) -> None:
        self.reloads += 1

    def concerns(self, _kind: str, ids: list[str]) -> bool:
        return names_row(ids, self.id)

    def focus_first(self) -> None:
        self.field.setFocus()


SCREENS = (
    registry.Screen("sales.orders", "Sales orders", "orders", f"{PATH}:OrdersPage"),
    registry.Screen("sales.customers", "Customers", "customers", f"{PATH}:CustomersPage"),
    registry.Screen("admin.people", "People", "user", f"{PATH}:CustomersPage"),
)
DOCUMENTS = (
    registry.Document("order", "Sales order", "orders", f"{PATH}:OrderPage", "sales.orders"),
    registry.Document("user", "Person", "user", f"{PATH}:OrderPage", "admin.people"),
)
FINDERS = (registry.Finder("order", "sales.orders", f"{PATH}:find_orders"),)
BADGES = (registry.Badge("sales.orders", f"{PATH}:count_waiting", frozenset({"order"})),)


def find_orders(database: Database, typed: str, limit: int) -> Sequence[tuple[int, str, str]]:
    """A finder that asks the real server."""
    rows = database.rows("select n, 'SO-' || n from generate_series(1, 50) n where n::text like :typed", typed=typed)
    return [(row[0], row[1], "Li Na") for row in rows[:limit]]


def count_waiting(database: Database) -> int:
    """A badge that asks the real server."""
    return int(database.rows("select 3")[0][0])
