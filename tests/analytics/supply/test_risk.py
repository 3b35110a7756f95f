"""Who runs out: which places are listed, what is at risk and where, and what nothing can be said of."""

from datetime import date
from typing import Any

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import risk
from data.text import Text

JUNE = Scope(date(2026, 6, 30))


def row(**more: Any) -> risk.Row:
    usual: dict[str, Any] = dict(
        account="A", name="锦泰", name_en="Jintai", owner="李敏", sku="X", sku_name="滚筒", sku_name_en="Washer",
        state="", recent=14.0, risk=0.9, risk_until=0.1, until=date(2026, 8, 11), peak="", peak_en="",
        out_on=date(2026, 7, 10), soon_cny=1000.0, lost_cny=400.0, on_order=50.0, rush=20.0,
    )  # fmt: skip
    return risk.Row(**usual | more)


@pytest.mark.parametrize(
    ("soon", "until", "listed"), [(0.2, 0.0, True), (0.199, 0.0, False), (0.0, 0.5, True), (0.0, 0.499, False)]
)
def test_one_in_five_soon_or_one_in_two_later_is_listed(store, planned, soon, until, listed):
    planned({"risk": soon, "risk_until": until, "soon_pcs": 1.0}, {"account": "B", "risk": 1.0, "soon_pcs": 9.0})

    assert [r.account for r in risk.ask(store, JUNE)] == ["B", "A"][: 1 + listed]


def test_the_worst_place_is_always_there_so_that_all_well_can_be_said(store, planned):
    planned({"risk": 0.05, "soon_pcs": 0.1}, {"account": "B", "risk": 0.1, "soon_pcs": 0.01})

    rows = risk.ask(store, JUNE)

    assert [r.account for r in rows] == ["A"]
    assert [f.level for f in risk.say(rows, JUNE)] == ["fair"]
    assert risk.money(rows) == 0.0


def test_what_sells_but_is_not_planned_is_listed_and_what_does_not_sell_is_not(store, planned):
    planned(
        {"state": "no count", "recent": 3.0, "risk": None, "risk_until": None, "soon_pcs": None, "lost_pcs": None},
        {"account": "B", "state": "no count", "recent": 0.0, "risk": None},
        {"account": "C", "state": "no forecast", "recent": None, "risk": None},
    )

    rows = risk.ask(store, JUNE)

    assert [r.account for r in rows] == ["A"]
    assert [f.text.en for f in risk.say(rows, JUNE)] == [
        "On sale without a recent count at 1 place, so nothing is said there: A"
    ]


@pytest.mark.parametrize(("days", "out"), [(9.9, date(2026, 7, 9)), (181.9, date(2026, 12, 28)), (182.0, None)])
def test_the_day_it_runs_out_is_known_within_half_a_year(store, planned, days, out):
    planned({"risk": 1.0, "cover_days": days})

    assert risk.ask(store, JUNE)[0].out_on == out


def test_money_is_the_larger_of_both_and_the_most_comes_first(store, planned):
    planned(
        {"risk": 0.3, "soon_pcs": 1.0, "lost_pcs": 4.0, "price": 100.0},
        {"account": "B", "risk": 0.3, "soon_pcs": 5.0, "lost_pcs": 2.0, "price": 100.0},
        {"account": "C", "risk": 0.9, "soon_pcs": 99.0, "price": None},
    )

    rows = risk.ask(store, JUNE)

    assert [(r.account, r.risk_cny) for r in rows] == [("B", 500.0), ("A", 400.0), ("C", None)]


def test_only_places_at_risk_make_the_money():
    rows = [row(), row(account="B", risk=0.5, soon_cny=70.0, lost_cny=0.0), row(account="C", risk=0.49)]

    assert [r.account for r in risk.risky(rows)] == ["A", "B"]
    assert risk.money(rows) == 1070.0


def test_money_that_no_place_has_a_price_for_is_not_zero():
    rows = [row(soon_cny=None, lost_cny=None)]

    assert risk.money(rows) is None
    assert [f.text.en for f in risk.say(rows, JUNE)][::2] == [
        "1 place is at risk", "No price at 1 place, so no money: Jintai"
    ]  # fmt: skip


@pytest.mark.parametrize(("rest", "found"), [(100.0, 2), (101.0, 0)])
def test_two_products_with_half_of_the_money_are_a_concentration(rest, found):
    rows = [row(sku=s, sku_name=s, soon_cny=cny, lost_cny=0.0) for s, cny in (("X", 600.0), ("Y", 400.0))]
    rows += [row(sku=f"Z{n}", soon_cny=rest, lost_cny=0.0) for n in range(10)]

    assert len(risk.concentration(rows)) == found


def test_two_products_in_all_are_no_concentration():
    assert risk.concentration([row(), row(sku="Y")]) == []


def test_says_where_it_is_concentrated_when_it_is_out_and_what_to_send():
    rows = [
        row(sku=s, sku_name=f"品{s}", sku_name_en=f"P{s}", soon_cny=c)
        for s, c in zip("XYZ", (9e4, 5e4, 400.0), strict=True)
    ]

    head, first, *_ = risk.say(rows, JUNE)

    assert head.text.zh == "3 处有缺货风险，集中在品X、品Y，风险销售额 ¥14.0万"
    assert (
        first.text.en == "PX: out within 21 days with a chance of 90%, sold by about 10 July; send 20 pcs on order now"
    )
    assert (first.account, first.owner, first.weight, first.level) == ("A", "李敏", 9e4, "storm")


def test_a_place_that_runs_out_later_says_so():
    [_, later] = risk.say([row(risk=0.1, risk_until=0.7, rush=0.0)], JUNE)

    assert later.text.en == "Washer: out before its next goods with a chance of 70%" and later.level == "rain"


def test_a_place_that_does_not_last_through_a_peak_names_it():
    [_, later] = risk.say([row(risk=0.1, risk_until=0.7, rush=0.0, peak="国庆", peak_en="National Day")], JUNE)

    assert later.text == Text(
        "滚筒：国庆结束前断货概率 70%", "Washer: out before National Day ends with a chance of 70%"
    )


def test_bars_add_up_the_places_of_a_product():
    drawn: Any = risk.draw([row(), row(account="B"), row(sku="Y", risk=0.2, soon_cny=9e9)], Look("en"))

    assert list(drawn.data[0].x) == [2.0]  # thousand
