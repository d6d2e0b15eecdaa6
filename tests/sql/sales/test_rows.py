"""Who sees which orders, lines, prices and timelines; the stranger sees nothing."""

from __future__ import annotations

import pytest

from tests.helpers.orders import Document, huge, submit
from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import draft, ship, stock_up

# Of the orders of `everything`: lina's draft, ready, delivered; wangqiang's submitted one; chen's confirmed one.
SEES_WITH_PRICES = {
    "lina": {"draft", "ready", "delivered"},
    "wangqiang": {"submitted"},
    "chen": {"confirmed"},
    "manager": {"draft", "ready", "delivered", "submitted"},
    "cdmanager": {"confirmed"},
    "executive": {"draft", "ready", "delivered", "submitted", "confirmed"},
    "finance": {"draft", "ready", "delivered", "submitted", "confirmed"},
    "service": {"delivered"},
}
SEES_WITHOUT_PRICES = {
    "keeper": {"ready"},
    "shopkeeper": {"confirmed"},
    "planner": {"ready", "confirmed"},
    "buyer": {"ready", "confirmed"},
}


@pytest.fixture
def everything(stage: Stage) -> dict[int, str]:
    """Orders in many states by id."""
    stock_up(stage, "FIN", CHAIR=9)
    made: dict[str, Document] = {
        "delivered": submit(stage, ("CHAIR", 1)),
        "draft": draft(stage, [("DESK", 1)]),
        "ready": submit(stage, ("CHAIR", 2), customer_reference="云山-77"),
        "submitted": huge(stage, "wangqiang"),
        "confirmed": submit(stage, ("LAMP", 1), login="chen", warehouse="SHOP"),
    }
    shipment = ship(stage, made["delivered"]["id"])
    received = {"id": shipment["id"], "received_by": "王"}
    stage.call("keeper", "stock.deliver_shipment", received, shipment["version"])
    return {order["id"]: name for name, order in made.items()}


def names(everything: dict[int, str], rows: list[tuple[int]]) -> set[str]:
    return {everything[number] for (number,) in rows}


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_which_orders_with_their_prices(stage: Stage, everything: dict[int, str], login: str) -> None:
    for statement in (
        "select id from sales.order_list where gross_amount > 0",
        "select id from sales.orders where net_amount > 0 and max_discount = 0",
        "select order_id from sales.order_lines where unit_price > 0 and net_amount > 0",
    ):
        if login in SEES_WITH_PRICES:
            assert names(everything, stage.rows(statement, login=login)) == SEES_WITH_PRICES[login], statement
        else:
            assert stage.refused(statement, login=login).code == "42501", statement


@pytest.mark.parametrize("login", SEES_WITHOUT_PRICES)
def test_who_sees_orders_without_prices(stage: Stage, everything: dict[int, str], login: str) -> None:
    for statement in ("select id from sales.orders_brief", "select order_id from sales.order_lines_brief"):
        assert names(everything, stage.rows(statement, login=login)) == SEES_WITHOUT_PRICES[login], statement
    for column in ("id", "net_amount", "tax_amount", "gross_amount", "max_discount", "price_list_id"):
        assert stage.refused(f"select {column} from sales.orders", login=login).code == "42501", column
    for column in ("id", "unit_price", "list_price", "net_amount", "discount_rate", "tax_rate", "gross_amount"):
        assert stage.refused(f"select {column} from sales.order_lines", login=login).code == "42501", column


@pytest.mark.parametrize("login", ["worker", "assembler", "admin", "stranger"])
def test_who_sees_no_order_at_all(stage: Stage, everything: dict[int, str], login: str) -> None:
    for table in ("sales.orders", "sales.order_lines", "sales.order_list", "sales.imports", "sales.import_list"):
        assert stage.refused(f"select count(*) from {table}", login=login).code == "42501", table
    for call in ("sales.read_order(1)", "sales.order_surroundings(1)", "sales.search_orders('SO', 9)"):
        assert stage.refused(f"select {call}", login=login).code == "42501", call
    assert stage.rows("select id from workflow.events where document_type = 'order'", login=login) == []


@pytest.mark.parametrize("login", SEES_WITH_PRICES)
def test_an_order_is_read_and_found_by_who_sees_it(stage: Stage, everything: dict[int, str], login: str) -> None:
    for number, name in everything.items():
        seen = name in SEES_WITH_PRICES[login]
        read = stage.value("select sales.read_order(%s)", number, login=login)
        around = stage.value("select sales.order_surroundings(%s)", number, login=login)
        assert (read is not None, around is not None) == (seen, seen), name
    found = stage.rows("select sales.search_orders('SO', 100)", login=login)
    assert names(everything, found) == SEES_WITH_PRICES[login]


def test_orders_are_found_by_number_reference_and_customer(stage: Stage, everything: dict[int, str]) -> None:
    ready = next(number for number, name in everything.items() if name == "ready")
    number = stage.value("select number from sales.orders where id = %s", ready)
    searched = "select sales.search_orders(%s, 100)"
    for login in ("lina", "manager", "executive"):
        for text in (number, number.lower(), number[-4:], "云山-77", "山-7"):
            assert (ready,) in stage.rows(searched, text, login=login), (login, text)
        for text in ("云山", "ysjd", "yunshan hotel", "C1"):
            assert ready in {row[0] for row in stage.rows(searched, text, login=login)}, (login, text)
        for text in ("", " ", "%", "'", "锦江花园", "_" * 300, "🪑"):
            assert stage.rows(searched, text, login=login) == [], (login, text)
    assert stage.rows(searched, "云山", login="wangqiang") == stage.rows(searched, "云山", login="chen") == []


@pytest.mark.parametrize("login", LOGINS)
def test_timeline_and_approvals_follow_the_order(stage: Stage, everything: dict[int, str], login: str) -> None:
    with_prices = SEES_WITH_PRICES.get(login, set())
    events = stage.rows("select distinct document_id from workflow.timeline where document_type = 'order'", login=login)
    assert names(everything, events) == with_prices | SEES_WITHOUT_PRICES.get(login, set())
    approvals = stage.rows("select distinct document_id from workflow.approvals", login=login)
    assert names(everything, approvals) == with_prices & {"submitted"}


def test_margins_and_costs_stay_with_who_may_see_them(stage: Stage, everything: dict[int, str]) -> None:
    for login in LOGINS:
        rows = "select count(*) from catalog.product_costs"
        if login in ("finance", "executive"):
            assert stage.value(rows, login=login) > 0
        else:
            assert stage.refused(rows, login=login).code == "42501", login


def test_a_person_whose_account_is_closed_sees_nothing(stage: Stage, everything: dict[int, str]) -> None:
    stage.rows("update auth.users set is_active = false where login = 'lina'")
    assert stage.rows("select id from sales.order_list", login="lina") == []
    assert stage.rows("select sales.search_orders('SO', 100)", login="lina") == []
