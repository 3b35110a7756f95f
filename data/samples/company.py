"""The demo company: 36 months of a washing-machine maker's key accounts from a seed, and everything that was planted.

2023-07-01 to 2026-06-30, in CNY and pieces; nothing in it is real. Chance comes from numpy generators, one for each
subject, seeded by the company's seed and the subject's name.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pyarrow as pa

from data.datasets import DATASETS
from data.samples import (
    approvals,
    contests,
    decisions,
    demand,
    events,
    incentives,
    market,
    master,
    promotions,
    reps,
    sales,
    seasons,
    stores,
    supply,
    symposium,
    trainings,
    trials,
    visits,
    warehouses,
)
from data.samples.columns import Floats, Ints
from data.samples.demand import Market
from data.samples.truth import Baseline, PromotionEffect, Rebate, StockOut, Stuffing, TrialEffect, Truth

CATEGORY_SD = 0.05  # log: what an account's whole category swings from week to week
CELL_SD = 0.10  # share: what one product at one account swings besides, before whole pieces
Chance = Callable[[str], np.random.Generator]


@dataclass(frozen=True, slots=True)
class Company:
    """The tables, one per dataset in the order of `DATASETS`, and the truth behind them."""

    tables: dict[str, pa.Table] = field(
        repr=False
    )  # a failing test prints a few lines, not a quarter of a million rows
    truth: Truth = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What was drawn before anything was sold: the market, and what is planted in it.

    `dealt` (P, stores, S): weights of an account's stores; `planned`, `expected` (P, A, S): pieces with promotions and
    trials, and with events and trainings too.
    """

    now: Market
    promotions: promotions.Promotions
    sessions: trainings.Sessions
    events: events.Events
    dealt: Floats
    promotion_effects: dict[str, PromotionEffect]
    trial_effects: dict[str, TrialEffect]
    planned: Floats
    expected: Floats


def company(seed: int = 7) -> Company:
    """Draw the company; the same seed gives the same tables."""
    chance = partial(_chance, seed)
    plan = _plan(chance)
    played = supply.run(chance("supply"), plan.now, plan.planned, _demand(chance("demand"), plan.expected))
    sold = _sold(chance("stores' sales"), plan, played)
    by_account, bias = reps.account_effects(chance("account moods")), symposium.biases(chance("biases"))
    tables = sold | _registers(chance, plan) | _duties(chance, plan) | _voices(chance, plan, played, by_account, bias)
    agreed = incentives.agree(plan.now)
    amount, pieces = incentives.monthly(sold["sell_in"], "amount"), incentives.monthly(sold["sell_out"], "qty")
    owed = incentives.earned(agreed, amount, pieces)
    paid = contests.won(pieces), promotions.claims(plan.promotions, plan.now, tables["promotions"])
    tables["own_stock"] = warehouses.own_stock(chance("own stock"), plan.planned)
    tables["approvals"] = approvals.approvals(chance("approvals"), plan.now, played.orders)
    tables |= _incentives(agreed, incentives.payments(chance("payments"), agreed, owed, *paid))
    truth = _truth(plan, played, owed, by_account, bias)
    return Company({dataset.name: tables[dataset.name] for dataset in DATASETS}, truth)


def _chance(seed: int, subject: str) -> np.random.Generator:
    """The subject's own stream of chance: drawing more in one subject moves no other."""
    return np.random.default_rng([seed, *subject.encode()])


def _plan(chance: Chance) -> _Plan:
    now = demand.market_of(chance("market"))
    drawn, happening = promotions.draw(chance("promotions"), now), events.draw(chance("events"))
    sessions, share = trainings.draw(chance("trainings")), stores.shares(chance("stores"))
    by_promotions, promotion_effects = promotions.change(drawn, now)
    by_trials, trial_effects = trials.change(now)
    store_lift = trainings.store_lift(sessions)
    planned = np.maximum(now.base + by_promotions + by_trials, 0.0)
    expected = planned * events.lift(happening)[:, :, None] * trainings.account_lift(store_lift, share)
    dealt = store_lift[:, :, market.CATEGORY_OF] * share
    return _Plan(now, drawn, sessions, happening, dealt, promotion_effects, trial_effects, planned, expected)


def _demand(rng: np.random.Generator, expected: Floats) -> Ints:
    """Whole pieces that people come for, (known, A, S)."""
    known = expected[: seasons.axis().known]
    swing = rng.normal(0, CATEGORY_SD, (*known.shape[:2], len(market.CATEGORIES)))[:, :, market.CATEGORY_OF]
    return rng.poisson(known * np.exp(swing) * rng.gamma(1 / CELL_SD**2, CELL_SD**2, known.shape))


def _sold(rng: np.random.Generator, plan: _Plan, played: supply.Supply) -> dict[str, pa.Table]:
    off = promotions.price_off(plan.promotions, len(plan.now.base))
    return {
        "sell_in": sales.sell_in(plan.now, played),
        "sell_out": sales.sell_out(rng, plan.now, played, off, plan.dealt),
        "stock": sales.stock(plan.now, played),
        "orders": sales.orders(plan.now, played.orders),
    }


def _registers(chance: Chance, plan: _Plan) -> dict[str, pa.Table]:
    return {
        "accounts": master.accounts(),
        "products": master.products(),
        "targets": master.targets(chance("targets"), plan.now),
        "calendar": seasons.calendar(),
        "aliases": master.aliases(),
        "trials": trials.trials(),
        "trial_scope": trials.trial_scope(),
        "visit_plan": visits.visit_plan(),
        "decisions": decisions.decisions(),
    }


def _duties(chance: Chance, plan: _Plan) -> dict[str, pa.Table]:
    seen = visits.visits(chance("visits"))
    return {
        "promotions": promotions.promotions(plan.promotions, plan.now, chance("promotion terms")),
        "trainings": trainings.trainings(plan.sessions, chance("training records")),
        "events": events.events(plan.events, chance("event records")),
        "visits": seen,
        "promises": visits.promises(chance("promises"), seen),
    }


def _voices(
    chance: Chance, plan: _Plan, played: supply.Supply, by_account: Floats, bias: Floats
) -> dict[str, pa.Table]:
    """What accounts say: cards, surveys, complaints, the symposium and the pulse."""
    return {
        "feedback": trials.feedback(chance("feedback")),
        "surveys": reps.surveys(chance("surveys"), by_account),
        "complaints": reps.complaints(chance("complaints"), by_account),
        "attendance": symposium.attendance(chance("attendance")),
        "opinions": symposium.opinions(chance("opinions")),
        "account_forecasts": symposium.account_forecasts(chance("forecasts"), plan.now, plan.expected, bias),
        "pulse": symposium.pulse(chance("pulse"), plan.now, plan.expected, played),
    }


def _incentives(agreed: tuple[incentives.Agreement, ...], payments: pa.Table) -> dict[str, pa.Table]:
    return {
        "agreements": incentives.agreements(agreed),
        "tiers": incentives.tiers(agreed),
        "contests": contests.contests(),
        "payments": payments,
    }


def _truth(plan: _Plan, played: supply.Supply, owed: dict[str, Rebate], by_account: Floats, bias: Floats) -> Truth:
    return Truth(
        season=seasons.seasonal_index(),
        peaks={peak.name: peak.lift for peak in seasons.PEAKS},
        growth=demand.growth(plan.now.level),
        falling=tuple(code for code, (_, change) in demand.TURNS.items() if change < 0),
        rising=tuple(code for code, (_, change) in demand.TURNS.items() if change > 0),
        silent=market.SILENT,
        promotions=plan.promotion_effects,
        trials=plan.trial_effects,
        training=trainings.effect(plan.sessions),
        event_lift=events.LIFT,
        stock_outs=_stock_outs(played),
        short_now=supply.SHORT_NOW,
        unordered=warehouses.UNORDERED,
        approved=approvals.filled(played.orders),
        stuffing=_stuffing(played),
        rebates=owed,
        rep_effects=reps.REP_EFFECTS,
        account_effects=dict(zip(market.CODES, map(float, by_account), strict=True)),
        forecast_bias=dict(zip(market.CODES, map(float, bias), strict=True)),
        pulse_lead_months=symposium.LEAD_MONTHS,
        visits_short=visits.SHORT,
        baseline=_baseline(plan.now, played),
    )


def _stock_outs(played: supply.Supply) -> tuple[StockOut, ...]:
    """The planted shortages, each with the pieces that could not be sold from its start to six weeks past its end."""
    found = []
    for shortage in supply.SHORTAGES:
        since, until = np.datetime64(shortage.since), np.datetime64(shortage.until)
        when = seasons.axis().within(since, min(until + 42, seasons.LAST))
        for code in shortage.accounts:
            cell = market.account(code) * len(market.SKUS) + market.sku(shortage.sku)
            lost = int((played.demand - played.sold)[when, cell].sum())
            found.append(StockOut(code, shortage.sku, since, min(until, seasons.LAST), shortage.supplied, lost))
    return tuple(found)


def _stuffing(played: supply.Supply) -> tuple[Stuffing, ...]:
    time, found = seasons.axis(), []
    for push in supply.PUSHES:
        cells = slice(
            market.account(push.account) * len(market.SKUS), (market.account(push.account) + 1) * len(market.SKUS)
        )
        back = int(played.returned[time.period[time.at(push.back_on)], cells].sum())
        found.append(Stuffing(push.account, np.datetime64(push.since), np.datetime64(push.until), push.factor, back))
    return tuple(found)


def _baseline(now: Market, played: supply.Supply) -> Baseline:
    time = seasons.axis()
    known = slice(0, time.known)
    starts, ends = time.days[time.start[known]], time.days[time.end[known]]
    pieces = played.demand.reshape(time.known, len(market.CODES), len(market.SKUS))
    return Baseline(starts, ends, tuple(market.CODES), tuple(market.SKUS), now.base[known], pieces)
