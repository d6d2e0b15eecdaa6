"""Hears what changed on the server (LISTEN) and announces it on the bridge, through every loss of the connection."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import psycopg2
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Query
from erp_desktop.services.errors import SessionOver

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

log = logging.getLogger(__name__)

CHANNEL = "erp_changes"
SAFETY_POLL_MS = 5000
"""TLS may hold data that wakes no notifier, so the connection is also asked at this interval."""
FIRST_RETRY_MS = 1000
LONGEST_RETRY_MS = 30000


class ChangeListener(QObject):
    """Keeps one connection that does nothing but listen.

    While it is lost `bridge.connection_changed(False)` holds; once it is back, `bridge.reload_wanted` tells every
    page to read again, because announcements may have been missed.

    Signals:
        listening(): the connection stands, for the first time or again.
        shut_out(): the server turns the person away: her session is over.
    """

    listening = Signal()
    shut_out = Signal()

    def __init__(self, connect: Callable[[], Connection], parent: QObject | None = None) -> None:
        """Listen on connections made by `connect`, which is called off the GUI thread."""
        super().__init__(parent)
        self._connect = connect
        self._connection: Connection | None = None
        self._notifier: QSocketNotifier | None = None
        self._was_lost = False
        self._stopped = False
        self._retry_ms = FIRST_RETRY_MS
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self.start)
        self._safety = QTimer(self, interval=SAFETY_POLL_MS)
        self._safety.timeout.connect(self._poll)

    @property
    def connected(self) -> bool:
        """Whether announcements arrive at present."""
        return self._connection is not None

    @Slot()
    def start(self) -> None:
        """Begin to listen, or try again."""
        self._stopped = False
        Query(open_listening, self._connect).success(self._on_connected).failure(self._on_refused).quiet().run()

    def retry_now(self) -> None:
        """Try again at once instead of when the pause is over."""
        if self._retry.isActive():
            self._retry.stop()
            self.start()

    def stop(self) -> None:
        """Listen no more."""
        self._stopped = True
        self._retry.stop()
        self._close()

    def _on_connected(self, connection: Connection) -> None:
        if self._stopped:
            connection.close()
            return
        self._connection = connection
        self._retry_ms = FIRST_RETRY_MS
        self._notifier = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._poll)
        self._safety.start()
        bridge.connection_changed.emit(True)
        if self._was_lost:
            self._was_lost = False
            bridge.reload_wanted.emit()
        self.listening.emit()

    def _on_refused(self, error: Exception) -> None:
        log.info("Listening for changes failed, next try in %d ms: %s", self._retry_ms, error)
        self._lose()
        if isinstance(error, SessionOver) and not self._stopped:
            self.shut_out.emit()

    @Slot()
    def _poll(self) -> None:
        if self._connection is None:
            return
        try:
            self._connection.poll()
        except psycopg2.Error as error:
            log.info("The connection that listens for changes was lost: %s", error)
            self._close()
            self._lose()
            return
        payloads = [notice.payload for notice in self._connection.notifies]
        self._connection.notifies.clear()
        for kind, ids in grouped(payloads).items():
            bridge.announce(kind, ids)

    def _lose(self) -> None:
        if self._stopped:
            return
        self._was_lost = True
        bridge.connection_changed.emit(False)
        self._retry.start(self._retry_ms)
        self._retry_ms = min(2 * self._retry_ms, LONGEST_RETRY_MS)

    def _close(self) -> None:
        self._safety.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def open_listening(connect: Callable[[], Connection]) -> Connection:
    """A fresh autocommit connection on which LISTEN was issued."""
    connection = connect()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"listen {CHANNEL}")
    return connection


def grouped(payloads: Iterable[str]) -> dict[str, list[str]]:
    """The payloads `kind:id` as ids by kind, each id once, in the order in which they came."""
    found: dict[str, dict[str, None]] = {}
    for payload in payloads:
        kind, _, row_id = payload.partition(":")
        found.setdefault(kind, {})[row_id] = None
    return {kind: list(ids) for kind, ids in found.items()}
