"""What is chosen, said and drawn of approved lines: sums over sums, failures by money, the demo's planted ones."""

from datetime import date
from typing import Any

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import followed
from tests.analytics.supply.test_followed import FILE_GOES_ON, JUNE, LINE, came


def test_a_scope_takes_accounts_regions_and_categories(store, given):
    given("accounts", {"account": "A", "region": "E"}, {"account": "B", "region": "W"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given("approvals", LINE, LINE | {"account": "B"}, LINE | {"sku": "Y"})

    def cells(**told) -> list[tuple[str, str]]:
        return [(r.account, r.sku) for r in followed.ask(store, Scope(JUNE.as_of, **told))]

    assert cells() == [("A", "X"), ("A", "Y"), ("B", "X")]
    assert cells(accounts=("B",)) == [("B", "X")]
    assert cells(regions=("E",)) == [("A", "X"), ("A", "Y")]
    assert cells(categories=("fridges",)) == [("A", "Y")]


def test_the_share_is_of_sums_and_one_lines_surplus_makes_up_for_no_other(store, given):
    given("approvals", LINE | {"qty": 900}, LINE | {"account": "B"}, LINE | {"account": "C", "arrive_by": None})
    given("orders", came(450), came(500, account="B"), FILE_GOES_ON)

    assert followed.share(followed.ask(store, JUNE)) == (450 + 100) / 1000


def test_it_says_what_failed_by_the_money_that_was_to_be_kept_and_what_was_too_little(store, given):
    given("approvals", LINE, LINE | {"account": "B", "kept": 90000}, LINE | {"account": "C", "kept": None})
    given("orders", came(20), came(20, account="B"), came(30, date(2026, 6, 1), account="B"), came(account="C"),
          FILE_GOES_ON)  # fmt: skip
    given("stock", *({"account": a, "sku": "X", "counted_on": "2026-05-31", "on_hand": 0} for a in "BC"))

    found = followed.say(followed.ask(store, JUNE), JUNE)

    assert [(f.level, f.account, round(f.weight)) for f in found] == [
        ("rain", "", 76000),
        ("rain", "B", 72000),
        ("rain", "A", 4000),
        ("change", "", 0),
        ("change", "", 0),
    ]
    assert [f.text.en for f in found] == [
        "3 lines approved and due: 1 in time and in full (at least 95%), 2 in part; 47% of the pieces in time",
        "X: 100 pcs approved, 20 pcs by 2026-05-20 (20%), 30 pcs later; out of stock when counted on 2026-05-31",
        "X: 100 pcs approved, 20 pcs by 2026-05-20 (20%)",
        "When approved, these lines were to keep ¥95.0K of sales; those in time and in full 0% of it",
        "Of 2 lines counted since, 2 were out of stock all the same, 1 of them served in time and in full: "
        "too little was approved",
    ]


def test_one_calm_line_when_all_arrived(store, given):
    given("approvals", LINE | {"kept": None})
    given("orders", came(), FILE_GOES_ON)

    [finding] = followed.say(followed.ask(store, JUNE), JUNE)

    assert (finding.level, finding.weight) == ("fair", 0)


def test_the_figure_has_a_bar_a_judged_line_and_none_reaches_beyond_all(store, given):
    given("approvals", LINE, LINE | {"account": "B"}, LINE | {"account": "C", "arrive_by": date(2026, 7, 1)})
    given("orders", came(20), came(500, account="B"), FILE_GOES_ON)

    figure: Any = followed.draw(followed.ask(store, JUNE), Look("en"))

    assert [list(trace.x) for trace in figure.data if getattr(trace, "width", None) == 0.24] == [[20, 100]]
    assert [a.text.split("  ")[1] for a in figure.layout.annotations] == ["20 / 100", "500 / 100"]


def test_of_eight_lines_of_the_demo_five_were_served_and_the_two_planted_ones_got_a_fifth(demo, demo_scope):
    rows = followed.ask(demo, demo_scope)
    short = [r for r in rows if r.verdict == "part"]

    assert sorted(r.verdict for r in rows) == ["full"] * 5 + ["late"] + ["part"] * 2
    assert {(r.account, r.sku) for r in short} == {("A05", "XQG100-B1"), ("A14", "XQG100-B1")}
    assert all(round(r.counted_pcs / r.qty, 2) == 0.2 and r.empty for r in short)
