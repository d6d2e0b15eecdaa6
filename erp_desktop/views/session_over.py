"""The end of a session while its window is open: a warning before it, and logging in again in place after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Operation, Query
from erp_desktop.views import errors
from erp_desktop.views.login_stages import LoginStages
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog, room_on_screen
from erp_desktop.views.widgets.password import PasswordEdit
from erp_desktop.views.widgets.refusal import RefusalBox

if TYPE_CHECKING:
    from erp_desktop.services.auth import Login, Session

ROOM_OF_STAGES = QSize(600, 580)
FORM, STAGES = range(2)


class EndingBanner(QFrame):
    """The line under the top bar that tells how long the session lasts yet.

    Signals:
        go_on_wanted(): the person is there.
        log_in_wanted(): the session ends whatever she does, and she logs in again already now.
    """

    go_on_wanted = Signal()
    log_in_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self._seconds, self._ends_idle = 0, True
        self._words = forms.text_label("warning", wrap=True)
        self.button = forms.button()
        self.button.clicked.connect(self._on_clicked)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._count)
        line = forms.row(self._words, self.button)
        line.setStretch(0, 1)
        line.setContentsMargins(4 * theme.GRID, theme.GRID, 4 * theme.GRID, theme.GRID)
        self.setLayout(line)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    @Slot(int, bool)
    def warn(self, seconds: int, ends_idle: bool) -> None:
        """Count down; `ends_idle` says that the person may go on."""
        self._seconds, self._ends_idle = seconds, ends_idle
        self._clock.start()
        self._retranslate()
        self.show()

    @Slot()
    def clear(self) -> None:
        """Take the warning away."""
        self._clock.stop()
        self.hide()

    @Slot()
    def _count(self) -> None:
        self._seconds = max(0, self._seconds - 1)
        self._retranslate()

    @Slot()
    def _on_clicked(self) -> None:
        (self.go_on_wanted if self._ends_idle else self.log_in_wanted).emit()

    def _retranslate(self) -> None:
        words = (
            self.tr("Nobody has used the program for a while. Your session ends in {seconds} seconds.")
            if self._ends_idle
            else self.tr("Your session has lasted as long as it may. It ends in {seconds} seconds.")
        )
        self._words.setText(words.format(seconds=self._seconds))
        self.button.setText(self.tr("&Go on") if self._ends_idle else self.tr("Log &in again"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


class SessionOverDialog(Dialog):
    """Lets the same person in again, through all that a login asks for; what is typed behind it stays.

    Signals:
        renewed(session): go on with this session; its database is the same object.
        leave_wanted(): the person does not want to; the window closes as at a log-out.
    """

    renewed = Signal(object)
    leave_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._session = session
        self._running: Operation[Login] | None = None
        self._heading = forms.text_label("title")
        self._advice = forms.text_label("muted", wrap=True)
        self._person = forms.text_label("heading")
        self.password_edit = PasswordEdit()
        self._password = forms.Field(self.password_edit)
        self._refusal = RefusalBox()
        self._busy_bar = QProgressBar(textVisible=False)
        self._busy_bar.setRange(0, 0)
        self._busy_bar.hide()
        self.leave_button = forms.button()
        self.leave_button.setAutoDefault(False)  # Enter never leaves, wherever the focus was
        self.log_in_button = forms.button("primary")
        self.log_in_button.setDefault(True)
        self.stages = LoginStages()
        self._stack = QStackedWidget()
        self._build()
        self._retranslate()
        self.password_edit.setFocus()

    @property
    def refusal(self) -> str:
        """The refusal that stands in the form, empty if there is none."""
        return self._refusal.sentence

    def _build(self) -> None:
        form = QWidget()
        inner = QVBoxLayout(form)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(3 * theme.GRID)
        widgets = (self._heading, self._advice, self._person, self._password, self._refusal, self._busy_bar)
        for widget in widgets:
            inner.addWidget(widget)
        inner.addStretch(1)
        inner.addLayout(forms.row(None, self.leave_button, self.log_in_button))
        self._stack.addWidget(form)
        self._stack.addWidget(self.stages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[6 * theme.GRID] * 4)
        layout.addWidget(self._stack)
        self.setMinimumWidth(440)
        self.password_edit.textEdited.connect(lambda: self._refusal.show_sentence(""))
        self.log_in_button.clicked.connect(self._on_log_in)
        self.leave_button.clicked.connect(self._on_leave)
        self.stages.finished.connect(self._on_finished_stages)
        self.stages.given_up.connect(self._begin_anew)

    def reject(self) -> None:
        """Override QDialog.reject: Esc stops asking the server; it does not let anybody see what is behind."""
        if self._stack.currentIndex() == STAGES:
            if not self.stages.cancel():
                self.stages.give_up()
        elif self._running is not None:
            self._running.cancel()

    @Slot()
    def _on_log_in(self) -> None:
        if self._running is not None:
            return
        if not self.password_edit.text():
            self._refusal.show_sentence(self.tr("Enter your password."))
            self.password_edit.setFocus()
            return
        self._set_busy(True)
        password = self.password_edit.text()
        self._running = (
            Query(_begin, self._session, password)
            .finished(self._on_asked)
            .success(self._on_proved)
            .failure(self._on_refused)
            .quiet()
            .run()
        )

    def _on_asked(self) -> None:
        self._running = None
        self._set_busy(False)

    def _on_proved(self, login: Login) -> None:
        password = self.password_edit.text()
        self.password_edit.clear()
        if login.session is None:
            self._stack.setCurrentIndex(STAGES)
            self.resize(ROOM_OF_STAGES.boundedTo(room_on_screen(self)))
        self.stages.begin(login, password)

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error):
            errors.show(error, self)
            return
        self._refusal.show_error(error)
        self.password_edit.hide_again()
        self.password_edit.selectAll()
        self.password_edit.setFocus()

    @Slot(object)
    def _begin_anew(self, error: Exception | None) -> None:
        self._stack.setCurrentIndex(FORM)
        if error is not None:
            self._on_refused(error)
        self.password_edit.setFocus()

    @Slot(object)
    def _on_finished_stages(self, login: Login) -> None:
        self.stages.forget()
        if login.session is None:
            return
        database = self._session.database
        database.renew(login.session.database)
        self.renewed.emit(replace(login.session, database=database))
        self.accept()

    @Slot()
    def _on_leave(self) -> None:
        self.accept()
        self.leave_wanted.emit()

    def _set_busy(self, busy: bool) -> None:
        for widget in (self._password, self.log_in_button, self.leave_button):
            widget.setEnabled(not busy)
        self._busy_bar.setVisible(busy)

    def _retranslate(self) -> None:
        session = self._session
        self.setWindowTitle(self.tr("Log in again"))
        self._heading.setText(self.tr("Your session has ended"))
        self._advice.setText(
            self.tr("What you typed is still there. Enter your password to go on where you were; nobody else can.")
        )
        name = spoken(session.display_name, session.display_name_en)
        self._person.setText(self.tr("{name} ({login})").format(name=name, login=session.login))
        self._password.set_label(self.tr("Pass&word"))
        self.leave_button.setText(self.tr("&Leave"))
        self.log_in_button.setText(self.tr("Log &in"))
        self._busy_bar.setAccessibleName(self.tr("Logging in"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QDialog.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _begin(session: Session, password: str) -> Login:
    from erp_desktop.services import auth

    return auth.begin_login(session.database.profile, session.login, password)
