"""Entering and changing orders: what is stored, what is refused and where, and who may."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.orders import ENTER, Document, day, document, refused_to_others, repeated, submit
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage

SAVE = "sales.save_order"
TRICKY = [
    "O'Brien; drop table sales.orders; --",
    '100 % "genuine" \\ {oak} %s %(x)s {0}',
    "🪑 餐椅 👨‍👩‍👧‍👦 𠮷野家",
    "كرسي مع ‏علامات‏ اتجاه",
    "a\u0301 combining, zero\u200bwidth, <b>html</b> & &amp;",
    "字" * 2000,
]


def change(stage: Stage, order: Document, **fields: Any) -> Document:
    return stage.call("lina", SAVE, document(stage, id=order["id"], **fields), order["version"])


def test_an_order_is_stored_with_its_totals(stage: Stage) -> None:
    made = stage.call("lina", SAVE, document(stage, ("DESK", 2), ("CHAIR", 3, {"discount_rate": "0.1"})))
    assert made["number"].startswith("SO") and made["state"] == "draft" and made["version"] == 1
    # 2 × 1280 and 3 × 239.50 less 10 %; tax 13 % per line: 332.80 and 84.06 (84.0645)
    assert (made["net_amount"], made["tax_amount"], made["gross_amount"]) == (3206.65, 416.86, 3623.51)
    assert made["max_discount"] == 0.1
    row = stage.row(
        "select o.customer_name, u.login, b.code, w.code, l.code, o.ship_to, o.contact, o.phone, o.channel"
        " from sales.orders o join auth.users u on u.id = o.owner_id join org.branches b on b.id = o.branch_id"
        " join org.warehouses w on w.id = o.warehouse_id join catalog.price_lists l on l.id = o.price_list_id"
        " where o.id = %s",
        made["id"],
    )
    assert row == ("云山酒店", "lina", "HZ", "FIN", "RETAIL", "试验路2号", "王先生", "15400000000", "clerk")


@pytest.mark.parametrize(
    ("price", "qty", "net", "tax"),
    [
        ("0.125", 1, "0.13", "0.02"),
        ("0.0049", 1, "0.00", "0.00"),
        ("0.005", 1, "0.01", "0.00"),
        ("1.115", 5, "5.58", "0.73"),
    ],
)
def test_each_line_is_rounded_half_up(stage: Stage, price: str, qty: int, net: str, tax: str) -> None:
    made = stage.call("lina", SAVE, document(stage, ("CHAIR", qty, {"unit_price": price})))
    assert (Decimal(str(made["net_amount"])), Decimal(str(made["tax_amount"]))) == (Decimal(net), Decimal(tax))


def test_the_price_is_that_of_the_customers_list_on_the_day(stage: Stage) -> None:
    stage.rows(
        "insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)"
        " values (%s, %s, current_date - 5, 199)",
        stage.id_of("price_list", "RETAIL"),
        stage.product("CHAIR"),
    )
    now = stage.call("lina", SAVE, document(stage, ("CHAIR", 1)))
    then = stage.call("lina", SAVE, document(stage, ("CHAIR", 1), ordered_on=day(-6)))
    dealer = stage.call("wangqiang", SAVE, document(stage, ("CHAIR", 1), customer="C2"))
    assert [each["net_amount"] for each in (now, then, dealer)] == [199, 239.5, 191.6]


def test_an_amount_states_the_price(stage: Stage) -> None:
    lines = [("CHAIR", 3, {"amount": "100"}), ("CHAIR", 1000, {"amount": "239500.01"})]
    made = stage.call("lina", SAVE, document(stage, *lines))
    stored = stage.rows(
        "select unit_price, net_amount, net_is_given from sales.order_lines where order_id = %s order by line_no",
        made["id"],
    )
    assert stored == [(Decimal("33.3333"), 100, False), (Decimal("239.5"), Decimal("239500.01"), True)]
    refusal = stage.refusal("lina", SAVE, document(stage, ("CHAIR", 3, {"amount": "100", "unit_price": "33"})))
    assert (refusal.code, refusal.field, refusal.params["amount"]) == ("UV218", "lines[0].amount", 99)


def test_a_changed_order_keeps_the_lines_it_still_names(stage: Stage) -> None:
    made = stage.call("lina", SAVE, document(stage, ("DESK", 1), ("CHAIR", 2), ("LAMP", 3)))
    ids = stage.rows("select id from sales.order_lines where order_id = %s order by line_no", made["id"])
    lines = [
        {"line_no": 10, "product_id": stage.product("SHELF"), "qty": 4},
        {"line_no": 30, "product_id": stage.product("LAMP"), "qty": 1},
        {"line_no": 40, "product_id": stage.product("INSTALL"), "qty": 1},
    ]
    changed = change(stage, made, lines=lines)
    after = stage.rows(
        "select l.id, p.code, l.qty from sales.order_lines l join catalog.products p on p.id = l.product_id"
        " where l.order_id = %s order by l.line_no",
        made["id"],
    )
    assert after[:2] == [(ids[0][0], "SHELF", 4), (ids[2][0], "LAMP", 1)] and after[2][1] == "INSTALL"
    assert (changed["version"], changed["net_amount"]) == (2, 4 * 460 + 128 + 100)


REFUSED_HEADERS: list[tuple[dict[str, Any], str, str]] = [
    ({"customer_id": None}, "UV001", "customer_id"),
    ({"customer_id": "nobody"}, "UV001", "customer_id"),
    ({"customer_id": 987654321}, "UN001", "customer_id"),
    ({"ordered_on": "0000-01-01"}, "UV006", "ordered_on"),
    ({"ordered_on": "2026-02-30"}, "UV006", "ordered_on"),
    ({"ordered_on": "yesterday"}, "UV006", "ordered_on"),
    ({"ordered_on": "0001-01-01"}, "UV004", "ordered_on"),
    ({"ordered_on": "9999-12-31"}, "UV004", "ordered_on"),
    ({"ordered_on": day(2)}, "UV004", "ordered_on"),
    ({"promised_on": ""}, "UV001", "promised_on"),
    ({"promised_on": "9999-12-31"}, "UV004", "promised_on"),
    ({"promised_on": "10000-01-01"}, "UV006", "promised_on"),
    ({"promised_on": day(-1)}, "UV202", "promised_on"),
    ({"warehouse_id": 987654321}, "UV207", "warehouse_id"),
    ({"customer_reference": "x" * 81}, "UV005", "customer_reference"),
    ({"ship_to": "x" * 401}, "UV005", "ship_to"),
    ({"contact": "x" * 81}, "UV005", "contact"),
    ({"phone": "1" * 41}, "UV005", "phone"),
    ({"note": "字" * 10_000}, "UV005", "note"),
    ({"channel": "import"}, "UV208", "channel"),
    ({"lines": "many"}, "UV003", "lines"),
]


@pytest.mark.parametrize(("fields", "code", "field"), REFUSED_HEADERS)
def test_a_header_that_can_not_be(stage: Stage, fields: dict[str, Any], code: str, field: str) -> None:
    refusal = stage.refusal("lina", SAVE, document(stage) | fields)
    assert (refusal.code, refusal.field) == (code, field)


REFUSED_LINES: list[tuple[dict[str, Any], str, str]] = [
    ({"line_no": 0}, "UV210", "line_no"),
    ({"line_no": "first"}, "UV210", "line_no"),
    ({"line_no": 10}, "UV210", "line_no"),
    ({"product_id": 987654321}, "UV211", "product_id"),
    ({"product_id": None}, "UV211", "product_id"),
    ({"product_id": None, "product": {"code": "BOARD"}}, "UV212", "product_id"),
    ({"qty": None}, "UV213", "qty"),
    ({"qty": "a few"}, "UV213", "qty"),
    ({"qty": "0"}, "UV213", "qty"),
    ({"qty": "-3"}, "UV213", "qty"),
    ({"qty": "1000001"}, "UV213", "qty"),
    ({"qty": "9" * 16}, "UV213", "qty"),
    ({"qty": "9" * 10_000}, "UV213", "qty"),
    ({"qty": "NaN"}, "UV213", "qty"),
    ({"qty": "1.5"}, "UV214", "qty"),
    ({"unit_price": "-1"}, "UV216", "unit_price"),
    ({"unit_price": "free"}, "UV216", "unit_price"),
    ({"unit_price": "1000000000"}, "UV216", "unit_price"),
    ({"unit_price": "999999999", "qty": "1000000"}, "UV219", "unit_price"),
    ({"discount_rate": "1.01"}, "UV217", "discount_rate"),
    ({"discount_rate": "-0.1"}, "UV217", "discount_rate"),
    ({"discount_rate": "half"}, "UV217", "discount_rate"),
    ({"amount": "-1"}, "UV218", "amount"),
    ({"amount": "much"}, "UV218", "amount"),
    ({"description": "x" * 401}, "UV221", "description"),
]


@pytest.mark.parametrize(("fields", "code", "field"), REFUSED_LINES)
def test_a_line_that_can_not_be(stage: Stage, fields: dict[str, Any], code: str, field: str) -> None:
    refusal = stage.refusal("lina", SAVE, document(stage, ("DESK", 1), ("CHAIR", 1, fields)))
    place = 0 if fields.get("line_no") == 10 else 1
    assert (refusal.code, refusal.field) == (code, f"lines[{place}].{field}")


def test_a_product_without_a_list_price_needs_one(stage: Stage) -> None:
    stage.rows("delete from catalog.prices where product_id = %s", stage.product("LAMP"))
    assert stage.refusal("lina", SAVE, document(stage, ("LAMP", 1))).code == "UV215"
    made = stage.call("lina", SAVE, document(stage, ("LAMP", 1, {"unit_price": "99"})))
    assert (made["net_amount"], made["max_discount"]) == (99, 1)


def test_too_many_lines_and_too_much_money(stage: Stage) -> None:
    lines = [("LAMP", 1)] * 1001
    refusal = stage.refusal("lina", SAVE, document(stage, *lines))
    assert (refusal.code, refusal.params) == ("UV205", {"count": 1001, "max": 1000})
    dear = ("LAMP", 10, {"unit_price": "999999999"})
    assert stage.refusal("lina", SAVE, document(stage, *[dear] * 10)).code == "UV222"
    assert stage.call("lina", SAVE, document(stage, *lines[:1000]))["net_amount"] == 128_000


@pytest.mark.parametrize("text", TRICKY)
def test_any_text_comes_back_as_it_was_typed(stage: Stage, text: str) -> None:
    made = stage.call("lina", SAVE, document(stage, ("CHAIR", 1, {"description": text[:400]}), note=text))
    read = stage.value("select sales.read_order(%s)", made["id"], login="lina")
    assert (read["note"], read["lines"][0]["description"]) == (text, text[:400])


def test_what_nobody_can_see_is_left_out_of_texts(stage: Stage) -> None:
    hidden = "\u202e\u2060\ufeff\u2066\x07\u00ad\U000e0041"
    typed = document(
        stage,
        ship_to=f"{hidden}湖滨路\u202e8号{hidden} ",
        contact=f"\u202aWu\u202c{hidden}",
        phone=hidden,
        note=f"一\n二\t👩\u200d🔧\u2028三{hidden}",
        customer_reference=f"PO\u2069-1{hidden}",
    )
    typed["lines"][0]["description"] = f"{hidden}轻\u202d放"
    made = stage.call("lina", SAVE, typed)
    assert stage.row(
        "select o.ship_to, o.contact, o.phone, o.note, o.customer_reference, l.description"
        " from sales.orders o join sales.order_lines l on l.order_id = o.id where o.id = %s",
        made["id"],
    ) == ("湖滨路8号", "Wu", "", "一\n二\t👩\u200d🔧 三", "PO-1", "轻放")


def test_one_reference_of_a_customer_names_one_order_of_a_day(stage: Stage) -> None:
    first = stage.call("lina", SAVE, document(stage, customer_reference="PO-1"))
    refusal = stage.refusal("lina", SAVE, document(stage, customer_reference="PO-1"))
    assert (refusal.code, refusal.params["number"]) == ("UV206", first["number"])
    stage.call("lina", SAVE, document(stage, customer_reference="PO-1", ordered_on=day(-1)))
    change(stage, first, customer_reference="PO-1")
    stage.call("lina", "sales.cancel_order", {"id": first["id"]}, 2)
    stage.call("lina", SAVE, document(stage, customer_reference="PO-1"))


def test_an_inactive_customer_gets_no_order(stage: Stage) -> None:
    stage.rows("update crm.customers set is_active = false where code = 'C1'")
    assert stage.refusal("lina", SAVE, document(stage)).code == "UV201"


def test_who_enters_no_orders_is_refused(stage: Stage) -> None:
    refused_to_others(stage, SAVE, document(stage), ENTER, None)


def test_another_clerks_order_and_customer_are_not_there(stage: Stage) -> None:
    made = stage.call("lina", SAVE, document(stage))
    for login, customer in (("wangqiang", "C2"), ("chen", "C3"), ("cdmanager", "C3")):
        refusal = stage.refusal(login, SAVE, document(stage, customer=customer, id=made["id"]), 1)
        assert (refusal.code, refusal.params["id"]) == ("UN001", made["id"]), login
        assert stage.refusal(login, SAVE, document(stage)).code == "UN001", login
    assert stage.refusal("lina", SAVE, document(stage, customer="C2", id=made["id"]), 1).code == "UN001"


def test_the_manager_changes_orders_of_the_branch_and_the_owner_stays(stage: Stage) -> None:
    made = stage.call("lina", SAVE, document(stage))
    stage.call("manager", SAVE, document(stage, ("DESK", 1), id=made["id"]), 1)
    assert stage.value("select owner_id from sales.orders where id = %s", made["id"]) == stage.id_of("user", "lina")


def test_a_submitted_order_is_not_changed(stage: Stage) -> None:
    made = submit(stage, ("DESK", 20))
    refusal = stage.refusal("lina", SAVE, document(stage, id=made["id"]), made["version"])
    assert (refusal.code, refusal.params["state"]) == ("US001", "submitted")
    confirmed = submit(stage, ("CHAIR", 1))
    refusal = stage.refusal("lina", SAVE, document(stage, id=confirmed["id"]), confirmed["version"])
    assert refusal.code == "US001"


def test_an_old_version_is_refused_with_the_name_of_who_was_faster(stage: Stage) -> None:
    made = stage.call("lina", SAVE, document(stage))
    stage.call("manager", SAVE, document(stage, id=made["id"]), 1)
    refusal = stage.refusal("lina", SAVE, document(stage, id=made["id"]), 1)
    assert (refusal.code, refusal.params["by"]) == ("UC001", "manager")
    assert stage.refusal("lina", SAVE, document(stage, id=made["id"])).code == "UC001"


def test_a_repeated_request_enters_one_order(stage: Stage) -> None:
    request, order = uuid4(), document(stage, customer_reference="once")
    made = repeated(lambda: stage.call("lina", SAVE, order, None, request))
    assert stage.value("select count(*) from sales.orders") == 1
    again = uuid4()
    repeated(lambda: stage.call("lina", SAVE, order | {"id": made["id"]}, 1, again))
    assert stage.value("select version from sales.orders") == 2
    statement = "select sales.save_order(%s, '{}', null)"
    assert stage.refused(statement, str(request), login="lina").code == "UV002"
    assert stage.refused(statement, None, login="lina").code == "UV001"


@pytest.mark.parametrize("login", LOGINS)
def test_nobody_writes_orders_by_plain_sql(stage: Stage, login: str) -> None:
    stage.call("lina", SAVE, document(stage))
    for statement in (
        "update sales.orders set state = 'confirmed'",
        "update sales.order_lines set unit_price = 0",
        "delete from sales.orders",
        "insert into workflow.approvals (document_type) values ('order')",
        "update workflow.approvals set decision = 'approved'",
    ):
        assert stage.refused(statement, login=login).code == "42501", statement
