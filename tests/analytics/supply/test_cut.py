"""A page of many places: sums are of all of them, rows are the first, and that is said."""

from dataclasses import astuple, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from analytics.answer import Cut, Scope
from analytics.charts.theme import Look
from analytics.columns import COLUMNS
from analytics.stats.stockout import demand
from analytics.supply import cover, item, lead, outlook, peak, plan, position, risk, ship, transfers
from analytics.supply.arrival import arrival
from analytics.supply.horizon import horizon
from analytics.supply.outlook import STEP_DAYS
from pages.ui import export

JUNE = Scope(date(2026, 6, 30))
LOOK = Look("zh")
SCOPES = (None, Scope(date(2026, 3, 15), "sell_out", None, ("华东",), ("洗衣机",)))


def alike(a: Any, b: Any) -> bool:
    return a == pytest.approx(b, rel=1e-9) if isinstance(a, float) else a == b


@pytest.mark.parametrize("scope", SCOPES)
def test_sums_in_sql_are_those_of_the_rows_where_none_is_cut(demo, demo_scope, scope):
    rows, bad = (question.ask(demo, scope or demo_scope) for question in (cover, risk))
    assert len(rows) == rows.places and len(bad) == bad.places

    told, summed = rows.whole, cover.whole(list(rows))
    names = ("told", "short", "half", "short_cny", "over", "over_cny", "accounts", "products")
    assert all(alike(getattr(told, name), getattr(summed, name)) for name in names)
    assert told.total is not None and summed.total is not None
    assert astuple(told.total) == pytest.approx(astuple(summed.total), rel=1e-9)
    mine = risk.whole(list(bad))
    assert bad.whole.risky == mine.risky and alike(bad.whole.money, mine.money)
    assert bad.whole.likeliest == mine.likeliest
    assert [f.text for f in cover.say(rows, JUNE)] == [f.text for f in cover.say(list(rows), JUNE)]


def test_what_is_cut_still_counts_and_the_last_line_of_the_table_says_so(store, planned, monkeypatch):
    monkeypatch.setattr(cover, "MOST", 1)
    monkeypatch.setattr(risk, "ROWS", 1)
    monkeypatch.setattr(ship, "MOST", 1)
    bad = {"risk": 0.9, "soon_pcs": 3.0, "ship": 5.0, "allotted": 4.0, "kept_pcs": 2.0, "cover_days": 10.0}
    days = {"dispatch_by": date(2026, 7, 1), "arrive_by": date(2026, 7, 9), "order_by": date(2026, 6, 1)}
    planned(*({"account": a, **bad, **days, "price": p} for a, p in (("A", 10.0), ("B", 30.0), ("C", None))))

    listed, lines = risk.ask(store, JUNE), ship.ask(store, JUNE)

    assert [r.account for r in listed] == ["B"] and listed.whole.risky == 3 and listed.whole.money == 120.0
    assert [r.account for r in lines] == ["B"]
    assert (lines.whole.lines, lines.whole.pcs, lines.whole.kept_cny, lines.whole.late) == (3, 12.0, 80.0, 3)
    for question, rows in ((risk, listed), (ship, lines)):
        said = question.say(rows, JUNE)[-1].text.en
        assert said == "These are the first 1 of 3 rows"
        assert export.table("", rows, "en", COLUMNS).rows[-1][0] == said
    assert cover.total(cover.ask(store, JUNE)).days == pytest.approx(50.0)  # type: ignore[union-attr]


def test_the_figure_keeps_its_places_where_rows_are_cut(store, planned, monkeypatch):
    planned(*({"account": f"A{n:02}", "soon_pcs": float(n)} for n in range(14)))
    whole = cover.draw(cover.ask(store, JUNE), LOOK)
    monkeypatch.setattr(cover, "MOST", 1)

    assert cover.draw(cover.ask(store, JUNE), LOOK) == whole


def test_one_item_is_drawn_as_the_outlook_and_arrivals_of_all_of_them_say(demo, demo_scope):
    rows = item.ask(demo, demo_scope)
    mark = outlook.keep(demo, demo_scope)
    table = demo.columns(item.Path(item.__file__).with_name("ahead.sql"), outlook=mark)
    keys = np.stack([position.column(table[name]) for name in ("account", "sku")], axis=1)
    n = int(np.flatnonzero((keys[:, 0] == rows[0].account) & (keys[:, 1] == rows[0].sku))[0])
    where = position.position(demo, demo_scope, mark)
    until = horizon(where, peak.peaks(demo, demo_scope), demo_scope)
    come = arrival(demo, demo_scope, keys, where, lead.leads(demo, demo_scope.as_of))
    steps = np.array(table["steps"][n].as_py())[None, :] * until.growth[n]
    total = demand(steps, *(np.array([table[name][n].as_py()]) for name in ("single", "level")))
    ways = [list(zip(come.share, way, strict=True)) for way in (come.sent, come.unsent)]
    sent, open_ = (np.sum([share[n] * there[n] for share, there in way], axis=0) for way in ways)
    [facts] = demo.rows(
        item.Path(item.__file__).with_suffix(".sql"), item.Facts, kept=plan.keep(demo, demo_scope), account=None,
        sku=None, **demo_scope.params(),
    )  # fmt: skip
    later = open_ * max(1 - facts.rush / facts.unsent, 0.0) if facts.unsent else open_
    there = item._there(facts, demo_scope.as_of)
    weeks = int(np.ceil(until.until_days[n] / STEP_DAYS))

    expected = item.fan(float(where.on_hand[n]), sent, sent + later + there, total, weeks)

    ahead = [r for r in rows if r.actual is None]
    assert len(ahead) == expected.weeks
    assert [r.middle for r in ahead] == pytest.approx(expected.bands[2, : expected.weeks].tolist(), rel=1e-9)
    assert [r.with_shipment for r in ahead] == pytest.approx(expected.shipped[: expected.weeks].tolist(), rel=1e-9)


def test_pairs_that_can_be_tried_are_bounded_and_what_is_left_is_told(monkeypatch):
    one = transfers.Side("A", "A", "A", "", "E", "X", "滚筒", "Washer", 5.0, 0.0, 1.0, 100.0, 0.0)
    giving = [replace(one, account=f"A{n:03}", name_en=f"A{n:03}", over_pcs=5.0 + n) for n in range(50)]
    lacking = [replace(one, account="B", over_pcs=0.0, short_pcs=9.0, lost_pcs=9.0)]

    seen = transfers.bounded([*giving, *lacking])

    assert {s.account for s in seen} == {f"A{n:03}" for n in range(10, 50)} | {"B"}
    rows = transfers.matched(seen)
    said = transfers.say(Cut(rows, len(rows), 10), JUNE)
    assert said[-1].text.en == "10 places with less money were not looked at"
    monkeypatch.setattr(transfers, "PAIRS", 10)
    assert transfers.bounded([*giving, *lacking]) == []
