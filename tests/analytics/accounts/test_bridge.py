"""The bridge closes whatever is sold; what is new, lost or without a price is named; both sides of each edge."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck
from hypothesis import given as drawn_from
from hypothesis import settings as tuned
from hypothesis import strategies as st

from analytics.accounts import bridge, contributions
from analytics.answer import Scope
from data.store import Store
from tests.conftest import giver

JUNE = Scope(date(2026, 6, 30))
SELL_IN = Scope(date(2026, 6, 30), "sell_in")


def sold(account: str, day: str, qty: float, amount: float, sku: str = "X"):
    return {"account": account, "sku": sku, "sold_on": day, "qty": qty, "amount": amount}


def split(store, scope, period="month") -> dict[str, float]:
    """The parts of one period that are not nothing."""
    rows = bridge.of(bridge.ask(store, scope), period)
    return {part: float(value) for part, value in bridge.parts(rows).items() if value}


def kinds(store, scope, period="month") -> dict[str, str]:
    return {r.account: r.kind for r in bridge.ask(store, scope) if r.period == period}


@pytest.mark.parametrize("flow", ["sell_in", "sell_out"])
def test_the_check_vector_gives_price_volume_and_mix(store, given, flow):
    before = [(10, 1000), (15, 800), (20, 500)]
    now = [(11, 1000), (15, 700), (23, 800)]
    for year, side in (("2025", before), ("2026", now)):
        given(flow, *[sold("A", f"{year}-06-10", q, p * q, f"S{n}") for n, (p, q) in enumerate(side)])

    parts = split(store, Scope(date(2026, 6, 30), flow))

    assert parts == {
        "price": 3400.00,
        "volume": pytest.approx(2782.61, abs=0.005),
        "mix": pytest.approx(1717.39, abs=0.005),
    }
    assert sum(parts.values()) == pytest.approx(7900, abs=0.01)


def test_the_same_cells_at_several_accounts_give_the_same_total_split(store, given):
    given("sell_in", sold("A", "2025-06-10", 10, 100), sold("B", "2025-06-10", 10, 200))
    given("sell_in", sold("A", "2026-06-10", 20, 200), sold("B", "2026-06-10", 10, 220))

    rows = {r.account: r for r in bridge.ask(store, SELL_IN) if r.period == "month"}

    assert (rows["A"].price, rows["A"].volume, rows["A"].mix) == (0, 150, -50)  # ten pieces more at the mean of 15
    assert (rows["B"].price, rows["B"].volume, rows["B"].mix) == (20, 0, 0)


def test_products_of_one_year_only_stand_beside_price_volume_and_mix(store, given):
    given("sell_in", sold("A", "2025-06-10", 1, 10), sold("A", "2025-06-10", 1, 7, "gone"))
    given("sell_in", sold("A", "2026-06-10", 1, 12), sold("A", "2026-06-10", 1, 5, "new"))

    assert split(store, SELL_IN) == {"price": 2, "products_in": 5, "products_out": -7}


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((-1, -10), (5, 50)),  # returns outweigh what was sold
        ((5, 0), (5, 50)),  # free goods
        ((0, 40), (5, 50)),  # an amount without a quantity
        ((5, 50), (-2, -20)),
        ((5, 50), (0, 0)),
    ],
)
def test_a_cell_without_a_price_in_either_year_is_a_part_of_its_own(store, given, now, then):
    lines = [sold("A", "2025-06-10", 10, 100), sold("A", "2026-06-10", 10, 100)]
    given("sell_in", *lines, sold("A", "2026-06-11", *now, "odd"), sold("A", "2025-06-11", *then, "odd"))

    assert split(store, SELL_IN) == {"unpriced": now[1] - then[1]}


def test_returns_alone_of_a_product_are_no_new_product(store, given):
    given("sell_in", sold("A", "2025-06-10", 10, 100), sold("A", "2026-06-10", 10, 100))
    given("sell_in", sold("A", "2026-06-11", -1, -8, "returned"))

    assert split(store, SELL_IN) == {"unpriced": -8}


def test_with_sell_in_an_account_is_new_lost_or_ordered_in_one_year_only(store, given):
    given(
        "sell_in",
        sold("stays", "2025-06-10", 1, 10),
        sold("stays", "2026-06-10", 1, 10),
        sold("new", "2025-07-01", 1, 1),  # the first day after last year's month
        sold("new", "2026-06-10", 1, 30),
        sold("lost", "2025-06-30", 1, 40),  # nothing since last year's month
        sold("pauses", "2025-06-10", 1, 50),
        sold("pauses", "2025-07-01", 1, 1),
        sold("returns", "2025-05-31", 1, 1),
        sold("returns", "2026-06-10", 1, 60),
    )

    assert kinds(store, SELL_IN) == {
        "stays": "both",
        "new": "new",
        "lost": "lost",
        "pauses": "apart",
        "returns": "apart",
    }
    assert split(store, SELL_IN) == {"accounts_in": 30, "accounts_out": -40, "one_year": 10}


@pytest.mark.parametrize(("last", "kind"), [("2026-03-31", "lost"), ("2026-04-01", "apart")])
def test_with_sell_out_an_account_is_lost_after_three_silent_months_and_late_before(store, given, last, kind):
    given("sell_out", sold("A", "2025-06-10", 1, 10), sold("A", "2026-06-10", 1, 10))
    given("sell_out", sold("quiet", "2025-06-10", 1, 40), sold("quiet", last, 1, 1))

    rows = {r.account: r for r in bridge.ask(store, JUNE) if r.period == "month"}

    assert rows["quiet"].kind == kind
    assert split(store, JUNE) == ({"accounts_out": -40} if kind == "lost" else {})
    assert rows["quiet"].left_before == (0 if kind == "lost" else 40)


def test_with_sell_out_a_month_reported_in_one_year_only_is_on_neither_side_and_named(store, given):
    given(
        "sell_out",
        sold("A", "2025-06-10", 1, 10),
        sold("A", "2026-06-10", 1, 12),
        sold("A", "2025-05-10", 1, 500),  # not reported this year
        sold("B", "2025-05-10", 1, 1),
        sold("B", "2026-05-10", 1, 1),
        sold("B", "2024-06-10", 1, 1),
        sold("B", "2026-06-10", 1, 70),  # was there before last June, but not in it
    )

    assert split(store, JUNE, "year") == {"price": 2}
    said = [f.text.en for f in bridge.say(bridge.ask(store, JUNE), JUNE)]
    assert said[-1] == "2 accounts reported some months in one year only, counted on neither side: ¥70 now, ¥500 then"


def test_with_sell_out_a_category_without_sales_is_a_zero_when_the_account_reported_the_month(store, given):
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given(
        "sell_out", sold("A", "2025-06-10", 1, 10), sold("A", "2026-06-10", 1, 10), sold("A", "2025-06-10", 1, 9, "Y")
    )
    given("sell_out", sold("B", "2025-06-10", 1, 6, "Y"), sold("B", "2026-06-10", 1, 6, "Y"))

    fridges = Scope(date(2026, 6, 30), "sell_out", None, None, ("fridges",))

    assert split(store, fridges) == {"products_out": -9}


def test_the_month_and_the_year_begin_and_end_where_they_should(store, given):
    for flow in ("sell_in", "sell_out"):
        given(
            flow,
            *[sold("A", f"{year}-{day}", 1, 10) for year in (2025, 2026) for day in ("12-31", "01-01", "05-31")],
            *[sold("A", f"{year}-{day}", 1, 10) for year in (2025, 2026) for day in ("06-01", "06-30", "07-01")],
            sold("A", "2024-12-31", 1, 999),
        )
        rows = {r.period: r for r in bridge.ask(store, Scope(date(2026, 6, 30), flow))}

        assert {p: (r.this_period, r.before) for p, r in rows.items()} == {"month": (20, 20), "year": (40, 40)}


def test_an_open_month_is_compared_up_to_the_same_day(store, given):
    for flow in ("sell_in", "sell_out"):
        given(flow, sold("A", "2025-06-15", 1, 10), sold("A", "2025-06-16", 9, 90), sold("A", "2026-06-15", 1, 11))
        [row] = [r for r in bridge.ask(store, Scope(date(2026, 6, 15), flow)) if r.period == "month"]

        assert (row.this_period, row.before, row.price) == (11, 10, 1)


def test_without_a_year_before_nothing_is_said_and_nothing_drawn(store, given):
    given("sell_in", sold("A", "2026-06-10", 1, 10))

    rows = bridge.ask(store, SELL_IN)

    assert bridge.say(rows, SELL_IN) == [] and contributions.ask(store, SELL_IN) == []


@pytest.mark.parametrize(
    ("day", "warned"), [(date(2026, 1, 31), True), (date(2026, 2, 28), True), (date(2026, 3, 31), False)]
)
def test_january_and_february_alone_carry_a_warning(store, given, day, warned):
    given("sell_in", *[sold("A", f"{y}-0{m}-10", 1, 10) for y in (2025, 2026) for m in (1, 2, 3)])
    scope = Scope(day, "sell_in")

    assert (bridge.SPRING in [f.text for f in bridge.say(bridge.ask(store, scope), scope)]) is warned


def test_contributions_list_new_and_lost_accounts_apart(store, given):
    given(
        "sell_in",
        sold("A", "2025-06-10", 1, 100),
        sold("A", "2026-06-10", 1, 130),
        sold("B", "2025-06-10", 1, 100),
        sold("B", "2026-06-10", 1, 90),
        sold("new", "2026-06-10", 1, 30),
        sold("lost", "2025-06-10", 1, 40),
    )

    rows = contributions.ask(store, SELL_IN)
    said = [f.text.en for f in contributions.say(rows, SELL_IN)]

    assert {r.account: r.gap for r in contributions.of(rows, "month")} == {"A": 30, "B": -10}
    assert said[0] == "2 comparable accounts, +10.0% on last year this month; A moved most (¥30)"
    assert said[-2:] == ["1 new accounts, ¥30: new", "1 lost accounts, ¥40 a year before: lost"]


def test_what_accounts_contribute_and_what_is_apart_is_the_whole_bridge(demo, demo_scope):
    for scope in (demo_scope, Scope(demo_scope.as_of, "sell_in"), Scope(date(2026, 6, 15), "sell_in")):
        whole, split_up = bridge.ask(demo, scope), contributions.ask(demo, scope)
        for period in bridge.PERIODS:
            gap = sum(r.gap for r in bridge.of(whole, period))
            assert sum(r.gap for r in split_up if r.period == period) == pytest.approx(float(gap), abs=0.01)


DAYS = ("2025-05-10", "2025-06-10", "2025-06-20", "2026-05-10", "2026-06-10")
LINES = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from("XYZ"),
        st.sampled_from(DAYS),
        st.integers(-20, 200),
        st.integers(-50_000, 500_000),
    ),
    min_size=30,
    max_size=120,
)


@tuned(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@drawn_from(LINES)
def test_whatever_is_sold_or_returned_the_parts_sum_to_the_difference_and_nothing_is_forgotten(lines):
    every = [(f"A{n}", sku, day, qty, Decimal(cents) / 100) for n, sku, day, qty, cents in lines]
    every += [("Z", "X", day, 1, Decimal(1)) for day in DAYS]  # somebody has figures in every month
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "home", memory_mb=256)
        for flow in ("sell_in", "sell_out"):
            giver(store)(flow, *[sold(a, day, qty, amount, sku) for a, sku, day, qty, amount in every])
            for as_of in (date(2026, 6, 30), date(2026, 6, 15)):
                for row in bridge.ask(store, Scope(as_of, flow)):
                    assert sum(getattr(row, part) for part in bridge.PARTS) == row.gap
                    mine = [(d, m) for a, _, d, _, m in every if a == row.account and counts(d, row.period, as_of)]
                    whole = [sum((m for d, m in mine if d[:4] == year), Decimal(0)) for year in ("2026", "2025")]
                    assert [row.this_period + row.left_now, row.before + row.left_before] == whole
        store.close()


def counts(day: str, period: str, as_of: date) -> bool:
    """Whether a day is in a period, up to the same day of the month."""
    return (period == "year" or day[5:7] == "06") and (day[5:7], int(day[8:])) <= ("06", as_of.day)


def test_an_account_that_began_after_the_day_of_last_years_open_month_is_not_new(store, given):
    given("sell_in", sold("A", "2025-06-16", 1, 40), sold("A", "2026-06-15", 1, 50))
    given("sell_in", sold("B", "2025-06-15", 1, 40), sold("B", "2026-06-15", 1, 40))

    assert kinds(store, Scope(date(2026, 6, 15), "sell_in")) == {"A": "apart", "B": "both"}
