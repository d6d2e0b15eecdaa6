"""The audit trail: what one change did to its row, and what else happened to that row."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from erp_desktop.schema import audit as tables
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible


@dataclass(frozen=True)
class FieldChange:
    """One column of the row, before and after, as text; empty where there was nothing."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of one row: who, when, from where, and what it did."""

    id: int
    at: dt.datetime
    who_zh: str
    who_en: str
    role_name: str
    table_name: str
    row_id: int
    row_name: str
    operation: str
    client: str
    address: str
    fields: tuple[FieldChange, ...]


def load_change(database: Database, change_id: int) -> Change:
    """The change with its columns; raises NotVisible."""
    view = tables.change_list
    rows = database.rows(select(view).where(view.c.id == change_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "change", "id": change_id})
    row = rows[0]
    return Change(
        id=row.id,
        at=row.at,
        who_zh=row.who_zh,
        who_en=row.who_en,
        role_name=row.role_name,
        table_name=row.table_name,
        row_id=row.row_id,
        row_name=row.row_name,
        operation=row.operation,
        client=row.client,
        address=row.address or "",
        fields=field_changes(row.before or {}, row.after or {}),
    )


def field_changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[FieldChange, ...]:
    """The columns of both states by name, with the values as people read them."""
    names = sorted(before.keys() | after.keys())
    return tuple(FieldChange(name, _text(before.get(name)), _text(after.get(name))) for name in names)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
