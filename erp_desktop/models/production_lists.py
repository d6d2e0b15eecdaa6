"""The list of production: work orders."""

from __future__ import annotations

from typing import Final

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP
from erp_desktop.services.listing import Column, ListSpec, Sort

WORK_ORDER_STATES: Final = ("planned", "released", "in_progress", "done", "cancelled")
OPEN_STATES: Final = ("planned", "released", "in_progress")
"""The states of work orders that still have something to make."""

WORK_ORDERS: Final = ListSpec(
    name="production.work_orders",
    source="production.work_order_list",
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Columns", "Number"), "code", 126),
        Column("state", QT_TRANSLATE_NOOP("Columns", "State"), "state", 98, options=WORK_ORDER_STATES),
        Column("code", QT_TRANSLATE_NOOP("Columns", "Product"), "code", 92, sortable=False),
        Column("name_zh", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 190, sortable=False),
        Column("name_en", QT_TRANSLATE_NOOP("Columns", "Name"), "text", 190, sortable=False),
        Column("qty", QT_TRANSLATE_NOOP("Columns", "Quantity"), "qty", 72, sortable=False),
        Column("done_qty", QT_TRANSLATE_NOOP("Columns", "Made so far"), "qty", 88, sortable=False),
        Column("scrap_qty", QT_TRANSLATE_NOOP("Columns", "Scrap"), "qty", 58, sortable=False),
        Column("missing", QT_TRANSLATE_NOOP("Columns", "Missing"), "int", 68, sortable=False),
        Column("starts_on", QT_TRANSLATE_NOOP("Columns", "Start on"), "date", 92, sortable=False),
        Column("due_on", QT_TRANSLATE_NOOP("Columns", "Finish by"), "date", 98),
        Column("order_number", QT_TRANSLATE_NOOP("Columns", "Order"), "code", 126, sortable=False),
        Column("customer_name", QT_TRANSLATE_NOOP("Columns", "Customer"), "text", 190, sortable=False),
        Column(*("parent_number", QT_TRANSLATE_NOOP("Columns", "Part of"), "code", 126, False), hidden_by_default=True),
        Column("unit_zh", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 56, False, hidden_by_default=True),
        Column("unit_en", QT_TRANSLATE_NOOP("Columns", "Unit"), "text", 60, False, hidden_by_default=True),
        Column("warehouse_zh", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 110, False, hidden_by_default=True),
        Column("warehouse_en", QT_TRANSLATE_NOOP("Columns", "Warehouse"), "text", 140, False, hidden_by_default=True),
        Column(
            *("specification", QT_TRANSLATE_NOOP("Columns", "Specification"), "text", 160, False),
            hidden_by_default=True,
        ),
        Column("planner_zh", QT_TRANSLATE_NOOP("Columns", "Planner"), "text", 100, False, hidden_by_default=True),
        Column("planner_en", QT_TRANSLATE_NOOP("Columns", "Planner"), "text", 110, False, hidden_by_default=True),
        Column(
            *("released_at", QT_TRANSLATE_NOOP("Columns", "Released at"), "datetime", 130, False),
            hidden_by_default=True,
        ),
        Column(
            *("finished_at", QT_TRANSLATE_NOOP("Columns", "Finished at"), "datetime", 130, False),
            hidden_by_default=True,
        ),
        Column("note", QT_TRANSLATE_NOOP("Columns", "Note"), "text", 160, False, hidden_by_default=True),
    ),
    default_sort=(Sort("id", True),),
    search_function="production.search_work_orders",
    kinds=("work_order",),
)
