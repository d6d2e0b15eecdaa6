"""Reads workbooks in a process of their own: the window stays alive, and a damaged file ends that process only.

Run as a module it answers requests on its standard input, one pickled tuple each, until the input ends.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

import erp_desktop
from erp_desktop.services import work
from erp_desktop.services.errors import Cancelled, InvalidInput
from erp_desktop.services.importing.workbook import RowOfSheet, Workbook, damaged

MAX_MEMORY: Final = 3_000_000_000
"""Bytes that reading may take where the system lets a process limit itself."""

_AT_ONCE: Final = 500
_SHEETS, _HEADS, _ROWS, _END, _REFUSED = "sheets", "heads", "rows", "end", "refused"


class WorkbookReader:
    """The process that reads one workbook, as the program sees it. Raises InvalidInput and Cancelled."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        self._path = path
        self._process = process
        self.sheets: tuple[str, ...]
        self.visible: int
        self.sheets, self.visible = self._one(_SHEETS)

    def heads(self, count: int) -> list[list[RowOfSheet]]:
        """The first rows of each sheet."""
        found: list[list[RowOfSheet]] = self._one(_HEADS, count)
        return found

    def rows(self, sheet: str) -> Iterator[RowOfSheet]:
        """All rows of a sheet."""
        self._ask(_ROWS, sheet)
        while (portion := self._answer()) is not None:
            yield from portion

    def _one(self, *request: object) -> Any:
        self._ask(*request)
        return self._answer()

    def _ask(self, *request: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # the answer will be missing, and that is told
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        try:
            kind, *answer = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError) as error:
            if work.present().stopped:
                raise Cancelled() from error
            raise damaged(self._path, f"the reader ended with {self._process.wait()}") from error
        if kind == _REFUSED:
            code, params, message = answer
            raise InvalidInput(code, params, message=message)
        return None if kind == _END else answer[0]


@contextmanager
def opened(path: Path) -> Iterator[WorkbookReader]:
    """A reader of the workbook; its process is gone after the block, or at once when the work is cancelled."""
    present = work.present()
    if present.stopped:
        raise Cancelled()
    root = str(Path(erp_desktop.__file__).resolve().parent.parent)
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": paths},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        with present.cancellable(process.kill):
            yield WorkbookReader(path, process)
    finally:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        process.wait()


def _serve(path: Path, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer requests until there are no more, or the workbook proves to be unreadable."""
    try:
        book = Workbook(path)
        while True:
            try:
                request = pickle.load(requests)
            except EOFError:
                return
            for answer in _answers(book, *request):
                pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()
    except InvalidInput as error:
        pickle.dump((_REFUSED, error.code, error.params, error.message), answers)
        answers.flush()


def _answers(book: Workbook, kind: str, *arguments: Any) -> Iterator[tuple[Any, ...]]:
    if kind == _SHEETS:
        yield kind, book.sheets()
    elif kind == _HEADS:
        yield kind, [list(islice(book.rows(sheet), arguments[0])) for sheet in book.sheets()[0]]
    else:
        rows = book.rows(arguments[0])
        while portion := list(islice(rows, _AT_ONCE)):
            yield kind, portion
        yield (_END,)


def _limit_memory() -> None:
    """Where the system can, let a file that claims to be huge fail at once instead of filling the machine."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    _serve(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
