"""What they learned: weighted by people, ranges over sessions, fewer than five hidden, nobody ranked."""

import pytest

from analytics.answer import Scope
from analytics.frontline import learned
from tests.analytics.frontline.weeks import JUNE, session

SCOPE = Scope(JUNE)


def sessions(n: int, **more) -> list[dict]:
    return [session(f"S{k}", f"T{k}{more.get('trainer', '')}", **more) for k in range(n)]


def of_all(store) -> learned.Row:
    [row] = learned.of(learned.ask(store, SCOPE), "all")
    return row


def said(store) -> str:
    return " ".join(f.text.en for f in learned.say(learned.ask(store, SCOPE), SCOPE))


def test_scores_are_weighted_by_the_people_trained(store, given):
    given("trainings", *sessions(4, trained=5, reaction=4.0), session("S9", "T9", trained=20, reaction=5.0))

    assert of_all(store).reaction == pytest.approx((4 * 5 * 4.0 + 20 * 5.0) / 40)


def test_a_gain_comes_from_sessions_that_have_both_tests(store, given):
    given("trainings", *sessions(5), session("S9", "T9", score_before=None, score=20))
    row = of_all(store)

    assert (row.score_before, row.score_after, row.gain) == pytest.approx((58, 82, 24))
    assert (row.gain_low, row.gain_high) == pytest.approx((24, 24))
    assert row.passed == pytest.approx(5 / 6)
    assert "test 58 → 82, a gain of +24 pts (80% range 24 to 24); 83% of sessions passed" in said(store)


def test_a_gain_that_differs_has_a_range(store, given):
    given("trainings", *sessions(3, score=72), *(session(f"X{k}", f"X{k}", score=90) for k in range(3)))
    row = of_all(store)

    assert row.gain == pytest.approx(23)
    assert row.gain_low is not None and row.gain_high is not None
    assert row.gain_low < 20 < 26 < row.gain_high


@pytest.mark.parametrize(("n", "told"), [(4, False), (5, True)])
def test_fewer_than_five_sessions_are_counted_and_have_no_figures(store, given, n, told):
    given("trainings", *sessions(n, trainer="Lin"))
    [row] = learned.of(learned.ask(store, SCOPE), "trainer")

    assert row.sessions == n
    assert (row.reaction is not None) == (row.gain is not None) == told
    assert ("under 5 sessions have no figures: 1" in said(store)) == (not told)


def test_no_test_at_all_is_said(store, given):
    given("trainings", *sessions(5, score=None, score_before=None, reaction=None, practice=0.5))

    assert "no test scores of before and after" in said(store)
    assert "practice seen in the store 50%" in said(store)
    assert "1 Reaction" not in said(store)
    assert "too few sessions can be measured to tell a lift" in said(store)


def test_topics_and_trainers_stand_by_name(store, given):
    given(
        "trainings",
        *sessions(5, trainer="Zhu", score=99),
        *(session(f"S{k}", f"A{k}", trainer="An", score=61) for k in range(5)),
    )

    assert [r.part for r in learned.of(learned.ask(store, SCOPE), "trainer")] == ["An", "Zhu"]


@pytest.mark.parametrize(("second", "alike"), [((0.05, 0.2), True), ((0.21, 0.3), False)])
def test_that_ranges_overlap_is_said_only_where_they_do(second, alike):
    def row(view: str, part: str, low: float, high: float) -> learned.Row:
        return learned.Row(view, part, 9, 90, lift=(low + high) / 2, low=low, high=high, measured=9)

    rows = [row("all", "", 0.1, 0.2), row("trainer", "An", 0.1, 0.2), row("trainer", "Zhu", *second)]
    told = " ".join(f.text.en for f in learned.say(rows, SCOPE))

    assert ("none can be told from another" in told) == alike


def test_only_the_sessions_looked_at_count(store, given):
    given("trainings", *sessions(5), *(session(f"X{k}", f"X{k}", account="B") for k in range(5)))

    assert learned.of(learned.ask(store, Scope(JUNE, accounts=("B",))), "all")[0].sessions == 5
    assert learned.ask(store, Scope(JUNE, accounts=("Z",))) == []
