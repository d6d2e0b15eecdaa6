"""The window of a sales order, by keyboard, against the real server: entered, refused, decided, changed by two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.models.line_grid_model import ERROR_ROLE
from erp_desktop.models.order_lines import STOCK
from erp_desktop.models.sales_lookups import customer_choice
from erp_desktop.services import sales
from erp_desktop.services.customers import Customer, load_customer
from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.completer import LookupEdit
from erp_desktop.views.widgets.list_page import ListPage
from erp_desktop.views.widgets.print_preview import PrintPreview
from erp_desktop.views.widgets.reason_dialog import ReasonDialog
from erp_desktop.views.widgets.side_panel import LEAST_TIMELINE, Related
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.looks import cut_texts
from tests.helpers.orders import submit
from tests.helpers.supply import draft, stock_up
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

Enter = Callable[[str], Shell]
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(scope="module", autouse=True)
def goods(workplace: Workplace) -> None:
    """Plenty of chairs, few lamps."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=100, LAMP=3)


def made(workplace: Workplace, *lines: tuple[str, float], **header: object) -> int:
    """A draft of lina."""
    with workplace.happens() as stage:
        return int(draft(stage, list(lines) or [("CHAIR", 2)], **header)["id"])


def submitted(workplace: Workplace) -> int:
    """A large order of lina that waits for the manager."""
    with workplace.happens() as stage:
        return int(submit(stage, ("DESK", 20))["id"])


def open_order(shell: Shell, qtbot: QtBot, number: int | None = None, **preset: object) -> OrderPage:
    page = shell.open_document("order", number, **preset)
    assert isinstance(page, OrderPage)
    if number is None:
        qtbot.waitUntil(lambda: page.header.warehouse.currentData() is not None, timeout=10_000)
    else:
        qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=10_000)
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def write(text: str) -> None:
    """Type; Chinese comes as an input method gives it."""
    if text.isascii():
        for character in text:
            QTest.keyClicks(focused(), character)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focused(), event)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), key, modifier)


def choose(qtbot: QtBot, text: str) -> None:
    """Type into a lookup and take the first choice with Enter."""
    write(text)
    editor = focused()
    assert isinstance(editor, LookupEdit)
    qtbot.waitUntil(editor.popup_open, timeout=10_000)
    press(Qt.Key.Key_Return)


def enter_line(qtbot: QtBot, page: OrderPage, product: str, qty: str) -> None:
    row = page.grid.currentIndex().row()
    choose(qtbot, product)
    qtbot.waitUntil(lambda: bool(page.lines.lines()[row].get("product_id")), timeout=10_000)
    write(qty)
    press(Qt.Key.Key_Return)


def go_to_lines(qtbot: QtBot, page: OrderPage) -> None:
    """Tab on from the header until the grid has the keyboard."""
    for _ in range(12):
        if page.grid.hasFocus():
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"the grid is not reached: {focused()}")


def state_of(page: OrderPage) -> str:
    return page.shown_facts.state if page.shown_facts is not None else ""


def cell(page: OrderPage, row: int, key: str) -> str:
    return str(page.lines.index(row, page.lines.place_of(key)).data())


def offers(page: OrderPage) -> list[QPushButton]:
    """The buttons of the notice above the order."""
    return [button for button in page._notice.findChildren(QPushButton) if button.isVisible()]


def shown_offers(page: OrderPage) -> str:
    return " ".join(button.text().replace("&", "") for button in offers(page))


def take_offer(page: OrderPage) -> None:
    offers(page)[0].click()


def answer(text: str, role: str) -> None:
    """Fill in the dialog that asks why, as soon as it is there, and go on."""

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, ReasonDialog):
            QTimer.singleShot(20, fill)
            return
        dialog.findChild(QPlainTextEdit).setPlainText(text)
        next(each for each in dialog.findChildren(QPushButton) if each.property("role") == role).click()

    QTimer.singleShot(0, fill)


# Entering


def test_a_clerk_enters_and_submits_an_order_by_keyboard_alone(
    at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    shell = at_work("lina")
    press(Qt.Key.Key_N, CONTROL)
    page = shell.current_page()
    assert isinstance(page, OrderPage)
    qtbot.waitUntil(page.header.customer.hasFocus)
    choose(qtbot, "ysjd")
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None)
    assert page.header.texts["contact"].text() == "王先生"
    write("PO-77")
    press(Qt.Key.Key_Tab)
    assert page.header.ordered_on.hasFocus()
    press(Qt.Key.Key_Tab)
    write("+21")
    go_to_lines(qtbot, page)
    for product, qty in (("CHAIR", "2"), ("sj", "=2*3"), ("台灯", "5"), ("desk", "1"), ("anzhuang", "1")):
        enter_line(qtbot, page, product, qty)
    assert [line["product"] for line in page.lines.lines()] == ["CHAIR", "SHELF", "LAMP", "DESK", "INSTALL"]
    assert (cell(page, 0, "on_hand"), cell(page, 0, "available"), cell(page, 0, "cover")) == ("100", "100", "")
    assert [line["cover"] for line in page.lines.lines()] == [None, "short", "short", "short", None]
    assert page._totals.texts()[0] == "5,259.00"
    assert page.modified
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.document_id is not None and not page.modified, timeout=10_000)
    qtbot.waitUntil(lambda: state_of(page) == "draft", timeout=10_000)
    assert page.grid.hasFocus()
    assert page.grid.currentIndex() == page.lines.index(5, 0)  # the next line may follow
    order = page.document_shown.order
    assert (order.customer_reference, order.net_amount, order.channel) == ("PO-77", Decimal("5259.00"), "clerk")
    assert order.promised_on == order.ordered_on + dt.timedelta(days=21)
    assert order.ship_to == "试验路2号"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(page) not in ("draft", "submitted"), timeout=10_000)
    assert [kind for kind, _text in told.messages] == ["success", "success"]


def test_ctrl_enter_on_a_new_order_saves_and_submits_it(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.header.promised_on.set_typed("+10")
    page.grid.setFocus()
    enter_line(qtbot, page, "DESK", "30")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(page) == "submitted", timeout=10_000)
    assert page.approvals.texts() == ["Level 1"]
    assert not page.editable
    assert not page.grid.isColumnHidden(page.lines.place_of("available"))


def test_a_product_typed_in_a_hurry_is_saved_when_it_is_found(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    page = open_order(at_work("lina"), qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.header.promised_on.set_typed("+10")
    page.grid.setFocus()
    write("CHAIR")
    press(Qt.Key.Key_Tab)
    write("3")
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: page.document_id is not None, timeout=10_000)
    assert [(line["product"], line["qty"]) for line in page.lines.lines()] == [("CHAIR", 3)]


def test_another_customer_brings_her_prices_and_keeps_those_that_were_typed(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    page = open_order(at_work("manager"), qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "1")
    enter_line(qtbot, page, "LAMP", "1")
    index = page.lines.index(1, page.lines.place_of("unit_price"))
    assert page.lines.setData(index, "120")
    page.header.customer.setFocus()
    choose(qtbot, "dhsd")
    qtbot.waitUntil(lambda: cell(page, 0, "unit_price") == "191.60", timeout=10_000)
    assert cell(page, 1, "unit_price") == "120.00"


@contextmanager
def unanswered(workplace: Workplace, table: str) -> Iterator[None]:
    """Whoever reads the table waits until the block ends."""
    with workplace.happens() as stage:
        stage.rows(f"lock table {table} in access exclusive mode")
        yield


def read_customer(workplace: Workplace, code: str) -> Customer:
    """A customer as the manager sees her; to be read before a window is there."""
    return load_customer(workplace.database("manager"), workplace.company.id_of("customer", code))


def stored_lines(workplace: Workplace, order_id: int | None) -> list[tuple[object, ...]]:
    columns = "unit_price, list_price, net_amount"
    statement = f"select {columns} from sales.order_lines where order_id = %s order by line_no"
    return workplace.company.database.rows(statement, order_id)


def test_saving_waits_for_the_prices_of_another_customer(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("manager"), qtbot, customer_id=workplace.company.id_of("customer", "C2"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.header.promised_on.set_typed("+10")
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "2")
    dealer, retail = Decimal("191.60"), Decimal("239.50")
    assert cell(page, 0, "unit_price") == str(dealer)
    with unanswered(workplace, "catalog.prices"):
        page.header.customer.setFocus()
        choose(qtbot, "ysjd")
        press(Qt.Key.Key_S, CONTROL)
        page.save_action.trigger()
        assert cell(page, 0, "unit_price") == str(dealer)
        assert page.save_action.isEnabled()  # nothing was sent yet
    qtbot.waitUntil(lambda: page.document_id is not None and not page.modified, timeout=10_000)
    assert stored_lines(workplace, page.document_id) == [(retail, retail, 2 * retail)]
    assert (cell(page, 0, "unit_price"), page._totals.texts()[0]) == (str(retail), "479.00")


def test_a_late_answer_brings_no_prices_of_the_customer_before(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    dealer = read_customer(workplace, "C2")
    page = open_order(at_work("manager"), qtbot)
    page.header.promised_on.set_typed("+10")
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "2")
    with unanswered(workplace, "catalog.price_lists"):
        page.header.ordered_on.set_typed("-1")  # without a customer the usual list is asked for
        page.header.customer.set_choice(customer_choice(dealer))
        qtbot.waitUntil(lambda: cell(page, 0, "unit_price") == "191.60", timeout=10_000)
        assert operations.running()
    qtbot.waitUntil(lambda: not operations.running(), timeout=10_000)
    assert cell(page, 0, "unit_price") == "191.60"
    page.save_action.trigger()
    qtbot.waitUntil(lambda: page.document_id is not None and not page.modified, timeout=10_000)
    assert stored_lines(workplace, page.document_id) == [(Decimal("191.60"), Decimal("191.60"), Decimal("383.20"))]


def test_a_product_found_for_the_customer_before_gets_the_prices_of_this_one(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    hotel = read_customer(workplace, "C1")
    page = open_order(at_work("manager"), qtbot, customer_id=workplace.company.id_of("customer", "C2"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.grid.setFocus()
    write("CHAIR")
    editor = focused()
    assert isinstance(editor, LookupEdit)
    qtbot.waitUntil(editor.popup_open, timeout=10_000)
    page.header.customer.set_choice(customer_choice(hotel))
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(page, 0, "unit_price") == "239.50", timeout=10_000)


def test_other_prices_in_the_list_by_now_are_told_and_not_submitted(
    at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace
) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace, ("SHELF", 2)))
    assert page._totals.texts()[0] == "920.00"
    company = workplace.company
    price = (company.id_of("price_list", "RETAIL"), company.id_of("product", "SHELF"))
    company.database.rows(
        "insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)"
        " values (%s, %s, current_date, 500)",
        *price,
    )
    try:
        page.header.texts["contact"].setFocus()
        write("Wu")
        press(Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(lambda: page._totals.texts()[0] == "1,000.00", timeout=10_000)
        number = page.document_shown.order.number
        sentence = f"Order {number} is saved at 1,130.00, not 1,039.60: the list has other prices by now."
        assert told.messages == [("warning", sentence)]
        qtbot.waitUntil(lambda: not operations.running(), timeout=10_000)
        assert (state_of(page), page.modified) == ("draft", False)
    finally:
        company.database.rows(
            "delete from catalog.prices where price_list_id = %s and product_id = %s and unit_price = 500", *price
        )
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(page) != "draft", timeout=10_000)


def test_who_must_approve_is_told_before_submitting(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace, ("DESK", 20)))
    page.who_action.trigger()
    qtbot.waitUntil(lambda: bool(page.approvals.texts()), timeout=10_000)
    page.reload()
    qtbot.waitUntil(lambda: not operations.running(), timeout=10_000)
    assert page.approvals.texts() == ["Level 1: manager"]  # still true of the same version
    assert page.approvals.isVisible()
    assert page.lines.setData(page.lines.index(0, page.lines.place_of("qty")), "1")
    assert page.approvals.texts() == []
    page.who_action.trigger()
    qtbot.waitUntil(lambda: bool(page.approvals.texts()), timeout=10_000)
    assert page.approvals.texts() == ["Nobody: it is confirmed as soon as it is submitted."]


def test_prices_of_another_day_are_told_to_who_submits_and_who_approves(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        stage.rows(
            "insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)"
            " values (%s, %s, current_date - 5, 1400)",
            stage.id_of("price_list", "RETAIL"),
            stage.product("DESK"),
        )
    then, today = dt.date.today() - dt.timedelta(days=6), dt.date.today()
    order_id = made(workplace, ("DESK", 2), ordered_on=then.isoformat())
    told = (
        f"Priced by the list of {then}: 2,560.00 before tax. By the customer's list of {today} it would be 2,800.00."
        " The greater discount of both counts."
    )
    page = open_order(at_work("lina"), qtbot, order_id)
    page.who_action.trigger()
    qtbot.waitUntil(lambda: bool(page.approvals.texts()), timeout=10_000)
    assert page.approvals.texts() == ["Level 1: manager", told]
    page.submit_action.trigger()
    qtbot.waitUntil(lambda: page.document_shown.order.state == "submitted", timeout=10_000)
    page = open_order(at_work("manager"), qtbot, order_id)
    assert page.approvals.texts() == ["Level 1", told]
    assert page.approvals.isVisible()


# Refusals


def test_a_refusal_stands_at_the_line_it_names_and_what_was_typed_stays(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace, ("CHAIR", 1), ("LAMP", 1)))
    assert page.lines.setData(page.lines.index(1, page.lines.place_of("qty")), "1.5")
    page.save_action.trigger()
    mark = page.lines.index(1, page.lines.place_of("qty"))
    qtbot.waitUntil(lambda: bool(mark.data(ERROR_ROLE)), timeout=10_000)
    assert page.grid.currentIndex() == mark
    assert page.modified
    assert cell(page, 1, "qty") == "1.5"
    assert page.version == 1
    assert page.lines.setData(mark, "2")
    page.save_action.trigger()
    qtbot.waitUntil(lambda: page.version == 2, timeout=10_000)


def test_a_refusal_stands_at_the_field_it_names(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace))
    page.header.promised_on.set_typed("2020-01-01")
    page.save_action.trigger()
    field = page._labels["promised_on"]
    qtbot.waitUntil(lambda: bool(field.message), timeout=10_000)
    assert page.header.promised_on.hasFocus()
    assert page.header.promised_on.value() == dt.date(2020, 1, 1)


def test_an_order_without_what_is_required_is_not_sent(at_work: Enter, qtbot: QtBot) -> None:
    page = open_order(at_work("lina"), qtbot)
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "")
    page.save_action.trigger()
    assert page.grid.currentIndex() == page.lines.index(0, page.lines.place_of("qty"))
    page.header.customer.set_typed("no such customer")
    qtbot.waitUntil(lambda: bool(page.header.customer.complaint()), timeout=10_000)
    page.save_action.trigger()
    assert page.header.customer.hasFocus()
    assert page.document_id is None


# Two people


def test_what_somebody_else_saved_is_never_overwritten(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    number = made(workplace, ("CHAIR", 2))
    page = open_order(at_work("lina"), qtbot, number)
    page.header.texts["contact"].setFocus()
    write("Wu")
    change_by_manager(workplace, number, "7")
    page.save_action.trigger()
    # The refusal of the command and the announcement of the change may come in either order.
    qtbot.waitUntil(lambda: "newer" in shown_offers(page), timeout=10_000)
    qtbot.waitUntil(page.save_action.isEnabled, timeout=10_000)
    assert page.modified
    assert page.version == 1
    assert page.header.texts["contact"].text() == "Wu王先生"
    take_offer(page)
    qtbot.waitUntil(lambda: page.version == 2, timeout=10_000)
    assert cell(page, 0, "qty") == "7"
    qtbot.waitUntil(lambda: "not saved" in page._notice.text, timeout=10_000)  # her input is offered again


def test_an_order_that_is_only_looked_at_follows_its_changes(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    number = made(workplace, ("CHAIR", 2))
    page = open_order(at_work("lina"), qtbot, number)
    change_by_manager(workplace, number, "9")
    qtbot.waitUntil(lambda: page.version == 2, timeout=10_000)
    assert cell(page, 0, "qty") == "9"


def change_by_manager(workplace: Workplace, number: int, qty: str) -> None:
    company = workplace.company
    document = {
        "id": number,
        "customer_id": company.id_of("customer", "C1"),
        "ordered_on": dt.date.today().isoformat(),
        "promised_on": (dt.date.today() + dt.timedelta(days=20)).isoformat(),
        "warehouse_id": company.id_of("warehouse", "FIN"),
        "lines": [{"product_id": company.id_of("product", "CHAIR"), "qty": qty}],
    }
    with workplace.happens() as stage:
        stage.call("manager", "sales.save_order", document, 1)


def test_input_survives_a_crash(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    page = open_order(shell, qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.header.promised_on.set_typed("+10")
    page.header.note.setPlainText("轻放\n两行")
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "4")
    page._unsaved.keep()
    page._unsaved.keeper.leave()  # as the next start of the program finds it
    again = open_order(shell, qtbot)
    take_offer(again)
    choice = again.header.customer.choice()
    assert choice is not None
    assert choice.code == "C1"
    assert again.header.values()["note"] == "轻放\n两行"
    assert again.header.promised_on.value() == page.header.promised_on.value()
    assert [(line["product"], line["qty"]) for line in again.lines.lines()] == [("CHAIR", 4)]
    assert again.modified
    qtbot.waitUntil(lambda: again._totals.texts()[0] == "958.00", timeout=10_000)  # the price is that of the list now


def test_stock_beside_the_lines_follows_what_others_take(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=10_000)
    page.grid.setFocus()
    enter_line(qtbot, page, "CHAIR", "2")
    before = int(cell(page, 0, "available"))
    for key, typed in (("unit_price", "99"), ("qty", str(before))):
        assert page.lines.setData(page.lines.index(0, page.lines.place_of(key)), typed)
    assert cell(page, 0, "cover") == ""
    with workplace.happens() as stage:
        submit(stage, ("CHAIR", 5), login="wangqiang")
    qtbot.waitUntil(lambda: cell(page, 0, "available") == str(before - 5), timeout=10_000)
    assert cell(page, 0, "cover") == "Short"
    assert cell(page, 0, "unit_price") == "99.00"


# Deciding


def test_the_manager_approves_with_one_key(at_work: Enter, qtbot: QtBot, told: Told, workplace: Workplace) -> None:
    page = open_order(at_work("manager"), qtbot, submitted(workplace))
    assert page.approve_action.isVisible()
    assert not page.save_action.isVisible()
    assert not page.editable
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: state_of(page) == "confirmed", timeout=10_000)
    assert page.approvals.texts() == ["Level 1 · manager"]
    assert told.messages[-1][0] == "success"
    assert page.grid.isColumnHidden(page.lines.place_of("available"))
    assert cell(page, 0, "shipped_qty") == "0"


def test_the_manager_returns_with_a_reason_and_the_clerk_reads_it(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    number = submitted(workplace)
    page = open_order(at_work("manager"), qtbot, number)
    answer("数量请核实", "primary")
    page.return_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "returned", timeout=10_000)
    clerk = open_order(at_work("lina"), qtbot, number)
    assert clerk.tag_text() == "Returned: 数量请核实"
    assert clerk.editable
    assert clerk.submit_action.isVisible()


def test_nobody_is_offered_to_decide_her_own_order(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, submitted(workplace))
    assert [action.isVisible() for action in (page.approve_action, page.return_action, page.save_action)] == [False] * 3


def test_an_order_is_cancelled_with_a_reason(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("manager"), qtbot, submitted(workplace))
    answer("客户取消", "danger")
    page.cancel_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "cancelled", timeout=10_000)
    assert page.timeline.texts()[0].startswith("Cancelled")


def test_a_hold_is_named_and_released(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    number = made(workplace, ("CHAIR", 1))
    workplace.company.database.rows("update crm.customers set credit_limit = 0 where code = 'C1'")
    try:
        lina = workplace.database("lina")
        held = sales.submit_order(lina, order_id=number, version=1)
        assert held["hold_reason"] == "credit"
    finally:
        workplace.company.database.rows("update crm.customers set credit_limit = 1000000 where code = 'C1'")
    page = open_order(at_work("manager"), qtbot, number)
    assert page.tag_text() == "On hold: Credit limit"
    page.release_action.trigger()
    qtbot.waitUntil(lambda: state_of(page) == "ready", timeout=10_000)


# Looks


def test_related_documents_open_from_the_order(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    number = submitted(workplace)
    version = sales.load_order(workplace.database("manager"), number).version
    sales.approve_order(workplace.database("manager"), order_id=number, version=version)
    shell = at_work("executive")
    page = open_order(shell, qtbot, number)
    qtbot.waitUntil(page.related.isVisible, timeout=10_000)
    related = page.related.findChild(QListWidget)
    assert related.item(0).text().startswith("Work order WO")
    related.setFocus()
    related.setCurrentRow(0)
    press(Qt.Key.Key_Return)
    opened = shell.current_page()
    assert opened is not None
    assert opened.document() == ("work_order", page.document_shown.order.related[0].id)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_on_a_small_screen_the_side_scrolls_and_the_buttons_stay_in_sight(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, language: str
) -> None:
    shell = at_work("manager")
    shell.resize(1366, 768)
    page = open_order(shell, qtbot, submitted(workplace))
    i18n.set_language(language)
    page.related.show_documents([Related("work_order", each, f"WO-{each}", "released") for each in range(9)])
    qtbot.waitUntil(lambda: page._side.verticalScrollBar().maximum() > 0 and not cut_texts(page))
    room = page.visibleRegion().boundingRect()
    for each in (page._primary, page.related, page.approvals):
        place = QRect(each.mapTo(page, QPoint(0, 0)), each.size())
        assert place.right() <= room.right()
    assert room.contains(QRect(page._primary.mapTo(page, QPoint(0, 0)), page._primary.size()))
    assert page._side.horizontalScrollBar().maximum() == 0
    assert page.timeline.height() >= LEAST_TIMELINE


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_on_a_small_screen_all_four_stock_figures_stand_beside_the_lines(
    at_work: Enter, qtbot: QtBot, language: str
) -> None:
    shell = at_work("lina")
    shell.resize(1366, 768)
    i18n.set_language(language)
    page = open_order(shell, qtbot)
    qtbot.waitUntil(lambda: page.grid.viewport().width() > 900)
    places = [page.lines.place_of(key) for key in STOCK]
    header = page.grid.horizontalHeader()
    right = [page.grid.columnViewportPosition(place) + page.grid.columnWidth(place) for place in places]
    assert max(right) <= page.grid.viewport().width() - page.grid.verticalScrollBar().sizeHint().width()
    assert all(header.sectionSize(place) >= header.sectionSizeHint(place) for place in places)


def test_the_customer_is_named_in_the_language_in_use(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    new = open_order(shell, qtbot, customer_id=workplace.company.id_of("customer", "C1"))
    stored = open_order(shell, qtbot, made(workplace))
    fields = [page.header.customer for page in (new, stored)]
    for language, name in (("en", "Yunshan Hotel"), ("zh_CN", "云山酒店"), ("en", "Yunshan Hotel")):
        i18n.set_language(language)
        qtbot.waitUntil(lambda name=name: [each.text() for each in fields] == [f"{name}  C1"] * 2)
    assert not stored.modified


def test_two_lines_of_one_product_share_what_is_there(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=10)
    page = open_order(at_work("lina"), qtbot, made(workplace, ("CHAIR", 1), ("CHAIR", 1)))
    there = int(page.lines.lines()[0]["available"])
    for qty, second in ((there, "short"), (there - 1, None), (there, "short")):
        page.grid.go_to(0, "qty")
        write(str(qty))
        press(Qt.Key.Key_Return)
        assert [line["cover"] for line in page.lines.lines()] == [None, second]


def test_it_is_printed(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace))
    page.print_action.trigger()
    qtbot.waitUntil(lambda: bool(page.findChildren(PrintPreview)), timeout=10_000)
    (preview,) = page.findChildren(PrintPreview)
    qtbot.waitUntil(lambda: preview.isVisible(), timeout=10_000)
    preview.close()


def test_every_control_has_a_name_and_the_window_speaks_both_languages(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    page = open_order(at_work("lina"), qtbot, made(workplace, ("CHAIR", 2)))
    assert unnamed_controls(page) == []
    assert cell(page, 0, "name") == "Chair"
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: cell(page, 0, "name") == "餐椅")
    assert "伍佰肆拾壹元贰角柒分" in page._totals.words.text()
    assert unnamed_controls(page) == []
    i18n.set_language("en")
    qtbot.waitUntil(lambda: page._totals.words.text() == "")


def test_the_list_of_orders_follows_within_a_second(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    shell = at_work("lina")
    page = shell.current_page()
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    before = page.model.summary.count if page.model.summary is not None else 0
    made(workplace)
    qtbot.waitUntil(lambda: page.model.summary is not None and page.model.summary.count == before + 1, timeout=2000)
