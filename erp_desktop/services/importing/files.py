"""Files of orders as tables with headings; a file that can't be one is refused with what helps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from erp_desktop.services import work
from erp_desktop.services.errors import Cancelled, InvalidInput
from erp_desktop.services.importing import columns, reader, text, workbook
from erp_desktop.services.importing.cells import Cell, is_empty, text_of

MAX_BYTES: Final = 20_000_000
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 300

ENDINGS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".txt", ".tsv")
"""The files that a person is offered; what a file is decides its content."""

_HEADING_WITHIN: Final = 30
_TOTALS: Final = frozenset({"合计", "总计", "小计", "汇总", "total", "sum", "grand total", "subtotal"})
_REPORT_EVERY: Final = 500
_START: Final = 4096
_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class Source:
    """A file that can be read: `sheets` is empty and `encoding` known for a CSV file."""

    path: Path
    sha256: str
    sheets: tuple[str, ...] = ()
    encoding: str = ""


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, its cells, and the places that a merged cell above fills."""

    number: int
    cells: tuple[Cell, ...]
    filled: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Table:
    """The rows below the headings that hold anything, without rows of totals."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Loaded:
    """A file with one of its sheets read."""

    source: Source
    sheet: str
    table: Table


def load(path: Path, sheet: str = "") -> Loaded:
    """Read the sheet of that name, else the one that looks like orders; reports its progress and can be cancelled.

    Raises InvalidInput when the file is missing, empty, too large, locked, damaged or of another kind; Cancelled.
    """
    path = path.absolute()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_START)
        if size == 0:
            raise InvalidInput("UV735", {"file": path.name})
        if size > MAX_BYTES:
            raise InvalidInput("UV736", {"file": path.name, "max": MAX_BYTES // 1_000_000})
        return _load_workbook(path, sheet) if workbook.is_workbook(start) else _load_text(path, start)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput("UV731", {"file": path.name, "reason": reason}, message=str(error)) from error


def _load_workbook(path: Path, sheet: str) -> Loaded:
    workbook.refuse_locked_or_huge(path)
    with reader.opened(path) as book:
        chosen = sheet if sheet in book.sheets else _best_sheet(book)
        table = _table(path, (Row(number, tuple(cells), filled) for number, cells, filled in book.rows(chosen)))
        return Loaded(Source(path, _sha256(path), book.sheets), chosen, table)


def _load_text(path: Path, start: bytes) -> Loaded:
    source = Source(path, _sha256(path), encoding=text.encoding_of(path, start))
    return Loaded(
        source, "", _table(path, (Row(number, tuple(texts)) for number, texts in text.rows(path, source.encoding)))
    )


def _best_sheet(book: reader.WorkbookReader) -> str:
    """The sheet with most headings of orders, else the first with anything in it; hidden ones only if there is none."""
    best, score = book.sheets[0], -1
    for place, (sheet, rows) in enumerate(zip(book.sheets, book.heads(_HEADING_WITHIN), strict=True)):
        if place >= book.visible and score > 0:
            break
        found = max((len(_recognised(cells)) for _, cells, _ in rows), default=-1)
        if found > score:
            best, score = sheet, found
    return best


def _table(path: Path, found: Iterable[Row]) -> Table:
    """The table below the headings."""
    rows = list(_held(path, found))
    if not rows:
        raise InvalidInput("UV735", {"file": path.name})
    first = rows[:_HEADING_WITHIN]
    heading = max(range(len(first)), key=lambda place: (len(_recognised(first[place].cells)), -place))
    headings = tuple(" ".join(text_of(cell).split()) for cell in rows[heading].cells)
    below = (row for row in rows[heading + 1 :] if row.cells != rows[heading].cells and not _is_total(row))
    table = Table(headings, tuple(below))
    if not table.rows:
        raise InvalidInput("UV735", {"file": path.name})
    return table


def _held(path: Path, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows that hold anything, within the limits."""
    present = work.present()
    held = 0
    for row in rows:
        if row.number % _REPORT_EVERY == 0:
            present.report(row.number, 0)
            if present.stopped:
                raise Cancelled()
        if all(is_empty(cell) for cell in row.cells):
            continue
        held += 1
        if held > MAX_ROWS + _HEADING_WITHIN:
            raise InvalidInput("UV737", {"file": path.name, "max": MAX_ROWS})
        if len(row.cells) > MAX_COLUMNS and not all(is_empty(cell) for cell in row.cells[MAX_COLUMNS:]):
            raise InvalidInput("UV730", {"file": path.name, "max": MAX_COLUMNS})
        yield Row(row.number, row.cells[:MAX_COLUMNS], row.filled)


def _recognised(cells: Sequence[Cell]) -> dict[str, int]:
    return columns.guess([cell if isinstance(cell, str) else "" for cell in cells])


def _is_total(row: Row) -> bool:
    first = next(text_of(cell) for cell in row.cells if not is_empty(cell))
    return first.strip("：: ").casefold() in _TOTALS


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
