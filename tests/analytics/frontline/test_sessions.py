"""Each session: its own lift and the shrunk one; "no lift" only where that is known; nobody ranked."""

from datetime import date

import pytest

from analytics.answer import Scope
from analytics.frontline import sessions
from analytics.frontline.measured import Session
from analytics.stats.did import Effect
from tests.analytics.frontline.weeks import HELD, JUNE, session, sold

SCOPE = Scope(JUNE)
SELLS = Effect(0.1, 0.01, 30.0)


def one(score: float | None = 80.0) -> Session:
    about = ("T1", "A", "Alpha", "Alpha", "", "S1", "washers", "", "", date(2026, 1, 7), 9, 12)
    return Session(*about, None, None, score, None, True, 8, 8, False, True)


def own(low: float, shrunk_low: float, shrunk_high: float) -> sessions.Lifts:
    return (low + 0.1, low, low + 0.2, (shrunk_low + shrunk_high) / 2, shrunk_low, shrunk_high)


@pytest.mark.parametrize(
    ("lifts", "verdict"),
    [
        (own(0.01, 0.01, 0.2), "lift"),
        (own(-0.01, 0.01, 0.2), "small"),  # drawn up by the others only
        (own(0.01, -0.01, 0.2), "small"),  # alone in saying so
        (own(-0.2, -0.1, 0.052), "none"),  # half of 10.5 % is 5.3 %
        (own(-0.2, -0.1, 0.053), "small"),
        (None, "open"),
    ],
)
def test_the_verdict_needs_more_than_a_low_figure(lifts, verdict):
    assert sessions._verdict(one(), lifts, SELLS) == verdict


@pytest.mark.parametrize("pooled", [None, Effect(0.1, 0.2, 30.0)])
def test_where_training_is_not_known_to_sell_no_session_is_said_to_have_no_lift(pooled):
    assert sessions._verdict(one(), own(-0.2, -0.3, -0.1), pooled) == "small"


@pytest.mark.parametrize(("score", "verdict"), [(59.0, "failed"), (60.0, "small"), (None, "small")])
def test_a_failed_test_is_a_verdict(score, verdict):
    assert sessions._verdict(one(score), own(-0.1, -0.1, 0.2), SELLS) == verdict


def test_a_failed_test_with_a_clear_lift_is_a_lift_and_one_without_sales_is_failed():
    assert sessions._verdict(one(40.0), own(0.05, 0.05, 0.2), SELLS) == "lift"
    assert sessions._verdict(one(40.0), None, SELLS) == "failed"


def test_a_lift_is_drawn_towards_the_others_and_the_latest_come_first(store, given):
    gains = {"A": 1.0, "B": 1.2, "C": 1.1, "D": 2.0}
    for account, gain in gains.items():
        given("sell_out", *sold("1", gain, account), *sold("2", account=account))
        given("trainings", session("1", f"T{account}", HELD.replace(day=HELD.day + ord(account) % 4), account))
    rows = sessions.ask(store, SCOPE)
    by = {r.account: r for r in rows}

    assert [r.held_on for r in rows] == sorted((r.held_on for r in rows), reverse=True)
    assert by["D"].lift == pytest.approx(1.0)
    assert by["D"].shrunk is not None and 0.2 < by["D"].shrunk < 1.0
    assert by["A"].shrunk is not None and by["A"].shrunk > 0.0


def test_fewer_than_three_are_not_drawn_together_and_so_too_small_to_tell(store, given):
    given("sell_out", *sold("S1", 1.5), *sold("S2"))
    given("trainings", session("S1"))
    [row] = sessions.ask(store, SCOPE)

    assert row.lift == pytest.approx(0.5) and row.shrunk is None
    assert row.verdict == "small"


def test_one_that_cannot_be_measured_says_why(store, given):
    given("sell_out", *sold("S2"))
    given("trainings", session("S1"))
    [row] = sessions.ask(store, SCOPE)

    assert (row.verdict, row.reason, row.lift) == ("open", "store", None)
    assert "1 session cannot be measured" in " ".join(f.text.en for f in sessions.say([row], SCOPE))
    assert "no sales by store" in sessions.why(row).en


def test_failed_tests_are_named_the_latest_first_and_three_at_most(store, given):
    given("sell_out", *sold("S2"))
    given("trainings", *(session(f"S{n}", f"T{n}", HELD.replace(day=n + 1), score=40) for n in range(5)))
    rows = sessions.ask(store, SCOPE)
    said = [f.text.en for f in sessions.say(rows, SCOPE)]

    assert any("5 sessions failed the test" in text for text in said)
    assert [r.held_on.day for r in rows] == [5, 4, 3, 2, 1]
    assert sum("test score 40, failed" in text for text in said) == 3
