"""The executive's dashboard shows the day."""

from __future__ import annotations

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Stage
from erp_desktop.views.reports.dashboard_page import DashboardPage, Figure

EXECUTIVE = "shenqing"


def look_at_the_dashboard(stage: Stage) -> str:
    """The figures and charts hold the day's orders and shipments, in both languages."""
    desk = stage.desk(EXECUTIVE)
    page = desk.open_screen("reports.dashboard")
    if not isinstance(page, DashboardPage):
        raise Unexpected("the dashboard is another screen")
    hands.press("F5")
    hands.settle()
    orders, amount = stage.row(
        "select sum(orders), sum(gross_amount) from report.daily_orders where ordered_on = current_date"
    )
    shipped = stage.value(
        "select count(*) from stock.shipments where shipped_at >= current_date and state <> 'cancelled'"
    )
    wanted = (f"Orders today {orders:,}", f"{amount:,.0f}", f"Shipped today {shipped:,}")
    said = " | ".join(each.accessibleName() for each in page.findChildren(Figure))
    missing = [text for text in wanted if text not in said]
    if missing or orders < 2 or shipped < 1:
        raise Unexpected(f"the dashboard says {said}, but not {', '.join(missing)}")
    desk.picture("dashboard")
    stage.leave(EXECUTIVE)
    return f"{orders} orders, {shipped} shipped"


STEPS = (Step("the executive's dashboard shows the day", EXECUTIVE, look_at_the_dashboard),)
