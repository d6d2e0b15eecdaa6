"""The people of the tests and the small company they work for: two branches, three warehouses, two work centres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg2 import sql

if TYPE_CHECKING:
    from tests.helpers.databases import TestDatabase


@dataclass(frozen=True)
class Person:
    """One person: login, job role without its prefix (None: no job at all) and the codes of her scopes."""

    login: str
    job: str | None
    branches: tuple[str, ...] = ()
    warehouses: tuple[str, ...] = ()
    work_centres: tuple[str, ...] = ()


PEOPLE = (
    Person("lina", "sales_clerk", branches=("HZ",)),
    Person("wangqiang", "sales_clerk", branches=("HZ",)),
    Person("chen", "sales_clerk", branches=("CD",)),
    Person("manager", "sales_manager", branches=("HZ",)),
    Person("cdmanager", "sales_manager", branches=("CD",)),
    Person("executive", "executive"),
    Person("keeper", "warehouse_keeper", warehouses=("RAW", "FIN")),
    Person("shopkeeper", "warehouse_keeper", warehouses=("SHOP",)),
    Person("planner", "planner"),
    Person("worker", "shop_floor_worker", work_centres=("SAW",)),
    Person("assembler", "shop_floor_worker", work_centres=("ASM",)),
    Person("buyer", "buyer"),
    Person("finance", "finance"),
    Person("service", "after_sales"),
    Person("admin", "administrator"),
    Person("stranger", None),
)
LOGINS = tuple(person.login for person in PEOPLE)

_COMPANY = """
insert into org.currencies (code, name_zh, name_en, symbol) values ('CNY', '人民币', 'Yuan', '¥')
on conflict do nothing;
insert into org.companies (name_zh, name_en, address_zh, address_en, phone, tax_number) values
    ('试制家具有限公司', 'Trial Furniture Co., Ltd.', '杭州市余杭区试验路1号', '1 Trial Road, Hangzhou',
    '0571-0000000', '91330000TEST');
insert into org.branches (code, name_zh, name_en)
values ('HZ', '杭州分公司', 'Hangzhou'), ('CD', '成都分公司', 'Chengdu');
insert into org.warehouses (code, name_zh, name_en, kind, branch_id)
select w.code, w.name_zh, w.name_en, w.kind, b.id
from (values ('RAW', '原料仓', 'Raw material', 'raw', null), ('FIN', '成品仓', 'Finished goods', 'finished', null),
    ('SHOP', '门店仓', 'Shop', 'shop', 'HZ')) w (code, name_zh, name_en, kind, branch)
left join org.branches b on b.code = w.branch order by w.kind <> 'raw', w.code;
insert into org.work_centres (code, name_zh, name_en, minutes_per_day) values
    ('SAW', '开料锯', 'Panel saw', 480), ('ASM', '装配台', 'Assembly bench', 480);
insert into org.units (code, name_zh, name_en, decimals)
values ('PC', '件', 'piece', 0), ('SHEET', '张', 'sheet', 3)
on conflict (code) do nothing;

insert into catalog.categories (code, name_zh, name_en) values ('ALL', '全部', 'Everything');
insert into catalog.products (code, name_zh, name_en, pinyin, initials, category_id, kind, supply, unit_id, is_sold)
select p.code, p.name_zh, p.name_en, p.pinyin, p.initials, c.id, p.kind, p.supply, u.id,
    p.kind in ('finished', 'service')
from (values
    ('DESK', '书桌', 'Desk', 'shuzhuo', 'sz', 'finished', 'make', 'PC'),
    ('SHELF', '书架', 'Shelf', 'shujia', 'sj', 'finished', 'make', 'PC'),
    ('CHAIR', '餐椅', 'Chair', 'canyi', 'cy', 'finished', 'buy', 'PC'),
    ('LAMP', '台灯', 'Lamp', 'taideng', 'td', 'finished', 'buy', 'PC'),
    ('DRAWER', '抽屉', 'Drawer', 'chouti', 'ct', 'semi', 'make', 'PC'),
    ('BOARD', '板材', 'Board', 'bancai', 'bc', 'raw', 'buy', 'SHEET'),
    ('SCREW', '螺丝', 'Screw', 'luosi', 'ls', 'raw', 'buy', 'PC'),
    ('INSTALL', '安装', 'Installation', 'anzhuang', 'az', 'service', 'none', 'PC')
) p (code, name_zh, name_en, pinyin, initials, kind, supply, unit)
join org.units u on u.code = p.unit cross join catalog.categories c;
insert into catalog.product_costs (product_id, standard_cost)
select p.id, c.cost
from (values ('DESK', 310.50), ('SHELF', 95), ('CHAIR', 80.1234), ('LAMP', 45), ('DRAWER', 35.25), ('BOARD', 128),
    ('SCREW', 0.0333)) c (code, cost) join catalog.products p using (code);
insert into catalog.price_lists (code, name_zh, name_en)
values ('RETAIL', '零售价', 'Retail'), ('DEALER', '经销价', 'Dealer');
insert into catalog.prices (price_list_id, product_id, valid_from, unit_price)
select l.id, p.id, '2025-01-01', round(c.price * case l.code when 'DEALER' then 0.8 else 1 end, 4)
from (values ('DESK', 1280), ('SHELF', 460), ('CHAIR', 239.5), ('LAMP', 128), ('INSTALL', 100)) c (code, price)
join catalog.products p using (code) cross join catalog.price_lists l;

insert into production.bom_lines (product_id, line_no, component_id, qty, scrap_rate)
select p.id, b.line_no, c.id, b.qty, b.scrap_rate
from (values ('DESK', 10, 'BOARD', 0.5, 0.08), ('DESK', 20, 'DRAWER', 2, 0), ('DESK', 30, 'SCREW', 12, 0.02),
    ('DRAWER', 10, 'BOARD', 0.14, 0.08), ('DRAWER', 20, 'SCREW', 4, 0),
    ('SHELF', 10, 'BOARD', 1, 0), ('SHELF', 20, 'SCREW', 8, 0)
) b (product, line_no, component, qty, scrap_rate)
join catalog.products p on p.code = b.product join catalog.products c on c.code = b.component;
insert into production.routing_steps
    (product_id, step_no, name_zh, name_en, work_centre_id, setup_minutes, run_minutes)
select p.id, r.step_no, r.name_zh, r.name_en, w.id, r.setup, r.run
from (values ('DESK', 10, '开料', 'Cut', 'SAW', 15, 6), ('DESK', 20, '装配', 'Assemble', 'ASM', 5, 25),
    ('DRAWER', 10, '装配', 'Assemble', 'ASM', 5, 8), ('SHELF', 10, '开料', 'Cut', 'SAW', 10, 12)
) r (product, step_no, name_zh, name_en, centre, setup, run)
join catalog.products p on p.code = r.product join org.work_centres w on w.code = r.centre;

insert into purchasing.suppliers (code, name, name_en, pinyin, initials) values
    ('S1', '森泰木业', 'Sentai Wood', 'sentaimuye', 'stmy'), ('S2', '优椅家具', 'Good Chairs', 'youyijiaju', 'yyjj');
insert into purchasing.supplier_products (supplier_id, product_id, unit_price, min_qty, lead_days, is_preferred)
select s.id, p.id, x.price, x.min_qty, x.days, x.is_preferred
from (values ('S1', 'BOARD', 126.5, 20, 7, true), ('S1', 'SCREW', 0.03, 1000, 3, true),
    ('S2', 'CHAIR', 79.9, 0, 10, true), ('S1', 'CHAIR', 82, 0, 5, false)
) x (supplier, product, price, min_qty, days, is_preferred)
join purchasing.suppliers s on s.code = x.supplier join catalog.products p on p.code = x.product;
"""

_CUSTOMERS = """
insert into crm.customers (code, name, name_en, pinyin, initials, branch_id, owner_id, price_list_id,
    credit_limit, payment_days, contact, phone, address)
select c.code, c.name, c.name_en, c.pinyin, c.initials, b.id, u.id, l.id,
    1000000, 30, '王先生', '15400000000', '试验路2号'
from (values ('C1', '云山酒店', 'Yunshan Hotel', 'yunshanjiudian', 'ysjd', 'HZ', 'lina', 'RETAIL'),
    ('C2', '东湖书店', 'Donghu Books', 'donghushudian', 'dhsd', 'HZ', 'wangqiang', 'DEALER'),
    ('C3', '锦江公寓', 'Jinjiang Flats', 'jinjianggongyu', 'jjgy', 'CD', 'chen', 'RETAIL')
) c (code, name, name_en, pinyin, initials, branch, owner, list)
join org.branches b on b.code = c.branch join auth.users u on u.login = c.owner
join catalog.price_lists l on l.code = c.list
"""

_PERSON = """
with made as (
    insert into auth.users (login, display_name, display_name_en) values (%(login)s, %(login)s, %(login)s) returning *
), branches as (
    insert into auth.user_branches (user_id, branch_id)
    select m.id, b.id from made m join org.branches b on b.code = any (%(branches)s)
), warehouses as (
    insert into auth.user_warehouses (user_id, warehouse_id)
    select m.id, w.id from made m join org.warehouses w on w.code = any (%(warehouses)s)
), work_centres as (
    insert into auth.user_work_centres (user_id, work_centre_id)
    select m.id, c.id from made m join org.work_centres c on c.code = any (%(work_centres)s)
)
select auth.ensure_person_role(m::auth.users) from made m
"""

_IDS = """
select 'branch', code, id from org.branches union all select 'warehouse', code, id from org.warehouses
union all select 'work_centre', code, id from org.work_centres
union all select 'product', code, id from catalog.products
union all select 'customer', code, id from crm.customers union all select 'supplier', code, id from purchasing.suppliers
union all select 'user', login, id from auth.users union all select 'price_list', code, id from catalog.price_lists
union all select 'unit', code, id from org.units
"""


@dataclass(frozen=True)
class Company:
    """The ids of everything in the tests' company by kind and code, such as `id_of("product", "DESK")`."""

    database: TestDatabase
    ids: Mapping[tuple[str, str], int]

    @classmethod
    def read(cls, database: TestDatabase) -> Company:
        """The company of a database in which it has settled."""
        return cls(database, {(kind, code): number for kind, code, number in database.rows(_IDS)})

    def id_of(self, kind: str, code: str) -> int:
        """The id of a branch, warehouse, work_centre, product, customer, supplier, user, price_list or unit."""
        return self.ids[kind, code]


def settle(database: TestDatabase) -> None:
    """Put the tests' company and its people into an installed database."""
    connection = database.connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute("begin; set local role erp_owner")
            cursor.execute(_COMPANY)
            for person in PEOPLE:
                cursor.execute(_PERSON, _parameters(person))
                if person.job:
                    role, login = sql.Identifier(f"erp_job_{person.job}"), sql.Identifier(f"erp_u_{person.login}")
                    cursor.execute(sql.SQL("grant {} to {}").format(role, login))
            cursor.execute(_CUSTOMERS)
            cursor.execute("commit")
    finally:
        connection.close()


def _parameters(person: Person) -> dict[str, Any]:
    return {
        "login": person.login,
        "branches": list(person.branches),
        "warehouses": list(person.warehouses),
        "work_centres": list(person.work_centres),
    }
