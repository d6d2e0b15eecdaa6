"""From where a person is logged in, and ending that."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command, Query
from erp_desktop.services import sessions
from erp_desktop.services.db import Database
from erp_desktop.services.sessions import OpenSession
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.refusal import RefusalBox
from erp_desktop.views.widgets.session_rows import SessionRows


class SessionsDialog(Dialog):
    """Lists the sessions of one account; `person` holds id, login and version of its row in the list of people."""

    def __init__(self, database: Database, person: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._database, self._person = database, person
        self._found: tuple[OpenSession, ...] | None = None
        self._heading = forms.text_label("title")
        self._state = forms.text_label("muted", wrap=True)
        self.rows = SessionRows()
        self._refusal = RefusalBox()
        self.end_button = forms.button("danger", "logout")
        self.end_button.setEnabled(False)
        self.end_button.clicked.connect(self._on_end)
        self.close_button = forms.button("primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[6 * theme.GRID] * 4)
        layout.setSpacing(4 * theme.GRID)
        for widget in (self._heading, self._state, self.rows, self._refusal):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addLayout(forms.row(self.end_button, None, self.close_button))
        self.setMinimumWidth(520)
        self._retranslate()
        Query(sessions.sessions_of, database, person["id"]).success(self._on_loaded).failure(
            self._refusal.show_error
        ).quiet().owned_by(self).run()

    def _on_loaded(self, found: tuple[OpenSession, ...]) -> None:
        self._found = found
        self.rows.show_sessions(found)
        self.end_button.setEnabled(bool(found))
        self._retranslate()

    @Slot()
    def _on_end(self) -> None:
        self.end_button.setEnabled(False)
        Command(sessions.end_all, self._database, user_id=self._person["id"], version=self._person["version"]).titled(
            self.tr("Ending the sessions")
        ).success(self._on_ended).failure(self._on_refused).owned_by(self).run()

    def _on_ended(self, _result: dict[str, Any]) -> None:
        bridge.success(self.tr("{login} is logged out everywhere.").format(login=self._person["login"]))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.end_button.setEnabled(True)
        self._refusal.show_error(error)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sessions"))
        self._heading.setText(self.tr("Sessions of {login}").format(login=self._person["login"]))
        if self._found is None:
            self._state.setText(self.tr("Loading…"))
        elif self._found:
            self._state.setText(
                self.tr("Ending them logs this person out at once; what is not saved stays in the open windows.")
            )
        else:
            self._state.setText(self.tr("Not logged in at present."))
        self.end_button.setText(self.tr("&End all sessions"))
        self.close_button.setText(self.tr("C&lose"))

    def changeEvent(self, event: QEvent) -> None:
        """Override QDialog.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
