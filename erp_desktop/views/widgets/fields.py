"""The fields of a document's header: their card, whether they are open, and what counts as input of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.completer import LookupEdit
from erp_desktop.views.widgets.typed_edit import TypedEdit

LEAST_COLUMN: Final = 124
"""Where the window is too small for columns of this width, the page scrolls."""


def card(columns: int, *placed: tuple[forms.Field, int, int, int]) -> QWidget:
    """A card with fields on a grid of equal columns: each (field, row, column, how many columns wide)."""
    made = forms.card()
    grid = QGridLayout(made)
    grid.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID)
    grid.setHorizontalSpacing(3 * theme.GRID)
    grid.setVerticalSpacing(2 * theme.GRID)
    for place in range(columns):
        grid.setColumnStretch(place, 1)
        grid.setColumnMinimumWidth(place, LEAST_COLUMN)
    for each, row, column, span in placed:
        grid.addWidget(each, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
    return made


def listen(made: forms.Field, touched: Callable[[], object]) -> None:
    """Let a change of the field count as input, and take its refusal away."""
    editor = made.editor
    signals: list[Any] = []
    if isinstance(editor, LookupEdit):
        signals = [editor.chosen, editor.textEdited]
        editor.complained.connect(made.refuse)
    elif isinstance(editor, TypedEdit):
        signals = [editor.value_changed, editor.textEdited]
        editor.complained.connect(made.refuse)
    elif isinstance(editor, QLineEdit):
        signals = [editor.textEdited]
    elif isinstance(editor, QComboBox):
        signals = [editor.activated]
    elif isinstance(editor, QPlainTextEdit):
        signals = [editor.textChanged]
    elif isinstance(editor, QCheckBox):
        signals = [editor.toggled]
    for signal in signals:
        signal.connect(touched)
    if signals and not isinstance(editor, LookupEdit | TypedEdit):
        signals[0].connect(made.clear_refusal)


def set_open(editor: QWidget, is_open: bool) -> None:
    """Open or close an editor; a text can still be read and copied when it is closed."""
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        editor.setReadOnly(not is_open)
    else:
        editor.setEnabled(is_open)


def is_open(editor: QWidget) -> bool:
    """Whether something can be typed or chosen in an editor that is there."""
    closed = isinstance(editor, QLineEdit | QPlainTextEdit) and editor.isReadOnly()
    return editor.isEnabled() and not editor.isHidden() and not closed
