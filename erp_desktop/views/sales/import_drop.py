"""What stands on the page before there is a file: what may be dropped, and what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from erp_desktop.services.importing import files
from erp_desktop.views.widgets import forms, icons, theme

_PICTURE = 48


class DropHint(QFrame):
    """A card with a picture and a few sentences; the page around it takes what is dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._heading = forms.text_label("heading")
        self._words = forms.text_label("muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * theme.GRID, 6 * theme.GRID, 6 * theme.GRID, 6 * theme.GRID)
        column.setSpacing(3 * theme.GRID)
        column.addStretch(2)
        for label in (self._picture, self._heading, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)
        theme.state.switched.connect(self._tint)
        self._tint()

    def retranslate(self) -> None:
        """Set every text anew."""
        self._heading.setText(self.tr("Drop a file of orders here"))
        lines = (
            self.tr("Takes xlsx, xls, ods and csv with one line of an order in each row."),
            self.tr("Needed are a product and a quantity, and a customer unless you choose one for all orders."),
            self.tr("Rows with the same order number, customer and date become one order."),
            self.tr("Up to {megabytes} MB and {rows} rows; nothing is written before you have seen what is wrong."),
        )
        limits = {"megabytes": files.MAX_BYTES // 1_000_000, "rows": f"{files.MAX_ROWS:,}"}
        self._words.setText("\n".join(lines).format(**limits))

    def _tint(self) -> None:
        self._picture.setPixmap(icons.pixmap("import", "faint", _PICTURE, self.devicePixelRatioF()))
