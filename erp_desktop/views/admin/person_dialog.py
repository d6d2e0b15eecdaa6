"""A person: names and contact, roles, and the branches, warehouses and work centres where she works."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QRegularExpression, Qt, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from erp_desktop.models import i18n
from erp_desktop.models.bridge import bridge
from erp_desktop.models.i18n import spoken
from erp_desktop.models.operations import Command
from erp_desktop.services import people
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ErpError
from erp_desktop.services.people import Choices, Details, Person, Place
from erp_desktop.services.roles import Difference, preview_person
from erp_desktop.views import errors
from erp_desktop.views.admin.check_tree import CheckTree, Group, Tick
from erp_desktop.views.admin.difference_panel import DifferencePanel
from erp_desktop.views.admin.password_shown import PasswordShown
from erp_desktop.views.admin.rights_panel import RightsPanel
from erp_desktop.views.admin.role_tree import RoleTree
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.notice import Notice

LONGEST: Final = {"login": 57, "display_name": 100, "display_name_en": 100, "email": 200, "phone": 40}
# As in auth.users, which has the last word.
_LOGIN: Final = QRegularExpression(r"[^\s;]*")


class PersonDialog(Dialog):
    """Creates a person (`person` None), or changes one; closes only when the server took it.

    A new account gets a random password, which a dialog shows once.
    """

    def __init__(
        self, database: Database, choices: Choices, person: Person | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._database = database
        self._choices = choices
        self._person = person
        self._password = people.new_password() if person is None else ""
        self._edits = {name: QLineEdit(maxLength=longest) for name, longest in LONGEST.items()}
        self._language = QComboBox()
        self._fields = {name: forms.Field(edit) for name, edit in self._edits.items()}
        self._fields["language"] = forms.Field(self._language)
        self._roles = RoleTree()
        self._difference = DifferencePanel()
        self._rights = RightsPanel()
        self._branches, self._warehouses, self._work_centres = (CheckTree() for _ in range(3))
        self._tabs = QTabWidget()
        self._notice = Notice()
        self._save = forms.button("primary", "save")
        self._set_up()
        self._fill()
        self._build()

    def _set_up(self) -> None:
        new = self._person is None
        self.setWindowTitle(self.tr("New person") if new else self.tr("Person"))
        labels = {
            "login": self.tr("&User name"),
            "display_name": self.tr("&Name"),
            "display_name_en": self.tr("&English name"),
            "email": self.tr("E-&mail"),
            "phone": self.tr("&Phone"),
            "language": self.tr("&Language"),
        }
        for name, label in labels.items():
            self._fields[name].set_label(label, required=name in ("login", "display_name"))
        for name, edit in self._edits.items():
            edit.textEdited.connect(self._fields[name].clear_refusal)
        self._edits["login"].setValidator(QRegularExpressionValidator(_LOGIN, self))
        for code, name in (("zh", i18n.LANGUAGES["zh_CN"]), ("en", i18n.LANGUAGES["en"])):
            self._language.addItem(name, code)
        self._save.setText(self.tr("&Create") if new else self.tr("&Save"))
        self._save.setDefault(True)
        self._save.clicked.connect(self._on_save)

    def _fill(self) -> None:
        person = self._person
        if person is not None:
            texts = {
                "login": person.login,
                "display_name": person.name_zh,
                "display_name_en": person.name_en,
                "email": person.email,
                "phone": person.phone,
            }
            for name, text in texts.items():
                self._edits[name].setText(text)
            self._edits["login"].setReadOnly(True)
            self._language.setCurrentIndex(self._language.findData(person.language))
        self._roles.show_roles(self._choices.roles, person.roles if person else (), rights_open=False)
        self._roles.ticked.connect(self._show_difference)
        self._show_difference()
        if person is not None:
            self._rights.load(self._database, self._choices, person)
        places: tuple[tuple[CheckTree, Iterable[Place], Iterable[int]], ...] = (
            (self._branches, self._choices.branches, person.branches if person else ()),
            (self._warehouses, self._choices.warehouses, person.warehouses if person else ()),
            (self._work_centres, self._choices.work_centres, person.work_centres if person else ()),
        )
        for tree, there, ticked in places:
            ticks = [Tick(place.id, f"{place.code}  {spoken(place.name_zh, place.name_en)}") for place in there]
            tree.show_groups([Group("", ticks)], ticked)

    def _build(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(3 * theme.GRID)
        form.setVerticalSpacing(2 * theme.GRID)
        order = ("login", "display_name", "display_name_en", "language", "email", "phone")
        for place, name in enumerate(order):
            form.addWidget(self._fields[name], place // 3, place % 3, Qt.AlignmentFlag.AlignTop)
            form.setColumnStretch(place % 3, 1)
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._roles_tab(), self.tr("Roles"))
        for tree, title in (
            (self._branches, self.tr("Branches")),
            (self._warehouses, self.tr("Warehouses")),
            (self._work_centres, self.tr("Work centres")),
        ):
            tree.setAccessibleName(title)
            self._tabs.addTab(tree, title)
        if self._person is not None:
            self._tabs.addTab(self._rights, self.tr("Effective rights"))
        cancel = forms.button()
        cancel.setText(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self._notice)
        layout.addLayout(form)
        layout.addWidget(self._tabs, 1)
        layout.addLayout(forms.row(None, cancel, self._save))
        self.resize(940, 640)

    def _roles_tab(self) -> QWidget:
        """The roles, and beside them what ticking them changes."""
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(3 * theme.GRID)
        line.addWidget(self._roles, 3)
        line.addWidget(self._difference, 2)
        return whole

    def show_rights(self) -> None:
        """Turn to what the person can do, and through which roles."""
        self._tabs.setCurrentWidget(self._rights)
        self._rights.setFocus()

    @Slot()
    def _show_difference(self) -> None:
        names = self._roles.names()
        user_id = self._person.id if self._person is not None else None
        if set(names) == set(self._person.roles if self._person is not None else ()):
            self._difference.show_nothing(self.tr("Tick or clear roles to see which rights that gives and takes."))
            return
        roles = {role.name: role for role in self._choices.roles}
        self._difference.show_for(roles, partial(_preview, self._database, user_id, names))

    def details(self) -> Details:
        """What was entered."""
        text = {name: edit.text().strip() for name, edit in self._edits.items()}
        return Details(
            name_zh=text["display_name"],
            name_en=text["display_name_en"],
            language=self._language.currentData(),
            email=text["email"],
            phone=text["phone"],
            roles=self._roles.names(),
            branches=self._branches.keys(),
            warehouses=self._warehouses.keys(),
            work_centres=self._work_centres.keys(),
        )

    @Slot()
    def _on_save(self) -> None:
        for field in self._fields.values():
            field.clear_refusal()
        self._notice.clear()
        self._set_busy(True)
        person = self._person
        if person is None:
            login = self._edits["login"].text().strip()
            command: Command[dict[str, Any]] = Command(
                people.create_person, self._database, login=login, password=self._password, details=self.details()
            )
        else:
            command = Command(
                people.save_person, self._database, user_id=person.id, version=person.version, details=self.details()
            )
        command.titled(self.windowTitle()).finished(partial(self._set_busy, False)).success(self._on_saved).failure(
            self._on_refused
        ).owned_by(self).run()

    def _on_saved(self, result: dict[str, Any]) -> None:
        self.accept()
        if self._person is None:
            PasswordShown(result["login"], self._password, self.parentWidget()).open()
        else:
            bridge.success(self.tr("{login} is saved.").format(login=result["login"]))

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


def _preview(database: Database, user_id: int | None, names: list[str]) -> list[Difference]:
    return [preview_person(database, user_id, names)]
