"""Entering and changing customers, who may, and who sees and finds which."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.orders import ENTER, Document, refused_to_others, repeated
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import draft

SAVE = "crm.save_customer"
SEES = {
    "lina": {"C1"},
    "wangqiang": {"C2"},
    "chen": {"C3"},
    "manager": {"C1", "C2"},
    "cdmanager": {"C3"},
    "executive": {"C1", "C2", "C3"},
    "finance": {"C1", "C2", "C3"},
    "service": {"C1", "C2", "C3"},
}


def customer(**fields: Any) -> Document:
    return {"name": "海风民宿", "pinyin": "haifengminsu", "initials": "hfms"} | fields


def stored(stage: Stage, made: Document, *columns: str) -> tuple[Any, ...]:
    return stage.row(f"select {', '.join(columns)} from crm.customers where id = %s", made["id"])


def test_a_clerk_enters_a_customer_of_her_own(stage: Stage) -> None:
    made = stage.call("lina", SAVE, customer(phone="13900000000", address="海滨路1号"))
    assert made["code"].startswith("CU") and made["version"] == 1
    assert stored(stage, made, "owner_id", "branch_id", "credit_limit", "payment_days", "currency", "kind") == (
        stage.id_of("user", "lina"),
        stage.id_of("branch", "HZ"),
        0,
        0,
        "CNY",
        "company",
    )
    changed = stage.call("lina", SAVE, customer(id=made["id"], code="SEA", payment_days=30), 1)
    assert changed == {"id": made["id"], "code": "SEA", "version": 2}
    assert stored(stage, made, "phone", "payment_days", "created_by") == ("", 30, stage.id_of("user", "lina"))


def test_what_nobody_can_see_is_left_out_of_texts(stage: Stage) -> None:
    made = stage.call("lina", SAVE, customer(name="\u202e海风\u2060民宿\ufeff", phone="\u202a13900000000\u202c"))
    assert stored(stage, made, "name", "phone") == ("海风民宿", "13900000000")
    refusal = stage.refusal("lina", SAVE, customer(name="\u2060\u202e"))
    assert (refusal.code, refusal.field) == ("UV001", "name")


REFUSED: list[tuple[Document, str, str]] = [
    ({"name": ""}, "UV001", "name"),
    ({"name": "  "}, "UV001", "name"),
    ({"name": "字" * 201}, "UV005", "name"),
    ({"name": {"zh": "x"}}, "UV003", "name"),
    ({"code": "x" * 41}, "UV005", "code"),
    ({"code": "C2"}, "UV235", "code"),
    ({"phone": "1" * 41}, "UV005", "phone"),
    ({"kind": "friend"}, "UV231", "kind"),
    ({"branch_id": 987654321}, "UV232", "branch_id"),
    ({"owner_id": "somebody"}, "UV003", "owner_id"),
    ({"price_list_id": 987654321}, "UV234", "price_list_id"),
    ({"payment_days": "366"}, "UV004", "payment_days"),
    ({"payment_days": "-1"}, "UV004", "payment_days"),
    ({"credit_limit": "9999999999999"}, "UV004", "credit_limit"),
    ({"credit_limit": "-1"}, "UV004", "credit_limit"),
]


@pytest.mark.parametrize(("fields", "code", "field"), REFUSED)
def test_a_customer_that_can_not_be(stage: Stage, fields: Document, code: str, field: str) -> None:
    refusal = stage.refusal("lina", SAVE, customer(**fields))
    assert (refusal.code, refusal.field) == (code, field)


@pytest.mark.parametrize("text", ["O'Brien & Söhne %s", "مطعم البحر", "🪑🪑", '<b>"x"</b>\\'])
def test_any_name_comes_back_as_it_was_typed(stage: Stage, text: str) -> None:
    assert stored(stage, stage.call("lina", SAVE, customer(name=text)), "name") == (text,)


def test_only_who_releases_orders_grants_credit(stage: Stage) -> None:
    refusal = stage.refusal("lina", SAVE, customer(credit_limit="1"))
    assert (refusal.code, refusal.params["role"]) == ("UA001", "erp_order_release")
    made = stage.call("manager", SAVE, customer(credit_limit="5000"))
    assert stored(stage, made, "credit_limit") == (5000,)
    assert stage.call("manager", SAVE, customer(id=made["id"], credit_limit="5000.004"), 1)["version"] == 2


def test_only_who_releases_orders_grants_another_price_list(stage: Stage) -> None:
    dealer = stage.id_of("price_list", "DEALER")
    refusal = stage.refusal("lina", SAVE, customer(price_list_id=dealer))
    assert (refusal.code, refusal.params["role"]) == ("UA001", "erp_order_release")
    made = stage.call("manager", SAVE, customer(price_list_id=dealer))
    assert stored(stage, made, "price_list_id") == (dealer,)
    own = stage.call("lina", SAVE, customer(name="新客户"))
    assert stage.refusal("lina", SAVE, customer(id=own["id"], price_list_id=dealer), 1).code == "UA001"


def test_only_managers_hand_customers_on(stage: Stage) -> None:
    other = stage.id_of("user", "wangqiang")
    assert stage.refusal("lina", SAVE, customer(owner_id=other)).code == "UA001"
    assert stored(stage, stage.call("manager", SAVE, customer(owner_id=other)), "owner_id") == (other,)
    stage.rows("update auth.users set is_active = false where login = 'wangqiang'")
    assert stage.refusal("manager", SAVE, customer(owner_id=other)).code == "UV233"


def test_a_customer_stays_in_the_branches_of_who_enters_it(stage: Stage) -> None:
    abroad = stage.id_of("branch", "CD")
    for login in ("lina", "manager"):
        assert stage.refusal(login, SAVE, customer(branch_id=abroad)).code == "UV232", login


def test_who_works_for_no_or_several_branches_names_one(stage: Stage) -> None:
    stage.rows("delete from auth.user_branches where user_id = %s", stage.id_of("user", "lina"))
    assert stage.refusal("lina", SAVE, customer()).params == {"field": "branch_id"}


def test_who_enters_no_customers_is_refused(stage: Stage) -> None:
    refused_to_others(stage, SAVE, customer(), ENTER, None)


def test_another_clerks_customer_is_not_there(stage: Stage) -> None:
    made = customer(id=stage.id_of("customer", "C1"))
    for login in ("wangqiang", "chen", "cdmanager"):
        assert stage.refusal(login, SAVE, made, 1).code == "UN001", login
    assert stage.call("manager", SAVE, made, 1)["version"] == 2


def test_an_old_version_is_refused(stage: Stage) -> None:
    made = customer(id=stage.id_of("customer", "C1"))
    stage.call("lina", SAVE, made, 1)
    for version in (1, 3, None):
        assert stage.refusal("lina", SAVE, made, version).code == "UC001"


def test_a_repeated_request_enters_one_customer(stage: Stage) -> None:
    request = uuid4()
    repeated(lambda: stage.call("lina", SAVE, customer(), None, request))
    assert stage.value("select count(*) from crm.customers where name = '海风民宿'") == 1


def test_an_order_keeps_the_name_it_was_saved_with(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    stage.call("lina", SAVE, customer(id=stage.id_of("customer", "C1"), name="新名字"), 1)
    assert stage.value("select customer_name from sales.orders where id = %s", order["id"]) == "云山酒店"


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_and_finds_which_customers(stage: Stage, login: str) -> None:
    found = "select c.code from crm.search_customers(%s, 10) s (id) join crm.customers c on c.id = s.id"
    if login not in SEES:
        for statement in ("select code from crm.customers", "select code from crm.customer_list"):
            assert stage.refused(statement, login=login).code == "42501", statement
        assert stage.refused("select crm.search_customers('C', 10)", login=login).code == "42501"
        assert stage.rows("select id from workflow.events where document_type = 'customer'", login=login) == []
        return
    for statement in ("select code from crm.customers", "select code from crm.customer_list"):
        assert {code for (code,) in stage.rows(statement, login=login)} == SEES[login], statement
    for code, texts in {"C1": ("云山", "ysjd", "yunshan", "YUNSHAN hotel", "山酒"), "C2": ("东湖", "dhsd")}.items():
        for text in texts:
            rows = stage.rows(found, text, login=login)
            assert rows == ([(code,)] if code in SEES[login] else []), text
    assert len(stage.rows(found, "15400000000", login=login)) == len(SEES[login])


@pytest.mark.parametrize("login", LOGINS)
def test_nobody_writes_customers_by_plain_sql(stage: Stage, login: str) -> None:
    for statement in ("update crm.customers set credit_limit = 1e9", "delete from crm.customers"):
        assert stage.refused(statement, login=login).code == "42501", statement


def test_the_timeline_of_a_customer_follows_the_customer(stage: Stage) -> None:
    made = stage.call("lina", SAVE, customer())
    read = "select action from workflow.timeline where document_type = 'customer' and document_id = %s"
    for login in ("lina", "manager", "executive"):
        assert stage.rows(read, made["id"], login=login) == [("create",)], login
    for login in ("wangqiang", "cdmanager", "keeper"):
        assert stage.rows(read, made["id"], login=login) == [], login
