"""The window of a work order: what is made for whom, how far its operations are, what material it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QSplitter, QTreeWidget, QTreeWidgetItem, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.services import production
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.production import Material, Operation, WorkOrder
from erp_desktop.views.production.progress import PROGRESS_ROLE, Progress, ProgressDelegate
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.print_preview import printing_language
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.side_panel import Related

OPERATION_WIDTHS = (56, 0, 150, 200, 90, 90)
OPERATION_FIGURES = (4, 5)
MATERIAL_WIDTHS = (100, 0, 78, 82, 72, 80, 86, 76)
MATERIAL_FIGURES = (2, 3, 4, 5, 6)
MOST_NAMED = 5


class WorkOrderPage(DocumentPage):
    """A work order: released when its material is there, cancelled while nobody has begun."""

    kind = "work_order"
    watches = frozenset({"stock"})

    # What it is made of

    def build_header(self) -> QWidget | None:
        """Override DocumentPage.build_header."""
        names = ("product", "qty", "warehouse", "order", "customer", "starts_on", "due_on", "promised_on")
        self._told = {name: forms.Field(QLineEdit(readOnly=True)) for name in names}
        field = self._told
        return self.header_card(
            6,
            (field["product"], 0, 0, 3),
            (field["qty"], 0, 3, 1),
            (field["starts_on"], 0, 4, 1),
            (field["due_on"], 0, 5, 1),
            (field["order"], 1, 0, 1),
            (field["customer"], 1, 1, 2),
            (field["promised_on"], 1, 3, 1),
            (field["warehouse"], 1, 4, 2),
        )

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body: operations above materials."""
        self.operations = _table(OPERATION_WIDTHS, OPERATION_FIGURES)
        self.operations.setItemDelegateForColumn(3, ProgressDelegate(self.operations))
        self.materials = _table(MATERIAL_WIDTHS, MATERIAL_FIGURES)
        self._headings = [forms.text_label("heading"), forms.text_label("heading")]
        body = QSplitter(Qt.Orientation.Vertical)
        body.setHandleWidth(3 * theme.GRID)
        body.setChildrenCollapsible(False)
        for heading, table in zip(self._headings, (self.operations, self.materials), strict=True):
            part = QWidget()
            part.setLayout(forms.column(heading, table))
            body.addWidget(part)
        return body

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.cancel_action = self.add_step(self._ask_cancel, step="cancel", icon="cross")
        self.replan_action = self.add_step(self._replan, step="replan", icon="undo", primary=True)
        self.release_action = self.add_step(self._release, step="release", icon="check", primary=True)

    # Reading and showing

    def read(self, database: Database, document_id: int) -> WorkOrder:
        """Override DocumentPage.read."""
        return production.load_work_order(database, document_id)

    def facts(self, document: Any) -> Facts:
        """Override DocumentPage.facts."""
        order: WorkOrder = document
        idle = order.order_id is None and order.parent_id is None
        return Facts(order.number, order.state, order.version, order.actions - ({"replan"} if idle else set()))

    def show_document(self, document: Any) -> None:
        """Override DocumentPage.show_document."""
        order: WorkOrder = document
        self._show_head(order)
        self.operations.clear()
        self.operations.addTopLevelItems([self._operation_row(each, order) for each in order.operations])
        self.materials.clear()
        self.materials.addTopLevelItems([self._material_row(each) for each in order.materials])
        self.timeline.show_entries(order.timeline)
        self.related.show_documents([Related(each.kind, each.id, each.number, each.state) for each in order.linked])

    def concerns(self, kind: str, ids: list[str]) -> bool:
        """Override DocumentPage.concerns: stock matters while the material is waited for; the rest moves the order."""
        if kind == "stock":
            return self.shown_facts is not None and self.shown_facts.state == "planned"
        return super().concerns(kind, ids)

    def tag_text(self) -> str:
        """Override DocumentPage.tag_text: what keeps it from being released, or what it stands in for."""
        order: WorkOrder | None = self.document_shown
        if order is None:
            return ""
        short = [each.code for each in order.materials if each.missing_qty > 0 and each.supply != "none"]
        if order.state == "planned" and short:
            codes = self.tr(", ").join(short[:MOST_NAMED]) + (" …" if len(short) > MOST_NAMED else "")
            return self.tr("Material missing: {materials}").format(materials=codes)
        if order.note:
            return self.tr("In place of {number}").format(number=order.note)
        return ""

    def pdf(self) -> Callable[[], bytes] | None:
        """Override DocumentPage.pdf."""
        if self.document_id is None:
            return None
        return partial(production.work_order_pdf, self.context.session.database, self.document_id, printing_language())

    def focus_first(self) -> None:
        """Override DocumentPage.focus_first: the materials, which decide about the release."""
        self.materials.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        self.release_action.setText(self.tr("&Release"))
        self.replan_action.setText(self.tr("Plan &again"))
        self.cancel_action.setText(self.tr("Cancel work order…"))
        for name, text in self._labels().items():
            self._told[name].set_label(text)
        self._name_tables()
        if self.document_shown is not None:
            self.show_document(self.document_shown)

    def _labels(self) -> dict[str, str]:
        return {
            "product": self.tr("Product"),
            "qty": self.tr("Made / scrap / total"),
            "warehouse": self.tr("Into warehouse"),
            "order": self.tr("For order"),
            "customer": self.tr("Customer"),
            "starts_on": self.tr("Start on"),
            "due_on": self.tr("Finish by"),
            "promised_on": self.tr("Promised"),
        }

    def _name_tables(self) -> None:
        operations, materials = self.tr("Operations"), self.tr("Materials")
        for heading, table, text in zip(
            self._headings, (self.operations, self.materials), (operations, materials), strict=True
        ):
            heading.setText(text)
            table.setAccessibleName(text)
            table.header().setAccessibleName(text)
        self.operations.setHeaderLabels(
            [
                self.tr("Step"),
                self.tr("Operation"),
                self.tr("Work centre"),
                self.tr("Progress"),
                self.tr("Scrap"),
                self.tr("Minutes"),
            ]
        )
        self.materials.setHeaderLabels(
            [
                self.tr("Product"),
                self.tr("Name"),
                self.tr("Needed"),
                self.tr("Reserved"),
                self.tr("Used"),
                self.tr("Missing"),
                self.tr("Free"),
                self.tr("Unit"),
            ]
        )

    def _show_head(self, order: WorkOrder) -> None:
        qty = text_of("qty")
        name, unit = _said(order.name_zh, order.name_en), _said(order.unit_zh, order.unit_en)
        made = f"{qty(order.done_qty)} / {qty(order.scrap_qty)} / {qty(order.qty)} {unit}"
        shown = {
            "product": f"{order.code}  {name}  {order.specification}".rstrip(),
            "qty": made,
            "warehouse": _said(order.warehouse_zh, order.warehouse_en),
            "order": order.order_number or order.parent_number or "",
            "customer": order.customer_name or "",
            "starts_on": order.starts_on.isoformat(),
            "due_on": order.due_on.isoformat(),
            "promised_on": order.promised_on.isoformat() if order.promised_on else "",
        }
        for field, text in shown.items():
            editor = self._told[field].editor
            if isinstance(editor, QLineEdit):
                editor.setText(text)
                editor.setCursorPosition(0)
                editor.setToolTip(text)

    def _operation_row(self, each: Operation, order: WorkOrder) -> QTreeWidgetItem:
        qty = text_of("qty")
        progress = Progress(each.done_qty, each.scrap_qty, order.qty)
        row = QTreeWidgetItem(
            [
                str(each.step_no),
                _said(each.name_zh, each.name_en),
                _said(each.work_centre_zh, each.work_centre_en),
                progress.text(),
                qty(each.scrap_qty) if each.scrap_qty else "",
                qty(each.planned_minutes),
            ]
        )
        row.setData(3, PROGRESS_ROLE, progress)
        _align(row, OPERATION_FIGURES)
        return row

    def _material_row(self, each: Material) -> QTreeWidgetItem:
        qty = text_of("qty")
        numbers = (each.required_qty, each.reserved_qty, each.issued_qty, each.missing_qty, each.available_qty)
        row = QTreeWidgetItem(
            [each.code, _said(each.name_zh, each.name_en), *map(qty, numbers), _said(each.unit_zh, each.unit_en)]
        )
        coming = self.tr("On order: {incoming}, being made: {made}, in warehouse {warehouse}").format(
            incoming=qty(each.incoming_qty),
            made=qty(each.in_production_qty),
            warehouse=_said(each.warehouse_zh, each.warehouse_en),
        )
        for place in range(row.columnCount()):
            row.setToolTip(place, coming)
        _align(row, MATERIAL_FIGURES)
        if each.missing_qty > 0 and each.supply != "none":
            row.setForeground(5, theme.tokens().color("danger"))
            font = row.font(5)
            font.setBold(True)
            row.setFont(5, font)
        return row

    # Commands

    def _release(self) -> None:
        self.send(
            production.release_work_order,
            work_order_id=self.document_id,
            version=self.version,
            done=lambda result: bridge.success(
                self.tr("Work order {number} is released.").format(number=result["number"])
            ),
        )

    def _replan(self) -> None:
        self.send(
            production.replan_work_order,
            work_order_id=self.document_id,
            version=self.version,
            done=self._on_replanned,
        )

    def _on_replanned(self, result: dict[str, Any]) -> None:
        bridge.success(self.tr("Work order {number} is planned in its place.").format(number=result["number"]))
        self.context.open_document("work_order", int(result["id"]))

    def _ask_cancel(self) -> None:
        dialog = ReasonDialog(
            self.title(),
            self.tr("Why is this work order cancelled?"),
            self.tr("Cancel &work order"),
            danger=True,
            parent=self,
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            self.send(
                production.cancel_work_order,
                work_order_id=self.document_id,
                version=self.version,
                reason=dialog.reason(),
            )


def _said(text_zh: str, text_en: str) -> str:
    return (text_zh or text_en) if i18n.language() == "zh_CN" else (text_en or text_zh)


def _align(row: QTreeWidgetItem, places: Sequence[int]) -> None:
    for place in places:
        row.setTextAlignment(place, wording.RIGHT)


def _table(widths: Sequence[int], right: Sequence[int]) -> QTreeWidget:
    """A flat table whose column of width 0 takes the room that is left; the columns `right` hold figures."""
    table = QTreeWidget()
    table.setColumnCount(len(widths))
    table.setProperty("role", "table")
    table.setRootIsDecorated(False)
    table.setIndentation(0)
    table.setAllColumnsShowFocus(True)
    table.setUniformRowHeights(True)
    table.setAlternatingRowColors(True)
    header = table.header()
    header.setStretchLastSection(False)
    header.setMinimumSectionSize(40)
    for place in right:
        table.headerItem().setTextAlignment(place, wording.RIGHT)
    for place, width in enumerate(widths):
        if width:
            table.setColumnWidth(place, width)
        else:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
    return table
