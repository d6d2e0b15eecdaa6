"""Makes the two font files that the product ships from the full Noto Sans SC, and is run only when they change.

The full font comes as the npm package `@expo-google-fonts/noto-sans-sc`, version 0.4.3 (SIL Open Font License 1.1):

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    tar xzf expo-google-fonts-noto-sans-sc-0.4.3.tgz
    python installer/make_fonts.py package resources/fonts

It keeps every character of GBK (so every name that GBK can write), Latin with accents, and the symbols of trade and
drawing; hinting and layout features that neither the screen nor a PDF uses are dropped. That takes 10.6 MB to 7.7 MB.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools import subset

WEIGHTS = {"400Regular": "Regular", "700Bold": "Bold"}
LAYOUT_FEATURES = ["kern", "tnum", "palt"]
BEYOND_GBK = [
    range(0x0020, 0x0250),  # Latin with accents, for names from abroad
    range(0x02B0, 0x0370),  # accents that stand alone or combine
    range(0x0370, 0x0530),  # Greek and Cyrillic
    range(0x2000, 0x2070),  # spaces, dashes, quotation marks
    range(0x2070, 0x20D0),  # raised and lowered figures, currencies
    range(0x2100, 0x2200),  # letter-like symbols, fractions, arrows
    range(0x2200, 0x2300),  # mathematics
    range(0x2300, 0x2400),  # technical: diameter, keys
    range(0x2460, 0x2600),  # numbers in circles, boxes, blocks, shapes
    range(0x2600, 0x2800),  # signs, ticks and crosses
    range(0x3000, 0x3100),  # Chinese and Japanese punctuation, kana
    range(0x3200, 0x3400),  # numbers in brackets, units as one character
    range(0xFE30, 0xFE50),  # upright forms
    range(0xFF00, 0xFFF0),  # full-width forms
]
RARE_IN_NAMES = "㑇㑳㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"  # noqa: E501
"""Extension A characters of the national table of general characters, found in personal and place names."""


def characters() -> set[int]:
    """The code points that the shipped fonts keep."""
    kept = {code for part in BEYOND_GBK for code in part} | {ord(each) for each in RARE_IN_NAMES}
    for code in range(0x3400, 0xA000):
        try:
            chr(code).encode("gbk")
        except UnicodeEncodeError:
            continue
        kept.add(code)
    return kept


def make(source: Path, target: Path) -> None:
    """Write the fonts and their licence into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    options = subset.Options(layout_features=LAYOUT_FEATURES, hinting=False, notdef_outline=True, name_IDs=["*"])
    for folder, weight in WEIGHTS.items():
        font = subset.load_font(str(source / folder / f"NotoSansSC_{folder}.ttf"), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        subset.save_font(font, str(target / f"NotoSansSC-{weight}.ttf"), options)
    shutil.copyfile(source / "LICENSE_FONT", target / "OFL.txt")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Call it as: make_fonts.py FOLDER_OF_THE_PACKAGE TARGET_FOLDER")
    make(Path(sys.argv[1]), Path(sys.argv[2]))
