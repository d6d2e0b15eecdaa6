"""The printed delivery note, in the language in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.views.widgets.print_preview import printing_language


def delivery_note_maker(database: Database, shipment_id: int) -> Callable[[], bytes]:
    """What makes the PDF of a delivery note, to be called off the GUI thread."""
    return partial(stock.delivery_note_pdf, database, shipment_id, printing_language())
