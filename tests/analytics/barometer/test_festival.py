"""January and February are one cell: Spring Festival stands in January of 2025 and in February of 2024 and 2026."""

from calendar import monthrange
from datetime import date

import pytest

from analytics import glance
from analytics.answer import Scope, months_back
from analytics.barometer import growth, sales


def sold(month: date, amount: float, account: str = "A") -> dict:
    return {"account": account, "sku": "X", "sold_on": f"{month:%Y-%m}-10", "qty": 1, "amount": amount}


def scope(year: int, month: int, day: int = 0, flow: str = "sell_out") -> Scope:
    return Scope(date(year, month, day or monthrange(year, month)[1]), flow)  # type: ignore[arg-type]


@pytest.fixture
def years(given):
    """A month sells 100 in 2024, 110 in 2025, 121 in 2026; half of it and a half more around Spring Festival."""
    moved = {date(2024, 1, 1): 1.5, date(2024, 2, 1): 0.5, date(2025, 1, 1): 0.5, date(2025, 2, 1): 1.5}
    moved |= {date(2026, 1, 1): 1.5, date(2026, 2, 1): 0.5}

    def put(*but: tuple[str, date], accounts: str = "A", flow: str = "sell_out") -> None:
        months = [months_back(date(2026, 6, 1), n) for n in range(30)]
        given(
            flow,
            *[
                sold(m, round(100 * 1.1 ** (m.year - 2024) * moved.get(m, 1.0), 2), a)
                for a in accounts
                for m in months
                if (a, m) not in but
            ],
        )

    return put


def told(store, when: Scope) -> dict[str, tuple[float, float]]:
    rows = growth.at(growth.ask(store, when), when.month)
    return {r.account: (round(r.current, 2), round(r.before, 2)) for r in rows}


@pytest.mark.parametrize("year", [2025, 2026])
def test_no_month_of_the_year_sees_the_festival_move(store, years, year):
    years()

    for month in range(2, 13) if year == 2025 else range(1, 7):  # of January 2025 the window would be 2024 on 2023
        [row] = growth.at(growth.ask(store, scope(year, month)), date(year, month, 1))
        assert row.change == pytest.approx(0.1, abs=1e-4), (year, month)


@pytest.mark.parametrize("flow", ["sell_out", "sell_in"])
def test_january_is_read_as_december_until_february_is_there(store, years, flow):
    years(flow=flow)

    december = told(store, scope(2025, 12, flow=flow))

    assert told(store, scope(2026, 1, flow=flow)) == december == {"A": (330.0, 300.0)}
    assert told(store, scope(2026, 2, 27, flow=flow)) == december  # the day before the last
    assert told(store, scope(2026, 2, 28, flow=flow)) == {"A": (110 + 181.5 + 60.5, 100 + 55 + 165)}


@pytest.mark.parametrize(
    ("month", "current", "before"),
    [(3, 3 * 121, 3 * 110), (4, 4 * 121, 4 * 110), (5, 3 * 121, 3 * 110)],
)
def test_a_window_never_cuts_between_january_and_february(store, years, month, current, before):
    years()

    assert told(store, scope(2026, month)) == {"A": (pytest.approx(current), pytest.approx(before))}


@pytest.mark.parametrize("gone", [date(2026, 2, 1), date(2026, 1, 1), date(2025, 2, 1), date(2025, 1, 1)])
def test_an_account_without_one_of_the_four_months_is_compared_in_neither(store, years, gone):
    years(("B", gone), accounts="AB")

    found = told(store, scope(2026, 2))

    assert found["A"] == (352.0, 320.0)
    assert found["B"] == (pytest.approx(110), pytest.approx(100))  # December alone


def test_where_nobody_has_a_january_the_february_of_sell_in_is_not_compared_either(store, years):
    years(("A", date(2025, 1, 1)), flow="sell_in")

    assert told(store, scope(2026, 3, flow="sell_in")) == {"A": (pytest.approx(121), pytest.approx(110))}


def test_an_account_is_here_in_january_when_it_has_reported_january(store, years):
    years(("B", date(2026, 1, 1)), accounts="AB")

    rows = growth.at(growth.ask(store, scope(2026, 1)), date(2026, 1, 1))

    assert {r.account: r.reported for r in rows} == {"A": True, "B": False}


def kpi(store, when: Scope) -> glance.Kpi:
    return glance.sold(sales.ask(store, when), when)


def sentence(store, when: Scope) -> str:
    return sales.say(sales.ask(store, when), when)[0].text.en


def test_january_has_no_change_of_its_own_and_says_why(store, years):
    years()

    assert kpi(store, scope(2026, 1)).change == ""
    assert kpi(store, scope(2026, 1)).against.zh == "等二月齐了一起比"
    assert "compared with February, once that is complete" in sentence(store, scope(2026, 1))


@pytest.mark.parametrize("day", [1, 27])
def test_an_open_february_waits(store, years, day):
    years()

    assert kpi(store, scope(2026, 2, day)).change == ""
    assert "once that is complete" in sentence(store, scope(2026, 2, day))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_february_that_has_ended_speaks_for_both(store, years, year):
    years()

    found = kpi(store, scope(year, 2))

    assert (found.change, found.against.zh) == ("+10.0%", "一二月合计同比")
    assert "January and February together: +10.0% on last year" in sentence(store, scope(year, 2))


def test_march_is_compared_as_every_other_month(store, years):
    years()

    assert (kpi(store, scope(2026, 3)).change, kpi(store, scope(2026, 3)).against.zh) == ("+10.0%", "同比")


def test_the_two_months_together_compare_only_accounts_with_all_four(store, years):
    years(("B", date(2026, 1, 1)), accounts="AB")

    [february] = [r for r in sales.ask(store, scope(2026, 2)) if r.month == date(2026, 2, 1)]

    assert (float(february.festival_alike or 0), float(february.festival_before or 0)) == (242.0, 220.0)


def test_two_months_of_which_one_is_missing_altogether_are_not_compared(store, years):
    years(("A", date(2025, 1, 1)))

    assert kpi(store, scope(2026, 2)).change == ""
    assert "not complete in both years" in sentence(store, scope(2026, 2))
