"""Roles on the screen, on a real server: made by copying, changed and removed with the effect said before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.services.roles import Difference, PersonDifference
from erp_desktop.views.admin.difference_panel import DifferencePanel
from erp_desktop.views.admin.people_page import PeoplePage
from erp_desktop.views.admin.person_dialog import PersonDialog
from erp_desktop.views.admin.remove_role_dialog import RemoveRoleDialog
from erp_desktop.views.admin.role_dialog import RoleDialog
from erp_desktop.views.admin.roles_page import RolesPage
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

WAIT = 10_000
DETAILS = {"title_zh": "门店主管", "title_en": "Shop lead", "department": "sales"}


@pytest.fixture
def roles(at_work: Callable[[str], Shell], qtbot: QtBot) -> RolesPage:
    """The list of roles, opened by the administrator."""
    page = at_work("admin").open_screen("admin.roles")
    assert isinstance(page, RolesPage)
    qtbot.waitUntil(lambda: page.model.summary is not None and page.model.count > 40, timeout=WAIT)
    return page


@pytest.fixture
def shop_lead(workplace: Workplace) -> dict[str, Any]:
    """A role of the company's own that the stranger and the buyer have; gone afterwards."""
    with workplace.happens() as stage:
        contents = ["erp_job_sales_clerk", "erp_cost_view"]
        made = stage.call("admin", "auth.create_role", DETAILS | {"roles": contents})
        for login, others in (("stranger", []), ("buyer", ["erp_job_buyer"])):
            user_id, version = stage.row("select id, version from auth.users where login = %s", login)
            document = {"user_id": user_id, "roles": [*others, made["name"]]}
            stage.call("admin", "auth.set_user_roles", document, version)
    return made


@pytest.fixture(autouse=True)
def no_own_roles_afterwards(workplace: Workplace) -> Any:
    """Each test begins with the roles of the product."""
    yield
    with workplace.happens() as stage:
        while left := stage.rows("select id, version from auth.roles where kind = 'custom' limit 1"):
            stage.call("admin", "auth.remove_role", {"id": left[0][0], "take_away": True}, left[0][1])


def rows_of(page: RolesPage) -> dict[str, int]:
    """The ids of the roles in the list by their database names."""
    values = (page.model.values(row) for row in range(page.model.count))
    return {each["name"]: page.model.row_id(row) for row, each in enumerate(values) if each is not None}


def choose(qtbot: QtBot, page: RolesPage, *names: str) -> None:
    """Select roles in the list as soon as they are there."""
    qtbot.waitUntil(lambda: set(names) <= rows_of(page).keys(), timeout=WAIT)
    page.table.select_ids([rows_of(page)[name] for name in names])
    qtbot.waitUntil(lambda: len(page.selected_values()) == len(names), timeout=WAIT)


def opened(qtbot: QtBot, page: QWidget, kind: type[QDialog]) -> Any:
    """The dialog of that kind that a page opens."""
    found: list[QDialog] = []

    def look() -> bool:
        found[:] = [each for each in page.findChildren(kind) if each.isVisible()]
        return bool(found)

    qtbot.waitUntil(look, timeout=WAIT)
    return found[0]


def answered(qtbot: QtBot, panel: DifferencePanel) -> list[Difference]:
    """What the server says about the change that is being made."""
    qtbot.waitUntil(lambda: panel.differences is not None, timeout=WAIT)
    return list(panel.differences or ())


def test_job_roles_are_combined_by_copying_and_the_copy_can_be_changed_before_it_is_made(
    roles: RolesPage, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    choose(qtbot, roles, "erp_job_shop_floor_worker", "erp_job_buyer")
    roles.copy_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    assert unnamed_controls(dialog) == []
    assert set(dialog._roles.names()) == {
        *("erp_production_report", "erp_product_view", "erp_supplier_view", "erp_purchase_view"),
        *("erp_purchase_enter", "erp_purchase_send", "erp_stock_view_all"),
    }
    dialog._roles.tree.set_ticked("erp_purchase_send", False)
    dialog._save.click()
    qtbot.waitUntil(lambda: bool(dialog._fields["title_zh"].message), timeout=WAIT)
    dialog._edits["title_zh"].setText("车间采购员")
    dialog._edits["title_en"].setText("Floor buyer")
    dialog._save.click()
    qtbot.waitUntil(lambda: told.messages[-1:] == [("success", "车间采购员 is saved.")], timeout=WAIT)
    (row,) = workplace.company.database.rows(
        "select title_en, department, contents @> '{erp_purchase_send}', cardinality(contents)"
        " from auth.role_list where kind = 'custom'"
    )
    assert row == ("Floor buyer", "purchasing", False, 6)
    qtbot.waitUntil(lambda: len([name for name in rows_of(roles) if name.startswith("erp_c_")]) == 1, timeout=WAIT)


def test_what_a_ticked_role_brings_along_is_ticked_grey_and_says_through_whom(roles: RolesPage, qtbot: QtBot) -> None:
    roles.new_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    tree = dialog._roles.tree
    assert tree.texts()["erp_price_view"] == ("See sales prices", "", False)
    tree.set_ticked("erp_job_sales_clerk")
    assert tree.texts()["erp_price_view"] == ("See sales prices", "through Sales clerk", True)
    tree.set_ticked("erp_price_view", False)  # what comes along can't be cleared
    assert tree.texts()["erp_price_view"][2] and dialog._roles.names() == ["erp_job_sales_clerk"]
    tree.set_ticked("erp_cost_view")
    tree.set_ticked("erp_job_finance")
    assert tree.texts()["erp_cost_view"] == ("See costs", "also through Finance", True)
    assert tree.texts()["erp_price_view"][1] == "through Sales clerk, Finance"
    tree.set_ticked("erp_job_sales_clerk", False)
    assert tree.texts()["erp_order_enter"] == ("Enter orders", "", False)
    assert sorted(dialog._roles.names()) == ["erp_cost_view", "erp_job_finance"]


def test_roles_and_rights_are_found_by_title_meaning_and_the_other_language(roles: RolesPage, qtbot: QtBot) -> None:
    roles.new_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    tree = dialog._roles.tree

    def shown() -> set[str]:
        return {item.data(0, Qt.ItemDataRole.UserRole) for item in tree._items() if not item.isHidden()}

    QTest.keyClick(dialog._roles, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog._roles.search.hasFocus, timeout=WAIT)
    QTest.keyClicks(dialog._roles.search, "see margins")
    assert shown() == {"erp_margin_view"}
    dialog._roles.search.setText("毛利")
    assert "erp_margin_view" in shown()
    dialog._roles.search.setText("100% '")
    assert shown() == set() and tree.isHidden()
    dialog._roles.search.clear()
    assert len(shown()) > 40 and not tree.isHidden()
    QTest.keyClick(dialog._roles.search, Qt.Key.Key_Return)
    assert tree.hasFocus()


def test_before_saving_it_says_who_gains_and_who_loses(
    roles: RolesPage, qtbot: QtBot, told: Told, workplace: Workplace, shop_lead: dict[str, Any]
) -> None:
    choose(qtbot, roles, shop_lead["name"])
    roles.open_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    assert dialog._difference.lines()[0].startswith("2 people have this role")
    dialog._roles.tree.set_ticked("erp_cost_view", False)
    dialog._roles.tree.set_ticked("erp_supplier_view")
    found = {each.login: each for each in answered(qtbot, dialog._difference) if isinstance(each, PersonDifference)}
    assert {login: (each.gained, each.lost) for login, each in found.items()} == {
        "buyer": ((), ("erp_cost_view",)),
        "stranger": (("erp_supplier_view",), ("erp_cost_view",)),
    }
    assert dialog._difference.lines() == [
        "The rights of 2 people change. 2 of them lose something, at once.",
        *("buyer (buyer)", "−  See costs", "stranger (stranger)", "−  See costs", "+  See suppliers"),
    ]
    dialog._save.click()
    qtbot.waitUntil(lambda: ("success", "门店主管 is saved.") in told.messages, timeout=WAIT)
    contents = "select contents from auth.role_list where id = %s"
    assert set(workplace.company.database.value(contents, shop_lead["id"])) == {
        *("erp_job_sales_clerk", "erp_supplier_view"),
    }


def test_a_title_that_is_taken_is_refused_at_its_field(roles: RolesPage, qtbot: QtBot) -> None:
    roles.new_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    dialog._edits["title_zh"].setText("店长")
    dialog._edits["title_en"].setText("Buyer")
    dialog._save.click()
    qtbot.waitUntil(lambda: "Buyer" in dialog._fields["title_en"].message, timeout=WAIT)
    assert dialog.isVisible()


def test_a_role_of_the_product_is_only_shown_and_offers_its_copy(roles: RolesPage, qtbot: QtBot) -> None:
    choose(qtbot, roles, "erp_job_buyer")
    assert not roles.remove_action.isEnabled()
    QTest.keyClick(roles.table, Qt.Key.Key_Return)
    dialog = opened(qtbot, roles, RoleDialog)
    assert unnamed_controls(dialog) == []
    assert not dialog._save.isVisible() and dialog._edits["title_zh"].isReadOnly()
    before = dialog._roles.names()
    dialog._roles.tree.set_ticked("erp_cost_view")
    dialog._roles.tree.set_ticked("erp_purchase_send", False)
    assert dialog._roles.names() == before
    dialog._copy.click()
    qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=WAIT)
    copy = opened(qtbot, roles, RoleDialog)
    assert copy._edits["title_zh"].text() == "Copy of Buyer" and copy._roles.names() == before


def test_a_role_is_not_offered_what_contains_it(
    roles: RolesPage, qtbot: QtBot, workplace: Workplace, shop_lead: dict[str, Any]
) -> None:
    with workplace.happens() as stage:
        outer = {"title_zh": "区域主管", "title_en": "Area lead", "department": "sales", "roles": [shop_lead["name"]]}
        around = stage.call("admin", "auth.create_role", outer)
    choose(qtbot, roles, shop_lead["name"], around["name"])
    roles.open_row(shop_lead["id"])
    dialog = opened(qtbot, roles, RoleDialog)
    offered = dialog._roles.tree.texts().keys()
    assert not {shop_lead["name"], around["name"]} & offered and "erp_job_buyer" in offered


def test_removing_says_before_who_loses_what(
    roles: RolesPage, qtbot: QtBot, told: Told, workplace: Workplace, shop_lead: dict[str, Any]
) -> None:
    choose(qtbot, roles, shop_lead["name"])
    roles.remove_action.trigger()
    dialog = opened(qtbot, roles, RemoveRoleDialog)
    assert unnamed_controls(dialog) == []
    found = {each.login: each.lost for each in answered(qtbot, dialog.difference) if isinstance(each, PersonDifference)}
    assert "erp_cost_view" in found["buyer"] and "erp_product_view" not in found["buyer"]
    assert "erp_product_view" in found["stranger"]
    dialog.remove.click()
    qtbot.waitUntil(lambda: ("success", "Shop lead is removed.") in told.messages, timeout=WAIT)
    assert workplace.company.database.rows("select from auth.roles where kind = 'custom'") == []
    qtbot.waitUntil(lambda: shop_lead["name"] not in rows_of(roles), timeout=WAIT)


def test_the_side_says_who_has_a_right_and_through_which_role(
    roles: RolesPage, qtbot: QtBot, shop_lead: dict[str, Any]
) -> None:
    choose(qtbot, roles, "erp_cost_view")
    line = "stranger (stranger) · through Shop lead"
    qtbot.waitUntil(lambda: line in roles.panel.lines(), timeout=WAIT)
    assert "finance (finance) · through Finance" in roles.panel.lines()
    QTest.keyClick(roles.table, Qt.Key.Key_Return)
    qtbot.waitUntil(roles.panel.tree.hasFocus, timeout=WAIT)
    choose(qtbot, roles, shop_lead["name"])
    qtbot.waitUntil(lambda: "Contains roles   1" in roles.panel.lines(), timeout=WAIT)
    assert {"stranger (stranger)", "Sales clerk", "See costs", "Enter orders"} <= set(roles.panel.lines())


@pytest.fixture
def people(at_work: Callable[[str], Shell], qtbot: QtBot) -> PeoplePage:
    """The list of people, opened by the administrator."""
    page = at_work("admin").open_screen("admin.people")
    assert isinstance(page, PeoplePage)
    qtbot.waitUntil(lambda: page.model.count > 10, timeout=WAIT)
    return page


def test_changing_a_persons_roles_says_before_what_she_gains_and_loses(
    people: PeoplePage, qtbot: QtBot, workplace: Workplace
) -> None:
    people.open_row(workplace.company.id_of("user", "planner"))
    dialog = opened(qtbot, people, PersonDialog)
    assert dialog._difference.lines() == ["Tick or clear roles to see which rights that gives and takes."]
    dialog._roles.tree.set_ticked("erp_job_planner", False)
    dialog._roles.tree.set_ticked("erp_job_shop_floor_worker")
    (found,) = answered(qtbot, dialog._difference)
    assert found.gained == ("erp_production_report",)
    assert found.lost == ("erp_production_plan", "erp_production_view", "erp_stock_view_all")
    assert "+  Report production" in dialog._difference.lines()
    dialog._roles.tree.set_ticked("erp_job_shop_floor_worker", False)
    dialog._roles.tree.set_ticked("erp_job_planner")
    assert answered(qtbot, dialog._difference) == []


def test_a_new_person_is_shown_what_her_roles_give_her(people: PeoplePage, qtbot: QtBot) -> None:
    people.new_action.trigger()
    dialog = opened(qtbot, people, PersonDialog)
    dialog._roles.tree.set_ticked("erp_job_shop_floor_worker")
    assert answered(qtbot, dialog._difference) == [Difference(("erp_product_view", "erp_production_report"), ())]


def test_what_a_person_can_do_is_shown_with_the_ways_rows_and_screens(
    people: PeoplePage, qtbot: QtBot, workplace: Workplace, shop_lead: dict[str, Any]
) -> None:
    stranger = workplace.company.id_of("user", "stranger")
    people.table.select_ids([stranger])
    qtbot.waitUntil(people.rights_action.isEnabled, timeout=WAIT)
    people.rights_action.trigger()
    dialog = opened(qtbot, people, PersonDialog)
    panel = dialog._rights
    qtbot.waitUntil(lambda: bool(panel.lines()), timeout=WAIT)
    assert panel.isVisible() and unnamed_controls(dialog) == []
    lines = dict(panel.lines())
    assert lines["Enter orders"] == "Shop lead › Sales clerk" and lines["See costs"] == "Shop lead"
    assert lines["Orders: own ones"] == "See own orders"
    assert lines["Customers"] == "See own customers"
    QTest.keyClicks(panel.search, "costs")
    assert ("See costs", "Shop lead") in panel.lines() and "Customers" not in dict(panel.lines())


def test_places_are_named_and_missing_ones_said(people: PeoplePage, qtbot: QtBot, workplace: Workplace) -> None:
    with workplace.happens() as stage:
        user_id, version = stage.row("select id, version from auth.users where login = 'shopkeeper'")
        none: dict[str, Any] = {"user_id": user_id, "branches": [], "warehouses": [], "work_centres": []}
        stage.call("admin", "auth.set_user_scopes", none, version)
    expected = {
        "keeper": "Stock: those of Finished goods, Raw material",
        "shopkeeper": "Stock: none: no warehouse is set",
        "planner": "Orders, without prices: all that are confirmed and not yet delivered",
        "manager": "Delivery notes: those of the orders in sight",
    }
    for login, line in expected.items():
        people.open_row(workplace.company.id_of("user", login))
        dialog = opened(qtbot, people, PersonDialog)
        qtbot.waitUntil(lambda dialog=dialog: bool(dialog._rights.tree.topLevelItemCount()), timeout=WAIT)
        assert line in dict(dialog._rights.lines())
        dialog.reject()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_control_has_a_name_in_both_languages(roles: RolesPage, qtbot: QtBot, language: str) -> None:
    i18n.set_language(language)
    roles.new_action.trigger()
    dialog = opened(qtbot, roles, RoleDialog)
    assert unnamed_controls(dialog) == [] and unnamed_controls(roles) == []
