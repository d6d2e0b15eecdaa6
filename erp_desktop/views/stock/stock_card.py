"""The stock card: every number of a balance with the documents that it is made of, and the latest moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHeaderView,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.operations import Query
from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.stock import Balance, BalancePart, Move, StockCard
from erp_desktop.views import errors
from erp_desktop.views.widgets import forms, theme

_DOCUMENT: Final = Qt.ItemDataRole.UserRole
_KINDS: Final = ("reserved", "incoming", "in_production")
WORDS_FROM: Final = 460
"""The width from which there is room to say of every document what it is."""
_DATE, _QTY = 2, 3


class StockCardPanel(QFrame):
    """Shows the card of one balance; says what to do while none is chosen.

    Signals:
        document_wanted(kind, id): the person wants to open that document.
        shown(): a card arrived.
    """

    document_wanted = Signal(str, object)
    shown = Signal()

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._database = database
        self._balance_id: int | None = None
        self._card: StockCard | None = None
        self._failure: Exception | None = None
        self._name = forms.text_label("heading", wrap=True)
        self._place = forms.text_label("muted", wrap=True)
        self._names = [forms.text_label("small") for _ in range(7)]
        self._figures = [forms.text_label("strong") for _ in range(7)]
        self._tree = _tree()
        self._tree.itemActivated.connect(self._on_item)
        self._hint = forms.text_label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    @property
    def card(self) -> StockCard | None:
        """The card that is shown; None while there is none."""
        return self._card

    def show_balance(self, balance_id: int | None) -> None:
        """Load and show the card of a balance; None for none."""
        if balance_id != self._balance_id:
            self._card = None
        self._balance_id = balance_id
        self._failure = None
        self._show()
        self.reload()

    def focus_parts(self) -> None:
        """Give the keyboard to the documents."""
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def reload(self) -> None:
        """Read the card again that is shown."""
        if self._balance_id is not None:
            Query(stock.load_card, self._database, self._balance_id).quiet().success(self._on_loaded).failure(
                self._on_failed
            ).run()

    def retranslate(self) -> None:
        """Set every text anew."""
        for label, name in zip(self._names, self._figure_names(), strict=True):
            label.setText(name)
        self._tree.setHeaderLabels([self.tr("Document"), self.tr("Kind"), self.tr("Date"), self.tr("Quantity")])
        self._tree.setAccessibleName(self.tr("What the numbers are made of"))
        self._tree.header().setAccessibleName(self._tree.accessibleName())
        self._show()

    def _figure_names(self) -> tuple[str, ...]:
        return (
            self.tr("On hand"),
            self.tr("Reserved"),
            self.tr("Available"),
            self.tr("Incoming"),
            self.tr("Being made"),
            self.tr("Projected"),
            self.tr("Reorder point"),
        )

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * theme.GRID)
        grid.setVerticalSpacing(0)
        for place, (name, figure) in enumerate(zip(self._names, self._figures, strict=True)):
            row, column = divmod(place, 3)
            grid.addWidget(name, 3 * row, column)
            grid.addWidget(figure, 3 * row + 1, column)
            grid.setRowMinimumHeight(3 * row + 2, 2 * theme.GRID)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        whole = QWidget()
        stack = QVBoxLayout(whole)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2 * theme.GRID)
        stack.addWidget(self._name)
        stack.addWidget(self._place)
        stack.addLayout(grid)
        stack.addWidget(self._tree, 1)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.GRID] * 4)
        layout.addWidget(self._stack)

    def _on_loaded(self, card: StockCard) -> None:
        if card.balance.id == self._balance_id:
            self._card = card
            self._failure = None
            self._show()
            self.shown.emit()

    def _on_failed(self, error: Exception) -> None:
        self._card = None
        self._failure = error
        self._show()

    def _show(self) -> None:
        card = self._card
        self._stack.setCurrentIndex(0 if card is None else 1)
        if card is None:
            self._hint.setText(self._hint_text())
            return
        chinese = i18n.language().startswith("zh")
        balance = card.balance
        self._name.setText(f"{balance.code}  {balance.name_zh if chinese else balance.name_en}")
        place = balance.warehouse_zh if chinese else balance.warehouse_en
        unit = balance.unit_zh if chinese else balance.unit_en
        self._place.setText("  ·  ".join(part for part in (place, balance.specification, unit) if part))
        self._show_figures(balance)
        self._show_parts(card, chinese)

    def _hint_text(self) -> str:
        if self._failure is not None:
            return errors.sentence(self._failure)
        if self._balance_id is not None:
            return self.tr("Loading…")
        return self.tr("Select a row to see which documents its numbers are made of.")

    def _show_figures(self, balance: Balance) -> None:
        values = (
            *(balance.on_hand, balance.reserved, balance.available),
            *(balance.incoming, balance.in_production, balance.projected, balance.reorder_point),
        )
        for name, label, value in zip(self._names, self._figures, values, strict=True):
            label.setText(_qty(value))
            label.setAccessibleName(f"{name.text()} {_qty(value)}")
        low = balance.alert is not None
        theme.set_property(self._figures[-2], "role", "warning" if low else "strong")

    def _show_parts(self, card: StockCard, chinese: bool) -> None:
        self._tree.clear()
        titles = {
            "reserved": self.tr("Reserved for"),
            "incoming": self.tr("Incoming from"),
            "in_production": self.tr("Being made by"),
        }
        for kind in _KINDS:
            parts = [part for part in card.parts if part.kind == kind]
            if parts:
                total = sum((part.qty for part in parts), Decimal(0))
                self._add_group(titles[kind], _qty(total), (self._part_item(part) for part in parts))
        if card.moves:
            moves = (_move_item(move, chinese) for move in card.moves)
            self._add_group(self.tr("Latest moves"), "", moves)
        if not card.parts and not card.moves:
            self._add_group(self.tr("No document and no move yet"), "", ())

    def _add_group(self, title: str, total: str, items: Iterable[QTreeWidgetItem]) -> None:
        group = QTreeWidgetItem(self._tree, [title, "", "", total])
        font = group.font(0)
        font.setBold(True)
        for column in (0, _QTY):
            group.setFont(column, font)
        group.setTextAlignment(_QTY, wording.RIGHT)
        for item in items:
            item.setTextAlignment(_QTY, wording.RIGHT)
            group.addChild(item)
        group.setExpanded(True)

    def _part_item(self, part: BalancePart) -> QTreeWidgetItem:
        kind = wording.word(part.document_type, "document_type") if part.document_type else ""
        text = part.number or self.tr("Documents you can't see")
        item = QTreeWidgetItem([text, kind, _day(part.on_date), _qty(part.qty)])
        item.setToolTip(0, f"{kind} {text}".strip())
        if part.document_type is not None:
            item.setData(0, _DOCUMENT, (part.document_type, part.document_id))
        return item

    @Slot(QTreeWidgetItem)
    def _on_item(self, item: QTreeWidgetItem) -> None:
        document = item.data(0, _DOCUMENT)
        if document is not None:
            self.document_wanted.emit(document[0], document[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QFrame.resizeEvent: a narrow card leaves out what kind of document each one is."""
        super().resizeEvent(event)
        self._tree.setColumnHidden(1, event.size().width() < WORDS_FROM)

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _move_item(move: Move, chinese: bool) -> QTreeWidgetItem:
    word = wording.word(move.kind, "move_kind")
    moved = _qty(move.qty)
    item = QTreeWidgetItem(
        [
            move.document_number or word,
            word,
            move.moved_at.astimezone().date().isoformat(),
            f"+{moved}" if move.qty > 0 else moved,
        ]
    )
    person = (move.person_zh if chinese else move.person_en) or ""
    item.setToolTip(0, f"{word}  {move.moved_at.astimezone():%Y-%m-%d %H:%M}  {person}".strip())
    item.setData(0, _DOCUMENT, (move.document_type, move.document_id))
    return item


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setProperty("role", "table")
    tree.setColumnCount(4)
    tree.setRootIsDecorated(False)
    tree.setIndentation(2 * theme.GRID)
    tree.setUniformRowHeights(True)
    tree.setAllColumnsShowFocus(True)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionsMovable(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for column in (1, _DATE, _QTY):
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
    tree.headerItem().setTextAlignment(_QTY, wording.RIGHT)
    return tree


def _qty(value: Decimal) -> str:
    return text_of("qty")(value)


def _day(value: dt.date | None) -> str:
    return value.isoformat() if value is not None else ""
