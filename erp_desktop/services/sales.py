"""Sales orders: what their window and lists read, and the commands that sales people give."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from erp_desktop.schema import org
from erp_desktop.schema import sales as tables
from erp_desktop.schema import workflow as steps
from erp_desktop.services import documents, printing, work
from erp_desktop.services.db import Database
from erp_desktop.services.errors import Cancelled, ConnectionLost, KnownError, NotVisible
from erp_desktop.services.printing import data as printed
from erp_desktop.services.printing.data import Language
from erp_desktop.services.workflow import TimelineEntry

READ_AT_ONCE = 1000


@dataclass(frozen=True)
class Stock:
    """Stock of a product in one warehouse."""

    on_hand: Decimal
    reserved: Decimal
    available: Decimal
    incoming: Decimal
    in_production: Decimal


@dataclass(frozen=True)
class OrderLine:
    """A line of an order; `stock` is that of the order's warehouse, None for what is not stocked there."""

    line_no: int
    product_id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    supply: str
    description: str
    qty: Decimal
    unit_zh: str
    unit_en: str
    decimals: int
    unit_price: Decimal
    list_price: Decimal | None
    discount_rate: Decimal
    tax_rate: Decimal
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    net_is_given: bool
    state: str
    reserved_qty: Decimal
    shipped_qty: Decimal
    delivered_qty: Decimal
    stock: Stock | None


@dataclass(frozen=True)
class Approval:
    """A decision asked for, and made unless `decision` is pending or void."""

    version: int
    level: int
    role: str
    decision: str
    comment: str
    requested_at: dt.datetime
    decided_at: dt.datetime | None
    who_zh: str
    who_en: str


@dataclass(frozen=True)
class Related:
    """A document that came out of an order; an invoice that is not issued has no number."""

    kind: str
    id: int
    number: str
    state: str


@dataclass(frozen=True)
class Comparison:
    """What an order comes to before tax by the price list of its own day, and by that of the day of submission."""

    priced_on: dt.date
    compared_on: dt.date
    net_amount: Decimal
    current_amount: Decimal


@dataclass(frozen=True)
class Order:
    """An order with all that its window shows; `actions` are the steps that its state and the person's rights allow.

    `comparison` is None before it is submitted, and when the price lists of both days say the same.
    """

    id: int
    number: str
    version: int
    state: str
    hold_reason: str | None
    return_reason: str
    customer_id: int
    customer_code: str | None
    customer_name: str
    customer_name_en: str
    customer_reference: str
    channel: str
    ordered_on: dt.date
    promised_on: dt.date
    currency: str
    price_list_id: int
    warehouse_id: int
    warehouse_zh: str
    warehouse_en: str
    branch_zh: str
    branch_en: str
    owner_zh: str
    owner_en: str
    ship_to: str
    contact: str
    phone: str
    note: str
    net_amount: Decimal
    tax_amount: Decimal
    gross_amount: Decimal
    max_discount: Decimal
    lines: tuple[OrderLine, ...]
    timeline: tuple[TimelineEntry, ...]
    approvals: tuple[Approval, ...]
    related: tuple[Related, ...]
    actions: frozenset[str]
    comparison: Comparison | None
    may_decide: bool
    is_own_work: bool


@dataclass(frozen=True)
class ApprovalLevel:
    """A level that an order needs: the people who may decide it now, without the one who asks."""

    level: int
    role: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class ApprovalPlan:
    """Who would have to approve an order, and why; `comparison` is None when the lists of both days say the same."""

    gross_amount: Decimal
    max_discount: Decimal
    comparison: Comparison | None
    over_credit: bool
    levels: tuple[ApprovalLevel, ...]


@dataclass(frozen=True)
class Warehouse:
    """A warehouse that orders can be shipped from; `branch_id` is None for one that serves all branches."""

    id: int
    code: str
    name_zh: str
    name_en: str
    kind: str
    branch_id: int | None


@dataclass(frozen=True)
class Wanted:
    """One of several orders for which the same step is wanted, as it stood in the list."""

    id: int
    number: str
    version: int
    level: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a step wanted for several orders: the numbers that took it, and those refused with the reason."""

    done: tuple[str, ...]
    refused: tuple[tuple[str, KnownError], ...]


def load_order(database: Database, order_id: int) -> Order:
    """The order with lines, stock, timeline, approvals and related documents; raises NotVisible."""
    rows = database.rows("select sales.read_order(:id)::text, sales.order_surroundings(:id)::text", id=order_id)
    order, around = (json.loads(text or "null", parse_float=Decimal) for text in rows[0])
    if order is None or around is None:
        raise NotVisible("UN001", {"document_type": "order", "id": order_id})
    return _order(order, around)


def _order(order: Mapping[str, Any], around: Mapping[str, Any]) -> Order:
    amounts = ("net_amount", "tax_amount", "gross_amount", "max_discount")
    plain = (
        *("id", "number", "version", "state", "hold_reason", "return_reason", "customer_id", "customer_code"),
        *("customer_name", "customer_name_en", "customer_reference", "channel", "currency", "price_list_id"),
        *("warehouse_id", "warehouse_zh", "warehouse_en"),
        *("branch_zh", "branch_en", "owner_zh", "owner_en", "ship_to", "contact", "phone", "note"),
    )
    values: dict[str, Any] = {name: order[name] for name in plain}
    return Order(
        **values | {name: Decimal(order[name]) for name in amounts},
        ordered_on=dt.date.fromisoformat(order["ordered_on"]),
        promised_on=dt.date.fromisoformat(order["promised_on"]),
        lines=tuple(_line(line, around["stock"].get(str(line["product_id"]))) for line in order["lines"]),
        timeline=tuple(_entry(entry) for entry in order["timeline"]),
        approvals=tuple(_approval(approval) for approval in order["approvals"]),
        related=tuple(Related(each["kind"], each["id"], each["number"], each["state"]) for each in around["related"]),
        actions=frozenset(order["actions"]),
        comparison=_comparison(around["comparison"]),
        may_decide=around["may_decide"],
        is_own_work=around["is_own_work"],
    )


def _line(line: Mapping[str, Any], stock: Mapping[str, Any] | None) -> OrderLine:
    plain = (
        *("line_no", "product_id", "code", "name_zh", "name_en", "specification", "supply", "description"),
        *("unit_zh", "unit_en", "decimals", "net_is_given", "state"),
    )
    numbers = (
        *("qty", "unit_price", "discount_rate", "tax_rate", "net_amount", "tax_amount", "gross_amount"),
        *("reserved_qty", "shipped_qty", "delivered_qty"),
    )
    none = dict.fromkeys(("on_hand", "reserved", "available", "incoming", "in_production"), 0)
    figures = {name: Decimal(value) for name, value in (stock or none).items()}
    values: dict[str, Any] = {name: line[name] for name in plain}
    return OrderLine(
        **values | {name: Decimal(line[name]) for name in numbers},
        list_price=None if line["list_price"] is None else Decimal(line["list_price"]),
        stock=None if line["supply"] == "none" else Stock(**figures),
    )


def _comparison(found: Mapping[str, Any] | None) -> Comparison | None:
    if found is None:
        return None
    return Comparison(
        priced_on=dt.date.fromisoformat(found["priced_on"]),
        compared_on=dt.date.fromisoformat(found["compared_on"]),
        net_amount=Decimal(found["net_amount"]),
        current_amount=Decimal(found["current_amount"]),
    )


def _entry(entry: Mapping[str, Any]) -> TimelineEntry:
    return TimelineEntry(**{**entry, "at": dt.datetime.fromisoformat(entry["at"])})


def _approval(approval: Mapping[str, Any]) -> Approval:
    decided = approval["decided_at"]
    times = {
        "requested_at": dt.datetime.fromisoformat(approval["requested_at"]),
        "decided_at": None if decided is None else dt.datetime.fromisoformat(decided),
    }
    return Approval(**{**approval, **times})


def warehouses(database: Database) -> list[Warehouse]:
    """The warehouses that orders can be shipped from, in the order in which the server proposes them."""
    table = org.warehouses
    rows = database.rows(
        select(table.c.id, table.c.code, table.c.name_zh, table.c.name_en, table.c.kind, table.c.branch_id)
        .where(table.c.is_active, table.c.kind.in_(("finished", "shop")))
        .order_by(table.c.kind, table.c.branch_id.nulls_last(), table.c.id)
    )
    return [Warehouse(*row) for row in rows]


def warehouse_for(found: list[Warehouse], branch_id: int | None) -> Warehouse | None:
    """The warehouse that the server takes for an order of a branch when none is named."""
    for warehouse in found:
        if warehouse.kind == "finished" and warehouse.branch_id in (branch_id, None):
            return warehouse
    return None


def who_must_approve(database: Database, *, document: Mapping[str, Any]) -> ApprovalPlan:
    """Who would have to approve an order as `document` says it (as for `save_order`; `{"id": ...}`: a stored one)."""
    text = json.dumps(document, default=str, ensure_ascii=False)
    rows = database.rows("select sales.who_must_approve(cast(:document as jsonb))::text", document=text)
    plan = json.loads(rows[0][0], parse_float=Decimal)
    return ApprovalPlan(
        gross_amount=Decimal(plan["gross_amount"] or 0),
        max_discount=Decimal(plan["max_discount"] or 0),
        comparison=_comparison(plan["comparison"]),
        over_credit=plan["over_credit"],
        levels=tuple(ApprovalLevel(each["level"], each["role"], tuple(each["people"])) for each in plan["levels"]),
    )


def find_orders(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Orders for Ctrl+K: id, number, and the customer with the amount; the newest first."""
    view = tables.order_list
    hits = func.sales.search_orders(text, 200).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.customer_name, view.c.gross_amount)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [(row.id, row.number, f"{row.customer_name}  {row.gross_amount:,.2f}") for row in rows]


def count_my_approvals(database: Database) -> int:
    """How many orders wait for a decision of the person."""
    return int(database.rows(select(func.count()).select_from(steps.my_approvals))[0][0])


def save_order(
    database: Database, *, document: Mapping[str, Any], version: int | None = None, request_id: UUID | None = None
) -> dict[str, Any]:
    """Enter an order, or change the draft or returned one that `document` names by id; the document is the whole order.

    Keys: id, customer_id, customer_reference, ordered_on, promised_on, warehouse_id, ship_to, contact, phone, channel,
    note, lines with product_id, description, qty, unit_price, discount_rate and perhaps amount. What is None is filled
    by the server (prices from the customer's list).
    """
    return database.call("sales.save_order", document=document, version=version, request_id=request_id)


def submit_order(
    database: Database, *, order_id: int, version: int, note: str = "", request_id: UUID | None = None
) -> dict[str, Any]:
    """Submit a draft or returned order; it is confirmed at once when nobody has to approve it."""
    return _step(database, "sales.submit_order", {"id": order_id, "note": note}, version, request_id)


def approve_order(
    database: Database,
    *,
    order_id: int,
    version: int,
    level: int | None = None,
    comment: str = "",
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Approve the next level of exactly this version; the last approval confirms the order."""
    document = {"id": order_id, "comment": comment} | ({} if level is None else {"level": level})
    return _step(database, "sales.approve_order", document, version, request_id)


def return_order(
    database: Database, *, order_id: int, version: int, reason: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Send a submitted order back for correction."""
    return _step(database, "sales.return_order", {"id": order_id, "reason": reason}, version, request_id)


def cancel_order(
    database: Database, *, order_id: int, version: int, reason: str = "", request_id: UUID | None = None
) -> dict[str, Any]:
    """Cancel an order; a reason is required once it was submitted."""
    return _step(database, "sales.cancel_order", {"id": order_id, "reason": reason}, version, request_id)


def release_hold(
    database: Database, *, order_id: int, version: int, comment: str = "", request_id: UUID | None = None
) -> dict[str, Any]:
    """Release an order that is on hold."""
    return _step(database, "sales.release_hold", {"id": order_id, "comment": comment}, version, request_id)


def _step(
    database: Database, command: str, document: Mapping[str, Any], version: int, request_id: UUID | None
) -> dict[str, Any]:
    return database.call(command, document=document, version=version, request_id=request_id)


def order_pdf(database: Database, order_id: int, language: Language) -> bytes:
    """The order on paper, for the customer to confirm; raises NotVisible."""
    order = load_order(database, order_id)
    clerk = documents.in_language(language, order.owner_zh, order.owner_en)
    return printing.sales_order(
        printed.SalesOrder(
            number=order.number,
            ordered_on=order.ordered_on,
            promised_on=order.promised_on,
            company=documents.company(database),
            customer=printed.Party(name=order.customer_name, code=order.customer_code or ""),
            lines=tuple(_printed_line(line, language) for line in order.lines),
            ship_to=order.ship_to,
            contact=order.contact,
            phone=order.phone,
            customer_order_number=order.customer_reference,
            clerk=clerk,
            is_draft=order.state in ("draft", "submitted", "returned"),
            currency=order.currency,
            remark=order.note,
            qr_text=order.number,
            issue=documents.issue(database, language, prepared_by=clerk),
        ),
        language,
    )


def _printed_line(line: OrderLine, language: Language) -> printed.SalesOrderLine:
    return printed.SalesOrderLine(
        product_code=line.code,
        product_name=documents.in_language(language, line.name_zh, line.name_en),
        specification=line.specification,
        remark=line.description,
        unit=documents.in_language(language, line.unit_zh, line.unit_en),
        qty=line.qty,
        unit_price=line.unit_price,
        discount_rate=line.discount_rate or None,
        net=line.net_amount,
        tax=line.tax_amount,
        gross=line.gross_amount,
        tax_rate=line.tax_rate,
    )


def submit_each(database: Database, order_ids: Sequence[int]) -> Outcome:
    """Submit those of several orders that are drafts or returned, each for itself."""
    view = tables.order_list
    wanted: list[Wanted] = []
    for start in range(0, len(order_ids), READ_AT_ONCE):
        rows = database.rows(
            select(view.c.id, view.c.number, view.c.version)
            .where(view.c.id.in_(order_ids[start : start + READ_AT_ONCE]), view.c.state.in_(("draft", "returned")))
            .order_by(view.c.id)
        )
        wanted += [Wanted(*row) for row in rows]
    return _each(wanted, lambda each: submit_order(database, order_id=each.id, version=each.version))


def approve_each(database: Database, wanted: Sequence[Wanted], comment: str = "") -> Outcome:
    """Approve several orders, each for itself, at the level and in the version in which they were seen."""
    return _each(
        wanted,
        lambda each: approve_order(database, order_id=each.id, version=each.version, level=each.level, comment=comment),
    )


def return_each(database: Database, wanted: Sequence[Wanted], reason: str) -> Outcome:
    """Send several submitted orders back for correction with one reason."""
    return _each(wanted, lambda each: return_order(database, order_id=each.id, version=each.version, reason=reason))


def _each(wanted: Sequence[Wanted], step: Callable[[Wanted], object]) -> Outcome:
    done: list[str] = []
    refused: list[tuple[str, KnownError]] = []
    for place, each in enumerate(wanted):
        work.present().report(place, len(wanted))
        if work.present().stopped:
            break
        try:
            step(each)
        except (Cancelled, ConnectionLost):
            raise
        except KnownError as error:
            refused.append((each.number, error))
        else:
            done.append(each.number)
    return Outcome(tuple(done), tuple(refused))
