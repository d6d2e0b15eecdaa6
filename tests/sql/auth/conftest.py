"""Fixtures of the tests of the gate and of accounts."""

from __future__ import annotations

import pytest

from tests.helpers.databases import TestDatabase
from tests.helpers.gate import ITERATIONS, Door


@pytest.fixture
def door(database: TestDatabase) -> Door:
    """A database with a clerk, 李娜, and an administrator, admin."""
    door = Door(database)
    door.set(iterations=ITERATIONS)
    door.create("李娜", "erp_job_sales_clerk")
    door.create("admin", "erp_job_administrator")
    return door
