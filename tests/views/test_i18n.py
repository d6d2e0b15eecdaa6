"""Both languages: complete, exchangeable while the program runs, and checked by the tool that keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from erp_desktop import translations
from erp_desktop.models import i18n
from erp_desktop.views.widgets.password import PasswordEdit

TS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="{code}" sourcelanguage="en">
<context><name>Page</name>{messages}</context>
</TS>
"""


def test_nothing_waits_for_translation_and_placeholders_agree() -> None:
    assert translations.check() == []


def test_language_changes_while_windows_are_open(desk: QApplication, qtbot: QtBot) -> None:
    edit = PasswordEdit()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    for widget in (edit, buttons):
        qtbot.addWidget(widget)
        widget.show()
    cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
    for code, eye, qts_own in (("zh_CN", "显示密码", "取消"), ("en", "Show the password", "Cancel")):
        i18n.set_language(code)
        qtbot.waitUntil(lambda eye=eye: edit.actions()[0].text() == eye)
        assert (i18n.language(), QLocale().name()[:2]) == (code, code[:2])
        qtbot.waitUntil(lambda qts_own=qts_own: cancel.text().replace("&", "").startswith(qts_own))


def test_an_unknown_language_is_refused(desk: QApplication) -> None:
    with pytest.raises(LookupError):
        i18n.set_language("tlh")
    assert i18n.system_language() in i18n.LANGUAGES


@pytest.fixture
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Translations of the test's own, compiled into a cache of its own."""
    monkeypatch.setattr(i18n, "source_file", lambda code: tmp_path / f"tenon_{code}.ts")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for code in i18n.LANGUAGES:
        write(tmp_path, code, "")
    return tmp_path


def write(folder: Path, code: str, messages: str) -> None:
    (folder / f"tenon_{code}.ts").write_text(TS.format(code=code, messages=messages), encoding="utf-8")


def message(source: str, translation: str, kind: str = "") -> str:
    return f"<message><source>{source}</source><translation{kind}>{translation}</translation></message>"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (message("Save {name}", "保存 {name}"), ""),
        (message("Save {name}", "保存 {nam}"), "other placeholders"),
        (message("Save {name}", "保存"), "other placeholders"),
        (message("Save", ""), "not translated"),
        (message("Save", "保存", ' type="unfinished"'), "not translated"),
    ],
)
def test_check_tells_what_is_wrong(
    own_files: Path, monkeypatch: pytest.MonkeyPatch, entry: str, complaint: str
) -> None:
    monkeypatch.setattr(translations, "PACKAGE", own_files / "empty")
    write(own_files, "zh_CN", entry)
    complaints = translations.check()
    assert len(complaints) == bool(complaint)
    assert all(complaint in each for each in complaints)


def test_update_collects_texts_and_fills_them_from_glossaries(
    own_files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = own_files / "package"
    package.mkdir()
    (package / "page.py").write_text(
        "class Page(QWidget):\n"
        "    def retranslate(self):\n"
        '        self.tr("Save {name}").format(name=1)\n'
        '        self.tr("%n line(s)", "", 3)\n'
        '        QT_TRANSLATE_NOOP("Screens", "Stock")\n',
        encoding="utf-8",
    )
    glossary = "Save {name}\t保存 {name}\n%n line(s)\t%n 行\t%n line|%n lines\n"
    (own_files / "a.tsv").write_text(glossary, encoding="utf-8")
    monkeypatch.setattr(translations, "PACKAGE", package)
    assert translations.main(["update", str(own_files / "a.tsv")]) == 1
    assert capsys.readouterr().err == "zh_CN, Screens: 'Stock' is not translated\n"
    (own_files / "b.tsv").write_text("Stock\t库存\n", encoding="utf-8")
    assert translations.main(["update", str(own_files / "b.tsv")]) == 0
    assert {(each.context, each.forms) for each in translations.messages("zh_CN")} == {
        ("Page", ("保存 {name}",)),
        ("Page", ("%n 行",)),
        ("Screens", ("库存",)),
    }
    assert [each.forms for each in translations.messages("en")] == [("%n line", "%n lines")]


@pytest.mark.parametrize("line", ['self.tr(f"Save {name}")', "self.tr(text)", 'self.tr("never collected")'])
def test_check_finds_texts_that_can_never_be_translated(
    own_files: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    package = own_files / "package"
    package.mkdir()
    (package / "page.py").write_text(f"class Page:\n    def show(self):\n        {line}\n", encoding="utf-8")
    monkeypatch.setattr(translations, "PACKAGE", package)
    assert len(translations.check()) == 1


def test_compiled_translation_is_made_anew_when_its_source_changes(own_files: Path, desk: QApplication) -> None:
    write(own_files, "zh_CN", message("Save", "保存"))
    first = i18n.compiled("zh_CN")
    assert i18n.compiled("zh_CN") == first
    write(own_files, "zh_CN", message("Save", "存盘"))
    second = i18n.compiled("zh_CN")
    assert second != first
    assert [path.name for path in second.parent.glob("tenon_zh_CN-*")] == [second.name]


def test_tool_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["wrong"]) == 2
    assert "update" in capsys.readouterr().err
