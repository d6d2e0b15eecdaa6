"""A client of its own that dies in the moment between a command that was carried out and its answer.

    python -m tests.helpers.dying_client PORT DATABASE LOGIN CUSTOMER_ID NOTE

enters an order of one chair, saves it, and is gone before the window hears of it.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from erp_desktop import app
from erp_desktop.demo.day import hands
from erp_desktop.models import i18n
from erp_desktop.services.auth import log_in
from erp_desktop.services.db import Database, Profile
from erp_desktop.views.sales.order_page import OrderPage
from tests.helpers.gate import PASSWORD

DIED = 9


def main(port: int, database: str, login: str, customer_id: int, note: str) -> None:
    """Work until death; does not return."""
    application = app.make_application()
    i18n.set_language("en")
    shell = app.open_shell(log_in(Profile("here", "127.0.0.1", port, database, "disable"), login, PASSWORD))
    page = shell.open_document("order", None, customer_id=customer_id)
    assert isinstance(page, OrderPage)
    model = page.lines
    hands.wait_until(lambda: page.header.customer.choice() is not None, "the customer is there")
    page.header.promised_on.set_typed("+10")
    page.header.note.setPlainText(note)
    model.setData(model.index(0, model.place_of("product")), "CHAIR")
    hands.wait_until(lambda: bool(model.lines()[0].get("product_id")), "the product is there")
    model.setData(model.index(0, model.place_of("qty")), "1")
    _die_after_the_next_command()
    page.save()
    application.exec()


def _die_after_the_next_command() -> None:
    give = Database.call

    def give_and_die(self: Database, *words: Any, **arguments: Any) -> dict[str, Any]:
        give(self, *words, **arguments)
        os._exit(DIED)

    Database.call = give_and_die  # type: ignore[method-assign]  # this process has no other use


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
