"""Two people changed one document: what only one of them changed stays, what both changed is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.models.line_grid_model import LineColumn
from erp_desktop.models.merging import Clash, Merged, differing, merge

FIELDS = ("note", "customer")
COLUMNS = (
    LineColumn("name", "Name"),
    LineColumn("qty", "Quantity", "qty"),
    LineColumn("amount", "Amount", "money", compute=lambda _line: None),
)


def lines(*rows: tuple[int, str, int]) -> dict[str, Any]:
    return {"lines": [{"id": number, "name": name, "qty": Decimal(qty), "stock": number} for number, name, qty in rows]}


def merged(base: Any, mine: Any, theirs: Any) -> Merged:
    return merge(base, mine, theirs, whole=FIELDS, columns=COLUMNS)


def names(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(line["name"], int(line["qty"])) for line in found]


BASE = {"note": "a", "customer": {"id": 1, "branch": 1}}


def test_each_keeps_what_only_he_changed() -> None:
    outcome = merged(
        BASE, {"note": "b", "customer": {"id": 1, "branch": 1}}, {"note": "a", "customer": {"id": 2, "branch": 1}}
    )
    both = {"note": "b", "customer": {"id": 2, "branch": 1}}
    assert outcome == Merged(both, both, ())


def test_both_changes_are_a_clash_and_a_value_of_a_field_stays_whole() -> None:
    mine, theirs = {"note": "b", "customer": {"id": 2, "branch": 1}}, {"note": "c", "customer": {"id": 3, "branch": 2}}
    outcome = merged(BASE, mine, theirs)
    assert (outcome.mine, outcome.theirs) == (mine, theirs)
    assert outcome.clashes == (Clash("note"), Clash("customer"))


def test_both_changed_it_alike() -> None:
    assert merged({"note": "a"}, {"note": "b"}, {"note": "b"}).clashes == ()


def test_nothing_and_an_empty_text_are_the_same() -> None:
    assert merged({"note": ""}, {"note": None}, {"note": "c"}) == Merged({"note": "c"}, {"note": "c"}, ())


def test_without_a_base_all_that_differs_is_a_clash() -> None:
    assert merged(None, {"note": "b"}, {"note": "a"}).clashes == (Clash("note"),)


def test_values_by_line_are_put_together_one_by_one() -> None:
    outcome = merged(
        {"picked": {"1": "0", "2": "0"}}, {"picked": {"1": "3", "2": "4"}}, {"picked": {"1": "0", "2": "5"}}
    )
    assert outcome.mine == {"picked": {"1": "3", "2": "4"}}
    assert outcome.theirs == {"picked": {"1": "3", "2": "5"}}
    assert outcome.clashes == (Clash("picked", "2", "picked"),)


def test_cells_of_lines_are_put_together() -> None:
    outcome = merged(
        lines((1, "Oak", 1), (2, "Ash", 2)), lines((1, "Oak", 5), (2, "Ash", 6)), lines((1, "Elm", 1), (2, "Ash", 7))
    )
    assert names(outcome.mine["lines"]) == [("Elm", 5), ("Ash", 6)]
    assert names(outcome.theirs["lines"]) == [("Elm", 5), ("Ash", 7)]
    assert outcome.clashes == (Clash("lines", 1, "qty"),)


def test_what_nobody_types_is_the_newer_ones() -> None:
    base, mine, theirs = lines((1, "Oak", 1)), lines((1, "Oak", 2)), lines((1, "Oak", 1))
    mine["lines"][0]["stock"], theirs["lines"][0]["stock"] = 50, 60
    assert merged(base, mine, theirs).mine["lines"][0]["stock"] == 60


def test_lines_that_either_added_are_there_and_those_that_either_removed_are_gone() -> None:
    base = lines((1, "Oak", 1), (2, "Ash", 2), (3, "Elm", 3))
    mine, theirs = (
        lines((1, "Oak", 1), (8, "Fir", 8), (3, "Elm", 3)),
        lines((9, "Yew", 9), (1, "Oak", 1), (2, "Ash", 2)),
    )
    outcome = merged(base, mine, theirs)
    assert names(outcome.mine["lines"]) == [("Yew", 9), ("Oak", 1), ("Fir", 8)]
    assert outcome.theirs == outcome.mine and outcome.clashes == ()


@pytest.mark.parametrize(
    ("mine", "theirs", "with_mine", "with_theirs"),
    [
        ([(1, "Oak", 1)], [(1, "Oak", 1), (2, "Ash", 9)], [("Oak", 1)], [("Oak", 1), ("Ash", 9)]),
        ([(1, "Oak", 1), (2, "Ash", 9)], [(1, "Oak", 1)], [("Oak", 1), ("Ash", 9)], [("Oak", 1)]),
    ],
)
def test_a_line_that_one_removed_and_the_other_changed_is_a_clash(
    mine: Any, theirs: Any, with_mine: Any, with_theirs: Any
) -> None:
    outcome = merged(lines((1, "Oak", 1), (2, "Ash", 2)), lines(*mine), lines(*theirs))
    assert names(outcome.mine["lines"]) == with_mine
    assert names(outcome.theirs["lines"]) == with_theirs
    assert outcome.clashes == (Clash("lines", 1),)


def test_lines_without_ids_are_told_apart_by_their_place() -> None:
    def plain(*qtys: int) -> dict[str, Any]:
        return {"lines": [{"name": "Oak", "qty": Decimal(qty)} for qty in qtys]}

    assert names(merged(plain(1, 1), plain(1, 5), plain(7, 1)).mine["lines"]) == [("Oak", 7), ("Oak", 5)]


def test_all_differences_are_found() -> None:
    one = {"note": None, "picked": {"1": "3", "2": "0"}, **lines((1, "Oak", 1), (2, "Ash", 2))}
    other = {"note": "a", "picked": {"1": "0", "2": "0"}, **lines((1, "Oak", 4))}
    assert differing(one, other, whole=FIELDS, columns=COLUMNS) == [
        Clash("note"),
        Clash("picked", "1", "picked"),
        Clash("lines", 0, "qty"),
        Clash("lines", 1),
    ]
    assert differing(one, one, whole=FIELDS, columns=COLUMNS) == []
