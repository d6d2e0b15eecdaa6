"""Fixtures of the tests of imports: the tests' company at work, and files written as other programs write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.databases import Template
from tests.helpers.order_files import emptied
from tests.helpers.workplace import Workplace, open_workplace


@pytest.fixture(scope="module")
def opened_workplace(template: Template) -> Iterator[Workplace]:
    """The tests' company, for all tests of a module; its people log in."""
    with open_workplace(template) as opened:
        yield opened


@pytest.fixture
def workplace(opened_workplace: Workplace) -> Iterator[Workplace]:
    """The tests' company before anything is imported."""
    with emptied(opened_workplace):
        yield opened_workplace
