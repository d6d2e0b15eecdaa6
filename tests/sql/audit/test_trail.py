"""The trail of changes: what it records, who reads which part of it, and how it is searched."""

from __future__ import annotations

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import draft

SCHEMAS = "select distinct split_part(table_name, '.', 1) from audit.change_list order by 1"
OF_ROW = "select operation, before, after from audit.changes where table_name = %s and row_id = %s order by id"
OUTSIDERS = [login for login in LOGINS if login not in ("executive", "admin")]


def test_an_update_records_what_changed_and_nothing_else(stage: Stage) -> None:
    (customer,) = stage.row("select id from crm.customers where code = 'C1'")
    stage.rows("update crm.customers set payment_days = 45, name = name where id = %s", customer)
    stage.rows("update crm.customers set payment_days = 45 where id = %s", customer)  # changes nothing
    operation, before, after = stage.rows(OF_ROW, "crm.customers", customer)[-1]
    assert (operation, before, after) == ("update", {"payment_days": 30}, {"payment_days": 45})
    assert len(stage.rows(OF_ROW, "crm.customers", customer)) == 2


def test_who_did_it_is_the_person_of_the_session(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    who = "select who_en, row_en from audit.change_list where table_name = 'sales.orders' and row_id = %s limit 1"
    assert stage.row(who, order["id"]) == ("lina", order["number"])


def test_the_executive_reads_everything(stage: Stage) -> None:
    draft(stage, [("CHAIR", 1)])
    everything = stage.value("select count(*) from audit.changes")
    assert stage.value("select count(*) from audit.changes", login="executive") == everything


def test_an_administrator_reads_the_set_up_and_no_business_row(stage: Stage) -> None:
    draft(stage, [("CHAIR", 1)])
    assert [row[0] for row in stage.rows(SCHEMAS, login="admin")] == ["auth", "org", "workflow"]
    of_workflow = "select distinct table_name from audit.changes where table_name like 'workflow.%'"
    assert stage.rows(of_workflow, login="admin") == [("workflow.approval_rules",)]
    assert {"crm", "sales"} < {row[0] for row in stage.rows(SCHEMAS, login="executive")}


@pytest.mark.parametrize("login", OUTSIDERS)
def test_nobody_else_reads_the_trail(stage: Stage, login: str) -> None:
    assert stage.refused("select count(*) from audit.changes", login=login).code == "42501"
    assert stage.refused("select count(*) from audit.change_list", login=login).code == "42501"
    assert stage.refused("select audit.search_changes('x', 1)", login=login).code == "42501"


@pytest.mark.parametrize("statement", ["update audit.changes set client = ''", "delete from audit.changes"])
def test_the_trail_is_append_only_for_its_owner_too(stage: Stage, statement: str) -> None:
    draft(stage, [("CHAIR", 1)])
    assert stage.refused(statement).code == "UL001"


def test_a_change_is_found_by_number_and_by_person(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])
    found = "select distinct c.table_name from audit.search_changes(%s, 100) s (id) join audit.changes c using (id)"
    assert stage.rows(found, order["number"].lower(), login="executive") == [("sales.orders",)]
    assert ("sales.order_lines",) in stage.rows(found, "LINA", login="executive")
    assert stage.rows(found, order["number"], login="admin") == []
    for text in ("%", "_", "\\", "'; drop table x; --"):
        assert stage.rows(found, text, login="executive") == []
