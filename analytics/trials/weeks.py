"""The weeks of a trial: Mondays to Sundays that lie in it as a whole."""

from datetime import date, timedelta

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def whole(since: date, until: date) -> tuple[date, ...]:
    """The Mondays of the weeks between two days, both included, that lie there as a whole."""
    first = monday(since + timedelta(days=6))
    count = max(0, ((until - first).days + 1) // 7)
    return tuple(first + n * WEEK for n in range(count))


def nth(day: date, starts_on: date) -> int:
    """Which week of a trial a day lies in: 1 for its first seven days; 0 or less before."""
    return (day - starts_on).days // 7 + 1
