"""Every screen and document in both languages: controls have names, keys reach them, no text is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from erp_desktop.models import i18n, operations
from erp_desktop.views.registry import DOCUMENTS, SCREENS
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.list_page import ListPage
from tests.helpers.accessibility import reachable_by_tab, steps_back, unnamed_controls
from tests.helpers.looks import cut_texts, doubled_mnemonics
from tests.helpers.supply import buy, confirm, draft, ship, stock_up
from tests.helpers.workplace import Workplace

WAIT = 15_000
WORKERS = ("lina", "manager", "executive", "keeper", "planner", "worker", "buyer", "finance", "service", "admin")
SOURCES = {
    "order": "sales.orders",
    "customer": "crm.customers",
    "product": "catalog.products",
    "shipment": "stock.shipments",
    "balance": "stock.balances",
    "receiving": "purchasing.orders",
    "work_order": "production.work_orders",
    "purchase_order": "purchasing.orders",
    "invoice": "finance.invoices",
    "payment": "finance.payments",
}
READERS = {
    "order": "lina",
    "customer": "lina",
    "product": "lina",
    "shipment": "keeper",
    "balance": "keeper",
    "receiving": "keeper",
    "work_order": "planner",
    "purchase_order": "buyer",
    "invoice": "finance",
    "payment": "finance",
}
TYPED = {"order": "lina", "customer": "lina", "payment": "finance"}
"""The documents that a person begins on an empty page."""


@pytest.fixture(scope="module")
def busy(workplace: Workplace) -> Workplace:
    """The company after a day on which at least one document of each kind was made."""
    with workplace.happens() as stage:
        draft(stage, [("CHAIR", 1)])
        stock_up(stage, "FIN", CHAIR=2)
        order = confirm(stage, [("CHAIR", 2)])
        ship(stage, order)
        confirm(stage, [("DESK", 2), ("CHAIR", 5)])
        buy(stage)
        made = stage.call("finance", "finance.create_invoice", {"order_id": order})
        stage.call("finance", "finance.issue_invoice", {"id": made["id"]}, made["version"])
        customer, today = stage.id_of("customer", "C1"), date.today().isoformat()
        payment = {"customer_id": customer, "received_on": today, "amount": "100", "method": "bank"}
        stage.call("finance", "finance.record_payment", payment)
    return workplace


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, desk: QApplication) -> Iterator[str]:
    """Each language in turn."""
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language("en")


def faults(qtbot: QtBot, page: QWidget | None) -> list[str]:
    """What is wrong with a page that has been read."""
    assert page is not None
    qtbot.waitUntil(lambda: not operations.running(), timeout=WAIT)
    if isinstance(page, ListPage):
        qtbot.waitUntil(lambda: page.model.summary is not None, timeout=WAIT)
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not cut_texts(page), timeout=1_000)  # texts that came last are still being placed
    stray = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not page.window()]
    found = [f"not named: {each}" for each in unnamed_controls(page)]
    found += [f"mnemonic twice: {each}" for each in doubled_mnemonics(page)]
    found += [f"cut: {each}" for each in cut_texts(page)]
    found += [f"a window of its own: {each!r}" for each in stray]
    focused = QApplication.focusWidget()
    if focused is None or not page.isAncestorOf(focused):
        found.append(f"the keyboard is not on the page but on {focused!r}")
        return found
    found += [f"not reached by Tab: {each}" for each in reachable_by_tab(page)]
    found += [f"Tab goes back: {each}" for each in steps_back(page)]
    return found


@pytest.mark.parametrize("login", WORKERS)
def test_every_screen_is_named_and_whole(
    busy: Workplace, at_work: Callable[[str], Shell], qtbot: QtBot, language: str, login: str
) -> None:
    shell = at_work(login)
    found = {
        screen.code: faults(qtbot, shell.open_screen(screen.code))
        for screen in SCREENS
        if screen.code in shell.session.screens
    }
    assert found and {code: each for code, each in found.items() if each} == {}


@pytest.mark.parametrize("kind", [document.kind for document in DOCUMENTS])
def test_every_document_is_named_and_whole(
    busy: Workplace, at_work: Callable[[str], Shell], qtbot: QtBot, language: str, kind: str
) -> None:
    where = "where state = 'sent'" if kind == "receiving" else ""
    order = "id desc" if kind != "order" else "(state = 'draft') desc, id desc"
    rows = busy.company.database.rows(f"select id from {SOURCES[kind]} {where} order by {order} limit 1")
    page = at_work(READERS[kind]).open_document(kind, rows[0][0])
    assert faults(qtbot, page) == []


@pytest.mark.parametrize("kind", TYPED)
def test_every_new_document_is_named_and_whole(
    busy: Workplace, at_work: Callable[[str], Shell], qtbot: QtBot, language: str, kind: str
) -> None:
    assert faults(qtbot, at_work(TYPED[kind]).open_document(kind)) == []
