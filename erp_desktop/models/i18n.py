"""The language of the program: translators for our texts and Qt's, exchanged while it runs."""

from __future__ import annotations

import hashlib
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import PySide6
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QStandardPaths, QTranslator

from erp_desktop.resources import resource_path

log = logging.getLogger(__name__)

LANGUAGES: dict[str, str] = {"zh_CN": "简体中文", "en": "English"}
"""The languages offered, by code, each named in itself."""

Text: TypeAlias = str | Callable[[], str]
"""A text as it stands, or what says it in the language in use whenever it is asked."""

_installed: list[QTranslator] = []
_language = "en"


def language() -> str:
    """The code of the language in use now."""
    return _language


def spoken(text_zh: str, text_en: str) -> str:
    """Of a name in two languages the one in use; the other where it is missing."""
    return (text_zh or text_en) if _language.startswith("zh") else (text_en or text_zh)


def said(text: Text) -> str:
    """The text in the language in use now."""
    return text if isinstance(text, str) else text()


def set_language(code: str) -> None:
    """Change every text of the program; open windows get LanguageChange and set their texts anew."""
    global _language
    if code not in LANGUAGES:
        raise LookupError(f"There is no language {code!r}.")
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("The language is set after the application is made.")
    for old in _installed:
        application.removeTranslator(old)
    _installed.clear()
    _language = code
    QLocale.setDefault(QLocale(code))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for file in (Path(qt_folder) / f"qtbase_{code}.qm", compiled(code)):
        translator = QTranslator(application)
        if translator.load(str(file)):
            application.installTranslator(translator)
            _installed.append(translator)
        else:
            log.warning("The translation %s can't be loaded.", file)


def system_language() -> str:
    """The offered language that fits the machine best: Chinese for any Chinese, else English."""
    for name in QLocale.system().uiLanguages():
        if name.lower().startswith("zh"):
            return "zh_CN"
        if name.lower().startswith("en"):
            return "en"
    return "en"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """Mark `text` for translation under a context and return it unchanged; lupdate knows the function by this name."""
    return text


def translate(context: str, text: str) -> str:
    """The translation of `text`, marked elsewhere with QT_TRANSLATE_NOOP(context, text).

    It stands in for QCoreApplication.translate, after which lupdate files the next text under a wrong context.
    """
    return QCoreApplication.translate(context, text)


def source_file(code: str) -> Path:
    """The translation that people read and write."""
    return resource_path("i18n", f"tenon_{code}.ts")


def compiled(code: str) -> Path:
    """The translation that the program loads, made anew in the user's cache when the source is not the same."""
    source = source_file(code)
    mark = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)) / "tenon"
    target = folder / f"tenon_{code}-{mark}.qm"
    if not target.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        for stale in folder.glob(f"tenon_{code}-*.qm"):
            stale.unlink(missing_ok=True)
        unfinished = target.with_suffix(f".{os.getpid()}")
        run_linguist_tool("lrelease", "-silent", str(source), "-qm", str(unfinished))
        unfinished.replace(target)
    return target


def run_linguist_tool(name: str, *arguments: str) -> None:
    """Run lupdate or lrelease as they come with PySide6; raises RuntimeError with what it printed."""
    suffix = ".exe" if sys.platform == "win32" else ""
    tool = Path(PySide6.__file__).parent / f"{name}{suffix}"
    done = subprocess.run([str(tool), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name} failed: {done.stdout}{done.stderr}")
