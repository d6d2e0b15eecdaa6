"""One-time codes: the server's SHA-1 and TOTP against the vectors of the RFCs and against the library's."""

from __future__ import annotations

import hashlib
import hmac
import statistics
import time
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection

from tests.helpers.databases import TestDatabase
from tests.helpers.gate import totp

RFC_SECRET = b"12345678901234567890"
RFC_CODES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924"}
RFC_CODES |= {2000000000: "279037", 20000000000: "353130"}
"""RFC 6238, appendix B: the last six of the eight digits for SHA-1."""

ONE_CONNECTION = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def server(untouched_database: TestDatabase) -> Iterator[Connection]:
    """A connection of the superuser."""
    with closing(psycopg2.connect(untouched_database.dsn)) as connection:
        yield connection


def answer(server: Connection, statement: str, *values: object) -> object:
    with server.cursor() as cursor:
        cursor.execute(statement, values)
        (value,) = cursor.fetchone() or (None,)
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        (b"01234567" * 80, "dea356a2cddd90c7a7ecedc5ebb563934f460452"),
    ],
)
def test_sha1_of_the_rfc(server: Connection, message: bytes, digest: str) -> None:
    """RFC 3174, section 7.3."""
    assert answer(server, "select encode(auth.sha1(%s), 'hex')", message) == digest


@pytest.mark.parametrize(("moment", "code"), RFC_CODES.items())
def test_totp_of_the_rfc(server: Connection, moment: int, code: str) -> None:
    statement = "select auth.totp(%s, auth.totp_step(to_timestamp(%s)))"
    assert answer(server, statement, RFC_SECRET, moment) == code
    assert totp(RFC_SECRET, moment // 30) == code


@ONE_CONNECTION
@example(b"")
@example(b"x" * 55)
@example(b"x" * 56)
@example(b"x" * 63)
@example(b"x" * 64)
@example(b"x" * 119)
@example(b"x" * 120)
@given(st.binary(max_size=300))
def test_sha1_is_that_of_the_library(server: Connection, message: bytes) -> None:
    assert answer(server, "select auth.sha1(%s)", message) == hashlib.sha1(message).digest()


@ONE_CONNECTION
@example(b"k" * 64, b"")
@example(b"k" * 65, b"m")
@given(st.binary(max_size=100), st.binary(max_size=100))
def test_hmac_is_that_of_the_library(server: Connection, key: bytes, message: bytes) -> None:
    assert answer(server, "select auth.hmac_sha1(%s, %s)", key, message) == hmac.digest(key, message, hashlib.sha1)


@ONE_CONNECTION
@given(st.binary(min_size=20, max_size=20), st.integers(min_value=0, max_value=2**40))
def test_totp_is_that_of_the_library(server: Connection, secret: bytes, step: int) -> None:
    assert answer(server, "select auth.totp(%s, %s)", secret, step) == totp(secret, step)


def test_a_check_of_three_steps_takes_milliseconds(server: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    taken = []
    for _ in range(30):
        begun = time.perf_counter()
        answer(server, "select auth.matching_step(%s, %s, 0)", RFC_SECRET, "no code")
        taken.append(1000 * (time.perf_counter() - begun))
    with capsys.disabled():
        print(f"\nchecking a one-time code against three steps: {statistics.median(taken):.1f} ms (median)")
    assert statistics.median(taken) < 100
