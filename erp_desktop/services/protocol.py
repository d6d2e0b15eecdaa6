"""As much of PostgreSQL's wire protocol as it takes to log in and to ask one question; see `probe`."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import socket
import struct
from typing import Final

_PROTOCOL: Final = 196608
_AUTHENTICATION: Final = {0: "ok", 10: "sasl", 11: "continue", 12: "final"}
_MECHANISM: Final = b"SCRAM-SHA-256\0"
_LONGEST_MESSAGE: Final = 1_000_000


class ServerSaid(Exception):
    """The server answered with an error."""

    def __init__(self, sqlstate: str, message: str) -> None:
        super().__init__(message)
        self.sqlstate = sqlstate


class NotPostgres(ValueError):
    """What answers there speaks another language."""


class Channel:
    """A line to a server, in the clear or not, over which its protocol is spoken."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line

    def log_in(self, role: str, secret: str, database: str) -> str:
        """Authenticate as `role`; the server's version. Raises ServerSaid, NotPostgres, OSError."""
        words = ("user", role, "database", database, "client_encoding", "UTF8")
        body = struct.pack("!i", _PROTOCOL) + b"".join(word.encode() + b"\0" for word in words) + b"\0"
        self._line.sendall(struct.pack("!i", len(body) + 4) + body)
        version = ""
        proof = _Proof(secret)
        while True:
            kind, body = self._message()
            if kind == b"R":
                answer = proof.answer(_AUTHENTICATION.get(struct.unpack("!i", body[:4])[0], ""), body[4:])
                if answer is not None:
                    self._send(b"p", answer)
            elif kind == b"S" and body.startswith(b"server_version\0"):
                version = body.split(b"\0")[1].decode(errors="replace")
            elif kind == b"Z":
                return version

    def ask(self, question: str) -> str:
        """The first column of the first row that a statement gives. Raises ServerSaid, OSError."""
        self._send(b"Q", question.encode() + b"\0")
        answer = ""
        while True:
            kind, body = self._message()
            if kind == b"D":
                (length,) = struct.unpack("!i", body[2:6])
                answer = body[6 : 6 + length].decode() if length >= 0 else ""
            elif kind == b"Z":
                return answer

    def _send(self, kind: bytes, body: bytes) -> None:
        self._line.sendall(kind + struct.pack("!i", len(body) + 4) + body)

    def _message(self) -> tuple[bytes, bytes]:
        kind, length = struct.unpack("!ci", self._receive(5))
        if not 4 <= length <= _LONGEST_MESSAGE:
            raise NotPostgres("what answers there is not PostgreSQL")
        body = self._receive(length - 4)
        if kind == b"E":
            raise _server_said(body)
        return kind, body

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            portion = self._line.recv(count - len(data))
            if not portion:
                raise ConnectionResetError("the server closed the connection")
            data += portion
        return data


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


def _server_said(body: bytes) -> ServerSaid:
    fields = {part[:1]: part[1:].decode(errors="replace") for part in body.split(b"\0") if part}
    return ServerSaid(fields.get(b"C", ""), fields.get(b"M", ""))
