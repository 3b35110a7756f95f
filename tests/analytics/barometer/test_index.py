"""The index: parts that sum to it, a headline that names what moved it, and no claim of a lead that was not tested."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from analytics.answer import Scope, months_back
from analytics.barometer import index
from analytics.charts.theme import Look
from analytics.metrics import INDEX

JUNE = date(2026, 6, 1)


def rows(**points_by_month):
    """Rows from {component: (points in May, points in June)}."""
    return [
        index.Row(month, component, 0.1, 1.0, 0.5, points)
        for n, month in enumerate((date(2026, 5, 1), JUNE))
        for component, pair in points_by_month.items()
        if (points := pair[n]) is not None
    ]


def test_the_reading_sums_parts_and_their_changes():
    now = index.reading(rows(growth=(10.0, 4.0), cover=(4.0, 4.5)), JUNE)

    assert now is not None
    assert (now.index, now.previous, now.level) == (58.5, 64.0, "change")
    assert now.change == {"growth": -6.0, "cover": 0.5}


def test_a_component_that_appears_or_ends_is_part_of_the_change():
    now = index.reading(rows(growth=(10.0, 4.0), cover=(None, 6.0)), JUNE)

    assert now is not None
    assert sum(now.change.values()) == pytest.approx(now.index - (now.previous or 0))


@example(st.lists(st.tuples(st.floats(-12, 12), st.floats(-12, 12)), min_size=1, max_size=4))
def test_the_changes_always_sum_to_the_move_of_the_index(pairs):
    now = index.reading(rows(**dict(zip(index.COMPONENTS, pairs, strict=False))), JUNE)

    assert now is not None
    assert abs(sum(now.change.values()) - (now.index - (now.previous or 0.0))) <= 1e-9


@pytest.mark.parametrize(
    ("june", "zh"),
    [
        (8.0, "天气由“晴”转“变”：指数一个月掉了 6.0 分，主要因为销售同比（−6.0）"),
        (14.04, "晴：晴雨指数 64.0 分，与上月持平"),
        (14.06, "天气仍是“晴”：指数一个月升了 0.1 分，主要因为销售同比（+0.1）"),
        (16.0, "天气仍是“晴”：指数一个月升了 2.0 分，主要因为销售同比（+2.0）"),
        (30.0, "天气由“晴”转“大晴”：指数一个月升了 16.0 分，主要因为销售同比（+16.0）"),
    ],
)
def test_the_headline_names_weather_size_and_the_component_that_moved_most(june, zh):
    [finding] = index.say(rows(growth=(14.0, june), cover=(0.0, 0.0)), Scope(date(2026, 6, 30)))

    assert finding.text.zh == zh


@settings(deadline=None, max_examples=60)
@example(st.lists(st.tuples(st.floats(-10, 10), st.floats(-10, 10)), min_size=1, max_size=5))
def test_headline_title_bars_and_the_two_levels_as_shown_agree(pairs):
    parts = rows(**dict(zip(index.COMPONENTS, pairs, strict=False)))
    june, scope = index.reading(parts, JUNE), Scope(date(2026, 6, 30))
    assert june is not None and june.previous is not None
    now, before = (Decimal(INDEX.show(level, "en")) for level in (june.index, june.previous))
    [bars] = index.draw(parts, Look("en")).data
    bold = [Decimal(word.strip("<b>/±+").replace("−", "-")) for word in bars.text]

    *steps, total = bold
    assert sum(steps) == total == now - before == Decimal(june.moved) / 10
    assert all(abs(float(shown) - change) < 0.1001 for shown, change in zip(steps, june.change.values(), strict=True))
    said = (index.say(parts, scope)[0].text.en, index.title(parts, scope).en)
    size = f"{abs(total)} points"
    assert all(size in text for text in said) if total else "as last month" in said[0]


def test_without_history_there_is_no_index_and_no_sentence():
    short = [index.Row(JUNE, "growth", 0.1, None, 0.0, 0.0)]

    assert index.reading(short, JUNE) is None
    assert index.say(short, Scope(date(2026, 6, 30))) == []


def sold(account, month, amount, dataset_day=10, **more):
    return {
        "account": account,
        "sku": "X",
        "sold_on": f"{month:%Y-%m}-{dataset_day}",
        "qty": 10,
        "amount": amount,
        **more,
    }


def test_an_index_from_sales_alone_has_growth_and_breadth_and_names_no_others(store, given):
    months = [months_back(JUNE, n) for n in range(24)]
    given("sell_out", *[sold(a, m, 100 + 7 * (n % 5)) for a in "AB" for n, m in enumerate(months)])

    found = index.ask(store, Scope(date(2026, 6, 30)))

    assert {r.component for r in found} == {"growth", "breadth"}
    levels = index.course(found)
    assert months[0] in levels
    assert len(levels) == 24 - 12 - 5  # the first comparison needs 12 months, the first z five more before it


def test_more_stock_than_a_year_ago_is_bad_weather(store, given):
    months = [months_back(JUNE, n) for n in range(24)]
    given("sell_out", *[sold("A", m, 100) for m in months])
    given(
        "stock",
        *[
            {"account": "A", "sku": "X", "counted_on": f"{m:%Y-%m}-28", "on_hand": 100 if m < JUNE else 200}
            for m in months
        ],
    )

    [june] = [r for r in index.ask(store, Scope(date(2026, 6, 30))) if r.component == "cover" and r.month == JUNE]

    assert june.value == pytest.approx(-0.6931, abs=1e-4)  # twice the cover: minus ln 2
    assert june.z == -3
    assert june.points < 0


def test_shipments_count_only_beside_sell_out(store, given):
    months = [months_back(JUNE, n) for n in range(20)]
    given("sell_out", *[sold("A", m, 100) for m in months])
    given("sell_in", *[sold("A", m, 100 if m < JUNE else 400) for m in months])

    out = index.ask(store, Scope(date(2026, 6, 30), "sell_out"))
    into = index.ask(store, Scope(date(2026, 6, 30), "sell_in"))

    [orders] = [r for r in out if r.component == "orders" and r.month == JUNE]
    assert orders.value == pytest.approx(600 / 300 - 1)
    assert "orders" not in {r.component for r in into}


@pytest.fixture
def books(given):
    """An account that sells 100 every month, and shipments as a test says: (day, CNY)."""

    def put(*shipped: tuple[date, float]) -> None:
        months = [months_back(JUNE, n) for n in range(30)]
        given("sell_out", *[sold("A", m, 100) for m in months])
        given("sell_in", *[sold("A", day, amount, f"{day.day:02}") for day, amount in shipped])

    return put


def twice_a_month(until: date) -> list[tuple[date, float]]:
    """100 on day 5 and 300 on day 20 of 30 months."""
    months = [months_back(JUNE, n) for n in range(30)]
    days = [(m.replace(day=day), amount) for m in months for day, amount in ((5, 100.0), (20, 300.0))]
    return [(day, amount) for day, amount in days if day <= until]


def shipments(store, as_of: date) -> dict[date, float]:
    return {r.month: round(r.value, 9) for r in index.ask(store, Scope(as_of)) if r.component == "orders"}


@pytest.mark.parametrize(
    ("as_of", "until"),
    [
        (date(2026, 6, 15), date(2026, 6, 15)),  # 100 of June against 100, not against 400
        (date(2026, 6, 15), date(2026, 6, 30)),  # our book is ahead of the accounts: its later days wait
        (date(2026, 6, 25), date(2026, 6, 15)),  # our book is behind: as many days of last year as it has
        (date(2026, 6, 19), date(2026, 6, 30)),
        (date(2026, 6, 20), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
    ],
)
def test_shipments_of_an_open_month_stand_against_the_same_days_of_last_year(store, books, as_of, until):
    books(*twice_a_month(until))

    found = shipments(store, as_of)

    assert found[JUNE] == 0 and set(found.values()) == {0.0}


def test_a_month_that_has_ended_is_compared_as_a_whole(store, books):
    books(*twice_a_month(date(2026, 6, 15)))

    assert shipments(store, date(2026, 6, 30))[JUNE] == pytest.approx((400 + 400 + 100) / 1200 - 1)


def test_shipments_wait_where_the_open_month_has_none_yet(store, books):
    books(*twice_a_month(date(2026, 5, 31)))

    found = shipments(store, date(2026, 6, 25))

    assert JUNE not in found and found[date(2026, 5, 1)] == 0


@pytest.mark.parametrize(("day", "window"), [(27, (10, 11, 12)), (28, (12, 1, 2))])
def test_both_years_of_shipments_take_the_same_months_while_february_is_open(store, books, day, window):
    """Last year's February had ended, and was once taken with its own window."""
    months = [months_back(date(2026, 2, 1), n) for n in range(26)]
    risen = date(2025, 10, 1)  # from then on a month ships 100 more than a year before
    books(*[(m.replace(day=5), 100.0 * (m.month + (m >= risen))) for m in months])

    expected = sum(m + 1 for m in window) / sum(window) - 1
    assert shipments(store, date(2026, 2, day))[date(2026, 2, 1)] == pytest.approx(expected, abs=1e-6)
