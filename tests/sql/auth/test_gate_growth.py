"""What the gate's role can make grow on the server: as little as it takes to know that somebody tried."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.gate import Door, ask, sqlstate

NONCE = "r=0123456789abcdef"


def guess(gate: Any, login: str) -> None:
    """A wrong password, by plain SQL on a connection of the gate's role."""
    (challenge,) = ask(gate, "select challenge from auth.begin_login(%s)", f"n={login},{NONCE}")
    ask(gate, "select auth.answer_login(%s, %s)", challenge, "nonsense")


def count(door: Door, table: str, condition: str = "true") -> int:
    return int(door.database.value(f"select count(*) from {table} where {condition}"))


def test_a_locked_address_leaves_ten_attempts_a_minute_whatever_it_tries(door: Door) -> None:
    door.set(address_failures_allowed=3)
    with door.gate() as gate:
        for number in range(40):
            guess(gate, f"nobody{number}")
        for _ in range(20):
            guess(gate, "李娜")
    assert count(door, "auth.attempts", "verdict = 'refused'") == 3
    assert count(door, "auth.attempts", "verdict = 'locked'") == 10
    assert count(door, "auth.name_failures") == 3
    assert count(door, "auth.address_failures") == 1


def test_a_locked_name_leaves_ten_attempts_a_minute(door: Door) -> None:
    with door.gate() as gate:
        for _ in range(30):
            guess(gate, "李娜")
    assert count(door, "auth.attempts", "verdict = 'refused'") == 5
    assert count(door, "auth.attempts", "verdict = 'locked'") == 10


def test_every_account_has_its_own_ten_and_all_unknown_names_share_theirs(door: Door) -> None:
    with door.gate() as gate:
        for number in range(14):
            guess(gate, f"nobody{number}")
        for login in ("李娜", "admin"):
            guess(gate, login)
    assert count(door, "auth.attempts", "user_id is null") == 10
    assert count(door, "auth.attempts", "user_id is not null") == 2
    assert door.failures("nobody13") == 1  # what is not written down is counted all the same


def test_the_minute_passes_and_other_addresses_are_heard(door: Door) -> None:
    recorded = (
        "insert into auth.attempts (at, name_mark, address, verdict)"
        " values (clock_timestamp() - %s::interval, '', %s, 'locked')"
    )
    for _ in range(12):
        door.database.rows(recorded, "2 minutes", "127.0.0.1")
    for _ in range(12):
        door.database.rows(recorded, "1 second", "10.9.8.7")
    door.set(address_failures_allowed=1)
    with door.gate() as gate:
        for _ in range(4):
            guess(gate, "李娜")
    here = "address = '127.0.0.1' and verdict = 'locked' and at > now() - interval '1 minute'"
    assert count(door, "auth.attempts", here) == 3


def test_right_passwords_do_not_fill_the_table_either(door: Door) -> None:
    assert {door.attempt("李娜") for _ in range(14)} == {"ok"}
    assert count(door, "auth.attempts", "verdict = 'ok'") == 10
    assert count(door, "auth.attempts", "verdict = 'proved'") == 10
    assert count(door, "auth.attempts") == 20


def test_challenges_that_nobody_answers_go_again(door: Door) -> None:
    with door.gate() as gate:
        for _ in range(30):
            ask(gate, "select auth.begin_login(%s)", f"n={uuid4()},{NONCE}")
        door.database.rows("update auth.challenges set expires_at = now() - interval '1 second'")
        for _ in range(2):
            ask(gate, "select auth.begin_login(%s)", f"n=x,{NONCE}")
    assert count(door, "auth.challenges") == 2


@pytest.mark.parametrize("length", [1001, 1_000_000])
def test_no_message_is_long(door: Door, length: int) -> None:
    start = "n=" + "x" * 795 + ",r=" + "a" * 200
    with door.gate() as gate:
        assert sqlstate(gate, "select auth.begin_login(%s)", start + "a" * (length - len(start))) == "UV107"
    assert count(door, "auth.challenges") == 0
