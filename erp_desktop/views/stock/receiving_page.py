"""Booking what a supplier brought: the lines of a purchase order, without prices, with what came of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import QUANTITY
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.line_grid_model import Line, LineColumn, LineGridModel
from erp_desktop.services import receipts
from erp_desktop.services.db import Database
from erp_desktop.services.errors import KnownError
from erp_desktop.services.listing import text_of
from erp_desktop.services.receipts import Expected, ExpectedLine
from erp_desktop.views.stock.info import Info, info_card
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.page import names_row
from erp_desktop.views.widgets.side_panel import side_card


def _rest(line: Line) -> Decimal | None:
    ordered, received, arrived = line.get("ordered_qty"), line.get("received_qty"), line.get("qty")
    return None if ordered is None or received is None else ordered - received - (arrived or Decimal(0))


_COLUMNS = (
    LineColumn("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 110, editable=False),
    LineColumn("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 200, editable=False),
    LineColumn("ordered_qty", QT_TRANSLATE_NOOP("Columns", "Order quantity"), "qty", 108, editable=False),
    LineColumn("received_qty", QT_TRANSLATE_NOOP("Columns", "Received before"), "qty", 124, editable=False),
    LineColumn("qty", QT_TRANSLATE_NOOP("Columns", "Received now"), "qty", 92, rule=QUANTITY),
    LineColumn("rest", QT_TRANSLATE_NOOP("Columns", "Still open"), "qty", 88, compute=_rest),
    LineColumn("unit", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 50, editable=False),
)


class ReceivingPage(DocumentPage):
    """A purchase order that goods are received for; booked at once, the orders that wait get what came."""

    kind: ClassVar[str] = "receiving"
    line_values: ClassVar[Mapping[str, str]] = {"arrived": "qty"}
    watches: ClassVar[frozenset[str]] = frozenset({"purchase_order"})

    # Building

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self._infos = {name: Info() for name in ("supplier", "warehouse", "expected_on", "note")}
        self._supplier_note = QLineEdit(maxLength=100)
        self._note_field = self.add_field("supplier_note", self._supplier_note)
        infos = self._infos
        return info_card(
            6,
            (infos["supplier"], 0, 0, 2),
            (infos["warehouse"], 0, 2, 1),
            (infos["expected_on"], 0, 3, 1),
            (self._note_field, 0, 4, 2),
            (infos["note"], 1, 0, 6),
        )

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body."""
        model = LineGridModel(_COLUMNS, self, fixed=True)
        model.may_edit = _is_open
        model.changed.connect(self._show_total)
        self.grid = LineGrid(model)
        self._sent_rows: list[int] = []
        self._all_came = forms.button("quiet", "check")
        self._all_came.clicked.connect(self._take_all)
        self._hint = forms.text_label("muted")
        body = QWidget()
        column = forms.column(spacing=2 * theme.GRID)
        column.addLayout(forms.row(self._hint, None, self._all_came))
        column.addWidget(self.grid, 1)
        body.setLayout(column)
        return body

    def build_side(self) -> list[QWidget]:
        """Override DocumentPage.build_side: the receipts booked before stand above the timeline."""
        self._booked_heading = forms.text_label("heading")
        self._booked = forms.text_label(wrap=True)
        self._booked.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._booked_card = side_card(self._booked_heading, self._booked)
        return [self._booked_card, self.timeline]

    def build_totals(self) -> QWidget:
        """Override DocumentPage.build_totals."""
        self._total = forms.text_label("strong")
        whole = QWidget()
        whole.setLayout(forms.row(None, self._total))
        return whole

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.receive_action = self.add_step(self.save, step="receive", icon="receive", shortcut="Ctrl+S", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        names = {
            "supplier": self.tr("Supplier"),
            "warehouse": self.tr("Warehouse"),
            "expected_on": self.tr("Expected on"),
            "note": self.tr("Note"),
        }
        for key, name in names.items():
            self._infos[key].set_label(name)
        self._note_field.set_label(self.tr("Supplier's delivery &note"))
        self._hint.setText(self.tr("Enter what came of each line; leave empty what did not come."))
        self._all_came.setText(self.tr("R&eceive all"))
        self._booked_heading.setText(self.tr("Booked before"))
        if self.grid is not None:
            self.grid.setAccessibleName(self.tr("Lines"))
        self.receive_action.setText(self.tr("&Book the receipt"))
        if self.document_shown is not None:
            self._show_texts(self.document_shown)

    # Reading and showing

    def concerns(self, _kind: str, ids: list[str]) -> bool:
        """Override DocumentPage.concerns: the purchase order itself."""
        return names_row(ids, self.document_id)

    def read(self, database: Database, document_id: int) -> Expected:
        """Override DocumentPage.read."""
        return receipts.load_expected(database, document_id)

    def facts(self, document: Expected) -> Facts:
        """Override DocumentPage.facts."""
        return Facts(document.number, document.state, document.version, document.actions)

    def show_document(self, document: Expected) -> None:
        """Override DocumentPage.show_document."""
        is_open = "receive" in document.actions
        self._supplier_note.clear()
        self._supplier_note.setReadOnly(not is_open)
        self._all_came.setVisible(is_open)
        self._hint.setVisible(is_open)
        model = self._model()
        model.set_read_only(not is_open)
        model.set_lines([self._shown_line(line) for line in document.lines])
        self.timeline.show_entries(document.timeline)
        self._show_texts(document)

    def focus_first(self) -> None:
        """Override DocumentPage.focus_first: the first quantity."""
        if self.grid is not None and not self._model().read_only and self._model().rowCount():
            self.grid.go_to(0, "qty")
        else:
            super().focus_first()

    def _model(self) -> LineGridModel:
        assert self.grid is not None
        return self.grid.grid_model()

    def _shown_line(self, line: ExpectedLine) -> dict[str, Any]:
        chinese = i18n.language().startswith("zh")
        return {
            "id": line.id,
            "code": line.code,
            "name": f"{line.name_zh if chinese else line.name_en}  {line.specification}".rstrip(),
            "ordered_qty": line.qty,
            "received_qty": line.received_qty,
            "unit": line.unit_zh if chinese else line.unit_en,
        }

    def _show_texts(self, expected: Expected) -> None:
        """What depends on the language."""
        chinese = i18n.language().startswith("zh")
        supplier = expected.supplier_zh if chinese else expected.supplier_en
        self._infos["supplier"].set_value(f"{expected.supplier_code}  {supplier}")
        self._infos["warehouse"].set_value(expected.warehouse_zh if chinese else expected.warehouse_en)
        self._infos["expected_on"].set_value(expected.expected_on.isoformat())
        self._infos["note"].set_value(expected.note)
        self._infos["note"].setVisible(bool(expected.note))
        model = self._model()
        for row, line in enumerate(expected.lines):
            shown = self._shown_line(line)
            model.update_line(row, {"name": shown["name"], "unit": shown["unit"]})
        rows = []
        for receipt in expected.receipts:
            who = receipt.person_zh if chinese else receipt.person_en
            when = text_of("datetime")(receipt.received_at)
            rows.append("\n".join(part for part in (receipt.number, f"{when}  {who}", receipt.supplier_note) if part))
        self._booked.setText("\n\n".join(rows))
        self._booked_card.setVisible(bool(rows))
        self._show_total()

    @Slot()
    def _show_total(self) -> None:
        open_lines = sum(1 for line in self._model().lines() if (line["rest"] or 0) > 0)
        self._total.setText(
            self.tr("%n lines stay open", "", open_lines) if open_lines else self.tr("Nothing stays open")
        )

    def draft_data(self) -> dict[str, Any]:
        """Override DocumentPage.draft_data: the texts as they were typed, the quantities by their line's id."""
        model = self._model()
        place = model.place_of("qty")
        arrived = {
            str(line["id"]): model.index(row, place).data(Qt.ItemDataRole.EditRole)
            for row, line in enumerate(model.lines())
        }
        return {"supplier_note": self._supplier_note.text(), "arrived": arrived}

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        self._supplier_note.setText(str(data.get("supplier_note", "")))
        rows = {str(line["id"]): row for row, line in enumerate(self._model().lines())}
        for key, text in data.get("arrived", {}).items():
            if key in rows:
                self._enter(rows[key], str(text))

    def _enter(self, row: int, text: str) -> None:
        model = self._model()
        model.setData(model.index(row, model.place_of("qty")), text)

    @Slot()
    def _take_all(self) -> None:
        for row, line in enumerate(self._model().lines()):
            if _is_open(line, _COLUMNS[0]):
                self._enter(row, f"{line['ordered_qty'] - line['received_qty']:f}")

    # Booking

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save: book what came."""
        if self.grid is None:
            return
        self.grid.commit()
        model = self._model()
        for row, key, sentence in model.complaints():
            self.grid.go_to(row, key)
            self.say(sentence)
            return
        lines = model.lines()
        self._sent_rows = [row for row, line in enumerate(lines) if line["qty"]]

        def done(result: dict[str, Any]) -> None:
            bridge.success(self.tr("Goods receipt {number} is booked.").format(number=result["receipt_number"]))
            if then is not None:
                then()

        self.send(
            receipts.receive_order,
            done=done,
            purchase_order_id=self.document_id,
            version=self.version,
            received={lines[row]["id"]: lines[row]["qty"] for row in self._sent_rows},
            supplier_note=self._supplier_note.text(),
        )

    def recorded_title(self, result: Mapping[str, Any]) -> str:
        """Override DocumentPage.recorded_title: what is recorded is the receipt, not the order that it is for."""
        return self.tr("Goods receipt {number}").format(number=result["receipt_number"])

    def refuse(self, error: Exception) -> None:
        """Override DocumentPage.refuse: the server counts the lines that were sent, the grid counts all."""
        if isinstance(error, KnownError) and error.field.startswith("lines["):
            place, _, rest = error.field.removeprefix("lines[").partition("]")
            if place.isdigit() and int(place) < len(self._sent_rows):
                error.field = f"lines[{self._sent_rows[int(place)]}]{rest}"
        super().refuse(error)


def _is_open(line: Line, _column: LineColumn) -> bool:
    """Whether something of the line has not come yet."""
    ordered, received = line.get("ordered_qty"), line.get("received_qty")
    return ordered is not None and received is not None and ordered > received
