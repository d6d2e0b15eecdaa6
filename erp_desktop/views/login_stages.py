"""What a login asks for after the password: a code, setting codes up, keeping recovery codes, a new password."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from erp_desktop.models.operations import Command, Operation, Query
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.code_edit import CodeEdit
from erp_desktop.views.widgets.dialog import centred
from erp_desktop.views.widgets.new_password import NewPassword
from erp_desktop.views.widgets.qr_code import QrCode, modules_of
from erp_desktop.views.widgets.recovery_codes import RecoveryCodes
from erp_desktop.views.widgets.refusal import RefusalBox

if TYPE_CHECKING:
    from erp_desktop.services.auth import Enrolment, Login, Session

NARROW, WIDE = 340, 500
TRY_AGAIN = frozenset({"UA121", "UA122", "UV106", "UV121", "UV122", "UV123", "UV124"})
"""Refusals after which the same stage may be tried again; after any other of the gate's the login begins anew."""


class StagePage(QWidget):
    """One stage: heading, advice, what is asked for, the refusal, and the buttons.

    Signals:
        submitted(text): the person gave what the stage asks for.
        back_wanted(): she wants to begin anew.
    """

    submitted = Signal(str)
    back_wanted = Signal()

    def __init__(self, width: int) -> None:
        super().__init__()
        self.setFixedWidth(width)
        self.heading = forms.text_label("title")
        self.advice = forms.text_label("muted", wrap=True)
        self.refusal = RefusalBox()
        self.submit_button = forms.button("primary")
        self.submit_button.setMinimumHeight(38)
        self.back_button = forms.button("link")
        self.back_button.clicked.connect(self.back_wanted)
        self._busy_bar = QProgressBar(textVisible=False)
        self._busy_bar.setRange(0, 0)
        self._busy_bar.hide()
        self.inner = QVBoxLayout()
        self.inner.setSpacing(3 * theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.advice)
        layout.addLayout(self.inner)
        layout.addWidget(self.refusal)
        layout.addWidget(self.submit_button)
        layout.addWidget(self._busy_bar)
        layout.addLayout(forms.row(None, self.back_button, None))

    def refuse(self, error: Exception) -> None:
        """Say why not, and put the keyboard where it can be mended."""
        self.refusal.show_error(error)

    def set_busy(self, busy: bool) -> None:
        """Keep the input as it is while the server is asked."""
        for widget in (*self.inputs(), self.submit_button):
            widget.setEnabled(not busy)
        self._busy_bar.setVisible(busy)

    def inputs(self) -> tuple[QWidget, ...]:
        """What the person types into."""
        return ()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.back_button.setText(self.tr("&Back"))
        self._busy_bar.setAccessibleName(self.tr("The server is asked"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class CodePage(StagePage):
    """Asks for the code of the authenticator program, or for a recovery code."""

    def __init__(self) -> None:
        super().__init__(NARROW)
        self.code_edit = CodeEdit()
        self.code = forms.Field(self.code_edit)
        self.recovery_edit = QLineEdit()
        self.recovery_edit.setPlaceholderText("xxxx-xxxx-xxxx")
        self.recovery = forms.Field(self.recovery_edit)
        self.switch_button = forms.button("link")
        self.inner.addWidget(self.code)
        self.inner.addWidget(self.recovery)
        self.inner.addLayout(forms.row(self.switch_button, None))
        self.code_edit.completed.connect(self._submit)
        self.code_edit.returnPressed.connect(self._submit)
        self.recovery_edit.returnPressed.connect(self._submit)
        self.submit_button.clicked.connect(self._submit)
        self.switch_button.clicked.connect(lambda: self._use_recovery(self.recovery.isHidden()))
        for edit in (self.code_edit, self.recovery_edit):
            edit.textEdited.connect(lambda: self.refusal.show_sentence(""))
        self._use_recovery(False)

    def start(self) -> None:
        """Empty the page."""
        self.code_edit.clear()
        self.recovery_edit.clear()
        self._use_recovery(False)

    def refuse(self, error: Exception) -> None:
        """Override StagePage.refuse."""
        super().refuse(error)
        edit = self.recovery_edit if self.code.isHidden() else self.code_edit
        edit.selectAll()
        edit.setFocus()

    def inputs(self) -> tuple[QWidget, ...]:
        """Override StagePage.inputs."""
        return self.code, self.recovery, self.switch_button

    def retranslate(self) -> None:
        """Override StagePage.retranslate."""
        super().retranslate()
        self.heading.setText(self.tr("Enter your code"))
        by_code = not self.code.isHidden()
        self.advice.setText(
            self.tr("Your authenticator program shows six digits for Tenon that change every half minute.")
            if by_code
            else self.tr("Enter one of the recovery codes that you kept. Each is good once.")
        )
        self.code.set_label(self.tr("&Code"))
        self.recovery.set_label(self.tr("Recovery &code"))
        self.switch_button.setText(
            self.tr("Phone not at hand? Use a &recovery code") if by_code else self.tr("Use the code of the &phone")
        )
        self.submit_button.setText(self.tr("Log &in"))

    def _use_recovery(self, wanted: bool) -> None:
        self.recovery.setVisible(wanted)
        self.code.setVisible(not wanted)
        self.refusal.show_sentence("")
        self.retranslate()
        (self.recovery_edit if wanted else self.code_edit).setFocus()

    @Slot()
    def _submit(self) -> None:
        typed = (self.recovery_edit if self.code.isHidden() else self.code_edit).text().strip()
        if typed:
            self.submitted.emit(typed)
        else:
            self.refusal.show_sentence(self.tr("Enter the code."))


class EnrolPage(StagePage):
    """Shows the secret of a new authenticator once, as a picture and as text, and asks for its first code."""

    def __init__(self) -> None:
        super().__init__(WIDE)
        self._needed = True
        self.picture = QrCode()
        self.key_edit = QLineEdit(readOnly=True)
        self.key = forms.Field(self.key_edit)
        self.copy_button = forms.tool_button("copy")
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.key_edit.text()))
        self.code_edit = CodeEdit()
        self.code = forms.Field(self.code_edit)
        self._hint = forms.text_label("small", wrap=True)
        key_row = forms.row()
        key_row.addWidget(self.key, 1)
        key_row.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignBottom)
        beside = forms.column(self._hint, None, self.code)
        both = forms.row(spacing=5 * theme.GRID)
        both.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(beside, 1)
        self.inner.addLayout(both)
        self.inner.addLayout(key_row)
        self.code_edit.completed.connect(self.submitted)
        self.code_edit.returnPressed.connect(self._submit)
        self.code_edit.textEdited.connect(lambda: self.refusal.show_sentence(""))
        self.submit_button.clicked.connect(self._submit)
        self.retranslate()

    def start(self, needed: bool) -> None:
        """Empty the page; `needed`: a role demands codes."""
        self._needed = needed
        self.refusal.show_sentence("")
        self.picture.show_modules(())
        self.key_edit.clear()
        self.code_edit.clear()
        self.retranslate()

    def show_enrolment(self, enrolment: Enrolment, modules: tuple[tuple[bool, ...], ...]) -> None:
        """Show the secret that the server made."""
        self.picture.show_modules(modules)
        groups = [enrolment.secret[place : place + 4] for place in range(0, len(enrolment.secret), 4)]
        self.key_edit.setText(" ".join(groups))
        self.key_edit.setCursorPosition(0)
        self.code_edit.setFocus()

    def refuse(self, error: Exception) -> None:
        """Override StagePage.refuse."""
        super().refuse(error)
        self.code_edit.selectAll()
        self.code_edit.setFocus()

    def inputs(self) -> tuple[QWidget, ...]:
        """Override StagePage.inputs."""
        return self.key, self.copy_button, self.code

    def retranslate(self) -> None:
        """Override StagePage.retranslate."""
        super().retranslate()
        self.heading.setText(self.tr("Set up one-time codes"))
        self.advice.setText(
            self.tr("Your role needs a code beside the password. Scan the picture with an authenticator program.")
            if self._needed
            else self.tr(
                "Scan the picture with an authenticator program. From then on you log in with its code as well."
            )
        )
        self._hint.setText(
            self.tr("Any authenticator program for TOTP will do, for example Microsoft or Google Authenticator.")
        )
        self.picture.setAccessibleName(self.tr("QR code with the key"))
        self.key.set_label(self.tr("If the picture can't be scanned, type this &key"))
        forms.name_control(self.copy_button, self.tr("Copy the key"))
        self.code.set_label(self.tr("&Code that the program shows"))
        self.submit_button.setText(self.tr("Con&firm"))

    @Slot()
    def _submit(self) -> None:
        if self.code_edit.text() or not self.key_edit.text():
            self.submitted.emit(self.code_edit.text())
        else:
            self.refusal.show_sentence(self.tr("Enter the code that the program shows."))


class RenewPage(StagePage):
    """Asks for a new password in place of one that is due."""

    def __init__(self) -> None:
        super().__init__(NARROW)
        self.fields = NewPassword()
        self.caps_hint = forms.text_label("warning")
        self.caps_hint.hide()
        self._reason = ""
        self.inner.addWidget(self.fields)
        self.inner.addWidget(self.caps_hint)
        self.fields.caps_lock_seen.connect(self.caps_hint.setVisible)
        self.fields.submitted.connect(self._submit)
        self.submit_button.clicked.connect(self._submit)
        self.retranslate()

    def start(self, login: Login, old_password: str) -> None:
        """Empty the page for a login whose present password is known."""
        self._reason = login.reason
        self.refusal.show_sentence("")
        self.fields.clear()
        if login.rules is not None:
            self.fields.set_rules(login.rules.length, login.name, lambda: old_password)
        self.retranslate()
        self.fields.setFocus()

    def refuse(self, error: Exception) -> None:
        """Override StagePage.refuse."""
        super().refuse(error)
        self.fields.new_edit.selectAll()
        self.fields.setFocus()

    def inputs(self) -> tuple[QWidget, ...]:
        """Override StagePage.inputs."""
        return (self.fields,)

    def retranslate(self) -> None:
        """Override StagePage.retranslate."""
        super().retranslate()
        self.heading.setText(self.tr("Choose a new password"))
        reasons = {
            "expired": self.tr("Your password has expired."),
            "forgotten": self.tr("The code was right. From now on you log in with the new password."),
        }
        self.advice.setText(reasons.get(self._reason, self.tr("Somebody else chose the password that you have now.")))
        self.caps_hint.setText(self.tr("Caps Lock is on."))
        self.submit_button.setText(self.tr("&Set the password"))

    @Slot()
    def _submit(self) -> None:
        self.refusal.show_sentence("")
        if not self.fields.refuse_what_is_wrong():
            self.submitted.emit(self.fields.password())


class LoginStages(QStackedWidget):
    """Leads a login from stage to stage; the server is asked off the GUI thread.

    Signals:
        finished(login): nothing is due any more.
        given_up(error): the login has to begin anew: error says why, or is None if the person wants it.
        busy_changed(busy): the server is being asked, or has answered.
    """

    finished = Signal(object)
    given_up = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code_page, self.enrol_page, self.renew_page = CodePage(), EnrolPage(), RenewPage()
        self.codes_page = RecoveryCodes()
        self.codes_page.setFixedWidth(NARROW + 40)
        self.codes_page.kept.connect(self._on_kept)
        self._rooms: dict[QWidget, QWidget] = {}
        self._login: Login | None = None
        self._password = ""
        self._password_given = ""
        self._running: Operation[Any] | None = None
        for page, give in (
            (self.code_page, self._give_code),
            (self.enrol_page, self._give_first_code),
            (self.renew_page, self._give_password),
        ):
            page.submitted.connect(give)
            page.back_wanted.connect(self.give_up)
            self._add(page)
        self._add(self.codes_page)

    @property
    def password(self) -> str:
        """The password that is good now: the one of the login, or the new one."""
        return self._password

    def begin(self, login: Login, password: str) -> None:
        """Lead on a login whose password was right."""
        self._password = password
        self._reach(login)

    def enrol(self, login: Login) -> None:
        """Set up codes for a person who wants it; see `auth.open_account`."""
        self._show_enrolment(login, needed=False)

    def show_codes(self, login: Login) -> None:
        """Show recovery codes that were just made."""
        self._login = login
        self.codes_page.show_codes(login.recovery_codes, login.name)
        self._show(self.codes_page)

    def cancel(self) -> bool:
        """Stop asking the server; whether it was being asked."""
        if self._running is None:
            return False
        self._running.cancel()
        return True

    @Slot()
    def give_up(self) -> None:
        """Begin anew, because the person wants it; recovery codes are not thrown away by a slip."""
        if not self._shows(self.codes_page):
            self._end(None)

    def abandon(self) -> None:
        """The window closes: a session that is there already, while the recovery codes are shown, ends."""
        session = self._login.session if self._login is not None else None
        self.cancel()
        self.forget()
        if session is not None:
            Command(_log_out, session).quiet().run()

    def forget(self) -> None:
        """Take everything secret off the pages."""
        self._login, self._password, self._password_given = None, "", ""
        self.codes_page.forget()
        self.enrol_page.picture.show_modules(())
        self.enrol_page.key_edit.clear()
        self.renew_page.fields.clear()

    # Going on

    def _reach(self, login: Login) -> None:
        from erp_desktop.services.auth import Stage

        self._login = login
        if login.recovery_codes:
            self.show_codes(login)
        elif login.stage is Stage.CODE:
            self._show(self.code_page)
            self.code_page.start()
        elif login.stage is Stage.ENROL:
            self._show_enrolment(login, needed=True)
        elif login.stage is Stage.RENEW and not login.holds:
            self._show(self.renew_page)
            self.renew_page.start(login, self._password)
        else:
            self.finished.emit(login)

    def _show_enrolment(self, login: Login, needed: bool) -> None:
        self._login = login
        self.enrol_page.start(needed)
        self._show(self.enrol_page)
        self._ask(_enrolment, login).success(self._on_enrolment).run()

    def _on_enrolment(self, made: tuple[Enrolment, tuple[tuple[bool, ...], ...]]) -> None:
        self.enrol_page.show_enrolment(*made)

    @Slot(str)
    def _give_code(self, code: str) -> None:
        self._give(_answer_code, code)

    @Slot(str)
    def _give_first_code(self, code: str) -> None:
        if self.enrol_page.key_edit.text():
            self._give(_confirm_enrolment, code)
        elif self._running is None and self._login is not None:  # the server was away when the key was asked for
            self.enrol_page.refusal.show_sentence("")
            self._ask(_enrolment, self._login).success(self._on_enrolment).run()

    @Slot(str)
    def _give_password(self, password: str) -> None:
        self._password_given = password
        self._give(_renew_password, password)

    def _give(self, function: Callable[[Login, str], Login], given: str) -> None:
        if self._running is None and self._login is not None:
            self._ask(function, self._login, given).success(self._on_reached).run()

    def _on_reached(self, login: Login) -> None:
        if self._shows(self.renew_page):
            self._password = self._password_given
        self._reach(login)

    @Slot()
    def _on_kept(self) -> None:
        if self._login is not None:
            self._reach(replace(self._login, recovery_codes=()))

    def _ask(self, function: Callable[..., Any], *values: Any) -> Operation[Any]:
        self._set_busy(True)
        self._running = Query(function, *values).finished(self._on_finished).failure(self._on_refused).quiet()
        return self._running

    def _on_finished(self) -> None:
        self._running = None
        self._set_busy(False)

    def _on_refused(self, error: Exception) -> None:
        from erp_desktop.services.errors import LoginRefused

        page = self._page()
        if not errors.is_known(error):
            errors.show(error, self)
        elif page is not None and (getattr(error, "code", "") in TRY_AGAIN or not isinstance(error, LoginRefused)):
            page.refuse(error)
        else:
            self._end(error)

    def _end(self, error: Exception | None) -> None:
        self.cancel()
        self.forget()
        self.given_up.emit(error)

    # What is shown

    def _page(self) -> StagePage | None:
        pages = (self.code_page, self.enrol_page, self.renew_page)
        return next((page for page in pages if self._shows(page)), None)

    def _add(self, page: QWidget) -> None:
        self._rooms[page] = centred(page)
        self.addWidget(self._rooms[page])

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(self._rooms[page])
        page.setFocus()

    def _shows(self, page: QWidget) -> bool:
        return self.currentWidget() is self._rooms[page]

    def _set_busy(self, busy: bool) -> None:
        page = self._page()
        if page is not None:
            page.set_busy(busy)
        self.busy_changed.emit(busy)


def _log_out(session: Session) -> None:
    from erp_desktop.services import auth

    auth.log_out(session)


def _answer_code(login: Login, code: str) -> Login:
    from erp_desktop.services import auth

    return auth.answer_code(login, code)


def _enrolment(login: Login) -> tuple[Enrolment, tuple[tuple[bool, ...], ...]]:
    from erp_desktop.services import auth

    enrolment = auth.begin_enrolment(login)
    return enrolment, modules_of(enrolment.address)


def _confirm_enrolment(login: Login, code: str) -> Login:
    from erp_desktop.services import auth

    return auth.confirm_enrolment(login, code)


def _renew_password(login: Login, password: str) -> Login:
    from erp_desktop.services import auth

    return auth.renew_password(login, password)
