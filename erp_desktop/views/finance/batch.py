"""Tells what came of a step that was taken for several documents of finance at once."""

from __future__ import annotations

from PySide6.QtCore import QObject

from erp_desktop.models.bridge import bridge
from erp_desktop.services.errors import KnownError
from erp_desktop.services.finance import Batch
from erp_desktop.views import errors

MOST_REASONS = 3


class BatchTeller(QObject):
    """Says that all documents took the step, or how many did not and why."""

    def tell(self, batch: Batch, all_done: str) -> None:
        """Show `all_done` (already translated), or a warning with the reasons of the refusals."""
        if not batch.refusals:
            bridge.success(all_done)
            return
        heading = self.tr("Done: {done}. Refused: {refused}.").format(done=len(batch.done), refused=len(batch.refusals))
        bridge.warning("\n".join([heading, *self._reasons(batch.refusals)]))

    def _reasons(self, refusals: tuple[KnownError, ...]) -> list[str]:
        reasons = [errors.sentence(error) for error in refusals[:MOST_REASONS]]
        if len(refusals) > MOST_REASONS:
            reasons.append(self.tr("… and {count} more").format(count=len(refusals) - MOST_REASONS))
        return reasons
