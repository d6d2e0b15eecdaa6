"""Small folders in the shape of server_sql."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from erp_desktop.server.tree import KINDS, SqlTree

SHARED = ("cluster/", "schema/010_meta/", "code/000_forget.sql", "code/meta/")


def shared_files() -> dict[str, str]:
    """What every department shares, from the real tree: the smallest tree that can be installed."""
    return {file.name: file.text for file in SqlTree().files if file.name.startswith(SHARED)}


def write_tree(root: Path, files: Mapping[str, str], *, version: str = "0.1.0", min_client: str = "0.1.0") -> SqlTree:
    """Write `files` (path below `root` to SQL) and a LOADORDER that lists them in this order."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    root.mkdir(parents=True, exist_ok=True)
    listed = [name for name in files if name.startswith(KINDS)]
    (root / "LOADORDER").write_text("".join(f"{name}\n" for name in listed))
    (root / "version.toml").write_text(f'schema_version = "{version}"\nmin_client = "{min_client}"\n')
    return SqlTree(root)
