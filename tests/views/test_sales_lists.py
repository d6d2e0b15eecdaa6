"""The lists of sales, customers and products, against the real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.models.listing import ListState
from erp_desktop.views.sales.approvals_page import ApprovalsPage
from erp_desktop.views.sales.customer_page import CustomerPage
from erp_desktop.views.sales.customers_page import CustomersPage
from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.sales.orders_page import OrdersPage
from erp_desktop.views.sales.product_page import ProductPage
from erp_desktop.views.sales.products_page import ProductsPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.command_palette import CommandPalette
from erp_desktop.views.widgets.list_page import ListPage
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.orders import submit
from tests.helpers.supply import draft, stock_up
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

Enter = Callable[[str], Shell]
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module", autouse=True)
def goods(workplace: Workplace) -> None:
    """Chairs to be sold."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=100)


def open_list(shell: Shell, qtbot: QtBot, code: str) -> ListPage:
    page = shell.open_screen(code)
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def count(page: ListPage) -> int:
    return page.model.summary.count if page.model.summary is not None else -1


def tabs(page: ListPage) -> list[str]:
    bar = page.findChild(QTabBar)
    return [bar.tabText(place) for place in range(bar.count())]


def choose_tab(page: ListPage, qtbot: QtBot, title: str) -> None:
    bar = page.findChild(QTabBar)
    bar.setCurrentIndex(tabs(page).index(title))
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)


def large_orders(workplace: Workplace, how_many: int) -> list[int]:
    """Orders of lina that wait for the manager."""
    with workplace.happens() as stage:
        return [int(submit(stage, ("DESK", 20))["id"]) for _ in range(how_many)]


def state_of(workplace: Workplace, number: int) -> str:
    return str(workplace.company.database.value("select state from sales.orders where id = %s", number))


# Orders


def test_a_clerk_has_no_tab_of_her_own_orders_but_a_manager_has(at_work: Enter, qtbot: QtBot) -> None:
    clerk = open_list(at_work("lina"), qtbot, "sales.orders")
    assert tabs(clerk) == [
        *("All", "Drafts", "Waiting for approval", "Returned", "On hold", "Ready to ship", "Overdue")
    ]
    manager = open_list(at_work("manager"), qtbot, "sales.orders")
    assert tabs(manager)[:2] == ["All", "Mine"]
    choose_tab(manager, qtbot, "Mine")
    qtbot.waitUntil(lambda: manager.model.state is ListState.EMPTY, timeout=10_000)


def test_drafts_are_submitted_together_and_others_refused_by_name(
    at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        fine = [int(draft(stage, [("CHAIR", 1)])["id"]) for _ in range(2)]
        empty = draft(stage, [])
    page = open_list(at_work("lina"), qtbot, "sales.orders")
    assert isinstance(page, OrdersPage)
    choose_tab(page, qtbot, "Drafts")
    qtbot.waitUntil(lambda: count(page) == 3, timeout=10_000)
    page.table.select_ids([*fine, int(empty["id"])])
    qtbot.waitUntil(page.submit_action.isEnabled)
    page.submit_action.trigger()
    qtbot.waitUntil(lambda: bool(told.messages), timeout=10_000)
    kind, text = told.messages[0]
    assert kind == "warning"
    assert text.startswith("Done: 2. Refused: 1.")
    assert empty["number"] in text
    assert [state_of(workplace, number) for number in fine] == ["ready", "ready"]
    qtbot.waitUntil(lambda: count(page) == 1, timeout=10_000)


def test_an_order_is_found_by_the_pinyin_of_its_customer(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    with workplace.happens() as stage:
        draft(stage, [("CHAIR", 1)])
        draft(stage, [("CHAIR", 1)], "wangqiang")
    page = open_list(at_work("manager"), qtbot, "sales.orders")
    QTest.keyClick(page, Qt.Key.Key_F, CONTROL)
    for character in "dhsd":
        QTest.keyClicks(QApplication.focusWidget(), character)
    qtbot.waitUntil(lambda: page.model.query.search == "dhsd" and count(page) == 1, timeout=10_000)


# Approvals


def test_the_manager_approves_several_orders_at_once_and_the_badge_follows(
    at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    numbers = large_orders(workplace, 3)
    shell = at_work("manager")
    page = open_list(shell, qtbot, "sales.approvals")
    assert isinstance(page, ApprovalsPage)
    assert count(page) == 3
    qtbot.waitUntil(lambda: "3" in shell.navigation.spoken_text("sales.approvals"), timeout=10_000)
    page.table.select_ids(numbers[:2])
    qtbot.waitUntil(page.approve_action.isEnabled)
    QTest.keyClick(page, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: [state_of(workplace, each) for each in numbers[:2]] == ["confirmed"] * 2, timeout=10_000)
    qtbot.waitUntil(lambda: count(page) == 1, timeout=10_000)
    qtbot.waitUntil(lambda: "1" in shell.navigation.spoken_text("sales.approvals"), timeout=10_000)
    assert told.messages[-1] == ("success", "2 orders approved")
    return_with_reason(page, qtbot, numbers[2:], "交期太短")
    qtbot.waitUntil(lambda: state_of(workplace, numbers[2]) == "returned", timeout=10_000)
    qtbot.waitUntil(lambda: page.model.state is ListState.EMPTY, timeout=10_000)
    assert told.messages[-1][1].startswith("1 order")


def return_with_reason(page: ApprovalsPage, qtbot: QtBot, numbers: list[int], reason: str) -> None:
    page.table.select_ids(numbers)
    qtbot.waitUntil(page.return_action.isEnabled)

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            QTimer.singleShot(20, fill)
            return
        dialog.findChild(QPlainTextEdit).setPlainText(reason)
        next(each for each in dialog.findChildren(QPushButton) if each.property("role") == "primary").click()

    QTimer.singleShot(0, fill)
    page.return_action.trigger()


def test_enter_opens_the_order_to_be_decided(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    (number,) = large_orders(workplace, 1)
    shell = at_work("manager")
    page = open_list(shell, qtbot, "sales.approvals")
    page.table.setFocus()
    page.table.select_ids([number])
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    opened = shell.current_page()
    assert isinstance(opened, OrderPage)
    assert opened.document_id == number


# Customers


def test_a_customer_is_entered_by_keyboard_and_found_by_pinyin(
    at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    shell = at_work("lina")
    customers = open_list(shell, qtbot, "sales.customers")
    assert isinstance(customers, CustomersPage)
    QTest.keyClick(customers, Qt.Key.Key_N, CONTROL)
    page = shell.current_page()
    assert isinstance(page, CustomerPage)
    qtbot.waitUntil(lambda: page._list.currentData() is not None, timeout=10_000)
    assert page._texts["name"].hasFocus()
    page._texts["name"].setText("春风书院")
    page._texts["city"].setText("杭州")
    page._days.set_typed("30")
    QTest.keyClick(page, Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    code = page.shown_facts.number if page.shown_facts is not None else ""
    assert told.messages[-1] == ("success", f"Customer {code} is saved.")
    assert page.timeline.texts()[0].startswith("Entered")
    shell._pages.activate(customers)
    customers.show_filtered((), "cfsy")
    qtbot.waitUntil(lambda: count(customers) == 1, timeout=10_000)


def test_a_refusal_stands_at_the_customers_field(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    page = shell.open_document("customer")
    assert isinstance(page, CustomerPage)
    qtbot.waitUntil(lambda: page._list.currentData() is not None, timeout=10_000)
    page.save_action.trigger()
    qtbot.waitUntil(lambda: bool(page._labels["name"].message), timeout=10_000)
    page._texts["name"].setText("新客户")
    page._texts["code"].setText("C1")
    page.save_action.trigger()
    qtbot.waitUntil(lambda: bool(page._labels["code"].message), timeout=10_000)
    assert not page._labels["name"].message
    assert page._texts["name"].text() == "新客户"


def test_a_clerk_grants_no_credit_and_hands_nobody_over(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    number = workplace.company.id_of("customer", "C1")
    for login, may in (("lina", False), ("manager", True)):
        page = at_work(login).open_document("customer", number)
        assert isinstance(page, CustomerPage)
        qtbot.waitUntil(lambda page=page: page.shown_facts is not None, timeout=10_000)  # type: ignore[misc]
        assert (not page._credit.isReadOnly(), page._owner.isEnabled()) == (may, may)


def test_a_customer_that_is_open_follows_what_others_choose_and_saves_that(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    company = workplace.company
    number = company.id_of("customer", "C1")
    others = {"branch_id": ("branch", "CD"), "owner_id": ("user", "manager"), "price_list_id": ("price_list", "DEALER")}
    chosen = {name: company.id_of(*each) for name, each in others.items()}
    read = f"select {', '.join(chosen)} from crm.customers where id = %s"
    write = f"update crm.customers set ({', '.join(chosen)}, version) = (%s, %s, %s, version + 1) where id = %s"
    scope = (company.id_of("user", "manager"), chosen["branch_id"])
    company.database.rows("insert into auth.user_branches (user_id, branch_id) values (%s, %s)", *scope)
    (before,) = company.database.rows(read, number)
    page = at_work("manager").open_document("customer", number)
    assert isinstance(page, CustomerPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    version = page.version or 0
    assert tuple(box.currentData() for box in page._boxes.values()) == before
    company.database.rows(write, *chosen.values(), number)
    page.reload()
    try:
        qtbot.waitUntil(lambda: page.version == version + 1, timeout=10_000)
        assert {name: box.currentData() for name, box in page._boxes.items()} == chosen
        i18n.set_language("zh_CN")
        qtbot.waitUntil(lambda: page._list.currentText() == "经销价")
        assert {name: box.currentData() for name, box in page._boxes.items()} == chosen
        QTest.keyClicks(page._texts["contact"], "Wu")
        page.save_action.trigger()
        qtbot.waitUntil(lambda: page.version == version + 2 and not page.modified, timeout=10_000)
        assert company.database.rows(read, number) == [tuple(chosen.values())]
    finally:
        company.database.rows(write, *before, number)
        company.database.rows("delete from auth.user_branches where user_id = %s and branch_id = %s", *scope)


def test_an_order_begins_at_its_customer(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    page = shell.open_document("customer", workplace.company.id_of("customer", "C1"))
    assert isinstance(page, CustomerPage)
    qtbot.waitUntil(lambda: page.order_action.isVisible(), timeout=10_000)
    page.order_action.trigger()
    order = shell.current_page()
    assert isinstance(order, OrderPage)
    qtbot.waitUntil(lambda: order.header.customer.choice() is not None, timeout=10_000)
    assert order.header.texts["phone"].text() == "15400000000"


# Products


def test_products_show_prices_and_stock(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    page = open_list(shell, qtbot, "sales.products")
    assert isinstance(page, ProductsPage)
    row = next(place for place in range(count(page)) if (page.model.values(place) or {})["code"] == "CHAIR")
    assert (page.model.values(row) or {})["on_hand"] == 100
    page.open_row(page.model.row_id(row))
    product = shell.current_page()
    assert isinstance(product, ProductPage)
    qtbot.waitUntil(lambda: product.shown_facts is not None, timeout=10_000)
    assert [(line["list"], str(line["unit_price"])) for line in product._prices.lines()] == [
        ("Retail", "239.5000"),
        ("Dealer", "191.6000"),
    ]
    assert product._stock.lines()[0]["on_hand"] == 100


def test_who_may_not_see_stock_sees_prices(at_work: Enter, qtbot: QtBot) -> None:
    page = open_list(at_work("finance"), qtbot, "sales.products")
    assert "on_hand" not in (page.model.values(0) or {})


# Going anywhere, and looks


def test_orders_customers_and_products_are_found_with_ctrl_k(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        number = draft(stage, [("CHAIR", 1)])["number"]
    shell = at_work("lina")
    for typed, wanted in ((number, number), ("ysjd", "云山酒店"), ("canyi", "餐椅 Chair")):
        QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
        for character in typed:
            QTest.keyClicks(QApplication.focusWidget(), character)
        wait_for_hit(shell, qtbot, wanted)


def wait_for_hit(shell: Shell, qtbot: QtBot, wanted: str) -> None:
    palette = shell.findChild(CommandPalette)
    qtbot.waitUntil(lambda: wanted in palette.titles(), timeout=10_000)
    palette.dismiss()


@pytest.mark.parametrize("code", ["sales.orders", "sales.approvals", "sales.customers", "sales.products"])
def test_every_control_has_a_name_in_both_languages(at_work: Enter, qtbot: QtBot, code: str) -> None:
    page = open_list(at_work("manager"), qtbot, code)
    assert unnamed_controls(page) == []
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page._language == "zh_CN", timeout=10_000)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    assert unnamed_controls(page) == []
