"""生产工单, the work order: goes through the shop with the piece; it carries no price and no cost."""

from __future__ import annotations

from erp_desktop.services.printing import figures, labels
from erp_desktop.services.printing.data import Language, WorkOrder, WorkOrderMaterial, WorkOrderOperation
from erp_desktop.services.printing.labels import Label, joined
from erp_desktop.services.printing.layout import Sheet, render
from erp_desktop.services.printing.pieces import Piece, Space
from erp_desktop.services.printing.tables import (
    Cell,
    Column,
    Place,
    heading,
    notes,
    signatures,
    table,
)

ROOM_TO_WRITE = 8.5
"""Height in millimetres of a line in which the shop writes by hand."""

TITLE = Label("生产工单", "WORK ORDER")
OPERATIONS: tuple[Column[WorkOrderOperation], ...] = (
    Column("position", Label("工序号", "Op."), 12, lambda line: str(line.position), "center"),
    Column("name", Label("工序", "Operation"), 0, lambda line: Cell(line.name, line.instruction)),
    Column("centre", Label("工作中心", "Work centre"), 26, lambda line: line.work_centre),
    Column("start", Label("计划开始", "Start"), 27, lambda line: figures.minute(line.planned_start), optional=True),
    Column(
        "setup",
        Label("准备(分)", "Setup min"),
        17,
        lambda line: figures.quantity(line.setup_minutes),
        "right",
        optional=True,
    ),
    Column(
        "run", Label("加工(分)", "Run min"), 17, lambda line: figures.quantity(line.run_minutes), "right", optional=True
    ),
    Column("good", Label("合格", "Good"), 14, lambda _: ""),
    Column("scrap", Label("报废", "Scrap"), 14, lambda _: ""),
    Column("worker", Label("操作者", "Worker"), 18, lambda _: ""),
)
MATERIALS: tuple[Column[WorkOrderMaterial], ...] = (
    Column("code", labels.CODE, 27, lambda line: line.product_code),
    Column("item", labels.ITEM, 0, lambda line: Cell(line.product_name, line.specification)),
    Column("location", Label("仓库", "Warehouse"), 22, lambda line: line.location, optional=True),
    Column("unit", labels.UNIT, 18, lambda line: line.unit, "center"),
    Column("qty", labels.QTY, 20, lambda line: figures.quantity(line.qty), "right"),
    Column("issued", Label("实发", "Issued"), 18, lambda _: ""),
    Column("remark", labels.REMARK, 22, lambda line: line.remark, optional=True),
)


def work_order(order: WorkOrder, language: Language) -> bytes:
    """Return the work order as PDF, with room for the shop to write pieces, scrap and names."""
    return render(
        Sheet(
            title=TITLE,
            number=order.number,
            company=order.company,
            language=language,
            left=(
                (Label("产品", "Product"), joined(order.product_code, order.product_name)),
                (Label("规格", "Specification"), order.specification),
                (labels.QTY, f"{figures.quantity(order.qty)} {order.unit}"),
                (labels.CUSTOMER, order.customer_name),
            ),
            right=(
                (labels.NUMBER, order.number),
                (Label("计划开始", "Start"), figures.day(order.planned_start)),
                (Label("完工日期", "Due"), figures.day(order.due_on)),
                (labels.ORDER, order.order_number),
                (Label("工厂", "Plant"), order.plant),
                (Label("优先级", "Priority"), order.priority),
            ),
            body=_body(order, language),
            qr_text=order.qr_text,
            issue=order.issue,
        )
    )


def _body(order: WorkOrder, language: Language) -> list[Piece]:
    body: list[Piece] = []
    if order.operations:
        body += [
            heading(Label("工序", "Operations"), language),
            *table(OPERATIONS, order.operations, language, numbered=False, row_height=ROOM_TO_WRITE),
        ]
    if order.materials:
        body += [heading(Label("用料", "Materials"), language), *table(MATERIALS, order.materials, language)]
    if order.remark:
        body += [Space(10), *notes(((labels.REMARK, order.remark),), language)]
    places = (
        Place(Label("计划", "Planner"), order.issue.prepared_by),
        Place(Label("领料", "Materials received")),
        Place(Label("质检", "Inspected by")),
        Place(Label("入库", "Received into stock")),
    )
    return [*body, signatures(places, language)]
