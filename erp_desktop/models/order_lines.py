"""The lines of a sales order while they are edited: columns, amounts as the server computes them, what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken
from erp_desktop.models.line_grid_model import Line, LineColumn
from erp_desktop.models.lookup import Lookup
from erp_desktop.models.sales_lookups import OFFER_KEYS, offer_values
from erp_desktop.services.products import Offer, Situation
from erp_desktop.services.sales import OrderLine

CENT: Final = Decimal("0.01")
SHORT: Final = "short"
SHORT_WIDTH: Final = 76
"""Room for the one mark that stands in the column of states while the stock is shown."""
STATE_WIDTH: Final = 116
"""Room for the longest state of a line."""
STOCK: Final = ("on_hand", "reserved", "available", "incoming")
"""What the warehouse has; of interest until the order is confirmed."""
PROGRESS: Final = ("reserved_qty", "shipped_qty", "delivered_qty")
"""How far a confirmed line is."""
BEFORE: Final = "wanted_before"
"""How much the lines above want of the same product, all from the warehouse of the order."""
PRICED: Final = ("qty", "unit_price", "discount_rate")
"""What an amount follows from; an imported amount stands as long as these stay as they came."""


@dataclass(frozen=True)
class Totals:
    """Sums of the lines, each rounded for itself."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def order_columns(products: Lookup) -> tuple[LineColumn, ...]:
    """The columns of the grid; what is to be typed stands first, so that Tab goes from product to quantity."""
    return (
        LineColumn(
            "product",
            QT_TRANSLATE_NOOP("Columns", "Product"),
            "code",
            86,
            required=True,
            lookup=products,
            id_key="product_id",
            brings=OFFER_KEYS,
        ),
        LineColumn("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 150, compute=name),
        LineColumn("qty", QT_TRANSLATE_NOOP("Columns", "Qty"), "qty", 62, required=True),
        LineColumn("unit", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 52, compute=unit),
        LineColumn("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 76),
        LineColumn("discount_rate", QT_TRANSLATE_NOOP("Columns", "Discount"), "percent", 68),
        LineColumn("tax_rate", QT_TRANSLATE_NOOP("Columns", "Tax %"), "percent", 56, editable=False),
        LineColumn("amount", QT_TRANSLATE_NOOP("Columns", "Net amount"), "money", 94, compute=net_amount),
        LineColumn("cover", QT_TRANSLATE_NOOP("Columns", "State"), "state", STATE_WIDTH, compute=cover),
        LineColumn("on_hand", QT_TRANSLATE_NOOP("Columns", "On hand"), "qty", 72, editable=False),
        LineColumn("reserved", QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty", 72, editable=False),
        LineColumn("available", QT_TRANSLATE_NOOP("Columns", "Available"), "qty", 72, editable=False),
        LineColumn("incoming", QT_TRANSLATE_NOOP("Columns", "Incoming"), "qty", 72, editable=False),
        LineColumn("reserved_qty", QT_TRANSLATE_NOOP("Columns", "Reserved"), "qty", 78, editable=False),
        LineColumn("shipped_qty", QT_TRANSLATE_NOOP("Columns", "Shipped"), "qty", 78, editable=False),
        LineColumn("delivered_qty", QT_TRANSLATE_NOOP("Columns", "Delivered"), "qty", 78, editable=False),
        LineColumn("specification", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 130, editable=False),
        LineColumn("description", QT_TRANSLATE_NOOP("Columns", "Remark"), "text", 160, longest=400),
    )


def name(line: Line) -> str:
    """The product's name in the language in use."""
    return spoken(line.get("name_zh") or "", line.get("name_en") or "")


def unit(line: Line) -> str:
    """The unit in the language in use."""
    return spoken(line.get("unit_zh") or "", line.get("unit_en") or "")


def net_amount(line: Line) -> Decimal | None:
    """Quantity × price less discount, rounded half-up as the server does; an amount that came with the order stays."""
    if line.get("given_amount") is not None and line.get("given_for") == [line.get(key) for key in PRICED]:
        return Decimal(line["given_amount"])
    qty, price = line.get("qty"), line.get("unit_price")
    if qty is None or price is None:
        return None
    discount = line.get("discount_rate") or Decimal(0)
    return Decimal(qty * price * (1 - discount)).quantize(CENT, ROUND_HALF_UP)


def cover(line: Line) -> str | None:
    """The state of a line; before the order is confirmed only whether the stock falls short of it."""
    state: str | None = line.get("state")
    if state not in (None, "open"):
        return state
    qty, available = line.get("qty"), line.get("available")
    if qty is None or available is None:
        return None
    return SHORT if qty + (line.get(BEFORE) or 0) > available else None


def wanted_before(lines: Iterable[Line]) -> dict[int, dict[str, Any]]:
    """What must change in lines, by row, so that each knows how much the lines above it want of the same product."""
    wanted: dict[int, Decimal] = {}
    updates: dict[int, dict[str, Any]] = {}
    for row, line in enumerate(lines):
        product_id = line.get("product_id")
        before = wanted.get(product_id, Decimal(0)) if product_id else Decimal(0)
        if before != (line.get(BEFORE) or 0):
            updates[row] = {BEFORE: before}
        if product_id:
            wanted[product_id] = before + (line.get("qty") or 0)
    return updates


def totals(lines: Iterable[Line]) -> Totals:
    """The sums of the lines that have an amount."""
    net = tax = Decimal(0)
    for line in lines:
        amount = line.get("amount")
        if amount is not None:
            net += amount
            tax += Decimal(amount * (line.get("tax_rate") or 0)).quantize(CENT, ROUND_HALF_UP)
    return Totals(net, tax, net + tax)


def grid_line(line: OrderLine, situation: Situation) -> dict[str, Any]:
    """A stored line of an order in that situation as the grid shows it."""
    stock = line.stock
    return {
        "product_id": line.product_id,
        "product": line.code,
        "name_zh": line.name_zh,
        "name_en": line.name_en,
        "specification": line.specification,
        "supply": line.supply,
        "unit_zh": line.unit_zh,
        "unit_en": line.unit_en,
        "decimals": line.decimals,
        "description": line.description,
        "qty": line.qty,
        "unit_price": line.unit_price,
        "list_price": line.list_price,
        "discount_rate": line.discount_rate or None,
        "tax_rate": line.tax_rate,
        "given_amount": line.net_amount if line.net_is_given else None,
        "given_for": [line.qty, line.unit_price, line.discount_rate or None],
        "state": line.state,
        **{key: getattr(line, key) for key in PROGRESS},
        "on_hand": stock.on_hand if stock else None,
        "reserved": stock.reserved if stock else None,
        "available": stock.available if stock else None,
        "incoming": stock.incoming if stock else None,
        "in_production": stock.in_production if stock else None,
        "situation": situation.key,
    }


def is_empty(line: Line) -> bool:
    """Whether nothing was typed into a line."""
    return not any(line.get(key) for key in ("product_id", "product", "description", *PRICED))


def has_typed_price(line: Line) -> bool:
    """Whether somebody gave the line another price than the list's."""
    return line.get("unit_price") is not None and line.get("unit_price") != line.get("list_price")


def is_current(line: Line, situation: Situation) -> bool:
    """Whether the line's price and stock are those of this situation; a line without a product has none."""
    return not line.get("product_id") or line.get("situation") == situation.key


def repriced(line: Line, offer: Offer, situation: Situation) -> dict[str, Any]:
    """What changes in a line when its customer, day or warehouse does; a price that was typed stays."""
    values = offer_values(offer, situation)
    if has_typed_price(line):
        del values["unit_price"]
    return values


def restocked(offer: Offer) -> dict[str, Any]:
    """What changes in a line when stock moves: never its price."""
    return {key: getattr(offer, key) for key in STOCK}


def draft_line(line: Line) -> dict[str, Any]:
    """What the person typed into a line: a price of the list is none of it and is asked for where it is shown."""
    kept = {key: value for key, value in line.items() if key != BEFORE}
    if has_typed_price(line) or line.get("given_amount") is not None:
        return kept
    return {**kept, "unit_price": None, "list_price": None, "situation": None}


def sent_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line as `sales.save_order` takes it; a price that nobody typed is left to the server's list."""
    sent = {key: line.get(key) for key in ("product_id", "description")}
    sent |= {key: None if line.get(key) is None else _plain(line[key]) for key in PRICED}
    if line.get("given_amount") is not None and line.get("given_for") == [line.get(key) for key in PRICED]:
        sent["amount"] = line["given_amount"]
    elif not has_typed_price(line):
        sent["unit_price"] = None
    return sent


def _plain(number: Decimal) -> Decimal:
    """The number as people would write it, since a refusal repeats it: 1.5, not 1.500."""
    return Decimal(f"{number.normalize():f}")
