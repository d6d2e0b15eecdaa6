"""The queue of jobs: procrastinate's own schema, and who may touch it."""

from __future__ import annotations

import re
from importlib.resources import files

from erp_desktop.server.tree import SqlTree
from tests.helpers.databases import TestDatabase

_LINE = re.compile(r"^-- -{20,}$", re.MULTILINE)


def test_the_schema_is_that_of_the_package() -> None:
    """Word for word but for the extension that every server has: a new release needs a step of upgrade."""
    ours = next(file for file in SqlTree().files if file.name.endswith("140_jobs/procrastinate.sql")).text
    theirs = files("procrastinate").joinpath("sql", "schema.sql").read_text(encoding="utf-8")
    _, copied, _ = _LINE.split(ours)
    assert copied.split() == theirs[theirs.index("-- Enums") :].split()


def test_everything_in_it_belongs_to_its_owner(untouched_database: TestDatabase) -> None:
    owners = untouched_database.rows(
        "select c.relowner::regrole::text from pg_class c where c.relnamespace = 'jobs'::regnamespace"
        " union select p.proowner::regrole::text from pg_proc p where p.pronamespace = 'jobs'::regnamespace"
    )
    assert owners == [("erp_jobs",)]


def test_nobody_but_the_worker_is_granted_anything(untouched_database: TestDatabase) -> None:
    granted = untouched_database.rows(
        "select distinct coalesce(nullif(a.grantee, 0)::regrole::text, 'public') from ("
        " select relacl from pg_class where relnamespace = 'jobs'::regnamespace union all"
        " select coalesce(proacl, acldefault('f', proowner)) from pg_proc where pronamespace = 'jobs'::regnamespace"
        " union all select nspacl from pg_namespace where nspname = 'jobs'"
        ") l (acl), aclexplode(l.acl) a order by 1"
    )
    assert granted == [("erp_jobs",), ("erp_worker",)]


def test_nobody_becomes_owner_or_worker(untouched_database: TestDatabase) -> None:
    members = untouched_database.rows(
        "select m.member::regrole::text, m.roleid::regrole::text from pg_auth_members m"
        " where m.roleid in ('erp_jobs'::regrole, 'erp_worker'::regrole)"
        " and not (select r.rolsuper from pg_roles r where r.oid = m.member)"
    )
    assert set(members) <= {("erp_owner", "erp_jobs"), ("erp_owner", "erp_worker")}
    roles = untouched_database.rows(
        "select rolcanlogin, rolsuper, rolcreaterole, rolbypassrls from pg_roles"
        " where rolname in ('erp_jobs', 'erp_worker')"
    )
    assert roles == [(False, False, False, False)] * 2
