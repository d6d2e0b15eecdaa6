"""The worker's own file: which server it works for, and by which mail server it writes."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from dataclasses import dataclass, field
from email.headerregistry import Address
from pathlib import Path
from typing import Any, Final

from erp_desktop.server.errors import ServerError

PASSWORD_VARIABLE: Final = "TENON_MAIL_PASSWORD"
TLS_MODES: Final = ("starttls", "tls", "none")


@dataclass(frozen=True)
class MailServer:
    """How mail leaves the house. `tls` is none only for a mail server on this very computer."""

    host: str
    port: int
    tls: str
    sender: Address
    login: str = ""
    password: str = field(default="", repr=False)
    root_certificate: str | None = None


@dataclass(frozen=True)
class Settings:
    """What the worker works with; without a mail server it does everything else."""

    dsn: str = field(repr=False)
    mail: MailServer | None = None
    patience: float = 30
    """After how many seconds without a sign of life the jobs of a worker are taken over by another one."""


def load(path: Path | None, dsn: str | None = None) -> Settings:
    """The settings of a file; `dsn` comes before what stands there. ServerError says what is wrong with it."""
    data: dict[str, Any] = {}
    if path is not None:
        data = _read(path)
    known = {"server": {"dsn", "patience"}, "mail": _MAIL_FIELDS}
    for section, values in data.items():
        if section not in known or not isinstance(values, dict) or values.keys() - known[section]:
            raise ServerError(f"Correct [{section}] in {path}: the worker knows [server] and [mail] of docs/admin.md.")
    server = data.get("server", {})
    dsn = dsn or server.get("dsn")
    if not dsn:
        raise ServerError("Name the database by --dsn, or by dsn under [server] in the file of --config.")
    mail = _mail_server(data["mail"], path) if path is not None and "mail" in data else None
    return Settings(str(dsn), mail, float(server.get("patience", Settings.patience)))


_MAIL_FIELDS = {"host", "port", "tls", "sender", "login", "password", "password_file", "root_certificate"}


def _read(path: Path) -> dict[str, Any]:
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise ServerError(f"Run `chmod 600 {path}`: others on this computer can read the passwords in it.")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ServerError(f"Mend --config: {path} can't be read ({error.strerror}).") from error
    except ValueError as error:
        raise ServerError(f"Correct {path}: it is no TOML ({error}).") from None


def _mail_server(data: dict[str, Any], path: Path | None) -> MailServer:
    host, tls = str(data.get("host", "")), str(data.get("tls", "starttls"))
    if not host or tls not in TLS_MODES:
        raise ServerError(f"Correct [mail] in {path}: it needs host, and tls is starttls, tls or none.")
    if tls == "none" and not _is_this_computer(host):
        raise ServerError(f"Set tls to starttls or tls in {path}: codes leave this computer encrypted only.")
    try:
        sender = Address(addr_spec=str(data.get("sender", "")))
        port = int(data.get("port", {"starttls": 587, "tls": 465, "none": 25}[tls]))
    except (ValueError, IndexError) as error:
        raise ServerError(f"Correct [mail] in {path}: sender is a mail address, port a number.") from error
    login, password = str(data.get("login", "")), _password(data)
    if not (login + password).isascii():
        raise ServerError(f"Take another login in {path}: mail servers know letters without accents only.")
    return MailServer(host, port, tls, sender, login, password, data.get("root_certificate"))


def _password(data: dict[str, Any]) -> str:
    """The password of the mail server: from the environment, from a file of its own, or from the settings."""
    told = os.environ.get(PASSWORD_VARIABLE)
    if told is None and "password_file" in data:
        file = Path(os.path.expandvars(str(data["password_file"])))
        try:
            told = file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as error:
            raise ServerError(f"Mend password_file: {file} can't be read ({error.strerror}).") from error
    return str(data.get("password", "")) if told is None else told


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
