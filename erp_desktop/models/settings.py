"""What the program remembers of one person on one machine; every setting is declared once, here, with its type."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

T = TypeVar("T", str, bool, int, list[str], dict[str, object])


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One remembered value; what can't be read as the type of its default counts as the default."""

    key: str
    default: T


LANGUAGE: Setting[str] = Setting("language", "")  # "zh_CN", "en"; empty: as the machine
THEME: Setting[str] = Setting("theme", "system")  # "light", "dark", "system"
PROFILE: Setting[str] = Setting("profile", "")  # the server profile chosen last
LOGIN: Setting[str] = Setting("login", "")  # the name entered last
REMEMBER: Setting[bool] = Setting("remember", False)  # keep the password in the keyring
COLLAPSED: Setting[list[str]] = Setting("navigation/collapsed", [])  # departments that are folded
NARROW: Setting[bool] = Setting("navigation/narrow", False)  # the navigation shows icons only


def lists_layout(login: str, code: str) -> Setting[dict[str, object]]:
    """How the person `login` arranged the list of screen `code`: columns, widths, order, saved views."""
    return Setting(f"lists/{login}/{code}", {})


def import_columns(login: str) -> Setting[dict[str, object]]:
    """Which field the person `login` gave to columns of imported files, by their plain headings; empty: none."""
    return Setting(f"import/{login}/columns", {})


def read(setting: Setting[T]) -> T:
    """The remembered value, or the default."""
    found = QSettings().value(setting.key)
    if found is None:
        return setting.default
    try:
        value = json.loads(str(found))
    except ValueError:
        return setting.default
    if type(value) is not type(setting.default):
        return setting.default
    return value


def write(setting: Setting[T], value: T) -> None:
    """Remember `value`."""
    QSettings().setValue(setting.key, json.dumps(value, ensure_ascii=False))


def read_geometry(window: str) -> QByteArray:
    """The remembered place and size of a window; empty if there is none."""
    found = QSettings().value(f"geometry/{window}")
    return found if isinstance(found, QByteArray) else QByteArray()


def write_geometry(window: str, geometry: QByteArray) -> None:
    """Remember the place and size of a window."""
    QSettings().setValue(f"geometry/{window}", geometry)
