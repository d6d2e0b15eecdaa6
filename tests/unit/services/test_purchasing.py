"""Purchase requests and purchase orders, read and commanded by the buyer's own login."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest

from erp_desktop.services import purchasing
from erp_desktop.services.errors import InvalidInput, NotAllowed, NotVisible, WrongState
from erp_desktop.services.purchasing import LineChange, PurchaseOrder
from tests.helpers.supply import confirm, receive, stock_up
from tests.helpers.workplace import Workplace
from tests.unit.services.printing.reading import words_of


@pytest.fixture
def chairs(workplace: Workplace) -> PurchaseOrder:
    """A draft for three chairs that a customer waits for."""
    with workplace.happens() as stage:
        order = confirm(stage, [("CHAIR", 3)])
        ids = stage.rows(
            "select r.id from purchasing.requests r join sales.order_lines l on l.id = r.order_line_id"
            " where l.order_id = %s",
            order,
        )
    buyer = workplace.database("buyer")
    (made,) = purchasing.create_orders(buyer, request_ids=[row[0] for row in ids])["orders"]
    return purchasing.load_order(buyer, made["id"])


def test_requests_become_an_order_that_names_who_waits(workplace: Workplace, chairs: PurchaseOrder) -> None:
    assert (chairs.state, chairs.version, chairs.supplier.code) == ("draft", 1, "S2")
    assert (chairs.supplier.name_zh, chairs.supplier.name_en) == ("优椅家具", "Good Chairs")
    assert chairs.supplier.payment_days == 30
    (line,) = chairs.lines
    assert (line.code, line.qty, line.requested_qty, line.received_qty) == ("CHAIR", 3, 3, 0)
    assert (chairs.net_amount, chairs.gross_amount) == (Decimal("239.70"), Decimal("270.86"))
    (request,) = chairs.requests
    assert (request.state, request.customer_name, request.work_order_number) == ("ordered", "云山酒店", None)
    assert chairs.actions == {"save", "send", "cancel"}
    assert [entry.action for entry in chairs.timeline] == ["create"]
    assert purchasing.load_order(workplace.database("finance"), chairs.id).actions == frozenset()


def test_what_is_not_there_or_not_for_everybody(workplace: Workplace, chairs: PurchaseOrder) -> None:
    with pytest.raises(NotVisible):
        purchasing.load_order(workplace.database("buyer"), 987654321)
    with pytest.raises(NotAllowed):
        purchasing.load_order(workplace.database("keeper"), chairs.id)
    with pytest.raises(NotAllowed):
        purchasing.send_order(workplace.database("finance"), order_id=chairs.id, version=1)


def test_a_draft_is_saved_sent_and_cancelled(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer = workplace.database("buyer")
    expected = chairs.ordered_on + dt.timedelta(days=3)

    def save(qty: str) -> dict[str, object]:
        change = LineChange(chairs.lines[0].id, Decimal(qty), Decimal("78.5"))
        return purchasing.save_order(
            buyer, order_id=chairs.id, version=1, expected_on=expected, note="急", lines=[change]
        )

    with pytest.raises(InvalidInput) as refusal:
        save("2")
    assert (refusal.value.code, refusal.value.field) == ("UV402", "lines[0].qty")
    assert save("4")["version"] == 2
    order = purchasing.load_order(buyer, chairs.id)
    assert (order.expected_on, order.note, order.lines[0].qty, order.net_amount) == (expected, "急", 4, 314)
    assert purchasing.send_order(buyer, order_id=chairs.id, version=2)["state"] == "sent"
    with pytest.raises(WrongState):
        purchasing.send_order(buyer, order_id=chairs.id, version=3)
    assert purchasing.cancel_order(buyer, order_id=chairs.id, version=3, reason="错")["state"] == "cancelled"
    assert purchasing.load_order(buyer, chairs.id).requests == ()


def test_what_came_shows_on_the_order(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer = workplace.database("buyer")
    sent = purchasing.send_order(buyer, order_id=chairs.id, version=1)
    with workplace.happens() as stage:
        receive(stage, sent, CHAIR=2)
    order = purchasing.load_order(buyer, chairs.id)
    assert (order.state, order.lines[0].received_qty, order.actions) == ("partly_received", 2, {"reschedule"})
    assert [entry.action for entry in order.timeline] == ["create", "send", "receive"]


def test_open_requests_are_counted(workplace: Workplace) -> None:
    buyer = workplace.database("buyer")
    before = purchasing.count_open_requests(buyer)
    with workplace.happens() as stage:
        confirm(stage, [("CHAIR", 1), ("LAMP", 1)])
    assert purchasing.count_open_requests(buyer) == before + 2


def test_purchase_orders_are_found(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer = workplace.database("buyer")
    ((found, title, detail),) = purchasing.find_orders(buyer, chairs.number, 5)
    assert (found, title, detail[:4]) == (chairs.id, chairs.number, "优椅家具")
    assert purchasing.find_orders(buyer, "yyjj", 1)[0][0] == chairs.id


def test_a_purchase_order_is_printed_in_both_languages(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer = workplace.database("buyer")
    chinese = words_of(purchasing.purchase_order_pdf(buyer, chairs.id, "zh_CN"))
    for word in ("采购单", "优椅家具", "餐椅", "月结30天", "贰佰柒拾元捌角陆分", chairs.number):
        assert word in chinese
    english = words_of(purchasing.purchase_order_pdf(buyer, chairs.id, "en"))
    for word in ("GoodChairs", "Chair", "30daysnet", "270.86"):
        assert word in english


def test_who_offered_a_product_is_found_first(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer = workplace.database("buyer")
    sourcing = purchasing.load_sourcing(buyer, chairs.requests[0].id)
    assert (sourcing.code, sourcing.name_en, sourcing.unit_en) == ("CHAIR", "Chair", "piece")
    assert sourcing.preferred is not None
    assert (sourcing.preferred.code, sourcing.preferred.unit_price) == ("S2", Decimal("79.9"))
    with workplace.happens() as stage:
        lamp, chair = stage.product("LAMP"), stage.product("CHAIR")

    def found(text: str, product_id: int) -> list[tuple[str, Decimal | None]]:
        return [(each.code, each.unit_price) for each in purchasing.search_sources(buyer, text, product_id, 20)]

    assert found("", chair) == [("S2", Decimal("79.9")), ("S1", Decimal("82"))]
    assert found("stmy", chair) == [("S1", Decimal("82"))]
    assert found("chairs", lamp) == [("S2", None)]
    assert found("%", chair) == []
    with pytest.raises(NotVisible):
        purchasing.load_sourcing(buyer, 987654321)
    with pytest.raises(NotAllowed):
        purchasing.search_sources(workplace.database("keeper"), "", chair, 20)


def test_several_requests_are_cancelled_once(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        confirm(stage, [("LAMP", 1)], promised_in=1)
        confirm(stage, [("LAMP", 1)], promised_in=40)
        ids = [row[0] for row in stage.rows("select id from purchasing.requests order by id desc limit 2")]
        stock_up(stage, "FIN", LAMP=1)
        stage.rows("select stock.allocate(%s, %s)", stage.product("LAMP"), stage.warehouse("FIN"))
    buyer, request_id = workplace.database("buyer"), uuid4()
    for _ in range(2):
        outcome = purchasing.cancel_requests(buyer, ids=ids, reason="仓库有货", request_id=request_id)
        assert len(outcome.done) == 1
        assert [error.code for _number, error in outcome.refused] == ["US401"]


def test_the_day_of_a_sent_order_moves(workplace: Workplace, chairs: PurchaseOrder) -> None:
    buyer, day = workplace.database("buyer"), chairs.expected_on + dt.timedelta(days=4)
    purchasing.send_order(buyer, order_id=chairs.id, version=1)
    assert purchasing.load_order(buyer, chairs.id).actions == {"cancel", "reschedule"}
    purchasing.reschedule_order(buyer, order_id=chairs.id, version=2, expected_on=day, reason="缺料")
    moved = purchasing.load_order(buyer, chairs.id)
    assert (moved.expected_on, moved.timeline[-1].details["expected_on"]) == (day, day.isoformat())
    with pytest.raises(InvalidInput) as refusal:
        purchasing.reschedule_order(buyer, order_id=chairs.id, version=3, expected_on=day, reason="缺料")
    assert (refusal.value.code, refusal.value.field) == ("UV404", "expected_on")
