"""One item's stock to come: never below nothing, bands in order, what is sent arrives when it can."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.stats.stockout import demand
from analytics.supply import item
from analytics.supply.outlook import STEPS

AS_OF = date(2026, 6, 28)  # a Sunday, so that the last week is whole
JUNE = Scope(AS_OF)


@example(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=26), st.floats(0, 200))
def test_sales_lost_on_an_empty_shelf_do_not_come_back(weeks, on_hand):
    came, asked = np.array(weeks).T
    stock, expected = on_hand, []
    for arrives, wanted in weeks:
        stock = max(stock + arrives - wanted, 0.0)
        expected.append(stock)

    assert item.left(on_hand + came.cumsum() - asked.cumsum()) == pytest.approx(np.array(expected), abs=1e-6)


@example(st.floats(0, 500), st.floats(0.1, 80), st.floats(0, 1), st.floats(0, 0.6))
def test_the_bands_hold_each_other_and_no_stock_is_below_nothing(on_hand, pace, single, level):
    total = demand(np.full((1, STEPS), pace), np.array([single]), np.array([level]))

    fan = item.fan(on_hand, np.zeros(STEPS), np.full(STEPS, 30.0), total, 7)

    assert (np.diff(fan.bands, axis=0) >= -1e-9).all() and (fan.bands >= 0).all()
    assert (fan.shipped >= fan.bands[2] - 1e-9).all()


def facts(**more: Any) -> item.Facts:
    usual: dict[str, Any] = dict(
        account="A", name="锦泰", name_en="Jintai", sku="X", sku_name="滚筒", sku_name_en="Washer", category="",
        on_hand=50.0, cover_days=10.0, rush=5.0, ship=20.0, unsent=5.0, arrive_by=AS_OF + timedelta(days=8),
        transit_days=None, until_days=35.0, sent_by_step=[0.0] * STEPS, unsent_by_step=[0.0] * STEPS,
    )  # fmt: skip
    return item.Facts(**usual | more)


@pytest.mark.parametrize(
    ("by", "transit", "first"), [(1, None, 0), (7, None, 0), (8, None, 1), (0, None, 0), (0, 7.0, 0), (0, 7.1, 1)]
)
def test_a_shipment_is_there_by_its_day_or_when_it_can_be(by, transit, first):
    there = item._there(facts(arrive_by=AS_OF + timedelta(days=by), transit_days=transit), AS_OF)

    assert there[: first + 1].tolist() == [*[0.0] * first, 25.0] and there[-1] == 25.0


def test_nothing_to_send_arrives_never():
    assert item._there(facts(arrive_by=None, rush=0.0, ship=0.0), AS_OF).sum() == 0


@pytest.fixture
def company(given):
    """Two years of 70 pcs a week of two products at one account, one of them nearly gone."""
    days = [AS_OF - timedelta(days=7 * n) for n in range(110)]
    sold = [{"account": "A", "sku": s, "sold_on": d, "qty": 70 + n % 3} for n, d in enumerate(days) for s in "XY"]
    given("accounts", {"account": "A", "account_name": "锦泰", "region": "E"})
    given("products", *({"sku": s, "sku_name": f"品{s}", "price": 100, "lead_days": 21} for s in "XY"))
    counts = [(0, "X", 40), (0, "Y", 900), (14, "X", 90), (91, "X", 300), (92, "X", 310)]
    given(
        "stock",
        *({"account": "A", "sku": s, "counted_on": AS_OF - timedelta(days=d), "on_hand": n} for d, s, n in counts),
    )
    return given("sell_out", *sold)


def test_the_worst_item_with_its_counts_of_13_weeks_then_today_then_the_weeks_to_come(store, company):
    rows = item.ask(store, JUNE)

    assert {r.sku for r in rows} == {"X"}
    assert [(r.day, r.actual) for r in rows if r.actual is not None] == [
        (AS_OF - timedelta(days=91), 300.0), (AS_OF - timedelta(days=14), 90.0), (AS_OF, 40.0),
    ]  # fmt: skip
    ahead = [r for r in rows if r.actual is None]
    assert [r.day for r in ahead] == [AS_OF + timedelta(days=7 * (n + 1)) for n in range(len(ahead))]
    assert len(ahead) == 5  # 21 days and 14 between two orders
    assert all(r.low80 <= r.low50 <= r.middle <= r.high50 <= r.high80 for r in ahead)  # type: ignore[operator]
    assert ahead[0].middle == 0.0
    today = next(r for r in rows if r.day == AS_OF)
    assert (today.low80, today.middle, today.high80, today.with_shipment) == (40.0, 40.0, 40.0, 40.0)


def test_it_runs_out_when_the_stock_is_sold_and_the_shipment_changes_that(store, company):
    rows = item.ask(store, JUNE)
    last = rows[-1]

    assert last.out_on == AS_OF + timedelta(days=3)  # 40 pcs at ten a day, by whole days
    assert last.shipment > 300 and last.with_shipment is not None and last.with_shipment > 0
    assert item.title(rows).zh == "锦泰 品X：不补货，7 月 1 日前后断货"
    assert [f.level for f in item.say(rows, JUNE)] == ["storm", "rain"]


def test_an_item_can_be_asked_for(store, company):
    rows = item.ask_item(store, JUNE, "A", "Y")

    assert {r.sku for r in rows} == {"Y"}
    assert item.title(rows).en.startswith("锦泰, 品Y: lasts beyond") and rows[-1].with_shipment is None
    assert item.ask_item(store, JUNE, "A", "Z") == []


def test_goods_in_transit_are_in_the_fan_and_open_orders_only_in_the_other_line(store, company, given):
    line = {"line_no": "1", "account": "A", "sku": "X", "ordered_on": AS_OF - timedelta(days=9)}
    gone = {"shipped_on": AS_OF - timedelta(days=1), "shipped_qty": 500}
    given(
        "orders",
        line | {"order_no": "1", "qty": 500, "promised_on": AS_OF + timedelta(days=2)} | gone,
        line | {"order_no": "2", "qty": 300, "promised_on": AS_OF + timedelta(days=9)},
    )
    rows = item.ask_item(store, JUNE, "A", "X")
    first, second = [r for r in rows if r.actual is None][:2]

    assert first.middle == pytest.approx(40 + 500 - 71, abs=5)
    assert second.middle == pytest.approx(40 + 500 - 142, abs=10)


@pytest.mark.parametrize(("starts", "shown"), [(36, 0), (35, 1), (34, 1)])
def test_a_peak_that_begins_before_the_next_goods_is_shaded(store, company, given, starts, shown):
    first = AS_OF + timedelta(days=starts)
    given("calendar", {"name": "旺季", "starts_on": first, "ends_on": first + timedelta(days=9), "peak": True})
    rows = item.ask_item(store, JUNE, "A", "Y")

    drawn: Any = item.draw(rows, Look("zh"))

    assert rows[-1].peak == "旺季" and rows[-1].peak_starts == first
    assert len(drawn.layout.shapes) == shown


def test_the_figure_names_the_day_it_runs_out_and_the_shipment(store, company):
    drawn: Any = item.draw(item.ask(store, JUNE), Look("en"))

    words = [note.text for note in drawn.layout.annotations]
    assert "Out 1 July" in words and any(word.startswith("With ") for word in words)
