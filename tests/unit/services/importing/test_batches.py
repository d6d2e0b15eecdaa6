"""The dry run, the import and its undoing against the real server, by the people whose job it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from erp_desktop.services.errors import Cancelled, InvalidInput, NotAllowed, WrongState
from erp_desktop.services.importing import batches, columns, files, orders
from erp_desktop.services.importing.orders import Draft, Settings
from erp_desktop.services.work import Work, doing
from tests.helpers.order_files import book
from tests.helpers.workplace import Workplace

DAY = (date.today() - timedelta(days=1)).isoformat()
GOOD = [
    ("A-1", DAY, "C1", "CHAIR", 2, 239.5, ""),
    ("A-1", DAY, "C1", "LAMP", 1, 128, "急"),
    ("A-2", DAY, "C1", "DESK", 1, "", ""),
]


def draft(path: Path, *rows: Sequence[Any], name: str = "订单.xlsx", **settings: Any) -> Draft:
    loaded = files.load(book(path / name, *rows))
    return orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings(**settings))


def counts(workplace: Workplace) -> tuple[int, ...]:
    names = ("sales.orders", "sales.order_lines", "sales.imports", "crm.customers", "catalog.products")
    return tuple(workplace.company.database.value(f"select count(*) from {name}") for name in names)


def test_a_file_goes_through_dry_run_import_and_undoing(workplace: Workplace, tmp_path: Path) -> None:
    lina, before = workplace.database("lina"), counts(workplace)
    made = draft(tmp_path, *GOOD)
    report = batches.check(lina, made)
    assert (report.orders, report.lines, report.errors, report.warnings) == (2, 3, 0, 0)
    assert (report.net_amount, report.tax_amount) == (Decimal("1887.00"), Decimal("245.31"))
    assert counts(workplace) == before
    imported = batches.commit(lina, made)
    assert (imported.orders, imported.lines, imported.gross_amount) == (2, 3, Decimal("2132.31"))
    assert counts(workplace)[:3] == (2, 3, 1)
    (batch,) = batches.list_batches(lina)
    assert (batch.id, batch.file_name, batch.order_count, batch.undone_at) == (imported.id, "订单.xlsx", 2, None)
    assert batches.undo(lina, imported.id) == 2
    assert counts(workplace)[:2] == (0, 0)
    with pytest.raises(WrongState):
        batches.undo(lina, imported.id)


def test_complaints_name_row_and_column(workplace: Workplace, tmp_path: Path) -> None:
    rows = [
        *GOOD,
        ("A-3", DAY, "C1", "WR-999W", 1, 1, ""),
        ("A-4", "11月21日晚上", "C1", "CHAIR", 0, 239.5, ""),
        ("A-5", DAY, "nobody", "CHAIR", "=1+1", 239.5, ""),
        ("A-6", DAY, "C1", "CHAIR", 1, 4.69, "字" * 10_000),
        ("A-7", "9999-12-31", "C1", "CHAIR", "-5", "1e99", '"; drop table sales.orders; -- %s مرحبا 🪑'),
    ]
    report = batches.check(workplace.database("lina"), draft(tmp_path, *rows))
    assert [(each.row, each.column, each.code, each.is_error) for each in report.complaints] == [
        (5, "商品编码", "UV702", True),
        (6, "下单日期", "UV006", True),
        (6, "数量", "UV213", True),
        (7, "数量", "UV720", True),
        (7, "客户编码", "UV701", True),
        (8, "备注", "UV005", True),
        (9, "下单日期", "UV004", True),
        (9, "数量", "UV213", True),
        (9, "单价", "UV216", True),
        (8, "单价", "UV703", False),
    ]
    assert (report.errors, report.warnings) == (9, 1)
    for each in report.complaints:
        zh, en = each.sentence("zh_CN"), each.sentence("en")
        assert zh != en and "{" not in zh + en and "…" not in zh + en, (zh, en)
    assert "第 5 行" in report.complaints[0].sentence("zh_CN") and "row 7" in report.complaints[3].sentence("en")


def test_a_file_with_errors_changes_nothing(workplace: Workplace, tmp_path: Path) -> None:
    manager, before = workplace.database("manager"), counts(workplace)
    bad = [
        ("A-9", DAY, "C1", "CHAIR", "=1+1", 1, ""),
        ("A-9", DAY, "C1", "CHAIR", -1, 1, ""),
        ("A-9", DAY, "NEW", "CHAIR", 1, "?", ""),
    ]
    for row in bad:
        made = draft(tmp_path, *GOOD, row, create_customers=True, create_products=True)
        with pytest.raises(InvalidInput):
            batches.commit(manager, made)
        assert counts(workplace) == before


def test_the_same_file_twice_names_the_earlier_batch(workplace: Workplace, tmp_path: Path) -> None:
    lina = workplace.database("lina")
    made = draft(tmp_path, *GOOD)
    batches.commit(lina, made)
    first = next(each for each in batches.check(lina, made).complaints)
    assert (first.row, first.code, first.is_error) == (None, "UV707", True)
    assert "订单.xlsx" in first.sentence("zh_CN") and "lina" in first.sentence("en")
    with pytest.raises(InvalidInput) as refused:
        batches.commit(lina, made)
    assert refused.value.code == "UV707"
    again = draft(tmp_path, *GOOD, name="copy.xlsx")
    assert {each.code for each in batches.check(lina, again).complaints} >= {"UV705"}


def test_a_repeated_request_imports_once(workplace: Workplace, tmp_path: Path) -> None:
    lina, request = workplace.database("lina"), uuid4()
    made = draft(tmp_path, *GOOD)
    assert batches.commit(lina, made, request) == batches.commit(lina, made, request)
    assert counts(workplace)[:3] == (2, 3, 1)


def test_two_people_import_one_file_at_once(workplace: Workplace, tmp_path: Path) -> None:
    made = draft(tmp_path, *GOOD)
    people = [workplace.database("lina"), workplace.database("manager")]
    results: list[object] = []

    def import_it(place: int) -> None:
        try:
            results.append(batches.commit(people[place], made))
        except InvalidInput as error:
            results.append(error.code)

    threads = [threading.Thread(target=import_it, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(each).__name__ for each in results) == ["Imported", "str"]
    assert next(each for each in results if isinstance(each, str)) in ("UV707", "UV705")
    assert counts(workplace)[:3] == (2, 3, 1)


def test_a_cancelled_import_leaves_nothing(workplace: Workplace, tmp_path: Path) -> None:
    lina, before = workplace.database("lina"), counts(workplace)
    made = draft(tmp_path, *GOOD)
    present = Work()
    with workplace.happens() as stage:
        stage.rows("lock table sales.imports in exclusive mode")
        thread = threading.Thread(target=_cancel_when_waiting, args=(workplace, present))
        thread.start()
        with doing(present), pytest.raises(Cancelled):
            batches.commit(lina, made)
        thread.join()
    assert counts(workplace) == before
    assert batches.commit(lina, made).orders == 2


def _cancel_when_waiting(workplace: Workplace, present: Work) -> None:
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and usename = 'erp_u_lina'"
    while not workplace.company.database.value(waiting):
        pass
    present.cancel()


def test_customers_and_products_are_entered_by_who_may(workplace: Workplace, tmp_path: Path) -> None:
    rows = [("A-1", DAY, "新客户一号", "NEW-1", 2, 100, "")]
    made = draft(tmp_path, *rows, create_customers=True, create_products=True)
    with pytest.raises(NotAllowed):
        batches.check(workplace.database("lina"), made)
    with pytest.raises(NotAllowed):
        batches.commit(workplace.database("lina"), made)
    manager = workplace.database("manager")
    report = batches.check(manager, draft(tmp_path, *rows))
    assert [(each.key, each.count) for each in report.new_customers] == [("新客户一号", 1)]
    assert [(each.key, each.count) for each in report.new_products] == [("NEW-1", 1)]
    imported = batches.commit(manager, made)
    assert (imported.customers, imported.products) == (1, 1)
    found = workplace.company.database.rows(
        "select crm.customers_found('xkhyh', 5), catalog.search_products('new1', 5)"
    )
    assert len(found) == 1


def test_who_imports_nothing_is_refused(workplace: Workplace, tmp_path: Path) -> None:
    made = draft(tmp_path, *GOOD)
    for login in ("keeper", "finance", "stranger"):
        with pytest.raises(NotAllowed):
            batches.check(workplace.database(login), made)
        with pytest.raises(NotAllowed):
            batches.commit(workplace.database(login), made)
    assert counts(workplace)[:3] == (0, 0, 0)
