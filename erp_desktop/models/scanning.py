"""Understands what a scanner (or somebody at the keyboard) puts into the field of a picking list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QObject

LONGEST: Final = 100
_TIMES: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*[*×x]\s*(\S.*)", re.IGNORECASE)
_LINE: Final = re.compile(r"(.+)[/#](\d{1,6})")


class ScanError(ValueError):
    """What was scanned does not belong here; its text says so in the person's language."""


@dataclass(frozen=True)
class ToPick:
    """A line as the scanner meets it."""

    code: str
    order_line_no: int
    qty: Decimal
    picked_qty: Decimal


@dataclass(frozen=True)
class Scan:
    """One scan: the line that it means and how much was picked with it."""

    row: int
    qty: Decimal


class Scanner(QObject):
    """Finds the line that a scanned code means.

    A product's code means its first line that is not picked fully, `<order number>/<line>` that line of the order. A
    quantity may stand before either: `3*CH-501O`.
    """

    def read(self, text: str, order_number: str, lines: Sequence[ToPick]) -> Scan:
        """The line that `text` means. Raises ScanError when there is none, or when it has all its pieces."""
        code, qty = self._parts(text)
        rows = self._rows(code, order_number, lines)
        for row in rows:
            if lines[row].picked_qty + qty <= lines[row].qty:
                return Scan(row, qty)
        picked = sum((lines[row].picked_qty for row in rows), Decimal(0))
        wanted = sum((lines[row].qty for row in rows), Decimal(0))
        if picked >= wanted:
            raise ScanError(self.tr("{code} is picked already: put it back.").format(code=code))
        raise ScanError(
            self.tr("Of {code} only {rest} are still to be picked.").format(
                code=code, rest=f"{(wanted - picked).normalize():f}"
            )
        )

    def _parts(self, text: str) -> tuple[str, Decimal]:
        cleaned = unicodedata.normalize("NFKC", text).strip()[:LONGEST]
        if not cleaned:
            raise ScanError(self.tr("Scan a product or an order line."))
        found = _TIMES.fullmatch(cleaned)
        qty = Decimal(found[1]) if found else Decimal(1)
        if not qty:
            raise ScanError(self.tr("Scan a quantity above zero."))
        return (found[2].strip() if found else cleaned), qty

    def _rows(self, code: str, order_number: str, lines: Sequence[ToPick]) -> list[int]:
        wanted = code.casefold()
        rows = [row for row, line in enumerate(lines) if line.code.casefold() == wanted]
        if rows:
            return rows
        named = _LINE.fullmatch(code)
        if named is not None and named[1].strip().casefold() == order_number.casefold():
            rows = [row for row, line in enumerate(lines) if line.order_line_no == int(named[2])]
            if rows:
                return rows
            raise ScanError(self.tr("Line {line} of the order is not on this delivery note.").format(line=named[2]))
        if named is not None:
            raise ScanError(self.tr("{code} belongs to another order.").format(code=code))
        raise ScanError(self.tr("{code} is not on this delivery note.").format(code=code))
