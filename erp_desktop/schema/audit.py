"""Schema `audit`: the trail of changes."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from erp_desktop.schema.base import metadata

change_list = Table(
    "change_list",
    metadata,
    Column("id", BigInteger),
    Column("at", DateTime(timezone=True)),
    Column("role_name", Text),
    Column("who_zh", Text),
    Column("who_en", Text),
    Column("user_id", BigInteger),
    Column("table_name", Text),
    Column("row_id", BigInteger),
    Column("operation", Text),
    Column("row_zh", Text),
    Column("row_en", Text),
    Column("client", Text),
    Column("address", Text),
    Column("transaction_id", Text),
    Column("before", JSONB),
    Column("after", JSONB),
    Column("owner_table", Text),
    Column("owner_id", BigInteger),
    schema="audit",
)

seals = Table(
    "seals",
    metadata,
    Column("number", BigInteger),
    Column("sealed_at", DateTime(timezone=True)),
    Column("hash", LargeBinary),
    schema="audit",
)
