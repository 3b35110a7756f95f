"""Money of both sides to the cent of its rule, states at their edges, and missing terms named and never zero."""

from datetime import timedelta

import pytest

from analytics.answer import Scope
from analytics.promotions import effect
from analytics.promotions.deals import deals
from analytics.promotions.measured import measured
from tests.analytics.promotions.conftest import LAST, START, level, lifted, promotion, published

NOW = Scope(LAST)


@pytest.fixture(scope="module")
def row(market) -> effect.Row:
    """The one promotion."""
    [found] = effect.ask(market, NOW)
    return found


def test_pieces_are_those_that_were_added_and_lost(row):
    assert row.base == pytest.approx(2 * level("A1", "S1"), rel=0.04)
    assert row.uplift == pytest.approx(0.5, abs=0.05)
    assert row.pulled == pytest.approx(-0.1 * 4 * level("A1", "S1"), abs=6)
    assert row.net == pytest.approx(row.gross + row.pulled + row.cannibalised)
    assert row.net_low < row.net < row.net_high
    assert (row.state, row.controls) == ("done", 5)


def test_spend_is_fixed_cost_and_our_share_of_the_discount_on_all_pieces_on_deal(row):
    discount = 0.1 * 100  # of what a piece brought before

    assert row.spend_cny == pytest.approx(100 + 0.6 * discount * row.actual)


def test_returns_are_net_pieces_at_each_sides_margin_less_what_it_paid(row):
    assert row.our_gain == pytest.approx(30 * row.net - row.spend_cny)
    assert row.roi == pytest.approx(row.our_gain / row.spend_cny)
    assert row.account_gain == pytest.approx(20 * row.net - 0.4 * 0.1 * 100 * row.actual)
    assert row.roi_low < row.roi < row.roi_high


@pytest.mark.parametrize(
    ("missing", "lacks"),
    [("depth", "depth"), ("our_share", "our_share"), ("fixed_cost", "fixed_cost")],
)
def test_a_missing_term_is_named_and_leaves_our_return_open(store, missing, lacks):
    published(store, lifted(), promotion(**{missing: None}))

    [found] = effect.ask(store, NOW)

    assert found.roi is None and found.verdict == "" and found.lacking_terms == lacks
    assert found.uplift is not None
    assert any("缺：" in f.text.zh for f in effect.say([found], NOW))


def test_a_missing_account_margin_leaves_only_the_accounts_gain_open(store):
    published(store, lifted(), promotion(account_margin=None))

    [found] = effect.ask(store, NOW)

    assert found.roi is not None and found.account_gain is None and found.lacking_terms == "account_margin"


def test_without_a_product_master_our_margin_is_missing_and_the_price_is_that_paid_before(store):
    published(store, lifted(), promotion(), masters=False)

    [found] = effect.ask(store, NOW)

    assert found.lacking_terms == "margin" and found.spend_cny is not None and found.roi is None


@pytest.mark.parametrize(
    ("days_after_end", "state"), [(-7, "running"), (0, "after"), (27, "after"), (28, "done"), (29, "done")]
)
def test_a_promotion_is_over_when_its_four_weeks_after_are(market, days_after_end, state):
    until = START + timedelta(days=13 + days_after_end)

    [found] = effect.ask(market, Scope(until))

    assert found.state == state
    assert (found.verdict != "") == (state == "done")  # before that the net is provisional


def test_a_promotion_that_has_not_begun_is_no_effect(market):
    assert effect.ask(market, Scope(START - timedelta(days=1))) == []
    assert [m.state for m in measured(market, Scope(START - timedelta(days=1))).deals] == ["planned"]


def test_a_product_that_the_account_never_sold_has_no_baseline(store):
    published(store, lifted(), promotion(sku="S9"))

    [found] = effect.ask(store, NOW)

    assert found.state == "unsold" and found.base is None and found.roi is None


@pytest.mark.parametrize(("gap_days", "clash"), [(28, True), (29, False)])
def test_promotions_of_one_category_within_four_weeks_cannot_be_told_apart(store, gap_days, clash):
    later = START + timedelta(days=13 + gap_days)
    second = promotion(promotion="P2", sku="S2", starts_on=later, ends_on=later + timedelta(days=6))
    published(store, lifted(), promotion(), second)

    first, other = deals(store, NOW)

    assert (first.overlaps == ("P2",)) == (other.overlaps == ("P1",)) == clash
    assert any("P2" in r.overlaps for r in effect.ask(store, NOW)) == clash


def test_another_accounts_promotion_is_no_clash(busy):
    assert not any(deal.overlaps for deal in deals(busy, NOW) if deal.promotion != "P1")


def test_sums_pool_what_is_over_and_say_how_many(busy):
    rows = effect.ask(busy, NOW)

    assert rows.whole.count == 4
    assert rows.whole.ours is not None and rows.whole.theirs is not None
    assert rows.whole.totals.net.mean == pytest.approx(sum(r.net for r in rows), rel=0.2)
    assert any("4 个促销合计" in f.text.zh for f in effect.say(rows, NOW))


def test_the_filter_narrows_rows_and_sums_and_not_what_is_learnt(busy):
    rows = effect.ask(busy, Scope(LAST, accounts=("A2",)))

    assert [r.promotion for r in rows] == ["P2"] and rows.whole.count == 1
    assert rows.whole.totals is not None


def test_two_promotions_are_too_few_to_be_judged_together(store):
    published(store, lifted(), promotion(), promotion(promotion="P2", account="A2"))

    assert "只有 2 个" in effect.say(effect.ask(store, NOW), NOW)[0].text.zh


def test_a_figure_has_a_shape_for_each_verdict(busy):
    figure = effect.draw(effect.ask(busy, NOW), effect.Look("zh"))

    assert {trace.marker.symbol for trace in figure.data} == {"diamond", "circle-open", "x"}
    assert sum(len(trace.x) for trace in figure.data) == 4
