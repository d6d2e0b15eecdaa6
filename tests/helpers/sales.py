"""The tests' company with passwords at its gate, and sales orders in it made by real logins."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from erp_desktop.services import sales
from erp_desktop.services.auth import make_credentials
from erp_desktop.services.db import Database
from tests.helpers.databases import Template
from tests.helpers.gate import ITERATIONS, PASSWORD, Door
from tests.helpers.personas import PEOPLE, Company

_NAMES = {"lina": ("李娜", "Li Na"), "wangqiang": ("王强", "Wang Qiang"), "manager": ("赵敏", "Zhao Min")}


@contextmanager
def open_company(template: Template) -> Iterator[tuple[Door, Company]]:
    """A copy of the tests' company whose people can log in with PASSWORD, with some stock in the finished goods."""
    with template.copy_company() as company:
        door = Door(company.database)
        door.set(iterations=ITERATIONS)
        credentials = json.dumps(make_credentials(PASSWORD, ITERATIONS))
        for person in PEOPLE:
            user = company.id_of("user", person.login)
            company.database.rows("select auth.set_credentials(%s, %s, false)", user, credentials)
        for login, (name, name_en) in _NAMES.items():
            company.database.rows(
                "update auth.users set display_name = %s, display_name_en = %s where login = %s", name, name_en, login
            )
        stock_up(company, CHAIR=40, LAMP=3)
        yield door, company


def stock_up(company: Company, **quantities: int) -> None:
    """Put quantities by product code into the finished goods store."""
    for code, qty in quantities.items():
        company.database.rows(
            "select stock.post_move(%s, %s, 'opening', %s, 'opening', 0)",
            company.id_of("product", code),
            company.id_of("warehouse", "FIN"),
            qty,
        )


def order_document(
    company: Company, lines: Sequence[tuple[str, int]], customer: str = "C1", **header: Any
) -> dict[str, Any]:
    """An order as the window sends it: (product code, quantity) lines, promised in three weeks."""
    return {
        "customer_id": company.id_of("customer", customer),
        "ordered_on": dt.date.today(),
        "promised_on": dt.date.today() + dt.timedelta(days=21),
        "warehouse_id": company.id_of("warehouse", "FIN"),
        "lines": [{"product_id": company.id_of("product", code), "qty": qty} for code, qty in lines],
    } | header


def save(database: Database, company: Company, lines: Sequence[tuple[str, int]], **header: Any) -> dict[str, Any]:
    """Enter an order; what the command returns."""
    return sales.save_order(database, document=order_document(company, lines, **header))


def submit(database: Database, company: Company, lines: Sequence[tuple[str, int]], **header: Any) -> dict[str, Any]:
    """Enter and submit an order; what the second command returns."""
    saved = save(database, company, lines, **header)
    return sales.submit_order(database, order_id=saved["id"], version=saved["version"])
