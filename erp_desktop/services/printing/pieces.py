"""What a page is filled with, from top to bottom: table rows, headings, notes, signatures, and how they share pages."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from erp_desktop.services.printing.pen import BLACK, GREY, RULE, Align, Pen

SIZE = 8.0
NOTE_SIZE = 7.0
HEADING_SIZE = 9.5
LEADING = 10.5
PAD_X = 3.5
PAD_Y = 2.6
BASELINE = 8.2
"""From the top of a line of text to its baseline."""

WHOLE_LINES = 12
"""A row of at most so many lines is never split over two pages."""

LEAST_LINES = 3
"""Of a row that is split, at least so many lines stay on the first page."""


class Piece(Protocol):
    """A strip as wide as the text area."""

    @property
    def height(self) -> float:
        """The height in points."""

    @property
    def keep(self) -> bool:
        """Whether the next piece must begin on the same page."""

    @property
    def head(self) -> Piece | None:
        """The table heading that must stand above the piece, and is printed again on a new page."""

    def draw(self, pen: Pen, top: float) -> None:
        """Draw the piece with its upper edge at `top`."""

    def split(self, room: float) -> tuple[Piece, Piece] | None:
        """Return a part that fits into `room` and the rest, None if the piece must stay whole."""


class TextLine(NamedTuple):
    """One line of text and its look."""

    words: str
    size: float = SIZE
    bold: bool = False
    grey: float = BLACK


class Box(NamedTuple):
    """One cell: where it stands and the lines in it, which share one alignment."""

    left: float
    width: float
    lines: tuple[TextLine, ...]
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells that all start at the same line; `framed` draws the grid, `shaded` a heading's background."""

    cells: tuple[Box, ...]
    framed: bool = True
    shaded: bool = False
    keep: bool = False
    head: Piece | None = None
    least_height: float = 0

    @property
    def height(self) -> float:
        return max(max(len(cell.lines) for cell in self.cells) * LEADING + 2 * PAD_Y, self.least_height)

    def draw(self, pen: Pen, top: float) -> None:
        left, right = self.cells[0].left, self.cells[-1].left + self.cells[-1].width
        if self.shaded:
            pen.fill(left, top, right - left, self.height)
        for cell in self.cells:
            _write(pen, cell, top)
        if self.framed:
            bottom = top + self.height
            if self.shaded:
                pen.line(left, top, right, top)
            pen.line(left, bottom, right, bottom)
            for x in (*(cell.left for cell in self.cells), right):
                pen.line(x, top, x, bottom)

    def split(self, room: float) -> tuple[Row, Row] | None:
        fitting = int((room - 2 * PAD_Y) / LEADING)
        lines = max(len(cell.lines) for cell in self.cells)
        if lines <= WHOLE_LINES or not LEAST_LINES <= fitting < lines:
            return None
        upper = tuple(cell._replace(lines=cell.lines[:fitting]) for cell in self.cells)
        lower = tuple(cell._replace(lines=cell.lines[fitting:]) for cell in self.cells)
        return replace(self, cells=upper, keep=False), replace(self, cells=lower)


def _write(pen: Pen, cell: Box, top: float) -> None:
    x = {
        "left": cell.left + PAD_X,
        "center": cell.left + cell.width / 2,
        "right": cell.left + cell.width - PAD_X,
    }[cell.align]
    for index, line in enumerate(cell.lines):
        if line.words:
            baseline = top + PAD_Y + index * LEADING + BASELINE
            pen.text(x, baseline, line.words, line.size, bold=line.bold, grey=line.grey, align=cell.align)


@dataclass(frozen=True, slots=True)
class Space:
    """Empty height between two blocks."""

    height: float
    keep: bool = False
    head: Piece | None = None

    def draw(self, pen: Pen, top: float) -> None:
        """Leave the paper white."""

    def split(self, room: float) -> None:
        """Never split."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a block; it never stands alone at the foot of a page."""

    left: float
    words: str
    second_left: float
    second: str
    height: float = 26.0
    keep: bool = True
    head: Piece | None = None

    def draw(self, pen: Pen, top: float) -> None:
        baseline = top + self.height - 7
        pen.text(self.left, baseline, self.words, HEADING_SIZE, bold=True)
        pen.text(self.second_left, baseline, self.second, NOTE_SIZE, grey=GREY)

    def split(self, room: float) -> None:
        """Never split."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign side by side: what for, the name if it is known, and a line to write on."""

    places: tuple[tuple[float, float, str, str], ...]
    height: float = 46.0
    keep: bool = False
    head: Piece | None = None

    def draw(self, pen: Pen, top: float) -> None:
        for left, width, role, name in self.places:
            pen.text(left, top + 18, role, NOTE_SIZE, grey=GREY)
            pen.text(left, top + 34, name, SIZE + 1)
            pen.line(left, top + 38, left + width, top + 38, width=0.5, grey=RULE)

    def split(self, room: float) -> None:
        """Never split."""


Page = list[tuple[float, Piece]]
"""The pieces of one page, each with the distance of its upper edge from the top of the text area."""


def paginate(pieces: Sequence[Piece], first_room: float, room: float) -> list[Page]:
    """Share the pieces out over pages; the first has `first_room` points of height, each other one `room`."""
    pages: list[Page] = [[]]
    queue = deque(pieces)
    used = 0.0
    limit = first_room
    while queue:
        piece = queue.popleft()
        if isinstance(piece, Space) and not pages[-1]:
            continue
        head = piece.head if piece.head is not _last_head(pages[-1]) else None
        start = used + (head.height if head else 0)
        parts = None
        if start + _height_together(piece, queue, room) > limit:
            parts = piece.split(limit - start)
            if not parts and pages[-1]:
                pages.append([])
                used, limit = 0.0, room
                queue.appendleft(piece)
                continue
        if head:
            pages[-1].append((used, head))
        shown, rest = parts or (piece, None)
        pages[-1].append((start, shown))
        used = start + shown.height
        if rest:
            queue.appendleft(rest)
    return pages


def _last_head(page: Page) -> Piece | None:
    return page[-1][1].head if page else None


def _height_together(piece: Piece, following: Sequence[Piece], room: float) -> float:
    """The height of a piece with all that must stay with it; only its own if no page could hold them together."""
    height = piece.height
    last = piece
    for after in following:
        if not last.keep:
            break
        height += after.height
        last = after
    return height if height <= room else piece.height
