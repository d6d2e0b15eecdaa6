"""Why somebody can't come in, told apart in the login window at real servers, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.services import auth
from erp_desktop.services.db import Profile
from erp_desktop.views.connection_check import ConnectionCheck
from erp_desktop.views.login_window import LoginWindow
from tests.helpers import bad_servers
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.gate import PASSWORD, Door
from tests.helpers.looks import cut_texts, doubled_mnemonics
from tests.helpers.pg15 import Authority, CentralServer

WAIT = 20_000


@pytest.fixture
def refused(desk: QApplication, qtbot: QtBot) -> Iterator[Callable[..., LoginWindow]]:
    """Opens a login window at a server, tries to log in, and waits for the refusal."""

    def attempt(profile: Profile, login: str = "lina", password: str = PASSWORD) -> LoginWindow:
        window = LoginWindow([profile])
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        _try(window, qtbot, login, password)
        return window

    yield attempt


def _try(window: LoginWindow, qtbot: QtBot, login: str, password: str) -> None:
    window.form.login_edit.setText(login)
    window.form.password_edit.setText(password)
    QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.form.refusal), timeout=WAIT)


def says(window: LoginWindow, words: str, *, offers_check: bool) -> bool:
    """Whether the window says so, in whole sentences of both languages, and offers the check or not."""
    assert re.search(words, window.form.refusal), window.form.refusal
    assert "…" not in window.form.refusal.replace("“Servers…”", "")
    assert cut_texts(window) == [] and doubled_mnemonics(window) == [] and unnamed_controls(window) == []
    i18n.set_language("zh_CN")
    QApplication.processEvents()
    assert window.form.refusal.startswith("请")
    return window.form.check_button.isVisible() == offers_check


def test_a_wrong_password_and_an_unknown_name_are_one_and_the_same(
    refused: Callable[..., LoginWindow], door: Door
) -> None:
    known = refused(door.database.profile, "nobody", "wrong")
    unknown = refused(door.database.profile, "no such person", "wrong")
    assert known.form.refusal == unknown.form.refusal
    assert says(known, "Check the name and the password", offers_check=False)


def test_a_locked_name_is_told_until_when(refused: Callable[..., LoginWindow], door: Door, qtbot: QtBot) -> None:
    window = refused(door.database.profile, "guessed", "wrong")
    for _ in range(10):
        if "too many" not in window.form.refusal:
            window.form.refuse("")
            _try(window, qtbot, "guessed", "wrong")
    assert says(window, r"Try again after \d\d:\d\d \(in \d+ min\)", offers_check=False)


def test_an_inactive_account_is_told(refused: Callable[..., LoginWindow], door: Door) -> None:
    made = door.create("gone")
    door.call("auth.disable_user", {"user_id": made["id"]}, made["version"])
    assert says(refused(door.database.profile, "gone"), "inactive|Check the name", offers_check=False)


@pytest.mark.parametrize(
    ("server", "sslmode", "words"),
    [
        (bad_servers.refusing, "disable", "Check the port in .* refuses connections at port"),
        (bad_servers.silent, "disable", "takes connections but does not answer"),
        (lambda: bad_servers.answering(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "disable", "is not PostgreSQL"),
    ],
)
def test_a_server_that_can_not_be_reached(
    refused: Callable[..., LoginWindow],
    server: Callable[[], AbstractContextManager[int]],
    sslmode: str,
    words: str,
) -> None:
    with server() as port:
        window = refused(Profile("There", "127.0.0.1", port, "tenon", sslmode))
    assert says(window, words, offers_check=True)
    assert reachable_by_tab(window) == []


def test_an_unknown_host_is_told(refused: Callable[..., LoginWindow]) -> None:
    window = refused(Profile("There", "no-such-host.invalid", 5432, "tenon", "disable"))
    assert says(window, "no-such-host.invalid can't be found|no name server answers", offers_check=True)


def test_the_check_opens_from_the_refusal(refused: Callable[..., LoginWindow], qtbot: QtBot) -> None:
    with bad_servers.refusing() as port:
        window = refused(Profile("There", "127.0.0.1", port, "tenon", "disable"))
        QTest.mouseClick(window.form.check_button, Qt.MouseButton.LeftButton)
        dialog = window.findChild(ConnectionCheck)
        assert isinstance(dialog, ConnectionCheck)
        qtbot.waitUntil(lambda: not dialog.is_running, timeout=WAIT)
        assert dialog.hosts[0].states["connect"] == "failed"
        dialog.close()
    QTest.keyClick(window.form.password_edit, Qt.Key.Key_X)
    assert window.form.check_button.isHidden()


def test_waiting_for_a_server_that_drops_everything_ends_with_esc(desk: QApplication, qtbot: QtBot) -> None:
    with bad_servers.black_hole() as port:
        window = LoginWindow([Profile("There", "127.0.0.1", port, "tenon", "disable")])
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.form.login_edit.setText("lina")
        window.form.password_edit.setText(PASSWORD)
        QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
        qtbot.waitUntil(window.form.cancel_button.isVisible)
        QTest.mouseClick(window.form.cancel_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not operations.running(), timeout=1_000)
        assert window.form.refusal == "" and window.form.password_edit.isEnabled()


@pytest.mark.parametrize("word", ["auth.server_info", "auth.begin_login", "auth.finish_login", "auth.my_profile"])
@pytest.mark.parametrize("cancels", [True, False])
def test_a_server_that_falls_silent_in_the_middle_of_a_login(
    desk: QApplication, qtbot: QtBot, door: Door, monkeypatch: pytest.MonkeyPatch, word: str, cancels: bool
) -> None:
    monkeypatch.setattr(auth, "_PATIENCE", 60 if cancels else 1)
    profile = door.database.profile
    line = bad_servers.Falling(profile.port, word)
    window = LoginWindow([line.profile(profile)])
    qtbot.addWidget(window)
    window.show()
    window.form.login_edit.setText("lina")
    window.form.password_edit.setText(PASSWORD)
    QTest.keyClick(window.form.password_edit, Qt.Key.Key_Return)
    qtbot.waitUntil(line.fell.is_set, timeout=WAIT)
    if cancels:
        window.form.cancel_button.click()
    qtbot.waitUntil(lambda: not operations.running(), timeout=3_000)
    assert ("does not answer" in window.form.refusal) is not cancels
    assert window.form.password_edit.isEnabled()
    line.close()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"root_certificate": "other"}, "Choose your company's certificate file"),
        ({"root_certificate": "missing"}, "none.crt can't be read"),
        ({"sslmode": "disable", "root_certificate": None}, "Choose an encrypted connection"),
    ],
)
def test_a_certificate_that_is_not_trusted(
    refused: Callable[..., LoginWindow],
    central: CentralServer,
    tmp_path: Path,
    changes: dict[str, str | None],
    words: str,
) -> None:
    (tmp_path / "other.crt").write_bytes(Authority("Another authority").certificate_file())
    files = {"other": str(tmp_path / "other.crt"), "missing": str(tmp_path / "none.crt")}
    changes = {key: files.get(value or "", value) for key, value in changes.items()}
    window = refused(replace(central.profile(), **changes))  # type: ignore[arg-type]
    assert says(window, words, offers_check=True)


def test_a_certificate_for_other_names(refused: Callable[..., LoginWindow], tmp_path: Path) -> None:
    authority = Authority("Test authority")
    root = tmp_path / "ca.crt"
    root.write_bytes(authority.certificate_file())
    with bad_servers.encrypting(authority, "erp.example.com", "10.0.0.5") as port:
        window = refused(Profile("There", "127.0.0.1", port, "tenon", "verify-full", str(root)))
    assert says(window, r"Enter a name of the certificate in .*\(erp.example.com, 10.0.0.5\)", offers_check=True)


def test_a_server_without_encryption(refused: Callable[..., LoginWindow], door: Door) -> None:
    window = refused(replace(door.database.profile, sslmode="verify-full"))
    assert says(window, "offers no encryption", offers_check=True)


@pytest.mark.parametrize(
    ("column", "version", "words"),
    [("min_client", "99.0.0", "Update this program"), ("schema_version", "0.0.1", "upgrade the server")],
)
def test_versions_that_do_not_fit(
    refused: Callable[..., LoginWindow], door: Door, column: str, version: str, words: str
) -> None:
    before = door.database.value(f"select {column} from meta.versions")
    door.database.rows(f"update meta.versions set {column} = %s", version)
    try:
        assert says(refused(door.database.profile), words, offers_check=True)
    finally:
        door.database.rows(f"update meta.versions set {column} = %s", before)


@contextmanager
def _exhausted(central: CentralServer) -> Iterator[None]:
    """All connections of the server are taken."""
    with ExitStack() as taken:
        while True:
            try:
                connection = psycopg2.connect(central.superuser_dsn())
            except psycopg2.OperationalError:
                break
            taken.callback(connection.close)
        yield


def test_a_server_without_a_connection_left(refused: Callable[..., LoginWindow], central: CentralServer) -> None:
    with _exhausted(central):
        window = refused(central.profile())
    assert says(window, "the server has no connection left", offers_check=True)


def test_a_database_that_is_not_there(refused: Callable[..., LoginWindow], central: CentralServer) -> None:
    window = refused(replace(central.profile(), database="tenom"))
    assert says(window, "Check the database.s name in .* into tenom", offers_check=True)


def test_a_database_of_something_else(refused: Callable[..., LoginWindow], door: Door) -> None:
    profile = door.database.profile
    door.database.rows("create database another template template0")
    door.database.rows("revoke connect on database another from public")
    try:
        window = refused(replace(profile, database="another"))
        assert says(window, "is not a database of this program|takes no", offers_check=True)
    finally:
        door.database.rows("drop database another with (force)")


def test_a_gate_that_somebody_changed(refused: Callable[..., LoginWindow], door: Door) -> None:
    secret = door.database.value("select rolpassword from pg_authid where rolname = 'erp_gate'")
    door.database.rows("alter role erp_gate password 'another'")
    try:
        assert says(refused(door.database.profile), "erp-desktop server upgrade", offers_check=True)
    finally:
        door.database.rows(f"alter role erp_gate password '{secret}'")
