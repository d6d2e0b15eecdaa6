"""Finds out why no connection comes about: name, port, TLS and the server's answer, step by step.

libpq gives only a sentence in the server's language when a connection fails. This module asks again with the first
messages of PostgreSQL's protocol and so gets the SQLSTATE. It is used after a failure, and by the login window's check.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import socket
import ssl
import struct
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from erp_desktop.services.errors import CertificateNotTrusted, ErpError, ServerUnreachable, from_sqlstate

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

SECONDS: Final = 4

StepName = Literal["resolve", "connect", "encrypt", "log_in"]

_SSL_REQUEST: Final = struct.pack("!ii", 8, 80877103)
_PROTOCOL: Final = 196608
_AUTHENTICATION: Final = {0: "ok", 10: "sasl", 11: "continue", 12: "final"}
_MECHANISM: Final = b"SCRAM-SHA-256\0"
_LONGEST_MESSAGE: Final = 1_000_000


@dataclass(frozen=True)
class Step:
    """One step of the check: what it took in milliseconds, and `detail` for people who know (address, TLS version)."""

    name: StepName
    ok: bool
    ms: float
    detail: str = ""


@dataclass
class Report:
    """The steps as far as they went, and the error that ended them; None if the server let us in."""

    steps: list[Step] = field(default_factory=list)
    error: ErpError | None = None


class _ServerSaid(Exception):
    """The server answered with an error."""

    def __init__(self, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


class _NoEncryption(Exception):
    """The server declined TLS."""


class _NoAuthority(Exception):
    """The file with the company's certificate can't be read."""


def explain(profile: Profile, role: str, secret: str, message: str) -> ErpError:
    """The error behind a connection that failed; `message` is what libpq said, for the log."""
    error = examine(profile, role, secret).error
    if error is None:  # it works now: whatever it was is over
        error = ServerUnreachable(params={"host": profile.host, "port": profile.port})
    error.message = f"{error.message}; libpq: {' '.join(message.split())}".removeprefix("; ")
    return error


def examine(profile: Profile, role: str, secret: str) -> Report:
    """Go through name resolution, connection, TLS and login; raises nothing, the report holds the error."""
    report = Report()
    host = profile.host.split(",")[0]
    params = {"host": host, "port": profile.port, "database": profile.database}
    try:
        _go_through(report, profile, host, role, secret)
    except _ServerSaid as error:
        report.error = from_sqlstate(error.sqlstate, message=str(error))
        report.error.params |= params
    except socket.gaierror as error:
        report.error = ServerUnreachable("08H01", params, message=str(error))
    except ssl.SSLError as error:
        report.error = CertificateNotTrusted("08T01", params, message=str(error))
    except _NoEncryption:
        report.error = CertificateNotTrusted("08T02", params, message="the server offers no TLS")
    except _NoAuthority as error:
        report.error = CertificateNotTrusted("08T03", {"file": profile.root_certificate}, message=str(error))
    except (OSError, ValueError, LookupError, struct.error) as error:
        report.error = ServerUnreachable("08001", params, message=str(error))
    return report


def _go_through(report: Report, profile: Profile, host: str, role: str, secret: str) -> None:
    with _timed(report, "resolve") as details:
        address = socket.getaddrinfo(host, profile.port, type=socket.SOCK_STREAM)[0][4][0]
        details.append(str(address))
    with _timed(report, "connect"):
        plain = socket.create_connection((host, profile.port), SECONDS)
    with closing(plain):
        if profile.sslmode in ("disable", "allow"):
            channel = plain
        else:
            with _timed(report, "encrypt") as details:
                channel = _encrypt(plain, profile, host)
                if isinstance(channel, ssl.SSLSocket):
                    details.append(channel.version() or "")
        with closing(channel), _timed(report, "log_in") as details:
            details.append(_log_in(channel, profile, role, secret))


@contextmanager
def _timed(report: Report, name: StepName) -> Iterator[list[str]]:
    """Append one step to the report; the block may append a detail."""
    details: list[str] = []
    started = time.perf_counter()
    ok = False
    try:
        yield details
        ok = True
    finally:
        report.steps.append(Step(name, ok, 1000 * (time.perf_counter() - started), " ".join(details)))


def _encrypt(plain: socket.socket, profile: Profile, host: str) -> socket.socket:
    plain.sendall(_SSL_REQUEST)
    if _receive(plain, 1) != b"S":
        if profile.sslmode == "prefer":
            return plain
        raise _NoEncryption
    try:
        context = ssl.create_default_context(cafile=profile.root_certificate if profile.verifies else None)
    except OSError as error:
        raise _NoAuthority(str(error)) from error
    context.check_hostname = profile.sslmode == "verify-full"
    if not profile.verifies:
        context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=host)


def _log_in(channel: socket.socket, profile: Profile, role: str, secret: str) -> str:
    """Authenticate as `role`; the server's version."""
    words = ("user", role, "database", profile.database, "client_encoding", "UTF8")
    body = struct.pack("!i", _PROTOCOL) + b"".join(word.encode() + b"\0" for word in words) + b"\0"
    channel.sendall(struct.pack("!i", len(body) + 4) + body)
    version = ""
    proof = _Proof(secret)
    while True:
        kind, body = _message(channel)
        if kind == b"E":
            raise _server_said(body)
        if kind == b"R":
            _send(channel, proof.answer(_AUTHENTICATION.get(struct.unpack("!i", body[:4])[0], ""), body[4:]))
        elif kind == b"S" and body.startswith(b"server_version\0"):
            version = body.split(b"\0")[1].decode(errors="replace")
        elif kind == b"Z":
            channel.sendall(b"X" + struct.pack("!i", 4))
            return version


class _Proof:
    """The client's side of SCRAM-SHA-256; a session's secret has one round, too few for the library's taste."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._nonce = secrets.token_hex(16)

    def answer(self, kind: str, body: bytes) -> bytes | None:
        """The message that follows what the server sent, None if there is none; ValueError on anything else."""
        if kind in ("ok", "final"):
            return None
        if kind == "sasl" and _MECHANISM in body:
            first = f"n,,{self._first}".encode()
            return _MECHANISM + struct.pack("!i", len(first)) + first
        if kind == "continue":
            return self._final(body.decode()).encode()
        raise ValueError("the server asks for an authentication other than SCRAM-SHA-256")

    @property
    def _first(self) -> str:
        return f"n=,r={self._nonce}"

    def _final(self, server_first: str) -> str:
        parts = dict(part.split("=", 1) for part in server_first.split(","))
        salted = hashlib.pbkdf2_hmac("sha256", self._secret, base64.b64decode(parts["s"]), int(parts["i"]))
        client_key = hmac.digest(salted, b"Client Key", "sha256")
        bare = f"c=biws,r={parts['r']}"
        signed = f"{self._first},{server_first},{bare}".encode()
        signature = hmac.digest(hashlib.sha256(client_key).digest(), signed, "sha256")
        proof = bytes(left ^ right for left, right in zip(client_key, signature, strict=True))
        return f"{bare},p={base64.b64encode(proof).decode()}"


def _send(channel: socket.socket, body: bytes | None) -> None:
    if body is not None:
        channel.sendall(b"p" + struct.pack("!i", len(body) + 4) + body)


def _message(channel: socket.socket) -> tuple[bytes, bytes]:
    kind, length = struct.unpack("!ci", _receive(channel, 5))
    if not 4 <= length <= _LONGEST_MESSAGE:
        raise ValueError("what answers there is not PostgreSQL")
    return kind, _receive(channel, length - 4)


def _receive(channel: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        portion = channel.recv(count - len(data))
        if not portion:
            raise ConnectionResetError("the server closed the connection")
        data += portion
    return data


def _server_said(body: bytes) -> _ServerSaid:
    fields = {part[:1]: part[1:].decode(errors="replace") for part in body.split(b"\0") if part}
    return _ServerSaid(fields.get(b"C", ""), fields.get(b"M", ""))
