"""The piece of work that the current thread does: how it is asked to stop and how it reports its progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from typing import Generic, TypeVar

T = TypeVar("T")


class Work:
    """One piece of background work, seen from both sides: the thread that does it and whoever waits for it.

    The thread registers with `cancellable` what ends its present step (a connection's `cancel`), calls
    `stopped` between the steps of a long loop, and `report` to say how far it is. Anybody may call `cancel`.
    """

    def __init__(self, on_progress: Callable[[int, int], None] | None = None) -> None:
        self._asked = threading.Event()
        self._lock = threading.Lock()
        self._stoppers: list[Callable[[], None]] = []
        self._on_progress = on_progress

    @property
    def stopped(self) -> bool:
        """Whether somebody asked this work to stop."""
        return self._asked.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; blocks for the round trip of a connection's cancel, so call it off the GUI thread."""
        self._asked.set()
        with self._lock:  # held, so that no connection is handed on to other work while its cancel is under way
            for stop in self._stoppers:
                stop()

    @contextmanager
    def cancellable(self, stop: Callable[[], None]) -> Iterator[None]:
        """While the block runs, `cancel` calls `stop` (for example `connection.cancel`) from another thread."""
        with self._lock:
            self._stoppers.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stoppers.remove(stop)

    def report(self, done: int, total: int) -> None:
        """Say that `done` of `total` steps are finished (total 0: unknown)."""
        if self._on_progress is not None:
            self._on_progress(done, total)

    def wait_for_stop(self, seconds: float) -> bool:
        """Wait up to `seconds` for a request to stop; whether one came."""
        return self._asked.wait(seconds)


_present: ContextVar[Work | None] = ContextVar("present_work", default=None)


def present() -> Work:
    """The work of this thread; outside of any (command line, tests) a fresh one that nobody cancels."""
    return _present.get() or Work()


@contextmanager
def doing(work: Work) -> Iterator[Work]:
    """Make `work` the present one of this thread while the block runs."""
    token = _present.set(work)
    try:
        yield work
    finally:
        _present.reset(token)


def patiently(
    action: Callable[[], T], seconds: float | None = None, unwanted: Callable[[T], object] | None = None
) -> T:
    """What `action` returns or raises, for one that can't be interrupted (the system's name resolution, for example).

    It runs in a thread of its own, which is left to itself as soon as nobody waits for it any more: Cancelled when the
    present work is asked to stop, TimeoutError after `seconds`. `unwanted` then gets the result, should one come.
    """
    from erp_desktop.services.errors import Cancelled

    present_work = present()
    errand = _Errand(action, unwanted)
    with present_work.cancellable(errand.over.set):
        if not present_work.stopped:
            threading.Thread(target=copy_context().run, args=(errand.run,), name="errand", daemon=True).start()
            errand.over.wait(seconds)
    if errand.abandon():
        raise Cancelled() if present_work.stopped else TimeoutError("no answer in time")
    return errand.result()


class _Errand(Generic[T]):
    """One call in a thread of its own; whoever is first, its end or the one who gives up, decides what it counts."""

    def __init__(self, action: Callable[[], T], unwanted: Callable[[T], object] | None) -> None:
        self.over = threading.Event()
        self._action = action
        self._unwanted = unwanted
        self._lock = threading.Lock()
        self._given_up = False
        self._results: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        """Do it; on the thread of its own."""
        try:
            result = self._action()
        except BaseException as error:
            self._error = error
        else:
            with self._lock:
                self._results.append(result)
                given_up = self._given_up
            if given_up and self._unwanted is not None:
                self._unwanted(result)
        self.over.set()

    def abandon(self) -> bool:
        """Wait for it no longer; whether it was still under way."""
        with self._lock:
            self._given_up = not self._results and self._error is None
            return self._given_up

    def result(self) -> T:
        """What came of it."""
        if self._error is not None:
            raise self._error
        return self._results[0]
