"""Sign-in rules: what the gate demands of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.entry import NumberRule
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Command
from erp_desktop.services import gate_rules
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.gate_rules import GateRules
from erp_desktop.services.roles import Role
from erp_desktop.views import errors
from erp_desktop.views.admin.check_tree import CheckTree, Group, Tick
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.notice import Notice
from erp_desktop.views.widgets.numbers import NumberField

LIMITS: Final = {
    "failures_allowed": (1, 100),
    "first_lock_minutes": (1, 1440),
    "longest_lock_hours": (1, 744),
    "address_failures_allowed": (1, 100_000),
    "session_hours": (1, 168),
    "session_idle_minutes": (5, 1440),
    "password_length": (8, 64),
    "password_length_with_code": (8, 64),
    "passwords_remembered": (1, 24),
    "password_valid_days": (1, 3650),
}
MAY_BE_EMPTY: Final = ("session_idle_minutes", "password_valid_days")


class GateRulesDialog(Dialog):
    """Shows the rules and saves them; closes only when the server took them."""

    def __init__(
        self,
        database: Database,
        rules: tuple[GateRules, int],
        roles: Sequence[Role],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sign-in rules"))
        self._database = database
        self._rules, self._version = rules
        self.edits = {
            name: NumberField("int", NumberRule(0, Decimal(least), Decimal(most)))
            for name, (least, most) in LIMITS.items()
        }
        self.fields = {name: forms.Field(edit) for name, edit in self.edits.items()}
        self.roles = CheckTree()
        self._roles_field = forms.Field(self.roles)
        self._notice = Notice()
        self._cancel = forms.button()
        self.save_button = forms.button("primary", "save")
        self._set_up()
        self._fill(roles)
        self._build()

    def _set_up(self) -> None:
        labels = {
            "failures_allowed": self.tr("Wrong &attempts of a name before it is locked"),
            "first_lock_minutes": self.tr("First loc&k, minutes (each further one twice as long)"),
            "longest_lock_hours": self.tr("&Longest lock, hours"),
            "address_failures_allowed": self.tr("Wrong attempts from one a&ddress"),
            "session_hours": self.tr("A session lasts, &hours"),
            "session_idle_minutes": self.tr("A session that is not used ends after, &minutes (empty: never)"),
            "password_length": self.tr("Password without a code: least &characters"),
            "password_length_with_code": self.tr("Password &with a code: least characters"),
            "passwords_remembered": self.tr("Last &passwords that can't be chosen again"),
            "password_valid_days": self.tr("A password is good for, da&ys (empty: no end)"),
        }
        for name, label in labels.items():
            field, edit = self.fields[name], self.edits[name]
            field.set_label(label, required=name not in MAY_BE_EMPTY)
            edit.textEdited.connect(field.clear_refusal)
            edit.complained.connect(field.refuse)
        self._roles_field.set_label(self.tr("&Roles that need a one-time code to log in"))
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        self.save_button.setText(self.tr("&Save"))
        self.save_button.setDefault(True)
        self.save_button.setShortcut("Ctrl+Return")
        self.save_button.clicked.connect(self._on_save)

    def _fill(self, roles: Sequence[Role]) -> None:
        for name, edit in self.edits.items():
            value = getattr(self._rules, name)
            edit.set_value(None if value is None else Decimal(value))
        headings = {"custom": self.tr("Own roles"), "job": self.tr("Job roles"), "action": self.tr("Rights")}
        groups = []
        for kind, heading in headings.items():
            ticks = [Tick(role.name, spoken(role.title_zh, role.title_en)) for role in roles if role.kind == kind]
            groups += [Group(heading, ticks, kind != "action")] if ticks else []
        self.roles.show_groups(groups, self._rules.roles_with_codes)

    def _build(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(5 * theme.GRID)
        form.setVerticalSpacing(3 * theme.GRID)
        rows = -(-len(self.fields) // 2)
        for place, field in enumerate(self.fields.values()):
            form.addWidget(field, place % rows, place // rows, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self._roles_field, 0, 2, rows, 1)
        for column in range(3):
            form.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._notice)
        layout.addLayout(form, 1)
        layout.addLayout(forms.row(None, self._cancel, self.save_button))
        self.resize(1060, 480)

    def rules(self) -> GateRules:
        """What was entered; an empty number is 0, which the server refuses at its field."""
        values: dict[str, Any] = {name: int(edit.value() or 0) for name, edit in self.edits.items()}
        values |= {name: values[name] or None for name in MAY_BE_EMPTY}
        return GateRules(**values, roles_with_codes=self.roles.keys())

    @Slot()
    def _on_save(self) -> None:
        wrong = next((name for name, edit in self.edits.items() if edit.complaint()), "")
        if wrong:
            self.edits[wrong].setFocus()
            return
        self._notice.clear()
        self.save_button.setEnabled(False)
        Command(gate_rules.save_gate_rules, self._database, rules=self.rules(), version=self._version).titled(
            self.windowTitle()
        ).finished(self._on_finished).success(self._on_saved).failure(self._on_refused).run()

    def _on_finished(self) -> None:
        self.save_button.setEnabled(True)

    def _on_saved(self, _result: dict[str, Any]) -> None:
        bridge.success(self.tr("The sign-in rules are saved."))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error) or not isinstance(error, ErpError):
            errors.show(error, self)
        elif error.field in self.fields:
            self.fields[error.field].refuse(errors.sentence(error))
            self.fields[error.field].setFocus()
        else:
            self._notice.say(errors.sentence(error))
