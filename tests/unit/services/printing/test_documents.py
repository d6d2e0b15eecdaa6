"""The documents as a reader, a scanner and a printer get them."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from erp_desktop.services.printing import (
    delivery_note,
    invoice,
    purchase_order,
    sales_order,
    statement,
    trail_seal,
    work_order,
)
from erp_desktop.services.printing.data import Company, DeliveryNoteLine, Issue, Language, Party
from tests.unit.services.printing import samples
from tests.unit.services.printing.reading import codes_of, fonts_of, pages_of, properties_of, text_of, words_of

Draw = Callable[[Language], bytes]

DOCUMENTS: dict[str, Draw] = {
    "delivery_note": partial(delivery_note, samples.delivery_note()),
    "invoice": partial(invoice, samples.invoice()),
    "purchase_order": partial(purchase_order, samples.purchase_order()),
    "sales_order": partial(sales_order, samples.sales_order()),
    "work_order": partial(work_order, samples.work_order()),
    "statement": partial(statement, samples.statement()),
    "trail_seal": partial(trail_seal, samples.trail_seal()),
}
TITLES = {
    "delivery_note": ("送货单", "DELIVERY NOTE"),
    "invoice": ("销售发票", "COMMERCIAL INVOICE"),
    "purchase_order": ("采购单", "PURCHASE ORDER"),
    "sales_order": ("销售订单", "SALES ORDER"),
    "work_order": ("生产工单", "WORK ORDER"),
    "statement": ("对账单", "STATEMENT OF ACCOUNT"),
    "trail_seal": ("变更记录封印", "SEAL OF THE RECORD"),
}
NASTY = "“q\" 'x' %s %% {0} 😀👨‍👩‍👧 עברית مرحبا\t\x00\x07 𠮷野 <b>x</b> \\n \ud800 \u202eabc"


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_says_what_it_is_in_both_languages(name: str, language: Language) -> None:
    pdf = DOCUMENTS[name](language)
    text = text_of(pdf)
    title, title_en = TITLES[name]
    assert title in text
    assert title_en in text
    assert "青岚家居有限公司" in text
    assert "Qinglan Furniture Co., Ltd." in text
    assert ("Page 1 of 1" if language == "en" else "第 1 页，共 1 页") in text
    properties = properties_of(pdf)
    assert properties["Title"].startswith(title_en if language == "en" else title)
    assert properties["Author"] == "青岚家居有限公司"
    assert properties["Page size"].endswith("(A4)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_embeds_only_the_glyphs_it_uses(name: str) -> None:
    pdf = DOCUMENTS[name]("zh_CN")
    fonts = fonts_of(pdf)
    assert {font["name"].split("+")[-1] for font in fonts} == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert all(font["embedded"] == font["subset"] == "yes" for font in fonts)
    assert len(pdf) < 120_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_data_give_the_same_bytes(name: str) -> None:
    assert DOCUMENTS[name]("en") == DOCUMENTS[name]("en")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("delivery_note", "DN2026-000123"),
        ("invoice", "INV2026-000045"),
        ("purchase_order", "PO2026-000301"),
        ("work_order", "WO2026-000077"),
    ],
)
def test_a_scanner_reads_both_codes(name: str, number: str) -> None:
    qr_text = "https://tenon.example/dn/DN2026-000123" if name == "delivery_note" else number
    assert codes_of(DOCUMENTS[name]("en")) == {"CODE-128": number, "QR-Code": qr_text}


def test_a_delivery_note_with_prices_states_the_total_in_figures_and_capitals() -> None:
    text = text_of(delivery_note(samples.delivery_note(), "zh_CN"))
    assert "¥74.10" in text
    assert "人民币柒拾肆元壹角整" in text
    assert "Unit price" in text
    assert "橡木衣柜 三门 带抽屉" in text
    assert "2400×1600×600 mm 原木色" in text


def test_a_delivery_note_without_prices_shows_no_price_at_all() -> None:
    text = text_of(delivery_note(samples.delivery_note(with_prices=False), "zh_CN"))
    for word in ("单价", "金额", "Unit price", "Amount", "12.35", "74.10", "人民币", "¥"):
        assert word not in text


def test_an_order_in_foreign_currency_has_no_chinese_capitals() -> None:
    text = text_of(delivery_note(samples.delivery_note(currency="USD"), "en"))
    assert "USD 74.10" in text
    assert "In capitals" not in text


@pytest.mark.parametrize(("lines", "pages"), [(0, 1), (1, 1), (12, 1), (60, 3), (500, 19)])
def test_a_long_note_goes_over_pages_with_its_heading(lines: int, pages: int) -> None:
    texts = pages_of(delivery_note(samples.delivery_note(lines), "zh_CN"))
    assert len(texts) == pages
    for number, text in enumerate(texts, start=1):
        assert "名称规格" in text
        assert f"第 {number} 页，共 {pages} 页" in text
        assert "DN2026-000123" in text
    assert "客户签收" in texts[-1]
    assert lines < 2 or str(lines) in texts[-1].split()


def test_empty_fields_leave_neither_label_nor_column() -> None:
    bare = samples.delivery_note(
        customer=Party(name="散客"),
        order_number="",
        packages=None,
        remark="",
        issue=Issue(),
        company=Company(name="青岚"),
    )
    text = text_of(delivery_note(bare, "zh_CN"))
    for word in ("联系人", "订单", "件数", "备注", "打印", "送货地址"):
        assert word not in text


def test_an_invoice_shows_tax_balance_and_bank() -> None:
    text = text_of(invoice(samples.invoice(paid=Decimal("1000")), "zh_CN"))
    for word in ("3,840.00", "499.20", "¥4,339.20", "1,000.00", "¥3,339.20", "13%", "工商银行杭州余杭支行"):
        assert word in text
    assert "人民币肆仟叁佰叁拾玖元贰角整" in text
    assert "2026-12-22" in text
    assert "1202021709900123456" in text


def test_a_negative_invoice_is_a_credit_note() -> None:
    lines = tuple(
        dataclasses.replace(line, qty=-line.qty, net=-line.net, tax=-line.tax, gross=-line.gross)
        for line in samples.invoice().lines
    )
    text = text_of(invoice(samples.invoice(lines=lines), "en"))
    assert "CREDIT NOTE" in text
    assert "-¥4,339.20" in text
    assert "人民币负肆仟" in text


def test_a_purchase_order_names_terms_and_days() -> None:
    text = text_of(purchase_order(samples.purchase_order(), "en"))
    for word in ("120.5", "86.125", "10,378.06", "2026-12-01", "GX177", "板材甲醛释放量须符合 E0 级。"):
        assert word in text


def test_a_work_order_has_operations_and_materials_but_no_money() -> None:
    text = text_of(work_order(samples.work_order(), "zh_CN"))
    for word in ("开料", "封边机", "109.5", "18 mm 橡木贴面板", "A-01-2", "12.5", "门板纹理须连续。"):
        assert word in text
    assert "¥" not in text
    assert "准备" not in text


def test_a_statement_runs_from_the_opening_to_the_closing_balance() -> None:
    text = text_of(statement(samples.statement(), "zh_CN"))
    for word in ("12,000.00", "15,456.78", "¥10,456.78", "3,456.78", "5,000.00"):
        assert word in text


def nasty_line(**changes: Any) -> DeliveryNoteLine:
    line = DeliveryNoteLine(
        product_code=NASTY, product_name=NASTY, specification=NASTY, qty=Decimal("-1.5"), unit=NASTY
    )
    return dataclasses.replace(line, **changes)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_text_breaks_a_document(language: Language) -> None:
    huge = Decimal("99999999999.999")
    note = samples.delivery_note(
        lines=(
            nasty_line(product_name="长" * 10_000, unit_price=huge, amount=Decimal("999999999999.99"), qty=huge),
            nasty_line(product_name="word " * 2_000, remark="备" * 3_000),
        ),
        number="单号" * 5_000,
        customer=Party(name=NASTY * 100, contact="W" * 10_000),
        company=Company(name=NASTY * 100, address="地" * 10_000),
        remark=NASTY * 200,
        qr_text="x" * 10_000,
        issue=Issue(prepared_by="名" * 10_000, printed_by=NASTY, copies_note=NASTY),
    )
    words = words_of(delivery_note(note, language))
    assert words.count("长") == 10_000
    assert words.count("word") == 2_000
    assert "“q\"'x'%s%%{0}〓〓〓〓" in words
    assert "〓野<b>x</b>\\n〓abc" in words


def test_threads_may_draw_at_once() -> None:
    alone = {name: draw("zh_CN") for name, draw in DOCUMENTS.items()}
    with ThreadPoolExecutor(4) as pool:
        together = [(name, pool.submit(draw, "zh_CN")) for _ in range(4) for name, draw in DOCUMENTS.items()]
        assert all(future.result() == alone[name] for name, future in together)


def test_nothing_heavy_is_imported_before_the_first_document() -> None:
    program = (
        "import sys, erp_desktop.services.printing; sys.exit('reportlab' in sys.modules or 'segno' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_sales_order_that_is_not_agreed_says_so() -> None:
    assert "草稿" in text_of(sales_order(samples.sales_order(is_draft=True), "zh_CN"))
    agreed = text_of(sales_order(samples.sales_order(), "zh_CN"))
    assert "草稿" not in agreed
    assert "贰仟柒佰肆拾捌元壹角陆分" in agreed
    assert "5%" in agreed


def test_a_seal_is_scanned_and_read_as_the_command_line_takes_it() -> None:
    pdf = trail_seal(samples.trail_seal(), "en")
    seal = f"1207:{samples.trail_seal().hash}"
    assert codes_of(pdf)["QR-Code"] == seal
    assert f"servercheck--head{seal}" in "".join(text_of(pdf).split())
