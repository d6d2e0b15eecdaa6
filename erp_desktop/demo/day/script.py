"""The steps of the day in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from erp_desktop.demo.day.stage import Stage


@dataclass(frozen=True)
class Step:
    """One step: what it is called, whose it is, and what is done; `act` returns the number of the document, or "".

    It raises when anything is not as it should be. Later steps that need what it should have left fail with it.
    """

    name: str
    who: str
    act: Callable[[Stage], str]


def all_steps() -> tuple[Step, ...]:
    """The whole day."""
    from erp_desktop.demo.day.steps import (
        executive,
        faults,
        finance,
        importing,
        logins,
        refusals,
        sales,
        shipping,
        supply,
    )

    return (
        *logins.STEPS,
        *sales.ENTERING,
        *importing.STEPS,
        *sales.DECIDING,
        *supply.STEPS,
        *shipping.STEPS,
        *finance.STEPS,
        *executive.STEPS,
        *refusals.STEPS,
        *faults.STEPS,
    )
