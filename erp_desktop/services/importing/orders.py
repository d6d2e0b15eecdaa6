"""From the rows of a table to the orders that the server checks, and from its complaints back to the rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from erp_desktop.services import work
from erp_desktop.services.errors import Cancelled, InvalidInput, sentence
from erp_desktop.services.importing import cells, columns
from erp_desktop.services.importing.cells import Broken
from erp_desktop.services.importing.files import Row, Source, Table
from erp_desktop.services.pinyin import spell

CURRENCY: Final = "CNY"
_OWN_CURRENCY: Final = frozenset({"", "CNY", "RMB", "人民币", "元", "¥"})
_STOP_EVERY: Final = 500
_SHOWN: Final = 60

_COLUMNS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "customer_id": ("customer_code", "customer_name"),
    "product_id": ("product_code", "product_name"),
    "discount_rate": ("discount_rate", "discount_amount"),
    "amount": ("amount", "discount_amount"),
    "unit_price": ("unit_price", "amount"),
    "ship_to": ("address", "district", "city", "province"),
}
"""The columns that a field of the server's document may have come from."""


@dataclass(frozen=True)
class Settings:
    """What holds for the whole file: `customer_id` is the customer of orders for which the file names none."""

    customer_id: int | None = None
    branch_id: int | None = None
    promise_days: int = 15
    create_customers: bool = False
    create_products: bool = False


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong: the number of its row (None: the file as a whole), heading of its column, cell."""

    row: int | None
    column: str
    value: str
    code: str
    params: Mapping[str, Any]
    is_error: bool = True

    def sentence(self, language: str) -> str:
        """Cause and remedy in Chinese (`zh…`) or English."""
        return sentence(InvalidInput(self.code, self.params), language)


@dataclass
class _Order:
    head: dict[str, Any]
    row: Row
    texts: dict[str, str]
    lines: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Draft:
    """A file as a document for the server, not yet checked by it; `complaints` are those of this side."""

    document: Mapping[str, Any]
    complaints: tuple[Complaint, ...]
    table: Table
    mapping: Mapping[str, int]
    places: tuple[tuple[Row, tuple[Row, ...]], ...]
    """The first row of each order of the document, and the rows of its lines."""

    @property
    def line_count(self) -> int:
        """Lines of all orders."""
        return sum(len(rows) for _, rows in self.places)

    def locate(self, told: Mapping[str, Any]) -> Complaint:
        """A complaint of the server, with the row and column of the file that it is about."""
        first, rows = self.places[told["order"]]
        row = first if told["line"] is None else rows[told["line"]]
        name = next((each for each in _COLUMNS_OF.get(told["field"], (told["field"],)) if each in self.mapping), "")
        heading = self.heading(name)
        params = dict(told["params"]) | ({"line": row.number} if "line" in told["params"] else {})
        if heading:
            params["field"] = heading
        value = cells.text_of(row.cells[self.mapping[name]])[:_SHOWN] if name else ""
        return Complaint(row.number, heading, value, told["code"], params, told["is_error"])

    def heading(self, name: str) -> str:
        """The heading of the column that a field comes from; empty if it comes from none."""
        return self.table.headings[self.mapping[name]] if name in self.mapping else ""


def build(source: Source, table: Table, mapping: Mapping[str, int], settings: Settings) -> Draft:
    """Make orders of the rows that agree in order number, customer and date. Raises InvalidInput, Cancelled."""
    lacking = columns.missing(mapping, settings.customer_id is not None)
    if lacking:
        raise InvalidInput("UV740", {"fields": [columns.shown(name) for name in lacking]}, field=lacking[0])
    builder = _Builder(table, mapping, settings)
    present = work.present()
    for number, row in enumerate(table.rows):
        if number % _STOP_EVERY == 0:
            present.report(number, len(table.rows))
            if present.stopped:
                raise Cancelled()
        builder.add(row)
    return builder.draft(source)


class _Builder:
    """Takes row after row into orders; notes what the server could not know."""

    def __init__(self, table: Table, mapping: Mapping[str, int], settings: Settings) -> None:
        self._table = table
        self._mapping = {name: place for name, place in mapping.items() if place < len(table.headings)}
        self._settings = settings
        self._orders: dict[tuple[object, ...], _Order] = {}
        self._complaints: list[Complaint] = []
        self._names: dict[str, list[str]] = {}
        self._named: set[str] = set()

    def add(self, row: Row) -> None:
        """Put a row into its order."""
        self._complain_of_cells(row)
        texts = {name: self._text(row, name) for name in self._mapping}
        key = self._key(row, texts)
        order = self._orders.get(key)
        if order is None:
            order = self._orders[key] = _Order(self._head(row, texts), row, texts)
        else:
            self._compare(order, row, texts)
        order.lines.append(self._line(row, texts))
        order.rows.append(row)

    def draft(self, source: Source) -> Draft:
        """The document of all orders."""
        options: dict[str, Any] = {"promise_days": self._settings.promise_days}
        options["create_customers"] = self._settings.create_customers
        options["create_products"] = self._settings.create_products
        document: dict[str, Any] = {
            "file_name": source.path.name[-200:],
            "file_sha256": source.sha256,
            "options": options,
            "orders": [order.head | {"lines": order.lines} for order in self._orders.values()],
        }
        if self._settings.branch_id is not None:
            document["branch_id"] = self._settings.branch_id
        places = tuple((order.row, tuple(order.rows)) for order in self._orders.values())
        return Draft(document, tuple(self._complaints), self._table, self._mapping, places)

    def _key(self, row: Row, texts: Mapping[str, str]) -> tuple[object, ...]:
        reference = texts.get("customer_reference", "")
        who = texts.get("customer_code") or texts.get("customer_name", "")
        if reference:
            return (reference, who, texts.get("ordered_on", ""))
        if "customer_reference" in self._mapping:
            self._complain(row, "customer_reference", "UV718")
            return (row.number,)
        return (who, texts.get("ordered_on", ""), *(texts.get(name, "") for name in columns.HEAD_FIELDS))

    def _head(self, row: Row, texts: Mapping[str, str]) -> dict[str, Any]:
        head: dict[str, Any] = {"customer_reference": texts.get("customer_reference", "")}
        names = ("ordered_on", "promised_on", "contact", "phone", "note")
        head |= {name: texts[name] for name in names if texts.get(name)}
        if "ordered_on" in self._mapping and not texts["ordered_on"]:
            self._complain(row, "ordered_on", "UV001")
        where = _joined([texts.get(name, "") for name in ("province", "city", "district", "address")])
        if where:
            head["ship_to"] = where
        if texts.get("customer_code") or texts.get("customer_name"):
            head["customer"] = self._customer(texts)
        elif self._settings.customer_id is not None:
            head["customer_id"] = self._settings.customer_id
        return head

    def _customer(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The customer, with all that the file tells of her the first time."""
        code, name = texts.get("customer_code", ""), texts.get("customer_name", "")
        customer = {"code": code} if code else {"name": name}
        if f"customer {code or name}" in self._named:
            return customer
        self._named.add(f"customer {code or name}")
        spelling = spell(name or code)
        customer |= {"name": name or code, "pinyin": spelling.pinyin, "initials": spelling.initials}
        details = ("contact", "phone", "province", "city", "district", "address")
        return customer | {each: texts[each] for each in details if texts.get(each)}

    def _product(self, row: Row, texts: Mapping[str, str]) -> dict[str, str]:
        """The product, with all that the file tells of it the first time."""
        code, name = texts.get("product_code", ""), texts.get("product_name", "")
        product = {"code": code} if code else {"name": name}
        if code and name and name not in self._names.setdefault(code, [name]):
            first = self._names[code][0]
            self._names[code].append(name)
            self._complain(row, "product_name", "UV723", {"product": code, "other": first}, is_error=False)
        if f"product {code or name}" in self._named:
            return product
        self._named.add(f"product {code or name}")
        spelling = spell(name or code)
        product |= {"name": name or code, "pinyin": spelling.pinyin, "initials": spelling.initials}
        return product | ({"category": texts["category"]} if texts.get("category") else {})

    def _line(self, row: Row, texts: Mapping[str, str]) -> dict[str, Any]:
        line: dict[str, Any] = {"product": self._product(row, texts), "qty": texts.get("qty", "")}
        names = ("description", "unit_price", "discount_rate", "amount")
        line |= {name: texts[name] for name in names if texts.get(name)}
        if texts.get("discount_amount"):
            if not texts.get("unit_price"):
                self._complain(row, "discount_amount", "UV724")
            line = line | _discounted(texts) | ({"amount": line["amount"]} if "amount" in line else {})
        return line

    def _compare(self, order: _Order, row: Row, texts: Mapping[str, str]) -> None:
        """Complain of a row that says something else of its order than the order's first row; collect the notes."""
        for name in columns.HEAD_FIELDS:
            value, first = texts.get(name, ""), order.texts.get(name, "")
            if value and first and value != first:
                self._complain(row, name, "UV717", {"first": order.row.number, "other": first[:_SHOWN]})
                break
        note = texts.get("note", "")
        if note and note not in order.head.get("note", ""):
            order.head["note"] = "；".join(filter(None, (order.head.get("note", ""), note)))

    def _complain_of_cells(self, row: Row) -> None:
        for name, place in self._mapping.items():
            cell = row.cells[place] if place < len(row.cells) else None
            if isinstance(cell, Broken):
                self._complain(row, name, cell.code)
            elif cells.lost_digits(cell):
                self._complain(row, name, "UV719")
            elif name == "currency" and cells.text_of(cell).upper() not in _OWN_CURRENCY:
                self._complain(row, name, "UV722", {"currency": CURRENCY})

    def _text(self, row: Row, name: str) -> str:
        place = self._mapping[name]
        cell = row.cells[place] if place < len(row.cells) else None
        if isinstance(cell, Broken):
            return ""
        if name in columns.LINE_NUMBERS:
            if place in row.filled:
                return ""
            return cells.rate_text(cell) if name == "discount_rate" else cells.number_text(cell)
        return cells.date_text(cell) if name in ("ordered_on", "promised_on") else cells.text_of(cell)

    def _complain(
        self, row: Row, name: str, code: str, params: Mapping[str, Any] | None = None, is_error: bool = True
    ) -> None:
        place = self._mapping[name]
        value = cells.text_of(row.cells[place] if place < len(row.cells) else None)[:_SHOWN]
        heading = self._table.headings[place]
        told = {"line": row.number, "field": heading, "value": value} | dict(params or {})
        self._complaints.append(Complaint(row.number, heading, value, code, told, is_error))


def _joined(parts: list[str]) -> str:
    """Province, city, district and street as one address; a street may begin with one of them."""
    *regions, street = parts
    regions = [part for place, part in enumerate(regions) if part and part not in regions[:place]]
    begun = next((place for place, part in enumerate(regions) if street.startswith(part)), len(regions))
    return "".join(regions[:begun]) + street


def _discounted(texts: Mapping[str, str]) -> dict[str, str]:
    """A line with an amount off: as a rate where four decimals tell it to the cent, else as the amount that is left."""
    amount = cells.decimal_of(texts["discount_amount"])
    qty, price = cells.decimal_of(texts.get("qty", "")), cells.decimal_of(texts.get("unit_price", ""))
    if amount is None:
        return {"discount_rate": texts["discount_amount"]}
    if not amount or not qty or not price:
        return {}
    full = qty * price
    rate = (amount / full).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    left = (full - amount).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if not 0 <= amount <= full:
        return {"discount_rate": f"{rate:f}"}
    if abs(left - full * (1 - rate)) <= Decimal("0.005"):
        return {"discount_rate": f"{rate:f}", "amount": f"{left:f}"}
    return {"unit_price": "", "amount": f"{left:f}"}
