"""What a change of rights would do to people, said before it is saved: who gains what, who loses what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Query
from erp_desktop.services.roles import Difference, PersonDifference, Role
from erp_desktop.views import errors
from erp_desktop.views.admin.check_tree import children, tops
from erp_desktop.views.admin.role_tree import title
from erp_desktop.views.widgets import forms, theme

REST_MS = 200
"""The server is asked when nothing was ticked for so long."""

Ask = Callable[[], Sequence[Difference]]


class DifferencePanel(QFrame):
    """Asks the server and shows its answer; the newest question is the one that counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._roles: Mapping[str, Role] = {}
        self._ask: Ask | None = None
        self._question = 0
        self._waiting = False
        self._found: Sequence[Difference] = ()
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self._send)
        self._heading = forms.text_label("heading", self.tr("What this changes"))
        self._summary = forms.text_label("muted", wrap=True)
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setWordWrap(True)
        self._tree.setIndentation(3 * theme.GRID)
        self._tree.setAccessibleName(self.tr("Who gains and who loses which right"))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self._heading)
        column.addWidget(self._summary)
        column.addWidget(self._tree, 1)
        self._tree.hide()
        column.addStretch()

    @property
    def differences(self) -> Sequence[Difference] | None:
        """What the server answered to the newest question; None while it has not."""
        return None if self._waiting else self._found

    def show_for(self, roles: Mapping[str, Role], ask: Ask, *, at_once: bool = False) -> None:
        """Ask what a change would do; `ask` runs in a worker. A further call takes the place of this one."""
        self._roles, self._ask = roles, ask
        self._question += 1
        self._waiting = True
        self._timer.start(0 if at_once else REST_MS)

    def show_nothing(self, text: str) -> None:
        """Say why there is nothing to ask."""
        self._timer.stop()
        self._question += 1
        self._waiting, self._found = False, ()
        self._say(text)

    def lines(self) -> list[str]:
        """What is shown, line by line."""
        shown = [self._summary.text()]
        for top in tops(self._tree):
            shown += [top.text(0), *(item.text(0) for item in children(top))]
        return shown

    @Slot()
    def _send(self) -> None:
        if self._ask is not None:
            Query(self._ask).quiet().success(partial(self._on_answer, self._question)).failure(
                partial(self._on_failure, self._question)
            ).run()

    def _on_answer(self, question: int, found: Sequence[Difference]) -> None:
        if question == self._question:
            self._waiting = False
            self._found = [each for each in found if each.gained or each.lost]
            self._show()

    def _on_failure(self, question: int, error: Exception) -> None:
        if question == self._question:
            self._say(errors.sentence(error))

    def _say(self, text: str) -> None:
        self._tree.clear()
        self._tree.hide()
        self._summary.setText(text)

    def _show(self) -> None:
        if not self._found:
            self._say(self.tr("Nobody's rights change."))
            return
        people = [each for each in self._found if isinstance(each, PersonDifference)]
        if people:
            losers = sum(bool(each.lost) for each in people)
            words = self.tr("The rights of %n people change.", "", len(people))
            if losers:
                words += " " + self.tr("%n of them lose something, at once.", "", losers)
            self._summary.setText(words)
        else:
            gained, lost = (sum(len(side) for side in sides) for sides in self._sides())
            self._summary.setText(self.tr("{gained} gained, {lost} lost").format(gained=gained, lost=lost))
        self._tree.clear()
        for each in self._found:
            self._add(each)
        self._tree.expandAll()
        self._tree.show()

    def _sides(self) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
        return [each.gained for each in self._found], [each.lost for each in self._found]

    def _add(self, each: Difference) -> None:
        tokens = theme.tokens()
        sides = (
            (each.lost, "−", self.tr("Loses: {right}"), tokens.danger),
            (each.gained, "+", self.tr("Gains: {right}"), tokens.success),
        )
        parent = self._tree.invisibleRootItem()
        if isinstance(each, PersonDifference):
            name = spoken(each.name_zh, each.name_en)
            words = self.tr("{name} ({login})") if each.is_active else self.tr("{name} ({login}), inactive")
            parent = QTreeWidgetItem(self._tree, [words.format(name=name, login=each.login)])
        for rights, sign, said, color in sides:
            for right in rights:
                words = title(self._roles[right]) if right in self._roles else right
                item = QTreeWidgetItem(parent, [f"{sign}  {words}"])
                item.setForeground(0, QBrush(QColor(color)))
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said.format(right=words))
                item.setToolTip(0, said.format(right=words))
