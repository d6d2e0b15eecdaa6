"""From rows to orders: columns recognised, rows brought together, complaints with row and column."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from erp_desktop.services.errors import Cancelled, InvalidInput
from erp_desktop.services.importing import batches, columns, files, orders
from erp_desktop.services.importing.orders import Complaint, Draft, Settings
from erp_desktop.services.work import Work, doing
from tests.helpers.order_files import HEADINGS, book

DAY = "2026-11-20"


def draft(path: Path, *rows: Sequence[Any], headings: Sequence[str] = HEADINGS, **settings: Any) -> Draft:
    loaded = files.load(book(path / "a.xlsx", *rows, headings=headings))
    return orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings(**settings))


def told(made: Draft) -> list[tuple[int | None, str, str]]:
    return [(each.row, each.column, each.code) for each in made.complaints]


def test_the_demos_columns_are_recognised() -> None:
    headings = "平台订单号 下单日期 收货人 手机 省 市 区 详细地址 商品编码 商品名称 数量 单价 优惠 备注".split()
    assert [headings[place] for place in columns.guess(headings).values()] != []
    assert sorted(columns.guess(headings).values()) == list(range(len(headings)))


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Order No.", "Order Date", "Customer", "SKU", "Qty", "Unit price (CNY)"], "customer_reference ordered_on"),
        (["ORDER ID", "Date", "Customer ID", "Item Code", "QUANTITY", "Price"], "customer_code product_code qty"),
        (
            ["*订单编号", "客户名称（全称）", "产品编号", "订购数量(件)", "单价【元】"],
            "customer_reference customer_name qty",
        ),
        (["单号", "客户", "产品", "数量"], "customer_reference customer_name product_name qty"),
        (["国家", "地区", "子类别", "邮寄方式", "行 ID", "利润", ""], ""),
    ],
)
def test_headings_are_recognised_in_both_languages(headings: list[str], fields: str) -> None:
    found = columns.guess(headings)
    assert set(fields.split()) <= found.keys()
    assert len(set(found.values())) == len(found)
    if not fields:
        assert found.keys() <= {"category"}


def test_what_was_chosen_before_goes_first() -> None:
    headings = ["编号", "客户", "品名", "数量", "备注"]
    chosen = {"customer_reference": 0, "customer_name": 1, "product_name": 2, "qty": 3}
    remembered = columns.memory(headings, chosen)
    assert remembered["备注"] == ""
    assert columns.guess(headings) == {"customer_name": 1, "product_name": 2, "qty": 3, "note": 4}
    assert columns.guess([" 编 号 ", *headings[1:]], remembered) == chosen


def test_columns_that_every_order_needs(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        draft(tmp_path, ("A-1", "x"), headings=("订单号", "备注"))
    assert (refused.value.code, refused.value.field) == ("UV740", "customer_name")
    assert refused.value.params["fields"][-1] == "数量 (qty)"
    assert columns.missing({"qty": 1, "product_name": 2}, has_customer=True) == []


def test_rows_of_one_number_customer_and_day_are_one_order(tmp_path: Path) -> None:
    made = draft(
        tmp_path,
        ("A-1", DAY, "C1", "CHAIR", 2, 239.5, "急"),
        ("A-2", DAY, "C1", "CHAIR", 1, 239.5, ""),
        ("A-1", DAY, "C1", "LAMP", 1, 128, "急"),
        ("A-1", DAY, "C1", "DESK", 1, 1280, "易碎"),
        ("A-1", "2026-11-21", "C1", "DESK", 1, 1280, ""),
        ("A-1", DAY, "C2", "DESK", 1, 1280, ""),
    )
    found = [(each["customer_reference"], len(each["lines"])) for each in made.document["orders"]]
    assert found == [("A-1", 3), ("A-2", 1), ("A-1", 1), ("A-1", 1)]
    first = made.document["orders"][0]
    assert first["note"] == "急；易碎" and first["ordered_on"] == DAY
    assert first["lines"][1] == {
        "product": {"code": "LAMP", "name": "LAMP", "pinyin": "lamp", "initials": ""},
        "qty": "1",
        "unit_price": "128",
    }
    assert made.document["orders"][1]["lines"][0]["product"] == {"code": "CHAIR"}, "told once"
    assert told(made) == [] and made.line_count == 6


def test_without_a_number_customer_day_and_address_make_an_order(tmp_path: Path) -> None:
    headings = ("客户", "日期", "地址", "品名", "数量")
    rows = [("甲", DAY, "路1号", "书桌", 1), ("甲", DAY, "路1号", "餐椅", 4), ("甲", DAY, "路2号", "餐椅", 4)]
    made = draft(tmp_path, *rows, headings=headings)
    assert [len(each["lines"]) for each in made.document["orders"]] == [2, 1]
    assert made.document["orders"][0]["customer"]["pinyin"] == "jia"


def test_a_missing_number_is_told_and_joins_nothing(tmp_path: Path) -> None:
    line = (DAY, "C1", "CHAIR", 2, 239.5, "")
    made = draft(tmp_path, ("A-1", *line), (None, *line), ("", *line))
    assert told(made) == [(3, "订单号", "UV718"), (4, "订单号", "UV718")]
    assert len(made.document["orders"]) == 3


def test_rows_of_one_order_that_contradict_each_other(tmp_path: Path) -> None:
    headings = ("订单号", "收货人", "手机", "商品编码", "数量")
    rows = [("A-1", "何刚", "1", "CHAIR", 1), ("A-1", "魏怡", "2", "CHAIR", 1), ("A-1", "", "", "LAMP", 1)]
    made = draft(tmp_path, *rows, headings=headings, customer_id=7)
    assert told(made) == [(3, "收货人", "UV717")]
    assert made.complaints[0].params["first"] == 2 and made.document["orders"][0]["customer_id"] == 7


def test_an_address_is_put_together_once(tmp_path: Path) -> None:
    headings = ("订单号", "省", "市", "区", "详细地址", "商品编码", "数量")
    rows = [
        ("A-1", "浙江省", "杭州市", "余杭区", "文一路1号", "CHAIR", 1),
        ("A-2", "浙江省", "杭州市", "余杭区", "浙江省杭州市余杭区文一路1号", "CHAIR", 1),
        ("A-3", "上海", "上海", "", "外滩1号", "CHAIR", 1),
    ]
    made = draft(tmp_path, *rows, headings=headings, customer_id=7)
    assert [each["ship_to"] for each in made.document["orders"]] == [
        "浙江省杭州市余杭区文一路1号",
        "浙江省杭州市余杭区文一路1号",
        "上海外滩1号",
    ]


@pytest.mark.parametrize(
    ("qty", "price", "off", "fields"),
    [
        (2, "469.00", "93.80", {"unit_price": "469.00", "discount_rate": "0.1000", "amount": "844.20"}),
        (1, "639.45", "63.95", {"unit_price": "639.45", "discount_rate": "0.1000", "amount": "575.50"}),
        (1000, "469", "3", {"unit_price": "", "amount": "468997.00"}),
        (1, "100", 0, {"unit_price": "100"}),
        (1, "100", "150", {"unit_price": "100", "discount_rate": "1.5000"}),
        (1, "100", "-5", {"unit_price": "100", "discount_rate": "-0.0500"}),
        (1, "100", "some", {"unit_price": "100", "discount_rate": "some"}),
        ("x", "100", "5", {"unit_price": "100"}),
    ],
)
def test_an_amount_off_becomes_a_rate_or_an_amount(
    tmp_path: Path, qty: object, price: str, off: object, fields: dict[str, str]
) -> None:
    headings = ("订单号", "商品编码", "数量", "单价", "优惠")
    made = draft(tmp_path, ("A-1", "CHAIR", qty, price, off), headings=headings, customer_id=7)
    (line,) = made.document["orders"][0]["lines"]
    assert {key: value for key, value in line.items() if key not in ("product", "qty")} == fields
    assert told(made) == []


def test_an_amount_off_needs_a_price(tmp_path: Path) -> None:
    headings = ("订单号", "商品编码", "数量", "优惠")
    made = draft(tmp_path, ("A-1", "CHAIR", 1, 5), headings=headings, customer_id=7)
    assert told(made) == [(2, "优惠", "UV724")]


def test_other_complaints_of_single_cells(tmp_path: Path) -> None:
    headings = ("订单号", "日期", "货币", "商品编码", "商品名称", "数量", "手机")
    rows = [
        (20261122000012345, DAY, "RMB", "P", "书桌", 1, ""),
        ("A-2", "", "USD", "P", "书架", "=1+1", ""),
        ("A-3", DAY, "", "P", "书架", 1, ""),
    ]
    made = draft(tmp_path, *rows, headings=headings, customer_id=7)
    assert sorted(told(made)) == [
        (2, "订单号", "UV719"),
        (3, "商品名称", "UV723"),
        (3, "数量", "UV720"),
        (3, "日期", "UV001"),
        (3, "货币", "UV722"),
    ]
    assert [each.code for each in made.complaints if not each.is_error] == ["UV723"]
    for each in made.complaints:
        for language in ("zh_CN", "en"):
            assert "{" not in each.sentence(language) and "…" not in each.sentence(language)


def test_a_quantity_in_a_merged_cell_counts_once(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet.merge_cells("C2:C3")

    path = book(
        tmp_path / "m.xlsx",
        ("A-1", "CHAIR", 5),
        (None, "LAMP", None),
        headings=("订单号", "商品编码", "数量"),
        change=merge,
    )
    loaded = files.load(path)
    made = orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings(customer_id=7))
    (order,) = made.document["orders"]
    assert [line["qty"] for line in order["lines"]] == ["5", ""]


def test_building_can_be_stopped(tmp_path: Path) -> None:
    present = Work()
    present.cancel()
    loaded = files.load(book(tmp_path / "a.xlsx", ("A-1", DAY, "C1", "CHAIR", 1, 1, "")))
    with doing(present), pytest.raises(Cancelled):
        orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings())


def test_complaints_are_written_as_a_table(tmp_path: Path) -> None:
    import csv

    import openpyxl

    found = [
        Complaint(7, "数量", "=cmd()", "UV213", {"line": 7, "product": "CHAIR", "value": "=cmd()", "max": 1}),
        Complaint(None, "", "", "UV708", {}, is_error=False),
    ]
    batches.write_complaints(found, tmp_path / "a.csv", "zh_CN")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(batches.EXPORT_TITLES["zh"])
    assert rows[1][:4] == ["7", "数量", "'=cmd()", "错误"] and "CHAIR" in rows[1][4]
    batches.write_complaints(found, tmp_path / "a.xlsx", "en")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    cells = list(sheet.iter_rows(values_only=True))
    assert cells[1][2] == "=cmd()" and sheet["C2"].data_type == "s" and cells[2][3] == "warning"


def test_the_demos_corrected_workbook(project_root: Path) -> None:
    loaded = files.load(project_root / "resources/demo/import/orders-web-corrected.xlsx")
    made = orders.build(loaded.source, loaded.table, columns.guess(loaded.table.headings), Settings(customer_id=7))
    assert told(made) == [] and (len(made.document["orders"]), made.line_count) == (200, 436)
    lines = [line for order in made.document["orders"] for line in order["lines"]]
    nets = [
        Decimal(line["amount"]) if "amount" in line else Decimal(line["qty"]) * Decimal(line["unit_price"])
        for line in lines
    ]
    assert sum(nets) == Decimal("414730.30") and sum(Decimal(line["qty"]) for line in lines) == 598
