"""The printed delivery note, in the language in use."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from erp_desktop.models import i18n
from erp_desktop.services import stock
from erp_desktop.services.db import Database
from erp_desktop.services.printing.data import Language


def delivery_note_maker(database: Database, shipment_id: int) -> Callable[[], bytes]:
    """What makes the PDF of a delivery note, to be called off the GUI thread."""
    language: Language = "zh_CN" if i18n.language().startswith("zh") else "en"
    return partial(stock.delivery_note_pdf, database, shipment_id, language)
