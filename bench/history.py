"""Draws a history of orders that is shaped like the demo's year: orders and lines are drawn from it again and again.

What an order of the history took (days until it was confirmed, shipped, paid …) comes from an order of the demo, what
was ordered from a line of the demo, when from the demo's months and weekdays, by whom from a heavy tail of customers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.company import CLERK, Size
from bench.loading import Integers
from erp_desktop.demo.company import Company

FIRST_DAY = date(2025, 1, 13)  # what was sold on it was made in the week before, the first of the prepared partitions
STATES = (
    "draft",
    "submitted",
    "returned",
    "confirmed",
    "in_production",
    "ready",
    "shipped",
    "in_transit",
    "delivered",
    "completed",
    "cancelled",
)
LINE_STATES = ("open", "waiting", "in_production", "ready", "shipped", "in_transit", "delivered", "cancelled")
CHANNELS = ("clerk", "dealer", "web")

_EPOCH = date(2000, 1, 1)
_NEVER = 1_000_000
_CANCELLED = 0.015
_UNPAID = 0.015
_IN_SHOP = 0.12
_SHORT_ORDERS = 0.35
SHORT_PRODUCTS = 5  # a product whose id is a multiple of it is short: customers wait for it and none of it lies free
_RELEASED = 0.6
_PICKING = 0.4
_TAIL = 0.8  # the customer at place n of her kind orders in proportion to 1 / n ** _TAIL

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class History:
    """Columns of orders and lines, all numbers: days since 2000-01-01 (0: not yet), places of states and channels."""

    orders: Mapping[str, Integers]
    lines: Mapping[str, Integers]


def draw_history(
    company: Company, demo: Company, size: Size, ids: Mapping[str, Mapping[str, int]], until: date
) -> History:
    """Draw `size.orders` orders that were entered from FIRST_DAY to `until`."""
    drawing = _Drawing(company, demo, size, ids, until, np.random.default_rng(size.orders))
    orders = drawing.orders()
    return History(orders, drawing.lines(orders))


class _Drawing:
    def __init__(
        self,
        company: Company,
        demo: Company,
        size: Size,
        ids: Mapping[str, Mapping[str, int]],
        until: date,
        chance: np.random.Generator,
    ) -> None:
        self._company, self._demo, self._size, self._ids = company, demo, size, ids
        self._until = (until - _EPOCH).days
        self._chance = chance

    def orders(self) -> dict[str, Integers]:
        count = self._size.orders
        ordered = self._days(count)
        customers = self._customers(count)
        facts = self._customer_facts()
        channel = facts["channel"][customers]
        lags = self._lags(channel)
        orders = {
            "id": np.arange(1, count + 1, dtype=np.int64),
            "customer_id": facts["id"][customers],
            "channel": channel,
            "price_list_id": facts["price_list_id"][customers],
            "warehouse_id": np.where(
                self._happens(_IN_SHOP, count) & (facts["shop_id"][customers] > 0),
                facts["shop_id"][customers],
                self._ids["warehouse"]["FIN"],
            ),
            "ordered": ordered,
            "promised": ordered + lags["promised"],
            "minutes": self._chance.integers(0, 480, count),
        }
        return orders | self._fates(ordered, lags)

    def _happens(self, share: float, count: int) -> Bools:
        return np.asarray(self._chance.random(count) < share)

    def _days(self, count: int) -> Integers:
        """Days in ascending order, the busy months and weekdays of the demo more often than the others."""
        entered = [order.ordered_on for order in self._demo.orders]
        months, weekdays = Counter(day.month for day in entered), Counter(day.weekday() for day in entered)
        first = (FIRST_DAY - _EPOCH).days
        days = [_EPOCH + timedelta(days=day) for day in range(first, self._until + 1)]
        weights = np.array([months[day.month] * weekdays[day.weekday()] for day in days], dtype=float)
        drawn = self._chance.choice(len(days), count, p=weights / weights.sum())
        return np.sort(drawn.astype(np.int64)) + first

    def _customers(self, count: int) -> Integers:
        """Places of customers: some of each kind order much, the clerk of the benchmark gets her exact share."""
        channels = Counter[str](order.channel for order in self._demo.orders)
        kinds = np.array([customer.kind for customer in self._company.customers])
        own = np.array([customer.owner == CLERK for customer in self._company.customers])
        weights = np.zeros(len(kinds))
        for channel, members in (
            ("web", kinds == "web"),
            ("dealer", kinds == "dealer"),
            ("clerk", np.isin(kinds, ("person", "company"))),
        ):
            tail = 1 / self._chance.permutation(np.arange(1, members.sum() + 1)) ** _TAIL
            weights[members] = channels[channel] * tail / tail.sum()
        others = np.where(own, 0, weights)
        drawn = self._chance.choice(len(kinds), count, p=others / others.sum())
        hers = self._chance.choice(count, self._size.clerk_orders, replace=False)
        mine = np.where(own, weights, 0)
        drawn[hers] = self._chance.choice(len(kinds), len(hers), p=mine / mine.sum())
        return drawn.astype(np.int64)

    def _customer_facts(self) -> dict[str, Integers]:
        shops = {shop.branch: shop.code for shop in self._company.warehouses if shop.kind == "shop"}
        channel_of = {"web": "web", "dealer": "dealer", "person": "clerk", "company": "clerk"}
        rows = [
            (
                self._ids["customer"][customer.code],
                CHANNELS.index(channel_of[customer.kind]),
                self._ids["price_list"][customer.price_list],
                self._ids["warehouse"][shops[customer.branch]] if customer.branch in shops else 0,
            )
            for customer in self._company.customers
        ]
        columns = np.array(rows, dtype=np.int64).T
        return dict(zip(("id", "channel", "price_list_id", "shop_id"), columns, strict=True))

    def _lags(self, channel: Integers) -> dict[str, Integers]:
        """Days between the steps of each order, those of an order of the demo from the same channel."""
        steps: dict[int, list[list[int]]] = {place: [] for place in range(len(CHANNELS))}
        for order in self._demo.orders:
            if order.state == "completed":
                assert order.confirmed_on and order.shipped_on and order.delivered_on
                assert order.invoiced_on and order.paid_on
                days = (order.confirmed_on, order.shipped_on, order.delivered_on, order.invoiced_on, order.paid_on)
                lags = [(day - order.ordered_on).days for day in (*days, order.promised_on)]
                steps[CHANNELS.index(order.channel)].append(lags)
        drawn = np.empty((len(channel), 6), dtype=np.int64)
        for place, rows in steps.items():
            mask = channel == place
            drawn[mask] = np.array(rows)[self._chance.integers(0, len(rows), int(mask.sum()))]
        names = ("confirmed", "shipped", "delivered", "invoiced", "paid", "promised")
        return dict(zip(names, drawn.T, strict=True))

    def _fates(self, ordered: Integers, lags: Mapping[str, Integers]) -> dict[str, Integers]:
        """How far each order has come, and on which days."""
        count = len(ordered)
        cancelled = self._happens(_CANCELLED, count)
        days = {name: ordered + lags[name] for name in ("confirmed", "shipped", "delivered", "invoiced", "paid")}
        days["paid"] = np.where(self._happens(_UNPAID, count), _NEVER, days["paid"])
        for name in ("shipped", "delivered", "invoiced", "paid"):
            days[name] = np.where(cancelled, _NEVER, days[name])
        reached = {name: day <= self._until for name, day in days.items()}
        for before, after in zip(list(days)[:-1], list(days)[1:], strict=True):
            reached[after] &= reached[before]
        entered = np.array([STATES.index(state) for state in ("draft", "submitted", "returned")])
        state = entered[self._chance.choice(3, count, p=(0.4, 0.5, 0.1))]
        for name, reached_state in (
            ("confirmed", "ready"),
            ("shipped", "in_transit"),
            ("delivered", "delivered"),
            ("paid", "completed"),
        ):
            state = np.where(reached[name], STATES.index(reached_state), state)
        left_today = reached["shipped"] & ~reached["delivered"] & (days["shipped"] == self._until)
        state = np.where(left_today, STATES.index("shipped"), state)
        state = np.where(cancelled & reached["confirmed"], STATES.index("cancelled"), state)
        ready = state == STATES.index("ready")
        return {name: np.where(reached[name], day, 0) for name, day in days.items()} | {
            "state": state,
            "is_short": (ready & self._happens(_SHORT_ORDERS, count)).astype(np.int64),
            "is_released": self._happens(_RELEASED, count).astype(np.int64),
            "is_picking": (ready & self._happens(_PICKING, count)).astype(np.int64),
        }

    def lines(self, orders: dict[str, Integers]) -> dict[str, Integers]:
        """Lines of the orders; what is short of stock brings its order back to confirmed or in production."""
        counts = self._line_counts()
        place = np.repeat(np.arange(len(counts)), counts)
        starts = np.cumsum(counts) - counts
        lines = {
            "id": np.arange(1, len(place) + 1, dtype=np.int64),
            "order_id": orders["id"][place],
            "line_no": 10 * (np.arange(len(place)) - starts[place] + 1),
        } | self._goods(orders["price_list_id"][place])
        return lines | self._progress(orders, place, starts, lines)

    def _line_counts(self) -> Integers:
        """Line counts like the demo's, stretched until they make the wanted number of lines."""
        wanted = self._size.orders * self._size.lines_per_order
        demo = np.array(list(Counter(line.number for line in self._demo.order_lines).values()))
        stretched = self._chance.choice(demo, self._size.orders) * (wanted / self._size.orders / demo.mean())
        counts: Integers = np.maximum(1, np.floor(stretched + self._chance.random(len(stretched))).astype(np.int64))
        excess = int(counts.sum()) - wanted
        candidates = np.flatnonzero(counts > 1) if excess > 0 else np.arange(len(counts))
        counts[self._chance.choice(candidates, abs(excess), replace=False)] -= np.sign(excess)
        return counts

    def _goods(self, price_list: Integers) -> dict[str, Integers]:
        """Product, quantity and discount of a line of the demo, at the price of the order's list."""
        products, lists = self._ids["product"], self._ids["price_list"]
        demo = np.array(
            [
                (products[line.product], int(line.qty), round(line.discount_rate * 10_000))
                for line in self._demo.order_lines
            ]
        )
        drawn = demo[self._chance.integers(0, len(demo), len(price_list))]
        prices = np.zeros((max(lists.values()) + 1, max(products.values()) + 1), dtype=np.int64)
        for product in self._demo.products:
            if product.list_price is not None:
                prices[:, products[product.code]] = round(product.list_price * 10_000)
        for price in self._demo.prices:
            prices[lists[price.price_list], products[price.product]] = round(price.unit_price * 10_000)
        product_id, qty, discount = drawn.T
        return {"product_id": product_id, "qty": qty, "discount": discount, "price": prices[price_list, product_id]}

    def _progress(
        self, orders: dict[str, Integers], place: Integers, starts: Integers, lines: Mapping[str, Integers]
    ) -> dict[str, Integers]:
        """How much of each line is missing, reserved, shipped, delivered, invoiced, and the states that follow."""
        qty = lines["qty"]
        made = np.zeros(max(self._ids["product"].values()) + 1, dtype=bool)
        made[[self._ids["product"][product.code] for product in self._demo.products if product.supply == "make"]] = True
        state = orders["state"][place]
        is_short = (orders["is_short"][place] == 1) & (lines["product_id"] % SHORT_PRODUCTS == 0)
        in_work = is_short & made[lines["product_id"]] & (orders["is_released"][place] == 1)
        waits = is_short & ~in_work
        line_state = _LINE_OF_ORDER[state]
        line_state = np.where(in_work, LINE_STATES.index("in_production"), line_state)
        line_state = np.where(waits, LINE_STATES.index("waiting"), line_state)
        any_waits = np.logical_or.reduceat(waits, starts)
        any_in_work = np.logical_or.reduceat(in_work, starts)
        orders["state"] = np.where(any_in_work & ~any_waits, STATES.index("in_production"), orders["state"])
        orders["state"] = np.where(any_waits, STATES.index("confirmed"), orders["state"])
        orders["is_picking"] = orders["is_picking"] * ~(any_waits | any_in_work)
        return {
            "state": line_state,
            "missing": np.where(is_short, qty, 0),
            "reserved": np.where((state == STATES.index("ready")) & ~is_short, qty, 0),
            "shipped": np.where(orders["shipped"][place] > 0, qty, 0),
            "delivered": np.where(orders["delivered"][place] > 0, qty, 0),
            "invoiced": np.where(orders["invoiced"][place] > 0, qty, 0),
        }


def _line_states() -> NDArray[Any]:
    same = {"draft": "open", "submitted": "open", "returned": "open", "confirmed": "waiting", "completed": "delivered"}
    return np.array([LINE_STATES.index(same.get(state, state)) for state in STATES])


_LINE_OF_ORDER = _line_states()
