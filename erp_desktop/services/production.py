"""Work orders and the shop floor: what planners and workers read, and the commands that they give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, or_, select

from erp_desktop.schema import org, sales
from erp_desktop.schema import production as tables
from erp_desktop.services import documents, printing, work, workflow
from erp_desktop.services.db import Database
from erp_desktop.services.errors import ConnectionLost, KnownError, NotVisible
from erp_desktop.services.printing import data as printed
from erp_desktop.services.printing.data import Language
from erp_desktop.services.sales import Outcome
from erp_desktop.services.workflow import TimelineEntry

MOST_OPERATIONS = 200
"""So many operations a work centre is shown; the ones due first."""
MOST_FOUND = 200
MOST_REPORTS = 20
UNDER_WAY = ("released", "in_progress")


@dataclass(frozen=True)
class Operation:
    """A step of a work order; `open_qty` pieces have arrived and wait to be worked on."""

    id: int
    step_no: int
    name_zh: str
    name_en: str
    work_centre_zh: str
    work_centre_en: str
    planned_minutes: Decimal
    arrived_qty: Decimal
    done_qty: Decimal
    scrap_qty: Decimal
    open_qty: Decimal
    state: str


@dataclass(frozen=True)
class Material:
    """A material of a work order: what is still missing of it, and what its warehouse has free or expects."""

    line_no: int
    product_id: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    supply: str
    unit_zh: str
    unit_en: str
    required_qty: Decimal
    reserved_qty: Decimal
    issued_qty: Decimal
    missing_qty: Decimal
    available_qty: Decimal
    incoming_qty: Decimal
    in_production_qty: Decimal
    warehouse_zh: str
    warehouse_en: str


@dataclass(frozen=True)
class Linked:
    """A document that a work order waits for or serves."""

    kind: str
    id: int
    number: str
    state: str


@dataclass(frozen=True)
class WorkOrder:
    """A work order with what its window shows; `actions` are the steps that its state and the person's rights allow.

    `order_id` and what belongs to it are None once the customer order is out of sight.
    """

    id: int
    number: str
    state: str
    version: int
    code: str
    name_zh: str
    name_en: str
    specification: str
    unit_zh: str
    unit_en: str
    decimals: int
    qty: Decimal
    done_qty: Decimal
    scrap_qty: Decimal
    starts_on: dt.date
    due_on: dt.date
    warehouse_zh: str
    warehouse_en: str
    order_id: int | None
    order_number: str | None
    customer_name: str | None
    promised_on: dt.date | None
    parent_id: int | None
    parent_number: str | None
    note: str
    planner_zh: str | None
    planner_en: str | None
    operations: tuple[Operation, ...]
    materials: tuple[Material, ...]
    linked: tuple[Linked, ...]
    timeline: tuple[TimelineEntry, ...]
    actions: frozenset[str]


@dataclass(frozen=True)
class WorkCentre:
    """A work centre of the person."""

    id: int
    name_zh: str
    name_en: str


@dataclass(frozen=True)
class ShopOperation:
    """An operation at a work centre of the person, as the shop floor sees it."""

    id: int
    work_order_id: int
    work_order_number: str
    step_no: int
    name_zh: str
    name_en: str
    work_centre_id: int
    work_centre_zh: str
    work_centre_en: str
    code: str
    product_zh: str
    product_en: str
    specification: str
    unit_zh: str
    unit_en: str
    decimals: int
    qty: Decimal
    arrived_qty: Decimal
    done_qty: Decimal
    scrap_qty: Decimal
    open_qty: Decimal
    due_on: dt.date


@dataclass(frozen=True)
class Report:
    """Pieces that the person has reported."""

    at: dt.datetime
    work_order_number: str
    name_zh: str
    name_en: str
    product_zh: str
    product_en: str
    good_qty: Decimal
    scrap_qty: Decimal


@dataclass(frozen=True)
class ShopFloor:
    """What the person works on: operations with pieces to work on first, then those that wait for pieces."""

    work_centres: tuple[WorkCentre, ...]
    operations: tuple[ShopOperation, ...]
    reports: tuple[Report, ...]
    good_today: Decimal
    scrap_today: Decimal


def load_work_order(database: Database, work_order_id: int) -> WorkOrder:
    """The work order with operations, materials, linked documents and timeline; raises NotVisible."""
    view = tables.work_order_list
    head = {name: view.c[name] for name in WorkOrder.__dataclass_fields__ if name in view.c}
    rows = database.rows(select(*head.values()).where(view.c.id == work_order_id))
    if not rows:
        raise NotVisible("UN001", {"document_type": "work_order", "id": work_order_id})
    values: dict[str, Any] = dict(zip(head, rows[0], strict=True))
    return WorkOrder(
        **values,
        operations=tuple(_operations(database, work_order_id)),
        materials=tuple(_materials(database, work_order_id)),
        linked=tuple(_linked(database, values)),
        timeline=tuple(workflow.timeline(database, "work_order", work_order_id)),
        actions=workflow.my_steps(database, "work_order", values["state"]),
    )


def _operations(database: Database, work_order_id: int) -> list[Operation]:
    view = tables.operation_list
    wanted = [view.c[name] for name in Operation.__dataclass_fields__]
    rows = database.rows(select(*wanted).where(view.c.work_order_id == work_order_id).order_by(view.c.step_no))
    return [Operation(*row) for row in rows]


def _materials(database: Database, work_order_id: int) -> list[Material]:
    view = tables.material_stock_list
    wanted = [view.c[name] for name in Material.__dataclass_fields__]
    rows = database.rows(select(*wanted).where(view.c.work_order_id == work_order_id).order_by(view.c.line_no))
    return [Material(*row) for row in rows]


def _linked(database: Database, head: dict[str, Any]) -> list[Linked]:
    """The customer order, the work order that needs the product, and those that make parts of it."""
    order, work_order = sales.orders_brief, tables.work_orders
    customers = database.rows(select(order.c.id, order.c.number, order.c.state).where(order.c.id == head["order_id"]))
    family = or_(work_order.c.id == head["parent_id"], work_order.c.parent_id == head["id"])
    works = database.rows(
        select(work_order.c.id, work_order.c.number, work_order.c.state).where(family).order_by(work_order.c.id)
    )
    return [Linked("order", *row) for row in customers] + [Linked("work_order", *row) for row in works]


def load_shop_floor(database: Database) -> ShopFloor:
    """The operations under way at the person's work centres, the earliest due first, and what she reported today."""
    view = tables.operation_list
    wanted = [view.c[name] for name in ShopOperation.__dataclass_fields__]
    mine = view.c.work_centre_id == func.any(func.auth.work_centre_ids())
    rows = database.rows(
        select(*wanted)
        .where(mine, view.c.work_order_state.in_(UNDER_WAY), view.c.state.in_(("waiting", "in_progress")))
        .order_by((view.c.open_qty > 0).desc(), view.c.due_on, view.c.work_order_id, view.c.step_no)
        .limit(MOST_OPERATIONS)
    )
    reports = _reports(database)
    report = tables.work_reports
    today = database.rows(
        select(
            func.coalesce(func.sum(report.c.good_qty), 0).label("good"),
            func.coalesce(func.sum(report.c.scrap_qty), 0).label("scrap"),
        ).where(report.c.user_id == func.auth.user_id(), report.c.reported_at >= func.current_date())
    )[0]
    centres = tuple(my_work_centres(database))
    return ShopFloor(centres, tuple(ShopOperation(*row) for row in rows), tuple(reports), today.good, today.scrap)


def _reports(database: Database) -> list[Report]:
    report, view = tables.work_reports, tables.operation_list
    rows = database.rows(
        select(
            report.c.reported_at,
            view.c.work_order_number,
            view.c.name_zh,
            view.c.name_en,
            view.c.product_zh,
            view.c.product_en,
            report.c.good_qty,
            report.c.scrap_qty,
        )
        .join(view, view.c.id == report.c.operation_id)
        .where(report.c.user_id == func.auth.user_id(), report.c.reported_at >= func.current_date())
        .order_by(report.c.reported_at.desc())
        .limit(MOST_REPORTS)
    )
    return [Report(*row) for row in rows]


def my_work_centres(database: Database) -> list[WorkCentre]:
    """The work centres of the person."""
    centre = org.work_centres
    rows = database.rows(
        select(centre.c.id, centre.c.name_zh, centre.c.name_en)
        .where(centre.c.id == func.any(func.auth.work_centre_ids()))
        .order_by(centre.c.id)
    )
    return [WorkCentre(*row) for row in rows]


def count_planned(database: Database) -> int:
    """How many work orders wait to be released."""
    order = tables.work_orders
    rows = database.rows(select(func.count()).select_from(order).where(order.c.state == "planned"))
    return int(rows[0][0])


def find_work_orders(database: Database, text: str, limit: int) -> list[tuple[int, str, str]]:
    """Work orders for Ctrl+K: id, number, and the product with its quantity; the newest first."""
    view = tables.work_order_list
    hits = func.production.search_work_orders(text, MOST_FOUND).column_valued("id")
    newest = select(hits).order_by(hits.desc()).limit(limit)
    found = newest.cte("found").prefix_with("MATERIALIZED")  # first these few, then what is told of them
    rows = database.rows(
        select(view.c.id, view.c.number, view.c.name_zh, view.c.name_en, view.c.qty, view.c.order_number)
        .join(found, found.c.id == view.c.id)
        .order_by(view.c.id.desc())
    )
    return [
        (row.id, row.number, f"{row.name_zh} {row.name_en} ×{row.qty.normalize():f}  {row.order_number or ''}".rstrip())
        for row in rows
    ]


def release_work_order(
    database: Database, *, work_order_id: int, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Release a planned work order to the shop floor."""
    return database.call(
        "production.release_work_order", document={"id": work_order_id}, version=version, request_id=request_id
    )


def cancel_work_order(
    database: Database, *, work_order_id: int, version: int, reason: str, request_id: UUID | None = None
) -> dict[str, Any]:
    """Cancel a work order that nobody has begun."""
    document = {"id": work_order_id, "reason": reason}
    return database.call("production.cancel_work_order", document=document, version=version, request_id=request_id)


def replan_work_order(
    database: Database, *, work_order_id: int, version: int, request_id: UUID | None = None
) -> dict[str, Any]:
    """Plan another work order in the place of a cancelled one; the result is the new one."""
    return database.call(
        "production.replan_work_order", document={"id": work_order_id}, version=version, request_id=request_id
    )


def release_work_orders(database: Database, *, ids: Sequence[int], request_id: UUID) -> Outcome:
    """Release several work orders, the ones that are parts of others first; a refusal does not stop the rest."""

    def release(work_order_id: int, version: int, own_id: UUID) -> None:
        release_work_order(database, work_order_id=work_order_id, version=version, request_id=own_id)

    return _one_by_one(database, ids, request_id, release)


def cancel_work_orders(database: Database, *, ids: Sequence[int], reason: str, request_id: UUID) -> Outcome:
    """Cancel several work orders, parts before what they are for; a refusal does not stop the rest."""

    def cancel(work_order_id: int, version: int, own_id: UUID) -> None:
        cancel_work_order(database, work_order_id=work_order_id, version=version, reason=reason, request_id=own_id)

    return _one_by_one(database, ids, request_id, cancel)


def _one_by_one(
    database: Database, ids: Sequence[int], request_id: UUID, command: Callable[[int, int, UUID], None]
) -> Outcome:
    """Give a command on each; every one has its own request id, so that the whole may be repeated after a lost line."""
    order = tables.work_orders
    # A part has a later id than the work order that needs it.
    rows = database.rows(
        select(order.c.id, order.c.number, order.c.version).where(order.c.id.in_(list(ids))).order_by(order.c.id.desc())
    )
    done, refused = [], []
    for place, row in enumerate(rows):
        work.present().report(place, len(rows))
        try:
            command(row.id, row.version, uuid5(request_id, str(row.id)))
            done.append(row.number)
        except ConnectionLost:
            raise
        except KnownError as error:
            refused.append((row.number, error))
    return Outcome(tuple(reversed(done)), tuple(reversed(refused)))


def report_work(
    database: Database,
    *,
    operation_id: int,
    good_qty: Decimal,
    scrap_qty: Decimal = Decimal(0),
    scrap_reason: str = "",
    minutes: Decimal = Decimal(0),
    request_id: UUID | None = None,
) -> dict[str, Any]:
    """Report pieces at an operation of the person's work centre."""
    document = {
        "operation_id": operation_id,
        "good_qty": good_qty,
        "scrap_qty": scrap_qty,
        "scrap_reason": scrap_reason,
        "minutes": minutes,
    }
    return database.call("production.report_work", document=document, request_id=request_id)


def work_order_data(database: Database, work_order_id: int, language: Language) -> printed.WorkOrder:
    """The work order ready to be drawn; raises NotVisible."""
    order = load_work_order(database, work_order_id)

    def say(text_zh: str | None, text_en: str | None) -> str:
        return documents.in_language(language, text_zh or "", text_en or "")

    return printed.WorkOrder(
        number=order.number,
        company=documents.company(database),
        product_code=order.code,
        product_name=say(order.name_zh, order.name_en),
        specification=order.specification,
        qty=order.qty,
        unit=say(order.unit_zh, order.unit_en),
        order_number=order.order_number or "",
        customer_name=order.customer_name or "",
        plant=say(order.warehouse_zh, order.warehouse_en),
        planned_start=order.starts_on,
        due_on=order.due_on,
        remark=order.note,
        operations=tuple(_printed_operation(each, language) for each in order.operations),
        materials=tuple(_printed_material(each, language) for each in order.materials),
        issue=documents.issue(database, language, say(order.planner_zh, order.planner_en)),
    )


def _printed_operation(each: Operation, language: Language) -> printed.WorkOrderOperation:
    return printed.WorkOrderOperation(
        position=each.step_no,
        name=documents.in_language(language, each.name_zh, each.name_en),
        work_centre=documents.in_language(language, each.work_centre_zh, each.work_centre_en),
        run_minutes=each.planned_minutes,
    )


def _printed_material(each: Material, language: Language) -> printed.WorkOrderMaterial:
    return printed.WorkOrderMaterial(
        product_code=each.code,
        product_name=documents.in_language(language, each.name_zh, each.name_en),
        specification=each.specification,
        qty=each.required_qty,
        unit=documents.in_language(language, each.unit_zh, each.unit_en),
        location=documents.in_language(language, each.warehouse_zh, each.warehouse_en),
    )


def work_order_pdf(database: Database, work_order_id: int, language: Language) -> bytes:
    """The work order as PDF; raises NotVisible."""
    return printing.work_order(work_order_data(database, work_order_id, language), language)
