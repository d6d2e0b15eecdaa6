"""The workbooks of web orders: one clean, one with exactly the mistakes that the README counts."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from erp_desktop.demo.company import Company, half_up, read_company
from erp_desktop.resources import resource_path

HEADER = ["平台订单号", "下单日期", "收货人", "手机", "省", "市", "区", "详细地址"]
HEADER += ["商品编码", "商品名称", "数量", "单价", "优惠", "备注"]


def rows_of(name: str) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(resource_path("demo", "import", name))["订单"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == HEADER
    return [dict(zip(HEADER, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def company() -> Company:
    return read_company()


@pytest.fixture(scope="module")
def clean() -> list[dict[str, Any]]:
    return rows_of("orders-web-corrected.xlsx")


def test_the_clean_workbook_holds_two_hundred_orders(company: Company, clean: list[dict[str, Any]]) -> None:
    products = {product.code: product for product in company.products}
    nets = []
    for row in clean:
        product = products[row["商品编码"]]
        gross = row["数量"] * Decimal(str(row["单价"]))
        assert (row["商品名称"], Decimal(str(row["单价"]))) == (product.name_zh, product.list_price)
        assert Decimal(str(row["优惠"])) / gross in (0, Decimal("0.05"), Decimal("0.1"))
        assert isinstance(row["下单日期"], datetime) and row["数量"] >= 1
        nets.append(gross - Decimal(str(row["优惠"])))
    assert len({row["平台订单号"] for row in clean}) == 200 and len(clean) == 436
    assert half_up(sum(nets, Decimal())) == Decimal("414730.30")
    assert sum(half_up(net * Decimal("0.13")) for net in nets) == Decimal("53914.95")
    assert sum(row["数量"] for row in clean) == 598


def test_lines_of_an_order_share_its_header(clean: list[dict[str, Any]]) -> None:
    headers = {tuple(row[column] for column in HEADER[:8]) for row in clean}
    assert len(headers) == 200
    lines = {(row["平台订单号"], row["商品编码"]) for row in clean}
    assert len(lines) == len(clean)


def test_the_orders_are_new_and_their_people_fiction(company: Company, clean: list[dict[str, Any]]) -> None:
    assert not {row["平台订单号"] for row in clean} & {order.reference for order in company.orders}
    known = {order.phone for order in company.orders} | {customer.phone for customer in company.customers}
    phones = {row["手机"] for row in clean}
    assert all(re.fullmatch(r"1540000\d{4}", phone) for phone in phones) and not phones & known


def test_mistakes_are_those_of_the_readme(clean: list[dict[str, Any]]) -> None:
    found = [
        (number, column, bad[column], row["平台订单号"])
        for number, (row, bad) in enumerate(zip(clean, rows_of("orders-web.xlsx"), strict=True), 2)
        for column in HEADER
        if row[column] != bad[column]
    ]
    readme = resource_path("demo", "README.md").read_text("utf-8")
    stated = []
    for rows, column, cell in re.findall(r"^\| ([\d–]+) \| (\S+) \| (\S+) \| .* \|$", readme, re.MULTILINE):
        first, _, last = rows.partition("–")
        stated += [(number, column, cell) for number in range(int(first), int(last or first) + 1)]
    assert [(number, column, str(cell)) for number, column, cell, _ in found] == stated
    assert len({order for *_, order in found}) == 7
