"""My account: how the person logs in, and what she changes about it after proving anew who she is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Command, Query
from erp_desktop.services import auth, sessions
from erp_desktop.services.auth import Account, Login
from erp_desktop.services.sessions import OpenSession
from erp_desktop.views import errors
from erp_desktop.views.login_stages import LoginStages
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog, room_on_screen
from erp_desktop.views.widgets.password import PasswordEdit
from erp_desktop.views.widgets.refusal import RefusalBox
from erp_desktop.views.widgets.session_rows import SessionRows

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session

WIDTH = 560
ROOM_OF_STAGES = QSize(600, 580)
OVERVIEW, PROOF, STAGES = range(3)


class AccountDialog(Dialog):
    """Password, one-time codes and sessions of the person who is logged in.

    Signals:
        password_wanted(): she wants to change her password; the dialog has closed.
    """

    password_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self._account: Account | None = None
        self._then: Callable[[Login], None] | None = None
        self.overview = _Overview(session)
        self.proof = _Proof()
        self.stages = LoginStages()
        self._stack = QStackedWidget()
        for page in (self.overview, self.proof, self.stages):
            self._stack.addWidget(page)
        self._connect_parts()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[6 * theme.GRID] * 4)
        layout.addWidget(self._stack)
        self.setMinimumWidth(WIDTH)
        self._retranslate()
        self._load()

    def _connect_parts(self) -> None:
        page = self.overview
        page.close_button.clicked.connect(self.accept)
        page.password_button.clicked.connect(self._on_password_wanted)
        page.set_up_button.clicked.connect(lambda: self._prove(self._set_up))
        page.renew_button.clicked.connect(lambda: self._prove(self._renew_codes))
        page.give_up_button.clicked.connect(lambda: self._prove(self._give_up))
        page.sessions.end_wanted.connect(self._end_session)
        page.end_others_button.clicked.connect(self._end_others)
        self.proof.back_button.clicked.connect(self._show_overview)
        self.proof.given.connect(self._on_given)
        self.stages.finished.connect(self._on_stages_finished)
        self.stages.given_up.connect(self._on_given_up)

    def reject(self) -> None:
        """Override QDialog.reject: Esc goes back to the overview first, and never throws recovery codes away."""
        if self._stack.currentIndex() == STAGES:
            if not self.stages.cancel():
                self.stages.give_up()
        elif self._stack.currentIndex() == PROOF:
            self._show_overview()
        else:
            super().reject()

    def _load(self) -> None:
        Query(auth.my_account, self._session).success(self._on_loaded).failure(self._on_not_loaded).quiet().run()
        self._load_sessions()

    def _load_sessions(self) -> None:
        Query(sessions.my_sessions, self._session).success(self.overview.show_sessions).failure(
            self._on_not_loaded
        ).owned_by(self).quiet().run()

    def _on_loaded(self, account: Account) -> None:
        self._account = account
        self.overview.show_account(account)

    def _on_not_loaded(self, error: Exception) -> None:
        self.overview.refusal.show_error(error)

    @Slot()
    def _on_password_wanted(self) -> None:
        self.accept()
        self.password_wanted.emit()

    @Slot()
    def _show_overview(self) -> None:
        self.proof.clear()
        self._stack.setCurrentIndex(OVERVIEW)
        self.resize(self.minimumSizeHint())
        self.overview.close_button.setFocus()
        self._load()

    # Sessions

    @Slot(str)
    def _end_session(self, tag: str) -> None:
        self._end(tag, "")

    @Slot()
    def _end_others(self) -> None:
        self._end("", self._session.database.tag)

    def _end(self, tag: str, but: str) -> None:
        self.overview.set_ending(True)
        Command(sessions.end_own, self._session, tag, but=but).titled(self.tr("Ending sessions")).finished(
            self._on_asked_to_end
        ).success(self._on_ended).failure(self._on_not_loaded).run()

    def _on_asked_to_end(self) -> None:
        self.overview.set_ending(False)
        self._load_sessions()

    def _on_ended(self, result: dict[str, Any]) -> None:
        bridge.success(self.tr("%n sessions ended.", "", int(result["ended"])))

    # Proving who sits here

    def _prove(self, then: Callable[[Login], None]) -> None:
        self._then = then
        self.proof.ask(with_code=self._account is not None and self._account.codes_since is not None)
        self._stack.setCurrentIndex(PROOF)
        self.proof.setFocus()

    @Slot(str, str)
    def _on_given(self, password: str, code: str) -> None:
        self.proof.set_busy(True)
        Query(auth.open_account, self._session, password, code).finished(self._on_asked).success(
            self._on_proved
        ).failure(self.proof.refuse).quiet().run()

    def _on_asked(self) -> None:
        self.proof.set_busy(False)

    def _on_proved(self, login: Login) -> None:
        self.proof.clear()
        if self._then is not None:
            self._then(login)

    # What is changed

    def _set_up(self, login: Login) -> None:
        self._make_room()
        self.stages.enrol(login)

    def _make_room(self) -> None:
        self._stack.setCurrentIndex(STAGES)
        self.resize(ROOM_OF_STAGES.boundedTo(room_on_screen(self)))

    def _renew_codes(self, login: Login) -> None:
        Command(_renew_codes, login).titled(self.tr("Making recovery codes")).success(self._on_renewed).failure(
            self._on_not_changed
        ).run()

    def _on_renewed(self, login: Login) -> None:
        self._make_room()
        self.stages.show_codes(login)

    def _give_up(self, login: Login) -> None:
        Command(auth.give_up_codes, login).titled(self.tr("Switching codes off")).success(self._on_off).failure(
            self._on_not_changed
        ).run()

    def _on_off(self, _nothing: None) -> None:
        bridge.success(self.tr("You log in with your password only from now on."))
        self._show_overview()

    def _on_not_changed(self, error: Exception) -> None:
        self._show_overview()
        self._on_not_loaded(error)

    @Slot(object)
    def _on_stages_finished(self, _login: Login) -> None:
        self.stages.forget()
        bridge.success(self.tr("Saved."))
        self._show_overview()

    @Slot(object)
    def _on_given_up(self, error: Exception | None) -> None:
        self._show_overview()
        if error is not None:
            self._on_not_loaded(error)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("My account"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QDialog.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class _Overview(QWidget):
    """What is so, and the buttons that change it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._account: Account | None = None
        self._name = forms.text_label("title")
        self._where = forms.text_label("muted", wrap=True)
        self._password_heading, self._codes_heading = forms.text_label("heading"), forms.text_label("heading")
        self._password_state, self._codes_state = forms.text_label(wrap=True), forms.text_label(wrap=True)
        self.password_button = forms.button("", "key")
        self.set_up_button = forms.button("", "lock")
        self.renew_button, self.give_up_button = forms.button(), forms.button("quiet")
        self._sessions_heading = forms.text_label("heading")
        self.sessions = SessionRows(ends=True)
        self.end_others_button = forms.button("", "logout")
        self.end_others_button.hide()
        self.close_button = forms.button("primary")
        self.close_button.setDefault(True)
        self.refusal = RefusalBox()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4 * theme.GRID)
        layout.addLayout(forms.column(self._name, self._where, spacing=theme.GRID))
        layout.addWidget(_card(self._password_heading, self._password_state, self.password_button))
        layout.addWidget(
            _card(self._codes_heading, self._codes_state, self.set_up_button, self.renew_button, self.give_up_button)
        )
        layout.addWidget(_card(self._sessions_heading, self.sessions, self.end_others_button))
        layout.addWidget(self.refusal)
        layout.addStretch(1)
        layout.addLayout(forms.row(None, self.close_button))
        self.setFocusProxy(self.close_button)
        self.retranslate()

    def show_account(self, account: Account) -> None:
        """Show what the server told."""
        self._account = account
        self.refusal.show_sentence("")
        self.retranslate()

    def show_sessions(self, found: Sequence[OpenSession]) -> None:
        """Show from where the person is logged in."""
        self.sessions.show_sessions(found)
        self.end_others_button.setVisible(len(found) > 1)

    def set_ending(self, ending: bool) -> None:
        """Take no orders while sessions are being ended."""
        self.sessions.set_busy(ending)
        self.end_others_button.setEnabled(not ending)

    def retranslate(self) -> None:
        """Set the texts anew."""
        session, account = self._session, self._account
        self._name.setText(spoken(session.display_name, session.display_name_en))
        self._where.setText(
            self.tr("{login} at {server}").format(login=session.login, server=session.database.profile.name)
        )
        self._password_heading.setText(self.tr("Password"))
        self._codes_heading.setText(self.tr("One-time codes"))
        self._sessions_heading.setText(self.tr("Where you are logged in"))
        self.end_others_button.setText(self.tr("&End all others"))
        self._password_state.setText(self._said_of_password(account) if account else self.tr("Loading…"))
        self._codes_state.setText(self._said_of_codes(account) if account else self.tr("Loading…"))
        has_codes = account is not None and account.codes_since is not None
        self.password_button.setText(self.tr("Change &password…"))
        self.set_up_button.setText(self.tr("Another p&hone…") if has_codes else self.tr("&Set up…"))
        self.renew_button.setText(self.tr("New &recovery codes…"))
        self.give_up_button.setText(self.tr("Switch &off…"))
        self.close_button.setText(self.tr("C&lose"))
        self.set_up_button.setEnabled(account is not None)
        self.renew_button.setVisible(has_codes)
        self.give_up_button.setVisible(has_codes and account is not None and not account.codes_needed)

    def _said_of_password(self, account: Account) -> str:
        changed = self.tr("Changed on {date}.").format(date=_day(account.password_changed_at))
        if account.password_until is None:
            return changed
        due = self.tr("A new one is due on {date}.").format(date=_day(account.password_until))
        return f"{changed} {due}"

    def _said_of_codes(self, account: Account) -> str:
        if account.codes_since is None:
            return self.tr("You log in with your password only. With a code from your phone nobody else can use it.")
        parts = [
            self.tr("On since {date}.").format(date=_day(account.codes_since)),
            self.tr("Recovery codes left: {count}.").format(count=account.recovery_codes_left),
        ]
        if account.codes_needed:
            parts.append(self.tr("Your role needs them."))
        return " ".join(parts)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Proof(QWidget):
    """Asks for the password, and for a code where the person has set codes up.

    Signals:
        given(password, code): everything is filled in; the code is empty where none is needed.
    """

    given = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._heading = forms.text_label("title")
        self._advice = forms.text_label("muted", wrap=True)
        self.password_edit, self.code_edit = PasswordEdit(), QLineEdit()
        self.password, self.code = forms.Field(self.password_edit), forms.Field(self.code_edit)
        self.back_button = forms.button()
        self.go_on_button: QPushButton = forms.button("primary")
        self.go_on_button.clicked.connect(self._on_go_on)
        self.setFocusProxy(self.password_edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.GRID)
        for widget in (self._heading, self._advice, self.password, self.code):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(forms.row(None, self.back_button, self.go_on_button))
        for edit, field in ((self.password_edit, self.password), (self.code_edit, self.code)):
            edit.textEdited.connect(field.clear_refusal)
            edit.returnPressed.connect(self._on_go_on)
        self.retranslate()

    def ask(self, with_code: bool) -> None:
        """Empty the fields for the next proof."""
        self.clear()
        self.code.setVisible(with_code)

    def clear(self) -> None:
        """Forget what was typed."""
        for edit, field in ((self.password_edit, self.password), (self.code_edit, self.code)):
            edit.clear()
            field.clear_refusal()
        self.password_edit.hide_again()

    def set_busy(self, busy: bool) -> None:
        """Keep the input as it is while the server is asked."""
        for widget in (self.password, self.code, self.back_button, self.go_on_button):
            widget.setEnabled(not busy)

    def refuse(self, error: Exception) -> None:
        """Say at its field why the proof was not taken."""
        if not errors.is_known(error):
            errors.show(error, self)
            return
        code = getattr(error, "code", "")
        if code == "UA123":  # set up elsewhere since the dialog was opened
            self.code.show()
        field = self.code if code in ("UA121", "UA122", "UA123") else self.password
        field.refuse(errors.sentence(error))
        field.setFocus()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(self.tr("Confirm that it is you"))
        self._advice.setText(self.tr("Who finds your desk unattended must not be able to change how you log in."))
        self.password.set_label(self.tr("Pass&word"))
        self.code.set_label(self.tr("&Code of the phone, or a recovery code"))
        self.back_button.setText(self.tr("&Back"))
        self.go_on_button.setText(self.tr("&Go on"))

    @Slot()
    def _on_go_on(self) -> None:
        if not self.password_edit.text():
            self.password.refuse(self.tr("Enter your password."))
            self.password.setFocus()
        elif not self.code.isHidden() and not self.code_edit.text().strip():
            self.code.refuse(self.tr("Enter the code."))
            self.code.setFocus()
        else:
            self.given.emit(self.password_edit.text(), self.code_edit.text().strip())

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _card(heading: QWidget, state: QWidget, *buttons: QPushButton) -> QWidget:
    made = forms.card()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID)
    layout.setSpacing(2 * theme.GRID)
    layout.addWidget(heading)
    layout.addWidget(state)
    layout.addLayout(forms.row(*buttons, None))
    return made


def _day(moment: dt.datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d}"


def _renew_codes(login: Login) -> Login:
    return replace(login, recovery_codes=auth.renew_recovery_codes(login))
