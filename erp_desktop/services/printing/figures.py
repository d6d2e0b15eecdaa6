"""Figures as documents print them: thousands separated, rounded half-up, no superfluous zeros."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from erp_desktop.services.printing.capitals import rmb_capitals

WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def _rounded(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), context=WIDE)
    return f"{rounded.copy_abs() if not rounded else rounded:,f}"


def amount(value: Decimal | None) -> str:
    """Money with two decimals: 1234.5 is 1,234.50."""
    return "" if value is None else _rounded(value, 2)


def price(value: Decimal | None) -> str:
    """A unit price with two to four decimals."""
    if value is None:
        return ""
    text = _rounded(value, 4)
    return text[:-2] + text[-2:].rstrip("0")


def quantity(value: Decimal | None) -> str:
    """A quantity with up to three decimals: 12.500 is 12.5, 1200 is 1,200."""
    if value is None:
        return ""
    text = _rounded(value, 3)
    return text.rstrip("0").rstrip(".")


def count(value: int | None) -> str:
    """A number of things that are never divided."""
    return "" if value is None else f"{value:,}"


def percent(value: Decimal | None) -> str:
    """A fraction as a percentage: 0.13 is 13%."""
    return "" if value is None else quantity(value * 100) + "%"


def day(value: date | None) -> str:
    """A day as yyyy-MM-dd, also before the year 1000."""
    return "" if value is None else value.isoformat()[:10]


def minute(value: datetime | None) -> str:
    """A moment as yyyy-MM-dd HH:mm, in the time zone it comes in."""
    return "" if value is None else value.isoformat(" ")[:16]


def money(value: Decimal, currency: str) -> str:
    """A total with its currency: ¥1,234.50 for the yuan, otherwise the code before the amount."""
    if currency == "CNY":
        return f"-¥{amount(-value)}" if value < 0 else f"¥{amount(value)}"
    return f"{currency} {amount(value)}"


def capitals(value: Decimal, currency: str) -> str:
    """The amount in capitals after 人民币, with no space between as the rules want it; empty for other currencies."""
    return f"人民币{rmb_capitals(value)}" if currency == "CNY" else ""


def total_by_unit(quantities: Iterable[tuple[Decimal, str]], *, most_units: int = 3) -> str:
    """The sum of quantities, one line for each unit; the unit is named only where there are several.

    Empty if there are more units than `most_units`: a column of sums that nobody compares helps nobody.
    """
    totals: dict[str, Decimal] = {}
    for qty, unit in quantities:
        totals[unit] = totals.get(unit, Decimal(0)) + qty
    if len(totals) == 1:
        return quantity(next(iter(totals.values())))
    if len(totals) > most_units:
        return ""
    return "\n".join(f"{quantity(total)} {unit}" for unit, total in totals.items())
