"""The screens of administration, on a real server: accounts made, given rights, shut, opened; the trail of changes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.services.audit import FieldChange, field_changes
from erp_desktop.services.auth import Stage
from erp_desktop.services.people import new_password
from erp_desktop.views.admin.audit_page import AuditPage
from erp_desktop.views.admin.password_shown import PasswordShown
from erp_desktop.views.admin.people_page import PeoplePage
from erp_desktop.views.admin.person_dialog import PersonDialog
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import draft
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

D = TypeVar("D", bound=QDialog)
WAIT = 10_000


@pytest.fixture
def people(at_work: Callable[[str], Shell], qtbot: QtBot) -> PeoplePage:
    """The list of people, opened by the administrator."""
    page = at_work("admin").open_screen("admin.people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.model.count > 10, timeout=WAIT)
    return page


@pytest.fixture
def trail(at_work: Callable[[str], Shell]) -> Callable[[str], AuditPage]:
    """The audit trail, opened by somebody."""

    def open_trail(login: str) -> AuditPage:
        page = at_work(login).open_screen("admin.audit")
        assert isinstance(page, AuditPage)
        return page

    return open_trail


def then(kind: type[D], act: Callable[[D], object]) -> None:
    """Do something with a dialog of that kind as soon as it is there."""

    def wait() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(20, wait)

    QTimer.singleShot(0, wait)


def select(qtbot: QtBot, page: PeoplePage | AuditPage, row_id: int) -> None:
    page.reload()
    qtbot.waitUntil(lambda: row_id in {page.model.row_id(row) for row in range(page.model.count)}, timeout=WAIT)
    page.table.select_ids([row_id])
    qtbot.waitUntil(lambda: len(page.selected_values()) == 1, timeout=WAIT)


def state_of(page: PeoplePage, row_id: int) -> str:
    page.reload()
    rows = [row for row in range(page.model.count) if page.model.row_id(row) == row_id]
    values = page.model.values(rows[0]) if rows else None
    return str(values["state"]) if values is not None else ""


def test_a_person_is_created_and_logs_in_with_the_password_shown_once(
    people: PeoplePage, qtbot: QtBot, workplace: Workplace
) -> None:
    shown: list[str] = []

    def note(dialog: PasswordShown) -> None:
        assert unnamed_controls(dialog) == []
        shown.append(dialog.password())
        dialog.accept()

    def fill(dialog: PersonDialog) -> None:
        assert unnamed_controls(dialog) == []
        QTest.keyClicks(dialog._edits["login"], "New Comer")
        assert dialog._edits["login"].text() == "NewComer"  # no spaces
        dialog._edits["display_name"].setText("新人")
        dialog._edits["display_name_en"].setText("Newcomer")
        dialog._roles.tree.set_ticked("erp_job_sales_clerk")
        dialog._branches.set_ticked(workplace.company.id_of("branch", "HZ"))
        dialog._save.click()
        then(PasswordShown, note)

    then(PersonDialog, fill)
    people.new_action.trigger()
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT)
    rows = workplace.company.database.rows
    assert rows("select pg_has_role('erp_u_newcomer', 'erp_order_enter', 'member')") == [(True,)]
    qtbot.waitUntil(lambda: people.model.count == 17, timeout=WAIT)
    with ThreadPoolExecutor(1) as pool:
        login = pool.submit(workplace.door.begin, "newcomer", shown[0]).result()
    assert (login.stage, login.reason) == (Stage.RENEW, "given")


def test_a_taken_name_is_refused_at_its_field(people: PeoplePage, qtbot: QtBot) -> None:
    seen: list[str] = []

    def look(dialog: PersonDialog) -> None:
        if dialog._fields["login"].message:
            seen.append(dialog._fields["login"].message)
            dialog.reject()
        else:
            QTimer.singleShot(20, lambda: look(dialog))

    def fill(dialog: PersonDialog) -> None:
        dialog._edits["login"].setText("lina")
        dialog._edits["display_name"].setText("李娜")
        dialog._save.click()
        look(dialog)

    then(PersonDialog, fill)
    people.new_action.trigger()
    qtbot.waitUntil(lambda: bool(seen), timeout=WAIT)
    assert "lina" in seen[0]


def test_roles_places_and_names_are_changed_together(
    people: PeoplePage, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    shopkeeper = workplace.company.id_of("user", "shopkeeper")

    def change(dialog: PersonDialog) -> None:
        assert dialog._edits["login"].isReadOnly()
        assert dialog.details().roles == ["erp_job_warehouse_keeper"]
        dialog._edits["display_name"].setText("店员")
        dialog._edits["email"].setText("shop@example.com")
        dialog._roles.tree.set_ticked("erp_price_view")
        dialog._warehouses.set_ticked(workplace.company.id_of("warehouse", "RAW"))
        dialog._save.click()

    then(PersonDialog, change)
    people.open_row(shopkeeper)
    qtbot.waitUntil(lambda: ("success", "shopkeeper is saved.") in told.messages, timeout=WAIT)
    rows = workplace.company.database.rows
    assert rows("select display_name, email from auth.users where login = 'shopkeeper'") == [
        ("店员", "shop@example.com")
    ]
    assert rows("select count(*) from auth.user_warehouses where user_id = %s", shopkeeper) == [(2,)]
    assert rows("select pg_has_role('erp_u_shopkeeper', 'erp_price_view', 'member')") == [(True,)]


def test_an_account_is_shut_and_opened_again(
    people: PeoplePage, qtbot: QtBot, told: Told, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer = workplace.company.id_of("user", "buyer")
    select(qtbot, people, buyer)
    assert people.disable_action.isEnabled() and not people.enable_action.isVisible()
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    people.disable_action.trigger()
    qtbot.waitUntil(lambda: state_of(people, buyer) == "disabled", timeout=WAIT)
    qtbot.waitUntil(lambda: ("success", "buyer is inactive.") in told.messages, timeout=WAIT)
    select(qtbot, people, buyer)
    qtbot.waitUntil(people.enable_action.isEnabled, timeout=WAIT)
    people.enable_action.trigger()
    qtbot.waitUntil(lambda: state_of(people, buyer) == "enabled", timeout=WAIT)


def test_nobody_shuts_herself_out(
    people: PeoplePage, qtbot: QtBot, told: Told, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    select(qtbot, people, workplace.company.id_of("user", "admin"))
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    people.disable_action.trigger()
    qtbot.waitUntil(lambda: bool(told.failures), timeout=WAIT)
    assert getattr(told.failures[0], "code", "") == "US101"


def test_five_wrong_passwords_show_as_locked_and_are_forgiven(
    people: PeoplePage, qtbot: QtBot, workplace: Workplace
) -> None:
    planner = workplace.company.id_of("user", "planner")
    workplace.company.database.rows(
        "insert into auth.name_failures (name_mark, failures, locked_until)"
        " values (auth.name_mark('planner'), 5, clock_timestamp() + interval '5 minutes')"
    )
    qtbot.waitUntil(lambda: state_of(people, planner) == "locked", timeout=WAIT)
    select(qtbot, people, planner)
    qtbot.waitUntil(people.unlock_action.isEnabled, timeout=WAIT)
    people.unlock_action.trigger()
    qtbot.waitUntil(lambda: state_of(people, planner) == "enabled", timeout=WAIT)
    assert workplace.company.database.rows("select from auth.name_failures") == []


def test_a_reset_password_is_shown_once(people: PeoplePage, qtbot: QtBot, workplace: Workplace) -> None:
    service = workplace.company.id_of("user", "service")
    select(qtbot, people, service)
    shown: list[str] = []

    def note(dialog: PasswordShown) -> None:
        shown.append(dialog.password())
        dialog.accept()

    then(PasswordShown, note)
    people.reset_password(people.selected_values()[0])
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT)
    assert len(set(shown[0])) > 4 and shown[0] != new_password()
    (must_change,) = workplace.company.database.rows(
        "select must_change from auth.credentials where user_id = %s", service
    )
    assert must_change == (True,)


def test_the_trail_shows_who_changed_what(
    trail: Callable[[str], AuditPage], qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        order = draft(stage, [("CHAIR", 2)])
    page = trail("executive")
    page._search.setText(order["number"])
    page._load()
    qtbot.waitUntil(lambda: page.model.count > 0 and page.model.values(0) is not None, timeout=WAIT)
    select(qtbot, page, page.model.row_id(page.model.count - 1))
    qtbot.waitUntil(lambda: page.panel.change is not None, timeout=WAIT)
    change = page.panel.change
    assert change is not None
    assert (change.table_name, change.row_en, change.operation) == ("sales.orders", order["number"], "insert")
    assert change.who_en == "lina" and FieldChange("state", None, "draft") in change.fields
    page.row_action.trigger()
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=WAIT)
    assert {page.model.values(row)["row_id"] for row in range(page.model.count)} == {order["id"]}  # type: ignore[index]
    page.person_action.trigger()


def test_an_administrator_reads_the_trail_of_accounts_not_of_business(
    trail: Callable[[str], AuditPage], qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        order = draft(stage, [("CHAIR", 2)])
    page = trail("admin")
    page._search.setText(order["number"])
    page._load()
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=WAIT)
    assert page.model.count == 0
    page._clear()
    qtbot.waitUntil(lambda: page.model.count > 0 and page.model.values(0) is not None, timeout=WAIT)
    kinds = {page.model.values(row)["table_name"].partition(".")[0] for row in range(page.model.count)}  # type: ignore[index]
    assert kinds <= {"auth", "org", "workflow"}


def test_fields_come_by_name_and_say_nothing_for_nothing() -> None:
    changes = field_changes(
        {"state": "draft", "note": None}, {"state": "submitted", "qty": 1.5, "ok": True, "note": ""}
    )
    assert changes == (
        FieldChange("ok", None, True),
        FieldChange("qty", None, 1.5),
        FieldChange("state", "draft", "submitted"),
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name_in_both_languages(people: PeoplePage, language: str) -> None:
    i18n.set_language(language)
    shell = people.window()
    assert isinstance(shell, Shell)
    assert unnamed_controls(people) == []
    page = shell.open_screen("admin.audit")
    assert page is not None and unnamed_controls(page) == []


def test_a_person_is_read_with_everything(people: PeoplePage, qtbot: QtBot, workplace: Workplace) -> None:
    found: list[object] = []
    keeper = workplace.company.id_of("user", "keeper")

    def look(dialog: PersonDialog) -> None:
        found.append(dialog.details())
        dialog.reject()

    then(PersonDialog, look)
    select(qtbot, people, keeper)
    people.edit_action.trigger()
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    person = found[0]
    assert sorted(person.warehouses) == sorted(  # type: ignore[attr-defined]
        workplace.company.id_of("warehouse", code) for code in ("RAW", "FIN")
    )
