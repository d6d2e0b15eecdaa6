"""Changing one's own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.password import PasswordEdit

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session


class PasswordDialog(Dialog):
    """Asks for the old password and twice for the new one; closes only when the server took it.

    Signals:
        changed(session): the session to go on with.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(self.tr("Change password"))
        self._old = forms.Field(PasswordEdit(), self.tr("&Old password"))
        self._new = forms.Field(PasswordEdit(), self.tr("&New password"))
        self._again = forms.Field(PasswordEdit(), self.tr("New password &again"))
        self._caps: QLabel = forms.text_label("warning", self.tr("Caps Lock is on."))
        self._caps.hide()
        self._cancel = forms.button()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._change = forms.button("primary")
        self._change.setText(self.tr("&Change"))
        self._change.setDefault(True)
        self._change.clicked.connect(self._on_change)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[5 * theme.GRID] * 4)
        layout.setSpacing(3 * theme.GRID)
        for field in self._fields():
            layout.addWidget(field)
            edit = self._edit(field)
            edit.caps_lock_seen.connect(self._caps.setVisible)
            edit.textEdited.connect(field.clear_refusal)
        layout.addWidget(self._caps)
        layout.addSpacing(theme.GRID)
        layout.addLayout(forms.row(None, self._cancel, self._change))
        self.setMinimumWidth(360)

    def _fields(self) -> tuple[forms.Field, forms.Field, forms.Field]:
        return self._old, self._new, self._again

    @staticmethod
    def _edit(field: forms.Field) -> PasswordEdit:
        assert isinstance(field.editor, PasswordEdit)
        return field.editor

    @Slot()
    def _on_change(self) -> None:
        old, new, again = (self._edit(field).text() for field in self._fields())
        if not old:
            self._refuse(self._old, self.tr("Enter the password you have now."))
        elif not new:
            self._refuse(self._new, self.tr("Enter the new password."))
        elif new != again:
            self._refuse(self._again, self.tr("Enter the new password once more: the two are not the same."))
        else:
            self._set_busy(True)
            Command(_change, self._session, old, new).titled(self.tr("Changing the password")).finished(
                self._on_finished
            ).success(self._on_changed).failure(self._on_refused).run()

    def _on_finished(self) -> None:
        self._set_busy(False)

    def _on_changed(self, session: Session) -> None:
        self.changed.emit(session)
        bridge.success(self.tr("Your password is changed."))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error):
            errors.show(error, self)
            return
        field = self._new if getattr(error, "code", "") == "UV106" else self._old
        self._refuse(field, errors.sentence(error))

    def _refuse(self, field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for field in self._fields():
            field.setEnabled(not busy)
        self._change.setEnabled(not busy)


def _change(session: Session, old: str, new: str) -> Session:
    from erp_desktop.services import auth

    return auth.change_password(session, old, new)
