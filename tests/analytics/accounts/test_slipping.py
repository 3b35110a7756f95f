"""Who slips away: silence by its own rhythm, stopped reporting apart from stopped selling, slope beyond noise."""

from datetime import date, timedelta

import pytest

from analytics.accounts import slipping
from analytics.answer import Scope
from tests.analytics.accounts.test_alarms import JUNE, lines, panel

END = date(2026, 6, 30)
SELL_IN = Scope(END, "sell_in")


def every(days: int, account: str, silent: int, count: int = 10, amount: float = 100) -> list[dict]:
    """Orders every so many days, the last one so many days ago."""
    last = END - timedelta(days=silent)
    return [
        {"account": account, "sku": "X", "sold_on": last - timedelta(days=days * n), "qty": 1, "amount": amount}
        for n in range(count)
    ]


def by_account(store, scope=SELL_IN) -> dict[str, slipping.Row]:
    return {r.account: r for r in slipping.ask(store, scope)}


@pytest.mark.parametrize(
    ("usual", "silent", "state"), [(7, 12, "steady"), (7, 13, "silent"), (30, 53, "steady"), (30, 54, "silent")]
)
def test_silence_is_unusual_by_the_accounts_own_rhythm(store, given, usual, silent, state):
    given("sell_in", *every(usual, "A", silent))

    row = by_account(store)["A"]

    assert (row.state, row.silent_days, row.usual_days) == (state, silent, pytest.approx(usual))
    assert row.stake == (row.rolling if state == "silent" else 0)


@pytest.mark.parametrize(("count", "state"), [(5, "open"), (6, "silent")])
def test_five_pauses_make_a_rhythm(store, given, count, state):
    given("sell_in", *every(7, "A", 60, count))

    assert by_account(store)["A"].state == state


def test_a_day_of_returns_only_breaks_no_silence(store, given):
    given("sell_in", *every(7, "A", 60), {"account": "A", "sku": "X", "sold_on": END, "qty": -1, "amount": -5})

    assert by_account(store)["A"].silent_days == 60


def test_who_has_not_bought_for_a_year_has_left_and_is_not_listed(store, given):
    given("sell_in", *every(7, "A", 366), *every(7, "B", 1))

    assert list(by_account(store)) == ["B"]


def test_with_sell_out_stopped_reporting_is_told_from_stopped_selling_and_from_late(store, given):
    y = panel(4)
    skip = [(0, n) for n in range(33, 36)] + [(1, n) for n in range(33, 36)] + [(2, 35)]
    given("sell_out", *lines(y, skip=tuple(skip)))
    given("stock", {"account": "A1", "sku": "X", "counted_on": "2026-06-30", "on_hand": 5})

    rows = by_account(store, JUNE)

    assert {a: r.state for a, r in rows.items()} == {
        "A0": "not reporting", "A1": "not selling", "A2": "open", "A3": "steady",
    }  # fmt: skip
    assert rows["A0"].stake == rows["A0"].rolling
    said = {f.account: f.text.en for f in slipping.say(list(rows.values()), JUNE)}
    assert said["A0"] == "Not reporting: last on 2026-03-28"


@pytest.mark.parametrize(("fall", "state"), [(1.0, "steady"), (0.7, "slipping")])
def test_a_slope_beyond_its_own_noise_is_told_with_both_and_the_money(store, given, fall, state):
    y = panel(5, noise=0.02)
    y[2, 33:] *= fall
    given("sell_out", *lines(y))

    row = by_account(store, JUNE)["A2"]

    assert row.state == state
    if state == "slipping":
        assert row.change == pytest.approx(-0.24, abs=0.04) and row.within is not None and row.within < 0.06
        assert row.stake == pytest.approx(-row.change * row.rolling)
        assert "under the level of twelve" in slipping.say([row], JUNE)[1].text.en


def test_no_slope_without_two_years_as_the_season_could_not_be_taken_off(store, given):
    y = panel(3, months=36, noise=0.02)
    y[:, :13] = float("nan")
    y[2, 33:] *= 0.7
    given("sell_out", *lines(y))

    assert all(r.change is None for r in slipping.ask(store, JUNE))


def test_one_list_by_money_at_stake(store, given):
    given("sell_in", *every(7, "small", 60), *every(7, "big", 60, amount=900), *every(7, "well", 1, amount=5000))

    rows = slipping.ask(store, SELL_IN)

    assert [r.account for r in rows] == ["big", "small", "well"]
    assert [f.account for f in slipping.say(rows, SELL_IN)][1:] == ["big", "small"]
