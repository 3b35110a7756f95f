"""Periods: a bar from a first to a last day, both included; what is to come is hatched, not only of another colour."""

from datetime import date

from analytics.charts.periods import DAY_MS, periods
from analytics.charts.theme import Look
from data.text import same

ITEMS = [
    ("SD03", date(2026, 4, 6), date(2026, 4, 6), same("week 1"), "running"),
    ("SD04", date(2026, 6, 1), date(2026, 6, 28), same("planned"), "planned"),
]


def test_a_bar_has_as_many_days_as_its_period():
    [bar] = periods(ITEMS, Look("en")).data  # type: ignore[arg-type]

    assert list(bar.base) == ["2026-04-06", "2026-06-01"]  # type: ignore[attr-defined]
    assert list(bar.x) == [DAY_MS, 28 * DAY_MS]  # type: ignore[attr-defined]


def test_what_is_to_come_is_hatched():
    [bar] = periods(ITEMS, Look("en")).data  # type: ignore[arg-type]

    assert list(bar.marker.pattern.shape) == ["", "/"]  # type: ignore[attr-defined]


def test_there_is_room_for_the_words_and_nothing_is_drawable():
    low, high = periods(ITEMS, Look("en")).layout.xaxis.range  # type: ignore[attr-defined, arg-type]

    assert low == "2026-04-06" and high > "2026-07-20"
    assert periods([], Look("en")).layout.xaxis.range is None  # type: ignore[attr-defined]
