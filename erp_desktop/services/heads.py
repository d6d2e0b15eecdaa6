"""The heads of the trail's chain that this computer has seen: who rewrites the trail can't rewrite what is kept here.

See docs/adr/0030-the-trail-is-sealed.md.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select

from erp_desktop.schema import audit as tables
from erp_desktop.services.db import Database, Profile

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """A seal of the trail: its number, its hash in hexadecimal, when it was made."""

    number: int
    hash: str
    sealed_at: dt.datetime


def heads_path() -> Path:
    """The file in which this computer keeps the head of each server."""
    from platformdirs import user_data_path

    return user_data_path("tenon", appauthor=False) / "heads.json"


def newest(database: Database) -> Head | None:
    """The head of the chain, after sealing what has waited; None while nothing is sealed. Raises ErpError."""
    database.rows("select audit.seal_if_due()")
    seals = tables.seals
    return _first(database, select(seals).order_by(seals.c.number.desc()).limit(1))


def compare(database: Database, path: Path | None = None) -> Head | None:
    """Compare the chain with the head that this computer remembers, and remember the newest one.

    The remembered head if the chain does not hold it any more: somebody rewrote the trail, or a backup was restored.
    It is told to the trail, and stays remembered until `forget`. None if all is well. Raises ErpError.
    """
    path = path or heads_path()
    remembered = _read(path).get(_server(database.profile))
    current = newest(database)
    if remembered is not None:
        seals = tables.seals
        found = _first(database, select(seals).where(seals.c.number == remembered.number))
        if found is None or found.hash != remembered.hash:
            document = {"number": remembered.number, "hash": remembered.hash}
            database.call("audit.report_head", document=document)
            return remembered
    if current is not None:
        _keep(path, _server(database.profile), current)
    return None


def forget(profile: Profile, path: Path | None = None) -> None:
    """Forget the head of a server: whoever must know has been told."""
    _keep(path or heads_path(), _server(profile), None)


def _first(database: Database, statement: Select[Any]) -> Head | None:
    rows = database.rows(statement)
    return Head(rows[0].number, bytes(rows[0].hash).hex(), rows[0].sealed_at) if rows else None


def _server(profile: Profile) -> str:
    return f"{profile.host}:{profile.port}/{profile.database}"


def _read(path: Path) -> dict[str, Head]:
    """What is remembered; a file that can't be read or understood counts as none: it is written anew."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {
            server: Head(int(each["number"]), str(each["hash"]), dt.datetime.fromisoformat(each["sealed_at"]))
            for server, each in kept.items()
        }
    return {}


def _keep(path: Path, server: str, head: Head | None) -> None:
    """Remember the head of a server, None to forget it; a disk that takes no file stops nobody's work."""
    heads = _read(path)
    heads.pop(server, None)
    if head is not None:
        heads[server] = head
    texts = {
        name: {"number": each.number, "hash": each.hash, "sealed_at": each.sealed_at.isoformat()}
        for name, each in heads.items()
    }
    draft = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(texts, indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        log.warning("the head of the trail is not kept: %s", error)
