"""The demo's accounts: random passwords, kept in one file that only its owner can read."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from erp_desktop.demo.records import Person

LOGINS_FILE = "logins.json"


@dataclass(frozen=True)
class DemoLogin:
    """What the demo's login window offers: a person, the job role without `erp_job_` (empty: none), the password."""

    login: str
    name_zh: str
    name_en: str
    job_role: str
    language: str
    password: str


def make_logins(people: Sequence[Person]) -> tuple[DemoLogin, ...]:
    """A new random password for each person."""
    return tuple(
        DemoLogin(
            login=person.login,
            name_zh=person.name_zh,
            name_en=person.name_en,
            job_role=person.job_role,
            language=person.language,
            password=secrets.token_urlsafe(15),
        )
        for person in people
    )


def write_logins(folder: Path, logins: Sequence[DemoLogin]) -> Path:
    """Write the file, readable by its owner only, over an older one; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOGINS_FILE
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(login) for login in logins], file, ensure_ascii=False, indent=1)
    return path


def read_logins(folder: Path) -> tuple[DemoLogin, ...]:
    """The accounts of the demo in `folder`, none if it was never loaded there."""
    path = folder / LOGINS_FILE
    if not path.exists():
        return ()
    return tuple(DemoLogin(**row) for row in json.loads(path.read_text(encoding="utf-8")))
