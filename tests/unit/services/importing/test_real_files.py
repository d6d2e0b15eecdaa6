"""Files that nobody on the project wrote, read where they lie beside the project."""

from __future__ import annotations

import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.services.errors import InvalidInput
from erp_desktop.services.importing import batches, columns, files, orders
from erp_desktop.services.importing.orders import Draft, Settings
from tests.helpers.workplace import Workplace

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
HISTORY = DATA / "orders_cn"
SHEETS = DATA / "sheets_cn"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of real files lies not beside the project")


def read(path: Path, settings: Settings) -> Draft:
    loaded = files.load(path)
    return orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), settings)


@pytest.mark.parametrize("name", ["orders_订单.csv", "示例 - 超市.xls"])
def test_a_history_of_ten_thousand_lines_is_imported_whole(workplace: Workplace, name: str) -> None:
    manager = workplace.database("manager")
    began = time.monotonic()
    draft = read(HISTORY / name, Settings(create_customers=True, create_products=True))
    report = batches.check(manager, draft)
    assert (report.orders, report.lines, report.errors) == (4985, 10_000, 0)
    assert (len(report.new_customers), len(report.new_products)) == (790, 1955)
    assert Counter(each.code for each in report.complaints) == {"UV723": 22}, "codes with two names"
    made = batches.commit(manager, draft)
    seconds = time.monotonic() - began
    assert seconds < 15, f"{seconds:.1f} s"
    assert (made.orders, made.lines, made.customers, made.products) == (4985, 10_000, 790, 1955)
    figures = workplace.company.database.rows(
        "select c.name_zh, count(*), sum(l.net_amount), sum(l.qty) from sales.order_lines l"
        " join catalog.products p on p.id = l.product_id join catalog.categories c on c.id = p.category_id group by 1"
    )
    by_category = {name: figures for name, *figures in figures}
    assert by_category["家具"] == [2252, Decimal("5746821.66"), 8516]
    assert sum(amount for _, amount, _ in by_category.values()) == Decimal("16117548.34")
    assert report.net_amount == Decimal("16117548.34")
    total = workplace.company.database.rows("select sum(net_amount), sum(gross_amount) from sales.orders")
    assert total == [(Decimal("16117548.34"), made.gross_amount)]
    assert batches.undo(manager, made.id) == 4985
    assert workplace.company.database.value("select count(*) from sales.order_lines") == 0
    assert batches.list_batches(manager)[0].undone_at is not None


def test_an_order_book_of_an_office_gets_complaints(workplace: Workplace) -> None:
    (path,) = SHEETS.glob("出口*.xlsx")
    draft = read(path, Settings(create_customers=True, create_products=True))
    assert (len(draft.table.rows), draft.line_count) == (390, 390)
    own = Counter(each.code for each in draft.complaints)
    assert own["UV720"] == 9, "amounts that are formulas without a result"
    assert own["UV722"] == 338, "rows in other currencies"
    report = batches.check(workplace.database("manager"), draft)
    odd = [each for each in report.complaints if each.value == "11/22,12/25"]
    assert [(each.column, each.code) for each in odd] == [("交货日期", "UV006")]
    told = Counter(each.code for each in report.complaints)
    assert told["UV218"] > 0, "amounts that are not quantity × price"
    for each in report.complaints:
        assert each.row is not None and each.column in draft.table.headings
        for language in ("zh_CN", "en"):
            assert "…" not in each.sentence(language) and "{" not in each.sentence(language)
    with pytest.raises(InvalidInput):
        batches.commit(workplace.database("manager"), draft)
    assert workplace.company.database.value("select count(*) from sales.imports") == 0


def test_a_sheet_with_headings_only_is_refused() -> None:
    (path,) = SHEETS.glob("定制*.xlsx")
    with pytest.raises(InvalidInput) as refused:
        read(path, Settings(customer_id=1))
    assert refused.value.code == "UV735"
