"""Choosing a new password: twice the same, and the rules beside it, which tell as one types whether they are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from erp_desktop.services import passwords
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.password import PasswordEdit


@dataclass
class _Rule:
    """A rule, as its line shows it."""

    holds: Callable[[str], bool]
    mark: QLabel
    words: QLabel


class NewPassword(QWidget):
    """Two fields and the rules; it holds back nothing: who uses it asks `problem` before going on.

    Signals:
        submitted(): Enter was pressed in the second field.
        caps_lock_seen(on): typing showed that Caps Lock is on or off.
    """

    submitted = Signal()
    caps_lock_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._length = 0
        self._name = ""
        self._old: Callable[[], str] = str
        self.new_edit, self.again_edit = PasswordEdit(), PasswordEdit()
        self.new, self.again = forms.Field(self.new_edit), forms.Field(self.again_edit)
        self.setFocusProxy(self.new_edit)
        self._rules = [_rule(check) for check in (self._is_long, self._is_rare, self._is_no_pattern, self._is_other)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.new)
        for rule in self._rules:
            line = forms.row(rule.mark)
            line.addWidget(rule.words, 1)
            layout.addLayout(line)
        layout.addWidget(self.again)
        for edit, field in ((self.new_edit, self.new), (self.again_edit, self.again)):
            edit.textChanged.connect(self._show_rules)
            edit.textEdited.connect(field.clear_refusal)
            edit.caps_lock_seen.connect(self.caps_lock_seen)
        self.new_edit.returnPressed.connect(self.again_edit.setFocus)
        self.again_edit.returnPressed.connect(self.submitted)
        theme.state.switched.connect(self._show_rules)
        self.retranslate()

    def set_rules(self, length: int, name: str, old: Callable[[], str]) -> None:
        """Say how long the password must be, whose it is, and which one she has now."""
        self._length, self._name, self._old = length, name, old
        self.retranslate()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.new.set_label(self.tr("&New password"))
        self.again.set_label(self.tr("New password &again"))
        texts = (
            self.tr("At least {count} characters; several words are easy to remember").format(count=self._length),
            self.tr("None of those that are guessed first"),
            self.tr("No pattern over and over, and not your user name"),
            self.tr("Not the one you have now"),
        )
        for rule, text in zip(self._rules, texts, strict=True):
            rule.words.setText(text)
        self._show_rules()

    def password(self) -> str:
        """What was typed."""
        return self.new_edit.text()

    def refuse_what_is_wrong(self) -> bool:
        """Mark the field at which something is missing; whether there was one."""
        if not self.password():
            self._refuse(self.new, self.tr("Enter the new password."))
        elif not all(rule.holds(self.password()) for rule in self._rules):
            self._refuse(self.new, self.tr("Choose a password that keeps all the rules."))
        elif self.password() != self.again_edit.text():
            self._refuse(self.again, self.tr("Enter the new password once more: the two are not the same."))
        else:
            return False
        return True

    def clear(self) -> None:
        """Forget what was typed."""
        for edit, field in ((self.new_edit, self.new), (self.again_edit, self.again)):
            edit.clear()
            edit.hide_again()
            field.clear_refusal()

    @staticmethod
    def _refuse(field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()

    def _is_long(self, password: str) -> bool:
        return passwords.is_long_enough(password, self._length)

    def _is_rare(self, password: str) -> bool:
        return not passwords.is_common(password)

    def _is_no_pattern(self, password: str) -> bool:
        return not passwords.is_pattern(password, self._name)

    def _is_other(self, password: str) -> bool:
        return password != self._old()

    @Slot()
    def _show_rules(self) -> None:
        typed = self.password()
        for rule in self._rules:
            kept = bool(typed) and rule.holds(typed)
            icon = icons.icon("check", "success") if kept else icons.icon("minus", "muted")
            rule.mark.setPixmap(icon.pixmap(QSize(14, 14), self.devicePixelRatioF()))
            words = rule.words.text()
            rule.words.setAccessibleName(self.tr("{rule}: kept").format(rule=words) if kept else words)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _rule(holds: Callable[[str], bool]) -> _Rule:
    mark = QLabel()
    mark.setFixedWidth(18)
    mark.setAlignment(Qt.AlignmentFlag.AlignTop)
    return _Rule(holds, mark, forms.text_label("small", wrap=True))
