"""The audit trail: every change of every row, as far as the auditor may see the rows."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from erp_desktop.models.admin_lists import ACCOUNT_TABLES, CHANGES, LOGINS, SETUP_TABLES
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Query
from erp_desktop.services import heads
from erp_desktop.services.audit import record_print, seal_pdf
from erp_desktop.services.heads import Head
from erp_desktop.services.listing import Equals, Filter, OneOf, Period
from erp_desktop.views.admin.change_panel import ChangePanel
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView
from erp_desktop.views.widgets.print_preview import PrintPreview, printing_language

NARROWEST_SIDE = 360


class AuditPage(ListPage):
    """Changes, the newest first; the side shows what the selected one did."""

    code: ClassVar[str] = "admin.audit"
    spec = CHANGES
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Today"), (Period("at", "today"),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Accounts and rights"), (OneOf("table_name", ACCOUNT_TABLES),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Logins"), (OneOf("operation", LOGINS),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Setup"), (OneOf("table_name", SETUP_TABLES),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Removed rows"), (OneOf("operation", ("delete",)),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self._known: dict[tuple[str, object], Equals] = {}
        self.person_action = self.add_list_action(self._same_person, icon="user", needs=Needs.ONE)
        self.row_action = self.add_list_action(self._same_row, icon="history", needs=Needs.ONE)
        self.seal_action = self.add_list_action(self._read_seal, icon="print", button=False)

    def build_side(self) -> QWidget | None:
        """Override ListPage.build_side."""
        self.panel = ChangePanel(self.context.session.database)
        self.panel.setMinimumWidth(NARROWEST_SIDE)
        return self.panel

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.person_action.setText(self.tr("Changes by this &person"))
        self.row_action.setText(self.tr("History of this &row"))
        self.seal_action.setText(self.tr("Print the newest &seal…"))

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("Nothing has changed yet.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Person, document number or code")

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Override ListPage.row_selected."""
        self.panel.show_change(None if values is None else values["id"])

    def filter_text(self, each: Filter) -> str:
        """Override ListPage.filter_text: the person and the row by name."""
        if isinstance(each, Equals):
            each = self._known.get((each.key, each.value), each)
        return super().filter_text(each)

    def _read_seal(self) -> None:
        Query(heads.newest, self.context.session.database).success(self._print_seal).run()

    def _print_seal(self, head: Head | None) -> None:
        if head is not None:  # None: nothing has changed yet
            database = self.context.session.database
            make = partial(seal_pdf, database, head, printing_language())
            record = partial(record_print, database, "seal", head.number)
            PrintPreview(make, self.tr("Seal {number}").format(number=head.number), record, self).open_beside()

    def _same_person(self) -> None:
        for change in self.selected_values():
            self._know(change, "role_name", "who_zh", "who_en")
            self.show_filtered((Equals("role_name", change["role_name"]),))

    def _same_row(self) -> None:
        for change in self.selected_values():
            self._know(change, "row_id", "row_zh", "row_en")
            self.show_filtered((OneOf("table_name", (change["table_name"],)), Equals("row_id", change["row_id"])))

    def _know(self, change: dict[str, Any], key: str, *names: str) -> None:
        """Remember which of the named columns, the one of the language chosen, says what the key stands for."""
        for name in names:
            if name in change:
                self._known[key, change[key]] = Equals(name, change[name])
