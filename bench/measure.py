"""Measures a piece of work of the product, and then the bare SQL that does the same on the same connection."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.desk import Desk

_WARM_UPS = 3


@dataclass(frozen=True)
class Work:
    """Something people do: by the product, and by bare SQL where there is such a thing.

    Both take the number of the repetition, from which they choose what they work on.
    """

    name: str
    who: str
    desk: Desk
    product: Callable[[int], object]
    bare: Callable[[int], object] | None = None
    times: int = 60


@dataclass(frozen=True)
class Figure:
    """What a piece of work took, in milliseconds."""

    name: str
    who: str
    times: int
    median: float
    p95: float
    bare_median: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the bare SQL's median the product's is."""
        return self.median / self.bare_median if self.bare_median else None


def measure(work: Work) -> Figure:
    """Do the work `work.times` times, after a few times to warm up that don't count.

    One after the other and not in turns: becoming the owner makes the server forget its plans.
    """
    taken = _taken(work.product, work.times)
    bare_median = None
    if work.bare is not None:
        with work.desk.as_owner():
            bare_median = statistics.median(_taken(work.bare, work.times))
    return Figure(work.name, work.who, work.times, statistics.median(taken), p95(taken), bare_median)


def _taken(action: Callable[[int], object], times: int) -> list[float]:
    return [milliseconds(action, number) for number in range(times + _WARM_UPS)][_WARM_UPS:]


def milliseconds(action: Callable[[int], object], number: int) -> float:
    """How long one repetition takes."""
    started = time.perf_counter()
    action(number)
    return (time.perf_counter() - started) * 1000


def p95(values: Sequence[float]) -> float:
    """The value that 95 % do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]
