"""A command that is written down says what its service would have said, also when it comes back from a file."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from erp_desktop.services import finance, sales
from erp_desktop.services.calls import Call, carry_out, write_down
from erp_desktop.services.clock import today
from erp_desktop.services.errors import BugError, Cancelled, ConnectionLost

MONEY = {"customer_id": 3, "received_on": today(), "method": "bank", "amount": Decimal("5.10"), "reference": "R"}


def test_a_service_is_written_down_word_for_word() -> None:
    call = write_down(finance.record_payment, MONEY)
    assert (call.command, call.version) == ("finance.record_payment", None)
    assert call.document["amount"] == "5.10" and call.document["received_on"] == today().isoformat()
    assert not call.request_id == write_down(finance.record_payment, MONEY).request_id


def test_what_asks_for_the_same_is_known_whatever_its_id() -> None:
    call = write_down(finance.record_payment, MONEY)
    assert call.says_the_same(write_down(finance.record_payment, MONEY))
    assert not call.says_the_same(write_down(finance.record_payment, {**MONEY, "reference": "S"}))


def test_it_comes_back_from_a_file() -> None:
    call = write_down(finance.record_payment, MONEY)
    assert Call.from_kept(json.loads(json.dumps(call.kept()))) == call


def test_it_follows_on_the_document_that_an_earlier_one_made() -> None:
    new = write_down(sales.save_order, {"document": {"note": "n"}, "version": None})
    follows = new.after({"id": 7, "version": 1}, saves=True)
    assert (follows.document, follows.version, follows.request_id) == ({"id": 7, "note": "n"}, 1, new.request_id)
    step = write_down(sales.submit_order, {"order_id": 7, "version": 1})
    assert step.after({"id": 7, "version": 2}, saves=False).version == 2
    assert step.after({"id": 8, "version": 2}, saves=False) == step
    posting = write_down(finance.record_payment, MONEY)
    assert posting.after({"id": 7, "version": 1}, saves=False) == posting


def test_a_service_that_gives_no_command_or_several_is_a_bug() -> None:
    with pytest.raises(BugError):
        write_down(lambda _database, **_arguments: {}, {})


@pytest.mark.parametrize("lost", [True, False])
def test_only_who_cancels_before_the_line_breaks_knows_what_became_of_it(lost: bool) -> None:
    class Server:
        def call(self, *_words: Any, **_arguments: Any) -> dict[str, Any]:
            raise Cancelled() from (ConnectionLost() if lost else BugError())

    server: Any = Server()
    if lost:
        with pytest.raises(ConnectionLost):
            carry_out(Call("a.b", {}, None, uuid4()), server)
    else:
        assert carry_out(Call("a.b", {}, None, uuid4()), server) is None
