"""Stock explains itself, counts are booked, moves are found: in the window of the people who may."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.balance_page import BalancePage
from erp_desktop.views.stock.balances_page import BalancesPage
from erp_desktop.views.stock.count_dialog import CountDialog
from erp_desktop.views.stock.moves_page import MovesPage
from erp_desktop.views.stock.shipment_page import ShipmentPage
from erp_desktop.views.stock.stock_card import StockCardPanel
from erp_desktop.views.widgets.list_page import ListPage
from tests.helpers.accessibility import unnamed_controls
from tests.helpers.supply import buy, confirm, ship, stock_up
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

SECOND = 1_000
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def balance_id(workplace: Workplace) -> int:
    """Chairs in FIN: each time five more are there and one more is reserved."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=5)
        confirm(stage, [("CHAIR", 1)])
    return balance_of(workplace, "CHAIR")


def balance_of(workplace: Workplace, code: str) -> int:
    return (workplace.company.id_of("product", code) << 20) + workplace.company.id_of("warehouse", "FIN")


def open_list(shell: Shell, qtbot: QtBot, code: str) -> Any:
    page = shell.open_screen(code)
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=10_000)
    return page


def open_stock(shell: Shell, qtbot: QtBot, balance_id: int) -> BalancesPage:
    page = open_list(shell, qtbot, "stock.balances")
    assert isinstance(page, BalancesPage)
    page.table.select_ids([balance_id])
    qtbot.waitUntil(lambda: page.card.card is not None, timeout=10_000)
    return page


def on_hand(page: BalancesPage, balance_id: int) -> Decimal | None:
    row = page.model.row_of(balance_id)
    values = page.model.values(row) if row is not None else None
    return None if values is None else values["on_hand"]


def groups(panel: StockCardPanel) -> dict[str, list[QTreeWidgetItem]]:
    tops = [panel._tree.topLevelItem(row) for row in range(panel._tree.topLevelItemCount())]
    return {top.text(0): [top.child(row) for row in range(top.childCount())] for top in tops}


def open_count(page: BalancesPage, qtbot: QtBot) -> CountDialog:
    QTest.keyClick(page.table, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: bool(page.findChildren(CountDialog)), timeout=10_000)
    return page.findChildren(CountDialog)[-1]


def fill(dialog: CountDialog, counted: str, reason: str = "") -> None:
    dialog._counted.set_typed(counted)
    if reason:
        dialog._reason.setEditText(reason)
    dialog._book.click()


def test_a_selected_row_tells_what_its_numbers_are_made_of(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, balance_id: int
) -> None:
    with workplace.happens() as stage:
        shipment = ship(stage, confirm(stage, [("CHAIR", 1)], promised_in=1))
        confirm(stage, [("CHAIR", 50)])
        purchase = buy(stage)[0]
    shell = at_work("keeper")
    page = open_stock(shell, qtbot, balance_id)
    shown = groups(page.card)
    assert list(shown) == ["Reserved for", "Incoming from", "Latest moves"]
    assert [item.text(0) for item in shown["Incoming from"]] == [purchase["number"]]
    card = page.card.card
    assert card is not None
    reserved = sum(Decimal(item.text(3).replace(",", "")) for item in shown["Reserved for"])
    assert reserved == card.balance.reserved
    assert page.card._figures[0].text() == f"{card.balance.on_hand.normalize():f}"
    latest = shown["Latest moves"][0]
    assert (latest.text(0), latest.text(3)) == (shipment["number"], "-1")
    page.card._tree.itemActivated.emit(latest, 0)
    note = shell.current_page()
    assert isinstance(note, ShipmentPage) and note.document_id == shipment["id"]
    qtbot.waitUntil(lambda: note.shown_facts is not None, timeout=10_000)


def test_stock_that_moves_shows_within_a_second(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, balance_id: int
) -> None:
    page = open_stock(at_work("keeper"), qtbot, balance_id)
    before = on_hand(page, balance_id)
    assert before is not None
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=2)
    qtbot.waitUntil(lambda: on_hand(page, balance_id) == before + 2, timeout=SECOND)
    qtbot.waitUntil(lambda: page.card.card is not None and page.card.card.balance.on_hand == before + 2, timeout=SECOND)


def test_a_count_is_booked(
    at_work: Callable[[str], Shell], qtbot: QtBot, told: Told, workplace: Workplace, balance_id: int
) -> None:
    page = open_stock(at_work("keeper"), qtbot, balance_id)
    before = on_hand(page, balance_id)
    assert before is not None
    dialog = open_count(page, qtbot)
    assert dialog._counted.hasFocus()
    assert unnamed_controls(dialog) == []
    fill(dialog, "many")
    assert "Enter a number" in dialog._counted_field.message
    fill(dialog, "")
    assert dialog._counted_field.message == "Enter what was counted."
    fill(dialog, f"={before}+1")
    assert dialog._difference.text() == "Difference: +1 piece"
    assert dialog._reason_field.message != ""
    fill(dialog, f"{before + 1}", "Found behind the rack")
    qtbot.waitUntil(lambda: on_hand(page, balance_id) == before + 1, timeout=10_000)
    qtbot.waitUntil(lambda: any(text.startswith("Count ADJ") for _kind, text in told.messages), timeout=10_000)
    reason = "select reason from stock.adjustments order by id desc limit 1"
    assert workplace.company.database.value(reason) == "Found behind the rack"


def test_books_that_moved_while_somebody_counted_are_shown_and_the_count_can_be_sent_again(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, balance_id: int
) -> None:
    page = open_stock(at_work("keeper"), qtbot, balance_id)
    dialog = open_count(page, qtbot)
    before = dialog._book_qty
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=4)
    fill(dialog, f"{before + 5}", "Stock count")
    qtbot.waitUntil(lambda: dialog._counted_field.message != "", timeout=10_000)
    assert dialog._book_qty == before + 4
    assert f"{(before + 4).normalize():f} piece" in dialog._books.text()
    assert dialog._difference.text() == "Difference: +1 piece"
    dialog._book.click()
    qtbot.waitUntil(lambda: on_hand(page, balance_id) == before + 5, timeout=10_000)


def test_less_than_is_reserved_names_who_holds_it(
    at_work: Callable[[str], Shell], qtbot: QtBot, balance_id: int
) -> None:
    page = open_stock(at_work("keeper"), qtbot, balance_id)
    dialog = open_count(page, qtbot)
    fill(dialog, "0", "Stock count")
    qtbot.waitUntil(lambda: dialog._counted_field.message != "", timeout=10_000)
    assert "SO2" in dialog._counted_field.message
    assert dialog.isVisible() and dialog._counted.text() == "0"
    dialog.reject()


def test_who_only_looks_at_stock_books_no_count(at_work: Callable[[str], Shell], qtbot: QtBot, balance_id: int) -> None:
    shell = at_work("lina")
    page = open_stock(shell, qtbot, balance_id)
    assert not page.count_action.isVisible()
    page.open_row(balance_id)
    card = shell.current_page()
    assert isinstance(card, BalancePage)
    assert not card.count_action.isVisible()


def test_the_stock_card_is_a_page_of_its_own(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace, balance_id: int
) -> None:
    shell = at_work("keeper")
    page = shell.open_document("balance", balance_id)
    assert isinstance(page, BalancePage)
    qtbot.waitUntil(lambda: page.title() == "Stock CHAIR · Finished goods", timeout=10_000)
    assert page.count_action.isEnabled()
    assert unnamed_controls(page) == []
    assert shell.open_document("balance", balance_id) is page
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "餐椅" in page.card._name.text(), timeout=10_000)
    gone = shell.open_document("balance", balance_of(workplace, "INSTALL"))
    assert isinstance(gone, BalancePage)
    qtbot.waitUntil(lambda: gone.card._failure is not None, timeout=10_000)
    assert not gone.count_action.isEnabled()


def test_tabs_and_search_narrow_the_stock(at_work: Callable[[str], Shell], qtbot: QtBot, balance_id: int) -> None:
    page = open_list(at_work("keeper"), qtbot, "stock.balances")
    page._search.setText("canyi")
    page._search.textEdited.emit("canyi")
    qtbot.waitUntil(lambda: page.model.query.search == "canyi" and page.model.summary is not None, timeout=10_000)
    qtbot.waitUntil(lambda: page.model.row_of(balance_id) is not None, timeout=10_000)
    assert unnamed_controls(page) == []


def test_moves_are_listed_found_and_lead_to_their_document(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "FIN", LAMP=1)
        shipment = ship(stage, confirm(stage, [("LAMP", 1)]))
    shell = at_work("keeper")
    page = open_list(shell, qtbot, "stock.moves")
    assert isinstance(page, MovesPage)
    page._search.setText(shipment["number"])
    page._search.textEdited.emit(shipment["number"])
    qtbot.waitUntil(lambda: page.model.query.search != "" and page.model.count == 1, timeout=10_000)
    values = page.model.values(0)
    assert values is not None
    assert (values["kind"], values["qty"], values["document_number"]) == ("shipment", -1, shipment["number"])
    page.open_row(page.model.row_id(0))
    note = shell.current_page()
    assert isinstance(note, ShipmentPage)
    qtbot.waitUntil(lambda: note.shown_facts is not None, timeout=10_000)
    assert unnamed_controls(page) == []
