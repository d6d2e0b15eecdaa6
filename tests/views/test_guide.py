"""The window of the user's guide, with the pages that ship."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.guide import GuideWindow


def shown(window: GuideWindow) -> QTextBrowser:
    text = window.findChild(QTextBrowser)
    assert text is not None
    return text


@pytest.fixture
def window(desk: QApplication, qtbot: QtBot) -> GuideWindow:
    made = GuideWindow()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("code", ["index", "documents", "sales.orders"])
def test_a_page_begins_at_its_top_and_fits_the_width(window: GuideWindow, language: str, code: str) -> None:
    i18n.set_language(language)
    window.show_screen(code)
    text = shown(window)
    assert text.verticalScrollBar().value() == 0
    assert text.horizontalScrollBar().maximum() == 0


def test_links_lead_on_and_back(window: GuideWindow) -> None:
    window.show_screen("index")
    text = shown(window)
    text.setTextCursor(text.document().find("Sales clerk"))
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText().startswith("Sales clerk")
    text.setTextCursor(text.document().find("Import orders"))
    QTest.keyClick(text, Qt.Key.Key_Return)
    assert text.toPlainText().startswith("Import orders")
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert text.toPlainText().startswith("Sales clerk")
    assert text.textCursor().position() == QTextCursor(text.document()).position() == 0


def test_a_screen_without_a_page_gets_the_contents(window: GuideWindow) -> None:
    window.show_screen("no.such")
    assert shown(window).toPlainText().startswith("Tenon")
