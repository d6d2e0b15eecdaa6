"""The demo company's files: complete, consistent, plausible, and fiction."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from erp_desktop.demo.company import Company, half_up, read_company
from erp_desktop.demo.records import BomLine
from erp_desktop.resources import resource_path

FOLDER = resource_path("demo")
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
JOB_ROLES = {
    "sales_clerk",
    "sales_manager",
    "warehouse_keeper",
    "planner",
    "shop_floor_worker",
    "buyer",
    "finance",
    "after_sales",
    "executive",
    "administrator",
}
WAITED_FOR = {"WR-105N", "WR-104N", "CB-211O", "CB-204N", "DK-307O", "TB-402N", "CB-206O", "CH-502N"}
WAITED_FOR |= {"RS-603", "RS-610"}
LAST_PIECE = "CB-211N"


@pytest.fixture(scope="module")
def company() -> Company:
    return read_company()


def test_files_hold_the_rows_that_the_readme_states() -> None:
    stated = dict(re.findall(r"^\| (\w+\.csv) \| (\d+) \|", (FOLDER / "README.md").read_text("utf-8"), re.MULTILINE))
    counted = {path.name: path.read_text("utf-8").count("\n") - 1 for path in FOLDER.glob("*.csv")}
    assert counted == {name: int(rows) for name, rows in stated.items()}


def test_text_files_are_plain_utf8() -> None:
    for path in [*FOLDER.glob("*.csv"), *FOLDER.glob("*.toml")]:
        data = path.read_bytes()
        data.decode("utf-8")
        assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data and data.endswith(b"\n"), path.name


def test_each_job_role_has_one_person_and_the_clerks_are_three(company: Company) -> None:
    roles = Counter(person.job_role for person in company.people)
    assert roles == {role: 1 for role in JOB_ROLES} | {"sales_clerk": 3, "": 1}
    clerks = [person.branches for person in company.people if person.job_role == "sales_clerk"]
    assert sorted(clerks) == [("CD",), ("HZ",), ("HZ",)]


def test_names_stand_in_both_languages_and_are_not_shared(company: Company) -> None:
    for rows in (company.products, company.customers, company.suppliers, company.people):
        for language in ("name_zh", "name_en"):
            names = [getattr(row, language) for row in rows]
            assert all(names)
            if rows is not company.customers or language == "name_zh":
                assert len(set(names)) == len(names)
        assert all(re.search(r"[\u4e00-\u9fff]", row.name_zh) for row in rows)
        assert not any(re.search(r"[\u4e00-\u9fff]", row.name_en) for row in rows)


def test_standard_costs_are_material_and_labour_to_the_cent(company: Company) -> None:
    cost = {product.code: product.standard_cost for product in company.products}
    rate = {centre.code: centre.cost_per_minute for centre in company.work_centres}
    material: defaultdict[str, Decimal] = defaultdict(Decimal)
    labour: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in company.bom_lines:
        material[line.product] += line.qty / (1 - line.scrap_rate) * cost[line.component]
    for step in company.routing_steps:
        labour[step.product] += step.run_minutes_per_piece * rate[step.work_centre]
    offers = {offer.product: offer.unit_price for offer in company.supplier_products if offer.preferred}
    for product in company.products:
        if product.supply == "buy":
            assert product.standard_cost == offers[product.code]
        elif product.kind != "service":
            assert product.standard_cost == half_up(material[product.code]) + half_up(labour[product.code])


def test_list_prices_leave_a_margin_of_a_quarter_to_nearly_a_half(company: Company) -> None:
    sold = [product for product in company.products if product.kind in ("finished", "service", "set")]
    for product in sold:
        assert product.list_price is not None
        assert Decimal("0.25") <= 1 - product.standard_cost / product.list_price <= Decimal("0.45"), product.code
    assert not [p.code for p in company.products if p.list_price is not None and p not in sold]


def test_a_product_has_as_many_packages_as_cartons(company: Company) -> None:
    cartons: Counter[str] = Counter()
    for line in company.bom_lines:
        if line.component.startswith("PK-CT"):
            cartons[line.product] += int(line.qty)
    for product in company.products:
        if product.kind == "finished" and product.supply == "make":
            assert product.pieces == cartons[product.code], product.code


def test_nobody_real_is_named_by_a_number(company: Company) -> None:
    fictitious = re.compile(r"1540000\d{4}|0571-0000-0001")
    phones = [row.phone for rows in (company.customers, company.suppliers, company.orders) for row in rows if row.phone]
    assert all(fictitious.fullmatch(phone) for phone in [*phones, company.head.phone])
    assert len(set(phones)) == len(phones)
    for path in FOLDER.glob("*.csv"):
        found = re.findall(r"(?<![\w-])1[3-9]\d{9}(?!\d)", path.read_text("utf-8"))
        assert all(number.startswith("1540000") for number in found), path.name
    assert all("FICTION" in customer.tax_number for customer in company.customers if customer.tax_number)
    assert all(supplier.email.endswith(".example.com") for supplier in company.suppliers)


def test_the_year_has_its_seasons(company: Company) -> None:
    days = Counter(order.ordered_on for order in company.orders)
    months = Counter((day.year, day.month) for day in days.elements())
    assert min(days) == date(2025, 11, 1) and max(days) == company.head.as_of
    assert days.most_common(1)[0][0] == date(2025, 11, 11)
    assert months[2026, 2] < 0.6 * len(company.orders) / 13
    assert months[2026, 6] > months[2026, 5] and months[2026, 9] > months[2026, 8]


def test_old_orders_are_done_and_the_last_weeks_hold_every_state(company: Company) -> None:
    states = Counter(order.state for order in company.orders)
    assert states["completed"] > 0.8 * len(company.orders) and len(states) == 11
    for order in company.orders:
        if (company.head.as_of - order.ordered_on).days > 150:
            assert order.state in ("completed", "cancelled"), order.number


def test_orders_add_up_to_the_stated_totals(company: Company) -> None:
    assert sum(line.net for line in company.order_lines) == Decimal("21524254.50")
    assert sum(line.tax for line in company.order_lines) == Decimal("2798154.81")


def movements(company: Company) -> Iterator[tuple[date, int, str, str, Decimal]]:
    """Every move of stock: day, what comes before what on a day, warehouse, product, quantity."""
    decimals = {unit.code: unit.decimals for unit in company.units}
    step = {product.code: Decimal(1).scaleb(-decimals[product.unit]) for product in company.products}
    bom: defaultdict[str, list[BomLine]] = defaultdict(list)
    for line in company.bom_lines:
        bom[line.product].append(line)
    for stock in company.stock:
        yield date(2025, 10, 31), 0, stock.warehouse, stock.product, stock.opening_qty
    purchases = {purchase.number: purchase for purchase in company.purchases}
    for purchase_line in company.purchase_lines:
        purchase = purchases[purchase_line.number]
        if purchase.received_on:
            yield purchase.received_on, 0, purchase.warehouse, purchase_line.product, purchase_line.qty
    for batch in company.production:
        yield batch.finished_on, 1, batch.warehouse, batch.product, batch.qty
        for line in bom[batch.product]:
            used = (batch.qty * line.qty / (1 - line.scrap_rate)).quantize(step[line.component], "ROUND_CEILING")
            yield batch.finished_on, 2, "RAW", line.component, -used
    orders = {order.number: order for order in company.orders}
    for order_line in company.order_lines:
        order = orders[order_line.number]
        if order.shipped_on:
            yield order.shipped_on, 3, order.warehouse, order_line.product, -order_line.qty


def test_stock_is_never_below_zero_and_ends_as_the_readme_says(company: Company) -> None:
    on_hand: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for day, _, warehouse, product, qty in sorted(movements(company)):
        on_hand[warehouse, product] += qty
        assert on_hand[warehouse, product] >= 0, (day, warehouse, product)
    orders = {order.number: order for order in company.orders}
    free = Counter({product: qty for (warehouse, product), qty in on_hand.items() if warehouse == "FIN"})
    waiting = set()
    for line in company.order_lines:
        order = orders[line.number]
        if order.warehouse == "FIN" and order.state in ("confirmed", "in_production", "ready"):
            if order.state != "ready" and line.product in WAITED_FOR:
                waiting.add(line.product)
            else:
                free[line.product] -= line.qty
    assert waiting == WAITED_FOR
    assert {product for product, qty in free.items() if qty == 0} == WAITED_FOR
    assert free[LAST_PIECE] == 1 and min(free.values()) == 0


@pytest.mark.skipif(not (SHARED / "calendar_cn").is_dir(), reason="the shared data does not lie beside the project")
def test_calendar_agrees_with_its_source(company: Company) -> None:
    rows = (SHARED / "calendar_cn" / "cn_holidays.csv").read_text("utf-8").splitlines()
    source = {tuple(row.split(",")[:2]) for row in rows if row.startswith(("2025", "2026"))}
    assert source == {(day.day.isoformat(), day.kind) for day in company.calendar}
