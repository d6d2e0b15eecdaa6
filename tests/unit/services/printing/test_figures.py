"""Figures on paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from erp_desktop.services.printing import figures


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "0.00"),
        ("1234567.5", "1,234,567.50"),
        ("-0.001", "0.00"),
        ("2.345", "2.35"),
        ("-2.345", "-2.35"),
        ("999999999999.99", "999,999,999,999.99"),
        ("123456789012345678901234567890.126", "123,456,789,012,345,678,901,234,567,890.13"),
    ],
)
def test_an_amount_has_two_decimals_rounded_half_up(value: str, expected: str) -> None:
    assert figures.amount(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("12", "12.00"), ("86.1250", "86.125"), ("0.00005", "0.0001"), ("1200.1", "1,200.10")]
)
def test_a_price_has_two_to_four_decimals(value: str, expected: str) -> None:
    assert figures.price(Decimal(value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("12.500", "12.5"), ("1200", "1,200"), ("0", "0"), ("-3.000", "-3"), ("0.0004", "0")]
)
def test_a_quantity_has_no_superfluous_zeros(value: str, expected: str) -> None:
    assert figures.quantity(Decimal(value)) == expected


def test_what_is_missing_is_empty() -> None:
    assert figures.amount(None) == figures.price(None) == figures.quantity(None) == figures.percent(None) == ""
    assert figures.count(None) == figures.day(None) == figures.minute(None) == ""


def test_days_and_moments_are_written_year_first() -> None:
    assert figures.day(date(7, 1, 2)) == "0007-01-02"
    assert figures.day(datetime(2026, 11, 22, 10, 20)) == "2026-11-22"
    assert figures.minute(datetime(2026, 11, 22, 10, 20, 59)) == "2026-11-22 10:20"


def test_percentages_and_money() -> None:
    assert figures.percent(Decimal("0.13")) == "13%"
    assert figures.percent(Decimal("0.0650")) == "6.5%"
    assert figures.money(Decimal("-1234.5"), "CNY") == "-¥1,234.50"
    assert figures.money(Decimal("1234.5"), "USD") == "USD 1,234.50"


def test_capitals_follow_the_currency_without_a_space() -> None:
    assert figures.capitals(Decimal("1409.50"), "CNY") == "人民币壹仟肆佰零玖元伍角整"
    assert figures.capitals(Decimal("1409.50"), "USD") == ""


def test_quantities_are_added_only_within_a_unit() -> None:
    mixed = [(Decimal(2), "套"), (Decimal("1.5"), "件"), (Decimal(3), "套")]
    assert figures.total_by_unit(mixed) == "5 套\n1.5 件"
    assert figures.total_by_unit(mixed, most_units=1) == ""
    assert figures.total_by_unit(mixed[:1]) == "2"
    assert figures.total_by_unit([]) == ""
