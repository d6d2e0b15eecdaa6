"""Finding customers and products while an order is entered, in the words of the language in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from erp_desktop.models import columns
from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, spoken
from erp_desktop.models.lookup import Choice, Lookup, LookupColumn
from erp_desktop.services.customers import Customer, search_customers
from erp_desktop.services.db import Database
from erp_desktop.services.listing import Kind, text_of
from erp_desktop.services.products import Offer, Situation, search_offers

OFFER_KEYS = (
    *("name_zh", "name_en", "unit_zh", "unit_en", "specification", "supply", "decimals"),
    *("tax_rate", "unit_price", "list_price"),
    *("on_hand", "reserved", "available", "incoming", "in_production"),
    "situation",
)
"""What a product brings along into a line of an order; `situation` says what prices and stock were asked for."""


def customer_choice(customer: Customer) -> Choice:
    """A customer as a choice; its data holds the Customer."""
    return Choice(
        customer.id,
        customer.code,
        spoken(customer.name, customer.name_en),
        (customer.city, customer.contact, customer.phone),
        {"customer": customer},
        (customer.name, customer.name_en),
    )


def offer_values(offer: Offer, situation: Situation) -> dict[str, Any]:
    """What a product brings along into a line of an order, by OFFER_KEYS."""
    return {
        "name_zh": offer.name_zh,
        "name_en": offer.name_en,
        "specification": offer.specification,
        "supply": offer.supply,
        "unit_zh": offer.unit_zh,
        "unit_en": offer.unit_en,
        "decimals": offer.decimals,
        "tax_rate": offer.tax_rate,
        "unit_price": offer.unit_price,
        "list_price": offer.unit_price,
        "on_hand": offer.on_hand,
        "reserved": offer.reserved,
        "available": offer.available,
        "incoming": offer.incoming,
        "in_production": offer.in_production,
        "situation": situation.key,
    }


def offer_choice(offer: Offer, situation: Situation) -> Choice:
    """A product as a choice, with its figures beside the name."""
    values = offer_values(offer, situation)
    return Choice(
        offer.id,
        offer.code,
        spoken(offer.name_zh, offer.name_en),
        (
            offer.specification,
            _figure(offer.unit_price, "price"),
            _figure(offer.on_hand),
            _figure(offer.reserved),
            _figure(offer.available),
            _figure(offer.incoming),
        ),
        values,
    )


def _figure(value: Decimal | None, kind: Kind = "qty") -> str:
    return "" if value is None else text_of(kind)(value)


def customer_lookup(database: Database) -> Lookup:
    """Finds customers for the header of an order."""

    def search(text: str, limit: int) -> Sequence[Choice]:
        return [customer_choice(each) for each in search_customers(database, text, limit)]

    return Lookup(search, _customer_columns)


def product_lookup(database: Database, situation: Callable[[], Situation]) -> Lookup:
    """Finds products for the lines of an order; `situation` is asked, in another thread, for what prices depend on."""

    def search(text: str, limit: int) -> Sequence[Choice]:
        asked = situation()
        return [offer_choice(each, asked) for each in search_offers(database, text, limit, asked)]

    return Lookup(search, _product_columns)


def _customer_columns() -> Sequence[LookupColumn]:
    return (
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Code")), 120),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Name")), 260),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "City")), 90),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Contact")), 90),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Phone")), 120),
    )


def _product_columns() -> Sequence[LookupColumn]:
    figures = (
        QT_TRANSLATE_NOOP("Columns", "Price"),
        QT_TRANSLATE_NOOP("Columns", "On hand"),
        QT_TRANSLATE_NOOP("Columns", "Reserved"),
        QT_TRANSLATE_NOOP("Columns", "Available"),
        QT_TRANSLATE_NOOP("Columns", "Incoming"),
    )
    return (
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Code")), 110),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Name")), 240),
        LookupColumn(columns.title(QT_TRANSLATE_NOOP("Columns", "Specification")), 110),
        *(LookupColumn(columns.title(title), 78, right=True) for title in figures),
    )
