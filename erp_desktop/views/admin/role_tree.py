"""Roles and rights to be ticked, with a field to find them and with what ticked roles bring along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import spoken
from erp_desktop.services.roles import Role, closure
from erp_desktop.views.admin.check_tree import CheckTree, Group, Tick
from erp_desktop.views.widgets import forms, theme


def title(role: Role) -> str:
    """What a role is called in the language in use."""
    return spoken(role.title_zh, role.title_en)


def titles(roles: Mapping[str, Role], names: Iterable[str]) -> str:
    """The titles of roles in a row; a name that stands for none speaks for itself."""
    return wording.listed(title(roles[name]) if name in roles else name for name in names)


class RoleTree(QWidget):
    """Ticks roles; a right that a ticked role contains shows as ticked, too, and says through which role.

    Signals:
        ticked(): the person ticked or cleared one.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles: dict[str, Role] = {}
        self.search = QLineEdit(clearButtonEnabled=True)
        self.tree = CheckTree(brought=True)
        self._nothing = forms.text_label("muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2 * theme.GRID, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self._nothing, 1)
        self.setFocusProxy(self.tree)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._go_to_tree)
        self.tree.ticked.connect(self._on_ticked)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WindowShortcut)
        find.activated.connect(self._go_to_search)

    def retranslate(self) -> None:
        """Name the parts in the language in use."""
        hint = self.tr("Find a role or right")
        self.search.setPlaceholderText(f"{hint}  (Ctrl+F)")
        self.search.setAccessibleName(hint)
        self.tree.setAccessibleName(self.tr("Roles and rights"))
        self._nothing.setText(self.tr("No role or right is called like this."))

    def show_roles(
        self, roles: Sequence[Role], ticked: Iterable[str], hidden: Iterable[str] = (), rights_open: bool = True
    ) -> None:
        """Show these roles with those named `ticked`; those named `hidden` can't be chosen here."""
        self._roles = {role.name: role for role in roles}
        without = set(hidden)
        offered = [role for role in roles if role.name not in without]
        groups = []
        for kind, heading in (("custom", self.tr("Own roles")), ("job", self.tr("Job roles"))):
            ticks = [self._tick(role) for role in offered if role.kind == kind]
            groups += [Group(heading, ticks)] if ticks else []
        rights: dict[str, list[Tick]] = {}
        for role in offered:
            if role.kind == "action":
                rights.setdefault(role.department, []).append(self._tick(role))
        for department, ticks in rights.items():
            heading = self.tr("Rights: {department}").format(department=wording.word(department, "department"))
            groups.append(Group(heading, ticks, rights_open))
        self.tree.show_groups(groups, ticked)
        self._show_brought()

    def set_read_only(self) -> None:
        """Only show from now on."""
        self.tree.set_read_only()
        self._show_brought()
        self._on_search(self.search.text())

    def names(self) -> list[str]:
        """The roles that are ticked themselves."""
        return self.tree.keys()

    def reached(self) -> set[str]:
        """The roles that are ticked, and all that they bring along."""
        return closure(self._roles, self.names())

    def _tick(self, role: Role) -> Tick:
        words = f"{role.title_zh} {role.title_en} {wording.word(role.department, 'department')}"
        return Tick(role.name, title(role), spoken(role.description_zh, role.description_en), words)

    def _show_brought(self) -> None:
        ticked = self.names()
        through: dict[str, list[str]] = {}
        for name in ticked:
            for reached in closure(self._roles, self._roles[name].contents if name in self._roles else ()):
                through.setdefault(reached, []).append(name)
        own = set(ticked)
        texts = {}
        for name, sources in through.items():
            words = titles(self._roles, sources)
            said = self.tr("also through {roles}") if name in own else self.tr("through {roles}")
            texts[name] = said.format(roles=words)
        self.tree.show_brought(texts)

    @Slot()
    def _on_ticked(self) -> None:
        self._show_brought()
        self.ticked.emit()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        found = self.tree.show_found(text)
        self.tree.setVisible(found > 0)
        self._nothing.setVisible(found == 0)

    @Slot()
    def _go_to_search(self) -> None:
        if self.isVisible():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    @Slot()
    def _go_to_tree(self) -> None:
        if not self.tree.isHidden():
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
