"""Several people at once: on one order, for the last piece, and more of them than the server takes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any
from uuid import uuid4

import psycopg2
import pytest

from erp_desktop.server.install import status
from erp_desktop.services.db import Database
from erp_desktop.services.errors import BugError, ChangedMeanwhile, ErpError, ServerBusy, WrongState, sentence
from tests.helpers.databases import Template
from tests.helpers.faults import open_line
from tests.helpers.orders import day
from tests.helpers.workplace import Workplace, open_workplace

AT_ONCE = 8


@pytest.fixture(scope="module")
def workplace(template: Template) -> Iterator[Workplace]:
    with open_workplace(template) as opened:
        yield opened


def order(workplace: Workplace, customer: str = "C1", **fields: Any) -> dict[str, Any]:
    company = workplace.company
    return {
        "customer_id": company.id_of("customer", customer),
        "ordered_on": day(),
        "promised_on": day(20),
        "lines": [{"line_no": 10, "product_id": company.id_of("product", "CHAIR"), "qty": 1}],
    } | fields


def together(*actions: Callable[[], Any]) -> tuple[list[Any], list[ErpError]]:
    """The results and the errors of actions that begin at the same time."""
    with ThreadPoolExecutor(len(actions)) as pool:
        futures = [pool.submit(action) for action in actions]
    errors = [error for future in futures if isinstance(error := future.exception(), ErpError)]
    return [future.result() for future in futures if future.exception() is None], errors


def test_two_who_change_one_order_are_told_of_each_other(workplace: Workplace) -> None:
    lina, manager = workplace.database("lina"), workplace.database("manager")
    saved = lina.call("sales.save_order", document=order(workplace))
    changes = order(workplace, id=saved["id"], note="改")
    done, refused = together(
        *(lambda who=who: who.call("sales.save_order", document=changes, version=1) for who in (lina, manager))
    )
    assert (len(done), [type(error) for error in refused]) == (1, [ChangedMeanwhile])
    assert done[0]["version"] == 2
    assert sentence(refused[0], "zh_CN").startswith("请刷新")


def test_one_of_two_who_decide_is_late(workplace: Workplace) -> None:
    lina, manager = workplace.database("lina"), workplace.database("manager")
    line = {"line_no": 10, "product_id": workplace.company.id_of("product", "DESK"), "qty": 20}
    saved = lina.call("sales.save_order", document=order(workplace, lines=[line]))
    sent = lina.call("sales.submit_order", document={"id": saved["id"]}, version=saved["version"])
    step = {"id": saved["id"], "reason": "价格有误"}
    done, refused = together(
        lambda: manager.call("sales.approve_order", document=step, version=sent["version"]),
        lambda: manager.call("sales.return_order", document=step, version=sent["version"]),
        lambda: manager.call("sales.cancel_order", document=step, version=sent["version"]),
    )
    assert len(done) == 1
    assert {type(error) for error in refused} <= {ChangedMeanwhile, WrongState}


def test_one_request_sent_by_several_windows_is_carried_out_once(workplace: Workplace) -> None:
    lina, request_id = workplace.database("lina"), uuid4()
    document = order(workplace, customer_reference="ONCE")
    done, refused = together(
        *[lambda: lina.call("sales.save_order", document=document, request_id=request_id)] * AT_ONCE
    )
    assert refused == []
    assert all(result == done[0] for result in done)
    count = "select count(*) from sales.orders where customer_reference = 'ONCE'"
    assert workplace.company.database.value(count) == 1


def test_many_who_enter_orders_hinder_nobody(workplace: Workplace) -> None:
    lina = workplace.database("lina")
    done, refused = together(*[lambda: lina.call("sales.save_order", document=order(workplace))] * AT_ONCE)
    assert refused == []
    assert len({result["number"] for result in done}) == AT_ONCE


def test_the_last_piece_is_promised_once(workplace: Workplace) -> None:
    with workplace.happens() as stage:
        stage.rows(
            "select stock.post_move(%s, %s, 'opening', 1, 'opening', 0)", stage.product("LAMP"), stage.warehouse("FIN")
        )
    ready = []
    line = {"line_no": 10, "product_id": workplace.company.id_of("product", "LAMP"), "qty": 1}
    for login, customer in (("lina", "C1"), ("wangqiang", "C2")):
        database = workplace.database(login)
        saved = database.call("sales.save_order", document=order(workplace, customer, lines=[line]))
        ready.append((database, saved))
    done, refused = together(
        *(
            lambda who=who, saved=saved: who.call(
                "sales.submit_order", document={"id": saved["id"]}, version=saved["version"]
            )
            for who, saved in ready
        )
    )
    assert refused == []
    assert sorted(result["state"] for result in done) == ["confirmed", "ready"]
    balance = "select on_hand, reserved from stock.balances where product_id = %s"
    assert workplace.company.database.rows(balance, line["product_id"]) == [(1, 1)]


def test_a_person_with_too_many_connections_is_told(workplace: Workplace) -> None:
    session = workplace.log_in("shopkeeper")
    with ExitStack() as open_connections, pytest.raises(ServerBusy) as full:
        for _ in range(40):  # a person may have 30
            connection = session.database.connect()
            open_connections.callback(connection.close)
    assert full.value.code == "53300"
    assert "连接数已满" in sentence(full.value, "zh_CN")
    assert sentence(full.value, "en") != sentence(BugError(), "en")
    assert session.database.rows("select 1")[0][0] == 1


def test_a_server_without_a_connection_left_is_told(workplace: Workplace) -> None:
    database, name = workplace.company.database, workplace.company.database.name
    finance = workplace.log_in("finance")
    finance.database.close()
    database.rows(f"alter database {name} connection limit 0")
    try:
        with open_line(finance.database.profile.port) as line, pytest.raises(ServerBusy) as full:
            fresh: Database = line.database(finance)
            fresh.rows("select 1")
        assert full.value.code == "53300"
    finally:
        database.rows(f"alter database {name} connection limit -1")
    assert finance.database.rows("select 1")[0][0] == 1


@pytest.fixture
def held(workplace: Workplace) -> Iterator[tuple[int, Any]]:
    """An order that a colleague holds by plain SQL, in a transaction that she lets stand: its id and her connection."""
    saved = workplace.database("lina").call("sales.save_order", document=order(workplace))
    changes = json.dumps(order(workplace, id=saved["id"], note="占着"))
    with closing(workplace.database("lina").connect()) as connection, connection.cursor() as cursor:
        cursor.execute("begin; set idle_in_transaction_session_timeout = 0; set lock_timeout = 0")
        cursor.execute("select sales.save_order(%s, %s, 1)", (str(uuid4()), changes))
        yield saved["id"], connection


def test_a_transaction_that_stands_still_holds_others_up_no_longer_than_they_wait(
    workplace: Workplace, held: tuple[int, Any]
) -> None:
    order_id, connection = held
    changes = order(workplace, id=order_id, note="改")
    saved = workplace.database("manager").call("sales.save_order", document=changes, version=1)
    assert saved["version"] == 2
    with pytest.raises(psycopg2.OperationalError), connection.cursor() as cursor:
        cursor.execute("commit")


def test_only_transactions_of_people_that_wrote_and_stand_or_last_too_long_are_ended(
    workplace: Workplace, held: tuple[int, Any]
) -> None:
    database, (_, connection) = workplace.company.database, held
    writer, reader = connection.info.backend_pid, workplace.database("manager").connect()
    with closing(reader), reader.cursor() as cursor:
        cursor.execute("begin; select 1")
        for idle, longest in (("0 s", "1 h"), ("1 h", "0 s")):
            found = database.rows("select pid from meta.stalled_transactions(%s, %s)", idle, longest)
            assert found == [(writer,)]
        assert database.rows("select pid from meta.stalled_transactions('1 h', '1 h')") == []
        cursor.execute("rollback; select meta.end_stalled_transactions()")
        assert cursor.fetchone() == (0,)  # she has been at it for less than 5 seconds


def test_status_names_who_waits_for_whom(workplace: Workplace, held: tuple[int, Any]) -> None:
    order_id, connection = held
    changes = json.dumps(order(workplace, id=order_id, note="等"))
    with closing(workplace.database("manager").connect()) as waiting, ThreadPoolExecutor(1) as pool:
        call = pool.submit(_execute, waiting, "select sales.save_order(%s, %s, 1)", (str(uuid4()), changes))
        while not (found := status(workplace.company.database.dsn).waiting) and not call.done():
            pass
        _execute(connection, "rollback")
        call.result()
    assert [(each.role, each.holder, each.holder_state) for each in found] == [
        ("erp_u_manager", "erp_u_lina", "idle in transaction")
    ]
    assert found[0].holder_pid == connection.info.backend_pid


def _execute(connection: Any, statement: str, parameters: tuple[object, ...] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)


def test_nobody_lifts_the_limit_of_her_own_temporary_files(workplace: Workplace) -> None:
    with closing(workplace.database("lina").connect()) as connection, connection.cursor() as cursor:
        cursor.execute("show temp_file_limit")
        assert cursor.fetchone() == ("4GB",)
        for attempt in ("set temp_file_limit = -1", "alter role erp_u_lina set temp_file_limit = -1"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(attempt)
