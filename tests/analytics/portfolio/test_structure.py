"""Managers, concentration and tiers: counts on both sides of each line, and what is not known is not zero."""

from datetime import date
from typing import Any, cast

import numpy as np
import pytest

from analytics.accounts import ranking
from analytics.answer import Scope, months_back
from analytics.charts.theme import Look
from analytics.portfolio import concentration, managers, tiers

JUNE = Scope(date(2026, 6, 30), "sell_in")


def sold(account: str, day: str, amount: float, sku: str = "X", qty: float = 1, **more):
    return {"account": account, "sku": sku, "sold_on": day, "qty": qty, "amount": amount, **more}


def monthly(account: str, amounts, last: date = date(2026, 6, 1)) -> list[dict]:
    """One sale a month, the last amount in the last month; None is a month without a row."""
    days = [months_back(last, len(amounts) - 1 - n).replace(day=10).isoformat() for n in range(len(amounts))]
    return [sold(account, day, amount) for day, amount in zip(days, amounts, strict=True) if amount is not None]


# -- managers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("accounts", "outside"), [(2, True), (3, False), (10, False), (11, True)])
def test_three_and_ten_accounts_are_usual_two_and_eleven_are_not(store, given, accounts, outside):
    names = [f"A{n}" for n in range(accounts)]
    given("accounts", *[{"account": a, "account_name": a, "owner": "Li"} for a in names])
    given("sell_in", *[sold(a, "2026-06-10", 5) for a in names])

    [row] = managers.ask(store, JUNE)

    assert (row.accounts, row.outside) == (accounts, outside)
    assert managers.say([row], JUNE)[0].level == ("rain" if outside else "fair")


def test_accounts_without_a_manager_or_without_sales_are_named_and_no_manager_of_their_own(store, given):
    given("accounts", *[{"account": a, "account_name": a, "owner": "Li"} for a in "ABCD"])
    given("sell_in", *[sold(a, "2026-06-10", 5) for a in "ABCX"], sold("D", "2025-06-30", 5))

    rows = managers.ask(store, JUNE)

    assert {r.owner: (r.accounts, r.silent) for r in rows} == {"Li": (3, 1), "": (1, 0)}
    assert managers.mean(rows) == 3
    assert [f.text.en for f in managers.say(rows, JUNE)][1:] == [
        "1 account with sales have no manager, ¥5 together",
        "1 account of the master had no sales in twelve months",
    ]


def test_a_managers_whole_load_counts_whatever_region_is_looked_at(store, given):
    given(
        "accounts",
        *[{"account": a, "account_name": a, "owner": "Li", "region": r} for a, r in zip("ABC", "EWW", strict=True)],
    )
    given("accounts", {"account": "D", "account_name": "D", "owner": "Wu", "region": "W"})
    given("sell_in", *[sold(a, "2026-06-10", 5) for a in "ABCD"])

    assert [(r.owner, r.accounts) for r in managers.ask(store, Scope(JUNE.as_of, "sell_in", None, ("E",)))] == [
        ("Li", 3)
    ]


def test_a_master_without_managers_gives_no_rows_rather_than_one_of_nobody(store, given):
    given("accounts", {"account": "A", "account_name": "A"})
    given("sell_in", sold("A", "2026-06-10", 5))

    assert managers.ask(store, JUNE) == []


# -- concentration ----------------------------------------------------------------------------------------------------


def test_shares_hhi_and_effective_accounts_of_twelve_months(store, given):
    given(
        "sell_in",
        sold("old", "2025-06-30", 999),
        *[sold(a, "2026-06-10", m) for a, m in zip("ABCDEF", (50, 20, 10, 10, 6, 4), strict=True)],
    )

    row = concentration.at(concentration.ask(store, JUNE), date(2026, 6, 1))

    assert row and (row.account, row.accounts, row.cr1, row.cr5) == ("A", 6, pytest.approx(0.5), pytest.approx(0.96))
    assert row.hhi == pytest.approx(0.25 + 0.04 + 0.01 + 0.01 + 0.0036 + 0.0016)
    assert row.effective == pytest.approx(1 / row.hhi) and row.loss_months == pytest.approx(6)


@pytest.mark.parametrize(("first", "known"), [("2025-07-31", True), ("2025-08-01", False)])
def test_no_shares_before_twelve_months_of_history(store, given, first, known):
    given("sell_in", sold("A", first, 5), sold("B", "2026-06-10", 5))

    rows = concentration.ask(store, JUNE)
    said = concentration.say(rows, JUNE)

    assert (rows[-1].cr1 is not None) is known
    assert known or [f.text.en for f in said] == ["2 months of figures; concentration needs twelve"]


@pytest.mark.parametrize(("bare", "told"), [(5, True), (6, False)])
def test_months_of_profit_only_where_95_percent_of_sales_have_a_unit_margin(store, given, bare, told):
    given("products", {"sku": "X", "margin": 3}, {"sku": "Y", "margin": 1})
    given("sell_in", sold("A", "2025-07-10", 60, qty=3), sold("B", "2026-06-10", 40 - bare, "Y", qty=1))
    given("sell_in", sold("B", "2026-06-10", bare, "bare", qty=1))

    row = concentration.ask(store, JUNE)[-1]

    assert row.profit_months == (pytest.approx(12 * 9 / 10) if told else None)
    assert any("unit margin" in f.text.en for f in concentration.say([row], JUNE))


def test_the_last_month_is_as_the_ranking_has_it(demo, demo_scope):
    for scope in (
        demo_scope,
        Scope(date(2026, 6, 15), "sell_in"),
        Scope(date(2026, 3, 31), "sell_out", None, ("华东",)),
    ):
        row, ranked = concentration.at(concentration.ask(demo, scope), scope.month), ranking.ask(demo, scope)
        assert row and row.effective == pytest.approx(ranking.effective(ranked))
        assert (row.account, row.cr1) == (ranked[0].account, pytest.approx(ranked[0].share))
        assert row.cr5 == pytest.approx(ranked[4].cumulative)


# -- tiers ------------------------------------------------------------------------------------------------------------


def test_who_crosses_80_and_95_percent_is_in_the_tier_before(store, given):
    shares = dict(zip("ABCDEF", (50, 30, 10, 5, 4, 1), strict=True))
    given("sell_in", *[sold(a, "2025-07-10", m) for a, m in shares.items()])

    assert "".join(r.abc or "-" for r in tiers.ask(store, JUNE)) == "AABBCC"


def test_without_24_months_there_is_no_xyz_and_no_tier_a_year_ago_and_it_says_so(store, given):
    given("sell_in", *monthly("A", [10] * 23))

    rows = tiers.ask(store, JUNE)

    assert [(r.abc, r.xyz, r.abc_before) for r in rows] == [("A", None, None)]
    assert tiers.say(rows, JUNE)[-1].text == tiers.YOUNG


def test_an_account_that_only_follows_the_season_is_steady_and_one_that_does_not_is_erratic(store, given):
    rng = np.random.default_rng(7)
    season = 100 + 60 * np.sin(np.arange(24) * 2 * np.pi / 12)
    flat = [(f"S{n}", season * rng.normal(1, 0.02, 24)) for n in range(20)]
    given(
        "sell_in",
        *[line for name, amounts in flat for line in monthly(name, [round(float(a), 2) for a in amounts])],
        *monthly("bursts", [0.01] * 11 + [900] + [0.01] * 11 + [900]),
    )

    rows = {r.account: r for r in tiers.ask(store, JUNE)}

    assert {rows[name].xyz for name, _ in flat} == {"X"} and rows["bursts"].xyz == "Z"
    assert max(rows[name].cv or 9 for name, _ in flat) < 0.2 < np.std(season) / np.mean(season)


@pytest.mark.parametrize(("spread", "letter"), [(0.49, "X"), (0.51, "Y"), (0.99, "Y"), (1.01, "Z")])
def test_the_lines_of_xyz_are_half_and_one(store, given, spread, letter):
    base = np.array([1.0, -1.0] * 5 + [0.0])  # eleven cells, January and February one
    cells = 100 * (1 + spread * base / base.std(ddof=1))
    year = [*cells[:6], *cells[6:7], *cells[6:7], *cells[7:]]  # July to December, January = February, March to June
    other = [100_000.0] * 24  # makes the season flat
    given("sell_in", *monthly("A", [100.0] * 12 + [round(float(v), 4) for v in year]), *monthly("B", other))

    row = next(r for r in tiers.ask(store, JUNE) if r.account == "A")

    assert (row.xyz, row.months) == (letter, 11) and row.cv == pytest.approx(spread, abs=0.005)


@pytest.mark.parametrize(("flow", "months", "letter"), [("sell_out", 3, None), ("sell_in", 11, "Z")])
def test_a_month_without_figures_is_no_zero_with_sell_out_and_one_with_sell_in(store, given, flow, months, letter):
    amounts = [100.0] * 12 + [100.0, None, None, None, 100.0, None, None, None, None, None, None, 100.0]
    given(flow, *monthly("A", amounts), *monthly("B", [9000.0] * 24))

    row = next(r for r in tiers.ask(store, Scope(JUNE.as_of, flow)) if r.account == "A")

    assert (row.months, row.xyz) == (months, letter)


def test_movers_come_by_money_and_the_matrix_counts_everybody(store, given):
    then, now = dict(A=95, B=17, C=4, gone=1), dict(A=4, B=90, C=15, fresh=1)
    given(
        "sell_in",
        *[sold(a, "2024-07-10", m) for a, m in then.items()],
        *[sold(a, "2026-06-10", m) for a, m in now.items()],
    )

    rows = tiers.ask(store, JUNE)
    [cells] = cast(Any, tiers.draw_moves(rows, Look("en")).data)

    assert [(r.account, r.abc_before, r.abc, tiers.fell(r)) for r in tiers.movers(rows)] == [
        ("A", "A", "C", True),
        ("B", "B", "A", False),
        ("C", "C", "B", False),
    ]
    assert sum(sum(row) for row in cells.z) == len(rows) == 5
    said = [f.text.en for f in tiers.say(rows, JUNE)]
    assert said[1] == "2 accounts went up a tier in a year, 1 down; A moved most, from A to C"
    assert said[2] == "A from A to C, −¥91 in twelve months"


def test_a_chosen_account_keeps_the_tier_it_has_among_all(store, given):
    given("sell_in", *[sold(a, "2025-07-10", m) for a, m in zip("AB", (90, 10), strict=True)])

    [row] = tiers.ask(store, Scope(JUNE.as_of, "sell_in", ("B",)))

    assert row.abc == "B"
