"""采购单, the purchase order: what a supplier is asked to deliver, where, when and on which terms."""

from __future__ import annotations

from decimal import Decimal

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Language, PurchaseOrder, PurchaseOrderLine
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.pieces import Piece
from erp_desktop.services.printing.tables import (
    Cell,
    Column,
    Place,
    Remark,
    Total,
    heading,
    notes,
    signatures,
    table,
)

TITLE = Label("采购单", "PURCHASE ORDER")
COLUMNS: tuple[Column[PurchaseOrderLine], ...] = (
    Column("code", labels.CODE, 25, lambda line: Cell(line.product_code, line.supplier_code)),
    Column("item", labels.ITEM, 0, lambda line: Cell(line.product_name, line.specification)),
    Column("unit", labels.UNIT, 17, lambda line: line.unit, "center"),
    Column("qty", labels.QTY, 17, lambda line: figures.quantity(line.qty), "right"),
    Column("price", labels.PRICE, 19, lambda line: figures.price(line.unit_price), "right"),
    Column("rate", labels.TAX_RATE, 12, lambda line: figures.percent(line.tax_rate), "right", optional=True),
    Column("amount", labels.AMOUNT, 25, lambda line: figures.amount(line.amount), "right"),
    Column("due", labels.DUE, 20, lambda line: figures.day(line.due_on), "center", optional=True),
    Column("remark", labels.REMARK, 18, lambda line: line.remark, optional=True),
)


def purchase_order(order: PurchaseOrder, language: Language) -> bytes:
    """Return the purchase order as PDF."""
    return render(
        Sheet(
            title=TITLE,
            number=order.number,
            company=order.company,
            language=language,
            left=(
                (Label("供应商", "Supplier"), joined(order.supplier.name, order.supplier.code)),
                (labels.ADDRESS, order.supplier.address),
                (labels.CONTACT, joined(order.supplier.contact, order.supplier.phone)),
                (Label("收货地址", "Deliver to"), order.deliver_to or order.company.address),
                (Label("收货人", "Receiver"), joined(order.contact, order.phone)),
            ),
            right=(
                (labels.NUMBER, order.number),
                (labels.DATE, figures.day(order.ordered_on)),
                (labels.DUE, figures.day(order.due_on)),
                (Label("付款条件", "Payment"), order.payment_terms),
                (Label("交货条件", "Delivery"), order.delivery_terms),
                (labels.CURRENCY, order.currency),
            ),
            body=_body(order, language),
            qr_text=order.qr_text,
            issue=order.issue,
        )
    )


def _body(order: PurchaseOrder, language: Language) -> list[Piece]:
    amount = sum((line.amount for line in order.lines), Decimal(0))
    foot = (
        Total(
            labels.TOTAL,
            {
                "qty": figures.total_by_unit(((line.qty, line.unit) for line in order.lines), most_units=1),
                "amount": figures.money(amount, order.currency),
            },
        ),
        Remark(labels.CAPITALS, figures.capitals(amount, order.currency), bold=True),
        Remark(labels.REMARK, order.remark),
    )
    conditions = [(Label(f"{index}.", ""), text) for index, text in enumerate(order.conditions, start=1)]
    places = (
        Place(Label("采购", "Buyer"), order.issue.prepared_by),
        Place(Label("批准", "Approved by")),
        Place(Label("供应商确认（盖章）", "Supplier's confirmation"), share=1.6),
    )
    return [
        *table(COLUMNS, order.lines, language, foot=foot, keep_foot=not conditions),
        *([heading(Label("条款", "Conditions"), language)] if conditions else []),
        *notes(conditions, language),
        signatures(places, language),
    ]
