"""The first window: which server, who, with which password; in the demo one click on a person instead."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QFont,
    QKeyEvent,
    QKeySequence,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import i18n, settings
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Operation, Query
from erp_desktop.resources import resource_path
from erp_desktop.services import clock
from erp_desktop.services.errors import ConnectionLost, ErpError, KnownError, ServerBusy, VersionMismatch
from erp_desktop.views import errors, jobs
from erp_desktop.views.forgotten_password import ForgottenPassword
from erp_desktop.views.login_stages import LoginStages
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.dialog import centred, room_on_screen
from erp_desktop.views.widgets.password import PasswordEdit
from erp_desktop.views.widgets.refusal import RefusalBox

if TYPE_CHECKING:
    from erp_desktop.services.auth import Login
    from erp_desktop.services.db import Profile
    from erp_desktop.services.errors import KeyringUnavailable
    from erp_desktop.services.profiles import Profiles

log = logging.getLogger(__name__)

FORM, CARDS, STAGES = range(3)
"""The sides of the window."""

WRONG_PASSWORD = "UA101"
FORGOTTEN = "UX104"
FEW_CODES = 3
SOON = dt.timedelta(days=7)
BRAND_WIDTH = 348
FORM_WIDTH = 340
CARDS_IN_A_ROW = 3
ARROWS: dict[int, int] = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: CARDS_IN_A_ROW,
    Qt.Key.Key_Up: -CARDS_IN_A_ROW,
}
"""How many cards each arrow goes on."""


class Persona(Protocol):
    """Somebody of the demo company, whose password is no secret; `job_role` is a role without `erp_job_`, or empty."""

    @property
    def login(self) -> str: ...

    @property
    def password(self) -> str: ...

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...

    @property
    def job_role(self) -> str: ...


JOB_ICONS = {
    "sales_clerk": "orders",
    "sales_manager": "approvals",
    "warehouse_keeper": "stock",
    "planner": "plan",
    "shop_floor_worker": "factory",
    "buyer": "cart",
    "finance": "ledger",
    "after_sales": "customers",
    "executive": "chart",
    "administrator": "settings",
}


@dataclass(frozen=True)
class Attempt:
    """What the person entered."""

    profile: Profile
    login: str
    password: str


class LoginWindow(QWidget):
    """Logs one person in.

    Refusals stand in the form, with what helps; what was typed stays. The network and the keyring are asked off the
    GUI thread.

    Signals:
        logged_in(session): the server let the person in; the window is still open.
        servers_changed(profiles): the person changed the servers of this computer.
    """

    logged_in = Signal(object)
    servers_changed = Signal(object)

    def __init__(self, profiles: Sequence[Profile], personas: Sequence[Persona] = ()) -> None:
        """Offer `profiles`; with `personas` (the demo) their cards come first, all at the first profile."""
        super().__init__()
        self.setProperty("role", "page")
        self.form = LoginForm(profiles, own_servers=not personas)
        self.form.submitted.connect(self._log_in)
        self.form.forgotten.connect(self._help_who_forgot)
        self.form.cancel_button.clicked.connect(self._cancel)
        self.form.servers_button.clicked.connect(self._open_servers)
        self.form.check_button.clicked.connect(self._check_connection)
        self.cards = PersonaCards(personas)
        self.cards.chosen.connect(self._log_in_persona)
        self.stages = LoginStages()
        self.stages.finished.connect(self._on_nothing_due)
        self.stages.given_up.connect(self._begin_anew)
        self.stages.busy_changed.connect(self._set_busy)
        self._profiles = list(profiles)
        self._password = ""
        self._running: Operation[Login] | None = None
        self._start = 1 if personas else 0
        self._switch = forms.button("link")
        self._switch.clicked.connect(self._switch_side)
        self._switch.setVisible(bool(personas))
        self._stack = QStackedWidget()
        self._stack.addWidget(centred(self.form))
        self._stack.addWidget(self.cards)
        self._stack.addWidget(self.stages)
        self._stack.setCurrentIndex(self._start)
        self._build_layout()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._cancel)
        bridge.attach()
        bridge.failed.connect(self._show_error)
        self.resize(QSize(1000, 640).boundedTo(room_on_screen(self)))
        self.retranslate()
        self.form.recall()

    def retranslate(self) -> None:
        """Set the texts anew."""
        self.setWindowTitle(self.tr("Tenon: log in"))
        at_cards = self._stack.currentIndex() == CARDS
        self._switch.setText(self.tr("Log in with &name and password") if at_cards else self.tr("&People of the demo"))
        for button, (code, name) in zip(self._languages, i18n.LANGUAGES.items(), strict=True):
            button.setText(name)
            button.setChecked(code == i18n.language())
        self._show_theme()

    def _build_layout(self) -> None:
        self._languages = []
        for code in i18n.LANGUAGES:
            button = forms.button("quiet")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, code=code: self._choose_language(code))
            self._languages.append(button)
        self._theme = forms.tool_button("moon", self)
        self._theme.clicked.connect(self._switch_theme)
        theme.state.switched.connect(self._show_theme)
        right = QVBoxLayout()
        right.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 4 * theme.GRID)
        right.addLayout(forms.row(None, *self._languages, self._theme, spacing=theme.GRID))
        right.addWidget(self._stack, 1)
        right.addLayout(forms.row(None, self._switch, None))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._brand = _Brand()
        whole.addWidget(self._brand)
        whole.addLayout(right, 1)

    @Slot(object)
    def _log_in(self, attempt: Attempt) -> None:
        if self._running is not None:
            return
        self._set_busy(True)
        self.form.refuse("")
        self.cards.clear_refusal()
        self._password = attempt.password
        self._running = (
            Query(_begin, attempt)
            .finished(self._on_finished)
            .success(self._on_proved)
            .failure(self._on_refused)
            .quiet()
            .run()
        )

    @Slot(object)
    def _log_in_persona(self, persona: Persona) -> None:
        self._log_in(Attempt(self._profiles[0], persona.login, persona.password))

    @Slot(object, str)
    def _help_who_forgot(self, profile: Profile, name: str) -> None:
        dialog = ForgottenPassword(profile, name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.proved.connect(self._on_mailed_code)
        dialog.open()

    @Slot(object)
    def _on_mailed_code(self, login: Login) -> None:
        """The code of an e-mail was right; what is due now ends with a new password."""
        self.form.login_edit.setText(login.name)
        self.form.refuse("")
        self._password = ""
        self._on_proved(login)

    def _on_finished(self) -> None:
        self._running = None
        self._set_busy(False)

    def _on_proved(self, login: Login) -> None:
        """The password was right; lead on through what is due beside it."""
        self._start = self._stack.currentIndex()
        if login.session is None:
            self._stack.setCurrentIndex(STAGES)
            self._switch.hide()
        self.stages.begin(login, self._password)
        self._password = ""

    @Slot(object)
    def _on_nothing_due(self, login: Login) -> None:
        if self._start == FORM:
            self.form.remember(self.stages.password)
        self.stages.forget()
        bridge.detach()
        self._warn(login)
        self.logged_in.emit(login.session)

    def _warn(self, login: Login) -> None:
        """Say in the main window what will keep the person out some day."""
        left, until = login.recovery_codes_left, login.password_until
        if left is not None and left <= FEW_CODES:
            bridge.warning(self.tr("Recovery codes left: {count}. Make new ones in “My account”.").format(count=left))
        if until is not None and until - clock.now() < SOON:
            day = f"{until.astimezone():%Y-%m-%d}"
            bridge.warning(self.tr("Your password ends on {date}. Change it before then.").format(date=day))

    @Slot(object)
    def _begin_anew(self, error: Exception | None) -> None:
        """Come back from the stages to the form or the cards."""
        self._stack.setCurrentIndex(self._start)
        self._switch.setVisible(bool(self.cards.cards()))
        self.form.password_edit.clear()
        if error is not None:
            self._on_refused(error)
        (self.form.password_edit if self._start == FORM else self.cards).setFocus()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error):
            errors.show(error, self)
            return
        log.info("login refused: %s", error)
        if self._stack.currentIndex() == FORM:
            self.form.show_refusal(error)
        else:
            self.cards.refuse(error)

    @Slot(bool)
    def _set_busy(self, busy: bool) -> None:
        self.form.set_busy(busy)
        self.cards.setEnabled(not busy)
        self._switch.setEnabled(not busy)

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
        elif self._stack.currentIndex() == STAGES and not self.stages.cancel():
            self.stages.give_up()

    @Slot()
    def _switch_side(self) -> None:
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        self.retranslate()
        (self.form if self._stack.currentIndex() == 0 else self.cards).setFocus()

    @Slot()
    def _open_servers(self) -> None:
        from erp_desktop.views.servers_dialog import ServersDialog

        profile = self.form.profile()
        dialog = ServersDialog(profile.name if profile is not None else "", self)
        dialog.saved.connect(self._on_servers_saved)
        dialog.open()

    @Slot(object, str)
    def _on_servers_saved(self, known: Profiles, chosen: str) -> None:
        self._profiles = known.ordered()
        self.form.offer(self._profiles, chosen)
        self.servers_changed.emit(list(self._profiles))

    @Slot()
    def _check_connection(self) -> None:
        from erp_desktop.views.connection_check import ConnectionCheck

        profile = self.form.profile()
        if profile is not None:
            ConnectionCheck(profile, self).open()

    def _choose_language(self, code: str) -> None:
        settings.write(settings.LANGUAGE, code)
        i18n.set_language(code)
        self.retranslate()

    @Slot()
    def _switch_theme(self) -> None:
        application = QApplication.instance()
        dark = not theme.tokens().dark
        settings.write(settings.THEME, "dark" if dark else "light")
        if isinstance(application, QApplication):
            theme.apply(application, dark)

    @Slot()
    def _show_theme(self) -> None:
        dark = theme.tokens().dark
        self._theme.setIcon(icons.icon("sun" if dark else "moon"))
        forms.name_control(self._theme, self.tr("Light colours") if dark else self.tr("Dark colours"))

    @Slot(object)
    def _show_error(self, error: BaseException) -> None:
        errors.show(error, self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QWidget.closeEvent: who leaves at the recovery codes has a session already."""
        self.stages.abandon()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent: on a small screen the form needs the room of the picture."""
        super().resizeEvent(event)
        self._brand.setVisible(event.size().width() >= BRAND_WIDTH + 1.5 * FORM_WIDTH)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class LoginForm(QWidget):
    """Server, name, password, and whether to remember it.

    Signals:
        submitted(attempt): the person pressed "Log in" with everything filled.
        forgotten(profile, name): she forgot her password of that server.
    """

    submitted = Signal(object)
    forgotten = Signal(object, str)

    def __init__(self, profiles: Sequence[Profile], own_servers: bool = True) -> None:
        """Offer `profiles`; with `own_servers` they are those of this computer, and the person may change them."""
        super().__init__()
        self._profiles = list(profiles)
        self._own_servers = own_servers
        self._recalled = ""
        self._name_asked_for = ""
        self._heading = forms.text_label("title")
        self._welcome = forms.text_label("muted", wrap=True)
        self._server_box = QComboBox()
        self._server = forms.Field(self._server_box)
        self.servers_button = forms.button("link")
        self.login_edit = QLineEdit()
        self.login_edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, True)
        self._login = forms.Field(self.login_edit)
        self.password_edit = PasswordEdit()
        self._password = forms.Field(self.password_edit)
        self.caps_hint = forms.text_label("warning")
        self.caps_hint.hide()
        self.remember_box = QCheckBox()
        self._refusal = RefusalBox()
        self.check_button = forms.button("link")
        self.check_button.hide()
        self._busy_bar = QProgressBar(textVisible=False)
        self._busy_bar.setRange(0, 0)
        self.cancel_button = forms.button("link")
        self._submit = forms.button("primary")
        self._submit.setMinimumHeight(38)
        self.forgot_button = forms.button("link")
        self.setFixedWidth(FORM_WIDTH)
        self._build_layout()
        self._connect_parts()
        self.set_busy(False)
        self.retranslate()

    def recall(self) -> None:
        """Fill in the server and name used last, ask the keyring for the password, put the keyboard where it lacks."""
        self._list_servers(settings.read(settings.PROFILE))
        self.login_edit.setText(settings.read(settings.LOGIN))
        self.remember_box.setChecked(settings.read(settings.REMEMBER))
        (self.password_edit if self.login_edit.text() else self.login_edit).setFocus()
        self._recall_password()

    def offer(self, profiles: Sequence[Profile], chosen: str) -> None:
        """Offer other servers; `chosen` is the name of the one to stand there."""
        self._profiles = list(profiles)
        self._list_servers(chosen)
        self.refuse("")
        self._recall_password()

    @Slot()
    def _recall_password(self) -> None:
        """Ask the keyring for the password of the server and the name that stand there now."""
        if self._recalled and self.password_edit.text() == self._recalled:  # it is that of another account
            self.password_edit.clear()
        self._recalled = ""
        profile, login = self.profile(), self.login_edit.text().strip()
        self._name_asked_for = login
        if self.remember_box.isChecked() and login and profile is not None:
            Query(_recall_password, profile, login).success(partial(self._on_recalled, profile, login)).quiet().run()

    def remember(self, good_password: str) -> None:
        """Keep what was entered for the next time; the password only if the person wants it."""
        profile = self.profile()
        if profile is None:
            return
        settings.write(settings.PROFILE, profile.name)
        settings.write(settings.LOGIN, self.login_edit.text().strip())
        settings.write(settings.REMEMBER, self.remember_box.isChecked())
        password = good_password if self.remember_box.isChecked() else None
        Query(_keep_password, profile, self.login_edit.text().strip(), password).success(_say_problem).quiet().run()

    def refuse(self, sentence: str) -> None:
        """Say above the button why the person can't come in; empty takes it away."""
        self._refusal.show_sentence(sentence)
        self.check_button.hide()

    def show_refusal(self, error: Exception) -> None:
        """Say why, offer the check where there is one, and put the keyboard where it can be mended.

        A remembered password that was refused is forgotten: tried again and again it would lock the account.
        """
        profile, login = self.profile(), self.login_edit.text().strip()
        is_wrong = isinstance(error, ErpError) and error.code == WRONG_PASSWORD
        if is_wrong and profile is not None and self._recalled and self.password_edit.text() == self._recalled:
            Query(_forget_password, profile, login, self._recalled).quiet().run()
            self._recalled = ""
            self.password_edit.clear()
            error = KnownError(FORGOTTEN)
        self._refusal.show_error(error)
        self.check_button.setVisible(_is_of_connection(error))
        self.password_edit.hide_again()
        self.password_edit.selectAll()
        self.password_edit.setFocus()

    @property
    def refusal(self) -> str:
        """The refusal that stands in the form, empty if there is none."""
        return self._refusal.sentence

    def set_busy(self, busy: bool) -> None:
        """Keep the input as it is while the server is asked."""
        inputs = (self._server, self.servers_button, self._login, self._password, self.remember_box)
        for widget in (*inputs, self._submit, self.check_button):
            widget.setEnabled(not busy)
        self._busy_bar.setVisible(busy)
        self.forgot_button.setVisible(not busy)
        self.cancel_button.setVisible(busy)
        self._submit.setText(self.tr("Logging in…") if busy else self.tr("Log &in"))

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(self.tr("Log in"))
        self._welcome.setText(self.tr("Use the name and the password that your administrator gave you."))
        self._server.set_label(self.tr("&Server"))
        self.servers_button.setText(self.tr("S&ervers…"))
        self.check_button.setText(self.tr("&Check the connection…"))
        self.cancel_button.setText(self.tr("Cancel"))
        self._login.set_label(self.tr("&Name"))
        self._password.set_label(self.tr("Pass&word"))
        self.caps_hint.setText(self.tr("Caps Lock is on."))
        self.remember_box.setText(self.tr("&Remember me on this computer"))
        self._busy_bar.setAccessibleName(self.tr("Logging in"))
        self._submit.setText(self.tr("Log &in"))
        self.forgot_button.setText(self.tr("&Forgot the password?"))

    def _build_layout(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._heading)
        layout.addWidget(self._welcome)
        layout.addSpacing(theme.GRID)
        server = forms.row()
        server.addWidget(self._server, 1)
        beside = forms.column(None, self.servers_button)
        beside.setContentsMargins(0, 0, 0, theme.GRID)
        server.addLayout(beside)
        layout.addLayout(server)
        for widget in (self._login, self._password, self.caps_hint, self.remember_box):
            layout.addWidget(widget)
        layout.addWidget(self._refusal)
        layout.addLayout(forms.row(self.check_button, None))
        layout.addWidget(self._submit)
        layout.addWidget(self._busy_bar)
        layout.addLayout(forms.row(None, self.forgot_button, self.cancel_button, None))

    def _connect_parts(self) -> None:
        self.forgot_button.clicked.connect(self._on_forgotten)
        self.password_edit.caps_lock_seen.connect(self.caps_hint.setVisible)
        self._submit.clicked.connect(self._on_submit)
        self._server_box.activated.connect(self._recall_password)
        self.login_edit.editingFinished.connect(self._on_name_left)
        for edit in (self.login_edit, self.password_edit):
            edit.returnPressed.connect(self._on_submit)
            edit.textEdited.connect(lambda: self.refuse(""))

    def _list_servers(self, chosen: str) -> None:
        self._server_box.clear()
        for profile in self._profiles:
            self._server_box.addItem(profile.name)
        self._server_box.setCurrentIndex(max(0, self._server_box.findText(chosen)))
        self._server.setVisible(self._own_servers or len(self._profiles) != 1)
        self.servers_button.setVisible(self._own_servers)

    def profile(self) -> Profile | None:
        """The server that is chosen, None where none is known."""
        place = self._server_box.currentIndex()
        return self._profiles[place] if 0 <= place < len(self._profiles) else None

    @Slot()
    def _on_forgotten(self) -> None:
        profile = self.profile()
        if profile is None:
            self._refuse_without_server()
        else:
            self.forgotten.emit(profile, self.login_edit.text().strip())

    def _refuse_without_server(self) -> None:
        self.refuse(self.tr("Choose “Servers…” and enter your server, or take over the file servers.toml there."))
        self.servers_button.setFocus()

    @Slot()
    def _on_submit(self) -> None:
        profile = self.profile()
        if profile is None:
            self._refuse_without_server()
        elif not self.login_edit.text().strip():
            self.refuse(self.tr("Enter your name."))
            self.login_edit.setFocus()
        elif not self.password_edit.text():
            self.refuse(self.tr("Enter your password."))
            self.password_edit.setFocus()
        else:
            self.submitted.emit(Attempt(profile, self.login_edit.text().strip(), self.password_edit.text()))

    @Slot()
    def _on_name_left(self) -> None:
        """Somebody else's name stands there: her password belongs to it, if it is remembered."""
        if self._login.isEnabled() and self.login_edit.text().strip() != self._name_asked_for:
            self._recall_password()

    def _on_recalled(self, profile: Profile, login: str, answer: tuple[str | None, KeyringUnavailable | None]) -> None:
        password, problem = answer
        if (profile, login) != (self.profile(), self.login_edit.text().strip()):
            return
        if problem is not None:
            self.remember_box.setChecked(False)
            self.refuse(errors.sentence(problem))
        elif password and not self.password_edit.text():
            self._recalled = password
            self.password_edit.setText(password)
            self._submit.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class PersonaCards(QScrollArea):
    """The people of the demo company; one click or Enter is a login.

    Signals:
        chosen(persona): log in as this person.
    """

    chosen = Signal(object)

    def __init__(self, personas: Sequence[Persona]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heading = forms.text_label("title")
        self._advice = forms.text_label("muted", wrap=True)
        self._refusal = RefusalBox()
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(4 * theme.GRID, 0, 4 * theme.GRID, 0)
        layout.setSpacing(2 * theme.GRID)
        for widget in (self._heading, self._advice, self._refusal):
            layout.addWidget(widget)
        layout.addSpacing(theme.GRID)
        grid = QGridLayout()
        grid.setSpacing(3 * theme.GRID)
        self._cards = [PersonaCard(persona) for persona in personas]
        for place, card in enumerate(self._cards):
            card.clicked.connect(lambda _checked=False, card=card: self.chosen.emit(card.persona))
            grid.addWidget(card, place // CARDS_IN_A_ROW, place % CARDS_IN_A_ROW)
        for column in range(CARDS_IN_A_ROW):
            grid.setColumnStretch(column, 1)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.setWidget(inner)
        if self._cards:
            self.setFocusProxy(self._cards[0])
        self.retranslate()

    def cards(self) -> list[PersonaCard]:
        """The cards in their order."""
        return list(self._cards)

    @property
    def refusal(self) -> str:
        """The refusal that stands over the cards, empty if there is none."""
        return self._refusal.sentence

    def refuse(self, error: Exception) -> None:
        """Say above the cards why the person can't come in."""
        self._refusal.show_error(error)

    def clear_refusal(self) -> None:
        """Take the refusal away."""
        self._refusal.show_sentence("")

    def retranslate(self) -> None:
        """Set the texts anew."""
        self._heading.setText(self.tr("Who are you today?"))
        self._advice.setText(
            self.tr("The people of the demo company. Each sees the screens and the figures of that job, and no others.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QScrollArea.keyPressEvent: the arrows walk over the cards."""
        focused = QApplication.focusWidget()
        step = ARROWS.get(event.key())
        if step is None or not isinstance(focused, PersonaCard) or focused not in self._cards:
            super().keyPressEvent(event)
            return
        place = self._cards.index(focused) + step
        if 0 <= place < len(self._cards):
            self._cards[place].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(self._cards[place])

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class PersonaCard(QPushButton):
    """One person of the demo: name and job beside a picture."""

    HEIGHT = 68

    def __init__(self, persona: Persona) -> None:
        super().__init__()
        self.persona = persona
        self.setProperty("role", "persona")
        self.setMinimumHeight(self.HEIGHT)
        self.setMinimumWidth(150)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the card for screen readers."""
        self.setAccessibleName(self.tr("{name}, {job}: log in").format(name=self._shown_name(), job=self._shown_job()))
        self.setToolTip(self.tr("Log in as {name}").format(name=self._shown_name()))
        self.update()

    def _shown_name(self) -> str:
        return self.persona.name_zh if i18n.language() == "zh_CN" else self.persona.name_en

    def _shown_job(self) -> str:
        return jobs.shown({f"erp_job_{self.persona.job_role}"}) or self.tr("No job role")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Override QPushButton.paintEvent: the words over the style's ground."""
        super().paintEvent(event)
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("accent_soft"))
        painter.drawEllipse(QPointF(32, middle), 19, 19)
        icon = JOB_ICONS.get(self.persona.job_role, "user")
        icons.paint(painter, icon, "accent_text", QRectF(22, middle - 10, 20, 20))
        room = self.width() - 62 - 8
        font = self.font()
        font.setPixelSize(14)
        font.setBold(True)
        self._write(painter, self._shown_name(), QRectF(62, middle - 22, room, 22), "text", font)
        self._write(painter, self._shown_job(), QRectF(62, middle + 1, room, 20), "muted", self.font())
        painter.end()

    def _write(self, painter: QPainter, text: str, where: QRectF, token: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(theme.tokens().color(token))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QPushButton.keyPressEvent: the arrows belong to the grid of cards."""
        if event.key() in ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class _Brand(QWidget):
    """The left side: the product's name and the joint it is named after."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "nav")
        self.setFixedWidth(BRAND_WIDTH)
        self._drawing = QSvgRenderer(str(resource_path("styles", "joint.svg")))
        logo = QLabel()
        logo.setPixmap(icons.logo().pixmap(QSize(40, 40), self.devicePixelRatioF()))
        self._name = forms.text_label("brand")
        self._promise = forms.text_label("promise", wrap=True)
        head = forms.row(logo, self._name, None, spacing=3 * theme.GRID)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(9 * theme.GRID, 10 * theme.GRID, 9 * theme.GRID, 8 * theme.GRID)
        layout.setSpacing(4 * theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self._promise)
        layout.addStretch(1)
        self._retranslate()

    def _retranslate(self) -> None:
        self._name.setText(self.tr("Tenon"))
        self._promise.setText(self.tr("From the order to the finished piece, for makers of furniture."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        tokens = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QLinearGradient(0, 0, 0, self.height())
        ground.setColorAt(0, tokens.color("nav"))
        ground.setColorAt(1, tokens.color("nav_hover"))
        painter.fillRect(self.rect(), ground)
        natural = self._drawing.viewBoxF()
        height = min((self.width() - 84.0) * natural.height() / natural.width(), self.height() - 200)
        width = height * natural.width() / natural.height()
        left = (self.width() - width) / 2
        self._drawing.render(painter, QRectF(left, self.height() - height - 40, width, height))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _begin(attempt: Attempt) -> Login:
    from erp_desktop.services import auth

    return auth.begin_login(attempt.profile, attempt.login, attempt.password)


def _recall_password(profile: Profile, login: str) -> tuple[str | None, KeyringUnavailable | None]:
    from erp_desktop.services import keyring_store

    return keyring_store.recall(profile, login)


def _forget_password(profile: Profile, login: str, password: str) -> None:
    from erp_desktop.services import keyring_store

    keyring_store.forget(profile, login, password)


def _is_of_connection(error: Exception) -> bool:
    """Whether the check of the connection can tell more of it."""
    kinds = (ConnectionLost, ServerBusy, VersionMismatch)
    return isinstance(error, kinds) or (isinstance(error, ErpError) and error.code.startswith("28"))


def _keep_password(profile: Profile, login: str, password: str | None) -> KeyringUnavailable | None:
    """Remember `password`, or forget what was remembered; the problem that matters to the person, or None."""
    from erp_desktop.services import keyring_store

    if password is not None:
        return keyring_store.remember(profile, login, password)
    keyring_store.forget(profile, login)
    return None


def _say_problem(problem: KeyringUnavailable | None) -> None:
    if problem is not None:
        bridge.warning(errors.sentence(problem))
