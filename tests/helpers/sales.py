"""Sales orders made in the tests' company by the services, with real logins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from erp_desktop.services import sales
from erp_desktop.services.db import Database
from tests.helpers.personas import Company


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
