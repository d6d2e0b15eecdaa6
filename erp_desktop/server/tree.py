"""The folder `server_sql`: which files make the server, in which order, and which upgrades lead to it."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from erp_desktop.server.errors import ServerError

KINDS = ("cluster", "schema", "code", "seed")
_UPGRADE_NAME = re.compile(r"(\d+)\.(\d+)\.(\d+)_(\d\d)_(pre|post)_[a-z0-9_]+\.sql")
POST_FROM = 50


def version_key(version: str) -> tuple[int, ...]:
    """`"0.10.2"` as `(0, 10, 2)`, so that versions compare as people expect."""
    return tuple(int(part) for part in version.split("."))


@dataclass(frozen=True)
class SqlFile:
    """One file of the tree; `name` is its path below the tree's root with forward slashes."""

    name: str
    path: Path

    @property
    def kind(self) -> str:
        """The first folder: cluster, schema, code, seed, upgrade or check."""
        return self.name.partition("/")[0]

    @cached_property
    def text(self) -> str:
        """The SQL, with line ends as written on any system."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def sha256(self) -> str:
        """Hash of the text; the same on every system."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class Upgrade(SqlFile):
    """One step to a version: *pre* steps run while older clients work, *post* steps when none is left."""

    version: str
    number: int
    is_post: bool

    @property
    def order(self) -> tuple[tuple[int, ...], int]:
        """Sorts upgrades in the order in which they run."""
        return version_key(self.version), self.number


class SqlTree:
    """A folder laid out like `server_sql`; by default the one that ships with the program."""

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or _shipped_root()
        versions = tomllib.loads((self.root / "version.toml").read_text(encoding="utf-8"))
        self.schema_version: str = versions["schema_version"]
        self.min_client: str = versions["min_client"]

    @cached_property
    def files(self) -> tuple[SqlFile, ...]:
        """The files of LOADORDER in the order in which they run; raises ServerError on a line that names none."""
        listed = [
            self._file(number, line.partition("#")[0].strip())
            for number, line in enumerate((self.root / "LOADORDER").read_text(encoding="utf-8").splitlines(), 1)
            if line.partition("#")[0].strip()
        ]
        return tuple(sorted(listed, key=lambda file: KINDS.index(file.kind)))

    @cached_property
    def upgrades(self) -> tuple[Upgrade, ...]:
        """The steps of the folder `upgrade` in order; raises ServerError on a misnamed file."""
        steps = [self._upgrade(path) for path in (self.root / "upgrade").glob("*.sql")]
        return tuple(sorted(steps, key=lambda step: step.order))

    @cached_property
    def checks(self) -> tuple[SqlFile, ...]:
        """The consistency queries, by name."""
        return tuple(SqlFile(f"check/{path.name}", path) for path in sorted((self.root / "check").glob("*.sql")))

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever a file that makes the server changes."""
        lines = [f"{file.sha256} {file.name}\n" for file in (*self.files, *self.upgrades)]
        return sha256("".join([self.schema_version, self.min_client, *lines]).encode()).hexdigest()

    def _file(self, number: int, name: str) -> SqlFile:
        path = self.root / name
        if name.partition("/")[0] not in KINDS or not path.is_file():
            raise ServerError(
                f"LOADORDER, line {number}: there is no file {name}; correct the line or install the program again."
            )
        return SqlFile(name, path)

    def _upgrade(self, path: Path) -> Upgrade:
        match = _UPGRADE_NAME.fullmatch(path.name)
        if match is None or (int(match[4]) >= POST_FROM) != (match[5] == "post"):
            raise ServerError(
                f"upgrade/{path.name} is misnamed: x.yy.zz_NN_pre_what.sql (01-49) or x.yy.zz_NN_post_what.sql (50-99)."
            )
        version = ".".join(str(int(part)) for part in match.group(1, 2, 3))
        return Upgrade(f"upgrade/{path.name}", path, version, int(match[4]), match[5] == "post")


def _shipped_root() -> Path:
    """`server_sql` beside the package in a checkout, inside it when installed, or as told by TENON_SERVER_SQL."""
    told = os.environ.get("TENON_SERVER_SQL")
    package = Path(__file__).resolve().parent.parent
    for root in [Path(told)] if told else [package / "_server_sql", package.parent / "server_sql"]:
        if (root / "LOADORDER").is_file():
            return root
    raise ServerError("The folder server_sql is missing; install the program again.")
