"""Growth or stuffing: what is taken in beyond what is sold, with cover above the account's own range."""

from datetime import date

import pytest

from analytics.accounts import channel
from analytics.answer import Scope
from tests.analytics.accounts.test_alarms import JUNE, start

MONTHS = range(36)


def steady(account: str, taken: dict[int, float] = {}, stock: dict[int, float] = {}, sold: float = 100) -> dict:  # noqa: B006
    """36 months of 100 pieces in and out and 100 on hand, but for the months named (35 is June 2026)."""

    def cell(qty: float, **more) -> dict:
        return {"account": account, "sku": "X", "qty": qty, **more}

    wobble = [0, 3, -2, 1, -3, 2] if account == "A" else [0]  # so that its range has some width
    return {
        "sell_in": [
            cell(qty, sold_on=start(n).replace(day=9), amount=qty * 10) for n in MONTHS for qty in [taken.get(n, sold)]
        ],
        "sell_out": [cell(sold, sold_on=start(n).replace(day=20), amount=sold * 12) for n in MONTHS],
        "stock": [
            {"account": account, "sku": "X", "counted_on": start(n).replace(day=28), "on_hand": on_hand}
            for n in MONTHS
            for on_hand in [stock.get(n, 100 + wobble[n % len(wobble)])]
        ],
    }  # fmt: skip


@pytest.fixture
def market(given):
    """Three steady accounts and one that is told apart."""

    def put(*datasets: str, **one) -> None:
        for dataset in datasets or ("sell_in", "sell_out", "stock"):
            given(dataset, *[r for a in "BCD" for r in steady(a)[dataset]], *steady("A", **one)[dataset])

    return put


def first(store, scope=JUNE) -> channel.Row:
    return next(r for r in channel.ask(store, scope) if r.account == "A")


@pytest.mark.parametrize(
    ("taken", "on_hand", "state"), [(130, 130, "pushed"), (129, 130, "alike"), (130, 104, "alike")]
)
def test_pushed_takes_a_tenth_more_in_than_out_and_cover_above_its_own_range(store, market, taken, on_hand, state):
    market(taken={35: taken}, stock={35: on_hand})

    row = first(store)

    assert row.state == state
    assert row.beyond == pytest.approx((200 + taken) / 300 - 1)
    assert (row.excess, row.excess_cny) == (pytest.approx(taken - 100), pytest.approx((taken - 100) * 10))
    assert row.cover_days == pytest.approx(on_hand / 100 * 30)


def test_a_peak_that_all_stock_up_for_is_no_push(store, given):
    for dataset in ("sell_in", "sell_out", "stock"):
        given(dataset, *[r for a in "ABCD" for r in steady(a, {35: 160}, {35: 160})[dataset]])

    assert first(store).state == "alike"


def test_a_push_a_year_before_does_not_hide_one_now(store, market):
    market(taken={23: 160, 35: 160}, stock={23: 160, 35: 160})

    row = first(store)

    assert (row.state, row.taken) == ("pushed", pytest.approx(0))


def test_without_stock_the_flows_are_judged_and_it_says_so(store, market):
    market("sell_in", "sell_out", taken={35: 160})

    row = first(store)

    assert (row.state, row.cover_days) == ("not counted", None)
    assert "no stock to check it by" in channel.say([row], JUNE)[1].text.en


def test_with_a_month_of_sell_out_missing_nothing_is_said(store, given):
    rows = steady("A", {35: 160}, {35: 160})
    given("sell_in", *rows["sell_in"])
    given("sell_out", *rows["sell_out"][:-1])

    assert first(store).state == "open"
    assert "1 cannot be judged" in channel.say(channel.ask(store, JUNE), JUNE)[-1].text.en


@pytest.mark.parametrize(("months", "state"), [(15, "pushed"), (14, "open")])
def test_a_range_takes_twelve_months(store, given, months, state):
    for a, one in (("A", {"taken": {35: 160}, "stock": {35: 160}}), *((b, {}) for b in "BCD")):
        for dataset, rows in steady(a, **one).items():
            given(dataset, *rows[-months:])

    assert first(store).state == state


def test_one_account_is_judged_as_among_all(store, market):
    market(taken={35: 160}, stock={35: 160})

    assert channel.ask(store, Scope(JUNE.as_of, accounts=("A",))) == [first(store)]


def test_the_planted_push_is_found_and_hardly_anybody_else(demo):
    ends = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]

    found = {end: [r.account for r in channel.pushed(channel.ask(demo, Scope(end)))] for end in ends}

    assert found == {ends[0]: ["A12"], ends[1]: ["A12"], ends[2]: [], ends[3]: []}
