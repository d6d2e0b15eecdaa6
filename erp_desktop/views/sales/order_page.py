"""The window of a sales order: entered by keyboard, with prices and stock beside each line, decided with one key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models import i18n, order_lines
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import PENDING_ROLE, LineGridModel
from erp_desktop.models.operations import Query
from erp_desktop.models.sales_lookups import product_lookup
from erp_desktop.services import customers, products, sales
from erp_desktop.services.db import Database
from erp_desktop.services.products import Offer, Situation
from erp_desktop.services.sales import ApprovalPlan, Order, Warehouse
from erp_desktop.views import errors
from erp_desktop.views.sales.approvals_panel import ApprovalsPanel
from erp_desktop.views.sales.order_grid import OrderGrid
from erp_desktop.views.sales.order_header import OrderHeader
from erp_desktop.views.widgets import forms
from erp_desktop.views.widgets.actions import make_action
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.print_preview import printing_language
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.side_panel import Related
from erp_desktop.views.widgets.totals import TotalsCard

LONGEST_TAG: Final = 60
STOCK_REST_MS: Final = 300
"""Stock is asked anew when no change of it was announced for so long."""


@dataclass(frozen=True)
class Loaded:
    """An order with the warehouses that it could be shipped from."""

    order: Order
    warehouses: list[Warehouse]


class OrderPage(DocumentPage):
    """A sales order; a new one may be opened with the preset `customer_id`."""

    kind = "order"
    _waiting: Callable[[], object] | None = None
    _is_first = True
    _is_updating = False
    _shows_stock = False
    _offers_turn = 0
    _asked: Situation | None = None
    _plan_turn = 0
    _planned_version: int | None = None

    # What the page is made of

    def build_header(self) -> QWidget:
        """Override DocumentPage.build_header."""
        self.header = OrderHeader(self.context.session.database, self)
        self.header.situation_changed.connect(self._reprice)
        self._labels = {name: self.add_field(name, editor) for name, editor in self.header.editors().items()}
        places = {
            "customer_id": (0, 0, 2),
            "customer_reference": (0, 2, 1),
            "ordered_on": (0, 3, 1),
            "promised_on": (0, 4, 1),
            "warehouse_id": (0, 5, 1),
            "ship_to": (1, 0, 2),
            "contact": (1, 2, 1),
            "phone": (1, 3, 1),
            "channel": (1, 4, 1),
            "note": (1, 5, 1),
        }
        return self.header_card(6, *((self._labels[name], *place) for name, place in places.items()))

    def build_body(self) -> QWidget:
        """Override DocumentPage.build_body."""
        lookup = product_lookup(self.context.session.database, self.header.situation)
        self.lines = LineGridModel(order_lines.order_columns(lookup), self)
        self.lines.changed.connect(self._on_lines)
        self.grid = OrderGrid(self.lines)
        self.grid.left.connect(self._leave_grid)
        self._stock_timer = QTimer(self, singleShot=True, interval=STOCK_REST_MS)
        self._stock_timer.timeout.connect(self._ask_offers)
        return self.grid

    def build_totals(self) -> QWidget:
        """Override DocumentPage.build_totals."""
        self._count = forms.text_label("muted")
        self._totals = TotalsCard(3, self._count)
        return self._totals

    def build_side(self) -> list[QWidget]:
        """Override DocumentPage.build_side."""
        self.approvals = ApprovalsPanel()
        self.approvals.asked.connect(self._ask_plan)
        return [self.approvals, self.related, self.timeline]

    def build_steps(self) -> None:
        """Override DocumentPage.build_steps."""
        self.who_action = make_action(self, self._ask_plan, "approvals", "Ctrl+Shift+A")
        self.cancel_action = self.add_step(self._cancel, step="cancel", icon="trash")
        self.return_action = self.add_step(self._return, step="return", icon="undo")
        self.release_action = self.add_step(self._release, step="release_hold", icon="key", primary=True)
        self.approve_action = self.add_step(self._approve, step="approve", icon="check", primary=True)
        self.save_action = self.add_step(self.save, step="save", icon="save", shortcut="Ctrl+S", primary=True)
        self.submit_action = self.add_step(self._submit, step="submit", icon="send", primary=True)

    def retranslate(self) -> None:
        """Override DocumentPage.retranslate."""
        super().retranslate()
        self._retranslate_fields()
        self.header.retranslate()
        if self.grid is not None:
            self.grid.setAccessibleName(self.tr("Lines"))
        self.who_action.setText(self.tr("Who must approve this?"))
        self.cancel_action.setText(self.tr("Cancel order…"))
        self.return_action.setText(self.tr("&Return…"))
        self.release_action.setText(self.tr("Release hol&d"))
        self.approve_action.setText(self.tr("&Approve"))
        self.save_action.setText(self.tr("&Save"))
        self.submit_action.setText(self.tr("Sub&mit"))
        self._totals.show_names((self.tr("Net"), self.tr("Tax"), self.tr("Total with tax")))
        # Names and units are computed in the language in use.
        self._update_lines({row: {} for row in range(len(self.lines.lines()))})

    def _retranslate_fields(self) -> None:
        words = {
            "customer_id": self.tr("&Customer"),
            "customer_reference": self.tr("Customer re&ference"),
            "ordered_on": self.tr("&Order date"),
            "promised_on": self.tr("Prom&ised on"),
            "warehouse_id": self.tr("&Warehouse"),
            "ship_to": self.tr("Ship &to"),
            "contact": self.tr("Co&ntact"),
            "phone": self.tr("P&hone"),
            "channel": self.tr("Channe&l"),
            "note": self.tr("Not&e"),
        }
        for name, word in words.items():
            self._labels[name].set_label(word, required=name in ("customer_id", "ordered_on", "promised_on"))

    # Reading and showing

    def read(self, database: Database, document_id: int) -> Loaded:
        """Override DocumentPage.read."""
        return Loaded(sales.load_order(database, document_id), sales.warehouses(database))

    def facts(self, document: Loaded) -> Facts:
        """Override DocumentPage.facts: what the server would refuse to this person anyway is not offered."""
        order = document.order
        steps = set(order.actions)
        if not order.may_decide:
            steps -= {"approve"}
        if order.is_own_work:
            steps -= {"approve", "release_hold"}
        if order.hold_reason is None:
            steps -= {"release_hold"}
        return Facts(order.number, order.state, order.version, frozenset(steps))

    def show_new(self, **preset: object) -> None:
        """Override DocumentPage.show_new."""
        database = self.context.session.database
        self.header.show_new()
        self._show_columns(is_confirmed=False)
        self._side.hide()
        self.timeline.hide()
        self._is_first = False
        self.approvals.show_approvals((), may_ask=True)
        Query(sales.warehouses, database).success(self.header.show_warehouses).owned_by(self).quiet().run()
        customer_id = preset.get("customer_id")
        if isinstance(customer_id, int):
            Query(customers.load_customer, database, customer_id).success(self.header.show_customer).owned_by(
                self
            ).quiet().run()

    def show_document(self, document: Loaded) -> None:
        """Override DocumentPage.show_document."""
        order = document.order
        editable = "save" in order.actions
        self.header.show_warehouses(document.warehouses)
        self.header.show_order(order)
        self._show_columns(any(line.state != "open" for line in order.lines))
        self._show_lines(order)
        if editable != self.editable or self._is_first:
            self._is_first = False
            self._side.setVisible(not editable)  # while lines are typed, the room belongs to them
        self.set_editable(editable)
        self.header.channel.setEnabled(False)
        if order.version != self._planned_version:
            self._forget_plan()
        self.approvals.show_approvals(order.approvals, "submit" in order.actions, order.comparison)
        self.who_action.setEnabled("submit" in order.actions)
        self.related.show_documents([Related(each.kind, each.id, each.number, each.state) for each in order.related])
        self.timeline.show_entries(order.timeline)
        self.timeline.show()

    def _show_lines(self, order: Order) -> None:
        """Show the stored lines; the keyboard stays on the cell where it is."""
        if self.grid is None:
            return
        had_keyboard, current = self.grid.hasFocus(), self.grid.currentIndex()
        row, column = current.row(), current.column()
        situation = self.header.situation()
        self.lines.set_lines([order_lines.grid_line(line, situation) for line in order.lines])
        if had_keyboard and column >= 0:
            self.grid.setCurrentIndex(self.lines.index(min(row, self.lines.rowCount() - 1), column))

    def _update_lines(self, updates: Mapping[int, Mapping[str, Any]]) -> None:
        """Set values of lines by row, and add up once."""
        self._is_updating = True
        for row, values in updates.items():
            self.lines.update_line(row, values)
        self._is_updating = False
        self._on_lines()

    def _show_columns(self, is_confirmed: bool) -> None:
        """Before confirmation the stock stands beside the lines, afterwards how far they are."""
        self._shows_stock = not is_confirmed
        if self.grid is not None:
            for keys, hidden in ((order_lines.STOCK, is_confirmed), (order_lines.PROGRESS, not is_confirmed)):
                for key in keys:
                    self.grid.setColumnHidden(self.lines.place_of(key), hidden)
            width = order_lines.STATE_WIDTH if is_confirmed else order_lines.SHORT_WIDTH
            self.grid.setColumnWidth(self.lines.place_of("cover"), width)

    def tag_text(self) -> str:
        """Override DocumentPage.tag_text: why the order is on hold or was returned."""
        if not isinstance(self.document_shown, Loaded):
            return ""
        order = self.document_shown.order
        if order.hold_reason is not None:
            return self.tr("On hold: {reason}").format(reason=wording.word(order.hold_reason, "hold_reason"))
        if order.state == "returned" and order.return_reason:
            reason = " ".join(order.return_reason.split())
            short = reason if len(reason) <= LONGEST_TAG else f"{reason[:LONGEST_TAG]}…"
            return self.tr("Returned: {reason}").format(reason=short)
        return ""

    def new_steps(self) -> frozenset[str]:
        """Override DocumentPage.new_steps."""
        return frozenset({"save", "submit"})

    def pdf(self) -> Callable[[], bytes] | None:
        """Override DocumentPage.pdf: the order as it is stored."""
        if self.document_id is None:
            return None
        return partial(sales.order_pdf, self.context.session.database, self.document_id, printing_language())

    # What is typed

    @Slot()
    def touch(self) -> None:
        """Override DocumentPage.touch: who must approve may have changed too."""
        super().touch()
        self._forget_plan()

    def draft_data(self) -> dict[str, Any]:
        """Override DocumentPage.draft_data."""
        return {**self.header.draft(), "lines": [order_lines.draft_line(line) for line in self.lines.draft()]}

    def take_draft(self, data: Mapping[str, Any]) -> None:
        """Override DocumentPage.take_draft."""
        self.header.take_draft(data)
        self.lines.set_draft(data.get("lines", []))

    def _document_as_typed(self) -> dict[str, Any]:
        """The order as the server takes it."""
        typed = {**self.header.values(), "lines": [order_lines.sent_line(line) for line in self.lines.lines()]}
        return typed if self.document_id is None else {**typed, "id": self.document_id}

    @Slot()
    def _reprice(self) -> None:
        """Another customer, day or warehouse, or lines of an earlier one: ask prices and stock of the lines anew."""
        if self.editable and self._asked != self.header.situation() and not self._is_priced():
            self._ask_offers()

    def _is_priced(self) -> bool:
        """Whether prices and stock of all lines are those of the customer, the day and the warehouse shown."""
        situation = self.header.situation()
        return all(order_lines.is_current(line, situation) for line in self.lines.lines())

    @Slot()
    def _ask_offers(self) -> None:
        ids = [line["product_id"] for line in self.lines.lines() if line.get("product_id")]
        if ids:
            self._offers_turn += 1
            self._asked = situation = self.header.situation()
            Query(products.offers, self.context.session.database, ids, situation).success(
                partial(self._on_offers, self._offers_turn, situation, ids)
            ).failure(partial(self._on_no_offers, self._offers_turn)).owned_by(self).quiet().run()

    def _on_offers(self, turn: int, situation: Situation, ids: Sequence[int], offers: Mapping[int, Offer]) -> None:
        """Take over what the last question was answered with; stock that moved changes no price."""
        if turn != self._offers_turn:
            return
        self._asked = None
        updates: dict[int, dict[str, Any]] = {}
        for row, line in enumerate(self.lines.lines() if situation == self.header.situation() else ()):
            product_id = line.get("product_id")
            offer = offers.get(product_id or 0)
            if offer is None and product_id in ids:
                updates[row] = {"situation": situation.key}  # not there any more: asking again would bring nothing
            elif offer is None:
                continue
            elif order_lines.is_current(line, situation) or not self.editable:
                updates[row] = order_lines.restocked(offer)
            else:
                updates[row] = order_lines.repriced(line, offer, situation)
        self._update_lines(updates)

    def _on_no_offers(self, turn: int, error: Exception) -> None:
        """Stock that can't be read now is read again when it moves; without its prices nothing is saved."""
        if turn != self._offers_turn:
            return
        self._asked = None
        if self.editable and not self._is_priced():
            self._waiting = None
            bridge.fail(error)

    def on_changed(self, kind: str, ids: list[str]) -> None:
        """Override DocumentPage.on_changed: while stock is shown, it follows what others take and bring."""
        super().on_changed(kind, ids)
        if kind == "stock" and self._shows_stock and self.isVisible() and self.context.may("erp_order_enter"):
            self._stock_timer.start()

    @Slot()
    def _on_lines(self) -> None:
        """Sums, the amount in capitals, and whether somebody waits for a lookup to come back."""
        if self._is_updating:
            return
        wanted = order_lines.wanted_before(self.lines.lines())
        if wanted:
            self._update_lines(wanted)  # and adds up
            return
        lines = self.lines.lines()
        sums = order_lines.totals(lines)
        count = sum(not order_lines.is_empty(line) for line in lines)
        self._count.setText(self.tr("%n lines", "", count))
        self._totals.show_amounts((sums.net, sums.tax, sums.gross))
        self._totals.show_capitals(sums.gross if i18n.language() == "zh_CN" else None, self.header.currency)
        self._reprice()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    @Slot()
    def _leave_grid(self) -> None:
        if self._primary is not None:
            self._primary.setFocus(Qt.FocusReason.TabFocusReason)

    # The commands

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Override DocumentPage.save."""
        self._save(lambda _result, _as_shown: then() if then is not None else None)

    def _save(self, done: Callable[[dict[str, Any], bool], object]) -> None:
        """Save, then call `done` with the result and whether it has the total that was shown."""
        if self.grid is not None:
            self.grid.commit()
        if not self._is_ready(partial(self._save, done)):
            return
        self.send(
            sales.save_order,
            done=partial(self._on_saved, done, order_lines.totals(self.lines.lines()).gross),
            title=self.tr("Saving the order"),
            saves=True,
            document=self._document_as_typed(),
            version=self.version,
        )

    def _is_ready(self, again: Callable[[], object]) -> bool:
        """Whether all that was typed is understood and priced; what is awaited calls `again`, the rest is shown."""
        self._waiting = None
        self.lines.remove_lines([row for row, line in enumerate(self.lines.lines()) if order_lines.is_empty(line)])
        wrong = self.header.complaint()
        if wrong:
            self._labels[wrong].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        complaints = self.lines.complaints()
        pending = [(row, key) for row, key, _sentence in complaints if self._is_pending(row, key)]
        if pending:
            self._waiting = again
        elif complaints and self.grid is not None:
            row, key, sentence = complaints[0]
            self.say(sentence)
            self.grid.go_to(row, key)
        elif not self._is_priced():
            self._waiting = again
            self._reprice()
        return not complaints and self._waiting is None

    def _is_pending(self, row: int, key: str) -> bool:
        return bool(self.lines.index(row, self.lines.place_of(key)).data(PENDING_ROLE))

    def _on_saved(self, done: Callable[[dict[str, Any], bool], object], shown: Decimal, result: dict[str, Any]) -> None:
        """Say so; other prices in the list than those shown are no reason to keep quiet, nor to go on."""
        total = Decimal(result["gross_amount"])
        if total == shown:
            bridge.success(self.tr("Order {number} is saved.").format(number=result["number"]))
        else:
            bridge.warning(
                self.tr("Order {number} is saved at {total}, not {shown}: the list has other prices by now.").format(
                    number=result["number"], total=f"{total:,.2f}", shown=f"{shown:,.2f}"
                )
            )
        done(result, total == shown)

    def _submit(self) -> None:
        if self.modified or self.document_id is None:
            self._save(self._submit_as_shown)
        elif self.version is not None:
            self._submit_version(self.document_id, self.version)

    def _submit_as_shown(self, result: dict[str, Any], as_shown: bool) -> None:
        """Go on to submit what was saved, but only what the person saw."""
        if as_shown:
            self._submit_version(result["id"], result["version"])

    def _submit_version(self, order_id: int, version: int) -> None:
        self.send(
            sales.submit_order,
            done=self._on_submitted,
            title=self.tr("Submitting the order"),
            order_id=order_id,
            version=version,
        )

    def _on_submitted(self, result: dict[str, Any]) -> None:
        number, state = result["number"], result["state"]
        if result["hold_reason"] is not None:
            bridge.warning(self.tr("Order {number} is submitted and on hold.").format(number=number))
        elif state == "submitted":
            bridge.success(self.tr("Order {number} is submitted and waits for approval.").format(number=number))
        else:
            bridge.success(self.tr("Order {number} is confirmed.").format(number=number))

    def _approve(self) -> None:
        pending = [each.level for each in self.document_shown.order.approvals if each.decision == "pending"]
        self._step(sales.approve_order, self.tr("Approving the order"), level=min(pending, default=None))

    def _release(self) -> None:
        self._step(sales.release_hold, self.tr("Releasing the order"))

    def _return(self) -> None:
        dialog = ReasonDialog(
            self.tr("Return for correction"), self.tr("What is to be &corrected?"), self.tr("&Return"), parent=self
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            self._step(sales.return_order, self.tr("Returning the order"), reason=dialog.reason())

    def _cancel(self) -> None:
        dialog = ReasonDialog(
            self.tr("Cancel the order"),
            self.tr("&Why is it cancelled?"),
            self.tr("&Cancel the order"),
            required=self.document_shown.order.state != "draft",
            danger=True,
            parent=self,
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            self._step(sales.cancel_order, self.tr("Cancelling the order"), reason=dialog.reason())

    def _step(self, function: Callable[..., dict[str, Any]], title: str, **arguments: Any) -> None:
        self.send(
            function,
            done=self._on_step,
            title=title,
            order_id=self.document_id,
            version=self.version,
            **arguments,
        )

    def _on_step(self, result: dict[str, Any]) -> None:
        bridge.success(
            self.tr("Order {number}: {state}").format(number=result["number"], state=wording.word(result["state"]))
        )

    @Slot()
    def _ask_plan(self) -> None:
        if self.grid is not None:
            self.grid.commit()
        self._side.show()
        self._planned_version = self.version
        Query(sales.who_must_approve, self.context.session.database, document=self._document_as_typed()).success(
            partial(self._on_plan, self._plan_turn)
        ).failure(self._on_no_plan).owned_by(self).quiet().run()

    def _on_plan(self, turn: int, plan: ApprovalPlan) -> None:
        if turn == self._plan_turn:
            self.approvals.show_plan(plan)

    def _forget_plan(self) -> None:
        """The order is not what was asked about any more."""
        self._plan_turn += 1
        self._planned_version = None
        self.approvals.show_plan(None)

    def _on_no_plan(self, error: Exception) -> None:
        if errors.is_known(error):
            self.refuse(error)
        else:
            bridge.fail(error)
