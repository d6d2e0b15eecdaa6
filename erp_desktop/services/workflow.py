"""The life of documents: what happened to one, and what the person may do with it in its present state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from erp_desktop.schema import workflow as tables
from erp_desktop.services.db import Database

MOST_ENTRIES = 500


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened to a document; `who_zh` and `who_en` are empty when nobody's hand did it."""

    at: dt.datetime
    action: str
    from_state: str | None
    to_state: str | None
    note: str
    who_zh: str
    who_en: str
    details: Mapping[str, Any]


def timeline(database: Database, document_type: str, document_id: int) -> list[TimelineEntry]:
    """What happened to a document that the person sees, oldest first; of very many the latest."""
    view = tables.timeline
    rows = database.rows(
        select(
            view.c.at,
            view.c.action,
            view.c.from_state,
            view.c.to_state,
            view.c.note,
            view.c.display_name,
            view.c.display_name_en,
            view.c.details,
        )
        .where(view.c.document_type == document_type, view.c.document_id == document_id)
        .order_by(view.c.at.desc(), view.c.id.desc())
        .limit(MOST_ENTRIES)
    )
    return [
        TimelineEntry(
            row.at,
            row.action,
            row.from_state,
            row.to_state,
            row.note,
            row.display_name or "",
            row.display_name_en or row.display_name or "",
            row.details,
        )
        for row in reversed(rows)
    ]


def my_steps(database: Database, document_type: str, state: str) -> frozenset[str]:
    """The actions that the person may take with a document of this type in this state."""
    view = tables.my_steps
    rows = database.rows(select(view.c.action).where(view.c.document_type == document_type, view.c.from_state == state))
    return frozenset(row.action for row in rows)
