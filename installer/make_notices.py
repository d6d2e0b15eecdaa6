"""Writes the table of dependencies in THIRD-PARTY-NOTICES.md from the metadata of the locked packages."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from email import message_from_string
from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"
BEGIN, END = "<!-- dependencies -->", "<!-- /dependencies -->"
# For which system and Python a package is locked that the .venv of this computer doesn't hold.
ELSEWHERE = ("--platform", "win_amd64", "--python-version", "3.12")


def locked(root: Path = ROOT) -> list[tuple[str, str]]:
    """Names and versions of the packages in requirements.lock; a package may be there in two versions."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE)


def metadata(name: str, version: str) -> Message:
    """What a package tells about itself: the installed one, or a wheel that is fetched for the purpose."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return fetched(name, version)
    text = found.read_text("METADATA")
    return message_from_string(text) if found.version == version and text else fetched(name, version)


def fetched(name: str, version: str) -> Message:
    """The metadata of a wheel that is for another system or another Python."""
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
        subprocess.run([*pip, *ELSEWHERE, "--dest", folder, f"{name}=={version}"], check=True)
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            (member,) = [each for each in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each)]
            return message_from_string(archive.read(member).decode("utf-8"))


def row(name: str, version: str) -> str:
    """One line of the table."""
    told = metadata(name, version)
    classifiers = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier", []) if "License ::" in each]
    stated = told.get("License", "").splitlines()
    licence = told.get("License-Expression") or ", ".join(classifiers) or (stated[0] if stated else "")
    if not licence:
        raise SystemExit(f"{name} {version} states no licence; look into its wheel and add the line by hand.")
    urls = {key.casefold(): url for key, url in (each.split(", ", 1) for each in told.get_all("Project-URL", []))}
    known = (urls[key] for key in ("homepage", "home", "repository", "source", "source code", "github") if key in urls)
    home = told.get("Home-page") or next(known, next(iter(urls.values()), ""))
    return f"| {told['Name']} | {version} | {licence} | {home} |"


def main() -> None:
    """Replace the table."""
    text = NOTICES.read_text(encoding="utf-8")
    rows = [row(name, version) for name, version in locked()]
    table = "\n".join(["| package | version | licence | home |", "|---|---|---|---|", *rows])
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    NOTICES.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
