"""How Chinese names are spelled and abbreviated, so that people find 衣柜 by `yigui` or `yg`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

LONGEST_NAME: Final = 200
"""Characters of a name that are spelled; nobody types what comes after."""

PINYIN_LENGTH: Final = 1000
INITIALS_LENGTH: Final = 200

SURNAMES: Final[Mapping[str, str]] = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "盖": "ge",
    "翟": "zhai",
    "朴": "piao",
    "覃": "qin",
    "乐": "yue",
    "缪": "miao",
    "繁": "po",
    "召": "shao",
    "尉": "wei",
    "员": "yun",
}
"""Characters that are read differently as a surname; a name that begins with one is found by either reading."""

_RUN = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")


class Spelling(NamedTuple):
    """The search keys of a name, lower-case and without tones; another reading follows after a space.

    `pinyin` joins the syllables (yigui), `initials` their first letters (yg). Latin letters and digits stay whole in
    both; accents, spaces and signs are dropped. The initials of a name without Chinese are empty.
    """

    pinyin: str
    initials: str


def warm_up() -> None:
    """Read the tables of readings (most of a second); call it in a thread before the first name is spelled."""
    _syllables("一")


def spell(name: str) -> Spelling:
    """Return the search keys of a name, at most PINYIN_LENGTH and INITIALS_LENGTH characters long."""
    text = unicodedata.normalize("NFKD", name[:LONGEST_NAME]).lower()
    parts: list[str] = []
    initials: list[str] = []
    for run in _RUN.findall(text):
        words = [run] if run.isascii() else _syllables(run)
        parts += words
        initials += words if run.isascii() else [syllable[0] for syllable in words]
    if parts == initials:
        return Spelling("".join(parts)[:PINYIN_LENGTH], "")
    surname = SURNAMES.get(text[:1], "")
    return Spelling(
        _readings(parts, surname)[:PINYIN_LENGTH],
        _readings(initials, surname[:1])[:INITIALS_LENGTH],
    )


def _syllables(chinese: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return [syllable for syllable in lazy_pinyin(chinese) if syllable.isascii()]


def _readings(parts: list[str], surname: str) -> str:
    usual = "".join(parts)
    as_surname = "".join([surname, *parts[1:]]) if surname else usual
    return usual if as_surname == usual else f"{usual} {as_surname}"
