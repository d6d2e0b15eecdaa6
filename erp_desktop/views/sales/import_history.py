"""The files that were imported: who, when, how much, and a way to take a batch back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.import_tables import BatchTable
from erp_desktop.models.operations import Command, Query
from erp_desktop.services.importing import batches
from erp_desktop.services.importing.batches import Batch
from erp_desktop.views.sales.import_tables import TextTableView
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.actions import ActionButton, make_action
from erp_desktop.views.widgets.list_states import ListNotice
from erp_desktop.views.widgets.page import Context

_WIDTHS = (140, 300, 110, 90, 90, 140, 160)


class ImportHistory(QWidget):
    """The list of batches.

    Signals:
        orders_wanted(): the person wants to see the orders.
    """

    orders_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.model = BatchTable(self)
        self.table = TextTableView(self.model, _WIDTHS, stretch=1)
        self.notice = ListNotice()
        self.notice.retry.clicked.connect(self.reload)
        self._body = QStackedWidget()
        self._body.addWidget(self.table)
        self._body.addWidget(self.notice)
        self.undo_action = make_action(self, self._ask_undo, icon="undo", shortcut="Ctrl+Shift+Z")
        self.orders_action = make_action(self, self.orders_wanted.emit, icon="orders")
        self.table.addActions([self.undo_action, self.orders_action])
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.selectionModel().selectionChanged.connect(self._on_selected)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * theme.GRID)
        column.addWidget(self._body, 1)
        column.addLayout(
            forms.row(None, ActionButton(self.orders_action, "quiet"), ActionButton(self.undo_action, icon="undo"))
        )
        self.retranslate()

    def reload(self) -> None:
        """Read the batches again."""
        Query(batches.list_batches, self._context.session.database).quiet().success(self._show).failure(
            self._show_failure
        ).run()

    def select_batch(self, batch_id: int) -> None:
        """Stand on a batch, as soon as it is in the list."""
        place = next((place for place, each in enumerate(self.model.batches) if each.id == batch_id), None)
        if place is not None:
            self.table.selectRow(place)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.table.set_name(self.tr("Imported files"))
        self.undo_action.setText(self.tr("&Undo this import"))
        self.orders_action.setText(self.tr("Show &orders"))
        self._show(self.model.batches)

    def selected(self) -> Batch | None:
        """The batch that is selected."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.batches[rows[0].row()] if rows else None

    @Slot(object)
    def _show(self, found: Sequence[Batch]) -> None:
        chosen = self.selected()
        self.model.show_batches(found)
        if found:
            self.select_batch(chosen.id if chosen else found[0].id)
        else:
            self.notice.show_empty(self.tr("No file was imported yet. The first tab takes one."))
        self._body.setCurrentWidget(self.table if found else self.notice)
        self._on_selected()

    @Slot(object)
    def _show_failure(self, error: Exception) -> None:
        self.notice.show_failure(error)
        self._body.setCurrentWidget(self.notice)

    @Slot()
    def _on_selected(self) -> None:
        batch = self.selected()
        self.undo_action.setEnabled(batch is not None and batch.undone_at is None)

    def _ask_undo(self) -> None:
        batch = self.selected()
        if batch is None:
            return
        question = self.tr("Take back “{file}”? Its %n orders are deleted.", "", batch.order_count)
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Undo an import"),
            question.format(file=batch.file_name),
            QMessageBox.StandardButton.Cancel,
            self,
        )
        box.setInformativeText(self.tr("Customers and products that it created stay."))
        undo = box.addButton(self.tr("Undo the import"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        if box.clickedButton() is undo:
            self.undo(batch)

    def undo(self, batch: Batch) -> None:
        """Take a batch back."""
        Command(batches.undo, self._context.session.database, batch.id).titled(self.tr("Undoing the import")).success(
            self._on_undone
        ).run()

    @Slot(object)
    def _on_undone(self, orders: int) -> None:
        bridge.success(self.tr("%n orders were taken back.", "", orders))
        self.reload()
