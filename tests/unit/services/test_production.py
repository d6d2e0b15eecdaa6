"""Work orders and the shop floor, read and commanded by the people's own logins."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from erp_desktop.services import production
from erp_desktop.services.errors import ChangedMeanwhile, NotAllowed, NotVisible, Shortage
from tests.helpers.supply import confirm, release, stock_up, work_orders
from tests.helpers.workplace import Workplace
from tests.unit.services.printing.reading import words_of

DRAWERS_MISSING = """
select sum(m.missing_qty) from production.material_list m join production.work_orders w on w.id = m.work_order_id
where m.code = 'DRAWER' and w.state = 'planned'
"""


@pytest.fixture
def desk(workplace: Workplace) -> tuple[int, int]:
    """The planned work orders of two desks and of their drawers; board and screws are there."""
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=20, SCREW=200)
        (desk, *_), (drawer, *_) = work_orders(stage, confirm(stage, [("DESK", 2)]))
    return desk, drawer


def test_a_work_order_is_read_with_all_around_it(workplace: Workplace, desk: tuple[int, int]) -> None:
    order = production.load_work_order(workplace.database("planner"), desk[0])
    assert (order.code, order.state, order.qty, order.version) == ("DESK", "planned", 2, 1)
    assert order.customer_name == "云山酒店"
    assert order.actions == {"release", "cancel"}
    assert [(each.step_no, each.work_centre_en, each.open_qty) for each in order.operations] == [
        (10, "Panel saw", 2),
        (20, "Assembly bench", 0),
    ]
    missing = {each.code: each.missing_qty for each in order.materials}
    assert missing == {"BOARD": 0, "DRAWER": 4, "SCREW": 0}
    drawers = next(each for each in order.materials if each.code == "DRAWER")
    assert (drawers.available_qty, drawers.in_production_qty) == (0, 4)
    assert [(each.kind, each.state) for each in order.linked] == [("order", "confirmed"), ("work_order", "planned")]
    assert [entry.action for entry in order.timeline] == ["create"]
    executive = production.load_work_order(workplace.database("executive"), desk[0])
    assert executive.actions == frozenset()


def test_what_is_not_there_or_not_for_everybody(workplace: Workplace, desk: tuple[int, int]) -> None:
    with pytest.raises(NotVisible):
        production.load_work_order(workplace.database("planner"), 987654321)
    with pytest.raises(NotAllowed):
        production.load_work_order(workplace.database("lina"), desk[0])
    with pytest.raises(NotAllowed):
        production.release_work_order(workplace.database("worker"), work_order_id=desk[0], version=1)


def test_a_work_order_is_released_and_cancelled(workplace: Workplace, desk: tuple[int, int]) -> None:
    planner = workplace.database("planner")
    with pytest.raises(Shortage) as refusal:
        production.release_work_order(planner, work_order_id=desk[0], version=1)
    assert refusal.value.code == "UQ501"
    result = production.release_work_order(planner, work_order_id=desk[1], version=1)
    assert result["state"] == "released"
    with pytest.raises(ChangedMeanwhile):
        production.cancel_work_order(planner, work_order_id=desk[1], version=1, reason="改单")
    result = production.cancel_work_order(planner, work_order_id=desk[1], version=2, reason="改单")
    assert result["state"] == "cancelled"


def test_several_are_released_at_once_and_refusals_are_told_apart(workplace: Workplace, desk: tuple[int, int]) -> None:
    planner, request_id = workplace.database("planner"), uuid4()
    outcome = production.release_work_orders(planner, ids=desk, request_id=request_id)
    numbers = [production.load_work_order(planner, each).number for each in desk]
    assert outcome.done == (numbers[1],)
    assert [(number, error.code) for number, error in outcome.refused] == [(numbers[0], "UQ501")]
    outcome = production.cancel_work_orders(planner, ids=desk, reason="改单", request_id=uuid4())
    assert (outcome.done, outcome.refused) == (tuple(numbers), ())


def test_the_shop_floor_sees_what_its_work_centre_can_do_and_reports_it(
    workplace: Workplace, desk: tuple[int, int]
) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "RAW", DRAWER=stage.value(DRAWERS_MISSING))
        release(stage, desk[0])
    saw, bench = workplace.database("worker"), workplace.database("assembler")
    floor = production.load_shop_floor(saw)
    assert [centre.name_en for centre in floor.work_centres] == ["Panel saw"]
    (cut,) = (each for each in floor.operations if each.work_order_id == desk[0])
    assert (cut.name_en, cut.open_qty, cut.product_en) == ("Cut", 2, "Desk")
    waiting = production.load_shop_floor(bench).operations[-1]
    assert (waiting.work_order_id, waiting.name_en, waiting.open_qty) == (desk[0], "Assemble", 0)
    production.report_work(saw, operation_id=cut.id, good_qty=Decimal(1), scrap_qty=Decimal(1), scrap_reason="开料错误")
    floor = production.load_shop_floor(saw)
    assert (floor.good_today, floor.scrap_today) == (1, 1)
    assert (floor.reports[0].work_order_number, floor.reports[0].good_qty) == (cut.work_order_number, 1)
    ready = production.load_shop_floor(bench).operations[0]
    assert (ready.work_order_id, ready.open_qty) == (desk[0], 1)
    assert production.load_work_order(workplace.database("planner"), desk[0]).scrap_qty == 1


def test_planned_work_orders_are_counted(workplace: Workplace, desk: tuple[int, int]) -> None:
    planner = workplace.database("planner")
    before = production.count_planned(planner)
    production.release_work_order(planner, work_order_id=desk[1], version=1)
    assert production.count_planned(planner) == before - 1


def test_work_orders_are_found(workplace: Workplace, desk: tuple[int, int]) -> None:
    planner = workplace.database("planner")
    number = production.load_work_order(planner, desk[0]).number
    ((found, title, detail),) = production.find_work_orders(planner, number, 5)
    assert (found, title) == (desk[0], number)
    assert detail.startswith("书桌 Desk ×2")
    assert len(production.find_work_orders(planner, "chouti", 1)) == 1


@pytest.mark.parametrize(("language", "words"), [("zh_CN", ("生产工单", "书桌", "开料")), ("en", ("Desk", "Cut"))])
def test_a_work_order_is_printed(workplace: Workplace, desk: tuple[int, int], language: str, words: tuple[str]) -> None:
    planner = workplace.database("planner")
    order = production.load_work_order(planner, desk[0])
    text = words_of(production.work_order_pdf(planner, desk[0], "zh_CN" if language == "zh_CN" else "en"))
    for word in (*words, order.number, order.order_number or "?", "BOARD"):
        assert word in text
