"""Importing a workbook of orders: a dry run with complaints, the corrected file, one batch."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage, expect
from erp_desktop.resources import resource_path
from erp_desktop.views.sales.import_page import ImportPage
from erp_desktop.views.widgets.completer import LookupEdit

CLERK = "lina"
WEB_SHOP = "C0001"
WRONG_ROWS = {22, 77, 122, 185, 262, 263, 301, 372, 373}
ORDERS, LINES, PIECES = 200, 436, Decimal(598)
NET, TAX = Decimal("414730.30"), Decimal("53914.95")

_BATCH = """
select i.id, i.order_count, i.line_count, sum(o.net_amount), sum(o.tax_amount), count(*),
    count(*) filter (where o.state = 'draft'),
    (select sum(l.qty) from sales.order_lines l join sales.orders x on x.id = l.order_id where x.import_id = i.id)
from sales.imports i join sales.orders o on o.import_id = i.id group by i.id order by i.id desc limit 1
"""


def _page(stage: Stage) -> ImportPage:
    page = stage.desk(CLERK).page
    if not isinstance(page, ImportPage):
        raise Unexpected("the import is not in front")
    return page


def check_a_file_with_mistakes(stage: Stage) -> str:
    """The file's path is typed; the dry run names every mistake with its row, and writes nothing."""
    desk = stage.desk(CLERK)
    file = Path(shutil.copy(resource_path("demo", "import", "orders-web.xlsx"), stage.own / "orders-web.xlsx"))
    before = stage.value("select count(*) from sales.orders")
    desk.open_screen("sales.import")
    page = _page(stage)
    hands.fill(page, "File", str(file))
    hands.press("Return")
    hands.wait_until(page.panel.mapping.isVisible, "the columns show", 30)
    hands.settle()
    choose_the_web_shop()
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: page.panel.report.has_something, "the dry run tells", 60)
    hands.settle()
    desk.picture("import-complaints")
    table = page.panel.report.model
    rows = {int(table.index(row, 0).data()) for row in range(table.rowCount())}
    expect("the rows with mistakes", rows, WRONG_ROWS)
    expect("the orders after the dry run", stage.value("select count(*) from sales.orders"), before)
    stage.notes["file"] = file
    return file.name


def choose_the_web_shop() -> None:
    """Orders of people without an account belong to the collective customer of the web shop."""
    field = hands.focus()
    if not isinstance(field, LookupEdit):
        raise Unexpected(f"the customer is not asked for, but {hands.name_of(field)}")
    hands.write(WEB_SHOP)
    hands.wait_until(field.popup_open, "choices of customers")
    hands.press("Return")
    choice = hands.wait_until(field.choice, "the customer is chosen")
    expect("the customer", choice.code, WEB_SHOP)


def import_the_corrected_file(stage: Stage) -> str:
    """The same file, corrected meanwhile, is read again and committed as one batch of 200 orders."""
    desk, file = stage.desk(CLERK), stage.notes["file"]
    page = _page(stage)
    shutil.copy(resource_path("demo", "import", "orders-web-corrected.xlsx"), file)
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: page.panel.go_on_action.text().startswith("&Import"), "the corrected file is checked", 60)
    hands.settle()
    desk.picture("import-checked")
    hands.press("Ctrl+Return")
    hands.wait_until(lambda: page.tabs.currentIndex() == 1, "the batch is committed", 60)
    hands.settle()
    desk.picture("import-done")
    batch_id, orders, lines, net, tax, there, drafts, pieces = stage.row(_BATCH)
    expect("the orders of the batch", (orders, there, drafts), (ORDERS, ORDERS, ORDERS))
    expect("the lines of the batch", lines, LINES)
    expect("net and tax of the batch", (net, tax), (NET, TAX))
    expect("the pieces of the batch", pieces, PIECES)
    return f"{file.name}, {orders} orders, batch {batch_id}"


STEPS = (
    Step("the sales clerk checks a workbook of orders: complaints, nothing written", CLERK, check_a_file_with_mistakes),
    Step("the sales clerk imports the corrected workbook as one batch", CLERK, import_the_corrected_file),
)
