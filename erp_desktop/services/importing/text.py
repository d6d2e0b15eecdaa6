"""CSV files as rows: UTF-8, UTF-16 (also without its mark) or the Chinese encodings, whatever divides the columns."""

from __future__ import annotations

import codecs
import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from erp_desktop.services.errors import InvalidInput

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_CHUNK: Final = 1 << 20
_NOT_TEXT: Final = frozenset({"Co", "Cn", "Cc", "Cs"})
_KEPT: Final = frozenset("\t\r\n\f\x1a")


def encoding_of(path: Path, start: bytes) -> str:
    """The encoding in which the whole file makes sense; raises InvalidInput if there is none."""
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-16-le", "utf-16-be") if b"\0" in start else ():
        # Read the wrong way round, a line end is no character: only the right one makes sense.
        if "\n".encode(encoding) in start and _makes_sense(path, encoding):
            return encoding
    if b"\0" in start or start.lstrip()[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl") or start[:4] == b"%PDF":
        raise InvalidInput("UV732", {"file": path.name})
    for encoding in ("utf-8-sig", "gb18030"):
        if _makes_sense(path, encoding):
            return encoding
    raise InvalidInput("UV734", {"file": path.name})


def rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file, each with the number of the line in which it begins."""
    try:
        with path.open(encoding=encoding, newline="") as file:
            delimiter = _delimiter(file.readline())
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter)
            begins = 1
            for cells in reader:
                yield begins, cells
                begins = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput("UV739", {"file": path.name, "line": begins}, message=str(error)) from error
    except UnicodeError as error:
        raise InvalidInput("UV734", {"file": path.name}, message=str(error)) from error


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([line], delimiter=each), [])))


def _makes_sense(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                if not _is_text(decoder.decode(chunk)):
                    return False
            return _is_text(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _is_text(text: str) -> bool:
    return all(unicodedata.category(each) not in _NOT_TEXT for each in set(text) - _KEPT)
