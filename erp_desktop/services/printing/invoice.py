"""销售发票, the commercial invoice: what is owed, the tax in it, until when and to which account."""

from __future__ import annotations

from decimal import Decimal

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Invoice, InvoiceLine, Language
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

TITLE = Label("销售发票", "COMMERCIAL INVOICE")
CREDIT_NOTE = Label("红字发票", "CREDIT NOTE")
COLUMNS: tuple[Column[InvoiceLine], ...] = (
    Column("item", labels.ITEM, 0, lambda line: Cell(line.product_name, joined(line.product_code, line.specification))),
    Column("unit", labels.UNIT, 10, lambda line: line.unit, "center"),
    Column("qty", labels.QTY, 15, lambda line: figures.quantity(line.qty), "right"),
    Column("price", labels.PRICE, 19, lambda line: figures.price(line.unit_price), "right"),
    Column("net", Label("不含税金额", "Net"), 23, lambda line: figures.amount(line.net), "right"),
    Column("rate", labels.TAX_RATE, 12, lambda line: figures.percent(line.tax_rate), "right", optional=True),
    Column("tax", labels.TAX, 18, lambda line: figures.amount(line.tax), "right"),
    Column("gross", Label("价税合计", "Gross"), 24, lambda line: figures.amount(line.gross), "right"),
    Column("remark", labels.REMARK, 16, lambda line: line.remark, optional=True),
)


def invoice(data: Invoice, language: Language) -> bytes:
    """Return the invoice as PDF; one with a negative total is titled a credit note."""
    gross = sum((line.gross for line in data.lines), Decimal(0))
    return render(
        Sheet(
            title=CREDIT_NOTE if gross < 0 else TITLE,
            number=data.number,
            company=data.company,
            language=language,
            left=(
                (labels.CUSTOMER, joined(data.customer.name, data.customer.code)),
                (labels.TAX_NUMBER, data.customer.tax_number),
                (labels.ADDRESS, data.customer.address),
                (labels.CONTACT, joined(data.customer.contact, data.customer.phone)),
                (labels.CUSTOMER_ORDER, data.customer_order_number),
            ),
            right=(
                (labels.NUMBER, data.number),
                (labels.DATE, figures.day(data.invoiced_on)),
                (Label("付款期限", "Due"), figures.day(data.due_on)),
                (labels.ORDER, data.order_number),
                (Label("送货单", "Delivery"), data.delivery_note_number),
                (labels.CURRENCY, data.currency),
            ),
            body=_body(data, gross, language),
            qr_text=data.qr_text,
            issue=data.issue,
        )
    )


def _body(data: Invoice, gross: Decimal, language: Language) -> list[Piece]:
    company = data.company
    payment = notes(
        (
            (Label("付款条件", "Terms"), data.terms),
            (Label("户名", "Account name"), company.name if company.bank_account else ""),
            (Label("开户行", "Bank"), company.bank_name),
            (Label("账号", "Account No."), company.bank_account),
            (Label("销方税号", "Seller's tax No."), company.tax_number),
        ),
        language,
    )
    places = (
        Place(Label("开票", "Issued by"), data.issue.prepared_by),
        Place(Label("复核", "Checked by")),
        Place(Label("销方（盖章）", "Seller's stamp"), share=1.6),
    )
    return [
        *table(COLUMNS, data.lines, language, foot=_foot(data, gross), keep_foot=not payment),
        *([heading(Label("付款信息", "Payment"), language)] if payment else []),
        *payment,
        signatures(places, language),
    ]


def _foot(data: Invoice, gross: Decimal) -> tuple[Total | Remark, ...]:
    paid = data.paid or Decimal(0)
    # The paper speaks for who issues it, as the statement and the screens do: what we have received, what we have not.
    # Chinese customers read 已收 and 未收 on a seller's paper; 已付 and 应付 would stand in their own books.
    balance = (
        Total(Label("已收", "Paid"), {"gross": figures.amount(paid)}),
        Total(Label("未收余额", "Balance due"), {"gross": figures.money(gross - paid, data.currency)}),
    )
    return (
        Total(
            labels.TOTAL,
            {
                "net": figures.amount(sum((line.net for line in data.lines), Decimal(0))),
                "tax": figures.amount(sum((line.tax for line in data.lines), Decimal(0))),
                "gross": figures.money(gross, data.currency),
            },
        ),
        *(balance if paid else ()),
        Remark(labels.CAPITALS, figures.capitals(gross, data.currency), bold=True),
        Remark(labels.REMARK, data.remark),
    )
