"""Walks over the controls of a window as a screen reader and a keyboard do."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
    """The controls that want the keyboard and that Tab never reaches; empty if all is well."""
    wanted = [each for each in controls(window) if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    reached: set[QWidget] = set()
    for _ in range(4 * len(wanted) + 20):
        focused = QApplication.focusWidget()
        if focused is None or focused in reached:
            if focused is not None and len(reached) > 1:
                break
        if focused is not None:
            reached.add(focused)
        QTest.keyClick(focused or window, Qt.Key.Key_Tab)
    return [_describe(each) for each in wanted if not any(each is one or each.focusProxy() is one for one in reached)]


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
