"""What goes wrong loses and doubles nothing: two at once, a killed program, a killed server, a request sent twice."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import closing
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psutil
import psycopg2
from PySide6.QtWidgets import QPushButton

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage, expect
from erp_desktop.demo.day.steps import attempts
from erp_desktop.demo.day.steps.sales import go_to_order, grid_model, shown
from erp_desktop.views.widgets.document_page import DocumentPage

CLERK, COLLEAGUE, FINANCE = "lina", "chenjie", "hejing"
LAST_PIECE = "CB-211N"
COMMANDS, WORKERS, KILL_AFTER = 200, 4, 100

_CUSTOMER = """
select c.id from crm.customers c join auth.users u on u.id = c.owner_id
where u.login = %s and c.kind = 'company' and c.is_active and c.credit_limit - coalesce((
    select sum(o.gross_amount) from sales.orders o
    where o.customer_id = c.id and o.state not in ('draft', 'completed', 'cancelled')), 0) > 5000
order by c.id limit 1
"""


def _product(stage: Stage, code: str) -> int:
    return int(stage.value("select id from catalog.products where code = %s", code))


def _draft(stage: Stage, login: str, product: str, **more: object) -> dict[str, Any]:
    """An order of one piece for a customer of the clerk who has credit left."""
    lines = [{"line_no": 1, "product_id": _product(stage, product), "qty": "1"}]
    day = str(stage.value("select current_date + 14"))
    return {"customer_id": stage.value(_CUSTOMER, login), "promised_on": day, "lines": lines, **more}


_FIN_STOCK = """
select b.on_hand, b.reserved from stock.balances b join catalog.products p on p.id = b.product_id
join org.warehouses w on w.id = b.warehouse_id where p.code = %s and w.code = 'FIN'
"""


def sell_the_last_piece_twice(stage: Stage) -> str:
    """Two clerks confirm an order for the last piece at the same moment: one has it, the other's is made."""
    on_hand, reserved = stage.row(_FIN_STOCK, LAST_PIECE)
    expect("the free pieces before", on_hand - reserved, Decimal(1))
    sold = _confirm_at_once(stage, LAST_PIECE)
    ids = [each["id"] for each in sold]
    rows = stage.rows(
        "select reserved_qty, state from sales.order_lines where order_id = any (%s) order by 1",
        ids,
    )
    expect("what the two orders have reserved", [qty for qty, _state in rows], [Decimal(0), Decimal(1)])
    expect("the state of the lucky line", rows[1][1], "ready")
    expect("stock and reservations", stage.row(_FIN_STOCK, LAST_PIECE), (on_hand, on_hand))
    made = stage.value(
        "select count(*) from production.work_orders w join sales.order_lines l on l.id = w.order_line_id"
        " where l.order_id = any (%s)",
        ids,
    )
    expect("the work orders for the other's piece", made, 1)
    return ", ".join(each["number"] for each in sold)


def _confirm_at_once(stage: Stage, product: str) -> list[dict[str, Any]]:
    """Both clerks enter an order of one piece, and submit it when both are ready; what came of it."""
    start = threading.Barrier(2)
    outcomes: list[dict[str, Any]] = []
    failures: list[Exception] = []

    def sell(connection: Any, draft: dict[str, Any]) -> None:
        try:
            with closing(connection):
                saved = attempts.command(connection, "sales.save_order", draft)
                start.wait(10)
                order = {"id": saved["id"]}
                outcomes.append(attempts.command(connection, "sales.submit_order", order, saved["version"]))
        except Exception as error:
            failures.append(error)

    threads = [
        threading.Thread(target=sell, args=(stage.connect(login), _draft(stage, login, product)))
        for login in (CLERK, COLLEAGUE)
    ]
    for thread in threads:
        thread.start()
    hands.wait_until(lambda: not any(thread.is_alive() for thread in threads), "both have confirmed", 30)
    if failures:
        raise failures[0]
    return outcomes


def kill_a_client(stage: Stage) -> str:
    """A program is killed while its clerk types: what was saved is there, what was typed is offered again."""
    folder = str(stage.server.data_dir)
    command = [sys.executable, "-m", "erp_desktop.demo.day.client", folder, CLERK]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    with program:
        try:
            number = hands.aside(partial(_line, program), "the other program has saved an order")
            typed = hands.aside(partial(_line, program), "the other program has typed on")
        finally:
            program.kill()
    if not number or typed != "typed":
        raise Unexpected(f"the other program said “{number}” and “{typed}”")
    order_id, count = stage.row(
        "select o.id, (select count(*) from sales.order_lines l where l.order_id = o.id) from sales.orders o"
        " where o.number = %s",
        number,
    )
    expect("the lines that were saved", count, 2)
    desk = stage.desk(CLERK)
    page = go_to_order(desk, number, order_id)
    expect("the lines shown", [shown(grid_model(page), row, "product") for row in range(2)], ["DK-301W", "DK-301O"])
    desk.picture("after-the-crash")
    take_over_what_was_typed(page)
    stage.notes["crashed"] = number
    return number


def _line(program: subprocess.Popen[str]) -> str:
    return program.stdout.readline().strip() if program.stdout else ""


def take_over_what_was_typed(page: DocumentPage) -> None:
    """The window offers the input that was not saved; it is taken over and saved."""
    hands.click(hands.find(page, QPushButton, "Take it over"))
    hands.wait_until(lambda: shown(grid_model(page), 2, "product") == "DK-301N", "the third line is back")
    version = page.version
    hands.press("Ctrl+S")
    hands.wait_until(lambda: page.version not in (None, version), "the order is saved with it")
    hands.settle()


def _save_many(connection: Any, todo: list[tuple[UUID, dict[str, Any]]], done: dict[UUID, Any]) -> None:
    """Give commands until none is left or the server is gone."""
    with closing(connection):
        while todo:
            try:
                request, document = todo.pop()
                done[request] = attempts.command(connection, "sales.save_order", document, request_id=request)
            except (psycopg2.Error, IndexError):
                return


def kill_the_server(stage: Stage) -> str:
    """The server is killed in the middle of 200 commands and comes back with every one that it had acknowledged."""
    draft = _draft(stage, CLERK, "DK-301W")
    requests = {uuid4(): {**draft, "customer_reference": f"KILL-{number:03}"} for number in range(COMMANDS)}
    todo, done = list(requests.items()), dict[UUID, Any]()
    threads = [threading.Thread(target=_save_many, args=(stage.connect(CLERK), todo, done)) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    hands.wait_until(lambda: len(done) >= KILL_AFTER, "half of the commands are done", 60)
    psutil.Process(stage.server.pid).kill()
    hands.wait_until(lambda: not any(thread.is_alive() for thread in threads), "everybody has noticed", 30)
    acknowledged = dict(done)
    if not KILL_AFTER <= len(acknowledged) < COMMANDS:
        raise Unexpected(f"the server was killed after {len(acknowledged)} of {COMMANDS} commands")
    hands.aside(stage.server.ensure_running, "the server comes back", 60)
    found = {number for (number,) in stage.rows("select number from sales.orders where customer_reference ~ '^KILL'")}
    lost = {result["number"] for result in acknowledged.values()} - found
    expect("the acknowledged orders that are lost", lost, set())
    stage.notes["requests"], stage.notes["acknowledged"] = requests, acknowledged
    return f"{len(acknowledged)} of {COMMANDS} acknowledged"


def send_everything_again(stage: Stage) -> str:
    """All 200 commands are sent again with their request ids: none is carried out twice, each answers as before."""
    requests, acknowledged = stage.notes["requests"], stage.notes["acknowledged"]
    done: dict[UUID, Any] = {}
    hands.aside(partial(_save_many, stage.connect(CLERK), list(requests.items()), done), "all are sent again")
    expect("the commands answered", len(done), COMMANDS)
    changed = [str(request) for request, result in acknowledged.items() if done[request] != result]
    expect("the commands that answer otherwise than before", changed, [])
    count = stage.value("select count(*) from sales.orders where customer_reference ~ '^KILL'")
    expect("the orders", count, COMMANDS)
    return f"{COMMANDS} orders"


def pay_twice(stage: Stage) -> str:
    """A payment whose answer was lost is sent again with its request id: one payment, one balanced entry."""
    entries = "select count(*) from finance.journal_entries"
    before = stage.value(entries)
    customer = stage.value("select id from crm.customers where code = 'C0016'")
    day = str(stage.value("select current_date"))
    document = {"customer_id": customer, "received_on": day, "method": "bank", "reference": "TWICE", "amount": "10.00"}
    request = uuid4()
    with closing(stage.connect(FINANCE)) as connection:
        results = [
            attempts.command(connection, "finance.record_payment", document, request_id=request) for _ in range(3)
        ]
    expect("the three answers", results[1:], [results[0], results[0]])
    expect("the payments", stage.value("select count(*) from finance.payments where reference = 'TWICE'"), 1)
    expect("the new entries", stage.value(entries) - before, 1)
    return str(results[0]["number"])


def windows_find_the_server_again(stage: Stage) -> str:
    """A window that was open all the while listens again and reads its list."""
    desk = stage.desk(CLERK)
    hands.wait_until(lambda: desk.shell.listener.connected, "the window hears of changes again", 40)
    page = desk.open_screen("sales.orders")
    hands.press("F5")
    hands.settle()
    desk.picture("after-the-server-came-back")
    return page.title()


STEPS = (
    Step("the last piece is sold by two clerks at once; one gets it", "lina, chenjie", sell_the_last_piece_twice),
    Step("a killed client loses nothing that was saved", CLERK, kill_a_client),
    Step("the server is killed among 200 commands and keeps every acknowledged one", CLERK, kill_the_server),
    Step("200 commands sent again post nothing twice", CLERK, send_everything_again),
    Step("a repeated payment is posted once", FINANCE, pay_twice),
    Step("the open windows find the server again", CLERK, windows_find_the_server_again),
)
