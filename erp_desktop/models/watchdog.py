"""Notes in the log where the GUI thread was when it did not answer for longer than a person would not notice."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback

from PySide6.QtCore import QObject, QTimer, Slot

log = logging.getLogger(__name__)

BLOCKED_SECONDS = 0.2
BEAT_MS = 50


class Watchdog(QObject):
    """A timer beats in the GUI thread; a thread of its own looks whether the beat is late.

    Attributes:
        blocks: how often the GUI thread was found blocked.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocks = 0
        self._watched = threading.get_ident()
        self._last_beat = time.monotonic()
        self._stopped = threading.Event()
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to watch the thread that calls this, which must run an event loop."""
        self._timer.start()
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        self._timer.stop()

    @Slot()
    def _beat(self) -> None:
        self._last_beat = time.monotonic()

    def _watch(self) -> None:
        noted = 0.0
        while not self._stopped.wait(BLOCKED_SECONDS / 2):
            beat = self._last_beat
            if time.monotonic() - beat > BLOCKED_SECONDS + BEAT_MS / 1000 and beat != noted:
                noted = beat
                self.blocks += 1
                frame = sys._current_frames().get(self._watched)
                where = "".join(traceback.format_stack(frame, limit=8)) if frame is not None else ""
                log.info("The GUI thread did not answer for %.1f s:\n%s", time.monotonic() - beat, where)
