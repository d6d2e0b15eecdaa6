"""Where the files that ship with the program lie: fonts, icons, styles, translations, sentences, the demo company."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def resource_root() -> Path:
    """The folder `resources`: in the package when installed, beside it in a checkout, or as TENON_RESOURCES says."""
    told = os.environ.get("TENON_RESOURCES")
    package = Path(__file__).resolve().parent
    candidates = [Path(told)] if told else [package / "_resources", package.parent / "resources"]
    for folder in candidates:
        if (folder / "styles").is_dir():
            return folder
    raise FileNotFoundError(f"The program's files are missing ({candidates[0]}); install the program again.")


def resource_path(*parts: str) -> Path:
    """The path of one file, for example `resource_path("fonts", "OFL.txt")`; it need not exist."""
    return resource_root().joinpath(*parts)


@cache
def guide_root() -> Path:
    """The folder of the user's guide: among the program's files when installed, `docs/guide` in a checkout."""
    shipped = resource_path("guide")
    return shipped if shipped.is_dir() else Path(__file__).resolve().parent.parent / "docs" / "guide"
