"""The roles that people can be given: the company's own, the job roles of the product, and single rights."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from erp_desktop.models.admin_lists import ROLES
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Query
from erp_desktop.services import roles as service
from erp_desktop.services.listing import OneOf
from erp_desktop.services.roles import Role
from erp_desktop.views.admin.remove_role_dialog import RemoveRoleDialog
from erp_desktop.views.admin.role_dialog import Draft, RoleDialog
from erp_desktop.views.admin.role_panel import RolePanel
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView

NARROWEST_SIDE = 320


class RolesPage(ListPage):
    """Roles; Enter opens one, several can be copied into one; the side shows what the selected one contains."""

    code: ClassVar[str] = "admin.roles"
    spec = ROLES
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Own roles"), (OneOf("kind", ("custom",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Job roles"), (OneOf("kind", ("job",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Single rights"), (OneOf("kind", ("action",)),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        self.remove_action = self.add_list_action(self._ask_remove, icon="trash", needs=Needs.ONE)
        self.copy_action = self.add_list_action(self._copy, icon="copy", needs=Needs.SOME)
        self.open_action = self.add_list_action(self._open_selected, icon="edit", needs=Needs.ONE, button=False)
        self.new_action = self.add_list_action(self._new, icon="plus", shortcut="Ctrl+N", primary=True)

    def build_side(self) -> QWidget | None:
        """Override ListPage.build_side."""
        self.panel = RolePanel(self.context.session.database)
        self.panel.setMinimumWidth(NARROWEST_SIDE)
        return self.panel

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.remove_action.setText(self.tr("&Remove…"))
        self.copy_action.setText(self.tr("&Copy…"))
        self.copy_action.setToolTip(
            self.tr("Make a role of your own that contains all that the selected roles contain")
        )
        self.open_action.setText(self.tr("Open…"))
        self.new_action.setText(self.tr("&New role"))
        self._show_what_fits(None)

    def empty_text(self) -> str:
        """Override ListPage.empty_text."""
        return self.tr("No role yet.")

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("Role, right or content")

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Override ListPage.row_selected: roles of the product are not offered for removal."""
        self._show_what_fits(values)
        self.panel.show_role("" if values is None else values["name"])

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row: a single right has nothing inside, the side says all about it."""
        self._with_roles(partial(self._show_dialog, row_id))

    def reload(self) -> None:
        """Override Page.reload: the side follows."""
        super().reload()
        rows = self.selected_values()
        self.panel.show_role(rows[0]["name"] if len(rows) == 1 else "")

    def _show_what_fits(self, values: dict[str, Any] | None) -> None:
        self.remove_action.setEnabled(values is not None and values["kind"] == "custom")
        self.open_action.setEnabled(values is not None)

    def _with_roles(self, act: Callable[[tuple[Role, ...]], object]) -> None:
        Query(service.load_roles, self.context.session.database).success(act).owned_by(self).run()

    def _new(self) -> None:
        self._with_roles(partial(self._open_dialog, Draft()))

    def _open_selected(self) -> None:
        for row_id in self.selected_ids():
            self.open_row(row_id)

    def _show_dialog(self, row_id: int, roles: tuple[Role, ...]) -> None:
        for role in roles:
            if role.id == row_id and role.kind == "action":
                self.panel.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            elif role.id == row_id:
                self._open_dialog(Draft(role), roles)

    def _open_dialog(self, draft: Draft, roles: tuple[Role, ...]) -> None:
        dialog = RoleDialog(self.context.session.database, roles, draft, self)
        dialog.copy_wanted.connect(self._copy_one)
        dialog.open()

    def _copy(self) -> None:
        self._with_roles(partial(self._show_copy, self.selected_ids()))

    @Slot(int)
    def _copy_one(self, row_id: int) -> None:
        self._with_roles(partial(self._show_copy, [row_id]))

    def _show_copy(self, ids: list[int], roles: tuple[Role, ...]) -> None:
        copied = tuple(role for role in roles if role.id in ids)
        if copied:
            self._open_dialog(Draft(copied=copied), roles)

    def _ask_remove(self) -> None:
        self._with_roles(partial(self._show_removal, self.selected_ids()))

    def _show_removal(self, ids: list[int], roles: tuple[Role, ...]) -> None:
        known = {role.name: role for role in roles}
        for role in roles:
            if role.id in ids and role.kind == "custom":
                RemoveRoleDialog(self.context.session.database, known, role, self).open()
