"""A role of the company's own: titles, department, and the roles and rights that it contains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from erp_desktop.models import columns as wording
from erp_desktop.models.bridge import bridge
from erp_desktop.models.operations import Command
from erp_desktop.services import roles as service
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.roles import Role, RoleDetails
from erp_desktop.views import errors
from erp_desktop.views.admin.difference_panel import DifferencePanel
from erp_desktop.views.admin.role_tree import RoleTree, title, titles
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.notice import Notice

LONGEST: Final = {"title_zh": 100, "title_en": 100, "description_zh": 400, "description_en": 400}


@dataclass(frozen=True)
class Draft:
    """What the dialog begins with: a role to change or to look at, or the roles that a new one is copied from."""

    role: Role | None = None
    copied: Sequence[Role] = ()


class RoleDialog(Dialog):
    """Makes a role or changes one; roles that ship with the product are only shown. Closes when the server took it.

    Signals:
        copy_wanted(role id): the person wants one of her own like the role shown.
    """

    copy_wanted = Signal(int)

    def __init__(self, database: Database, roles: Sequence[Role], draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._database = database
        self._all = {role.name: role for role in roles}
        self._draft = draft
        self._edits = {name: QLineEdit(maxLength=longest) for name, longest in LONGEST.items()}
        self._department = QComboBox()
        self._fields = {name: forms.Field(edit) for name, edit in self._edits.items()}
        self._fields["department"] = forms.Field(self._department)
        self._roles = RoleTree()
        self._difference = DifferencePanel()
        self._notice = Notice()
        self._save = forms.button("primary", "save")
        self._copy = forms.button("primary", "copy")
        self._name()
        self._fill()
        self._build()
        if self._read_only:
            self._protect()

    @property
    def _read_only(self) -> bool:
        return self._draft.role is not None and self._draft.role.kind != "custom"

    def _name(self) -> None:
        new = self._draft.role is None
        self.setWindowTitle(self.tr("New role") if new else self.tr("Role"))
        labels = {
            "title_zh": self.tr("&Title"),
            "title_en": self.tr("&English title"),
            "department": self.tr("&Department"),
            "description_zh": self.tr("Desc&ription"),
            "description_en": self.tr("English descr&iption"),
        }
        for name, label in labels.items():
            self._fields[name].set_label(label, required=name in ("title_zh", "department"))
        for name, edit in self._edits.items():
            edit.textEdited.connect(self._fields[name].clear_refusal)
        self._save.setText(self.tr("&Create") if new else self.tr("&Save"))
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)
        self._copy.setText(self.tr("&Copy…"))
        self._copy.clicked.connect(self._on_copy)
        self._copy.setVisible(self._read_only)

    def _fill(self) -> None:
        departments = dict.fromkeys(role.department for role in self._all.values() if role.kind != "custom")
        for code in departments:
            self._department.addItem(wording.word(code, "department"), code)
        role, copied = self._draft.role, self._draft.copied
        if role is not None:
            self._show_texts(role)
        elif len(copied) == 1:
            self._edits["title_zh"].setText(self.tr("Copy of {title}").format(title=title(copied[0])))
        begun_with = role or (copied[0] if copied else None)
        if begun_with is not None:
            self._department.setCurrentIndex(self._department.findData(begun_with.department))
        hidden = [role.name, *_containing(self._all.values(), role.name)] if role is not None else []
        self._roles.show_roles(tuple(self._all.values()), self._contents(), hidden)
        self._roles.ticked.connect(self._show_difference)
        self._show_difference()

    def _show_texts(self, role: Role) -> None:
        texts = {
            "title_zh": role.title_zh,
            "title_en": "" if role.title_en == role.title_zh else role.title_en,
            "description_zh": role.description_zh,
            "description_en": role.description_en,
        }
        for name, text in texts.items():
            self._edits[name].setText(text)
            self._edits[name].setCursorPosition(0)

    def _contents(self) -> tuple[str, ...]:
        """What is ticked at first: what the role contains, or all that the copied ones contain together."""
        role = self._draft.role
        if role is not None:
            return role.contents
        found: dict[str, None] = {}
        for each in self._draft.copied:
            found |= dict.fromkeys(each.contents if each.kind != "action" else (each.name,))
        return tuple(found)

    def _build(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(3 * theme.GRID)
        form.setVerticalSpacing(2 * theme.GRID)
        places = {"title_zh": (0, 0), "title_en": (0, 1), "department": (0, 2), "description_zh": (1, 0)}
        for name, (row, column) in places.items():
            form.addWidget(self._fields[name], row, column, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self._fields["description_en"], 1, 1, 1, 2, Qt.AlignmentFlag.AlignTop)
        for column, stretch in enumerate((3, 2, 1)):
            form.setColumnStretch(column, stretch)
        middle = QHBoxLayout()
        middle.setSpacing(3 * theme.GRID)
        middle.addWidget(self._roles, 3)
        middle.addWidget(self._difference, 2)
        cancel = forms.button()
        cancel.setText(self.tr("Close") if self._read_only else self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._notice)
        layout.addLayout(form)
        layout.addLayout(middle, 1)
        layout.addLayout(forms.row(None, cancel, self._copy, self._save))
        self.resize(980, 680)

    def _protect(self) -> None:
        for edit in self._edits.values():
            edit.setReadOnly(True)
        self._department.setEnabled(False)
        self._roles.set_read_only()
        self._difference.hide()
        self._save.hide()
        self._copy.setDefault(True)
        self._roles.setFocus()
        self._notice.say(
            self.tr("This role ships with the product and stays as it is. Copy it to make one of your own."),
            danger=False,
        )

    def details(self) -> RoleDetails:
        """What was entered."""
        text = {name: edit.text().strip() for name, edit in self._edits.items()}
        return RoleDetails(
            title_zh=text["title_zh"],
            title_en=text["title_en"],
            description_zh=text["description_zh"],
            description_en=text["description_en"],
            department=self._department.currentData(),
            roles=self._roles.names(),
        )

    @Slot()
    def _show_difference(self) -> None:
        role, names = self._draft.role, self._roles.names()
        if role is None:
            copied = titles(self._all, (each.name for each in self._draft.copied))
            self._difference.show_nothing(
                self.tr("Nobody has this role yet. It begins as a copy of: {roles}").format(roles=copied)
                if copied
                else self.tr("Nobody has this role yet: give it to people once it is made.")
            )
        elif set(names) == set(role.contents):
            self._difference.show_nothing(self._who_has(role))
        else:
            self._difference.show_for(self._all, partial(service.preview_role, self._database, role.name, names))

    def _who_has(self, role: Role) -> str:
        if role.people == 0:
            return self.tr("Nobody has this role.")
        return self.tr("%n people have this role. Tick or clear rights to see what that does to them.", "", role.people)

    @Slot()
    def _on_copy(self) -> None:
        role = self._draft.role
        self.reject()
        if role is not None:
            self.copy_wanted.emit(role.id)

    @Slot()
    def _on_save(self) -> None:
        for field in self._fields.values():
            field.clear_refusal()
        self._notice.clear()
        self._set_busy(True)
        role = self._draft.role
        if role is None:
            command: Command[dict[str, Any]] = Command(service.create_role, self._database, details=self.details())
        else:
            command = Command(
                service.save_role, self._database, role_id=role.id, version=role.version, details=self.details()
            )
        command.titled(self.windowTitle()).finished(partial(self._set_busy, False)).success(self._on_saved).failure(
            self._on_refused
        ).owned_by(self).run()

    def _on_saved(self, _result: dict[str, Any]) -> None:
        self.accept()
        bridge.success(self.tr("{title} is saved.").format(title=self.details().title_zh))

    def _on_refused(self, error: Exception) -> None:
        if not errors.is_known(error) or not isinstance(error, ErpError):
            errors.show(error, self)
        elif error.field in self._fields:
            self._fields[error.field].refuse(errors.sentence(error))
            self._fields[error.field].setFocus()
        else:
            self._notice.say(errors.sentence(error))

    def _set_busy(self, busy: bool) -> None:
        self._save.setEnabled(not busy)


def _containing(roles: Iterable[Role], name: str) -> list[str]:
    """The roles that contain a role, through whatever others: it can't contain them."""
    known = {role.name: role for role in roles}
    return [role.name for role in known.values() if name in service.closure(known, role.contents)]
