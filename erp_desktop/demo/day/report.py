"""What the day says on standard output: a JSON object a line for each step, and a last one that sums up."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TextIO


@dataclass
class Report:
    """Collects the outcome of the steps and prints each as it comes."""

    stream: TextIO
    steps: int = 0
    failed: int = 0
    documents: list[str] = field(default_factory=list)
    screenshots: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def tell(self, step: str, who: str, document: str, seconds: float, error: str = "") -> None:
        """Print the line of one step; without an error it went well."""
        self.steps += 1
        self.failed += bool(error)
        line: dict[str, object] = {"step": step, "who": who, "document": document, "ms": round(seconds * 1000)}
        line["ok"] = not error
        if error:
            line["error"] = error
        self._print(line)

    def sum_up(self) -> int:
        """Print the last line; the exit code of the day."""
        summary = {
            "steps": self.steps,
            "failed": self.failed,
            "documents": self.documents,
            "screenshots": self.screenshots,
            "seconds": round(time.monotonic() - self.started, 1),
        }
        self._print({"summary": summary})
        return 1 if self.failed or not self.steps else 0

    def _print(self, line: dict[str, object]) -> None:
        print(json.dumps(line, ensure_ascii=False), file=self.stream, flush=True)
