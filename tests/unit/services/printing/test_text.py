"""Text made fit for paper."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.services.printing import text

GLYPHS = frozenset(range(0x20, 0x7F)) | frozenset(map(ord, "é橡木衣柜，。（）〓…　"))


def em(char: str) -> float:
    """A Chinese character is one wide, any other half."""
    return 1.0 if char >= "\u2e80" else 0.5


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("橡木衣柜 100%", "橡木衣柜 100%"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb\u00a0c\x00\x07", "a b c"),
        ("e\u0301", "é"),
        ("😀", "〓"),
        ("👨\u200d👩\u200d👧\ufe0f", "〓〓〓"),
        ("\u202eabc\u202c", "abc"),
        ("م", "〓"),
        ("\ud800x", "〓x"),
        ("　", "　"),
    ],
)
def test_only_what_the_font_has_is_kept(raw: str, shown: str) -> None:
    assert text.clean(raw, GLYPHS) == shown


def test_what_the_font_lacks_is_named_once() -> None:
    raw = "橡م𠮷م😀e\u0301\u202e〓\u200d"
    assert text.lost(raw, GLYPHS) == ["م", "𠮷", "😀"]
    assert text.lost("橡木 e\u0301\r\n", GLYPHS) == []


@given(st.text())
def test_cleaned_text_has_a_glyph_for_each_character(raw: str) -> None:
    assert all(ord(char) in GLYPHS or char == "\n" for char in text.clean(raw, GLYPHS))


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        ("", [""]),
        ("橡木衣柜", ["橡木衣柜"]),
        ("橡木衣柜橡木", ["橡木衣柜", "橡木"]),
        ("橡木衣柜，橡木", ["橡木衣", "柜，橡木"]),
        ("橡木衣（柜）", ["橡木衣", "（柜）"]),
        ("oak desk", ["oak desk"]),
        ("oak desk and chair", ["oak desk", "and", "chair"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("衣柜wardrobe", ["衣柜", "wardrobe"]),
        ("一\n\n二", ["一", "", "二"]),
        ("top-grade", ["top-", "grade"]),
        ("12-345678", ["12-34567", "8"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(raw: str, lines: list[str]) -> None:
    assert text.wrap(raw, 4, em) == lines


@given(st.text(), st.floats(min_value=1, max_value=30))
def test_lines_fit_and_lose_nothing_but_space(raw: str, width: float) -> None:
    lines = text.wrap(raw, width, em)
    assert all(sum(map(em, line)) <= width for line in lines)
    without_space = [char for char in raw if not char.isspace()]
    assert [char for char in "".join(lines) if not char.isspace()] == without_space


@given(st.text(), st.floats(min_value=1, max_value=30), st.integers(min_value=1, max_value=5))
def test_a_shortened_text_fits_and_says_that_it_was_cut(raw: str, width: float, most: int) -> None:
    whole = text.wrap(raw, width, em)
    lines = text.shorten(raw, width, em, most)
    assert len(lines) == min(len(whole), most)
    assert all(sum(map(em, line)) <= width for line in lines)
    assert lines == whole or lines[-1].endswith("…")


def test_ten_thousand_characters_are_wrapped_in_no_time() -> None:
    lines = text.wrap("橡" * 10_000, 20, em)
    assert len(lines) == 500
    assert unicodedata.category(text.MISSING) == "So"
