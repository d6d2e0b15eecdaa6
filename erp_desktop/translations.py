"""Keeps the translations complete: `python -m erp_desktop.translations update [FILE.tsv ...] | check | compile`.

`update` collects the texts of the program and fills those that are not translated yet from tab-separated files, a line
`English<TAB>简体中文`; for a text that counts (%n) a third column holds the English forms as `one|many`.
`check` prints what is missing or wrong and fails if there is anything. `compile` makes what the program loads.
"""

from __future__ import annotations

import ast
import string
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from erp_desktop.models import i18n

PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Message:
    """One text as it stands in a .ts file; `forms` holds one translation, or one per number of a text that counts."""

    context: str
    source: str
    forms: tuple[str, ...]
    finished: bool


def update(glossaries: Iterable[Path]) -> None:
    """Collect all texts into both .ts files and fill what is new."""
    chinese, english = _read_glossaries(glossaries)
    with tempfile.NamedTemporaryFile("w", suffix=".lst", encoding="utf-8", delete=False) as names:
        names.write("\n".join(str(file) for file in sorted(PACKAGE.rglob("*.py"))))
    try:
        for code, extra in (("zh_CN", ()), ("en", ("-pluralonly",))):
            _collect(names.name, code, extra)
    finally:
        Path(names.name).unlink()
    _fill(i18n.source_file("zh_CN"), chinese)
    _fill(i18n.source_file("en"), english)


def check() -> list[str]:
    """What is missing or wrong, as sentences; empty if all is well."""
    complaints = []
    for code in i18n.LANGUAGES:
        for message in messages(code):
            where = f"{code}, {message.context}: {message.source!r}"
            if not message.finished or not all(message.forms):
                complaints.append(f"{where} is not translated")
            elif not all(_same_placeholders(message.source, form) for form in message.forms):
                complaints.append(f"{where} has other placeholders in its translation {message.forms}")
    known = {(message.context, message.source) for message in messages("zh_CN")}
    complaints += [f"{context}: {text!r} is in no .ts file; run update" for context, text in sorted(_used() - known)]
    return complaints


def messages(code: str) -> list[Message]:
    """Every text of one .ts file."""
    return [
        _message(str(context.findtext("name")), element)
        for context in ElementTree.parse(i18n.source_file(code)).iter("context")
        for element in context.iter("message")
    ]


def _message(context: str, element: ElementTree.Element) -> Message:
    translation = element.find("translation")
    if translation is None:
        return Message(context, str(element.findtext("source")), (), False)
    forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
    return Message(context, str(element.findtext("source")), forms, translation.get("type") != "unfinished")


def _read_glossaries(files: Iterable[Path]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    chinese: dict[str, list[str]] = {}
    english: dict[str, list[str]] = {}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            columns = [part.replace("\\n", "\n") for part in line.split("\t")]
            if len(columns) >= 2:
                chinese[columns[0]] = [columns[1]]
            if len(columns) >= 3:
                english[columns[0]] = columns[2].split("|")
    return chinese, english


def _collect(list_file: str, code: str, extra: tuple[str, ...]) -> None:
    i18n.run_linguist_tool(
        "lupdate",
        f"@{list_file}",
        *("-no-obsolete", "-locations", "none", "-sort-messages", "-silent"),
        *("-disable-heuristic", "similartext", "-source-language", "en", "-target-language", code),
        *extra,
        *("-ts", str(i18n.source_file(code))),
    )


def _fill(file: Path, glossary: dict[str, list[str]]) -> None:
    tree = ElementTree.parse(file)
    for element in tree.iter("message"):
        forms = glossary.get(str(element.findtext("source")))
        translation = element.find("translation")
        if forms is None or translation is None or translation.get("type") != "unfinished":
            continue
        slots = list(translation.iter("numerusform")) or [translation]
        for slot, form in zip(slots, forms if len(forms) == len(slots) else forms * len(slots), strict=False):
            slot.text = form
        del translation.attrib["type"]
    body = ElementTree.tostring(tree.getroot(), encoding="unicode", short_empty_elements=False)
    file.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def _same_placeholders(source: str, translation: str) -> bool:
    return _placeholders(source) == _placeholders(translation)


def _placeholders(text: str) -> set[str]:
    named = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    return named | ({"%n"} if "%n" in text else set())


def _used() -> set[tuple[str, str]]:
    """(class, text) of every `self.tr("text")` in the program, found by Python's own parser."""
    return {pair for file in PACKAGE.rglob("*.py") for pair in _used_in(ast.parse(file.read_text(encoding="utf-8")))}


def _used_in(tree: ast.AST, context: str = "") -> Iterator[tuple[str, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield context, node.args[0].value
            else:
                yield context, f"line {node.lineno}: tr() takes one literal text"
        yield from _used_in(node, node.name if isinstance(node, ast.ClassDef) else context)


def main(arguments: list[str]) -> int:
    """Run one of update, check, compile; the exit code."""
    match arguments:
        case ["update", *files]:
            update(Path(file) for file in files)
        case ["compile"]:
            for code in i18n.LANGUAGES:
                print(i18n.compiled(code))
            return 0
        case ["check"]:
            pass
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    complaints = check()
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
