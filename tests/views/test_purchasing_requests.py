"""The buyer at work: requests become purchase orders, on a real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from erp_desktop.views.purchasing.order_page import PurchaseOrderPage
from erp_desktop.views.purchasing.orders_page import PurchaseOrdersPage
from erp_desktop.views.purchasing.requests_page import RequestsPage
from erp_desktop.views.shell import Shell
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import confirm
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told


@pytest.fixture
def wanted(workplace: Workplace) -> dict[str, int]:
    """Open requests for chairs, board and lamps (which nobody supplies), by product."""
    with workplace.happens() as stage:
        order = confirm(stage, [("CHAIR", 2), ("SHELF", 1), ("LAMP", 1)])
        rows = stage.rows(
            "select p.code, r.id from purchasing.requests r join catalog.products p on p.id = r.product_id"
            " left join production.work_orders w on w.id = r.work_order_id"
            " join sales.order_lines l on l.id = coalesce(r.order_line_id, w.order_line_id) where l.order_id = %s",
            order,
        )
    return dict(rows)


def open_list(shell: Shell, qtbot: QtBot) -> RequestsPage:
    page = shell.open_screen("purchasing.requests")
    assert isinstance(page, RequestsPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def shown_ids(page: RequestsPage) -> set[int]:
    return {page.model.row_id(row) for row in range(page.model.count)}


def test_open_requests_name_who_waits_and_the_supplier(
    at_work: Callable[[str], Shell], qtbot: QtBot, wanted: dict[str, int]
) -> None:
    page = open_list(at_work("buyer"), qtbot)
    assert set(wanted.values()) <= shown_ids(page)
    values = {}
    for code, number in wanted.items():
        row = page.model.row_of(number)
        assert row is not None
        qtbot.waitUntil(lambda row=row: page.model.values(row) is not None)
        values[code] = page.model.values(row)
    assert values["CHAIR"]["supplier_en"] == "Good Chairs"
    assert values["BOARD"]["order_number"] == values["CHAIR"]["order_number"] != ""
    assert values["BOARD"]["work_order_number"].startswith("WO")
    assert values["LAMP"]["supplier_en"] is None
    assert unnamed_controls(page) == []


def test_one_supplier_makes_one_order_that_opens(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, wanted: dict[str, int]
) -> None:
    shell = at_work("buyer")
    page = open_list(shell, qtbot)
    assert not page.order_action.isEnabled()
    page.table.select_ids([wanted["CHAIR"]])
    qtbot.waitUntil(page.order_action.isEnabled)
    page.order_action.trigger()
    qtbot.waitUntil(lambda: isinstance(shell.current_page(), PurchaseOrderPage), timeout=10_000)
    assert told.messages[0][1].startswith("Purchase orders made: PO")
    qtbot.waitUntil(lambda: wanted["CHAIR"] not in shown_ids(page), timeout=10_000)


def test_several_suppliers_make_several_orders(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, wanted: dict[str, int]
) -> None:
    shell = at_work("buyer")
    page = open_list(shell, qtbot)
    page.table.select_ids([wanted["CHAIR"], wanted["BOARD"], wanted["SCREW"]])
    page.order_action.trigger()
    qtbot.waitUntil(lambda: isinstance(shell.current_page(), PurchaseOrdersPage), timeout=10_000)
    assert told.messages[0][1].count("PO") == 2


def test_without_a_supplier_the_product_is_named_and_nothing_is_made(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, wanted: dict[str, int]
) -> None:
    page = open_list(at_work("buyer"), qtbot)
    page.table.select_ids([wanted["LAMP"], wanted["CHAIR"]])
    page.order_action.trigger()
    qtbot.waitUntil(lambda: bool(told.failures), timeout=10_000)
    assert told.failures[0].params["products"] == "LAMP"  # type: ignore[attr-defined]
    assert {wanted["LAMP"], wanted["CHAIR"]} <= shown_ids(page)


def test_the_list_follows_what_happens(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, wanted: dict[str, int]
) -> None:
    page = open_list(at_work("buyer"), qtbot)
    with workplace.happens() as stage:
        confirm(stage, [("CHAIR", 9)])
        (number,) = stage.row("select max(id) from purchasing.requests")
    qtbot.waitUntil(lambda: number in shown_ids(page), timeout=10_000)


def test_finance_looks_on(at_work: Callable[[str], Shell], qtbot: QtBot, wanted: dict[str, int]) -> None:
    page = open_list(at_work("finance"), qtbot)
    assert not page.order_action.isVisible()
    page.open_row(wanted["CHAIR"])  # says that there is no purchase order yet
    assert isinstance(page, RequestsPage)
