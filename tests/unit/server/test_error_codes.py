"""Every refusal is registered and has its two sentences."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

_LINE = re.compile(r"^\| ([0-9A-Za-z]+) \| .+? \| ?([a-z0-9_, ]*?) ?\|$", re.MULTILINE)
_RAISED_BY_SQL = re.compile(r"'(U[A-Z]\d{3})'")
_RAISED_BY_PYTHON = re.compile(r'"(U[A-Z]\d{3})"')


@pytest.fixture(scope="module")
def registered(project_root: Path) -> dict[str, set[str]]:
    """Code to parameters, from ERROR_CODES.md; no code stands there twice."""
    lines = _LINE.findall((project_root / "server_sql" / "ERROR_CODES.md").read_text(encoding="utf-8"))
    codes = [code for code, _ in lines if code != "code"]
    assert sorted(codes) == sorted(set(codes))
    return {code: {name for name in parameters.split(", ") if name} for code, parameters in lines if code != "code"}


@pytest.fixture(scope="module")
def sentences(project_root: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads((project_root / "resources" / "i18n" / "sentences.toml").read_text(encoding="utf-8"))


def test_every_code_that_is_raised_is_registered(project_root: Path, registered: dict[str, set[str]]) -> None:
    raised: dict[str, str] = {}
    for folder, ending, pattern in (("server_sql", "sql", _RAISED_BY_SQL), ("erp_desktop", "py", _RAISED_BY_PYTHON)):
        for path in (project_root / folder).rglob(f"*.{ending}"):
            raised |= {code: path.name for code in pattern.findall(path.read_text(encoding="utf-8"))}
    assert {code: file for code, file in raised.items() if code not in registered} == {}


def test_codes_and_sentences_belong_together(
    registered: dict[str, set[str]], sentences: dict[str, dict[str, str]]
) -> None:
    assert registered.keys() == sentences.keys()


def test_sentences_use_the_same_registered_parameters_in_both_languages(
    registered: dict[str, set[str]], sentences: dict[str, dict[str, str]]
) -> None:
    wrong = {}
    for code, words in sentences.items():
        zh, en = (set(re.findall(r"{(\w+)}", words[language])) for language in ("zh", "en"))
        # A name that the server has in both languages comes as a pair: {name_zh} and {name_en}.
        twins = {name.removesuffix("_zh") + "_en" if name.endswith("_zh") else name for name in zh}
        if twins != en or not zh | en <= registered.get(code, set()):
            wrong[code] = (zh, en, registered.get(code))
    assert wrong == {}
