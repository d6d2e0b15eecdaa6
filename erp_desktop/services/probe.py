"""Finds out why no connection comes about: name, port, TLS, the server's answer and a statement, step by step.

libpq gives only a sentence in the server's language when a connection fails. This module asks again with the first
messages of PostgreSQL's protocol and so gets the SQLSTATE. It is used after a failure, and by the login window's check.
"""

from __future__ import annotations

import errno
import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from erp_desktop.services import work
from erp_desktop.services.errors import CertificateNotTrusted, ErpError, ServerUnreachable, from_sqlstate
from erp_desktop.services.protocol import Channel, NotPostgres, ServerSaid

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

SECONDS: Final = 4
"""How long each step may take."""

StepName = Literal["resolve", "connect", "encrypt", "log_in", "ask"]
T = TypeVar("T")

_ROUND_TRIPS: Final = 5
_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
_WRONG_NAME: Final = {62, 64}  # X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH
_WRONG_TIME: Final = {9, 10}  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED
_NO_WAY: Final = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
_NAME_UNKNOWN: Final = {getattr(socket, name, socket.EAI_NONAME) for name in ("EAI_NONAME", "EAI_NODATA")}


@dataclass(frozen=True)
class Step:
    """One step of the check: what it took in milliseconds, and `detail` for people who know (address, TLS version).

    `good_until` is the last day of a certificate that was checked, empty for other steps.
    """

    name: StepName
    ok: bool
    ms: float
    detail: str = ""
    good_until: str = ""


@dataclass
class Report:
    """The steps as far as they went, and the error that ended them; None if the server let us in.

    `answer` is what the statement of the last step gave, `round_trip` the least time of a statement in milliseconds.
    """

    steps: list[Step] = field(default_factory=list)
    error: ErpError | None = None
    answer: str = ""
    round_trip: float | None = None


class _Refused(Exception):
    """A step failed for a reason that is known by its code."""

    def __init__(self, code: str, message: str, **params: Any) -> None:
        super().__init__(message)
        self.code = code
        self.params = params


def hosts(profile: Profile) -> list[str]:
    """The servers that a profile names."""
    return [host.strip() for host in profile.host.split(",")]


def explain(profile: Profile, role: str, secret: str, message: str) -> ErpError:
    """The error behind a connection that failed; `message` is what libpq said, for the log."""
    found = (examine(replace(profile, host=host), role, secret).error for host in hosts(profile))
    error = next((each for each in found if each is not None), None)
    if error is None and len(hosts(profile)) > 1:  # libpq found none of them to take writes
        error = from_sqlstate("25006")
    if error is None:  # it works now: whatever it was is over
        error = ServerUnreachable(params={"host": profile.host, "port": profile.port})
    error.message = f"{error.message}; libpq: {' '.join(message.split())}".removeprefix("; ")
    return error


def examine(
    profile: Profile,
    role: str,
    secret: str,
    question: str = "",
    on_step: Callable[[Step], object] | None = None,
) -> Report:
    """Go through name resolution, connection, TLS and login at the only host of `profile`, and ask a `question` in SQL.

    `on_step` is called after each step, on this thread. Raises Cancelled when the present work is asked to stop, and
    nothing else: the report holds the error.
    """
    report = Report()
    params = {"host": profile.host, "port": profile.port, "database": profile.database}
    try:
        _Examination(profile, report, on_step).go_through(role, secret, question)
    except ServerSaid as error:
        report.error = from_sqlstate(_code_of(error, report), message=str(error))
        report.error.params |= params
    except _Refused as error:
        kind = CertificateNotTrusted if error.code.startswith("08T") else ServerUnreachable
        report.error = kind(error.code, params | error.params, message=str(error))
    except (OSError, ValueError, LookupError, struct.error) as error:
        report.error = ServerUnreachable(_code_of_line(error, report), params, message=str(error))
    return report


def _code_of(error: ServerSaid, report: Report) -> str:
    """The SQLSTATE that the server gave, or a code of ours where it gives the same for different things."""
    if error.sqlstate == "28000" and "pg_hba" in str(error):
        encrypted = any(step.name == "encrypt" and step.detail for step in report.steps)
        return "28H01" if encrypted else "28H02"
    if error.sqlstate in ("42501", "3F000", "42883"):  # a database that lets nobody in, or has no gate
        return "08D01"
    return error.sqlstate


def _code_of_line(error: Exception, report: Report) -> str:
    """Which of the ways in which a line fails."""
    if isinstance(error, ConnectionRefusedError):
        return "08R01"
    if isinstance(error, OSError) and error.errno in _NO_WAY:
        return "08N01"
    if isinstance(error, NotPostgres):
        return "08P01"
    reached = any(step.name == "connect" and step.ok for step in report.steps)
    return "08S01" if reached else "08001"


class _Examination:
    """One way through the steps."""

    def __init__(self, profile: Profile, report: Report, on_step: Callable[[Step], object] | None) -> None:
        self._profile = profile
        self._report = report
        self._on_step = on_step

    def go_through(self, role: str, secret: str, question: str) -> None:
        """All steps up to the first that fails."""
        with self._timed("resolve") as details:
            addresses = self._resolve()
            details.append(", ".join(dict.fromkeys(addresses)))
        with self._timed("connect"):
            plain = _within(self._connect, unwanted=socket.socket.close)
        with closing(plain):
            line = plain
            if self._profile.sslmode not in ("disable", "allow"):
                with self._timed("encrypt") as details:
                    line = _within(lambda: self._encrypt(plain))
                    details += _told_of(line)
            with closing(line):
                channel = Channel(line)
                with self._timed("log_in") as details:
                    version = _within(lambda: channel.log_in(role, secret, self._profile.database))
                    details.append(f"PostgreSQL {version}")
                if question:
                    with self._timed("ask") as details:
                        self._ask(channel, question, details)

    @contextmanager
    def _timed(self, name: StepName) -> Iterator[list[str]]:
        """Append one step to the report; the block may append its detail and the day until which it is good."""
        details: list[str] = []
        started = time.perf_counter()
        ok = False
        try:
            yield details
            ok = True
        finally:
            step = Step(name, ok, 1000 * (time.perf_counter() - started), *details)
            self._report.steps.append(step)
            if self._on_step is not None:
                self._on_step(step)

    def _resolve(self) -> list[str]:
        profile = self._profile
        try:
            found = _within(lambda: socket.getaddrinfo(profile.host, profile.port, type=socket.SOCK_STREAM))
        except TimeoutError as error:
            raise _Refused("08H02", str(error)) from error
        except socket.gaierror as error:
            raise _Refused("08H01" if error.errno in _NAME_UNKNOWN else "08H02", str(error)) from error
        except UnicodeError as error:  # no name at all: empty between dots, or longer than 63 characters
            raise _Refused("08H01", str(error)) from error
        return [str(each[4][0]) for each in found]

    def _connect(self) -> socket.socket:
        return socket.create_connection((self._profile.host, self._profile.port), SECONDS)

    def _encrypt(self, plain: socket.socket) -> socket.socket:
        profile = self._profile
        plain.sendall(_SSL_REQUEST)
        answer = plain.recv(1)
        if answer == b"N" and profile.sslmode == "prefer":
            return plain
        if answer == b"N":
            raise _Refused("08T02", "the server offers no TLS")
        if answer != b"S":
            raise NotPostgres("no answer of PostgreSQL to the wish for TLS")
        context = self._context()
        try:
            return context.wrap_socket(plain, server_hostname=profile.host)
        except ssl.SSLCertVerificationError as error:
            raise self._refused_certificate(error) from error
        except ssl.SSLError as error:
            raise _Refused("08T06", str(error)) from error

    def _context(self) -> ssl.SSLContext:
        profile = self._profile
        if profile.sslmode == "verify-ca" and not profile.root_certificate:  # libpq takes the computer's for names only
            raise _Refused("08T03", "no certificate file", file="-")
        try:
            context = ssl.create_default_context(cafile=profile.root_certificate if profile.verifies else None)
        except OSError as error:
            raise _Refused("08T03", str(error), file=profile.root_certificate) from error
        context.check_hostname = profile.sslmode == "verify-full"
        if not profile.verifies:
            context.verify_mode = ssl.CERT_NONE
        return context

    def _refused_certificate(self, error: ssl.SSLCertVerificationError) -> _Refused:
        if error.verify_code in _WRONG_NAME:
            return _Refused("08T04", str(error), names=self._names_in_certificate())
        return _Refused("08T05" if error.verify_code in _WRONG_TIME else "08T01", str(error))

    def _names_in_certificate(self) -> list[str]:
        """For whom the certificate is, by a connection of its own that minds everything but the name."""
        context = self._context()
        context.check_hostname = False
        try:
            with closing(self._connect()) as plain:
                plain.sendall(_SSL_REQUEST)
                plain.recv(1)
                with closing(context.wrap_socket(plain, server_hostname=self._profile.host)) as line:
                    alternatives: Any = (line.getpeercert() or {}).get("subjectAltName", ())
                    return [str(name) for _kind, name in alternatives]
        except OSError:
            return []

    def _ask(self, channel: Channel, question: str, details: list[str]) -> None:
        self._report.answer = _within(lambda: channel.ask(question))
        times = []
        for _ in range(_ROUND_TRIPS):
            started = time.perf_counter()
            _within(lambda: channel.ask("select 1"))
            times.append(1000 * (time.perf_counter() - started))
        self._report.round_trip = min(times)
        details.append(f"{self._report.round_trip:.1f} ms")


def _within(action: Callable[[], T], unwanted: Callable[[T], object] | None = None) -> T:
    return work.patiently(action, SECONDS, unwanted)


def _told_of(line: socket.socket) -> list[str]:
    """What is worth knowing of an encrypted line: the version, and the last day of the certificate."""
    if not isinstance(line, ssl.SSLSocket):
        return []
    told: Any = line.getpeercert() or {}
    ends = [time.strftime("%Y-%m-%d", time.gmtime(ssl.cert_time_to_seconds(told["notAfter"])))] if told else []
    return [line.version() or "", *ends]
