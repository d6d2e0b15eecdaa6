"""The server stops while an order is open: the window says so, keeps what was typed, and goes on when it is back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop import app
from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.services import db
from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.shell import Shell
from tests.conftest import UNSAFE_BUT_FAST
from tests.helpers.databases import Template, temporary_folder
from tests.helpers.orders import document
from tests.helpers.workplace import Workplace, open_workplace

LONG = 20_000


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """A server of its own, to be stopped and started."""
    with temporary_folder() as folder:
        made = EmbeddedServer(folder / "company", settings=UNSAFE_BUT_FAST)
        made.ensure_running()
        yield made
        made.remove()


@pytest.fixture(scope="module")
def workplace(server: EmbeddedServer) -> Iterator[Workplace]:
    with open_workplace(Template.install(server)) as opened:
        yield opened


@pytest.fixture
def order_id(workplace: Workplace) -> int:
    """A draft of Lina's."""
    with workplace.happens() as stage:
        made = stage.call("lina", "sales.save_order", document(stage))
    return int(made["id"])


def forget_input(window: QWidget) -> None:
    """Let the window close without asking what to do with unsaved input."""
    for page in window.findChildren(OrderPage):
        page._set_modified(False)


@pytest.fixture
def shell(desk: QApplication, qtbot: QtBot, workplace: Workplace) -> Iterator[Shell]:
    """Lina's main window."""
    workplace.log_in("lina")
    opened = app.open_shell(workplace.door.log_in("lina"))  # a session of its own: closing the window ends it
    db.guard_thread(threading.get_ident())
    qtbot.addWidget(opened, before_close_func=forget_input)
    qtbot.waitUntil(lambda: opened.listener.connected, timeout=LONG)
    yield opened
    db.unguard_thread(threading.get_ident())


@pytest.fixture
def page(shell: Shell, qtbot: QtBot, order_id: int) -> OrderPage:
    """The window of the draft."""
    opened = shell.open_document("order", order_id)
    assert isinstance(opened, OrderPage)
    qtbot.waitUntil(lambda: opened.shown_facts is not None and opened.editable, timeout=LONG)
    return opened


def texts(window: QWidget) -> str:
    return " | ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def offered(window: QWidget, text: str) -> list[QPushButton]:
    return [each for each in window.findChildren(QPushButton) if each.text() == text and each.isVisible()]


def note_of(workplace: Workplace, order_id: int) -> tuple[str, int]:
    """The note and the version that are stored."""
    (row,) = workplace.company.database.rows("select note, version from sales.orders where id = %s", order_id)
    return row[0], row[1]


def test_what_was_typed_survives_a_restart_of_the_server(
    shell: Shell, page: OrderPage, qtbot: QtBot, server: EmbeddedServer, workplace: Workplace, order_id: int
) -> None:
    page.header.note.setPlainText("送货前请电话联系")
    assert page.modified
    server.stop()
    qtbot.waitUntil(lambda: "can't be reached" in texts(shell), timeout=LONG)
    assert page.header.note.toPlainText() == "送货前请电话联系"
    server.ensure_running()
    offered(shell, "&Try now")[0].click()
    qtbot.waitUntil(lambda: "can't be reached" not in texts(shell), timeout=LONG)
    assert (page.header.note.toPlainText(), page.modified) == ("送货前请电话联系", True)
    page.save()
    qtbot.waitUntil(lambda: not page.modified, timeout=LONG)
    assert note_of(workplace, order_id) == ("送货前请电话联系", 2)


def test_a_save_without_the_server_is_kept_and_sent_once(
    shell: Shell,
    page: OrderPage,
    qtbot: QtBot,
    server: EmbeddedServer,
    workplace: Workplace,
    order_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db, "_PAUSES", (0.05,))
    page.header.note.setPlainText("加急")
    server.stop()
    page.save()
    qtbot.waitUntil(lambda: bool(offered(page, "Try &again")), timeout=LONG)
    assert (page.header.note.toPlainText(), page.modified) == ("加急", True)
    server.ensure_running()
    offered(page, "Try &again")[0].click()
    qtbot.waitUntil(lambda: not page.modified, timeout=LONG)
    assert note_of(workplace, order_id) == ("加急", 2)
    qtbot.waitUntil(lambda: shell.listener.connected, timeout=LONG)
