"""Gives the commands of one document, one after the other, and has none carried out twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from erp_desktop.models.operations import Command
from erp_desktop.services.calls import Call, carry_out, write_down
from erp_desktop.services.db import Database
from erp_desktop.services.errors import (
    Cancelled,
    ConnectionLost,
    LoginRefused,
    ServerBusy,
    ServerUnreachable,
    VersionMismatch,
)

_STARTING_UP: Final = "57P03"
_NOT_HEARD: Final = (ConnectionLost, ServerBusy, LoginRefused, VersionMismatch, Cancelled)
"""Errors that say nothing of the command itself: whether an earlier try was carried out stays open."""

Result = dict[str, Any]


@dataclass(frozen=True)
class Open:
    """A command that was sent and whose answer is not there.

    `typed` is what stood on the page when it was sent; `about` and `leaves` are those of its errand.
    """

    call: Call
    typed: Mapping[str, Any] | None
    about: object = None
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True)
class Errand:
    """What a command is given for.

    `saves` says that it writes all that was typed: as a change of the document it may follow one whose answer was
    lost. Any other command (a posting, a step) is given once `about` one thing, by default about the one document that
    the sender is for. `leaves` names the parts of `typed` that it
    does not write. `title` names it in the progress window. On success
    `done(result)` is called, else `refused(errand, call, error)`; `Sender.repeat` takes both again.
    """

    title: str
    saves: bool
    typed: Mapping[str, Any] | None
    done: Callable[[Result], object]
    refused: Callable[[Errand, Call, Exception], object]
    about: object = None
    leaves: tuple[str, ...] = ()


class Sender(QObject):
    """Gives commands, one at a time.

    A command whose answer was lost stays open. Whatever is to be sent next, the open one is repeated first with its own
    request id, which tells what became of it; then the next one follows on the document that it made.

    Signals:
        sending_changed(): a command is under way, or none any more.
        open_changed(): there is another open command, or none: what is kept on this computer must say so.
        adopted(result): the open command was carried out, and the next one follows on its result.
        overtaken(open, result): the open command was carried out, and what was to be sent is not: it would have been
            the same posting a second time.
    """

    sending_changed = Signal()
    open_changed = Signal()
    adopted = Signal(object)
    overtaken = Signal(object, object)

    def __init__(self, database: Database, parent: QObject) -> None:
        super().__init__(parent)
        self._database = database
        self._sending = False
        self._open: Open | None = None
        self._is_lost = False
        self._answers = 0

    @property
    def answers(self) -> int:
        """How many answers came: whoever offered to give a command again withdraws that when there is another."""
        return self._answers

    @property
    def is_lost(self) -> bool:
        """Whether nobody knows if the open command was carried out, and none is under way that will tell."""
        return self._open is not None and not self._sending

    @property
    def sending(self) -> bool:
        """Whether a command is under way."""
        return self._sending

    @property
    def open(self) -> Open | None:
        """The command under way, or the one whose answer was lost."""
        return self._open

    def take_up(self, left: Open) -> None:
        """Take over a command that an earlier run of the program left open; `repeat` asks what became of it."""
        self._open, self._is_lost = left, True

    def send(self, function: Callable[..., Result], arguments: Mapping[str, Any], errand: Errand) -> None:
        """Give the command of `function(database, request_id=…, **arguments)`, a function of a service.

        The function runs here and now, on a stand-in for the database, and only words the command.
        """
        self.repeat(errand, write_down(function, arguments))

    def repeat(self, errand: Errand, call: Call) -> None:
        """Give a command that was written down."""
        if self._sending:
            return
        lost = self._open
        if lost is None or lost.call.says_the_same(call):
            self._give(errand, call if lost is None else lost.call)
        else:
            self._run(
                lost.call,
                errand.title,
                partial(self._on_repeated, lost, errand, call),
                partial(self._on_not_repeated, errand, call),
            )

    def _give(self, errand: Errand, call: Call) -> None:
        self._set_open(Open(call, errand.typed, errand.about, errand.leaves) if self._open is None else self._open)
        self._run(call, errand.title, partial(self._on_done, errand), partial(self._on_refused, errand, call))

    def _run(
        self,
        call: Call,
        title: str,
        done: Callable[[Result | None], object],
        refused: Callable[[Exception], object],
    ) -> None:
        self._set_sending(True)
        Command(carry_out, call, self._database).titled(title).finished(partial(self._set_sending, False)).success(
            done
        ).failure(refused).owned_by(self).run()

    def _on_done(self, errand: Errand, result: Result | None) -> None:
        if result is None:
            self._on_cancelled()
            return
        self._answers += 1
        self._open, self._is_lost = None, False  # what is kept is the page's to forget, together with the input
        errand.done(result)

    def _on_refused(self, errand: Errand, call: Call, error: Exception) -> None:
        self._answers += 1
        self._note(error)
        errand.refused(errand, call, error)

    def _on_repeated(self, lost: Open, errand: Errand, call: Call, result: Result | None) -> None:
        """The open command is carried out: go on from there."""
        if result is None:
            self._on_cancelled()
            return
        self._answers += 1
        self._open, self._is_lost = None, False
        if (lost.call.command, lost.about) == (call.command, errand.about) and not errand.saves:
            self.overtaken.emit(lost, result)
        else:
            self.adopted.emit(result)
            self._give(errand, call.after(result, saves=errand.saves))

    def _on_not_repeated(self, errand: Errand, call: Call, error: Exception) -> None:
        """Refused, the open command was never carried out; the next one may be what mends it."""
        self._answers += 1
        self._note(error)
        if self._open is None:
            self._give(errand, call)
        else:
            errand.refused(errand, call, error)

    def _on_cancelled(self) -> None:
        """The person cancelled this try; an earlier one whose answer was lost stays open."""
        if not self._is_lost:
            self._set_open(None)

    def _note(self, error: Exception) -> None:
        """Keep in mind whether the command may have been carried out."""
        if _is_unknown(error):
            self._is_lost = True
        elif not self._is_lost or not isinstance(error, _NOT_HEARD):
            self._is_lost = False
            self._set_open(None)

    def _set_open(self, left: Open | None) -> None:
        if left is not self._open or left is not None:
            self._open = left
            self.open_changed.emit()

    def _set_sending(self, sending: bool) -> None:
        if sending != self._sending:
            self._sending = sending
            self.sending_changed.emit()


def _is_unknown(error: Exception) -> bool:
    """Whether the command may have been carried out all the same."""
    return isinstance(error, ConnectionLost) and not isinstance(error, ServerUnreachable) and error.code != _STARTING_UP
