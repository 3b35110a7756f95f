"""The week-by-week figure sums to the effect, shows the right weeks, and is of the promotion asked for."""

from datetime import timedelta

import pytest

from analytics.answer import Scope
from analytics.promotions import course, effect
from tests.analytics.promotions.conftest import LAST, START

NOW = Scope(LAST)


def test_the_weeks_on_deal_and_after_sum_to_what_the_promotion_brought(market):
    rows, [whole] = course.ask(market, NOW), effect.ask(market, NOW)

    on = [r for r in rows if r.phase == "on"]
    after = [r for r in rows if r.phase == "after"]
    assert sum(r.base for r in on) == pytest.approx(whole.base)
    assert sum(r.actual for r in on) == pytest.approx(whole.actual)
    assert sum(r.actual - r.base for r in after) == pytest.approx(whole.pulled)
    assert all(r.base_low <= r.base <= r.base_high for r in rows)


def test_thirteen_weeks_before_and_ten_after_are_shown(market):
    rows = course.ask(market, NOW)

    assert rows[0].monday == START - timedelta(weeks=13)
    assert rows[-1].monday == START + timedelta(weeks=2 + 4 + 6 - 1)
    assert [r.monday for r in rows if r.phase == "on"] == [START, START + timedelta(weeks=1)]
    assert len([r for r in rows if r.phase == "after"]) == 4


@pytest.mark.parametrize(("asked", "shown"), [("", "P1"), ("P3", "P3"), ("nobody", "P1"), ("P5", "P1")])
def test_the_one_asked_for_is_shown_else_the_last_that_is_over(busy, asked, shown):
    rows = course.ask(busy, Scope(LAST, promotion=asked))  # P5 is planned: there is nothing to show of it

    assert {r.promotion for r in rows} == {shown}


def test_sentences_say_what_was_sold_and_what_was_left(market):
    first, second = (f.text.zh for f in course.say(course.ask(market, NOW), NOW)[:2])

    assert "没有促销约" in first and "之后四周少卖" in second and "对照 5 家" in second


def test_before_the_four_weeks_are_over_the_net_is_called_provisional(market):
    scope = Scope(START + timedelta(days=27))

    said = [f.text.zh for f in course.say(course.ask(market, scope), scope)]

    assert any("暂定" in s for s in said)


def test_the_figure_shades_the_weeks(market):
    figure = course.draw(course.ask(market, NOW), course.Look("zh"))

    assert [shape.x0 for shape in figure.layout.shapes] == [
        START.isoformat(), (START + timedelta(weeks=2)).isoformat()]  # fmt: skip
