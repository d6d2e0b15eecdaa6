"""Lines of orders before they are sent: amounts as the server computes them, prices that follow, what is sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from erp_desktop.models.lookup import Lookup
from erp_desktop.models.merging import merge
from erp_desktop.models.order_lines import (
    cover,
    draft_line,
    is_current,
    is_empty,
    net_amount,
    order_columns,
    repriced,
    sent_line,
    totals,
    wanted_before,
)
from erp_desktop.services.products import Offer, Situation

D = Decimal


def line(qty: str, price: str, discount: str | None = None, **more: Any) -> dict[str, Any]:
    rate = D(discount) if discount is not None else None
    return {"product_id": 1, "qty": D(qty), "unit_price": D(price), "discount_rate": rate, **more}


def offer(price: str | None, available: str | None = "5") -> Offer:
    stock = D(available) if available is not None else None
    words = ("椅", "Chair", "", "finished", "buy", 1, "把", "piece", 0)
    figures = (D("0.13"), D(price) if price is not None else None, stock, D(0), stock, D(0), D(0))
    return Offer(1, "CHAIR", *words, *figures)


@pytest.mark.parametrize(
    ("each", "amount"),
    [
        (line("3", "33.335"), "100.01"),  # half a cent goes up
        (line("1", "0.005"), "0.01"),
        (line("2", "100", "0.15"), "170.00"),
        (line("0.333", "9.99"), "3.33"),
        ({"qty": D(1), "unit_price": None}, None),
        ({"qty": None, "unit_price": D(1)}, None),
    ],
)
def test_an_amount_is_rounded_half_up(each: dict[str, Any], amount: str | None) -> None:
    assert net_amount(each) == (D(amount) if amount is not None else None)


def test_an_amount_that_came_with_the_order_stands_until_its_line_is_changed() -> None:
    given = line("3", "33.3333", given_amount=D("100.00"), given_for=[D(3), D("33.3333"), None])
    assert net_amount(given) == D("100.00")
    assert sent_line(given)["amount"] == D("100.00")
    changed = given | {"qty": D(6)}
    assert net_amount(changed) == D("200.00")
    assert "amount" not in sent_line(changed)


def test_tax_is_rounded_for_each_line() -> None:
    lines = [{"amount": D("0.05"), "tax_rate": D("0.13")}, {"amount": D("0.05"), "tax_rate": D("0.13")}, {}]
    sums = totals(lines)
    assert (sums.net, sums.tax, sums.gross) == (D("0.10"), D("0.02"), D("0.12"))


@pytest.mark.parametrize(
    ("each", "mark"),
    [
        (line("5", "1", available=D(5)), None),
        (line("6", "1", available=D(5)), "short"),
        (line("6", "1", available=None), None),
        (line("6", "1", available=D(5), state="open"), "short"),
        (line("6", "1", available=D(5), state="ready"), "ready"),
        ({"available": D(0)}, None),
    ],
)
def test_a_line_is_marked_when_stock_falls_short_of_it(each: dict[str, Any], mark: str | None) -> None:
    assert cover(each) == mark


def test_lines_of_one_product_share_the_stock() -> None:
    stock = {"available": D(14)}
    lines = [
        line("7", "1", **stock),
        line("8", "1", product_id=2, **stock),
        line("8", "1", **stock),
        {"product_id": None, "qty": D(20)},
    ]

    def marks() -> list[str | None]:
        for row, values in wanted_before(lines).items():
            lines[row] |= values
        assert wanted_before(lines) == {}
        return [cover(each) for each in lines]

    assert marks() == [None, None, "short", None]
    lines[2]["qty"] = D(7)
    assert marks() == [None, None, None, None]
    lines[2]["qty"], lines[0]["qty"] = D(8), None
    assert marks() == [None, None, None, None]


def test_a_price_that_nobody_typed_follows_the_list() -> None:
    dealer = Situation(2, 1, dt.date(2026, 3, 1))
    from_list = line("1", "100", list_price=D(100), situation=Situation(1, 1, dt.date(2026, 3, 1)).key)
    assert not is_current(from_list, dealer)
    assert repriced(from_list, offer("80"), dealer)["unit_price"] == D(80)
    assert is_current(from_list | repriced(from_list, offer("80"), dealer), dealer)
    typed = line("1", "95", list_price=D(100))
    values = repriced(typed, offer("80"), dealer)
    assert "unit_price" not in values
    assert (values["list_price"], values["available"]) == (D(80), D(5))
    assert repriced(line("1", "1") | {"unit_price": None}, offer(None), dealer)["unit_price"] is None
    assert is_current({"description": "轻放"}, dealer)


def test_only_a_price_that_was_typed_is_sent() -> None:
    assert sent_line(line("1", "100", list_price=D("100.0000")))["unit_price"] is None
    assert sent_line(line("1", "95", list_price=D(100)))["unit_price"] == D(95)
    assert sent_line(line("1", "95", list_price=None))["unit_price"] == D(95)
    given = line("3", "100", list_price=D(100), given_amount=D("299.99"), given_for=[D(3), D(100), None])
    assert (sent_line(given)["unit_price"], sent_line(given)["amount"]) == (D(100), D("299.99"))


def test_a_price_of_the_list_is_no_change_by_the_person() -> None:
    retail, dealer = Situation(1, 1, dt.date(2026, 3, 1)), Situation(2, 1, dt.date(2026, 3, 1))
    stored = {"id": 7, **line("1", "100", list_price=D(100), situation=retail.key)}
    mine = stored | repriced(stored, offer("80"), dealer)  # another customer was chosen
    theirs = stored | {"qty": D(2)}
    typed = mine | {"unit_price": D(70)}
    columns = order_columns(Lookup(lambda _text, _limit: (), tuple))

    def merged(own: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        base, here, there = ({"lines": [draft_line(each)]} for each in (stored, own, theirs))
        found = merge(base, here, there, whole=(), columns=columns)
        assert not found.clashes
        return found.mine["lines"][0], found.theirs["lines"][0]

    for each in merged(mine):
        assert (each["qty"], each["unit_price"], is_current(each, retail)) == (D(2), None, False)
    ours, _ = merged(typed)
    assert (ours["qty"], ours["unit_price"]) == (D(2), D(70))
    assert repriced(ours, offer("80"), dealer).get("unit_price") is None
    given = line("3", "33.3333", given_amount=D("100.00"), given_for=[D(3), D("33.3333"), None])
    assert draft_line(given) == given


def test_a_line_is_empty_until_something_is_typed() -> None:
    assert is_empty({"product_id": None, "qty": None, "unit_zh": "件"})
    assert not is_empty({"qty": D(1)})
    assert not is_empty({"description": "轻放"})


def test_numbers_are_sent_as_people_write_them() -> None:
    sent = sent_line(line("1.500", "100.0000", "0.0500"))
    assert [str(sent[key]) for key in ("qty", "unit_price", "discount_rate")] == ["1.5", "100", "0.05"]
    assert sent_line(line("1", "1"))["discount_rate"] is None
