"""Collects reference cycles in the GUI thread only: a widget that a reading thread collects takes the program down."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

LOOK_MS = 500


class Collector(QObject):
    """Stands in for Python's own collection, which happens in whichever thread has just made one object too many.

    A timer of the thread that made it looks whether a generation is due, by the same thresholds.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    @classmethod
    def install(cls, parent: QObject) -> Collector:
        """The collector of `parent`, made when it is first asked for."""
        found = parent.findChild(cls)
        return found if isinstance(found, cls) else cls(parent)

    @Slot()
    def _collect(self) -> None:
        counts, thresholds = gc.get_count(), gc.get_threshold()
        due = [generation for generation in range(3) if counts[generation] > thresholds[generation]]
        if due:
            gc.collect(due[-1])
