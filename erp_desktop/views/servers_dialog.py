"""The servers of this computer: added, changed, tried out and removed, or taken over from a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from erp_desktop.models.bridge import bridge
from erp_desktop.services import profiles
from erp_desktop.services.db import Profile
from erp_desktop.services.errors import KnownError
from erp_desktop.services.profiles import SSL_MODES, Complaint, Profiles
from erp_desktop.views import errors
from erp_desktop.views.connection_check import ConnectionCheck
from erp_desktop.views.widgets import forms, theme
from erp_desktop.views.widgets.dialog import Dialog
from erp_desktop.views.widgets.notice import Notice

LIST_WIDTH: Final = 220
NEW: Final = Profile("", "")


@dataclass
class Entry:
    """One server in the list; `was` is its name in the file, empty for a new one."""

    profile: Profile
    was: str = ""


class ServersDialog(Dialog):
    """Changes the file of servers; nothing is written before "Save".

    Signals:
        saved(profiles, name): the file is written; `name` is the server that was chosen last.
    """

    saved = Signal(object, str)

    def __init__(self, chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Servers"))
        self.setAcceptDrops(True)
        self._entries: list[Entry] = []
        self._default = ""
        self._shown = -1
        self.notice = Notice()
        self.list = QListWidget()
        self.form = ServerForm()
        self.add_button = forms.button(icon="plus")
        self.remove_button = forms.button(icon="trash")
        self.import_button = forms.button(icon="import")
        self.test_button = forms.button(icon="server")
        self._cancel = forms.button()
        self.save_button = forms.button("primary", "save")
        self._set_up()
        self._build()
        self._load(chosen)

    def _set_up(self) -> None:
        self.list.setAccessibleName(self.tr("Servers"))
        self.list.setMinimumWidth(LIST_WIDTH)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.form.edited.connect(self._on_edited)
        for button, text, act in (
            (self.add_button, self.tr("&Add"), self.add),
            (self.remove_button, self.tr("&Remove"), self.remove),
            (self.import_button, self.tr("&From a file…"), self._choose_file),
            (self.test_button, self.tr("&Test…"), self.test),
            (self._cancel, self.tr("Cancel"), self.reject),
            (self.save_button, self.tr("&Save"), self.save),
        ):
            button.setText(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
        self.save_button.setDefault(True)
        self.save_button.setShortcut("Ctrl+Return")

    def _build(self) -> None:
        left = forms.column(self.list)
        left.addLayout(forms.row(self.add_button, self.remove_button))
        left.addWidget(self.import_button)
        both = forms.row(spacing=5 * theme.GRID)
        both.addLayout(left)
        both.addWidget(self.form, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(3 * theme.GRID)
        layout.addWidget(self.notice)
        layout.addLayout(both, 1)
        layout.addLayout(forms.row(self.test_button, None, self._cancel, self.save_button))
        self.resize(780, 600)

    def _load(self, chosen: str) -> None:
        try:
            known = profiles.load()
        except KnownError as error:
            known = Profiles()
            self.notice.say(partial(errors.sentence, error))
        self._default = known.default
        self._entries = [Entry(profile, profile.name) for profile in known.items] or [Entry(NEW)]
        names = [entry.profile.name for entry in self._entries]
        self._list_anew(names.index(chosen) if chosen in names else 0)
        (self.list if known.items else self.form.editors["name"]).setFocus()

    def _list_anew(self, place: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self._entries:
            item = QListWidgetItem(self._title(entry.profile))
            item.setToolTip(entry.profile.host)
            self.list.addItem(item)
        self.list.setCurrentRow(place)
        self.list.blockSignals(False)
        self._on_chosen(place)

    def _title(self, profile: Profile) -> str:
        name = profile.name or profile.host or self.tr("New server")
        return self.tr("{name} (default)").format(name=name) if name == self._default else name

    @Slot(int)
    def _on_chosen(self, place: int) -> None:
        self._shown = place if 0 <= place < len(self._entries) else -1
        for widget in (self.form, self.remove_button, self.test_button):
            widget.setEnabled(self._shown >= 0)
        if self._shown >= 0:
            profile = self._entries[self._shown].profile
            self.form.show_profile(profile, bool(profile.name) and profile.name == self._default)

    @Slot()
    def _on_edited(self) -> None:
        if self._shown < 0:
            return
        entry = self._entries[self._shown]
        was_default = bool(entry.profile.name) and entry.profile.name == self._default
        entry.profile = self.form.profile()
        if self.form.first_box.isChecked():
            self._default = entry.profile.name
        elif was_default:
            self._default = ""
        for place, each in enumerate(self._entries):
            item = self.list.item(place)
            item.setText(self._title(each.profile))
            item.setToolTip(each.profile.host)

    @Slot()
    def add(self) -> None:
        """Begin a new server."""
        self._entries.append(Entry(NEW))
        self._list_anew(len(self._entries) - 1)
        self.form.editors["name"].setFocus()

    @Slot()
    def remove(self) -> None:
        """Take the chosen server out of the list."""
        place = self._shown
        if place >= 0:
            gone = self._entries.pop(place)
            if gone.profile.name == self._default:
                self._default = ""
            self._list_anew(min(place, len(self._entries) - 1))

    @Slot()
    def test(self) -> None:
        """Check the connection with what stands in the form, saved or not."""
        found = profiles.complaints(self.form.profile(), self._other_names(self._shown))
        found.pop("name", None)
        self.form.refuse(found)
        if not found:
            ConnectionCheck(self.form.profile(), self).open()

    @Slot()
    def _choose_file(self) -> None:
        kinds = self.tr("Servers (*.toml)")
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Take over servers from a file"), "", kinds)
        if path:
            self.take_over(Path(path))

    def take_over(self, path: Path) -> None:
        """Add the servers of a file; one of a name that is known already takes its place."""
        try:
            found = profiles.load(path)
        except KnownError as error:
            self.notice.say(partial(errors.sentence, error))
            return
        if not found.items:
            self.notice.say(lambda: self.tr("Choose another file: this one names no servers."))
            return
        self._entries = [entry for entry in self._entries if entry.profile != NEW]
        for profile in found.items:
            known = next((entry for entry in self._entries if entry.profile.name == profile.name), None)
            if known is not None:
                known.profile = profile
            else:
                self._entries.append(Entry(profile))
        self._default = self._default or found.default
        names = [entry.profile.name for entry in self._entries]
        self._list_anew(names.index(found.items[0].name))
        count = len(found.items)
        self.notice.say(
            lambda: self.tr("%n servers were taken over from the file. Save to keep them.", "", count), danger=False
        )

    @Slot()
    def save(self) -> None:
        """Write the file, unless something is wrong with a server."""
        entries = [entry for entry in self._entries if entry.profile != NEW]
        for entry in entries:
            if not entry.profile.name:
                entry.profile = replace(entry.profile, name=entry.profile.host)
        for place, entry in enumerate(self._entries):
            found = profiles.complaints(entry.profile, self._other_names(place)) if entry in entries else {}
            if found:
                self._list_anew(place)
                self.form.refuse(found)
                return
        chosen = self._entries[self._shown].profile.name if self._shown >= 0 else ""
        renamed = {entry.profile.name: entry.was for entry in entries if entry.was}
        known = Profiles(tuple(entry.profile for entry in entries), self._default)
        try:
            copy = profiles.save(known, renamed=renamed)
        except KnownError as error:
            self.notice.say(partial(errors.sentence, error))
            return
        if copy is not None:
            bridge.warning(self.tr("What stood in the file before is kept as {file}.").format(file=str(copy)))
        self.saved.emit(known, chosen)
        self.accept()

    def _other_names(self, place: int) -> set[str]:
        return {entry.profile.name for other, entry in enumerate(self._entries) if other != place}

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Override QWidget.dragEnterEvent: a file of servers may be dropped here."""
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Override QWidget.dropEvent."""
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.take_over(path)


class ServerForm(QWidget):
    """The fields of one server.

    Signals:
        edited(): the person changed something.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.port = QSpinBox(minimum=1, maximum=65535)
        self.port.setGroupSeparatorShown(False)
        self.mode = QComboBox()
        self.editors = {name: QLineEdit() for name in ("name", "host", "database", "root_certificate")}
        self.fields = {name: forms.Field(editor) for name, editor in self.editors.items()}
        self.fields |= {"port": forms.Field(self.port), "sslmode": forms.Field(self.mode)}
        self.mode_hint = forms.text_label("small", wrap=True)
        self.browse_button = forms.tool_button("more")
        self.first_box = QCheckBox()
        self._filling = False
        self._set_up()
        self._build()

    def _set_up(self) -> None:
        self.fields["name"].set_label(self.tr("&Name"), required=True)
        self.fields["host"].set_label(self.tr("&Host (several with commas)"), required=True)
        self.fields["port"].set_label(self.tr("&Port"))
        self.fields["database"].set_label(self.tr("&Database"), required=True)
        self.fields["sslmode"].set_label(self.tr("&Encryption"))
        self.fields["root_certificate"].set_label(self.tr("File of the company's cert&ificate"))
        self.editors["host"].setPlaceholderText("erp.example.com")
        self.editors["root_certificate"].setPlaceholderText(self.tr("as this computer trusts"))
        forms.name_control(self.browse_button, self.tr("Choose the certificate file"))
        self.first_box.setText(self.tr("&Offer this server first"))
        for mode, text in self._modes().items():
            self.mode.addItem(text, mode)
        for editor in self.editors.values():
            editor.textEdited.connect(self._on_edited)
        self.port.valueChanged.connect(self._on_edited)
        self.mode.currentIndexChanged.connect(self._on_edited)
        self.first_box.toggled.connect(self._on_edited)
        self.browse_button.clicked.connect(self._browse)

    def _modes(self) -> dict[str, str]:
        texts = {
            "verify-full": self.tr("Encrypted, certificate and name are checked"),
            "verify-ca": self.tr("Encrypted, certificate is checked, name is not"),
            "require": self.tr("Encrypted, the server is not checked"),
            "prefer": self.tr("Encrypted where the server offers it"),
            "disable": self.tr("Not encrypted"),
        }
        return {mode: texts[mode] for mode in SSL_MODES}

    def _hints(self) -> dict[str, str]:
        return {
            "verify-full": self.tr("The right choice for a server in the network."),
            "verify-ca": self.tr("Any server that your company's authority vouches for could take its place."),
            "require": self.tr("Nobody can read along, but another computer could pose as the server."),
            "prefer": self.tr("Whoever sits in between can read along and pose as the server."),
            "disable": self.tr("For a server on this computer only: in a network others can read along."),
        }

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3 * theme.GRID)
        address = forms.row(spacing=3 * theme.GRID)
        address.addWidget(self.fields["host"], 1, Qt.AlignmentFlag.AlignTop)
        address.addWidget(self.fields["port"], 0, Qt.AlignmentFlag.AlignTop)
        certificate = forms.row()
        certificate.addWidget(self.fields["root_certificate"], 1)
        certificate.addWidget(self.browse_button, 0, Qt.AlignmentFlag.AlignBottom)
        layout.addWidget(self.fields["name"])
        layout.addLayout(address)
        layout.addWidget(self.fields["database"])
        layout.addLayout(forms.column(self.fields["sslmode"], self.mode_hint, spacing=theme.GRID))
        layout.addLayout(certificate)
        layout.addWidget(self.first_box)
        layout.addStretch(1)

    def show_profile(self, profile: Profile, is_first: bool) -> None:
        """Fill the fields."""
        self._filling = True
        for name, editor in self.editors.items():
            editor.setText(getattr(profile, name) or "")
        self.port.setValue(profile.port)
        self.mode.setCurrentIndex(self.mode.findData(profile.sslmode))
        self.first_box.setChecked(is_first)
        self._filling = False
        self.refuse({})
        self._show_mode()

    def profile(self) -> Profile:
        """What was entered."""
        texts = {name: editor.text().strip() for name, editor in self.editors.items()}
        host = ",".join(part.strip() for part in texts["host"].split(",")) if texts["host"] else ""
        mode = str(self.mode.currentData())
        return Profile(
            texts["name"], host, self.port.value(), texts["database"], mode, texts["root_certificate"] or None
        )

    def refuse(self, found: dict[str, Complaint]) -> None:
        """Say at the fields what is wrong, and put the keyboard into the first of them."""
        for name, field in self.fields.items():
            complaint = found.get(name)
            field.refuse(self._sentence(complaint) if complaint else "")
        if found:
            self.fields[next(iter(found))].setFocus()

    def _sentence(self, complaint: Complaint) -> Callable[[], str]:
        sentences: dict[Complaint, Callable[[], str]] = {
            "missing": lambda: self.tr("Enter something here."),
            "taken": lambda: self.tr("Choose another name: there is one called so already."),
            "blanks": lambda: self.tr("Enter only the host's name or address, such as erp.example.com."),
            "port_in_host": lambda: self.tr("Enter the port in its own field."),
            "port": lambda: self.tr("Enter a number from 1 to 65535."),
            "certificate": lambda: self.tr("Choose the file: without it this kind of check can't be done."),
            "certificate_unread": lambda: self.tr("Choose another file: this one is missing or holds no certificate."),
        }
        return sentences[complaint]

    @Slot()
    def _on_edited(self) -> None:
        if self._filling:
            return
        for field in self.fields.values():
            field.clear_refusal()
        self._show_mode()
        self.edited.emit()

    def _show_mode(self) -> None:
        mode = str(self.mode.currentData())
        checks = mode.startswith("verify-")
        self.mode_hint.setText(self._hints()[mode])
        theme.set_property(self.mode_hint, "role", "small" if checks else "warning")
        self.fields["root_certificate"].setEnabled(checks)
        self.browse_button.setEnabled(checks)

    @Slot()
    def _browse(self) -> None:
        kinds = self.tr("Certificates (*.crt *.pem *.cer);;All files (*)")
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Choose the certificate file"), "", kinds)
        if path:
            self.editors["root_certificate"].setText(path)
            self._on_edited()


def _dropped(event: QDropEvent) -> Path | None:
    """The file that is dragged, if it can be one of servers."""
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() == ".toml" else None
