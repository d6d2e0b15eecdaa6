"""Amounts in Chinese capitals: the examples of the rules, the fixed forms, and a way back from any amount."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.services.printing.capitals import rmb_capitals

CASES = {
    "0": "零元整",
    "0.05": "伍分",
    "0.5": "伍角整",
    "1": "壹元整",
    "10": "壹拾元整",
    "1005": "壹仟零伍元整",
    "10000": "壹万元整",
    "100010": "壹拾万零壹拾元整",
    "1001000": "壹佰万零壹仟元整",
    "107000.53": "壹拾万零柒仟元伍角叁分",
    "1409.50": "壹仟肆佰零玖元伍角整",
    "6007.14": "陆仟零柒元壹角肆分",
    "325.04": "叁佰贰拾伍元零肆分",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "1000100010": "壹拾亿零壹拾万零壹拾元整",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "155548.25": "壹拾伍万伍仟伍佰肆拾捌元贰角伍分",
    "100000": "壹拾万元整",
    "1000000000000": "壹万亿元整",
    "1000000000001": "壹万亿零壹元整",
    "1000100000000": "壹万零壹亿元整",
    "9999999999999999.99": "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分",
    "-1234.56": "负壹仟贰佰叁拾肆元伍角陆分",
    "-0.004": "零元整",
    "0.005": "壹分",
    "0.00499999999999999999999999999999999999": "零元整",
}

DIGITS = "零壹贰叁肆伍陆柒捌玖"


def number_of(text: str) -> int:
    """Read a whole number back: the largest unit splits the text, whatever stands before it multiplies the unit."""
    for unit, value in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if unit in text:
            high, low = text.rsplit(unit, 1)
            return number_of(high) * value + number_of(low)
    return DIGITS.index(text.removeprefix("零")) if text.removeprefix("零") else 0


def amount_of(text: str) -> Decimal:
    sign = -1 if text.startswith("负") else 1
    whole, _, rest = text.removeprefix("负").rpartition("元")
    rest = rest.removesuffix("整")
    jiao, _, fen = rest.rpartition("角")
    cents = number_of(jiao) * 10 + number_of(fen.removesuffix("分"))
    return sign * (Decimal(number_of(whole)) + Decimal(cents) / 100)


@pytest.mark.parametrize(("amount", "expected"), CASES.items())
def test_writes_the_fixed_form(amount: str, expected: str) -> None:
    assert rmb_capitals(Decimal(amount)) == expected


@given(st.decimals(min_value=-(10**16) + 1, max_value=10**16 - 1, places=2))
def test_reads_back_as_the_same_amount(amount: Decimal) -> None:
    assert amount_of(rmb_capitals(amount)) == amount


@given(st.integers(min_value=0, max_value=10**16 - 1), st.integers(min_value=0, max_value=15))
def test_round_numbers_read_back_too(number: int, zeros: int) -> None:
    amount = Decimal(number // 10**zeros * 10**zeros)
    text = rmb_capitals(amount)
    assert amount_of(text) == amount
    assert "零零" not in text
    assert text.endswith("元整")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_is_one_closed_phrase(amount: Decimal) -> None:
    text = rmb_capitals(amount)
    assert set(text) <= set(DIGITS + "拾佰仟万亿元角分整")
    assert text.endswith(("整", "分"))
    assert "零零" not in text


@pytest.mark.parametrize("amount", ["10000000000000000", "9999999999999999.995", "-1e40", "NaN", "Infinity"])
def test_refuses_what_it_cannot_write(amount: str) -> None:
    with pytest.raises(ValueError, match="no capitals"):
        rmb_capitals(Decimal(amount))
