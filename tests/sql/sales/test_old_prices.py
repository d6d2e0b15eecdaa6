"""Orders of another day: priced by the list of that day, measured by that of the day of submission, too."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.helpers.orders import Document, approve, day, decisions, document
from tests.helpers.stage import Stage

SAVE, SUBMIT, ASK = "sales.save_order", "sales.submit_order", "select sales.who_must_approve(%s::jsonb)"


def new_price(stage: Stage, price: str, offset: int, code: str = "CHAIR", price_list: str = "RETAIL") -> None:
    """A price in a list, so many days from today; chairs cost 239.50 and dealers 191.60 since 2025."""
    stage.rows(
        "insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)"
        " values (%s, %s, current_date + %s::int, %s)",
        stage.id_of("price_list", price_list),
        stage.product(code),
        offset,
        price,
    )


def save(stage: Stage, *lines: tuple[Any, ...], login: str = "lina", **fields: Any) -> Document:
    return stage.call(login, SAVE, document(stage, *lines or [("CHAIR", 2)], **fields))


def submit(stage: Stage, order: Document, login: str = "lina") -> Document:
    return stage.call(login, SUBMIT, {"id": order["id"]}, order["version"])


def asked(stage: Stage, order: Document, login: str = "lina") -> Document:
    plan: Document = stage.value(ASK, f'{{"id": {order["id"]}}}', login=login)
    return plan


def levels(stage: Stage, order: Document) -> list[int]:
    return [level for version, level, _ in decisions(stage, order) if version == order["version"]]


def prices(stage: Stage, order: Document) -> list[tuple[Any, ...]]:
    rows = stage.rows(
        "select unit_price, list_price, current_price from sales.order_lines where order_id = %s order by line_no",
        order["id"],
    )
    return [tuple(None if price is None else float(price) for price in row) for row in rows]


def read(stage: Stage, order: Document, login: str) -> Any:
    return stage.value("select sales.order_surroundings(%s) -> 'comparison'", order["id"], login=login)


def test_an_old_lower_price_is_kept_and_shows_as_a_discount(stage: Stage) -> None:
    new_price(stage, "300", -5)
    order = save(stage, ordered_on=day(-6))
    assert (order["net_amount"], order["max_discount"]) == (479, 0.2017)
    assert prices(stage, order) == [(239.5, 239.5, 300)]
    compared = {"priced_on": day(-6), "compared_on": day(), "net_amount": 479.0, "current_amount": 600.0}
    typed = document(stage, ("CHAIR", 2), ordered_on=day(-6))
    for plan in (asked(stage, order), stage.value(ASK, json.dumps(typed), login="lina")):
        assert [level["level"] for level in plan["levels"]] == [1, 2]
        assert (plan["max_discount"], plan["comparison"]) == (0.2017, compared)
    order = submit(stage, order)
    assert (order["state"], order["net_amount"], levels(stage, order)) == ("submitted", 479, [1, 2])
    assert read(stage, order, "manager") == compared == read(stage, order, "executive")
    order = approve(stage, order)
    order = approve(stage, order, "executive")
    assert order["state"] == "confirmed" and read(stage, order, "lina") == compared


def test_an_order_of_today_compares_nothing(stage: Stage) -> None:
    new_price(stage, "300", -5)
    order = save(stage)
    assert (order["max_discount"], prices(stage, order)) == (0, [(300, 300, None)])
    assert asked(stage, order)["comparison"] is None
    order = submit(stage, order)
    assert (order["state"], read(stage, order, "lina")) == ("confirmed", None)


def test_an_old_day_with_todays_price_needs_nobody(stage: Stage) -> None:
    order = save(stage, ordered_on=day(-6))
    assert (order["max_discount"], prices(stage, order)) == (0, [(239.5, 239.5, None)])
    assert submit(stage, order)["state"] == "confirmed"


def test_an_old_higher_price_is_no_discount_but_is_told(stage: Stage) -> None:
    new_price(stage, "200", -5)
    order = save(stage, ordered_on=day(-6))
    assert order["max_discount"] == 0
    order = submit(stage, order)
    assert (order["state"], order["max_discount"]) == ("confirmed", 0)
    assert read(stage, order, "lina")["current_amount"] == 400


def test_the_greater_of_both_discounts_counts(stage: Stage) -> None:
    new_price(stage, "250", -5)
    order = save(stage, ("CHAIR", 1, {"discount_rate": "0.1"}), ("LAMP", 1), ordered_on=day(-6))
    assert order["max_discount"] == 0.1378  # 215.55 of 250
    new_price(stage, "100", -4)
    order = submit(stage, order)
    assert (order["max_discount"], levels(stage, order)) == (0.1, [1])
    assert read(stage, order, "lina")["current_amount"] == 218  # 90 and the lamp's 128


def test_a_draft_that_waited_is_measured_on_the_day_of_its_submission(stage: Stage) -> None:
    order = save(stage, ordered_on=day(-1))
    assert order["max_discount"] == 0
    new_price(stage, "255", 0)
    assert asked(stage, order)["max_discount"] == 0.0608
    order = submit(stage, order)
    assert (order["state"], levels(stage, order)) == ("submitted", [1])
    assert prices(stage, order) == [(239.5, 239.5, 255)]
    new_price(stage, "500", 0, price_list="DEALER")
    assert asked(stage, order)["comparison"]["current_amount"] == 510  # as measured, whatever comes later


def test_a_corrected_order_is_measured_anew(stage: Stage) -> None:
    new_price(stage, "300", -5)
    order = submit(stage, save(stage, ordered_on=day(-6)))
    order = stage.call("manager", "sales.return_order", {"id": order["id"], "reason": "价格"}, order["version"])
    assert read(stage, order, "lina") is None and asked(stage, order)["comparison"] is not None
    order = stage.call("lina", SAVE, document(stage, ("CHAIR", 2), id=order["id"]), order["version"])
    assert (order["net_amount"], order["max_discount"], prices(stage, order)) == (600, 0, [(300, 300, None)])
    assert submit(stage, order)["state"] == "confirmed"


def test_tomorrows_lower_price_is_a_discount_today(stage: Stage) -> None:
    new_price(stage, "180", 1)
    order = save(stage, ordered_on=day(1))
    assert (order["net_amount"], order["max_discount"]) == (360, 0.2484)
    order = submit(stage, order)
    assert (order["state"], levels(stage, order)) == ("submitted", [1, 2])


def test_a_product_that_is_first_sold_tomorrow_has_nothing_to_compare(stage: Stage) -> None:
    stage.rows("delete from catalog.prices where product_id = %s", stage.product("CHAIR"))
    new_price(stage, "180", 1)
    order = save(stage, ordered_on=day(1))
    assert (order["max_discount"], prices(stage, order)) == (0, [(180, 180, None)])
    assert submit(stage, order)["state"] == "confirmed"


def test_a_product_first_sold_after_the_orders_day_stays_wholly_discounted(stage: Stage) -> None:
    stage.rows("update catalog.prices set valid_from = current_date - 5 where product_id = %s", stage.product("CHAIR"))
    refusal = stage.refusal("lina", SAVE, document(stage, ("CHAIR", 1), ordered_on=day(-6)))
    assert refusal.code == "UV215"
    order = save(stage, ("CHAIR", 1, {"unit_price": "239.5"}), ordered_on=day(-6))
    assert (order["max_discount"], prices(stage, order)) == (1, [(239.5, None, 239.5)])


def test_a_customer_moved_to_a_dearer_list_pays_it_or_is_approved(stage: Stage) -> None:
    order = save(stage, login="wangqiang", customer="C2")
    assert (order["net_amount"], order["max_discount"]) == (383.2, 0)
    stage.rows("update crm.customers set price_list_id = %s where code = 'C2'", stage.id_of("price_list", "RETAIL"))
    assert asked(stage, order, "wangqiang")["max_discount"] == 0.2
    order = submit(stage, order, "wangqiang")
    assert (order["state"], levels(stage, order)) == ("submitted", [1, 2])


def test_a_manager_does_not_approve_the_old_price_that_she_took(stage: Stage) -> None:
    new_price(stage, "255", -5)
    order = submit(stage, save(stage, login="manager", ordered_on=day(-6)), "manager")
    assert (order["state"], levels(stage, order)) == ("submitted", [1])
    refusal = stage.refusal("manager", "sales.approve_order", {"id": order["id"]}, order["version"])
    assert refusal.code == "UA201"


@pytest.mark.parametrize("login", ["keeper", "planner", "buyer", "stranger", "admin"])
def test_who_sees_no_prices_sees_none_of_today(stage: Stage, login: str) -> None:
    new_price(stage, "300", -5)
    order = submit(stage, save(stage, ordered_on=day(-6)))
    assert stage.refused("select current_price from sales.order_lines", login=login).code == "42501"
    assert stage.refused("select sales.order_surroundings(%s)", order["id"], login=login).code == "42501"
    assert stage.refused(ASK, f'{{"id": {order["id"]}}}', login=login).code == "42501"


def test_an_imported_history_keeps_its_prices_and_shows_what_they_are_today(stage: Stage) -> None:
    new_price(stage, "300", -5)
    lines = [{"product": {"code": "CHAIR"}, "qty": 2}, {"product": {"code": "LAMP"}, "qty": 1}]
    orders = [
        {"customer": {"code": "C1"}, "customer_reference": ref, "ordered_on": on, "promised_on": day(9), "lines": lines}
        for ref, on in (("old", day(-30)), ("new", day()))
    ]
    stage.call("lina", "sales.import_orders", {"file_name": "x.xlsx", "file_sha256": "a", "orders": orders})
    assert stage.rows(
        "select o.customer_reference, o.net_amount, o.max_discount, l.current_price from sales.orders o"
        " join sales.order_lines l on l.order_id = o.id and l.line_no = 1 order by 1 desc"
    ) == [("old", 607, Decimal("0.2017"), 300), ("new", 728, 0, None)]
