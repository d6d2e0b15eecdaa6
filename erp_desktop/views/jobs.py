"""What the job roles of the server are called on the screen."""

from __future__ import annotations

from collections.abc import Iterable

from erp_desktop.models.i18n import QT_TRANSLATE_NOOP, translate

JOBS = {
    "erp_job_sales_clerk": QT_TRANSLATE_NOOP("Jobs", "Sales clerk"),
    "erp_job_sales_manager": QT_TRANSLATE_NOOP("Jobs", "Sales manager"),
    "erp_job_warehouse_keeper": QT_TRANSLATE_NOOP("Jobs", "Warehouse keeper"),
    "erp_job_planner": QT_TRANSLATE_NOOP("Jobs", "Planner"),
    "erp_job_shop_floor_worker": QT_TRANSLATE_NOOP("Jobs", "Shop-floor worker"),
    "erp_job_buyer": QT_TRANSLATE_NOOP("Jobs", "Buyer"),
    "erp_job_finance": QT_TRANSLATE_NOOP("Jobs", "Finance"),
    "erp_job_after_sales": QT_TRANSLATE_NOOP("Jobs", "After-sales"),
    "erp_job_executive": QT_TRANSLATE_NOOP("Jobs", "Executive"),
    "erp_job_administrator": QT_TRANSLATE_NOOP("Jobs", "Administrator"),
}


def shown(roles: Iterable[str]) -> str:
    """The jobs among `roles`, in the language in use; empty if there is none."""
    held = set(roles)
    return " / ".join(translate("Jobs", title) for role, title in JOBS.items() if role in held)
