"""The connection profiles of this computer, kept as TOML where the operating system wants settings to be."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from erp_desktop.services.db import Profile
from erp_desktop.services.errors import KnownError

SSL_MODES = ("disable", "prefer", "require", "verify-ca", "verify-full")


@dataclass(frozen=True)
class Profiles:
    """The servers that somebody of this computer works with; `default` is the name of the one offered first."""

    items: tuple[Profile, ...] = ()
    default: str = ""

    def get(self, name: str) -> Profile | None:
        """The profile of that name."""
        return next((profile for profile in self.items if profile.name == name), None)


def profiles_path() -> Path:
    """The file that holds them; TENON_PROFILES names another one."""
    told = os.environ.get("TENON_PROFILES")
    if told:
        return Path(told)
    from platformdirs import user_config_path

    return user_config_path("tenon", appauthor=False) / "servers.toml"


def load(path: Path | None = None) -> Profiles:
    """The profiles of `path`, none if there is no file. KnownError UX103 when it can't be understood."""
    path = path or profiles_path()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        items = tuple(_profile(each) for each in data.get("server", []))
        return Profiles(items, str(data.get("default", "")))
    except FileNotFoundError:
        return Profiles()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise KnownError("UX103", {"file": str(path)}, message=str(error)) from error


def save(profiles: Profiles, path: Path | None = None) -> None:
    """Write the profiles, all or nothing. KnownError UX103 when the file can't be written."""
    path = path or profiles_path()
    lines = ["# The servers that this computer works with.", f"default = {_text(profiles.default)}"]
    for profile in profiles.items:
        lines += ["", "[[server]]", *_lines(profile)]
    draft = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text("\n".join(lines) + "\n", encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise KnownError("UX103", {"file": str(path)}, message=str(error)) from error


def _lines(profile: Profile) -> list[str]:
    lines = [
        f"name = {_text(profile.name)}",
        f"host = {_text(profile.host)}",
        f"port = {profile.port}",
        f"database = {_text(profile.database)}",
        f"sslmode = {_text(profile.sslmode)}",
    ]
    if profile.root_certificate is not None:
        lines.append(f"root_certificate = {_text(profile.root_certificate)}")
    return lines


def _text(value: str) -> str:
    """A TOML string: JSON's escapes are TOML's, except that TOML wants DEL escaped too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _profile(data: dict[str, Any]) -> Profile:
    profile = Profile(**data)
    texts = (profile.name, profile.host, profile.database, profile.sslmode, profile.root_certificate or "")
    if not all(isinstance(text, str) for text in texts) or type(profile.port) is not int:
        raise ValueError("a profile has a value of the wrong type")
    if not (profile.name and profile.host and profile.database and 0 < profile.port < 65536):
        raise ValueError("a profile is incomplete")
    if profile.sslmode not in SSL_MODES:
        raise ValueError(f"unknown sslmode {profile.sslmode}")
    return profile
