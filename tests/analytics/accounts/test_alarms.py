"""Who dropped: told with its reasons; a late or partial report, a falling market and a rare buyer raise nobody."""

from datetime import date

import numpy as np
import pytest

from analytics.accounts import alarms, history
from analytics.answer import Scope

JUNE = Scope(date(2026, 6, 30))
FIRST = 2023 * 12 + 6  # July 2023; 36 months to June 2026
CALM = 0.03  # noise of a month


def start(n: int) -> date:
    return date((FIRST + n) // 12, (FIRST + n) % 12 + 1, 1)


def panel(accounts: int = 6, months: int = 36, seed: int = 5, noise: float = CALM) -> np.ndarray:
    """Accounts × months of a shared season and some noise, CNY."""
    rng = np.random.default_rng(seed)
    season = 1 + 0.3 * np.sin(np.arange(months) * 2 * np.pi / 12)
    return 100_000 * (1 + np.arange(accounts)[:, None]) * season * np.exp(rng.normal(0, noise, (accounts, months)))


def lines(y: np.ndarray, last_day: int = 28, skip: tuple = ()) -> list[dict]:
    """Two rows a month, on the 5th and late in the month; `skip` are (account, month) left out."""
    return [
        {
            "account": f"A{a}",
            "sku": "X",
            "sold_on": start(m).replace(day=day),
            "qty": 1,
            "amount": round(y[a, m] / 2, 2),
        }
        for a in range(y.shape[0])
        for m in range(y.shape[1])
        if (a, m) not in skip and y[a, m] == y[a, m]
        for day in (5, last_day)
    ]


def states(store, scope=JUNE) -> dict[str, str]:
    return {r.account: r.state for r in alarms.ask(store, scope)}


def test_an_account_that_sells_three_tenths_less_is_told_with_since_when_how_much_money_and_rule(store, given):
    y = panel()
    y[2, 34:] *= 0.7
    given("accounts", {"account": "A2", "account_name": "乙", "name_en": "Two", "owner": "Li"})
    given("sell_out", *lines(y))

    rows = alarms.ask(store, JUNE)
    [head, first, *_] = alarms.say(rows, JUNE)

    assert {r.account: r.state for r in rows} == {"A2": "dropped"} | dict.fromkeys(
        ("A0", "A1", "A3", "A4", "A5"), "steady"
    )
    assert (rows[0].since, rows[0].raised) == (date(2026, 5, 1), date(2026, 6, 1))
    assert rows[0].drop == pytest.approx(-0.3, abs=0.08) or rows[0].drop == pytest.approx(-0.3 * 2 / 3, abs=0.06)
    assert rows[0].stake == pytest.approx(-(rows[0].drop or 0) * 12 * 300_000, rel=0.1)
    assert "1 account dropped" in head.text.en and not head.account
    assert (first.account, first.owner, first.level, first.weight) == ("A2", "Li", "storm", rows[0].stake)
    assert "since 2026-05" in first.text.en and "raised 2026-06" in first.text.en


def test_a_market_that_falls_as_a_whole_raises_nobody(store, given):
    y = panel()
    y[:, 34:] *= 0.7
    given("sell_out", *lines(y))

    assert set(states(store).values()) == {"steady"}


def test_a_month_not_reported_raises_nobody_with_sell_out_and_is_a_zero_with_sell_in(store, given):
    gone = lines(panel(), skip=((2, 34), (2, 35)))
    given("sell_out", *gone)
    given("sell_in", *gone)

    assert states(store)["A2"] == "steady"
    assert states(store, Scope(JUNE.as_of, "sell_in"))["A2"] == "dropped"


@pytest.mark.parametrize(("day", "known"), [("2026-06-24", 36), ("2026-06-23", 35)])
def test_a_last_month_that_breaks_off_four_days_earlier_than_ever_is_no_drop(store, given, day, known):
    y = panel()
    y[2, 35] *= 0.4
    end = date(2026, 6, 28)  # February's 28th leaves none, January's three days: until then, and three more
    rest = [r | {"sold_on": day} if (r["account"], r["sold_on"]) == ("A2", end) else r for r in lines(y)]
    given("sell_out", *rest)

    [row] = [r for r in alarms.ask(store, JUNE) if r.account == "A2"]

    assert row.periods == known


def test_who_made_it_good_again_is_no_longer_told(store, given):
    y = panel(months=36)
    y[2, 31:33] *= 0.6
    given("sell_out", *lines(y))

    assert states(store)["A2"] == "back"


def test_a_short_a_rare_and_a_noisy_account_are_named(store, given):
    y = panel(accounts=7)
    y[0, :29] = np.nan
    y[1, ::3] = 0
    y[3] *= np.exp(np.random.default_rng(1).normal(0, 0.4, 36))
    given("sell_in", *lines(y))

    found = alarms.ask(store, Scope(JUNE.as_of, "sell_in"))

    assert {r.account: r.state for r in found} | {"A3": ""} == {
        "A0": "short", "A1": "rare", "A2": "steady", "A3": "", "A4": "steady", "A5": "steady", "A6": "steady",
    }  # fmt: skip
    assert next(r for r in found if r.account == "A3").noise > alarms.QUIET
    assert "1 with too short a history" in alarms.say(found, JUNE)[-1].text.en
    assert "1 that buy too seldom" in alarms.say(found, JUNE)[-1].text.en


def test_an_account_is_judged_beside_all_others_even_when_it_is_looked_at_alone(store, given):
    y = panel()
    y[2, 34:] *= 0.7
    given("sell_out", *lines(y))

    whole = [r for r in alarms.ask(store, JUNE) if r.account == "A2"]

    assert alarms.ask(store, Scope(JUNE.as_of, accounts=("A2",))) == whole


@pytest.mark.parametrize(("noise", "quiet"), [(0.1, True), (0.101, False)])
def test_the_usual_account_is_quiet_up_to_a_tenth(noise, quiet):
    rows = [
        alarms.Row("A", "", "", "", "steady", "week", 9, "", None, None, None, None, n, (), ())
        for n in (0.01, noise, 9.0)
    ]

    assert alarms.is_quiet(rows) is quiet
    assert not alarms.is_quiet([])


def test_two_years_of_quiet_weeks_are_watched_by_week(store, given):
    rng = np.random.default_rng(3)
    monday = date(2024, 1, 1).toordinal()
    for account in range(5):
        week = np.exp(rng.normal(0, CALM, 130)) * 1000
        given(
            "sell_out",
            *[
                {"account": f"A{account}", "sku": "X", "sold_on": date.fromordinal(monday + 7 * n), "qty": 1,
                 "amount": float(round(v, 2))}
                for n, v in enumerate(week)
            ],
        )  # fmt: skip
    scope = Scope(date.fromordinal(monday + 7 * 129 + 6))

    found = history.weeks(store, scope)

    assert found is not None and len(found.starts) == 130
    assert {r.rhythm for r in alarms.ask(store, scope)} == {"week"}
    assert history.weeks(store, Scope(scope.as_of, categories=("x",))) is None
    assert history.weeks(store, Scope(scope.as_of, "sell_in")) is None
    assert history.weeks(store, Scope(date.fromordinal(monday + 7 * 103 - 1))) is None  # 103 weeks


def test_one_account_of_the_demo_company_is_watched_in_the_rhythm_of_all(demo, demo_scope):
    whole = [r for r in alarms.ask(demo, demo_scope) if r.account == "A12"]

    assert alarms.ask(demo, Scope(demo_scope.as_of, accounts=("A12",))) == whole


def test_the_falling_accounts_of_the_demo_company_are_told(demo, demo_scope):
    assert {"A01", "A02"} <= {r.account for r in alarms.dropped(alarms.ask(demo, demo_scope))}
