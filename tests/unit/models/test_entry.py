"""What people type into number and date fields."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.models.entry import MONEY, PERCENT, PRICE, QUANTITY, WHOLE, Entry, EntryError, NumberRule

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "rule", "value"),
    [
        ("12.5", MONEY, "12.50"),
        (" 1,200 ", MONEY, "1200.00"),
        ("1,234,567.891", QUANTITY, "1234567.891"),
        ("１２．５", MONEY, "12.50"),
        ("12。5", MONEY, "12.50"),
        ("¥ 99", MONEY, "99.00"),
        ("1.2万", MONEY, "12000.00"),
        (".5", QUANTITY, "0.500"),
        ("5.", QUANTITY, "5.000"),
        ("-3", MONEY, "-3.00"),
        ("0.005", MONEY, "0.01"),
        ("-0.005", MONEY, "-0.01"),
        ("=3*12", MONEY, "36.00"),
        ("=10/3", PRICE, "3.3333"),
        ("=2+3*(4-1)/-0.5", MONEY, "-16.00"),
        ("＝３×１２", MONEY, "36.00"),
        ("=1,200*2", MONEY, "2400.00"),
        ("13", PERCENT, "0.1300"),
        ("8.25%", PERCENT, "0.0825"),
        ("7", WHOLE, "7"),
    ],
)
def test_numbers_that_are_understood(text: str, rule: NumberRule, value: str) -> None:
    assert str(Entry().number(text, rule)) == value


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("", MONEY, "Enter a number such as"),
        ("abc", MONEY, "Enter a number such as"),
        ("1,2", MONEY, "Enter a number such as"),
        ("1.2.3", MONEY, "Enter a number such as"),
        (".", MONEY, "Enter a number such as"),
        ("1e9", MONEY, "Enter a number such as"),
        ("0x10", MONEY, "Enter a number such as"),
        ("9" * 200, MONEY, "Enter a number such as"),
        ("=", MONEY, "A formula takes"),
        ("=2**9", MONEY, "A formula takes"),
        ("=(1", MONEY, "A formula takes"),
        ("=1)", MONEY, "A formula takes"),
        ("=__import__('os')", MONEY, "A formula takes"),
        ("=1/0", MONEY, "divides by zero"),
        ("=0/0", MONEY, "A formula takes"),
        ("-1", QUANTITY, "from 0 to"),
        ("999999999999999", QUANTITY, "from 0 to"),
        ("101", PERCENT, "from 0 to 100"),
        ("-1000000000000", MONEY, "not above"),
        ("-1", NumberRule(2, Decimal(0), None), "not below 0"),
    ],
)
def test_numbers_that_are_refused_with_a_sentence(text: str, rule: NumberRule, words: str) -> None:
    with pytest.raises(EntryError, match=words):
        Entry().number(text, rule)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_is_shown_can_be_typed_back(value: Decimal) -> None:
    assert Entry().number(f"{value:,f}", MONEY) == value


@given(st.text(max_size=40))
def test_no_text_breaks_the_parsers(text: str) -> None:
    for parse in (Entry().number, Entry().date):
        try:
            parse(text)
        except EntryError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026-03-05", dt.date(2026, 3, 5)),
        ("2026/3/5", dt.date(2026, 3, 5)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("20260305", dt.date(2026, 3, 5)),
        ("12-05", dt.date(2026, 12, 5)),
        ("0115", dt.date(2027, 1, 15)),
        ("1月15日", dt.date(2027, 1, 15)),
        ("9", dt.date(2026, 11, 9)),
        ("+7", dt.date(2026, 11, 29)),
        ("-1", dt.date(2026, 11, 21)),
        ("+2w", dt.date(2026, 12, 6)),
        ("+3m", dt.date(2027, 2, 22)),
        ("＋１月", dt.date(2026, 12, 22)),
        ("+1y", dt.date(2027, 11, 22)),
        ("today", TODAY),
        ("今天", TODAY),
    ],
)
def test_dates_that_are_understood(text: str, date: dt.date) -> None:
    assert Entry().date(text, TODAY) == date


def test_a_month_later_is_never_past_the_months_end() -> None:
    assert Entry().date("+1m", dt.date(2027, 1, 31)) == dt.date(2027, 2, 28)
    assert Entry().date("02-29", dt.date(2028, 1, 1)) == dt.date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "13-01", "32", "2026-1", "+99999", "--1", "02-30"])
def test_dates_that_are_refused(text: str) -> None:
    with pytest.raises(EntryError, match="Enter a date such as"):
        Entry().date(text, TODAY)


@pytest.mark.parametrize("text", ["0000-01-01", "0001-01-01", "9999-12-31", "+9999y"])
def test_years_far_away_are_refused(text: str) -> None:
    with pytest.raises(EntryError, match="Enter a date"):
        Entry().date(text, TODAY)
