"""Understands numbers and dates as people type them: `1,200`, `=3*12`, `+7`, `0315`; else says what is wrong."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Final

from PySide6.QtCore import QObject

from erp_desktop.services import clock

LONGEST: Final = 100
EARLIEST: Final = dt.date(1990, 1, 1)
LATEST: Final = dt.date(2100, 12, 31)

_LITERAL: Final = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
_TOKEN: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d*)?|\.\d+|[-+*/()]")
_SIGNS: Final = str.maketrans({"。": ".", "×": "*", "÷": "/", "−": "-", "¥": "", "￥": "", "$": "", "€": ""})
_FULL_DATE: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_COMPACT_DATE: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY: Final = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2})")
_SHIFT: Final = re.compile(r"([+-]\d{1,4})([dwmy天日周月年]?)")
_TODAY: Final = frozenset({"today", "t", "今天", "今日"})


class EntryError(ValueError):
    """What was typed can't be understood or is not allowed; its text says so in the person's language."""


@dataclass(frozen=True)
class NumberRule:
    """What a number field takes: rounded half-up to `decimals`, between `minimum` and `maximum`.

    With `percent` the person types and sees 13 for 0.13.
    """

    decimals: int = 2
    minimum: Decimal | None = None
    maximum: Decimal | None = Decimal("99999999999")
    percent: bool = False


QUANTITY: Final = NumberRule(3, Decimal(0))
PRICE: Final = NumberRule(4, Decimal(0), Decimal("9999999999"))
MONEY: Final = NumberRule(2, None, Decimal("999999999999"))
PERCENT: Final = NumberRule(4, Decimal(0), Decimal(1), percent=True)
WHOLE: Final = NumberRule(0, None, Decimal(2_147_483_647))


class Entry(QObject):
    """Parses what people type; raises EntryError with a sentence."""

    def number(self, text: str, rule: NumberRule = MONEY) -> Decimal:
        """The number that `text` says, rounded and checked by `rule`."""
        cleaned = _cleaned(text)
        value = self._formula(cleaned[1:]) if cleaned.startswith("=") else self._literal(cleaned)
        if rule.percent:
            value /= 100
        return self._checked(value, rule)

    def date(self, text: str, today: dt.date | None = None) -> dt.date:
        """The date that `text` says; `+7`, `03-15` and `15` count from `today`."""
        now = today or clock.today()
        cleaned = unicodedata.normalize("NFKC", text).strip().lower()
        try:
            date = _parse_date(cleaned, now)
        except (ValueError, OverflowError):
            date = None
        if date is None:
            raise EntryError(self.tr("Enter a date such as 2026-03-15, 03-15 or +7 (a week from today)."))
        if not EARLIEST <= date <= LATEST:
            raise EntryError(
                self.tr("Enter a date from {low} to {high}.").format(low=EARLIEST.isoformat(), high=LATEST.isoformat())
            )
        return date

    def _literal(self, text: str) -> Decimal:
        scale = Decimal(10_000) if text.endswith("万") else Decimal(1)
        digits = text.removesuffix("万").removesuffix("%")
        if not _LITERAL.fullmatch(digits) or not any(character.isdigit() for character in digits):
            raise EntryError(self.tr("Enter a number such as 12.5, 1,200 or =3*12."))
        return Decimal(digits.replace(",", "")) * scale

    def _formula(self, text: str) -> Decimal:
        try:
            with localcontext() as context:
                context.prec = 40
                return _Formula(text).value()
        except DivisionByZero as error:
            raise EntryError(self.tr("This formula divides by zero.")) from error
        except (ValueError, InvalidOperation) as error:
            raise EntryError(self.tr("A formula takes numbers, + - * / and brackets, such as =3*12.")) from error

    def _checked(self, value: Decimal, rule: NumberRule) -> Decimal:
        low, high = rule.minimum, rule.maximum
        factor = 100 if rule.percent else 1
        if low is not None and high is not None and not low <= value <= high:
            raise EntryError(
                self.tr("Enter a number from {low} to {high}.").format(
                    low=f"{low * factor:,f}", high=f"{high * factor:,f}"
                )
            )
        if low is not None and value < low:
            raise EntryError(self.tr("Enter a number not below {low}.").format(low=f"{low * factor:,f}"))
        if high is not None and abs(value) > high:
            raise EntryError(self.tr("Enter a number not above {high}.").format(high=f"{high * factor:,f}"))
        return value.quantize(Decimal(1).scaleb(-rule.decimals), ROUND_HALF_UP)


def _cleaned(text: str) -> str:
    """The text with full-width digits and signs, currency signs and spaces made plain."""
    if len(text) > LONGEST:
        return "?"
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(_SIGNS))


class _Formula:
    """A sum of products of signed numbers and brackets. Raises ValueError where it is not one."""

    def __init__(self, text: str) -> None:
        self._tokens = list(self._split(text))
        self._at = 0

    def value(self) -> Decimal:
        value = self._sum()
        if self._at != len(self._tokens):
            raise ValueError(self._tokens[self._at])
        return value

    def _split(self, text: str) -> Iterator[str]:
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                raise ValueError(text[at:])
            yield token.group().replace(",", "")
            at = token.end()

    def _next(self, *wanted: str) -> str:
        """Take the next token if it is one of `wanted`."""
        if self._at < len(self._tokens) and self._tokens[self._at] in wanted:
            self._at += 1
            return self._tokens[self._at - 1]
        return ""

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._next("+", "-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._factor()
        while sign := self._next("*", "/"):
            other = self._factor()
            value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> Decimal:
        if self._next("-"):
            return -self._factor()
        if self._next("+"):
            return self._factor()
        if self._next("("):
            value = self._sum()
            if not self._next(")"):
                raise ValueError("a bracket is open")
            return value
        if self._at == len(self._tokens):
            raise ValueError("a number is missing")
        self._at += 1
        return Decimal(self._tokens[self._at - 1])


def _parse_date(text: str, today: dt.date) -> dt.date | None:
    if text in _TODAY:
        return today
    if found := _FULL_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text):
        return dt.date(*map(int, found.groups()))
    if found := _SHIFT.fullmatch(text):
        return _shifted(today, int(found[1]), found[2])
    if found := _MONTH_DAY.fullmatch(text):
        month, day = (int(part) for part in found.groups() if part is not None)
        return _nearest(month, day, today)
    return today.replace(day=int(text)) if text.isdigit() and len(text) <= 2 else None


def _shifted(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in ("w", "周"):
        return today + dt.timedelta(weeks=count)
    if unit in ("m", "月", "y", "年"):
        months = today.year * 12 + today.month - 1 + count * (12 if unit in ("y", "年") else 1)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))
    return today + dt.timedelta(days=count)


def _nearest(month: int, day: int, today: dt.date) -> dt.date:
    """That day in the year in which it is nearest to today."""
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(dt.date(year, month, day))
        except ValueError:
            continue
    if not candidates:
        raise ValueError(f"{month}-{day}")
    return min(candidates, key=lambda each: abs((each - today).days))
