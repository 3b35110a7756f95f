"""The plan on the demo company: identities of every item, and whether what runs out was said two weeks before."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.answer import Plan, Scope
from analytics.supply import gap, plan, ship
from analytics.supply.plan import LONGEST, RISKY
from bench.shortages import found, missed
from data.samples import company


@pytest.fixture(scope="module", params=["as-it-is", "tried", "in-may", "sell-in"])
def planned(request, demo, demo_scope) -> pd.DataFrame:
    """Every item that is planned, on some days and with what a reader tries."""
    scope = {
        "as-it-is": demo_scope,
        "tried": Scope(demo_scope.as_of, plan=Plan(date(2026, 8, 1), 0.3, None, True, 42)),
        "in-may": Scope(date(2025, 5, 5)),
        "sell-in": Scope(demo_scope.as_of, "sell_in"),
    }[request.param]
    items = plan.plan(demo, scope).to_pandas()
    assert len(items) > 500 and (items.state == "").mean() > 0.8
    return items[items.state == ""].assign(as_of=pd.Timestamp(scope.as_of))


def sent(items: pd.DataFrame) -> pd.Series:
    return items.on_hand + items.in_transit.fillna(0)


def test_what_is_to_be_ordered_fills_the_gap_and_is_less_than_a_pack_more(planned, demo):
    packs = dict(demo.execute("SELECT sku AS sku, pack::DOUBLE AS pack FROM products"))
    missing = planned.need + planned.safety - sent(planned) - planned.unsent
    pack = planned.sku.map(packs).fillna(1).clip(lower=1)
    short = planned.ship > 0

    assert (missing[~short] <= 1e-6).all()
    assert (planned.ship[short] >= missing[short] - 1e-6).all()
    assert (planned.ship[short] < missing[short] + pack[short] + 1e-6).all()


def test_what_can_be_sent_is_within_our_own_stock_and_all_of_it_where_that_is_short(planned):
    wanted = (planned.ship + planned.rush).groupby(planned.sku).sum()
    given = planned.allotted.groupby(planned.sku).sum()
    free = planned.groupby("sku").free.first()

    assert (planned.allotted <= planned.ship + planned.rush + 1e-9).all()
    short = wanted > free
    pd.testing.assert_series_equal(given[~short], wanted[~short], check_names=False)
    np.testing.assert_array_equal(given[short], np.floor(free[short]))


def test_chances_pieces_and_days_are_what_they_can_be(planned):
    for name in ("risk", "risk_until"):
        assert planned[name].between(0, 1).all(), name
    for name in ("need", "ship", "rush", "soon_pcs", "lost_pcs", "excess", "cover_days"):
        assert (planned[name] >= 0).all(), name
    assert (planned.need + planned.safety >= 0).all()  # what surely suffices may lie below the mean where that is faint
    assert (planned.kept_pcs >= -1e-9).all()
    assert (planned.kept_pcs <= planned.soon_pcs + planned.lost_pcs + 1e-9).all()
    assert (planned.rush <= planned.on_order.fillna(0)).all() and (planned.rush[planned.risk < RISKY] == 0).all()
    assert (planned.cover_days <= LONGEST).all()


def test_days_come_in_their_order(planned):
    arrive, dispatch, order, until, as_of = (
        pd.to_datetime(planned[name]) for name in ("arrive_by", "dispatch_by", "order_by", "until", "as_of")
    )
    some = arrive.notna()

    assert (some == (planned.ship + planned.rush > 0)).all() and (order.notna() == (planned.ship > 0)).all()
    assert ((arrive >= as_of) & (arrive <= until) & (dispatch <= arrive))[some].all()
    alone = (planned.ship > 0) & (planned.rush == 0)
    assert ((arrive - order).dt.days == planned.lead_days)[alone].all()
    assert until.ge(as_of + pd.to_timedelta(np.floor(planned.need_days), "D")).all()


def test_shortages_are_said_two_weeks_before_and_little_is_said_that_does_not_happen(demo):
    """The bar: nine in ten of the planted shortages flagged, one in ten of what does not run out at most."""
    said = found(demo, company())

    assert len(said.planted) == 12 and said.planted.mean() >= 0.9
    assert said.false <= 0.1 and (~said.out).sum() > 5_000


def test_what_was_missed_is_what_the_company_says_was_lost():
    made = company()
    lost = missed(made)

    assert (lost.pieces >= 0).all()
    for planted in made.truth.stock_outs:
        column = lost.pieces[:, lost.accounts.index(planted.account), lost.skus.index(planted.sku)]
        window = (lost.starts >= planted.since) & (lost.starts <= planted.until + 42)
        assert column[window].sum() == pytest.approx(planted.lost_pcs, abs=0.15 * planted.lost_pcs)


@pytest.mark.parametrize(
    "narrowed",
    [{}, {"accounts": ("A05",)}, {"regions": ("华东",)}, {"categories": ("洗衣机",)},
     {"accounts": ("A05", "A14"), "categories": ("洗衣机",)}, {"plan": Plan(growth=0.5)}],
    ids=lambda told: "-".join(told) or "all",
)  # fmt: skip
def test_the_gap_is_what_the_list_orders(demo, demo_scope, narrowed):
    scope = Scope(demo_scope.as_of, **narrowed)

    rows, lines = gap.ask(demo, scope), ship.ask(demo, scope)

    total = sum(line.ship for line in lines)
    assert total > 0 and sum(r.ship for r in rows) == pytest.approx(total)
    assert sum(pieces for _, pieces in gap.parts(rows)) == pytest.approx(total, abs=1)
    assert sum(r.short for r in rows) == sum(line.ship > 0 for line in lines)
