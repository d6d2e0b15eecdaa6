"""One thread with its own connection that reads for one list, newest wish first, and drops what is not wanted now."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import numpy as np
import psycopg2
from PySide6.QtCore import QObject, Qt, Signal, Slot

from erp_desktop.services import errors
from erp_desktop.services.listing import (
    PAGE_ROWS,
    ListQuery,
    ListSpec,
    Values,
    read_first_page,
    read_keys,
    read_page,
    read_summary,
)

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

log = logging.getLogger(__name__)

WAITING_PAGES: Final = 6
"""Wishes for pages beyond this number are forgotten, oldest first: nobody looks there any more."""

IDLE_SECONDS: Final = 60.0
"""A connection that was not used for so long is given back."""

QUERY_CANCELLED: Final = "57014"

_ALL: Final = ListQuery()

Step: TypeAlias = Literal["first", "page", "keys", "summary", "rest"]


@dataclass(frozen=True)
class _Job:
    step: Step
    turn: int
    query: ListQuery = _ALL
    ticket: int = 0
    ids: Sequence[int] = ()
    due: float = 0.0
    again: bool = False


@dataclass
class _Wishes:
    """What is wanted at present; guarded by the reader's lock."""

    first: _Job | None = None
    keys: _Job | None = None
    summary: _Job | None = None
    pages: deque[_Job] = field(default_factory=deque)

    def clear(self) -> None:
        self.first = self.keys = self.summary = None
        self.pages.clear()

    def take(self, now: float) -> _Job | None:
        """The most urgent job that is due."""
        if self.first is not None:
            job, self.first = self.first, None
        elif self.pages:
            job = self.pages.pop()
        elif self.keys is not None and self.keys.due <= now:
            job, self.keys = self.keys, None
        elif self.summary is not None and self.keys is None and self.summary.due <= now:
            job, self.summary = self.summary, None
        else:
            return None
        return job

    def next_due(self) -> float | None:
        """When a job that waits will be due."""
        dues = [job.due for job in (self.keys, self.summary) if job is not None]
        return min(dues, default=None)


class ListReader(QObject):
    """Reads for a ListModel. All methods are called on the GUI thread and return at once.

    Signals (from the reader's thread, so receivers get them queued):
        first_read(turn, rows): the first page of the query of that turn.
        keys_read(turn, keys, seconds): all keys in order, and how long the server took.
        page_read(ticket, rows): rows asked for with `want_page`; rows that can't be read are pairs (key, error).
        summary_read(turn, summary): count and sums.
        failed(turn, step, error): a step failed with an ErpError or an unexpected exception.
    """

    first_read = Signal(int, object)
    keys_read = Signal(int, object, float)
    page_read = Signal(int, object)
    summary_read = Signal(int, object)
    failed = Signal(int, str, object)
    _ended = Signal()

    _alive: ClassVar[set[ListReader]] = set()
    """Readers whose threads run. A reader is a QObject: its last reference must not fall in its own thread."""

    def __init__(self, spec: ListSpec, connect: Callable[[], Connection]) -> None:
        super().__init__()
        self._spec = spec
        self._connect = connect
        self._lock = threading.Condition()
        self._wishes = _Wishes()
        self._running: _Job | None = None
        self._connection: Connection | None = None
        self._cancels = 0
        self._closed = False
        self._thread: threading.Thread | None = None
        self._ended.connect(self._let_go, Qt.ConnectionType.QueuedConnection)

    def start_query(self, turn: int, query: ListQuery, rest: float) -> None:
        """Drop everything else; read the first page, then, `rest` seconds from now, the keys."""
        with self._lock:
            self._wishes.clear()
            self._wishes.first = _Job("first", turn, query)
            self._wishes.keys = _Job("keys", turn, query, due=time.monotonic() + rest)
            self._cancel_running()
            self._wake()

    def want_keys(self, turn: int, query: ListQuery) -> None:
        """Read the keys again."""
        with self._lock:
            self._wishes.keys = _Job("keys", turn, query)
            self._wake()

    def want_summary(self, turn: int, query: ListQuery) -> None:
        """Read count and sums when nothing else is to be done."""
        with self._lock:
            self._wishes.summary = _Job("summary", turn, query)
            self._wake()

    def want_page(self, turn: int, ticket: int, ids: Sequence[int]) -> list[int]:
        """Read these rows before any wished for earlier; returns the tickets that were dropped for it."""
        with self._lock:
            self._wishes.pages.append(_Job("page", turn, ticket=ticket, ids=ids))
            dropped = [self._wishes.pages.popleft().ticket for _ in range(len(self._wishes.pages) - WAITING_PAGES)]
            if self._running is not None and self._running.step == "summary":
                self._wishes.summary = replace(self._running, due=time.monotonic() + 0.5)
                self._cancel_running()
            self._wake()
        return dropped

    def close(self) -> None:
        """Stop reading; the thread ends and gives its connection back."""
        with self._lock:
            self._closed = True
            self._wishes.clear()
            self._cancel_running()
            self._lock.notify_all()

    def join(self, seconds: float) -> bool:
        """Wait for the thread to end after `close`; whether it did."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is None or not self._thread.is_alive()

    def _wake(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._run, name=f"list {self._spec.name}", daemon=True)
            self._alive.add(self)
            self._thread.start()
        self._lock.notify_all()

    def _cancel_running(self) -> None:
        """Cancel the running statement from a thread of its own, because a cancel is a round trip."""
        if self._running is None or self._connection is None:
            return
        self._cancels += 1
        threading.Thread(target=self._cancel, args=(self._connection,), name="cancel", daemon=True).start()

    def _cancel(self, connection: Connection) -> None:
        try:
            connection.cancel()
        except psycopg2.Error as error:
            log.info("A statement could not be cancelled: %s", error)
        finally:
            with self._lock:
                self._cancels -= 1
                self._lock.notify_all()

    def _run(self) -> None:
        while (job := self._take()) is not None:
            if job.step == "rest":
                self._drop_connection()
            else:
                self._attempt(job)
            with self._lock:
                self._running = None
        self._drop_connection()
        self._ended.emit()

    @Slot()
    def _let_go(self) -> None:
        """On the GUI thread: wait until the thread holds nothing of this reader any more, and forget it."""
        self.join(1)
        self._alive.discard(self)

    def _take(self) -> _Job | None:
        """Wait for the next job; None when the reader was closed."""
        with self._lock:
            idle_from = time.monotonic()
            while not self._closed:
                now = time.monotonic()
                job = self._wishes.take(now) if self._cancels == 0 else None
                if job is None and self._connection is not None and now - idle_from > IDLE_SECONDS:
                    job = _Job("rest", 0)
                if job is not None:
                    self._running = job
                    return job
                self._lock.wait(self._patience(now))
            return None

    def _patience(self, now: float) -> float | None:
        due = self._wishes.next_due() if self._cancels == 0 else None
        if due is not None:
            return max(due - now, 0.001)
        return IDLE_SECONDS + 1 if self._connection is not None else None

    def _attempt(self, job: _Job) -> None:
        reused = self._connection is not None
        try:
            self._do(job, self._ready_connection())
        except psycopg2.Error as error:
            self._on_database_error(job, error, reused)
        except errors.ErpError as error:
            self._fail(job, error)
        except Exception as error:
            log.exception("list %s: reading failed", self._spec.name)
            self._fail(job, error)

    def _ready_connection(self) -> Connection:
        if self._connection is None:
            connection = self._connect()
            with self._lock:
                self._connection = connection
        return self._connection

    def _drop_connection(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _on_database_error(self, job: _Job, error: psycopg2.Error, reused: bool) -> None:
        cancelled = error.pgcode == QUERY_CANCELLED
        lost = self._connection is None or self._connection.closed != 0
        if lost:
            self._drop_connection()
        if self._superseded(job):
            return
        if not job.again and (cancelled or (lost and reused)):
            self._attempt(replace(job, again=True))
            return
        self._fail(job, errors.from_database(error))

    def _superseded(self, job: _Job) -> bool:
        with self._lock:
            newer = self._wishes.first is not None and self._wishes.first.turn > job.turn
            put_off = job.step == "summary" and self._wishes.summary is not None
            return self._closed or newer or put_off

    def _do(self, job: _Job, connection: Connection) -> None:
        match job.step:
            case "first":
                self._read_first(job, connection)
            case "keys":
                started = time.monotonic()
                keys = read_keys(connection, self._spec, job.query)
                self._send(self.keys_read, job.turn, keys, time.monotonic() - started)
            case "page":
                self._send(self.page_read, job.ticket, self._read_rows(connection, job.ids))
            case "summary":
                self._send(self.summary_read, job.turn, read_summary(connection, self._spec, job.query))

    def _read_first(self, job: _Job, connection: Connection) -> None:
        started = time.monotonic()
        rows = read_first_page(connection, self._spec, job.query)
        self._send(self.first_read, job.turn, rows)
        if len(rows) < PAGE_ROWS:
            self._drop_keys(job.turn)
            keys = np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))
            self._send(self.keys_read, job.turn, keys, time.monotonic() - started)

    def _drop_keys(self, turn: int) -> None:
        with self._lock:
            if self._wishes.keys is not None and self._wishes.keys.turn == turn:
                self._wishes.keys = None

    def _read_rows(self, connection: Connection, ids: Sequence[int]) -> list[Values]:
        """The rows; where one of them breaks the statement, halve until that one alone is left out with its error."""
        try:
            return read_page(connection, self._spec, ids)
        except psycopg2.Error as error:
            if connection.closed or error.pgcode == QUERY_CANCELLED:
                raise
            if len(ids) == 1:
                return [(ids[0], errors.from_database(error))]
        middle = len(ids) // 2
        return self._read_rows(connection, ids[:middle]) + self._read_rows(connection, ids[middle:])

    def _fail(self, job: _Job, error: Exception) -> None:
        if job.step == "first":
            self._drop_keys(job.turn)
        self._send(self.failed, job.turn, job.step, error)

    def _send(self, signal: Any, *values: object) -> None:
        """Emit unless the program is shutting down and the signal's object is gone."""
        if not self._closed:
            signal.emit(*values)
