"""Documents of the demo company for the tests, in any length."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from erp_desktop.services.printing.data import (
    Company,
    DeliveryNote,
    DeliveryNoteLine,
    Invoice,
    InvoiceLine,
    Issue,
    Party,
    PurchaseOrder,
    PurchaseOrderLine,
    SalesOrder,
    SalesOrderLine,
    Statement,
    StatementLine,
    TrailSeal,
    WorkOrder,
    WorkOrderMaterial,
    WorkOrderOperation,
)

COMPANY = Company(
    name="青岚家居有限公司",
    name_en="Qinglan Furniture Co., Ltd.",
    address="浙江省杭州市余杭区良渚街道莫干山路 2066 号",
    address_en="2066 Moganshan Road, Yuhang, Hangzhou",
    phone="0571-8866 2200",
    tax_number="91330110MA2KQL0X7K",
    bank_name="工商银行杭州余杭支行",
    bank_account="1202021709900123456",
)
CUSTOMER = Party(
    name="上海禾木空间设计有限公司",
    code="C-00123",
    address="上海市浦东新区碧波路 690 号 8 号楼",
    contact="王喆",
    phone="138 0013 8000",
    tax_number="91310115MA1HXX003Q",
)
ISSUE = Issue(prepared_by="李娜", printed_by="李娜", printed_at=datetime(2026, 11, 22, 10, 20))
GOODS = (
    ("QL-WD-2400", "橡木衣柜 三门 带抽屉", "2400×1600×600 mm 原木色", "套"),
    ("QL-DK-1400", "书桌 Desk “Lin”", "1400×700×750 mm", "件"),
    ("QL-CH-0001", "Dining chair, ash, woven seat with loose cushion in grey wool", "", "件"),
)


def delivery_note(count: int = 3, /, **changes: object) -> DeliveryNote:
    """A delivery note whose line n (from 1) has quantity n at 12.35."""
    goods = [GOODS[index % 3] for index in range(count)]
    fields = {
        "number": "DN2026-000123",
        "shipped_on": date(2026, 11, 22),
        "company": COMPANY,
        "customer": CUSTOMER,
        "order_number": "SO2611-00456",
        "packages": 7,
        "remark": "请核对外箱。",
        "qr_text": "https://tenon.example/dn/DN2026-000123",
        "issue": ISSUE,
        "lines": tuple(
            DeliveryNoteLine(
                product_code=code,
                product_name=name,
                specification=specification,
                unit=unit,
                qty=Decimal(index),
                unit_price=Decimal("12.35"),
                amount=Decimal("12.35") * index,
            )
            for index, (code, name, specification, unit) in enumerate(goods, start=1)
        ),
    }
    return DeliveryNote(**fields | changes)  # type: ignore[arg-type]


def invoice(**changes: object) -> Invoice:
    """An invoice over 2 × 1,280.00 and 4 × 320.00 before 13 % tax: 4,339.20."""
    code, name, specification, unit = GOODS[0]
    lines = tuple(
        InvoiceLine(
            product_code=code,
            product_name=name,
            specification=specification,
            unit=unit,
            qty=qty,
            unit_price=price,
            net=qty * price,
            tax=qty * price * Decimal("0.13"),
            gross=qty * price * Decimal("1.13"),
            tax_rate=Decimal("0.13"),
        )
        for qty, price in ((Decimal(2), Decimal("1280.00")), (Decimal(4), Decimal("320.00")))
    )
    fields = {
        "number": "INV2026-000045",
        "invoiced_on": date(2026, 11, 22),
        "due_on": date(2026, 12, 22),
        "company": COMPANY,
        "customer": CUSTOMER,
        "lines": lines,
        "terms": "月结 30 天",
        "delivery_note_number": "DN2026-000123",
        "issue": ISSUE,
    }
    return Invoice(**fields | changes)  # type: ignore[arg-type]


def sales_order(**changes: object) -> SalesOrder:
    """A sales order over 2 × 1,280.00 less 5 %, before 13 % tax: 2,748.16."""
    code, name, specification, unit = GOODS[0]
    line = SalesOrderLine(
        product_code=code,
        product_name=name,
        specification=specification,
        unit=unit,
        qty=Decimal(2),
        unit_price=Decimal("1280.00"),
        discount_rate=Decimal("0.05"),
        net=Decimal("2432.00"),
        tax=Decimal("316.16"),
        gross=Decimal("2748.16"),
        tax_rate=Decimal("0.13"),
    )
    fields = {
        "number": "SO2611-000456",
        "ordered_on": date(2026, 11, 22),
        "promised_on": date(2026, 12, 12),
        "company": COMPANY,
        "customer": CUSTOMER,
        "lines": (line,),
        "ship_to": CUSTOMER.address,
        "clerk": "李娜",
        "qr_text": "SO2611-000456",
        "issue": ISSUE,
    }
    return SalesOrder(**fields | changes)  # type: ignore[arg-type]


def purchase_order(**changes: object) -> PurchaseOrder:
    """A purchase order over 120.5 boards at 86.125: 10,378.06."""
    line = PurchaseOrderLine(
        product_code="RM-00018",
        product_name="18 mm 颗粒板 E0 暖白",
        specification="1220×2440",
        supplier_code="GX177",
        unit="张",
        qty=Decimal("120.5"),
        unit_price=Decimal("86.1250"),
        amount=Decimal("10378.06"),
        tax_rate=Decimal("0.13"),
        due_on=date(2026, 12, 1),
    )
    fields = {
        "number": "PO2026-000301",
        "ordered_on": date(2026, 11, 22),
        "company": COMPANY,
        "supplier": Party(name="浙江广厦板材有限公司", contact="周敏"),
        "lines": (line,),
        "deliver_to": "杭州原料仓 3 号门",
        "conditions": ("板材甲醛释放量须符合 E0 级。", "质量异议须在收货后 7 日内提出。"),
        "issue": ISSUE,
    }
    return PurchaseOrder(**fields | changes)  # type: ignore[arg-type]


def work_order(**changes: object) -> WorkOrder:
    """A work order with three operations and one material."""
    operations = tuple(
        WorkOrderOperation(position=10 * index, name=name, work_centre=centre, run_minutes=Decimal("36.5") * index)
        for index, (name, centre) in enumerate((("开料", "电子锯"), ("封边", "封边机"), ("包装", "包装线")), start=1)
    )
    material = WorkOrderMaterial(
        product_code="RM-00018", product_name="18 mm 橡木贴面板", qty=Decimal("12.5"), unit="张", location="A-01-2"
    )
    fields = {
        "number": "WO2026-000077",
        "company": COMPANY,
        "product_code": "QL-WD-2400",
        "product_name": "橡木衣柜 三门 带抽屉",
        "qty": Decimal(4),
        "unit": "套",
        "operations": operations,
        "materials": (material,),
        "due_on": date(2026, 12, 3),
        "remark": "门板纹理须连续。",
        "issue": ISSUE,
    }
    return WorkOrder(**fields | changes)  # type: ignore[arg-type]


def statement(**changes: object) -> Statement:
    """A statement that goes from 12,000.00 over one invoice and one payment to 10,456.78."""
    fields = {
        "number": "ST2026-10-0007",
        "from_on": date(2026, 10, 1),
        "to_on": date(2026, 10, 31),
        "company": COMPANY,
        "customer": CUSTOMER,
        "opening": Decimal(12000),
        "lines": (
            StatementLine(
                booked_on=date(2026, 10, 8), document="销售发票", number="INV2026-000031", charge=Decimal("3456.78")
            ),
            StatementLine(
                booked_on=date(2026, 10, 20), document="收款", number="RC2026-000012", credit=Decimal("5000.00")
            ),
        ),
        "issue": ISSUE,
    }
    return Statement(**fields | changes)  # type: ignore[arg-type]


def trail_seal(**changes: object) -> TrailSeal:
    """A seal of the trail."""
    digest = "".join(f"{number:02x}" for number in range(32))
    fields = {"number": 1207, "hash": digest, "sealed_at": datetime(2026, 11, 22, 10, 20), "server": "总部"}
    fields |= {"company": COMPANY, "issue": ISSUE}
    return TrailSeal(**(fields | changes))
