"""Tells what came of a step that was wanted for several orders at once."""

from __future__ import annotations

from PySide6.QtCore import QObject

from erp_desktop.models.bridge import bridge
from erp_desktop.services.sales import Outcome
from erp_desktop.views import errors

MOST_REASONS = 3


class OutcomeTeller(QObject):
    """Says how many orders took the step, and of the others which and why."""

    def tell(self, outcome: Outcome, all_done: str) -> None:
        """Show `all_done` (already translated) when every order took the step, else a warning that names the others."""
        if not outcome.refused:
            bridge.success(all_done)
            return
        reasons = [
            self.tr("{number}: {reason}").format(number=number, reason=errors.sentence(error))
            for number, error in outcome.refused[:MOST_REASONS]
        ]
        if len(outcome.refused) > MOST_REASONS:
            reasons.append(self.tr("… and {count} more").format(count=len(outcome.refused) - MOST_REASONS))
        heading = self.tr("Done: {done}. Refused: {refused}.").format(
            done=len(outcome.done), refused=len(outcome.refused)
        )
        bridge.warning("\n".join([heading, *reasons]))
