"""Finds what a person would see to be wrong with a window: texts that are cut, letters that reach two things."""

from __future__ import annotations

import re
from collections import defaultdict

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QPushButton, QRadioButton, QTabBar, QWidget

from erp_desktop.views.widgets.forms import Words

MNEMONIC = re.compile(r"&(\w)")


def mnemonic_texts(control: QWidget) -> list[str]:
    """The texts of a control whose marked letters reach it."""
    if isinstance(control, QAbstractButton):
        return [control.text()]
    if isinstance(control, QLabel):
        return [control.text()] if control.buddy() else []
    if isinstance(control, QTabBar):
        return [control.tabText(place) for place in range(control.count())]
    return []


def doubled_mnemonics(window: QWidget) -> list[str]:
    """The keys that two things in the window that can be used at the moment answer to."""
    texts = defaultdict(list)
    for each in window.findChildren(QWidget):
        if each.isVisibleTo(window) and each.isEnabled():
            for text in mnemonic_texts(each):
                for key in MNEMONIC.findall(text.replace("&&", "")):
                    texts[key.upper()].append(text)
    return [f"{key}: {found}" for key, found in texts.items() if len(found) > 1]


def cut_texts(window: QWidget) -> list[str]:
    """Labels, buttons and tabs that are smaller than what they say."""
    found = [each for each in window.findChildren(QWidget) if each.isVisibleTo(window)]
    return [f"{type(each).__name__} {_text(each)!r}: {each.size().toTuple()}" for each in found if _is_cut(each)]


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else widget.accessibleName()


def _is_cut(widget: QWidget) -> bool:
    if isinstance(widget, QTabBar):
        return widget.width() < sum(widget.tabRect(place).width() for place in range(widget.count()))
    if isinstance(widget, Words):
        return bool(widget.text()) and widget.height() < widget.heightForWidth(widget.width())
    if isinstance(widget, QPushButton | QCheckBox | QRadioButton) or type(widget) is QLabel:
        wanted = widget.sizeHint()
        return bool(widget.text()) and (widget.width() < wanted.width() or widget.height() < _line(widget))
    return False


def _line(widget: QWidget) -> int:
    """The height of a line of text, less the half pixel or so that fonts leave empty."""
    return widget.fontMetrics().height() - 2
