"""What must fail, fails: the clerk beyond her job, the stranger, the gate's role, the guesser."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import psycopg2

from erp_desktop.demo.day import hands
from erp_desktop.demo.day.hands import Unexpected
from erp_desktop.demo.day.script import Step
from erp_desktop.demo.day.stage import Desk, Stage, expect
from erp_desktop.demo.day.steps import attempts
from erp_desktop.demo.day.steps.attempts import NOT_ALLOWED, Trespasser
from erp_desktop.services.auth import GATE_PASSWORD, GATE_ROLE
from erp_desktop.services.db import connect
from erp_desktop.services.errors import KnownError

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

CLERK, STRANGER, GUESSED = "lina", "fangyuan", "lintao"
OWN_AFFAIRS = ["audit.record_print", "audit.record_export", "audit.report_head", "auth.end_own_sessions"]

_ORDER = """
select o.id, o.version, o.number from sales.orders o
join auth.users u on u.id = o.owner_id
where u.login = %s and o.state = any (%s) order by o.id desc limit 1
"""


def _order(stage: Stage, *states: str) -> tuple[int, int, str]:
    """Id, version and number of an order of the clerk in one of the states."""
    order_id, version, number = stage.row(_ORDER, CLERK, list(states))
    return int(order_id), int(version), str(number)


def approve_own_order(stage: Stage) -> str:
    """The clerk tries to approve what she submitted herself: by the command, and by the table."""
    order_id, version, number = _order(stage, "submitted")
    clerk = Trespasser(stage, CLERK)
    clerk.refused_command("sales.approve_order", {"id": order_id}, version)
    clerk.refused("update sales.orders set state = 'confirmed' where id = %s", order_id)
    clerk.refused("update workflow.approvals set decision = 'approved' where document_id = %s", order_id)
    clerk.refused("set role erp_order_approve")
    return number


def read_another_branchs_order(stage: Stage) -> str:
    """The clerk of one branch looks for an order of the other, in every place where it could show."""
    order_id, number = stage.row(
        "select o.id, o.number from sales.orders o join org.branches b on b.id = o.branch_id"
        " where b.code = 'CD' and o.state = 'delivered' order by o.id desc limit 1"
    )
    clerk = Trespasser(stage, CLERK)
    clerk.sees_nothing("select * from sales.orders where id = %s", order_id)
    clerk.sees_nothing("select * from sales.order_lines where order_id = %s", order_id)
    clerk.sees_nothing("select * from sales.order_list where id = %s", order_id)
    clerk.sees_nothing("select * from sales.search_orders(%s, 10) found where found = %s", number, order_id)
    clerk.sees_nothing("select 1 where sales.read_order(%s) is not null", order_id)
    clerk.sees_nothing("select * from stock.shipment_list where order_id = %s", order_id)
    clerk.sees_nothing("select * from workflow.timeline where document_type = 'order' and document_id = %s", order_id)
    return str(number)


def read_a_cost(stage: Stage) -> str:
    """The clerk looks for what things cost: the standard cost, the value of a move, the price of a supplier."""
    clerk = Trespasser(stage, CLERK)
    code = "select code from catalog.products where supply = 'buy' order by id limit 1"
    clerk.sees_nothing("select standard_cost from catalog.product_costs")
    clerk.refused("select unit_cost from stock.moves limit 1")
    clerk.sees_nothing("select unit_price from purchasing.supplier_products")
    clerk.refused("select unit_price from purchasing.order_lines limit 1")
    clerk.sees_nothing("select * from finance.journal_lines")
    return str(stage.value(code))


def read_another_clerks_customer(stage: Stage) -> str:
    """The clerk looks for a customer of her colleague in the same branch, and tries to enter an order for her."""
    customer_id, code = stage.row(
        "select c.id, c.code from crm.customers c join auth.users u on u.id = c.owner_id"
        " where u.login = 'chenjie' order by c.id limit 1"
    )
    clerk = Trespasser(stage, CLERK)
    clerk.sees_nothing("select * from crm.customers where id = %s", customer_id)
    clerk.sees_nothing("select * from crm.customer_list where id = %s", customer_id)
    product_id = stage.value("select id from catalog.products where code = 'CB-211N'")
    document = {"customer_id": customer_id, "lines": [{"product_id": product_id, "qty": "1"}]}
    clerk.refused_command("sales.save_order", document, None, ("UN001", "UV201", "UV202", "UV203", "UV204"))
    return str(code)


def change_a_confirmed_line(stage: Stage) -> str:
    """The clerk tries to change the quantity of a line after the order was confirmed."""
    order_id, version, number = _order(stage, "confirmed", "in_production", "ready")
    customer_id, line_id, product_id = stage.row(
        "select o.customer_id, l.id, l.product_id from sales.orders o join sales.order_lines l on l.order_id = o.id"
        " where o.id = %s order by l.line_no limit 1",
        order_id,
    )
    clerk = Trespasser(stage, CLERK)
    clerk.refused("update sales.order_lines set qty = 1, net_amount = 0 where id = %s", line_id)
    clerk.refused("delete from sales.order_lines where id = %s", line_id)
    lines = [{"line_no": 1, "product_id": product_id, "qty": "1"}]
    document = {"id": order_id, "customer_id": customer_id, "lines": lines}
    clerk.refused_command("sales.save_order", document, version, ("US001",))
    return number


def ship(stage: Stage) -> str:
    """The clerk tries to ship her own ready order: by the command, and by changing stock."""
    order_id, version, number = _order(stage, "ready")
    clerk = Trespasser(stage, CLERK)
    clerk.refused_command("stock.create_shipment", {"order_id": order_id}, version)
    clerk.refused("update stock.balances set on_hand = on_hand - 1")
    clerk.refused("insert into stock.moves (warehouse_id, product_id, qty) values (1, 1, -1)")
    clerk.refused("update sales.order_lines set shipped_qty = qty where order_id = %s", order_id)
    return number


def post(stage: Stage) -> str:
    """The clerk tries to post: an entry of her own, and a change of one that stands."""
    entry_id = stage.value("select max(id) from finance.journal_entries")
    clerk = Trespasser(stage, CLERK)
    clerk.refused("insert into finance.journal_entries (posted_on) values (current_date)")
    clerk.refused("insert into finance.journal_lines (entry_id, account_id, debit) values (%s, 1, 1000)", entry_id)
    clerk.refused("update finance.journal_lines set debit = 0, credit = 0 where entry_id = %s", entry_id)
    clerk.refused("select finance.post_entry('payment', now())", codes=(NOT_ALLOWED, "42883"))
    return ""


def give_herself_a_right(stage: Stage) -> str:
    """The clerk tries to get what only managers may: by a role of her own, by hand, and by a login of PostgreSQL."""
    user_id, version, role = stage.row("select id, version, role_name from auth.users where login = %s", CLERK)
    clerk = Trespasser(stage, CLERK)
    wanted = "erp_order_approve"
    fields = {"title_zh": "经理", "title_en": "My manager", "department": "sales", "roles": [wanted]}
    clerk.refused_command("auth.create_role", fields, None)
    clerk.refused_command("auth.set_user_roles", {"user_id": user_id, "roles": [wanted]}, version)
    clerk.refused(f'grant {wanted} to "{role}"')
    clerk.refused("create role erp_c_0123456789abcdef in role erp_order_approve")
    clerk.refused("select * from auth.rights_of(%s)", user_id)
    clerk.refused_command("auth.end_sessions", {"user_id": user_id}, version)
    clerk.refused("select id from auth.sessions")
    clerk.refused("delete from auth.sessions")
    return wanted


# The commands of the departments behind sales, each with a document that somebody of that department could send.
_COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("sales.approve_order", "id", "sales.orders"),
    ("sales.return_order", "id", "sales.orders"),
    ("sales.release_hold", "id", "sales.orders"),
    ("production.release_work_order", "id", "production.work_orders"),
    ("production.report_work", "operation_id", "production.operations"),
    ("production.cancel_work_order", "id", "production.work_orders"),
    ("production.replan_work_order", "id", "production.work_orders"),
    ("purchasing.create_orders", "request_ids", "purchasing.requests"),
    ("purchasing.cancel_request", "id", "purchasing.requests"),
    ("purchasing.reschedule_order", "id", "purchasing.orders"),
    ("purchasing.set_preferred_supplier", "product_id", "catalog.products"),
    ("purchasing.save_order", "id", "purchasing.orders"),
    ("purchasing.send_order", "id", "purchasing.orders"),
    ("purchasing.cancel_order", "id", "purchasing.orders"),
    ("purchasing.receive_order", "id", "purchasing.orders"),
    ("stock.adjust_stock", "warehouse_id", "org.warehouses"),
    ("stock.create_shipment", "order_id", "sales.orders"),
    ("stock.pick_shipment", "id", "stock.shipments"),
    ("stock.ship_shipment", "id", "stock.shipments"),
    ("stock.depart_shipment", "id", "stock.shipments"),
    ("stock.deliver_shipment", "id", "stock.shipments"),
    ("stock.cancel_shipment", "id", "stock.shipments"),
    ("finance.create_invoice", "order_id", "sales.orders"),
    ("finance.issue_invoice", "id", "finance.invoices"),
    ("finance.discard_invoice", "id", "finance.invoices"),
    ("finance.record_payment", "customer_id", "crm.customers"),
    ("finance.allocate_payment", "id", "finance.payments"),
)


def call_a_command(function: str, key: str, table: str, stage: Stage) -> str:
    """The clerk calls a command of another department on the newest document of its kind."""
    row_id = stage.value(f"select max(id) from {table}")
    Trespasser(stage, CLERK).refused_command(function, {key: [row_id] if key.endswith("s") else row_id}, 1)
    return ""


def every_command_is_tried(stage: Stage) -> str:
    """The list above names every command of the departments behind sales, also of those that come later."""
    found = stage.rows(
        "select p.oid::regproc::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname in ('stock', 'production', 'purchasing', 'finance')"
        " and p.prorettype = 'jsonb'::regtype and p.proargnames[1:3] = '{in_request_id,in_document,in_version}'"
    )
    tried = {function for function, _, _ in _COMMANDS}
    missing = sorted({function for (function,) in found} - tried)
    expect("the list of commands that nobody tried", missing, [])
    return f"{len(tried)} commands"


# What everybody who may log in sees, by table and view: nothing of the company's business.
_PLACES = {"org.branches", "org.calendar_days", "org.companies", "org.currencies", "org.units", "org.warehouses"}
_PLACES |= {"org.work_centres"}
_COLLEAGUES = {"auth.people", "auth.roles", "auth.users"}
_PROGRAM = {"catalog.categories", "catalog.price_lists", "meta.screens", "meta.settings", "meta.versions"}
_PROGRAM |= {"workflow.transitions"}
_FOR_EVERYBODY = _PLACES | _COLLEAGUES | _PROGRAM | {"auth.session_list", "auth.sessions"}
_OF_COLLEAGUES = {"id", "display_name", "display_name_en", "is_active"}
_OWN_OBJECTS = ("create table public.mine (id int)", "create temporary table mine (id int)", "select lo_create(0)")
_RELATIONS = """
select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v') and not c.relispartition
    and exists (select from pg_description d where d.objoid = n.oid)
    and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public') order by 1, 2
"""


def the_stranger_sees_what_everybody_may(stage: Stage) -> str:
    """Somebody without a job reads every table and every view: places, names and the program's own rows come."""
    relations = [f"{schema}.{name}" for schema, name in stage.rows(_RELATIONS)]
    with closing(stage.connect(STRANGER)) as connection:
        seen = {name for name in relations if _count(connection, name)}
        expect("what the stranger sees", seen, _FOR_EVERYBODY)
        mine = attempts.rows(connection, "select count(*) from auth.session_list where user_id <> auth.user_id()")
        expect("the sessions of others that the stranger sees", mine, [(0,)])
        columns = attempts.rows(
            connection,
            "select attname::text from pg_attribute where attrelid = 'auth.users'::regclass and attnum > 0"
            " and not attisdropped and has_column_privilege(attrelid, attnum, 'select')",
        )
        expect("what the stranger sees of colleagues", {name for (name,) in columns}, _OF_COLLEAGUES)
        _refuse(connection, _OWN_OBJECTS, "the stranger")
    if len(relations) < 80:
        raise Unexpected(f"only {len(relations)} tables and views were tried")
    elsewhere = copy(stage.session(STRANGER).database)
    for elsewhere.profile in _other_databases(stage):
        _refuse_connection(elsewhere.connect, f"{STRANGER} to {elsewhere.profile.database}")
    return f"{len(relations)} tables and views"


def _refuse(connection: Any, statements: Iterable[str], who: str) -> None:
    for statement in statements:
        try:
            attempts.rows(connection, statement)
        except psycopg2.Error as error:
            expect(f"the refusal of “{statement}” to {who}", error.pgcode, NOT_ALLOWED)
        else:
            raise Unexpected(f"{who} may do “{statement}”")


def _other_databases(stage: Stage) -> list[Profile]:
    """PostgreSQL's own, where nobody took away what it lets everybody do: they are shut as a whole."""
    return [stage.server.profile(name) for name in ("postgres", "template1")]


def _refuse_connection(connect_there: Callable[[], Any], what: str) -> None:
    try:
        hands.aside(connect_there, f"the answer to a connection of {what}").close()
    except KnownError as error:
        expect(f"the refusal of a connection of {what}", error.code, "28H02")
    else:
        raise Unexpected(f"there is a connection of {what}")


def _count(connection: Any, relation: str) -> int:
    try:
        return int(attempts.rows(connection, f"select count(*) from {relation}")[0][0])
    except psycopg2.Error as error:
        if error.pgcode != NOT_ALLOWED:
            raise
        return 0


def the_strangers_window_is_empty(stage: Stage) -> str:
    """The program lets her in, offers no screen, and says whom to ask."""
    desk = stage.desk(STRANGER)
    expect("the screens offered to the stranger", desk.shell.navigation.codes(), [])
    desk.picture("stranger")
    stage.leave(STRANGER)
    return ""


def the_stranger_does_nothing(stage: Stage) -> str:
    """Somebody without a job calls every command of the product."""
    commands = stage.rows(
        "select p.oid::regproc::text from pg_proc p where p.prorettype = 'jsonb'::regtype"
        " and p.proargnames[1:3] = '{in_request_id,in_document,in_version}'"
        " and p.oid::regproc::text <> all (%s) order by 1",
        OWN_AFFAIRS,
    )
    before = stage.row(attempts.WORK)
    with closing(stage.connect(STRANGER)) as connection:
        for (function,) in commands:
            try:
                attempts.command(connection, function, {"id": 1}, 1)
            except psycopg2.Error as error:
                expect(f"the refusal of {function}", error.pgcode, NOT_ALLOWED)
            else:
                raise Unexpected(f"the stranger carried out {function}")
    expect("what the stranger changed", stage.row(attempts.WORK) == before, True)
    return f"{len(commands)} commands"


def the_gate_only_lets_people_in(stage: Stage) -> str:
    """The role that everybody's program connects as before the login reads nothing and calls nothing else."""
    allowed = {"auth.server_info", "auth.begin_login", "auth.answer_login", "auth.finish_login", "auth.answer_code"}
    allowed |= {"auth.begin_enrolment", "auth.confirm_enrolment", "auth.renew_password"}
    allowed |= {"auth.renew_recovery_codes", "auth.give_up_codes", "auth.resume_session"}
    allowed |= {"auth.request_reset", "auth.begin_reset"}
    relations = [f"{schema}.{name}" for schema, name in stage.rows(_RELATIONS)]
    functions = stage.rows(
        "select p.oid::regproc::text, p.oid::regprocedure::text from pg_proc p"
        " join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname = any (%s) and p.prokind = 'f' and has_schema_privilege('erp_gate', n.oid, 'usage')"
        " and has_function_privilege('erp_gate', p.oid, 'execute')",
        sorted({name.partition(".")[0] for name in relations}),
    )
    expect("what the gate may call", {name for name, _ in functions}, allowed)
    gate = hands.aside(partial(connect, stage.profile, GATE_ROLE, GATE_PASSWORD), "the gate opens")
    with closing(gate):
        others = ("set role erp_owner", "select sales.approve_order(gen_random_uuid(), '{}', 1)")
        _refuse(gate, [f"select from {name}" for name in relations] + [*others, *_OWN_OBJECTS], "the gate")
    for profile in _other_databases(stage):
        _refuse_connection(partial(connect, profile, GATE_ROLE, GATE_PASSWORD), f"the gate to {profile.database}")
    return f"{len(relations)} tables and views"


def five_wrong_passwords_lock(stage: Stage) -> str:
    """After five wrong passwords the name has to wait, also with the right one; the window says how long."""
    desk = Desk(stage, stage.people[GUESSED])
    window = desk.come()
    for attempt in range(5):
        desk.enter(f"guess-{attempt}")
        hands.wait_until(lambda: window.form.refusal, f"guess {attempt + 1} is refused")
    desk.enter(desk.person.password)
    hands.wait_until(lambda: window.form.refusal, "the right password is refused, too")
    if "too many wrong passwords" not in window.form.refusal:
        raise Unexpected(f"the right password after five wrong ones: {window.form.refusal}")
    stage.picture(window, "login-locked")
    window.close()
    return ""


def _attempted(function: str) -> Callable[[Stage], str]:
    key, table = next((key, table) for name, key, table in _COMMANDS if name == function)
    return partial(call_a_command, function, key, table)


STEPS = (
    Step("refused: the clerk approves her own order by SQL", CLERK, approve_own_order),
    Step("refused: the clerk reads another branch's order", CLERK, read_another_branchs_order),
    Step("refused: the clerk reads a cost", CLERK, read_a_cost),
    Step("refused: the clerk reads another clerk's customer", CLERK, read_another_clerks_customer),
    Step("refused: the clerk changes a confirmed line", CLERK, change_a_confirmed_line),
    Step("refused: the clerk ships", CLERK, ship),
    Step("refused: the clerk posts", CLERK, post),
    Step("refused: the clerk gives herself a right", CLERK, give_herself_a_right),
    *(
        Step(f"refused: the clerk calls {function}", CLERK, _attempted(function))
        for function, _key, _table in _COMMANDS
    ),
    Step("no command of the other departments was left out", CLERK, every_command_is_tried),
    Step("the stranger's window offers nothing", STRANGER, the_strangers_window_is_empty),
    Step(
        "the stranger sees by SQL what everybody may: places, names, no business",
        STRANGER,
        the_stranger_sees_what_everybody_may,
    ),
    Step("the stranger can do nothing by SQL", STRANGER, the_stranger_does_nothing),
    Step("the gate's role can only try to log people in", GATE_ROLE, the_gate_only_lets_people_in),
    Step("five wrong passwords lock the account", GUESSED, five_wrong_passwords_lock),
)
