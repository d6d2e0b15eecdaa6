"""The fields that an order can take from a file, and how the columns of a file are recognised by their headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "customer_reference": _names(
        "平台订单号, 订单号, 订单编号, 订单id, 单号, 客户单号, 外部单号, 采购单号, 合同号, "
        "order no, order number, order id, order, po number, po no, po, reference, customer reference"
    ),
    "ordered_on": _names(
        "下单日期, 订单日期, 下单时间, 订购日期, 付款时间, 日期, order date, ordered on, ordered, date"
    ),
    "promised_on": _names(
        "交货日期, 要求交期, 交期, 承诺日期, 送货日期, 发货日期, "
        "delivery date, due date, promised date, promised on, ship date, due"
    ),
    "customer_code": _names("客户编码, 客户编号, 客户代码, 客户id, customer code, customer id, customer no"),
    "customer_name": _names("客户名称, 客户全称, 客户, 买家, 购货单位, customer name, customer, buyer, client"),
    "contact": _names("收货人, 收件人, 联系人, 姓名, recipient, contact, contact person, ship to name, consignee"),
    "phone": _names("手机, 手机号, 联系电话, 收货电话, 电话, phone, mobile, telephone, tel"),
    "province": _names("省, 省份, 省自治区, province, state"),
    "city": _names("市, 城市, city, town"),
    "district": _names("区, 区县, 县区, 县, district, county"),
    "address": _names("详细地址, 收货地址, 送货地址, 地址, address, shipping address, ship to, street"),
    "note": _names("备注, 买家留言, 留言, note, notes, remark, remarks, comment"),
    "currency": _names("币种, 货币, 币别, currency"),
    "product_code": _names(
        "商品编码, 产品编码, 商品编号, 产品编号, 物料编码, 货号, 产品id, 商品id, "
        "sku, product code, item code, item no, product id, product no"
    ),
    "product_name": _names("商品名称, 产品名称, 品名, 名称, 产品, 商品, 货品, product name, item name, product, item"),
    "category": _names("商品分类, 产品类别, 类别, 分类, category"),
    "description": _names("规格, 规格型号, 说明, 描述, specification, spec, description"),
    "qty": _names("数量, 订购数量, 件数, qty, quantity, pieces"),
    "unit_price": _names("单价, 不含税单价, 价格, unit price, price"),
    "discount_rate": _names("折扣, 折扣率, discount, discount rate"),
    "discount_amount": _names("优惠, 优惠金额, 折扣额, 折扣金额, discount amount"),
    "amount": _names("金额, 销售额, 小计, 总价, amount, line total, sales, net amount, total"),
}
"""Each field with the headings it goes by, the commonest first."""

HEAD_FIELDS: Final = ("promised_on", "contact", "phone", "province", "city", "district", "address")
"""What the rows of one order must agree in, beside order number, customer and date."""

LINE_NUMBERS: Final = frozenset({"qty", "unit_price", "discount_rate", "discount_amount", "amount"})
"""What a cell that is merged over several rows states once only."""

_SHORTEST_PART: Final = 2
_SIGNS: Final = re.compile(r"[\s\W_]+")
_REMARK: Final = re.compile(r"[(\[【].*?[)\]】]")


def plain_heading(heading: str) -> str:
    """A heading as it is compared and remembered: without case, width, spaces, signs and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _SIGNS.sub("", _REMARK.sub("", text)) or _SIGNS.sub("", text)


def guess(headings: Sequence[str], remembered: Mapping[str, str] | None = None) -> dict[str, int]:
    """The column of each field that was recognised: field to place.

    `remembered` maps plain headings to fields, as the person chose before; an empty field means to leave that out.
    """
    plain = [plain_heading(heading) for heading in headings]
    chosen = remembered or {}
    found: dict[str, int] = {}
    for place, heading in enumerate(plain):
        field = chosen.get(heading, "")
        if field in FIELDS and field not in found:
            found[field] = place
    free = [place for place, heading in enumerate(plain) if heading and heading not in chosen]
    for matches in (_is, _contains):
        for field, names in _PLAIN_FIELDS.items():
            if field not in found:
                taken = set(found.values())
                hits = (place for name in names for place in free if place not in taken and matches(plain[place], name))
                hit = next(hits, None)
                if hit is not None:
                    found[field] = hit
    return found


def missing(mapping: Mapping[str, int], has_customer: bool) -> list[str]:
    """The fields without which no order can be made; `has_customer`: one customer is chosen for all orders."""
    wanted = []
    if not has_customer and not {"customer_code", "customer_name"} & mapping.keys():
        wanted.append("customer_name")
    if not {"product_code", "product_name"} & mapping.keys():
        wanted.append("product_code")
    if "qty" not in mapping:
        wanted.append("qty")
    return wanted


def memory(headings: Sequence[str], mapping: Mapping[str, int]) -> dict[str, str]:
    """What to remember of a mapping, for the next file with such headings."""
    by_place = {place: field for field, place in mapping.items()}
    return {plain_heading(heading): by_place.get(place, "") for place, heading in enumerate(headings) if heading}


def shown(field: str) -> str:
    """The name of a field for a sentence of either language: its commonest heading in both."""
    names = FIELDS[field]
    return f"{names[0]} ({next(name for name in names if name.isascii())})"


def _is(heading: str, name: str) -> bool:
    return heading == name


def _contains(heading: str, name: str) -> bool:
    return len(name) >= _SHORTEST_PART and name in heading and not (name.isascii() and len(name) < 2 * _SHORTEST_PART)


_PLAIN_FIELDS: Final = {field: tuple(map(plain_heading, names)) for field, names in FIELDS.items()}
