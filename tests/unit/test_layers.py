"""Imports run from views to models to services to schema and planning, and never back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SHARED = {"", "resources"}
"""The package itself (its version) and its data files, which everything may read."""
MAY_IMPORT = {
    "views": {"views", "models", "services"} | SHARED,
    "models": {"models", "services"} | SHARED,
    "services": {"services", "schema", "planning"} | SHARED,
    "schema": {"schema"},
    "planning": {"planning"},
    "server": {"server", "services", "schema"} | SHARED,
    "worker": {"worker", "server", "services"} | SHARED,
    "resources": SHARED,
    "screen": set[str](),
    "ending": set[str](),
    "": set[str](),
}
"""The rooms of the program; what starts it (app, cli, demo, translations) stands above them and may use them all."""
DOORS = {"app", "cli", "demo", "translations"}
DATABASE = {"sqlalchemy", "psycopg2", "psycopg", "procrastinate"}
QT = {"PySide6", "shiboken6", "pyqtgraph"}
MUST_NOT_IMPORT = {
    "views": DATABASE,
    "models": {"sqlalchemy"},
    "services": QT,
    "schema": QT | {"psycopg2"},
    "planning": QT | DATABASE,
    "server": QT,
    "worker": QT | {"psycopg2"},
}


@dataclass(frozen=True)
class Import:
    """One import somewhere in the program, at the top of a file or inside a function."""

    file: str
    line: int
    room: str
    target: str  # a dotted name

    @property
    def target_room(self) -> str:
        """The room of the program that is imported; empty for the package itself."""
        parts = self.target.split(".")
        return "" if len(parts) == 1 or parts[1].startswith("__") else parts[1]

    @property
    def place(self) -> str:
        """Where it stands and what it imports, for the message."""
        return f"{self.file}:{self.line} imports {self.target}"


def imports_of(source: str, file: str, room: str) -> Iterator[Import]:
    """All imports of a file; those for type checking alone count, too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"relative import {node.module}"]
        else:
            continue
        for name in names:
            yield Import(file, node.lineno, room, name)


@pytest.fixture(scope="module")
def imports(project_root: Path) -> list[Import]:
    package = project_root / "erp_desktop"
    found: list[Import] = []
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        room = "" if parts == ("__init__",) else parts[0]
        found += imports_of(path.read_text(encoding="utf-8"), str(path.relative_to(project_root)), room)
    return found


def test_every_room_of_the_program_is_known(project_root: Path) -> None:
    package = project_root / "erp_desktop"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")} | {path.stem for path in package.glob("*.py")}
    assert rooms - {"__init__"} <= MAY_IMPORT.keys() | DOORS


def test_rooms_import_only_what_lies_below_them(imports: list[Import]) -> None:
    own = [each for each in imports if each.target.split(".")[0] == "erp_desktop" and each.room not in DOORS]
    assert {each.room for each in own} >= {"views", "models", "services", "schema", "server"}
    assert [each.place for each in own if each.target_room not in MAY_IMPORT[each.room]] == []


def test_rooms_keep_away_from_libraries_that_are_not_theirs(imports: list[Import]) -> None:
    wrong = [
        each.place for each in imports if each.target.split(".")[0] in MUST_NOT_IMPORT.get(each.room, frozenset[str]())
    ]
    assert wrong == []


def test_all_imports_are_absolute(imports: list[Import]) -> None:
    assert [each.place for each in imports if each.target.startswith("relative")] == []


@pytest.mark.parametrize(
    ("source", "room"),
    [
        ("from erp_desktop.views import shell", "services"),
        ("def late():\n    import erp_desktop.models.operations", "services"),
        ("from erp_desktop import views", "models"),
        ("from erp_desktop.app import run_desktop", "views"),
    ],
)
def test_an_import_that_runs_back_is_found(source: str, room: str) -> None:
    (found,) = imports_of(source, "x.py", room)
    assert found.target_room not in MAY_IMPORT[room]
