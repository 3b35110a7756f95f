"""Where a product stands: what of counts, orders and money is still true today, on both sides of every limit."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analytics.answer import Scope
from analytics.supply.position import PRIOR_LINES, Position, position
from data.marts import SUPPLY_OUTLOOK

TODAY = date(2026, 6, 30)
NAN = np.nan
OUTLOOK = dict(column.split() for column in SUPPLY_OUTLOOK.columns.split(", "))
KINDS = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "DOUBLE[]": pa.list_(pa.float64())}
NAMES = (*Position.__slots__, "price", "sent", "unsent", "filled")
MASTER = {"price": 100, "margin": 30, "lead_days": 21}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def order(n: int, qty: float = 10, **more: Any) -> dict:
    """A line of A and X; what is not named has not happened."""
    usual = {
        "order_no": f"O{n}", "line_no": "1", "account": "A", "sku": "X", "qty": qty, "ordered_on": ago(20),
        "requested_on": None, "promised_on": None, "shipped_on": None, "delivered_on": None, "shipped_qty": None,
    }  # fmt: skip
    return usual | more


def count(day: date, on_hand: float, **more: Any) -> dict:
    return {"account": "A", "sku": "X", "counted_on": day, "on_hand": on_hand} | more


@pytest.fixture
def stands(store, given):
    """Where A stands with each of some products (X and Y), and B with X, once their rows are given."""
    given("accounts", *({"account": a, "account_name": a, "region": r} for a, r in (("A", "East"), ("B", "West"))))

    def ask(*skus: str) -> dict[str, Any]:
        items = [*(("A", sku) for sku in sorted(skus or "XY")), ("B", "X")]
        said = {"account": [a for a, _ in items], "sku": [s for _, s in items]}
        given("products", *(MASTER | {"sku": s, "sku_name": s} for _, s in items))
        columns = {n: pa.array(said.get(n, [None] * len(items)), KINDS[kind]) for n, kind in OUTLOOK.items()}
        mark = store.kept(SUPPLY_OUTLOOK, skus, lambda: pa.table(columns))
        found = position(store, Scope(TODAY), mark)
        return {
            a + s: SimpleNamespace(**{name: getattr(found, name)[n] for name in NAMES})
            for n, (a, s) in enumerate(items)
        }

    return ask


def test_items_stand_in_the_order_of_the_outlook_with_what_the_masters_say(stands):
    found = stands()

    assert list(found) == ["AX", "AY", "BX"]
    x = found["BX"]
    assert (x.region, x.category, x.lead_days, x.list_price, x.margin) == ("West", "", 21, 100, 30)
    assert np.isnan([x.pack, x.paid, x.on_hand, x.in_transit, x.on_order, x.free, x.every_days]).all()
    assert (x.sent, x.unsent, x.filled, x.warehouse) == (0, 0, 1, "") and np.isnat(x.counted_on)


def test_a_count_speaks_for_a_month_and_a_half_and_none_from_tomorrow_is_known(stands, given):
    days = {"now": 0, "old": 45, "over": 46, "next": -1}
    given("stock", *(count(ago(n), 40, sku=name) for name, n in days.items()))

    found = stands(*days)

    np.testing.assert_equal([found[f"A{name}"].on_hand for name in days], [40, 40, NAN, NAN])
    assert [np.isnat(found[f"A{name}"].counted_on) for name in days] == [False, False, False, True]  # old ones are told


def test_the_last_count_counts_and_its_stores_add_up(stands, given):
    given("stock", count(ago(9), 500), count(ago(4), 30, store="1"), count(ago(4), 12, store="2"), count(ago(-3), 9))

    assert (stands()["AX"].on_hand, stands()["AX"].counted_on) == (42, np.datetime64(ago(4)))


def test_a_count_is_rolled_forward_by_what_came_in_and_was_sold_since(stands, given):
    given("stock", count(ago(10), 40))
    moves = [(10, 100), (9, 3), (0, 4), (-1, 100)]  # on the day of the count, since then, today, tomorrow
    given("sell_out", *({"account": "A", "sku": "X", "sold_on": ago(d), "qty": q} for d, q in moves))
    given("sell_in", *({"account": "A", "sku": "X", "sold_on": ago(d), "qty": 2 * q} for d, q in moves))

    assert stands()["AX"].on_hand == 40 + 14 - 7


def test_stock_does_not_fall_below_nothing_and_is_not_followed_without_shipments(stands, given):
    given("stock", count(ago(10), 40))
    given("sell_out", {"account": "A", "sku": "X", "sold_on": ago(5), "qty": 50})

    assert stands()["AX"].on_hand == 40
    given("sell_in", {"account": "B", "sku": "X", "sold_on": ago(5), "qty": 1})
    assert stands()["AX"].on_hand == 0


def test_goods_on_their_way_come_from_orders_and_without_any_of_the_account_from_its_count(stands, given):
    given("stock", count(ago(3), 40, in_transit=9), count(ago(3), 5, in_transit=7, account="B"))
    given("orders", order(1, 10, shipped_on=ago(1), shipped_qty=8))
    found = stands()

    assert (found["AX"].in_transit, found["AY"].in_transit, found["BX"].in_transit) == (8, 0, 7)
    assert (found["AX"].on_order, np.isnan(found["BX"].on_order)) == (0, True)
    assert (found["AX"].sent, found["BX"].sent) == (48, 12)


LINES: tuple[tuple[dict[str, Any], int, int], ...] = (  # what has happened to ten pieces; on their way, on order
    ({}, 0, 10),
    ({"shipped_on": ago(0)}, 10, 0),
    ({"shipped_on": ago(0), "shipped_qty": 6}, 6, 0),
    ({"shipped_on": ago(-1)}, 0, 10),
    ({"delivered_on": ago(0)}, 0, 0),
    ({"shipped_on": ago(2), "delivered_on": ago(-1)}, 10, 0),
    ({"ordered_on": ago(0)}, 0, 10),
    ({"ordered_on": ago(-1)}, 0, 0),
    ({"promised_on": ago(60)}, 0, 10),
    ({"promised_on": ago(61)}, 0, 0),
    ({"promised_on": ago(61), "shipped_on": ago(60)}, 0, 0),
    ({"requested_on": ago(60)}, 0, 10),
    ({"requested_on": ago(61)}, 0, 0),
    ({"requested_on": ago(61), "promised_on": ago(1)}, 0, 10),
    ({"ordered_on": ago(60)}, 0, 10),
    ({"ordered_on": ago(61)}, 0, 0),
)


def test_a_line_is_on_its_way_from_the_day_it_left_till_it_came_and_open_till_it_left_or_is_stale(stands, given):
    skus = [f"S{n:02}" for n in range(len(LINES))]
    given("orders", *(order(n, sku=sku, **line) for n, (sku, (line, _, _)) in enumerate(zip(skus, LINES, strict=True))))

    found = stands(*skus)

    assert [(found[f"A{s}"].in_transit, found[f"A{s}"].on_order) for s in skus] == [tuple(e) for _, *e in LINES]


@pytest.mark.parametrize(("days", "counts"), [(0, True), (34, True), (35, False)])
def test_what_part_of_an_order_is_filled_is_seen_from_five_weeks(stands, given, days, counts):
    given(
        "orders",
        order(1, 100, ordered_on=ago(90), shipped_on=ago(days), delivered_on=ago(days), shipped_qty=20),
        order(2, 100, account="B", shipped_on=ago(3), delivered_on=ago(1)),
        order(3, 50),
    )

    found = stands()

    usual = 120 / 200 if counts else 1.0
    want = (20 + usual * PRIOR_LINES * 100) / (100 + PRIOR_LINES * 100) if counts else usual
    assert found["AX"].filled == pytest.approx(want)
    assert found["AX"].unsent == pytest.approx(50 * want)
    assert found["AY"].filled == pytest.approx(usual)  # without a line of its own


def test_half_a_line_of_the_usual_fill_weighs_less_the_more_lines_there_are(stands, given):
    lines = [order(n, 10, shipped_on=ago(2), delivered_on=ago(1), shipped_qty=0) for n in range(8)]
    given("orders", *lines, order(99, 80, account="B", shipped_on=ago(2), delivered_on=ago(1)))

    assert stands()["AX"].filled == pytest.approx((0 + 0.5 * 5) / (80 + 5))


def test_more_shipped_than_ordered_is_no_more_than_all_of_it(stands, given):
    given("orders", order(1, 10, shipped_on=ago(2), delivered_on=ago(1), shipped_qty=30))

    assert stands()["AX"].filled == 1


def test_the_price_is_what_was_paid_in_twelve_months_else_the_list_price(stands, given):
    sold = {  # the day, pieces and money
        "now": ("2026-06-10", 5, 400), "first": ("2025-07-01", 5, 400), "before": ("2025-06-30", 5, 400),
        "free": ("2026-06-10", 5, 0), "back": ("2026-06-10", -5, -400),
    }  # fmt: skip
    given("sell_out", *(dict(account="A", sku=s, sold_on=d, qty=q, amount=cny) for s, (d, q, cny) in sold.items()))

    found = stands(*sold)

    assert [found[f"A{s}"].price for s in sold] == [80, 80, 100, 100, 100]


def test_days_between_orders_are_those_between_days_with_any_of_the_account_in_a_year(stands, given):
    days = [(365, "X"), (364, "X"), (64, "Y"), (64, "X"), (4, "X"), (-1, "X")]
    given("orders", *(order(n, ordered_on=ago(d), sku=s) for n, (d, s) in enumerate(days)), order(9, account="B"))

    found = stands()

    assert found["AX"].every_days == found["AY"].every_days == (364 - 4) / 2
    assert np.isnan(found["BX"].every_days)  # one day has no distance


def own(warehouse: str | None, on_hand: float, region: str | None = None, **more: Any) -> dict:
    return {"warehouse": warehouse, "region": region, "sku": "X", "counted_on": ago(1), "on_hand": on_hand} | more


def test_our_own_stock_is_the_last_count_of_each_warehouse(stands, given):
    given(
        "own_stock", own("N", 40), own("S", 7, counted_on=ago(30)), own("S", 900, counted_on=ago(31)),
        own("N", 900, counted_on=ago(-1)), own("N", -5, sku="Y"),
    )  # fmt: skip

    found = stands()

    assert (found["AX"].free, found["BX"].free, found["AY"].free) == (47, 47, 0)


def test_what_comes_in_within_a_month_is_ours_to_send(stands, given):
    due = {"in": ago(-31), "late": ago(-32), "undated": None}
    given("own_stock", *(own("N", 40, sku=s, on_order=5, due_on=day) for s, day in due.items()))

    found = stands(*due)

    assert [found[f"A{s}"].free for s in due] == [45, 40, 40]


def test_goods_leave_from_the_warehouse_of_the_region_else_from_the_fullest(stands, given):
    given("own_stock", own("E", 4, "East"), own("N", 40, "North"), own("W", 0, "West"))

    found = stands()

    assert (found["AX"].warehouse, found["BX"].warehouse, found["AY"].warehouse) == ("E", "N", "")


def test_supplies_give_each_product_its_code_and_what_we_can_send():
    empty: dict[str, Any] = dict.fromkeys(Position.__slots__)
    where = Position(**empty | {"free": np.array([7.0, NAN, 7.0])})

    code, free = where.supplies(np.array(["X", "Y", "X"]))

    np.testing.assert_equal(free[code], [7, NAN, 7])
