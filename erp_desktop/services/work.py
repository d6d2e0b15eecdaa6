"""The piece of work that the current thread does: how it is asked to stop and how it reports its progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


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
