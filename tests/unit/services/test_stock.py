"""Stock, delivery notes and goods receipts, read, printed and commanded by the people's own logins."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from erp_desktop.services import receipts, stock
from erp_desktop.services.errors import (
    ChangedMeanwhile,
    InvalidInput,
    KnownError,
    NotAllowed,
    NotVisible,
    Shortage,
    WrongState,
)
from erp_desktop.services.printing.data import Language
from erp_desktop.services.stock import Shipment
from tests.helpers.supply import buy, confirm, stock_up
from tests.helpers.workplace import Workplace
from tests.unit.services.printing.reading import codes_of, words_of

PROMISES = itertools.count(300, -1)


@pytest.fixture
def order_id(workplace: Workplace) -> int:
    """An order of two chairs, one of which is there, with an installation; promised before all the others."""
    days = next(PROMISES)
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=1)
        lines = [("CHAIR", 2.0), ("INSTALL", 1.0)]
        return confirm(stage, lines, promised_in=days, customer_reference=f"PO {days}")


@pytest.fixture
def shipment(workplace: Workplace, order_id: int) -> Shipment:
    """The delivery note of what is ready of that order."""
    keeper = workplace.database("keeper")
    return stock.load_shipment(keeper, stock.create_shipment(keeper, order_id=order_id, note="轻放")["id"])


def balance_of(workplace: Workplace, code: str) -> int:
    """The id of a balance in FIN."""
    rows = workplace.company.database.rows(
        "select b.id from stock.balances b where b.product_id = %s and b.warehouse_id = %s",
        workplace.company.id_of("product", code),
        workplace.company.id_of("warehouse", "FIN"),
    )
    return int(rows[0][0])


def test_a_balance_comes_with_what_it_is_made_of(workplace: Workplace, order_id: int) -> None:
    card = stock.load_card(workplace.database("keeper"), balance_of(workplace, "CHAIR"))
    assert card.balance.code == "CHAIR"
    assert card.balance.available == card.balance.on_hand - card.balance.reserved
    reserved = [part for part in card.parts if part.kind == "reserved"]
    assert sum(part.qty for part in reserved) == card.balance.reserved
    assert order_id in {part.document_id for part in reserved}
    assert card.moves[0].kind == "opening" and card.moves[0].qty == 1
    with pytest.raises(NotVisible):
        stock.load_card(workplace.database("shopkeeper"), card.balance.id)
    with pytest.raises(NotAllowed):
        stock.load_card(workplace.database("finance"), card.balance.id)


def test_readiness_tells_ready_from_waiting(workplace: Workplace, order_id: int) -> None:
    keeper = workplace.database("keeper")
    chair, service = stock.readiness(keeper, order_id)
    assert (chair.code, chair.qty, chair.ready_qty, chair.waiting_qty, chair.picking_qty) == ("CHAIR", 2, 1, 1, 0)
    assert (service.ready_qty, service.waiting_qty) == (1, 0)
    before = stock.count_ready(keeper)
    made = stock.create_shipments(keeper, order_ids=[order_id, order_id])
    assert len(made.ids) == 1 and made.numbers[0].startswith("DN")
    assert [error.code for error in made.refusals] == ["US302"]
    assert stock.count_ready(keeper) == before - 1
    assert stock.readiness(keeper, order_id)[0].picking_qty == 1


def test_a_delivery_note_goes_its_way(workplace: Workplace, shipment: Shipment) -> None:
    keeper = workplace.database("keeper")
    assert (shipment.state, shipment.note, shipment.customer_name) == ("picking", "轻放", "云山酒店")
    assert shipment.actions == {"pick", "ship", "cancel"}
    chair, service = shipment.lines
    assert (chair.code, chair.qty, chair.picked_qty, chair.order_line_no) == ("CHAIR", 1, 0, 10)
    with pytest.raises(WrongState):
        stock.ship_shipment(keeper, shipment_id=shipment.id, version=shipment.version)
    with pytest.raises(InvalidInput) as refused:
        stock.pick_shipment(
            keeper,
            shipment_id=shipment.id,
            version=shipment.version,
            picked={service.id: Decimal(1), chair.id: Decimal(2)},
        )
    assert (refused.value.code, refused.value.field) == ("UV302", "lines[1].picked_qty")
    picked = {chair.id: Decimal(1), service.id: Decimal(1)}
    step = stock.pick_shipment(keeper, shipment_id=shipment.id, version=shipment.version, picked=picked)
    with pytest.raises(ChangedMeanwhile):
        stock.ship_shipment(keeper, shipment_id=shipment.id, version=shipment.version)
    step = stock.ship_shipment(
        keeper, shipment_id=shipment.id, version=step["version"], carrier="德邦", vehicle="浙A·12345"
    )
    step = stock.depart_shipment(keeper, shipment_id=shipment.id, version=step["version"])
    stock.deliver_shipment(keeper, shipment_id=shipment.id, version=step["version"], received_by="王先生")
    read = stock.load_shipment(keeper, shipment.id)
    assert (read.state, read.carrier, read.vehicle, read.received_by) == ("delivered", "德邦", "浙A·12345", "王先生")
    assert [entry.action for entry in read.timeline] == ["create", "pick", "ship", "depart", "deliver"]
    assert read.actions == frozenset()


def test_a_cancelled_delivery_note_leaves_its_goods_ready(workplace: Workplace, shipment: Shipment) -> None:
    keeper = workplace.database("keeper")
    stock.cancel_shipment(keeper, shipment_id=shipment.id, version=shipment.version, reason="错单")
    assert stock.load_shipment(keeper, shipment.id).state == "cancelled"
    assert stock.readiness(keeper, shipment.order_id)[0].ready_qty == 1


@pytest.mark.parametrize(("language", "product"), [("zh_CN", "餐椅"), ("en", "Chair")])
def test_a_delivery_note_is_printed_without_prices(
    workplace: Workplace, shipment: Shipment, language: Language, product: str
) -> None:
    note = stock.delivery_note_data(workplace.database("keeper"), shipment.id, language)
    assert (note.with_prices, note.number, note.order_number) == (False, shipment.number, shipment.order_number)
    assert note.customer_order_number.startswith("PO ")
    assert (note.lines[0].product_name, note.lines[0].qty, note.lines[0].unit_price) == (product, 1, None)
    assert note.issue.printed_by == "keeper"
    pdf = stock.delivery_note_pdf(workplace.database("keeper"), shipment.id, language)
    words = words_of(pdf)
    assert product in words and "云山酒店" in words and "轻放" in words
    assert "239.5" not in words.replace(shipment.number, "").replace(shipment.order_number, "")  # the price of a chair
    assert codes_of(pdf)["CODE-128"] == shipment.number


def test_once_it_has_left_only_what_was_picked_is_printed(workplace: Workplace, shipment: Shipment) -> None:
    keeper = workplace.database("keeper")
    chair, service = shipment.lines
    picked = {chair.id: Decimal(1), service.id: Decimal(0)}
    step = stock.pick_shipment(keeper, shipment_id=shipment.id, version=shipment.version, picked=picked)
    stock.ship_shipment(keeper, shipment_id=shipment.id, version=step["version"])
    note = stock.delivery_note_data(keeper, shipment.id, "en")
    assert [line.product_code for line in note.lines] == ["CHAIR"]


def test_finders_find_what_the_person_sees(workplace: Workplace, shipment: Shipment) -> None:
    keeper, other = workplace.database("keeper"), workplace.database("shopkeeper")
    (hit,) = stock.find_shipments(keeper, shipment.number, 10)
    assert hit == (shipment.id, shipment.number, f"云山酒店  {shipment.order_number}")
    assert stock.find_shipments(other, shipment.number, 10) == []
    titles = [title for _id, title, _detail in stock.find_balances(keeper, "canyi", 10)]
    assert titles == ["餐椅 Chair"]
    assert stock.find_balances(other, "canyi", 10) == []


def test_a_count_is_booked_against_the_books_that_were_seen(workplace: Workplace, order_id: int) -> None:
    keeper = workplace.database("keeper")
    card = stock.load_balance(keeper, balance_of(workplace, "CHAIR"))

    def count(counted: Decimal, book_qty: Decimal) -> dict[str, object]:
        return stock.adjust_stock(
            keeper,
            product_id=card.product_id,
            warehouse_id=card.warehouse_id,
            counted_qty=counted,
            book_qty=book_qty,
            reason="盘点",
        )

    with pytest.raises(ChangedMeanwhile) as moved:
        count(card.on_hand + 1, card.on_hand + 5)
    assert (moved.value.code, moved.value.field) == ("UC301", "counted_qty")
    with pytest.raises(Shortage) as short:
        count(Decimal(0), card.on_hand)
    assert short.value.code == "UQ303"
    assert count(card.on_hand + 1, card.on_hand)["difference"] == 1
    with pytest.raises(KnownError):
        count(card.on_hand + 1, card.on_hand)


def test_goods_are_received_and_who_waits_gets_them(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        waiting = confirm(stage, [("CHAIR", 3)], promised_in=next(PROMISES))
        purchase = buy(stage)[-1]
    keeper = workplace.database("keeper")
    expected = receipts.load_expected(keeper, purchase["id"])
    assert (expected.state, expected.supplier_en, expected.actions) == ("sent", "Good Chairs", {"receive"})
    (line,) = expected.lines
    with pytest.raises(Shortage) as refused:
        receipts.receive_order(
            keeper, purchase_order_id=expected.id, version=expected.version, received={line.id: line.open_qty + 1}
        )
    assert (refused.value.code, refused.value.field) == ("UQ401", "lines[0].qty")
    done = receipts.receive_order(
        keeper,
        purchase_order_id=expected.id,
        version=expected.version,
        received={line.id: line.open_qty},
        supplier_note="送 8812",
    )
    read = receipts.load_expected(keeper, expected.id)
    assert (read.state, read.lines[0].open_qty, read.actions) == ("received", 0, frozenset())
    assert [(each.number, each.supplier_note) for each in read.receipts] == [(done["receipt_number"], "送 8812")]
    assert stock.readiness(keeper, waiting)[0].ready_qty == 3
    with pytest.raises(NotVisible):
        receipts.load_expected(workplace.database("shopkeeper"), expected.id)
