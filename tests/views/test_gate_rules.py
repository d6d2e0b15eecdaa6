"""Sign-in rules and the reset of a lost second factor, on the screen of people."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.services.auth import Stage
from erp_desktop.views.admin.gate_rules_dialog import GateRulesDialog
from erp_desktop.views.admin.people_page import PeoplePage
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import reachable_by_tab, unnamed_controls
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

T = TypeVar("T")
WAIT = 10_000


@pytest.fixture
def people(at_work: Callable[[str], Shell], qtbot: QtBot) -> PeoplePage:
    """The list of people, opened by the administrator."""
    page = at_work("admin").open_screen("admin.people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.model.count > 10, timeout=WAIT)
    return page


def open_rules(people: PeoplePage, qtbot: QtBot) -> GateRulesDialog:
    """The dialog, opened as an administrator does."""
    people.rules_action.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), GateRulesDialog), timeout=WAIT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, GateRulesDialog)
    return dialog


def aside(function: Callable[[str], T], login: str) -> T:
    """The result of what asks the server, in another thread, as the program does it."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, login).result()


def test_rules_are_shown_saved_and_in_force(people: PeoplePage, qtbot: QtBot, workplace: Workplace, told: Told) -> None:
    dialog = open_rules(people, qtbot)
    assert unnamed_controls(dialog) == []
    assert reachable_by_tab(dialog) == []
    assert dialog.edits["failures_allowed"].text() == "5"
    assert dialog.edits["password_valid_days"].text() == ""
    dialog.edits["password_length"].set_typed("12")
    dialog.edits["password_valid_days"].set_typed("365")
    dialog.roles.set_ticked("erp_job_finance")
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        dialog.save_button.click()
    statement = "select password_length, password_valid_days, roles_with_codes from auth.gate_rules"
    assert workplace.company.database.rows(statement) == [(12, 365, ["erp_job_finance"])]
    aside(workplace.log_in, "lina")
    assert aside(workplace.door.begin, "lina").stage is Stage.DONE

    dialog = open_rules(people, qtbot)
    assert dialog.rules().roles_with_codes == ["erp_job_finance"]
    dialog.edits["password_valid_days"].set_typed("")
    dialog.roles.set_ticked("erp_job_finance", False)
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        dialog.save_button.click()
    assert workplace.company.database.rows(statement) == [(12, None, [])]


def test_what_can_not_be_stands_at_its_field(people: PeoplePage, qtbot: QtBot) -> None:
    dialog = open_rules(people, qtbot)
    dialog.edits["password_length"].set_typed("3")
    dialog.save_button.click()
    assert dialog.fields["password_length"].message
    dialog.edits["password_length"].set_typed("15")
    dialog.edits["session_hours"].set_typed("")
    dialog.save_button.click()
    qtbot.waitUntil(lambda: bool(dialog.fields["session_hours"].message), timeout=WAIT)
    assert dialog.isVisible()
    dialog.reject()


def test_lost_codes_are_reset_for_who_has_some(people: PeoplePage, qtbot: QtBot, workplace: Workplace) -> None:
    aside(workplace.log_in, "wangqiang")
    aside(workplace.door.enrol, "wangqiang")
    assert aside(workplace.door.begin, "wangqiang").stage is Stage.CODE
    row_id = workplace.company.id_of("user", "wangqiang")
    people.reload()
    qtbot.waitUntil(lambda: row_id in {people.model.row_id(row) for row in range(people.model.count)}, timeout=WAIT)
    people.table.select_ids([row_id])
    qtbot.waitUntil(people.codes_action.isEnabled, timeout=WAIT)

    def agree() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.button(QMessageBox.StandardButton.Yes).click()
        else:
            QTimer.singleShot(20, agree)

    QTimer.singleShot(0, agree)
    people.codes_action.trigger()
    qtbot.waitUntil(lambda: aside(workplace.door.begin, "wangqiang").stage is Stage.DONE, timeout=WAIT)
    qtbot.waitUntil(lambda: not people.codes_action.isEnabled(), timeout=WAIT)
