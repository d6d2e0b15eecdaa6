"""Who may do what with every object of the database, written as a table that people can read and tests can compare."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg2.extensions import cursor as Cursor

from tests.helpers.personas import PEOPLE

JOBS: Mapping[str, str] = {
    "clerk": "erp_u_lina",
    "manager": "erp_u_manager",
    "keeper": "erp_u_keeper",
    "planner": "erp_u_planner",
    "worker": "erp_u_worker",
    "buyer": "erp_u_buyer",
    "finance": "erp_u_finance",
    "service": "erp_u_service",
    "executive": "erp_u_executive",
    "admin": "erp_u_admin",
    "stranger": "erp_u_stranger",
    "gate": "erp_gate",
}
"""Somebody of each job role, somebody without any, and the gate: rights depend on nothing else."""

EVERYBODY: Mapping[str, str] = {person.login: f"erp_u_{person.login}" for person in PEOPLE} | {"gate": "erp_gate"}
"""All people of the tests' company: which rows they see depends on branch, warehouse, work centre and owner too."""

UNCOUNTED = {
    "audit.changes",
    "audit.change_list",
    "workflow.events",
    "workflow.timeline",
    "workflow.my_steps",
    "meta.my_screens",
}
"""Relations of which only some rows are seen, and whose number says nothing about whose they are."""

LEGEND = (
    "# What somebody of each job role, somebody without any (stranger) and the gate may do. Whose rows: see rows.txt.",
    "# schema: u use, C create in it. table, view: s select all columns, c some of them (then each column has a line),",
    "# I insert, U update, D delete, T truncate, reference or trigger. sequence: N use. command, definer, function: x",
    "# call; a command is security definer and takes (request id, document, version), a definer is one, too.",
    "# Functions without a line may be called by nobody.",
)
NOTHING = "."
NOBODY = "nobody"

_OURS = "pg_get_userbyid(n.nspowner) = 'erp_owner'"

# A right without the use of the schema is none; parts of partitioned tables are asked about by themselves.
_SCHEMAS = f"""
select 'schema', n.nspname, p.persona, concat(
    case when has_schema_privilege(p.role, n.oid, 'usage') then 'u' end,
    case when has_schema_privilege(p.role, n.oid, 'create') then 'C' end)
from pg_namespace n cross join PERSONAS where {_OURS} order by 2, p.place
"""
_RELATIONS = f"""
select case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, c.oid::regclass::text, p.persona,
    case when not has_schema_privilege(p.role, n.oid, 'usage') then ''
    when c.relkind = 'S' and has_sequence_privilege(p.role, c.oid, 'usage, select, update') then 'N'
    when c.relkind = 'S' then ''
    else concat(
        case when has_table_privilege(p.role, c.oid, 'select') then 's'
            when has_any_column_privilege(p.role, c.oid, 'select') then 'c' end,
        case when has_any_column_privilege(p.role, c.oid, 'insert') then 'I' end,
        case when has_any_column_privilege(p.role, c.oid, 'update') then 'U' end,
        case when has_table_privilege(p.role, c.oid, 'delete') then 'D' end,
        case when has_table_privilege(p.role, c.oid, 'truncate, references, trigger') then 'T' end) end
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join PERSONAS
where {_OURS} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not c.relispartition order by 1, 2, p.place
"""
_COLUMNS = f"""
select 'column', format('%s.%s', c.oid::regclass, a.attname), p.persona,
    case when has_schema_privilege(p.role, n.oid, 'usage') and has_column_privilege(p.role, c.oid, a.attnum, 'select')
        then 's' else '' end
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped cross join PERSONAS
where {_OURS} and c.relkind in ('r', 'p', 'v') and not c.relispartition and exists (
    select from pg_attribute x where x.attrelid = c.oid and x.attacl is not null)
order by c.oid::regclass::text, a.attnum, p.place
"""
_FUNCTIONS = f"""
select case when f.prokind = 'p' then 'procedure' when f.prosecdef and f.prorettype = 'jsonb'::regtype
        and oidvectortypes(f.proargtypes) = 'uuid, jsonb, integer' then 'command'
    when f.prosecdef then 'definer' else 'function' end,
    format('%s.%s(%s)', n.nspname, f.proname, oidvectortypes(f.proargtypes)), p.persona,
    case when has_schema_privilege(p.role, n.oid, 'usage') and has_function_privilege(p.role, f.oid, 'execute')
        then 'x' else '' end
from pg_proc f join pg_namespace n on n.oid = f.pronamespace cross join PERSONAS
where {_OURS} and not exists (
    select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = f.oid and d.deptype = 'e')
order by 1, 2, p.place
"""

# Runs as a persona and returns, as JSON, what each statement came to: a number of rows, or an SQLSTATE.
_TRY_ALL = """
do $$
declare
    v_statement record;
    v_answers jsonb := '{}';
    v_answer bigint;
begin
    for v_statement in select key, value from jsonb_each_text(current_setting('test.statements')::jsonb) loop
        begin
            if v_statement.value like 'select %' then
                execute v_statement.value into v_answer;
                v_answers := v_answers || jsonb_build_object(v_statement.key, v_answer::text);
            else
                execute v_statement.value;
                v_answers := v_answers || jsonb_build_object(v_statement.key, 'done');
            end if;
        exception when others then
            v_answers := v_answers || jsonb_build_object(v_statement.key, sqlstate);
        end;
    end loop;
    perform set_config('test.answers', v_answers::text, true);
end $$
"""


def read_rights(cursor: Cursor) -> list[str]:
    """The rights of JOBS: a line for each object, a column for each persona; see LEGEND.

    Functions that nobody may call, the inner workings, have no line: they get one with the first grant.
    """
    personas = ", ".join(
        f"('{persona}', '{role}'::name, {place})" for place, (persona, role) in enumerate(JOBS.items())
    )
    lines: list[str] = []
    for query in (_SCHEMAS, _RELATIONS, _COLUMNS, _FUNCTIONS):
        cursor.execute(query.replace("PERSONAS", f"(values {personas}) p (persona, role, place)"))
        lines += _table(cursor.fetchall(), tuple(JOBS))
    lines = [line for line in lines if not (line.startswith(("function ", "procedure ")) and line.endswith(NOBODY))]
    return [*LEGEND, _line("", "", tuple(JOBS)), *lines]


def read_rows(cursor: Cursor) -> list[str]:
    """How many rows of each table and view everybody sees: all, none, or a number of them; "." is a refusal."""
    relations = relations_of(cursor)
    statements = {name: f"select count(*) from {name}" for _, name in relations}
    there = try_all(cursor, None, statements)
    found = {persona: try_all(cursor, role, statements) for persona, role in EVERYBODY.items()}
    rows = [
        (kind, name, persona, _share(name, answers[name], there[name]))
        for kind, name in relations
        for persona, answers in found.items()
    ]
    return [_line("", "", tuple(found)), *_table(rows, tuple(found))]


def _share(relation: str, seen: str, there: str) -> str:
    if seen == "42501":
        return NOTHING
    if seen in ("0", there):
        return {"0": "none"}.get(seen, "all") if there != "0" else "empty"
    return "some" if relation in UNCOUNTED else seen


def parts_in_reach(cursor: Cursor) -> list[str]:
    """The parts of partitioned tables that anybody of EVERYBODY may touch without the policies of the whole table."""
    rights = "'select, insert, update, delete, truncate, references, trigger'"
    cursor.execute(
        f"""select r.name || ': ' || c.oid::regclass::text
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        cross join unnest(%s::name[]) r (name)
        where {_OURS} and c.relispartition and c.relkind in ('r', 'p') and (has_table_privilege(r.name, c.oid, {rights})
            or has_any_column_privilege(r.name, c.oid, 'select, insert, update, references'))""",
        (list(EVERYBODY.values()),),
    )
    return [row[0] for row in cursor.fetchall()]


def relations_of(cursor: Cursor) -> list[tuple[str, str]]:
    """Kind and name of every table and view that is no part of another table."""
    cursor.execute(
        "select case c.relkind when 'v' then 'view' else 'table' end, c.oid::regclass::text from pg_class c"
        f" join pg_namespace n on n.oid = c.relnamespace where {_OURS} and c.relkind in ('r', 'p', 'v', 'm')"
        " and not c.relispartition order by 1, 2"
    )
    return cursor.fetchall()


def writes_of(cursor: Cursor) -> dict[str, str]:
    """Statements that would insert, update, delete and truncate, for every table and view and every part of a table."""
    cursor.execute(
        f"""select c.oid::regclass::text, c.relkind = 'v', (
            select quote_ident(a.attname) from pg_attribute a
            where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and concat(a.attidentity, a.attgenerated) = ''
            order by a.attname = 'id', a.attnum limit 1)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {_OURS} and c.relkind in ('r', 'p', 'v', 'm')"""
    )
    statements: dict[str, str] = {}
    for name, is_view, column in cursor.fetchall():
        statements[f"insert {name}"] = f"insert into {name} default values"
        statements[f"update {name}"] = f"update {name} set {column} = null"
        statements[f"delete {name}"] = f"delete from {name}"
        if not is_view:
            statements[f"truncate {name}"] = f"truncate {name} cascade"
    return statements


def try_all(cursor: Cursor, role: str | None, statements: Mapping[str, str]) -> dict[str, str]:
    """What each statement comes to when a role runs it: the number that a select returns, "done", or an SQLSTATE."""
    cursor.execute("select set_config('test.statements', %s, true)", (json.dumps(statements),))
    if role is not None:
        cursor.execute("select set_config('session_authorization', %s, true)", (role,))
    cursor.execute(_TRY_ALL)
    cursor.execute("select current_setting('test.answers')")
    answers: dict[str, str] = json.loads(cursor.fetchone()[0])  # type: ignore[index]
    cursor.execute("reset session authorization")
    return answers


def differences(expected: Sequence[str], actual: Sequence[str]) -> list[str]:
    """The lines that are in one of both tables only, as a diff shows them."""
    missing, surplus = set(expected) - set(actual), set(actual) - set(expected)
    return [f"- {line}" for line in expected if line in missing] + [f"+ {line}" for line in actual if line in surplus]


def _table(rows: Iterable[tuple[str, str, str, Any]], personas: Sequence[str]) -> list[str]:
    table: dict[tuple[str, str], dict[str, str]] = {}
    for kind, name, persona, cell in rows:
        table.setdefault((kind, name), {})[persona] = str(cell) or NOTHING
    return [_line(kind, name, [cells[persona] for persona in personas]) for (kind, name), cells in table.items()]


def _line(kind: str, name: str, cells: Sequence[str]) -> str:
    shown = (NOBODY,) if set(cells) == {NOTHING} else cells
    return f"{kind:<10}{name:<54} " + "".join(f"{cell:<11}" for cell in shown).rstrip()
