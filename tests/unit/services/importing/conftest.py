"""Fixtures of the tests of imports: the tests' company at work, and files written as other programs write them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.databases import Template
from tests.helpers.workplace import Workplace, open_workplace


@pytest.fixture
def workplace(template: Template) -> Iterator[Workplace]:
    """The tests' company; its people log in."""
    with open_workplace(template) as opened:
        yield opened
