"""A year from gross to gain, what is usual, what runs when, and what the next one may bring."""

from datetime import timedelta

import pytest

from analytics.answer import Deal, Scope
from analytics.promotions import calendar, library, planned, programme
from analytics.promotions.expected import FURTHEST
from tests.analytics.promotions.conftest import FIRST, LAST, lifted, promotion, published

NOW = Scope(LAST)


def of(rows, side):
    return {r.bridge_part: r.comes_to for r in rows if r.side == side}


def test_the_bridge_ends_in_the_gain(busy):
    rows = programme.ask(busy, NOW)

    for side in ("ours", "theirs"):
        parts = of(rows, side)
        assert parts.pop("gain") == pytest.approx(sum(parts.values()))
    pieces = of(rows, "pcs")
    assert pieces["net"] == pytest.approx(pieces["gross"] + pieces["pulled"] + pieces["cannibalised"])
    assert of(rows, "ours")["gross"] == pytest.approx(30 * pieces["gross"])
    assert of(rows, "theirs")["gross"] == pytest.approx(20 * pieces["gross"])


@pytest.mark.parametrize(("weeks_later", "count"), [(0, 2), (2, 1)])
def test_only_promotions_that_ended_within_twelve_months_are_counted(busy, weeks_later, count):
    ends = FIRST + timedelta(days=7 * 80 + 13)  # of P2: 27 July 2025; P1 ended on 14 December
    until = ends.replace(year=ends.year + 1) + timedelta(weeks=weeks_later) - timedelta(days=0)

    rows = programme.ask(busy, Scope(min(until, LAST) if weeks_later == 0 else until))

    assert {r.cases for r in rows} == {count}


def test_without_a_margin_there_are_pieces_and_no_money(store):
    lines = [promotion(promotion=f"P{n}", account=f"A{n}") for n in (1, 2, 3)]
    published(store, lifted() | lifted("A2") | lifted("A3"), *lines, masters=False)

    rows = programme.ask(store, NOW)

    assert of(rows, "pcs") and not of(rows, "ours") and of(rows, "theirs")
    assert "缺毛利" in programme.say(rows, NOW)[0].text.zh


def test_plans_above_what_came_are_called_too_high(busy):
    said = [f for f in programme.say(programme.ask(busy, NOW), NOW) if "计划" in f.text.zh]

    assert len(said) == 1 and "偏高" in said[0].text.zh  # 80 % planned, half came


def test_kinds_are_ranked_by_their_usual_uplift_and_count_their_cases(busy):
    rows = library.ask(busy, NOW)

    kinds = [r for r in rows if r.kind == "mechanic"]
    assert rows[0].kind == "all" and rows[0].cases == 4
    assert [r.uplift for r in kinds] == sorted((r.uplift for r in kinds), reverse=True)
    assert {r.mechanic: r.cases for r in kinds} == {"直降": 2, "赠品": 2}
    assert all(r.new_low <= r.uplift_low <= r.uplift <= r.uplift_high <= r.new_high for r in rows)


def test_past_promotions_of_all_accounts_count_whatever_is_looked_at(busy):
    assert library.ask(busy, Scope(LAST, accounts=("A6",))) == library.ask(busy, NOW)


def test_classes_of_depth_begin_at_five_and_ten_per_cent(store):
    depths = (0.049, 0.05, 0.099, 0.10)
    lines = [promotion(promotion=f"P{n}", account=f"A{n + 1}", depth=d) for n, d in enumerate(depths)]
    published(store, lifted(), *lines)

    assert {r.mechanic: r.cases for r in library.ask(store, NOW) if r.kind == "depth"} == {"0": 1, "1": 2, "2": 1}


def test_fewer_than_three_finished_promotions_teach_nothing(market):
    assert library.ask(market, NOW) == [] and planned.ask(market, NOW) == [] and programme.ask(market, NOW) == []


@pytest.mark.parametrize(("days", "shown"), [(91, True), (92, False)])
def test_the_calendar_reaches_thirteen_weeks_either_way(store, days, shown):
    ahead = LAST + timedelta(days=days)
    back = LAST - timedelta(days=days)
    lines = [
        promotion(starts_on=ahead, ends_on=ahead + timedelta(days=6)),
        promotion(promotion="P2", account="A2", starts_on=back - timedelta(days=6), ends_on=back),
    ]
    published(store, {}, *lines)

    rows = calendar.ask(store, NOW)

    assert [r.phase for r in rows] == (["over", "planned"] if shown else [])


def test_a_clash_is_named_once(store):
    second = promotion(promotion="P2", sku="S2", starts_on=LAST + timedelta(days=8), ends_on=LAST + timedelta(days=20))
    first = promotion(starts_on=LAST + timedelta(days=1), ends_on=LAST + timedelta(days=14))
    published(store, {}, first, second)

    said = [f.text.zh for f in calendar.say(calendar.ask(store, NOW), NOW)]

    assert sum("撞期" in s for s in said) == 1 and "P1 和 P2" in said[1]


def test_what_is_not_chosen_is_usual_at_the_account(busy):
    first = planned.ask(busy, Scope(LAST, accounts=("A3",)))[0]

    assert (first.source, first.account, first.sku, first.mechanic) == ("tried", "A3", "S3", "赠品")
    assert (first.depth, first.fixed_cny, first.our_share, first.weeks_on) == (0.1, 100.0, 0.6, 2)
    assert first.starts_on.weekday() == 0 and first.starts_on >= LAST + timedelta(days=14)


def test_what_is_chosen_decides(busy):
    starts = LAST + timedelta(days=22)
    deal = Deal("S2", "直降", 0.2, starts, 1, 5000.0, 1.0)

    first = planned.ask(busy, Scope(LAST, accounts=("A3",), deal=deal))[0]

    assert (first.sku, first.mechanic, first.depth, first.starts_on) == ("S2", "直降", 0.2, starts)
    assert (first.weeks_on, first.fixed_cny, first.our_share) == (1, 5000.0, 1.0)
    assert first.account_roi is None  # the account pays nothing


def test_the_baseline_is_the_products_forecast(busy):
    first = planned.ask(busy, Scope(LAST, accounts=("A3",)))[0]

    assert first.base == pytest.approx(2 * 20 * 4 * 3, rel=0.1)
    assert first.base_low < first.base < first.base_high
    assert first.need_pcs > first.base


def test_more_discount_gains_less_and_breaks_even_later(busy):
    cheap, dear = (
        planned.ask(busy, Scope(LAST, accounts=("A3",), deal=Deal(depth=depth, mechanic="直降")))[0]
        for depth in (0.02, 0.5)
    )

    assert cheap.our_gain > dear.our_gain
    assert cheap.break_even is not None and dear.break_even is None  # 30 off a piece at a margin of 30


def test_at_the_break_even_uplift_nothing_is_gained_or_lost(busy):
    row = planned.ask(busy, Scope(LAST, accounts=("A3",), deal=Deal(depth=0.05)))[0]
    everything = library.ask(busy, NOW)[0]
    kept = 1 - everything.pulled_share - everything.cannibalised_share

    gain = row.base * row.break_even * kept * 30 - row.fixed_cny - 5 * 0.6 * row.base * (1 + row.break_even)

    assert gain == pytest.approx(0, abs=0.03 * row.spend_cny)


@pytest.mark.parametrize(("weeks_ahead", "told"), [(FURTHEST - 2, True), (FURTHEST - 1, False)])
def test_a_forecast_reaches_half_a_year(busy, weeks_ahead, told):
    assert FURTHEST == 26
    starts = LAST + timedelta(days=1 + 7 * weeks_ahead)

    first = planned.ask(busy, Scope(LAST, accounts=("A3",), deal=Deal(starts=starts, weeks=2)))[0]

    assert (first.uplift is not None) == told
    assert told or "没有预测" in planned.say([first], NOW)[0].text.zh


def test_plans_of_the_register_are_held_against_the_past(busy):
    rows = planned.ask(busy, NOW)

    assert [r.promotion for r in rows if r.source == "planned"] == ["P5"]
    assert any("计划增幅 +80%" in f.text.zh for f in planned.say(rows, NOW))


def test_a_deal_that_clashes_with_another_is_named(busy):
    starts = FIRST + timedelta(days=7 * 133)  # a week before the planned one of A1

    first = planned.ask(busy, Scope(LAST, accounts=("A1",), deal=Deal(sku="S2", starts=starts, weeks=1)))[0]

    assert first.clash == "P5"
