"""Writes the year of the plant and the buyers: opening stock, purchase orders and receipts, work orders."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from erp_desktop.demo.books import Books, Move, at
from erp_desktop.demo.company import half_up
from erp_desktop.demo.records import BomLine, ProductionBatch, Purchase, PurchaseLine, RoutingStep

TABLES = (
    "purchasing.orders",
    "purchasing.order_lines",
    "purchasing.receipts",
    "purchasing.receipt_lines",
    "production.work_orders",
    "production.work_order_materials",
    "production.operations",
    "production.work_reports",
)
_MATERIAL = "RAW"


@dataclass(frozen=True)
class Work:
    """A work order to be written; the first `operations_done` operations have all their pieces."""

    number: str
    product: str
    warehouse: str
    qty: Decimal
    starts_on: date
    due_on: date
    created_at: datetime
    released_at: datetime | None
    finished_at: datetime | None
    order_line_id: int | None = None
    operations_done: int = 0
    order_number: str = ""


class Plant:
    """Knows how things are made, and writes work orders with their material and operations."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._bom: defaultdict[str, list[BomLine]] = defaultdict(list)
        self._routing: defaultdict[str, list[RoutingStep]] = defaultdict(list)
        for line in books.company.bom_lines:
            self._bom[line.product].append(line)
        for step in books.company.routing_steps:
            self._routing[step.product].append(step)
        decimals = {unit.code: unit.decimals for unit in books.company.units}
        self._steps = {p.code: Decimal(1).scaleb(-decimals[p.unit]) for p in books.company.products}
        self._minutes = {c.code: c.machines * c.minutes_per_day for c in books.company.work_centres}

    def days_to_make(self, product: str, qty: Decimal) -> int:
        """Days that a quantity keeps the work centres of its routing busy, one after the other."""
        days = sum(
            (step.setup_minutes + step.run_minutes_per_piece * qty) / self._minutes[step.work_centre]
            for step in self._routing[product]
        )
        return math.ceil(days)

    def material(self, product: str, qty: Decimal) -> list[tuple[BomLine, Decimal]]:
        """What a quantity of a product takes, rounded up to what the units count."""
        return [
            (line, (qty * line.qty / (1 - line.scrap_rate)).quantize(self._steps[line.component], ROUND_CEILING))
            for line in self._bom[product]
        ]

    def add_batch(self, batch: ProductionBatch) -> None:
        """A finished work order of the history: material consumed, pieces reported, product received."""
        self._books.numbers.note(batch.number)
        work = Work(
            number=batch.number,
            product=batch.product,
            warehouse=batch.warehouse,
            qty=batch.qty,
            starts_on=batch.started_on,
            due_on=batch.finished_on,
            created_at=at(batch.started_on, "08:10"),
            released_at=at(batch.started_on, "08:40"),
            finished_at=at(batch.finished_on, "15:00"),
            operations_done=len(self._routing[batch.product]),
        )
        work_order_id = self.add_work(work)
        self._finish(work, work_order_id)

    def add_work(self, work: Work) -> int:
        """A work order with its timeline, material (reserved unless it is finished) and operations."""
        books = self._books
        planner_id = books.worker("planner")
        is_done = work.finished_at is not None
        state = "done" if is_done else "planned" if not work.released_at else "in_progress"
        if work.released_at and not is_done and not work.operations_done:
            state = "released"
        work_order_id = books.tables.add(
            "production.work_orders",
            number=work.number,
            product_id=books.id_of("product", work.product),
            qty=work.qty,
            done_qty=work.qty if is_done else 0,
            state=state,
            warehouse_id=books.id_of("warehouse", work.warehouse),
            material_warehouse_id=books.id_of("warehouse", _MATERIAL),
            order_line_id=work.order_line_id,
            starts_on=work.starts_on,
            due_on=work.due_on,
            created_at=work.created_at,
            created_by=planner_id,
            released_at=work.released_at,
            finished_at=work.finished_at,
            version=1 + (work.released_at is not None) + work.operations_done,
        )
        document = ("work_order", work_order_id)
        details = {"order": work.order_number} if work.order_number else {}
        books.record(document, "create", (None, "planned"), work.created_at, planner_id, **details)
        if work.released_at:
            books.record(document, "release", ("planned", "released"), work.released_at, planner_id)
        if not is_done:
            books.in_production[work.warehouse, work.product] += work.qty
        self._add_materials(work, work_order_id)
        self._add_operations(work, work_order_id)
        return work_order_id

    def _add_materials(self, work: Work, work_order_id: int) -> None:
        books = self._books
        for line_no, (line, required) in enumerate(self.material(work.product, work.qty), 1):
            place = (_MATERIAL, line.component)
            reserved = Decimal(0) if work.finished_at else min(required, books.free(place))
            material_id = books.tables.add(
                "production.work_order_materials",
                work_order_id=work_order_id,
                line_no=line_no * 10,
                product_id=books.id_of("product", line.component),
                qty_per_unit=(line.qty / (1 - line.scrap_rate)).quantize(Decimal("0.000001"), ROUND_HALF_UP),
                required_qty=required,
                reserved_qty=reserved,
                issued_qty=required if work.finished_at else 0,
            )
            if reserved:
                books.reserve(place, reserved, work.created_at, material_id=material_id)

    def _add_operations(self, work: Work, work_order_id: int) -> None:
        """Operations, and a report for each that is done, spread over the time until now."""
        books = self._books
        worker_id = books.worker("shop_floor_worker")
        begin = work.released_at or work.created_at
        end = work.finished_at or at(books.company.head.as_of, "16:30")
        for place, step in enumerate(self._routing[work.product]):
            is_done = place < work.operations_done
            minutes = step.setup_minutes + step.run_minutes_per_piece * work.qty
            operation_id = books.tables.add(
                "production.operations",
                work_order_id=work_order_id,
                step_no=step.seq,
                name_zh=step.operation_zh,
                name_en=step.operation_en,
                work_centre_id=books.id_of("work_centre", step.work_centre),
                planned_minutes=minutes,
                arrived_qty=work.qty if place <= work.operations_done else 0,
                done_qty=work.qty if is_done else 0,
                state="done" if is_done else "waiting",
            )
            if is_done:
                share = (place + 1) / work.operations_done
                moment = begin + timedelta(minutes=int((end - begin).total_seconds() / 60 * share) - 1)
                books.tables.add(
                    "production.work_reports",
                    reported_at=moment,
                    operation_id=operation_id,
                    good_qty=work.qty,
                    minutes=minutes,
                    user_id=worker_id,
                )
                self._record_report(work, work_order_id, step, minutes, moment, is_first=place == 0)

    def _record_report(
        self, work: Work, work_order_id: int, step: RoutingStep, minutes: Decimal, moment: datetime, *, is_first: bool
    ) -> None:
        self._books.record(
            ("work_order", work_order_id),
            "report",
            ("released" if is_first else "in_progress", "in_progress"),
            moment,
            self._books.worker("shop_floor_worker"),
            step_no=step.seq,
            name_zh=step.operation_zh,
            name_en=step.operation_en,
            good_qty=float(work.qty),
            minutes=float(minutes),
        )

    def _finish(self, work: Work, work_order_id: int) -> None:
        """Consume the material, receive the product, post both."""
        assert work.finished_at is not None
        books = self._books
        document, worker_id = ("work_order", work_order_id), books.worker("shop_floor_worker")
        used = [Move(_MATERIAL, line.component, -qty) for line, qty in self.material(work.product, work.qty)]
        received = [Move(work.warehouse, work.product, work.qty)]
        day = work.finished_at.date()
        for kind, moves, sign in (("consumption", used, -1), ("production", received, 1)):
            value = books.move(kind, document, work.finished_at, worker_id, moves)
            amounts = {component: sign * amount for component, amount in value.items()}
            books.post(kind, document, day, worker_id, amounts, work.number)
        books.record(document, "finish", ("in_progress", "done"), work.finished_at, worker_id)


def write_opening(books: Books) -> None:
    """What lay in each warehouse before the first day, on the evening before."""
    company = books.company
    evening = at(min(order.ordered_on for order in company.orders) - timedelta(days=1), "18:00")
    keeper_id = books.worker("warehouse_keeper")
    for warehouse in company.warehouses:
        moves = [
            Move(stock.warehouse, stock.product, stock.opening_qty)
            for stock in company.stock
            if stock.warehouse == warehouse.code and stock.opening_qty
        ]
        document = ("opening", books.id_of("warehouse", warehouse.code))
        value = books.move("opening", document, evening, keeper_id, moves)
        books.post("opening", document, evening.date(), keeper_id, value, warehouse.code)


def write_purchases(books: Books) -> None:
    """Purchase orders with what has come of them."""
    lines: defaultdict[str, list[PurchaseLine]] = defaultdict(list)
    for line in books.company.purchase_lines:
        lines[line.number].append(line)
    written = []
    for purchase in books.company.purchases:
        books.numbers.note(purchase.number)
        written.append((purchase, *_add_purchase(books, purchase, lines[purchase.number])))
    for purchase, order_id, line_ids in sorted(written, key=lambda item: item[0].received_on or date.max):
        if purchase.received_on:
            _add_receipt(books, purchase, purchase.received_on, order_id, line_ids)


def _add_purchase(
    books: Books, purchase: Purchase, lines: Sequence[PurchaseLine]
) -> tuple[int, list[tuple[int, PurchaseLine]]]:
    nets = [half_up(line.qty * line.unit_price) for line in lines]
    rates = [books.products[line.product].tax_rate for line in lines]
    taxes = [half_up(net * rate) for net, rate in zip(nets, rates, strict=True)]
    buyer_id = books.worker("buyer")
    was_sent = purchase.state != "draft"
    order_id = books.tables.add(
        "purchasing.orders",
        number=purchase.number,
        supplier_id=books.id_of("supplier", purchase.supplier),
        warehouse_id=books.id_of("warehouse", purchase.warehouse),
        state=purchase.state,
        ordered_on=purchase.ordered_on,
        expected_on=purchase.expected_on,
        net_amount=sum(nets),
        tax_amount=sum(taxes),
        gross_amount=sum(nets) + sum(taxes),
        sent_at=at(purchase.ordered_on, "10:20") if was_sent else None,
        created_at=at(purchase.ordered_on, "09:50"),
        created_by=buyer_id,
        version=1 + was_sent + 2 * (purchase.state == "received"),
    )
    document = ("purchase_order", order_id)
    books.record(document, "create", (None, "draft"), at(purchase.ordered_on, "09:50"), buyer_id)
    if was_sent:
        books.record(document, "send", ("draft", "sent"), at(purchase.ordered_on, "10:20"), buyer_id)
    line_ids = []
    for line, net, rate, tax in zip(lines, nets, rates, taxes, strict=True):
        line_id = books.tables.add(
            "purchasing.order_lines",
            order_id=order_id,
            line_no=line.line_no,
            product_id=books.id_of("product", line.product),
            qty=line.qty,
            received_qty=line.qty if purchase.received_on else 0,
            unit_id=books.id_of("unit", books.products[line.product].unit),
            unit_price=line.unit_price,
            tax_rate=rate,
            net_amount=net,
            tax_amount=tax,
            gross_amount=net + tax,
        )
        line_ids.append((line_id, line))
        if purchase.state == "sent":
            books.incoming[purchase.warehouse, line.product] += line.qty
    return order_id, line_ids


def _add_receipt(
    books: Books, purchase: Purchase, day: date, order_id: int, lines: Sequence[tuple[int, PurchaseLine]]
) -> None:
    moment, keeper_id = at(day, "08:30"), books.worker("warehouse_keeper")
    number = books.numbers.next("GR", day)
    receipt_id = books.tables.add(
        "purchasing.receipts",
        number=number,
        order_id=order_id,
        warehouse_id=books.id_of("warehouse", purchase.warehouse),
        supplier_note=f"{purchase.supplier}-{day:%m%d}",
        received_at=moment,
        received_by=keeper_id,
    )
    for line_no, (line_id, line) in enumerate(lines, 1):
        books.tables.add(
            "purchasing.receipt_lines",
            receipt_id=receipt_id,
            line_no=line_no,
            order_line_id=line_id,
            product_id=books.id_of("product", line.product),
            qty=line.qty,
        )
    document = ("receipt", receipt_id)
    moves = [Move(purchase.warehouse, line.product, line.qty) for _, line in lines]
    value = books.move("receipt", document, moment, keeper_id, moves)
    supplier_id = books.id_of("supplier", purchase.supplier)
    books.post("receipt", document, day, keeper_id, value, number, supplier_id=supplier_id)
    order = ("purchase_order", order_id)
    books.record(order, "receive", ("sent", "partly_received"), moment, keeper_id, receipt=number)
    books.record(order, "complete", ("partly_received", "received"), moment + timedelta(seconds=1), keeper_id)
