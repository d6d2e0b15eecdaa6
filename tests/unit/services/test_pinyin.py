"""Search keys of Chinese names."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erp_desktop.services.pinyin import INITIALS_LENGTH, PINYIN_LENGTH, spell


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("衣柜", "yigui", "yg"),
        ("重庆", "chongqing", "cq"),
        ("长沙", "changsha", "cs"),
        ("重庆长安家具", "chongqingchanganjiaju", "cqcajj"),
        ("建设银行", "jiansheyinhang", "jsyh"),
        ("绿色书桌", "lvseshuzhuo", "lssz"),
        ("厦门分公司", "xiamenfengongsi", "xmfgs"),
        ("M8×30 螺栓", "m830luoshuan", "m830ls"),
        ("Fiskars 剪刀, 蓝色", "fiskarsjiandaolanse", "fiskarsjdls"),
        ("ＡＢＣ公司（上海）", "abcgongsishanghai", "abcgssh"),
        ("Café 桌", "cafezhuo", "cafez"),
        ("Dining Chair 2", "diningchair2", ""),
        ("𠮷野", "ye", "y"),
        ("😀", "", ""),
        ("", "", ""),
    ],
)
def test_names_are_spelled_as_people_type_them(name: str, pinyin: str, initials: str) -> None:
    assert spell(name) == (pinyin, initials)


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("曾惠", "cenghui zenghui", "ch zh"),
        ("单丹", "dandan shandan", "dd sd"),
        ("尉迟恭", "yuchigong weichigong", "ycg wcg"),
        ("翟天临", "ditianlin zhaitianlin", "dtl ztl"),
    ],
)
def test_a_surname_is_found_by_its_own_reading_too(name: str, pinyin: str, initials: str) -> None:
    assert spell(name) == (pinyin, initials)


@given(st.text())
def test_any_text_gives_keys_of_letters_and_digits(name: str) -> None:
    spelling = spell(name)
    for key in spelling:
        assert key.replace(" ", "").isalnum() or not key
        assert key.isascii()
        assert key == key.lower()


@pytest.mark.parametrize("name", ["庄" * 10_000, "x" * 10_000, "曾" * 10_000, "ﷺ" * 10_000])
def test_the_keys_of_a_huge_name_are_bounded(name: str) -> None:
    spelling = spell(name)
    assert len(spelling.pinyin) <= PINYIN_LENGTH
    assert len(spelling.initials) <= INITIALS_LENGTH


def test_the_dictionary_is_loaded_only_when_needed() -> None:
    program = "import sys, erp_desktop.services.pinyin as p; p.spell('Desk'); sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
