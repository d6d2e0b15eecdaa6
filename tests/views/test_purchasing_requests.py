"""The buyer at work: requests become purchase orders, on a real server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views import errors
from erp_desktop.views.purchasing.order_page import PurchaseOrderPage
from erp_desktop.views.purchasing.orders_page import PurchaseOrdersPage
from erp_desktop.views.purchasing.requests_page import RequestsPage
from erp_desktop.views.purchasing.supplier_dialog import SupplierDialog
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import confirm, stock_up
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


def values_of(page: RequestsPage, number: int) -> Mapping[str, Any]:
    """What the list shows of a request; empty while it is not there."""
    row = page.model.row_of(number)
    return (page.model.values(row) if row is not None else None) or {}


def open_supplier(page: RequestsPage, qtbot: QtBot, number: int) -> SupplierDialog:
    page.table.select_ids([number])
    qtbot.waitUntil(page.supplier_action.isEnabled)
    page.supplier_action.trigger()

    def shown() -> list[SupplierDialog]:
        return [each for each in page.findChildren(SupplierDialog) if each.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    return shown()[0]


def choose(dialog: SupplierDialog, qtbot: QtBot, text: str) -> None:
    """Type who is to deliver and go on with Enter, as the buyer does."""
    qtbot.waitUntil(dialog._supplier.hasFocus)
    dialog._supplier.selectAll()
    QTest.keyClicks(dialog._supplier, text)
    QTest.keyClick(dialog._supplier, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog._supplier.choice() is not None, timeout=10_000)
    qtbot.waitUntil(dialog._price.hasFocus)


def answer(reason: str) -> None:
    """Fill in the dialog that asks why, as soon as it is there."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            QTimer.singleShot(20, fill)
            return
        dialog.findChild(QPlainTextEdit).setPlainText(reason)
        next(each for each in dialog.findChildren(QPushButton) if each.property("role") == "danger").click()

    QTimer.singleShot(0, fill)


def needless(workplace: Workplace) -> int:
    """A request for chairs that came to the warehouse in another way."""
    with workplace.happens() as stage:
        confirm(stage, [("CHAIR", 2)], promised_in=1)
        number: int = stage.row("select max(id) from purchasing.requests")[0]
        stock_up(stage, "FIN", CHAIR=2)
        stage.rows("select stock.allocate(%s, %s)", stage.product("CHAIR"), stage.warehouse("FIN"))
    return number


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
    assert not page.supplier_action.isVisible() and not page.cancel_action.isVisible()


def test_the_advice_of_the_refusal_is_followed(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, wanted: dict[str, int]
) -> None:
    shell = at_work("buyer")
    page = open_list(shell, qtbot)
    page.table.select_ids([wanted["LAMP"]])
    page.order_action.trigger()
    qtbot.waitUntil(lambda: bool(told.failures), timeout=10_000)
    advice = errors.sentence(told.failures[0])
    assert f"“{page.supplier_action.text().replace('&', '')}”" in advice and "LAMP" in advice
    dialog = open_supplier(page, qtbot, wanted["LAMP"])
    assert dialog._so_far.text() == "No supplier is preferred yet."
    assert unnamed_controls(dialog) == []
    choose(dialog, qtbot, "youyi")
    assert dialog._terms.text().startswith("First offer of this supplier")
    QTest.keyClicks(dialog._price, "41.5")
    QTest.keyClick(dialog._price, Qt.Key.Key_Return)
    chosen = ("success", "LAMP is bought from Good Chairs from now on.")
    qtbot.waitUntil(lambda: told.messages[-1] == chosen, timeout=10_000)
    qtbot.waitUntil(lambda: values_of(page, wanted["LAMP"]).get("supplier_en") == "Good Chairs", timeout=10_000)
    page.table.select_ids([wanted["LAMP"]])
    page.order_action.trigger()
    qtbot.waitUntil(lambda: isinstance(shell.current_page(), PurchaseOrderPage), timeout=10_000)


def test_what_is_missing_in_the_choice_is_said_at_its_field(
    at_work: Callable[[str], Shell], qtbot: QtBot, wanted: dict[str, int]
) -> None:
    dialog = open_supplier(open_list(at_work("buyer"), qtbot), qtbot, wanted["BOARD"])
    assert dialog._so_far.text().startswith("Preferred so far: ")
    assert dialog._price.value() == Decimal("126.5")
    assert dialog._terms.text() == "Delivery time in days: 7. Minimum order in units of sheet: 20."
    dialog._price.set_typed("cheap")
    dialog._save.click()
    assert "Enter a number" in dialog._price_field.message
    dialog._supplier.set_choice(None)
    dialog._save.click()
    assert dialog._supplier_field.message == "Choose the supplier to order from."
    choose(dialog, qtbot, "S2")
    assert dialog._supplier_field.message == ""
    dialog._save.click()
    assert dialog._price_field.message == "Enter the price."
    dialog.reject()


def test_who_is_not_active_any_more_is_refused_and_the_choice_stays(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, wanted: dict[str, int]
) -> None:
    page = open_list(at_work("buyer"), qtbot)
    dialog = open_supplier(page, qtbot, wanted["CHAIR"])
    assert dialog._price.value() == Decimal("79.9")
    activate = "update purchasing.suppliers set is_active = %s where code = 'S2'"
    with workplace.happens() as stage:
        stage.rows(activate, False)
    try:
        dialog._save.click()
        qtbot.waitUntil(lambda: dialog._supplier_field.message != "", timeout=10_000)
        assert "S2 is inactive" in dialog._supplier_field.message
        dialog.reject()
        page.reload()
        qtbot.waitUntil(lambda: values_of(page, wanted["CHAIR"]).get("supplier_en", "") is None, timeout=10_000)
        dialog = open_supplier(page, qtbot, wanted["CHAIR"])
        assert dialog._so_far.text() == "Good Chairs was preferred, but is inactive now."
        assert dialog._supplier.choice() is None
        dialog.reject()
    finally:
        with workplace.happens() as stage:
            stage.rows(activate, True)


def test_another_buyers_list_hears_the_choice(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, wanted: dict[str, int]
) -> None:
    page = open_list(at_work("buyer"), qtbot)
    price = values_of(page, wanted["SCREW"])["unit_price"]
    with workplace.happens() as stage:
        choice = {"product_id": stage.product("SCREW"), "supplier_id": stage.id_of("supplier", "S1")}
        stage.call("buyer", "purchasing.set_preferred_supplier", choice | {"unit_price": str(price + 1)})
    qtbot.waitUntil(lambda: values_of(page, wanted["SCREW"]).get("unit_price") == price + 1, timeout=10_000)


def test_needless_requests_are_cancelled_and_who_waits_is_named(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, wanted: dict[str, int]
) -> None:
    number = needless(workplace)
    page = open_list(at_work("buyer"), qtbot)
    assert not page.cancel_action.isEnabled()
    page.table.select_ids([number, wanted["LAMP"]])
    answer("仓库有货")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: bool(told.messages), timeout=10_000)
    kind, text = told.messages[0]
    assert kind == "warning"
    assert text.startswith("Done: 1. Refused: 1.") and "still waits for what request PR" in text
    qtbot.waitUntil(lambda: number not in shown_ids(page), timeout=10_000)
    assert wanted["LAMP"] in shown_ids(page)
    note = "select note from workflow.events where document_type = 'purchase_request' and action = 'cancel'"
    assert workplace.company.database.value(f"{note} and document_id = {number}") == "仓库有货"


def test_the_dialog_speaks_chinese(at_work: Callable[[str], Shell], qtbot: QtBot, wanted: dict[str, int]) -> None:
    page = open_list(at_work("buyer"), qtbot)
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: values_of(page, wanted["CHAIR"]) != {}, timeout=10_000)
    dialog = open_supplier(page, qtbot, wanted["CHAIR"])
    assert dialog._product.text() == "CHAIR  餐椅"
    assert dialog._supplier.text() == "优椅家具  S2"
    dialog.reject()
