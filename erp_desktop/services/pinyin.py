"""How Chinese names are spelled and abbreviated, so that people find 衣柜 by `yigui` or `yg`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[0-9a-z]+")


@dataclass(frozen=True)
class Spelling:
    """`pinyin` without tones and spaces, `initials` the first letter of each syllable; both lower-case."""

    pinyin: str
    initials: str


def spell(name: str) -> Spelling:
    """The spelling of a name; Latin letters and digits in it stay as they are."""
    from pypinyin import lazy_pinyin

    parts = [match for syllable in lazy_pinyin(name) for match in _WORD.findall(syllable.lower())]
    has_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in name)
    return Spelling("".join(parts), "".join(part[0] for part in parts) if has_chinese else "")
