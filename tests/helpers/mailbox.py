"""A real mail server on this computer: STARTTLS or TLS, login, and a certificate of an authority of its own."""

from __future__ import annotations

import asyncio
import email
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from erp_desktop.server.embedded import _free_port
from tests.helpers.pg15 import Authority

LOGIN, PASSWORD = "tenon", "mail's p%ssword"


@dataclass
class Mailbox:
    """What a mail server took."""

    port: int
    authority: Path
    tls: str = "starttls"
    letters: list[EmailMessage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._arrived = threading.Condition()
        self._open, self._held = threading.Event(), threading.Event()
        self._open.set()

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Envelope) -> str:
        """Take a letter."""
        if not self._open.is_set():
            self._held.set()
            await asyncio.to_thread(self._open.wait, 60)
        assert isinstance(envelope.content, bytes)
        letter = email.message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        with self._arrived:
            self.letters.append(letter)
            self._arrived.notify_all()
        return "250 OK"

    def hold(self) -> None:
        """Answer no letter until `release`."""
        self._open.clear()

    def release(self) -> None:
        """Go on."""
        self._open.set()

    def wait_until_held(self) -> None:
        """Wait until a letter is being held back."""
        assert self._held.wait(60), "no letter came"

    def wait_for(self, count: int, seconds: float = 60) -> list[EmailMessage]:
        """The letters, as soon as there are so many."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: len(self.letters) >= count, seconds), f"{len(self.letters)} letters"
            return list(self.letters)

    def settings(self, **more: Any) -> str:
        """The section [mail] of the worker's file."""
        values = {"host": "localhost", "port": self.port, "tls": self.tls, "sender": "tenon@example.com"}
        values |= {"login": LOGIN, "password": PASSWORD, "root_certificate": str(self.authority), **more}
        return "[mail]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items())


def _toml(value: object) -> str:
    return str(value) if isinstance(value, int) else f'"{value}"'


def text_of(letter: EmailMessage) -> str:
    """The words of a letter."""
    return str(letter.get_content())


def _authenticator(_server: SMTP, _session: Any, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) == (
        LOGIN.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=is_right, handled=False)


@contextmanager
def open_mailbox(folder: Path, *, tls: str = "starttls", name: str = "localhost", port: int = 0) -> Iterator[Mailbox]:
    """Run a mail server; `name` is whose certificate it shows."""
    authority = Authority(f"Mail authority of {name}")
    certificate, key = authority.issue(name, "127.0.0.1")
    files = folder / f"{name}.crt", folder / f"{name}.key", folder / f"{name}-authority.crt"
    for path, content in zip(files, (certificate, key, authority.certificate_file()), strict=True):
        path.write_bytes(content)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files[0], files[1])
    mailbox = Mailbox(port or _free_port(0), files[2], tls)
    ways: dict[str, dict[str, Any]] = {
        "tls": {"ssl_context": context},
        "starttls": {"tls_context": context, "require_starttls": True},
        "none": {},
    }
    controller = Controller(
        mailbox,
        hostname="localhost",
        port=mailbox.port,
        authenticator=_authenticator,
        auth_required=tls == "starttls",
        auth_require_tls=tls == "starttls",
        **ways[tls],
    )
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
