"""Removing a role of the company's own: says before whose rights that changes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command
from erp_desktop.services import roles as service
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.roles import Role
from erp_desktop.views import errors
from erp_desktop.views.admin.difference_panel import DifferencePanel
from erp_desktop.views.admin.role_tree import title
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.notice import Notice


class RemoveRoleDialog(Dialog):
    """Takes a role away from whoever has it and removes it; closes when the server did."""

    def __init__(
        self, database: Database, roles: Mapping[str, Role], role: Role, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Remove role"))
        self._database = database
        self._role = role
        self._in_use = role.people > 0 or any(role.name in each.contents for each in roles.values())
        self.difference = DifferencePanel()
        self._notice = Notice()
        self.remove = forms.button("danger", "trash")
        self._build()
        self.difference.show_for(roles, partial(service.preview_role, database, role.name, None), at_once=True)

    def _build(self) -> None:
        question = forms.text_label(wrap=True)
        question.setText(
            self.tr("Remove “{title}” and take it from everybody and every role that has it?").format(
                title=title(self._role)
            )
            if self._in_use
            else self.tr("Remove “{title}”? Nobody has it.").format(title=title(self._role))
        )
        self.remove.setText(self.tr("Take away and &remove") if self._in_use else self.tr("&Remove"))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self._on_remove)
        cancel = forms.button()
        cancel.setText(self.tr("Cancel"))
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._notice)
        layout.addWidget(question)
        layout.addWidget(self.difference, 1)
        layout.addLayout(forms.row(None, cancel, self.remove))
        self.resize(520, 440 if self._in_use else 260)
        cancel.setFocus()

    @Slot()
    def _on_remove(self) -> None:
        self._notice.clear()
        self._set_busy(True)
        Command(
            service.remove_role,
            self._database,
            role_id=self._role.id,
            version=self._role.version,
            take_away=self._in_use,
        ).titled(self.windowTitle()).finished(partial(self._set_busy, False)).success(self._on_removed).failure(
            self._on_refused
        ).owned_by(self).run()

    def _on_removed(self, _result: dict[str, Any]) -> None:
        self.accept()
        bridge.success(self.tr("{title} is removed.").format(title=title(self._role)))

    def _on_refused(self, error: Exception) -> None:
        if errors.is_known(error) and isinstance(error, ErpError):
            self._notice.say(errors.sentence(error))
        else:
            errors.show(error, self)

    def _set_busy(self, busy: bool) -> None:
        self.remove.setEnabled(not busy)
