"""The services of sales against the real server: what windows read, and what they command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from erp_desktop.services import customers, products, sales, workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotVisible
from erp_desktop.services.products import Situation
from tests.helpers.personas import Company
from tests.helpers.sales import order_document, save, submit
from tests.helpers.supply import stock_up
from tests.helpers.workplace import Workplace

People = Callable[[str], Database]


@pytest.fixture(scope="module")
def company(workplace: Workplace) -> Company:
    """The company's ids; chairs and a few lamps lie in the finished goods store."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=40, LAMP=3)
    return workplace.company


@pytest.fixture(scope="module")
def person(workplace: Workplace, company: Company) -> People:
    """The way to the server of a person who has logged in."""
    return workplace.database


def test_an_order_is_read_with_all_that_its_window_shows(person: People, company: Company) -> None:
    lina = person("lina")
    saved = save(lina, company, [("CHAIR", 4), ("INSTALL", 1)], customer_reference="PO-1", note="送货前电话")
    order = sales.load_order(lina, saved["id"])
    assert (order.number, order.state, order.version) == (saved["number"], "draft", 1)
    assert (order.customer_code, order.customer_name, order.owner_zh) == ("C1", "云山酒店", "lina")
    assert (order.contact, order.phone, order.ship_to) == ("王先生", "15400000000", "试验路2号")
    assert order.net_amount == Decimal("1058.00")
    assert order.gross_amount == order.net_amount + order.tax_amount == Decimal("1195.54")
    chair, install = order.lines
    assert (chair.code, chair.name_zh, chair.qty, chair.unit_price, chair.list_price) == (
        *("CHAIR", "餐椅", Decimal(4)),
        *(Decimal("239.5"), Decimal("239.5")),
    )
    assert chair.stock is not None
    assert (chair.stock.on_hand, chair.stock.available) == (40, 40)
    assert install.stock is None
    assert [entry.action for entry in order.timeline] == ["create"]
    assert order.timeline[0].who_en == "lina"
    assert order.actions == {"save", "submit", "cancel"}
    assert order.is_own_work
    assert not order.may_decide


def test_numbers_of_an_order_are_decimals(person: People, company: Company) -> None:
    saved = save(person("lina"), company, [("CHAIR", 1)])
    order = sales.load_order(person("lina"), saved["id"])
    line = order.lines[0]
    values = (order.net_amount, order.max_discount, line.qty, line.unit_price, line.tax_rate, line.gross_amount)
    assert all(isinstance(value, Decimal) for value in values)


def test_an_order_of_somebody_else_is_not_there(person: People, company: Company) -> None:
    saved = save(person("lina"), company, [("CHAIR", 1)])
    with pytest.raises(NotVisible):
        sales.load_order(person("wangqiang"), saved["id"])
    assert sales.load_order(person("manager"), saved["id"]).number == saved["number"]


def test_a_refusal_names_the_line_by_its_place(person: People, company: Company) -> None:
    document = order_document(company, [("CHAIR", 1), ("LAMP", 1), ("BOARD", 1)])
    with pytest.raises(InvalidInput) as refused:
        sales.save_order(person("lina"), document=document)
    assert (refused.value.code, refused.value.field) == ("UV212", "lines[2].product_id")


def test_an_old_version_is_refused(person: People, company: Company) -> None:
    lina = person("lina")
    saved = save(lina, company, [("CHAIR", 1)])
    document = order_document(company, [("CHAIR", 2)], id=saved["id"])
    sales.save_order(lina, document=document, version=saved["version"])
    with pytest.raises(ChangedMeanwhile):
        sales.save_order(lina, document=document, version=saved["version"])


def test_a_large_order_waits_for_the_manager(person: People, company: Company) -> None:
    lina, manager = person("lina"), person("manager")
    plan = sales.who_must_approve(lina, document=order_document(company, [("DESK", 20)]))
    (level,) = plan.levels
    assert (level.level, level.role, level.people) == (1, "erp_order_approve", ("manager",))
    assert plan.gross_amount == Decimal("28928.00")
    before = sales.count_my_approvals(manager)
    submitted = submit(lina, company, [("DESK", 20)])
    assert submitted["state"] == "submitted"
    assert sales.count_my_approvals(manager) == before + 1
    with pytest.raises(NotAllowed):
        sales.approve_order(lina, order_id=submitted["id"], version=submitted["version"])
    assert sales.load_order(manager, submitted["id"]).may_decide
    approved = sales.approve_order(
        manager, order_id=submitted["id"], version=submitted["version"], level=1, comment="同意"
    )
    assert approved["state"] == "confirmed"
    order = sales.load_order(lina, submitted["id"])
    assert [(each.decision, each.comment, each.who_zh) for each in order.approvals] == [("approved", "同意", "manager")]
    assert {(each.kind, each.state) for each in order.related} == {("work_order", "planned")}


def test_an_order_is_returned_and_cancelled_with_a_reason(person: People, company: Company) -> None:
    lina, manager = person("lina"), person("manager")
    submitted = submit(lina, company, [("DESK", 20)])
    returned = sales.return_order(manager, order_id=submitted["id"], version=submitted["version"], reason="数量请核实")
    assert returned["state"] == "returned"
    assert sales.load_order(lina, submitted["id"]).return_reason == "数量请核实"
    with pytest.raises(InvalidInput) as refused:
        sales.cancel_order(lina, order_id=submitted["id"], version=returned["version"])
    assert refused.value.field == "reason"
    cancelled = sales.cancel_order(lina, order_id=submitted["id"], version=returned["version"], reason="客户取消")
    assert cancelled["state"] == "cancelled"
    assert [entry.note for entry in workflow.timeline(lina, "order", submitted["id"])][-1] == "客户取消"


def test_steps_are_those_of_state_and_rights(person: People) -> None:
    assert workflow.my_steps(person("lina"), "order", "draft") == {"save", "submit", "cancel"}
    assert workflow.my_steps(person("manager"), "order", "submitted") == {
        *("approve", "return", "cancel", "release_hold")
    }
    assert workflow.my_steps(person("finance"), "order", "draft") == frozenset()


def test_an_order_over_the_credit_limit_is_held_and_released(person: People, company: Company) -> None:
    lina, manager = person("lina"), person("manager")
    made = customers.save_customer(lina, document={"name": "小店", "contact": "刘"})
    held = submit(lina, company, [("CHAIR", 1)], customer_id=made["id"])
    assert (held["state"], held["hold_reason"]) == ("submitted", "credit")
    released = sales.release_hold(manager, order_id=held["id"], version=held["version"], comment="已收定金")
    assert released["state"] == "ready"


@pytest.mark.parametrize("text", ["C1", "云山", "yunshan", "ysjd", "Yunshan", "15400000000"])
def test_customers_are_found_by_what_people_type(person: People, text: str) -> None:
    found = customers.search_customers(person("lina"), text, 20)
    assert found[0].code == "C1"
    assert found[0].full_address == "试验路2号"


def test_customers_of_others_are_not_found(person: People) -> None:
    assert customers.search_customers(person("lina"), "dhsd", 20) == []
    assert [each.code for each in customers.search_customers(person("manager"), "dhsd", 20)] == ["C2"]
    assert "C2" not in [each.code for each in customers.search_customers(person("lina"), "", 20)]


def test_a_customer_is_found_by_the_pinyin_of_her_new_name(person: People) -> None:
    lina = person("lina")
    made = customers.save_customer(lina, document={"name": "绿洲酒店", "city": "杭州", "address": "西湖路1号"})
    (found,) = customers.search_customers(lina, "lzjd", 5)
    assert found.id == made["id"]
    assert customers.find_customers(lina, "lvzhou", 5) == [(made["id"], "绿洲酒店", f"{made['code']}  杭州")]
    renamed = {"id": made["id"], "name": "绿源酒店", "city": "杭州", "address": "西湖路1号"}
    customers.save_customer(lina, document=renamed, version=made["version"])
    assert customers.search_customers(lina, "lzjd", 5) == []
    assert customers.load_customer(lina, made["id"]).name == "绿源酒店"


@pytest.mark.parametrize("text", ["CHAIR", "chair", "餐椅", "cy", "canyi"])
def test_products_are_offered_with_price_and_stock(person: People, company: Company, text: str) -> None:
    dealer = Situation(company.id_of("price_list", "DEALER"), company.id_of("warehouse", "SHOP"), dt.date.today())
    retail = Situation(warehouse_id=company.id_of("warehouse", "FIN"))
    chair = products.search_offers(person("lina"), text, 5, retail)[0]
    assert (chair.code, chair.unit_price, chair.tax_rate) == ("CHAIR", Decimal("239.5"), Decimal("0.13"))
    assert chair.on_hand is not None
    assert chair.on_hand >= 30
    assert chair.available == chair.on_hand - (chair.reserved or 0)
    again = products.offers(person("lina"), [chair.id], dealer)[chair.id]
    assert (again.unit_price, again.on_hand, again.available) == (Decimal("191.6"), 0, 0)


def test_only_what_is_sold_is_offered(person: People) -> None:
    offered = products.search_offers(person("lina"), "", 50, Situation())
    assert [each.code for each in offered] == ["CHAIR", "DESK", "INSTALL", "LAMP", "SHELF"]
    assert {each.on_hand for each in offered} == {None}
    assert products.search_offers(person("lina"), "BOARD", 5, Situation()) == []


def test_a_price_counts_from_its_day(person: People, company: Company) -> None:
    long_ago = Situation(on=dt.date(2024, 12, 31))
    chair = company.id_of("product", "CHAIR")
    assert products.offers(person("lina"), [chair], long_ago)[chair].unit_price is None


def test_orders_and_products_are_found_for_going_anywhere(person: People, company: Company) -> None:
    lina = person("lina")
    saved = save(lina, company, [("CHAIR", 1)])
    ((found, number, detail),) = sales.find_orders(lina, saved["number"], 5)
    assert (found, number, detail) == (saved["id"], saved["number"], "云山酒店  270.64")
    assert sales.find_orders(person("chen"), saved["number"], 5) == []
    assert products.find_products(lina, "shuzhuo", 5) == [(company.id_of("product", "DESK"), "书桌 Desk", "DESK")]


def test_the_warehouse_of_a_branch_is_the_one_that_the_server_takes(person: People, company: Company) -> None:
    found = sales.warehouses(person("lina"))
    assert [each.code for each in found] == ["FIN", "SHOP"]
    proposed = sales.warehouse_for(found, company.id_of("branch", "HZ"))
    assert proposed is not None
    without = order_document(company, [("CHAIR", 1)])
    del without["warehouse_id"]
    saved = sales.save_order(person("lina"), document=without)
    assert sales.load_order(person("lina"), saved["id"]).warehouse_id == proposed.id


def test_several_orders_are_submitted_each_for_itself(person: People, company: Company) -> None:
    lina = person("lina")
    fine, other = save(lina, company, [("CHAIR", 1)]), save(lina, company, [("CHAIR", 1)])
    empty = save(lina, company, [])
    outcome = sales.submit_each(lina, [fine["id"], empty["id"], other["id"]])
    assert outcome.done == (fine["number"], other["number"])
    assert [(number, error.code) for number, error in outcome.refused] == [(empty["number"], "UV204")]
    assert sales.submit_each(lina, [fine["id"]]) == sales.Outcome((), ())


def test_several_orders_are_decided_only_as_they_were_seen(person: People, company: Company) -> None:
    lina, manager = person("lina"), person("manager")
    seen = [submit(lina, company, [("DESK", 20)]) for _ in range(3)]
    wanted = [sales.Wanted(each["id"], each["number"], each["version"], 1) for each in seen]
    sales.return_order(manager, order_id=seen[1]["id"], version=seen[1]["version"], reason="请核对")
    outcome = sales.approve_each(manager, wanted[:2])
    assert outcome.done == (seen[0]["number"],)
    assert [(number, error.code) for number, error in outcome.refused] == [(seen[1]["number"], "UC001")]
    assert sales.return_each(manager, wanted[2:], "数量不对").done == (seen[2]["number"],)


def test_a_product_is_shown_with_prices_and_stock(person: People, company: Company) -> None:
    chair = products.load_product(person("lina"), company.id_of("product", "CHAIR"), with_stock=True)
    assert [(each.list_en, each.unit_price, each.is_valid) for each in chair.prices] == [
        ("Retail", Decimal("239.5"), True),
        ("Dealer", Decimal("191.6"), True),
    ]
    assert [each.warehouse_en for each in chair.stock] == ["Finished goods"]
    assert products.load_product(person("finance"), chair.id, with_stock=False).stock == ()
    with pytest.raises(NotVisible):
        products.load_product(person("lina"), 999_999, with_stock=False)


def test_what_can_be_chosen_for_a_customer(person: People, company: Company) -> None:
    choices = customers.customer_choices(person("lina"))
    assert [each.code for each in choices.branches] == ["CD", "HZ"]
    assert "manager" in [each.name_zh for each in choices.owners]
    assert choices.usual_price_list_id == company.id_of("price_list", "RETAIL")


def test_an_order_is_printed_in_both_languages(person: People, company: Company) -> None:
    saved = save(person("lina"), company, [("CHAIR", 2)], note="轻放")
    for language in ("zh_CN", "en"):
        assert sales.order_pdf(person("lina"), saved["id"], language).startswith(b"%PDF")
