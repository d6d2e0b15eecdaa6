"""Keeps what is typed into one document on this computer until it is saved, with what it was typed onto and sent."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self

from PySide6.QtCore import QObject, QTimer, Signal

from erp_desktop.models.drafts import Draft, DraftBox
from erp_desktop.models.sender import Open
from erp_desktop.services.calls import Call

log = logging.getLogger(__name__)

DRAFT_AFTER_MS: Final = 2000
"""What was typed is kept on this computer when nothing was typed for so long."""

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Kept:
    """Unsaved input: what was typed, the document that it was typed onto, and a command whose answer is not there."""

    typed: Typed
    base: Typed | None = None
    open: Open | None = None
    key: str = ""
    kept_at: dt.datetime = dt.datetime.min

    def record(self) -> dict[str, Any]:
        """As plain values, for the file."""
        left = self.open
        sent = None if left is None else {"call": left.call.kept(), "typed": left.typed, "leaves": left.leaves}
        return {"input": self.typed, "base": self.base, "sent": sent}

    @classmethod
    def of(cls, draft: Draft) -> Self | None:
        """What `record` returned, as it was found; None if it can't be understood."""
        try:
            sent = draft.data.get("sent")
            left = None
            if sent is not None:
                left = Open(Call.from_kept(sent["call"]), sent["typed"], leaves=tuple(sent.get("leaves", ())))
            return cls(draft.data["input"], draft.data.get("base"), left, draft.key, draft.kept_at)
        except (KeyError, TypeError, ValueError) as error:
            log.warning("The unsaved input %s can't be understood: %s", draft.key, error)
            return None


class DraftKeeper(QObject):
    """The unsaved input of one open page.

    Signals:
        due(): nothing was typed for a while, so what was typed is to be kept now.
    """

    due = Signal()

    def __init__(self, box: DraftBox, document_id: int | None, parent: QObject) -> None:
        super().__init__(parent)
        self._box = box
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_AFTER_MS)
        self._timer.timeout.connect(self.due)
        self._key = ""
        self._use(document_id)

    def expect_more(self) -> None:
        """Something was typed: keep it once the person pauses."""
        self._timer.start()

    def keep(self, kept: Kept) -> None:
        """Write it down."""
        self._timer.stop()
        self._box.keep(self._key, kept.record())

    def forget(self) -> None:
        """It is saved, or thrown away."""
        self._timer.stop()
        self._box.forget(self._key)

    def rest(self) -> None:
        """Keep nothing more for now; what is kept stays."""
        self._timer.stop()

    def move_to(self, document_id: int) -> None:
        """The document has an id now; what was kept of it without one is forgotten."""
        self.forget()
        self.leave()
        self._use(document_id)

    def leave(self) -> None:
        """The page is gone; its file stays if it was not forgotten, and another page may find it."""
        self._box.leave(self._key)

    def find(self, document_id: int | None) -> Kept | None:
        """What was kept of the document before this page opened it."""
        self.leave()
        found = self._box.find(document_id)
        self._box.take(self._key)
        return Kept.of(found) if found is not None else None

    def leave_found(self, found: Kept) -> None:
        """What was found is on the page now, which keeps it from here on."""
        if found.key != self._key:
            self._box.forget(found.key)

    def forget_found(self, found: Kept) -> None:
        """What was found is saved, or the person does not want it."""
        self._box.forget(found.key)

    def _use(self, document_id: int | None) -> None:
        self._key = self._box.key_for(document_id)
        self._box.take(self._key)
        self.destroyed.connect(partial(self._box.leave, self._key))
