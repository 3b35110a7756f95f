"""The weeks of a trial: pilots beside what was to be expected."""

from dataclasses import replace
from datetime import timedelta

import pytest

from analytics.charts import has_marks
from analytics.charts.theme import Look
from analytics.trials import course
from analytics.trials.course import Row
from tests.analytics.trials.made import CONTROLS, NOW, PILOTS, SINCE, START, weekly
from tests.analytics.trials.made import course as pieces


def test_twelve_weeks_before_the_start_to_the_last_whole_one(store, made):
    made(0.3)
    rows = course.ask(store, NOW)

    assert [r.nth for r in rows] == list(range(-11, 7))
    assert rows[12].week == START


def test_the_pilots_four_weeks_before_the_start_are_100(store, made):
    made(0.3)
    before = [r.seen for r in course.ask(store, NOW) if -3 <= r.nth <= 0]

    assert sum(before) / 4 == pytest.approx(100)  # pyright: ignore


def test_the_lift_is_what_lies_between_the_lines(store, made):
    made(0.3)
    since = [r for r in course.ask(store, NOW) if r.nth >= 1]
    ratio = sum(r.seen for r in since) / sum(r.expected for r in since)  # pyright: ignore

    assert ratio == pytest.approx(1.3, abs=0.04)
    assert all(r.low80 < r.expected < r.high80 < r.seen for r in since)  # pyright: ignore
    assert course.say(course.ask(store, NOW), NOW)[0].text.en == "体验台: of 6 weeks 6 lie above the band and 0 below"


def test_a_week_that_no_pilot_told_is_a_gap(store, made):
    scope = [{"trial": "T1", "account": a, "pilot": a == "P9"} for a in ("P9", *CONTROLS)]
    told = pieces(0)
    made(scope=scope, more=weekly("P9", [*told[:-2], None, told[-1]]))  # pyright: ignore
    rows = course.ask(store, NOW)

    assert [r.seen is None for r in rows[-3:]] == [False, True, False]
    assert rows[-2].expected is not None


def test_a_new_product_begins_with_its_start_against_its_goal(store, made):
    rows = [row for a in PILOTS for row in weekly(a, [10, 5, 10, 10, 10, 0], sku="N", first=START)]
    scope = [{"trial": "T1", "account": a, "pilot": True, "stores_listed": 5} for a in PILOTS]
    made(scope=scope, more=rows, sku="N", target_uplift=None, target_rate=1.2)
    found = course.ask(store, NOW)

    assert [(r.nth, r.seen, r.expected) for r in found[:2]] == [(1, 2.0, 1.2), (2, 1.0, 1.2)]
    assert found[-1].seen == 0 and found[-1].high80 > 0  # pyright: ignore
    assert found[0].low80 < 2 < found[0].high80  # pyright: ignore
    assert course.say(found, NOW)[0].text.en == "体验台: of 6 weeks 4 reach the goal of 1.2"


def test_an_account_counts_from_the_week_of_its_listing(store, made):
    rows = [row for a in PILOTS for row in weekly(a, [10] * SINCE, sku="N", first=START)]
    scope = [{"trial": "T1", "account": a, "pilot": True, "stores_listed": 5} for a in PILOTS]
    scope[0] |= {"listed_on": START + timedelta(days=8)}
    made(scope=scope, more=[*rows, *weekly("P1", [90], sku="N", first=START)], sku="N", target_rate=1.2,
         target_uplift=None)  # fmt: skip
    found = course.ask(store, NOW)

    assert [r.seen for r in found] == pytest.approx([2.0] * SINCE)


def test_what_cannot_be_read_has_no_course(store, made):
    made(scope=[{"trial": "T1", "account": a, "pilot": a in PILOTS} for a in (*PILOTS, *CONTROLS[:2])])

    assert course.ask(store, NOW) == []


def week(nth: int, seen: float | None, low: float = 90.0, high: float = 110.0, **changes) -> Row:
    return replace(
        Row("T1", "体验台", "uplift", START + timedelta(weeks=nth - 1), nth, seen, 100.0, low, high), **changes
    )


@pytest.mark.parametrize(
    ("rows", "level", "said"),
    [
        (
            [week(1, 110.1), week(2, 110.0), week(3, 90.0)],
            "fair",
            "体验台: of 3 weeks 1 lie above the band and 0 below",
        ),
        ([week(1, 89.9), week(2, 100.0)], "rain", "体验台: of 2 weeks 0 lie above the band and 1 below"),
        ([week(1, 100.0), week(2, None)], "change", "体验台: of 1 week 0 lie above the band and 0 below"),
    ],
)
def test_weeks_outside_the_band_are_counted(rows, level, said):
    found = course.say(rows, NOW)

    assert [(f.level, f.text.en) for f in found] == [(level, said)]


def test_how_close_the_lines_ran_before_is_said():
    found = course.say([week(-1, 104.0), week(0, 98.0), week(1, 120.0)], NOW)

    assert found[1].text.en == "In the 2 weeks before the start pilots and control were 3% apart on average"


def test_the_figure_names_the_weeks_and_the_start():
    figure = course.draw([week(-1, 99.0), week(0, 101.0), week(1, 112.0)], Look("zh"))
    rate = course.draw([week(1, 1.8, 1.5, 2.1, kind="rate", expected=1.2)], Look("en"))

    assert figure.layout.shapes[0].x0 == 1.5 and list(figure.layout.xaxis.ticktext) == ["-1", "0", "1"]
    assert not rate.layout.shapes and rate.layout.annotations[0].text == "Goal 1.2"
    assert not has_marks(course.draw([], Look("en")))
