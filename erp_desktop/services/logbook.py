"""The program's own log: a file of this computer that support can be sent, kept short by itself."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 1_000_000
KEPT = 3
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def folder() -> Path:
    """Where the logs of the desktop and of the command line lie."""
    from platformdirs import user_log_path

    return user_log_path("tenon", appauthor=False)


def start(place: Path | None = None) -> Path | None:
    """Write what the program tells from now on to desktop.log; its path, or None where no file can be written.

    Passwords are never logged. A log that can't be written stops nobody.
    """
    file = (place or folder()) / "desktop.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=False)
    except OSError as error:
        logging.getLogger(__name__).warning("no log is kept: %s", error)
        return None
    handler.setFormatter(logging.Formatter(_FORM))
    root = logging.getLogger("erp_desktop")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file
