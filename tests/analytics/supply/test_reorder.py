"""Our own stock against its reorder level: who must order what, what is only waited for, and what cannot be judged."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import data.__main__ as data
from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import reorder
from data.home import Home
from settings import settings

JUNE = Scope(date(2026, 6, 30))
NORTHWIND = Path(__file__).parent / "northwind_products.csv"  # Microsoft's public sample company, the columns of stock


def count(sku: str = "X", on_hand: float = 10, level: float | None = 10, day: str = "2026-06-30", **more) -> dict:
    return {"sku": sku, "counted_on": day, "on_hand": on_hand, "reorder_level": level} | more


def states(store, scope: Scope = JUNE) -> dict[str, str]:
    return {r.sku: r.state for r in reorder.ask(store, scope)}


@pytest.mark.parametrize(("held", "state"), [(9, "bare"), (10, "bare"), (11, "above")])
def test_short_is_at_or_under_the_level(store, given, held, state):
    given("own_stock", count(on_hand=held))

    assert states(store) == {"X": state}


@pytest.mark.parametrize(
    ("order", "due", "state"),
    [
        (None, None, "bare"),
        (0, None, "bare"),
        (6, "2026-06-30", "scant"),  # 4 + 6 is the level itself
        (7, "2026-06-30", "coming"),  # due today is not overdue
        (7, "2026-06-29", "overdue"),
        (7, None, "coming"),
    ],
)
def test_what_is_on_order_decides_how_urgent_it_is(store, given, order, due, state):
    given("own_stock", count(on_hand=4, on_order=order, due_on=due))

    assert states(store) == {"X": state}


def test_the_last_count_of_each_product_in_each_warehouse_counts(store, given):
    given(
        "own_stock",
        count(on_hand=1, day="2026-05-31", warehouse="E"),
        count(on_hand=50, warehouse="E"),
        count(on_hand=5, day="2026-05-31", warehouse="W"),
        count("Y", 50, day="2026-06-15", warehouse="W"),
        count(on_hand=0, day="2026-07-01", warehouse="W"),
    )

    rows = reorder.ask(store, JUNE)

    assert [(r.warehouse, r.sku, r.on_hand, r.stale) for r in rows] == [
        ("W", "X", 5, True),  # not in the warehouse's last count: it is said
        ("E", "X", 50, False),
        ("W", "Y", 50, False),
    ]
    assert reorder.say(rows, JUNE)[-1].text.en == "1 item is missing in the latest count of the warehouse"
    assert [r.on_hand for r in reorder.ask(store, Scope(date(2026, 7, 1)))] == [0, 50, 50]


def test_lots_of_a_count_add_up_and_their_level_is_taken_once(store, given):
    parts = ({"on_order": 3, "due_on": "2026-07-20"}, {"on_order": 4, "due_on": "2026-07-09"}, {"due_on": "2026-07-01"})
    given("own_stock", *(count(on_hand=3) | part for part in parts))

    [row] = reorder.ask(store, JUNE)

    assert (row.on_hand, row.on_order, row.reorder_level, row.due_on) == (9, 7, 10, date(2026, 7, 9))


def test_without_a_warehouse_there_is_one(store, given):
    given("own_stock", count(day="2026-05-31"), count(on_hand=3))

    [row] = reorder.ask(store, JUNE)

    assert (row.warehouse, row.on_hand, row.called.en) == ("", 3, "X")


@pytest.mark.parametrize("word", ["停产", "Discontinued"])
def test_products_out_of_production_are_left_out_and_counted(store, given, word):
    given("products", {"sku": "X", "lifecycle": word}, {"sku": "Y", "lifecycle": "清仓"})
    given("own_stock", count("X", 0), count("Y", 20))

    rows = reorder.ask(store, JUNE)

    assert states(store) == {"X": "stopped", "Y": "above"} and reorder.short(rows) == []
    assert [f.text.en for f in reorder.say(rows, JUNE)] == [
        "None of 1 item is at or under its reorder level",
        "1 item is left out: out of production",
    ]


def test_without_a_level_nothing_is_judged_and_it_is_said(store, given):
    given("own_stock", count(level=None, on_hand=0))

    rows = reorder.ask(store, JUNE)

    assert [r.state for r in rows] == ["no level"]
    assert [f.text.en for f in reorder.say(rows, JUNE)] == ["1 item has no reorder level to be judged by"]


def test_the_most_urgent_comes_first_then_by_pieces(store, given):
    given("products", {"sku": "B", "price": 100, "name_en": "Bolt"})
    given(
        "own_stock",
        count("A", 1, on_order=100, due_on="2026-07-01"),
        count("B", 4),
        count("C", 1),
        count("D", 5, on_order=1, due_on="2026-07-01"),
        count("E", 9, on_order=20, due_on="2026-06-01"),
        count("F", 9, on_order=100, due_on="2026-07-01"),
    )

    rows = reorder.ask(store, JUNE)

    assert [r.sku for r in rows] == ["C", "B", "E", "D", "A", "F"]
    assert [(r.short_pcs, r.short_cny) for r in rows[:2]] == [(9, None), (6, 600)]
    head, *rest = reorder.say(rows, JUNE)
    assert head.text.en == "6 of 6 items are at or under their reorder level, 2 of them with nothing on order"
    assert rest[1].text.en == "Bolt: 4 pcs in stock, reorder level 10 pcs; nothing on order" and rest[1].weight == 600
    assert rest[2].text.en == "E: 9 pcs in stock, reorder level 10 pcs; 20 pcs due on 2026-06-01"
    assert [f.level for f in (head, *rest)] == ["storm", "storm", "storm", "rain", "rain", "change"]


def test_of_many_alike_the_first_are_named_and_the_others_counted(store, given):
    given("own_stock", *(count(f"S{n}", n) for n in range(8)))

    found = reorder.say(reorder.ask(store, JUNE), JUNE)

    assert [f.text.en for f in found][-1] == "3 more: Nothing on order" and len(found) == 1 + reorder.NAMED + 1


def test_a_region_sees_the_warehouses_that_serve_it_and_those_that_serve_all(store, given):
    given("own_stock", count("E", region="East"), count("W", region="West"), count("A"))

    assert set(states(store, replace(JUNE, regions=("East",)))) == {"E", "A"}
    assert set(states(store, replace(JUNE, accounts=("nobody",)))) == {"E", "W", "A"}


def test_a_category_sees_its_own_products(store, given):
    given("products", {"sku": "X", "category": "washers"}, {"sku": "Y", "category": "fridges"})
    given("own_stock", count("X"), count("Y"))

    assert set(states(store, replace(JUNE, categories=("washers",)))) == {"X"}


def test_the_figure_says_for_each_what_is_on_order(store, given):
    given("own_stock", count("X", 2), count("Y", 5, on_order=50, due_on="2026-07-05"), count("Z", 50))

    figure = reorder.draw(reorder.ask(store, JUNE), Look("en"))

    words = [str(a.text).replace("<br>", " ") for a in figure.layout.annotations]  # pyright: ignore
    assert words == ["<b>20%</b>  no order", "<b>50%</b>  ordered"]


def test_the_demo_company_is_short_where_it_was_planted(demo, demo_scope):
    from data.samples.warehouses import UNORDERED, WAREHOUSES

    rows = reorder.ask(demo, demo_scope)

    assert {(r.warehouse, r.sku) for r in rows if r.state == "bare"} == set(UNORDERED)
    assert {r.warehouse for r in reorder.short(rows) if r.sku == "XQG100-B1"} == {one.name for one in WAREHOUSES}


@pytest.fixture
def load(tmp_path, monkeypatch, capsys):
    """Load the sample's file as a dataset by the command line; returns (exit code, parsed JSON)."""
    monkeypatch.setenv("WEATHERGLASS_HOME", str(tmp_path / "home"))
    settings.cache_clear()

    def call(dataset: str, *more: str):
        code = data.main(["load", str(NORTHWIND), "--as", dataset, *more, "--json"])
        return code, json.loads(capsys.readouterr().out)

    yield call
    settings.cache_clear()


def test_northwind_is_short_of_eighteen_products_one_of_them_with_nothing_on_order(load):
    code, loaded = load("products")
    assert (code, loaded["rows_loaded"], loaded["questions"]) == (0, 77, [])
    code, asked = load("own_stock")
    assert (code, [q["key"] for q in asked["questions"]]) == (3, ["map.counted_on"])  # the file has no day
    code, loaded = load("own_stock", "--answer", "value:counted_on=1998-05-06")
    assert (code, loaded["rows_loaded"], loaded["totals"]["qty"]) == (0, 77, 3119)
    store, scope = Home(settings().home).store(), Scope(date(1998, 5, 6))
    store.version()

    rows = reorder.ask(store, scope)

    assert len(reorder.short(rows)) == 18
    assert [r.name for r in rows if r.state == "bare"] == ["Nord-Ost Matjeshering"]
    assert sum(r.state == "stopped" for r in rows) == 8
    head, first, *_ = reorder.say(rows, scope)
    assert head.text.en == "18 of 69 items are at or under their reorder level, 1 of them with nothing on order"
    assert first.text.zh == "Nord-Ost Matjeshering：库存 10 件，再订货点 15 件，没有在订"


def test_the_real_data_says_the_same_of_northwind(real: Path):
    want = json.loads((real / "northwind" / "truth.json").read_text(encoding="utf-8"))

    assert want["stock_at_or_below_reorder_not_discontinued"] == 18
    assert want["of_which_nothing_on_order"] == ["Nord-Ost Matjeshering"]
