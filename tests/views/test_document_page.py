"""The pattern of all documents: load, edit, refusals at their place, commands sent once, input that survives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.models.bridge import bridge
from erp_desktop.models.line_grid_model import LineColumn, LineGridModel
from erp_desktop.services.errors import ChangedMeanwhile, ConnectionLost, InvalidInput, NotVisible
from erp_desktop.views.widgets.document_page import DocumentPage, Facts
from erp_desktop.views.widgets.line_grid import LineGrid

LINES = ({"name": "Oak", "qty": Decimal(2)}, {"name": "Pine", "qty": Decimal(5)})


class Shelf:
    """A server for notes: holds one, counts what it carries out, and refuses as it is told."""

    def __init__(self) -> None:
        self.profile = SimpleNamespace(host="here", port=1, database="notes")
        self.note: dict[str, Any] = {"id": 7, "title": "First", "version": 3, "lines": LINES}
        self.requests: list[UUID] = []
        self.errors: list[Exception] = []

    def call(
        self, _function: str, *, document: Mapping[str, Any], version: int | None, request_id: UUID
    ) -> dict[str, Any]:
        self.requests.append(request_id)
        if self.errors:
            raise self.errors.pop(0)
        self.note = {**self.note, "title": document["title"], "version": (version or 0) + 1}
        return {"id": 7, "version": self.note["version"]}


def save_note(database: Any, *, request_id: UUID, words: str, version: int | None) -> dict[str, Any]:
    return database.call("notes.save", document={"title": words}, version=version, request_id=request_id)


class NotePage(DocumentPage):
    """A note with a title and lines."""

    kind = "note"

    def build_header(self) -> QWidget:
        self.title_field = self.add_field("title", QLineEdit())
        return self.header_card(2, (self.title_field, 0, 0, 2))

    def build_body(self) -> QWidget:
        columns = (LineColumn("name", "Name", required=True), LineColumn("qty", "Quantity", "qty"))
        self.grid = LineGrid(LineGridModel(columns, self))
        return self.grid

    def build_steps(self) -> None:
        self.save_action = self.add_step(self.save, step="save", icon="save", shortcut="Ctrl+S", primary=True)
        self.burn_action = self.add_step(self.save, step="burn", primary=True)

    def read(self, database: Any, document_id: int) -> dict[str, Any]:
        if document_id != 7:
            raise NotVisible("UN001", {"document_type": "order", "id": document_id})
        return database.note

    def facts(self, document: Any) -> Facts:
        return Facts("N7", "draft", document["version"], frozenset({"save"}))

    def show_document(self, document: Any) -> None:
        self.title_field.editor.setText(document["title"])
        self.grid.grid_model().set_lines(document["lines"])

    def draft_data(self) -> dict[str, Any]:
        return {"title": self.title_field.editor.text(), "lines": self.grid.grid_model().draft()}

    def take_draft(self, data: Mapping[str, Any]) -> None:
        self.title_field.editor.setText(data["title"])
        self.grid.grid_model().set_draft(data["lines"])

    def save(self, then: Callable[[], object] | None = None) -> None:
        words = self.title_field.editor.text()
        self.send(save_note, words=words, version=self.version, saves=True, done=lambda _: then and then())

    def retranslate(self) -> None:
        super().retranslate()
        self.title_field.set_label("&Title", True)
        self.save_action.setText("&Save")
        self.burn_action.setText("&Burn")


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drafts of a test stay in its folder."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation) == str(tmp_path)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def make(desk: QApplication, qtbot: QtBot, shelf: Shelf) -> Iterator[Callable[[int | None], NotePage]]:
    window: Any = SimpleNamespace(session=SimpleNamespace(login="lina", database=shelf), close_page=id)

    def open_page(note_id: int | None = 7) -> NotePage:
        page = NotePage(window, note_id)
        qtbot.addWidget(page, before_close_func=forget_input)
        page.resize(1000, 640)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: not note_id or page.shown_facts is not None or page._state_notice.text != "")
        return page

    yield open_page


def forget_input(page: NotePage) -> None:
    page._set_modified(False)
    page._sender._open = None


def type_title(qtbot: QtBot, page: NotePage, text: str) -> None:
    page.title_field.editor.selectAll()
    qtbot.keyClicks(page.title_field.editor, text)


def offer(page: NotePage, text: str) -> QPushButton:
    return next(each for each in page._notice.findChildren(QPushButton) if each.text().replace("&", "") == text)


def test_a_document_is_read_and_shows_its_steps(make: Callable[..., NotePage]) -> None:
    page = make()
    assert page.title_field.editor.text() == "First"
    assert page._chip.text() == "Draft"
    assert page.save_action.isVisible() and not page.burn_action.isVisible()
    assert not page.modified


def test_what_cannot_be_read_says_why_and_offers_to_try_again(make: Callable[..., NotePage]) -> None:
    page = make(8)
    assert page._state_notice.isVisible() and page._state_notice.retry.isVisible()
    assert page._content.isHidden()


def test_ctrl_s_saves_and_the_new_version_is_read(make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf) -> None:
    page = make()
    type_title(qtbot, page, "Second")
    assert page.modified
    qtbot.keyClick(page.title_field.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.version == 4 and not page.modified)
    assert shelf.note["title"] == "Second"


def test_a_refusal_stands_at_its_field_and_input_stays(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    type_title(qtbot, page, "Bad")
    shelf.errors = [InvalidInput("UV001", {"field": "title"}, "title")]
    page.save()
    qtbot.waitUntil(lambda: page.title_field.message != "")
    assert "(Title)" in page.title_field.message  # the field is named as the person sees it
    assert page.title_field.editor.text() == "Bad" and page.modified
    type_title(qtbot, page, "Good")
    assert page.title_field.message == ""


def test_a_refusal_of_a_line_marks_its_cell(make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf) -> None:
    page = make()
    shelf.errors = [InvalidInput("UV001", {"field": "qty"}, "lines[1].qty")]
    page.save()
    qtbot.waitUntil(lambda: page._notice.isVisible())
    assert page.grid.currentIndex().row() == 1 and page.grid.currentIndex().column() == 1
    assert page.grid.grid_model().complaints()[0][:2] == (1, "qty")


def test_what_stands_on_the_page_follows_the_language(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    type_title(qtbot, page, "Hers")
    shelf.errors = [ConnectionLost("08006")]
    page.save()
    qtbot.waitUntil(lambda: page._notice.isVisible())
    page.title_field.refuse(lambda: "标题" if i18n.language() == "zh_CN" else "Title")
    page.grid.grid_model().refuse(0, "qty", lambda: i18n.language())
    said = page._notice.text
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page._notice.text != said)
    assert "服务器" in page._notice.text and offer(page, "重试(A)").isVisible()
    assert page.title_field.message == "标题"
    assert page.grid.grid_model().complaints()[0] == (0, "qty", "zh_CN")
    i18n.set_language("en")
    qtbot.waitUntil(lambda: page._notice.text == said)


def test_after_a_lost_connection_the_same_request_is_sent_again(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    type_title(qtbot, page, "Once")
    shelf.errors = [ConnectionLost("08006")]
    page.save()
    qtbot.waitUntil(lambda: page._notice.isVisible())
    offer(page, "Try again").click()
    qtbot.waitUntil(lambda: not page.modified)
    assert len(shelf.requests) == 2 and shelf.requests[0] == shelf.requests[1]
    type_title(qtbot, page, "Twice")
    page.save()
    qtbot.waitUntil(lambda: not page.modified)
    assert shelf.requests[2] != shelf.requests[0]


def test_who_comes_second_sees_the_newer_one_and_gets_her_input_back(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    type_title(qtbot, page, "Hers")
    shelf.note = {**shelf.note, "title": "His", "version": 4}
    shelf.errors = [ChangedMeanwhile("UC001", {"number": "N7", "version": 4, "seen": 3})]
    page.save()
    qtbot.waitUntil(lambda: page._notice.isVisible())
    assert page.title_field.editor.text() == "Hers"
    offer(page, "Show the newer one").click()
    qtbot.waitUntil(lambda: page.version == 4)
    assert page.title_field.editor.text() == "His"
    qtbot.waitUntil(lambda: page._notice.isVisible())
    offer(page, "Take it over").click()
    assert page.title_field.editor.text() == "Hers" and page.modified


def test_an_announced_change_is_shown_unless_there_is_input(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    shelf.note = {**shelf.note, "title": "Renamed", "version": 4}
    bridge.announce("note", [7])
    qtbot.waitUntil(lambda: page.title_field.editor.text() == "Renamed")
    type_title(qtbot, page, "Typing")
    shelf.note = {**shelf.note, "title": "Again", "version": 5}
    bridge.announce("note", [7])
    qtbot.waitUntil(lambda: "Somebody else" in page._notice.text)
    assert page.title_field.editor.text() == "Typing"


def test_a_cell_typed_into_right_after_a_save_stays_open_and_meets_no_conflict(
    make: Callable[..., NotePage], qtbot: QtBot, shelf: Shelf
) -> None:
    page = make()
    type_title(qtbot, page, "Second")
    page.save()
    page.grid.edit_cell(0, "name")
    qtbot.keyClicks(QApplication.focusWidget(), "Ash")
    qtbot.waitUntil(lambda: page.version == 4)
    bridge.announce("note", [7])
    qtbot.waitUntil(lambda: not page._reload_timer.isActive() and not operations.running())
    assert page.grid.is_typing()
    page.grid.commit()
    assert page.grid.grid_model().lines()[0]["name"] == "Ash"
    page.save()
    qtbot.waitUntil(lambda: page.version == 5)
    assert page._notice.text == ""


def test_input_survives_a_crash(make: Callable[..., NotePage], qtbot: QtBot, tmp_path: Path) -> None:
    crashed = make(None)
    type_title(qtbot, crashed, "Half typed")
    crashed.grid.grid_model().set_draft([{"name": "Ash", "qty": Decimal("1.5")}])
    crashed._unsaved.keep()
    (kept,) = tmp_path.rglob("note-new-*.json")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not make(None)._notice.isVisible(), "an open page keeps its input for itself"
    crashed._unsaved.keeper.leave()
    page = make(None)
    assert page._notice.isVisible()
    offer(page, "Take it over").click()
    assert page.title_field.editor.text() == "Half typed"
    assert page.grid.grid_model().lines()[0] == {"name": "Ash", "qty": Decimal("1.5")}
    page.save()
    qtbot.waitUntil(lambda: page.document_id == 7 and not page.modified)
    assert not list(tmp_path.rglob("note-*.json"))


@pytest.mark.parametrize(
    ("answer", "closes", "stays"),
    [
        (QMessageBox.StandardButton.Cancel, False, "Mine"),
        (QMessageBox.StandardButton.Discard, True, "Mine"),
    ],
)
def test_unsaved_input_is_asked_about(
    make: Callable[..., NotePage],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    answer: QMessageBox.StandardButton,
    closes: bool,
    stays: str,
) -> None:
    page = make()
    type_title(qtbot, page, "Mine")
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: answer)
    assert page.can_close() is closes
    assert page.title_field.editor.text() == stays
