"""Which slice a reader means, and how an answer is written down."""

from datetime import date
from decimal import Decimal

import pytest

from analytics import asking
from analytics.answer import Scope
from analytics.barometer import sales
from data.shelf import Shelf, shelf
from data.text import Text


def choices(last_day: date) -> Shelf:
    return Shelf(("sell_out",), {"sell_out": (last_day.replace(day=1),)}, {"sell_out": last_day}, (), (), ())


@pytest.mark.parametrize(
    ("month", "last_day", "as_of"),
    [
        ("2026-06", date(2026, 6, 30), date(2026, 6, 30)),
        ("2026-06", date(2026, 6, 18), date(2026, 6, 18)),  # still open
        ("2026-05", date(2026, 6, 18), date(2026, 5, 31)),
        ("2024-02", date(2026, 6, 18), date(2024, 2, 29)),
    ],
)
def test_a_month_ends_with_its_last_day_or_its_last_day_of_data(month, last_day, as_of):
    assert asking.as_of(choices(last_day), "sell_out", date.fromisoformat(f"{month}-01")) == as_of


def test_the_newest_month_of_sell_out_is_meant_unless_said_otherwise(store, given):
    given("sell_in", {"account": "A", "sold_on": "2026-07-02"})
    assert asking.scope(shelf(store)) == Scope(date(2026, 7, 2), "sell_in")
    given("sell_out", {"account": "A", "sold_on": "2026-06-18"})

    assert asking.scope(shelf(store)) == Scope(date(2026, 6, 18), "sell_out")
    assert asking.scope(shelf(store), date(2026, 5, 1), account="A") == Scope(date(2026, 5, 31), "sell_out", ("A",))


def test_sales_are_missing_only_where_neither_kind_is_loaded(store, given):
    assert asking.missing(store, sales) == ("sales",)
    assert asking.called("sales").en == "sell-out or sell-in"
    given("sell_in", {"account": "A"})
    assert asking.missing(store, sales) == ()


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (Decimal("80450596.9823"), 80450596.98),
        (Decimal("2939663.3350"), 2939663.33),  # as pandas and spreadsheets round the same double
        (Decimal("12.500"), 12.5),  # a quantity keeps its decimals
        (date(2026, 6, 1), "2026-06-01"),
        (Text("晴", "Fair"), {"zh": "晴", "en": "Fair"}),
        ((1, None), [1, None]),
    ],
)
def test_values_are_written_as_json_knows_them(value, json):
    assert asking.plain(value) == json
