"""Loads the demo company into a freshly installed server: one transaction, a COPY per table, a few seconds."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2.extensions import cursor as Cursor

from erp_desktop.demo import plant, sales
from erp_desktop.demo.books import Books, PostingRule
from erp_desktop.demo.company import Company
from erp_desktop.demo.logins import make_logins, write_logins
from erp_desktop.demo.masters import write_customers, write_masters, write_people
from erp_desktop.demo.tables import Tables, rows_of
from erp_desktop.server.errors import ServerError

# What refers to something stands behind it.
_TABLES = (
    "sales.orders",
    "sales.order_lines",
    *plant.TABLES,
    *(table for table in sales.TABLES if not table.startswith("sales.")),
    "stock.balances",
    "stock.reservations",
    "stock.moves",
    "workflow.events",
    "finance.journal_entries",
    "finance.journal_lines",
)

_ASK_APPROVALS = """
insert into workflow.approvals (document_type, document_id, document_version, level, action_role, branch_id,
    requested_at, requested_by, decision, decided_at, decided_by)
select 'order', o.id, 2, n.level, n.action_role, o.branch_id, o.submitted_at, o.created_by, d.decision,
    case d.decision when 'approved' then o.confirmed_at - interval '1 minute' * (10 - n.level)
        when 'returned' then o.submitted_at + interval '4 hours' end,
    case when d.decision in ('approved', 'returned') then case when pg_has_role(
        (select role_name from auth.users where id = %(manager)s), n.action_role, 'usage')
        then %(manager)s::bigint else %(executive)s::bigint end end
from sales.orders o
cross join lateral (
    select array_agg(x.level order by x.level) as levels, array_agg(x.action_role order by x.level) as roles
    from sales.needed_levels(o.branch_id, o.gross_amount, o.max_discount, exists (
        select from sales.order_lines l join catalog.products p on p.id = l.product_id
        where l.order_id = o.id and p.supply = 'make')) x
) m
-- An order that waits in the files waits for the manager, even where the matrix would let it through.
cross join lateral unnest(
    case when m.levels is null and o.state = 'submitted' and o.hold_reason is null then array[1] else m.levels end,
    case when m.levels is null then array['erp_order_approve'::name] else m.roles end
) n (level, action_role)
cross join lateral (select case
    when o.confirmed_at is not null then 'approved'
    when o.state = 'submitted' then 'pending'
    when o.state = 'returned' and n.level = 1 then 'returned'
    else 'void' end as decision) d
where o.submitted_at is not null and n.level is not null
order by o.submitted_at, o.id, n.level
"""

_RECORD_APPROVALS = """
insert into workflow.events (at, document_type, document_id, action, from_state, to_state, user_id, details)
select a.decided_at, 'order', a.document_id, 'approve', 'submitted', 'submitted', a.decided_by,
    jsonb_build_object('level', a.level, 'version', a.document_version)
from workflow.approvals a
where a.decision = 'approved'
order by a.decided_at, a.id
"""


@dataclass(frozen=True)
class Loaded:
    """What a load has written: rows of all tables, seconds, and the file with the logins and passwords."""

    rows: int
    seconds: float
    logins_file: Path


def load_company(company: Company, dsn: str, folder: Path) -> Loaded:
    """Load into the installed and otherwise empty database of `dsn`, as a superuser.

    The random passwords go into a file in `folder` that only its owner can read. Raises ServerError when the database
    holds a company already, BadDemoFileError when the files contradict each other.
    """
    started = time.monotonic()
    logins = make_logins(company.people)
    connection = psycopg2.connect(dsn, application_name="erp-desktop demo")
    try:
        logins_file = write_logins(folder, logins)
        try:
            with connection, connection.cursor() as cursor:
                _refuse_second_company(cursor)
                cursor.execute("select set_config('timezone', %s, true)", (company.head.time_zone,))
                books = Books(company, Tables(cursor), _posting_rules(cursor))
                write_masters(cursor, books)
                write_people(cursor, books, logins)
                write_customers(books)
                _write_year(cursor, books)
        except BaseException:
            logins_file.unlink()
            raise
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("analyze")
    finally:
        connection.close()
    return Loaded(books.tables.written, time.monotonic() - started, logins_file)


def _write_year(cursor: Cursor, books: Books) -> None:
    """Write the documents of the year, in the order in which goods flow, and then all that explains them."""
    making = plant.Plant(books)
    plant.write_opening(books)
    plant.write_purchases(books)
    for batch in books.company.production:
        making.add_batch(batch)
    sales.write_sales(books, making)
    books.close()
    books.tables.write(_TABLES)
    books.tables.move_sequences()
    books.numbers.save(cursor)
    people = {"manager": books.worker("sales_manager"), "executive": books.worker("executive")}
    cursor.execute(_ASK_APPROVALS, people)
    cursor.execute(_RECORD_APPROVALS)


def _refuse_second_company(cursor: Cursor) -> None:
    if rows_of(cursor, "select from org.companies limit 1"):
        raise ServerError("The database holds a company already; load the demo into a freshly installed one.")


def _posting_rules(cursor: Cursor) -> dict[str, list[PostingRule]]:
    rules: defaultdict[str, list[PostingRule]] = defaultdict(list)
    statement = "select event, side, component, account_id from finance.posting_rules order by side desc, component"
    for event, side, component, account_id in rows_of(cursor, statement):
        rules[event].append(PostingRule(side, component, account_id))
    return rules
