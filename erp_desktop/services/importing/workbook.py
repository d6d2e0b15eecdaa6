"""Workbooks as rows: values only (no macro and no formula is ever run), merged cells filled, what is broken marked."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from erp_desktop.services.errors import InvalidInput
from erp_desktop.services.importing.cells import Broken, Cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata

MAX_UNPACKED: Final = 300_000_000
"""Bytes that the parts of a workbook may have; a small file that unpacks to more is no office's."""

MAX_AREA: Final = 20_000_000
"""Cells from A1 to the last one: the reader keeps room for each, whether there is anything in it or not."""

FORMULA_WITHOUT_VALUE: Final = "UV720"
ERROR_VALUE: Final = "UV721"

_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_PACKED: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
_FILLED_CELL: Final = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')
_CHUNK: Final = 1 << 20

RowOfSheet = tuple[int, list[Cell], frozenset[int]]


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a workbook, or at least claims to be one."""
    return start.startswith((_PACKED, _COMPOUND))


class Workbook:
    """One workbook. Raises InvalidInput when it can't be read.

    The library below may hold the interpreter for seconds and end the whole process over a damaged file, so the program
    reads workbooks in a process of their own: see `reader`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _book(self) -> CalamineWorkbook:
        import python_calamine

        try:
            return python_calamine.load_workbook(self._path)
        except python_calamine.PasswordError as error:
            raise InvalidInput("UV733", {"file": self._path.name}) from error
        except Exception as error:
            raise damaged(self._path, str(error)) from error

    def sheets(self) -> tuple[tuple[str, ...], int]:
        """The names of its sheets, and how many of them are visible: those stand before the hidden ones."""
        found = self._book.sheets_metadata
        if not found:
            raise damaged(self._path, "no sheets")
        visible = [each.name for each in found if _is_visible(each)]
        return (*visible, *(each.name for each in found if not _is_visible(each))), len(visible)

    def rows(self, sheet: str) -> Iterator[RowOfSheet]:
        """The rows of a sheet: number, cells, and the places that were filled because a merged cell covers them."""
        try:
            broken = _broken_cells(self._path, sheet)
            found = self._book.get_sheet_by_name(sheet)
        except InvalidInput:
            raise
        except Exception as error:
            raise damaged(self._path, str(error)) from error
        fills = _fills(found)
        first_column = found.start[1] if found.start else 0
        values: dict[tuple[int, int], Cell] = {}
        for row, cells in enumerate(found.iter_rows()):
            line: list[Cell] = [*[""] * first_column, *cells]
            for place in range(len(line)):
                if (row, place) in broken:
                    line[place] = broken[row, place]
            yield row + 1, *_filled(row, line, fills.get(row, {}), values)


def _is_visible(sheet: SheetMetadata) -> bool:
    import python_calamine

    return sheet.visible == python_calamine.SheetVisibleEnum.Visible


def damaged(path: Path, message: str) -> InvalidInput:
    """The refusal of a workbook that can't be understood."""
    return InvalidInput("UV738", {"file": path.name}, message=message)


def _filled(
    row: int, line: list[Cell], fills: Mapping[int, tuple[int, int]], values: dict[tuple[int, int], Cell]
) -> tuple[list[Cell], frozenset[int]]:
    """The row with what the merged cells above and beside it hold."""
    taken = set()
    for place, source in fills.items():
        if place >= len(line):
            continue
        if source == (row, place):
            values[source] = line[place]
        elif source in values:
            line[place] = values[source]
            taken.add(place)
    return line, frozenset(taken)


def _fills(sheet: CalamineSheet) -> dict[int, dict[int, tuple[int, int]]]:
    """Row to place to the cell that a merged range has its value in."""
    found: dict[int, dict[int, tuple[int, int]]] = {}
    last = sheet.end or (0, 0)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        for row in range(top, min(bottom, last[0]) + 1):
            for place in range(left, min(right, last[1]) + 1):
                found.setdefault(row, {})[place] = (top, left)
    return found


def refuse_locked_or_huge(path: Path) -> None:
    """Refuse what needs no reader to be refused: UV733 a password, UV736 a small file that unpacks to a huge one."""
    with path.open("rb") as file:
        start = file.read(4)
        if start == _COMPOUND and _holds(file, (_ENCRYPTED,)):
            raise InvalidInput("UV733", {"file": path.name})
    if start != _PACKED:
        return
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise damaged(path, str(error)) from error
    if any(part.flag_bits & 1 for part in parts):
        raise InvalidInput("UV733", {"file": path.name})
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InvalidInput("UV736", {"file": path.name, "max": MAX_UNPACKED // 1_000_000})


def _broken_cells(path: Path, sheet: str) -> dict[tuple[int, int], Broken]:
    """Formulas without a stored value and error values: the reader takes both for empty cells.

    Only workbooks in XML tell; they are parsed a second time only if they have formulas or errors at all.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        if not part:
            return {}
        with archive.open(part) as file:
            _refuse_stray_cells(path, file)
        with archive.open(part) as file:
            if not _holds(file, (b"<f>", b"<f ", b't="e"')):
                return {}
        with archive.open(part) as file:
            return _scan(file)


def _refuse_stray_cells(path: Path, file: IO[bytes]) -> None:
    """Refuse a sheet with something far below or beside everything else."""
    last_row, last_column = 0, 0
    tail = b""
    while chunk := file.read(_CHUNK):
        window = tail + chunk
        for found in _FILLED_CELL.finditer(window):
            row, column = _place(found[1].decode() + found[2].decode())
            last_row, last_column = max(last_row, row), max(last_column, column)
        tail = window[window.rfind(b"<") :][-_CHUNK:]
    if (last_row + 1) * (last_column + 1) > MAX_AREA:
        cell = f"{_letters(last_column)}{last_row + 1}"
        raise InvalidInput("UV741", {"file": path.name, "cell": cell})


def _scan(file: IO[bytes]) -> dict[tuple[int, int], Broken]:
    found: dict[tuple[int, int], Broken] = {}
    for _, element in ElementTree.iterparse(file):
        name = _local(element)
        if name == "c":
            broken = _broken(element)
            if broken:
                found[_place(element.get("r", ""))] = broken
        if name in ("c", "row"):
            element.clear()
    return found


def _broken(cell: ElementTree.Element) -> Broken | None:
    parts = {_local(part): part.text or "" for part in cell}
    if cell.get("t") == "e":
        return Broken(ERROR_VALUE, parts.get("v", ""))
    if "f" in parts and not parts.get("v") and cell.get("t") != "str":
        return Broken(FORMULA_WITHOUT_VALUE, f"={parts['f']}")
    return None


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file within a workbook that holds a sheet; empty if the workbook is of another make."""
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return ""
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for element in book.iter():
        if _local(element) == "sheet" and element.get("name") == sheet:
            link = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            return part if part in archive.namelist() else ""
    return ""


def _local(element: ElementTree.Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _place(reference: str) -> tuple[int, int]:
    """Row and column, from 0, of a cell such as C12."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if not found:
        return (-1, -1)
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    return (int(found[2]) - 1, column - 1)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _holds(file: IO[bytes] | Any, wanted: tuple[bytes, ...]) -> bool:
    """Whether one of the byte strings stands in the rest of a file, read in portions."""
    overlap = max(map(len, wanted))
    tail = b""
    while chunk := file.read(_CHUNK):
        window = tail + chunk
        if any(each in window for each in wanted):
            return True
        tail = window[-overlap:]
    return False
