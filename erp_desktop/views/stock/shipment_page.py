"""A delivery note: picked by scanner or keyboard, shipped, under way, signed for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import QUANTITY
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.line_grid_model import Line, LineColumn, LineGridModel
from erp_desktop.models.scanning import ScanError, Scanner, ToPick
from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.stock import Shipment, ShipmentLine
from erp_desktop.views.stock.delivery_note import delivery_note_maker
from erp_desktop.views.stock.info import Info, info_card
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.side_panel import Related


def _rest(line: Line) -> Decimal | None:
    qty, picked = line.get("qty"), line.get("picked_qty")
    return None if qty is None else qty - (picked or Decimal(0))


_COLUMNS = (
    LineColumn("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 100, editable=False),
    LineColumn("name", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 256, editable=False),
    LineColumn("qty", QT_TRANSLATE_NOOP("Columns", "To pick"), "qty", 86, editable=False),
    LineColumn("picked_qty", QT_TRANSLATE_NOOP("Columns", "Picked"), "qty", 86, required=True, rule=QUANTITY),
    LineColumn("rest", QT_TRANSLATE_NOOP("Columns", "Still open"), "qty", 86, compute=_rest),
    LineColumn("unit", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 56, editable=False),
    LineColumn("remark", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 100, editable=False),
)


class ShipmentPage(DocumentPage):
    """One delivery note. While it is picked each scan adds to its line; what is open shows at every line."""

    kind: ClassVar[str] = "shipment"
    line_values: ClassVar[Mapping[str, str]] = {"picked": "picked_qty"}

    # Building

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self._infos = {name: Info() for name in ("order", "customer", "warehouse", "ship_to", "contact", "note")}
        self._carrier = QLineEdit(maxLength=100)
        self._vehicle = QLineEdit(maxLength=40)
        self._received_by = QLineEdit(maxLength=100)
        self._carrier_field = self.add_field("carrier", self._carrier)
        self._vehicle_field = self.add_field("vehicle", self._vehicle)
        self._received_field = self.add_field("received_by", self._received_by)
        infos = self._infos
        return info_card(
            5,
            (infos["order"], 0, 0, 1),
            (infos["customer"], 0, 1, 2),
            (infos["contact"], 0, 3, 1),
            (infos["warehouse"], 0, 4, 1),
            (infos["ship_to"], 1, 0, 2),
            (self._carrier_field, 1, 2, 1),
            (self._vehicle_field, 1, 3, 1),
            (self._received_field, 1, 4, 1),
            (infos["note"], 2, 0, 5),
        )

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body: the scan field above the lines."""
        self._scanner = Scanner(self)
        self._scan = QLineEdit(clearButtonEnabled=True)
        self._scan.setMinimumWidth(280)
        self._scan.returnPressed.connect(self._take_scan)
        self._scan_field = forms.Field(self._scan)
        self._heard = forms.text_label("strong", wrap=True)
        self._heard.setMinimumHeight(theme.CONTROL)
        self._pick_all = forms.button("quiet", "check")
        self._pick_all.clicked.connect(self._pick_everything)
        self.grid = LineGrid(LineGridModel(_COLUMNS, self, fixed=True))
        self.grid.grid_model().changed.connect(self._show_progress)
        self._scan_bar = QWidget()
        bar = forms.row(self._scan_field, spacing=3 * theme.GRID)
        bar.addWidget(self._heard, 1, Qt.AlignmentFlag.AlignBottom)
        bar.addWidget(self._pick_all, 0, Qt.AlignmentFlag.AlignBottom)
        self._scan_bar.setLayout(bar)
        body = QWidget()
        column = forms.column(self._scan_bar, spacing=2 * theme.GRID)
        column.addWidget(self.grid, 1)
        body.setLayout(column)
        return body

    def build_totals(self) -> QWidget:
        """Override DocumentPage.build_totals."""
        self._progress = forms.text_label("strong")
        whole = QWidget()
        whole.setLayout(forms.row(None, self._progress))
        return whole

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.cancel_action = self.add_step(self._cancel, step="cancel", icon="trash")
        self.pick_action = self.add_step(self.save, step="pick", icon="save", shortcut="Ctrl+S")
        self.ship_action = self.add_step(self._ship, step="ship", icon="truck", primary=True)
        self.depart_action = self.add_step(self._depart, step="depart", icon="send")
        self.deliver_action = self.add_step(self._deliver, step="deliver", icon="check", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        names = {
            "order": self.tr("Order"),
            "customer": self.tr("Customer"),
            "warehouse": self.tr("Warehouse"),
            "ship_to": self.tr("Ship to"),
            "contact": self.tr("Contact"),
            "note": self.tr("Note"),
        }
        for key, name in names.items():
            self._infos[key].set_label(name)
        self._carrier_field.set_label(self.tr("C&arrier"))
        self._vehicle_field.set_label(self.tr("&Vehicle"))
        self._received_field.set_label(self.tr("Signed for &by"))
        self._scan_field.set_label(self.tr("Sca&n"))
        self._heard.setText("")  # what was said was said in the other language
        self._scan.setPlaceholderText(self.tr("Product code or order line, 3*code for three"))
        self._pick_all.setText(self.tr("Pick &everything"))
        if self.grid is not None:
            self.grid.setAccessibleName(self.tr("Lines"))
        self.cancel_action.setText(self.tr("&Cancel delivery note…"))
        self.pick_action.setText(self.tr("&Save picked quantities"))
        self.ship_action.setText(self.tr("S&hip"))
        self.depart_action.setText(self.tr("Depa&rted"))
        self.deliver_action.setText(self.tr("&Delivered"))
        if self.document_shown is not None:
            self._show_texts(self.document_shown)

    # Reading and showing

    def read(self, database: Database, document_id: int) -> Shipment:
        """Override DocumentPage.read."""
        return stock.load_shipment(database, document_id)

    def facts(self, document: Shipment) -> Facts:
        """Override DocumentPage.facts."""
        return Facts(document.number, document.state, document.version, document.actions)

    def show_document(self, document: Shipment) -> None:
        """Override DocumentPage.show_document."""
        picking = "pick" in document.actions
        self._carrier.setText(document.carrier)
        self._vehicle.setText(document.vehicle)
        self._received_by.setText(document.received_by)
        self._carrier.setReadOnly("ship" not in document.actions)
        self._vehicle.setReadOnly("ship" not in document.actions)
        self._received_by.setReadOnly("deliver" not in document.actions)
        self._received_field.setVisible(document.state not in ("picking", "cancelled"))
        self._scan_bar.setVisible(picking)
        model = self._model()
        model.set_read_only(not picking)
        model.set_lines([self._shown_line(line) for line in document.lines])
        self.timeline.show_entries(document.timeline)
        self.related.show_documents(self._related(document))
        self._show_texts(document)

    def focus_first(self) -> None:
        """Override DocumentPage.focus_first: the scan field while goods are picked."""
        if self._scan_bar.isVisibleTo(self):
            self._scan.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().focus_first()

    def draft_data(self) -> dict[str, Any]:
        """Override DocumentPage.draft_data: the texts that are open, the quantities by their line's id."""
        model = self._model()
        place = model.place_of("picked_qty")
        typed: dict[str, Any] = {name: editor.text() for name, editor in self._open_texts().items()}
        if not model.read_only:
            typed["picked"] = {
                str(line["id"]): model.index(row, place).data(Qt.ItemDataRole.EditRole)
                for row, line in enumerate(model.lines())
            }
        return typed

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        for name, editor in self._open_texts().items():
            if name in data:
                editor.setText(str(data[name]))
        typed = data.get("picked", {})
        rows = {str(line["id"]): row for row, line in enumerate(self._model().lines())}
        self._set_picked({rows[key]: str(text) for key, text in typed.items() if key in rows})

    def _open_texts(self) -> dict[str, QLineEdit]:
        texts = {"carrier": self._carrier, "vehicle": self._vehicle, "received_by": self._received_by}
        return {name: editor for name, editor in texts.items() if not editor.isReadOnly()}

    def pdf(self) -> Callable[[], bytes] | None:
        """Override DocumentPage.pdf."""
        shipment = self.document_shown
        if shipment is None or shipment.state == "cancelled":
            return None
        return delivery_note_maker(self.context.session.database, shipment.id)

    def _related(self, shipment: Shipment) -> list[Related]:
        """The order, for people who may open it."""
        if shipment.order_state is None or "sales.orders" not in self.context.session.screens:
            return []
        return [Related("order", shipment.order_id, shipment.order_number, shipment.order_state)]

    def _model(self) -> LineGridModel:
        assert self.grid is not None
        return self.grid.grid_model()

    def _shown_line(self, line: ShipmentLine) -> dict[str, Any]:
        chinese = i18n.language().startswith("zh")
        return {
            "id": line.id,
            "order_line_no": line.order_line_no,
            "code": line.code,
            "name": line.name_zh if chinese else line.name_en or line.name_zh,
            "qty": line.qty,
            "picked_qty": line.picked_qty,
            "unit": line.unit_zh if chinese else line.unit_en,
            "remark": line.description or line.specification,
        }

    def _show_texts(self, shipment: Shipment) -> None:
        """What depends on the language."""
        chinese = i18n.language().startswith("zh")
        self._infos["order"].set_value(shipment.order_number)
        self._infos["customer"].set_value(shipment.customer_name)
        self._infos["warehouse"].set_value(shipment.warehouse_zh if chinese else shipment.warehouse_en)
        self._infos["ship_to"].set_value(shipment.ship_to)
        self._infos["note"].set_value(shipment.note)
        self._infos["note"].setVisible(bool(shipment.note))
        self._infos["contact"].set_value(f"{shipment.contact}  {shipment.phone}".strip())
        model = self._model()
        for row, line in enumerate(shipment.lines):
            shown = self._shown_line(line)
            model.update_line(row, {"name": shown["name"], "unit": shown["unit"]})
        self._show_progress()

    @Slot()
    def _show_progress(self) -> None:
        model = self._model()
        wanted, picked = model.sum_of("qty"), model.sum_of("picked_qty")
        qty = text_of("qty")
        self._progress.setText(self.tr("{picked} of {wanted} picked").format(picked=qty(picked), wanted=qty(wanted)))

    # Picking

    @Slot()
    def _take_scan(self) -> None:
        text = self._scan.text().strip()
        self._scan.clear()
        if text.upper() == self.document_shown.number:
            self._say_heard(self.tr("This is the right delivery note. Scan the goods now."))
            return
        lines = [
            ToPick(line["code"], line["order_line_no"], line["qty"], line["picked_qty"] or Decimal(0))
            for line in self._model().lines()
        ]
        try:
            scan = self._scanner.read(text, self.document_shown.order_number, lines)
        except ScanError as error:
            QApplication.beep()  # who picks looks at the goods
            self._say_heard(str(error), wrong=True)
            return
        picked = lines[scan.row].picked_qty + scan.qty
        self._set_picked({scan.row: f"{picked:f}"})
        qty = text_of("qty")
        self._say_heard(
            self.tr("{code}: {picked} of {wanted}").format(
                code=lines[scan.row].code, picked=qty(picked), wanted=qty(lines[scan.row].qty)
            )
        )

    def _say_heard(self, sentence: str, *, wrong: bool = False) -> None:
        """Say beside the scan field what the last scan did."""
        self._heard.setText(sentence)
        theme.set_property(self._heard, "role", "error" if wrong else "strong")
        theme.set_property(self._scan, "invalid", "true" if wrong else "false")
        self._scan.setAccessibleDescription(sentence)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._scan, sentence))

    def _set_picked(self, picked: Mapping[int, str]) -> None:
        """Enter quantities as if they had been typed, so that they can be taken back."""
        model = self._model()
        place = model.place_of("picked_qty")
        for row, qty in picked.items():
            model.setData(model.index(row, place), qty)

    @Slot()
    def _pick_everything(self) -> None:
        self._set_picked({row: f"{line['qty']:f}" for row, line in enumerate(self._model().lines())})
        self._scan.setFocus(Qt.FocusReason.OtherFocusReason)

    def _complains(self) -> bool:
        """Stand on the first cell that can't be saved; whether there is one."""
        if self.grid is None:
            return False
        self.grid.commit()
        for row, key, sentence in self._model().complaints():
            self.grid.go_to(row, key)
            self.say(sentence)
            return True
        return False

    # Steps

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save: record what was picked; who signed is recorded by a step only."""
        if self._model().read_only:
            self.say(lambda: self.tr("This is recorded with the next step, not before: press its button."))
        elif not self._complains():
            self._send_picked(partial(self._tell_picked, then))

    def _send_picked(self, done: Callable[[dict[str, Any]], object]) -> None:
        picked = {line["id"]: line["picked_qty"] for line in self._model().lines()}
        texts = self._open_texts()
        self.send(
            stock.pick_shipment,
            done=done,
            saves=True,
            shipment_id=self.document_id,
            version=self.version,
            picked=picked,
            carrier=texts["carrier"].text() if "carrier" in texts else None,
            vehicle=texts["vehicle"].text() if "vehicle" in texts else None,
        )

    def _tell_picked(self, then: Callable[[], object] | None, _result: dict[str, Any]) -> None:
        bridge.success(self.tr("The picked quantities are saved."))
        if then is not None:
            then()

    def _picked_differs(self) -> bool:
        """Whether other quantities stand in the lines than those that were read."""
        if self.grid is not None:
            self.grid.commit()
        read = [line.picked_qty for line in self.document_shown.lines]
        return self.modified and read != [line["picked_qty"] for line in self._model().lines()]

    def _ship(self) -> None:
        """Ship; quantities that were typed or scanned are saved first."""
        ship = partial(self._ship_version, self._carrier.text(), self._vehicle.text())
        if not self._picked_differs():
            ship({"version": self.version})
        elif not self._complains():
            self._send_picked(ship)

    def _ship_version(self, carrier: str, vehicle: str, picked: Mapping[str, Any]) -> None:
        self.send(
            stock.ship_shipment,
            done=self._tell_shipped,
            shipment_id=self.document_id,
            version=picked["version"],
            carrier=carrier,
            vehicle=vehicle,
        )

    def _tell_shipped(self, _result: dict[str, Any]) -> None:
        bridge.success(self.tr("Shipped. Stock and order are up to date."))

    def _depart(self) -> None:
        self.send(stock.depart_shipment, leaves=("received_by",), shipment_id=self.document_id, version=self.version)

    def _deliver(self) -> None:
        self.send(
            stock.deliver_shipment,
            shipment_id=self.document_id,
            version=self.version,
            received_by=self._received_by.text(),
        )

    def _cancel(self) -> None:
        dialog = ReasonDialog(
            self.tr("Cancel delivery note"),
            self.tr("&Why? The goods stay ready for the order."),
            self.tr("&Cancel delivery note"),
            danger=True,
            parent=self,
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            self.send(stock.cancel_shipment, shipment_id=self.document_id, version=self.version, reason=dialog.reason())
