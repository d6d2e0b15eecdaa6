"""The folder server_sql is read as it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from erp_desktop import __version__
from erp_desktop.server.errors import ServerError
from erp_desktop.server.tree import SqlTree, version_key
from tests.helpers.trees import write_tree


def test_the_program_and_its_schema_have_one_version() -> None:
    tree = SqlTree()
    assert tree.schema_version == __version__
    assert version_key(tree.min_client) <= version_key(__version__)


def test_kinds_run_one_after_the_other_and_files_as_listed(tmp_path: Path) -> None:
    files = {"code/b.sql": "", "seed/a.sql": "", "schema/z.sql": "", "schema/a.sql": "", "cluster/r.sql": ""}
    tree = write_tree(tmp_path, files)
    assert [file.name for file in tree.files] == [
        "cluster/r.sql",
        "schema/z.sql",
        "schema/a.sql",
        "code/b.sql",
        "seed/a.sql",
    ]


@pytest.mark.parametrize("line", ["schema/missing.sql", "other/a.sql"])
def test_a_line_without_a_file_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    tree = write_tree(tmp_path, {"schema/a.sql": ""})
    (tmp_path / "LOADORDER").write_text(f"# head\nschema/a.sql # a comment\n{line}\n")
    with pytest.raises(ServerError, match=f"line 3: there is no file {line}"):
        _ = tree.files


def test_upgrades_run_by_version_then_number(tmp_path: Path) -> None:
    names = ("0.10.0_01_pre_a.sql", "0.2.0_50_post_b.sql", "0.2.0_02_pre_c.sql")
    tree = write_tree(tmp_path, {f"upgrade/{name}": "" for name in names})
    assert [step.name for step in tree.upgrades] == [
        "upgrade/0.2.0_02_pre_c.sql",
        "upgrade/0.2.0_50_post_b.sql",
        "upgrade/0.10.0_01_pre_a.sql",
    ]


@pytest.mark.parametrize("name", ["0.2.0_50_pre_x.sql", "0.2.0_49_post_x.sql", "0.2_01_pre_x.sql", "0.2.0_1_pre_x.sql"])
def test_a_misnamed_upgrade_is_refused(tmp_path: Path, name: str) -> None:
    tree = write_tree(tmp_path, {f"upgrade/{name}": ""})
    with pytest.raises(ServerError, match="misnamed"):
        _ = tree.upgrades


def test_a_file_has_the_same_hash_on_every_system(tmp_path: Path) -> None:
    unix, windows = write_tree(tmp_path / "a", {"code/a.sql": ""}), write_tree(tmp_path / "b", {"code/a.sql": ""})
    (tmp_path / "a/code/a.sql").write_bytes(b"select 1;\nselect 2;\n")
    (tmp_path / "b/code/a.sql").write_bytes(b"select 1;\r\nselect 2;\r\n")
    assert unix.files[0].sha256 == windows.files[0].sha256


def test_the_fingerprint_changes_with_every_file(tmp_path: Path) -> None:
    before = write_tree(tmp_path, {"code/a.sql": "select 1;"}).fingerprint
    assert write_tree(tmp_path, {"code/a.sql": "select 2;"}).fingerprint != before


def test_published_upgrades_are_as_they_were_published() -> None:
    """Each line of upgrade/FROZEN, `<sha256>  <file>`, is a step that customers' servers have gone through."""
    tree = SqlTree()
    frozen = tree.root / "upgrade" / "FROZEN"
    published = dict(reversed(line.split("  ")) for line in frozen.read_text().splitlines() if not line.startswith("#"))
    now = {step.path.name: step.sha256 for step in tree.upgrades}
    assert {name: now.get(name) for name in published} == published
    older = {step.path.name for step in tree.upgrades if version_key(step.version) < version_key(tree.schema_version)}
    assert older <= published.keys()
