"""Files of orders: the dry run tells everything and writes nothing, the batch is all or nothing and can be undone."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.orders import Document, day, repeated
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage

IMPORT, UNDO = "sales.import_orders", "sales.undo_import"
IMPORTERS = ("lina", "wangqiang", "chen", "manager", "cdmanager")
NEW = {"code": "N-1", "name": "新客户", "city": "宁波", "phone": "0574"}
SOFA = {"code": "SOFA", "name": "沙发", "category": "软体"}


def line(code: str = "CHAIR", qty: object = 2, **fields: Any) -> Document:
    return {"product": {"code": code}, "qty": qty} | fields


def order(reference: str = "", *lines: Document, customer: str = "C1", **fields: Any) -> Document:
    head = {"customer": {"code": customer}, "customer_reference": reference, "ordered_on": day(-1)}
    return head | {"lines": list(lines) or [line()]} | fields


def batch(*orders: Document, sha: str = "a" * 64, **options: Any) -> Document:
    return {
        "file_name": "订单.xlsx",
        "file_sha256": sha,
        "orders": list(orders),
        "options": {"promise_days": 15} | options,
    }


def check(stage: Stage, document: Document, login: str = "lina") -> Document:
    result: Document = stage.value("select sales.check_import(%s::jsonb)", json.dumps(document), login=login)
    return result


def complaints(stage: Stage, document: Document, login: str = "lina") -> list[tuple[Any, ...]]:
    found = check(stage, document, login)["complaints"]
    return [(each["order"], each["line"], each["field"], each["code"], each["is_error"]) for each in found]


def nothing_is_written(stage: Stage) -> bool:
    tables = ("sales.orders", "sales.order_lines", "sales.imports", "meta.requests")
    counts = [stage.value(f"select count(*) from {table}") for table in tables]
    return counts == [0, 0, 0, 0]


def test_a_batch_becomes_drafts_of_whoever_imports_it(stage: Stage) -> None:
    lines = (line(qty=2), line("DESK", 1, unit_price="1200", discount_rate="0.1"))
    document = batch(order("A-1", *lines), order("A-2", line("LAMP", 3, amount="333.33")))
    checked = check(stage, document)
    assert (checked["orders"], checked["lines"], checked["errors"], checked["complaints"]) == (2, 3, 0, [])
    made = stage.call("lina", IMPORT, document)
    assert (made["orders"], made["lines"], made["created"]) == (2, 3, {"customers": 0, "products": 0})
    net = Decimal("479") + Decimal("1080") + Decimal("333.33")
    assert checked["net_amount"] == float(net)
    stored = stage.rows(
        "select o.customer_reference, u.login, o.state, o.channel, o.version, o.import_id, o.net_amount, o.max_discount"
        " from sales.orders o join auth.users u on u.id = o.owner_id order by o.id"
    )
    assert stored == [
        ("A-1", "lina", "draft", "import", 1, made["id"], Decimal("1559"), Decimal("0.1563")),
        ("A-2", "lina", "draft", "import", 1, made["id"], Decimal("333.33"), Decimal("0.1320")),
    ]
    total = stage.row("select sum(gross_amount), sum(net_amount) from sales.orders")
    assert total == (Decimal(str(made["gross_amount"])), net)
    assert round(checked["net_amount"] + checked["tax_amount"], 2) == made["gross_amount"]
    assert stage.rows("select action, note from workflow.events") == [("import", "订单.xlsx")] * 2


def test_imported_orders_go_on_like_any_other(stage: Stage) -> None:
    stage.call("lina", IMPORT, batch(order("A-1")))
    number, version = stage.row("select id, version from sales.orders")
    assert stage.call("lina", "sales.submit_order", {"id": number}, version)["state"] == "confirmed"


def test_what_the_file_leaves_out_comes_from_the_customer(stage: Stage) -> None:
    bare = {"customer": {"name": "云山酒店"}, "lines": [{"product": {"name": "餐椅"}, "qty": 1}]}
    stage.call("lina", IMPORT, batch(bare, promise_days=7))
    row = stage.row(
        "select ship_to, contact, ordered_on = current_date, promised_on - ordered_on, net_amount from sales.orders"
    )
    assert row == ("试验路2号", "王先生", True, 7, Decimal("239.50"))


CHANGES: list[tuple[Document, tuple[Any, ...]]] = [
    (order("x", customer="NONE"), (0, None, "customer_id", "UV701", True)),
    (order("x", customer="C2"), (0, None, "customer_id", "UV711", True)),
    (order("x", customer=""), (0, None, "customer_id", "UV001", True)),
    (order("x", line("NONE")), (0, 0, "product_id", "UV702", True)),
    (order("x", line(""), line()), (0, 0, "product_id", "UV702", True)),
    (order("x", line(), line("BOARD")), (0, 1, "product_id", "UV212", True)),
    (order("x", line(qty="-1")), (0, 0, "qty", "UV213", True)),
    (order("x", line(qty="9" * 40)), (0, 0, "qty", "UV213", True)),
    (order("x", line(qty="1.5")), (0, 0, "qty", "UV214", True)),
    (order("x", line(unit_price="a lot")), (0, 0, "unit_price", "UV216", True)),
    (order("x", line(amount="a lot")), (0, 0, "amount", "UV218", True)),
    (order("x", line(discount_rate="7")), (0, 0, "discount_rate", "UV217", True)),
    (order("x", line(description="字" * 10_000)), (0, 0, "description", "UV221", True)),
    (order("x", ordered_on="11月21日晚上"), (0, None, "ordered_on", "UV006", True)),
    (order("x", ordered_on="0000-00-00"), (0, None, "ordered_on", "UV006", True)),
    (order("x", ordered_on="9999-12-31"), (0, None, "ordered_on", "UV004", True)),
    (order("x", promised_on=day(-2)), (0, None, "promised_on", "UV202", True)),
    (order("x" * 81), (0, None, "customer_reference", "UV005", True)),
    (order("x", lines=[]), (0, None, "lines", "UV204", True)),
    (order("x", lines="none"), (0, None, "lines", "UV204", True)),
    (order("x", *[line()] * 1001), (0, None, "lines", "UV205", True)),
    (order("x", line(unit_price="4.69")), (0, 0, "unit_price", "UV703", False)),
    (order("x", line(qty=10_000)), (0, None, "customer_id", "UV710", False)),
]


@pytest.mark.parametrize(("bad", "expected"), CHANGES)
def test_the_dry_run_names_what_is_wrong_and_writes_nothing(
    stage: Stage, bad: Document, expected: tuple[Any, ...]
) -> None:
    document = batch(bad)
    assert complaints(stage, document) == [expected] and nothing_is_written(stage)
    *_, code, is_error = expected
    if is_error:
        assert stage.refusal("lina", IMPORT, document).code == code
        assert nothing_is_written(stage)
    else:
        assert stage.call("lina", IMPORT, document)["orders"] == 1


def test_one_bad_order_keeps_the_whole_file_out(stage: Stage) -> None:
    document = batch(order("A-1"), order("A-2", line(), line(qty=0)), order("A-3", customer="NONE"))
    refusal = stage.refusal("lina", IMPORT, document)
    assert (refusal.code, refusal.field) == ("UV213", "orders[1].lines[1].qty") and nothing_is_written(stage)
    assert [each[:2] for each in complaints(stage, document)] == [(1, 1), (2, None)]


def test_every_complaint_is_told_errors_first(stage: Stage) -> None:
    document = batch(order("A-1", line(unit_price="1")), order("A-2", line(qty=0, unit_price="x"), customer="NONE"))
    assert complaints(stage, document) == [
        (1, None, "customer_id", "UV701", True),
        (1, 0, "qty", "UV213", True),
        (1, 0, "unit_price", "UV216", True),
        (0, 0, "unit_price", "UV703", False),
    ]
    checked = check(stage, document)
    assert (checked["errors"], checked["warnings"]) == (3, 1)


def test_a_complaint_says_what_the_file_holds(stage: Stage) -> None:
    found = check(stage, batch(order("A-1", ordered_on="2026-02-30"), order("A-2", customer="C9")))["complaints"]
    assert [(each["code"], each["params"]["value"]) for each in found] == [("UV006", "2026-02-30"), ("UV701", "C9")]


def test_the_tolerance_of_prices_is_an_option(stage: Stage) -> None:
    dear = order("A-1", line(unit_price="300"))
    assert complaints(stage, batch(dear))[0][3] == "UV703"
    assert complaints(stage, batch(dear, price_tolerance="0.3")) == []


def test_a_reference_stands_once_a_day(stage: Stage) -> None:
    twice = batch(order("A-1"), order("A-1"), order("A-1", ordered_on=day(-3)))
    assert complaints(stage, twice) == [(1, None, "customer_reference", "UV704", True)]
    first = stage.call("lina", IMPORT, batch(order("A-1")))
    assert first["orders"] == 1
    again = batch(order("A-1"), order("A-2"), sha="b" * 64)
    assert complaints(stage, again) == [(0, None, "customer_reference", "UV705", True)]
    params = check(stage, again)["complaints"][0]["params"]
    assert params["number"] == stage.value("select number from sales.orders")


def test_the_same_file_is_refused_and_names_the_batch(stage: Stage) -> None:
    document = batch(order("A-1"))
    made = stage.call("lina", IMPORT, document)
    for login, customer in (("lina", "C1"), ("wangqiang", "C2")):
        refusal = stage.refusal(login, IMPORT, batch(order("B-1", customer=customer)))
        assert (refusal.code, refusal.params["file"], refusal.params["by"]) == ("UV707", "订单.xlsx", "lina")
    assert check(stage, document)["imported_as"]["by"] == "lina"
    stage.call("lina", UNDO, {"id": made["id"]})
    assert check(stage, document)["imported_as"] is None
    assert stage.call("lina", IMPORT, document)["id"] != made["id"]


def test_unknown_customers_are_entered_as_ones_own(stage: Stage) -> None:
    document = batch(order("A-1", customer="") | {"customer": NEW}, order("A-2") | {"customer": {"name": "路人甲"}})
    assert [each[3] for each in complaints(stage, document)] == ["UV701", "UV701"]
    assert check(stage, document)["new_customers"] == [
        {"key": "N-1", "name": "新客户", "orders": 1},
        {"key": "路人甲", "name": "路人甲", "orders": 1},
    ]
    document["options"]["create_customers"] = True
    assert complaints(stage, document) == [] and nothing_is_written(stage)
    assert stage.call("lina", IMPORT, document)["created"] == {"customers": 2, "products": 0}
    rows = stage.rows(
        "select c.code, c.name, c.city, u.login, b.code, c.credit_limit from crm.customers c"
        " join auth.users u on u.id = c.owner_id join org.branches b on b.id = c.branch_id"
        " where c.name in ('新客户', '路人甲') order by c.id"
    )
    assert sorted(rows)[1] == ("N-1", "新客户", "宁波", "lina", "HZ", 0) and rows[1][0].startswith("CU")
    assert stage.value("select count(*) from sales.orders o join crm.customers c on c.id = o.customer_id") == 2


def test_unknown_products_are_entered_by_who_may(stage: Stage) -> None:
    sofa = order("A-1", {"product": SOFA, "qty": 2, "amount": "5000"})
    document = batch(sofa, create_products=True)
    for login in ("lina", "wangqiang", "chen"):
        assert stage.refusal(login, IMPORT, document).params["role"] == "erp_product_enter"
        assert stage.refused("select sales.check_import(%s)", json.dumps(document), login=login).code == "UA001"
    assert check(stage, document, "manager")["new_products"] == [{"key": "SOFA", "name": "沙发", "lines": 1}]
    assert complaints(stage, document, "manager") == [] and nothing_is_written(stage)
    assert stage.call("manager", IMPORT, document)["created"] == {"customers": 0, "products": 1}
    row = stage.row(
        "select p.name_zh, c.name_zh, p.is_sold, l.unit_price, l.list_price from catalog.products p"
        " join catalog.categories c on c.id = p.category_id join sales.order_lines l on l.product_id = p.id"
        " where p.code = 'SOFA'"
    )
    assert row == ("沙发", "软体", True, 2500, None)


OBSTACLES: list[tuple[Document, str]] = [
    (order("x") | {"customer": {"code": "Z", "name": "字" * 201}}, "UV005"),
    (order("x") | {"customer": {"code": "Z" * 41, "name": "长编码"}}, "UV715"),
    (order("x") | {"customer": {"code": "C3", "name": "锦江"}}, "UV711"),
    (order("x") | {"customer": {"name": "双胞胎"}}, "UV714"),
    (order("x") | {"customer": "云山酒店"}, "UV001"),
    (order("x", line("", product={"code": "P", "name": "字" * 201})), "UV005"),
    (order("x", line("", product={"code": "P" * 41, "name": "长编码"})), "UV715"),
    (order("x", line("", product={"name": "双胞胎"})), "UV714"),
    (order("x", line("", product={"code": " "})), "UV702"),
    (order("x", line("", product_id="987654321")), "UV702"),
]


@pytest.mark.parametrize(("bad", "code"), OBSTACLES)
def test_what_can_not_be_entered_is_told_before(stage: Stage, bad: Document, code: str) -> None:
    stage.rows(
        "insert into crm.customers (code, name, branch_id, owner_id, price_list_id)"
        " select x.code, '双胞胎', c.branch_id, c.owner_id, c.price_list_id"
        " from crm.customers c cross join (values ('T1'), ('T2')) x (code) where c.code = 'C1'"
    )
    stage.rows(
        "insert into catalog.products (code, name_zh, category_id, kind, supply, unit_id, is_sold)"
        " select x.code, '双胞胎', p.category_id, p.kind, p.supply, p.unit_id, true"
        " from catalog.products p cross join (values ('T1'), ('T2')) x (code) where p.code = 'CHAIR'"
    )
    document = batch(bad, create_customers=True, create_products=True)
    assert [each[3] for each in complaints(stage, document, "manager")] == [code]
    assert stage.refusal("manager", IMPORT, document).code == code
    assert nothing_is_written(stage)


def test_a_batch_that_is_too_large_is_refused(stage: Stage) -> None:
    dear = line("LAMP", 1000, unit_price="9000000")
    document = batch(*[order(f"A-{number}", *[dear] * 9) for number in range(11)], price_tolerance=1e9)
    assert complaints(stage, document) == [
        (10, None, "lines", "UV713", True),
        (0, None, "customer_id", "UV710", False),
    ]
    assert stage.refusal("lina", IMPORT, document).code == "UV713"
    document["orders"][0]["lines"].append(dear)
    assert complaints(stage, document)[0][3] == "UV222"
    many = batch(*[order(f"A-{number}", *[line()] * 1000) for number in range(51)])
    refusal = stage.refusal("lina", IMPORT, many)
    assert (refusal.code, refusal.params) == ("UV716", {"count": 51_000, "max": 50_000})


@pytest.mark.parametrize("document", [{}, {"orders": []}, {"orders": {}}, {"orders": "x"}])
def test_a_document_without_orders_is_refused(stage: Stage, document: Document) -> None:
    assert stage.refusal("lina", IMPORT, document | {"file_name": "x", "file_sha256": "y"}).code == "UV708"
    assert check(stage, document)["orders"] == 0


@pytest.mark.parametrize("orders", [[1, None, "x", []], [{}], [{"lines": [1, None, "x"]}]])
def test_nonsense_gets_complaints(stage: Stage, orders: list[Any]) -> None:
    document = batch() | {"orders": orders}
    assert check(stage, document)["errors"] >= len(orders)
    assert stage.refusal("lina", IMPORT, document).code == "UV001"


def test_the_file_needs_its_name_and_hash(stage: Stage) -> None:
    for field in ("file_name", "file_sha256"):
        refusal = stage.refusal("lina", IMPORT, batch(order("A-1")) | {field: ""})
        assert (refusal.code, refusal.field) == ("UV001", field)


def test_who_works_for_several_branches_names_one(stage: Stage) -> None:
    stage.rows(
        "insert into auth.user_branches (user_id, branch_id) values (%s, %s)",
        stage.id_of("user", "lina"),
        stage.id_of("branch", "CD"),
    )
    document = batch(order("A-1"))
    assert stage.refusal("lina", IMPORT, document).code == "UV709"
    assert stage.refused("select sales.check_import(%s)", json.dumps(document), login="lina").code == "UV709"
    assert stage.call("lina", IMPORT, document | {"branch_id": stage.id_of("branch", "HZ")})["orders"] == 1
    stranger = batch(order("A-2", customer="C2"), sha="b" * 64) | {"branch_id": stage.id_of("branch", "CD")}
    assert stage.refusal("wangqiang", IMPORT, stranger).code == "UV709"


@pytest.mark.parametrize("login", LOGINS)
def test_who_imports_nothing_is_refused(stage: Stage, login: str) -> None:
    document = batch(order("A-1"))
    if login not in IMPORTERS:
        assert stage.refusal(login, IMPORT, document).code == "42501"
        assert stage.refused("select sales.check_import(%s)", json.dumps(document), login=login).code == "42501"
        assert stage.refusal(login, UNDO, {"id": 1}).code == "42501"


def test_a_repeated_request_imports_once(stage: Stage) -> None:
    document, request = batch(order("A-1"), order("A-2")), uuid4()
    made = repeated(lambda: stage.call("lina", IMPORT, document, None, request))
    assert stage.value("select count(*) from sales.orders") == 2
    request = uuid4()
    repeated(lambda: stage.call("lina", UNDO, {"id": made["id"]}, None, request))
    assert stage.value("select count(*) from sales.orders") == 0


def test_an_undone_batch_leaves_its_row_and_nothing_else(stage: Stage) -> None:
    other = stage.call("lina", IMPORT, batch(order("B-1"), sha="b" * 64))
    made = stage.call("lina", IMPORT, batch(order("A-1"), order("A-2")))
    assert stage.call("lina", UNDO, {"id": made["id"]}) == {"id": made["id"], "orders": 2}
    assert stage.rows("select distinct import_id from sales.orders") == [(other["id"],)]
    rows = stage.rows("select id, undone_at is not null from sales.import_list order by id", login="lina")
    assert rows == [(other["id"], False), (made["id"], True)]
    refusal = stage.refusal("lina", UNDO, {"id": made["id"]})
    assert (refusal.code, refusal.params["file"]) == ("US702", "订单.xlsx")


def test_a_batch_that_was_worked_on_stays(stage: Stage) -> None:
    made = stage.call("lina", IMPORT, batch(order("A-1"), order("A-2")))
    number, name = stage.row("select id, number from sales.orders where customer_reference = 'A-2'")
    stage.call("lina", "sales.cancel_order", {"id": number}, 1)
    refusal = stage.refusal("lina", UNDO, {"id": made["id"]})
    assert (refusal.code, refusal.params["number"]) == ("US701", name)
    assert stage.value("select count(*) from sales.orders") == 2


SEES = {"lina": 1, "wangqiang": 0, "chen": 0, "manager": 1, "cdmanager": 0, "executive": 1, "finance": 1}


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_and_undoes_a_batch(stage: Stage, login: str) -> None:
    made = stage.call("lina", IMPORT, batch(order("A-1")))
    if login not in SEES:
        assert stage.refused("select id from sales.import_list", login=login).code == "42501"
        return
    assert len(stage.rows("select id from sales.import_list", login=login)) == SEES[login]
    if login in IMPORTERS and not SEES[login]:
        assert stage.refusal(login, UNDO, {"id": made["id"]}).code == "UN001"
    elif login in IMPORTERS:
        assert stage.call(login, UNDO, {"id": made["id"]})["orders"] == 1
