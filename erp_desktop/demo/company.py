"""Reads the demo company's files, checks every value and every reference, and names the place of the first mistake."""

from __future__ import annotations

import csv
import dataclasses
import tomllib
import types
import typing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal, TypeVar

from erp_desktop.demo import records
from erp_desktop.demo.records import Row
from erp_desktop.resources import resource_path

RowT = TypeVar("RowT", bound=Row)

_CENT = Decimal("0.01")
_AFTER_CONFIRMATION = {"confirmed", "in_production", "ready", "shipped", "in_transit", "delivered", "completed"}
_AFTER_SHIPPING = {"shipped", "in_transit", "delivered", "completed"}
_AFTER_DELIVERY = {"delivered", "completed"}


class BadDemoFileError(Exception):
    """A file of the demo company can't be used; the message names file, line, column, cause and remedy."""

    def __init__(self, file: str, line: int, column: str, reason: str) -> None:
        place = f"{file}, line {line}" + (f", column {column}" if column else "")
        super().__init__(f"Correct {place}: {reason}.")
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason


@dataclass(frozen=True)
class Company:
    """All files of the demo company, each a tuple of rows in the order of the file."""

    head: records.Head
    branches: tuple[records.Branch, ...]
    warehouses: tuple[records.Warehouse, ...]
    work_centres: tuple[records.WorkCentre, ...]
    units: tuple[records.Unit, ...]
    people: tuple[records.Person, ...]
    categories: tuple[records.Category, ...]
    products: tuple[records.Product, ...]
    price_lists: tuple[records.PriceList, ...]
    prices: tuple[records.Price, ...]
    bom_lines: tuple[records.BomLine, ...]
    routing_steps: tuple[records.RoutingStep, ...]
    suppliers: tuple[records.Supplier, ...]
    supplier_products: tuple[records.SupplierProduct, ...]
    customers: tuple[records.Customer, ...]
    stock: tuple[records.OpeningStock, ...]
    production: tuple[records.ProductionBatch, ...]
    purchases: tuple[records.Purchase, ...]
    purchase_lines: tuple[records.PurchaseLine, ...]
    orders: tuple[records.Order, ...]
    order_lines: tuple[records.OrderLine, ...]
    calendar: tuple[records.CalendarDay, ...]
    regions: tuple[records.Region, ...]


def read_company(folder: Path | None = None) -> Company:
    """Read the company from `folder` (the one that ships with the program by default); raises BadDemoFileError."""
    folder = folder or resource_path("demo")
    tables = {
        name: _read_rows(folder, typing.get_args(kind)[0])
        for name, kind in typing.get_type_hints(Company).items()
        if name != "head"
    }
    company = Company(head=_read_head(folder / "company.toml"), **tables)
    for problem in _problems(company):
        raise problem
    return company


def half_up(amount: Decimal) -> Decimal:
    """`amount` rounded half-up to the cent."""
    return amount.quantize(_CENT, ROUND_HALF_UP)


def _read_head(path: Path) -> records.Head:
    text = _read_text(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadDemoFileError(path.name, 1, "", f"it is not TOML ({error})") from error
    values = {key: value for key, value in document.items() if key != "company"} | document.get("company", {})
    wanted = {field.name: field.type for field in dataclasses.fields(records.Head)}
    for name in wanted.keys() ^ values.keys():
        raise BadDemoFileError(path.name, 1, name, "it is unknown" if name in values else "it is missing")
    for name, kind in typing.get_type_hints(records.Head).items():
        if not isinstance(values[name], kind) or values[name] == "":
            line = next((i for i, row in enumerate(text.splitlines(), 1) if row.startswith(name)), 1)
            raise BadDemoFileError(path.name, line, name, f"it is no {kind.__name__}")
    return records.Head(**values)


def _read_text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadDemoFileError(path.name, 1, "", f"it can't be read ({error.strerror})") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadDemoFileError(path.name, line, "", "it is not UTF-8; save the file in this encoding") from error


def _read_rows(folder: Path, kind: type[RowT]) -> tuple[RowT, ...]:
    hints = typing.get_type_hints(kind)
    columns = [field.name for field in dataclasses.fields(typing.cast(Any, kind))]
    converters = [_converter(hints[column]) for column in columns]
    table = csv.reader(_read_text(folder / kind.FILE).splitlines(), strict=True)
    header = next(table, [])
    if header != columns:
        raise BadDemoFileError(kind.FILE, 1, "", f"the header must be {','.join(columns)}")
    rows = []
    for cells in table:
        if len(cells) != len(columns):
            raise BadDemoFileError(kind.FILE, table.line_num, "", f"it has {len(cells)} cells and not {len(columns)}")
        rows.append(kind(*_convert(kind.FILE, table.line_num, columns, converters, cells)))
    return tuple(rows)


def _convert(
    file: str, line: int, columns: Sequence[str], converters: Sequence[Callable[[str], object]], cells: Sequence[str]
) -> Iterator[object]:
    for column, converter, cell in zip(columns, converters, cells, strict=True):
        try:
            yield converter(cell)
        except (ValueError, InvalidOperation) as error:
            raise BadDemoFileError(file, line, column, f'"{cell}" is not {_wanted(error)}') from error


def _wanted(error: Exception) -> str:
    return str(error.args[0]) if isinstance(error, _UnfitError) else "a value of this column"


class _UnfitError(ValueError):
    """A cell does not fit its column; the argument says what would."""


def _converter(kind: Any) -> Callable[[str], object]:
    """What makes a cell's text into a value of a field's type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return lambda text: _one_of(text, arguments)
    if origin is types.UnionType:
        inner = _converter(next(part for part in arguments if part is not types.NoneType))
        return lambda text: inner(text) if text else None
    if origin is tuple:
        return lambda text: tuple(text.split("|")) if text else ()
    return _CONVERTERS[kind]


def _one_of(text: str, allowed: Sequence[str]) -> str:
    if text not in allowed:
        raise _UnfitError("one of " + ", ".join(value or "nothing" for value in allowed))
    return text


def _text(text: str) -> str:
    if text != text.strip() or not text.isprintable():
        raise _UnfitError("text without blanks around it and without control characters")
    return text


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise _UnfitError("a whole number")
    return int(text)


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise _UnfitError("a number") from error
    if not number.is_finite() or number < 0:
        raise _UnfitError("a number of zero or more")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _UnfitError("a date like 2026-11-21") from error


def _yes_no(text: str) -> bool:
    return _one_of(text, ("yes", "no")) == "yes"


_CONVERTERS: dict[type, Callable[[str], object]] = {
    str: _text,
    int: _whole,
    Decimal: _number,
    date: _day,
    bool: _yes_no,
}


def _problems(company: Company) -> Iterator[BadDemoFileError]:
    tables = [getattr(company, field.name) for field in dataclasses.fields(company) if field.name != "head"]
    yield from _repeated_keys(tables)
    yield from _lost_references(tables)
    yield from _unknown_places(company)
    yield from _unfit_owners(company)
    yield from _unfit_supplies(company)
    yield from _unfit_orders(company)
    yield from _unfit_lines(company)


def _at(rows: Sequence[Row], index: int, column: str, reason: str) -> BadDemoFileError:
    return BadDemoFileError(rows[index].FILE, index + 2, column, reason)


def _key(row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in row.KEY)


def _repeated_keys(tables: Sequence[Sequence[Row]]) -> Iterator[BadDemoFileError]:
    for rows in tables:
        seen: set[tuple[object, ...]] = set()
        for index, row in enumerate(rows):
            key = _key(row)
            if "" in key:
                yield _at(rows, index, row.KEY[0], "it is empty")
            if key in seen:
                yield _at(rows, index, row.KEY[-1], f"{' '.join(map(str, key))} stands there twice")
            seen.add(key)


def _lost_references(tables: Sequence[Sequence[Row]]) -> Iterator[BadDemoFileError]:
    known = {rows[0].FILE: {_key(row)[0] for row in rows} for rows in tables if rows}
    for rows in tables:
        for index, row in enumerate(rows):
            for column, file in row.REFERENCES.items():
                value = getattr(row, column)
                for code in value if isinstance(value, tuple) else (value,):
                    if code and code not in known.get(file, ()):
                        yield _at(rows, index, column, f'{file} has no row "{code}"')


def _unknown_places(company: Company) -> Iterator[BadDemoFileError]:
    """Addresses whose province, city and district don't belong together; a municipality is its own city."""
    by_code = {region.code: region for region in company.regions}
    places = set()
    for district in company.regions:
        city = by_code.get(district.parent)
        province = by_code.get(city.parent) if city else None
        if city and province:
            places |= {(province.name, city.name, district.name), (province.name, province.name, district.name)}
    addressed: list[Sequence[records.Customer | records.Supplier | records.Order]]
    addressed = [company.customers, company.suppliers, company.orders]
    for rows in addressed:
        for index, row in enumerate(rows):
            place = (row.province, row.city, row.district)
            if place not in places and place != ("", "", ""):
                yield _at(rows, index, "district", f"regions.csv has no {' / '.join(place)}")


def _unfit_owners(company: Company) -> Iterator[BadDemoFileError]:
    branches = {person.login: person.branches for person in company.people}
    customers = {customer.code: customer for customer in company.customers}
    for index, customer in enumerate(company.customers):
        if customer.branch not in branches[customer.owner]:
            yield _at(company.customers, index, "owner", f"{customer.owner} does not work for {customer.branch}")
    for index, order in enumerate(company.orders):
        if order.branch != customers[order.customer].branch:
            yield _at(company.orders, index, "branch", f"{order.customer} belongs to another branch")
        if order.branch not in branches[order.clerk]:
            yield _at(company.orders, index, "clerk", f"{order.clerk} does not work for {order.branch}")


def _unfit_supplies(company: Company) -> Iterator[BadDemoFileError]:
    """Products that are made without bill of material or routing, or bought without exactly one preferred supplier."""
    preferred = [offer.product for offer in company.supplier_products if offer.preferred]
    has_bom = {line.product for line in company.bom_lines}
    has_routing = {step.product for step in company.routing_steps}
    for index, product in enumerate(company.products):
        if product.supply == "buy" and preferred.count(product.code) != 1:
            yield _at(company.products, index, "supply", "supplier_products.csv must have one preferred supplier of it")
        if product.supply == "make" and product.code not in has_bom & has_routing:
            yield _at(company.products, index, "supply", "boms.csv and routings.csv must say how it is made")
        if product.kind == "set" and product.code not in has_bom:
            yield _at(company.products, index, "kind", "boms.csv must say what the set consists of")


def _unfit_orders(company: Company) -> Iterator[BadDemoFileError]:
    with_lines = {line.number for line in company.order_lines}
    for index, order in enumerate(company.orders):
        if order.number not in with_lines:
            yield _at(company.orders, index, "number", "order_lines.csv has no line of it")
        for column, states in (
            ("confirmed_on", _AFTER_CONFIRMATION),
            ("shipped_on", _AFTER_SHIPPING),
            ("delivered_on", _AFTER_DELIVERY),
            ("invoiced_on", {"completed"}),
            ("paid_on", {"completed"}),
        ):
            if order.state in states and getattr(order, column) is None:
                yield _at(company.orders, index, column, f"an order that is {order.state} needs the day")
        days = [order.ordered_on, order.confirmed_on, order.shipped_on, order.delivered_on, order.invoiced_on]
        known = [day for day in (*days, order.paid_on, company.head.as_of) if day]
        if known != sorted(known):
            yield _at(company.orders, index, "ordered_on", "the days of its life are not in order")


def _unfit_lines(company: Company) -> Iterator[BadDemoFileError]:
    tax_rates = {product.code: product.tax_rate for product in company.products}
    for index, line in enumerate(company.order_lines):
        net = half_up(line.qty * line.unit_price * (1 - line.discount_rate))
        if line.qty == 0:
            yield _at(company.order_lines, index, "qty", "it must be more than zero")
        if line.net != net:
            yield _at(company.order_lines, index, "net", f"quantity, price and discount make {net}")
        if line.tax != half_up(net * tax_rates[line.product]):
            yield _at(company.order_lines, index, "tax", f"it must be {half_up(net * tax_rates[line.product])}")
