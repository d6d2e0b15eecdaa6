"""The audit trail: what one change did to its row, and what else happened to that row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import func, select

from erp_desktop.schema import audit as tables
from erp_desktop.services import documents, printing
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible
from erp_desktop.services.heads import Head
from erp_desktop.services.listing import ListSpec, Values
from erp_desktop.services.printing.data import Language, TrailSeal

if TYPE_CHECKING:
    from psycopg2.extensions import connection as Connection

Name: TypeAlias = tuple[str, str]
"""What something is called in Chinese and in English."""

Medium: TypeAlias = Literal["paper", "file"]
"""How a document leaves the program."""


@dataclass(frozen=True)
class FieldChange:
    """One column of the row with its values before and after, None where there was nothing."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """One change of one row: who, when, from where, and what it did.

    `names` holds by column and value what ids and roles stand for, as far as the reader may know.
    """

    id: int
    at: dt.datetime
    who_zh: str
    who_en: str
    role_name: str
    table_name: str
    row_id: int
    row_zh: str
    row_en: str
    operation: str
    client: str
    address: str
    fields: tuple[FieldChange, ...]
    names: Mapping[tuple[str, str], Name]


def load_change(database: Database, change_id: int) -> Change:
    """The change with its columns and the names in it; raises NotVisible."""
    view = tables.change_list
    rows = database.rows(select(view).where(view.c.id == change_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "change", "id": change_id})
    row = rows[0]
    found = func.audit.names_in_change(change_id).table_valued("column_name", "value", "name_zh", "name_en")
    names = {(each.column_name, each.value): (each.name_zh, each.name_en) for each in database.rows(select(found))}
    own = names.get(("", str(row.row_id)))
    owner = names.get(("owner", str(row.owner_id)))
    row_zh, row_en = _row_name(row.row_zh, own, owner)
    return Change(
        id=row.id,
        at=row.at,
        who_zh=row.who_zh,
        who_en=row.who_en,
        role_name=row.role_name,
        table_name=row.table_name,
        row_id=row.row_id,
        row_zh=row_zh,
        row_en=row_en,
        operation=row.operation,
        client=row.client,
        address=row.address or "",
        fields=field_changes(row.before or {}, row.after or {}),
        names=names,
    )


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """The columns of both states by name; what was nothing and stays nothing is left out."""
    changes = (FieldChange(name, before.get(name), after.get(name)) for name in sorted(before.keys() | after.keys()))
    return tuple(each for each in changes if not (_is_nothing(each.before) and _is_nothing(each.after)))


def _is_nothing(value: Any) -> bool:
    return value is None or value == ""


def name_rows(connection: Connection, spec: ListSpec, rows: Sequence[Values]) -> list[Values]:
    """The rows of the trail with the names of what changed in the columns `row_zh` and `row_en`, found in one query."""
    if not rows:
        return []
    place = {key: index for index, key in enumerate((spec.key, *spec.value_keys))}
    owned = [(row[place["owner_table"]], row[place["owner_id"]]) for row in rows]
    wanted = {(row[place["table_name"]], row[place["row_id"]]) for row in rows} | set(owned)
    pairs = [pair for pair in wanted if pair[1] is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, row_id, name_zh, name_en from audit.names_of(%s::text[], %s::bigint[])",
            ([table for table, _ in pairs], [row_id for _, row_id in pairs]),
        )
        names = {(table, row_id): (zh, en) for table, row_id, zh, en in cursor.fetchall()}
    shown = [key for key in ("row_zh", "row_en") if key in place]
    named = []
    for row, owner in zip(rows, owned, strict=True):
        own = names.get((row[place["table_name"]], row[place["row_id"]]))
        row_zh, row_en = _row_name(row[place[shown[0]]], own, names.get(owner))
        texts = {"row_zh": row_zh, "row_en": row_en}
        named.append(tuple(texts.get(key, value) for key, value in zip(place, row, strict=True)))
    return named


def _row_name(kept: str, own: Name | None, owner: Name | None) -> Name:
    """What a row is called: by its own name, else as the change has it, else after what it belongs to."""
    if own is not None:
        return own
    return owner if owner is not None and kept.startswith("#") else (kept, kept)


def seal_pdf(database: Database, head: Head, language: Language) -> bytes:
    """A seal of the trail on paper. Raises ErpError."""
    data = TrailSeal(
        number=head.number,
        hash=head.hash,
        sealed_at=head.sealed_at,
        server=database.profile.name,
        company=documents.company(database),
        issue=documents.issue(database, language),
    )
    return printing.trail_seal(data, language)


def record_print(database: Database, document_type: str, document_id: int, medium: Medium) -> None:
    """Tell the trail that a document is printed or saved as a file; raises ErpError."""
    document = {"document_type": document_type, "document_id": document_id, "medium": medium}
    database.call("audit.record_print", document=document)


def record_export(database: Database, title: str, file_name: str, rows: int) -> None:
    """Tell the trail that the list with this title is written to a file; raises ErpError."""
    database.call("audit.record_export", document={"list": title, "file": file_name, "rows": rows})
