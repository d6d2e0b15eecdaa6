"""The demo's workbooks against the demo's company: every mistake is told, the corrected one goes in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.demo.start import OpenDemo, open_demo
from erp_desktop.services.auth import Session, log_in, log_out
from erp_desktop.services.importing import batches, columns, files, orders
from erp_desktop.services.importing.orders import Draft, Settings
from tests.helpers.databases import removed_at_the_end, temporary_folder


@pytest.fixture(scope="module")
def demo() -> Iterator[OpenDemo]:
    with temporary_folder() as folder:
        opened = open_demo(folder / "demo")
        with removed_at_the_end(opened.server):
            yield opened
            opened.close()


@pytest.fixture
def lina(demo: OpenDemo) -> Iterator[Session]:
    """The clerk whose customer the web shop is."""
    entry = next(each for each in demo.logins if each.login == "lina")
    session = log_in(demo.profile, entry.login, entry.password)
    yield session
    log_out(session)


def read(project_root: Path, name: str, session: Session) -> Draft:
    (shop,) = session.database.rows("select id from crm.customers where kind = 'web'")
    loaded = files.load(project_root / "resources/demo/import" / name)
    return orders.build(
        loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings(customer_id=shop.id)
    )


def test_every_mistake_of_the_readme_is_told(project_root: Path, lina: Session) -> None:
    report = batches.check(lina.database, read(project_root, "orders-web.xlsx", lina))
    found = {(each.row, each.column): each.is_error for each in report.complaints if each.code != "UV710"}
    readme = (project_root / "resources/demo/README.md").read_text("utf-8")
    stated = re.findall(r"^\| ([\d–]+) \| (\S+) \| (\S+) \| .* \|$", readme, re.MULTILINE)
    assert len(stated) == 8
    for rows, column, cell in stated:
        first = int(rows.partition("–")[0])
        # Two orders under one number are told where they differ.
        place = (first, "收货人" if column == "平台订单号" else column)
        assert place in found, (rows, column, cell, found)
        assert found[place] == (column != "单价"), "a price far off the list is a warning"
    assert {row for row, _ in found} == {22, 77, 122, 185, 262, 263, 301, 372, 373}
    assert found[301, "优惠"], "and the discount is more than a price of 4.69"
    assert (report.errors, report.warnings) == (8, 2)


def test_the_corrected_workbook_becomes_two_hundred_orders(project_root: Path, lina: Session) -> None:
    draft = read(project_root, "orders-web-corrected.xlsx", lina)
    report = batches.check(lina.database, draft)
    assert (report.orders, report.lines, report.errors) == (200, 436, 0)
    assert (report.net_amount, report.tax_amount) == (Decimal("414730.30"), Decimal("53914.95"))
    made = batches.commit(lina.database, draft)
    assert (made.orders, made.gross_amount) == (200, Decimal("468645.25"))
    (row,) = lina.database.rows(
        "select sum(l.qty) as pieces, count(distinct o.contact) as people from sales.orders o"
        " join sales.order_lines l on l.order_id = o.id where o.import_id = :id",
        id=made.id,
    )
    assert row.pieces == 598 and row.people > 100
    assert batches.undo(lina.database, made.id) == 200
