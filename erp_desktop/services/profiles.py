"""The connection profiles of this computer, kept as TOML where the operating system wants settings to be.

The file may be written by hand: what the program does not change stays as it is, comments and unknown keys too.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from erp_desktop.services.db import Profile
from erp_desktop.services.errors import KnownError

SSL_MODES: Final = ("verify-full", "verify-ca", "require", "prefer", "disable")
"""From the safest on."""
KEPT_AS: Final = ".bak"
"""What a file is kept as that could not be changed without losing something."""

Complaint = Literal["missing", "taken", "blanks", "port_in_host", "port", "certificate", "certificate_unread"]

_KEYS: Final = ("name", "host", "port", "database", "sslmode", "root_certificate")
_HEAD: Final = "# The servers that this computer works with."
_SERVER: Final = re.compile(r"^\s*\[\[\s*server\s*\]\]")
_KEY: Final = re.compile(r"^\s*(\w+)\s*=")
_TRAILER: Final = re.compile(r"""^\s*\w+\s*=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"']*?)(\s*#.*)?$""")


@dataclass(frozen=True)
class Profiles:
    """The servers that somebody of this computer works with; `default` is the name of the one offered first."""

    items: tuple[Profile, ...] = ()
    default: str = ""

    def get(self, name: str) -> Profile | None:
        """The profile of that name."""
        return next((profile for profile in self.items if profile.name == name), None)

    def ordered(self) -> list[Profile]:
        """All of them, the one offered first ahead."""
        return sorted(self.items, key=lambda profile: profile.name != self.default)


def profiles_path() -> Path:
    """The file that holds them; TENON_PROFILES names another one."""
    told = os.environ.get("TENON_PROFILES")
    if told:
        return Path(told)
    from platformdirs import user_config_path

    return user_config_path("tenon", appauthor=False) / "servers.toml"


def load(path: Path | None = None) -> Profiles:
    """The profiles of `path`, none if there is no file; keys that the program does not know are passed over.

    A relative `root_certificate` is meant from the folder of the file. KnownError UX103 when it can't be understood.
    """
    path = path or profiles_path()
    try:
        return _read(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return Profiles()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise KnownError("UX103", {"file": str(path)}, message=str(error)) from error


def save(profiles: Profiles, path: Path | None = None, renamed: Mapping[str, str] | None = None) -> Path | None:
    """Write the profiles, all or nothing; `renamed` leads from new names to those in the file.

    What the file says beside them stays. Where that can't be done the old file is kept as a copy, whose path is
    returned. KnownError UX103 when the file can't be written.
    """
    path = path or profiles_path()
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
        text = _changed(before, profiles, path, renamed or {})
        copy = None
        if text is None:
            text = _plain(profiles)
            copy = path.with_name(f"{path.name}{KEPT_AS}")
            copy.write_bytes(path.read_bytes())
        draft.write_text(text, encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise KnownError("UX103", {"file": str(path)}, message=str(error)) from error
    return copy


def complaints(profile: Profile, others: Collection[str] = ()) -> dict[str, Complaint]:
    """What is wrong with values that somebody entered, by field; `others` are the names of the other profiles."""
    found: dict[str, Complaint] = {}
    if not profile.name:
        found["name"] = "missing"
    elif profile.name in others:
        found["name"] = "taken"
    hosts = profile.host.split(",")
    if not all(host.strip() for host in hosts):
        found["host"] = "missing"
    elif any(re.search(r"[\s/@\\]", host.strip()) for host in hosts):
        found["host"] = "blanks"
    elif any(host.count(":") == 1 for host in hosts):  # more of them make an address of IPv6
        found["host"] = "port_in_host"
    if not 0 < profile.port < 65536:
        found["port"] = "port"
    if not profile.database:
        found["database"] = "missing"
    certificate = _complaint_of_certificate(profile)
    if certificate is not None:
        found["root_certificate"] = certificate
    return found


def _complaint_of_certificate(profile: Profile) -> Complaint | None:
    if profile.root_certificate is None:
        return "certificate" if profile.sslmode == "verify-ca" else None
    import ssl  # not before the login window

    try:
        ssl.create_default_context(cafile=profile.root_certificate)
    except (OSError, ValueError):
        return "certificate_unread"
    return None


def _read(text: str, path: Path) -> Profiles:
    data = tomllib.loads(text)
    items = tuple(_profile(each, path.parent) for each in data.get("server", []))
    return Profiles(items, str(data.get("default", "")))


def _changed(before: str, profiles: Profiles, path: Path, renamed: Mapping[str, str]) -> str | None:
    """The text of the file with the profiles in it, None where that loses something."""
    if not before.strip():
        return _plain(profiles)
    try:
        old = _read(before, path)
    except (ValueError, TypeError, AttributeError):
        return None
    blocks: list[list[str]] = [[]]
    for line in before.splitlines():
        if _SERVER.match(line):
            blocks.append(_comment_above(blocks[-1]))
        blocks[-1].append(line)
    if len(blocks) != len(old.items) + 1:
        return None
    blocks_by_name = {profile.name: (profile, block) for profile, block in zip(old.items, blocks[1:], strict=True)}
    lines = _with_values(blocks[0], {"default": _text(profiles.default)}, after=False)
    for profile in profiles.items:
        was, block = blocks_by_name.get(renamed.get(profile.name, profile.name), (None, ["", "[[server]]"]))
        if lines and lines[-1].strip() and block[0].strip():
            lines.append("")
        lines += _with_values(block, _differing(profile, was))
    text = "\n".join(lines) + "\n"
    try:
        return text if _read(text, path) == profiles else None
    except (ValueError, TypeError, AttributeError):
        return None


def _comment_above(block: list[str]) -> list[str]:
    """Take the comment that stands right above a table out of what comes before it."""
    taken: list[str] = []
    while block and block[-1].lstrip().startswith("#"):
        taken.insert(0, block.pop())
    if not any(line.strip() for line in block):  # the head of the file is not about its first table
        block += taken
        return []
    return taken


def _with_values(block: list[str], values: Mapping[str, str | None], after: bool = True) -> list[str]:
    """The lines with keys set to `values`, None takes one away; what is new comes at the end, or else at the head."""
    lines: list[str] = []
    left = dict(values)
    for line in block:
        key = _KEY.match(line)
        if key is None or key[1] not in left:
            lines.append(line)
            continue
        value = left.pop(key[1])
        trailer = _TRAILER.match(line)
        if value is not None:
            lines.append(f"{key[1]} = {value}{(trailer[1] or '') if trailer else ''}")
    new = [f"{key} = {value}" for key, value in left.items() if value is not None]
    place = len(lines)
    while place and not lines[place - 1].strip():
        place -= 1
    return [*lines[:place], *new, *lines[place:]] if after or not lines else [*new, *lines]


def _differing(profile: Profile, was: Profile | None) -> dict[str, str | None]:
    """The keys whose lines must change, with their new values."""
    now = _values(profile)
    before = _values(was) if was is not None else {}
    return {key: now.get(key) for key in _KEYS if now.get(key) != before.get(key)}


def _values(profile: Profile) -> dict[str, str]:
    values = {
        "name": _text(profile.name),
        "host": _text(profile.host),
        "port": str(profile.port),
        "database": _text(profile.database),
        "sslmode": _text(profile.sslmode),
    }
    if profile.root_certificate is not None:
        values["root_certificate"] = _text(profile.root_certificate)
    return values


def _plain(profiles: Profiles) -> str:
    lines = [_HEAD, f"default = {_text(profiles.default)}"]
    for profile in profiles.items:
        lines += ["", "[[server]]", *(f"{key} = {value}" for key, value in _values(profile).items())]
    return "\n".join(lines) + "\n"


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, except that TOML wants DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _profile(data: dict[str, Any], folder: Path) -> Profile:
    known = {each.name for each in fields(Profile)}
    profile = Profile(**{key: value for key, value in data.items() if key in known})
    texts = (profile.name, profile.host, profile.database, profile.sslmode, profile.root_certificate or "")
    if not all(isinstance(text, str) for text in texts) or type(profile.port) is not int:
        raise ValueError("a profile has a value of the wrong type")
    if not (profile.name and profile.host and profile.database and 0 < profile.port < 65536):
        raise ValueError("a profile is incomplete")
    if profile.sslmode not in SSL_MODES:
        raise ValueError(f"unknown sslmode {profile.sslmode}")
    profile = replace(profile, host=",".join(host.strip() for host in profile.host.split(",")))  # libpq trims none
    if not profile.root_certificate:
        return replace(profile, root_certificate=None)
    return replace(profile, root_certificate=str(folder / Path(profile.root_certificate).expanduser()))
