"""The figures of the dashboard, read at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select

from erp_desktop.schema import report as views
from erp_desktop.services.db import Database

TOP = 8


@dataclass(frozen=True)
class DayOrders:
    """Orders taken on a day, with tax."""

    day: dt.date
    orders: int
    gross_amount: Decimal


@dataclass(frozen=True)
class StateFigures:
    """Orders standing in a state."""

    state: str
    orders: int
    gross_amount: Decimal


@dataclass(frozen=True)
class ProductFigures:
    """Sales of a product in the period, without tax."""

    code: str
    name_zh: str
    name_en: str
    qty: Decimal
    net_amount: Decimal


@dataclass(frozen=True)
class LateOrder:
    """An order past its promised day that is not shipped."""

    id: int
    number: str
    customer_name: str
    promised_on: dt.date
    days_late: int
    gross_amount: Decimal


@dataclass(frozen=True)
class Receivables:
    """Open invoices of one age: not_due, late_30, late_90, late_more."""

    age: str
    invoices: int
    open_amount: Decimal


@dataclass(frozen=True)
class Dashboard:
    """What the executive sees in the morning; `days` has no row for a day without orders."""

    days: tuple[DayOrders, ...]
    cash_received: Decimal | None
    states: tuple[StateFigures, ...]
    products: tuple[ProductFigures, ...]
    late: tuple[LateOrder, ...]
    late_count: int
    receivables: tuple[Receivables, ...] | None
    shipments_today: int
    approvals_pending: int
    work_orders_open: int
    purchases_open: int


def load_dashboard(database: Database, today: dt.date, days: int = 90, *, money: bool = True) -> Dashboard:
    """The figures of the last `days` days up to `today`, over what the reader may see.

    Without `money` what customers paid and owe is left out, for readers who may see neither.
    """
    since = today - dt.timedelta(days=days - 1)
    figures = database.rows(select(views.day_figures))[0]
    late_count = database.rows(select(func.count()).select_from(views.late_orders))
    return Dashboard(
        days=_days(database, since, today),
        cash_received=_cash(database, since) if money else None,
        states=tuple(StateFigures(*row) for row in database.rows(select(views.order_states))),
        products=_products(database, since, today),
        late=_late(database),
        late_count=late_count[0][0],
        receivables=_receivables(database) if money else None,
        shipments_today=figures.shipments_today,
        approvals_pending=figures.approvals_pending,
        work_orders_open=figures.work_orders_open,
        purchases_open=figures.purchases_open,
    )


def _cash(database: Database, since: dt.date) -> Decimal:
    cash = views.daily_cash
    received = database.rows(select(func.coalesce(func.sum(cash.c.amount), 0)).where(cash.c.received_on >= since))
    return Decimal(received[0][0])


def _receivables(database: Database) -> tuple[Receivables, ...]:
    return tuple(Receivables(*row) for row in database.rows(select(views.receivables)))


def _days(database: Database, since: dt.date, today: dt.date) -> tuple[DayOrders, ...]:
    view = views.daily_orders
    rows = database.rows(
        select(view.c.ordered_on, func.sum(view.c.orders), func.sum(view.c.gross_amount))
        .where(view.c.ordered_on.between(since, today))
        .group_by(view.c.ordered_on)
        .order_by(view.c.ordered_on)
    )
    return tuple(DayOrders(row[0], int(row[1]), row[2]) for row in rows)


def _products(database: Database, since: dt.date, today: dt.date) -> tuple[ProductFigures, ...]:
    view = views.product_sales
    amount = func.sum(view.c.net_amount)
    rows = database.rows(
        select(view.c.code, view.c.name_zh, view.c.name_en, func.sum(view.c.qty), amount)
        .where(view.c.ordered_on.between(since, today))
        .group_by(view.c.code, view.c.name_zh, view.c.name_en)
        .order_by(amount.desc())
        .limit(TOP)
    )
    return tuple(ProductFigures(*row) for row in rows)


def _late(database: Database) -> tuple[LateOrder, ...]:
    view = views.late_orders
    rows = database.rows(
        select(
            view.c.id, view.c.number, view.c.customer_name, view.c.promised_on, view.c.days_late, view.c.gross_amount
        )
        .order_by(view.c.promised_on, view.c.id)
        .limit(TOP)
    )
    return tuple(LateOrder(*row) for row in rows)
