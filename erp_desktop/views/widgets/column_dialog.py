"""Chooses which columns of a list show and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.services.listing import Column
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.table_header import ColumnLayout


class ColumnDialog(Dialog):
    """A list of all columns with ticks; Space ticks, Alt+Up and Alt+Down move."""

    def __init__(
        self, columns: Sequence[Column], layouts: Sequence[ColumnLayout], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._layouts = {layout.key: layout for layout in layouts}
        titles = {column.key: wording.title(column.title) for column in columns}
        self._list = QListWidget()
        self._list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        for layout in layouts:
            item = QListWidgetItem(titles[layout.key], self._list)
            item.setData(Qt.ItemDataRole.UserRole, layout.key)
            item.setSizeHint(QSize(0, theme.ROW_COMPACT))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if layout.hidden else Qt.CheckState.Checked)
        self._list.setCurrentRow(0)
        self._build()

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Columns"))
        self._list.setAccessibleName(self.tr("Columns"))
        hint = forms.text_label(
            "small", self.tr("Tick what shall show; drag, or press Alt+Up and Alt+Down, to move."), True
        )
        up, down = forms.button("quiet", "chevron-up"), forms.button("quiet", "chevron-down")
        up.setText(self.tr("&Up"))
        up.setShortcut("Alt+Up")
        up.clicked.connect(lambda: self._move(-1))
        down.setText(self.tr("&Down"))
        down.setShortcut("Alt+Down")
        down.clicked.connect(lambda: self._move(1))
        cancel, done = forms.button(), forms.button("primary")
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        done.setText(self.tr("&Apply"))
        done.clicked.connect(self._accept_if_any)
        done.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(hint)
        layout.addWidget(self._list, 1)
        layout.addLayout(forms.row(up, down, None, cancel, done))
        self.resize(420, 480)

    def layouts(self) -> list[ColumnLayout]:
        """The columns as the person wants them, from left to right."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return [
            replace(
                self._layouts[item.data(Qt.ItemDataRole.UserRole)],
                hidden=item.checkState() == Qt.CheckState.Unchecked,
            )
            for item in items
        ]

    def _move(self, step: int) -> None:
        row = self._list.currentRow()
        target = row + step
        if row >= 0 and 0 <= target < self._list.count():
            self._list.insertItem(target, self._list.takeItem(row))
            self._list.setCurrentRow(target)

    @Slot()
    def _accept_if_any(self) -> None:
        """A table without columns is of no use: the dialog stays until one is ticked."""
        if any(not layout.hidden for layout in self.layouts()):
            self.accept()
