"""Amounts in Chinese capitals (人民币大写), as bank and accounting rules want them.

Source: 《支付结算办法》 (People's Bank of China, 银发〔1997〕393号), annex 1 《正确填写票据和结算凭证的基本规定》,
and 《会计基础工作规范》 (Ministry of Finance), article 52. Where they leave a choice, one form is fixed here:

- 整 closes an amount that ends in 元 or 角 (annex 1 makes it optional after 角, article 52 requires it); none after 分.
- Within the whole yuan every run of zeros between two other digits is one 零, also where it spans 万 or 亿:
  107,000.53 is 壹拾万零柒仟元伍角叁分, the second of the two forms annex 1 prints for that amount.
- Between 元 and 角 no 零 is written when the yuan digit is 0 (1,680.32 is 壹仟陆佰捌拾元叁角贰分, likewise the
  second printed form); before 分 it is written when the jiao digit is 0, as annex 1 requires.
- 10¹² is 万亿: 兆 is none of the characters that annex 1 lists, and it means 10⁶ elsewhere.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10))
LIMIT = 10**16
CENT = Decimal("0.01")


def rmb_capitals(amount: Decimal) -> str:
    """Return an amount in yuan, rounded half-up to the cent, in capitals, without the leading 人民币.

    A negative amount starts with 负. ValueError if the amount is not finite or reaches 10¹⁶ yuan.
    """
    if not amount.is_finite() or amount.copy_abs() >= LIMIT:
        raise ValueError(f"no capitals for the amount {amount}")
    rounded = amount.copy_abs().quantize(CENT, ROUND_HALF_UP)
    yuan, cents = divmod(int(rounded.scaleb(2)), 100)
    if yuan >= LIMIT:
        raise ValueError(f"no capitals for the amount {amount}")
    sign = "负" if amount < 0 and rounded else ""
    whole = _whole(yuan) + "元" if yuan or not cents else ""
    return sign + whole + _fraction(*divmod(cents, 10), after_yuan=bool(yuan))


def _whole(number: int) -> str:
    for unit, value in UNITS:
        if number >= value:
            high, low = divmod(number, value)
            gap = "零" if low and (low < value // 10 or high % 10 == 0) else ""
            return _whole(high) + unit + gap + (_whole(low) if low else "")
    return DIGITS[number]


def _fraction(jiao: int, fen: int, *, after_yuan: bool) -> str:
    if not jiao and not fen:
        return "整"
    gap = DIGITS[0] if after_yuan else ""
    text = DIGITS[jiao] + "角" if jiao else gap
    return text + (DIGITS[fen] + "分" if fen else "整")
