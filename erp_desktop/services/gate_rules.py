"""How strict the gate is: locks, sessions, rules for passwords, and which roles need one-time codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from erp_desktop.schema import auth as tables
from erp_desktop.services.db import Database


@dataclass(frozen=True)
class GateRules:
    """The settings of the gate; None means no end, `roles_with_codes` are names of roles."""

    failures_allowed: int
    first_lock_minutes: int
    longest_lock_hours: int
    address_failures_allowed: int
    session_hours: int
    session_idle_minutes: int | None
    password_length: int
    password_length_with_code: int
    passwords_remembered: int
    password_valid_days: int | None
    roles_with_codes: Sequence[str]


def load_gate_rules(database: Database) -> tuple[GateRules, int]:
    """The rules in force and their version."""
    view = tables.gate_rules
    row = database.rows(select(view))[0]
    names = [column.name for column in view.c if column.name != "version"]
    return GateRules(**{name: getattr(row, name) for name in names}), row.version


def save_gate_rules(
    database: Database, *, rules: GateRules, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Put these rules in force for everybody; passwords and sessions that there are stay as they are."""
    document = asdict(rules) | {"roles_with_codes": list(rules.roles_with_codes)}
    return database.call("auth.save_gate_rules", document=document, version=version, request_id=request_id)
