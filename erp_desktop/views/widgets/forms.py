"""Building blocks of forms: labelled fields with mnemonic and message, cards, buttons by role."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models.i18n import Text, said
from erp_desktop.views.widgets import icons, theme

_MNEMONIC = re.compile(r"\((&)\w\)|&(?!&)")


def plain(text: str) -> str:
    """`text` without its mnemonic and required mark: what a screen reader should say."""
    return _MNEMONIC.sub("", text).replace("&&", "&").replace("*", "").strip()


class Words(QLabel):
    """A text over as many lines as it needs; it asks for their height, which a window by itself does not give it."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._has_width = False

    def setText(self, text: str) -> None:
        """Override QLabel.setText."""
        super().setText(text)
        self._ask_for_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QLabel.resizeEvent."""
        super().resizeEvent(event)
        self._has_width = True
        self._ask_for_height()

    def changeEvent(self, event: QEvent) -> None:
        """Override QLabel.changeEvent: another font takes other lines."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._ask_for_height()

    def _ask_for_height(self) -> None:
        if self._has_width:
            self.setMinimumHeight(self.heightForWidth(self.width()) if self.text() else 0)


class Field(QWidget):
    """A label above an input, with the message of a refusal below it.

    The label is the input's buddy, so its mnemonic reaches it, and names it for screen readers.
    """

    def __init__(self, editor: QWidget, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = QLabel(self)
        self._label.setProperty("role", "muted")
        self._label.setBuddy(editor)
        self._message = text_label("error", wrap=True)
        self._message.setVisible(False)
        self._refusal: Text = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addWidget(self._message)
        self.setFocusProxy(editor)
        self.set_label(label)

    @property
    def label(self) -> str:
        """What the field is called."""
        return plain(self._label.text())

    @property
    def message(self) -> str:
        """The refusal shown at this field, empty if there is none."""
        return self._message.text()

    def set_label(self, text: str, required: bool = False) -> None:
        """Name the field; `text` may hold a mnemonic; a required field is marked with an asterisk."""
        self._label.setText(f"{text} *" if required else text)
        self.editor.setAccessibleName(plain(text))

    def refuse(self, refusal: Text) -> None:
        """Mark the input and say below it why it was refused; a function follows the language."""
        self._refusal = refusal
        sentence = said(refusal)
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)
        theme.set_property(self.editor, "invalid", "true" if sentence else "false")

    def clear_refusal(self) -> None:
        """Take the mark away, usually because the person changes the input."""
        self.refuse("")

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: what is said of the input follows the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._refusal:
            self.refuse(self._refusal)


def button(role: str = "", icon: str = "", parent: QWidget | None = None) -> QPushButton:
    """A button; `role` is primary, danger, quiet, link, filter or nothing for a normal one."""
    made = QPushButton(parent)
    if role:
        made.setProperty("role", role)
    if icon:
        made.setIcon(icons.icon(icon, {"primary": "on_accent", "danger": "on_danger_fill"}.get(role, "muted")))
        made.setIconSize(QSize(16, 16))
    return made


def tool_button(icon: str, parent: QWidget | None = None) -> QToolButton:
    """A small button that shows only an icon; name it with `name_control`."""
    made = QToolButton(parent)
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


def name_control(control: QWidget, text: str, shortcut: str = "") -> None:
    """Name a control that shows no text, for the tool tip and for screen readers."""
    control.setAccessibleName(plain(text))
    control.setToolTip(f"{plain(text)} ({shortcut})" if shortcut else plain(text))


class TabBar(QTabBar):
    """Tabs that are as wide as their text is bold, so that nothing moves and nothing is cut when one is chosen."""

    def __init__(self) -> None:
        super().__init__(expanding=False, usesScrollButtons=True, drawBase=False)

    def tabSizeHint(self, index: int) -> QSize:
        """Override QTabBar.tabSizeHint."""
        hint = super().tabSizeHint(index)
        bold = QFont(self.font())
        bold.setBold(True)
        text = self.tabText(index)
        more = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
        return hint if index == self.currentIndex() else hint + QSize(max(0, more), 0)


def card(parent: QWidget | None = None) -> QFrame:
    """A panel with a border; give it a layout."""
    made = QFrame(parent)
    made.setProperty("role", "card")
    return made


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin horizontal line."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    return made


def text_label(role: str = "", text: str = "", wrap: bool = False) -> QLabel:
    """A label; `role` is title, heading, strong, muted, small, total, error or warning."""
    made = Words(text) if wrap else QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def row(*widgets: QWidget | None, spacing: int = 2 * theme.GRID) -> QHBoxLayout:
    """The widgets side by side; None stands for stretch."""
    line = QHBoxLayout()
    _fill(line, spacing)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


def column(*widgets: QWidget | None, spacing: int = 2 * theme.GRID) -> QVBoxLayout:
    """The widgets one below the other; None stands for stretch."""
    stack = QVBoxLayout()
    _fill(stack, spacing)
    for widget in widgets:
        if widget is None:
            stack.addStretch(1)
        else:
            stack.addWidget(widget)
    return stack


def _fill(layout: QLayout, spacing: int) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
