"""Several jobs see what each of them sees, cell by cell, and never the rows of one with the columns of another."""

from __future__ import annotations

import json
from itertools import combinations

from tests.helpers.cells import Onlooker, columns_beyond, union
from tests.helpers.stage import Stage
from tests.sql.rights.test_matrix import play_a_day

NEW_TO_THE_PLACE = (
    "insert into auth.user_warehouses (user_id, warehouse_id)"
    " select u.id, w.id from auth.users u, org.warehouses w where u.login = 'lina' and w.code = 'FIN'",
    "insert into auth.user_work_centres (user_id, work_centre_id)"
    " select u.id, c.id from auth.users u, org.work_centres c where u.login = 'lina' and c.code = 'SAW'",
    "revoke erp_job_sales_clerk from erp_u_lina granted by erp_owner",
)

AUDITOR = "erp_job_administrator"
WHOLE = "select bool_or(has_table_privilege(role, %s, 'select')) from unnest(%s::name[]) role"
TRAIL = {"audit.changes", "audit.change_list"}
"""Which rows' changes auditors read depends by design on what other jobs let them see: see the last test."""

JOINED = {"report.stock_alerts", "sales.product_list", "stock.balance_parts", "stock.move_list"}
"""Lists that need the tables of both: each cell is one that the two see in a table, or a name of such a row."""

FIGURES = {"auth.memberships", "auth.person_list", "auth.role_list", "report.product_sales"}
"""Other figures for other rows: her own rights, which are what changes here, and sums without a key."""


def onlooker(stage: Stage, *, views: bool) -> Onlooker:
    """Li Na after a day on which she sold: with a branch, a warehouse and a work centre, and without a job."""
    play_a_day(stage)
    for statement in NEW_TO_THE_PLACE:
        stage.rows(statement)
    person = Onlooker(stage, "lina", views)
    assert "sales.orders" not in person.sees()
    return person


def differences(person: Onlooker, roles: list[str]) -> set[str]:
    """For each two of the roles, the columns of which they show other cells together than both alone."""
    alone = {role: person.sees(role) for role in roles}
    found = set()
    for one, other in combinations(roles, 2):
        together, both = person.sees(one, other), union(alone[one], alone[other])
        found |= {f"{one} and {other} see more of {column}" for column in columns_beyond(together, both)}
        found |= {f"{one} and {other} see less of {column}" for column in columns_beyond(both, together)}
    return found


def roles_of(stage: Stage, kind: str) -> list[str]:
    """The shipped roles of a kind."""
    return [name for (name,) in stage.rows("select name from auth.roles where kind = %s order by name", kind)]


def test_two_jobs_see_what_each_of_them_sees(stage: Stage) -> None:
    person = onlooker(stage, views=True)
    found = differences(person, roles_of(stage, "job"))
    of = {relation: {line for line in found if f" of {relation}." in line} for relation in TRAIL | JOINED | FIGURES}
    assert all(of.values())
    assert found - set().union(*of.values()) == set()


def test_two_rights_see_what_each_of_them_sees(stage: Stage) -> None:
    person = onlooker(stage, views=False)
    usual = person.sees()
    roles = [role for role in roles_of(stage, "action") if person.sees(role) != usual]
    assert len(roles) > 15
    assert {line for line in differences(person, roles) if " of audit.changes." not in line} == set()


def test_the_trail_tells_auditors_of_tables_that_they_read_whole(stage: Stage) -> None:
    person = onlooker(stage, views=False)
    auditor = {changed for changed, _, _ in person.sees(AUDITOR)["audit.changes"]}
    for job in set(roles_of(stage, "job")) - {AUDITOR}:
        told = {
            json.loads(value)
            for changed, column, value in person.sees(AUDITOR, job)["audit.changes"]
            if column == "table_name" and changed not in auditor
        }
        for table in told:
            assert stage.value(WHOLE, table, [job, "erp_person"]), f"{job} does not read all of {table}"
