"""When goods that are coming will be there: promised days into steps, how late they may be, days that nobody told."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.answer import Scope
from analytics.supply.arrival import DUE_DAYS, LATE, Arrival, _shares, arrival
from analytics.supply.lead import EARLIEST, LATEST, Days, Lead, shares
from analytics.supply.outlook import STEPS
from analytics.supply.position import Position

TODAY = date(2026, 6, 30)
NAN = np.nan
KEYS = np.array([["A", "X"], ["A", "Y"], ["B", "X"]], dtype=object)


def where(region: str = "East", filled: float = 1.0, in_transit: tuple[float, ...] = (0, 0, 0)) -> Position:
    """Three items of which as much is filled."""
    told: dict[str, Any] = dict.fromkeys(Position.__slots__)
    told |= {"region": np.array([region] * 3, dtype=object), "in_transit": np.array(in_transit, dtype=float)}
    told |= {"shipped": np.full(3, filled * 10), "asked": np.full(3, 10.0), "shipments": np.full(3, 1.0)}
    return Position(**told)


def late(*days: int, transit: int | None = None) -> dict[str, Lead]:
    """Deliveries of the region East, each so late."""
    told = shares({day: days.count(day) for day in days})
    return {"East": Lead("East", None, Days(1, transit, 9, False) if transit else None, None, told)}


def line(promised: int | None, qty: float = 10, *, sent: bool = False, **more: Any) -> dict:
    usual = {
        "order_no": repr((promised, qty, sent, more)), "line_no": "1", "account": "A", "sku": "X", "qty": qty,
        "requested_on": None,
        "ordered_on": TODAY - timedelta(days=9), "promised_on": promised and TODAY + timedelta(days=promised),
        "shipped_on": TODAY if sent else None, "delivered_on": None, "shipped_qty": qty if sent else None,
    }  # fmt: skip
    return usual | more


def found(store, leads: dict[str, Lead] | None = None, **more: Any) -> Arrival:
    return arrival(store, Scope(TODAY), KEYS, where(**more), leads or {})


def first(there: np.ndarray) -> list[int | None]:
    """The step in which each item's goods are there, counted from 1."""
    return [int(row.argmax()) + 1 if row[-1] else None for row in there]


def test_goods_promised_for_a_day_are_there_by_the_end_of_its_step(store, given):
    promised = {"X": 7, "Y": 8}
    given("orders", *(line(day, sku=sku) for sku, day in promised.items()), line(1, account="B"), line(1, sku="Z"))

    come = found(store)

    assert len(come.unsent) == 1 and [*come.share[0]] == [1, 1, 1]  # without a delivery on record: as promised
    assert first(come.unsent[0]) == [1, 2, 1]
    np.testing.assert_array_equal(come.unsent[0][:, -1], [10, 10, 10])
    assert not come.sent[0].any()


def test_what_has_left_and_what_has_not_are_told_apart_and_add_up_by_day(store, given):
    given("orders", line(3, sent=True), line(10, 4), line(40, 2, sent=True))

    come = found(store, in_transit=(12, 0, 0))

    assert list(come.sent[0][0, :7]) == [10, 10, 10, 10, 10, 12, 12]
    assert list(come.unsent[0][0, :3]) == [0, 4, 4]


def test_open_orders_count_at_the_part_that_is_filled(store, given):
    given("orders", line(3, 10), line(3, 10, sent=True))

    come = found(store, filled=0.4, in_transit=(10, 0, 0))

    assert (come.unsent[0][0, -1], come.sent[0][0, -1]) == (pytest.approx(4), 10)


def test_goods_of_which_nobody_told_a_day_are_a_week_away_and_overdue_ones_come_tomorrow(store, given):
    given("orders", line(None, sku="X"), line(-5, sku="Y"), line(None, account="B", requested_on=TODAY))

    come = found(store)

    assert DUE_DAYS == 7 and first(come.unsent[0]) == [1, 1, 1]
    later = found(store, late(1))  # two days later
    assert first(later.unsent[0]) == [2, 1, 1]


def test_goods_in_transit_by_counts_alone_are_a_week_away(store, given):
    come = found(store, late(2), in_transit=(9, 0, 0))

    assert first(come.sent[0]) == [2, None, None] and come.sent[0][0, -1] == 9


def test_goods_promised_for_after_half_a_year_are_in_no_step(store, given):
    given("orders", line(7 * STEPS, sku="X"), line(7 * STEPS + 1, sku="Y"))

    assert first(found(store).unsent[0]) == [STEPS, None, None]


@pytest.mark.parametrize(
    ("days", "way"),
    [(-9, 0), (-3, 0), (0, 0), (1, 1), (3, 1), (4, 2), (7, 2), (8, 3), (14, 3), (15, 4), (30, 4), (99, 4)],
)
def test_days_late_are_taken_together(store, days, way):
    come = found(store, late(days))

    assert [*come.share[0]] == [1, 1, 1] and len(come.share) == 1
    assert LATE[way][0] <= min(max(days, EARLIEST), LATEST) <= LATE[way][1]


def test_later_ways_bring_the_same_goods_later(store, given):
    given("orders", line(7))

    come = found(store, late(0, 2, 6, 10, 20))

    assert [first(way)[0] for way in come.unsent] == [1, 2, 2, 3, 5]
    assert [share[0] for share in come.share] == pytest.approx([0.2] * 5)


@drawn(st.lists(st.integers(-20, 60), min_size=1, max_size=40), st.sampled_from(["East", "West"]))
def test_the_ways_of_an_item_are_all_there_are(days, region):
    share = _shares(np.array([region] * 2, dtype=object), late(*days))

    np.testing.assert_allclose(share.sum(axis=1), 1)
    assert (share >= 0).all() and (region == "East" or share[0, 0] == 1)


def test_days_on_the_way_are_those_of_nine_in_ten_of_the_region(store):
    assert list(found(store, late(0, transit=4)).transit_days) == [4, 4, 4]
    assert np.isnan(found(store, late(0)).transit_days).all()
    assert np.isnan(found(store, late(0, transit=4), region="West").transit_days).all()


def test_stale_lines_do_not_come(store, given):
    given("orders", line(-60, sku="X"), line(-61, sku="Y"))

    assert first(found(store).unsent[0]) == [1, None, None]
