"""Drawing on one page, measured in points from its upper left corner, in the two weights of the font."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Literal

from erp_desktop.services.printing import fonts, text
from erp_desktop.services.printing.codes import Box

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "center", "right"]

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
BLACK = 0.0
GREY = 0.38
RULE = 0.62
SHADE = 0.95

_lost: ContextVar[dict[str, None] | None] = ContextVar("lost", default=None)


class Pen:
    """The canvas of one document.

    Grey levels run from 0 (black) to 1 (white). Text must have been cleaned for the font.
    """

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._grey = -1.0

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        grey: float = BLACK,
        align: Align = "left",
    ) -> None:
        """Write one line with its baseline at y; x is the left end, the middle or the right end of it."""
        face = fonts.face(bold=bold)
        if align != "left":
            x -= face.width(words, size) / (1 if align == "right" else 2)
        self._fill_with(grey)
        self._canvas.setFont(face.name, size)
        self._canvas.drawString(x, PAGE_HEIGHT - y, words)

    def line(self, x1: float, y1: float, x2: float, y2: float, *, width: float = 0.4, grey: float = RULE) -> None:
        """Draw a straight line."""
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeGray(grey)
        self._canvas.line(x1, PAGE_HEIGHT - y1, x2, PAGE_HEIGHT - y2)

    def fill(self, x: float, y: float, width: float, height: float, *, grey: float = SHADE) -> None:
        """Fill a box whose upper left corner is given."""
        self._fill_with(grey)
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=0, fill=1)

    def boxes(self, boxes: list[Box], x: float, y: float, x_scale: float, y_scale: float) -> None:
        """Fill all boxes in black as one path; they are scaled and moved so that their origin is at (x, y)."""
        path = self._canvas.beginPath()
        for left, top, width, height in boxes:
            bottom = PAGE_HEIGHT - y - (top + height) * y_scale
            path.rect(x + left * x_scale, bottom, width * x_scale, height * y_scale)
        self._fill_with(BLACK)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def next_page(self) -> None:
        """Begin a new page."""
        self._canvas.showPage()
        self._grey = -1.0

    def _fill_with(self, grey: float) -> None:
        if grey != self._grey:
            self._canvas.setFillGray(grey)
            self._grey = grey


def clean(words: str) -> str:
    """Return the text as the fonts can print it, with a mark for each character that they lack."""
    glyphs = fonts.face().advances
    cleaned = text.clean(words, glyphs)
    noted = _lost.get()
    if noted is not None and text.MISSING in cleaned:
        noted.update(dict.fromkeys(text.lost(words, glyphs)))
    return cleaned


@contextmanager
def noting_lost() -> Iterator[dict[str, None]]:
    """Within the block, collect what documents of this thread need and the fonts lack, in its order."""
    found: dict[str, None] = {}
    before = _lost.set(found)
    try:
        yield found
    finally:
        _lost.reset(before)


def fit_size(words: str, width: float, size: float, *, bold: bool = False, least: float = 5) -> float:
    """Return the font size, at most `size` and at least `least`, at which one line of text fits into the width."""
    needed = fonts.face(bold=bold).width(words, size)
    return size if needed <= width else max(least, size * width / needed)
