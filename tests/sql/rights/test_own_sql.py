"""People with tools of their own: no setting and no connection that a screen never makes gets round the rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from tests.helpers.gate import ask, sqlstate
from tests.helpers.orders import document
from tests.helpers.personas import Company
from tests.helpers.rights import EVERYBODY, try_all
from tests.helpers.stage import Stage, open_stage
from tests.helpers.supply import confirm, ship, stock_up


@contextmanager
def person(company: Company, login: str) -> Iterator[Connection]:
    """A connection of a person with plain SQL."""
    connection = company.database.as_person(login)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def happens(company: Company) -> Iterator[Stage]:
    """A stage whose transaction is committed at the end of the block."""
    connection = psycopg2.connect(company.database.dsn)
    try:
        with open_stage(company, connection) as stage:
            yield stage
            connection.commit()
    finally:
        connection.close()


def give(connection: Connection, command: str, fields: dict[str, Any], version: int | None = None) -> dict[str, Any]:
    """The result of a command given by plain SQL."""
    result: dict[str, Any] = ask(
        connection, f"select {command}(%s, %s, %s)", str(uuid4()), json.dumps(fields), version
    )[0]
    return result


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_no_command_checks_limits_against_the_past(own_company: Company, level: str) -> None:
    with happens(own_company) as stage:
        stage.rows("update crm.customers set credit_limit = 300 where code = 'C1'")
        drafts = [stage.call("lina", "sales.save_order", document(stage, ("CHAIR", 1)))["id"] for _ in range(2)]
    with person(own_company, "lina") as early, person(own_company, "lina") as late:
        ask(early, f"begin isolation level {level}")
        ask(early, "select count(*) from sales.orders")
        give(late, "sales.submit_order", {"id": drafts[0]}, 1)
        call = "select sales.submit_order(gen_random_uuid(), %s, 1)"
        assert sqlstate(early, call, json.dumps({"id": drafts[1]})) == "UV007"
        ask(early, "rollback")
        assert give(early, "sales.submit_order", {"id": drafts[1]}, 1)["hold_reason"] == "credit"


@pytest.mark.parametrize("zone", ["X-167", "X+167"])
def test_the_day_of_a_posting_is_the_companys(own_company: Company, zone: str) -> None:
    with happens(own_company) as stage:
        stock_up(stage, "FIN", CHAIR=5)
        order = confirm(stage, [("CHAIR", 2)])
        ship(stage, order)
        today = stage.value("select current_date")
    with person(own_company, "finance") as finance:
        ask(finance, f"set timezone = '{zone}'")
        assert ask(finance, "select current_date")[0] != today
        draft = give(finance, "finance.create_invoice", {"order_id": order})
        give(finance, "finance.issue_invoice", {"id": draft["id"]}, draft["version"])
    posted = own_company.database.rows("select posted_on from finance.journal_entries where event = 'invoice'")
    assert posted == [(today,)]
    assert own_company.database.rows("select issued_on from finance.invoices") == [(today,)]


def test_the_time_zone_of_the_company_is_kept_by_its_database(own_company: Company) -> None:
    kept = """
        select c from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase, unnest(s.setconfig) c
        where d.datname = current_database() and s.setrole = 0 and c ilike 'timezone=%'"""
    assert [row[0].partition("=")[2] for row in own_company.database.rows(kept)] == ["Asia/Shanghai"]


def test_two_commands_in_one_statement_are_two_commands(own_company: Company) -> None:
    with happens(own_company) as stage:
        stock_up(stage, "FIN", CHAIR=5)
        made = stage.call("keeper", "stock.create_shipment", {"order_id": confirm(stage, [("CHAIR", 2)])})
        line = stage.value("select id from stock.shipment_lines where shipment_id = %s", made["id"])
        picked = {"id": made["id"], "lines": [{"id": line, "picked_qty": 2}]}
        made = stage.call("keeper", "stock.pick_shipment", picked, made["version"])
    twice = "select stock.ship_shipment(gen_random_uuid(), %s, %s) from generate_series(1, 2)"
    with person(own_company, "keeper") as keeper:
        assert sqlstate(keeper, twice, json.dumps({"id": made["id"]}), made["version"]) == "UC001"
    assert own_company.database.rows("select on_hand, reserved from stock.balances where on_hand > 0") == [(5, 2)]


def test_a_connection_that_slips_past_the_disabling_writes_nothing(own_company: Company) -> None:
    user_id = own_company.id_of("user", "finance")
    with person(own_company, "admin") as admin:
        give(admin, "auth.disable_user", {"user_id": user_id}, 1)
    with person(own_company, "finance") as late:
        assert ask(late, "select auth.user_id(), auth.has_role('erp_payment_enter')") == (None, False)
        money = {"customer_id": own_company.id_of("customer", "C1"), "method": "bank", "amount": "1"}
        call = "select finance.record_payment(gen_random_uuid(), %s, null)"
        assert sqlstate(late, call, json.dumps(money)) == "UA001"


SHARED = (
    "select pg_advisory_lock(1)",
    "select pg_try_advisory_xact_lock_shared(1, 2)",
    "select pg_terminate_backend(pg_backend_pid())",
    "select pg_cancel_backend(pg_backend_pid())",
    "create temporary table pg_roles (rolname name, oid oid)",
    "create function pg_temp.f() returns int language sql as 'select 1'",
    "select lo_create(0)",
    "set session_replication_role = replica",
    "set temp_file_limit = -1",
    "set role erp_owner",
)


@pytest.mark.parametrize("persona", sorted(EVERYBODY))
def test_nobody_reaches_what_all_share(stage: Stage, persona: str) -> None:
    answers = try_all(stage.cursor, EVERYBODY[persona], {statement: statement for statement in SHARED})
    assert answers == dict.fromkeys(SHARED, "42501")
