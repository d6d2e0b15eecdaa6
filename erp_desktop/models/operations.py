"""Background work: reads are a Query, writes are a Command, and neither ever runs on the GUI thread."""

from __future__ import annotations

import functools
import itertools
import logging
import threading
import weakref
from collections.abc import Callable
from typing import Any, ClassVar, Generic, ParamSpec, Self, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThread, QThreadPool, QTimer, Signal, Slot

from erp_desktop.models.bridge import bridge
from erp_desktop.services.work import Work, doing

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

PROGRESS_AFTER_MS = 600
"""Work that takes longer than this is shown with its progress and a way to cancel it."""

QUERY_THREADS = 4
"""Reads that may run at once; each uses one connection of the person's small pool."""


class Operation(Generic[T]):
    """One function that runs off the GUI thread and comes back to it.

    What happens, in this order:

    1. `run` (on the GUI thread) hands the function to a worker; nothing in it may touch a widget.
    2. After 0.6 s the operation is announced by `monitor.slow`, and the shell shows it with a cancel button.
    3. Back on the GUI thread `finished` is called whatever happened, then `success` with the result or
       `failure` with the exception. With no failure handler the standard error display takes it.
    4. A cancelled operation calls `finished` only: the person asked for it and needs no message.

    The owner is the QObject whose method is the first handler, or the one named with `owned_by` (needed for
    lambdas). Once the owner is gone no handler is called. The operation itself keeps no owner alive.
    """

    _serial: ClassVar[bool] = False

    def __init__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> None:
        self._key = next(_keys)
        self._job: _Job[T] = _Job(self._key, functools.partial(function, *args, **kwargs))
        self._title = ""
        self._quiet = False
        self._owner: weakref.ref[QObject] | None = None
        self._on_success: Callable[[T], object] | None = None
        self._on_failure: Callable[[Exception], object] | None = None
        self._on_finished: Callable[[], object] | None = None

    @property
    def title(self) -> str:
        """What the progress window calls this work; may be empty."""
        return self._title

    @property
    def owner(self) -> QObject | None:
        """The object whose handlers are called, None if it is gone or there is none."""
        return self._owner() if self._owner is not None and self._owner_lives() else None

    @property
    def cancelling(self) -> bool:
        """Whether the person asked this work to stop."""
        return self._job.work.stopped

    def success(self, handler: Callable[[T], object]) -> Self:
        """Call `handler(result)` on the GUI thread when the function returned."""
        self._on_success = self._hold(handler)
        return self

    def failure(self, handler: Callable[[Exception], object]) -> Self:
        """Call `handler(error)` on the GUI thread when the function raised, instead of the standard display."""
        self._on_failure = self._hold(handler)
        return self

    def finished(self, handler: Callable[[], object]) -> Self:
        """Call `handler()` on the GUI thread in every case, cancelled too, before the other handlers."""
        self._on_finished = self._hold(handler)
        return self

    def owned_by(self, owner: QObject) -> Self:
        """Call no handler once `owner` is gone."""
        self._owner = weakref.ref(owner)
        return self

    def titled(self, title: str) -> Self:
        """Name this work, already translated, for the progress window."""
        self._title = title
        return self

    def quiet(self) -> Self:
        """Never show a progress window: the page shows a placeholder of its own."""
        self._quiet = True
        return self

    def run(self) -> Self:
        """Start the work; call it on the GUI thread, once."""
        application = QCoreApplication.instance()
        if application is None or QThread.currentThread() is not application.thread():
            raise RuntimeError("An operation starts on the GUI thread.")
        _running[self._key] = self
        QTimer.singleShot(PROGRESS_AFTER_MS, monitor, functools.partial(_announce_slow, self._key))
        pools = _pools()
        (pools.commands if self._serial else pools.queries).start(_Task(self._job))
        return self

    def cancel(self) -> None:
        """Ask the work to stop; returns at once, the handlers follow when it did."""
        threading.Thread(target=self._job.work.cancel, name="cancel", daemon=True).start()

    def _hold(self, handler: Callable[..., object]) -> Callable[..., object]:
        """Keep a method of a QObject weakly and note its object as the owner; keep anything else as it is."""
        method = handler.func if isinstance(handler, functools.partial) else handler
        target = getattr(method, "__self__", None)
        if not isinstance(target, QObject):
            return handler
        if self._owner is None:
            self.owned_by(target)
        weak_method = weakref.WeakMethod(method)
        args = handler.args if isinstance(handler, functools.partial) else ()
        named = handler.keywords if isinstance(handler, functools.partial) else {}

        def call(*results: Any) -> object:
            alive = weak_method()
            return alive(*args, *results, **named) if alive is not None else None

        return call

    def _owner_lives(self) -> bool:
        if self._owner is None:
            return True
        owner = self._owner()
        return owner is not None and shiboken6.isValid(owner)

    def _deliver(self) -> None:
        """Call the handlers; on the GUI thread, after the worker is done."""
        if self._on_finished is not None and self._owner_lives():
            self._on_finished()
        error = self._job.error
        if error is not None:
            self._deliver_error(error)
        elif self._on_success is not None and self._owner_lives():
            self._on_success(self._job.result)  # type: ignore[arg-type]  # T may itself be None

    def _deliver_error(self, error: Exception) -> None:
        if _is_cancelled(error):
            log.info("cancelled: %s", self._title or "an operation")
        elif not self._owner_lives():
            log.info("An operation failed after its window was closed.", exc_info=error)
        elif self._on_failure is not None:
            self._on_failure(error)
        else:
            bridge.fail(error)


class Query(Operation[T]):
    """A read: several run at once, in any order.

    Example:
        Query(sales.order, order_id).success(self._show).run()
    """


class Command(Operation[T]):
    """A write: one after the other, in the order in which they were started.

    What changed comes back to the page as the result, and to all open pages as the server's announcement.

    Example:
        Command(sales.submit_order, document=draft, version=3).success(self._saved).run()
    """

    _serial = True


class Monitor(QObject):
    """Brings results back to the GUI thread, and says which operations take long.

    Signals:
        slow(operation): it has been running for 0.6 s.
        progressed(operation, done, total): how far the function says it is; total 0 means unknown.
        ended(operation): it is over, shown or not.
    """

    slow = Signal(object)
    progressed = Signal(object, int, int)
    ended = Signal(object)
    _came_back = Signal(int)
    _reported = Signal(int, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._came_back.connect(self._on_came_back)
        self._reported.connect(self._on_reported)

    @Slot(int)
    def _on_came_back(self, key: int) -> None:
        operation = _running.pop(key)
        self.ended.emit(operation)
        operation._deliver()

    @Slot(int, int, int)
    def _on_reported(self, key: int, done: int, total: int) -> None:
        operation = _running.get(key)
        if operation is not None:
            self.progressed.emit(operation, done, total)


class _Job(Generic[T]):
    """What a worker thread holds of an operation: no QObject, so none can be destroyed over there."""

    def __init__(self, key: int, function: Callable[[], T]) -> None:
        self.key = key
        self.function = function
        self.work = Work(self.report)
        self.result: T | None = None
        self.error: Exception | None = None

    def report(self, done: int, total: int) -> None:
        monitor._reported.emit(self.key, done, total)


class _Task(QRunnable):
    """Runs a job on a worker thread."""

    def __init__(self, job: _Job[Any]) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        """Override QRunnable.run."""
        job = self._job
        try:
            with doing(job.work):
                job.result = job.function()
        except Exception as error:
            job.error = error
        monitor._came_back.emit(job.key)


class _Pools:
    """The worker threads: a small pool for reads, one thread for writes."""

    def __init__(self) -> None:
        self.queries = QThreadPool()
        self.queries.setMaxThreadCount(QUERY_THREADS)
        self.commands = QThreadPool()
        self.commands.setMaxThreadCount(1)


_keys = itertools.count(1)
_running: dict[int, Operation[Any]] = {}
monitor = Monitor()


@functools.cache
def _pools() -> _Pools:
    return _Pools()


def _announce_slow(key: int) -> None:
    operation = _running.get(key)
    if operation is not None and not operation._quiet and operation._owner_lives():
        monitor.slow.emit(operation)


def _is_cancelled(error: Exception) -> bool:
    from erp_desktop.services.errors import Cancelled

    return isinstance(error, Cancelled)


def running() -> list[Operation[Any]]:
    """The operations that were started and have not come back."""
    return list(_running.values())


def shut_down(wait_ms: int = 5000) -> bool:
    """Cancel all reads, let the writes finish, and wait for both; whether all ended within `wait_ms` each."""
    for operation in running():
        if isinstance(operation, Query):
            operation.cancel()
    pools = _pools()
    return pools.commands.waitForDone(wait_ms) and pools.queries.waitForDone(wait_ms)
