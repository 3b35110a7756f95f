"""What can move: never more than is over, never more than is missing, whole packs, the nearest and dearest first."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from analytics.answer import Scope
from analytics.charts.theme import Look
from analytics.supply import transfers

JUNE = Scope(date(2026, 6, 30))


def side(account: str, over: float = 0.0, short: float = 0.0, **more: Any) -> transfers.Side:
    usual: dict[str, Any] = dict(
        account=account, name=account, name_en=account, owner="", region="E", sku="X", sku_name="滚筒",
        sku_name_en="Washer", over_pcs=over, short_pcs=short, pack=1.0, price=100.0, lost_pcs=short,
    )  # fmt: skip
    return transfers.Side(**usual | more)


def moves(*sides: transfers.Side) -> list[tuple[str, str, float]]:
    return [(r.from_account, r.to_account, r.qty) for r in transfers.matched(sides)]


@st.composite
def sides(draw: st.DrawFn) -> list[transfers.Side]:
    pack = {sku: draw(st.sampled_from([1.0, 1.0, 5.0, 12.0])) for sku in "XY"}
    pieces = st.floats(0, 60)
    found = []
    for n in range(draw(st.integers(0, 8))):
        gives = draw(st.booleans())
        sku = draw(st.sampled_from("XY"))
        found.append(
            side(
                f"A{n}", draw(pieces) if gives else 0.0, 0.0 if gives else draw(pieces), sku=sku, pack=pack[sku],
                region=draw(st.sampled_from(["E", "W", ""])), lost_pcs=draw(pieces),
                price=draw(st.sampled_from([None, 10.0, 500.0])),
            )
        )  # fmt: skip
    return found


@example(sides())
def test_never_more_goes_out_than_is_over_nor_in_than_is_missing_and_packs_stay_whole(found):
    by = {s.account: s for s in found}

    rows = transfers.matched(found)

    for s in found:
        assert sum(r.qty for r in rows if r.from_account == s.account) <= s.over_pcs + 1e-6
        assert sum(r.qty for r in rows if r.to_account == s.account) <= s.short_pcs + 1e-6
    for r in rows:
        pack = by[r.to_account].pack
        assert r.qty > 0 and r.qty / pack == pytest.approx(round(r.qty / pack))
        assert by[r.from_account].sku == by[r.to_account].sku == r.sku
    assert len({(r.sku, r.from_account, r.to_account) for r in rows}) == len(rows)


@example(sides())
def test_nothing_is_left_that_could_still_move(found):
    rows = transfers.matched(found)
    over = {s.account: s.over_pcs - sum(r.qty for r in rows if r.from_account == s.account) for s in found}
    short = {s.account: s.short_pcs - sum(r.qty for r in rows if r.to_account == s.account) for s in found}

    for a in found:
        for b in found:
            if a.sku == b.sku and a is not b:
                assert min(over[a.account], short[b.account]) < b.pack + 1e-6


@example(sides())
def test_sales_saved_are_never_more_than_what_is_lost_where_they_are_saved(found):
    rows = transfers.matched(found)

    for s in found:
        saved = sum(r.saved_cny or 0.0 for r in rows if r.to_account == s.account)
        assert saved <= s.lost_pcs * (s.price or 0.0) + 1e-6


def test_the_same_region_comes_first_even_where_another_saves_more():
    assert moves(side("A", 10), side("B", short=4), side("C", short=20, region="W", price=900.0)) == [
        ("A", "C", 6.0), ("A", "B", 4.0),
    ]  # fmt: skip


def test_accounts_without_a_region_are_nobodys_neighbours():
    assert moves(side("A", 5, region=""), side("B", short=5, region=""), side("C", short=5, price=900.0)) == [
        ("A", "C", 5.0)
    ]


def test_what_saves_most_is_served_first():
    assert moves(side("A", 5), side("B", short=5, lost_pcs=1.0), side("C", short=5, lost_pcs=4.0)) == [("A", "C", 5.0)]


def test_a_second_shipment_to_an_account_saves_only_what_is_still_lost():
    rows = transfers.matched([side("A", 6), side("B", 6), side("C", short=10, lost_pcs=7.0)])

    assert [(r.qty, r.saved_cny) for r in rows] == [(6.0, 600.0), (4.0, 100.0)]


@pytest.mark.parametrize(("short", "moved"), [(11.9, []), (12.0, [("A", "B", 12.0)]), (23.9, [("A", "B", 12.0)])])
def test_packs_are_not_opened(short, moved):
    assert moves(side("A", 50, pack=12.0), side("B", short=short, pack=12.0)) == moved


def test_who_is_short_gives_nothing_and_what_is_not_planned_takes_no_part(store, planned):
    planned(
        {"account": "A", "excess": 9.7},
        {"account": "B", "excess": 50.0, "ship": 3.0},
        {"account": "C", "rush": 2.0, "soon_pcs": 1.0},
        {"account": "D", "state": "no count", "excess": None, "ship": None, "rush": None},
        {"account": "E", "sku": "Y", "excess": 9.0},
    )

    rows = transfers.ask(store, JUNE)

    assert [(r.from_account, r.to_account, r.qty, r.saved_cny) for r in rows] == [
        ("A", "C", 2.0, 1000.0), ("A", "B", 3.0, 0.0),
    ]  # fmt: skip


def test_says_how_much_from_where_to_where_and_that_both_must_agree():
    rows = transfers.matched([side("A", 5), side("B", short=5, region="W")])

    assert [f.text.en for f in transfers.say(rows, JUNE)] == [
        "1 transfer is possible with 5 pcs in all, saving sales of ¥500 at most",
        "Washer: 5 pcs from A to B (E to W)",
        "The goods are the accounts' own: both have to agree, and freight comes on top",
    ]


def test_without_prices_there_is_no_money_but_still_pieces():
    [row] = transfers.matched([side("A", 5, price=None), side("B", short=5, price=None)])

    assert transfers.say([row], JUNE)[0].text.en == "1 transfer is possible with 5 pcs in all"
    assert (row.saved_cny, row.over_cny, row.qty) == (None, None, 5.0)


def test_bars_are_pieces_by_product():
    rows = transfers.matched([side("A", 5), side("B", short=3), side("C", short=2)])
    drawn: Any = transfers.draw(rows, Look("zh"))

    assert list(drawn.data[0].x) == [5.0]
