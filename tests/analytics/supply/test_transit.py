"""What is on its way, what is still to be shipped, and since when it is overdue; how long lines took."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import transit
from tests.analytics.supply.test_lead import line as came

JUNE = Scope(date(2026, 6, 30))
BEFORE = came(900, "A", date(2026, 5, 1)) | {"sku": "-"}  # a delivery was recorded once


def line(n: int, account: str = "A", qty: float = 10, **more) -> dict:
    """Ordered and nothing else."""
    told = {"order_no": "O", "line_no": str(n), "account": account, "sku": "X", "qty": qty}
    return told | {"ordered_on": "2026-06-01", "promised_on": "2026-07-10"} | more


def open_(store, scope: Scope = JUNE) -> list[tuple]:
    return [(r.account, r.sku, r.stage, r.open_pcs) for r in transit.of(transit.ask(store, scope), "open")]


@pytest.mark.parametrize(
    ("more", "stage"),
    [
        ({}, "to ship"),
        ({"shipped_on": "2026-06-30", "shipped_qty": 10}, "shipped"),
        ({"shipped_on": "2026-07-01", "shipped_qty": 10}, "to ship"),
        ({"shipped_on": "2026-06-28", "shipped_qty": 10, "delivered_on": "2026-07-01"}, "shipped"),
        ({"shipped_on": "2026-06-28", "shipped_qty": 10, "delivered_on": "2026-06-30"}, None),
        ({"ordered_on": "2026-07-01"}, None),
        ({"qty": -5}, None),
    ],
)
def test_a_line_is_where_it_was_on_the_day_looked_at(store, given, more, stage):
    given("orders", BEFORE, line(1) | more)

    assert open_(store) == ([("A", "X", stage, 10)] if stage else [])


def test_what_was_cut_from_a_shipment_is_not_on_its_way_and_is_said(store, given):
    given("orders", BEFORE, line(1, shipped_on="2026-06-28", shipped_qty=7), line(2, shipped_on="2026-06-28"))

    [row] = transit.of(rows := transit.ask(store, JUNE), "open")

    assert (row.open_pcs, row.cut_pcs, row.lines) == (17, 3, 2)  # no quantity told: as ordered
    assert "3 pcs were cut from shipments and are not counted" in [f.text.en for f in transit.say(rows, JUNE)]


@pytest.mark.parametrize(("due", "overdue"), [("2026-06-30", 0), ("2026-06-29", 10)])
def test_overdue_is_after_the_promised_day(store, given, due, overdue):
    given("orders", line(1, promised_on=due), line(2, promised_on=None, requested_on="2026-07-05"))

    [row] = transit.of(transit.ask(store, JUNE), "open")

    assert (row.open_pcs, row.overdue_pcs, row.overdue_days) == (20, overdue, 1 if overdue else 0)
    assert row.promised_on == date.fromisoformat(due)


@pytest.mark.parametrize(("days", "left"), [(365, []), (366, [("dead", 1, 10)])])
def test_what_is_overdue_for_more_than_a_year_is_left_out_and_counted(store, given, days, left):
    given("orders", line(1, ordered_on="2025-01-01", promised_on=JUNE.as_of - timedelta(days=days)))

    rows = transit.ask(store, JUNE)

    assert [(r.stage, r.lines, r.open_pcs) for r in transit.of(rows, "left out")] == left
    assert len(transit.of(rows, "open")) == 1 - len(left)


def test_shipments_to_an_account_that_never_records_a_delivery_are_left_out_and_counted(store, given):
    given("orders", line(1, shipped_on="2026-06-20", shipped_qty=10), line(2), line(3, "B"), BEFORE)
    given("orders", line(4, "C", shipped_on="2026-06-20", shipped_qty=10))

    assert open_(store) == [("A", "X", "shipped", 10), ("A", "X", "to ship", 10), ("B", "X", "to ship", 10)]
    told = transit.say(transit.ask(store, JUNE), JUNE)[-1].text.en
    assert told == "1 line is left out: shipped, no delivery ever recorded"


def test_who_waits_past_the_promised_day_is_named_by_money(store, given):
    given("accounts", {"account": "B", "account_name": "乙", "name_en": "Bee", "owner": "Li"})
    given(
        "orders",
        line(1, "A", 500, promised_on="2026-06-10", amount=100),
        line(2, "B", 20, promised_on="2026-06-29", amount=9_000),
        line(3, "B", 5, promised_on="2026-06-28", amount=10, sku="Y"),
        line(4, "B", 7),
    )

    rows = transit.ask(store, JUNE)
    head, first, second = transit.say(rows, JUNE)

    assert head.text.en == "0 pcs on their way, 532 pcs to ship; overdue 525 pcs" and head.weight == 9_110
    assert (first.name.en, first.owner, first.weight) == ("Bee", "Li", 9_010)
    assert first.text.en == "25 pcs overdue, longest Y: 2 days past its promised day"
    assert second.account == "A" and "20 days past" in second.text.en
    assert [r.overdue_pcs for r in transit.of(rows, "open")] == [500, 20, 5]
    assert list(transit.draw(rows, Look("en")).data[0].x) == [500, 32]  # pyright: ignore


def test_many_who_wait_are_summed_up(store, given):
    given("orders", *(line(n, f"A{n}", promised_on="2026-06-29") for n in range(7)))

    found = transit.say(transit.ask(store, JUNE), JUNE)

    assert len(found) == 1 + transit.NAMED + 1 and found[-1].text.en == "20 pcs overdue at 2 more accounts"


def test_how_long_lines_took_in_all_and_by_region(store, given):
    given("accounts", {"account": "E", "region": "East"}, {"account": "W", "region": "West"})
    given("orders", *(came(n, "E", late=n % 2) for n in range(40)), *(came(100 + n, "W", transit=6) for n in range(30)))

    rows = transit.ask(store, JUNE)

    took = {(r.region, r.stage): (r.median_days, r.q90_days, r.pooled) for r in transit.of(rows, "took")}
    assert took["East", "transit"] == (2, 2, False) and took["West", "transit"] == (6, 6, False)
    [late] = [r for r in transit.of(rows, "in all") if r.stage == "late"]
    assert (late.lines, late.late_share) == (70, pytest.approx(20 / 70))
    told = [f.text.en for f in transit.say(rows, JUNE)]
    assert told == [
        "Order to delivery: half within 20 days, nine in ten within 20 days; 29% of lines came after the promised day",
        "Longest on the way: West, half within 6 days, nine in ten within 6 days",
    ]


def test_one_region_is_not_the_slowest(store, given):
    given("orders", *(came(n, "E") for n in range(40)))

    assert len(transit.say(transit.ask(store, JUNE), JUNE)) == 1


def test_a_region_and_a_category_see_their_own(store, given):
    given("accounts", {"account": "A", "region": "East"}, {"account": "B", "region": "West"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given("orders", line(1, "A"), line(2, "B"), line(3, "B", sku="Y"))

    def seen(**narrow) -> set[tuple]:
        return {row[:2] for row in open_(store, replace(JUNE, **narrow))}

    assert seen(regions=("West",)) == {("B", "X"), ("B", "Y")} and seen(categories=("fridges",)) == {("B", "Y")}
    assert seen(accounts=("A",)) == {("A", "X")}


def test_the_demo_companys_stock_in_transit_is_what_is_on_its_way(demo, demo_scope):
    rows = transit.of(transit.ask(demo, demo_scope), "open")
    [(counted,)] = demo.execute("SELECT sum(in_transit)::DOUBLE AS x FROM stock WHERE counted_on = DATE '2026-06-30'")

    assert sum(r.open_pcs or 0 for r in rows if r.stage == "shipped") == counted
