"""The lines of a document while they are edited: typing, computing, undo, pasting, refusals."""

from __future__ import annotations

import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from erp_desktop.models import operations
from erp_desktop.models.line_grid_model import ERROR_ROLE, PENDING_ROLE, LineColumn, LineGridModel, Pasted
from erp_desktop.models.lookup import Choice, Lookup
from tests.helpers.products import PRODUCTS, Products, line_columns

COLUMNS = line_columns(Products())
KEYS = [column.key for column in COLUMNS]


@pytest.fixture
def model(desk: QApplication) -> LineGridModel:
    made = LineGridModel(COLUMNS)
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def type_into(model: LineGridModel, row: int, key: str, value: Any) -> bool:
    return model.setData(model.index(row, KEYS.index(key)), value)


def shown(model: LineGridModel, row: int, key: str) -> str:
    return str(model.index(row, KEYS.index(key)).data())


def error(model: LineGridModel, row: int, key: str) -> str:
    return str(model.index(row, KEYS.index(key)).data(ERROR_ROLE) or "")


def test_typing_into_the_empty_line_makes_it_a_line(model: LineGridModel) -> None:
    assert model.rowCount() == 1
    assert type_into(model, 0, "code", PRODUCTS[0])
    assert model.rowCount() == 2
    assert model.lines()[0] == {
        "code": "YG-1800",
        "product_id": 1,
        "name": "三门衣柜 1800",
        "unit": "件",
        "price": Decimal("2680.00"),
        "qty": Decimal(1),
        "amount": Decimal("2680.00"),
        "due_on": None,
        "note": None,
    }


def test_computed_columns_follow_and_cannot_be_typed(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[2])
    type_into(model, 0, "qty", "=3*12")
    assert shown(model, 0, "amount") == "32,364.00"
    assert model.sum_of("amount") == Decimal("32364.00")
    assert not type_into(model, 0, "amount", "1")
    assert not model.flags(model.index(0, KEYS.index("amount"))) & Qt.ItemFlag.ItemIsEditable


def test_what_cannot_be_understood_stays_marked_until_it_is_mended(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 0, "qty", "a dozen")
    assert shown(model, 0, "qty") == "a dozen"
    assert "such as" in error(model, 0, "qty")
    assert shown(model, 0, "amount") == ""
    assert [(row, key) for row, key, _ in model.complaints()] == [(0, "qty")]
    type_into(model, 0, "qty", "12")
    assert error(model, 0, "qty") == ""
    assert model.complaints() == []


def test_required_cells_are_complained_about_only_before_saving(model: LineGridModel) -> None:
    type_into(model, 0, "note", "x")
    assert error(model, 0, "code") == ""
    assert {key for _, key, _ in model.complaints()} == {"code", "price"}


def test_a_typed_code_is_looked_up_and_brings_its_values(model: LineGridModel, qtbot: QtBot) -> None:
    type_into(model, 0, "code", "sz")
    assert model.index(0, 0).data(PENDING_ROLE) is True
    qtbot.waitUntil(lambda: shown(model, 0, "code") == "SZ-1200")
    assert shown(model, 0, "price") == "899.00"
    model.undo()
    assert model.rowCount() == 1


def test_what_is_typed_while_a_lookup_runs_stays(desk: QApplication, qtbot: QtBot) -> None:
    products = Products()
    products.gate.clear()
    model = LineGridModel(line_columns(products))
    type_into(model, 0, "code", "sz")
    type_into(model, 0, "price", "799")
    products.gate.set()
    qtbot.waitUntil(lambda: shown(model, 0, "name") == "书桌 1200")
    assert shown(model, 0, "price") == "799.00"
    assert shown(model, 0, "unit") == "张"


def test_a_late_answer_reaches_the_steps_that_undo_shows(desk: QApplication, qtbot: QtBot) -> None:
    products = Products()
    products.gate.clear()
    model = LineGridModel(line_columns(products))
    type_into(model, 0, "code", "sz")
    model.copy_down([(1, "code")])
    type_into(model, 0, "qty", "3")
    model.undo()
    model.undo()
    products.gate.set()
    qtbot.waitUntil(lambda: shown(model, 0, "code") == "SZ-1200")
    model.redo()
    model.redo()
    assert [(line["code"], line["qty"]) for line in model.lines()] == [("SZ-1200", 3), ("SZ-1200", 1)]
    assert model.complaints() == []


def test_a_pasted_price_stays_and_an_empty_one_comes_from_the_product(model: LineGridModel, qtbot: QtBot) -> None:
    model.paste(0, ["price", "code"], "10\tYG-1800\n\tYG-1200")
    qtbot.waitUntil(lambda: shown(model, 1, "name") == "两门衣柜 1200")
    assert [shown(model, row, "price") for row in (0, 1)] == ["10.00", "1,880.00"]


def test_an_unknown_code_stays_with_its_mark(model: LineGridModel, qtbot: QtBot) -> None:
    type_into(model, 0, "code", "nowhere")
    qtbot.waitUntil(lambda: "fits" in error(model, 0, "code"))
    assert shown(model, 0, "code") == "nowhere"


def test_a_lookup_that_fails_says_so_and_keeps_the_text(desk: QApplication, qtbot: QtBot) -> None:
    def broken(_text: str, _limit: int) -> Sequence[Choice]:
        raise OSError("no network")

    model = LineGridModel((LineColumn("code", "Product", lookup=Lookup(broken, list)),))
    model.setData(model.index(0, 0), "sz")
    qtbot.waitUntil(lambda: "could not be looked up" in str(model.index(0, 0).data(ERROR_ROLE)))
    assert model.index(0, 0).data() == "sz"


def test_a_result_that_comes_too_late_changes_nothing(model: LineGridModel, qtbot: QtBot) -> None:
    type_into(model, 0, "code", "sz")
    type_into(model, 0, "code", PRODUCTS[1])
    qtbot.waitUntil(lambda: not operations.running())
    assert shown(model, 0, "code") == "YG-1200"


def test_every_step_can_be_undone_and_redone(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 0, "qty", "5")
    model.insert_line(0)
    model.remove_lines([1])
    model.clear_cells([(0, "qty")])
    states = []
    while model.can_undo:
        states.append(model.lines())
        model.undo()
    assert model.lines() == []
    while model.can_redo:
        model.redo()
        assert model.lines() == states.pop()
    assert states == []


def test_a_new_step_forgets_what_was_undone(model: LineGridModel) -> None:
    type_into(model, 0, "note", "a")
    model.undo()
    type_into(model, 0, "note", "b")
    assert not model.can_redo


def test_loading_lines_is_not_a_step(model: LineGridModel) -> None:
    edits = []
    model.edited.connect(lambda: edits.append(1))
    model.set_lines([{"code": "YG-1800", "qty": Decimal(2), "price": Decimal(10), "id": 77}])
    assert not model.can_undo
    assert not edits
    assert model.lines()[0]["id"] == 77
    assert model.lines()[0]["amount"] == Decimal("20.00")


def test_pasting_from_a_spreadsheet(model: LineGridModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.pasted) as outcome:
        model.paste(
            0, KEYS, 'YG-1800\tignored\tignored\t12\t1,999.00\t\t2026-12-01\t"two\nlines"\r\nSZ-1200\t\t\tmany\t5\r\n'
        )
    assert outcome.args == [Pasted(2, 1)]
    qtbot.waitUntil(lambda: shown(model, 1, "name") == "书桌 1200")
    first = model.lines()[0]
    assert (first["product_id"], first["qty"], first["due_on"].isoformat()) == (1, Decimal(12), "2026-12-01")
    assert "such as" in error(model, 1, "qty")
    model.undo()
    assert model.lines() == []


def test_pasting_with_titles_chooses_the_columns(model: LineGridModel, qtbot: QtBot) -> None:
    model.paste(0, ["note"], "Quantity\tsomething else\tProduct\n7\tx\tYG-1200\n8\ty\tSZ-1200")
    qtbot.waitUntil(lambda: shown(model, 1, "name") == "书桌 1200")
    assert [line["qty"] for line in model.lines()] == [Decimal(7), Decimal(8)]


def test_pasting_an_ambiguous_code_is_complained_about(model: LineGridModel, qtbot: QtBot) -> None:
    model.paste(0, ["code"], "YG\nSZ-1200\nYG-1800")
    qtbot.waitUntil(lambda: shown(model, 2, "name") == "三门衣柜 1800")
    assert "more than one" in error(model, 0, "code")
    assert shown(model, 0, "code") == "YG"


@pytest.mark.parametrize(
    ("text", "note"),
    [("'=1+1", "=1+1"), ("'quoted", "'quoted"), ("a\0b", "ab"), ("  padded  ", "padded"), ("😀 ‏عربي", "😀 ‏عربي")],
)
def test_odd_texts_are_pasted_as_they_are(model: LineGridModel, text: str, note: str) -> None:
    model.paste(0, ["note"], text)
    assert model.lines()[0]["note"] == note


def test_too_long_a_text_is_refused_at_its_cell(model: LineGridModel) -> None:
    type_into(model, 0, "note", "x" * 10_000)
    assert "at most 20" in error(model, 0, "note")


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ('a 15" board\nan 18" board\nb"', ['a 15" board', 'an 18" board', 'b"']),
        ("old\rmac\rlines", ["old", "mac", "lines"]),
        ('"' + "x" * 200_000, ['"' + "x" * 200_000]),
        ("Note", ["Note"]),
    ],
)
def test_text_that_no_spreadsheet_made_is_pasted_line_by_line(
    model: LineGridModel, text: str, notes: list[str]
) -> None:
    model.paste(0, ["note"], text)
    assert [shown(model, row, "note") for row in range(len(model.draft()))] == notes


@pytest.mark.parametrize(("filling", "rows"), [((1, 1), 2), ((2, 1), 2), ((4, 1), 4), ((3, 1), 2)])
def test_a_block_fills_what_it_fits_into(model: LineGridModel, filling: tuple[int, int], rows: int) -> None:
    model.paste(0, ["note"], "a\nb", filling)
    assert [line["note"] for line in model.lines()] == (["a", "b"] * 2)[:rows]


def test_very_long_pastes_are_cut_and_say_so(model: LineGridModel, qtbot: QtBot) -> None:
    plain = LineGridModel((LineColumn("note", "Note"),))
    with qtbot.waitSignal(plain.pasted) as outcome:
        plain.paste(0, ["note"], "\n".join(f"line {number}" for number in range(6000)))
    assert outcome.args == [Pasted(5000, 0, cut=True)]


def test_copied_cells_can_be_pasted_back(model: LineGridModel, qtbot: QtBot) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 0, "note", "=SUM(A1)")
    type_into(model, 0, "qty", "1234.5")
    text = model.copied_text([0], KEYS)
    assert "1234.5" in text
    assert "'=SUM(A1)" in text
    model.paste(1, KEYS, text)
    qtbot.waitUntil(lambda: shown(model, 1, "name") == "三门衣柜 1800")
    assert model.lines()[0] == model.lines()[1]


def test_copying_down(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 1, "code", PRODUCTS[1])
    type_into(model, 2, "code", PRODUCTS[2])
    type_into(model, 0, "qty", "9")
    model.copy_down([(1, "qty")])
    assert [line["qty"] for line in model.lines()] == [Decimal(9), Decimal(9), Decimal(1)]
    model.copy_down([(0, "code"), (1, "code"), (2, "code")])
    assert [line["name"] for line in model.lines()] == ["三门衣柜 1800"] * 3
    model.copy_down([(3, "code")])
    assert len(model.lines()) == 4
    model.undo()
    model.undo()
    assert model.lines()[2]["code"] == "SZ-1200"


def test_a_refusal_of_the_server_marks_its_cell_until_it_is_changed(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 1, "code", PRODUCTS[1])
    assert model.refuse(1, "qty", "Only 3 are left.")
    assert not model.refuse(7, "qty", "no such line")
    model.insert_line(0)
    assert error(model, 2, "qty") == "Only 3 are left."
    type_into(model, 2, "qty", "3")
    assert error(model, 2, "qty") == ""


def test_a_draft_keeps_what_is_wrong(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    type_into(model, 0, "qty", "a dozen")
    draft = model.draft()
    other = LineGridModel(COLUMNS)
    other.set_draft(draft)
    assert shown(other, 0, "qty") == "a dozen"
    assert error(other, 0, "qty")
    assert other.draft() == draft


def test_a_draft_looks_up_again_what_was_waiting(desk: QApplication, qtbot: QtBot) -> None:
    products = Products()
    model = LineGridModel(line_columns(products))
    model.set_draft([{"code": {"wrong": "sz-1200"}, "qty": Decimal(4), "price": None}])
    qtbot.waitUntil(lambda: shown(model, 0, "code") == "SZ-1200")
    assert model.lines()[0]["qty"] == 4


def test_read_only_lines_have_no_empty_one_and_take_nothing(model: LineGridModel) -> None:
    type_into(model, 0, "code", PRODUCTS[0])
    model.set_read_only(True)
    assert model.rowCount() == 1
    assert not type_into(model, 0, "qty", "5")
    model.paste(0, KEYS, "YG-1200")
    model.remove_lines([0])
    model.insert_line(0)
    model.undo()
    assert [line["code"] for line in model.lines()] == ["YG-1800"]
    model.set_read_only(False)
    model.undo()
    assert model.lines() == []


def test_lines_may_be_closed_one_by_one(model: LineGridModel) -> None:
    model.set_lines([{"code": "A", "shipped": True}, {"code": "B", "shipped": False}])
    model.may_edit = lambda line, _column: not line.get("shipped")
    assert not type_into(model, 0, "qty", "5")
    assert type_into(model, 1, "qty", "5")
    model.remove_lines([0, 1])
    assert [line["code"] for line in model.lines()] == ["A"]


def test_a_thousand_lines_are_edited_at_once(model: LineGridModel) -> None:
    big = LineGridModel(COLUMNS)
    big.set_lines({"code": f"P{number}", "qty": Decimal(2), "price": Decimal(3)} for number in range(1000))
    started = time.process_time()
    type_into(big, 500, "qty", "7")
    assert big.sum_of("amount") == Decimal(999 * 6 + 21)
    assert time.process_time() - started < 0.05


def test_fixed_lines_change_but_neither_come_nor_go(desk: QApplication) -> None:
    columns = (LineColumn("name", "Name", editable=False), LineColumn("qty", "Quantity", "qty"))
    model = LineGridModel(columns, fixed=True)
    model.set_lines([{"name": "Oak", "qty": Decimal(2)}, {"name": "Pine", "qty": Decimal(5)}])
    assert (model.rowCount(), model.may_grow) == (2, False)
    model.insert_line(1)
    model.remove_lines([0, 1])
    model.paste(1, ["name", "qty"], "Elm\t7\nBeech\t8")
    assert model.lines() == [{"name": "Oak", "qty": Decimal(2)}, {"name": "Pine", "qty": Decimal(7)}]
    model.undo()
    assert model.lines()[1]["qty"] == 5
