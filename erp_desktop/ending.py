"""The system's wish that the program ends: heard from the first moment to the last, before Qt is there and after it."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable
from contextlib import suppress

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Ctrl+C, the end of the session, the closed terminal."""


class Ending:
    """Hears the signals until the program is over; `wished` tells whether one came.

    Nothing ends by itself: whoever made it looks at `wished`, or waits for `heard` to become readable. A second
    signal ends the program at once, after `last_act`; while there is no `last_act` it changes nothing.
    """

    def __init__(self, last_act: Callable[[], None] | None = None) -> None:
        self.wished = False
        self.last_act = last_act
        # Python runs a signal's handler only when it runs itself: a byte in this socket wakes an event loop.
        self.heard, self._told = socket.socketpair()
        for end in (self.heard, self._told):
            end.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, self._on_signal)

    def drain(self) -> None:
        """Forget the bytes that woke the event loop."""
        with suppress(BlockingIOError):
            self.heard.recv(64)

    def _on_signal(self, number: int, _frame: object) -> None:
        if self.wished and self.last_act is not None and number != getattr(signal, "SIGHUP", None):
            # The shell and the system both tell of a closed terminal, so that one isn't meant more by being repeated.
            try:
                self.last_act()
            finally:
                os._exit(128 + number)
        self.wished = True
