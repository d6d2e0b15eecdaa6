"""Blocks of a document turned into pieces: tables with their totals, notes, headings and signatures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, NamedTuple, TypeVar

from erp_desktop.services.printing import fonts, text
from erp_desktop.services.printing.data import Language
from erp_desktop.services.printing.labels import POSITION, Label
from erp_desktop.services.printing.pen import GREY, MM, PAGE_WIDTH, Align, clean, fit_size
from erp_desktop.services.printing.pieces import (
    HEADING_SIZE,
    NOTE_SIZE,
    PAD_X,
    SIZE,
    Box,
    Heading,
    Piece,
    Row,
    Signatures,
    TextLine,
)

T = TypeVar("T")

MARGIN = 15 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
NUMBER_WIDTH = 9 * MM
LEAST_LABEL_WIDTH = 30 * MM
LEAST_FIGURE_SIZE = 4.5


class Cell(NamedTuple):
    """The content of a table cell: a text, and under it a note in smaller grey type."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column of a table: its heading, its width in millimetres (0 takes what is left) and what it shows of a line.

    An optional column is left out when it is empty in every line. Right-aligned cells hold figures: they are set
    smaller rather than broken.
    """

    key: str
    label: Label
    width: float
    value: Callable[[T], str | Cell]
    align: Align = "left"
    optional: bool = False


class Total(NamedTuple):
    """A row of sums under a table, by column key; without any sum there is no row."""

    label: Label
    values: Mapping[str, str]


class Remark(NamedTuple):
    """A row under a table with a label and a text as wide as the rest; without a text there is no row."""

    label: Label
    text: str
    bold: bool = False


class Place(NamedTuple):
    """A place to sign, with the name if it is known beforehand; `share` is its part of the width."""

    label: Label
    name: str = ""
    share: float = 1


def table(
    columns: Sequence[Column[T]],
    lines: Sequence[T],
    language: Language,
    *,
    foot: Sequence[Total | Remark] = (),
    keep_foot: bool = False,
    numbered: bool = True,
    row_height: float = 0,
) -> list[Piece]:
    """Lay out a table; its heading is repeated on each page, the foot stays with the last line.

    `keep_foot` also binds the foot to the block that follows the table; `row_height` in millimetres leaves room to
    write by hand.
    """
    cells = [[_cell(column.value(line)) for line in lines] for column in columns]
    shown = [index for index, column in enumerate(columns) if not column.optional or any(map(any, cells[index]))]
    grid = _Grid([columns[index] for index in shown], language, numbered)
    rows = [
        replace(grid.line(number, [cells[index][number] for index in shown]), least_height=row_height * MM)
        for number in range(len(lines))
    ]
    rows += [grid.foot(entry) for entry in foot if _says_something(entry)]
    first_bound = len(lines) - 1
    last_bound = len(rows) - (1 if keep_foot else 2)
    head = grid.head()
    return [replace(row, head=head, keep=first_bound <= index <= last_bound) for index, row in enumerate(rows)]


def heading(label: Label, language: Language) -> Heading:
    """The title of the block that follows."""
    first = label.first(language)
    second_left = MARGIN + fonts.face(bold=True).width(first, HEADING_SIZE) + 4
    return Heading(MARGIN, first, second_left, label.second(language))


def notes(entries: Sequence[tuple[Label, str]], language: Language) -> list[Piece]:
    """Lay out texts under each other, each beside its label; those without a text are left out.

    The last one stays with the block that follows.
    """
    filled = [(label.both(language), text) for label, text in entries if text]
    label_width = max((fonts.face().width(label, SIZE) for label, _ in filled), default=0) + 4 * PAD_X
    rest = TEXT_WIDTH - label_width
    return [
        Row(
            (
                Box(MARGIN - PAD_X, label_width, (TextLine(label, grey=GREY),)),
                Box(MARGIN - PAD_X + label_width, rest, _lines(_cell(text), rest)),
            ),
            framed=False,
            keep=index == len(filled),
        )
        for index, (label, text) in enumerate(filled, start=1)
    ]


def signatures(places: Sequence[Place], language: Language) -> Signatures:
    """Lay out places to sign over the whole width."""
    gap = 5 * MM
    unit = (TEXT_WIDTH - gap * (len(places) - 1)) / sum(place.share for place in places)
    laid = []
    left = MARGIN
    for place in places:
        width = unit * place.share
        name = text.shorten(clean(place.name), width, fonts.face().measure(SIZE + 1), 1)[0]
        laid.append((left, width, place.label.both(language), name))
        left += width + gap
    return Signatures(tuple(laid))


class _Grid(Generic[T]):
    """The columns of one table in their places on the page; a numbered one has a column of line numbers before them."""

    def __init__(self, columns: Sequence[Column[T]], language: Language, numbered: bool) -> None:
        self._language = language
        self._labels = [*([POSITION] if numbered else []), *(column.label for column in columns)]
        self._keys = [*([""] if numbered else []), *(column.key for column in columns)]
        self._aligns: list[Align] = [*(("center",) if numbered else ()), *(column.align for column in columns)]
        number_width = [NUMBER_WIDTH] if numbered else []
        rest = TEXT_WIDTH - sum(column.width for column in columns) * MM - sum(number_width)
        flexible = sum(not column.width for column in columns)
        self._widths = [*number_width, *(column.width * MM or rest / flexible for column in columns)]
        self._lefts = [MARGIN + sum(self._widths[:index]) for index in range(len(self._widths))]

    def head(self) -> Row:
        return self._row([self._heading(label, self._widths[index]) for index, label in enumerate(self._labels)], True)

    def line(self, number: int, cells: Sequence[Cell]) -> Row:
        numbered = [Cell(str(number + 1)), *cells] if len(cells) < len(self._labels) else cells
        laid = zip(numbered, self._widths, self._aligns, strict=True)
        return self._row(
            [_figure(cell, width) if align == "right" else _lines(cell, width) for cell, width, align in laid]
        )

    def foot(self, entry: Total | Remark) -> Row:
        label = (TextLine(entry.label.both(self._language), bold=True),)
        return self._remark(label, entry) if isinstance(entry, Remark) else self._total(label, entry.values)

    def _remark(self, label: tuple[TextLine, ...], entry: Remark) -> Row:
        width = next(left for left in self._lefts if left - MARGIN >= LEAST_LABEL_WIDTH) - MARGIN
        rest = TEXT_WIDTH - width
        words = _lines(_cell(entry.text), rest, bold=entry.bold)
        return Row((Box(MARGIN, width, label, "center"), Box(MARGIN + width, rest, words)))

    def _total(self, label: tuple[TextLine, ...], values: Mapping[str, str]) -> Row:
        first = next(index for index, key in enumerate(self._keys) if values.get(key))
        cells = [Box(MARGIN, self._lefts[first] - MARGIN, label, "center")]
        for index in range(first, len(self._widths)):
            words = _figure(_cell(values.get(self._keys[index], "")), self._widths[index], bold=True)
            cells.append(Box(self._lefts[index], self._widths[index], words, self._aligns[index]))
        return Row(tuple(cells))

    def _row(self, texts: Sequence[tuple[TextLine, ...]], shaded: bool = False) -> Row:
        boxes = zip(self._lefts, self._widths, texts, self._aligns, strict=True)
        return Row(tuple(Box(*box) for box in boxes), shaded=shaded)

    def _heading(self, label: Label, width: float) -> tuple[TextLine, ...]:
        first, second = label.first(self._language), label.second(self._language)
        room = width - 2 * PAD_X
        size = fit_size(first, room, SIZE, bold=True)
        second_size = fit_size(second, room, NOTE_SIZE)
        return TextLine(first, size, bold=True), TextLine(second, second_size, grey=GREY)


def _says_something(entry: Total | Remark) -> bool:
    return bool(entry.text) if isinstance(entry, Remark) else any(entry.values.values())


def _cell(content: str | Cell) -> Cell:
    cell = Cell(content) if isinstance(content, str) else content
    return Cell(clean(cell.text), clean(cell.note))


def _lines(cell: Cell, width: float, *, bold: bool = False) -> tuple[TextLine, ...]:
    room = width - 2 * PAD_X
    face = fonts.face(bold=bold)
    words = [TextLine(line, bold=bold) for line in text.wrap(cell.text, room, face.measure(SIZE))]
    note = text.wrap(cell.note, room, fonts.face().measure(NOTE_SIZE)) if cell.note else ()
    return (*words, *(TextLine(line, NOTE_SIZE, grey=GREY) for line in note))


def _figure(cell: Cell, width: float, *, bold: bool = False) -> tuple[TextLine, ...]:
    """Lay out figures: a line that is too wide is set smaller, and broken only where it would become unreadable."""
    room = width - 2 * PAD_X
    laid = []
    for line in cell.text.split("\n"):
        size = fit_size(line, room, SIZE, bold=bold, least=LEAST_FIGURE_SIZE)
        laid += [TextLine(part, size, bold) for part in text.wrap(line, room, fonts.face(bold=bold).measure(size))]
    return tuple(laid)
