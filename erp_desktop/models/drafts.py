"""What somebody typed and has not saved, kept in files of this computer: a crash or a power cut loses nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QStandardPaths

log = logging.getLogger(__name__)

_NUMBER: Final = "$number"
_DATE: Final = "$date"


_in_use: set[Path] = set()


@dataclass(frozen=True)
class Draft:
    """Unsaved input as it was found; `key` names its file, `kept_at` is this computer's time."""

    key: str
    kept_at: dt.datetime
    data: Mapping[str, Any]


class DraftBox:
    """The drafts of one person on one server for one kind of document.

    A document that is not saved yet has a key of its own, so that several new ones don't overwrite each other. A key
    that an open page uses is not offered to another one.
    """

    def __init__(self, server: str, login: str, kind: str) -> None:
        place = hashlib.sha256(f"{server}\n{login}".encode()).hexdigest()[:16]
        root = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        self._folder = Path(root) / "tenon" / "drafts" / place
        self._kind = kind

    def key_for(self, document_id: int | None) -> str:
        """The key of a document; a fresh one for a new document."""
        return str(document_id) if document_id is not None else f"new-{uuid.uuid4().hex[:12]}"

    def take(self, key: str) -> None:
        """Say that an open page uses `key`."""
        _in_use.add(self._file(key))

    def leave(self, key: str) -> None:
        """Say that the page is gone; its file stays if it was not forgotten."""
        _in_use.discard(self._file(key))

    def keep(self, key: str, data: Mapping[str, Any]) -> None:
        """Write `data`, readable by this account only; a disk that can't be written to is logged, not shown."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self._file(key).with_suffix(".unfinished")
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"data": _encoded(data)}, file, ensure_ascii=False)
            unfinished.replace(self._file(key))
        except OSError as error:
            log.warning("The unsaved input can't be kept: %s", error)

    def forget(self, key: str) -> None:
        """Delete what was kept: it is saved, or the person threw it away."""
        try:
            self._file(key).unlink(missing_ok=True)
        except OSError as error:
            log.warning("The unsaved input can't be deleted: %s", error)

    def find(self, document_id: int | None) -> Draft | None:
        """What was kept of a document, or the newest of those that were never saved and are not open."""
        pattern = f"{self._kind}-{document_id}.json" if document_id is not None else f"{self._kind}-new-*.json"
        files = [file for file in self._folder.glob(pattern) if file not in _in_use]
        return next(filter(None, map(self._read, sorted(files, key=_changed, reverse=True))), None)

    def _file(self, key: str) -> Path:
        return self._folder / f"{self._kind}-{key}.json"

    def _read(self, file: Path) -> Draft | None:
        try:
            data = _decoded(json.loads(file.read_text(encoding="utf-8"))["data"])
        except (OSError, ValueError, KeyError, TypeError, ArithmeticError) as error:
            log.warning("The unsaved input in %s can't be read: %s", file.name, error)
            return None
        kept_at = dt.datetime.fromtimestamp(_changed(file)).astimezone()
        return Draft(file.stem.removeprefix(f"{self._kind}-"), kept_at, data)


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _encoded(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {_NUMBER: str(value)}
    if isinstance(value, dt.date):
        return {_DATE: value.isoformat()}
    if isinstance(value, Mapping):
        return {str(key): _encoded(each) for key, each in value.items()}
    return [_encoded(each) for each in value] if isinstance(value, list | tuple) else value


def _decoded(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_NUMBER}:
            return Decimal(value[_NUMBER])
        if value.keys() == {_DATE}:
            return dt.date.fromisoformat(value[_DATE])
        return {key: _decoded(each) for key, each in value.items()}
    return [_decoded(each) for each in value] if isinstance(value, list) else value
