"""Bar code and QR code as lists of boxes, so that each is drawn as one path."""

from __future__ import annotations

from itertools import groupby

Box = tuple[float, float, float, float]
"""Left, top, width and height in modules of the code."""

QUIET_MODULES = 4
"""The white border that a QR code needs on every side."""


def qr_boxes(text: str) -> tuple[list[Box], int] | None:
    """Return the dark boxes of a QR code and its side, both in modules with the white border.

    None if there is no text or more of it than any QR code holds.
    """
    import segno

    try:
        matrix = segno.make_qr(text, error="m").matrix if text else ()
    except segno.DataOverflowError:
        return None
    boxes: list[Box] = []
    for row, cells in enumerate(matrix):
        column = 0
        for dark, run in groupby(cells):
            length = len(list(run))
            if dark:
                boxes.append((column + QUIET_MODULES, row + QUIET_MODULES, length, 1))
            column += length
    return (boxes, len(matrix) + 2 * QUIET_MODULES) if boxes else None


def bar_boxes(text: str) -> tuple[list[Box], int] | None:
    """Return the bars of a Code 128 symbol, one module high, and its width in modules without quiet zones.

    None if there is no text or a character outside ASCII, which Code 128 can't hold.
    """
    from reportlab.graphics.barcode.code128 import Code128

    if not text or not text.isascii():
        return None
    code = Code128(text, quiet=False, barWidth=1)
    modules = round(code.width)
    boxes: list[Box] = []
    left = 0
    for element in code.decomposed:
        width = ord(element.upper()) - ord("A") + 1
        if element.isupper():
            boxes.append((left, 0, width, 1))
        left += width
    return boxes, modules
