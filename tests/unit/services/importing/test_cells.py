"""Cells as the server reads them: dates, numbers and discounts as offices write them; the rest stays as typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.services.importing import cells
from erp_desktop.services.importing.cells import Broken, Cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  书桌 \r\n", "书桌"),
        ("a\0b\x07c\ufeff", "abc"),
        ("\ud83d half a pair", "half a pair"),
        (15400000001.0, "15400000001"),
        (239.5, "239.5"),
        (1e-7, "0.0000001"),
        (125.43999999999998, "125.43999999999998"),
        (True, "True"),
        (dt.date(9999, 12, 31), "9999-12-31"),
        (dt.datetime(2026, 11, 21, 0, 0), "2026-11-21"),
        (dt.datetime(2026, 11, 21, 9, 30), "2026-11-21 09:30"),
        (dt.time(9, 30), "09:30:00"),
        (Broken("UV721", "#N/A"), "#N/A"),
    ],
)
def test_texts(cell: Cell, text: str) -> None:
    assert cells.text_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1,234,567.89", "1234567.89"),
        ("¥ 1,234", "1234"),
        ("￥１２３．５", "123.5"),
        ("12元", "12"),
        ("-3", "-3"),
        ("1,5", "1,5"),
        ("1,23,4", "1,23,4"),
        ("一百", "一百"),
        ("1e3", "1e3"),
        (1e21, "1000000000000000000000"),
        (2, "2"),
    ],
)
def test_numbers(cell: Cell, text: str) -> None:
    assert cells.number_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("10%", "0.1"),
        ("9折", "0.1"),
        ("8.5折", "0.15"),
        ("95折", "0.05"),
        (0.4, "0.4"),
        ("0.05", "0.05"),
        ("全免", "全免"),
    ],
)
def test_discounts(cell: Cell, text: str) -> None:
    assert cells.rate_text(cell) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("2026-11-21", "2026-11-21"),
        ("2026/1/2", "2026-01-02"),
        ("2026.1.2", "2026-01-02"),
        ("２０２６年１月２日", "2026-01-02"),
        ("2026-11-21 09:30:00", "2026-11-21"),
        ("2026-11-21T09:30", "2026-11-21"),
        ("20261121", "2026-11-21"),
        (20261121, "2026-11-21"),
        (46347, "2026-11-21"),
        (46347.75, "2026-11-21"),
        (dt.datetime(2026, 11, 21, 23, 59), "2026-11-21"),
        (dt.date(1899, 12, 31), "1899-12-31"),
        ("0000-01-01", "0000-01-01"),
        ("2026-02-30", "2026-02-30"),
        ("11/22,12/25", "11/22,12/25"),
        ("21/11/2026", "21/11/2026"),
        ("11月21日晚上", "11月21日晚上"),
        ("2026-11-21 or later", "2026-11-21 or later"),
        (dt.time(0, 0), "00:00:00"),
        (3.0, "3"),
    ],
)
def test_dates(cell: Cell, text: str) -> None:
    assert cells.date_text(cell) == text


def test_numbers_that_a_spreadsheet_cut() -> None:
    assert cells.lost_digits(20261122000012345.0) and cells.lost_digits(-1e15)
    assert not cells.lost_digits(999999999999999) and not cells.lost_digits("20261122000012345")


@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(), st.none(), st.booleans())
)
def test_any_cell_becomes_text_that_a_database_keeps(cell: Cell) -> None:
    for reading in (cells.text_of, cells.number_text, cells.rate_text, cells.date_text):
        found = reading(cell)
        assert "\0" not in found
        found.encode("utf-8")
