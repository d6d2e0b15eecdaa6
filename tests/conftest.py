"""Fixtures of all tests: a server per run, an installed database as template, a copy of it per test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from erp_desktop.server.embedded import EmbeddedServer
from erp_desktop.server.install import install
from tests.helpers.databases import Template, TestDatabase, removed_at_the_end, temporary_folder
from tests.helpers.personas import Company
from tests.helpers.pg15 import BINARIES, CentralServer
from tests.helpers.stage import Stage, open_stage
from tests.helpers.workplace import Workplace, open_workplace

# Nothing here survives the run, so nothing needs to reach the disk.
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal"}
UNSAFE_BUT_FAST |= {"max_wal_senders": "0", "max_connections": "200", "shared_buffers": "256MB"}


@pytest.fixture(scope="session")
def cluster() -> Iterator[EmbeddedServer]:
    """An embedded server for this run (each worker of pytest-xdist has its own)."""
    with temporary_folder() as folder:
        server = EmbeddedServer(folder / "cluster", settings=UNSAFE_BUT_FAST)
        server.ensure_running()
        with removed_at_the_end(server):
            yield server


@pytest.fixture(scope="session")
def template(cluster: EmbeddedServer) -> Template:
    """The installed database; nobody may be connected to it while it is copied."""
    return Template.install(cluster)


@pytest.fixture
def database(template: Template) -> Iterator[TestDatabase]:
    """A fresh copy of the template; roles that the test makes or changes are as before afterwards."""
    with template.copy() as copy:
        yield copy


@pytest.fixture(scope="session")
def untouched_database(template: Template) -> Iterator[TestDatabase]:
    """One copy for all tests that only look (at the catalogue, for example)."""
    with template.copy() as copy:
        yield copy


@pytest.fixture(scope="session")
def company(template: Template) -> Iterator[Company]:
    """The tests' company, for all tests that undo what they do; see `stage`."""
    with template.copy_company() as copy:
        yield copy


@pytest.fixture(scope="session")
def stage_connection(company: Company) -> Iterator[Connection]:
    """The connection on which stages follow each other: a new one would read the whole catalogue again."""
    connection = psycopg2.connect(company.database.dsn)
    yield connection
    connection.close()


@pytest.fixture
def stage(company: Company, stage_connection: Connection) -> Iterator[Stage]:
    """One transaction in which every person of the company acts; undone afterwards."""
    with open_stage(company, stage_connection) as opened:
        yield opened


@pytest.fixture
def own_company(template: Template) -> Iterator[Company]:
    """A copy of the tests' company that a test may change, with as many connections as it likes."""
    with template.copy_company() as copy:
        yield copy


@pytest.fixture(scope="module")
def workplace(template: Template) -> Iterator[Workplace]:
    """A copy of the tests' company in which a module's people log in and work; what they do stays until its end."""
    with open_workplace(template) as opened:
        yield opened


@pytest.fixture(scope="session")
def central() -> Iterator[CentralServer]:
    """Debian's PostgreSQL 15 with TLS and the product installed, as a company's central server."""
    if not BINARIES.is_dir():
        pytest.skip("Debian's package postgresql-15 is not installed")
    with temporary_folder() as folder:
        server = CentralServer.start(folder / "central")
        try:
            install(server.superuser_dsn(), time_zone="Asia/Shanghai")
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
