"""Trials read out: rows in, rows out, on both sides of each line."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from analytics.charts import has_marks
from analytics.charts.theme import Look
from analytics.trials import course as course_of
from analytics.trials import readout, said
from analytics.trials.readout import Row
from tests.analytics.trials.made import CONTROLS, NOW, PILOTS, SINCE, START, course, weekly

DAY = timedelta(days=1)
LAST = START + timedelta(weeks=8, days=-1)  # of the trial


def one(store, scope: Scope = NOW) -> Row:
    [row] = [row for row in readout.ask(store, scope) if row.trial == "T1"]
    return row


def test_a_measure_that_sells_goes_on(store, made):
    made(0.3)
    row = one(store)

    assert (row.verdict, row.reason, row.weeks_more) == ("go", "", 0)
    assert row.estimate == pytest.approx(0.3, abs=0.04)
    assert row.low95 < row.low80 < row.estimate < row.high80 < row.high95  # pyright: ignore
    assert row.probability > 0.95  # pyright: ignore
    assert (row.pilots, row.pilots_named, row.controls, row.controls_named) == (3, 3, 8, True)
    assert (row.weeks_run, row.weeks_planned, row.running) == (6, 8, True)
    assert row.gain_pcs == pytest.approx(0.3 * 2 * (50 + 100 + 150), rel=0.25)


def test_a_measure_that_does_not_sell_stops(store, made):
    made(-0.1)

    assert one(store).verdict == "stop"


def test_between_the_lines_it_is_held_and_says_how_many_weeks_more(store, made):
    made(0.11, target_uplift=0.14)
    row = one(store)

    assert row.verdict in ("hold", "small")
    assert (row.weeks_more is None) == (row.verdict == "small")
    assert 0.2 < row.probability < 0.8  # pyright: ignore


@pytest.mark.parametrize(
    ("fixed_on", "verdict", "reason"),
    [(START, "go", ""), (START + DAY, "open", "fixed late"), (None, "open", "not dated")],
)
def test_a_rule_that_was_not_fixed_before_the_start_gives_an_estimate_and_no_verdict(
    store, made, fixed_on, verdict, reason
):
    made(0.3, fixed_on=fixed_on)
    row = one(store)

    assert (row.verdict, row.reason) == (verdict, reason)
    assert row.estimate is not None and (row.probability is None) == (verdict == "open")


def test_without_a_goal_there_is_no_verdict_either(store, made):
    made(0.3, target_uplift=None)

    assert (one(store).verdict, one(store).reason) == ("open", "no goal")


def test_lines_that_nobody_gave_are_the_usual_ones_and_said(store, made):
    made(0.3, go_at=None)
    row = one(store)

    assert (row.go_at, row.stop_at, row.rule_given) == (0.8, 0.2, False)
    assert "no lines were given: go at 80%, stop at 20%" in readout.say([row], NOW)[1].text.en


def test_lines_of_ones_own_decide(store, made):
    made(0.2, go_at=1.0)

    assert one(store).verdict != "go"


def test_it_begins_on_its_first_day(store, made):
    made()

    assert one(store, Scope(START - DAY)).verdict == "planned"
    begun = one(store, Scope(START))
    assert (begun.verdict, begun.reason, begun.weeks_run) == ("small", "too few weeks", 0)


@pytest.mark.parametrize(("day", "weeks"), [(-1, 5), (0, 6), (5, 6), (6, 6)])
def test_only_weeks_that_have_ended_count(store, made, day, weeks):
    made()

    assert one(store, Scope(NOW.as_of + day * DAY)).weeks_run == weeks


def test_the_week_in_which_it_starts_or_ends_midway_counts_on_neither_side(store, made):
    made(starts_on=START + 2 * DAY, ends_on=START + timedelta(weeks=4, days=2), fixed_on=START - DAY)
    row, weeks = one(store), [r.monday for r in course_of.ask(store, NOW)]

    assert (row.weeks_run, row.weeks_planned) == (3, 3)
    assert weeks[-4:] == [START - 7 * DAY, START + 7 * DAY, START + 14 * DAY, START + 21 * DAY]


def test_a_week_with_other_products_only_is_a_zero_and_one_without_any_is_missing(store, made, given):
    silent = course(0)[:-3] + [None] * 3
    zero = [{"account": "P9", "sku": "Y", "sold_on": row["sold_on"], "qty": 1} for row in weekly("P9", course(0))]
    scope = [{"trial": "T1", "account": a, "pilot": a in ("P8", "P9")} for a in ("P8", "P9", *CONTROLS)]
    made(0.0, scope=scope, more=[*weekly("P8", silent), *zero, *weekly("P9", silent)])
    row = one(store)

    assert row.untold_weeks == 3  # P8's; P9 told that it sold none
    assert row.estimate == pytest.approx(-1 / 3, abs=0.05)  # nine weeks were told, three of them zeros


def test_a_last_week_that_breaks_off_is_not_counted(store, made):
    whole, cut = weekly("P1", course(0)), weekly("P1", course(0))[:-1]  # without its Sunday
    scope = [{"trial": "T1", "account": a, "pilot": a == "P7"} for a in ("P7", *CONTROLS)]
    made(scope=scope, more=[row | {"account": "P7"} for row in cut])

    assert len(whole) == len(cut) + 1
    assert one(store).untold_weeks == 1


def test_pilots_that_had_not_sold_it_before_do_not_count_and_are_said(store, made):
    fresh = [*weekly("P4", course(3), sku="Y"), *weekly("P4", course(3)[-SINCE:], first=START)]
    scope = [{"trial": "T1", "account": a, "pilot": a.startswith("P")} for a in (*PILOTS, "P4", *CONTROLS)]
    made(scope=scope, more=fresh)
    row = one(store)

    assert (row.pilots, row.pilots_named) == (3, 4)
    assert any("3 of 4 pilots count" in f.text.en for f in readout.say([row], NOW))


@pytest.mark.parametrize(("named", "verdict"), [(4, "go"), (3, "small")])
def test_too_few_controls_are_a_reason_not_an_error(store, made, named, verdict):
    made(scope=[{"trial": "T1", "account": a, "pilot": a in PILOTS} for a in (*PILOTS, *CONTROLS[:named])])
    row = one(store)

    assert row.verdict == verdict and (row.reason == "too few controls") == (verdict == "small")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "controls"),
    [
        (START - 30 * DAY, START, 6),
        (START - 30 * DAY, START - DAY, 8),
        (LAST, LAST + DAY, 6),
        (LAST + DAY, LAST + DAY, 8),
    ],
)
def test_where_no_controls_are_named_all_others_are_but_pilots_of_the_product_at_that_time(
    store, made, given, starts_on, ends_on, controls
):
    given("trials", {"trial": "T0", "sku": "X", "starts_on": starts_on, "ends_on": ends_on})
    others = [{"trial": "T0", "account": a, "pilot": True} for a in CONTROLS[:2]]
    made(scope=[*({"trial": "T1", "account": a, "pilot": True} for a in PILOTS), *others])
    row = one(store)

    assert (row.controls, row.controls_named) == (controls, False)
    assert any(f"no controls were named, so {controls} others were taken" in f.text.en for f in said.notes(row))


def test_nobody_carries_it(store, made):
    made(scope=[{"trial": "T1", "account": a, "pilot": False} for a in CONTROLS])

    assert (one(store).verdict, one(store).reason) == ("small", "too few pilots")


@pytest.mark.parametrize(
    ("starts", "ends", "found"),
    [(START - 9 * DAY, START - DAY, 0), (START - 9 * DAY, START, 1), (NOW.as_of, NOW.as_of + DAY, 1),
     (NOW.as_of + DAY, NOW.as_of + 9 * DAY, 0)],
)  # fmt: skip
def test_promotions_that_meet_the_trial_at_its_pilots_are_named(store, made, given, starts, ends, found):
    made()
    told = {"promotion": "R1", "sku": "X", "starts_on": starts, "ends_on": ends}
    given("promotions", told | {"account": "P1"}, told | {"account": "C1"}, told | {"account": "P2", "sku": "Y"})

    assert one(store).promotions == found
    assert any("promotions that ran there too" in f.text.en for f in said.notes(one(store))) == bool(found)


def test_weeks_in_which_a_count_found_none_are_named(store, made, given):
    made()
    counts = [(START - DAY, 0), (START, 0), (START + DAY, 0), (START + 7 * DAY, 1), (START + 14 * DAY, 0)]
    given("stock", *({"account": "P1", "sku": "X", "counted_on": day, "on_hand": n} for day, n in counts))
    given("stock", {"account": "P2", "store": "a", "sku": "X", "counted_on": START, "on_hand": 0},
          {"account": "P2", "store": "b", "sku": "X", "counted_on": START, "on_hand": 3})  # fmt: skip

    assert one(store).out_weeks == 2


def launched(made, pieces: float = 10.0, **place):
    """A new product N at the three pilots, so many pieces a week."""
    rows = [row for a in PILOTS for row in weekly(a, [pieces] * SINCE, sku="N", first=START)]
    scope = [{"trial": "T1", "account": a, "pilot": True, "stores_listed": 5} | place for a in PILOTS]
    made(scope=scope, more=rows, sku="N", target_uplift=None, target_rate=1.2)


def test_a_new_product_is_read_by_pieces_per_store_and_week(store, made):
    launched(made)
    row = one(store)

    assert (row.kind, row.verdict, row.pilots, row.goal) == ("rate", "go", 3, 1.2)
    assert row.estimate == pytest.approx(60.5 / 30)
    assert row.gain_pcs is None


def test_it_counts_from_the_week_in_which_it_was_listed(store, made):
    launched(made, listed_on=START + 7 * DAY)

    assert one(store).estimate == pytest.approx(50.5 / 25)


def test_without_stores_listed_the_accounts_stores_count(store, made):
    launched(made, stores_listed=None)

    assert one(store).estimate == pytest.approx(60.5 / 30)


def test_where_nobody_says_how_many_stores_it_is_said_not_guessed(store, made, given):
    scope = [{"trial": "T1", "account": a, "pilot": True} for a in ("Q1", "Q2")]
    rows = [row for a in ("Q1", "Q2") for row in weekly(a, [10.0] * SINCE, sku="N", first=START)]
    made(scope=scope, more=rows, sku="N", target_uplift=None, target_rate=1.2)

    assert (one(store).verdict, one(store).reason) == ("small", "no stores")


def test_a_store_is_a_unit_of_its_own(store, made):
    rows = [row for s in ("a", "b", "c") for row in weekly("P1", [2.0] * SINCE, "N", s, START)]
    scope = [{"trial": "T1", "account": "P1", "store": s, "pilot": True} for s in ("a", "b")]
    made(scope=scope, more=rows, sku="N", target_uplift=None, target_rate=1.2)
    row = one(store)

    assert row.pilots == 2
    assert row.estimate == pytest.approx(12.5 / 6)


def test_the_reader_sees_trials_of_the_accounts_looked_at_but_read_out_whole(store, made):
    made()
    whole = one(store)

    assert one(store, replace(NOW, accounts=("P1",))) == whole
    assert readout.ask(store, replace(NOW, accounts=("C1",))) == []
    assert readout.ask(store, replace(NOW, categories=("无",))) == []
    assert one(store, replace(NOW, flow="sell_in")) == whole


def test_the_most_urgent_comes_first(store, made, given):
    made()
    given("trials", {"trial": "T2", "sku": "Z", "starts_on": date(2027, 1, 4), "ends_on": date(2027, 2, 7)})

    assert [row.verdict for row in readout.ask(store, NOW)] == ["go", "planned"]


def row(**changes) -> Row:
    plain = Row(
        "SD01", "体验台", "X", "洗衣机", "Washer", "uplift", "李敏", START, START + 55 * DAY, 8, 8, 6, 6, 10, True,
        0.05, 0.8, 0.2, True, START - DAY, True, 0.12, 0.08, 0.17, 0.05, 0.2, 12.0, 0.96, "go", 0, "", 0, 0, 0,
    )  # fmt: skip
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("given_row", "level", "zh", "en"),
    [
        (row(), "vfair", "推进：体验台让试点客户多卖 12%（80% 区间 8% 至 17%），达到目标 5% 的概率 96%",
         "Go: 体验台 makes the pilots sell 12% more (80% interval 8% to 17%), 96% likely to reach 5%"),
        (row(verdict="stop", estimate=-0.03, low80=-0.06, high80=0.0, probability=0.004), "storm",
         "停止：体验台没让试点客户多卖，反而少 3%（80% 区间 −6% 至 0%），达到目标 5% 的概率 <1%",
         "Stop: 体验台 made the pilots sell 3% less (80% interval −6% to 0%), <1% likely to reach 5%"),
        (row(verdict="hold", weeks_more=5, probability=0.7, weeks_run=4), "change",
         "看不准：体验台让试点客户多卖 12%（80% 区间 8% 至 17%），达到目标 5% 的概率 70%，"
         "再看 5 周才能定（第 4 周，共 8 周）",
         "Hold: 体验台 makes the pilots sell 12% more (80% interval 8% to 17%), 70% likely to reach 5%; 5 weeks more "
         "would settle it (week 4 of 8)"),
        (row(kind="rate", estimate=1.62, low80=1.4, high80=1.9, goal=1.2, probability=0.999), "vfair",
         "推进：体验台每店每周卖 1.6 件（80% 区间 1.4 至 1.9），达到目标 1.2 的概率 >99%",
         "Go: 体验台 sells 1.6 pcs a store and week (80% interval 1.4 to 1.9), >99% likely to reach 1.2"),
        (row(verdict="open", reason="fixed late", probability=None), "change",
         "只供参考：体验台让试点客户多卖 12%（80% 区间 8% 至 17%）；标准是开始以后才定的，不下结论",
         "For information: 体验台 makes the pilots sell 12% more (80% interval 8% to 17%); the rule was fixed after "
         "the start, so there is no verdict"),
        (row(verdict="small", reason="too few controls", estimate=None, probability=None), "rain",
         "样本太小：体验台算不出效果，可比的对照客户不到 4 家",
         "Too small to tell: no effect can be worked out for 体验台: fewer than 4 accounts can be compared with the "
         "pilots"),
        (row(verdict="planned", probability=None, estimate=None), "change",
         "未开始：体验台，3 月 2 日开始，试点 6 家", "Not begun: 体验台 starts on 2 March at 6 accounts"),
    ],
)  # fmt: skip
def test_a_verdict_is_one_sentence_to_act_on(given_row, level, zh, en):
    [found] = readout.say([given_row], NOW)

    assert (found.level, found.text.zh, found.text.en, found.owner) == (level, zh, en, "李敏")


def test_the_figure_holds_every_estimate_against_its_goal():
    figure = readout.draw([row(), row(kind="rate", estimate=1.8, low80=1.5, high80=2.1, goal=1.2)], Look("en"))
    spans, marks = figure.data

    assert list(marks.x) == pytest.approx([112 / 1.05, 150])
    assert list(spans.x)[3:5] == pytest.approx([125, 175])
    assert marks.text[0] == "Go 96%"
    assert not has_marks(readout.draw([row(verdict="planned", estimate=None)], Look("zh")))


def test_the_trial_shown_is_the_one_named_or_the_begun_one_that_ends_last():
    late, next_one = (
        row(trial="T2", ends_on=LAST + 9 * DAY),
        row(trial="T3", verdict="planned", ends_on=LAST + 99 * DAY),
    )
    rows = [row(), late, next_one]

    assert readout.shown(rows, NOW) is late
    assert readout.shown(rows, replace(NOW, trial="SD01")) is rows[0]
    assert readout.shown(rows, replace(NOW, trial="T3")) is next_one
    assert readout.shown([next_one], NOW) is None and readout.shown(rows, replace(NOW, trial="no such")) is None


def test_what_a_verdict_rests_on_stands_beside_it():
    told = [(name.en, said_.en) for name, said_ in said.facts(row())]

    assert told == [
        ("Uplift", "+12%"), ("80% interval", "8% to 17%"), ("95% interval", "5% to 20%"), ("Goal", "5%"),
        ("Chance of the goal", "96% (go at 80%, stop at 20%)"), ("Gained a week", "12 pcs"),
        ("Sample", "6 pilots, 10 controls, 8 weeks"),
    ]  # fmt: skip
    rate = row(kind="rate", estimate=1.62, goal=None, gain_pcs=None, probability=None)
    assert [s.en for _, s in said.facts(rate)][3:] == ["–", "– (go at 80%, stop at 20%)", "6 pilots, 8 weeks"]
    assert said.facts(row(estimate=None))[0][1].en == "–"
