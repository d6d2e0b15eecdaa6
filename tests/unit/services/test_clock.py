"""The company's day, on computers whose clock is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from erp_desktop.services import clock

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
CHINA = dt.timezone(dt.timedelta(hours=8))
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def computer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer's clock stands at NOON until a test moves it."""
    before = clock._server
    monkeypatch.setattr(clock, "_computer_now", lambda: NOON)
    yield
    clock._server = before


@pytest.mark.parametrize("off", [-400 * DAY, -DAY, dt.timedelta(0), DAY, dt.timedelta(minutes=3)])
def test_a_wrong_clock_changes_nothing(off: dt.timedelta) -> None:
    server = NOON - off
    assert clock.follow(server.astimezone(CHINA)) == -off
    assert clock.now() == server
    assert clock.today() == (server + dt.timedelta(hours=8)).date()


def test_time_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock.follow((NOON - DAY).astimezone(CHINA))
    monkeypatch.setattr(clock, "_computer_now", lambda: NOON + dt.timedelta(hours=5))
    assert clock.now().isoformat() == "2026-03-01T01:00:00+08:00"
    assert clock.today() == dt.date(2026, 3, 1)
