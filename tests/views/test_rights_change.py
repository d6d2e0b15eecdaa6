"""Rights that are given and taken while their owner is logged in: the server obeys at once, and the window follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from erp_desktop.views.sales.order_page import OrderPage
from erp_desktop.views.shell import Shell
from erp_desktop.views.widgets.list_page import ListPage
from tests.helpers.workplace import Workplace

WAIT = 15_000
CHANGED = "Your rights have changed. Open pages again to see what you may do now."


def give(workplace: Workplace, login: str, *roles: str) -> None:
    """The administrator makes the roles of a person exactly these."""
    with workplace.happens() as stage:
        user_id, version = stage.row("select id, version from auth.users where login = %s", login)
        stage.call("admin", "auth.set_user_roles", {"user_id": user_id, "roles": list(roles)}, version)


def opened(shell: Shell, qtbot: QtBot, code: str) -> ListPage:
    page = shell.open_screen(code)
    assert isinstance(page, ListPage)
    qtbot.waitUntil(lambda: page.model.summary is not None, timeout=WAIT)
    return page


def test_whoever_loses_a_role_loses_its_screens_at_once_and_keeps_the_others(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("buyer")
    orders, stock = (opened(shell, qtbot, code) for code in ("purchasing.orders", "stock.balances"))
    give(workplace, "buyer", "erp_stock_view_all", "erp_production_view")
    qtbot.waitUntil(lambda: shell.navigation.codes() == ["stock.balances", "production.work_orders"], timeout=WAIT)
    assert orders not in shell.pages() and stock in shell.pages()
    assert shell.open_screen("purchasing.orders") is None and not shell.may("erp_purchase_enter")
    qtbot.waitUntil(lambda: shell.listener.connected, timeout=WAIT)
    work = opened(shell, qtbot, "production.work_orders")
    assert work.model.error is None
    assert CHANGED in [toast.text for toast in shell.overlay.toasts()]
    give(workplace, "buyer", "erp_job_buyer")
    qtbot.waitUntil(lambda: "purchasing.orders" in shell.navigation.codes(), timeout=WAIT)


def test_what_was_typed_stays_on_the_screen_and_is_refused(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    shell = at_work("lina")
    page = shell.open_document("order")
    assert isinstance(page, OrderPage)
    page._set_modified(True)
    give(workplace, "lina", "erp_price_view")
    qtbot.waitUntil(lambda: shell.navigation.codes() == ["sales.products"], timeout=WAIT)
    assert page in shell.pages()
    give(workplace, "lina", "erp_job_sales_clerk")
    qtbot.waitUntil(lambda: "sales.orders" in shell.navigation.codes(), timeout=WAIT)


def test_a_changed_role_reaches_the_windows_of_those_who_have_it(
    at_work: Callable[[str], Shell], qtbot: QtBot, workplace: Workplace
) -> None:
    role: dict[str, Any] = {"title_zh": "门店主管", "title_en": "Shop lead", "department": "sales"}
    with workplace.happens() as stage:
        made = stage.call("admin", "auth.create_role", role | {"roles": ["erp_price_view"]})
    give(workplace, "stranger", made["name"])
    shell = at_work("stranger")
    assert shell.navigation.codes() == ["sales.products"]
    for contents, screens in (
        (["erp_price_view", "erp_order_view_own"], ["sales.orders", "sales.products"]),
        (["erp_stock_view_all"], ["stock.balances"]),
    ):
        with workplace.happens() as stage:
            made = stage.call("admin", "auth.save_role", role | {"id": made["id"], "roles": contents}, made["version"])
        qtbot.waitUntil(lambda screens=screens: shell.navigation.codes() == screens, timeout=WAIT)
    with workplace.happens() as stage:
        stage.call("admin", "auth.remove_role", {"id": made["id"], "take_away": True}, made["version"])
    qtbot.waitUntil(lambda: shell.navigation.codes() == [], timeout=WAIT)
