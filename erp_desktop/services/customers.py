"""Customers: found by what people type, read, entered and changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, literal, select, true

from erp_desktop.schema import auth, catalog, org
from erp_desktop.schema import crm as tables
from erp_desktop.services.db import Database
from erp_desktop.services.errors import NotVisible
from erp_desktop.services.pinyin import spell

MOST_FOUND = 1000


@dataclass(frozen=True)
class Customer:
    """A customer with what an order takes over from it."""

    id: int
    code: str
    name: str
    name_en: str
    kind: str
    branch_id: int
    branch_zh: str
    branch_en: str
    owner_id: int
    owner_zh: str
    owner_en: str
    price_list_id: int
    price_list_zh: str
    price_list_en: str
    currency: str
    credit_limit: Decimal
    payment_days: int
    contact: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    tax_number: str
    is_active: bool
    version: int

    @property
    def full_address(self) -> str:
        """The address as orders are shipped to it."""
        return f"{self.province}{self.city}{self.district}{self.address}"


@dataclass(frozen=True)
class Named:
    """A branch, person or price list that can be chosen."""

    id: int
    code: str
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class CustomerChoices:
    """What can be chosen for a customer, and the price list that new ones get."""

    branches: tuple[Named, ...]
    owners: tuple[Named, ...]
    price_lists: tuple[Named, ...]
    usual_price_list_id: int | None


def _customers() -> Select[Any]:
    view = tables.customer_list
    return select(*(view.c[name] for name in Customer.__dataclass_fields__))


def load_customer(database: Database, customer_id: int) -> Customer:
    """The customer; raises NotVisible."""
    rows = database.rows(_customers().where(tables.customer_list.c.id == customer_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "customer", "id": customer_id})
    return Customer(*rows[0])


def search_customers(database: Database, text: str, limit: int, *, active: bool = True) -> list[Customer]:
    """The customers that `text` (code, names, pinyin, initials, phone) means, the best first; with no text by code."""
    view, keys = tables.customer_list, tables.customers
    typed = text.strip().casefold()
    statement = _customers().where(view.c.is_active if active else true())
    if not typed:
        return [Customer(*row) for row in database.rows(statement.order_by(view.c.code).limit(limit))]
    found = select(func.crm.search_customers(text, MOST_FOUND).column_valued("found"))
    statement = (
        statement.join(keys, keys.c.id == view.c.id)
        .where(view.c.id.in_(found))
        .order_by(
            (func.lower(view.c.code) == typed).desc(),
            (keys.c.initials == typed).desc(),
            (func.lower(view.c.name) == typed).desc(),
            func.starts_with(keys.c.initials, typed).desc(),
            func.starts_with(keys.c.pinyin, typed).desc(),
            view.c.code,
        )
        .limit(limit)
    )
    return [Customer(*row) for row in database.rows(statement)]


def find_customers(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Customers for Ctrl+K: id, name, and the code with the town."""
    found = search_customers(database, text, limit, active=False)
    return [(each.id, each.name, f"{each.code}  {each.city}".strip()) for each in found]


def customer_choices(database: Database) -> CustomerChoices:
    """The branches, active people and price lists that can be chosen for a customer."""
    branches, lists, people = org.branches, catalog.price_lists, auth.people
    return CustomerChoices(
        branches=_named(
            database,
            select(branches.c.id, branches.c.code, branches.c.name_zh, branches.c.name_en)
            .where(branches.c.is_active)
            .order_by(branches.c.code),
        ),
        owners=_named(
            database,
            select(people.c.id, literal(""), people.c.display_name, people.c.display_name_en)
            .where(people.c.is_active)
            .order_by(people.c.display_name),
        ),
        price_lists=_named(
            database,
            select(lists.c.id, lists.c.code, lists.c.name_zh, lists.c.name_en).order_by(lists.c.id),
        ),
        usual_price_list_id=database.rows(select(func.catalog.default_price_list()))[0][0],
    )


def _named(database: Database, statement: Select[Any]) -> tuple[Named, ...]:
    return tuple(Named(row[0], row[1], row[2], row[3] or row[2]) for row in database.rows(statement))


def save_customer(
    database: Database, *, document: Mapping[str, Any], version: int | None = None, request_id: UUID | None = None
) -> dict[str, Any]:
    """Enter a customer, or change the one that `document` names by id; keys as the fields of Customer.

    The pinyin and initials of the name go along, so that the customer is found by them.
    """
    spelling = spell(str(document.get("name") or ""))
    spelled = {**document, "pinyin": spelling.pinyin, "initials": spelling.initials}
    return database.call("crm.save_customer", document=spelled, version=version, request_id=request_id)
