"""What was planted in sales can be found again: seasons, trends, promotions, trials, trainings and stock-outs."""

from datetime import date
from itertools import pairwise

import duckdb
import numpy as np
import pytest

from data.samples import Company
from data.samples.truth import Baseline

Pieces = dict[tuple[str, str], float]


def sold(con: duckdb.DuckDBPyConnection, since: np.datetime64, until: np.datetime64) -> Pieces:
    """Pieces sold out by account and SKU between two days, both included."""
    rows = "SELECT account, sku, sum(qty)::DOUBLE FROM sell_out WHERE sold_on BETWEEN $1 AND $2 GROUP BY ALL"
    return {(account, sku): qty for account, sku, qty in con.execute(rows, [since.item(), until.item()]).fetchall()}


def expected(base: Baseline, account: str, skus: tuple[str, ...], since: np.datetime64, until: np.datetime64) -> float:
    """Pieces expected without anything planted; whole weeks only."""
    when = (base.starts >= since) & (base.ends <= until)
    columns = [base.skus.index(sku) for sku in skus]
    return float(base.expected[when, base.accounts.index(account)][:, columns].sum())


def by_month(con: duckdb.DuckDBPyConnection, account: str) -> dict[date, float]:
    """An account's sell-out by month, CNY."""
    rows = "SELECT date_trunc('month', sold_on)::DATE, sum(amount)::DOUBLE FROM sell_out WHERE account = $1 GROUP BY 1"
    return dict(con.execute(rows, [account]).fetchall())


@pytest.mark.parametrize("category", ["洗衣机", "冰箱", "空调", "热水器", "洗碗机"])
def test_the_season_of_a_category_shows_in_its_months(con, demo_company: Company, category: str):
    monthly = """
        SELECT month(sold_on), sum(qty)::DOUBLE FROM sell_out
        WHERE category = $1 AND NOT list_contains($2, account) GROUP BY 1 ORDER BY 1
    """
    rows = con.execute(monthly, [category, list(demo_company.truth.silent)]).fetchall()
    days = np.array([31, 28 + 1 / 3, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    rate = np.array([qty for _, qty in rows]) / days
    planted = np.array(demo_company.truth.season[category])

    assert np.corrcoef(rate, planted)[0, 1] > 0.95
    assert np.abs(rate / rate.mean() - planted / planted.mean()).max() < 0.25


def test_peaks_lift_the_day_and_the_festival_empties_the_shops(con):
    week = "SELECT sum(qty)::DOUBLE FROM sell_out WHERE sku LIKE 'XQ%' AND sold_on BETWEEN $1 AND $2"

    def sum_of(since: str, until: str) -> float:
        (pieces,) = con.execute(week, [since, until]).fetchone()
        return pieces

    assert sum_of("2025-11-03", "2025-11-09") > 1.3 * sum_of("2025-11-17", "2025-11-23")
    assert sum_of("2025-06-09", "2025-06-15") > 1.3 * sum_of("2025-06-23", "2025-06-29")
    for day in ("2024-02-10", "2025-01-29", "2026-02-17"):  # the festival moves, and the hole moves with it
        festival = np.datetime64(day)
        assert sum_of(str(festival - 1), str(festival + 5)) < 0.55 * sum_of(str(festival - 22), str(festival - 16))


def test_two_accounts_fall_and_two_rise_in_the_last_year(con, demo_company: Company):
    truth = demo_company.truth
    assert len(truth.falling) == len(truth.rising) == 2
    for account, change in truth.growth.items():
        months = by_month(con, account)
        quarter = [(months.get(date(2026, m, 1)), months[date(2025, m, 1)]) for m in (4, 5, 6)]
        seen = [(now, before) for now, before in quarter if now is not None]
        grown = sum(now for now, _ in seen) / sum(before for _, before in seen) - 1
        assert (grown < -0.15) if account in truth.falling else (grown > 0.10) if account in truth.rising else True
        assert abs(grown - change) < 0.20  # launches, run-outs, prices and chance make the rest


def test_the_last_month_shows_a_mix_of_weather(con):
    grown = []
    for (account,) in con.execute("SELECT account FROM accounts").fetchall():
        months = by_month(con, account)
        if date(2026, 6, 1) in months:
            grown.append(months[date(2026, 6, 1)] / months[date(2025, 6, 1)] - 1)

    assert sum(change > 0.03 for change in grown) >= 6
    assert sum(change < -0.03 for change in grown) >= 4


def test_promotions_gain_what_was_planted(con, demo_company: Company):
    """Pooled over all promotions, sell-out above the baseline is the planted uplift; one alone is too noisy to tell."""
    truth, base = demo_company.truth, demo_company.truth.baseline
    gained, wanted, plain = 0.0, 0.0, 0.0
    for promotion in truth.promotions.values():
        pieces = sold(con, promotion.starts_on, promotion.ends_on)
        before = expected(base, promotion.account, promotion.skus, promotion.starts_on, promotion.ends_on)
        assert before == pytest.approx(promotion.base_pcs)
        assert promotion.gross_pcs == pytest.approx(promotion.uplift * promotion.base_pcs)
        gained += sum(pieces.get((promotion.account, sku), 0.0) for sku in promotion.skus) - before
        wanted, plain = wanted + promotion.gross_pcs, plain + before

    assert len(truth.promotions) >= 60
    assert abs(gained / plain - wanted / plain) < 0.06


def test_promotions_leave_a_dip_of_four_weeks(con, demo_company: Company):
    base = demo_company.truth.baseline
    missing, wanted, plain = 0.0, 0.0, 0.0
    for promotion in demo_company.truth.promotions.values():
        since, until = promotion.ends_on + 1, promotion.ends_on + 28
        before = expected(base, promotion.account, promotion.skus, since, until)
        missing += before - sum(sold(con, since, until).get((promotion.account, sku), 0.0) for sku in promotion.skus)
        wanted, plain = wanted + promotion.dip_pcs, plain + before

    assert wanted / plain > 0.03
    assert abs(missing / plain - wanted / plain) < 0.05


def test_net_of_a_promotion_is_gross_less_dip_less_what_it_took_from_others(demo_company: Company):
    for promotion in demo_company.truth.promotions.values():
        assert promotion.dip_pcs == pytest.approx(promotion.pull_forward * promotion.gross_pcs)
        assert promotion.cannibalised_pcs <= promotion.cannibalised * promotion.gross_pcs + 1e-6
        assert 0 < promotion.net_pcs < promotion.gross_pcs


def test_promotions_of_one_account_stand_apart_by_more_than_their_dip(demo_company: Company):
    by_account: dict[str, list] = {}
    for promotion in demo_company.truth.promotions.values():
        by_account.setdefault(promotion.account, []).append(promotion)
    for several in by_account.values():
        ordered = sorted(several, key=lambda promotion: promotion.starts_on)
        for earlier, later in pairwise(ordered):
            assert later.starts_on > earlier.ends_on + 28


@pytest.mark.parametrize(("trial", "low", "high"), [("SD01", 0.05, 0.20), ("SD02", -0.07, 0.09)])
def test_a_trial_lifts_its_pilots_over_the_controls(con, demo_company: Company, trial: str, low: float, high: float):
    effect, base = demo_company.truth.trials[trial], demo_company.truth.baseline
    since, until = con.execute("SELECT starts_on, ends_on FROM trials WHERE trial = $1", [trial]).fetchone()
    since, until = np.datetime64(since), np.datetime64(until)
    controls = con.execute("SELECT account FROM trial_scope WHERE trial = $1 AND NOT pilot", [trial]).fetchall()

    def ratio(accounts) -> float:
        pieces = sold(con, since, until)
        plain = sum(expected(base, account, (effect.sku,), since, until) for account in accounts)
        return sum(pieces.get((account, effect.sku), 0.0) for account in accounts) / plain

    assert low < ratio(effect.pilots) / ratio([account for (account,) in controls]) - 1 < high


def test_the_new_product_sells_above_its_target_and_takes_from_the_one_beside_it(con, demo_company: Company):
    effect, base = demo_company.truth.trials["SD03"], demo_company.truth.baseline
    since, until = np.datetime64("2026-04-06"), np.datetime64("2026-06-28")
    pieces = sold(con, since, until)
    stores = con.execute("SELECT account, stores FROM accounts").fetchall()
    store_weeks = 12 * sum(count for account, count in stores if account in effect.pilots)
    controls = con.execute("SELECT account FROM trial_scope WHERE trial = 'SD03' AND NOT pilot").fetchall()

    def ratio(accounts) -> float:
        plain = sum(expected(base, account, (effect.replaces,), since, until) for account in accounts)
        return sum(pieces.get((account, effect.replaces), 0.0) for account in accounts) / plain

    assert sum(pieces.get((account, effect.sku), 0.0) for account in effect.pilots) / store_weeks > 1.2
    assert ratio(effect.pilots) < 0.93 * ratio([account for (account,) in controls])


def lift_after(pieces: dict[tuple[str, bool, int], float], span: int, sessions: list[str]) -> float:
    """Mean log change of trained stores against the account's others, from 24 weeks before to an 8-week span after."""
    logs = []
    for session in sessions:
        before = [sum(pieces.get((session, own, n), 0.0) for n in (-3, -2, -1)) / 3 for own in (True, False)]
        after = [pieces.get((session, own, span), 0.0) for own in (True, False)]
        if min(before + after) > 20:
            logs.append(np.log(after[0] / before[0]) - np.log(after[1] / before[1]))
    assert len(logs) >= 15
    return float(np.mean(logs))


def test_a_training_lifts_its_category_at_its_store_and_the_lift_decays(con, demo_company: Company):
    rows = """
        SELECT t.training, s.store = t.store AS own, floor((s.sold_on - t.held_on) / 56)::INT AS span,
               sum(s.qty)::DOUBLE
        FROM trainings AS t JOIN sell_out AS s ON s.account = t.account AND s.category = t.category
        WHERE s.store IS NOT NULL AND s.sold_on - t.held_on BETWEEN -168 AND 223
          AND t.held_on BETWEEN '2024-01-01' AND '2025-11-01'
        GROUP BY ALL
    """
    pieces = {(t, own, span): qty for t, own, span, qty in con.execute(rows).fetchall()}
    lifts = demo_company.truth.training.sessions
    taught = [session for session, size in lifts.items() if size > 0]
    planted = float(np.mean([lifts[t] for t in taught])) * 0.72  # mean over eight weeks of a lift that halves in eight

    assert abs(lift_after(pieces, 0, taught) - planted) < 0.06
    assert lift_after(pieces, 3, taught) < 0.6 * lift_after(pieces, 0, taught)


def test_failed_tests_teach_nothing(con, demo_company: Company):
    failed = {t for (t,) in con.execute("SELECT training FROM trainings WHERE score < 60").fetchall()}

    assert set(demo_company.truth.training.without_lift) == failed
    assert failed


def test_stock_outs_hide_demand(con, demo_company: Company):
    base = demo_company.truth.baseline
    lowest = "SELECT account, sku, counted_on, on_hand::DOUBLE AS on_hand FROM stock"
    counts = con.execute(lowest).fetchall()
    for out in (out for out in demo_company.truth.stock_outs if out.lost_pcs > 100):
        span = (out.since.item(), (out.until + 42).item())
        held = [
            qty
            for account, sku, day, qty in counts
            if (account, sku) == (out.account, out.sku) and span[0] <= day <= span[1]
        ]
        assert min(held) < expected(base, out.account, (out.sku,), out.since, out.until) / 10

    assert sum(out.lost_pcs > 0 for out in demo_company.truth.stock_outs) >= 8


def test_sell_out_never_exceeds_what_people_came_for(con, demo_company: Company):
    base = demo_company.truth.baseline
    pieces = con.execute(
        "SELECT sum(qty)::DOUBLE FROM sell_out WHERE NOT list_contains($1, account)", [list(demo_company.truth.silent)]
    )
    loud = [n for n, account in enumerate(base.accounts) if account not in demo_company.truth.silent]
    share = pieces.fetchone()[0] / base.demand[:, loud].sum()

    assert 0.97 < share < 1.0


def test_two_accounts_run_short_of_a_front_loader_before_the_season(con, demo_company: Company):
    cover = """
        WITH rate AS (
            SELECT account, sku, sum(qty)::DOUBLE / 91 AS daily FROM sell_out WHERE sold_on > '2026-03-31' GROUP BY ALL
        )
        SELECT s.account, s.on_hand::DOUBLE / r.daily FROM stock AS s JOIN rate AS r USING (account, sku)
        WHERE s.counted_on = '2026-06-30' AND s.sku = $1
    """
    assert {sku for _, sku in demo_company.truth.short_now} == {"XQG100-B1"}
    days = dict(con.execute(cover, ["XQG100-B1"]).fetchall())
    short = {account for account, _ in demo_company.truth.short_now}

    assert all(days.get(account, 0.0) < 14 for account in short)
    assert np.median([n for account, n in days.items() if account not in short]) > 20


def test_stuffing_shows_as_sell_in_without_sell_out_and_comes_back(con, demo_company: Company):
    net = """
        SELECT (SELECT sum(qty) FROM sell_in WHERE account = $1 AND sold_on BETWEEN $2 AND $3)
             / (SELECT sum(qty) FROM sell_out WHERE account = $1 AND sold_on BETWEEN $2 AND $3)
    """
    for push in demo_company.truth.stuffing:
        (ratio,) = con.execute(net, [push.account, push.since.item(), (push.until + 28).item()]).fetchone()
        back = "SELECT -sum(qty) FROM sell_in WHERE account = $1 AND qty < 0 AND sold_on BETWEEN $2 AND $3"
        (returned,) = con.execute(back, [push.account, push.until.item(), (push.until + 60).item()]).fetchone()
        assert ratio > 1.2
        assert returned >= push.returned_pcs > 100
