"""The dry run of a file of orders, its import as one batch, and the batches there are."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from erp_desktop.schema import sales as tables
from erp_desktop.services.db import Database
from erp_desktop.services.errors import InvalidInput
from erp_desktop.services.exporting import safe_text
from erp_desktop.services.importing.files import Loaded
from erp_desktop.services.importing.orders import Complaint, Draft, Settings, build


@dataclass(frozen=True)
class Newcomer:
    """A customer or product that the file names and the books don't know, and how often."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Report:
    """What a dry run found. Nothing was written. `errors` and `warnings` count also what is not listed."""

    orders: int
    lines: int
    net_amount: Decimal
    tax_amount: Decimal
    new_customers: tuple[Newcomer, ...]
    new_products: tuple[Newcomer, ...]
    complaints: tuple[Complaint, ...]
    errors: int
    warnings: int


@dataclass(frozen=True)
class Batch:
    """A file that was imported."""

    id: int
    file_name: str
    order_count: int
    line_count: int
    gross_amount: Decimal
    imported_at: dt.datetime
    imported_by_zh: str
    imported_by_en: str
    undone_at: dt.datetime | None


@dataclass(frozen=True)
class Imported:
    """What an import wrote."""

    id: int
    orders: int
    lines: int
    gross_amount: Decimal
    customers: int
    products: int


def prepare(database: Database, loaded: Loaded, mapping: Mapping[str, int], settings: Settings) -> tuple[Draft, Report]:
    """Make orders of a file and let the server look at them; writes nothing. Raises ErpError."""
    draft = build(loaded.source, loaded.table, mapping, settings)
    return draft, check(database, draft)


def check(database: Database, draft: Draft) -> Report:
    """Let the server look for what is wrong with a draft; writes nothing. Raises ErpError."""
    document = json.dumps(draft.document, ensure_ascii=False)
    (row,) = database.rows("select sales.check_import(cast(:document as jsonb))::text", document=document)
    found: dict[str, Any] = json.loads(row[0], parse_float=Decimal)
    told = [draft.locate(each) for each in found["complaints"]]
    own = {(each.row, each.column) for each in draft.complaints}
    told = [each for each in told if (each.row, each.column) not in own or not each.column]
    hidden = found["errors"] + found["warnings"] - len(found["complaints"])
    complaints = [*_batch_complaint(found), *draft.complaints, *told]
    complaints.sort(key=lambda each: (not each.is_error, each.row or 0))
    errors = sum(each.is_error for each in complaints)
    return Report(
        orders=found["orders"],
        lines=found["lines"],
        net_amount=Decimal(found["net_amount"]),
        tax_amount=Decimal(found["tax_amount"]),
        new_customers=tuple(Newcomer(each["key"], each["name"], each["orders"]) for each in found["new_customers"]),
        new_products=tuple(Newcomer(each["key"], each["name"], each["lines"]) for each in found["new_products"]),
        complaints=tuple(complaints),
        errors=errors + hidden,
        warnings=len(complaints) - errors,
    )


def _batch_complaint(found: dict[str, Any]) -> Iterable[Complaint]:
    """The file was imported already."""
    batch = found["imported_as"]
    return [Complaint(None, "", "", "UV707", batch)] if batch else []


def commit(database: Database, draft: Draft, request_id: UUID | None = None) -> Imported:
    """Import a draft as one batch, all or nothing. Raises ErpError."""
    error = next((each for each in draft.complaints if each.is_error), None)
    if error is not None:
        raise InvalidInput(error.code, error.params)
    made = database.call("sales.import_orders", document=draft.document, request_id=request_id)
    created = made["created"]
    return Imported(
        id=made["id"],
        orders=made["orders"],
        lines=made["lines"],
        gross_amount=Decimal(made["gross_amount"]),
        customers=created["customers"],
        products=created["products"],
    )


def undo(database: Database, batch_id: int, request_id: UUID | None = None) -> int:
    """Take a batch back whose orders nobody has touched; the number of orders that are gone. Raises ErpError."""
    made = database.call("sales.undo_import", document={"id": batch_id}, request_id=request_id)
    return int(made["orders"])


def list_batches(database: Database, limit: int = 200) -> list[Batch]:
    """The batches that the person sees, the newest first."""
    view = tables.import_list
    shown = (
        *(view.c.id, view.c.file_name, view.c.order_count, view.c.line_count, view.c.gross_amount, view.c.imported_at),
        *(view.c.imported_by_zh, view.c.imported_by_en, view.c.undone_at),
    )
    return [Batch(*row) for row in database.rows(select(*shown).order_by(view.c.id.desc()).limit(limit))]


EXPORT_TITLES: Final = {
    "zh": ("行", "列", "单元格", "类型", "说明", "代码"),
    "en": ("Row", "Column", "Cell", "Kind", "What is wrong and what helps", "Code"),
}
_KINDS: Final = {"zh": ("警告", "错误"), "en": ("warning", "error")}


def write_complaints(complaints: Iterable[Complaint], path: Path, language: str) -> None:
    """Write complaints to a workbook, or to CSV if the name ends so. Raises OSError."""
    words = "zh" if language.startswith("zh") else "en"
    rows = [EXPORT_TITLES[words]]
    for each in complaints:
        cells = (str(each.row or ""), each.column, each.value, _KINDS[words][each.is_error], each.sentence(language))
        rows.append((*cells, each.code))
    if path.suffix.lower() == ".csv":
        import csv

        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([safe_text(cell) for cell in row] for row in rows)
        return
    import openpyxl
    from openpyxl.cell import WriteOnlyCell

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for column, width in zip("ABCDEF", (8, 18, 24, 10, 90, 10), strict=True):
        sheet.column_dimensions[column].width = width
    for row in rows:
        line = [WriteOnlyCell(sheet, value=cell) for cell in row]
        for made in line:
            made.data_type = "s"  # never a formula
        sheet.append(line)
    book.save(path)
