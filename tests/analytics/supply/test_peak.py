"""Which peak comes next: half a year ahead, not yet over, of which products, and moved as the reader tries."""

from datetime import date, timedelta
from typing import Any

import pytest

from analytics.answer import Plan, Scope
from analytics.supply import peak
from analytics.supply.peak import Peak, next_for, peaks

TODAY = date(2026, 6, 30)
USUAL = Plan()


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def day(name: str, starts: int, ends: int | None, **more: Any) -> dict:
    usual = {"name": name, "starts_on": ahead(starts), "ends_on": ends and ahead(ends), "peak": True, "day_off": False}
    return usual | {"working": False, "provisional": False} | more


def names(store, plan: Plan = USUAL) -> list[str]:
    return [p.name for p in peaks(store, Scope(TODAY, plan=plan))]


def test_peaks_that_begin_within_half_a_year_and_are_not_over_come_the_next_first(store, given):
    given(
        "calendar",
        day("last", 182, 190), day("beyond", 183, 190), day("on", -9, 1), day("over", -9, 0), day("one day", 5, None),
        day("off", 3, 4, peak=False, day_off=True),
    )  # fmt: skip

    assert names(store) == ["on", "one day", "last"]


def test_a_peak_says_whose_it_is_what_is_expected_and_when_it_last_was(store, given):
    given(
        "calendar", day("国庆", 90, 99, name_en="National Day", category="P", growth=0.1),
        day("国庆", -275, -266), day("国庆", -640, -631), day("双十一", 120, 121, category=""),
    )  # fmt: skip
    given("products", *({"sku": s, "sku_name": s, "lead_days": d} for s, d in (("X", 21), ("Y", 35), ("Z", None))))

    first, second = peaks(store, Scope(TODAY))

    assert first == Peak("国庆", "National Day", ahead(90), ahead(99), "P", 0.1, ahead(-275), 35)
    assert (second.name_en, second.category, second.growth, second.last_start) == ("双十一", None, None, None)


def test_the_reader_moves_the_next_peak_and_its_growth_and_no_other(store, given):
    given("calendar", day("one", 30, 40, growth=0.1), day("two", 60, 65, growth=0.2))

    found = peaks(store, Scope(TODAY, plan=Plan(starts=ahead(50), growth=0.3)))

    assert [(p.starts_on, p.ends_on, p.growth) for p in found] == [
        (ahead(50), ahead(60), 0.3), (ahead(60), ahead(65), 0.2)
    ]  # fmt: skip
    assert names(store, Plan(starts=ahead(90))) == ["two", "one"]


def test_without_a_calendar_a_peak_can_be_tried(store):
    assert names(store) == []
    [found] = peaks(store, Scope(TODAY, plan=Plan(starts=ahead(20), growth=0.2)))

    assert (found.starts_on, found.ends_on, found.category, found.growth) == (ahead(20), ahead(34), None, 0.2)


def test_the_next_of_a_category_is_its_own_or_one_of_all():
    found = [Peak("P", "P", ahead(1), ahead(2), "P", None), Peak("all", "all", ahead(3), ahead(4), None, None)]

    assert [getattr(next_for(c, found), "name", None) for c in ("P", "Q")] == ["P", "all"]
    assert next_for("Q", found[:1]) is None


@pytest.mark.parametrize(("starts", "count", "words"), [(1, 1, "days to P"), (0, 9, "days until P ends")])
def test_days_are_counted_to_its_begin_and_then_to_its_end(starts, count, words):
    days, text = peak.count(Peak("P", "P", ahead(starts), ahead(9), None, None), TODAY)

    assert (days, text.en) == (count, words)
    assert peak.about(Peak("P", "P", ahead(starts), ahead(9), None, None), TODAY).en == (
        "P begins 2026-07-01" if starts else "P is on"
    )


@pytest.mark.parametrize(
    ("lead", "word"), [(30, "are ordered by 2026-06-30"), (31, "last order day was"), (None, "no lead")]
)
def test_the_last_order_day_is_named_and_that_it_has_passed(lead, word):
    one = Peak("P", "P", ahead(30), ahead(40), None, None, lead_days=lead)

    assert word in peak.order_by(one, Scope(TODAY)).en
    assert "by 2026-07-28" in peak.order_by(one, Scope(TODAY, plan=Plan(lead_days=2))).en


def test_pages_ask_for_the_same(store, given):
    given("calendar", day("on", -9, 1))

    assert peak.ask(store, Scope(TODAY)) == peaks(store, Scope(TODAY))
