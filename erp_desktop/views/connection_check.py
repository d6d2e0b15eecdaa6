"""The check of a connection, shown step by step as it goes: name, port, encryption, database, round trip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Operation, Query, monitor
from erp_desktop.services import work
from erp_desktop.services.probe import Step, StepName, hosts
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, icons, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.refusal import RefusalBox

if TYPE_CHECKING:
    from erp_desktop.services.auth import ServerInfo
    from erp_desktop.services.db import Profile
    from erp_desktop.services.errors import ErpError

STEPS: Final[tuple[StepName, ...]] = ("resolve", "connect", "encrypt", "log_in", "ask")
UNENCRYPTED: Final = ("disable", "allow")
ICONS: Final = {
    "waiting": ("minus", "faint"),
    "running": ("more", "accent_text"),
    "passed": ("check", "success"),
    "failed": ("cross", "danger"),
}
WIDTH: Final = 560


@dataclass(frozen=True)
class Outcome:
    """What came of the check of one host."""

    error: ErpError | None
    server: ServerInfo | None
    round_trip: float | None


Found: TypeAlias = "tuple[int, Step | Outcome]"
"""Which of the hosts, and what was found there."""


class ConnectionCheck(Dialog):
    """Checks a server's profile as soon as it opens; what fails is named with what helps.

    The work runs off the GUI thread and is given up at once when the dialog closes or "Cancel" is pressed.
    """

    def __init__(self, profile: Profile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check the connection"))
        self._profile = profile
        self._running: Operation[None] | None = None
        self._found: SimpleQueue[Found] = SimpleQueue()
        names = hosts(profile)
        self.hosts = [HostSteps(replace(profile, host=name)) for name in names]
        self.refusal = RefusalBox()
        self.verdict = forms.text_label("strong", wrap=True)
        self.verdict.hide()
        self.copy_button = forms.button(icon="copy")
        self.copy_button.setText(self.tr("Copy &report"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        self.again_button = forms.button()
        self.again_button.clicked.connect(self._on_again)
        self.close_button = forms.button("primary")
        self.close_button.setText(self.tr("C&lose"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        monitor.progressed.connect(self._on_progress)
        self.finished.connect(self._cancel)
        self._build()
        self.start()

    def start(self) -> None:
        """Begin from the first step."""
        self._found = SimpleQueue()
        for host in self.hosts:
            host.clear()
        self.hosts[0].begin()
        self.refusal.show_sentence("")
        self.verdict.hide()
        self._running = Query(_check_hosts, self._profile, self._found).quiet().finished(self._on_finished).run()
        self._show_buttons()

    @property
    def is_running(self) -> bool:
        """Whether a step is still under way."""
        return self._running is not None

    def report(self) -> str:
        """All that was found, as text for whoever helps."""
        head = f"{self._profile.name}: {self._profile.host}:{self._profile.port}/{self._profile.database}"
        lines = [f"{head} ({self._profile.sslmode})"]
        for host in self.hosts:
            lines += host.report()
        return "\n".join([*lines, *filter(None, [self.verdict.text() or self.refusal.sentence])])

    def _build(self) -> None:
        self.setMinimumWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        heading = self.tr("{name}: {host}").format(name=self._profile.name or "-", host=self._profile.host)
        layout.addWidget(forms.text_label("heading", heading, wrap=True))
        for host in self.hosts:
            if len(self.hosts) > 1:
                layout.addWidget(forms.text_label("strong", host.name))
            layout.addWidget(host)
        layout.addWidget(self.refusal)
        layout.addWidget(self.verdict)
        layout.addStretch(1)
        layout.addLayout(forms.row(self.copy_button, None, self.again_button, self.close_button))

    def _show_buttons(self) -> None:
        self.again_button.setText(self.tr("&Cancel the check") if self.is_running else self.tr("Check &again"))
        self.copy_button.setEnabled(not self.is_running)

    @Slot(object, int, int)
    def _on_progress(self, operation: object, _done: int, _total: int) -> None:
        if operation is self._running:
            self._take_in()

    def _take_in(self) -> None:
        """Show what the worker found meanwhile."""
        while True:
            try:
                place, found = self._found.get_nowait()
            except Empty:
                return
            host = self.hosts[place]
            if isinstance(found, Step):
                host.show_step(found)
            else:
                host.show_outcome(found)
                if place + 1 < len(self.hosts):
                    self.hosts[place + 1].begin()

    def _on_finished(self) -> None:
        self._running = None
        self._take_in()
        for host in self.hosts:
            host.stop()
        self._show_buttons()
        self._show_result()

    def _show_result(self) -> None:
        outcomes = [host.outcome for host in self.hosts]
        error = next((each.error for each in outcomes if each is not None and each.error is not None), None)
        if error is not None:
            self.refusal.show_error(error)
        elif None in outcomes:
            self._say(self.tr("The check was cancelled."))
        else:
            self._say(self.tr("Everything is in order: people can log in here."))

    def _say(self, sentence: str) -> None:
        self.verdict.setText(sentence)
        self.verdict.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    @Slot()
    def _on_again(self) -> None:
        if self.is_running:
            self._cancel()
        else:
            self.start()

    @Slot()
    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Override QDialog.closeEvent: nobody waits any more."""
        self._cancel()
        super().closeEvent(event)


class HostSteps(QWidget):
    """The steps at one host: tick or cross, what was found, and the time it took."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.name = profile.host
        self.outcome: Outcome | None = None
        self._titles = {
            "resolve": self.tr("Look up the name"),
            "connect": self.tr("Reach port {port}").format(port=profile.port),
            "encrypt": self.tr("Agree on encryption (TLS)"),
            "log_in": self.tr("Open the database {database}").format(database=profile.database),
            "ask": self.tr("Ask for company and version"),
        }
        self._steps = [name for name in STEPS if name != "encrypt" or profile.sslmode not in UNENCRYPTED]
        self._states: dict[StepName, str] = dict.fromkeys(self._steps, "waiting")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3 * theme.GRID)
        grid.setVerticalSpacing(2 * theme.GRID)
        grid.setColumnStretch(1, 1)
        self._pictures = {name: QLabel() for name in self._steps}
        self._details = {name: forms.text_label("small", wrap=True) for name in self._steps}
        self._times = {name: forms.text_label("muted") for name in self._steps}
        for row, name in enumerate(self._steps):
            grid.addWidget(self._pictures[name], row, 0, Qt.AlignmentFlag.AlignTop)
            words = forms.column(forms.text_label(text=self._titles[name]), self._details[name], spacing=0)
            grid.addLayout(words, row, 1)
            grid.addWidget(self._times[name], row, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.clear()

    @property
    def states(self) -> dict[StepName, str]:
        """Waiting, running, passed or failed, by step."""
        return dict(self._states)

    def clear(self) -> None:
        """Forget what was found."""
        self.outcome = None
        for name in self._steps:
            self._details[name].hide()
            self._times[name].setText("")
            self._set_state(name, "waiting")

    def begin(self) -> None:
        """Show that the first step is under way."""
        self._set_state(self._steps[0], "running")

    def show_step(self, step: Step) -> None:
        """Show a step that ended, and that the next one is under way."""
        self._set_state(step.name, "passed" if step.ok else "failed")
        self._times[step.name].setText(
            self.tr("{ms} ms").format(ms=f"{step.ms:,.0f}" if step.ms >= 10 else f"{step.ms:.1f}")
        )
        until = self.tr("certificate good until {date}").format(date=step.good_until) if step.good_until else ""
        self._show_detail(step.name, step.detail, until)
        place = self._steps.index(step.name) + 1
        if step.ok and place < len(self._steps):
            self._set_state(self._steps[place], "running")

    def show_outcome(self, outcome: Outcome) -> None:
        """Show whose server it is, and that versions don't fit."""
        self.outcome = outcome
        if outcome.server is not None:
            company = spoken(outcome.server.company_zh, outcome.server.company_en)
            version = self.tr("version {version}").format(version=outcome.server.schema_version)
            round_trip = self.tr("round trip {ms} ms").format(ms=f"{outcome.round_trip or 0:.1f}")
            self._show_detail("ask", company, version, round_trip)
            if outcome.error is not None:
                self._set_state("ask", "failed")

    def stop(self) -> None:
        """No step is under way any more."""
        for name, state in self._states.items():
            if state == "running":
                self._set_state(name, "waiting")

    def report(self) -> list[str]:
        """The steps as lines of text."""
        lines = []
        for name, state in self._states.items():
            found = (self._titles[name], state, self._times[name].text(), self._details[name].text())
            lines.append(f"{self.name}: {' | '.join(filter(None, found))}")
        if self.outcome is not None and self.outcome.error is not None:
            error = self.outcome.error
            lines += [f"{self.name}: {errors.sentence(error)}", f"{error.code}: {error.message}"]
        return lines

    def _show_detail(self, name: StepName, *parts: str) -> None:
        text = " · ".join(filter(None, parts))
        self._details[name].setText(text)
        self._details[name].setVisible(bool(text))

    def _set_state(self, name: StepName, state: str) -> None:
        self._states[name] = state
        picture, tint = ICONS[state]
        words = {
            "waiting": self.tr("not done"),
            "running": self.tr("under way"),
            "passed": self.tr("passed"),
            "failed": self.tr("failed"),
        }
        self._pictures[name].setPixmap(icons.pixmap(picture, tint, 18, self.devicePixelRatioF()))
        self._pictures[name].setAccessibleName(f"{self._titles[name]}: {words[state]}")
        self._pictures[name].setToolTip(words[state])


def _check_hosts(profile: Profile, found: SimpleQueue[Found]) -> None:
    """Check each host in turn; runs off the GUI thread, and hands over what it finds as it goes."""
    from erp_desktop.services import auth

    def tell(place: int, what: Step | Outcome) -> None:
        found.put((place, what))
        work.present().report(0, 0)

    for place, host in enumerate(hosts(profile)):
        report, server = auth.check(replace(profile, host=host), on_step=partial(tell, place))
        tell(place, Outcome(report.error, server, report.round_trip))
