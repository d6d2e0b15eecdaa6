"""The orders that wait for a decision of the person."""

from __future__ import annotations

from erp_desktop.models import sales_lists
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command
from erp_desktop.services import sales
from erp_desktop.services.sales import Outcome, Wanted
from erp_desktop.views.sales.outcome import OutcomeTeller
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage
from erp_desktop.views.widgets.page import Context
from erp_desktop.views.widgets.reason_dialog import ReasonDialog


class ApprovalsPage(ListPage):
    """Orders at the level that this person decides; Enter opens one, the buttons decide all that are selected."""

    code = "sales.approvals"
    spec = sales_lists.APPROVALS
    opens = "order"

    def __init__(self, context: Context) -> None:
        self._teller = OutcomeTeller()
        super().__init__(context)

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.return_action = self.add_list_action(self._ask_reason, icon="undo", needs=Needs.SOME)
        self.approve_action = self.add_list_action(
            self._approve, icon="check", shortcut="Ctrl+Enter", needs=Needs.SOME, primary=True
        )

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.return_action.setText(self.tr("&Return…"))
        self.approve_action.setText(self.tr("&Approve"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing waits for your decision.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Number or customer")

    def _wanted(self) -> list[Wanted]:
        """The selected orders as they were seen; those that were never on screen are not decided."""
        rows = self.selected_values()
        if len(rows) < self.table.selected_count():
            bridge.warning(self.tr("Select fewer orders: only those that were on screen can be decided together."))
            return []
        return [Wanted(row["id"], row["number"], row["version"], row["level"]) for row in rows]

    def _approve(self) -> None:
        wanted = self._wanted()
        if wanted:
            Command(sales.approve_each, self.context.session.database, wanted).titled(
                self.tr("Approving orders")
            ).success(self._on_approved).run()

    def _ask_reason(self) -> None:
        wanted = self._wanted()
        if not wanted:
            return
        dialog = ReasonDialog(
            self.tr("Return for correction"),
            self.tr("What is to be &corrected?"),
            self.tr("&Return"),
            parent=self,
        )
        if dialog.exec() == ReasonDialog.DialogCode.Accepted:
            Command(sales.return_each, self.context.session.database, wanted, dialog.reason()).titled(
                self.tr("Returning orders")
            ).success(self._on_returned).run()

    def _on_approved(self, outcome: Outcome) -> None:
        self._teller.tell(outcome, self.tr("%n orders approved", "", len(outcome.done)))

    def _on_returned(self, outcome: Outcome) -> None:
        self._teller.tell(outcome, self.tr("%n orders returned", "", len(outcome.done)))
