"""The file of servers: read, changed without losing what somebody wrote by hand, and what can't be entered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from erp_desktop.services import profiles
from erp_desktop.services.db import Profile
from erp_desktop.services.errors import KnownError
from erp_desktop.services.profiles import Profiles

BY_HAND = """# From the IT department, extension 4711
default = "Company"   # do not change

[[server]]
name = "Company"
host = "erp.example.com"   # several, divided by commas
port = 5432
sslmode = "verify-full"
colour = "green"           # for a later version

# the copy for trying things out
[[server]]
host = 'test.example.com'
name = "Try & 试用"
port = 5433

[window]
size = 3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a folder" / "servers.toml"
    path.parent.mkdir()
    path.write_text(BY_HAND, encoding="utf-8")
    return path


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "new" / "servers.toml"
    certificate = str(tmp_path / 'ca "1".crt')
    known = Profiles(
        (Profile('公司 "A" \\ \x7f', "a,b", 1, "d"), Profile("x", "::1", 2, "e", "disable", certificate)), "x"
    )
    assert profiles.save(known, path) is None
    assert profiles.load(path) == known
    assert profiles.load(tmp_path / "none") == Profiles()


def test_a_file_of_hand_keeps_what_is_not_changed(file: Path) -> None:
    known = profiles.load(file)
    assert [each.name for each in known.items] == ["Company", "Try & 试用"]
    assert profiles.save(known, file) is None
    assert file.read_text(encoding="utf-8") == BY_HAND


def test_a_change_touches_its_own_lines_only(file: Path) -> None:
    known = profiles.load(file)
    company, trial = known.items
    changed = Profiles(
        (replace(company, host="a.example.com,b.example.com"), replace(trial, name="Test", port=1)), "Test"
    )
    assert profiles.save(changed, file, {"Test": "Try & 试用"}) is None
    expected = BY_HAND.replace('"erp.example.com" ', '"a.example.com,b.example.com" ').replace("Try & 试用", "Test")
    expected = expected.replace('default = "Company"', 'default = "Test"').replace("5433", "1")
    assert file.read_text(encoding="utf-8") == expected


def test_a_removed_server_goes_with_its_comment_and_a_new_one_comes_last(file: Path) -> None:
    known = profiles.load(file)
    new = Profile("New", "new.example.com", 5432, "tenon", "require")
    assert profiles.save(Profiles((known.items[0], new), "Company"), file) is None
    text = file.read_text(encoding="utf-8")
    assert "the copy for trying" not in text and "extension 4711" in text and 'colour = "green"' in text
    assert profiles.load(file) == Profiles((known.items[0], new), "Company")


@pytest.mark.parametrize(
    "text",
    [
        'server = [{name = "a", host = "b"}]\n',
        "this is no TOML\n",
        '[[server]]\nname = """a\n[[server]]"""\nhost="b"\n',
    ],
)
def test_a_file_that_can_not_be_changed_in_place_is_kept_as_a_copy(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    known = Profiles((Profile("New", "new.example.com"),), "New")
    copy = profiles.save(known, file)
    assert copy is not None and copy.read_text(encoding="utf-8") == text
    assert profiles.load(file) == known


def test_a_certificate_is_looked_for_beside_the_file(file: Path) -> None:
    file.write_text('[[server]]\nname = "a"\nhost = "b"\nroot_certificate = "ca.crt"\n', encoding="utf-8")
    known = profiles.load(file)
    assert known.items[0].root_certificate == str(file.parent / "ca.crt")
    profiles.save(replace(known, default="a"), file)
    assert 'root_certificate = "ca.crt"' in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["port = 0", 'port = "1"', 'sslmode = "some"', 'host = ""', "name = 5", "server = 3"])
def test_values_that_can_not_be_are_refused(file: Path, line: str) -> None:
    key = line.split()[0]
    values = {"name": 'name = "a"', "host": 'host = "b"'} | {key: line}
    file.write_text("\n".join(["[[server]]", *values.values()] if key != "server" else [line]), encoding="utf-8")
    with pytest.raises(KnownError) as refused:
        profiles.load(file)
    assert refused.value.code == "UX103"


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KnownError) as refused:
        profiles.save(Profiles(), tmp_path / "file" / "servers.toml")
    assert refused.value.code == "UX103"


GOOD = Profile("a", "erp.example.com, ::1", 5432, "tenon")


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (GOOD, {}),
        (replace(GOOD, name=""), {"name": "missing"}),
        (replace(GOOD, name="b"), {"name": "taken"}),
        (replace(GOOD, host="a,,b"), {"host": "missing"}),
        (replace(GOOD, host="https://erp.example.com"), {"host": "blanks"}),
        (replace(GOOD, host="a b"), {"host": "blanks"}),
        (replace(GOOD, host="a:5433"), {"host": "port_in_host"}),
        (replace(GOOD, port=65536), {"port": "port"}),
        (replace(GOOD, database=""), {"database": "missing"}),
        (replace(GOOD, sslmode="verify-ca"), {"root_certificate": "certificate"}),
        (replace(GOOD, root_certificate="/nowhere/ca.crt"), {"root_certificate": "certificate_unread"}),
        (replace(GOOD, root_certificate=__file__), {"root_certificate": "certificate_unread"}),
    ],
)
def test_what_is_entered_is_looked_at(profile: Profile, expected: dict[str, str]) -> None:
    assert profiles.complaints(profile, {"b"}) == expected
