"""The lines of a purchase order in its grid: columns, amounts as the server rounds them, and what was changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from erp_desktop.models import i18n
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.line_grid_model import Line, LineColumn
from erp_desktop.services.purchasing import LineChange, OrderLine

_CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Sums:
    """The totals of a purchase order."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def net_amount(line: Line) -> Decimal | None:
    """Quantity × price, rounded half-up; None while one of them is missing."""
    qty, price = line.get("qty"), line.get("unit_price")
    if not isinstance(qty, Decimal) or not isinstance(price, Decimal):
        return None
    return (qty * price).quantize(_CENT, ROUND_HALF_UP)


def tax_amount(line: Line) -> Decimal | None:
    """The tax on the rounded net amount, rounded half-up."""
    net = net_amount(line)
    return None if net is None else (net * line["tax_rate"]).quantize(_CENT, ROUND_HALF_UP)


def gross_amount(line: Line) -> Decimal | None:
    """The amount with tax."""
    net, tax = net_amount(line), tax_amount(line)
    return None if net is None or tax is None else net + tax


COLUMNS: Final = (
    LineColumn("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 96, editable=False),
    LineColumn("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 148, editable=False),
    LineColumn("qty", QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty", 84, required=True),
    LineColumn("unit", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 56, editable=False),
    LineColumn("unit_price", QT_TRANSLATE_NOOP("Columns", "Price"), "price", 90, required=True),
    LineColumn("tax_rate", QT_TRANSLATE_NOOP("Columns", "Tax rate"), "percent", 74, editable=False),
    LineColumn("gross_amount", QT_TRANSLATE_NOOP("Columns", "Amount with tax"), "money", 126, compute=gross_amount),
    LineColumn("received_qty", QT_TRANSLATE_NOOP("Columns", "Qty received"), "qty", 100, editable=False),
)


def shown_line(line: OrderLine) -> dict[str, Any]:
    """A line as the grid holds it, its names in the language in use."""
    chinese = i18n.language() == "zh_CN"
    name = line.name_zh if chinese else line.name_en or line.name_zh
    return {
        "id": line.id,
        "code": line.code,
        "name": f"{name}  {line.specification}".rstrip(),
        "qty": line.qty,
        "unit": line.unit_zh if chinese else line.unit_en,
        "unit_price": line.unit_price,
        "tax_rate": line.tax_rate,
        "received_qty": line.received_qty,
    }


def totals(lines: Iterable[Line]) -> Sums:
    """The sums of the rounded lines; a line with something missing counts as nothing."""
    known = [
        (net, tax) for line in lines if (net := net_amount(line)) is not None and (tax := tax_amount(line)) is not None
    ]
    net, tax = sum((each[0] for each in known), Decimal(0)), sum((each[1] for each in known), Decimal(0))
    return Sums(net, tax, net + tax)


def changes(lines: Iterable[Mapping[str, Any]]) -> list[LineChange]:
    """What the grid's lines say to the server; call it when there are no complaints."""
    return [LineChange(line["id"], line["qty"], line["unit_price"]) for line in lines]
