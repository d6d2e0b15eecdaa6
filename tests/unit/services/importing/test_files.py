"""Files as tables: what is read of good ones, and with which sentence bad ones are refused."""

from __future__ import annotations

import datetime as dt
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlwt

from erp_desktop.services import work
from erp_desktop.services.errors import Cancelled, InvalidInput, sentence
from erp_desktop.services.importing import files, text, workbook
from erp_desktop.services.importing.cells import Broken
from erp_desktop.services.importing.files import Table
from tests.helpers.order_files import HEADINGS, LINE, book, csv_file, repacked


def read(path: Path) -> Table:
    return files.load(path).table


def refusal(path: Path) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        read(path)
    for language in ("zh_CN", "en"):
        told = sentence(refused.value, language)
        assert path.name in told and "{" not in told and "…" not in told, told
    return refused.value


def test_a_workbook_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    day = dt.datetime(2026, 11, 20)
    table = read(book(tmp_path / "a.xlsx", LINE, [None] * 7, [" "] * 7, ("A-2", day, "C1", "LAMP", 1.5, "128", "🪑")))
    assert table.headings == HEADINGS
    assert [row.number for row in table.rows] == [2, 5]
    assert table.rows[1].cells == ("A-2", dt.date(2026, 11, 20), "C1", "LAMP", 1.5, "128", "🪑")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("divider", [",", "\t", ";"])
def test_a_csv_file_is_read_whatever_its_encoding(tmp_path: Path, encoding: str, divider: str) -> None:
    line = [*LINE[:-1], "云山酒店，加急"]
    table = read(csv_file(tmp_path / "a.csv", line, encoding=encoding, divider=divider))
    assert table.headings == HEADINGS
    assert table.rows[0].cells == tuple(map(str, line))


def test_rare_characters_and_quoted_lines_come_through(tmp_path: Path) -> None:
    note = '"他说""好"", 100 % %s\n第二行 𠮷 مرحبا"'
    table = read(csv_file(tmp_path / "a.csv", [*LINE[:-1], note], LINE, encoding="gb18030"))
    assert table.rows[0].cells[-1] == '他说"好", 100 % %s\n第二行 𠮷 مرحبا'
    assert [row.number for row in table.rows] == [2, 4], "the line in which a row begins"


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("订单")
    for row, cells in enumerate((HEADINGS, LINE)):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    old.save(str(tmp_path / "a.xls"))
    assert read(tmp_path / "a.xls").rows[0].cells == ("A-1", "2026-11-20", "C1", "CHAIR", 2.0, 239.5, "")


def test_the_sheet_with_the_orders_is_found(tmp_path: Path) -> None:
    def add(sheet: Any) -> None:
        notes = sheet.parent.create_sheet("说明", 0)
        notes.append(["请在下面填写订单"])
        notes.append(["联系人", "电话"])
        notes.append(["李娜", "0571"])
        sheet.parent.create_sheet("空")

    loaded = files.load(book(tmp_path / "a.xlsx", LINE, change=add))
    assert loaded.source.sheets == ("说明", "Sheet", "空") and loaded.sheet == "Sheet"
    assert files.load(tmp_path / "a.xlsx", "说明").table.headings[0] == "联系人"
    assert files.load(tmp_path / "a.xlsx", "gone").sheet == "Sheet"


@pytest.mark.parametrize("how", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_no_ones_order(tmp_path: Path, how: str) -> None:
    def add(sheet: Any) -> None:
        old = sheet.parent.create_sheet("旧单", 0)
        old.append([*HEADINGS, "联系人"])
        old.append([*LINE, "李娜"])
        old.sheet_state = how

    loaded = files.load(book(tmp_path / "a.xlsx", LINE, change=add))
    assert (loaded.sheet, loaded.source.sheets) == ("Sheet", ("Sheet", "旧单"))
    assert files.load(tmp_path / "a.xlsx", "旧单").table.headings[-1] == "联系人"


def test_a_hidden_sheet_is_read_where_no_other_has_orders(tmp_path: Path) -> None:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("说明", 0).append(["请在下面填写订单"])
        sheet.parent.active = 0
        sheet.sheet_state = "hidden"

    assert files.load(book(tmp_path / "a.xlsx", LINE, change=hide)).sheet == "Sheet"


def test_titles_above_and_totals_below_are_left_out(tmp_path: Path) -> None:
    rows = [["订单登记表"], [], ["制表：李娜"], HEADINGS, LINE, LINE, ["合计", None, None, None, 4], ["Total:", 9]]
    table = read(book(tmp_path / "a.xlsx", *rows, headings=None))
    assert table.headings == HEADINGS and [row.number for row in table.rows] == [5, 6]


def test_merged_headings_and_merged_orders(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        for area in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3", "A4:A5", "B4:B5", "C4:C5", "E4:E5"):
            sheet.merge_cells(area)

    upper = ("订单号", "下单日期", "客户编码", "商品", None, None, "备注")
    lower = (None, None, None, "商品编码", "数量", "单价", None)
    rows = [("十一月订单",), upper, lower, LINE, (None, None, None, "LAMP", None, 128, "x")]
    table = read(book(tmp_path / "a.xlsx", *rows, headings=None, change=merge))
    assert table.headings == HEADINGS
    assert table.rows[1].cells == ("A-1", "2026-11-20", "C1", "LAMP", 2, 128, "x")
    assert table.rows[1].filled == {0, 1, 2, 4}


def test_headings_that_are_merged_downwards_are_no_row(tmp_path: Path) -> None:
    def merge(sheet: Any) -> None:
        for letter in "ABCDEFG":
            sheet.merge_cells(f"{letter}1:{letter}2")

    table = read(book(tmp_path / "a.xlsx", [None] * 7, LINE, change=merge))
    assert [row.number for row in table.rows] == [3]


def test_a_formula_counts_with_its_stored_value(tmp_path: Path) -> None:
    plain = book(tmp_path / "plain.xlsx", [*LINE[:4], "=1+1", "=239.5*1", "=NA()"])

    def compute(part: str, data: bytes) -> bytes:
        if part.endswith("sheet1.xml"):
            data = data.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
                b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
            )
            old = b'<c r="G2"><f>NA()</f>'
            data = data.replace(old, b'<c r="G2" t="e"><f>NA()</f>').replace(
                b"<f>NA()</f><v></v>", b"<f>NA()</f><v>#N/A</v>"
            )
            data = data.replace(b"<f>NA()</f><v />", b"<f>NA()</f><v>#N/A</v>")
        return data

    (row,) = read(repacked(plain, tmp_path / "a.xlsx", compute)).rows
    assert row.cells[4:] == (2, Broken("UV720", "=239.5*1"), Broken("UV721", "#N/A"))


def test_a_workbook_with_macros_is_read_as_values(tmp_path: Path) -> None:
    plain = book(tmp_path / "plain.xlsx", LINE)
    path = repacked(plain, tmp_path / "a.xlsm", lambda _part, data: data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 never run")
    assert len(read(path).rows) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "UV731"
    assert refusal(tmp_path).code == "UV731"


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may read every file")
def test_a_file_that_nobody_may_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", LINE)
    path.chmod(0)
    assert refusal(path).code == "UV731"


CONTENTS: dict[str, tuple[str, bytes]] = {
    "empty": ("UV735", b""),
    "byte order mark": ("UV735", b"\xef\xbb\xbf\r\n\r\n"),
    "headings only": ("UV735", ",".join(HEADINGS).encode()),
    "picture": ("UV732", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    "portable document": ("UV732", b"%PDF-1.7\n1 0 obj"),
    "web page": ("UV732", b"<html><table><tr><td>1"),
    "zeros": ("UV732", b"a\0\n\0" + bytes(6) + b"\xff\xff"),
    "Latin letters": ("UV734", "número;cliente;pre\xe7o\r\n1;Jos\xe9;\xa3 5\r\n".encode("latin-1")),
    "broken UTF-16": ("UV734", b"\xff\xfea\0b\0\x00\xd8c\0"),
    "packed": ("UV738", b"PK\x03\x04 but no archive"),
    "compound": ("UV738", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "locked": ("UV733", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "open quote": ("UV739", ",".join(HEADINGS).encode() + b'\r\nA-1,"' + b"x" * 200_000),
    "too wide": ("UV730", b"\r\n".join([b",".join([b"x"] * 400)] * 2)),
}


@pytest.mark.parametrize("name", CONTENTS)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "xls"])
def test_a_file_that_is_no_table(tmp_path: Path, name: str, ending: str) -> None:
    code, content = CONTENTS[name]
    path = tmp_path / f"订单.{ending}"
    path.write_bytes(content)
    assert refusal(path).code == code


def test_a_damaged_workbook(tmp_path: Path) -> None:
    good = book(tmp_path / "good.xlsx", *[LINE] * 50)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(good.read_bytes()[:-200])
    assert refusal(cut).code == "UV738"
    changes: dict[str, Callable[[str, bytes], bytes | None]] = {
        "no sheet": lambda part, data: None if "sheet1" in part else data,
        "half a sheet": lambda part, data: data[: len(data) // 2] if "sheet1" in part else data,
        "no book": lambda part, data: None if "workbook.xml" in part else data,
        "nonsense": lambda part, data: b"\0\1\2" if part.endswith(".xml") else data,
    }
    for name, change in changes.items():
        assert refusal(repacked(good, tmp_path / f"{name}.xlsx", change)).code == "UV738", name


def test_an_empty_workbook(tmp_path: Path) -> None:
    assert refusal(book(tmp_path / "a.xlsx", headings=None)).code == "UV735"
    assert refusal(book(tmp_path / "b.xlsx")).code == "UV735"

    def colour(sheet: Any) -> None:
        from openpyxl.styles import PatternFill

        for row in range(1, 1000):
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")

    assert refusal(book(tmp_path / "c.xlsx", headings=None, change=colour)).code == "UV735"


@pytest.mark.parametrize("cell", ["XFD1048576", "Z1048576"])
def test_a_stray_cell_is_named(tmp_path: Path, cell: str) -> None:
    def stray(sheet: Any) -> None:
        sheet[cell] = "x"
        sheet["B9"].number_format = "0.00"

    refused = refusal(book(tmp_path / "a.xlsx", LINE, change=stray))
    assert (refused.code, refused.params["cell"]) == ("UV741", cell)


def test_a_workbook_that_ends_its_reader_is_damaged(tmp_path: Path) -> None:
    old = xlwt.Workbook()
    sheet = old.add_sheet("orders")
    for column, heading in enumerate(HEADINGS):
        sheet.write(0, column, heading)
    old.save(str(tmp_path / "good.xls"))
    good = (tmp_path / "good.xls").read_bytes()
    # The record of the sheet's extent begins with its first row; here that comes far behind the last.
    extent = good.index(b"\x00\x02\x0e\x00\0\0\0\0") + 4
    bad = tmp_path / "bad.xls"
    bad.write_bytes(good[:extent] + b"\x00\x00\x8d\x00" + good[extent + 4 :])
    refused = refusal(bad)
    assert refused.code == "UV738" and "the reader ended" in refused.message


def test_limits_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = csv_file(tmp_path / "a.csv", *[LINE] * 100)
    packed = book(tmp_path / "a.xlsx", *[LINE] * 100)
    monkeypatch.setattr(files, "MAX_ROWS", 50)
    assert refusal(path).params["max"] == refusal(packed).params["max"] == 50
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 2_000_000)
    bomb = repacked(
        packed, tmp_path / "bomb.xlsx", lambda part, data: data + b" " * 3_000_000 if "sheet1" in part else data
    )
    assert bomb.stat().st_size < 50_000
    assert (refusal(bomb).code, refusal(bomb).params["max"]) == ("UV736", 2)
    monkeypatch.setattr(files, "MAX_BYTES", 1_000)
    assert refusal(path).code == "UV736"


def test_reading_reports_and_can_be_stopped(tmp_path: Path) -> None:
    for path in (csv_file(tmp_path / "a.csv", *[LINE] * 1500), book(tmp_path / "a.xlsx", *[LINE] * 1500)):
        reports: list[int] = []
        present = work.Work(lambda done, _total, into=reports: into.append(done))
        with work.doing(present):
            assert len(read(path).rows) == 1500
            assert reports == [500, 1000, 1500]
            present.cancel()
            with pytest.raises(Cancelled):
                read(path)


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    first, same, other = (
        files.load(csv_file(tmp_path / f"{name}.csv", *lines)).source.sha256
        for name, lines in (("a", [LINE]), ("b", [LINE]), ("c", [LINE, LINE]))
    )
    assert first == same != other


def test_gb18030_is_not_taken_for_everything() -> None:
    assert not text._is_text("\ue5e5 private")
