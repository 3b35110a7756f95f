"""Days of cover: classes from the days that are shown, a total of sums, and nothing said of what was not counted."""

from datetime import date
from typing import Any

import pytest

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import cover

JUNE = Scope(date(2026, 6, 30))


def row(**more: Any) -> cover.Row:
    usual: dict[str, Any] = dict(
        account="A", name="锦泰", name_en="Jintai", sku="X", sku_name="10 公斤滚筒洗衣机", sku_name_en="10 kg washer",
        category="洗衣机", state="", counted_on=date(2026, 6, 30), on_hand=100.0, in_transit=0.0, recent=14.0, rate=2.0,
        cover_now=50.0, cover_days=50.0, need_days=42.0, price=1000.0, risk_cny=0.0, over_pcs=0.0, over_cny=0.0,
    )  # fmt: skip
    return cover.Row(**usual | more)


@pytest.mark.parametrize(
    ("days", "shade"),
    [
        (0.0, "storm"), (20.4, "storm"), (20.6, "rain"), (33.4, "rain"), (33.6, "change"), (41.4, "change"),
        (41.6, "fair"), (69.4, "fair"), (69.6, "over"), (182.0, "over"),
    ],
)  # fmt: skip
def test_the_days_that_are_shown_decide_the_class(days, shade):
    assert row(cover_days=days).shade == shade


def test_without_days_needed_a_number_has_no_class():
    one = row(state="no lead", need_days=None)

    assert (one.days, one.shade, one.short_pcs) == (50, None, 0.0)


def test_money_comes_from_the_plan_and_is_not_known_without_a_price(store, planned):
    planned(
        {"soon_pcs": 3.0, "lost_pcs": 5.0, "excess": 2.0},
        {"account": "B", "soon_pcs": 3.0, "lost_pcs": 1.0, "price": None},
        {"account": "C", "state": "no count", "on_hand": None, "cover_days": None, "soon_pcs": None, "lost_pcs": None},
    )

    a, b, c = cover.ask(store, JUNE)

    assert (a.risk_cny, a.over_cny) == (5000.0, 2000.0)
    assert (b.risk_cny, b.over_cny, c.risk_cny) == (None, None, None)


def test_accounts_regions_and_categories_narrow_it(store, planned):
    planned(
        {}, {"account": "B"}, {"sku": "Y"},
        accounts=({"account": "A", "region": "E"}, {"account": "B", "region": "W"}),
        products=({"sku": "X", "category": "washers"}, {"sku": "Y", "category": "ovens"}),
    )  # fmt: skip

    def asked(**chosen: Any) -> list[tuple[str, str]]:
        return [(r.account, r.sku) for r in cover.ask(store, Scope(JUNE.as_of, **chosen))]

    assert asked() == [("A", "X"), ("A", "Y"), ("B", "X")]
    assert asked(accounts=("B",)) == [("B", "X")]
    assert asked(regions=("E",)) == [("A", "X"), ("A", "Y")]
    assert asked(categories=("ovens",)) == [("A", "Y")]


def test_the_total_is_a_sum_over_a_sum_and_not_a_mean_of_days():
    found = cover.total(
        [
            row(on_hand=100.0, in_transit=20.0, rate=10.0, need_days=40.0),
            row(on_hand=80.0, rate=1.0, need_days=51.0),
            row(state="no count", cover_days=None, on_hand=None, rate=99.0),
        ]
    )

    assert found is not None
    assert found.days == pytest.approx(200 / 11) and found.need_days == pytest.approx((400 + 51) / 11)


def test_goods_in_transit_that_nobody_states_count_as_none():
    found = cover.total([row(in_transit=None)])

    assert found is not None and found.days == 50


def test_nothing_sold_is_no_total():
    assert cover.total([row(rate=0.0)]) is None


@pytest.mark.parametrize(
    ("stock", "level"), [(41.9, "storm"), (42.1, "rain"), (68.0, "change"), (84.0, "fair"), (140.0, "change")]
)
def test_the_weather_of_the_total_is_that_of_its_days_and_far_too_much_is_no_fair_weather(stock, level):
    found = cover.total([row(on_hand=stock, need_days=42.0)])  # 84 pcs are needed at two a day

    assert found is not None and found.level == level


def test_says_how_long_how_many_are_short_and_of_whom_nothing_is_known():
    rows = [
        row(cover_days=10.0, on_hand=20.0),
        row(account="B", cover_days=40.0, on_hand=80.0),
        row(account="C"),
        row(account="D", name="万汇", name_en="Wanhui", state="no count", cover_days=None, on_hand=None),
        row(account="E", state="no count", cover_days=None, on_hand=None, recent=0.0),  # sells nothing: of no interest
    ]

    lasts, short, unknown = cover.say(rows, JUNE)

    assert lasts.text.en == "Stock and goods in transit last 33 days; 42 days are needed"
    assert short.text.en == "2 of 3 places are short, 1 below half of the days needed"
    assert short.weight == pytest.approx((32 + 2) * 2 * 1000)
    assert unknown.text.en == "On sale without a recent count at 1 place, so nothing is said there: Wanhui"


def test_all_well_is_one_reassuring_line():
    assert [f.text.en for f in cover.say([row()], JUNE)][1:] == [
        "1 place is looked at, and all last until their next goods"
    ]


def test_the_worst_account_is_on_top_the_worst_product_at_the_left_and_a_gap_has_a_dash():
    drawn: Any = cover.draw(
        [
            row(account="A", name="甲", cover_days=50.0, risk_cny=1.0),
            row(account="A", name="甲", sku="Y", sku_name="3 匹空调", category="空调", cover_days=30.0, risk_cny=1.0),
            row(account="B", name="乙", sku="Y", sku_name="3 匹空调", category="空调", cover_days=5.0, risk_cny=1.0),
        ],
        Look("zh"),
    )

    assert list(drawn.layout.yaxis.ticktext) == ["乙", "甲"]
    assert [word.split("<br>")[0] for word in drawn.layout.xaxis.ticktext] == ["3 匹", "10 公斤"]
    assert list(drawn.data[1].text) == ["5", "–", "30", "50"]


def test_the_figure_holds_those_with_most_money_at_stake():
    rows = [row(account=f"A{n:02}", name=f"A{n:02}", risk_cny=float(n)) for n in range(cover.ACCOUNTS + 2)]

    names = list(cover.draw(rows, Look("zh")).layout.yaxis.ticktext)  # type: ignore[union-attr]

    assert len(names) == cover.ACCOUNTS and not {"A00", "A01"} & set(names)


def test_the_legend_gives_days_where_all_need_as_many_and_else_parts_of_the_need():
    alone = cover.legend([row(), row(account="B", need_days=42.3)])
    mixed = cover.legend([row(), row(account="B", need_days=35.0)])

    assert [text.zh for _, text in alone] == [
        "21 天以下 暴雨", "21–33 天 雨", "34–41 天 变", "42–69 天 晴", "70 天以上 积压", "– 没有近期盘点或没有销售"
    ]  # fmt: skip
    assert [text.en for _, text in mixed][:2] == ["Storm, under 50% of the need", "Rain, 50–79%"]
    assert [shade for shade, _ in alone] == ["storm", "rain", "change", "fair", "over", None]
    assert cover.legend([]) == []
