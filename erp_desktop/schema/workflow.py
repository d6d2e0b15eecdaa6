"""Schema `workflow`: transitions, the timeline of documents, approvals."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from erp_desktop.schema.base import AMOUNT, RATE, metadata

transitions = Table(
    "transitions",
    metadata,
    Column("document_type", Text),
    Column("from_state", Text),
    Column("action", Text),
    Column("to_state", Text),
    Column("action_role", Text),
    schema="workflow",
)

my_steps = Table(
    "my_steps",
    metadata,
    Column("document_type", Text),
    Column("from_state", Text),
    Column("action", Text),
    Column("to_state", Text),
    schema="workflow",
)

timeline = Table(
    "timeline",
    metadata,
    Column("id", BigInteger),
    Column("at", DateTime(timezone=True)),
    Column("document_type", Text),
    Column("document_id", BigInteger),
    Column("action", Text),
    Column("from_state", Text),
    Column("to_state", Text),
    Column("note", Text),
    Column("details", JSONB),
    Column("display_name", Text),
    Column("display_name_en", Text),
    schema="workflow",
)

approval_rules = Table(
    "approval_rules",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("document_type", Text),
    Column("level", Integer),
    Column("branch_id", BigInteger),
    Column("min_amount", AMOUNT),
    Column("min_discount", RATE),
    Column("made_to_order", Boolean),
    Column("action_role", Text),
    Column("is_active", Boolean),
    schema="workflow",
)

approvals = Table(
    "approvals",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("document_type", Text),
    Column("document_id", BigInteger),
    Column("document_version", Integer),
    Column("level", Integer),
    Column("action_role", Text),
    Column("branch_id", BigInteger),
    Column("requested_at", DateTime(timezone=True)),
    Column("requested_by", BigInteger),
    Column("decision", Text),
    Column("decided_at", DateTime(timezone=True)),
    Column("decided_by", BigInteger),
    Column("comment", Text),
    schema="workflow",
)

my_approvals = Table(
    "my_approvals",
    metadata,
    Column("id", BigInteger),
    Column("order_id", BigInteger),
    Column("version", Integer),
    Column("level", Integer),
    Column("requested_at", DateTime(timezone=True)),
    Column("number", Text),
    Column("customer_name", Text),
    Column("gross_amount", AMOUNT),
    Column("currency", Text),
    Column("max_discount", RATE),
    Column("promised_on", Date),
    Column("hold_reason", Text),
    Column("branch_zh", Text),
    Column("branch_en", Text),
    Column("requested_by_zh", Text),
    Column("requested_by_en", Text),
    schema="workflow",
)
