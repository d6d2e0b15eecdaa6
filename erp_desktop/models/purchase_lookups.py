"""Finding suppliers for a product that is bought, in the words of the language in use."""

from __future__ import annotations

from collections.abc import Sequence

from erp_desktop.models import columns
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken
from erp_desktop.models.lookup import Choice, Lookup, LookupColumn
from erp_desktop.services.db import Database
from erp_desktop.services.listing import text_of
from erp_desktop.services.purchasing import Source, search_sources


def source_choice(source: Source) -> Choice:
    """A supplier as a choice, with her offer beside the name; its data holds the Source."""
    price = "" if source.unit_price is None else f"{text_of('price')(source.unit_price)} {source.currency}"
    days = "" if source.lead_days is None else str(source.lead_days)
    return Choice(
        source.supplier_id,
        source.code,
        spoken(source.name_zh, source.name_en),
        (price, days),
        {"source": source},
    )


def source_lookup(database: Database, product_id: int) -> Lookup:
    """Finds suppliers; those with an offer of the product come first."""

    def search(text: str, limit: int) -> Sequence[Choice]:
        return [source_choice(each) for each in search_sources(database, text, product_id, limit)]

    return Lookup(search, _columns)


def _columns() -> Sequence[LookupColumn]:
    return (
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Code")), 64),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Name")), 208),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Price")), 118, right=True),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Lead days")), 92, right=True),
    )
