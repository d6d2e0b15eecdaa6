"""Writes what stands before any document: the company, its people, products, prices, customers, suppliers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import uuid4

from psycopg2.extensions import cursor as Cursor

from erp_desktop.demo.books import Books
from erp_desktop.demo.logins import DemoLogin
from erp_desktop.demo.records import Customer, Person
from erp_desktop.services.passwords import make_credentials
from erp_desktop.services.pinyin import spell

_RETAIL = "RETAIL"
_KINDS = {
    "branch": "org.branches",
    "warehouse": "org.warehouses",
    "work_centre": "org.work_centres",
    "unit": "org.units",
    "category": "catalog.categories",
    "product": "catalog.products",
    "price_list": "catalog.price_lists",
    "supplier": "purchasing.suppliers",
}


def write_masters(cursor: Cursor, books: Books) -> None:
    """Write all master data except people and customers; what the installation has made already stays."""
    _write_company(cursor, books)
    _write_places(books)
    _write_catalog(books)
    _write_prices(books)
    _write_plant(books)
    _write_suppliers(books)
    books.tables.write(
        [
            *_KINDS.values(),
            "org.calendar_days",
            "catalog.product_costs",
            "catalog.prices",
            "production.bom_lines",
            "production.routing_steps",
            "purchasing.supplier_products",
        ]
    )


def write_people(cursor: Cursor, books: Books, logins: Sequence[DemoLogin]) -> None:
    """Create the accounts by the command that administrators use, and remember their ids."""
    cursor.execute("select iterations from auth.gate_settings")
    (iterations,) = cursor.fetchone() or (0,)
    # Nobody knows the passwords of the demo, so nobody could go on in place after a pause.
    cursor.execute("update auth.gate_settings set session_idle = null")
    users = books.ids.setdefault("user", {})
    for person, login in zip(books.company.people, logins, strict=True):
        document = _account(books, person) | make_credentials(login.password, iterations) | {"must_change": False}
        cursor.execute("select auth.create_user(%s, %s)", (str(uuid4()), json.dumps(document)))
        (result,) = cursor.fetchone() or ({},)
        users[person.login] = int(result["id"])


def write_customers(books: Books) -> None:
    """Write the customers with their branch, owner and price list."""
    for customer in books.company.customers:
        _remember(books, "customer", customer.code, _add_customer(books, customer))
    books.tables.write(["crm.customers"])


def _remember(books: Books, kind: str, code: str, row_id: int) -> None:
    books.ids.setdefault(kind, {})[code] = row_id


def _add(books: Books, kind: str, code: str, /, **values: object) -> None:
    """Add a row of a kind with codes, unless the installation has it already."""
    table = _KINDS[kind]
    known = books.ids.setdefault(kind, books.tables.ids(table)) if kind not in books.ids else books.ids[kind]
    if code not in known:
        known[code] = books.tables.add(table, code=code, **values)


def _write_company(cursor: Cursor, books: Books) -> None:
    head = books.company.head
    cursor.execute(
        "insert into org.currencies (code, name_zh, name_en, symbol) values (%s, '人民币', 'Renminbi', '¥')"
        " on conflict (code) do nothing",
        (head.currency,),
    )
    cursor.execute(
        "insert into org.companies (name_zh, name_en, address_zh, address_en, phone, tax_number, bank_name,"
        " bank_account, currency) values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (
            head.name_zh,
            head.name_en,
            head.address_zh,
            head.address_en,
            head.phone,
            head.tax_number,
            head.bank_name,
            head.bank_account,
            head.currency,
        ),
    )


def _write_places(books: Books) -> None:
    company = books.company
    for branch in company.branches:
        _add(books, "branch", branch.code, name_zh=branch.name_zh, name_en=branch.name_en)
    for warehouse in company.warehouses:
        _add(
            books,
            "warehouse",
            warehouse.code,
            name_zh=warehouse.name_zh,
            name_en=warehouse.name_en,
            kind=warehouse.kind,
            branch_id=books.id_of("branch", warehouse.branch) if warehouse.branch else None,
            address=warehouse.address,
        )
    for centre in company.work_centres:
        _add(
            books,
            "work_centre",
            centre.code,
            name_zh=centre.name_zh,
            name_en=centre.name_en,
            minutes_per_day=centre.machines * centre.minutes_per_day,
        )
    for unit in company.units:
        _add(books, "unit", unit.code, name_zh=unit.name_zh, name_en=unit.name_en, decimals=unit.decimals)
    for day in company.calendar:
        books.tables.add_plain(
            "org.calendar_days",
            day=day.day,
            is_working_day=day.kind == "workday",
            name_zh=day.name_zh,
            name_en=day.name_en,
        )


def _write_catalog(books: Books) -> None:
    for category in books.company.categories:
        _add(books, "category", category.code, name_zh=category.name_zh, name_en=category.name_en)
    for product in books.company.products:
        spelling = spell(product.name_zh)
        _add(
            books,
            "product",
            product.code,
            name_zh=product.name_zh,
            name_en=product.name_en,
            pinyin=spelling.pinyin,
            initials=spelling.initials,
            category_id=books.id_of("category", product.category),
            kind=product.kind,
            supply=product.supply,
            unit_id=books.id_of("unit", product.unit),
            tax_rate=product.tax_rate,
            weight_kg=product.weight_kg,
            volume_m3=product.volume_m3,
            is_sold=product.list_price is not None and product.kind != "set",
        )
        books.tables.add_plain(
            "catalog.product_costs",
            product_id=books.id_of("product", product.code),
            standard_cost=product.standard_cost,
        )


def _write_prices(books: Books) -> None:
    company = books.company
    for price_list in company.price_lists:
        _add(books, "price_list", price_list.code, name_zh=price_list.name_zh, name_en=price_list.name_en)
    first_day = min(price.valid_from for price in company.prices)
    for product in company.products:
        if product.list_price is not None:
            _add_price(books, _RETAIL, product.code, first_day, product.list_price)
    for price in company.prices:
        _add_price(books, price.price_list, price.product, price.valid_from, price.unit_price)


def _add_price(books: Books, price_list: str, product: str, valid_from: date, unit_price: Decimal) -> None:
    books.tables.add(
        "catalog.prices",
        price_list_id=books.id_of("price_list", price_list),
        product_id=books.id_of("product", product),
        valid_from=valid_from,
        unit_price=unit_price,
    )


def _write_plant(books: Books) -> None:
    line_no: Counter[str] = Counter()
    for line in books.company.bom_lines:
        line_no[line.product] += 10
        books.tables.add(
            "production.bom_lines",
            product_id=books.id_of("product", line.product),
            line_no=line_no[line.product],
            component_id=books.id_of("product", line.component),
            qty=line.qty,
            scrap_rate=line.scrap_rate,
        )
    for step in books.company.routing_steps:
        books.tables.add(
            "production.routing_steps",
            product_id=books.id_of("product", step.product),
            step_no=step.seq,
            name_zh=step.operation_zh,
            name_en=step.operation_en,
            work_centre_id=books.id_of("work_centre", step.work_centre),
            setup_minutes=step.setup_minutes,
            run_minutes=step.run_minutes_per_piece,
        )


def _write_suppliers(books: Books) -> None:
    for supplier in books.company.suppliers:
        spelling = spell(supplier.name_zh)
        _add(
            books,
            "supplier",
            supplier.code,
            name=supplier.name_zh,
            name_en=supplier.name_en,
            pinyin=spelling.pinyin,
            initials=spelling.initials,
            payment_days=supplier.payment_days,
            contact=supplier.contact,
            phone=supplier.phone,
            email=supplier.email,
            address=supplier.province + supplier.city + supplier.district + supplier.address,
        )
    for offer in books.company.supplier_products:
        books.tables.add(
            "purchasing.supplier_products",
            supplier_id=books.id_of("supplier", offer.supplier),
            product_id=books.id_of("product", offer.product),
            unit_price=offer.unit_price,
            min_qty=offer.min_qty,
            lead_days=offer.lead_days,
            is_preferred=offer.preferred,
        )


def _account(books: Books, person: Person) -> dict[str, object]:
    """The document of auth.create_user for a person, without credentials."""
    return {
        "login": person.login,
        "display_name": person.name_zh,
        "display_name_en": person.name_en,
        "language": person.language,
        "roles": [f"erp_job_{person.job_role}"] if person.job_role else [],
        "branches": [books.id_of("branch", code) for code in person.branches],
        "warehouses": [books.id_of("warehouse", code) for code in person.warehouses],
        "work_centres": [books.id_of("work_centre", code) for code in person.work_centres],
    }


def _add_customer(books: Books, customer: Customer) -> int:
    spelling = spell(customer.name_zh)
    owner_id = books.id_of("user", customer.owner)
    return books.tables.add(
        "crm.customers",
        code=customer.code,
        name=customer.name_zh,
        name_en=customer.name_en,
        pinyin=spelling.pinyin,
        initials=spelling.initials,
        kind=customer.kind,
        branch_id=books.id_of("branch", customer.branch),
        owner_id=owner_id,
        price_list_id=books.id_of("price_list", customer.price_list),
        currency=books.company.head.currency,
        credit_limit=customer.credit_limit,
        payment_days=customer.payment_days,
        contact=customer.contact,
        phone=customer.phone,
        province=customer.province,
        city=customer.city,
        district=customer.district,
        address=customer.address,
        tax_number=customer.tax_number,
        created_by=owner_id,
    )
