"""What may be tried, and how often a product was there when counted: on both sides of every limit."""

from datetime import date

from analytics.answer import Plan, Scope
from analytics.supply import availability, tried
from analytics.supply.peak import Peak

SCOPE = Scope(date(2026, 6, 30))
PEAK = Peak("国庆", "National Day", date(2026, 9, 24), date(2026, 10, 8), None, 0.05)


def test_days_of_the_peak_lie_ahead_and_its_own_is_not_offered_twice():
    days = list(tried.starts(SCOPE, [PEAK]))

    assert days[0] == "" and "2026-07-14" in days and "2026-10-22" in days
    assert "2026-09-24" not in days and all(day > "2026-06-30" for day in days[1:])
    assert list(tried.starts(SCOPE, []))[1] == "2026-07-14"
    near = list(tried.starts(Scope(date(2026, 9, 10)), [PEAK]))[1:]
    assert near[0] == "2026-09-17" and "2026-09-10" not in near  # 14 days earlier would be today


def test_what_is_picked_becomes_the_plan_and_nothing_picked_is_no_plan():
    assert tried.tried(SCOPE, "", "", "", "").plan == Plan()
    found = tried.tried(SCOPE, "2026-07-14", "-10", "98", "35").plan
    assert found == Plan(date(2026, 7, 14), -0.1, 0.98, False, 35)
    assert tried.tried(SCOPE, "", "", "m", "").plan == Plan(by_margin=True)


def test_the_calendars_growth_is_the_usual_one_and_not_offered_again():
    assert next(t.en for t in tried.growths([PEAK]).values()) == "5%"
    assert "0" not in tried.growths([])


def test_an_empty_shelf_counts_where_it_was_sold_in_three_months(store, given):
    given("stock", *({"account": "A", "sku": s, "counted_on": "2026-06-30", "on_hand": n}
                     for s, n in (("there", 1), ("out", 0), ("old", 0), ("never", 0))))  # fmt: skip
    given("sell_out", {"account": "A", "sku": "out", "sold_on": "2026-04-01", "qty": 1},
          {"account": "A", "sku": "old", "sold_on": "2026-03-31", "qty": 1})  # fmt: skip

    [row] = availability.ask(store, SCOPE)

    assert (row.listed, row.out, row.share) == (2, 1, 0.5)
