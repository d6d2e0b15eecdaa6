"""Changing one's own password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from erp_desktop.models import settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command, Query
from erp_desktop.services import auth, keyring_store
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.new_password import NewPassword
from erp_desktop.views.widgets.password import PasswordEdit

if TYPE_CHECKING:
    from erp_desktop.services.auth import Account, Session

OF_CODE = frozenset({"UA121", "UA122", "UA123"})
OF_NEW = frozenset({"UV106", "UV121", "UV122", "UV123", "UV124"})


class PasswordDialog(Dialog):
    """Asks for the old password and twice for the new one; closes only when the server took it.

    Who has set up one-time codes gives one as well.

    Signals:
        changed(session): the session to go on with.
    """

    changed = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.setWindowTitle(self.tr("Change password"))
        self.old_edit, self.code_edit = PasswordEdit(), QLineEdit()
        self._old = forms.Field(self.old_edit, self.tr("&Old password"))
        self._code = forms.Field(self.code_edit, self.tr("&Code of the phone, or a recovery code"))
        self._code.hide()
        self.fields = NewPassword()
        self.fields.set_rules(0, session.login, self.old_edit.text)
        self._caps: QLabel = forms.text_label("warning", self.tr("Caps Lock is on."))
        self._caps.hide()
        self._cancel = forms.button()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self._change = forms.button("primary")
        self._change.setText(self.tr("C&hange"))
        self._change.setDefault(True)
        self._change.clicked.connect(self._on_change)
        self._build_layout()
        Query(auth.my_account, session).success(self._on_account).failure(self._on_refused).quiet().run()

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[5 * theme.GRID] * 4)
        layout.setSpacing(3 * theme.GRID)
        for widget in (self._old, self._code, self.fields, self._caps):
            layout.addWidget(widget)
        layout.addSpacing(theme.GRID)
        layout.addLayout(forms.row(None, self._cancel, self._change))
        self.setMinimumWidth(380)
        for edit, field in ((self.old_edit, self._old), (self.code_edit, self._code)):
            edit.textEdited.connect(field.clear_refusal)
        for source in (self.old_edit, self.fields):
            source.caps_lock_seen.connect(self._caps.setVisible)

    def _on_account(self, account: Account) -> None:
        self.fields.set_rules(account.rules.length, self._session.login, self.old_edit.text)
        self._code.setVisible(account.codes_since is not None)

    @Slot()
    def _on_change(self) -> None:
        if not self.old_edit.text():
            self._refuse(self._old, self.tr("Enter the password you have now."))
        elif not self._code.isHidden() and not self.code_edit.text().strip():
            self._refuse(self._code, self.tr("Enter the code."))
        elif not self.fields.refuse_what_is_wrong():
            self._set_busy(True)
            Command(
                _change,
                self._session,
                self.old_edit.text(),
                self.fields.password(),
                self.code_edit.text().strip(),
                self._typed_login(),
            ).titled(self.tr("Changing the password")).finished(self._on_finished).success(self._on_changed).failure(
                self._on_refused
            ).run()

    def _typed_login(self) -> str:
        """The name under which a password may be remembered: as it was typed at the login."""
        typed, login = settings.read(settings.LOGIN), self._session.login
        return typed if typed.casefold() == login.casefold() else login

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
        code = getattr(error, "code", "")
        if code == "UA123":  # set up elsewhere since the dialog was opened
            self._code.show()
        field = self._code if code in OF_CODE else self.fields.new if code in OF_NEW else self._old
        self._refuse(field, errors.sentence(error))

    def _refuse(self, field: forms.Field, sentence: str) -> None:
        field.refuse(sentence)
        field.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self._old, self._code, self.fields, self._change):
            widget.setEnabled(not busy)


def _change(session: Session, old: str, new: str, code: str, remembered_as: str) -> Session:
    """Change the password, also where this computer remembers it."""
    renewed = auth.change_password(session, old, new, code)
    keyring_store.renew(session.database.profile, remembered_as, new)
    return renewed
