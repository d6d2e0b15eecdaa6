"""Reading a PDF back with the tools that other people use: text, fonts, properties and codes."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


def _run(program: str, *arguments: str | Path, stdin: bytes = b"") -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, check=True)
    return done.stdout.decode()


def text_of(pdf: bytes) -> str:
    """All text, laid out as on the page, pages separated by form feeds."""
    return _run("pdftotext", "-layout", "-", "-", stdin=pdf)


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return text_of(pdf).split("\f")[:-1]


def words_of(pdf: bytes) -> str:
    """All text without any white space, so that line breaks do not matter."""
    return re.sub(r"\s", "", text_of(pdf))


def fonts_of(pdf: bytes) -> list[dict[str, str]]:
    """Name, embedded and subset ("yes" or "no") of each font."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "document.pdf")
        file.write_bytes(pdf)
        rows = [row.split() for row in _run("pdffonts", file).splitlines()[2:]]
    # the columns are: name, type (may hold spaces), encoding, emb, sub, uni, object number, generation
    return [{"name": row[0], "embedded": row[-5], "subset": row[-4]} for row in rows]


def properties_of(pdf: bytes) -> dict[str, str]:
    """The document's properties: Title, Author, Creator, Pages …"""
    with TemporaryDirectory() as folder:
        file = Path(folder, "document.pdf")
        file.write_bytes(pdf)
        rows = _run("pdfinfo", file).splitlines()
    return {name.strip(): value.strip() for name, _, value in (row.partition(":") for row in rows)}


def codes_of(pdf: bytes, dots_per_inch: int = 200) -> dict[str, str]:
    """What a scanner reads on the first page: kind of code and its text."""
    with TemporaryDirectory() as folder:
        picture = Path(folder, "page")
        _run("pdftoppm", "-r", str(dots_per_inch), "-png", "-singlefile", "-", picture, stdin=pdf)
        found = _run("zbarimg", "--quiet", picture.with_suffix(".png"))
    return {kind: value for kind, _, value in (row.partition(":") for row in found.splitlines())}
