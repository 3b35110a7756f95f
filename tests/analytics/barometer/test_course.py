"""The course of the index and its band: wider with few or unequal accounts, none where nothing can be said."""

from datetime import date
from typing import Any

import pytest

from analytics.answer import Scope, months_back
from analytics.barometer import course, index
from analytics.charts.theme import BANDS, Look, rgba

JUNE = Scope(date(2026, 6, 30))


def sold(account: str, month: date, amount: float) -> dict:
    return {"account": account, "sku": "X", "sold_on": f"{month:%Y-%m}-10", "qty": 1, "amount": amount}


def market(accounts: int, big: float = 1.0) -> list[dict]:
    """Accounts whose sales go a little their own way; the first is `big` times the others."""
    months = [months_back(JUNE.month, n) for n in range(24)]
    return [
        sold(f"{a:02}", m, round((big if a == 0 else 1) * (1000 + 40 * ((7 * a + 5 * n * (a % 3 + 1)) % 11))))
        for a in range(accounts)
        for n, m in enumerate(months)
    ]


def test_the_course_is_the_index_with_a_band_around_it(store, given):
    given("sell_out", *market(8))

    rows = course.ask(store, JUNE)

    assert {r.month: r.index for r in rows} == index.course(index.ask(store, JUNE))
    assert all(r.low is not None and r.high is not None and 0 <= r.low < r.index < r.high <= 100 for r in rows)
    assert {r.compared for r in rows} == {8}


@pytest.mark.parametrize(("accounts", "banded"), [(2, False), (3, True)])
def test_fewer_than_three_accounts_have_no_band_and_say_so(store, given, accounts, banded):
    given("sell_out", *market(accounts))

    last = course.ask(store, JUNE)[-1]

    assert (last.low is not None) == banded
    assert ("不足 3 家" in course.sure(last).zh) != banded


def test_who_has_not_reported_makes_no_part_of_it(store, given):
    rows = [r for r in market(8) if r["account"] != "03" or r["sold_on"] < "2026-06"]
    given("sell_out", *rows)

    assert course.ask(store, JUNE)[-1].compared == 7


def test_the_sentence_gives_the_band_and_of_how_many_accounts():
    row = course.Row(JUNE.month, 54.2, 48.4, 60.1, 22)

    [finding] = course.say([row], JUNE)

    assert finding.text.zh == "80% 区间 48 到 60 分，按 22 家客户估算"
    assert finding.text.en == "80% interval 48 to 60, from 22 accounts"


def test_a_gap_in_the_data_is_a_gap_in_line_and_band():
    rows = [course.Row(months_back(JUNE.month, n), 51.0, 45.0, 57.0, 9) for n in (3, 1, 0)]

    figure: Any = course.draw(rows, Look("zh"))

    assert list(figure.data[-1].y) == [51.0, None, 51.0, 51.0]
    assert [list(band.x) for band in figure.data[:-1]] == [
        ["2026-03", "2026-03"],
        ["2026-05", "2026-06", "2026-06", "2026-05"],
    ]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["暴雨", "雨", "变", "晴", "大晴"]), ("en", ["Storm", "Rain", "Change", "Fair", "Very fair"])],
)
def test_the_course_runs_over_its_five_bands_each_in_its_colour_and_with_its_word(lang, words, dark):
    look = Look(lang, dark)
    layout: Any = course.draw([course.Row(JUNE.month, 51.0, 45.0, 57.0, 9)], look).layout

    assert [(s.y0, s.y1, s.layer) for s in layout.shapes] == [(n, n + 20, "below") for n in range(0, 100, 20)]
    assert [s.fillcolor for s in layout.shapes] == [rgba(look.t.of(level), 0.22) for level in BANDS]
    assert [(a.text, a.y) for a in layout.annotations] == list(zip(words, range(10, 100, 20), strict=True))
