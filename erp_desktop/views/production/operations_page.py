"""The shop floor: the operations of the person's work centres, large and simple, for a computer that many share."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models.operations import Query
from erp_desktop.services import production
from erp_desktop.services.errors import KnownError
from erp_desktop.services.listing import text_of
from erp_desktop.services.production import Report, ShopFloor
from erp_desktop.views import errors, registry
from erp_desktop.views.production.operation_list import OperationList, said
from erp_desktop.views.production.report_card import ReportCard
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.actions import ActionToolButton, make_action
from erp_desktop.views.widgets.list_states import ListNotice
from erp_desktop.views.widgets.page import Context, Page

SIDE = 380


class OperationsPage(Page):
    """Choose an operation, type good pieces and scrap, Enter. The list follows what others report by itself."""

    code: ClassVar[str] = "production.operations"
    watches: ClassVar[frozenset[str]] = frozenset({"operation", "work_order"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._floor: ShopFloor | None = None
        self.operations = OperationList()
        self.card = ReportCard(context.session.database)
        self.search = QLineEdit(clearButtonEnabled=True)
        self.centre = QComboBox()
        self._title = forms.text_label("title")
        self._today = forms.text_label("strong")
        self._reports_heading = forms.text_label("heading")
        self._reports = QListWidget()
        self._notice = ListNotice()
        self._stack = QStackedWidget()
        self.refresh_action = make_action(self, self.reload, "refresh", "F5")
        self.find_action = make_action(self, self._focus_find, "search", "Ctrl+F")
        self._build()
        self._connect()
        self.retranslate()
        self.reload()

    def title(self) -> str:
        """Override Page.title."""
        screen = registry.screen(self.code)
        return screen.shown_title() if screen is not None else ""

    def reload(self) -> None:
        """Override Page.reload: what is typed and chosen stays."""
        Query(production.load_shop_floor, self.context.session.database).titled(self.title()).quiet().success(
            self._show
        ).failure(self._on_failed).run()

    def focus_first(self) -> None:
        """Override Page.focus_first."""
        self.operations.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        self._title.setText(self.title())
        self.search.setPlaceholderText(self.tr("Scan or type a work order  (Ctrl+F)"))
        self.search.setAccessibleName(self.tr("Scan or type a work order"))
        self.centre.setAccessibleName(self.tr("Work centre"))
        self.operations.setAccessibleName(self.tr("Operations"))
        self.refresh_action.setText(self.tr("Refresh"))
        self.find_action.setText(self.tr("Find a work order"))
        self._reports_heading.setText(self.tr("Reported today"))
        self._reports.setAccessibleName(self.tr("Reported today"))
        if self._floor is not None:
            self._show(self._floor)

    def _build(self) -> None:
        self.search.setMinimumWidth(280)
        self.centre.setMinimumWidth(160)
        self._reports.setFrameShape(QFrame.Shape.NoFrame)
        self._reports.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reports.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._stack.addWidget(self.operations)
        self._stack.addWidget(self._notice)
        history = forms.card()
        rows = forms.column(self._reports_heading, self._today, self._reports, None)
        rows.setContentsMargins(*[4 * theme.GRID] * 4)
        history.setLayout(rows)
        side = QWidget()
        side.setFixedWidth(SIDE)
        beside = forms.column(self.card, spacing=3 * theme.GRID)
        beside.addWidget(history, 1)
        side.setLayout(beside)
        middle = QHBoxLayout()
        middle.setSpacing(3 * theme.GRID)
        middle.addWidget(self._stack, 1)
        middle.addWidget(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(3 * theme.GRID)
        column.addLayout(forms.row(self._title, None, self.centre, self.search, ActionToolButton(self.refresh_action)))
        column.addLayout(middle, 1)

    def _connect(self) -> None:
        self.operations.currentItemChanged.connect(self._on_current)
        self.operations.chosen.connect(self.card.begin)
        self.operations.typed.connect(self.card.begin)
        self.card.reported.connect(self._on_reported)
        self.card.left.connect(self.focus_first)
        self.search.textEdited.connect(self._find)
        self.search.returnPressed.connect(self._choose_found)
        self.centre.activated.connect(self._on_centre)
        self._notice.retry.clicked.connect(self.reload)

    def _show(self, floor: ShopFloor) -> None:
        self._floor = floor
        self._show_centres(floor)
        centre = self.centre.currentData()
        operations = [each for each in floor.operations if centre is None or each.work_centre_id == centre]
        self.operations.show_operations(operations)
        self.operations.show_matching(self.search.text())
        if not operations:
            self._notice.show_empty(self._nothing(floor))
            self.card.show_operation(None)
        self._stack.setCurrentWidget(self.operations if operations else self._notice)
        qty = text_of("qty")
        text = self.tr("{good} good, {scrap} scrap").format(good=qty(floor.good_today), scrap=qty(floor.scrap_today))
        self._today.setText(text)
        self._reports.clear()
        self._reports.addItems([self._report_words(each) for each in floor.reports])
        self._reports.setVisible(bool(floor.reports))

    def _show_centres(self, floor: ShopFloor) -> None:
        kept = self.centre.currentData()
        self.centre.clear()
        self.centre.addItem(self.tr("All work centres"), None)
        for each in floor.work_centres:
            self.centre.addItem(said(each.name_zh, each.name_en), each.id)
        self.centre.setCurrentIndex(max(0, self.centre.findData(kept)))
        self.centre.setVisible(len(floor.work_centres) > 1)

    def _nothing(self, floor: ShopFloor) -> str:
        if not floor.work_centres:
            return self.tr("Ask your administrator for a work centre: none is assigned to you.")
        return self.tr("Nothing to do here. Released work orders come by themselves.")

    def _report_words(self, each: Report) -> str:
        qty = text_of("qty")
        made = f"✓ {qty(each.good_qty)}" + (f"  ✗ {qty(each.scrap_qty)}" if each.scrap_qty else "")
        product = said(each.product_zh, each.product_en)
        return f"{each.at.astimezone():%H:%M}  {made}  {said(each.name_zh, each.name_en)} · {product}"

    def _on_failed(self, error: Exception) -> None:
        if self._floor is None and isinstance(error, KnownError):
            self._notice.show_failure(error)
            self._stack.setCurrentWidget(self._notice)
        else:
            errors.show(error, self)

    @Slot()
    def _on_current(self) -> None:
        self.card.show_operation(self.operations.operation())

    @Slot()
    def _on_reported(self) -> None:
        self.search.clear()
        self.reload()
        self.focus_first()

    @Slot()
    def _on_centre(self) -> None:
        if self._floor is not None:
            self._show(self._floor)

    @Slot()
    def _focus_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @Slot(str)
    def _find(self, text: str) -> None:
        self.operations.show_matching(text)
        self._on_current()

    @Slot()
    def _choose_found(self) -> None:
        """A scanner types the number and Enter: the quantity is next."""
        if self.operations.show_matching(self.search.text()):
            self._on_current()
            self.card.begin()
