"""What people take out of the program is in the trail: prints beside the document's changes, exports for auditors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.helpers.stage import Stage
from tests.helpers.supply import draft

EVENTS = (
    "select operation, table_name, row_id, role_name::text, after from audit.change_list"
    " where operation in ('print', 'export') order by id"
)
EXPORT = {"list": "销售订单", "file": "订单 'x'.xlsx", "rows": 4985}


def test_a_print_stands_beside_the_changes_of_its_document(stage: Stage) -> None:
    order = draft(stage, [("CHAIR", 1)])["id"]
    for medium in ("paper", "file"):
        printed = {"document_type": "order", "document_id": order, "medium": medium}
        stage.call("lina", "audit.record_print", printed)
    of_order = ("print", "sales.orders", order, "erp_u_lina")
    assert stage.rows(EVENTS, login="executive") == [(*of_order, {"medium": "paper"}), (*of_order, {"medium": "file"})]
    assert stage.rows(EVENTS, login="admin") == [], "no business rows for administrators"


def test_an_export_is_shown_to_every_auditor(stage: Stage) -> None:
    stage.call("lina", "audit.record_export", EXPORT)
    (lina,) = stage.row("select id from auth.users where login = 'lina'")
    for auditor in ("executive", "admin"):
        assert stage.rows(EVENTS, login=auditor) == [("export", "audit.exports", lina, "erp_u_lina", EXPORT)]


@pytest.mark.parametrize(
    ("command", "wrong", "field"),
    [
        ("audit.record_print", {"document_type": "receipt", "document_id": 1, "medium": "paper"}, "document_type"),
        ("audit.record_print", {"document_type": "order", "document_id": 1, "medium": "cloud"}, "medium"),
        ("audit.record_print", {"document_type": "order", "medium": "paper"}, "document_id"),
        ("audit.record_export", EXPORT | {"rows": -1}, "rows"),
        ("audit.record_export", EXPORT | {"list": ""}, "list"),
    ],
)
def test_what_makes_no_sense_is_refused(stage: Stage, command: str, wrong: dict[str, Any], field: str) -> None:
    refusal = stage.refusal("lina", command, wrong)
    assert refusal.code.startswith("UV")
    assert refusal.field == field
