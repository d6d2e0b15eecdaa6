"""送货单, the delivery note: goes with the goods and comes back signed."""

from __future__ import annotations

from decimal import Decimal

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import DeliveryNote, DeliveryNoteLine, Language
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.tables import Cell, Column, Place, Remark, Total, signatures, table

Columns = tuple[Column[DeliveryNoteLine], ...]

TITLE = Label("送货单", "DELIVERY NOTE")
GOODS: Columns = (
    Column("code", labels.CODE, 27, lambda line: line.product_code),
    Column("item", labels.ITEM, 0, lambda line: Cell(line.product_name, line.specification)),
    Column("unit", labels.UNIT, 13, lambda line: line.unit, "center"),
    Column("qty", labels.QTY, 18, lambda line: figures.quantity(line.qty), "right"),
)
PRICES: Columns = (
    Column("price", labels.PRICE, 21, lambda line: figures.price(line.unit_price), "right"),
    Column("amount", labels.AMOUNT, 26, lambda line: figures.amount(line.amount), "right"),
)
EXTRAS: Columns = (
    Column("packages", labels.PACKAGES, 15, lambda line: figures.count(line.packages), "right", optional=True),
    Column("remark", labels.REMARK, 24, lambda line: line.remark, optional=True),
)


def delivery_note(note: DeliveryNote, language: Language) -> bytes:
    """Return the delivery note as PDF; with prices it also states the total in figures and capitals."""
    columns = (*GOODS, *(PRICES if note.with_prices else ()), *EXTRAS)
    places = (
        Place(labels.PREPARED_BY, note.issue.prepared_by),
        Place(Label("仓库", "Warehouse")),
        Place(Label("司机", "Driver")),
        Place(Label("客户签收（盖章）", "Received by"), share=1.6),
    )
    body = [
        *table(columns, note.lines, language, foot=_foot(note), keep_foot=True),
        signatures(places, language),
    ]
    return render(
        Sheet(
            title=TITLE,
            number=note.number,
            company=note.company,
            language=language,
            left=(
                (labels.CUSTOMER, joined(note.customer.name, note.customer.code)),
                (Label("送货地址", "Ship to"), note.ship_to or note.customer.address),
                (labels.CONTACT, joined(note.contact or note.customer.contact, note.phone or note.customer.phone)),
                (labels.CUSTOMER_ORDER, note.customer_order_number),
                (Label("承运", "Carrier"), joined(note.carrier, note.vehicle)),
            ),
            right=(
                (labels.NUMBER, note.number),
                (labels.DATE, figures.day(note.shipped_on)),
                (labels.ORDER, note.order_number),
                (Label("仓库", "Warehouse"), note.warehouse),
                (labels.PACKAGES, figures.count(note.packages)),
            ),
            body=body,
            qr_text=note.qr_text,
            issue=note.issue,
        )
    )


def _foot(note: DeliveryNote) -> tuple[Total | Remark, ...]:
    totals = {"qty": figures.total_by_unit((line.qty, line.unit) for line in note.lines)}
    boxes = [line.packages for line in note.lines if line.packages is not None]
    totals["packages"] = figures.count(sum(boxes)) if boxes else ""
    capitals = ""
    if note.with_prices:
        amount = sum((line.amount for line in note.lines if line.amount is not None), Decimal(0))
        totals["amount"] = figures.money(amount, note.currency)
        capitals = figures.capitals(amount, note.currency)
    return (
        Total(labels.TOTAL, totals),
        Remark(labels.CAPITALS, capitals, bold=True),
        Remark(labels.REMARK, note.remark),
    )
