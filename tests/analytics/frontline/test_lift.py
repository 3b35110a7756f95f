"""Does training sell: the verdict by its range, everything of ours beside the range, and what cannot be told."""

from math import inf

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.frontline import lift
from analytics.stats.did import Effect, Trend
from analytics.stats.staggered import Decay
from tests.analytics.frontline.weeks import FRIDGE, JUNE, session, sold

SCOPE = Scope(JUNE)


def three(given, gain: float, *more: str, **about) -> None:
    """Three accounts of two stores; one of each is trained and sells `gain` times as much after."""
    rows = [r for a in "ABC" for r in (*sold(f"{a}1", gain, a), *sold(f"{a}2", account=a))]
    rows += [r for a in "ABC" for n in (1, 2) for r in sold(f"{a}{n}", account=a, **FRIDGE)]
    given("sell_out", *rows)
    given("trainings", *(session(f"{a}1", f"T{a}", account=a, **about) for a in "ABC"))


def said(store, scope=SCOPE) -> str:
    return " ".join(f.text.en for f in lift.say(lift.ask(store, scope), scope))


def test_the_range_and_everything_of_ours_come_apart(store, given):
    three(given, 1.2)
    study = lift.whole(lift.ask(store, SCOPE))

    assert study is not None and study.brand is not None and study.total is not None
    assert (study.sessions, study.measured) == (3, 3)
    assert study.brand.lift == pytest.approx(0.2)
    assert study.total.lift == pytest.approx(0.1, abs=0.01)  # half of what they sell is fridges
    assert "Training sells: 20.0% more of the trained range in 8 weeks" in said(store)
    assert "Every session can be measured (3)" in said(store)


def test_each_week_has_its_lift_and_the_sessions_behind_it(store, given):
    three(given, 1.2)
    weeks = {r.week: r for r in lift.ask(store, SCOPE) if r.basis == "brand"}

    assert sorted(weeks) == list(range(-8, 13))
    assert [weeks[n].lift for n in (-8, 0, 1, 12)] == pytest.approx([0, 0, 0.2, 0.2], abs=1e-9)
    assert all(r.low <= r.lift <= r.high and r.sessions == 3 for r in weeks.values())


def test_two_sessions_are_too_few_and_it_says_so(store, given):
    given("sell_out", *sold("S1", 2.0), *sold("S2"))
    given("trainings", session("S1"))

    assert "Only 1 session can be measured" in said(store)
    assert lift.draw(lift.ask(store, SCOPE), Look("en")).data == ()


def test_only_the_sessions_looked_at_count(store, given):
    three(given, 1.2)
    study = lift.whole(lift.ask(store, Scope(JUNE, accounts=("A",))))

    assert study is not None
    assert (study.sessions, study.measured) == (1, 1)
    assert lift.ask(store, Scope(JUNE, accounts=("Z",))) == []
    assert lift.ask(store, Scope(JUNE, categories=("fridges",))) == []


@pytest.mark.parametrize(
    ("log", "error", "level", "word"),
    [(0.1, 0.05, "fair", "Sells"), (0.1, 0.1, "change", "Unclear"), (-0.1, 0.05, "rain", "Does not")],
)
def test_the_verdict_follows_the_range(log, error, level, word):
    effect = Effect(log, error, 30.0)

    assert lift.level(effect) == level
    assert lift.verdict(effect).en == word


def test_where_the_two_ran_apart_before_no_range_makes_a_verdict():
    effect = Effect(0.1, 0.02, 30.0)

    assert lift.level(effect, Trend(1.0, 0.10, 20)) == "fair"
    assert lift.level(effect, Trend(5.0, 0.09, 20)) == "change"
    assert "Too early to say that training sells" in sentences(study(trend=Trend(5.0, 0.09, 20)))


def test_without_a_lift_there_is_no_verdict():
    assert lift.level(None) == "change"
    assert lift.verdict(None).en == "Unclear"


def study(**parts) -> lift.Study:
    usual = dict(sessions=9, measured=9, reasons=(), brand=Effect(0.1, 0.02, 30.0), total=None, trend=None, decay=None)
    return lift.Study(**(usual | parts))


def sentences(found: lift.Study) -> str:
    return " ".join(f.text.en for f in lift.say(lift.Cut([], 0, found), SCOPE))


@pytest.mark.parametrize(
    ("decay", "words"),
    [
        (None, "Too small to tell how fast"),
        (Decay(3.0, 0.5, inf), "Too small to tell how fast"),
        (Decay(14.0, 6.7, inf), "takes 7 weeks or more to halve"),
        (Decay(7.2, 3.9, 22.3), "halves in about 7 weeks (80% range 4 to 22)"),
    ],
)
def test_decay_is_told_as_far_as_it_is_known(decay, words):
    assert words in sentences(study(decay=decay))


@pytest.mark.parametrize(
    ("trend", "words"),
    [
        (None, "Too few stores to test"),
        (Trend(1.0, 0.10, 20), "both ran alike as far as can be seen (p = 0.10, 20 stores)"),
        (Trend(5.0, 0.09, 20), "already ran apart (p = 0.09, 20 stores)"),
    ],
)
def test_the_time_before_is_judged_and_shown(trend, words):
    assert words in sentences(study(trend=trend))


def test_what_could_not_be_measured_is_named_by_why():
    told = sentences(study(sessions=12, reasons=(("store", 2), ("thin", 1))))

    assert "9 of 12 sessions can be measured; the others: no sales by store 2; too few pieces sold 1" in told
