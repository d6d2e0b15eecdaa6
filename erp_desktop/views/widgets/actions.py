"""Actions of pages and the buttons that show them: one text, one shortcut, one state for button, menu and palette."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from erp_desktop.views.widgets import forms, icons, theme


class Needs(Enum):
    """How many rows must be selected for an action of a list."""

    NOTHING = "nothing"
    ONE = "one"
    SOME = "some"

    def met_by(self, count: int) -> bool:
        """Whether `count` selected rows are enough."""
        return self is Needs.NOTHING or (count == 1 if self is Needs.ONE else count > 0)


def make_action(owner: QWidget, slot: Callable[[], object], icon: str = "", shortcut: str = "") -> QAction:
    """An action of `owner` (its texts are set in `retranslate`), reachable while the owner is on screen."""
    action = QAction(owner)
    action.triggered.connect(lambda _checked=False: slot())
    if icon:
        action.setIcon(icons.icon(icon))
    if shortcut:
        action.setShortcuts(_sequences(shortcut))
    owner.addAction(action)
    return action


def _sequences(shortcut: str) -> list[QKeySequence]:
    """Ctrl+Enter is two keys: Return, and Enter of the number block."""
    if shortcut.endswith("Enter"):
        return [QKeySequence(shortcut.replace("Enter", key)) for key in ("Return", "Enter")]
    return [QKeySequence(shortcut)]


def shortcut_text(action: QAction) -> str:
    """The action's shortcut as people read it."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


class ActionButton(QPushButton):
    """A button that looks and behaves as its action says."""

    def __init__(self, action: QAction, role: str = "", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self._icon = icon
        self.set_role(role)
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    def set_role(self, role: str) -> None:
        """Look like a primary, danger, quiet or (with an empty role) normal button."""
        theme.set_property(self, "role", role)
        if self._icon:
            self.setIcon(
                icons.icon(self._icon, {"primary": "on_accent", "danger": "on_danger_fill"}.get(role, "muted"))
            )

    @Slot()
    def _follow(self) -> None:
        self.setText(self.action.text())
        self.setAccessibleName(forms.plain(self.action.text()))
        key = shortcut_text(self.action)
        tip = self.action.toolTip() if self.action.toolTip() != forms.plain(self.action.text()) else ""
        self.setToolTip(tip or (f"{forms.plain(self.action.text())} ({key})" if key else ""))
        self.setEnabled(self.action.isEnabled())
        _show_as(self, self.action)


class ActionToolButton(QToolButton):
    """A small button with the icon of its action; the text is its tool tip."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setDefaultAction(action)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        action.changed.connect(self._name)
        self._name()

    @Slot()
    def _name(self) -> None:
        action = self.defaultAction()
        forms.name_control(self, action.text(), shortcut_text(action))
        _show_as(self, action)

    def changeEvent(self, event: QEvent) -> None:
        """Override QToolButton.changeEvent: Qt renews the tool tip from the action, which lacks the shortcut."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.defaultAction() is not None:
            self._name()


def _show_as(button: QWidget, action: QAction) -> None:
    """Hide or show a button as its action says; one without a parent yet is shown by nobody but its parent."""
    if not action.isVisible():
        button.hide()
    elif button.parent() is not None:
        button.show()
