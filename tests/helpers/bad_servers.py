"""Servers that don't do what they should: real sockets on this computer that refuse, stay silent or speak otherwise."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.helpers.faults import Line, _Answers
from tests.helpers.pg15 import Authority


@contextmanager
def refusing() -> Iterator[int]:
    """A port at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def silent() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield listener.getsockname()[1]


@contextmanager
def black_hole() -> Iterator[int]:
    """A port that drops whoever wants to connect: its queue is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:
            each.setblocking(False)
            with suppress(BlockingIOError):
                each.connect(listener.getsockname())
        yield listener.getsockname()[1]
        for each in waiting:
            each.close()


@contextmanager
def answering(*answers: bytes, certificate: tuple[Path, Path] | None = None) -> Iterator[int]:
    """A port where each message gets the next answer; with a certificate (and key) TLS begins after the first."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        thread = threading.Thread(target=_serve, args=(listener, answers, certificate), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


@contextmanager
def encrypting(authority: Authority, host: str, address: str) -> Iterator[int]:
    """A port that encrypts with a certificate of the authority for a name and an address."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "server.crt", Path(folder) / "server.key"
        for path, content in zip(files, authority.issue(host, address), strict=True):
            path.write_bytes(content)
        with answering(b"S", certificate=files) as port:
            yield port


def _serve(listener: socket.socket, answers: tuple[bytes, ...], certificate: tuple[Path, Path] | None) -> None:
    with suppress(OSError):
        while True:
            line, _address = listener.accept()
            with line, suppress(OSError):
                for answer in answers:
                    line.recv(4096)
                    line.sendall(answer)
                if certificate is not None:
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(*certificate)
                    with context.wrap_socket(line, server_side=True) as encrypted:
                        encrypted.recv(4096)


class Expired(Authority):
    """An authority all of whose certificates ran out yesterday."""

    def _builder(self, subject: x509.Name, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=9))
            .not_valid_after(now - dt.timedelta(days=1))
        )


class Falling(Line):
    """A line to a server that goes silent, without hanging up, at the request that holds a word."""

    def __init__(self, port: int, word: str) -> None:
        super().__init__(port)
        self._word = word.encode()
        self.fell = threading.Event()

    def _request(self, data: bytes, _answers: _Answers) -> tuple[bytes, bool]:
        if self._word in data:
            self.fell.set()
        return (b"" if self.fell.is_set() else data), True
