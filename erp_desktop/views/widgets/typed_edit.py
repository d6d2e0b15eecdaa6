"""A line edit that holds a typed value: understands what is entered, and keeps and marks what it can't understand."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.models.entry import Entry, EntryError
from erp_desktop.views.widgets import theme

V = TypeVar("V")


class TypedEdit(QLineEdit, Generic[V]):
    """Base of NumberField and DateField.

    While it has the keyboard it shows the value as somebody would type it, else as it is read. Text that can't be
    understood stays, is marked, and counts as no value.

    Signals:
        value_changed(): another value, or none any more.
        complained(sentence): what is wrong with the text, or an empty text when nothing is any more.
    """

    value_changed = Signal()
    complained = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = Entry(self)
        self._value: V | None = None
        self._complaint = ""
        self.textEdited.connect(self._on_edited)
        self.editingFinished.connect(self.take)

    def parse(self, text: str) -> V:
        """The value that `text` says; raises EntryError. To be overridden."""
        raise NotImplementedError

    def typed_text(self, value: V) -> str:
        """The value as somebody would type it. To be overridden."""
        raise NotImplementedError

    def read_text(self, value: V) -> str:
        """The value as it is read; by default as it is typed."""
        return self.typed_text(value)

    def value(self) -> V | None:
        """The value; None when the field is empty or holds what can't be understood."""
        return self._value

    def complaint(self) -> str:
        """What is wrong with the text; empty when nothing is."""
        return self._complaint

    def set_value(self, value: V | None) -> None:
        """Show `value`."""
        self._complain("")
        self._hold(value)
        self._show_value()

    def set_typed(self, text: str) -> None:
        """Take `text` as if it had been typed."""
        self.setText(text)
        self.take()

    def take(self) -> None:
        """Understand what stands in the field now."""
        text = self.text().strip()
        if self._value is not None and text in (self.typed_text(self._value), self.read_text(self._value)):
            return
        try:
            value = self.parse(text) if text else None
        except EntryError as error:
            self._hold(None)
            self._complain(str(error))
            return
        self._complain("")
        self._hold(value)
        self._show_value()

    def _hold(self, value: V | None) -> None:
        if value != self._value:
            self._value = value
            self.value_changed.emit()

    def _complain(self, sentence: str) -> None:
        if sentence != self._complaint:
            self._complaint = sentence
            self.setToolTip(sentence)
            self.setAccessibleDescription(sentence)
            theme.set_property(self, "invalid", "true" if sentence else "false")
            self.complained.emit(sentence)

    def _show_value(self) -> None:
        if self._complaint:
            return
        if self._value is None:
            self.clear()
        else:
            typing = self.hasFocus() and not self.isReadOnly()
            self.setText(self.typed_text(self._value) if typing else self.read_text(self._value))

    def _on_edited(self) -> None:
        self._complain("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusInEvent: the value becomes what somebody would type, ready to be replaced."""
        super().focusInEvent(event)
        self._show_value()
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusOutEvent."""
        super().focusOutEvent(event)
        self._show_value()
