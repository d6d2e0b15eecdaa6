"""Background work: off the GUI thread and back to it, in order, cancellable, never into a closed window."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from erp_desktop.models import operations, watchdog
from erp_desktop.models.bridge import Bridge, MessageKind
from erp_desktop.models.operations import Command, Query
from erp_desktop.services import work
from erp_desktop.services.errors import Cancelled, WrongState
from erp_desktop.views.widgets.progress import ProgressCard, ProgressDisplay
from erp_desktop.views.widgets.toast import Overlay
from tests.views.conftest import Told


class Receiver(QObject):
    """An owner of operations that notes what came back and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.threads: set[int] = set()

    def take(self, *values: object) -> None:
        self.seen.append(values[-1] if values else "finished")
        self.threads.add(threading.get_ident())


def wait_until_stopped(started: threading.Event | None = None) -> None:
    """Work that ends only when it is asked to."""
    if started is not None:
        started.set()
    if work.present().wait_for_stop(20):
        raise Cancelled()


def test_function_runs_elsewhere_and_the_handler_on_the_gui_thread(qtbot: QtBot) -> None:
    receiver = Receiver()
    Query(threading.get_ident).success(receiver.take).run()
    qtbot.waitUntil(lambda: bool(receiver.seen))
    assert receiver.seen != [threading.get_ident()]
    assert receiver.threads == {threading.get_ident()}


def test_finished_comes_first_and_in_every_case(qtbot: QtBot) -> None:
    receiver = Receiver()
    Query(lambda: 5).finished(receiver.take).success(receiver.take).run()
    qtbot.waitUntil(lambda: receiver.seen == ["finished", 5])
    error = WrongState("US201")

    def refuse() -> None:
        raise error

    Query(refuse).finished(receiver.take).failure(receiver.take).run()
    qtbot.waitUntil(lambda: receiver.seen == ["finished", 5, "finished", error])


def test_failure_without_a_handler_reaches_the_standard_display(qtbot: QtBot, told: Told) -> None:
    def refuse() -> None:
        raise WrongState("US201")

    Command(refuse).run()
    qtbot.waitUntil(lambda: [type(error) for error in told.failures] == [WrongState])


def test_commands_run_one_after_the_other_and_queries_together(qtbot: QtBot) -> None:
    order: list[int] = []
    for place in range(20):
        Command(lambda place=place: (time.sleep(0.001), order.append(place))).run()
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))
    together = threading.Barrier(3)
    receiver = Receiver()
    for _ in range(3):
        Query(together.wait, 10).success(receiver.take).run()
    qtbot.waitUntil(lambda: len(receiver.seen) == 3)


@pytest.mark.parametrize("wrap", [lambda method: method, lambda method: functools.partial(method, "bound")])
def test_no_handler_is_called_once_the_owner_is_gone(qtbot: QtBot, told: Told, wrap: Callable[..., object]) -> None:
    proceed = threading.Event()
    receiver = Receiver()
    seen = receiver.seen
    operation = Query(proceed.wait, 10).success(wrap(receiver.take)).finished(receiver.take).run()
    assert operation.owner is receiver
    delete(receiver)
    proceed.set()
    qtbot.waitUntil(lambda: not operations.running())
    assert (seen, operation.owner) == ([], None)


def test_lambdas_follow_the_owner_they_are_given(qtbot: QtBot) -> None:
    proceed = threading.Event()
    owner = QObject()
    seen: list[object] = []
    Query(proceed.wait, 10).owned_by(owner).success(lambda result: seen.append(result)).run()
    delete(owner)
    proceed.set()
    qtbot.waitUntil(lambda: not operations.running())
    assert seen == []


def test_an_operation_starts_on_the_gui_thread_only(qtbot: QtBot) -> None:
    raised: list[BaseException] = []

    def start() -> None:
        try:
            Query(time.time).run()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert len(raised) == 1


def test_slow_work_is_shown_after_600_ms_and_stops_when_cancelled(qtbot: QtBot, told: Told) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    overlay = Overlay(window)
    ProgressDisplay(overlay)
    window.show()
    receiver = Receiver()
    begun = time.monotonic()
    operation = Query(wait_until_stopped).titled("Importing orders").finished(receiver.take).run()
    qtbot.waitUntil(lambda: bool(overlay.findChildren(ProgressCard)))
    assert time.monotonic() - begun >= 0.55
    (card,) = overlay.findChildren(ProgressCard)
    qtbot.waitUntil(card.isVisible)
    cancel = card.findChild(QPushButton)
    assert cancel is not None
    cancel.click()
    assert operation.cancelling
    qtbot.waitUntil(lambda: receiver.seen == ["finished"])
    qtbot.waitUntil(lambda: overlay.findChildren(ProgressCard) == [])
    assert (told.messages, told.failures) == ([], [])


def test_progress_is_shown_as_it_is_reported(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    overlay = Overlay(window)
    ProgressDisplay(overlay)
    window.show()
    report = threading.Event()

    def count() -> None:
        report.wait(10)
        work.present().report(1200, 4985)
        wait_until_stopped()

    operation = Query(count).run()
    qtbot.waitUntil(lambda: bool(overlay.findChildren(ProgressCard)))
    (card,) = overlay.findChildren(ProgressCard)
    report.set()
    qtbot.waitUntil(lambda: "1,200 of 4,985" in [label.text() for label in card.findChildren(type(card._steps))])
    operation.cancel()
    qtbot.waitUntil(lambda: not operations.running())


def test_quiet_work_shows_nothing(qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(operations.monitor.slow, wait=800):
        operation = Query(wait_until_stopped).quiet().run()
    operation.cancel()
    qtbot.waitUntil(lambda: not operations.running())


def test_shut_down_cancels_reads_and_waits_for_writes(qtbot: QtBot) -> None:
    started = threading.Event()
    written: list[int] = []
    Query(wait_until_stopped, started).run()
    Command(lambda: (time.sleep(0.2), written.append(1))).run()
    assert started.wait(5)
    assert operations.shut_down()
    assert written == [1]
    qtbot.waitUntil(lambda: not operations.running())


def test_what_is_said_before_a_window_listens_is_kept_for_it(qtbot: QtBot) -> None:
    early = Bridge()
    heard: list[tuple[str, str]] = []
    failures: list[BaseException] = []
    early.message.connect(lambda kind, text: heard.append((kind, text)))
    early.failed.connect(failures.append)
    early.warning("The keyring is locked.")
    early.fail(WrongState("US201"))
    assert (heard, failures) == ([], [])
    early.attach()
    assert heard == [(MessageKind.WARNING.value, "The keyring is locked.")]
    assert len(failures) == 1
    early.success("Saved.")
    early.detach()
    early.info("Later.")
    assert [text for _, text in heard] == ["The keyring is locked.", "Saved."]


def test_a_blocked_gui_thread_is_noted_with_the_place(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    dog = watchdog.Watchdog()
    with caplog.at_level(logging.INFO, logger=watchdog.log.name):
        dog.start()
        latest = time.monotonic() + 10
        while "test_a_blocked_gui_thread" not in caplog.text:  # and the event loop stands still meanwhile
            assert time.monotonic() < latest
    dog.stop()
    assert dog.blocks >= 1
