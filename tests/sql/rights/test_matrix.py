"""Who may do what, proved object by object: by grants, by the rows that everybody sees, and by trying.

`rights.txt` and `rows.txt` are the answer sheets, made to be read. An object without a line in them fails, and so does
a right that changed. What a failed test found stands in a file that its message names: read it, and if every line of it
is meant, copy it over the answer sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.rights import (
    EVERYBODY,
    JOBS,
    NOTHING,
    differences,
    parts_in_reach,
    read_rights,
    read_rows,
    try_all,
    writes_of,
)
from tests.helpers.stage import Stage
from tests.helpers.supply import buy, confirm, draft, receive, release, report, ship, stock_up, work_orders

FOLDER = Path(__file__).parent
RIGHTS = FOLDER.joinpath("rights.txt").read_text(encoding="utf-8").splitlines()
COMMANDS = {
    line.split()[1].partition("(")[0]: dict(zip(JOBS, line.split(")", 1)[1].split(), strict=True))
    for line in RIGHTS
    if line.startswith("command ")
}
OWN_AFFAIRS = {"audit.record_print", "audit.record_export", "audit.report_head", "auth.end_own_sessions"}
"""Commands that everybody has, the stranger too: they touch nothing but the person herself and what she did."""

NOT_WRITABLE = "55000"
"""What a view that cannot be written through says before it asks about rights."""

REFUSED = {"42501", NOT_WRITABLE}
REMAINS = (
    "insert into sales.imports (file_name, file_sha256, branch_id, order_count, line_count, gross_amount, imported_by)"
    " select 'orders.xlsx', b.code, b.id, 0, 0, 0, u.id from org.branches b, auth.users u"
    " where (b.code, u.login) in (('HZ', 'lina'), ('CD', 'chen'))",
    "insert into auth.sessions (user_id, valid_until) select id, now() from auth.users",
    "insert into auth.attempts (user_id, name_mark, verdict) select id, '', 'ok' from auth.users",
    "insert into auth.name_failures (name_mark, failures) values ('', 1)",
    "insert into auth.address_failures (address, failures) values ('10.0.0.1', 1)",
    "insert into auth.session_secrets select id, 'x', now() from auth.users",
    "insert into auth.challenges (login, client_first, server_first) values ('x', '', '')",
    "insert into auth.code_secrets select id, substring(sha256('') from 1 for 20), 0 from auth.users",
    "insert into auth.recovery_codes select id, sha256('') from auth.users",
    "insert into auth.former_credentials (user_id, salt, iterations, stored_key) select id, '', 1, '' from auth.users",
    "insert into auth.resets (user_id) select id from auth.users",
    "insert into auth.roles_with_codes values ('erp_job_administrator')",
    "insert into auth.credentials select id, sha256(''), 4096, sha256(''), sha256('') from auth.users",
    "insert into finance.periods (starts_on) values ('2026-01-01')",
    "insert into org.calendar_days (day, is_working_day) values ('2026-10-01', false)",
    "update stock.balances set reorder_point = 1000 where on_hand < 5",
    "update sales.orders set promised_on = current_date - 1, ordered_on = current_date - 9 where state = 'ready'",
    "select audit.seal_changes()",
    "set constraints all immediate",
)
BY_THE_DOOR = {"UA001", "UN001"}


def compare(sheet: str, actual: list[str], folder: Path) -> None:
    """Fail with the lines that differ from an answer sheet."""
    expected = FOLDER.joinpath(sheet).read_text(encoding="utf-8").splitlines()
    found = folder / sheet
    found.write_text("\n".join(actual) + "\n", encoding="utf-8")
    wrong = differences(expected, actual)
    header = next(line for line in actual if line.startswith(" "))
    assert not wrong, "\n".join([f"differs from {sheet}; what was found stands in {found}", header, *wrong])
    assert actual == expected


def play_a_day(stage: Stage) -> dict[str, Any]:
    """Documents of every kind and of both branches, so that each policy has something to show and something to hide."""
    stock_up(stage, "FIN", CHAIR=20, LAMP=5)
    stock_up(stage, "RAW", BOARD=3)
    stock_up(stage, "SHOP", CHAIR=4)
    shipped = confirm(stage, [("CHAIR", 2)])
    shipment = ship(stage, shipped)
    shipment = stage.call("keeper", "stock.depart_shipment", {"id": shipment["id"]}, shipment["version"])
    receiver = {"id": shipment["id"], "received_by": "王先生"}
    stage.call("keeper", "stock.deliver_shipment", receiver, shipment["version"])
    ship(stage, confirm(stage, [("LAMP", 2)], "wangqiang"))
    confirm(stage, [("CHAIR", 1)])
    in_shop = confirm(stage, [("CHAIR", 1)], warehouse="SHOP")
    stage.call("shopkeeper", "stock.create_shipment", {"order_id": in_shop})
    made = confirm(stage, [("DESK", 2)], "chen")
    receive(stage, buy(stage)[0], SCREW=30)
    drawers, *_ = (row[0] for row in work_orders(stage, made) if row[4])
    release(stage, drawers)
    report(stage, drawers, 1)
    draft(stage, [("LAMP", 1)], "wangqiang")
    waiting = draft(stage, [("DESK", 30)])
    stage.call("lina", "sales.submit_order", {"id": waiting["id"]}, waiting["version"])
    count = {"product_id": stage.product("LAMP"), "warehouse_id": stage.warehouse("FIN"), "counted_qty": 2}
    stage.call("keeper", "stock.adjust_stock", count | {"reason": "盘亏"})
    return {"order_id": shipped, "shipment_id": shipment["id"], "work_order_id": drawers} | settle_money(stage, shipped)


def settle_money(stage: Stage, order_id: int) -> dict[str, Any]:
    """Invoice and money of an order, and what no command of this day leaves behind: files, sessions, logins, alerts."""
    invoice = stage.call("finance", "finance.create_invoice", {"order_id": order_id})
    invoice = stage.call("finance", "finance.issue_invoice", {"id": invoice["id"]}, invoice["version"])
    money = {"customer_id": stage.id_of("customer", "C1"), "method": "bank", "amount": "100.00"}
    today = str(stage.value("select current_date"))
    payment = stage.call("finance", "finance.record_payment", money | {"received_on": today})
    lines = [{"invoice_id": invoice["id"], "amount": "60.00"}]
    stage.call("finance", "finance.allocate_payment", {"id": payment["id"], "lines": lines}, payment["version"])
    for statement in REMAINS:
        stage.rows(statement)
    return {"invoice_id": invoice["id"], "payment_id": payment["id"]}


def test_every_object_is_granted_as_the_matrix_says(stage: Stage, tmp_path: Path) -> None:
    compare("rights.txt", read_rights(stage.cursor), tmp_path)


def test_everybody_sees_the_rows_that_the_matrix_says(stage: Stage, tmp_path: Path) -> None:
    play_a_day(stage)
    compare("rows.txt", read_rows(stage.cursor), tmp_path)


def test_no_part_of_a_table_is_reached_past_the_whole(stage: Stage) -> None:
    assert parts_in_reach(stage.cursor) == []


@pytest.mark.parametrize("persona", EVERYBODY)
def test_nobody_writes_but_through_commands(stage: Stage, persona: str) -> None:
    answers = try_all(stage.cursor, EVERYBODY[persona], writes_of(stage.cursor))
    assert len(answers) > 200
    assert {key: answer for key, answer in answers.items() if answer not in REFUSED} == {}


def document_of(day: dict[str, Any], stage: Stage) -> str:
    """A document with the fields that the commands ask for before they look at rights, naming rows that are there."""
    document = {
        **{
            "id": day["order_id"],
            "order_id": day["order_id"],
            "operation_id": 1,
            "user_id": stage.id_of("user", "lina"),
        },
        **{
            "reason": "x",
            "received_by": "x",
            "comment": "x",
            "counted_qty": 1,
            "lines": [],
            "orders": [],
            "login": "new",
        },
        **{"product_id": stage.product("LAMP"), "warehouse_id": stage.warehouse("FIN"), "request_ids": [1]},
        **{"supplier_id": stage.id_of("supplier", "S1"), "unit_price": 1},
        **{"customer_id": stage.id_of("customer", "C1"), "method": "bank", "display_name": "x", "name": "x"},
        **{"file_name": "x.csv", "file_sha256": "x", "branch_id": stage.id_of("branch", "HZ"), "import_id": 1},
    }
    return json.dumps(document)


def calls_of(commands: Iterable[str], document: str) -> dict[str, str]:
    """A call of each command."""
    return {
        command: f"do $d$ begin perform {command}('{uuid4()}', $j${document}$j$, 1); end $d$" for command in commands
    }


@pytest.mark.parametrize("persona", JOBS)
def test_a_command_is_refused_by_its_grant(stage: Stage, persona: str) -> None:
    document = document_of(play_a_day(stage), stage)
    not_hers = [command for command, cells in COMMANDS.items() if cells[persona] == NOTHING]
    answers = try_all(stage.cursor, JOBS[persona], calls_of(not_hers, document))
    assert not_hers
    assert answers == dict.fromkeys(not_hers, "42501")


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - OWN_AFFAIRS))
def test_a_command_is_refused_by_its_door_even_if_it_were_granted(stage: Stage, command: str) -> None:
    document = document_of(play_a_day(stage), stage)
    stage.rows(f"grant usage on schema {command.partition('.')[0]} to erp_person")
    stage.rows(f"grant execute on function {command}(uuid, jsonb, int) to erp_person")
    others = [persona for persona, cell in COMMANDS[command].items() if cell == NOTHING and persona != "gate"]
    answers = {
        persona: try_all(stage.cursor, JOBS[persona], calls_of([command], document))[command] for persona in others
    }
    assert "stranger" in answers
    assert {persona: answer for persona, answer in answers.items() if answer not in BY_THE_DOOR} == {}
