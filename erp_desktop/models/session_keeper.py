"""Keeps the session of an open window: tells the server that its person is active, and hears when the session ends."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

from erp_desktop.models.operations import Query
from erp_desktop.services.errors import SessionOver

if TYPE_CHECKING:
    from erp_desktop.services.auth import Session
    from erp_desktop.services.sessions import Pulse

log = logging.getLogger(__name__)

BEAT_MS: Final = 60_000
"""The server hears of the program, and of its person at most, at this interval."""
WARNING_SECONDS: Final = 60
_LATE_MS: Final = 500
_SIGNS_OF_LIFE: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class SessionKeeper(QObject):
    """Counts keys and mouse in the program's windows as activity; a connection that only listens is none.

    Windows are watched and not widgets: a filter over every event of every widget would slow everything down.

    Signals:
        ending_soon(seconds, ends_idle): the session ends then; `ends_idle`: unless the person goes on.
        kept(): it goes on, a warning is no longer true.
        over(): the session has ended.
    """

    ending_soon = Signal(int, bool)
    kept = Signal()
    over = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._was_active = False
        self._is_warning = False
        self._running = False
        self._since_told = QElapsedTimer()
        self._beats = QTimer(self, interval=BEAT_MS)
        self._beats.timeout.connect(self.beat)
        self._warning = QTimer(self, singleShot=True)
        self._warning.timeout.connect(self._on_nearly_over)
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.beat)
        self._seconds_left, self._ends_idle = 0, True

    def start(self, session: Session) -> None:
        """Keep this session from now on; a login is activity."""
        self.stop()
        self._session = session
        self._since_told.start()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(application.focusWindow())
        self._beats.start()
        self.beat()

    def stop(self) -> None:
        """Keep nothing; what is under way is not heard any more."""
        if self._beats.isActive():
            application = QGuiApplication.instance()
            if isinstance(application, QGuiApplication):
                application.focusWindowChanged.disconnect(self._watch)
        for timer in (self._beats, self._warning, self._end):
            timer.stop()
        self._was_active = self._is_warning = False

    @Slot()
    def go_on(self) -> None:
        """The person says that she is there."""
        self._was_active = True
        self.beat()

    @Slot()
    def beat(self) -> None:
        """Tell the server now."""
        if self._running:
            return
        from erp_desktop.services import sessions

        self._running = True
        if self._was_active:
            self._since_told.restart()
        active, self._was_active = self._was_active, False
        Query(sessions.keep, self._session, active=active).finished(self._on_finished).success(self._on_pulse).failure(
            self._on_failed
        ).quiet().run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Override QObject.eventFilter: see what the person does, and let it pass."""
        if event.type() in _SIGNS_OF_LIFE:
            self._was_active = True
            if self._is_warning or self._since_told.elapsed() >= BEAT_MS:
                self.beat()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once, however often it is asked for

    def _on_finished(self) -> None:
        self._running = False

    def _on_pulse(self, pulse: Pulse) -> None:
        if not self._beats.isActive():
            return
        if not pulse.is_live:
            self._finish()
            return
        self._seconds_left, self._ends_idle = pulse.seconds_left, pulse.ends_idle
        self._end.start(pulse.seconds_left * 1000 + _LATE_MS)
        if pulse.seconds_left > WARNING_SECONDS:
            self._warning.start((pulse.seconds_left - WARNING_SECONDS) * 1000)
            if self._is_warning:
                self._is_warning = False
                self.kept.emit()
        elif not self._is_warning:
            self._warn(pulse.seconds_left)

    @Slot()
    def _on_nearly_over(self) -> None:
        if self._was_active and self._ends_idle:
            self.beat()
        else:
            self._warn(WARNING_SECONDS)

    def _warn(self, seconds: int) -> None:
        self._is_warning = True
        self.ending_soon.emit(seconds, self._ends_idle)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, SessionOver) and self._beats.isActive():
            self._finish()
        else:
            log.info("the server did not hear that the program is there: %s", error)

    def _finish(self) -> None:
        self.stop()
        self.over.emit()
