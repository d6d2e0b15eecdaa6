"""Writes the year of sales: orders, what covers the open ones, shipments, invoices, payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from erp_desktop.demo.books import Books, Move, at
from erp_desktop.demo.company import BadDemoFileError
from erp_desktop.demo.plant import Plant, Work
from erp_desktop.demo.records import Customer, Order, OrderLine

TABLES = (
    "sales.orders",
    "sales.order_lines",
    "stock.shipments",
    "stock.shipment_lines",
    "finance.invoices",
    "finance.invoice_lines",
    "finance.payments",
    "finance.allocations",
    "purchasing.requests",
)
_ADVANCE = ("waiting", "in_production", "ready", "shipped", "in_transit", "delivered")
_STATE_OF_ADVANCE = dict(
    zip(_ADVANCE, ("confirmed", "in_production", "ready", "shipped", "in_transit", "delivered"), strict=True)
)
_COVERED = ("confirmed", "in_production", "ready")
_ZERO = Decimal(0)


@dataclass
class Sale:
    """An order on its way into the database, with what was found out about it so far."""

    order: Order
    customer: Customer
    lines: list[OrderLine]
    place: int
    order_id: int = 0
    customer_id: int = 0
    reserved: dict[int, Decimal] = field(default_factory=dict)
    line_ids: dict[int, int] = field(default_factory=dict)

    @property
    def net(self) -> Decimal:
        """Sum of the lines without tax."""
        return sum((line.net for line in self.lines), _ZERO)

    @property
    def tax(self) -> Decimal:
        """Tax of the lines."""
        return sum((line.tax for line in self.lines), _ZERO)

    @property
    def minutes(self) -> int:
        """A few minutes that differ from order to order, so that not everything happens at once."""
        return self.place * 7 % 55

    def missing(self, line: OrderLine) -> Decimal:
        """What a line of a confirmed order lacks."""
        return line.qty - self.reserved.get(line.line_no, _ZERO)

    def line_state(self, line: OrderLine, supply: str) -> str:
        """The state of a line; what is missing is in production once the work order is released."""
        order = self.order
        if order.state in ("draft", "submitted", "returned"):
            return "open"
        if order.state not in _COVERED:
            return "delivered" if order.state == "completed" else order.state
        if not self.missing(line):
            return "ready"
        return "in_production" if order.state == "in_production" and supply == "make" else "waiting"


def write_sales(books: Books, plant: Plant) -> None:
    """Write all orders and everything that followed from them; stock holds what was made and bought."""
    sales = _sales_of(books)
    _share_out(books, sales)
    for sale in sales:
        _add_order(books, sale)
        _record_life(books, sale)
    for sale in sales:
        if sale.order.state in _COVERED:
            _cover(books, plant, sale)
    for sale, day in _by_day(sales, "shipped_on"):
        _add_shipment(books, sale, day)
    invoices = {sale.order.number: _add_invoice(books, sale, day) for sale, day in _by_day(sales, "invoiced_on")}
    for sale, day in _by_day(sales, "paid_on"):
        _add_payment(books, sale, day, invoices[sale.order.number])


def _sales_of(books: Books) -> list[Sale]:
    lines: defaultdict[str, list[OrderLine]] = defaultdict(list)
    for line in books.company.order_lines:
        lines[line.number].append(line)
    customers = {customer.code: customer for customer in books.company.customers}
    return [
        Sale(order, customers[order.customer], lines[order.number], place)
        for place, order in enumerate(books.company.orders)
    ]


def _by_day(sales: list[Sale], column: str) -> Iterator[tuple[Sale, date]]:
    """The sales on whose order something happened, in the order of the days."""
    dated: list[tuple[date, int, Sale]] = []
    for sale in sales:
        day = getattr(sale.order, column)
        if day:
            dated.append((day, sale.place, sale))
    for day, _, sale in sorted(dated, key=lambda item: item[:2]):
        yield sale, day


def _share_out(books: Books, sales: list[Sale]) -> None:
    """Decide what the open orders get of the stock that is left at the end, oldest promise first."""
    left = dict(books.on_hand)
    for sale in sales:
        if sale.order.shipped_on:
            for line in sale.lines:
                left[sale.order.warehouse, line.product] -= line.qty
    waiting = [sale for sale in sales if sale.order.state in _COVERED]
    for sale in sorted(waiting, key=lambda item: (item.order.promised_on, item.place)):
        for line in sale.lines:
            place = (sale.order.warehouse, line.product)
            share = min(line.qty, left.get(place, _ZERO))
            if share:
                sale.reserved[line.line_no] = share
                left[place] -= share
        states = [sale.line_state(line, books.products[line.product].supply) for line in sale.lines]
        state = _STATE_OF_ADVANCE[min(states, key=_ADVANCE.index)]
        if state != sale.order.state:
            row = books.company.orders.index(sale.order) + 2
            raise BadDemoFileError("orders.csv", row, "state", f"by the stock of that day the order is {state}")


def _add_order(books: Books, sale: Sale) -> None:
    order, customer = sale.order, sale.customer
    clerk_id = books.id_of("user", order.clerk)
    sale.customer_id = books.id_of("customer", order.customer)
    address = order if order.address else customer
    entered = at(order.ordered_on, "09:05", sale.minutes)
    was_submitted = order.state != "draft" and not (order.state == "cancelled" and not order.confirmed_on)
    books.numbers.note(order.number)
    sale.order_id = books.tables.add(
        "sales.orders",
        number=order.number,
        branch_id=books.id_of("branch", order.branch),
        owner_id=clerk_id,
        customer_id=sale.customer_id,
        customer_name=customer.name_zh,
        customer_reference=order.reference,
        channel=order.channel,
        ordered_on=order.ordered_on,
        promised_on=order.promised_on,
        currency=books.company.head.currency,
        price_list_id=books.id_of("price_list", customer.price_list),
        warehouse_id=books.id_of("warehouse", order.warehouse),
        ship_to=address.province + address.city + address.district + address.address,
        contact=order.recipient or customer.contact,
        phone=order.phone or customer.phone,
        note=order.note,
        state=order.state,
        hold_reason=order.hold or None,
        return_reason=order.return_reason,
        net_amount=sale.net,
        tax_amount=sale.tax,
        gross_amount=sale.net + sale.tax,
        max_discount=max(line.discount_rate for line in sale.lines),
        submitted_at=entered + timedelta(minutes=12) if was_submitted else None,
        confirmed_at=_confirmed_at(sale),
        version=len(_steps(sale)),
        created_at=entered,
        created_by=clerk_id,
    )
    for line in sale.lines:
        sale.line_ids[line.line_no] = _add_line(books, sale, line)


def _add_line(books: Books, sale: Sale, line: OrderLine) -> int:
    order, product = sale.order, books.products[line.product]
    return books.tables.add(
        "sales.order_lines",
        order_id=sale.order_id,
        line_no=line.line_no,
        product_id=books.id_of("product", line.product),
        qty=line.qty,
        unit_id=books.id_of("unit", product.unit),
        unit_price=line.unit_price,
        list_price=line.unit_price,
        discount_rate=line.discount_rate,
        tax_rate=product.tax_rate,
        net_amount=line.net,
        tax_amount=line.tax,
        gross_amount=line.net + line.tax,
        state=sale.line_state(line, product.supply),
        reserved_qty=sale.reserved.get(line.line_no, _ZERO),
        shipped_qty=line.qty if order.shipped_on else _ZERO,
        delivered_qty=line.qty if order.delivered_on else _ZERO,
        invoiced_qty=line.qty if order.invoiced_on else _ZERO,
    )


def _confirmed_at(sale: Sale) -> datetime | None:
    day = sale.order.confirmed_on
    if day is None:
        return None
    return at(day, "10:30" if day > sale.order.ordered_on else "11:30", sale.minutes)


def _steps(sale: Sale) -> list[tuple[str, str | None, str, datetime, str]]:
    """The timeline of an order: action, state before, state after, moment, job role of who took the step."""
    order = sale.order
    entered = at(order.ordered_on, "09:05", sale.minutes)
    steps: list[tuple[str, str | None, str, datetime, str]] = [("create", None, "draft", entered, "sales_clerk")]
    confirmed_at = _confirmed_at(sale)
    if order.state == "draft":
        return steps
    if order.state == "cancelled" and confirmed_at is None:
        return [*steps, ("cancel", "draft", "cancelled", entered + timedelta(hours=3), "sales_clerk")]
    steps.append(("submit", "draft", "submitted", entered + timedelta(minutes=12), "sales_clerk"))
    if order.state == "returned":
        steps.append(("return", "submitted", "returned", entered + timedelta(hours=4), "sales_manager"))
    if confirmed_at is None:
        return steps
    steps.append(("confirm", "submitted", "confirmed", confirmed_at, "sales_manager"))
    if order.state == "cancelled":
        return [*steps, ("cancel", "confirmed", "cancelled", confirmed_at + timedelta(hours=2), "sales_manager")]
    state = "confirmed"
    for new_state, moment, job_role in _advances(sale, confirmed_at):
        steps.append(("derive", state, new_state, moment, job_role))
        state = new_state
    return steps


def _advances(sale: Sale, confirmed_at: datetime) -> Iterator[tuple[str, datetime, str]]:
    """How a confirmed order went on: state, moment, job role of who brought it there."""
    order = sale.order
    if order.state == "in_production":
        yield "in_production", _released_at(confirmed_at), "planner"
    elif order.state != "confirmed":
        yield "ready", confirmed_at + timedelta(seconds=1), "sales_manager"
    if order.shipped_on:
        yield "shipped", at(order.shipped_on, "14:00", sale.minutes), "warehouse_keeper"
    if order.shipped_on and order.state != "shipped":
        yield "in_transit", at(order.shipped_on, "17:00", sale.minutes), "warehouse_keeper"
    if order.delivered_on:
        yield "delivered", at(order.delivered_on, "13:00", sale.minutes), "warehouse_keeper"
    if order.paid_on and order.state == "completed":
        yield "completed", at(order.paid_on, "16:00", sale.minutes), "finance"


def _released_at(confirmed_at: datetime) -> datetime:
    return confirmed_at + timedelta(hours=3)


def _record_life(books: Books, sale: Sale) -> None:
    for action, before, after, moment, job_role in _steps(sale):
        user_id = books.id_of("user", sale.order.clerk) if job_role == "sales_clerk" else books.worker(job_role)
        note = sale.order.return_reason if action == "return" else _CANCELLED if action == "cancel" else ""
        books.record(("order", sale.order_id), action, (before, after), moment, user_id, note)


_CANCELLED = "客户改变计划"


def _cover(books: Books, plant: Plant, sale: Sale) -> None:
    """Reserve what an order got; plan work or request a purchase for what is missing."""
    order, confirmed_at = sale.order, _confirmed_at(sale)
    assert confirmed_at is not None
    for line in sale.lines:
        reserved, missing = sale.reserved.get(line.line_no, _ZERO), sale.missing(line)
        if reserved:
            place = (order.warehouse, line.product)
            books.reserve(place, reserved, confirmed_at, line_id=sale.line_ids[line.line_no])
        if missing and books.products[line.product].supply == "make":
            _plan_work(books, plant, sale, line, confirmed_at)
        elif missing:
            _request_purchase(books, sale, line, confirmed_at)


def _plan_work(books: Books, plant: Plant, sale: Sale, line: OrderLine, moment: datetime) -> None:
    order, missing = sale.order, sale.missing(line)
    is_released = order.state == "in_production"
    has_begun = is_released and (books.company.head.as_of - moment.date()).days >= 4
    plant.add_work(
        Work(
            number=books.numbers.next("WO", moment.date()),
            product=line.product,
            warehouse=order.warehouse,
            qty=missing,
            starts_on=order.promised_on - timedelta(days=plant.days_to_make(line.product, missing)),
            due_on=order.promised_on,
            created_at=moment,
            released_at=_released_at(moment) if is_released else None,
            finished_at=None,
            order_line_id=sale.line_ids[line.line_no],
            operations_done=1 if has_begun else 0,
            order_number=order.number,
        )
    )


def _request_purchase(books: Books, sale: Sale, line: OrderLine, moment: datetime) -> None:
    manager_id = books.worker("sales_manager")
    request_id = books.tables.add(
        "purchasing.requests",
        number=books.numbers.next("PR", moment.date()),
        product_id=books.id_of("product", line.product),
        warehouse_id=books.id_of("warehouse", sale.order.warehouse),
        qty=sale.missing(line),
        needed_on=sale.order.promised_on,
        order_line_id=sale.line_ids[line.line_no],
        created_at=moment,
        created_by=manager_id,
    )
    document = ("purchase_request", request_id)
    books.record(document, "create", (None, "open"), moment, manager_id, order=sale.order.number)


def _add_shipment(books: Books, sale: Sale, day: date) -> None:
    order, keeper_id = sale.order, books.worker("warehouse_keeper")
    shipped_at = at(day, "14:00", sale.minutes)
    address = order if order.address else sale.customer
    contact = order.recipient or sale.customer.contact
    state = "delivered" if order.delivered_on else order.state
    number = books.numbers.next("DN", day)
    shipment_id = books.tables.add(
        "stock.shipments",
        number=number,
        order_id=sale.order_id,
        order_number=order.number,
        customer_name=sale.customer.name_zh,
        branch_id=books.id_of("branch", order.branch),
        owner_id=books.id_of("user", order.clerk),
        warehouse_id=books.id_of("warehouse", order.warehouse),
        state=state,
        carrier="青岚物流" if order.channel != "web" else "快运",
        ship_to=address.province + address.city + address.district + address.address,
        contact=contact,
        phone=order.phone or sale.customer.phone,
        created_at=shipped_at - timedelta(minutes=90),
        created_by=keeper_id,
        shipped_at=shipped_at,
        delivered_at=at(order.delivered_on, "13:00", sale.minutes) if order.delivered_on else None,
        received_by=contact if order.delivered_on else "",
        version={"shipped": 3, "in_transit": 4, "delivered": 5}[state],
    )
    for line in sale.lines:
        books.tables.add(
            "stock.shipment_lines",
            shipment_id=shipment_id,
            line_no=line.line_no,
            order_line_id=sale.line_ids[line.line_no],
            product_id=books.id_of("product", line.product),
            qty=line.qty,
            picked_qty=line.qty,
            order_line_no=line.line_no,
        )
    document = ("shipment", shipment_id)
    moves = [Move(order.warehouse, line.product, -line.qty) for line in sale.lines]
    value = books.move("shipment", document, shipped_at, keeper_id, moves)
    amounts = {component: -amount for component, amount in value.items()}
    books.post("shipment", document, day, keeper_id, amounts, number, customer_id=sale.customer_id)
    _record_shipment(books, sale, document, shipped_at)


def _record_shipment(books: Books, sale: Sale, document: tuple[str, int], shipped_at: datetime) -> None:
    order, keeper_id = sale.order, books.worker("warehouse_keeper")
    created_at = shipped_at - timedelta(minutes=90)
    books.record(document, "create", (None, "picking"), created_at, keeper_id, order=order.number)
    books.record(document, "pick", ("picking", "picking"), shipped_at - timedelta(minutes=30), keeper_id)
    books.record(document, "ship", ("picking", "shipped"), shipped_at, keeper_id)
    if order.state != "shipped":
        books.record(document, "depart", ("shipped", "in_transit"), shipped_at + timedelta(hours=3), keeper_id)
    if order.delivered_on:
        moment = at(order.delivered_on, "13:00", sale.minutes)
        receiver = order.recipient or sale.customer.contact
        books.record(document, "deliver", ("in_transit", "delivered"), moment, keeper_id, receiver)


def _add_invoice(books: Books, sale: Sale, day: date) -> int:
    order, finance_id = sale.order, books.worker("finance")
    gross, is_paid = sale.net + sale.tax, order.paid_on is not None
    number = books.numbers.next("INV", day)
    invoice_id = books.tables.add(
        "finance.invoices",
        number=number,
        state="paid" if is_paid else "issued",
        customer_id=sale.customer_id,
        customer_name=sale.customer.name_zh,
        branch_id=books.id_of("branch", order.branch),
        order_id=sale.order_id,
        currency=books.company.head.currency,
        issued_on=day,
        due_on=day + timedelta(days=sale.customer.payment_days),
        net_amount=sale.net,
        tax_amount=sale.tax,
        gross_amount=gross,
        allocated_amount=gross if is_paid else _ZERO,
        created_at=at(day, "09:10", sale.minutes),
        created_by=finance_id,
        version=3 if is_paid else 2,
    )
    for line in sale.lines:
        books.tables.add(
            "finance.invoice_lines",
            invoice_id=invoice_id,
            line_no=line.line_no,
            order_line_id=sale.line_ids[line.line_no],
            product_id=books.id_of("product", line.product),
            qty=line.qty,
            unit_price=line.unit_price,
            discount_rate=line.discount_rate,
            tax_rate=books.products[line.product].tax_rate,
            net_amount=line.net,
            tax_amount=line.tax,
            gross_amount=line.net + line.tax,
        )
    document = ("invoice", invoice_id)
    amounts: Mapping[str, Decimal] = {"net": sale.net, "tax": sale.tax, "gross": gross}
    books.post("invoice", document, day, finance_id, amounts, number, customer_id=sale.customer_id)
    created_at = at(day, "09:10", sale.minutes)
    books.record(document, "create", (None, "draft"), created_at, finance_id, order=order.number)
    books.record(document, "issue", ("draft", "issued"), created_at + timedelta(minutes=5), finance_id)
    return invoice_id


def _add_payment(books: Books, sale: Sale, day: date, invoice_id: int) -> None:
    finance_id, gross = books.worker("finance"), sale.net + sale.tax
    method = {"web": "platform", "person": "cash" if sale.place % 5 == 0 else "bank"}.get(sale.customer.kind, "bank")
    number = books.numbers.next("PAY", day)
    moment = at(day, "15:00", sale.minutes)
    payment_id = books.tables.add(
        "finance.payments",
        number=number,
        customer_id=sale.customer_id,
        customer_name=sale.customer.name_zh,
        received_on=day,
        method=method,
        reference=sale.order.reference if method == "platform" else f"{sale.order.number} 货款",
        currency=books.company.head.currency,
        amount=gross,
        allocated_amount=gross,
        recorded_at=moment,
        recorded_by=finance_id,
        version=2,
    )
    allocated_at = moment + timedelta(minutes=4)
    books.tables.add(
        "finance.allocations",
        payment_id=payment_id,
        invoice_id=invoice_id,
        amount=gross,
        allocated_at=allocated_at,
        allocated_by=finance_id,
    )
    document, amounts = ("payment", payment_id), {"gross": gross}
    event = "cash_payment" if method == "cash" else "payment"
    books.post(event, document, day, finance_id, amounts, number, customer_id=sale.customer_id)
    books.post("allocation", document, day, finance_id, amounts, number, customer_id=sale.customer_id)
    books.record(document, "record", (None, "recorded"), moment, finance_id)
    books.record(document, "allocate", ("recorded", "recorded"), allocated_at, finance_id, amount=float(gross))
    books.record(("invoice", invoice_id), "settle", ("issued", "paid"), allocated_at, finance_id)
