"""The one place through which any code tells the person something and open pages learn what changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)

ALL_IDS = "*"
"""Stands in a list of ids for "more than could be named": every row of that kind may have changed."""


class MessageKind(StrEnum):
    """How much attention a message asks for; the shell picks colour, icon and duration by it."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    ERROR = "error"


class Bridge(QObject):
    """Carries messages, errors and change announcements from anywhere to whoever shows them.

    Messages and errors that come before a window is attached are kept and delivered when it is.

    Signals:
        message(kind, text): something to tell the person, `kind` is one of MessageKind.
        failed(error): an exception nobody handled; the standard error display shows it.
        changed(kind, ids): rows of `kind` changed on the server; `ids` are strings, or ["*"].
        reload_wanted(): anything may have changed (the connection was lost for a while).
        connection_changed(connected): whether announcements of changes arrive at present.
    """

    message = Signal(str, str)
    failed = Signal(object)
    changed = Signal(str, list)
    reload_wanted = Signal()
    connection_changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._attached = 0
        self._waiting: list[tuple[MessageKind, str]] = []
        self._waiting_errors: list[BaseException] = []

    def attach(self) -> None:
        """Say that a window listens now; what was kept is delivered at once."""
        self._attached += 1
        messages, self._waiting = self._waiting, []
        errors, self._waiting_errors = self._waiting_errors, []
        for kind, text in messages:
            self.message.emit(kind.value, text)
        for error in errors:
            self.failed.emit(error)

    def detach(self) -> None:
        """Say that a window which was attached is going away."""
        self._attached = max(0, self._attached - 1)

    @property
    def attached(self) -> bool:
        """Whether a window listens."""
        return self._attached > 0

    def info(self, text: str) -> None:
        """Show `text` as a quiet notice."""
        self._send(MessageKind.INFO, text)

    def success(self, text: str) -> None:
        """Show `text` as a short confirmation."""
        self._send(MessageKind.SUCCESS, text)

    def warning(self, text: str) -> None:
        """Show `text` as something to look at; it stays longer."""
        self._send(MessageKind.WARNING, text)

    def error(self, text: str) -> None:
        """Show `text` as something that went wrong; it stays until it is closed."""
        self._send(MessageKind.ERROR, text)

    def fail(self, error: BaseException) -> None:
        """Hand `error` to the standard error display."""
        if self._attached:
            self.failed.emit(error)
        else:
            self._waiting_errors.append(error)

    def announce(self, kind: str, ids: Iterable[int | str]) -> None:
        """Tell every open page that rows `ids` of `kind` (order, stock, ...) changed."""
        self.changed.emit(kind, [str(each) for each in ids])

    def _send(self, kind: MessageKind, text: str) -> None:
        log.info("message to the person (%s): %s", kind.value, text)
        if self._attached:
            self.message.emit(kind.value, text)
        else:
            self._waiting.append((kind, text))


bridge = Bridge()
