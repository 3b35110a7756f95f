"""Periods: a bar from a first to a last day, both included; what is to come is hatched, not only of another colour."""

from datetime import date

from analytics.charts.periods import DAY_MS, Period, periods
from analytics.charts.theme import Look

ITEMS: list[Period] = [
    ("SD03", date(2026, 4, 6), date(2026, 4, 6), "running"),
    ("SD04", date(2026, 6, 1), date(2026, 6, 28), "planned"),
]


def test_a_bar_has_as_many_days_as_its_period():
    [bar] = periods(ITEMS, Look("en")).data

    assert list(bar.base) == ["2026-04-06", "2026-06-01"]  # type: ignore[attr-defined]
    assert list(bar.x) == [DAY_MS, 28 * DAY_MS]  # type: ignore[attr-defined]


def test_what_is_to_come_is_hatched():
    [bar] = periods(ITEMS, Look("en")).data

    assert list(bar.marker.pattern.shape) == ["", "/"]  # type: ignore[attr-defined]


def test_nothing_is_drawable():
    assert len(periods([], Look("en")).data[0].x) == 0  # type: ignore[attr-defined]
