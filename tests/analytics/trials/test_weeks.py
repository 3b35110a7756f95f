"""The weeks of a trial: Mondays to Sundays that lie in it as a whole."""

from datetime import date

from analytics.trials.weeks import monday, nth, whole

MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)


def test_a_week_counts_when_all_its_days_lie_in_the_trial():
    assert whole(MONDAY, SUNDAY) == (MONDAY,)
    assert whole(MONDAY, date(2026, 3, 7)) == ()
    assert whole(date(2026, 3, 3), date(2026, 3, 15)) == (date(2026, 3, 9),)
    assert whole(MONDAY, date(2026, 3, 14)) == (MONDAY,)
    assert whole(MONDAY, date(2026, 2, 1)) == ()


def test_a_trials_first_seven_days_are_its_week_one():
    starts = date(2026, 3, 4)

    assert [nth(day, starts) for day in (date(2026, 3, 3), starts, date(2026, 3, 10), date(2026, 3, 11))] == [
        0,
        1,
        1,
        2,
    ]


def test_sunday_belongs_to_the_monday_before():
    assert monday(SUNDAY) == monday(MONDAY) == MONDAY
