"""The company of the benchmark: the demo's, with more branches, shops, clerks and customers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from erp_desktop.demo.company import Company
from erp_desktop.demo.records import Branch, Customer, Person, Warehouse

CLERK = "bench"
"""The clerk who sees few orders."""
MANAGER = "zhaolei"
"""The demo's sales manager, who sees those of the two branches of the demo."""
EXECUTIVE = "shenqing"
"""The demo's executive, who sees all."""

_BRANCHES = (
    ("NJ", "南京分公司", "Nanjing Branch", "江苏省南京市"),
    ("GZ", "广州分公司", "Guangzhou Branch", "广东省广州市"),
    ("WH", "武汉分公司", "Wuhan Branch", "湖北省武汉市"),
    ("XA", "西安分公司", "Xi'an Branch", "陕西省西安市"),
    ("BJ", "北京分公司", "Beijing Branch", "北京市"),
    ("SY", "沈阳分公司", "Shenyang Branch", "辽宁省沈阳市"),
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    ""
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰红梅鹏飞宇婷雪琳佳欣怡晨浩博文嘉俊子涵梓萱思远志国建春海燕云峰"
)
_FIRST = "望青朗云松雅致远和瑞鼎恒泰祥盛嘉宏锦悦舒博雅拓立新安居家合源木森林海天宇星辰晨光华明德信诚"
_TRADES = (
    "家具商行",
    "家居有限公司",
    "办公用品有限公司",
    "酒店管理有限公司",
    "装饰工程有限公司",
    "家具城",
    "贸易有限公司",
)
_STREETS = ("长河路", "丰收路", "人民路", "中山路", "解放路", "青年路", "工业大道", "滨江路", "文化路", "和平街")


@dataclass(frozen=True)
class Size:
    """How big the company is: its people and its history."""

    orders: int = 1_000_000
    lines_per_order: int = 5
    customers: int = 60_000
    clerks: int = 300
    clerk_orders: int = 5_000

    @classmethod
    def of(cls, orders: int) -> Size:
        """The size for a number of orders: that of a million orders, or a smaller one of the same shape."""
        share = min(orders / cls.orders, 1.0)
        return cls(
            orders=orders,
            customers=max(300, round(cls.customers * share)),
            clerks=max(24, round(cls.clerks * share)),
            clerk_orders=max(20, round(cls.clerk_orders * share)),
        )


def enlarge(demo: Company, size: Size, chance: random.Random) -> Company:
    """The demo company with as many clerks and customers as `size` says, eight branches, and no history."""
    branches = (*demo.branches, *(Branch(code, zh, en) for code, zh, en, _ in _BRANCHES))
    shops = tuple(
        Warehouse(
            f"SHOP{code}", zh.replace("分公司", "门店仓"), f"{en[:-7]} Shop Store", "shop", code, f"{city}门店街1号"
        )
        for code, zh, en, city in _BRANCHES
    )
    clerks = tuple(_clerks(size.clerks, [branch.code for branch in branches], chance))
    keepers = tuple(
        replace(person, warehouses=(*person.warehouses, *(shop.code for shop in shops)))
        if person.job_role == "warehouse_keeper"
        else person
        for person in demo.people
    )
    return replace(
        demo,
        branches=branches,
        warehouses=(*demo.warehouses, *shops),
        people=(*keepers, *clerks),
        customers=tuple(_customers(demo, size.customers, clerks, chance)),
        orders=(),
        order_lines=(),
        purchases=(),
        purchase_lines=(),
        production=(),
        stock=(),
    )


def _clerks(count: int, branches: list[str], chance: random.Random) -> Iterator[Person]:
    for number in range(count):
        login = CLERK if number == 0 else f"clerk{number:03d}"
        branch = branches[number % len(branches)]
        yield Person(login, _name(chance), f"Clerk {number}", "sales_clerk", (branch,), (), (), "zh")


def _customers(demo: Company, count: int, clerks: tuple[Person, ...], chance: random.Random) -> Iterator[Customer]:
    """Each branch has one customer for all orders of the web; the others are shared out among all clerks."""
    branches = sorted({clerk.branches[0] for clerk in clerks})
    for number in range(count):
        if number < len(branches):
            clerk = next(c for c in clerks if c.branches[0] == branches[number] and c.login != CLERK)
            yield _customer(demo, number, "web", clerk, chance)
        else:
            kind = chance.choices(("person", "company", "dealer"), (50, 35, 15))[0]
            yield _customer(demo, number, kind, clerks[number % len(clerks)], chance)


def _customer(demo: Company, number: int, kind: str, clerk: Person, chance: random.Random) -> Customer:
    place = chance.choice([customer for customer in demo.customers if customer.kind != "web"])
    contact = _name(chance)
    city = place.city.removesuffix("市")
    name = {
        "person": contact,
        "web": f"{clerk.branches[0]} 网上商城（散客）",
    }.get(kind, f"{city}{chance.choice(_FIRST)}{chance.choice(_FIRST)}{chance.choice(_TRADES)}")
    template = chance.choice([customer for customer in demo.customers if customer.kind == kind])
    return replace(
        template,
        code=f"C{number + 1:05d}",
        name_zh=name,
        name_en="",
        branch=clerk.branches[0],
        owner=clerk.login,
        credit_limit=Decimal(2_000_000_000) if kind == "web" else template.credit_limit,
        contact=contact,
        phone=f"154{chance.randrange(100_000_000):08d}",
        province=place.province,
        city=place.city,
        district=place.district,
        address=f"{chance.choice(_STREETS)}{chance.randrange(1, 999)}号{chance.randrange(1, 30)}幢",
        tax_number=f"9133FICTION{number:06d}" if kind in ("company", "dealer") else "",
    )


def _name(chance: random.Random) -> str:
    given = chance.choice(_GIVEN) + (chance.choice(_GIVEN) if chance.random() < 0.7 else "")
    return chance.choice(_SURNAMES) + given
