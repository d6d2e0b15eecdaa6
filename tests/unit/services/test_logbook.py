"""The desktop's log."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from erp_desktop.services import logbook


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """No handler of a test stays."""
    program = logging.getLogger("erp_desktop")
    handlers, level = list(program.handlers), program.level
    yield
    for handler in set(program.handlers) - set(handlers):
        program.removeHandler(handler)
        handler.close()
    program.setLevel(level)


def test_what_the_program_tells_is_written_down(tmp_path: Path) -> None:
    file = logbook.start(tmp_path / "logs")
    assert file is not None
    logging.getLogger("erp_desktop.models").info("打开 order %d", 7)
    assert file.read_text(encoding="utf-8").endswith("INFO erp_desktop.models: 打开 order 7\n")


def test_it_stays_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "LARGEST", 1000)
    logbook.start(tmp_path)
    for number in range(200):
        logging.getLogger("erp_desktop").info("line %d", number)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == logbook.KEPT + 1
    assert max(sizes) <= 1000


def test_a_folder_that_takes_no_file_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert logbook.start(tmp_path / "file") is None
