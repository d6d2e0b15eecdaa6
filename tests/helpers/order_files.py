"""Files of orders as offices send them, written into a folder of the test."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from tests.helpers.workplace import Workplace

HEADINGS = ("订单号", "下单日期", "客户编码", "商品编码", "数量", "单价", "备注")
LINE = ("A-1", "2026-11-20", "C1", "CHAIR", 2, 239.5, "")


def book(
    path: Path,
    *rows: Sequence[Any],
    headings: Sequence[Any] | None = HEADINGS,
    change: Callable[[Any], None] | None = None,
) -> Path:
    """A workbook with these rows below the headings; `change` gets the sheet before it is saved."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in ([headings] if headings else []) + list(rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    made.save(path)
    return path


def csv_file(path: Path, *rows: Sequence[Any], encoding: str = "utf-8", divider: str = ",") -> Path:
    """A CSV file with these rows below the headings."""
    lines = [divider.join(str(cell) for cell in row) for row in (HEADINGS, *rows)]
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


@contextmanager
def emptied(workplace: Workplace) -> Iterator[Workplace]:
    """The company at work; what was imported in the block is gone afterwards, with what was entered for it."""
    database = workplace.company.database
    tables = ("crm.customers", "catalog.products", "catalog.categories")
    last = {table: database.value(f"select max(id) from {table}") for table in tables}
    yield workplace
    for table in ("sales.orders", "sales.imports"):
        database.rows(f"delete from {table}")
    for table in tables:
        database.rows(f"delete from {table} where id > %s", last[table])


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of a workbook in which parts are changed, or left out (None)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = change(part, old.read(part))
            if data is not None:
                new.writestr(part, data)
    return target
