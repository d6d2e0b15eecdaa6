"""Somebody forgot her password: her name, then the code that came by e-mail; the login window leads on from there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget

from erp_desktop.models.operations import Operation, Query
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.refusal import RefusalBox

if TYPE_CHECKING:
    from erp_desktop.services.auth import Login
    from erp_desktop.services.db import Profile

NAME, CODE, NO_MAIL = range(3)
"""The steps."""

WIDTH = 380
NOBODY_MAILS = "US104"


class ForgottenPassword(Dialog):
    """Asks for the name, has the server mail a code, and asks for that.

    Signals:
        proved(login): the code was right; what is due now ends with a new password.
    """

    proved = Signal(object)

    def __init__(self, profile: Profile, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._profile = profile
        self._running: Operation[Any] | None = None
        self._advice = forms.text_label("muted", wrap=True)
        self.name_edit, self.code_edit = QLineEdit(name), QLineEdit()
        self.code_edit.setPlaceholderText("xxxxx-xxxxx")
        self._name, self._code = forms.Field(self.name_edit), forms.Field(self.code_edit)
        self.refusal = RefusalBox()
        self._busy_bar = QProgressBar(textVisible=False)
        self._busy_bar.setRange(0, 0)
        self.switch_button = forms.button("link")
        self.switch_button.clicked.connect(self._switch)
        self.cancel_button, self.submit_button = forms.button(), forms.button("primary")
        self.cancel_button.clicked.connect(self.reject)
        self.submit_button.setDefault(True)
        self.submit_button.clicked.connect(self._submit)
        self._build_layout()
        for edit in (self.name_edit, self.code_edit):
            edit.textEdited.connect(lambda: self.refusal.show_sentence(""))
        self._step = NAME
        self._show_step(NAME)
        self._ask(_sends_mail, profile).success(self._on_told).run()

    @property
    def step(self) -> int:
        """NAME, CODE or NO_MAIL."""
        return self._step

    @property
    def is_busy(self) -> bool:
        """Whether the server is being asked."""
        return self._running is not None

    @property
    def advice(self) -> str:
        """What the dialog says at this step."""
        return self._advice.text()

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[5 * theme.GRID] * 4)
        layout.setSpacing(3 * theme.GRID)
        for widget in (self._advice, self._name, self._code, self.refusal):
            layout.addWidget(widget)
        layout.addLayout(forms.row(self.switch_button, None))
        layout.addWidget(self._busy_bar)
        layout.addStretch(1)
        layout.addLayout(forms.row(None, self.cancel_button, self.submit_button))
        self.setMinimumWidth(WIDTH)

    def retranslate(self) -> None:
        """Set the texts anew."""
        name = self.name_edit.text().strip()
        self.setWindowTitle(self.tr("Forgot the password?"))
        self._name.set_label(self.tr("&Name"))
        self._code.set_label(self.tr("&Code of the e-mail"))
        self._busy_bar.setAccessibleName(self.tr("The server is asked"))
        self.cancel_button.setText(self.tr("Close") if self._step == NO_MAIL else self.tr("Cancel"))
        self._advice.setText(
            {
                NAME: self.tr("Enter the name that you log in with. You get a code by e-mail."),
                CODE: self.tr(
                    "If the account {name} has an e-mail address, a code is on its way. It is good for 15 minutes. "
                    "Nothing there? Look into the junk folder, or ask your administrator."
                ).format(name=name),
                NO_MAIL: self.tr("This server sends no e-mail. Ask your administrator for a new password."),
            }[self._step]
        )
        self.switch_button.setText(
            self.tr("I have a c&ode already") if self._step == NAME else self.tr("Send &another code")
        )
        self.submit_button.setText(self.tr("&Send the code") if self._step == NAME else self.tr("C&ontinue"))

    def _show_step(self, step: int) -> None:
        self._step = step
        self._name.setVisible(step == NAME)
        self._code.setVisible(step == CODE)
        for button in (self.switch_button, self.submit_button):
            button.setVisible(step != NO_MAIL)
        self.refusal.show_sentence("")
        self.retranslate()
        self._set_busy(self._running is not None)
        {NAME: self.name_edit, CODE: self.code_edit, NO_MAIL: self.cancel_button}[step].setFocus()

    # What the person does

    @Slot()
    def _submit(self) -> None:
        if self._running is not None or not self._has_name():
            return
        if self._step == NAME:
            self._request()
        elif not self.code_edit.text().strip():
            self._refuse(self.tr("Enter the code."), self.code_edit)
        else:
            self._ask(_begin, self._profile, self._typed_name(), self.code_edit.text()).success(self._on_proved).run()

    @Slot()
    def _switch(self) -> None:
        if self._step == CODE:
            self._show_step(NAME)
        elif self._has_name():
            self._show_step(CODE)

    def _request(self) -> None:
        self._ask(_request, self._profile, self._typed_name()).success(self._on_requested).run()

    def _typed_name(self) -> str:
        return self.name_edit.text().strip()

    def _has_name(self) -> bool:
        if not self._typed_name():
            self._refuse(self.tr("Enter your name."), self.name_edit)
        return bool(self._typed_name())

    def _refuse(self, sentence: str, edit: QLineEdit) -> None:
        self.refusal.show_sentence(sentence)
        edit.setFocus()

    # What the server answers

    def _ask(self, function: Callable[..., Any], *values: object) -> Operation[Any]:
        self._running = Query(function, *values).finished(self._on_finished).failure(self._on_refused).quiet()
        self.refusal.show_sentence("")
        self._set_busy(True)
        return self._running

    def _on_finished(self) -> None:
        self._running = None
        self._set_busy(False)
        (self.code_edit if self._step == CODE else self.name_edit).setFocus()

    def _on_told(self, sends_mail: bool) -> None:
        if not sends_mail:
            self._show_step(NO_MAIL)

    def _on_requested(self, _nothing: None) -> None:
        self.code_edit.clear()
        self._show_step(CODE)

    def _on_proved(self, login: Login) -> None:
        self.proved.emit(login)
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error):
            errors.show(error, self)
        elif getattr(error, "code", "") == NOBODY_MAILS:
            self._show_step(NO_MAIL)
        else:
            self.refusal.show_error(error)
            edit = self.code_edit if self._step == CODE else self.name_edit
            edit.selectAll()
            edit.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self._name, self._code, self.switch_button, self.submit_button):
            widget.setEnabled(not busy)
        self._busy_bar.setVisible(busy)

    def done(self, result: int) -> None:
        """Override QDialog.done: what is under way is stopped."""
        if self._running is not None:
            self._running.cancel()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _sends_mail(profile: Profile) -> bool:
    from erp_desktop.services import auth

    return auth.server_info(profile).sends_mail


def _request(profile: Profile, name: str) -> None:
    from erp_desktop.services import auth

    auth.request_reset(profile, name)


def _begin(profile: Profile, name: str, code: str) -> Login:
    from erp_desktop.services import auth

    return auth.begin_reset(profile, name, code)
