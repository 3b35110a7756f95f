"""Weeks have their number as place in the year, or their distance from Spring Festival where that foretells better."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.answer import Scope
from analytics.stats.seasonal import WEEKLY
from analytics.supply import backtest
from analytics.supply.places import Places, places
from analytics.supply.weekly import panel
from tests.analytics.supply.panels import MONDAY, WEEK, made
from tests.analytics.supply.test_season import NEW_YEARS, put, wintry

WEEKS = (date(2026, 3, 30) - MONDAY).days // 7
END = MONDAY + WEEKS * WEEK - timedelta(days=1)


def test_a_year_whose_winter_is_like_the_rest_goes_by_the_number_of_the_week(store, given):
    put(given, made(31, 2, 4, WEEKS))

    assert places(store, Scope(END)) == Places(None)


def test_a_winter_that_follows_the_festival_goes_by_it_in_all_of_the_last_156_weeks_and_the_next_26(store, given):
    put(given, wintry(WEEKS))

    by = places(store, Scope(END))

    assert by.digits is not None and len(by.digits) == 2 * (156 + 26)
    assert set(NEW_YEARS) <= set(by.festivals)
    assert places(store, Scope(END, "sell_in")) == Places(None)  # no rows of that kind


@pytest.mark.parametrize(
    ("starts", "ends", "follow"),
    [(-35, 27, True), (-41, 27, True), (-42, 27, False), (-35, 28, False), (100, 120, False)],
)
def test_the_weeks_that_move_with_the_festival_are_five_before_to_three_after(starts, ends, follow):
    """Weeks begin on Mondays: the festival lies on any day of its own."""
    day = NEW_YEARS[2]
    span = (day + timedelta(days=starts), day + timedelta(days=ends))

    assert Places("00" * 182, NEW_YEARS).follow(*span) == follow
    assert not Places(None, NEW_YEARS).follow(*span)


def test_back_tests_count_winters_from_the_festival_too(store, given):
    put(given, wintry(WEEKS))
    known = panel(store, Scope(END))
    assert known is not None

    with_it, without = (
        {(r.ahead, r.kind): r for r in backtest.judged(replace(known, festivals=days))}
        for days in (known.festivals, ())
    )

    assert known.season(WEEKS).places and replace(known, festivals=()).season(WEEKS) == WEEKLY
    assert np.all(known.season(60).places == ())  # one winter is not enough to see it
    assert with_it[8, "week"].error < 0.5 * without[8, "week"].error
