"""The logins of a person that have not ended: where, with which program, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from erp_desktop.services import clock
from erp_desktop.views.widgets import forms, theme

if TYPE_CHECKING:
    import datetime as dt

    from erp_desktop.services.sessions import OpenSession


class SessionRows(QWidget):
    """One row for each session; with `ends` each other one has a button that ends it.

    Signals:
        end_wanted(tag): end this session.
    """

    end_wanted = Signal(str)

    def __init__(self, *, ends: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ends = ends
        self._sessions: tuple[OpenSession, ...] = ()
        self.buttons: dict[str, QPushButton] = {}
        self._labels: list[QLabel] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)

    def show_sessions(self, sessions: Sequence[OpenSession]) -> None:
        """Show these and no others."""
        self._sessions = tuple(sessions)
        self._fill()

    def set_busy(self, busy: bool) -> None:
        """Take no orders while one is being carried out."""
        for button in self.buttons.values():
            button.setEnabled(not busy)

    def text(self) -> str:
        """What is shown, one line for each label."""
        return "\n".join(label.text() for label in self._labels)

    def _fill(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.buttons.clear()
        self._labels = []
        for session in self._sessions:
            self._layout.addWidget(self._row(session))

    def _row(self, session: OpenSession) -> QWidget:
        where = session.computer or self.tr("Unknown computer")
        head = forms.text_label(text=self.tr("{computer} (this session)").format(computer=where))
        if not session.is_this:
            head.setText(where)
        program = session.client.replace("erp-desktop/", self.tr("version") + " ")
        words = self.tr("{address} · {program} · since {since} · last active {active}").format(
            address=session.address or self.tr("on the server itself"),
            program=program,
            since=_moment(session.started_at),
            active=_moment(session.last_active_at),
        )
        detail = forms.text_label("muted", words, wrap=True)
        self._labels += [head, detail]
        made = QWidget()
        line = forms.row()
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(forms.column(head, detail, spacing=0), 1)
        if self._ends and not session.is_this:
            button = forms.button()
            button.setText(self.tr("End"))
            button.setAccessibleName(self.tr("End the session at {computer}").format(computer=where))
            button.clicked.connect(lambda _checked=False, tag=session.tag: self.end_wanted.emit(tag))
            self.buttons[session.tag] = button
            line.addWidget(button)
        made.setLayout(line)
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Override QWidget.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()


def _moment(moment: dt.datetime) -> str:
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%Y-%m-%d %H:%M}"
