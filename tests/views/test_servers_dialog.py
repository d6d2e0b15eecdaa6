"""The servers of this computer, changed by the dialog on a real file, and offered by the login window at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop import app
from erp_desktop.models import i18n, settings
from erp_desktop.services import profiles
from erp_desktop.services.db import Profile
from erp_desktop.services.profiles import Profiles
from erp_desktop.views.connection_check import ConnectionCheck
from erp_desktop.views.login_window import LoginWindow
from erp_desktop.views.servers_dialog import ServersDialog
from tests.helpers.gate import PASSWORD, Door
from tests.helpers.pg15 import Authority
from tests.views.conftest import Told

WAIT = 15_000
TWO = """# by hand
default = "Company"

[[server]]
name = "Company"
host = "erp.example.com"   # the new one
colour = "green"

[[server]]
name = "Trial"
host = "test.example.com"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this computer's servers are kept; none are known yet."""
    path = tmp_path / "servers.toml"
    monkeypatch.setenv("TENON_PROFILES", str(path))
    return path


@pytest.fixture
def window(desk: QApplication, qtbot: QtBot, file: Path) -> Iterator[LoginWindow]:
    made = LoginWindow(profiles.load().ordered())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made


def opened(window: LoginWindow, qtbot: QtBot) -> ServersDialog:
    """The dialog, opened by its link."""
    window.form.offer(profiles.load().ordered(), "")
    QTest.mouseClick(window.form.servers_button, Qt.MouseButton.LeftButton)
    dialog = window.findChildren(ServersDialog)[-1]
    activate(dialog, qtbot)
    return dialog


def activate(dialog: ServersDialog, qtbot: QtBot) -> None:
    """Give the keyboard to the dialog."""
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def type_into(dialog: ServersDialog, **texts: str) -> None:
    for name, text in texts.items():
        editor = dialog.form.editors[name]
        editor.selectAll()
        editor.setFocus()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        QTest.keyClicks(editor, text)


def test_the_first_server_is_entered_tested_saved_and_logged_in_at(
    window: LoginWindow, qtbot: QtBot, file: Path, door: Door
) -> None:
    here = door.database.profile
    QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
    assert "servers.toml" in window.form.refusal and window.form.servers_button.hasFocus()
    dialog = opened(window, qtbot)
    type_into(dialog, name="Here", host=here.host, database=here.database)
    dialog.form.port.setValue(here.port)
    dialog.form.mode.setCurrentIndex(dialog.form.mode.findData("disable"))
    dialog.form.first_box.click()
    dialog.test_button.click()
    check = dialog.findChild(ConnectionCheck)
    assert isinstance(check, ConnectionCheck)
    qtbot.waitUntil(lambda: "in order" in check.verdict.text(), timeout=WAIT)
    check.accept()
    activate(dialog, qtbot)
    assert not file.exists()
    with qtbot.waitSignal(window.servers_changed):
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    expected = Profile("Here", here.host, here.port, here.database, "disable")
    assert profiles.load() == Profiles((expected,), "Here")
    assert window.form.profile() == expected and window.form.refusal == ""
    window.form.login_edit.setText("lina")
    window.form.password_edit.setText(PASSWORD)
    with qtbot.waitSignal(window.logged_in, timeout=WAIT) as entered:
        QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
    entered.args[0].database.close()


def test_servers_are_changed_removed_and_put_first_in_a_file_of_hand(
    window: LoginWindow, qtbot: QtBot, file: Path
) -> None:
    file.write_text(TWO)
    dialog = opened(window, qtbot)
    assert [dialog.list.item(row).text() for row in range(2)] == ["Company (default)", "Trial"]
    type_into(dialog, host="a.example.com, b.example.com")
    dialog.list.setCurrentRow(1)
    type_into(dialog, name="Test")
    dialog.form.first_box.click()
    assert [dialog.list.item(row).text() for row in range(2)] == ["Company", "Test (default)"]
    dialog.save_button.click()
    expected = TWO.replace('"erp.example.com"', '"a.example.com,b.example.com"').replace("Trial", "Test")
    assert file.read_text() == expected.replace('default = "Company"', 'default = "Test"')
    assert window.form.profile() == Profile("Test", "test.example.com")
    dialog = opened(window, qtbot)
    dialog.list.setCurrentRow(0)
    dialog.remove_button.click()
    dialog.save_button.click()
    assert [profile.name for profile in profiles.load().items] == ["Test"]
    assert file.read_text().startswith("# by hand")


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    window: LoginWindow, qtbot: QtBot, file: Path
) -> None:
    file.write_text(TWO)
    dialog = opened(window, qtbot)
    type_into(dialog, host="erp.example.com:5433")
    dialog.list.setCurrentRow(1)
    dialog.save_button.click()
    assert dialog.list.currentRow() == 0 and "port" in dialog.form.fields["host"].message
    assert dialog.form.editors["host"].hasFocus()
    type_into(dialog, host="erp.example.com", name="Trial", root_certificate=str(file))
    dialog.save_button.click()
    assert "called so" in dialog.form.fields["name"].message
    assert "no certificate" in dialog.form.fields["root_certificate"].message
    i18n.set_language("zh_CN")
    QApplication.processEvents()
    assert file.read_text() == TWO
    dialog.reject()
    assert file.read_text() == TWO


def test_a_certificate_is_asked_for_only_where_it_is_checked(window: LoginWindow, qtbot: QtBot, file: Path) -> None:
    file.write_text(TWO)
    dialog = opened(window, qtbot)
    form = dialog.form
    found = {}
    for row in range(form.mode.count()):
        form.mode.setCurrentIndex(row)
        found[form.mode.currentData()] = form.editors["root_certificate"].isEnabled()
        assert form.mode_hint.text()
    assert found == {"verify-full": True, "verify-ca": True, "require": False, "prefer": False, "disable": False}
    form.mode.setCurrentIndex(1)
    dialog.test_button.click()
    assert "Choose the file" in form.fields["root_certificate"].message
    dialog.reject()


def test_a_file_of_servers_is_taken_over_by_dropping_it(
    window: LoginWindow, qtbot: QtBot, file: Path, tmp_path: Path
) -> None:
    file.write_text(TWO)
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "ca.crt").write_bytes(Authority("Test authority").certificate_file())
    brought = tmp_path / "stick" / "servers.toml"
    brought.write_text(
        '[[server]]\nname = "Trial"\nhost = "t.example.com"\nroot_certificate = "ca.crt"\n'
        '[[server]]\nname = "Branch"\nhost = "b.example.com"\n'
    )
    dialog = opened(window, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(brought))])
    enters = QDragEnterEvent(
        dialog.rect().center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(dialog, enters)
    assert enters.isAccepted()
    drops = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    QApplication.sendEvent(dialog, drops)
    assert "2 servers" in dialog.notice.text
    dialog.save_button.click()
    known = profiles.load()
    assert [profile.name for profile in known.items] == ["Company", "Trial", "Branch"] and known.default == "Company"
    assert known.items[1].root_certificate == str(tmp_path / "stick" / "ca.crt")
    assert 'colour = "green"' in file.read_text()


def test_a_file_that_can_not_be_read_is_told_and_kept(window: LoginWindow, file: Path, told: Told) -> None:
    file.write_text("[[server\n")
    QTest.mouseClick(window.form.servers_button, Qt.MouseButton.LeftButton)
    dialog = window.findChild(ServersDialog)
    assert isinstance(dialog, ServersDialog) and str(file) in dialog.notice.text
    dialog.take_over(file)
    assert str(file) in dialog.notice.text
    type_into(dialog, host="erp.example.com")
    dialog.save_button.click()
    assert profiles.load().items == (Profile("erp.example.com", "erp.example.com"),)
    kept = file.with_name("servers.toml.bak")
    assert kept.read_text() == "[[server\n"
    assert [kind for kind, text in told.messages if str(kept) in text] == ["warning"]


def test_the_desktop_knows_the_servers_after_a_log_out(desk: QApplication, qtbot: QtBot, file: Path) -> None:
    desktop = app.Desktop(app.known_servers())
    desktop.show_login()
    assert desktop.login is not None
    qtbot.addWidget(desktop.login)
    dialog = opened(desktop.login, qtbot)
    type_into(dialog, host="erp.example.com")
    dialog.save_button.click()
    desktop.login.close()
    desktop.show_login()
    qtbot.addWidget(desktop.login)
    assert desktop.login.form.profile() == Profile("erp.example.com", "erp.example.com")
    assert settings.read(settings.PROFILE) == ""


def test_the_demo_has_a_server_of_its_own(desk: QApplication, qtbot: QtBot, file: Path, door: Door) -> None:
    from tests.views.test_login import PEOPLE

    window = LoginWindow([door.database.profile], PEOPLE)
    qtbot.addWidget(window)
    window.show()
    assert window.form.servers_button.isHidden()
