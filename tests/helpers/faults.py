"""What goes wrong between a client and its server: a line that a test can cut, and a disk that a test can fill."""

from __future__ import annotations

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

from erp_desktop.services.auth import Session
from erp_desktop.services.db import Database, Profile

Moment = Literal["before the server hears", "in the middle of the request", "before the answer", "within the answer"]
MOMENTS: tuple[Moment, ...] = (
    "before the server hears",
    "in the middle of the request",
    "before the answer",
    "within the answer",
)


class Line:
    """A line to a server: the client connects to `port` of this computer, and everything goes through here."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._cut: tuple[bytes, Moment, bool] | None = None
        self._down = False
        self.cuts = 0
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where clients connect."""
        return int(self._listener.getsockname()[1])

    def database(self, session: Session) -> Database:
        """The person's way to the server, over this line."""
        own = session.database
        return Database(replace(own.profile, port=self.port), own.role, own._secret, own.login, own.tag, own._resume)

    def profile(self, profile: Profile) -> Profile:
        """The same server, over this line."""
        return replace(profile, port=self.port)

    def cut_at(self, word: str, moment: Moment, *, stay_down: bool = False) -> None:
        """Cut the line once, at the next request that holds `word`; with `stay_down` nobody connects until `put_up`."""
        self._cut = (word.encode(), moment, stay_down)

    def take_down(self) -> None:
        """Cut the line and let nobody connect until `put_up`."""
        self._down = True
        self._hang_up()

    def put_up(self) -> None:
        """Let people connect again."""
        self._down = False

    def close(self) -> None:
        """End it."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._hang_up()
        self._thread.join()

    def _hang_up(self) -> None:
        with self._lock:
            for each in self._open:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._down:
                client.close()
                continue
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        answers = _Answers()
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            with self._lock:
                self._open |= {client, server}
            back = threading.Thread(target=self._pump, args=(server, client, answers.filter), daemon=True)
            back.start()
            self._pump(client, server, lambda data: self._request(data, answers))
            back.join()
            with self._lock:
                self._open -= {client, server}

    def _pump(
        self, source: socket.socket, target: socket.socket, change: Callable[[bytes], tuple[bytes, bool]]
    ) -> None:
        """Hand on what comes until either side is gone; `change` says what to hand on and whether to go on."""
        with suppress(OSError):
            while data := source.recv(65536):
                data, go_on = change(data)
                target.sendall(data)
                if not go_on:
                    break
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _request(self, data: bytes, answers: _Answers) -> tuple[bytes, bool]:
        cut = self._cut
        if cut is None or cut[0] not in data:
            return data, True
        self._cut = None
        self._down = cut[2]
        self.cuts += 1
        match cut[1]:
            case "before the server hears":
                return b"", False
            case "in the middle of the request":
                return data[: len(data) // 2], False
            case "before the answer":
                answers.let_through = 0
            case "within the answer":
                answers.let_through = 7
        return data, True


class _Answers:
    """Hands on what the server says, all of it or so many bytes of the next answer and no more."""

    def __init__(self) -> None:
        self.let_through: int | None = None

    def filter(self, data: bytes) -> tuple[bytes, bool]:
        if self.let_through is None:
            return data, True
        return data[: self.let_through], False


@contextmanager
def open_line(port: int) -> Iterator[Line]:
    """A line to the server at `port` of this computer."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()


class SmallDisk:
    """A disk of its own at `folder` that a test may fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Fill it, up to `leave` bytes."""
        free = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_frsize
        with self._ballast.open("ab") as file, suppress(OSError):
            os.posix_fallocate(file.fileno(), file.tell(), max(1, free - leave))

    def make_room(self) -> None:
        """Take away what `fill` put there."""
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk | None]:
    """A disk of so many megabytes, in memory; None where this computer lets nobody make one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=777", "tmpfs", str(folder)]
    may = os.name == "posix" and os.geteuid() == 0
    if not may or subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
