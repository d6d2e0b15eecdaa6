"""The one font family of the printed documents, read from the program's resources once per process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from erp_desktop.resources import resource_path

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FILES = {"NotoSansSC": "NotoSansSC-Regular.ttf", "NotoSansSC-Bold": "NotoSansSC-Bold.ttf"}

_registration = threading.Lock()


@dataclass(frozen=True, slots=True)
class Face:
    """One weight: its name for the canvas, and the advance of each character that both weights have, in thousandths
    of the font size."""

    name: str
    advances: dict[int, float]

    def measure(self, size: float) -> Callable[[str], float]:
        """Return the function that gives the width in points of one character, which must be one of `advances`."""
        advances = self.advances
        return lambda char: advances[ord(char)] * size / 1000

    def width(self, text: str, size: float) -> float:
        """The width in points of a text whose characters are all among `advances`."""
        return sum(map(self.measure(size), text))


def face(*, bold: bool = False) -> Face:
    """Return the regular or the bold face, registered with the PDF library at the first call."""
    with _registration:
        return _faces()[bold]


@lru_cache(maxsize=1)
def _faces() -> tuple[Face, Face]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = [TTFont(name, str(resource_path("fonts", file))) for name, file in FILES.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    regular, bold = fonts
    shared = regular.face.charWidths.keys() & bold.face.charWidths.keys()
    return _face(regular, shared), _face(bold, shared)


def _face(font: TTFont, codes: set[int]) -> Face:
    widths = font.face.charWidths
    return Face(font.fontName, {code: widths[code] for code in codes})
