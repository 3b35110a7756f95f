"""The register of trials: how far each is, and which verdict is overdue, on both sides of each day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.trials import listed
from analytics.trials.listed import Row
from tests.analytics.trials.conftest import START, UNTIL

DAY = timedelta(days=1)


def asked(store, day: date) -> Row:
    [row] = listed.ask(store, Scope(day))
    return row


def said(store, day: date) -> list[str]:
    return [finding.text.en for finding in listed.say(listed.ask(store, Scope(day)), Scope(day))]


@pytest.mark.parametrize(
    ("day", "state", "week"),
    [
        (START - DAY, "planned", None),
        (START, "running", 1),
        (START + 6 * DAY, "running", 1),
        (START + 7 * DAY, "running", 2),
        (UNTIL, "running", 4),
        (UNTIL + DAY, "ended", None),
    ],
)
def test_a_trial_is_planned_then_runs_week_by_week_then_has_ended(store, trial, day, state, week):
    trial()

    assert (asked(store, day).state, asked(store, day).week, asked(store, day).trial_weeks) == (state, week, 4)


def test_a_trial_without_an_end_runs_on(store, trial):
    trial(ends_on=None)

    row = asked(store, START + 70 * DAY)

    assert (row.state, row.week, row.trial_weeks, row.progress.en) == ("running", 11, None, "week 11, without an end")


@pytest.mark.parametrize(("days", "overdue"), [(13, False), (14, True)])
def test_a_verdict_is_overdue_two_weeks_after_the_end(store, trial, days, overdue):
    trial(owner="李敏")
    day = UNTIL + days * DAY

    assert asked(store, day).since_end == days and asked(store, day).overdue is overdue
    expected = [f"SD01 试销 ended {days} days ago without a verdict: 李敏 is to bring it to the review"]
    assert said(store, day) == (expected if overdue else [])


@pytest.mark.parametrize(
    ("words", "day", "counts"),
    [
        ("SD01 推广", "2026-03-02", True),
        ("把样机体验台扩大到 A 级", "2026-04-20", True),
        ("SD01 推广", "2026-03-01", False),
        ("SD01 推广", "2026-05-01", False),
        ("SD0 推广", "2026-04-20", False),
    ],
)
def test_a_decision_that_names_code_or_title_from_the_start_to_today_is_the_verdict(
    store, given, trial, words, day, counts
):
    trial(title="样机体验台")
    given("decisions", {"decision": "JY1", "words": words, "decided_on": day})
    given("sell_out", {"account": "A01", "sku": "NEW", "sold_on": "2026-05-02"})  # the data go on after that day

    row = asked(store, date(2026, 4, 30))

    assert (row.decision == "JY1") is counts and (row.since_end is None) is counts


@pytest.mark.parametrize(("sold_on", "counts"), [("2026-04-30", True), ("2026-05-01", False)])
def test_a_decision_taken_since_the_data_end_counts_in_their_newest_month_only(store, given, trial, sold_on, counts):
    trial()
    given("decisions", {"decision": "JY1", "words": "SD01 推广", "decided_on": "2026-05-20"})
    given("sell_out", {"account": "A01", "sku": "NEW", "sold_on": sold_on})

    assert (asked(store, date(2026, 4, 30)).decision == "JY1") is counts


def test_the_first_decision_counts_once(store, given, trial):
    trial()
    given("decisions", *({"decision": f"JY{n}", "words": "SD01", "decided_on": f"2026-04-1{n}"} for n in (2, 1)))

    assert asked(store, date(2026, 4, 30)).decision == "JY1"
    assert said(store, date(2026, 4, 30)) == ["All trials, 1, have their verdict"]


@pytest.mark.parametrize(("fixed", "explores"), [(START, False), (START + DAY, True), (None, True)])
def test_thresholds_fixed_after_the_start_or_never_make_it_exploratory(store, trial, scoped, fixed, explores):
    trial(fixed_on=fixed, target_uplift=0.05)
    scoped({"A01": True, "B01": False})

    assert asked(store, START).exploratory is explores
    assert any("explores and proves nothing" in text for text in said(store, START)) is explores


def test_what_is_not_registered_is_named_while_it_can_be_mended(store, trial, scoped):
    trial(fixed_on=START)
    assert said(store, START)[1:] == [f"SD01 has no {what} registered" for what in ("pilots", "controls", "target")]

    trial(fixed_on=START, target_rate=1.2)
    scoped({"A01": True, "A02": True, "B01": False})

    assert said(store, START) == ["SD01 试销: week 1 of 4"]
    assert (asked(store, START).pilots_named, asked(store, START).controls) == (2, 1)


def test_the_newest_stands_first_and_the_figure_leaves_out_what_has_no_end(store, trial):
    trial("OLD", starts_on="2026-01-05", ends_on="2026-02-01")
    trial("OPEN", starts_on="2026-02-02", ends_on=None)
    trial("NEXT", starts_on="2026-06-01", ends_on="2026-06-28")
    rows = listed.ask(store, Scope(START))

    figure = listed.draw(rows, Look("en"))

    assert [row.trial for row in rows] == ["NEXT", "OPEN", "OLD"]
    assert figure.layout.yaxis.ticktext == ("NEXT Planned", "OLD Ended")  # type: ignore[attr-defined]


def test_a_title_with_braces_is_told_as_it_is(store, trial):
    trial(title="{trial}")

    assert said(store, START)[0] == "SD01 {trial}: week 1 of 4"
    assert replace(asked(store, START), title="x").title == "x"


def test_on_the_demo_one_verdict_is_there_one_is_overdue_and_one_trial_runs(demo, demo_scope):
    rows = {row.trial: row for row in listed.ask(demo, demo_scope)}

    assert (rows["SD01"].decision, rows["SD02"].overdue, rows["SD03"].progress.en) == ("JY0004", True, "week 13 of 16")
