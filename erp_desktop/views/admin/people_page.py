"""The people of the program: accounts with their roles, scopes and state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtWidgets import QMessageBox

from erp_desktop.models.admin_lists import PEOPLE
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.models.operations import Command, Query
from erp_desktop.services import people
from erp_desktop.services.db import Database
from erp_desktop.services.gate_rules import GateRules, load_gate_rules
from erp_desktop.services.listing import Equals, OneOf
from erp_desktop.services.people import Choices, Person
from erp_desktop.services.roles import Role, load_roles
from erp_desktop.views.admin.gate_rules_dialog import GateRulesDialog
from erp_desktop.views.admin.password_shown import PasswordShown
from erp_desktop.views.admin.person_dialog import PersonDialog
from erp_desktop.views.admin.sessions_dialog import SessionsDialog
from erp_desktop.views.widgets.actions import Needs
from erp_desktop.views.widgets.list_page import ListPage, SavedView


class PeoplePage(ListPage):
    """Accounts; Enter opens one, the buttons shut, open, unlock it and give it a new password."""

    code: ClassVar[str] = "admin.people"
    spec = PEOPLE
    saved_views: ClassVar[tuple[SavedView, ...]] = (
        SavedView(QT_TRANSLATE_NOOP("Views", "All")),
        SavedView(QT_TRANSLATE_NOOP("Views", "Logged in"), (Equals("has_session", True),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Locked"), (OneOf("state", ("locked",)),)),
        SavedView(QT_TRANSLATE_NOOP("Views", "Inactive"), (OneOf("state", ("disabled",)),)),
    )

    def build_actions(self) -> None:
        """Override ListPage.build_actions."""
        add = partial(self.add_list_action, needs=Needs.ONE)
        self.unlock_action = add(self._unlock, icon="lock")
        self.password_action = add(self._ask_reset, icon="key")
        self.codes_action = add(self._ask_reset_codes, icon="undo", button=False)
        self.disable_action = add(self._ask_disable, icon="cross")
        self.enable_action = add(self._enable, icon="check")
        self.sessions_action = add(self._show_sessions, icon="logout", button=False)
        self.rights_action = add(self._show_rights, icon="eye", button=False)
        self.edit_action = add(self._edit, icon="edit", button=False)
        self.rules_action = self.add_list_action(self._open_rules, icon="settings")
        self.new_action = self.add_list_action(self._new, icon="plus", shortcut="Ctrl+N", primary=True)

    def retranslate(self) -> None:
        """Override ListPage.retranslate."""
        super().retranslate()
        self.unlock_action.setText(self.tr("&Unlock"))
        self.password_action.setText(self.tr("Reset &password…"))
        self.codes_action.setText(self.tr("Reset &codes…"))
        self.rules_action.setText(self.tr("Sign-&in rules…"))
        self.disable_action.setText(self.tr("&Deactivate…"))
        self.enable_action.setText(self.tr("&Activate"))
        self.sessions_action.setText(self.tr("&Sessions…"))
        self.rights_action.setText(self.tr("Effective ri&ghts…"))
        self.edit_action.setText(self.tr("Open…"))
        self.new_action.setText(self.tr("&New person"))
        self._show_what_fits(None)

    def search_hint(self) -> str:
        """Override ListPage.search_hint."""
        return self.tr("User name, name or role")

    def row_selected(self, values: dict[str, Any] | None) -> None:
        """Override ListPage.row_selected: what makes no sense for the account is not offered."""
        self._show_what_fits(values)

    def open_row(self, row_id: int) -> None:
        """Override ListPage.open_row."""
        self._open(row_id)

    def _show_what_fits(self, values: dict[str, Any] | None) -> None:
        state = values["state"] if values is not None else ""
        self.unlock_action.setEnabled(state == "locked")
        self.codes_action.setEnabled(values is not None and bool(values["has_codes"]))
        self.enable_action.setEnabled(state == "disabled")
        self.disable_action.setEnabled(state in ("enabled", "locked"))
        self.enable_action.setVisible(state == "disabled")
        self.disable_action.setVisible(state != "disabled")

    # Opening

    def _new(self) -> None:
        self._open(None)

    def _edit(self) -> None:
        for row_id in self.selected_ids():
            self._open(row_id)

    def _open(self, user_id: int | None) -> None:
        Query(_read, self.context.session.database, user_id).success(self._show_dialog).run()

    def _show_rights(self) -> None:
        for row_id in self.selected_ids():
            Query(_read, self.context.session.database, row_id).success(
                lambda found: self._show_dialog(found).show_rights()
            ).owned_by(self).run()

    def _show_sessions(self) -> None:
        chosen = self._account()
        if chosen is not None:
            SessionsDialog(self.context.session.database, chosen, self).open()

    def _show_dialog(self, found: tuple[Choices, Person | None]) -> PersonDialog:
        choices, person = found
        dialog = PersonDialog(self.context.session.database, choices, person, self)
        dialog.open()
        return dialog

    def _open_rules(self) -> None:
        Query(_read_rules, self.context.session.database).success(self._show_rules).run()

    def _show_rules(self, found: tuple[tuple[GateRules, int], tuple[Role, ...]]) -> None:
        rules, roles = found
        GateRulesDialog(self.context.session.database, rules, roles, self).open()

    # Steps

    def _account(self) -> dict[str, Any] | None:
        rows = self.selected_values()
        return rows[0] if len(rows) == 1 else None

    def _step(self, function: Callable[..., dict[str, Any]], done: str, **more: Any) -> None:
        """Carry out a step for the selected account and say `done` (already translated)."""
        chosen = self._account()
        if chosen is not None:
            Command(
                function, self.context.session.database, user_id=chosen["id"], version=chosen["version"], **more
            ).success(lambda _result: bridge.success(done)).owned_by(self).run()

    def _unlock(self) -> None:
        chosen = self._account()
        if chosen is not None:
            self._step(people.unlock_person, self.tr("{login} may log in again.").format(login=chosen["login"]))

    def _enable(self) -> None:
        chosen = self._account()
        if chosen is not None:
            self._step(people.enable_person, self.tr("{login} is active.").format(login=chosen["login"]))

    def _ask_disable(self) -> None:
        chosen = self._account()
        if chosen is not None and self._sure(
            self.tr(
                "Deactivate {login}? Open connections end at once, and nobody can log in with this account."
            ).format(login=chosen["login"])
        ):
            self._step(people.disable_person, self.tr("{login} is inactive.").format(login=chosen["login"]))

    def _ask_reset(self) -> None:
        chosen = self._account()
        if chosen is not None and self._sure(
            self.tr("Give {login} a new password? The old one is void at once, and all sessions end.").format(
                login=chosen["login"]
            )
        ):
            self.reset_password(chosen)

    def _ask_reset_codes(self) -> None:
        chosen = self._account()
        if chosen is not None and self._sure(
            self.tr(
                "Reset the one-time codes of {login}? Make sure that it is really her who asks. She logs in with the"
                " password only, or sets up a new phone if a role of hers needs codes."
            ).format(login=chosen["login"])
        ):
            done = self.tr("The one-time codes of {login} are reset.").format(login=chosen["login"])
            self._step(people.reset_codes, done)

    def reset_password(self, chosen: dict[str, Any]) -> None:
        """Give an account a random password and show it once."""
        password = people.new_password()
        Command(
            people.reset_password,
            self.context.session.database,
            user_id=chosen["id"],
            version=chosen["version"],
            password=password,
        ).titled(self.tr("Resetting the password")).success(partial(self._show_password, password)).run()

    def _show_password(self, password: str, result: dict[str, Any]) -> None:
        PasswordShown(result["login"], password, self).open()

    def _sure(self, question: str) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(self, self.title(), question, buttons.Yes | buttons.Cancel, buttons.Cancel)
        return answer == buttons.Yes


def _read_rules(database: Database) -> tuple[tuple[GateRules, int], tuple[Role, ...]]:
    return load_gate_rules(database), load_roles(database)


def _read(database: Database, user_id: int | None) -> tuple[Choices, Person | None]:
    person = people.load_person(database, user_id) if user_id is not None else None
    return people.load_choices(database), person
