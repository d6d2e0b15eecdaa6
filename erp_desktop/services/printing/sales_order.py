"""销售订单, the sales order: what was agreed with a customer, sent to be confirmed with stamp and signature."""

from __future__ import annotations

from decimal import Decimal

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Language, SalesOrder, SalesOrderLine
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.tables import Cell, Column, Place, Remark, Total, signatures, table

TITLE = Label("销售订单", "SALES ORDER")
DRAFT = Label("销售订单（草稿）", "SALES ORDER (DRAFT)")
COLUMNS: tuple[Column[SalesOrderLine], ...] = (
    Column("item", labels.ITEM, 0, lambda line: Cell(line.product_name, joined(line.product_code, line.specification))),
    Column("unit", labels.UNIT, 10, lambda line: line.unit, "center"),
    Column("qty", labels.QTY, 15, lambda line: figures.quantity(line.qty), "right"),
    Column("price", labels.PRICE, 19, lambda line: figures.price(line.unit_price), "right"),
    Column("discount", Label("折扣", "Disc."), 12, lambda line: figures.percent(line.discount_rate), "right", True),
    Column("net", Label("不含税金额", "Net"), 23, lambda line: figures.amount(line.net), "right"),
    Column("rate", labels.TAX_RATE, 12, lambda line: figures.percent(line.tax_rate), "right", optional=True),
    Column("gross", Label("价税合计", "Gross"), 24, lambda line: figures.amount(line.gross), "right"),
    Column("remark", labels.REMARK, 18, lambda line: line.remark, optional=True),
)


def sales_order(order: SalesOrder, language: Language) -> bytes:
    """Return the sales order as PDF."""
    places = (
        Place(labels.PREPARED_BY, order.issue.prepared_by),
        Place(Label("销售", "Sales"), order.clerk),
        Place(Label("客户确认（盖章）", "Confirmed by customer"), share=1.6),
    )
    body = [*table(COLUMNS, order.lines, language, foot=_foot(order), keep_foot=True), signatures(places, language)]
    return render(
        Sheet(
            title=DRAFT if order.is_draft else TITLE,
            number=order.number,
            company=order.company,
            language=language,
            left=(
                (labels.CUSTOMER, joined(order.customer.name, order.customer.code)),
                (Label("送货地址", "Ship to"), order.ship_to),
                (labels.CONTACT, joined(order.contact, order.phone)),
                (labels.CUSTOMER_ORDER, order.customer_order_number),
            ),
            right=(
                (labels.NUMBER, order.number),
                (labels.DATE, figures.day(order.ordered_on)),
                (labels.DUE, figures.day(order.promised_on)),
                (labels.CURRENCY, order.currency),
            ),
            body=body,
            qr_text=order.qr_text,
            issue=order.issue,
        )
    )


def _foot(order: SalesOrder) -> tuple[Total | Remark, ...]:
    net = sum((line.net for line in order.lines), Decimal(0))
    tax = sum((line.tax for line in order.lines), Decimal(0))
    return (
        Total(
            labels.TOTAL,
            {
                "qty": figures.total_by_unit((line.qty, line.unit) for line in order.lines),
                "net": figures.amount(net),
                "gross": figures.money(net + tax, order.currency),
            },
        ),
        Remark(labels.CAPITALS, figures.capitals(net + tax, order.currency), bold=True),
        Remark(labels.REMARK, order.remark),
    )
