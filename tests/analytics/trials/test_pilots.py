"""Each pilot by itself, against the goal."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.charts import has_marks
from analytics.charts.theme import Look
from analytics.trials import pilots, readout
from analytics.trials.pilots import Row
from tests.analytics.trials.made import CONTROLS, NOW, PILOTS, SINCE, START, course, weekly


def test_each_pilot_has_its_effect_and_all_together_are_the_read_out(store, made):
    made(0.3)
    rows = pilots.ask(store, NOW)
    [whole] = readout.ask(store, NOW)

    assert {r.account for r in rows[:-1]} == set(PILOTS)
    assert [r.estimate for r in rows[:-1]] == sorted((r.estimate for r in rows[:-1]), reverse=True)  # pyright: ignore
    assert (rows[-1].whole, rows[-1].estimate, rows[-1].low80) == (True, whole.estimate, whole.low80)
    assert all(r.estimate == pytest.approx(0.3, abs=0.1) for r in rows)


def test_one_account_is_less_sure_than_all_of_them(store, made):
    made(0.3)
    *each, whole = [r.high80 - r.low80 for r in pilots.ask(store, NOW)]  # pyright: ignore

    assert whole < min(each)


def test_the_trial_that_ends_last_is_shown_unless_one_is_chosen(store, made, given):
    made()
    later = {"trial": "T2", "sku": "X", "starts_on": START, "ends_on": START + timedelta(weeks=9), "target_uplift": 0.1}
    given("trials", later, later | {"trial": "T3", "starts_on": START + timedelta(weeks=30)})
    given("trial_scope", {"trial": "T2", "account": "C1", "pilot": True})

    assert {r.trial for r in pilots.ask(store, NOW)} == {"T2"}
    assert {r.trial for r in pilots.ask(store, replace(NOW, trial="T1"))} == {"T1"}
    assert pilots.ask(store, replace(NOW, trial="T3")) == []  # has not begun
    assert pilots.ask(store, replace(NOW, trial="no such")) == []


def test_a_pilot_that_told_too_little_is_named_last_without_an_effect(store, made):
    scope = [{"trial": "T1", "account": a, "pilot": a.startswith("P")} for a in (*PILOTS, "P4", *CONTROLS)]
    made(scope=scope, more=weekly("P4", course(1)[-SINCE:], first=START))
    rows = pilots.ask(store, NOW)

    assert [r.account for r in rows[-2:]] == ["P4", ""]
    assert rows[-2].estimate is None
    assert pilots.say(rows, NOW)[1].text.en == "P4 told too few weeks and have no effect of their own"
    assert len(pilots.draw(rows, Look("zh")).data[1].x) == 4


def row(name: str, low: float | None, high: float | None, **changes) -> Row:
    middle = None if low is None or high is None else (low + high) / 2
    return replace(Row("T1", "体验台", "uplift", name, "", name, name, False, middle, low, high, 0.05), **changes)


WHOLE = row("", 0.06, 0.1, whole=True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([row("A", 0.05, 0.1), row("B", 0.0499, 0.1), row("C", -0.1, 0.05), row("D", -0.1, 0.0499)],
         "A above the goal, D below the goal, B and C cannot be told alone"),
        ([row("A", 0.06, 0.2), row("B", 0.07, 0.2)], "A and B above the goal"),
        ([row("A", 0.0, 0.2), row("B", 0.0, 0.2)], "None of 2 pilots can be told alone: look at all of them"),
        ([row("A", 0.06, 0.2, goal=None)], "体验台 has no goal; these are the effects"),
        ([row("A", None, None)], "No effect can be worked out at any pilot of 体验台"),
    ],
)  # fmt: skip
def test_the_title_says_whose_interval_crosses_the_goal(rows, said):
    assert pilots.title([*rows, WHOLE]).en == said


def test_dots_are_in_per_cent_and_pieces_and_the_goal_is_the_line():
    figure = pilots.draw([row("A", 0.06, 0.2), WHOLE], Look("en"))
    rate = pilots.draw([row("A", 1.4, 1.8, kind="rate", goal=1.2)], Look("en"))

    assert list(figure.data[1].x) == pytest.approx([13, 8]) and figure.layout.shapes[-1].x0 == 5
    assert list(figure.data[1].text) == ["+13", "<b>+8</b>"]
    assert (rate.data[1].x[0], rate.layout.shapes[-1].x0) == (pytest.approx(1.6), 1.2)
    assert rate.layout.annotations[0].text == "Goal 1.2"
    assert not has_marks(pilots.draw([], Look("zh")))
