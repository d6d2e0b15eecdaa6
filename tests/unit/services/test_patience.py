"""Calls that can't be interrupted: waited for, given up at once when the work is cancelled, and their late results."""

from __future__ import annotations

import threading
import time

import pytest

from erp_desktop.services import auth, db, work
from erp_desktop.services.errors import BugError, Cancelled
from erp_desktop.services.work import Work, doing


def test_the_result_or_the_error_comes_back() -> None:
    assert work.patiently(lambda: threading.current_thread().name) == "errand"
    with pytest.raises(ValueError, match="no number"):
        work.patiently(lambda: int("no number"))
    with doing(Work()) as mine:
        assert work.patiently(work.present) is mine


@pytest.mark.parametrize("cancels", [True, False])
def test_who_gives_up_goes_on_at_once_and_the_late_result_is_handed_over(cancels: bool) -> None:
    go_on, late = threading.Event(), threading.Event()
    results: list[int] = []

    def take(result: int) -> None:
        results.append(result)
        late.set()

    def slow() -> int:
        go_on.wait(20)
        return 7

    with doing(Work()) as mine:
        started = time.perf_counter()
        if cancels:
            threading.Timer(0.05, mine.cancel).start()
        with pytest.raises(Cancelled if cancels else TimeoutError):
            work.patiently(slow, 20 if cancels else 0.05, take)
        assert time.perf_counter() - started < 5
    go_on.set()
    assert late.wait(5) and results == [7]


def test_cancelled_work_begins_nothing() -> None:
    begun: list[bool] = []
    with doing(Work()) as mine:
        mine.cancel()
        with pytest.raises(Cancelled):
            work.patiently(lambda: begun.append(True))
    assert begun == []


def test_the_thread_that_must_not_wait_may_not_ask_the_gate_either() -> None:
    db.guard_thread(threading.get_ident())
    try:
        with pytest.raises(BugError):
            auth.server_info(db.Profile("nowhere", "127.0.0.1", 1, "tenon", "disable"))
    finally:
        db.unguard_thread(threading.get_ident())
