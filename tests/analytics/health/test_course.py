"""What a month without figures is: both sides of late and stopped, stopped selling told from stopped reporting."""

from collections.abc import Iterable
from datetime import date

import pytest

from analytics.answer import months_back
from analytics.health.course import MONTHS, SENT, SHORT, STATES, Around, Past, course, missing

JUNE = date(2026, 6, 1)


def month(n: int) -> date:
    """n months before June 2026."""
    return months_back(JUNE, n)


def past(*ago: int, zero: tuple[int, ...] = (), earlier: tuple[int, ...] = ()) -> Past:
    """Rows in the months so long ago (`zero`: nothing sold in them; `earlier`: before the months shown)."""
    every = [*ago, *zero, *earlier]
    named = {month(n): n not in zero for n in (*ago, *zero)}
    return Past(month(max(every)), month(min(every)), len(set(every)), named)


def signs(
    known: Past,
    dataset: str = "sell_out",
    *,
    open_: bool = False,
    came: Iterable[int] = range(MONTHS),
    elsewhere: Iterable[int] = (),
) -> str:
    """The newest six months."""
    around = Around(dataset, JUNE, open_, frozenset(map(month, came)), frozenset(map(month, elsewhere)))
    states = course(known, around)
    assert len(states) == MONTHS
    return "".join(s.sign for s in states)[-6:]


def test_months_with_rows_are_reported_and_rows_of_nothing_are_nothing_sold():
    assert signs(past(5, 4, 3, 2, 1, 0)) == "✓✓✓✓✓✓"
    assert signs(past(5, 4, 3, 1, 0, zero=(2,))) == "✓✓✓0✓✓"


def test_before_the_first_report_nothing_is_missing():
    assert signs(past(2, 1, 0)) == "···✓✓✓"


def test_a_month_missing_between_two_reports_is_a_gap():
    assert signs(past(5, 4, 2, 0)) == "✓✓–✓–✓"


@pytest.mark.parametrize(("ago", "shown"), [((5, 4, 3, 2, 1), "✓✓✓✓✓?"), ((5, 4, 3, 2), "✓✓✓✓××")])
def test_who_reports_monthly_is_late_for_one_month_and_has_stopped_after_two(ago, shown):
    assert signs(past(*ago)) == shown


@pytest.mark.parametrize(("ago", "shown"), [((9, 6, 3), "––✓???"), ((10, 7, 4), "–✓××××")])
def test_who_reports_by_the_quarter_is_late_for_a_quarter_and_has_stopped_after_it(ago, shown):
    assert signs(past(*ago)) == shown


def test_the_rhythm_counts_months_before_those_shown():
    assert past(0, earlier=(12, 24)).rhythm == 12
    assert past(0).rhythm == 1


@pytest.mark.parametrize(("elsewhere", "shown"), [((0,), "○"), ((2,), "○"), ((3,), "×"), ((), "×")])
def test_silent_with_other_files_still_coming_has_stopped_selling_else_reporting(elsewhere, shown):
    assert signs(past(5, 4, 3), elsewhere=elsewhere)[-3:] == shown * 3


def test_within_its_rhythm_an_account_is_only_late_whatever_else_comes():
    assert signs(past(3, 2, 1), elsewhere=(0,))[-1] == "?"


def test_stock_that_ends_has_stopped_whatever_is_sold():
    assert signs(past(5, 4, 3), "stock", elsewhere=(2, 1, 0)) == "✓✓✓×××"


def test_an_open_month_without_rows_is_open_and_makes_nobody_late():
    assert signs(past(5, 4, 3, 2, 1), open_=True) == "✓✓✓✓✓…"
    assert signs(past(5, 4, 3, 2), open_=True) == "✓✓✓✓?…"
    assert signs(past(5, 4, 3, 2, 0), open_=True) == "✓✓✓✓–✓"


def test_in_our_own_books_no_order_is_nothing_and_a_month_without_anybody_is_a_gap():
    came = [n for n in range(MONTHS) if n not in (2, 0)]

    assert signs(past(5, 3), "sell_in", came=came) == "✓0✓–0?"
    assert "sell_in" not in SENT and "orders" not in SENT


@pytest.mark.parametrize(
    ("shown", "n"), [("✓✓", 0), ("✓××", 2), ("✓?…", 1), ("✓–✓0", 1), ("✓–×", 2), ("··", 0), ("×", 1), ("…", 0)]
)
def test_months_missing_are_counted_from_the_end_but_for_an_open_one(shown, n):
    assert missing([STATES[sign] for sign in shown]) == n


def test_every_state_has_a_sign_of_its_own_and_every_dataset_a_short_name():
    assert len(STATES) == 8 and all(len(sign) == 1 for sign in STATES)
    assert {*SENT, "sell_in", "orders", "payments"} <= set(SHORT)
