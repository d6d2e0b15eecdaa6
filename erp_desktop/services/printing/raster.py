"""Pages of a finished PDF as pictures, for the screen and for the printer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

POINTS_PER_INCH = 72

_one_page_at_a_time = threading.Lock()
"""PDFium keeps state in the process and may be entered by one thread only."""


class PageSize(NamedTuple):
    """Width and height of a page in points."""

    width: float
    height: float


class Picture(NamedTuple):
    """A picture with four bytes a pixel: blue, green, red and one that means nothing; a row has `stride` bytes."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return the size of each page."""
    with _opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(index)) for index in range(len(document)))


def render_page(pdf: bytes, index: int, dots_per_inch: float) -> Picture:
    """Draw one page (counted from 0) on white."""
    # Page and bitmap are given back inside: their finalizers would enter PDFium beside the thread that has its turn.
    with _opened(pdf) as document, closing(document[index]) as page:
        with closing(page.render(scale=dots_per_inch / POINTS_PER_INCH, prefer_bgrx=True)) as bitmap:
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped]  # the library ships no types

    with _one_page_at_a_time:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
