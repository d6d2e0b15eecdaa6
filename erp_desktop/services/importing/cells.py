"""What stands in a cell, as the texts that the server reads: tidied, never guessed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias


@dataclass(frozen=True)
class Broken:
    """A cell whose value the file does not tell: `code` is the complaint, `text` what a spreadsheet shows there."""

    code: str
    text: str = ""


Cell: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | Broken | None

_NOT_KEPT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_CURRENCY: Final = re.compile(r"^(?:¥|\$|€|£|CNY|RMB|USD|EUR)|(?:元|圆)$", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DATE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]+\d{1,2}[:时].*)?")
_COMPACT_DATE: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_OFF: Final = re.compile(r"(\d{1,2}(?:\.\d)?)折")
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""Day numbers of 1954 and 2119: a number between them in a column of dates is a date whose format was lost."""

_EXACT_LIMIT: Final = 1e15
_SERIAL_ZERO: Final = dt.date(1899, 12, 30)


def is_empty(cell: Cell) -> bool:
    """Whether there is nothing in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def lost_digits(cell: Cell) -> bool:
    """Whether a number is too long for a spreadsheet, which then keeps its first 15 digits only."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT_LIMIT


def text_of(cell: Cell) -> str:
    """The cell as text, trimmed, without characters that no database keeps."""
    if cell is None:
        return ""
    if isinstance(cell, Broken):
        return cell.text
    if isinstance(cell, str):
        return _NOT_KEPT.sub("", cell).strip()
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _plain_number(cell)
    return str(cell)


def number_text(cell: Cell) -> str:
    """A number as the server reads it: without thousands separators and currency signs."""
    if not isinstance(cell, str):
        return text_of(cell)
    text = unicodedata.normalize("NFKC", text_of(cell)).replace(" ", "")
    text = _CURRENCY.sub("", text)
    return text.replace(",", "") if _THOUSANDS.fullmatch(text) else text


def rate_text(cell: Cell) -> str:
    """A discount as a rate off the price: 10 %, 0.1 and 9折 are all 0.1."""
    text = number_text(cell)
    if text.endswith("%"):
        rate = decimal_of(text[:-1])
        return text if rate is None else f"{rate / 100:f}"
    off = _OFF.fullmatch(text)
    if off:
        paid = Decimal(off[1])
        return f"{1 - paid / (100 if paid > 10 else 10):f}"
    return text


def date_text(cell: Cell) -> str:
    """A date as yyyy-mm-dd, if the cell holds one."""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return (_SERIAL_ZERO + dt.timedelta(days=int(cell))).isoformat()
        cell = _plain_number(cell)
    if not isinstance(cell, str):
        return text_of(cell)
    text = unicodedata.normalize("NFKC", text_of(cell))
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def decimal_of(text: str) -> Decimal | None:
    """The number that a text states; None if it states none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _plain_number(number: int | float) -> str:
    """All digits that the file holds, never in powers of ten."""
    if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT_LIMIT:
        return str(int(number))
    return f"{Decimal(repr(number)):f}" if abs(number) < 1e300 else str(number)
