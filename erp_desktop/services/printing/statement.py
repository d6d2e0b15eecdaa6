"""对账单, the statement: one customer's account over a period, to be compared and confirmed."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Language, Statement, StatementLine
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.pieces import Piece
from erp_desktop.services.printing.tables import Column, Place, Remark, Total, signatures, table

TITLE = Label("对账单", "STATEMENT OF ACCOUNT")


class _Entry(NamedTuple):
    line: StatementLine
    balance: Decimal


COLUMNS: tuple[Column[_Entry], ...] = (
    Column("date", labels.DATE, 21, lambda entry: figures.day(entry.line.booked_on), "center"),
    Column("document", Label("单据", "Document"), 0, lambda entry: joined(entry.line.document, entry.line.remark)),
    Column("number", labels.NUMBER, 34, lambda entry: entry.line.number),
    Column("charge", Label("应收", "Charge"), 26, lambda entry: _unless_zero(entry.line.charge), "right"),
    Column("credit", Label("已收", "Credit"), 26, lambda entry: _unless_zero(entry.line.credit), "right"),
    Column("balance", Label("余额", "Balance"), 28, lambda entry: figures.amount(entry.balance), "right"),
)


def statement(data: Statement, language: Language) -> bytes:
    """Return the statement as PDF, with the running balance after each document."""
    changes = (line.charge - line.credit for line in data.lines)
    balances = list(accumulate(changes, initial=data.opening))
    return render(
        Sheet(
            title=TITLE,
            number=data.number,
            company=data.company,
            language=language,
            left=(
                (labels.CUSTOMER, joined(data.customer.name, data.customer.code)),
                (labels.ADDRESS, data.customer.address),
                (labels.CONTACT, joined(data.customer.contact, data.customer.phone)),
            ),
            right=(
                (labels.NUMBER, data.number),
                (Label("期间", "Period"), f"{figures.day(data.from_on)} – {figures.day(data.to_on)}"),
                (Label("期初余额", "Opening"), figures.money(data.opening, data.currency)),
                (Label("期末余额", "Closing"), figures.money(balances[-1], data.currency)),
                (labels.CURRENCY, data.currency),
            ),
            body=_body(data, balances, language),
            scanned=False,
            issue=data.issue,
        )
    )


def _body(data: Statement, balances: list[Decimal], language: Language) -> list[Piece]:
    closing = balances[-1]
    foot = (
        Total(
            labels.TOTAL,
            {
                "charge": figures.amount(sum((line.charge for line in data.lines), Decimal(0))),
                "credit": figures.amount(sum((line.credit for line in data.lines), Decimal(0))),
                "balance": figures.money(closing, data.currency),
            },
        ),
        Remark(labels.CAPITALS, figures.capitals(closing, data.currency), bold=True),
        Remark(labels.REMARK, data.remark),
    )
    places = (
        Place(labels.PREPARED_BY, data.issue.prepared_by),
        Place(Label("复核", "Checked by")),
        Place(Label("客户确认（盖章）", "Customer's confirmation"), share=1.6),
    )
    entries = [_Entry(line, balance) for line, balance in zip(data.lines, balances[1:], strict=True)]
    return [*table(COLUMNS, entries, language, foot=foot, keep_foot=True), signatures(places, language)]


def _unless_zero(value: Decimal) -> str:
    return figures.amount(value) if value else ""
