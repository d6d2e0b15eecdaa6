"""Reference cycles are collected in the GUI thread alone, however many objects other threads make."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models.collector import Collector


class Knot(QWidget):
    """A widget that only the collection of cycles can free, and that notes which thread did."""

    freed_by: int | None = None

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def note_thread() -> None:
    Knot.freed_by = threading.get_ident()


def make_many_objects() -> None:
    keep = [[number] for number in range(200_000)]
    assert len(keep) == 200_000


def test_a_widget_in_a_cycle_is_freed_by_the_gui_thread(desk: QApplication, qtbot: QtBot) -> None:
    Knot.freed_by = None
    knot = Knot()
    weakref.finalize(knot, note_thread)
    del knot
    thread = threading.Thread(target=make_many_objects)
    thread.start()
    thread.join()
    assert Knot.freed_by is None
    newer = [[number] for number in range(gc.get_threshold()[0] + 1)]
    qtbot.waitUntil(lambda: Knot.freed_by is not None)
    assert newer, "a collection is due as soon as enough objects were made that still live"
    assert Knot.freed_by == threading.get_ident()


def test_there_is_one_collector(desk: QApplication) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    assert Collector.install(application) is Collector.install(application)
    assert not gc.isenabled()
