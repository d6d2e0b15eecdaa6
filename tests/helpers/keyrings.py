"""Keyrings: one that forgets with the test, and a computer of its own with a real Secret Service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend

needs_secret_service = pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="Debian's packages gnome-keyring and dbus are not installed",
)

_UNLOCK = 'printf %s "$MASTER" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'


class Memory(KeyringBackend):
    """A keyring that forgets with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Override KeyringBackend.get_password."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Override KeyringBackend.set_password."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Override KeyringBackend.delete_password."""
        del self.kept[service, username]


class Desk:
    """A person's computer: folders of its own that no other keyring touches, and a program that runs there."""

    def __init__(self, folder: Path, root: Path, program: str) -> None:
        self.folder = folder
        self._root = root
        self._program = program
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            place = folder / name.lower()
            place.mkdir(mode=0o700)
            self.environment[name] = str(place)

    def run(self, *actions: Any, session: tuple[str, ...] = (), **more: str) -> list[Any]:
        """Hand `actions` to the program in a session of their own; what it prints, a value a line."""
        done = subprocess.run(
            [*session, sys.executable, "-W", "error::UserWarning", "-c", self._program, json.dumps(actions)],
            env=self.environment | more,
            cwd=self._root,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def run_unlocked(self, *actions: Any, master: str = "master", **more: str) -> list[Any]:
        """Do `actions` in a session whose keyring is unlocked with `master`."""
        return self.run(*actions, session=("dbus-run-session", "--", "sh", "-c", _UNLOCK, "sh"), MASTER=master, **more)
