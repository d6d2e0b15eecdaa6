"""Work orders: what is to be released, what is under way, what is late."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar
from uuid import uuid4

from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command
from erp_desktop.models.production_lists import OPEN_STATES, WORK_ORDERS
from erp_desktop.services import production
from erp_desktop.services.audit import record_print
from erp_desktop.services.listing import OneOf, Period, Sort
from erp_desktop.services.sales import Outcome
from erp_desktop.views.sales.outcome import OutcomeTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.print_preview import PrintPreview, printing_language
from erp_desktop.views.widgets.reason_dialog import ReasonDialog

MOST_AT_ONCE = 200
"""So many work orders are released or cancelled at a time."""


class WorkOrdersPage(ListPage):
    """The list of work orders; the planner releases and cancels several at once."""

    code: ClassVar[str] = "production.work_orders"
    spec = WORK_ORDERS
    opens: ClassVar[str] = "work_order"
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(
            QT_TRANSLATE_NOOP("Views", "To release"), (OneOf("state", ("planned",)),), (Sort("due_on"), Sort("id"))
        ),
        SavedView(QT_TRANSLATE_NOOP("Views", "Released"), (OneOf("state", ("released",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Under way"), (OneOf("state", ("in_progress",)),)),
        SavedView(
            QT_TRANSLATE_NOOP("Views", "Late"),
            (OneOf("state", OPEN_STATES), Period("due_on", "before_today")),
            (Sort("due_on"), Sort("id")),
        ),
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
    )

    def __init__(self, context: Context) -> None:
        self._teller = OutcomeTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        plan = "erp_production_plan"
        self.print_action = self.add_list_action(self._print, icon="print", shortcut="Ctrl+P", needs=Needs.ONE)
        self.cancel_action = self.add_list_action(self._ask_cancel, icon="cross", needs=Needs.SOME, may=plan)
        self.release_action = self.add_list_action(
            self._release, icon="check", shortcut="Ctrl+Enter", needs=Needs.SOME, may=plan, primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.print_action.setText(self.tr("&Print…"))
        self.cancel_action.setText(self.tr("Cancel work order…"))
        self.release_action.setText(self.tr("&Release"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("There are no work orders yet. A confirmed order makes them for what has to be made.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number or product")

    def _print(self) -> None:
        for row_id in self.selected_ids():
            database = self.context.session.database
            make = partial(production.work_order_pdf, database, row_id, printing_language())
            record = partial(record_print, database, "work_order", row_id)
            PrintPreview(make, self.title(), record, self).open_beside()

    def _release(self) -> None:
        ids = self._few_selected()
        if ids:
            self._command(partial(production.release_work_orders, ids=ids), self.tr("Releasing work orders"))

    def _ask_cancel(self) -> None:
        ids = self._few_selected()
        if not ids:
            return
        question = self.tr("Why are %n work orders cancelled?", "", len(ids))
        dialog = ReasonDialog(
            self.tr("Cancel work orders"), question, self.tr("Cancel &work orders"), danger=True, parent=self
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            command = partial(production.cancel_work_orders, ids=ids, reason=dialog.reason())
            self._command(command, self.tr("Cancelling work orders"))

    def _few_selected(self) -> list[int]:
        """The selected work orders; none, with a word about it, when they are too many."""
        ids = self.selected_ids()
        if len(ids) <= MOST_AT_ONCE:
            return ids
        bridge.warning(self.tr("Select at most {count} work orders at a time.").format(count=MOST_AT_ONCE))
        return []

    def _command(self, command: Callable[..., Outcome], title: str) -> None:
        Command(command, self.context.session.database, request_id=uuid4()).titled(title).success(self._on_done).run()

    def _on_done(self, outcome: Outcome) -> None:
        self._teller.tell(outcome, self.tr("Done: %n work orders", "", len(outcome.done)))
        self.reload()
