"""The demo's day as the command plays it: every step of it, its documents and pictures, and what it leaves behind."""

from __future__ import annotations

import faulthandler
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtGui import QImage

from erp_desktop.services.printing.capitals import rmb_capitals
from tests.helpers.databases import temporary_folder

pytestmark = pytest.mark.timeout(420)

LONGEST_SECONDS = 240
STEPS = (
    "the sales clerk logs in by one click",
    "the sales clerk enters an order by keyboard alone",
    "the sales clerk submits the order",
    "the sales clerk checks a workbook of orders: complaints, nothing written",
    "the sales clerk imports the corrected workbook as one batch",
    "the sales manager returns an order with a reason",
    "the sales manager approves it after the correction",
    "the executive approves the second level",
    "confirmation reserves, plans work and asks for goods",
    "the planner releases the work order",
    "the shop floor reports the pieces done",
    "the buyer orders from the supplier",
    "the warehouse receives the goods; the order becomes ready by itself",
    "the warehouse ships; open windows follow within a second",
    "finance invoices the order",
    "finance records the payment and allocates it",
    "the entries behind shipment, invoice and payment balance",
    "the executive's dashboard shows the day",
    "refused: the clerk approves her own order by SQL",
    "refused: the clerk reads another branch's order",
    "refused: the clerk reads a cost",
    "refused: the clerk reads another clerk's customer",
    "refused: the clerk changes a confirmed line",
    "refused: the clerk ships",
    "refused: the clerk posts",
    "refused: the clerk gives herself a right",
    "the stranger sees by SQL what everybody may: places, names, no business",
    "the gate's role can only try to log people in",
    "five wrong passwords lock the account",
    "the last piece is sold by two clerks at once; one gets it",
    "a killed client loses nothing that was saved",
    "the server is killed among 200 commands and keeps every acknowledged one",
    "200 commands sent again post nothing twice",
)
"""What the day must hold, in its order."""


@dataclass(frozen=True)
class Day:
    """A day that was played: what the command said and left."""

    code: int
    lines: list[dict[str, Any]]
    errors: str
    out: Path
    home: Path
    temporary: Path

    @property
    def steps(self) -> list[dict[str, Any]]:
        return self.lines[:-1]

    @property
    def summary(self) -> dict[str, Any]:
        summary: dict[str, Any] = self.lines[-1]["summary"]
        return summary

    def document(self, kind: str, language: str) -> Path:
        """The PDF of the document whose number begins with `kind`."""
        (name,) = [name for name in self.summary["documents"] if re.fullmatch(rf"{kind}\d.*-{language}\.pdf", name)]
        return self.out / name


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """The day, played once by the command, with an empty HOME and a display that doesn't answer."""
    faulthandler.cancel_dump_traceback_later()  # on a busy computer the day takes longer than a test may
    root = Path(__file__).resolve().parents[2]
    home, out = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("day") / "out"
    with temporary_folder() as temporary:
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_"))}
        environment |= {"HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(root), "LANG": "C.UTF-8"}
        environment |= {"DISPLAY": ":6055"}
        command = [sys.executable, "-m", "erp_desktop.cli", "demo", "--out", str(out)]
        done = subprocess.run(
            command, env=environment, cwd=home, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False
        )
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        yield Day(done.returncode, lines, done.stderr, out, home, temporary)


def test_every_step_is_ok(day: Day) -> None:
    assert [step for step in day.steps if not step["ok"]] == []
    assert (day.code, day.summary["failed"], day.errors) == (0, 0, "")


def test_each_line_tells_step_person_document_and_time(day: Day) -> None:
    assert day.summary["steps"] == len(day.steps)
    assert {frozenset(step) for step in day.steps} == {frozenset({"step", "who", "document", "ms", "ok"})}
    assert all(type(step["ms"]) is int and step["ms"] >= 0 and step["step"] for step in day.steps)
    assert sum(step["ms"] for step in day.steps) / 1000 <= day.summary["seconds"] + 1


def test_the_whole_day_is_played_in_its_order(day: Day) -> None:
    names = [step["step"] for step in day.steps]
    assert len(set(names)) == len(names)
    assert [name for name in names if name in STEPS] == list(STEPS)


def test_documents_and_pictures_are_there_in_both_languages(day: Day) -> None:
    names = day.summary["documents"] + day.summary["screenshots"]
    assert sorted(names) == sorted(path.name for path in day.out.iterdir())
    for language in ("zh_CN", "en"):
        for kind in ("WO", "PO", "DN", "INV"):
            assert day.document(kind, language).read_bytes().startswith(b"%PDF-")
        assert sum(name.endswith(f"-{language}.png") for name in day.summary["screenshots"]) > 25


def test_pictures_show_whole_windows_and_not_one_colour(day: Day) -> None:
    for name in day.summary["screenshots"]:
        image = QImage(str(day.out / name))
        assert image.width() >= 700 and image.height() >= 600, name
        colours = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
        assert len(colours) > 8, name


def test_the_invoice_names_its_amount_in_capitals(day: Day) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("Debian's package poppler-utils is not installed")
    paths = [day.document("INV", language) for language in ("zh_CN", "en")]
    chinese, english = (
        subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
        for path in paths
    )
    number = paths[0].name.removesuffix("-zh_CN.pdf")
    assert number in chinese and number in english
    assert "113,944.68" in chinese and "113,944.68" in english
    assert rmb_capitals(Decimal("113944.68")) in re.sub(r"\s", "", chinese)


def test_the_bar_code_of_the_delivery_note_can_be_read(day: Day, tmp_path: Path) -> None:
    if not (shutil.which("zbarimg") and shutil.which("pdftoppm")):
        pytest.skip("Debian's packages zbar-tools and poppler-utils are not installed")
    note = day.document("DN", "zh_CN")
    subprocess.run(["pdftoppm", "-r", "200", "-png", str(note), str(tmp_path / "note")], check=True)
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", *map(str, sorted(tmp_path.glob("note*.png")))],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert note.name.removesuffix("-zh_CN.pdf") in read.splitlines()


def test_nothing_is_left_behind(day: Day) -> None:
    assert list(day.temporary.iterdir()) == []
    assert [path.name for path in day.home.iterdir()] in ([], [".cache"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_day_that_is_broken_off_leaves_no_server_behind(project_root: Path, number: int) -> None:
    with temporary_folder() as temporary:
        environment = {**os.environ, "TMPDIR": str(temporary), "HOME": str(temporary / "home")}
        command = [sys.executable, "-m", "erp_desktop.cli", "demo", "--headless", "--out", str(temporary / "out")]
        program = subprocess.Popen(command, cwd=project_root, env=environment, stdout=subprocess.PIPE, text=True)
        assert program.stdout is not None
        assert json.loads(program.stdout.readline())["ok"]
        (pid_file,) = temporary.glob("tenon-day-*/demo/server/cluster/postmaster.pid")
        server = int(pid_file.read_text().splitlines()[0])
        program.send_signal(number)
        assert program.wait(60) == 128 + number
        program.stdout.close()
        assert not psutil.pid_exists(server) or psutil.Process(server).status() == psutil.STATUS_ZOMBIE
        assert list(temporary.glob("tenon-day-*")) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, project_root: Path) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "erp_desktop.cli", "demo", "--headless", "--out", str(tmp_path / "file" / "out")]
    done = subprocess.run(command, cwd=project_root, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Choose another folder: ") and done.stderr.count("\n") == 1
