"""One role beside the list: what it is for, what it contains, who has it and through which roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Query
from erp_desktop.services import roles as service
from erp_desktop.services.db import Database
from erp_desktop.services.roles import Holder, Role
from erp_desktop.views import errors
from erp_desktop.views.admin.check_tree import children, tops
from erp_desktop.views.admin.role_tree import title, titles
from erp_desktop.views.widgets import forms, theme

Found = tuple[Role, Mapping[str, Role], Sequence[Holder]]


class RolePanel(QFrame):
    """Shows the role that is selected; says what to do while none is."""

    def __init__(self, database: Database, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._database = database
        self._wanted = ""
        self._found: Found | None = None
        self._failure: Exception | None = None
        self._title = forms.text_label("heading", wrap=True)
        self._kind = forms.text_label("muted", wrap=True)
        self._description = forms.text_label(wrap=True)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(4 * theme.GRID)
        self.tree.setUniformRowHeights(True)
        self._hint = forms.text_label("muted", wrap=True)
        self._stack = QStackedWidget()
        self._build()
        self._retranslate()

    def _build(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        for label in (self._title, self._kind, self._description):
            column.addWidget(label)
        column.addWidget(self.tree, 1)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(whole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[3 * theme.GRID] * 4)
        layout.addWidget(self._stack)

    def show_role(self, name: str) -> None:
        """Load and show a role; an empty name for none."""
        self._wanted, self._failure = name, None
        if not name:
            self._found = None
            self._show()
        else:
            Query(_read, self._database, name).quiet().success(self._on_loaded).failure(self._on_failed).run()

    def lines(self) -> list[str]:
        """What is shown below the description, line by line."""
        return [text for top in tops(self.tree) for text in (top.text(0), *(each.text(0) for each in children(top)))]

    def _on_loaded(self, found: Found | None) -> None:
        if found is None or found[0].name == self._wanted:
            self._found = found
            self._show()

    def _on_failed(self, error: Exception) -> None:
        self._found, self._failure = None, error
        self._show()

    def _show(self) -> None:
        self._stack.setCurrentIndex(0 if self._found is None else 1)
        if self._found is None:
            self._hint.setText(
                errors.sentence(self._failure)
                if self._failure is not None
                else self.tr("Select a role to see what it contains and who has it.")
            )
            return
        role, roles, holders = self._found
        self._title.setText(title(role))
        words = (wording.word(role.kind, "role_kind"), wording.word(role.department, "department"))
        self._kind.setText(" · ".join(words))
        self._description.setText(spoken(role.description_zh, role.description_en))
        self._description.setVisible(bool(self._description.text()))
        self.tree.clear()
        self._add(self.tr("Who has it"), [self._holder(roles, each) for each in holders])
        bundles = [name for name in role.contents if name in roles and roles[name].kind != "action"]
        self._add(self.tr("Contains roles"), [titles(roles, [name]) for name in bundles])
        rights = service.closure(roles, role.contents)
        for department in dict.fromkeys(each.department for each in roles.values() if each.kind == "action"):
            mine = [
                title(each)
                for each in roles.values()
                if each.kind == "action" and each.department == department and each.name in rights
            ]
            self._add(wording.word(department, "department"), mine)
        self.tree.expandAll()

    def _holder(self, roles: Mapping[str, Role], holder: Holder) -> str:
        name = f"{spoken(holder.name_zh, holder.name_en)} ({holder.login})"
        ways = [titles(roles, path[-1:]) for path in holder.paths if path]
        parts = [
            name,
            *([self.tr("through {roles}").format(roles=wording.listed(dict.fromkeys(ways)))] if ways else []),
        ]
        parts += [] if holder.is_active else [self.tr("inactive")]
        return " · ".join(parts)

    def _add(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            group = QTreeWidgetItem(self.tree, [f"{heading}   {len(lines)}"])
            for line in lines:
                item = QTreeWidgetItem(group, [line])
                item.setToolTip(0, line)

    def _retranslate(self) -> None:
        self.tree.setAccessibleName(self.tr("The role"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        """Override QFrame.changeEvent: follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()


def _read(database: Database, name: str) -> Found | None:
    roles = {role.name: role for role in service.load_roles(database)}
    return (roles[name], roles, service.load_holders(database, name)) if name in roles else None
