"""Walks over the controls of a window as a screen reader and a keyboard do."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

STAYS = 60
"""More presses of Tab than a grid of the tests' documents has cells."""

CONTROLS = (
    QAbstractButton,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QComboBox,
    QAbstractSpinBox,
    QAbstractItemView,
    QTabBar,
)


def controls(window: QWidget) -> list[QWidget]:
    """Every visible input, button, list and tab bar, without the parts that Qt builds them from."""
    found = [each for each in window.findChildren(QWidget) if isinstance(each, CONTROLS) and each.isVisible()]
    return [each for each in found if not _is_part(each)]


def unnamed_controls(window: QWidget) -> list[str]:
    """The controls that a screen reader could not name."""
    return [_describe(each) for each in controls(window) if not _spoken_name(each)]


def reachable_by_tab(window: QWidget) -> list[str]:
    """The controls that want the keyboard and that neither Tab nor Shift+Tab ever reaches; empty if all is well.

    Shift+Tab, because a grid that was filled may send the keyboard straight to the next step.
    """
    wanted = [each for each in controls(window) if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached = {*tab_order(window), *tab_order(window, Qt.Key.Key_Backtab)}
    return [_describe(each) for each in wanted if not any(each is one or each.focusProxy() is one for one in reached)]


def tab_order(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What has the keyboard as Tab is pressed until it comes back to the same; a grid keeps it for a while."""
    order: list[QWidget] = []
    stays = 0
    while stays < STAYS:
        focused = QApplication.focusWidget()
        if focused is not None and focused in order[:-1]:
            break
        if focused is None or order[-1:] == [focused]:
            stays += 1
        else:
            order.append(focused)
            stays = 0
        QTest.keyClick(focused or window, key)
    return order


def steps_back(page: QWidget) -> list[str]:
    """Where Tab goes up on the page to what stands above or left of where it was, instead of on as one reads."""
    found = []
    for before, after in pairwise(tab_order(page)):
        if page.isAncestorOf(before) and page.isAncestorOf(after):
            one, other = _place(before, page), _place(after, page)
            if other.bottom() < one.top() and other.left() < one.right():
                found.append(f"{_describe(before)} -> {_describe(after)}")
    return found


def _place(control: QWidget, page: QWidget) -> QRect:
    return QRect(control.mapTo(page, QPoint(0, 0)), control.size())


def _spoken_name(control: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(control)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def _is_part(control: QWidget) -> bool:
    """Whether the control is a part of another one, such as the field of a spin box or a line's clear button."""
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QLineEdit | QComboBox | QAbstractSpinBox | QScrollBar):
            return True
        if isinstance(parent, QTabBar) and isinstance(control, QToolButton) and not control.icon().cacheKey():
            return True
        parent = parent.parentWidget()
    return False


def _describe(control: QWidget) -> str:
    text = control.text() if isinstance(control, QAbstractButton | QLineEdit) else ""
    return f"{type(control).__name__} {control.objectName()} {text!r} in {type(control.parentWidget()).__name__}"
