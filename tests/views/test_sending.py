"""Documents over a bad line, a slow server, beside a second person: nothing is posted twice, nothing typed is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.services import db
from erp_desktop.views.finance.payment_page import PaymentPage
from erp_desktop.views.production.operations_page import OperationsPage
from erp_desktop.views.sales.customer_page import CustomerPage
from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.stock.receiving_page import ReceivingPage
from erp_desktop.views.stock.shipment_page import ShipmentPage
from erp_desktop.views.widgets.document_page import DocumentPage
from tests.helpers.dying_client import DIED
from tests.helpers.faults import Line, open_line
from tests.helpers.orders import document
from tests.helpers.supply import buy, confirm, draft, release, ship, stock_up, work_orders
from tests.helpers.workplace import Workplace
from tests.views.conftest import Told

WAIT = 10_000
Enter = Callable[[str], Shell]


@pytest.fixture
def line(workplace: Workplace, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """The line to the server; nobody waits seconds for it."""
    monkeypatch.setattr(db, "_PAUSES", (0.01, 0.01))
    with open_line(workplace.company.database.profile.port) as opened:
        yield opened


@pytest.fixture
def far_off(line: Line, at_work: Enter) -> Enter:
    """Opens the main window of somebody whose documents are read and saved over `line`.

    Lists are not: a read that is cancelled holds the interpreter, in which the line would have to answer.
    """

    def enter(login: str) -> Shell:
        shell = at_work(login)
        shell._session = replace(shell.session, database=line.database(shell.session))
        return shell

    return enter


@contextmanager
def held(workplace: Workplace, order_id: int) -> Iterator[None]:
    """Somebody else holds the order's row: whoever saves it waits."""
    connection = psycopg2.connect(workplace.company.database.dsn)
    with connection.cursor() as cursor:
        cursor.execute("select 1 from sales.orders where id = %s for update", (order_id,))
        yield
    connection.rollback()
    connection.close()


def stored(workplace: Workplace, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in workplace.company.database.rows(statement, *values)]


def offers(page: DocumentPage) -> list[str]:
    return [each.text() for each in page._notice.findChildren(QPushButton)]


def offered(page: DocumentPage, text: str) -> QPushButton:
    return next(each for each in page._notice.findChildren(QPushButton) if each.text().replace("&", "") == text)


def lose_the_answer(qtbot: QtBot, page: DocumentPage, line: Line, command: str) -> None:
    """Save; the server carries it out, the line breaks before its answer."""
    line.cut_at(command, "before the answer", stay_down=True)
    page.save()
    qtbot.waitUntil(lambda: "nothing twice" in page._notice.text, timeout=WAIT)
    line.put_up()


def settled(qtbot: QtBot, page: DocumentPage) -> None:
    """The document was saved and read again."""
    qtbot.waitUntil(lambda: not page.modified and not page._sender.sending, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)


def new_payment(qtbot: QtBot, shell: Shell, customer_id: int, amount: str, reference: str) -> PaymentPage:
    page = shell.open_document("payment", customer_id=customer_id, amount=Decimal(amount))
    assert isinstance(page, PaymentPage)
    qtbot.waitUntil(lambda: page.header.customer_id() == customer_id, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    type_into(qtbot, page, "reference", reference)
    return page


def type_into(qtbot: QtBot, page: DocumentPage, field: str, text: str) -> None:
    editor = page._fields[field].editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def open_order(qtbot: QtBot, shell: Shell, order_id: int | None = None, **preset: object) -> OrderPage:
    page = shell.open_document("order", order_id, **preset)
    assert isinstance(page, OrderPage)
    qtbot.waitUntil(lambda: page.header.customer.choice() is not None, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    return page


def new_order(qtbot: QtBot, shell: Shell, workplace: Workplace, note: str) -> OrderPage:
    """An order of one chair, not saved."""
    page = open_order(qtbot, shell, customer_id=workplace.company.id_of("customer", "C1"))
    page.header.promised_on.set_typed("+10")
    page.header.note.setPlainText(note)
    model = page.lines
    model.setData(model.index(0, model.place_of("product")), "CHAIR")
    qtbot.waitUntil(lambda: bool(model.lines()[0].get("product_id")), timeout=WAIT)
    model.setData(model.index(0, model.place_of("qty")), "1")
    return page


def made(workplace: Workplace) -> int:
    """A draft of lina's: two chairs, three lamps."""
    with workplace.happens() as stage:
        return int(draft(stage, [("CHAIR", 2), ("LAMP", 3)])["id"])


def notes_of(workplace: Workplace, note: str) -> list[tuple[Any, ...]]:
    return stored(workplace, "select note, version from sales.orders where note like %s", f"{note}%")


# The answer is lost


def test_a_corrected_payment_is_not_posted_a_second_time(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    customer = workplace.company.id_of("customer", "C2")
    page = new_payment(qtbot, far_off("finance"), customer, "123.45", "BANK-1")
    lose_the_answer(qtbot, page, line, "record_payment")
    type_into(qtbot, page, "reference", "BANK-2")
    page.save()
    qtbot.waitUntil(lambda: page.document_id is not None and page.shown_facts is not None, timeout=WAIT)
    settled(qtbot, page)
    rows = stored(workplace, "select id, number, reference from finance.payments where amount = 123.45")
    assert [row[2] for row in rows] == ["BANK-1"]
    assert page.document_id == rows[0][0]
    assert page.header.reference.text() == "BANK-1"
    assert page._notice.text == (
        f"Already recorded as Payment {rows[0][1]}, without what you changed afterwards: Bank reference."
    )


def test_a_payment_that_was_not_changed_is_simply_recorded(
    far_off: Enter, qtbot: QtBot, told: Told, workplace: Workplace, line: Line
) -> None:
    customer = workplace.company.id_of("customer", "C2")
    page = new_payment(qtbot, far_off("finance"), customer, "124.45", "BANK-3")
    lose_the_answer(qtbot, page, line, "record_payment")
    page.save()
    settled(qtbot, page)
    assert stored(workplace, "select count(*) from finance.payments where amount = 124.45") == [(1,)]
    assert page._notice.text == ""
    assert told.messages[-1][1].endswith("is recorded.")


def test_what_never_reached_the_server_is_sent_as_it_is_now(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    customer = workplace.company.id_of("customer", "C2")
    shell = far_off("finance")
    page = new_payment(qtbot, shell, customer, "125.45", "WRONG")
    line.take_down()
    shell.session.database.close()  # no connection is left that might have carried something over
    page.save()
    qtbot.waitUntil(lambda: page._notice.text != "", timeout=WAIT)
    line.put_up()
    type_into(qtbot, page, "reference", "RIGHT")
    page.save()
    settled(qtbot, page)
    assert stored(workplace, "select reference from finance.payments where amount = 125.45") == [("RIGHT",)]


def test_a_corrected_order_becomes_one_order(far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line) -> None:
    page = new_order(qtbot, far_off("lina"), workplace, "lost-a")
    lose_the_answer(qtbot, page, line, "save_order")
    page.header.note.setPlainText("lost-a corrected")
    page.save()
    settled(qtbot, page)
    assert notes_of(workplace, "lost-a") == [("lost-a corrected", 2)]
    assert page.version == 2 and page.shown_facts is not None
    page.header.note.setPlainText("lost-a again")
    page.save()
    settled(qtbot, page)
    assert notes_of(workplace, "lost-a") == [("lost-a again", 3)]


def test_a_correction_whose_answer_is_lost_too_is_not_doubled(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    page = new_order(qtbot, far_off("lina"), workplace, "lost-b")
    lose_the_answer(qtbot, page, line, "save_order")
    page.header.note.setPlainText("lost-b corrected")
    lose_the_answer(qtbot, page, line, "lost-b corrected")
    offered(page, "Try again").click()
    settled(qtbot, page)
    assert notes_of(workplace, "lost-b") == [("lost-b corrected", 2)]


def test_the_notice_of_a_lost_answer_goes_with_it_and_its_button_is_void(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    page = new_order(qtbot, far_off("lina"), workplace, "stale")
    lose_the_answer(qtbot, page, line, "save_order")
    stale = partial(page._try_again, *page._unanswered, page._sender.answers)
    offered(page, "Try again").click()
    assert page._notice.text == ""
    settled(qtbot, page)
    assert page._notice.text == ""
    page.header.note.setPlainText("stale, typed on")
    stale()
    assert not page._sender.sending and page.header.note.toPlainText() == "stale, typed on"
    page.save()
    settled(qtbot, page)
    assert notes_of(workplace, "stale") == [("stale, typed on", 2)]


def test_her_own_change_is_not_called_somebody_elses_while_its_answer_is_lost(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    page = open_order(qtbot, far_off("lina"), made(workplace))
    page.header.note.setPlainText("own change")
    lose_the_answer(qtbot, page, line, "save_order")
    assert notes_of(workplace, "own change") == [("own change", 2)]
    page.reload()
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    assert "nothing twice" in page._notice.text
    page.save()
    settled(qtbot, page)
    assert page._notice.text == "" and page.version == 2


def filled_payment(qtbot: QtBot, shell: Shell, workplace: Workplace, amount: str) -> PaymentPage:
    """A payment that the program filled in from an invoice: nothing was typed."""
    customer_id = workplace.company.id_of("customer", "C2")
    page = shell.open_document("payment", customer_id=customer_id, amount=Decimal(amount))
    assert isinstance(page, PaymentPage)
    qtbot.waitUntil(lambda: page.header.customer_id() == customer_id, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    return page


def test_closing_a_payment_whose_answer_was_lost_asks_and_hears_of_it(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = far_off("finance")
    page = filled_payment(qtbot, shell, workplace, "128.45")
    lose_the_answer(qtbot, page, line, "record_payment")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()) or QMessageBox.StandardButton.Save)
    shell.close_page(page)
    qtbot.waitUntil(lambda: page not in shell.pages(), timeout=WAIT)
    assert len(asked) == 1 and "the answer did not come" in asked[0]
    assert stored(workplace, "select count(*) from finance.payments where amount = 128.45") == [(1,)]


def test_nothing_is_recorded_while_an_earlier_payment_waits_for_its_answer(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    shell = far_off("finance")
    page = filled_payment(qtbot, shell, workplace, "129.45")
    lose_the_answer(qtbot, page, line, "record_payment")
    restarted(page)
    again = filled_payment(qtbot, shell, workplace, "129.45")
    assert "the answer did not come" in again._notice.text
    again.save()
    assert again._notice.text.startswith("Decide first") and not again._sender.sending
    offered(again, "Take it over").click()
    qtbot.waitUntil(lambda: again.shown_facts is not None, timeout=WAIT)
    settled(qtbot, again)
    assert stored(workplace, "select count(*) from finance.payments where amount = 129.45") == [(1,)]


def payment_with_allocations(qtbot: QtBot, shell: Shell, workplace: Workplace, amount: str) -> PaymentPage:
    """A payment of which 10 and 20 are typed beside two invoices, instead of what was proposed."""
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=2)
        for _ in range(2):
            order_id = confirm(stage, [("CHAIR", 1)])
            ship(stage, order_id)
            bill = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
            stage.call("finance", "finance.issue_invoice", {"id": bill["id"]}, bill["version"])
    page = new_payment(qtbot, shell, workplace.company.id_of("customer", "C1"), amount, f"ALLOC {amount}")
    model = page.allocation
    for row in range(model.rowCount()):
        typed = {0: "10", 1: "20"}.get(row, "")
        model.setData(model.index(row, model.place_of("amount")), typed)
    assert sorted(model.amounts().values()) == [10, 20]
    return page


def test_allocations_that_were_typed_stay_when_the_answer_was_lost(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    page = payment_with_allocations(qtbot, far_off("finance"), workplace, "130.45")
    typed = page.allocation.amounts()
    page.take_draft(page.draft_data() or {})  # as after a crash
    qtbot.waitUntil(lambda: page.allocation.amounts() == typed and not operations.running(), timeout=WAIT)
    lose_the_answer(qtbot, page, line, "record_payment")
    type_into(qtbot, page, "reference", "ALLOC-2")
    page.save()
    qtbot.waitUntil(lambda: page.shown_facts is not None and not operations.running(), timeout=WAIT)
    assert page._notice.text.endswith("without what you changed afterwards: Bank reference.")
    assert page.allocation.amounts() == typed and page.modified
    page.allocate_action.trigger()
    settled(qtbot, page)
    assert stored(workplace, "select count(*) from finance.payments where amount = 130.45") == [(1,)]
    assert sorted(each.amount for each in page.document_shown.allocations) == [10, 20]


def test_allocations_whose_own_answer_is_lost_stay_and_are_made_once(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    page = payment_with_allocations(qtbot, far_off("finance"), workplace, "131.45")
    typed = page.allocation.amounts()
    line.cut_at("allocate_payment", "before the server hears", stay_down=True)
    page.save()
    qtbot.waitUntil(lambda: "nothing twice" in page._notice.text, timeout=WAIT)
    line.put_up()
    page._load()
    qtbot.waitUntil(lambda: page.shown_facts is not None and not operations.running(), timeout=WAIT)
    assert page.allocation.amounts() == typed and page.modified
    offered(page, "Try again").click()
    settled(qtbot, page)
    assert page._notice.text == ""
    assert sorted(each.amount for each in page.document_shown.allocations) == [10, 20]


def test_a_receipt_is_not_booked_again_with_other_quantities(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    with workplace.happens() as stage:
        confirm(stage, [("DESK", 60)])
        order_id = buy(stage)[0]["id"]
    page = far_off("keeper").open_document("receiving", order_id)
    assert isinstance(page, ReceivingPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=WAIT)
    page._enter(0, "5")
    lose_the_answer(qtbot, page, line, "receive_order")
    page._enter(0, "6")
    page.save()
    settled(qtbot, page)
    receipt = stored(workplace, "select number from purchasing.receipts where order_id = %s", order_id)[0][0]
    assert page._notice.text == (
        f"Already recorded as Goods receipt {receipt}, without what you changed afterwards: Received now in line 1."
    )
    assert page.document_shown.lines[0].received_qty == 5
    assert page._model().lines()[0]["qty"] is None


def floor_of(qtbot: QtBot, shell: Shell, workplace: Workplace) -> tuple[OperationsPage, int]:
    """The worker's screen, and a released work order of three desks that she stands on."""
    with workplace.happens() as stage:
        stock_up(stage, "RAW", BOARD=500, SCREW=5000, DRAWER=500)
        ((desk, *_),) = work_orders(stage, confirm(stage, [("DESK", 3)]))
        release(stage, desk)
    page = shell.open_screen("production.operations")
    assert isinstance(page, OperationsPage)
    page.card._sender._database = shell.session.database  # her first screen was there before the line
    page.reload()
    qtbot.waitUntil(lambda: stands_on(page, desk), timeout=WAIT)
    return page, desk


def stands_on(page: OperationsPage, work: int) -> bool:
    for row in range(page.operations.count()):
        page.operations.setCurrentRow(row)
        operation = page.operations.operation()
        if operation is not None and operation.work_order_id == work:
            return True
    return False


def reported(workplace: Workplace, work: int) -> list[tuple[Any, ...]]:
    statement = "select done_qty from production.operations where work_order_id = %s order by step_no"
    return stored(workplace, statement, work)


def lose_a_report(qtbot: QtBot, page: OperationsPage, line: Line, good: str) -> None:
    page.card.good.set_typed(good)
    line.cut_at("report_work", "before the answer", stay_down=True)
    page.card._report()
    qtbot.waitUntil(lambda: "nothing twice" in page.card._message.text(), timeout=WAIT)
    line.put_up()


def test_a_corrected_report_of_pieces_is_not_added_to_the_first(
    far_off: Enter, qtbot: QtBot, told: Told, workplace: Workplace, line: Line
) -> None:
    page, work = floor_of(qtbot, far_off("worker"), workplace)
    lose_a_report(qtbot, page, line, "1")
    page.card.good.set_typed("2")
    page.card._report()
    qtbot.waitUntil(lambda: "was counted: 1 good, 0 scrap" in page.card._message.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    assert reported(workplace, work)[0] == (1,)
    assert told.messages[-1] == ("warning", page.card._message.text())
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: "已" in page.card._message.text(), timeout=WAIT)
    i18n.set_language("en")
    page.card._report()  # it does come on top
    qtbot.waitUntil(lambda: told.messages[-1] == ("success", "Reported: 2 good."), timeout=WAIT)
    assert reported(workplace, work)[0] == (3,)


def test_a_report_at_another_operation_follows_the_lost_one(
    far_off: Enter, qtbot: QtBot, told: Told, workplace: Workplace, line: Line
) -> None:
    shell = far_off("worker")
    page, first = floor_of(qtbot, shell, workplace)
    lose_a_report(qtbot, page, line, "1")
    page, second = floor_of(qtbot, shell, workplace)
    page.card.good.set_typed("2")
    page.card._report()
    qtbot.waitUntil(lambda: ("success", "Reported: 2 good.") in told.messages, timeout=WAIT)
    assert (reported(workplace, first)[0], reported(workplace, second)[0]) == ((1,), (2,))


# The program dies


def restarted(page: DocumentPage) -> None:
    """As the next start of the program finds it: the page is gone, its file is there."""
    page._unsaved.keeper.leave()
    page._set_modified(False)
    page._sender._open = None


def test_a_client_that_dies_before_it_hears_the_answer_leaves_word_of_what_it_sent(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    shell = at_work("lina")
    profile, customer = workplace.company.database.profile, workplace.company.id_of("customer", "C1")
    words = [str(profile.port), profile.database, "lina", str(customer), "died"]
    client = subprocess.run(
        [sys.executable, "-m", "tests.helpers.dying_client", *words],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert client.returncode == DIED, client.stderr.decode()
    assert notes_of(workplace, "died") == [("died", 1)]
    page = shell.open_document("order")
    assert isinstance(page, OrderPage)
    offered(page, "Take it over").click()
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=WAIT)
    settled(qtbot, page)
    page.header.note.setPlainText("died, corrected")
    page.save()
    settled(qtbot, page)
    assert notes_of(workplace, "died") == [("died, corrected", 2)]
    assert not list(tmp_path.rglob("order-*.json"))


def test_after_a_crash_the_order_is_found_and_not_made_again(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    shell = far_off("lina")
    page = new_order(qtbot, shell, workplace, "crash-a")
    lose_the_answer(qtbot, page, line, "save_order")
    restarted(page)
    again = shell.open_document("order")
    assert isinstance(again, OrderPage)
    assert "the answer did not come" in again._notice.text
    offered(again, "Take it over").click()
    qtbot.waitUntil(lambda: again.shown_facts is not None, timeout=WAIT)
    settled(qtbot, again)
    assert again._notice.text == f"Already recorded as {again.title()}."
    again.header.note.setPlainText("crash-a corrected")
    again.save()
    settled(qtbot, again)
    assert notes_of(workplace, "crash-a") == [("crash-a corrected", 2)]


def test_after_a_crash_what_was_typed_since_the_save_stands_on_the_order_that_was_made(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    shell = far_off("lina")
    page = new_order(qtbot, shell, workplace, "crash-b")
    lose_the_answer(qtbot, page, line, "save_order")
    page.header.note.setPlainText("crash-b, typed on")
    page._unsaved.keep()
    restarted(page)
    again = shell.open_document("order")
    assert isinstance(again, OrderPage)
    offered(again, "Take it over").click()
    qtbot.waitUntil(lambda: again.modified and again.shown_facts is not None, timeout=WAIT)
    assert again.header.note.toPlainText() == "crash-b, typed on"
    assert notes_of(workplace, "crash-b") == [("crash-b", 1)]
    again.save()
    settled(qtbot, again)
    assert notes_of(workplace, "crash-b") == [("crash-b, typed on", 2)]


def test_after_a_crash_before_the_server_heard_the_input_is_saved_once(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    shell = far_off("lina")
    page = new_order(qtbot, shell, workplace, "crash-c")
    line.cut_at("save_order", "before the server hears", stay_down=True)
    page.save()
    qtbot.waitUntil(lambda: "nothing twice" in page._notice.text, timeout=WAIT)
    restarted(page)
    again = shell.open_document("order")
    assert isinstance(again, OrderPage)
    offered(again, "Take it over").click()
    qtbot.waitUntil(lambda: "Try &again" in offers(again), timeout=WAIT)  # the server is still away
    line.put_up()
    offered(again, "Try again").click()
    qtbot.waitUntil(lambda: again.shown_facts is not None, timeout=WAIT)
    settled(qtbot, again)
    assert notes_of(workplace, "crash-c") == [("crash-c", 1)]


def test_after_a_crash_a_payment_opens_as_it_was_recorded(
    far_off: Enter, qtbot: QtBot, workplace: Workplace, line: Line
) -> None:
    shell = far_off("finance")
    page = new_payment(qtbot, shell, workplace.company.id_of("customer", "C2"), "126.45", "CRASH")
    lose_the_answer(qtbot, page, line, "record_payment")
    restarted(page)
    again = shell.open_document("payment")
    assert isinstance(again, PaymentPage)
    offered(again, "Take it over").click()
    qtbot.waitUntil(lambda: again.shown_facts is not None, timeout=WAIT)
    settled(qtbot, again)
    assert stored(workplace, "select count(*) from finance.payments where amount = 126.45") == [(1,)]
    assert again.header.amount.value() == Decimal("126.45")
    assert "Already recorded as Payment" in again._notice.text


def test_what_is_sent_is_written_down_before(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    page.header.note.setPlainText("written down")
    with held(workplace, order_id):
        page.save()
        (kept,) = tmp_path.rglob(f"order-{order_id}.json")
        assert '"command": "sales.save_order"' in kept.read_text(encoding="utf-8")
    settled(qtbot, page)
    assert not list(tmp_path.rglob("order-*.json"))


# Typed while it is saved


def test_what_is_typed_while_an_order_is_saved_stays_and_is_saved_next(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, tmp_path: Path
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    page.header.note.setPlainText("before")
    with held(workplace, order_id):
        page.save()
        page.header.note.setPlainText("before and after")
        page.lines.setData(page.lines.index(0, page.lines.place_of("qty")), "7")
    qtbot.waitUntil(lambda: page.version == 2 and not page._sender.sending, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    assert page.modified
    assert page.header.note.toPlainText() == "before and after"
    assert notes_of(workplace, "before") == [("before", 2)]
    assert list(tmp_path.rglob(f"order-{order_id}.json"))
    page.save()
    settled(qtbot, page)
    assert notes_of(workplace, "before") == [("before and after", 3)]
    assert page.lines.lines()[0]["qty"] == 7
    assert page._notice.text == ""


def test_a_cell_that_is_open_while_a_new_order_is_saved_stays_open(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    page = new_order(qtbot, at_work("lina"), workplace, "open cell")
    page.save()
    page.grid.edit_cell(0, "qty")
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "12")
    qtbot.waitUntil(lambda: page.shown_facts is not None and not operations.running(), timeout=WAIT)
    assert page.grid.is_typing()
    page.save()
    settled(qtbot, page)
    assert page.lines.lines()[0]["qty"] == 12
    assert stored(workplace, "select version from sales.orders where note = 'open cell'") == [(2,)]


def test_who_types_on_while_an_order_is_saved_does_not_submit_something_else(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    page.header.note.setPlainText("to submit")
    with held(workplace, order_id):
        page.submit_action.trigger()
        page.header.note.setPlainText("to submit, later")
    qtbot.waitUntil(lambda: "next step was not taken" in page._notice.text, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    assert stored(workplace, "select note, state from sales.orders where id = %s", order_id) == [("to submit", "draft")]
    assert page.modified
    page.submit_action.trigger()
    settled(qtbot, page)
    assert stored(workplace, "select note from sales.orders where id = %s and state <> 'draft'", order_id) == [
        ("to submit, later",)
    ]


def test_save_in_the_closing_question_waits_for_the_save_under_way(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    order_id = made(workplace)
    shell = at_work("lina")
    page = open_order(qtbot, shell, order_id)
    monkeypatch.setattr(QMessageBox, "exec", lambda _box: QMessageBox.StandardButton.Save)
    page.header.note.setPlainText("closing")
    with held(workplace, order_id):
        page.save()
        page.header.note.setPlainText("closing, later")
        shell.close_page(page)
        assert page in shell.pages()
    qtbot.waitUntil(lambda: page not in shell.pages(), timeout=WAIT)
    assert notes_of(workplace, "closing") == [("closing, later", 3)]


@pytest.mark.parametrize("kind", ["order", "purchase_order", "customer", "shipment"])
def test_a_save_sends_all_that_is_typed(at_work: Enter, qtbot: QtBot, workplace: Workplace, kind: str) -> None:
    with workplace.happens() as stage:
        if kind == "order":
            login, number = "lina", int(draft(stage, [("CHAIR", 1)])["id"])
        elif kind == "customer":
            login, number = "lina", workplace.company.id_of("customer", "C1")
        elif kind == "purchase_order":
            lamp, supplier = stage.product("LAMP"), stage.id_of("supplier", "S2")
            offer = {"product_id": lamp, "supplier_id": supplier, "unit_price": "20"}
            stage.call("buyer", "purchasing.set_preferred_supplier", offer)
            confirm(stage, [("LAMP", 60)])  # more than any test puts into stock
            request = stage.value("select max(id) from purchasing.requests where product_id = %s", lamp)
            bought = stage.call("buyer", "purchasing.create_orders", {"request_ids": [request]})
            login, number = "buyer", bought["orders"][0]["id"]
        else:
            stock_up(stage, "FIN", CHAIR=200)
            order_id = confirm(stage, [("CHAIR", 3)])
            login, number = "keeper", stage.call("keeper", "stock.create_shipment", {"order_id": order_id})["id"]
    page = at_work(login).open_document(kind, number)
    assert isinstance(page, DocumentPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None and not operations.running(), timeout=WAIT)
    typed = set(page.draft_data() or {})
    page.touch()
    page.save()
    left = page._sender.open
    assert left is not None and typed
    assert {{"picked": "lines"}.get(name, name) for name in typed} <= set(left.call.document)
    settled(qtbot, page)


def test_a_carrier_is_saved_with_the_picked_quantities(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    with workplace.happens() as stage:
        stock_up(stage, "FIN", CHAIR=200)
        order_id = confirm(stage, [("CHAIR", 3)])
        number = stage.call("keeper", "stock.create_shipment", {"order_id": order_id})["id"]
    page = at_work("keeper").open_document("shipment", number)
    assert isinstance(page, ShipmentPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=WAIT)
    type_into(qtbot, page, "carrier", "SF Express")
    type_into(qtbot, page, "vehicle", "A-1")
    page.save()
    settled(qtbot, page)
    assert (page._carrier.text(), page._vehicle.text()) == ("SF Express", "A-1")
    read = stored(workplace, "select carrier, vehicle from stock.shipments where id = %s", number)
    assert read == [("SF Express", "A-1")]


def test_the_keyboard_stays_on_the_page_when_its_button_goes(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    type_into(qtbot, page, "contact", "Hers")
    save_as_manager(workplace, order_id, 1, phone="His")
    page.save()
    qtbot.waitUntil(lambda: bool(page._notice.text) and not page._sender.sending, timeout=WAIT)
    for text in ("Show the newer one", "Take it over"):
        qtbot.waitUntil(lambda text=text: text in [each.replace("&", "") for each in offers(page)], timeout=WAIT)
        offered(page, text).setFocus()
        qtbot.keyClick(offered(page, text), Qt.Key.Key_Space)
        assert page.header.texts["contact"].hasFocus()
    button = next(button for action, button, *_rest in page._steps if action is page.submit_action)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settled(qtbot, page)
    focused = QApplication.focusWidget()
    assert focused is not None and page._content.isAncestorOf(focused)


def test_what_is_typed_while_a_customer_is_saved_stays(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    customer_id = workplace.company.id_of("customer", "C1")
    page = at_work("lina").open_document("customer", customer_id)
    assert isinstance(page, CustomerPage)
    qtbot.waitUntil(lambda: page.shown_facts is not None, timeout=WAIT)
    type_into(qtbot, page, "contact", "Zhao")
    page.save()
    type_into(qtbot, page, "phone", "0571-1")
    qtbot.waitUntil(lambda: not page._sender.sending and not operations.running(), timeout=WAIT)
    assert page.modified
    page.save()
    settled(qtbot, page)
    assert stored(workplace, "select contact, phone from crm.customers where id = %s", customer_id) == [
        ("Zhao", "0571-1")
    ]


def test_what_is_typed_while_a_payment_is_recorded_is_named(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    page = new_payment(qtbot, at_work("finance"), workplace.company.id_of("customer", "C2"), "127.45", "FIRST")
    page.save()
    type_into(qtbot, page, "reference", "SECOND")
    settled(qtbot, page)
    assert page.header.reference.text() == "FIRST"
    assert page._notice.text == "What you typed after it was sent is not part of it: Bank reference."


# Somebody else was quicker


def save_as_manager(workplace: Workplace, order_id: int, version: int, *lines: tuple[Any, ...], **fields: Any) -> None:
    with workplace.happens() as stage:
        order = document(stage, *(lines or (("CHAIR", 2), ("LAMP", 3))), **fields)
        stage.call("manager", "sales.save_order", {**order, "id": order_id}, version)


def conflict(qtbot: QtBot, page: OrderPage) -> None:
    """Save, be refused, look at the newer one, take the own input over."""
    page.save()
    qtbot.waitUntil(lambda: bool(page._notice.text) and not page._sender.sending, timeout=WAIT)
    offered(page, "Show the newer one").click()
    qtbot.waitUntil(lambda: page.version == 2 and "not saved" in page._notice.text, timeout=WAIT)
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    offered(page, "Take it over").click()


def test_taking_input_over_leaves_what_only_the_other_changed(
    at_work: Enter, qtbot: QtBot, workplace: Workplace
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    type_into(qtbot, page, "contact", "Hers")
    page.lines.setData(page.lines.index(1, page.lines.place_of("qty")), "30")
    save_as_manager(workplace, order_id, 1, ("CHAIR", 20), ("LAMP", 3), ("DESK", 1), phone="His", note="His note")
    conflict(qtbot, page)
    assert page._notice.text == ""
    page.save()
    settled(qtbot, page)
    assert stored(workplace, "select contact, phone, note from sales.orders where id = %s", order_id) == [
        ("Hers", "His", "His note")
    ]
    assert [(each["product"], each["qty"]) for each in page.lines.lines()] == [("CHAIR", 20), ("LAMP", 30), ("DESK", 1)]


@pytest.mark.parametrize(
    ("answers", "contact", "qty"),
    [
        (["Keep mine"], "Hers", 30),
        (["Use the other's", "Keep the other's"], "His", 9),
        (["Use the other's", "Take mine again", "Keep mine"], "Hers", 30),
    ],
)
def test_what_both_changed_is_named_and_the_person_decides(
    at_work: Enter, qtbot: QtBot, workplace: Workplace, answers: list[str], contact: str, qty: int
) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    type_into(qtbot, page, "contact", "Hers")
    type_into(qtbot, page, "phone", "Her phone")
    page.lines.setData(page.lines.index(1, page.lines.place_of("qty")), "30")
    save_as_manager(workplace, order_id, 1, ("CHAIR", 2), ("LAMP", 9), contact="His")
    conflict(qtbot, page)
    assert page._notice.text == (
        "Somebody else changed this, too: Contact, Qty in line 2. Your input stands there now."
    )
    assert page.header.texts["contact"].text() == "Hers"
    page.header.note.setPlainText("typed later")
    for text in answers:
        offered(page, text).click()
    page.save()
    settled(qtbot, page)
    assert stored(workplace, "select contact, phone, note from sales.orders where id = %s", order_id) == [
        (contact, "Her phone", "typed later")
    ]
    assert page.lines.lines()[1]["qty"] == qty


def test_the_notice_of_a_clash_speaks_her_language(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    type_into(qtbot, page, "contact", "Hers")
    save_as_manager(workplace, order_id, 1, contact="His")
    conflict(qtbot, page)
    said = page._notice.text
    i18n.set_language("zh_CN")
    qtbot.waitUntil(lambda: page._notice.text != said)
    assert "联系人" in page._notice.text


def test_an_older_answer_does_not_replace_a_newer_one(at_work: Enter, qtbot: QtBot, workplace: Workplace) -> None:
    order_id = made(workplace)
    page = open_order(qtbot, at_work("lina"), order_id)
    older = page.document_shown
    save_as_manager(workplace, order_id, 1, note="newer")
    page._load()
    qtbot.waitUntil(lambda: page.version == 2, timeout=WAIT)
    page._on_read(page._turn - 1, older)
    assert page.header.note.toPlainText() == "newer"
    page._on_read(page._turn, older)
    assert page.header.note.toPlainText() == "newer" and page.version == 2
