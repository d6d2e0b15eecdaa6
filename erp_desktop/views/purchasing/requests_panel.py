"""Who waits for what a purchase order brings, beside its window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from erp_desktop.services.listing import text_of
from erp_desktop.services.purchasing import Request
from erp_desktop.views.widgets import forms, theme

ROW = 42
MOST_ROWS = 4


class RequestsPanel(QFrame):
    """The requests that a purchase order covers, the first needed first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._requests: Sequence[Request] = ()
        self._heading = forms.text_label("heading")
        self._list = QListWidget()
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        column = forms.column(self._heading, self._list)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        self.setLayout(column)
        self._retranslate()

    def show_requests(self, requests: Sequence[Request]) -> None:
        """Show these; hidden when there are none."""
        self._requests = requests
        self._list.clear()
        for each in requests:
            item = QListWidgetItem(self._words(each), self._list)
            item.setToolTip(item.text())
        self._list.setFixedHeight(min(len(requests), MOST_ROWS) * ROW + 2 * theme.GRID)
        self.setVisible(bool(requests))

    def _words(self, each: Request) -> str:
        """Two lines: who waits, and for how much until when."""
        waits = each.order_number or each.work_order_number or each.number
        customer = f" · {each.customer_name}" if each.customer_name else ""
        need = self.tr("{qty} × {product}, needed {day}").format(
            qty=text_of("qty")(each.qty), product=each.code, day=each.needed_on.isoformat()
        )
        return f"{waits}{customer}\n{need}"

    def _retranslate(self) -> None:
        self._heading.setText(self.tr("Who waits for it"))
        self._list.setAccessibleName(self.tr("Who waits for it"))
        self.show_requests(self._requests)

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
