"""Text made fit for paper: characters that the font lacks are marked, lines break as Chinese and English want it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Container

MISSING = "〓"
"""The printer's geta mark: stands where the font has no glyph, so that a lost character is seen."""

ELLIPSIS = "…"
NEVER_FIRST = frozenset("、。，．,.:;：；！？!?）)]}】》〉」』〕％%‰℃…—·’”々")
NEVER_LAST = frozenset("（([{【《〈「『〔‘“¥￥$€£#№")
FIRST_WIDE = "\u2e80"

Measure = Callable[[str], float]


def clean(text: str, glyphs: Container[int]) -> str:
    """Return the text with line ends as \\n, invisible characters dropped and characters without a glyph marked."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if all(ord(char) in glyphs or char == "\n" for char in text) and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return "".join(_shown(char, glyphs) for char in composed)


def lost(text: str, glyphs: Container[int]) -> list[str]:
    """The characters of a text that the mark stands for on paper, each once."""
    composed = dict.fromkeys(unicodedata.normalize("NFC", text))
    return [char for char in composed if char != MISSING and _shown(char, glyphs) == MISSING]


def _shown(char: str, glyphs: Container[int]) -> str:
    if char == "\n":
        return char
    if char == "\t" or unicodedata.category(char) == "Zs":
        return char if ord(char) in glyphs and char != "\t" else " "
    if unicodedata.category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f":
        return ""
    return char if ord(char) in glyphs else MISSING


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Break a text into lines no wider than `width`, at least one; a word too long for a line is cut where it must.

    Between Chinese characters any place will do, except before closing and after opening punctuation.
    """
    return [line for paragraph in text.split("\n") for line in _wrap_paragraph(paragraph, width, measure)]


def _wrap_paragraph(text: str, width: float, measure: Measure) -> list[str]:
    if sum(map(measure, text)) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    start = place = 0
    used = 0.0
    for index, char in enumerate(text):
        char_width = measure(char)
        if used + char_width > width and index > start and char != " ":
            cut = place if place > start else index
            lines.append(text[start:cut].rstrip())
            start = cut
            used = sum(measure(before) for before in text[start:index])
        used += char_width
        if may_break(char, text[index + 1 : index + 2]):
            place = index + 1
    lines.append(text[start:].rstrip())
    return lines


def may_break(before: str, after: str) -> bool:
    """Tell if a line may end between two characters; `after` is empty at the end of the text."""
    if not after or after == " " or after in NEVER_FIRST or before in NEVER_LAST:
        return False
    if before == " " or before >= FIRST_WIDE or after >= FIRST_WIDE:
        return True
    return before in "-/" and after.isalpha()


def shorten(text: str, width: float, measure: Measure, most_lines: int) -> list[str]:
    """Wrap a text to at most so many lines; where it had to be cut, the last line ends in an ellipsis."""
    lines = wrap(text, width, measure)
    if len(lines) <= most_lines:
        return lines
    last = lines[most_lines - 1]
    room = width - measure(ELLIPSIS)
    while last and sum(measure(char) for char in last) > room:
        last = last[:-1]
    return [*lines[: most_lines - 1], last + ELLIPSIS]
