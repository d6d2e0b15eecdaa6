"""From what is ready to what was signed for: shipments and who may do what with them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.helpers.personas import LOGINS
from tests.helpers.stage import Stage
from tests.helpers.supply import balance, confirm, order_lines, ship, stock_up


@pytest.fixture
def ready_order(stage: Stage) -> int:
    """An order of three chairs and a service, ready in FIN, where five chairs are."""
    stock_up(stage, "FIN", CHAIR=5)
    return confirm(stage, [("CHAIR", 3), ("INSTALL", 1)])


def make(stage: Stage, order_id: int, login: str = "keeper", **lines: Any) -> dict[str, Any]:
    return stage.call(login, "stock.create_shipment", {"order_id": order_id} | lines)


def pick(stage: Stage, shipment: dict[str, Any], qty: float | None = None) -> dict[str, Any]:
    lines = stage.rows("select id, qty from stock.shipment_lines where shipment_id = %s order by id", shipment["id"])
    picks = [{"id": line, "picked_qty": str(full if qty is None else qty)} for line, full in lines]
    return stage.call("keeper", "stock.pick_shipment", {"id": shipment["id"], "lines": picks}, shipment["version"])


def test_the_whole_way_of_a_shipment(stage: Stage, ready_order: int) -> None:
    shipment = pick(stage, make(stage, ready_order))
    assert shipment["state"] == "picking"
    shipment = stage.call(
        "keeper", "stock.ship_shipment", {"id": shipment["id"], "carrier": "德邦"}, shipment["version"]
    )
    assert (shipment["state"], shipment["order_state"]) == ("shipped", "shipped")
    assert balance(stage, "CHAIR") == (2, 0, 0, 0)
    shipment = stage.call("keeper", "stock.depart_shipment", {"id": shipment["id"]}, shipment["version"])
    assert (shipment["state"], shipment["order_state"]) == ("in_transit", "in_transit")
    document = {"id": shipment["id"], "received_by": "王先生"}
    shipment = stage.call("keeper", "stock.deliver_shipment", document, shipment["version"])
    assert (shipment["state"], shipment["order_state"]) == ("delivered", "delivered")
    assert [row[1:] for row in order_lines(stage, ready_order)] == [
        ("delivered", 3, 0, 3, 3),
        ("delivered", 1, 0, 1, 1),
    ]
    timeline = stage.rows(
        "select action from workflow.events where document_type = 'shipment' and document_id = %s order by at",
        shipment["id"],
    )
    assert [row[0] for row in timeline] == ["create", "pick", "ship", "depart", "deliver"]


def test_a_shipment_keeps_what_its_order_lines_said(stage: Stage, ready_order: int) -> None:
    stage.rows("update sales.order_lines set description = '左开门' where order_id = %s and line_no = 10", ready_order)
    shipment = ship(stage, ready_order)
    stage.call("keeper", "stock.deliver_shipment", {"id": shipment["id"], "received_by": "王先生"}, shipment["version"])
    read = "select order_line_no, description from stock.shipment_lines where shipment_id = %s order by line_no"
    assert stage.rows("select id from sales.order_lines_brief where order_id = %s", ready_order, login="keeper") == []
    assert stage.rows(read, shipment["id"], login="keeper") == [(10, "左开门"), (20, "")]


def test_a_shipment_goes_with_its_order_to_another_owner(stage: Stage, ready_order: int) -> None:
    shipment = ship(stage, ready_order)
    seen = "select id from stock.shipments"
    assert [stage.rows(seen, login=login) for login in ("lina", "wangqiang")] == [[(shipment["id"],)], []]
    stage.rows("update sales.orders set owner_id = %s where id = %s", stage.id_of("user", "wangqiang"), ready_order)
    assert [stage.rows(seen, login=login) for login in ("lina", "wangqiang")] == [[], [(shipment["id"],)]]


def test_shipping_posts_the_cost_of_goods(stage: Stage, ready_order: int) -> None:
    shipment = ship(stage, ready_order)
    entry = stage.rows(
        "select a.code, l.debit, l.credit from finance.journal_entries e"
        " join finance.journal_lines l on l.entry_id = e.id"
        " join finance.accounts a on a.id = l.account_id"
        " where e.document_type = 'shipment' and e.document_id = %s order by a.code",
        shipment["id"],
    )
    assert [(code, str(debit), str(credit)) for code, debit, credit in entry] == [
        ("1405", "0.00", "240.37"),
        ("6401", "240.37", "0.00"),
    ]


def test_a_part_goes_first_and_the_rest_later(stage: Stage, ready_order: int) -> None:
    first = ship(stage, ready_order, CHAIR=2)
    assert first["order_state"] == "ready"
    assert order_lines(stage, ready_order)[0][1:5] == ("ready", 3, 1, 2)
    assert balance(stage, "CHAIR") == (3, 1, 0, 0)
    second = ship(stage, ready_order)
    assert second["order_state"] == "shipped"
    assert balance(stage, "CHAIR") == (2, 0, 0, 0)


def test_only_what_is_ready_can_be_shipped(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=2)
    order = confirm(stage, [("CHAIR", 3), ("LAMP", 1), ("INSTALL", 1)])
    chair = stage.value("select min(id) from sales.order_lines where order_id = %s", order)
    lines = [{"order_line_id": chair, "qty": 3}]
    refusal = stage.refusal("keeper", "stock.create_shipment", {"order_id": order, "lines": lines})
    assert (refusal.code, refusal.field, refusal.params["ready"]) == ("UQ302", "lines[0].qty", 2)
    twice = [{"order_line_id": chair, "qty": 1}, {"order_line_id": chair, "qty": 2}]
    assert stage.refusal("keeper", "stock.create_shipment", {"order_id": order, "lines": twice}).code == "UQ302"
    make(stage, order, lines=[{"order_line_id": chair, "qty": 1}])
    rest = make(stage, order)
    assert stage.rows("select qty from stock.shipment_lines where shipment_id = %s order by line_no", rest["id"]) == [
        (1,),
        (1,),
    ]
    assert stage.refusal("keeper", "stock.create_shipment", {"order_id": order}).code == "US302"


def test_a_service_waits_for_the_goods_it_belongs_to(stage: Stage) -> None:
    order = confirm(stage, [("LAMP", 1), ("INSTALL", 1)])
    assert stage.refusal("keeper", "stock.create_shipment", {"order_id": order}).code == "US302"
    alone = confirm(stage, [("INSTALL", 1)])
    assert ship(stage, alone)["order_state"] == "shipped"


@pytest.mark.parametrize(
    ("picked", "code"),
    [("4", "UV302"), ("1.5", "UV301"), ("-1", "UV004"), ("many", "UV003"), ("", "UV001"), ("1e9", "UV003")],
)
def test_what_cannot_be_picked(stage: Stage, ready_order: int, picked: str, code: str) -> None:
    shipment = make(stage, ready_order)
    line = stage.value("select min(id) from stock.shipment_lines where shipment_id = %s", shipment["id"])
    document = {"id": shipment["id"], "lines": [{"id": line, "picked_qty": picked}]}
    assert stage.refusal("keeper", "stock.pick_shipment", document, shipment["version"]).code == code


def test_a_line_of_another_shipment_is_not_there(stage: Stage, ready_order: int) -> None:
    shipment = make(stage, ready_order)
    document = {"id": shipment["id"], "lines": [{"id": 987654321, "picked_qty": 1}]}
    assert stage.refusal("keeper", "stock.pick_shipment", document, shipment["version"]).code == "UN001"


def test_picking_keeps_what_it_does_not_name(stage: Stage, ready_order: int) -> None:
    made = make(stage, ready_order)
    line = stage.value("select id from stock.shipment_lines where shipment_id = %s order by id limit 1", made["id"])
    lines = [{"id": line, "picked_qty": "1"}]
    document = {"id": made["id"], "lines": lines, "carrier": "Deppon", "vehicle": "B 1"}
    first = stage.call("keeper", "stock.pick_shipment", document, made["version"])
    second = stage.call("keeper", "stock.pick_shipment", {**document, "carrier": ""}, first["version"])
    del document["carrier"], document["vehicle"]
    stage.call("keeper", "stock.pick_shipment", document, second["version"])
    assert stage.rows("select carrier, vehicle from stock.shipments where id = %s", made["id"]) == [("", "B 1")]


def test_nothing_picked_cannot_be_shipped(stage: Stage, ready_order: int) -> None:
    shipment = make(stage, ready_order)
    assert stage.refusal("keeper", "stock.ship_shipment", {"id": shipment["id"]}, shipment["version"]).code == "US303"


def test_a_cancelled_shipment_leaves_its_goods_to_the_order(stage: Stage, ready_order: int) -> None:
    shipment = make(stage, ready_order)
    document = {"id": shipment["id"], "reason": "车辆故障"}
    cancelled = stage.call("keeper", "stock.cancel_shipment", document, shipment["version"])
    assert (cancelled["state"], cancelled["order_state"]) == ("cancelled", "ready")
    assert balance(stage, "CHAIR") == (5, 3, 0, 0)
    assert ship(stage, ready_order)["state"] == "shipped"


def test_an_order_with_a_shipment_cannot_be_cancelled(stage: Stage) -> None:
    stock_up(stage, "FIN", CHAIR=3)
    order = confirm(stage, [("CHAIR", 3), ("LAMP", 1)])
    shipment = make(stage, order)
    version = stage.value("select version from sales.orders where id = %s", order)
    refusal = stage.refusal("manager", "sales.cancel_order", {"id": order, "reason": "不要了"}, version)
    assert (refusal.code, refusal.params["shipment"]) == ("US301", shipment["number"])


@pytest.mark.parametrize(
    ("step", "document"),
    [
        ("pick", {"lines": [{"id": 1, "picked_qty": 1}]}),
        ("ship", {}),
        ("cancel", {"reason": "错"}),
        ("depart", {}),
    ],
)
def test_a_delivered_shipment_takes_no_further_step(
    stage: Stage, ready_order: int, step: str, document: dict[str, Any]
) -> None:
    shipment = ship(stage, ready_order)
    shipment = stage.call(
        "keeper", "stock.deliver_shipment", {"id": shipment["id"], "received_by": "李"}, shipment["version"]
    )
    refusal = stage.refusal("keeper", f"stock.{step}_shipment", {"id": shipment["id"]} | document, shipment["version"])
    assert (refusal.code, refusal.params["state"]) == ("US001", "delivered")


COMMANDS = {
    "stock.create_shipment": {"order_id": 0},
    "stock.pick_shipment": {"id": 0, "lines": [{"id": 1, "picked_qty": 1}]},
    "stock.ship_shipment": {"id": 0},
    "stock.depart_shipment": {"id": 0},
    "stock.deliver_shipment": {"id": 0, "received_by": "x"},
    "stock.cancel_shipment": {"id": 0, "reason": "x"},
}


@pytest.mark.parametrize("command", COMMANDS)
def test_who_keeps_no_warehouse_is_refused(stage: Stage, ready_order: int, command: str) -> None:
    shipment = make(stage, ready_order)
    document = {
        key: value or shipment["order_id" if key == "order_id" else "id"] for key, value in COMMANDS[command].items()
    }
    for login in LOGINS:
        if login not in ("keeper", "shopkeeper"):
            assert stage.refusal(login, command, document, shipment["version"]).code == "42501", login


@pytest.mark.parametrize("command", COMMANDS)
def test_another_warehouse_is_not_there(stage: Stage, ready_order: int, command: str) -> None:
    shipment = make(stage, ready_order)
    document = {
        key: value or shipment["order_id" if key == "order_id" else "id"] for key, value in COMMANDS[command].items()
    }
    assert stage.refusal("shopkeeper", command, document, shipment["version"]).code == "UN001"


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "stock.create_shipment"])
def test_an_old_version_is_refused(stage: Stage, ready_order: int, command: str) -> None:
    shipment = pick(stage, make(stage, ready_order))
    refusal = stage.refusal("keeper", command, COMMANDS[command] | {"id": shipment["id"]}, shipment["version"] - 1)
    assert refusal.code == "UC001"
    assert stage.refusal("keeper", command, COMMANDS[command] | {"id": shipment["id"]}).code == "UC001"


def test_an_order_that_changed_meanwhile_is_not_shipped(stage: Stage, ready_order: int) -> None:
    assert stage.refusal("keeper", "stock.create_shipment", {"order_id": ready_order}, 1).code == "UC001"


def test_a_repeated_request_ships_once(stage: Stage, ready_order: int) -> None:
    shipment = pick(stage, make(stage, ready_order))
    for command, document in (
        ("stock.ship_shipment", {"id": shipment["id"]}),
        ("stock.depart_shipment", {"id": shipment["id"]}),
        ("stock.deliver_shipment", {"id": shipment["id"], "received_by": "王"}),
    ):
        request_id = uuid4()
        results = [stage.call("keeper", command, document, shipment["version"], request_id) for _ in range(3)]
        assert results[0] == results[1] == results[2]
        shipment = results[0]
    assert balance(stage, "CHAIR") == (2, 0, 0, 0)
    assert stage.value("select count(*) from stock.moves where kind = 'shipment'") == 1


def test_a_repeated_request_makes_and_picks_once(stage: Stage, ready_order: int) -> None:
    request_id = uuid4()
    made = [stage.call("keeper", "stock.create_shipment", {"order_id": ready_order}, None, request_id) for _ in "ab"]
    assert made[0] == made[1]
    request_id = uuid4()
    document = {"id": made[0]["id"], "reason": "错"}
    cancelled = [stage.call("keeper", "stock.cancel_shipment", document, made[0]["version"], request_id) for _ in "ab"]
    assert cancelled[0] == cancelled[1]
    assert stage.value("select count(*) from stock.shipments") == 1


SEE_SHIPMENTS = {
    "lina": 1,
    "wangqiang": 0,
    "chen": 0,
    "manager": 1,
    "cdmanager": 0,
    "executive": 1,
    "keeper": 1,
    "shopkeeper": 0,
    "finance": 1,
    "service": 0,
}


@pytest.mark.parametrize("login", LOGINS)
def test_who_sees_a_shipment(stage: Stage, ready_order: int, login: str) -> None:
    shipment = make(stage, ready_order)
    if login not in SEE_SHIPMENTS:
        assert stage.refused("select id from stock.shipment_list", login=login).code == "42501"
        assert stage.refused("select ship_to from stock.shipments", login=login).code == "42501"
        return
    found = "select stock.search_shipments(%s, 10)"
    assert len(stage.rows("select id from stock.shipment_list", login=login)) == SEE_SHIPMENTS[login]
    assert len(stage.rows("select id from stock.shipment_lines", login=login)) == 2 * SEE_SHIPMENTS[login]
    assert len(stage.rows(found, shipment["number"][-4:], login=login)) == SEE_SHIPMENTS[login]
    assert len(stage.rows(found, "云山", login=login)) == SEE_SHIPMENTS[login]
    assert stage.rows(found, "东湖", login=login) == []


def test_nobody_writes_shipments_by_plain_sql(stage: Stage, ready_order: int) -> None:
    make(stage, ready_order)
    for login in LOGINS:
        for statement in ("update stock.shipments set state = 'shipped'", "delete from stock.shipment_lines"):
            assert stage.refused(statement, login=login).code == "42501", login


def test_what_the_warehouse_can_pick_next(stage: Stage, ready_order: int) -> None:
    confirm(stage, [("LAMP", 1)])
    rows = stage.rows("select id, ready_lines, waiting_lines from stock.to_ship_list", login="keeper")
    assert rows == [(ready_order, 2, 0)]
    assert stage.rows("select id from stock.to_ship_list", login="shopkeeper") == []
    make(stage, ready_order)
    assert stage.rows("select id from stock.to_ship_list", login="keeper") == []


def test_an_order_whose_service_alone_is_ready_is_not_offered(stage: Stage) -> None:
    waiting = confirm(stage, [("LAMP", 1), ("INSTALL", 1)])
    assert stage.rows("select id from stock.to_ship_list", login="keeper") == []
    assert stage.refusal("keeper", "stock.create_shipment", {"order_id": waiting}).code == "US302"
    alone = confirm(stage, [("INSTALL", 1)])
    assert stage.rows("select id, ready_lines from stock.to_ship_list", login="keeper") == [(alone, 1)]


def test_moves_are_found_by_product_and_by_document(stage: Stage, ready_order: int) -> None:
    stock_up(stage, "FIN", LAMP=1)
    shipment = ship(stage, ready_order)
    count = {"warehouse_id": stage.warehouse("FIN"), "product_id": stage.product("LAMP"), "counted_qty": 3}
    counted = stage.call("keeper", "stock.adjust_stock", count | {"reason": "盘点"})

    def found(text: str, login: str = "keeper") -> list[tuple[str, int]]:
        rows = "select m.kind, m.qty::int from stock.search_moves(%s, 10) f (id) join stock.move_list m using (id)"
        return stage.rows(f"{rows} order by m.id desc", text, login=login)

    assert found("canyi") == [("shipment", -3), ("opening", 5)]
    assert found("LAMP") == [("adjustment", 2), ("opening", 1)]
    assert found(shipment["number"]) == [("shipment", -3)]
    assert found("云山") == [("shipment", -3)]
    assert found(counted["number"].lower()) == [("adjustment", 2)]
    assert found("%") == found("nothing like it") == []
    assert found("canyi", login="shopkeeper") == []
