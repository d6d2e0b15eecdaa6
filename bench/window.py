"""The list of orders in the window that people see: until it is painted, scrolled, jumped to its middle."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from bench.measure import Figure, p95

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from erp_desktop.models.listing import ListModel
    from erp_desktop.services.auth import Session
    from erp_desktop.views.widgets.table_view import TableView

_PATIENCE = 60.0
_SIZE = (1366, 768)


def figures(session: Session, times: int) -> Iterator[Figure]:
    """What opening, scrolling and jumping take a person who sees all orders, without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from erp_desktop.app import make_application

    application = make_application(["bench"])
    yield _figure(
        "window: list opened until painted", [_opened(application, session) for _ in range(max(3, times // 10))]
    )
    model, view = _shown(session)
    _wait(application, lambda: model.count_known)
    yield _figure("window: jump until painted with data", [_jump(application, model, view, n) for n in range(times)])
    yield _figure("window: frame of a jump", [_frame(view, n * 48611 % 900_000) for n in range(times)])
    yield _figure(
        "window: frame of scrolling by 3 rows",
        [_frame(view, view.verticalScrollBar().value() + 3 * view.row_height()) for _ in range(times)],
    )
    model.close()
    model.wait_closed(10)


def _figure(name: str, taken: list[float]) -> Figure:
    import statistics

    return Figure(name, "executive", len(taken), statistics.median(taken), p95(taken))


def _shown(session: Session) -> tuple[ListModel, TableView]:
    from erp_desktop.models.listing import ListModel
    from erp_desktop.models.sales_lists import ORDERS
    from erp_desktop.services.listing import ListQuery
    from erp_desktop.views.widgets.table_view import TableView

    model = ListModel(ORDERS, session.database.connect)
    view = TableView()
    view.resize(*_SIZE)
    view.show_model(model)
    view.show()
    model.load(ListQuery())
    return model, view


def _opened(application: QApplication, session: Session) -> float:
    started = time.perf_counter()
    model, view = _shown(session)
    _wait(application, lambda: model.count > 0)
    view.viewport().repaint()
    taken = (time.perf_counter() - started) * 1000
    model.close()
    model.wait_closed(10)
    view.close()
    return taken


def _jump(application: QApplication, model: ListModel, view: TableView, number: int) -> float:
    row = number * 48611 % max(1, model.count - 100)
    started = time.perf_counter()
    view.verticalScrollBar().setValue(row * view.row_height())
    view.viewport().repaint()
    _wait(application, lambda: all(model.values(row + place) is not None for place in range(20)))
    view.viewport().repaint()
    return (time.perf_counter() - started) * 1000


def _frame(view: TableView, position: int) -> float:
    started = time.perf_counter()
    view.verticalScrollBar().setValue(position)
    view.viewport().repaint()
    return (time.perf_counter() - started) * 1000


def _wait(application: QApplication, until: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE
    while not until():
        application.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError("the list did not come")
        time.sleep(0.0005)
