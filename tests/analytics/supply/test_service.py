"""Fill and OTIF: both sides of the window and of the day looked at; sums over sums; who is served worse than chance."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import served, service
from analytics.supply.served import Part

JUNE = Scope(date(2026, 6, 30))
DUE = date(2026, 6, 20)
SQL = Path(service.__file__).with_suffix(".sql")


class Orders:
    """Numbers lines as they are made."""

    def __init__(self):
        self.count = 0

    def line(
        self, account: str = "A", qty: float = 10, *, due: date | None = DUE, days: int | None = 0, **more
    ) -> dict:
        """A line delivered whole `days` after it was due; None: neither shipped nor delivered."""
        self.count += 1
        told = {
            "order_no": "O",
            "line_no": str(self.count),
            "account": account,
            "sku": "X",
            "ordered_on": (due or DUE) - timedelta(days=15),
            "promised_on": due,
            "qty": qty,
        }
        if days is not None and due is not None:
            came = due + timedelta(days=days)
            told |= {"shipped_on": came - timedelta(days=1), "delivered_on": came, "shipped_qty": qty}
        return told | more


@pytest.fixture
def line():
    return Orders().line


def now(rows: list[service.Row]) -> service.Row:
    """The last year."""
    return service.of(rows, "year")[-1]


@pytest.mark.parametrize(
    ("days", "missed"), [(-3, "early"), (-2, None), (-1, None), (0, None), (1, "late"), (30, "late")]
)
def test_the_window_is_the_promised_day_and_two_days_before(store, given, line, days, missed):
    late_june = date(2026, 6, 30)
    given("orders", line(days=days, due=date(2026, 5, 20)), line("B", due=late_june))

    row = next(r for r in service.of(service.ask(store, JUNE), "account") if r.account == "A")

    assert row.otif == (0 if missed else 1) and row.fill == 1
    assert {kind: getattr(row, f"{kind}_pcs") for kind in served.MISSES} == {
        kind: 10 if kind == missed else 0 for kind in served.MISSES
    }


def test_a_line_that_came_in_part_is_missed_whole_but_fills_in_part(store, given, line):
    given("orders", line(qty=10, shipped_qty=9), line(qty=30, shipped_qty=33), line(qty=60))

    row = now(service.ask(store, JUNE))

    assert (row.fill, row.otif, row.partial_pcs) == (0.99, 0.9, 10)  # more than ordered fills no other line


@pytest.mark.parametrize(("due", "state"), [(date(2026, 6, 30), "missing"), (date(2026, 7, 1), "open")])
def test_a_line_is_due_on_its_day(store, given, line, due, state):
    given("orders", line(due=due, days=None, ordered_on="2026-06-01"), line())

    rows = service.ask(store, JUNE)

    assert now(rows).missing_pcs == (10 if state == "missing" else 0)
    assert [(r.cause, r.lines, r.ordered_pcs) for r in service.of(rows, "left out")] == (
        [("open", 1, 10)] if state == "open" else []
    )
    assert now(rows).fill == (0.5 if state == "missing" else 1)


def test_what_happened_after_the_day_looked_at_has_not_happened(store, given, line):
    given("orders", line(due=date(2026, 6, 29), days=2), line(due=date(2026, 6, 10)), line(ordered_on="2026-07-01"))

    june, july = (now(service.ask(store, Scope(day))) for day in (date(2026, 6, 30), date(2026, 7, 1)))

    assert (june.missing_pcs, june.late_pcs, june.lines) == (10, 0, 2)
    assert (july.missing_pcs, july.late_pcs, july.lines) == (0, 10, 3)


def test_without_a_promise_the_requested_day_counts_and_without_both_it_is_said(store, given, line):
    asked = {"promised_on": None, "requested_on": date(2026, 6, 18)}
    given("orders", line() | asked, line() | asked | {"requested_on": None}, line())

    rows = service.ask(store, JUNE)

    assert (now(rows).lines, now(rows).late_pcs) == (2, 10)
    assert [f.text.en for f in service.say(rows, JUNE)][-1] == "1 line has neither a promised nor a requested day"


def test_a_shipment_without_a_quantity_is_left_out_and_said(store, given, line):
    given("orders", line(shipped_qty=None), line())

    rows = service.ask(store, JUNE)

    assert now(rows).lines == 1
    assert service.say(rows, JUNE)[-1].text.en == "1 line was shipped without a quantity and left out"


def test_an_account_without_any_day_of_delivery_has_a_fill_and_no_otif(store, given, line):
    given("orders", line("A", shipped_qty=5, delivered_on=None), line("B"))

    rows = service.ask(store, JUNE)

    unseen = next(r for r in service.of(rows, "account") if r.account == "A")
    assert (unseen.fill, unseen.otif, unseen.missed_pcs) == (0.5, None, 0)
    assert (now(rows).fill, now(rows).otif, now(rows).judged_pcs) == (0.75, 1, 10)
    assert "1 line of accounts without any day of delivery" in [f.text.en for f in service.say(rows, JUNE)]


def test_sent_back_is_no_order(store, given, line):
    given("orders", line(), line(qty=-4))

    assert now(service.ask(store, JUNE)).ordered_pcs == 10


def test_figures_are_sums_over_sums_never_an_average_of_ratios(store, given, line):
    given("orders", line("A", 1, days=5), line("B", 99), line("B", 100, due=date(2026, 5, 20), days=9))

    rows = service.ask(store, JUNE)

    assert now(rows).otif == 99 / 200
    assert [(r.month, r.otif) for r in service.of(rows, "month")] == [(date(2026, 5, 1), 0), (date(2026, 6, 1), 0.99)]


@pytest.mark.parametrize(
    ("due", "views"),
    [
        (date(2025, 7, 1), {"year", "month", "account"}),
        (date(2025, 6, 30), {"year", "month"}),
        (date(2024, 7, 1), {"year", "month"}),
        (date(2024, 6, 30), set()),
    ],
)
def test_two_years_of_months_and_the_last_year_of_accounts(store, given, line, due, views):
    given("orders", line(due=due))

    assert {r.view for r in service.ask(store, JUNE)} == views


def test_causes_sum_to_what_was_missed_and_what_has_none_is_named(store, given, line):
    given(
        "orders",
        line(qty=60, days=3, cause="运输延误"),
        line(qty=30, shipped_qty=1, cause="模具坏了"),
        line(qty=10, days=2),
        line(qty=100, cause="缺料"),  # in time and whole all the same
    )

    rows = service.ask(store, JUNE)

    assert [(r.cause, r.missed_pcs, r.otif) for r in service.of(rows, "cause")] == [
        ("运输延误", 60, None),
        ("模具坏了", 30, None),
        ("", 10, None),
    ]
    told = " ".join(f.text.en for f in service.say(rows, JUNE))
    assert "causes: Transport delay 60.0%, 模具坏了 30.0%, not stated 10.0%" in told
    assert "Missed 100 pcs: late 70.0%, not in full 30.0%" in told
    assert len(service.draw_causes(rows, Look("zh")).data[0].y) == 3  # pyright: ignore


def test_a_region_and_a_category_see_their_own(store, given, line):
    given("accounts", {"account": "A", "region": "East"}, {"account": "B", "region": "West"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given("orders", line("A", 1), line("B", 2), line("B", 4, sku="Y"))

    def ordered(**narrow) -> float:
        return now(service.ask(store, replace(JUNE, **narrow))).ordered_pcs

    assert ordered() == 7 and ordered(regions=("West",)) == 6 and ordered(categories=("fridges",)) == 4
    assert ordered(accounts=("A",)) == 1


def months(otif: list[float]) -> dict[date, float | None]:
    """By month, the last one June 2026."""
    return {service.months_back(date(2026, 6, 1), n): x for n, x in enumerate(reversed(otif))}


@pytest.mark.parametrize(("fall", "verdict"), [(0.0, "alike"), (0.005, "alike"), (0.05, "worse"), (-0.05, "better")])
def test_a_trend_is_a_change_beyond_what_months_differ_by_chance(fall, verdict):
    noise = np.random.default_rng(3).normal(0, 0.02, 24)
    y = 0.85 + 0.05 * np.sin(np.arange(24) * np.pi / 6) + noise - fall * (np.arange(24) >= 12)

    found = served.trend(float(y[12:].mean()), float(y[:12].mean()), months(list(y)), date(2026, 6, 1))

    assert found and found.verdict == verdict
    assert found.noise < 0.03  # a season that both years share is no noise


def test_a_trend_is_wrong_in_one_case_of_twenty_where_nothing_changed():
    rng, wrong = np.random.default_rng(11), 0
    for _ in range(400):
        y = 0.85 + rng.normal(0, 0.02, 24)
        found = served.trend(float(y[12:].mean()), float(y[:12].mean()), months(list(y)), date(2026, 6, 1))
        wrong += found is not None and found.verdict != "alike"

    assert 0.02 < wrong / 400 < 0.09


@pytest.mark.parametrize(("known", "judged"), [(9, True), (8, False)])
def test_a_trend_takes_nine_months_in_both_years(known, judged):
    y = [0.8] * known + [None] * (12 - known) + [0.9, 0.8] * 6

    assert (served.trend(0.9, 0.8, months(y), date(2026, 6, 1)) is not None) is judged


def parts(account: str, hits: int, misses: int, qty: float = 10) -> list[Part]:
    """Orders of one line each."""
    named = (account, account, account, "", date(2026, 6, 1), served.JUDGED)
    return [
        Part(*named, outcome, "", n, n * qty, n * qty, n * qty**2 * hit, n * qty**2 * hit, n * qty**2, n, None)
        for outcome, n, hit in ((served.HIT, hits, 1), ("late", misses, 0))
    ]


@pytest.mark.parametrize(
    ("hits", "misses", "low"),
    [
        (82, 18, True),
        (83, 17, False),  # so many of a hundred can be chance
        (6, 4, True),
        (7, 3, False),  # of ten orders three late ones can be chance
        (5, 4, False),  # too few orders
        (8_800, 1_200, False),  # sure, but under three points
        (8_600, 1_400, True),
    ],
)
def test_an_account_is_low_by_three_points_and_beyond_the_noise_of_its_orders(hits, misses, low):
    own, others = served.sums(parts("A", hits, misses)), served.sums(parts("B", 9_000, 1_000))

    assert served.is_low(own, others) is low


def test_a_few_large_orders_make_more_noise_than_many_small_ones():
    small, large = served.sums(parts("A", 80, 20)), served.sums([*parts("A", 70, 0, 1), *parts("A", 10, 20, 50)])

    assert large.variance(large.spread) > small.variance(small.spread)
    assert small.variance(small.spread) == pytest.approx(0.8 * 0.2 / 99)  # alike orders: the binomial's


@pytest.mark.parametrize("together", [True, False])
def test_the_noise_is_that_of_whole_orders_because_their_lines_travel_together(store, given, line, together):
    rng = np.random.default_rng(5)
    orders, lines = 40, 6
    qty = rng.integers(1, 30, (orders, lines))
    late = rng.random((orders, 1 if together else lines)) < 0.25
    late = np.broadcast_to(late, qty.shape)
    given("orders", *(
        line(qty=int(qty[o, n]), days=int(late[o, n]), order_no=f"O{o}", due=DUE - timedelta(days=n))
        for o in range(orders) for n in range(lines)
    ))  # fmt: skip

    found = served.sums(store.rows(SQL, Part, **JUNE.params(), early_days=service.EARLY_DAYS))

    hit, ordered = (qty * ~late).sum(axis=1), qty.sum(axis=1)
    rate = hit.sum() / ordered.sum()
    want = ((hit - rate * ordered) ** 2).sum() / ordered.sum() ** 2 * orders / (orders - 1)
    assert found.otif == pytest.approx(rate) and found.orders == pytest.approx(orders)
    variance = found.variance(found.spread)
    assert variance == pytest.approx(want)
    alone = rate * (1 - rate) * (qty**2).sum() / ordered.sum() ** 2  # as if each line went by itself
    assert bool(variance / alone > 3) is together


def test_alike_accounts_are_seldom_called_low():
    rng, false = np.random.default_rng(7), 0
    for _ in range(50):
        everyone = [served.sums(parts(str(a), int(n), 300 - int(n))) for a, n in enumerate(rng.binomial(300, 0.85, 24))]
        whole = served.sums([p for a, x in enumerate(everyone) for p in _again(str(a), x)])
        false += sum(served.is_low(one, whole.without(one)) for one in everyone)

    assert false / 50 < 0.3  # of 24 accounts in a month, by chance


def _again(account: str, x: served.Sums) -> list[Part]:
    return parts(account, round(x.by[served.HIT] / 10), round(x.missed / 10))


@drawn(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 40), st.integers(0, 40)), min_size=1))
def test_the_whole_without_one_is_the_sum_of_the_others(made):
    everyone = [p for account, hits, misses in made for p in parts(account, hits, misses)]
    one = served.sums(p for p in everyone if p.account == "A")

    rest = served.sums(p for p in everyone if p.account != "A")
    assert served.sums(everyone).without(one) == rest


def test_the_demo_company_serves_its_far_west_worse_and_says_why(demo, demo_scope):
    rows = service.ask(demo, demo_scope)
    regions = dict(demo.execute("SELECT account, region FROM accounts"))

    low = {r.account for r in service.of(rows, "account") if r.below}
    assert low and {regions[account] for account in low} == {"西部"}
    assert len(service.of(rows, "month")) == 24
    year, causes = now(rows), service.of(rows, "cause")
    assert sum(r.missed_pcs for r in causes) == year.missed_pcs
    assert year.otif == pytest.approx(1 - year.missed_pcs / year.judged_pcs)
    assert [r.cause for r in service.of(rows, "left out")] == ["open"]
