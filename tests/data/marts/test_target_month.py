"""The target of several months is spread over those that it covers, and its months sum up to it."""

from datetime import date
from decimal import Decimal

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from data.datasets.targets import CALENDAR, COVERS, ONE_MONTH, ONWARD
from data.marts import MARTS

[MART] = [mart for mart in MARTS if mart.name == "target_month"]
CENT = Decimal("0.01")
MONTHS = st.dates(date(2000, 1, 1), date(2090, 12, 1)).map(lambda day: day.replace(day=1))
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**12, places=4)
LENGTH = {ONE_MONTH.value: 1} | {choice.value: n for n, choice in [*CALENDAR.items(), *ONWARD.items()]}


Target = tuple[date, Decimal, str | None]  # the row's month, CNY, what it covers


def spread(*targets: Target) -> list[list[tuple[date, Decimal]]]:
    """What the mart makes of each target, one an account."""
    names = ("month", "amount", "covers", "account", "category")
    kinds = (pa.date32(), pa.decimal128(18, 4), pa.string(), pa.int64(), pa.string())
    rows = [(*target, n, None) for n, target in enumerate(targets)]
    columns = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)]
    with duckdb.connect() as con:
        con.register("targets", pa.table(dict(zip(names, columns, strict=True))))
        found = con.execute(f"SELECT account, month, amount FROM ({MART.sql}) ORDER BY account, month").fetchall()
    return [[(month, amount) for account, month, amount in found if account == n] for n in range(len(targets))]


@pytest.mark.parametrize(
    ("covers", "first", "last"),
    [
        (None, "2026-05-01", "2026-05-01"),
        ("month", "2026-05-01", "2026-05-01"),
        ("quarter", "2026-04-01", "2026-06-01"),
        ("half-year", "2026-01-01", "2026-06-01"),
        ("year", "2026-01-01", "2026-12-01"),
        ("3 months", "2026-05-01", "2026-07-01"),
        ("6 months", "2026-05-01", "2026-10-01"),
        ("12 months", "2026-05-01", "2027-04-01"),
    ],
)
def test_a_target_covers_its_calendar_period_or_the_months_from_its_own_on(covers, first, last):
    months = [month for month, _ in spread((date(2026, 5, 1), Decimal(1200), covers))[0]]

    assert [str(months[0]), str(months[-1]), len(months)] == [first, last, LENGTH[covers or "month"]]
    assert covers is None or covers in {choice.value for choice in COVERS.choices}


@pytest.mark.parametrize(("month", "first"), [(6, 1), (7, 7), (12, 7)])
def test_the_half_year_turns_in_july(month, first):
    assert spread((date(2026, month, 1), Decimal(6), "half-year"))[0][0] == (date(2026, first, 1), Decimal(1))


def test_whole_cents_each_and_the_rest_in_the_last_month():
    assert [amount for _, amount in spread((date(2026, 1, 1), Decimal("100.0012"), "quarter"))[0]] == [
        Decimal("33.3300"),
        Decimal("33.3300"),
        Decimal("33.3412"),
    ]


@settings(max_examples=30, deadline=None)
@holds(st.lists(st.tuples(MONTHS, AMOUNTS, st.sampled_from(sorted(LENGTH))), min_size=1, max_size=40))
def test_the_months_sum_up_to_the_target_and_differ_by_cents(targets: list[Target]):
    for (_, amount, covers), months in zip(targets, spread(*targets), strict=True):
        parts = [part for _, part in months]
        assert sum(parts) == amount and len(months) == LENGTH[covers or ""] == len(dict(months))
        assert all(part == part.quantize(CENT) for part in parts[:-1])
        assert 0 <= parts[-1] - parts[0] < CENT * len(parts)


def test_two_targets_that_cover_the_same_months_add_up(store, given):
    aim = {"account": "A", "category": "", "covers": "quarter"}
    given("targets", aim | {"month": "2011-07-01", "amount": 300}, aim | {"month": "2011-09-01", "amount": 600})
    given("targets", {"account": "B", "category": "", "month": "2011-07-01", "qty": 5})  # no money

    assert store.execute("SELECT account, month, amount FROM target_month ORDER BY month") == [
        ("A", date(2011, month, 1), Decimal(300)) for month in (7, 8, 9)
    ]
