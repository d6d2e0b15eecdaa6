"""The checkers have nothing to say: ruff about style and layout, mypy about types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKERS = {
    "style": ("ruff", "check"),
    "layout": ("ruff", "format", "--check"),
    "types": ("mypy", "--strict"),
}


@pytest.mark.parametrize("what", CHECKERS)
@pytest.mark.timeout(400)  # the first run of mypy, which has no cache yet, on a busy computer
def test_a_checker_has_nothing_to_say(project_root: Path, what: str) -> None:
    command = [sys.executable, "-m", *CHECKERS[what]]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
