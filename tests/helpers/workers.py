"""`erp-desktop worker` as a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from psycopg2.extensions import make_dsn

from erp_desktop.server.people import add_worker
from tests.helpers.databases import TestDatabase

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and modes of files are POSIX")


COMMAND = (sys.executable, "-P", "-m", "erp_desktop.cli", "worker")


def environment() -> dict[str, str]:
    """What a command of the checkout needs."""
    return os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "PYTHONUNBUFFERED": "1"}


class Worker:
    """A worker process and what it has said so far."""

    def __init__(self, config: Path) -> None:
        command = [*COMMAND, "--config", str(config)]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment())
        self.said = ""

    def wait_for(self, words: str) -> str:
        """Read what the worker says until these words come."""
        assert self.process.stderr is not None
        while words not in self.said:
            line = self.process.stderr.readline()
            assert line, f"the worker ended without {words!r}: {self.said}"
            self.said += line
        return self.said

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end."""
        assert self.process.stderr is not None
        self.process.send_signal(number)
        self.said += self.process.stderr.read()
        return self.process.wait(60)


def worker_dsn_of(database: TestDatabase) -> str:
    """How the worker reaches a database, with a password made for it now."""
    password = add_worker(database.dsn)
    return make_dsn(
        host="127.0.0.1", port=database.server.port, dbname=database.name, user="erp_worker", password=password
    )


def write_settings(folder: Path, dsn: str, mail: str, patience: float = 30) -> Path:
    """The worker's file."""
    file = folder / "worker.toml"
    file.write_text(f'[server]\ndsn = "{dsn}"\npatience = {patience}\n{mail}', encoding="utf-8")
    file.chmod(0o600)
    return file


@contextmanager
def working(config: Path) -> Iterator[Worker]:
    """A worker that is ready; it is stopped at the end, whatever happens."""
    worker = Worker(config)
    try:
        worker.wait_for("The worker is ready")
        yield worker
    finally:
        if worker.process.poll() is None:
            worker.process.kill()
        worker.process.communicate()


def code_in(text: str) -> str:
    """The code of a letter."""
    (code,) = re.findall(r"\b[0-9a-hj-km-np-tv-z]{5}-[0-9a-hj-km-np-tv-z]{5}\b", text)
    return str(code)
