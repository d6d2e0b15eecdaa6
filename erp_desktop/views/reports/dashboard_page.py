"""The executive's dashboard: the day in figures, orders and cash over time, what sells, what is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models import columns, i18n
from erp_desktop.models.operations import Query
from erp_desktop.services import clock, reports
from erp_desktop.views.reports.charts import DayBars, RankedBars
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.page import Context, Page

PERIODS = (30, 90, 365)
STATE_ORDER = (
    "draft",
    "submitted",
    "returned",
    "confirmed",
    "in_production",
    "ready",
    "shipped",
    "in_transit",
    "delivered",
)


class Figure(QFrame):
    """One number with its name above and a remark below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._name = forms.text_label("muted")
        self._value = forms.text_label("total")
        self._remark = forms.text_label("small")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(0)
        for label in (self._name, self._value, self._remark):
            column.addWidget(label)

    def show_figure(self, name: str, value: str, remark: str = "") -> None:
        """Show `value` under `name`."""
        self._name.setText(name)
        self._value.setText(value)
        self._remark.setText(remark)
        self.setAccessibleName(f"{name} {value} {remark}".strip())


class DashboardPage(Page):
    """Figures over what the reader may see; reloads when orders, shipments, invoices or payments change."""

    code: ClassVar[str] = "reports.dashboard"
    watches: ClassVar[frozenset[str]] = frozenset({"order", "shipment", "invoice", "payment", "work_order"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._dashboard: reports.Dashboard | None = None
        self._today = clock.today()
        self._period = QComboBox(self)
        self._money = context.may("erp_invoice_view")
        self._figures = [Figure(self) for _ in range(6 if self._money else 4)]
        self._days = DayBars(self)
        self._products = RankedBars(self)
        self._states = RankedBars(self)
        self._late = _table(self)
        self._headings = [forms.text_label("heading") for _ in range(4)]
        self._title = forms.text_label("title")
        self._failure = forms.text_label("error", wrap=True)
        self._failure.setVisible(False)
        self._build()
        self._period.currentIndexChanged.connect(self.reload)
        self._late.cellActivated.connect(self._open_late)
        self._refresh = QAction(self, shortcut=QKeySequence(QKeySequence.StandardKey.Refresh))
        self._refresh.triggered.connect(self.reload)
        self.addAction(self._refresh)
        self.retranslate()
        self.reload()

    def title(self) -> str:
        """Override Page.title."""
        return self.tr("Dashboard")

    @Slot()
    def reload(self) -> None:
        """Override Page.reload: read the figures in the background."""
        self._today = clock.today()
        days = self._period.currentData() or PERIODS[0]
        Query(
            reports.load_dashboard, self.context.session.database, self._today, days, money=self._money
        ).quiet().success(self._show).failure(self._fail).run()

    def focus_first(self) -> None:
        """Override Page.focus_first."""
        self._period.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Override Page.retranslate."""
        self._title.setText(self.title())
        self._refresh.setText(self.tr("Refresh"))
        self._period.setAccessibleName(self.tr("Period"))
        self._period.blockSignals(True)
        chosen = max(0, self._period.currentIndex())
        self._period.clear()
        for days in PERIODS:
            self._period.addItem(self.tr("Last {days} days").format(days=days), days)
        self._period.setCurrentIndex(chosen)
        self._period.blockSignals(False)
        names = (self.tr("Orders taken a day"), self.tr("Best sellers"), self.tr("Open orders"), self.tr("Late orders"))
        for heading, name in zip(self._headings, names, strict=True):
            heading.setText(name)
        for table_part in (self._late, self._late.horizontalHeader()):
            table_part.setAccessibleName(names[3])
        self._late.setHorizontalHeaderLabels(
            [self.tr("Number"), self.tr("Customer"), self.tr("Promised"), self.tr("Days late"), self.tr("Amount")]
        )
        for place in range(self._late.columnCount()):
            alignment = columns.RIGHT if place > 2 else columns.LEFT
            self._late.model().setHeaderData(
                place, Qt.Orientation.Horizontal, alignment, Qt.ItemDataRole.TextAlignmentRole
            )
        if self._dashboard is not None:
            self._show(self._dashboard)

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(3 * theme.GRID)
        wide = 12 // len(self._figures)
        for place, figure in enumerate(self._figures):
            grid.addWidget(figure, 0, wide * place, 1, wide)
        panels = (self._days, self._products, self._states, self._late)
        spots = ((1, 0, 8), (1, 8, 4), (2, 0, 5), (2, 5, 7))
        for panel, heading, (row, start, span) in zip(panels, self._headings, spots, strict=True):
            grid.addWidget(_panel(heading, panel), row, start, 1, span)
        for place in range(12):
            grid.setColumnStretch(place, 1)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(2, 2)
        inner = QWidget(self)
        inner.setProperty("role", "page")
        inner.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(5 * theme.GRID, 4 * theme.GRID, 5 * theme.GRID, 4 * theme.GRID)
        column.setSpacing(3 * theme.GRID)
        column.addLayout(forms.row(self._title, None, self._period))
        column.addWidget(self._failure)
        column.addWidget(scroll, 1)

    @Slot(object)
    def _show(self, dashboard: reports.Dashboard) -> None:
        self._dashboard = dashboard
        self._failure.setVisible(False)
        self._show_figures(dashboard)
        self._show_days(dashboard.days)
        chinese = i18n.language() == "zh_CN"
        self._products.show_rows(
            [
                (
                    each.name_zh if chinese else each.name_en or each.name_zh,
                    float(each.net_amount),
                    _money(each.net_amount),
                )
                for each in dashboard.products
            ]
        )
        self._products.say(self._headings[1].text())
        states = sorted(dashboard.states, key=lambda each: STATE_ORDER.index(each.state))
        self._states.show_rows([(columns.word(each.state), float(each.orders), f"{each.orders:,}") for each in states])
        self._states.say(self._headings[2].text())
        self._show_late(dashboard.late)

    def _show_figures(self, dashboard: reports.Dashboard) -> None:
        today = [day for day in dashboard.days if day.day == self._today]
        taken = sum((day.gross_amount for day in dashboard.days), Decimal(0))
        orders = sum(day.orders for day in dashboard.days)
        shown = [
            (
                self.tr("Orders today"),
                f"{sum(day.orders for day in today):,}",
                _money(sum((day.gross_amount for day in today), Decimal(0))),
            ),
            (self.tr("Orders in the period"), _money(taken), self.tr("{count} orders").format(count=f"{orders:,}")),
            *self._money_figures(dashboard),
            (
                self.tr("Shipped today"),
                f"{dashboard.shipments_today:,}",
                self.tr("{count} work orders under way").format(count=f"{dashboard.work_orders_open:,}"),
            ),
            (
                self.tr("Late orders"),
                f"{dashboard.late_count:,}",
                self.tr("{count} approvals waiting").format(count=f"{dashboard.approvals_pending:,}"),
            ),
        ]
        for figure, (name, value, remark) in zip(self._figures, shown, strict=True):
            figure.show_figure(name, value, remark)

    def _money_figures(self, dashboard: reports.Dashboard) -> list[tuple[str, str, str]]:
        """What customers paid and owe, for whom that is to be seen."""
        if dashboard.cash_received is None or dashboard.receivables is None:
            return []
        owed = sum((each.open_amount for each in dashboard.receivables), Decimal(0))
        overdue = sum((each.open_amount for each in dashboard.receivables if each.age != "not_due"), Decimal(0))
        return [
            (self.tr("Cash in the period"), _money(dashboard.cash_received), ""),
            (self.tr("Customers owe"), _money(owed), self.tr("{amount} overdue").format(amount=_money(overdue))),
        ]

    def _show_days(self, found: Sequence[reports.DayOrders]) -> None:
        amounts = {each.day: float(each.gross_amount) for each in found}
        count = self._period.currentData() or PERIODS[0]
        days = [self._today - dt.timedelta(days=back) for back in range(count - 1, -1, -1)]
        self._days.show_days(days, [amounts.get(day, 0.0) for day in days])
        self._days.say(self._headings[0].text())

    def _show_late(self, late: Sequence[reports.LateOrder]) -> None:
        self._late.setRowCount(len(late))
        for row, each in enumerate(late):
            cells = (
                each.number,
                each.customer_name,
                each.promised_on.isoformat(),
                f"{each.days_late:,}",
                _money(each.gross_amount),
            )
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, each.id)
                item.setTextAlignment(columns.RIGHT if place > 2 else columns.LEFT)
                self._late.setItem(row, place, item)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        from erp_desktop.views import errors

        self._failure.setText(errors.sentence(error))
        self._failure.setVisible(True)

    @Slot(int, int)
    def _open_late(self, row: int, _column: int) -> None:
        item = self._late.item(row, 0)
        if item is not None:
            self.context.open_document("order", item.data(Qt.ItemDataRole.UserRole))


def _table(parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, 5, parent)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setDefaultSectionSize(theme.ROW_COMPACT)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    return table


def _panel(heading: QLabel, content: QWidget) -> QFrame:
    panel = forms.card()
    column = QVBoxLayout(panel)
    column.setContentsMargins(4 * theme.GRID, 3 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID)
    column.setSpacing(2 * theme.GRID)
    column.addWidget(heading)
    column.addWidget(content, 1)
    content.setMinimumHeight(180)
    return panel


def _money(amount: Decimal) -> str:
    return f"¥{amount:,.0f}"
