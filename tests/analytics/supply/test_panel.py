"""The panel: what is a number, a zero or missing, which weeks and months there are, and who is looked at by week."""

from datetime import date, timedelta

import numpy as np

from analytics.answer import Flow, Scope, months_back
from analytics.supply.panel import WEEKS, Panel, panels

SUNDAY = date(2026, 6, 28)
WEEK = timedelta(days=7)
NAN = np.nan


def weeks_back(n: int, weekday: int = 0) -> date:
    """A day of the week that ended n weeks before that of SUNDAY."""
    return SUNDAY - timedelta(days=6 - weekday) - n * WEEK


def sold(day: date | str, pcs: float = 1, account: str = "A", sku: str = "X") -> dict:
    return {"account": account, "sku": sku, "sold_on": day, "qty": pcs}


def every_week(since: int, until: int = 0, **who) -> list[dict]:
    return [sold(weeks_back(n, 2), 10, **who) for n in range(since, until - 1, -1)]


def series(found: Panel) -> dict[str, list[float]]:
    """By account and product, joined."""
    return {a + s: list(row) for a, s, row in zip(found.account, found.sku, found.y, strict=True)}


def only(store, as_of: date = SUNDAY, flow: Flow = "sell_out") -> Panel:
    [found] = panels(store, Scope(as_of, flow))
    return found


def test_the_last_week_is_the_last_that_is_complete_and_a_sunday_completes_it(store, given):
    given("sell_out", *every_week(40))

    for days, until in ((0, SUNDAY), (-1, SUNDAY - WEEK), (1, SUNDAY), (6, SUNDAY)):
        found = only(store, SUNDAY + timedelta(days=days))
        assert (found.weekly, found.until, found.starts[-1]) == (True, until, until - timedelta(days=6)), days


def test_monday_and_sunday_are_one_week(store, given):
    given("sell_out", *every_week(40, 2), sold(weeks_back(1, 0), 3), sold(weeks_back(1, 6), 4), sold(weeks_back(0, 0)))

    assert series(only(store))["AX"][-3:] == [10, 7, 1]


def test_a_week_without_a_row_of_the_account_is_missing_and_a_product_not_sold_in_another_is_zero(store, given):
    given(
        "sell_out",
        *[row for row in every_week(40) if row["sold_on"] != weeks_back(3, 2)],  # nobody reported
        sold(weeks_back(5), 2, sku="Y"),
        sold(weeks_back(2), 2, sku="Y"),
    )

    found = series(only(store))

    np.testing.assert_equal(found["AX"][-6:], [10, 10, NAN, 10, 10, 10])
    np.testing.assert_equal(found["AY"][-7:], [NAN, 2, 0, NAN, 2, 0, 0])


def test_what_is_sent_back_is_a_number_and_a_first_week_of_nothing_but_zeros_is_not_known(store, given):
    given("sell_out", *every_week(40), sold(weeks_back(3), 0, sku="Y"), sold(weeks_back(2), -2, sku="Y"))

    np.testing.assert_equal(series(only(store))["AY"][-4:], [NAN, -2, 0, 0])


def test_three_years_of_weeks_are_looked_at(store, given):
    first = weeks_back(WEEKS - 1)
    given(
        "sell_out", *every_week(155), sold(first, 5, sku="Y"), sold(weeks_back(0), 1, sku="Y"),
        sold(first - timedelta(days=1), 7, sku="Y"), sold(first - timedelta(days=1), 7, sku="Z"),
    )  # fmt: skip

    found = only(store)

    assert found.starts[0] == first and len(found.starts) == 156
    assert sorted(series(found)) == ["AX", "AY"] and series(found)["AY"][0] == 5
    assert found.asked == first.replace(day=1)  # the marts are asked by month


def test_weeks_before_anything_was_sold_are_cut_off(store, given):
    given("sell_out", *every_week(40))

    assert only(store).starts[0] == weeks_back(40)


def by_week(store) -> dict[str, bool]:
    """Whether each account is looked at by week."""
    return {str(a): p.weekly for p in panels(store, Scope(SUNDAY)) for a in p.account}


def test_who_reports_four_weeks_in_five_of_half_a_year_is_looked_at_by_week(store, given):
    often, seldom = every_week(60, account="21"), every_week(60, account="20")
    given("sell_out", *often[:-6], *often[-1:], *seldom[:-7], *seldom[-1:])  # of the last 26 weeks

    assert by_week(store) == {"21": True, "20": False}


def test_a_silent_account_still_reports_by_week_for_half_a_year(store, given):
    given("sell_out", *(row for n in (0, 26, 31, 32) for row in every_week(80, n, account=str(n))))

    assert by_week(store) == {"0": True, "26": True, "31": True, "32": False}


def test_a_new_product_is_looked_at_as_its_account_is(store, given):
    given("sell_out", *every_week(60), *(row for n in (0, 3, 25) for row in every_week(n, sku=f"Y{n}")))

    found = only(store)

    assert found.weekly and sorted(series(found)) == ["AX", "AY0", "AY25", "AY3"]
    for n in (0, 3, 25):
        np.testing.assert_equal(series(found)[f"AY{n}"][-n - 2 :], [NAN, *[10] * (n + 1)])


def test_accounts_by_week_and_by_month_share_nothing(store, given):
    monthly = [sold(f"{months_back(SUNDAY, n):%Y-%m}-10", 40, account="B") for n in range(1, 20)]
    given("sell_out", *every_week(80), *monthly)

    by_week, by_month = panels(store, Scope(SUNDAY))

    assert (by_week.weekly, set(by_week.account)) == (True, {"A"})
    assert (by_month.weekly, set(by_month.account)) == (False, {"B"})
    assert by_month.until == date(2026, 5, 31)  # June has not ended
    assert set(series(by_month)["BX"]) == {40}


def test_months_end_with_the_last_that_has_ended(store, given):
    given("sell_out", *[sold(f"{months_back(SUNDAY, n):%Y-%m}-10") for n in range(12)])

    assert only(store, date(2026, 6, 30)).until == date(2026, 6, 30)
    assert only(store, date(2026, 6, 29)).until == date(2026, 5, 31)


def test_months_go_three_years_back(store, given):
    months = [months_back(SUNDAY, n) for n in range(40)]
    given("sell_out", *[sold(m + timedelta(days=9)) for m in months])

    assert only(store, date(2026, 6, 30)).starts == tuple(reversed(months[:36]))


def test_our_own_shipments_are_looked_at_by_month_and_a_month_without_is_zero(store, given):
    given("sell_in", *[row for row in every_week(30) if row["sold_on"].month != 3])

    found = only(store, date(2026, 6, 30), "sell_in")

    assert not found.weekly and found.starts[-4] == date(2026, 3, 1)
    assert series(found)["AX"][-4] == 0 and series(found)["AX"][-1] > 0


def test_the_two_kinds_of_sales_are_not_mixed(store, given):
    given("sell_out", *every_week(40))
    given("sell_in", sold(weeks_back(1), 500))

    assert series(only(store))["AX"][-2] == 10


def test_products_of_a_category_share_a_group(store, given):
    given("sell_out", *every_week(30), *every_week(30, sku="Y"), *every_week(30, sku="Z"))
    given("products", *({"sku": s, "sku_name": s, "category": c} for s, c in zip("XYZ", "PQP", strict=True)))

    assert list(only(store).group) == [0, 1, 0]


def test_where_nothing_was_sold_there_is_no_panel(store, given):
    assert panels(store, Scope(SUNDAY)) == panels(store, Scope(SUNDAY, "sell_in")) == []
    given("sell_out", sold("2020-01-01"))
    assert panels(store, Scope(SUNDAY)) == []


def test_items_keep_their_place_and_numbers_in_a_part_of_the_panel(store, given):
    given("sell_out", *every_week(30, sku="X"), *every_week(30, sku="Y"))
    found = only(store)

    part = found.of(found.sku == "Y")

    assert (list(part.sku), list(part.item), part.y.shape, part.until) == (["Y"], [1], (1, 31), SUNDAY)
