"""How far the lines of an order are: what can be picked now, what is being picked, what is still waited for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.operations import Query
from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.stock import Readiness
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme


class OrderReadiness(QFrame):
    """The lines of the selected order beside the list."""

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._database = database
        self._order: tuple[int, str, str] | None = None
        self._lines: Sequence[Readiness] | None = None
        self._failure: Exception | None = None
        self._number = forms.text_label("heading")
        self._customer = forms.text_label("muted", wrap=True)
        self._hint = forms.text_label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._tree = QTreeWidget()
        self._tree.setProperty("role", "table")
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    def show_order(self, order: tuple[int, str, str] | None) -> None:
        """Load and show the lines of an order (id, number, customer); None for none."""
        if order != self._order:
            self._lines = None
        self._order = order
        self._failure = None
        self._show()
        self.reload()

    def reload(self) -> None:
        """Read the lines again."""
        if self._order is not None:
            order = self._order
            Query(stock.readiness, self._database, order[0]).quiet().success(
                lambda lines: self._on_loaded(order, lines)
            ).failure(self._on_failed).owned_by(self).run()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._tree.setHeaderLabels([self.tr("Product"), self.tr("Ready"), self.tr("Waiting")])
        self._tree.setAccessibleName(self.tr("Lines of the order"))
        self._tree.header().setAccessibleName(self._tree.accessibleName())
        self._show()

    def _build(self) -> None:
        self._tree.setRootIsDecorated(False)
        self._tree.setIndentation(0)
        self._tree.setAllColumnsShowFocus(True)
        self._tree.setUniformRowHeights(True)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in (1, 2):
            self._tree.headerItem().setTextAlignment(place, wording.RIGHT)
        whole = QWidget()
        whole.setLayout(forms.column(self._number, self._customer, self._tree))
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.GRID] * 4)
        layout.addWidget(self._stack)

    def _on_loaded(self, order: tuple[int, str, str], lines: Sequence[Readiness]) -> None:
        if order == self._order:
            self._lines = lines
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self._failure = error
        self._show()

    def _show(self) -> None:
        self._stack.setCurrentIndex(0 if self._lines is None else 1)
        if self._lines is None or self._order is None:
            self._hint.setText(self._hint_text())
            return
        self._number.setText(self._order[1])
        self._customer.setText(self._order[2])
        chinese = i18n.language().startswith("zh")
        self._tree.clear()
        for line in self._lines:
            self._tree.addTopLevelItem(self._item(line, chinese))

    def _hint_text(self) -> str:
        if self._failure is not None:
            return errors.sentence(self._failure)
        if self._order is not None:
            return self.tr("Loading…")
        return self.tr("Select an order to see what of it can be picked and what is still waited for.")

    def _item(self, line: Readiness, chinese: bool) -> QTreeWidgetItem:
        qty = text_of("qty")
        name, unit = (line.name_zh, line.unit_zh) if chinese else (line.name_en, line.unit_en)
        item = QTreeWidgetItem([f"{line.code}  {name}", qty(line.ready_qty), qty(line.waiting_qty)])
        told = self.tr(
            "{name}: {qty} {unit}, {shipped} shipped, {picking} being picked, {ready} ready, {waiting} waited for"
        )
        item.setToolTip(
            0,
            told.format(
                name=name,
                qty=qty(line.qty),
                unit=unit,
                ready=qty(line.ready_qty),
                picking=qty(line.picking_qty),
                shipped=qty(line.shipped_qty),
                waiting=qty(line.waiting_qty),
            ),
        )
        for place in (1, 2):
            item.setTextAlignment(place, wording.RIGHT)
        if line.waiting_qty > 0:
            item.setForeground(2, theme.tokens().color("warning"))
        return item

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
