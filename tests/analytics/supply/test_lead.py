"""Days that lines took, by region: quantiles that occur, both ends of the year, pooled where a region has few lines."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.supply import lead
from analytics.supply.lead import Days

TODAY = date(2026, 6, 30)


def line(n: int, region: str = "E", came: date = TODAY, late: int = 0, transit: int = 2, took: int = 20) -> dict:
    return {
        "order_no": "O",
        "line_no": str(n),
        "account": region,
        "qty": 1,
        "ordered_on": came - timedelta(days=took),
        "promised_on": came - timedelta(days=late),
        "shipped_on": came - timedelta(days=transit),
        "delivered_on": came,
    }


@pytest.fixture
def regions(given):
    given("accounts", {"account": "E", "region": "East"}, {"account": "W", "region": "West"})


def test_quantiles_are_days_that_so_many_lines_kept_to(store, given, regions):
    given("orders", *(line(n, late=n // 10, transit=1 + n // 50, took=20 + n) for n in range(100)))

    east = lead.leads(store, TODAY)["East"]

    assert east.late == Days(4, 8, 100, pooled=False)  # ten lines each of 0 to 9 days
    assert (east.transit, east.ordered) == (Days(1, 2, 100, pooled=False), Days(69, 109, 100, pooled=False))
    assert east.within(4) == pytest.approx(0.5) and east.within(-1) == 0 and east.within(30) == pytest.approx(1)


@pytest.mark.parametrize(("lines", "pooled"), [(30, False), (29, True)])
def test_a_region_with_few_lines_is_given_what_all_show(store, given, regions, lines, pooled):
    given("orders", *(line(n, "W", late=5) for n in range(lines)), *(line(100 + n, "E") for n in range(300)))

    found = lead.leads(store, TODAY)

    assert found["West"].late == (Days(5, 5, lines, False) if not pooled else Days(0, 0, 300 + lines, True))
    assert found["East"].late == Days(0, 0, 300, pooled=False)


def test_a_region_without_a_line_is_there_too(store, given, regions):
    given("orders", line(1))

    found = lead.leads(store, TODAY)

    assert set(found) == {"East", "West"} and found["West"].transit == Days(2, 2, 1, pooled=True)


def test_accounts_without_a_region_are_one_of_their_own(store, given):
    given("orders", line(1, "nobody"))

    assert set(lead.leads(store, TODAY)) == {""}


@pytest.mark.parametrize(
    ("came", "counts"),
    [
        (date(2025, 6, 30), False),
        (date(2025, 7, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_twelve_months_of_deliveries_are_looked_at(store, given, regions, came, counts):
    given("orders", line(1, came=came))

    assert (lead.leads(store, TODAY)["East"].late is not None) is counts


def test_what_has_no_day_of_its_own_is_not_measured(store, given, regions):
    given("orders", line(1) | {"promised_on": None}, line(2) | {"shipped_on": None, "promised_on": None})

    east = lead.leads(store, TODAY)["East"]

    assert (east.late, east.shares, east.within(3)) == (None, (), None)
    assert east.transit and east.transit.lines == 1 and east.ordered and east.ordered.lines == 2


@pytest.mark.parametrize(("late", "place"), [(-9, 0), (-3, 0), (-2, 1), (0, 3), (30, 33), (31, 33)])
def test_what_lies_beyond_the_ends_is_counted_there(late, place):
    found = lead.shares({late: 4})

    assert found[place] == 1 and len(found) == 34


@drawn(st.dictionaries(st.integers(-60, 90), st.integers(1, 50), min_size=1))
def test_shares_sum_to_one_and_quantiles_are_numpys(counts):
    days = np.repeat(list(counts), list(counts.values()))
    found = lead.of(counts)

    assert sum(lead.shares(counts)) == pytest.approx(1)
    assert found and (found.median, found.q90) == tuple(np.quantile(days, [0.5, 0.9], method="inverted_cdf"))
    assert found.lines == Counter(counts).total()


def test_the_demo_company_ships_as_far_as_it_was_planted(demo, demo_scope):
    from data.samples.supply import TRANSIT_DAYS

    found = lead.leads(demo, demo_scope.as_of)

    assert {region: one.transit.median for region, one in found.items() if one.transit} == TRANSIT_DAYS
    on_time = {region: one.within(0) for region, one in found.items()}
    assert min(on_time, key=lambda r: on_time[r] or 0) == "西部"  # planted: late half as often again
    assert all(0.75 < (share or 0) < 0.95 for share in on_time.values())
