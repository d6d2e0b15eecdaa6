"""Writes the table of dependencies in THIRD-PARTY-NOTICES.md from the metadata of what is installed in .venv."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICES = ROOT / "THIRD-PARTY-NOTICES.md"
BEGIN, END = "<!-- dependencies -->", "<!-- /dependencies -->"


def locked(root: Path = ROOT) -> list[str]:
    """The packages of requirements.lock."""
    return re.findall(r"^([a-z0-9-]+)==", (root / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)


def row(name: str) -> str:
    """One line of the table."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:  # for another operating system
        return f"| {name} | | see its wheel | |"
    classifiers = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier") or [] if "License ::" in each]
    stated = (metadata.get("License") or "").splitlines()
    licence = metadata.get("License-Expression") or ", ".join(classifiers)
    licence = licence or (stated[0] if stated else "")
    urls = {key.casefold(): url for key, url in (each.split(", ", 1) for each in metadata.get_all("Project-URL") or [])}
    known = (urls[key] for key in ("homepage", "home", "repository", "source", "source code", "github") if key in urls)
    home = metadata.get("Home-page") or next(known, next(iter(urls.values()), ""))
    return f"| {metadata['Name']} | {metadata['Version']} | {licence or 'see its wheel'} | {home} |"


def main() -> None:
    """Replace the table."""
    text = NOTICES.read_text(encoding="utf-8")
    table = "\n".join(
        ["| package | version | licence | home |", "|---|---|---|---|", *map(row, dict.fromkeys(locked()))]
    )
    head, tail = text.split(BEGIN)[0], text.split(END)[1]
    NOTICES.write_text(f"{head}{BEGIN}\n{table}\n{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    main()
