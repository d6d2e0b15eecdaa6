"""A sound document for every command of the server, by somebody who may give it, with every field that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from erp_desktop.services.passwords import make_credentials
from tests.helpers.orders import day, document, large, submit
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, buy, confirm, draft, release, ship, stock_up, work_orders


@dataclass(frozen=True)
class Given:
    """A command as somebody gives it."""

    login: str
    document: dict[str, Any]
    version: int | None = None


def _save_order(stage: Stage) -> Given:
    line = {"unit_price": "100", "discount_rate": "0", "amount": "200", "description": "实木"}
    more = {"customer_reference": "R-1", "channel": "clerk", "warehouse_id": stage.warehouse("FIN"), "note": "加急"}
    more |= {"ship_to": "试验路2号", "contact": "王先生", "phone": "15400000000"}
    return Given("lina", document(stage, ("CHAIR", 2, line), **more))


def _submit_order(stage: Stage) -> Given:
    order = draft(stage, [("CHAIR", 2)])
    return Given("lina", {"id": order["id"], "note": "请尽快"}, order["version"])


def _approve_order(stage: Stage) -> Given:
    order = large(stage)
    return Given("manager", {"id": order["id"], "level": 1, "comment": "同意"}, order["version"])


def _return_order(stage: Stage) -> Given:
    order = large(stage)
    return Given("manager", {"id": order["id"], "reason": "价格有误"}, order["version"])


def _release_hold(stage: Stage) -> Given:
    stage.rows("update crm.customers set credit_limit = 100")
    order = submit(stage)
    return Given("finance", {"id": order["id"], "comment": "已付定金"}, order["version"])


def _cancel_order(stage: Stage) -> Given:
    order = submit(stage)
    return Given("manager", {"id": order["id"], "reason": "客户取消"}, order["version"])


def _batch(stage: Stage) -> dict[str, Any]:
    line = {"product": {"code": "CHAIR", "name": "餐椅"}, "qty": 2, "unit_price": "100", "description": "x"}
    order = {"customer": {"code": "C1", "name": "云山酒店"}, "customer_reference": "A-1", "ordered_on": day(-1)}
    order |= {"promised_on": day(9), "note": "导入", "channel": "web", "lines": [line]}
    options = {"promise_days": 15, "price_tolerance": 0.9, "create_customers": False, "create_products": False}
    return {
        "file_name": "订单.xlsx",
        "file_sha256": uuid4().hex * 2,
        "branch_id": stage.id_of("branch", "HZ"),
        "orders": [order],
        "options": options,
    }


def _import_orders(stage: Stage) -> Given:
    return Given("lina", _batch(stage))


def _undo_import(stage: Stage) -> Given:
    made = stage.call("lina", "sales.import_orders", _batch(stage))
    return Given("lina", {"id": made["id"]})


def _save_customer(stage: Stage) -> Given:
    fields = {"code": "C-77", "name": "新客户", "name_en": "New", "pinyin": "xinkehu", "initials": "xkh"}
    fields |= {
        "contact": "王",
        "phone": "0571",
        "province": "浙江",
        "city": "杭州",
        "district": "余杭",
        "address": "1号",
    }
    fields |= {"tax_number": "9133", "kind": "company", "payment_days": 30, "is_active": "true"}
    ids = {"branch_id": stage.id_of("branch", "HZ"), "owner_id": stage.id_of("user", "lina")}
    return Given("lina", fields | ids | {"price_list_id": stage.id_of("price_list", "RETAIL")})


def _shipped(stage: Stage) -> int:
    stock_up(stage, "FIN", CHAIR=5)
    order = confirm(stage, [("CHAIR", 2)])
    ship(stage, order)
    return order


def _create_invoice(stage: Stage) -> Given:
    return Given("finance", {"order_id": _shipped(stage)})


def _invoice(stage: Stage) -> Given:
    invoice = stage.call("finance", "finance.create_invoice", {"order_id": _shipped(stage)})
    return Given("finance", {"id": invoice["id"]}, invoice["version"])


def _payment(stage: Stage) -> dict[str, Any]:
    fields = {"customer_id": stage.id_of("customer", "C1"), "received_on": str(stage.value("select current_date"))}
    return fields | {"method": "bank", "amount": "100", "reference": "B-1", "note": "定金"}


def _record_payment(stage: Stage) -> Given:
    return Given("finance", _payment(stage))


def _allocate_payment(stage: Stage) -> Given:
    draft_of_invoice = _invoice(stage)
    invoice = stage.call("finance", "finance.issue_invoice", draft_of_invoice.document, draft_of_invoice.version)
    payment = stage.call("finance", "finance.record_payment", _payment(stage))
    lines = [{"invoice_id": invoice["id"], "amount": "60.5"}]
    return Given("finance", {"id": payment["id"], "lines": lines}, payment["version"])


def _shelves(stage: Stage) -> int:
    stock_up(stage, "RAW", BOARD=3, SCREW=100)
    return int(work_orders(stage, confirm(stage, [("SHELF", 2)]))[0][0])


def _release_work_order(stage: Stage) -> Given:
    return Given("planner", {"id": _shelves(stage)}, 1)


def _cancel_work_order(stage: Stage) -> Given:
    return Given("planner", {"id": _shelves(stage), "reason": "改单"}, 1)


def _replan_work_order(stage: Stage) -> Given:
    work = _shelves(stage)
    stage.call("planner", "production.cancel_work_order", {"id": work, "reason": "改单"}, 1)
    version = stage.value("select version from production.work_orders where id = %s", work)
    return Given("planner", {"id": work}, version)


def _report_work(stage: Stage) -> Given:
    work = _shelves(stage)
    release(stage, work)
    operation = stage.value("select id from production.operations where work_order_id = %s", work)
    pieces = {"good_qty": 1, "scrap_qty": 1, "minutes": 30, "scrap_reason": "开料错误"}
    return Given("worker", {"operation_id": operation} | pieces)


def _create_purchases(stage: Stage) -> Given:
    confirm(stage, [("CHAIR", 3)])
    ids = [row[0] for row in stage.rows("select id from purchasing.requests where state = 'open'")]
    return Given("buyer", {"request_ids": ids})


def _prefer_supplier(stage: Stage) -> Given:
    fields = {"product_id": stage.product("LAMP"), "supplier_id": stage.id_of("supplier", "S2")}
    return Given("buyer", fields | {"unit_price": "41.5"})


def _cancel_request(stage: Stage) -> Given:
    confirm(stage, [("CHAIR", 3)])
    stock_up(stage, "FIN", CHAIR=3)
    stage.rows("select stock.allocate(%s, %s)", stage.product("CHAIR"), stage.warehouse("FIN"))
    number, version = stage.row("select id, version from purchasing.requests where state = 'open'")
    return Given("buyer", {"id": number, "reason": "仓库有货"}, version)


def _purchase(stage: Stage) -> dict[str, Any]:
    given = _create_purchases(stage)
    made: dict[str, Any] = stage.call("buyer", "purchasing.create_orders", given.document)["orders"][0]
    return made


def _save_purchase(stage: Stage) -> Given:
    order = _purchase(stage)
    line = stage.value("select id from purchasing.order_lines where order_id = %s", order["id"])
    fields = {"id": order["id"], "expected_on": day(9), "note": "送到后门"}
    return Given("buyer", fields | {"lines": [{"id": line, "qty": 6, "unit_price": "78.5"}]}, order["version"])


def _send_purchase(stage: Stage) -> Given:
    order = _purchase(stage)
    return Given("buyer", {"id": order["id"]}, order["version"])


def _cancel_purchase(stage: Stage) -> Given:
    order = _purchase(stage)
    return Given("buyer", {"id": order["id"], "reason": "不再需要"}, order["version"])


def _reschedule_purchase(stage: Stage) -> Given:
    confirm(stage, [("CHAIR", 3)])
    (order,) = buy(stage)
    return Given("buyer", {"id": order["id"], "expected_on": day(20), "reason": "供应商缺料"}, order["version"])


def _receive_purchase(stage: Stage) -> Given:
    confirm(stage, [("CHAIR", 3)])
    (order,) = buy(stage)
    line = stage.value("select id from purchasing.order_lines where order_id = %s", order["id"])
    fields = {"id": order["id"], "supplier_note": "送货单 77"}
    return Given("keeper", fields | {"lines": [{"order_line_id": line, "qty": 2}]}, order["version"])


def _adjust_stock(stage: Stage) -> Given:
    stock_up(stage, "FIN", CHAIR=5)
    fields = {"product_id": stage.product("CHAIR"), "warehouse_id": stage.warehouse("FIN"), "reason": "盘点"}
    return Given("keeper", fields | {"counted_qty": 7, "book_qty": str(balance(stage, "CHAIR")[0])})


def _create_shipment(stage: Stage) -> Given:
    stock_up(stage, "FIN", CHAIR=5)
    order = confirm(stage, [("CHAIR", 2)])
    line = stage.value("select id from sales.order_lines where order_id = %s", order)
    return Given("keeper", {"order_id": order, "note": "易碎", "lines": [{"order_line_id": line, "qty": 1}]})


def _shipment(stage: Stage) -> dict[str, Any]:
    given = _create_shipment(stage)
    return stage.call("keeper", "stock.create_shipment", given.document)


def _picks(stage: Stage, shipment: dict[str, Any]) -> dict[str, Any]:
    line = stage.value("select id from stock.shipment_lines where shipment_id = %s", shipment["id"])
    return {"id": shipment["id"], "lines": [{"id": line, "picked_qty": 1}]}


def _pick_shipment(stage: Stage) -> Given:
    made = _shipment(stage)
    return Given("keeper", _picks(stage, made), made["version"])


def _ship_shipment(stage: Stage) -> Given:
    made = _shipment(stage)
    made = stage.call("keeper", "stock.pick_shipment", _picks(stage, made), made["version"])
    return Given("keeper", {"id": made["id"], "carrier": "德邦", "vehicle": "浙A·12345"}, made["version"])


def _left(stage: Stage) -> dict[str, Any]:
    given = _ship_shipment(stage)
    return stage.call("keeper", "stock.ship_shipment", given.document, given.version)


def _depart_shipment(stage: Stage) -> Given:
    made = _left(stage)
    return Given("keeper", {"id": made["id"]}, made["version"])


def _deliver_shipment(stage: Stage) -> Given:
    made = _left(stage)
    return Given("keeper", {"id": made["id"], "received_by": "王先生"}, made["version"])


def _cancel_shipment(stage: Stage) -> Given:
    made = _shipment(stage)
    return Given("keeper", {"id": made["id"], "reason": "客户改期"}, made["version"])


def _scopes(stage: Stage) -> dict[str, Any]:
    return {
        "branches": [stage.id_of("branch", "HZ")],
        "warehouses": [stage.warehouse("FIN")],
        "work_centres": [stage.id_of("work_centre", "SAW")],
    }


def _credentials(stage: Stage) -> dict[str, Any]:
    return make_credentials("one two three", stage.value("select iterations from auth.gate_settings"))


_PERSON: dict[str, Any] = {"display_name": "新人", "display_name_en": "Newcomer", "language": "zh"}
_PERSON |= {"email": "n@example.com", "phone": "0571", "roles": ["erp_job_sales_clerk"]}


def _create_user(stage: Stage) -> Given:
    fields = _PERSON | {"login": "newcomer", "must_change": True}
    return Given("admin", fields | _credentials(stage) | _scopes(stage))


def _user(stage: Stage, **more: Any) -> Given:
    user_id = stage.id_of("user", "wangqiang")
    version = stage.value("select version from auth.users where id = %s", user_id)
    return Given("admin", {"user_id": user_id} | more, version)


_ROLE: dict[str, Any] = {"title_zh": "店长", "title_en": "Shop manager", "department": "sales"}
_ROLE |= {"description_zh": "管理门店", "description_en": "Runs a shop", "roles": ["erp_job_buyer", "erp_price_view"]}


def _role(stage: Stage, **more: Any) -> Given:
    made = stage.call("admin", "auth.create_role", _ROLE)
    return Given("admin", {"id": made["id"]} | more, made["version"])


def _save_gate_rules(stage: Stage) -> Given:
    rules = {"failures_allowed": 5, "first_lock_minutes": 5, "longest_lock_hours": 24, "address_failures_allowed": 50}
    rules |= {"session_hours": 12, "password_length": 15, "password_length_with_code": 8, "passwords_remembered": 5}
    rules |= {"session_idle_minutes": 60, "password_valid_days": 365}
    fields: dict[str, Any] = {**rules, "roles_with_codes": ["erp_job_administrator"]}
    return Given("admin", fields, stage.value("select version from auth.gate_settings"))


def _record_print(stage: Stage) -> Given:
    order = draft(stage, [("CHAIR", 2)])
    return Given("lina", {"document_type": "order", "document_id": order["id"], "medium": "paper"})


def _record_export(_stage: Stage) -> Given:
    return Given("lina", {"list": "销售订单", "file": "订单.xlsx", "rows": 12})


COMMANDS: Mapping[str, Callable[[Stage], Given]] = {
    "audit.record_export": _record_export,
    "audit.record_print": _record_print,
    "audit.report_head": lambda _stage: Given("lina", {"number": 1, "hash": "00" * 32}),
    "auth.create_role": lambda _stage: Given("admin", _ROLE),
    "auth.create_user": _create_user,
    "auth.disable_user": _user,
    "auth.enable_user": _user,
    "auth.end_own_sessions": lambda _stage: Given("lina", {"tag": "0123456789ab", "but": "ba9876543210"}),
    "auth.end_sessions": _user,
    "auth.remove_role": lambda stage: _role(stage, take_away=True),
    "auth.reset_codes": _user,
    "auth.reset_password": lambda stage: _user(stage, **_credentials(stage)),
    "auth.save_role": lambda stage: _role(stage, **_ROLE),
    "auth.save_gate_rules": _save_gate_rules,
    "auth.save_user": lambda stage: _user(stage, **_PERSON, **_scopes(stage)),
    "auth.set_user_roles": lambda stage: _user(stage, roles=["erp_job_sales_clerk", "erp_job_buyer"]),
    "auth.set_user_scopes": lambda stage: _user(stage, **_scopes(stage)),
    "auth.unlock_user": _user,
    "crm.save_customer": _save_customer,
    "finance.allocate_payment": _allocate_payment,
    "finance.create_invoice": _create_invoice,
    "finance.discard_invoice": _invoice,
    "finance.issue_invoice": _invoice,
    "finance.record_payment": _record_payment,
    "production.cancel_work_order": _cancel_work_order,
    "production.release_work_order": _release_work_order,
    "production.replan_work_order": _replan_work_order,
    "production.report_work": _report_work,
    "purchasing.cancel_order": _cancel_purchase,
    "purchasing.cancel_request": _cancel_request,
    "purchasing.create_orders": _create_purchases,
    "purchasing.receive_order": _receive_purchase,
    "purchasing.reschedule_order": _reschedule_purchase,
    "purchasing.save_order": _save_purchase,
    "purchasing.send_order": _send_purchase,
    "purchasing.set_preferred_supplier": _prefer_supplier,
    "sales.approve_order": _approve_order,
    "sales.cancel_order": _cancel_order,
    "sales.import_orders": _import_orders,
    "sales.release_hold": _release_hold,
    "sales.return_order": _return_order,
    "sales.save_order": _save_order,
    "sales.submit_order": _submit_order,
    "sales.undo_import": _undo_import,
    "stock.adjust_stock": _adjust_stock,
    "stock.cancel_shipment": _cancel_shipment,
    "stock.create_shipment": _create_shipment,
    "stock.deliver_shipment": _deliver_shipment,
    "stock.depart_shipment": _depart_shipment,
    "stock.pick_shipment": _pick_shipment,
    "stock.ship_shipment": _ship_shipment,
}
"""Every command, with the situation in which its sound document belongs."""
