"""The fields that an order can take from a file, as the person reads them, and which columns she gave them before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from erp_desktop.models import settings
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, translate
from erp_desktop.services.importing import columns

CONTEXT: Final = "ImportFields"
REMEMBERED: Final = 400
"""Headings that are kept; the oldest go first."""

_TITLES: Final[Mapping[str, str]] = {
    "customer_reference": QT_TRANSLATE_NOOP("ImportFields", "Order number"),
    "ordered_on": QT_TRANSLATE_NOOP("ImportFields", "Order date"),
    "promised_on": QT_TRANSLATE_NOOP("ImportFields", "Promised date"),
    "customer_code": QT_TRANSLATE_NOOP("ImportFields", "Customer code"),
    "customer_name": QT_TRANSLATE_NOOP("ImportFields", "Customer name"),
    "contact": QT_TRANSLATE_NOOP("ImportFields", "Recipient"),
    "phone": QT_TRANSLATE_NOOP("ImportFields", "Phone"),
    "province": QT_TRANSLATE_NOOP("ImportFields", "Province"),
    "city": QT_TRANSLATE_NOOP("ImportFields", "City"),
    "district": QT_TRANSLATE_NOOP("ImportFields", "District"),
    "address": QT_TRANSLATE_NOOP("ImportFields", "Address"),
    "note": QT_TRANSLATE_NOOP("ImportFields", "Note"),
    "currency": QT_TRANSLATE_NOOP("ImportFields", "Currency"),
    "product_code": QT_TRANSLATE_NOOP("ImportFields", "Product code"),
    "product_name": QT_TRANSLATE_NOOP("ImportFields", "Product name"),
    "category": QT_TRANSLATE_NOOP("ImportFields", "Product category"),
    "description": QT_TRANSLATE_NOOP("ImportFields", "Line description"),
    "qty": QT_TRANSLATE_NOOP("ImportFields", "Quantity"),
    "unit_price": QT_TRANSLATE_NOOP("ImportFields", "Unit price"),
    "discount_rate": QT_TRANSLATE_NOOP("ImportFields", "Discount rate"),
    "discount_amount": QT_TRANSLATE_NOOP("ImportFields", "Discount amount"),
    "amount": QT_TRANSLATE_NOOP("ImportFields", "Line amount"),
}


def fields() -> tuple[str, ...]:
    """The fields in the order in which they are offered."""
    return tuple(columns.FIELDS)


def title(field: str) -> str:
    """The translated name of a field."""
    return translate(CONTEXT, _TITLES[field])


def propose(login: str, headings: Sequence[str]) -> dict[str, int]:
    """The column of each field, as the person chose before, else as the heading says."""
    kept = settings.read(settings.import_columns(login))
    return columns.guess(headings, {heading: str(field) for heading, field in kept.items()})


def remember(login: str, headings: Sequence[str], mapping: Mapping[str, int]) -> None:
    """Keep what the person chose for the next file with such headings."""
    setting = settings.import_columns(login)
    chosen = columns.memory(headings, mapping)
    kept = {heading: field for heading, field in settings.read(setting).items() if heading not in chosen}
    newest = list({**kept, **chosen}.items())[-REMEMBERED:]
    settings.write(setting, dict(newest))
