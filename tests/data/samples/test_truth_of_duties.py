"""What was planted beside sales can be found again: events, rebates, reps, forecasts, pulse, visits and promises."""

from datetime import date
from functools import partial

import numpy as np
import pytest

from data.samples import Company
from data.samples.incentives import Agreement, rebate


def test_events_lift_sell_out_and_support_lifts_it_more(con, demo_company: Company):
    base, lift = demo_company.truth.baseline, demo_company.truth.event_lift
    events = con.execute(
        "SELECT account, starts_on, ends_on, supported FROM events WHERE ends_on < '2026-05-31'"
    ).fetchall()
    seen: dict[bool, list[float]] = {True: [], False: []}
    daily = dict(con.execute("SELECT account || sold_on, sum(qty)::DOUBLE FROM sell_out GROUP BY 1").fetchall())
    for account, starts, ends, supported in events:
        since, until = np.datetime64(starts), np.datetime64(ends)
        when = (base.ends >= since) & (base.starts <= until)
        days = np.arange(base.starts[when][0], base.ends[when][-1] + 1)
        plain = base.expected[when, base.accounts.index(account)].sum()
        covered = 9 / len(days)
        seen[supported].append((sum(daily.get(f"{account}{day}", 0.0) for day in days) / plain - 1) / covered)

    assert lift[True] > lift[False]
    assert np.mean(seen[True]) - np.mean(seen[False]) == pytest.approx(lift[True] - lift[False], abs=0.12)


@pytest.mark.parametrize("agreement", ["FL2024A01", "FL2025A04", "FL2026A05", "TS2026A12"])
def test_a_rebate_is_earned_by_the_agreements_own_terms(con, demo_company: Company, agreement: str):
    terms = "SELECT account, by_sell_out, by_qty, retroactive FROM agreements WHERE agreement = $1"
    account, by_sell_out, by_qty, retroactive = con.execute(terms, [agreement]).fetchone()
    counts = f"""
        SELECT sum({"qty" if by_qty else "amount"})::DOUBLE
        FROM {"sell_out" if by_sell_out else "sell_in"} AS s JOIN agreements AS a ON a.account = s.account
        WHERE a.agreement = $1 AND s.sold_on BETWEEN a.starts_on AND a.ends_on
          AND (a.category IS NULL OR s.category = a.category) AND (a.excluded IS NULL OR s.sku <> a.excluded)
    """
    (basis,) = con.execute(counts, [agreement]).fetchone()
    steps = con.execute("SELECT threshold, rate, per_piece FROM tiers WHERE agreement = $1 ORDER BY tier", [agreement])
    tiers = [(float(low), float(per_piece) or rate) for low, rate, per_piece in steps.fetchall()]
    if retroactive:
        earned = basis * max((rate for low, rate in tiers if basis >= low), default=0.0)
    else:
        highs = [low for low, _ in tiers[1:]] + [float("inf")]
        earned = sum(max(0.0, min(basis, high) - low) * rate for (low, rate), high in zip(tiers, highs, strict=True))

    owed = demo_company.truth.rebates[agreement]
    assert (owed.account, owed.basis) == (account, pytest.approx(basis))
    assert owed.earned_cny == pytest.approx(earned, abs=0.01)


@pytest.mark.parametrize(("basis", "retroactive", "incremental"), [
    (499_999.99, 0.0, 0.0),
    (500_000.0, 10_000.0, 0.0),
    (999_999.99, 19_999.9998, 9_999.9998),
    (1_000_000.0, 30_000.0, 10_000.0),
    (1_200_000.0, 36_000.0, 16_000.0),
])  # fmt: skip
def test_a_tier_counts_from_its_very_threshold(basis: float, retroactive: float, incremental: float):
    steps = ((500_000.0, 0.02), (1_000_000.0, 0.03))
    of = partial(Agreement, "X", 0, "2026-01-01", "2026-12-31", False, excluded="", forecast=0.0, steps=steps)

    assert rebate(of(retroactive=True), basis) == pytest.approx(retroactive)
    assert rebate(of(retroactive=False), basis) == pytest.approx(incremental)


def test_rebates_end_below_their_tiers_and_at_several_of_them(con, demo_company: Company):
    tiers = "SELECT threshold::DOUBLE FROM tiers WHERE agreement = $1"
    reached = [
        sum(owed.basis >= low for (low,) in con.execute(tiers, [code]).fetchall())
        for code, owed in demo_company.truth.rebates.items()
        if code[2:6] in ("2024", "2025")
    ]
    kinds = con.execute("SELECT DISTINCT retroactive FROM agreements").fetchall()

    assert len(reached) == 48
    assert min(reached) <= 1 and max(reached) >= 2
    assert {kind for (kind,) in kinds} == {True, False}


def test_no_more_is_paid_on_an_agreement_than_it_earned(con, demo_company: Company):
    paid = dict(
        con.execute(
            "SELECT agreement, sum(amount)::DOUBLE FROM payments WHERE agreement IS NOT NULL GROUP BY 1"
        ).fetchall()
    )
    owed = {code: rebate.earned_cny for code, rebate in demo_company.truth.rebates.items()}

    assert paid
    assert all(amount <= owed[code] + 0.01 for code, amount in paid.items())
    assert any(amount < 0.9 * owed[code] for code, amount in paid.items())  # somebody still waits for the rest


def test_rep_effects_can_be_told_from_account_effects(con, demo_company: Company):
    truth = demo_company.truth
    answers = con.execute("SELECT rep, account, item, score FROM surveys WHERE scale = 5").fetchall()
    reps, accounts, items = (sorted({row[n] for row in answers}) for n in range(3))
    rows = np.zeros((len(answers), len(reps) + len(accounts) + len(items)))
    for n, (rep, account, item, _) in enumerate(answers):
        rows[n, reps.index(rep)] = 1
        rows[n, len(reps) + accounts.index(account)] = 1
        rows[n, len(reps) + len(accounts) + items.index(item)] = 1
    found = np.linalg.lstsq(rows, np.array([float(score) for *_, score in answers]), rcond=None)[0][: len(reps)]
    planted = np.array([truth.rep_effects[rep] for rep in reps])

    assert np.abs((found - found.mean()) - (planted - planted.mean())).max() < 0.25
    assert reps[int(np.argmin(found))] == min(truth.rep_effects, key=lambda rep: truth.rep_effects[rep])


def test_accounts_forecast_with_their_own_bias(con, demo_company: Company):
    against = """
        WITH told AS (
            SELECT account, sum(qty)::DOUBLE AS qty FROM account_forecasts
            WHERE starts_on BETWEEN '2024-01-01' AND '2025-12-31' GROUP BY 1
        ), fact AS (
            SELECT account, sum(qty)::DOUBLE AS qty FROM sell_out
            WHERE sold_on BETWEEN '2024-01-01' AND '2025-12-31' GROUP BY 1
        )
        SELECT account, ln(told.qty / fact.qty) FROM told JOIN fact USING (account)
        WHERE account NOT IN ('A19', 'A21')  -- joined in 2024
    """
    for account, bias in con.execute(against).fetchall():
        assert abs(bias - demo_company.truth.forecast_bias[account]) < 0.06


def test_the_pulse_leads_sell_out_growth_by_a_quarter(con, demo_company: Company):
    growth = """
        WITH m AS (
            SELECT account, date_trunc('month', sold_on)::DATE AS month, sum(amount)::DOUBLE AS amount
            FROM sell_out GROUP BY ALL
        )
        SELECT a.month, ln(sum(a.amount) / sum(b.amount)) FROM m AS a
        JOIN m AS b ON b.account = a.account AND b.month = (a.month - INTERVAL 12 MONTH)::DATE
        WHERE month(a.month) NOT IN (1, 2) GROUP BY 1
    """
    grown = dict(con.execute(growth).fetchall())
    balance = dict(con.execute("SELECT month, avg(outlook) FROM pulse GROUP BY 1").fetchall())

    def follows(lag: int) -> float:
        earlier = {month: _months_before(month, lag) for month in grown}
        pairs = [(balance[earlier[month]], grown[month]) for month in grown if earlier[month] in balance]
        return float(np.corrcoef(np.array(pairs).T)[0, 1])

    lead = demo_company.truth.pulse_lead_months
    assert follows(lead) > 0.8
    assert follows(lead) > follows(0) + 0.2 and follows(lead) > follows(-lead) + 0.5


def _months_before(month: date, n: int) -> date:
    index = month.year * 12 + month.month - 1 - n
    return date(index // 12, index % 12 + 1, 1)


def test_executives_neglect_some_accounts(con, demo_company: Company):
    made = """
        SELECT v.account, count(*) FILTER (WHERE v.done) / any_value(p.visits_a_year)
        FROM visits AS v JOIN accounts AS a USING (account) JOIN visit_plan AS p ON p.tier = a.tier AND p.executive
        WHERE v.executive AND v.visited_on BETWEEN '2025-07-01' AND '2026-06-30' GROUP BY 1
    """
    share = dict(con.execute(made).fetchall())

    assert all(share[account] <= 0.67 for account in demo_company.truth.visits_short)
    assert np.median(list(share.values())) > 0.85
    last = "SELECT max(visited_on) FROM visits WHERE account = 'A02' AND executive AND done"
    assert con.execute(last).fetchone()[0] < date(2025, 11, 1)


def test_some_promises_are_overdue_some_not_yet_due_and_most_kept(con):
    kept, overdue, waiting = con.execute("""
        SELECT count(closed_on), count(*) FILTER (WHERE closed_on IS NULL AND due_on <= '2026-06-30'),
               count(*) FILTER (WHERE closed_on IS NULL AND due_on > '2026-06-30') FROM promises
    """).fetchone()

    assert kept > 80 and 3 <= overdue <= 30 and waiting >= 3


def test_events_lie_ahead_and_some_wait_for_an_answer(con):
    ahead, unanswered = con.execute("""
        SELECT count(*), count(*) - count(answered_on) FROM events WHERE starts_on BETWEEN '2026-07-01' AND '2026-08-29'
    """).fetchone()

    assert ahead >= 4 and unanswered >= 2
