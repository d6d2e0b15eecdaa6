"""Lists as files: rows streamed from the server into a workbook or a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import psycopg2

from erp_desktop.services import errors, work
from erp_desktop.services.listing import (
    FETCH_ROWS,
    Column,
    Kind,
    ListQuery,
    ListSpec,
    Words,
    read_page,
    stream_rows,
)

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

SHEET_ROWS: Final = 1_000_000
"""Rows of data on one sheet; a spreadsheet holds 1,048,576 with the header."""

_CELL_LIMIT: Final = 32_767
_FORMULA_START: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NUMBER_FORMATS: Final[Mapping[Kind, str]] = {
    "money": "#,##0.00",
    "price": "#,##0.00##",
    "qty": "#,##0.###",
    "int": "#,##0",
    "percent": "0.##%",
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}

CellValue: TypeAlias = str | int | float | Decimal | bool | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Export:
    """What to write: the rows of `query`, these columns with these translated titles, codes in these words."""

    spec: ListSpec
    query: ListQuery
    columns: tuple[Column, ...]
    titles: tuple[str, ...]
    words: Words
    expected: int = 0


class _Sink(Protocol):
    """Something that takes rows one after the other, then is saved or given up."""

    def add(self, cells: Sequence[CellValue]) -> None: ...
    def save(self) -> None: ...
    def give_up(self) -> None: ...


def export_list(
    connect: Callable[[], Connection],
    export: Export,
    target: Path,
    record: Callable[[str, int], object],
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write the list to `target` (`.xlsx`, else CSV) and return the number of rows.

    Rows come from one snapshot, `FETCH_ROWS` at a time. The file appears only when it is complete and `record` (called
    with its name and its rows) has told the trail: after a cancel (`services.work`) or an error nothing is left behind.
    Raises ErpError, or OSError when the file can't be written.
    """
    handle, name = tempfile.mkstemp(prefix=".export-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    draft = Path(name)
    workbook = target.suffix.lower() == ".xlsx"
    sink: _Sink = _WorkbookSink(draft, export, sheet_rows) if workbook else _CsvSink(draft, export)
    try:
        written = _pour(connect, export, sink)
        sink.save()
        record(target.name, written)
        draft.replace(target)
    except BaseException:
        sink.give_up()
        raise
    finally:
        draft.unlink(missing_ok=True)
    return written


def _pour(connect: Callable[[], Connection], export: Export, sink: _Sink) -> int:
    """Let all rows of the list run into the sink; returns their number."""
    present = work.present()
    places = _places(export)
    written = 0
    try:
        with closing(connect()) as connection, present.cancellable(connection.cancel):
            connection.set_session(readonly=True, autocommit=False, isolation_level="REPEATABLE READ")
            for batch in stream_rows(connection, export.spec, export.query):
                for row in batch:
                    sink.add([_cell(row[place], column, export.words) for place, column in places])
                written += len(batch)
                present.report(written, export.expected)
                if present.stopped:
                    raise errors.Cancelled()
    except psycopg2.Error as error:
        raise errors.from_database(error) from error
    return written


def copy_rows(connect: Callable[[], Connection], export: Export, ids: Sequence[int]) -> str:
    """The rows with these keys as tab-separated lines without a header, as a spreadsheet pastes them."""
    places = _places(export)
    lines = []
    try:
        with closing(connect()) as connection:
            for start in range(0, len(ids), FETCH_ROWS):
                for row in read_page(connection, export.spec, ids[start : start + FETCH_ROWS], short=False):
                    cells = [_csv_text(_cell(row[place], column, export.words)) for place, column in places]
                    lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    except psycopg2.Error as error:
        raise errors.from_database(error) from error
    return "\n".join(lines)


def _places(export: Export) -> list[tuple[int, Column]]:
    """Where each column stands in a row that begins with the key."""
    keys = export.spec.value_keys
    return [(keys.index(column.key) + 1, column) for column in export.columns]


def _cell(value: Any, column: Column, words: Words) -> CellValue:
    """A value as a spreadsheet takes it: codes as words, timestamps in local time without zone."""
    if value is None or isinstance(value, (int, float, Decimal)):
        return value
    if column.kind == "state":
        return words.get(column.words, {}).get(value, str(value))
    if isinstance(value, dt.datetime):
        return value.astimezone().replace(tzinfo=None) if value.tzinfo else value
    return value if isinstance(value, dt.date) else _NOT_IN_XML.sub("", str(value))[:_CELL_LIMIT]


def safe_text(text: str) -> str:
    """A text that a spreadsheet takes for text and never for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_START) else text


class _CsvSink:
    """CSV in UTF-8 with a byte order mark, which spreadsheets need to see the encoding."""

    def __init__(self, path: Path, export: Export) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([safe_text(title) for title in export.titles])

    def add(self, cells: Sequence[CellValue]) -> None:
        self._writer.writerow([_csv_text(cell) for cell in cells])

    def save(self) -> None:
        self._file.close()

    def give_up(self) -> None:
        self._file.close()


def _csv_text(cell: CellValue) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe_text(cell)
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


class _WorkbookSink:
    """A workbook written row by row; a new sheet begins after `sheet_rows` rows."""

    def __init__(self, path: Path, export: Export, sheet_rows: int) -> None:
        import openpyxl  # costs 0.4 s: only who exports pays for it

        self._path = path
        self._export = export
        self._sheet_rows = sheet_rows
        self._book = openpyxl.Workbook(write_only=True)
        self._rows = 0
        self._sheet = self._new_sheet()

    def add(self, cells: Sequence[CellValue]) -> None:
        if self._rows == self._sheet_rows:
            self._sheet = self._new_sheet()
            self._rows = 0
        pairs = zip(cells, self._export.columns, strict=True)
        self._sheet.append([_typed_cell(self._sheet, value, column.kind) for value, column in pairs])
        self._rows += 1

    def save(self) -> None:
        self._book.save(self._path)

    def give_up(self) -> None:
        for sheet in self._book.worksheets:
            sheet.close()

    def _new_sheet(self) -> Any:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet()
        sheet.freeze_panes = "A2"
        for at, column in enumerate(self._export.columns, start=1):
            sheet.column_dimensions[get_column_letter(at)].width = max(8, column.width / 7)
        heads = [_text_cell(sheet, title) for title in self._export.titles]
        for head in heads:
            head.font = Font(bold=True)
        sheet.append(heads)
        return sheet


def _typed_cell(sheet: Any, value: Any, kind: Kind) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if value is None:
        return None
    if isinstance(value, str):
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet, value=value)
    cell.number_format = _NUMBER_FORMATS.get(kind, "General")
    return cell


def _text_cell(sheet: Any, value: str) -> Any:
    """A cell that stays text even if it looks like a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    if value.startswith(_FORMULA_START):
        cell.quotePrefix = True
    return cell
