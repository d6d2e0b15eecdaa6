"""Rules that hold for every object of the database, whichever department owns it."""

from __future__ import annotations

import pytest

from erp_desktop.server.errors import ServerError
from erp_desktop.server.install import check, install, status, upgrade
from erp_desktop.server.tree import SqlTree
from tests.helpers.catalogue import read_catalogue
from tests.helpers.databases import TestDatabase

# Objects of our schemas without those of extensions: each rule returns the names that break it.
_OURS = "pg_get_userbyid(n.nspowner) = 'erp_owner'"
_TABLES = f"from pg_class c join pg_namespace n on n.oid = c.relnamespace where {_OURS} and c.relkind in ('r', 'p')"
_ROUTINES = f"""from pg_proc p join pg_namespace n on n.oid = p.pronamespace where {_OURS}
    and not exists (
        select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')"""

RULES = {
    "every table has row-level security": f"select c.oid::regclass {_TABLES} and not c.relrowsecurity",
    "every table has a comment": f"select c.oid::regclass {_TABLES} and obj_description(c.oid, 'pg_class') is null",
    "every view has a comment": f"""select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {_OURS} and c.relkind in ('v', 'm') and obj_description(c.oid, 'pg_class') is null""",
    "every schema has a comment": f"""select nspname from pg_namespace n
        where {_OURS} and obj_description(n.oid, 'pg_namespace') is null""",
    "every function has a comment": f"""select p.oid::regprocedure {_ROUTINES}
        and obj_description(p.oid, 'pg_proc') is null""",
    "every role has a comment": """select rolname from pg_roles r where rolname like 'erp\\_%'
        and rolname not like 'erp\\_u\\_%' and shobj_description(r.oid, 'pg_authid') is null""",
    "no function has an overload": f"select p.proname {_ROUTINES} group by n.nspname, p.proname having count(*) > 1",
    "arguments begin with in_ or are results": f"""select p.oid::regprocedure {_ROUTINES} and exists (
        select from unnest(p.proargnames[1 : p.pronargs]) name where name not like 'in\\_%')
        and coalesce(p.proargmodes, '{{}}') = '{{}}'""",
    "nothing is granted to public": f"""
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            cross join lateral aclexplode(c.relacl) a where {_OURS} and a.grantee = 0
        union all
        select format('%s.%s', t.attrelid::regclass, t.attname) from pg_attribute t
            join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace
            cross join lateral aclexplode(t.attacl) a
            where {_OURS} and a.grantee = 0
        union all
        select n.nspname from pg_namespace n cross join lateral aclexplode(n.nspacl) a
            where (n.nspname = 'public' or {_OURS}) and a.grantee = 0
        union all
        select datname from pg_database cross join lateral aclexplode(coalesce(datacl, acldefault('d', datdba))) a
            where datname = current_database() and a.grantee = 0
        union all
        select p.oid::regprocedure::text {_ROUTINES} and exists (
            select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)""",
    "people read tables and call commands, nothing else": f"""
        select format('%s may %s %s', a.grantee::regrole, a.privilege_type, c.oid::regclass) from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        left join pg_attribute t on t.attrelid = c.oid and t.attacl is not null
        cross join lateral (select * from aclexplode(c.relacl) union all select * from aclexplode(t.attacl)) a
        where {_OURS} and a.grantee <> c.relowner and a.privilege_type <> 'SELECT'""",
    "rights are granted to roles, not to persons": f"""
        select format('%s on %s', a.grantee::regrole, c.oid::regclass) from pg_class c
        join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a
        where {_OURS} and a.grantee::regrole::text like 'erp\\_u\\_%'""",
    "views see with the eyes of the person or of a reader": f"""
        select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {_OURS} and c.relkind = 'v' and c.relowner::regrole::text not like 'erp\\_reads\\_%'
            and not coalesce(c.reloptions, '{{}}') @> '{{security_invoker=true}}'""",
    "readers own views, and nobody becomes one": """
        select format('%s %s', c.relowner::regrole, c.oid::regclass) from pg_class c
        where c.relkind <> 'v' and c.relowner::regrole::text like 'erp\\_reads\\_%'
        union all
        select r.rolname from pg_roles r
        where r.rolname like 'erp\\_reads\\_%' and (r.rolcanlogin or r.rolbypassrls or r.rolsuper)
        union all
        select format('%s in %s', m.member::regrole, m.roleid::regrole) from pg_auth_members m
        where m.roleid::regrole::text like 'erp\\_reads\\_%' and m.member::regrole::text <> 'erp_owner'
            and not (select rolsuper from pg_roles where oid = m.member)
        union all
        select format('%s in %s', m.member::regrole, m.roleid::regrole) from pg_auth_members m
        where m.member::regrole::text like 'erp\\_reads\\_%'""",
    "definer functions pin their search path": f"""select p.oid::regprocedure {_ROUTINES} and p.prosecdef
        and not coalesce(p.proconfig, '{{}}') && array['search_path=""', 'search_path=']""",
    "definer functions belong to erp_owner": f"""select p.oid::regprocedure {_ROUTINES} and p.prosecdef
        and pg_get_userbyid(p.proowner) <> 'erp_owner'""",
    "triggers are numbered and their functions say so": f"""
        select format('%s on %s', t.tgname, t.tgrelid::regclass) from pg_trigger t join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace join pg_proc p on p.oid = t.tgfoid
        where {_OURS} and not t.tgisinternal and (t.tgname !~ '^_\\d\\d\\d_' or p.proname !~ '^tg_(.+_)?_')""",
    "policies are named after command and audience": f"""
        select format('%s on %s.%s', policyname, schemaname, tablename) from pg_policies
        join pg_namespace n on n.nspname = schemaname
        where {_OURS} and (policyname !~ ('^' || lower(cmd) || '_') or roles = '{{public}}')""",
    "every foreign key states on delete": f"""
        select format('%s on %s', o.conname, o.conrelid::regclass) from pg_constraint o
        join pg_namespace n on n.oid = o.connamespace where {_OURS} and o.contype = 'f' and o.confdeltype = 'a'""",
    "every foreign key has an index": f"""
        select format('%s on %s', o.conname, o.conrelid::regclass) from pg_constraint o
        join pg_namespace n on n.oid = o.connamespace
        where {_OURS} and o.contype = 'f' and o.conparentid = 0 and not exists (
            select from pg_index i where i.indrelid = o.conrelid
            and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
            and (i.indkey::int2[])[0 : cardinality(o.conkey) - 1] @> o.conkey)""",
    "names are plain": f"""select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where {_OURS} and c.relkind in ('r', 'p', 'v') and c.relname !~ '^[a-z][a-z0-9_]*$'""",
}


@pytest.mark.parametrize("rule", RULES)
def test_rule(untouched_database: TestDatabase, rule: str) -> None:
    assert [row[0] for row in untouched_database.rows(RULES[rule])] == []


def test_every_file_is_in_the_load_order() -> None:
    tree = SqlTree()
    files = {path.relative_to(tree.root).as_posix() for path in tree.root.rglob("*.sql")}
    listed = [file.name for file in tree.files]
    assert len(listed) == len(set(listed))
    assert {name for name in files if not name.startswith(("upgrade/", "check/"))} == set(listed)


def test_a_second_install_is_refused(untouched_database: TestDatabase) -> None:
    with pytest.raises(ServerError, match="installed already"):
        install(untouched_database.dsn)


def test_a_fresh_install_has_nothing_pending(untouched_database: TestDatabase) -> None:
    state = status(untouched_database.dsn)
    assert (state.pending, state.changed_code) == ((), ())
    assert state.schema_version == state.program_version


def test_an_upgrade_of_a_fresh_install_changes_nothing(database: TestDatabase) -> None:
    before = read_catalogue(database.dsn)
    upgrade(database.dsn)
    upgrade(database.dsn, finish=True)
    assert read_catalogue(database.dsn) == before


def test_a_fresh_install_is_consistent(untouched_database: TestDatabase) -> None:
    assert check(untouched_database.dsn) == ()
