"""A proposal: for what, at whom, against whom, what it would show, and who does not suit for which reason."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.trials import propose
from analytics.trials.candidates import Product, Row, window
from data.store import Store

AS_OF = date(2026, 3, 29)  # a Sunday
SCOPE = Scope(AS_OF)
ACCOUNTS = tuple(f"A{n:02}" for n in range(14))


@pytest.fixture
def market(given):
    """Fourteen accounts that sell X and a little Y, week by week for two and a half years. A test may say for how many
    weeks an account has reported nothing (`silent`) or sold no X (`unsold`)."""

    def put(
        silent: Mapping[str, int] = MappingProxyType({}),
        unsold: Mapping[str, int] = MappingProxyType({}),
        weeks: int = 130,
    ) -> None:
        rng = np.random.default_rng(4)
        rows = [
            {"account": a, "sku": s, "sold_on": AS_OF - timedelta(days=7 * w + 3), "qty": int(q)}
            for n, a in enumerate(ACCOUNTS)
            for s, rate in (("X", 20 + 10 * n), ("Y", 3))
            for w, q in enumerate(rng.poisson(rate, weeks))
            if w >= silent.get(a, 0) and (s == "Y" or w >= unsold.get(a, 0))
        ]
        given("accounts", *({"account": a, "region": "EW"[n % 2]} for n, a in enumerate(ACCOUNTS)), sync=False)
        given("sell_out", *rows)

    return put


def asked(store: Store, trial: str = "") -> list[Row]:
    return propose.ask(store, replace(SCOPE, trial=trial))


def of(rows: list[Row], *slices: str) -> list[str]:
    return [row.account for row in rows if row.slice in slices]


def against(rows: list[Row]) -> dict[str, str]:
    return {row.account: row.reason.en for row in rows if row.slice == "unsuitable"}


def said(rows: list[Row]) -> list[str]:
    return [finding.text.en for finding in propose.say(rows, SCOPE)]


# -- for what ---------------------------------------------------------------------------------------------------------


def test_without_a_planned_trial_it_is_for_the_best_selling_product_of_the_half_year(store, market):
    market()

    rows = asked(store)

    assert {(row.sku, row.trial, row.basis) for row in rows} == {("X", "", "sku")}
    assert len(of(rows, "pilot")) == 6 and len(of(rows, "control")) == 6 and len(of(rows, "spare")) == 2


def test_the_next_planned_trial_goes_before_it_and_a_named_one_before_that(store, market, trial):
    market()
    trial("SOON", sku="Y", starts_on="2026-04-06", ends_on="2026-05-31")
    trial("LATER", sku="X", starts_on="2026-06-01", ends_on="2026-07-26")
    trial("PAST", sku="X", starts_on="2026-01-05", ends_on="2026-02-01")

    assert {row.trial for row in asked(store)} == {"SOON"}
    assert {row.sku for row in asked(store)} == {"Y"}
    assert {row.trial for row in asked(store, "LATER")} == {"LATER"}


def test_a_new_product_is_looked_at_by_the_one_it_replaces_else_by_its_category(store, given, market, trial):
    given("products", *({"sku": s, "category": "洗衣机"} for s in ("X", "Y", "NEW")))
    market()
    trial("SOON", sku="NEW", replaces="X", starts_on="2026-04-06")
    replaced = asked(store)
    trial("SOON", sku="NEW", replaces=None, starts_on="2026-04-06")
    alike = asked(store)

    assert {row.basis for row in replaced} == {"replaces"} and {row.basis for row in alike} == {"category"}
    assert replaced[0].recent is not None and alike[0].recent is not None
    assert "No history of its own: looked at by its category" in said(alike)


def test_the_window_is_the_planned_one_else_eight_weeks_from_the_second_monday():
    product = Product("", "X", None, None, None, None, "X", "X", "")

    assert window(product, AS_OF) == (date(2026, 4, 6), date(2026, 5, 31))
    planned = replace(product, starts_on=date(2026, 5, 4), ends_on=date(2026, 7, 26))
    assert window(planned, AS_OF) == (date(2026, 5, 4), date(2026, 7, 26))


# -- who does not suit ------------------------------------------------------------------------------------------------


def test_accounts_that_are_silent_or_no_longer_sell_it_are_named_on_both_sides_of_the_line(store, market):
    market({"A00": 4, "A01": 3}, {"A02": 8, "A03": 7})

    assert against(asked(store)) == {"A00": "no report in four weeks", "A02": "not sold in eight weeks"}


def test_a_pilot_of_an_overlapping_trial_does_not_suit_nor_a_control_of_one_of_the_category(
    store, given, market, trial, scoped
):
    given(
        "products",
        {"sku": "X", "category": "洗衣机"},
        {"sku": "W", "category": "洗衣机"},
        {"sku": "F", "category": "冰箱"},
    )
    market()
    for code, sku, ends in (("SAME", "W", "2026-04-06"), ("OTHER", "F", "2026-12-31"), ("OVER", "W", "2026-04-05")):
        trial(code, sku=sku, starts_on="2026-02-02", ends_on=ends)
    scoped({"A00": True, "A01": False}, "SAME")
    scoped({"A02": True, "A03": False}, "OTHER")
    scoped({"A04": True, "A05": False}, "OVER")

    assert against(asked(store)) == {"A00": "in trial SAME", "A01": "in trial SAME", "A02": "in trial OTHER"}


def test_the_trials_own_accounts_suit(store, market, trial, scoped):
    market()
    trial("SOON", sku="X", starts_on="2026-04-06", ends_on="2026-05-31")
    scoped({"A00": True}, "SOON")

    assert against(asked(store)) == {}


@pytest.mark.parametrize(
    ("starts", "ends", "sku", "hits"),
    [
        ("2026-03-23", "2026-04-06", "X", True),
        ("2026-03-23", "2026-04-05", "X", False),
        ("2026-05-31", "2026-06-07", "X", True),
        ("2026-06-01", "2026-06-07", "X", False),
        ("2026-04-06", "2026-05-31", "Y", False),
    ],
)
def test_a_promotion_of_the_product_in_the_window_speaks_against_an_account(
    store, given, market, starts, ends, sku, hits
):
    market()
    given("promotions", {"promotion": "PR1", "account": "A05", "sku": sku, "starts_on": starts, "ends_on": ends})

    assert against(asked(store)) == ({"A05": "promotion PR1 in those weeks"} if hits else {})


@pytest.mark.parametrize(("weeks", "suit"), [(26, True), (25, False)])
def test_half_a_year_of_history_is_needed(store, market, weeks, suit):
    market(weeks=weeks)

    assert set(against(asked(store)).values()) == (set() if suit else {"less than half a year of history"})


# -- what it would show -----------------------------------------------------------------------------------------------


def test_every_pilot_has_a_control_that_is_no_pilot_and_more_pilots_or_weeks_show_less(store, market):
    market()
    rows = asked(store)

    assert {row.control for row in rows if row.slice == "pilot"} == set(of(rows, "control"))
    assert not set(of(rows, "control")) & set(of(rows, "pilot"))
    least = {(r.pilots, r.trial_weeks): r.detectable for r in rows if r.slice == "power"}
    assert {n for n, _ in least} == {3, 6, 10}
    assert least[6, 8] < least[3, 8] and least[6, 16] < least[6, 8] < least[6, 4]  # type: ignore[operator]


def test_the_target_is_held_against_what_can_be_shown(store, market, trial):
    market()
    trial("SOON", sku="X", starts_on="2026-04-06", ends_on="2026-05-31", target_uplift=0.5)
    assert any(text.startswith("Target 50.0%: 6 pilots show it in 4 weeks") for text in said(asked(store)))

    trial("SOON", sku="X", starts_on="2026-04-06", ends_on="2026-05-31", target_uplift=0.001)
    assert any(text.startswith("Target 0.1% cannot be shown: 6 pilots over 16 weeks") for text in said(asked(store)))


def test_few_accounts_are_told_and_no_pilots_are_made_up(store, market):
    market(dict.fromkeys(ACCOUNTS[3:], 9))

    rows = asked(store)

    assert of(rows, "pilot") == [] and len(against(rows)) == 11
    assert said(rows)[0] == "X: accounts that suit: 3; pilots and controls need 4 at least"
    assert said(rows)[1] == "The past is too short to say what a trial would show"


def test_the_curve_has_a_line_for_each_number_of_pilots_by_weeks(store, market):
    market()

    figure = propose.draw(asked(store), Look("en"))

    assert [list(line.x) for line in figure.data] == [[f"wk {w}" for w in range(4, 17)]] * 3  # type: ignore[attr-defined]
    assert len(figure.layout.annotations) == 3  # type: ignore[attr-defined]


def test_where_nothing_was_sold_there_is_no_proposal(store):
    assert asked(store) == [] and said([]) == []
