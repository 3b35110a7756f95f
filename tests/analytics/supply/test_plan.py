"""The plan: why an item is not planned, what is needed and sent, risk, cover and days by hand."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.answer import Plan, Scope
from analytics.stats.stockout import enough, lost
from analytics.supply import outlook, plan
from analytics.supply.outlook import STEPS
from analytics.supply.plan import LONGEST, RISKY, Ahead, crossing, lasting, served, whole
from analytics.supply.position import Position
from data.marts import SUPPLY_OUTLOOK

TODAY = date(2026, 6, 30)
NAN = np.nan
OUTLOOK = dict(column.split() for column in SUPPLY_OUTLOOK.columns.split(", "))
KINDS = {"VARCHAR": pa.string(), "DOUBLE": pa.float64(), "DOUBLE[]": pa.list_(pa.float64())}
SELLS: dict[str, Any] = {"basis": "season", "single": 0.2, "level": 0.1, "recent": 10.0, "lost": 0.0}


@pytest.fixture
def asked(store, given, monkeypatch) -> Callable[..., pd.DataFrame]:
    """The plan of account A by product, each asked for ten a week; `items` says what is otherwise."""

    def ask(scope: Scope | None = None, **items: dict[str, Any]) -> pd.DataFrame:
        rows = [SELLS | {"account": "A", "sku": sku, "steps": [10.0] * STEPS} | items[sku] for sku in sorted(items)]
        columns = {n: pa.array([row[n] for row in rows], KINDS[kind]) for n, kind in OUTLOOK.items()}
        mark = store.kept(SUPPLY_OUTLOOK, repr(items), lambda: pa.table(columns))
        monkeypatch.setattr(outlook, "keep", lambda *_: mark)
        return plan.plan(store, scope or Scope(TODAY)).to_pandas().set_index("sku").sort_index()

    given("accounts", {"account": "A", "account_name": "A"})
    return ask


def products(*skus: str, **more: Any) -> list[dict]:
    return [{"sku": s, "sku_name": s, "price": 100, "lead_days": 14} | more for s in skus]


def counted(days: int = 0, /, **stock: float) -> list[dict]:
    day = TODAY - timedelta(days=days)
    return [{"account": "A", "sku": s, "counted_on": day, "on_hand": pcs} for s, pcs in stock.items()]


def order(sku: str, qty: float, **more: Any) -> dict:
    usual = {
        "order_no": f"O{sku}", "line_no": "1", "account": "A", "sku": sku, "qty": qty, "ordered_on": TODAY,
        "requested_on": None, "promised_on": None, "shipped_on": None, "delivered_on": None, "shipped_qty": None,
    }  # fmt: skip
    return usual | more


def test_the_first_thing_that_is_not_known_is_why_an_item_is_not_planned(given, asked):
    given("products", *products("all", "none", "old", "new", "no"), *products("led", lead_days=None))
    given("stock", *counted(all=40, led=40), *counted(45, new=40), *counted(46, old=40))
    nothing = {"basis": "", "steps": [None] * STEPS, "single": None, "level": None}

    found = asked(all={}, none=nothing, old={}, new={}, no={}, led={})

    assert dict(found.state) == {
        "all": "", "new": "", "old": "no count", "no": "no count", "none": "no forecast", "led": "no lead"
    }  # fmt: skip
    unknown = found.loc[
        ["old", "no", "none", "led"], ["need", "safety", "ship", "rush", "allotted", "risk", "lost_pcs"]
    ]
    assert unknown.isna().all().all()
    days = ["arrive_by", "dispatch_by", "order_by"]
    assert found.loc[["old", "no", "none", "led"], days].isna().all().all()
    assert found.rate.isna().to_dict() == {s: s == "none" for s in found.index}
    assert found.cover_days.isna().to_dict() == {s: s in ("old", "no", "none") for s in found.index}


def test_need_safety_and_packs_of_an_item_by_hand(given, asked):
    given("products", *products("X"), *products("P", pack=8))
    given("stock", *counted(X=20, P=20))

    found = asked(X={}, P={})

    total = Ahead(np.full((1, STEPS), 10.0), np.array([0.2]), np.array([0.1])).within(np.array([28.0]))
    target = float(enough(whole(total), 0.95)[0])  # lead time and a fortnight between orders
    x, p = found.loc["X"], found.loc["P"]
    assert (x.need, x.lead_days, x.need_days, x.until) == (40, 14, 28, TODAY + timedelta(days=28))
    assert x.safety == pytest.approx(target - 40)
    assert x.ship == np.ceil(target - 20) and p.ship == 8 * np.ceil((target - 20) / 8)
    assert x.allotted == x.ship  # nothing is known of our own stock


@pytest.mark.parametrize(("stock", "days"), [(25, 17.5), (0, 0), (20, 14), (260, 182), (400, 182)])
def test_cover_is_the_days_until_stock_and_goods_on_their_way_are_sold(given, asked, stock, days):
    given("products", *products("X"))
    given("stock", *counted(X=stock))
    assert asked(X={}).cover_days["X"] == days

    given("orders", order("X", 5, shipped_on=TODAY))
    assert asked(X={}).cover_days["X"] == min(days + 3.5, 182)


@drawn(st.lists(st.floats(0.1, 50), min_size=STEPS, max_size=STEPS), st.floats(0, 2_000))
def test_stock_lasts_to_the_day_on_which_as_much_has_been_asked_for(steps, there):
    asked = np.cumsum(np.array([steps]), axis=1)

    days = lasting(asked, np.array([there]))[0]

    sold = np.interp(days, 7 * np.arange(STEPS + 1), np.append(0, asked[0]))
    assert sold == pytest.approx(min(there, asked[0, -1]), rel=1e-9, abs=1e-9)
    assert 0 <= days <= LONGEST


def test_where_nothing_is_asked_for_stock_lasts_for_ever():
    assert lasting(np.zeros((1, STEPS)), np.array([3.0])) == LONGEST


@drawn(st.lists(st.floats(0, 1), min_size=STEPS, max_size=STEPS).map(sorted), st.floats(0.001, 0.999))
def test_a_chance_passes_its_limit_on_the_day_on_which_it_is_as_large(chance, limit):
    days = crossing(np.array([chance]), np.array([limit]))[0]

    there = np.interp(days, 7 * np.arange(STEPS + 1), [0, *chance])
    assert days == LONGEST if chance[-1] <= limit else there == pytest.approx(limit, abs=1e-6)


def test_risk_and_what_is_sent_fall_while_stock_rises(given, asked):
    levels = {f"S{pcs:02}": float(pcs) for pcs in range(0, 80, 8)}
    given("products", *products(*levels))
    given("stock", *counted(**levels))

    found = asked(**{sku: {} for sku in levels})

    assert found.risk.iloc[0] > 0.99 and found.risk.iloc[-1] < 0.01
    for name in ("risk", "risk_until", "ship", "soon_pcs", "lost_pcs", "kept_pcs"):
        assert (np.diff(found[name]) <= 1e-9).all(), name
    for name in ("cover_days", "excess"):
        assert (np.diff(found[name]) >= 0).all(), name


def test_excess_is_what_lies_beyond_five_thirds_of_the_days_needed(given, asked):
    given("products", *products("X", "Y"))
    given("stock", *counted(X=66, Y=70))

    assert dict(asked(X={}, Y={}).excess.round(6)) == {"X": 0, "Y": round(70 - 10 * 28 * 5 / 3 / 7, 6)}


def test_days_are_counted_back_from_the_day_the_service_fails(given, asked):
    given("products", *products("X", "Y"), *products("L", lead_days=70))
    given("stock", *counted(X=30, Y=300, L=30))

    found = asked(X={}, Y={}, L={})

    x, y, late = found.loc["X"], found.loc["Y"], found.loc["L"]
    assert TODAY <= x.arrive_by < x.until
    assert x.order_by == x.arrive_by - timedelta(days=14) and x.dispatch_by == x.arrive_by
    assert pd.isna([y.arrive_by, y.dispatch_by, y.order_by]).all() and y.ship == 0
    assert late.order_by < TODAY <= late.arrive_by == x.arrive_by  # it is too late, and said so


def test_goods_are_sent_off_before_by_what_nine_in_ten_are_on_the_way(given, asked):
    given("products", *products("X"))
    given("stock", *counted(X=30))
    came = {"ordered_on": TODAY - timedelta(days=40), "promised_on": TODAY - timedelta(days=20)}
    sent = {"shipped_on": TODAY - timedelta(days=24), "delivered_on": TODAY - timedelta(days=20)}
    given("orders", *(order("X", 1, order_no=f"O{n}", **came, **sent) for n in range(30)))

    x = asked(X={}).loc["X"]

    assert (x.transit_days, x.dispatch_by) == (4, x.arrive_by - timedelta(days=4))


def test_what_is_likelier_out_than_not_is_sent_first_from_open_orders(given, asked):
    stock = {"out": 28.0, "in": 32.0, "few": 0.0}  # thirty are asked for within 21 days
    given("products", *products(*stock))
    given("stock", *counted(**stock))
    given("orders", order("out", 50), order("in", 50), order("few", 3))

    found = asked(out={}, **{"in": {}}, few={})

    assert found.risk["in"] < RISKY <= found.risk["out"]
    soon = Ahead(np.full((1, STEPS), 10.0), np.array([0.2]), np.array([0.1])).within(np.array([21.0]))
    assert found.rush["out"] == np.ceil(enough(whole(soon), 0.95)[0] - 28)
    assert (found.rush["in"], found.rush["few"]) == (0, 3)  # no more than is on order
    assert found.arrive_by["out"] <= found.until["out"]


def test_goods_to_be_ordered_are_due_when_those_sent_first_are_gone_too(given, asked):
    given("products", *products("X"))
    given("stock", *counted(X=20))
    given("orders", order("X", 10))

    x = asked(X={}).loc["X"]

    assert x.rush == 10 and x.ship > 0
    assert x.arrive_by < x.order_by + timedelta(days=14) <= x.until


def test_open_orders_go_off_what_is_to_be_ordered(given, asked):
    given("products", *products("X", "Y"))
    given("stock", *counted(X=30, Y=30))
    given("orders", order("X", 7))

    found = asked(X={}, Y={})

    assert found.ship["Y"] - found.ship["X"] == 7 and found.unsent["X"] == 7


def test_our_own_stock_is_not_sent_twice(given, asked):
    given("products", *products("X", "Y"))
    given("stock", *counted(X=0, Y=0))
    given("own_stock", {"warehouse": "N", "sku": "X", "counted_on": TODAY, "on_hand": 17})

    found = asked(X={}, Y={})

    assert (found.allotted["X"], found.free["X"]) == (17, 17)
    assert found.allotted["Y"] == found.ship["Y"] > 17
    assert 0 < found.kept_pcs["X"] < found.kept_pcs["Y"]


def test_a_peak_that_begins_in_time_is_provided_for_with_its_growth(given, asked):
    given("products", *products("X", category="P"), *products("Y", category="Q"))
    given("stock", *counted(X=30, Y=30))
    days = {"starts_on": TODAY + timedelta(days=7), "ends_on": TODAY + timedelta(days=41)}
    given("calendar", {"name": "节", "peak": True, "category": "P", "growth": 0.5, **days})

    found = asked(X={}, Y={})

    assert dict(found.need.round(6)) == {"X": 10 + 15 * 5, "Y": 40}
    assert (found.peak["X"], found.until["X"]) == ("节", TODAY + timedelta(days=42))
    assert asked(Scope(TODAY, plan=Plan(growth=0.0)), X={}, Y={}).need["X"] == 60
    assert asked(Scope(TODAY, plan=Plan(starts=TODAY + timedelta(days=29))), X={}, Y={}).need["X"] == 40


def margins(*told: float, price: float = 100.0) -> Position:
    empty: dict[str, Any] = dict.fromkeys(Position.__slots__)
    prices = {"list_price": np.full(len(told), price), "paid": np.full(len(told), NAN)}
    return Position(**empty | prices | {"margin": np.array(told)})


def test_the_service_is_the_usual_one_the_readers_or_by_margin_within_limits():
    where = margins(20, NAN, 0, 1, 5, 1_000)

    assert list(served(where, Scope(TODAY))) == [0.95] * 6
    assert list(served(where, Scope(TODAY, plan=Plan(service=0.8)))) == [0.8] * 6
    by_margin = served(where, Scope(TODAY, plan=Plan(by_margin=True)))
    np.testing.assert_allclose(by_margin, [20 / 25, 0.95, 0.95, 0.5, 0.5, 0.99])
    assert list(served(margins(20, price=0), Scope(TODAY, plan=Plan(by_margin=True)))) == [0.95]


def test_a_higher_service_asks_for_more(given, asked):
    given("products", *products("X"))
    given("stock", *counted(X=30))

    sent = [asked(Scope(TODAY, plan=Plan(service=q)), X={}).ship["X"] for q in (0.8, 0.9, 0.95, 0.99)]

    assert sent == sorted(sent) and sent[0] < sent[-1]


def test_the_demands_of_a_step_in_part_are_that_part_of_it():
    total = Ahead(np.full((1, STEPS), 10.0), np.array([0.2]), np.array([0.0])).within(np.array([10.5]))

    assert list(total.mean[0]) == [10, 15]
    assert lost(whole(total), np.array([15.0]))[0] > 0
