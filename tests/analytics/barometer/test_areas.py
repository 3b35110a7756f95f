"""Regions and categories by the barometer's own arithmetic, the worst first."""

from datetime import date

import pytest

from analytics.answer import Scope, months_back
from analytics.barometer import areas

JUNE = Scope(date(2026, 6, 30))
MONTHS = [months_back(JUNE.month, n) for n in range(24)]


def sold(account: str, sku: str, month: date, amount: float) -> dict:
    return {"account": account, "sku": sku, "sold_on": f"{month:%Y-%m}-10", "qty": 1, "amount": amount}


@pytest.fixture
def company(store, given):
    """Two accounts in two regions sell two categories; the west and the fridges fall in the last months."""
    given("accounts", {"account": "A", "region": "East"}, {"account": "B", "region": "West"})
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given(
        "sell_out",
        *[
            sold(a, s, m, (10 + (3 * n) % 7) * (4 if n < 3 and (a, s) == ("B", "Y") else 10))
            for a in "AB"
            for s in "XY"
            for n, m in enumerate(MONTHS)
        ],
    )
    return store


def test_regions_come_first_then_categories_each_worst_first(company):
    rows = areas.ask(company, JUNE)

    assert [(r.kind, r.area) for r in rows] == [
        ("region", "West"), ("region", "East"), ("category", "fridges"), ("category", "washers")
    ]  # fmt: skip
    assert rows[0].index is not None and rows[1].index is not None and rows[0].index < rows[1].index


def test_an_area_has_its_own_money(company):
    rows = {r.area: r for r in areas.ask(company, JUNE)}

    assert rows["West"].current + rows["East"].current == pytest.approx(
        rows["fridges"].current + rows["washers"].current
    )
    assert rows["West"].current < rows["West"].before


def test_the_sentence_names_the_worst_of_each_kind(company):
    region, category = areas.say(areas.ask(company, JUNE), JUNE)

    assert region.text.zh.startswith("区域“West”天气最差：雨 25.0 分")
    assert category.text.en.startswith("Category “fridges” has the worst weather: ")


def test_the_scope_narrows_regions_and_categories(company):
    rows = areas.ask(company, Scope(JUNE.as_of, regions=("East",), categories=("washers",)))

    assert [(r.kind, r.area) for r in rows] == [("region", "East"), ("category", "washers")]


def test_an_area_without_half_a_year_to_compare_has_no_index(store, given):
    given("accounts", {"account": "A", "region": "East"})
    given("sell_out", *[sold("A", "X", m, 100) for m in MONTHS[:17]])

    [row] = [r for r in areas.ask(store, JUNE) if r.kind == "region"]

    assert row.index is None and row.current == 300
    assert areas.say([row], JUNE) == []
