"""A few products to be chosen in lookup tests, and the columns of a line grid that holds them."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from decimal import Decimal

from erp_desktop.models.line_grid_model import Line, LineColumn
from erp_desktop.models.lookup import Choice, Lookup, LookupColumn


def _product(number: int, code: str, name: str, stock: str, unit: str, price: str) -> Choice:
    return Choice(number, code, name, (stock,), {"name": name, "unit": unit, "price": Decimal(price)})


PRODUCTS = (
    _product(1, "YG-1800", "三门衣柜 1800", "8", "件", "2680.00"),
    _product(2, "YG-1200", "两门衣柜 1200", "0", "件", "1880.00"),
    _product(3, "SZ-1200", "书桌 1200", "25", "张", "899.00"),
    _product(4, "CZ-1600", "餐桌 1600×900", "3", "张", "1560.00"),
)


class Products:
    """Finds products as a service does: never on the GUI thread, and only when `gate` is open."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def find(self, text: str, limit: int) -> Sequence[Choice]:
        """The products whose code or name holds `text`."""
        if threading.current_thread() is threading.main_thread():
            raise AssertionError("A database call on the GUI thread.")
        self.asked.append(text)
        self.gate.wait(5)
        wanted = text.casefold()
        return [each for each in PRODUCTS if wanted in f"{each.code} {each.name}".casefold()][:limit]

    def lookup(self) -> Lookup:
        """The lookup of these products."""
        titles = (LookupColumn("Code", 90), LookupColumn("Name", 160), LookupColumn("Stock", 60, True))
        return Lookup(self.find, lambda: titles)


def amount(line: Line) -> Decimal | None:
    """Quantity × price, when both are there."""
    qty, price = line.get("qty"), line.get("price")
    return None if qty is None or price is None else Decimal(qty * price).quantize(Decimal("0.01"))


def line_columns(products: Products) -> tuple[LineColumn, ...]:
    """The columns of order lines."""
    brings = ("name", "unit", "price")
    lookup = products.lookup()
    return (
        LineColumn("code", "Product", "code", 130, required=True, lookup=lookup, id_key="product_id", brings=brings),
        LineColumn("name", "Name", width=220, editable=False),
        LineColumn("unit", "Unit", width=60, editable=False),
        LineColumn("qty", "Quantity", "qty", required=True, default=Decimal(1)),
        LineColumn("price", "Price", "price", required=True),
        LineColumn("amount", "Amount", "money", 120, compute=amount),
        LineColumn("due_on", "Due", "date"),
        LineColumn("note", "Note", longest=20),
    )
