"""Warns everybody who logs in when the trail of changes is not the one that this computer has seen before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from erp_desktop.models.operations import Query
from erp_desktop.services import heads
from erp_desktop.services.db import Profile
from erp_desktop.services.heads import Head
from erp_desktop.services.listing import text_of

if TYPE_CHECKING:
    from erp_desktop.views.shell import Shell


class TrailWarning(QMessageBox):
    """Says that the trail was rewritten or cut, until somebody takes note."""

    def __init__(self, profile: Profile, head: Head, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile = profile
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle(self.tr("The record of changes was altered"))
        self.setText(self.tr("Tell your auditor or manager: the record of changes on this server was altered."))
        seen = self.tr(
            "This computer remembers seal {number} of {at}, and the server no longer has it."
            " Either a backup was restored, or somebody rewrote the record."
        )
        self.setInformativeText(seen.format(number=head.number, at=text_of("datetime")(head.sealed_at)))
        self._noted = self.addButton(self.tr("I have &told them"), QMessageBox.ButtonRole.AcceptRole)
        later = self.addButton(self.tr("Remind me at the next &login"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(later)
        self._noted.clicked.connect(self._forget)

    def _forget(self) -> None:
        Query(heads.forget, self._profile).quiet().run()


def watch(shell: Shell) -> None:
    """Compare the trail with what this computer remembers, off the GUI thread; warn over `shell` if it differs."""
    database = shell.session.database

    def warn(head: Head | None) -> None:
        if head is not None:
            TrailWarning(database.profile, head, shell).open()

    Query(heads.compare, database).quiet().owned_by(shell).success(warn).run()
