"""Who sees products, prices and costs, and how products are found."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage

SEE_PRICES = ("lina", "wangqiang", "chen", "manager", "cdmanager", "executive", "finance")
SEE_COSTS = ("executive", "finance")
SEE_NO_PRODUCTS = ("admin", "stranger")


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_products_prices_and_costs(stage: Stage, login: str) -> None:
    for statement, allowed in {
        "select count(*) from catalog.products": login not in SEE_NO_PRODUCTS,
        "select count(*) from catalog.prices": login in SEE_PRICES,
        "select count(*) from catalog.product_list": login in SEE_PRICES,
        "select count(*) from catalog.product_costs": login in SEE_COSTS,
    }.items():
        if allowed:
            assert stage.value(statement, login=login) > 0, statement
        else:
            assert stage.refused(statement, login=login).code == "42501", statement
    assert stage.value("select count(*) from catalog.categories", login=login) == 1


@pytest.mark.parametrize("login", LOGINS)
def test_nobody_writes_the_catalogue_by_plain_sql(stage: Stage, login: str) -> None:
    for statement in (
        "update catalog.products set name_zh = 'x'",
        "update catalog.prices set unit_price = 0",
        "delete from catalog.product_costs",
        "insert into catalog.price_lists (code, name_zh, name_en) values ('X', 'x', 'x')",
    ):
        assert stage.refused(statement, login=login).code == "42501", statement


def test_the_list_shows_the_usual_price_of_today(stage: Stage) -> None:
    price = "select unit_price from catalog.product_list where code = 'CHAIR'"
    assert stage.value(price, login="lina") == Decimal("239.5")
    for days, amount in ((0, 250), (1, 260)):
        stage.rows(
            "insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)"
            " values (%s, %s, current_date + %s, %s)",
            stage.id_of("price_list", "RETAIL"),
            stage.product("CHAIR"),
            days,
            amount,
        )
    assert stage.value(price, login="lina") == 250
    stage.rows("update meta.settings set value = '\"DEALER\"' where name = 'default_price_list'")
    assert stage.value(price, login="lina") == Decimal("191.6")
    stage.rows("delete from catalog.prices where product_id = %s", stage.product("CHAIR"))
    assert stage.value(price, login="lina") is None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("DESK", {"DESK"}),
        ("desk", {"DESK"}),
        ("书", {"DESK", "SHELF"}),
        ("书桌", {"DESK"}),
        ("shu", {"DESK", "SHELF"}),
        ("sz", {"DESK"}),
        ("ct", {"DRAWER"}),
        ("chair 餐", {"CHAIR"}),
        ("ｄｅｓｋ", {"DESK"}),
        ("nothing", set()),
        ("", set()),
        ("%", set()),
        ("'", set()),
    ],
)
def test_products_are_found_by_code_names_and_pinyin(stage: Stage, text: str, codes: set[str]) -> None:
    found = "select p.code from catalog.search_products(%s, 10) s (id) join catalog.products p on p.id = s.id"
    assert {code for (code,) in stage.rows(found, text, login="lina")} == codes


def test_who_sees_no_products_finds_none(stage: Stage) -> None:
    for login in SEE_NO_PRODUCTS:
        assert stage.refused("select catalog.search_products('DESK', 10)", login=login).code == "42501", login
