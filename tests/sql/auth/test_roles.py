"""Roles of the company's own: made, changed, removed by administrators; what that does to whom is said beforehand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.server.tree import SqlTree
from erp_desktop.services.passwords import make_credentials
from tests.helpers.databases import Template
from tests.helpers.gate import ask, sqlstate
from tests.helpers.personas import Company
from tests.helpers.rights import try_all
from tests.helpers.stage import Stage

(CHECK,) = (file.path.read_text(encoding="utf-8") for file in SqlTree().checks if file.path.stem.startswith("10020"))
HAS = "select pg_has_role(%s, %s, 'usage')"
ENDED = ("57P01", "?")
"""How a connection that the server ended answers: with the reason, or not any more."""
PREVIEW = "select login, gained, lost from auth.preview_role(%s, %s)"


def role(**more: Any) -> dict[str, Any]:
    """A document of a role that sees prices and enters orders."""
    fields = {"title_zh": "门店主管", "title_en": "Shop lead", "department": "sales"}
    return fields | {"roles": ["erp_price_view", "erp_order_enter"]} | more


def make(stage: Stage, **more: Any) -> dict[str, Any]:
    return stage.call("admin", "auth.create_role", role(**more))


def give(stage: Stage, login: str, *roles: str) -> None:
    user_id = stage.id_of("user", login)
    version = stage.value("select version from auth.users where id = %s", user_id)
    stage.call("admin", "auth.set_user_roles", {"user_id": user_id, "roles": list(roles)}, version)


def has(stage: Stage, login: str, right: str) -> bool:
    return bool(stage.value(HAS, f"erp_u_{login}", right))


def trail(stage: Stage, role_id: int) -> list[tuple[Any, ...]]:
    statement = (
        "select operation, role_name, before, after from audit.changes where (table_name, row_id) = ('auth.roles', %s)"
    )
    return stage.rows(statement + " order by id", role_id)


def test_a_role_is_made_of_rights_and_jobs_and_gives_them_to_whom_it_is_given(stage: Stage) -> None:
    made = make(stage, roles=["erp_job_buyer", "erp_price_view"], description_zh="兼采购", description_en="Buys, too")
    give(stage, "stranger", made["name"])
    assert [has(stage, "stranger", right) for right in ("erp_purchase_send", "erp_price_view", "erp_order_enter")] == [
        *(True, True, False),
    ]
    found = "select kind, department, title_zh, title_en, description_zh, description_en, people, contents, contents_en"
    assert stage.row(f"{found} from auth.role_list where id = %s", made["id"], login="admin") == (
        *("custom", "sales", "门店主管", "Shop lead", "兼采购", "Buys, too", 1, ["erp_job_buyer", "erp_price_view"]),
        "Buyer, See sales prices",
    )


def test_a_change_of_contents_reaches_everybody_who_has_the_role(stage: Stage) -> None:
    inner = make(stage)
    outer = make(stage, title_zh="区域主管", title_en="Area lead", roles=[inner["name"], "erp_stock_view_all"])
    give(stage, "stranger", outer["name"])
    saved = stage.call("admin", "auth.save_role", role(id=inner["id"], roles=["erp_cost_view"]), inner["version"])
    assert saved["version"] == 2
    assert [has(stage, "stranger", right) for right in ("erp_cost_view", "erp_price_view", "erp_stock_view_all")] == [
        *(True, False, True),
    ]


def test_every_change_is_in_the_trail_with_before_and_after(stage: Stage) -> None:
    made = make(stage)
    changed = {"id": made["id"], "title_zh": "店长", "roles": ["erp_price_view"]}
    saved = stage.call("admin", "auth.save_role", role(**changed), 1)
    give(stage, "stranger", made["name"])
    stage.call("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, saved["version"])
    (made_row, filled, emptier, titled, emptied, removed) = trail(stage, made["id"])
    assert {row[1] for row in trail(stage, made["id"])} == {"erp_u_admin"}
    assert (made_row[0], made_row[3]["title_zh"]) == ("insert", "门店主管")
    assert filled[2:] == ({"roles": []}, {"roles": ["erp_order_enter", "erp_price_view"]})
    assert emptier[2:] == ({"roles": ["erp_order_enter", "erp_price_view"]}, {"roles": ["erp_price_view"]})
    assert titled[2:] == ({"title_zh": "门店主管", "version": 1}, {"title_zh": "店长", "version": 2})
    assert emptied[2:] == ({"roles": ["erp_price_view"]}, {"roles": []})
    assert (removed[0], removed[2]["name"]) == ("delete", made["name"])
    taken = "select before, after from audit.changes where table_name = 'auth.users' and before ? 'roles'"
    assert stage.rows(taken)[-1] == ({"roles": [made["name"]]}, {"roles": []})


def test_the_trail_names_roles_by_their_titles_also_those_that_are_gone(stage: Stage) -> None:
    made = make(stage)
    give(stage, "stranger", made["name"])
    found = stage.rows("select * from audit.search_changes('shop LEAD', 10)", login="admin")
    assert len(found) == 2
    stage.call("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, 1)
    given = "select max(id) from audit.changes where table_name = 'auth.users' and after -> 'roles' ? %s"
    names = "select value, name_en from audit.names_in_change(%s) where column_name = %s"
    assert stage.row(names, stage.value(given, made["name"]), "roles", login="admin") == (made["name"], "Shop lead")
    removal = "select max(id) from audit.changes where table_name = 'auth.roles' and operation = 'update'"
    assert stage.row(names, stage.value(removal), "", login="admin")[1] == "Shop lead"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"roles": ["erp_owner"]}, "UV102", "roles"),
        ({"roles": ["erp_person"]}, "UV102", "roles"),
        ({"roles": ["pg_read_all_data"]}, "UV102", "roles"),
        ({"roles": ["postgres"]}, "UV102", "roles"),
        ({"roles": ["erp_u_admin"]}, "UV102", "roles"),
        ({"roles": ["erp_price_view; drop role erp_owner"]}, "UV102", "roles"),
        ({"roles": ['erp_price_view" , "erp_owner']}, "UV102", "roles"),
        ({"roles": [None]}, "UV102", "roles"),
        ({"roles": [["erp_price_view"]]}, "UV102", "roles"),
        ({"roles": "erp_price_view"}, "UV102", "roles"),
        ({"roles": None}, "UV102", "roles"),
        ({"title_zh": " "}, "UV001", "title_zh"),
        ({"title_zh": "长" * 101}, "UV005", "title_zh"),
        ({"title_zh": ["x"]}, "UV003", "title_zh"),
        ({"title_zh": "销售员"}, "UV111", "title_zh"),
        ({"title_en": "sales CLERK"}, "UV111", "title_en"),
        ({"description_en": "x" * 401}, "UV005", "description_en"),
        ({"department": ""}, "UV001", "department"),
        ({"department": "nowhere"}, "UV003", "department"),
    ],
)
def test_what_can_not_be_is_refused_at_its_field(stage: Stage, fields: dict[str, Any], code: str, field: str) -> None:
    refusal = stage.refusal("admin", "auth.create_role", role(**fields))
    assert (refusal.code, refusal.field) == (code, field)
    made = make(stage)
    refusal = stage.refusal("admin", "auth.save_role", role(id=made["id"]) | fields, 1)
    assert (refusal.code, refusal.field) == (code, field)


@pytest.mark.parametrize(
    "title", ["O'Neill's %s", '"; drop role erp_owner; --', "%I %L %1$s {title}", "李娜的角色\\", "a--b"]
)
def test_titles_are_only_texts(stage: Stage, title: str) -> None:
    before = stage.value("select count(*) from pg_roles")
    made = make(stage, title_zh=title, title_en="", description_zh=title, description_en=title)
    assert (
        stage.row("select title_zh, title_en, description_en from auth.roles where id = %s", made["id"]) == (title,) * 3
    )
    saved = stage.call("admin", "auth.save_role", role(id=made["id"], title_zh=f"{title}!", title_en=title), 1)
    stage.call("admin", "auth.remove_role", {"id": made["id"]}, saved["version"])
    assert stage.value("select count(*) from pg_roles") == before


@pytest.mark.parametrize("name", ["o'x%s", '李"娜', "a\\b%i"])
def test_people_of_any_name_get_and_lose_roles(stage: Stage, name: str) -> None:
    stage.rows(
        "with made as (insert into auth.users (login, display_name) values (%s, 'x') returning *)"
        " select set_config('role', 'erp_owner', true), auth.ensure_person_role(m::auth.users) from made m",
        name,
    )
    stage.rows("reset role")
    made = make(stage)
    user_id = stage.value("select id from auth.users where login = %s", name)
    stage.call("admin", "auth.set_user_roles", {"user_id": user_id, "roles": [made["name"]]}, 1)
    ((login, gained, lost),) = stage.rows(PREVIEW, made["name"], [], login="admin")
    assert (login, gained) == (name, []) and {"erp_order_enter", "erp_price_view"} < set(lost)
    stage.call("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, 1)
    assert stage.rows("select role from auth.rights_of(%s)", user_id, login="admin") == []


def test_roles_of_the_product_stay_as_they_are(stage: Stage) -> None:
    for name in ("erp_job_buyer", "erp_price_view"):
        role_id, version = stage.row("select id, version from auth.roles where name = %s", name)
        for command in ("auth.save_role", "auth.remove_role"):
            refusal = stage.refusal("admin", command, role(id=role_id, title_zh="x", title_en="x"), version)
            assert refusal.code == "US110" and {"title_zh", "title_en"} == refusal.params.keys()


def test_a_right_comes_with_what_it_needs(stage: Stage) -> None:
    made = make(stage, roles=["erp_purchase_send"])
    give(stage, "stranger", made["name"])
    rights = dict(
        stage.rows("select role, path from auth.rights_of(%s)", stage.id_of("user", "stranger"), login="admin")
    )
    assert rights == {
        "erp_purchase_send": [made["name"]],
        "erp_purchase_view": [made["name"], "erp_purchase_send"],
        "erp_product_view": [made["name"], "erp_purchase_send", "erp_purchase_view"],
        "erp_supplier_view": [made["name"], "erp_purchase_send", "erp_purchase_view"],
    }
    assert stage.value("select count(*) from purchasing.order_list", login="stranger") == 0


def test_no_role_contains_itself(stage: Stage) -> None:
    inner = make(stage)
    middle = make(stage, title_zh="中", title_en="Middle", roles=[inner["name"]])
    outer = make(stage, title_zh="外", title_en="Outer", roles=[middle["name"]])
    for contents in ([inner["name"]], [middle["name"]], [outer["name"], "erp_price_view"]):
        refusal = stage.refusal("admin", "auth.save_role", role(id=inner["id"], roles=contents), 1)
        assert (refusal.code, refusal.field) == ("UV110", "roles")
    assert refusal.params == {"title_zh": "外", "title_en": "Outer"}


def test_an_older_version_and_what_is_gone_are_refused(stage: Stage) -> None:
    made = make(stage)
    assert stage.refusal("admin", "auth.save_role", role(id=made["id"]), 2).code == "UC001"
    assert stage.refusal("admin", "auth.remove_role", {"id": made["id"]}, None).code == "UC001"
    stage.call("admin", "auth.remove_role", {"id": made["id"]}, 1)
    assert stage.refusal("admin", "auth.save_role", role(id=made["id"]), 1).code == "UN001"


def test_a_role_in_use_is_removed_only_with_taking_it_away(stage: Stage) -> None:
    made = make(stage)
    outer = make(stage, title_zh="外", title_en="Outer", roles=[made["name"], "erp_cost_view"])
    give(stage, "stranger", made["name"])
    give(stage, "buyer", "erp_job_buyer", outer["name"])
    refusal = stage.refusal("admin", "auth.remove_role", {"id": made["id"], "take_away": "yes"}, 1)
    assert (refusal.code, refusal.params["holders"]) == ("US111", 2)
    versions = "select u.version, r.version from auth.users u, auth.roles r where u.login = 'stranger' and r.id = %s"
    before = stage.row(versions, outer["id"])
    stage.call("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, 1)
    assert stage.row(versions, outer["id"]) == (before[0] + 1, before[1] + 1)
    assert stage.value("select count(*) from pg_roles where rolname = %s", made["name"]) == 0
    assert stage.rows("select role from auth.rights_of(%s)", stage.id_of("user", "stranger"), login="admin") == []
    assert [has(stage, "buyer", right) for right in ("erp_price_view", "erp_cost_view", "erp_purchase_send")] == [
        *(False, True, True),
    ]


def test_the_last_administrator_stays(stage: Stage) -> None:
    made = make(stage, roles=["erp_job_administrator"])
    give(stage, "admin", made["name"])
    document = role(id=made["id"], roles=["erp_price_view"])
    assert stage.refusal("admin", "auth.save_role", document, 1).code == "UL101"
    assert stage.refusal("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, 1).code == "UL101"
    give(stage, "buyer", "erp_job_administrator")
    stage.call("admin", "auth.save_role", document, 1)
    assert not has(stage, "admin", "erp_user_manage")
    assert stage.refusal("admin", "auth.save_role", document, 2).code == "42501"


def test_a_preview_names_who_gains_and_who_loses_what(stage: Stage) -> None:
    made = make(stage, roles=["erp_price_view", "erp_stock_view_all", "erp_cost_view"])
    give(stage, "stranger", made["name"])
    give(stage, "lina", "erp_job_sales_clerk", made["name"])
    contents = ["erp_job_buyer", "erp_cost_view"]
    gained = ["erp_purchase_enter", "erp_purchase_send", "erp_purchase_view", "erp_supplier_view"]
    before = {
        login: stage.rows("select role from auth.rights_of(%s)", stage.id_of("user", login))
        for login in ("lina", "stranger")
    }
    assert stage.rows(PREVIEW, made["name"], contents, login="admin") == [
        ("lina", gained, []),
        ("stranger", gained, ["erp_price_view"]),
    ]
    assert stage.rows(PREVIEW, made["name"], None, login="admin") == [
        ("lina", [], ["erp_cost_view"]),
        ("stranger", [], ["erp_cost_view", "erp_price_view", "erp_product_view", "erp_stock_view_all"]),
    ]
    stage.call("admin", "auth.save_role", role(id=made["id"], roles=contents), 1)
    rights = "select distinct role from auth.rights_of(%s) order by role"
    after = [row[0] for row in stage.rows(rights, stage.id_of("user", "stranger"), login="admin")]
    lost = {"erp_price_view"}  # stock of all warehouses a buyer sees, too
    assert after == sorted({row[0] for row in before["stranger"]} - lost | set(gained))
    assert stage.rows(PREVIEW, made["name"], contents, login="admin") == []


def test_a_preview_for_a_person_counts_what_she_keeps_through_other_roles(stage: Stage) -> None:
    preview = "select gained, lost from auth.preview_person(%s, %s)"
    lina = stage.id_of("user", "lina")
    now = ["erp_job_sales_clerk"]
    assert stage.row(preview, lina, now, login="admin") == ([], [])
    assert stage.row(preview, lina, [*now, "erp_price_view", "erp_cost_view"], login="admin") == (["erp_cost_view"], [])
    gained, lost = stage.row(preview, lina, ["erp_job_shop_floor_worker"], login="admin")
    assert gained == ["erp_production_report"] and "erp_order_enter" in lost and "erp_product_view" not in lost
    assert stage.row(preview, None, ["erp_job_shop_floor_worker"], login="admin") == (
        *(["erp_product_view", "erp_production_report"], []),
    )
    assert stage.row(preview, lina, ["erp_owner", "'; select 1"], login="admin")[0] == []


def test_a_right_shows_every_way_that_leads_to_it(stage: Stage) -> None:
    made = make(stage, roles=["erp_job_sales_clerk", "erp_price_view"])
    give(stage, "lina", made["name"], "erp_job_sales_clerk", "erp_price_view")
    paths = stage.rows(
        "select path from auth.rights_of(%s) where role = 'erp_price_view'", stage.id_of("user", "lina"), login="admin"
    )
    assert [row[0] for row in paths] == [
        *([], [made["name"]], ["erp_job_sales_clerk"], [made["name"], "erp_job_sales_clerk"]),
    ]
    holders = stage.rows(
        "select login, path from auth.holders_of('erp_price_view') where login = 'lina'", login="admin"
    )
    assert [row[1] for row in holders] == [row[0] for row in paths]
    assert stage.rows("select login from auth.holders_of(%s)", made["name"], login="admin") == [("lina",)]


PAST_THE_SCREENS = {
    "drop role {role}": ("{role}", "custom", "is not there", None),
    "grant pg_read_all_data to erp_u_lina": (
        *("erp_u_lina", "person", "has what is no role of the product", "pg_read_all_data"),
    ),
    "grant pg_monitor to {role}": ("{role}", "custom", "has what is no role of the product", "pg_monitor"),
    "revoke erp_product_view from erp_price_view granted by erp_owner": (
        *("erp_price_view", "action", "lacks a right that it needs", "erp_product_view"),
    ),
    "grant erp_cost_view to erp_price_view": (
        *("erp_price_view", "action", "is a single right and contains what it does not need", "erp_cost_view"),
    ),
}


@pytest.mark.parametrize("statement", PAST_THE_SCREENS)
def test_a_check_finds_what_was_done_past_the_screens(stage: Stage, statement: str) -> None:
    made = make(stage, roles=["erp_job_buyer"])
    give(stage, "lina", "erp_job_sales_clerk", made["name"])
    assert stage.rows(CHECK) == []
    stage.rows(statement.format(role=made["name"]))
    (finding,) = stage.rows(CHECK)
    assert finding == tuple(each and each.format(role=made["name"]) for each in PAST_THE_SCREENS[statement])


@pytest.mark.parametrize("login", ["lina", "executive", "stranger"])
def test_only_administrators_ask_about_the_rights_of_others(stage: Stage, login: str) -> None:
    asked = (
        *("select * from auth.role_list", "select * from auth.memberships", "select * from auth.rights_of(1)"),
        *("select * from auth.preview_role('erp_job_buyer', '{}')", "select * from auth.preview_person(1, '{}')"),
        "select * from auth.holders_of('erp_job_buyer')",
    )
    answers = try_all(stage.cursor, f"erp_u_{login}", {statement: statement for statement in asked})
    assert answers == dict.fromkeys(asked, "42501")


def test_losing_a_right_ends_open_connections_at_once_and_gaining_one_ends_none(own_company: Company) -> None:
    database = own_company.database
    admin = database.as_person("admin")

    def call(command: str, fields: dict[str, Any], version: int | None = None) -> dict[str, Any]:
        result: dict[str, Any] = ask(admin, f"select {command}(gen_random_uuid(), %s, %s)", fields, version)[0]
        return result

    made = call("auth.create_role", role(roles=["erp_price_view", "erp_stock_view_all"]))
    people = {}
    for login, jobs in (("stranger", []), ("buyer", ["erp_job_buyer"])):
        fields = {"user_id": own_company.id_of("user", login), "roles": [*jobs, made["name"]]}
        call("auth.set_user_roles", fields, 1)
        database.rows(f"alter role erp_u_{login} password 'x'")
        people[login] = psycopg2.connect(database.dsn, user=f"erp_u_{login}", password="x")
        people[login].autocommit = True
    prices = "select count(*) from catalog.price_lists"
    contents = ["erp_price_view", "erp_stock_view_all", "erp_cost_view"]
    call("auth.save_role", role(id=made["id"], roles=contents), 1)
    assert ask(people["stranger"], prices) == (2,)
    call("auth.save_role", role(id=made["id"], roles=["erp_price_view", "erp_cost_view"]), 2)
    assert sqlstate(people["stranger"], prices) in ENDED
    assert ask(people["buyer"], prices) == (2,)  # all stock she sees as a buyer anyway
    call("auth.remove_role", {"id": made["id"], "take_away": True}, 3)
    assert sqlstate(people["buyer"], prices) in ENDED
    assert database.rows(HAS, "erp_u_buyer", "erp_stock_view_all") == [(True,)]
    admin.close()


def test_a_role_is_not_removed_while_it_is_being_given(own_company: Company, qtbot: QtBot) -> None:
    database = own_company.database
    giver, remover = (database.as_person("admin") for _ in range(2))
    made = ask(giver, "select auth.create_role(gen_random_uuid(), %s)", role())[0]
    newcomer = {"login": "newcomer", "display_name": "新人", "roles": [made["name"]]}
    newcomer |= make_credentials("one two three", database.value("select iterations from auth.gate_settings"))
    ask(giver, "begin")
    ask(giver, "select auth.create_user(gen_random_uuid(), %s)", newcomer)
    remove = "select auth.remove_role(gen_random_uuid(), %s, 1)"
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(sqlstate, remover, remove, {"id": made["id"]})
        qtbot.waitUntil(lambda: database.value(waiting) == 1, timeout=10_000)
        ask(giver, "commit")
        assert answer.result() == "US111"
    assert database.value(HAS, "erp_u_newcomer", "erp_order_enter") is True
    for connection in (giver, remover):
        connection.close()


def test_databases_of_one_server_leave_each_others_roles_alone(template: Template) -> None:
    create = "select auth.create_role(gen_random_uuid(), %s)"
    with template.copy_company() as first, template.copy_company() as second:
        admin, other_admin = (company.database.as_person("admin") for company in (first, second))
        own, other = (ask(each, create, role())[0] for each in (admin, other_admin))
        assert own["name"] != other["name"]
        foreign = role(title_zh="另", title_en="Other", roles=[other["name"]])
        assert sqlstate(admin, create, foreign) == "UV102"
        ask(admin, "select auth.remove_role(gen_random_uuid(), %s, 1)", {"id": own["id"]})
        there = "select rolname from pg_roles where rolname = any (%s)"
        assert ask(other_admin, there, [own["name"], other["name"]]) == (other["name"],)
        admin.close()
        other_admin.close()
