"""Schema `auth`: people, roles, scopes, sessions and attempts to log in."""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, DateTime, Integer, Interval, Table, Text
from sqlalchemy.dialects.postgresql import INET

from erp_desktop.schema.base import metadata

people = Table(
    "people",
    metadata,
    Column("id", BigInteger),
    Column("display_name", Text),
    Column("display_name_en", Text),
    Column("is_active", Boolean),
    schema="auth",
)

users = Table(
    "users",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("login", Text),
    Column("role_name", Text),
    Column("display_name", Text),
    Column("display_name_en", Text),
    Column("language", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("is_active", Boolean),
    Column("version", Integer),
    Column("created_at", DateTime(timezone=True)),
    Column("created_by", BigInteger),
    schema="auth",
)

person_list = Table(
    "person_list",
    metadata,
    Column("id", BigInteger),
    Column("login", Text),
    Column("name_zh", Text),
    Column("name_en", Text),
    Column("state", Text),
    Column("locked_until", DateTime(timezone=True)),
    Column("last_login_at", DateTime(timezone=True)),
    Column("has_session", Boolean),
    Column("has_codes", Boolean),
    Column("roles", ARRAY(Text)),
    Column("roles_zh", Text),
    Column("roles_en", Text),
    Column("branches", ARRAY(BigInteger)),
    Column("warehouses", ARRAY(BigInteger)),
    Column("work_centres", ARRAY(BigInteger)),
    Column("scopes_zh", Text),
    Column("scopes_en", Text),
    Column("language", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("created_at", DateTime(timezone=True)),
    Column("version", Integer),
    schema="auth",
)

roles = Table(
    "roles",
    metadata,
    Column("id", BigInteger),
    Column("name", Text, primary_key=True),
    Column("kind", Text),
    Column("department", Text),
    Column("title_zh", Text),
    Column("title_en", Text),
    Column("description_zh", Text),
    Column("description_en", Text),
    Column("needs", ARRAY(Text)),
    Column("version", Integer),
    Column("created_at", DateTime(timezone=True)),
    Column("created_by", BigInteger),
    schema="auth",
)

memberships = Table(
    "memberships",
    metadata,
    Column("member", Text),
    Column("role", Text),
    schema="auth",
)

role_list = Table(
    "role_list",
    metadata,
    Column("id", BigInteger),
    Column("name", Text),
    Column("kind", Text),
    Column("department", Text),
    Column("title_zh", Text),
    Column("title_en", Text),
    Column("description_zh", Text),
    Column("description_en", Text),
    Column("people", Integer),
    Column("contents", ARRAY(Text)),
    Column("contents_zh", Text),
    Column("contents_en", Text),
    Column("place", Integer),
    Column("created_at", DateTime(timezone=True)),
    Column("author_zh", Text),
    Column("author_en", Text),
    Column("version", Integer),
    schema="auth",
)

user_branches = Table(
    "user_branches",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("user_id", BigInteger),
    Column("branch_id", BigInteger),
    schema="auth",
)

user_warehouses = Table(
    "user_warehouses",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("user_id", BigInteger),
    Column("warehouse_id", BigInteger),
    schema="auth",
)

user_work_centres = Table(
    "user_work_centres",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("user_id", BigInteger),
    Column("work_centre_id", BigInteger),
    schema="auth",
)

session_list = Table(
    "session_list",
    metadata,
    Column("user_id", BigInteger),
    Column("tag", Text),
    Column("started_at", DateTime(timezone=True)),
    Column("last_active_at", DateTime(timezone=True)),
    Column("valid_until", DateTime(timezone=True)),
    Column("address", INET),
    Column("client", Text),
    Column("computer", Text),
    schema="auth",
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("at", DateTime(timezone=True), primary_key=True),
    Column("user_id", BigInteger),
    Column("address", INET),
    Column("client", Text),
    Column("verdict", Text),
    schema="auth",
)

gate_settings = Table(
    "gate_settings",
    metadata,
    Column("only_row", Boolean, primary_key=True),
    Column("iterations", Integer),
    Column("failures_allowed", Integer),
    Column("first_lock", Interval),
    Column("longest_lock", Interval),
    Column("forget_failures_after", Interval),
    Column("address_failures_allowed", Integer),
    Column("address_forgets_one_in", Interval),
    Column("session_length", Interval),
    Column("session_idle", Interval),
    Column("password_length", Integer),
    Column("password_length_with_code", Integer),
    Column("passwords_remembered", Integer),
    Column("password_valid_for", Interval),
    Column("version", Integer),
    schema="auth",
)

gate_rules = Table(
    "gate_rules",
    metadata,
    Column("failures_allowed", Integer),
    Column("first_lock_minutes", Integer),
    Column("longest_lock_hours", Integer),
    Column("address_failures_allowed", Integer),
    Column("session_hours", Integer),
    Column("session_idle_minutes", Integer),
    Column("password_length", Integer),
    Column("password_length_with_code", Integer),
    Column("passwords_remembered", Integer),
    Column("password_valid_days", Integer),
    Column("roles_with_codes", ARRAY(Text)),
    Column("version", Integer),
    schema="auth",
)
