"""Which days a row stands for: one that says only its month (or week) is dated by the first day and covers all."""

from collections.abc import Mapping
from datetime import date, timedelta

GRAIN, MONTH, WEEK = "grain", "month", "week"  # what is concluded of a file, kept with its answers; nothing: days
DAYS_AFTER = timedelta(days=6)  # of a week, after its Monday


def first(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last(day: date) -> date:
    """The last day of its month."""
    return first(first(day) + timedelta(days=31)) - timedelta(days=1)


def end(day: date, grain: str) -> date:
    """The last day that a row of this grain covers."""
    return last(day) if grain == MONTH else day + DAYS_AFTER if grain == WEEK else day


def covered(period: tuple[date, date], answers: Mapping[str, str]) -> tuple[date, date]:
    """The days that a file covers, from those of its rows."""
    since, until = period
    grain = answers.get(GRAIN, "")
    return (first(since) if grain == MONTH else since), end(until, grain)


def known_until(first_day: date, grain: str, published: date, days: date | None) -> date:
    """How far a row of a month (or week) counts: to its end, where it had ended when it was published; else to the
    newest of the `days` that others have in it, or without any to the day of publication."""
    last_day = end(first_day, grain)
    if published >= last_day:
        return last_day
    return max(first_day, min(last_day, days if days is not None and days >= first_day else published))
