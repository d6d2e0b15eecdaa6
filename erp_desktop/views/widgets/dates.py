"""A field for a date: typed as `2026-03-15`, `03-15` or `+7`, stepped with the arrow keys, or picked in a calendar."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from erp_desktop.models.entry import EARLIEST, LATEST, EntryError
from erp_desktop.services import clock
from erp_desktop.views.widgets import icons
from erp_desktop.views.widgets.typed_edit import TypedEdit

_STEPS = {Qt.Key.Key_Up: "+1", Qt.Key.Key_Down: "-1", Qt.Key.Key_PageUp: "+1m", Qt.Key.Key_PageDown: "-1m"}


class DateField(TypedEdit[dt.date]):
    """A date. Up and Down step by a day, PageUp and PageDown by a month, F4 or Alt+Down opens the calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._calendar: QCalendarWidget | None = None
        self._button = QAction(icons.icon("calendar"), "", self)
        self._button.triggered.connect(self.open_calendar)
        self.addAction(self._button, QLineEdit.ActionPosition.TrailingPosition)
        self._retranslate()

    def parse(self, text: str) -> dt.date:
        """Override TypedEdit.parse."""
        return self.entry.date(text)

    def typed_text(self, value: dt.date) -> str:
        """Override TypedEdit.typed_text."""
        return value.isoformat()

    @Slot()
    def open_calendar(self) -> None:
        """Show the calendar below the field."""
        if self.isReadOnly() or not self.isEnabled():
            return
        calendar = self._calendar or self._make_calendar()
        day = self.value() or clock.today()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
        calendar.setFocus()

    def _make_calendar(self) -> QCalendarWidget:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlag(Qt.WindowType.Popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setGridVisible(False)
        calendar.setMinimumDate(QDate(EARLIEST.year, EARLIEST.month, EARLIEST.day))
        calendar.setMaximumDate(QDate(LATEST.year, LATEST.month, LATEST.day))
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        self._calendar = calendar
        return calendar

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        if self._calendar is not None:
            self._calendar.hide()
        self.set_value(dt.date(day.year(), day.month(), day.day()))
        self.setFocus()

    def _step(self, shift: str) -> None:
        self.take()
        try:
            self.set_value(self.entry.date(shift, self.value() or clock.today()))
        except EntryError:
            return
        self.selectAll()

    def _retranslate(self) -> None:
        self._button.setToolTip(self.tr("Calendar (F4)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent."""
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif key in _STEPS and not self.isReadOnly():
            self._step(_STEPS[key])
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Override QLineEdit.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
