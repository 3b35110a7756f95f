"""What is said first of one trial: which one, its verdict with the rule, what to do, and what is not known."""

from dataclasses import replace
from datetime import date

import pytest

from analytics.trials import cards, glance, readout, said, voices

ROW = readout.Row(
    trial="SD1", title="体验台", sku="X", sku_name="洗衣机", sku_name_en="Washer", kind="uplift", owner="李敏",
    starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 26), weeks_run=8, weeks_planned=8, pilots=6, pilots_named=6,
    controls=10, controls_named=True, goal=0.05, go_at=0.8, stop_at=0.2, rule_given=True, fixed_on=date(2026, 2, 20),
    fixed_before=True, estimate=0.12, low80=0.07, high80=0.17, low95=0.04, high95=0.2, gain_pcs=12.0, probability=0.96,
    verdict="go", weeks_more=0, reason="", promotions=0, out_weeks=0, untold_weeks=0,
)  # fmt: skip
RUNNING = replace(ROW, trial="SD2", starts_on=date(2026, 2, 23), ends_on=date(2026, 6, 21), weeks_planned=16)
PLANNED = replace(ROW, trial="SD3", starts_on=date(2026, 9, 7), ends_on=date(2026, 11, 1), verdict="planned",
                  estimate=None, probability=None)  # fmt: skip
CARD = cards.Row("theme", "噪音", "Noise", "", "", "", "", "", 9, 1, 2, 0, 0)


def test_the_trial_of_the_code_is_looked_at_else_the_one_that_ends_last_else_the_next_to_begin():
    assert glance.chosen([ROW, RUNNING, PLANNED], "SD1") is ROW
    assert glance.chosen([ROW, RUNNING, PLANNED], "") is RUNNING
    assert glance.chosen([PLANNED], "gone") is PLANNED
    assert glance.chosen([], "SD1") is None


def test_the_headline_tells_more_from_less_and_a_rate_from_an_uplift():
    assert glance.head(ROW).en == "Go: pilots sell 12% more, goal 5%"
    less = replace(ROW, estimate=-0.03, verdict="stop")
    assert glance.head(less).zh == "停止：试点客户反而少卖 3%，目标多卖 5%"
    new = replace(ROW, kind="rate", estimate=1.83, goal=1.2)
    assert glance.head(new).en == "Go: 1.8 pcs a store and week, goal 1.2"


def test_a_trial_without_an_effect_says_why_in_the_headline():
    row = replace(ROW, estimate=None, probability=None, verdict="small", reason="too few controls")

    assert said.REASONS["too few controls"].en in glance.head(row).en
    assert glance.todo(row, ()).en == ""
    assert (glance.evidence(row, None)[0][1], glance.line(row)) == (glance.UNKNOWN, said.REASONS["too few controls"])


def test_before_it_goes_on_what_two_cards_complain_of_is_named_and_one_card_is_not():
    assert "Mend Noise first: 2 cards" in glance.todo(ROW, [CARD]).en
    assert "Mend" not in glance.todo(ROW, [replace(CARD, dissatisfied=1)]).en
    assert "Mend" not in glance.todo(replace(ROW, verdict="stop"), [CARD]).en


@pytest.mark.parametrize(
    ("verdict", "more", "words"),
    [
        ("hold", 5, "5 weeks more"),
        ("small", None, "more pilots would"),
        ("stop", 0, "End it"),
        ("go", 0, "Roll it out"),
    ],
)
def test_each_verdict_says_what_to_do(verdict, more, words):
    assert words in glance.todo(replace(ROW, verdict=verdict, weeks_more=more), ()).en


def test_the_verdict_stands_beside_its_rule_and_too_small_is_neither_go_nor_stop():
    level, word, rule, options = glance.verdict(ROW)
    assert (level, word.en, len(options)) == ("vfair", "Go", 3)
    assert rule.en == "96% likely to reach the goal; go at 80%, stop at 20%"
    assert glance.verdict(replace(ROW, verdict="small"))[1] == said.WORDS["hold"]


def test_without_a_rule_fixed_before_the_start_there_is_no_trio_to_choose_from():
    late = replace(ROW, verdict="open", probability=None, reason="fixed late", fixed_before=False)

    assert glance.verdict(late)[3] == ()
    assert "fixed after the start" in glance.verdict(late)[2].en
    assert "(after the start)" in {k.en: v.en for k, v in glance.evidence(late, None)}["Rule fixed on"]
    assert "2026-09-07" in glance.verdict(PLANNED)[2].en


def test_how_far_it_has_come_is_said_while_it_runs_when_over_and_not_before():
    assert glance.about(RUNNING).en.endswith("week 8 of 16")
    assert glance.about(ROW).en.endswith("all 8 weeks over")
    assert glance.about(PLANNED).en.endswith("Washer")


def test_every_trial_has_one_line_with_effect_interval_and_chance():
    assert glance.line(ROW).en == "Uplift 12% (80% interval 7% to 17%); 96% likely to reach 5%"
    assert glance.line(PLANNED).zh == "2026-09-07 在 6 家开始"
    assert glance.line(replace(ROW, probability=None, reason="no goal")).en.endswith("no goal was set")


def test_a_voice_is_quoted_with_its_mood_its_account_and_its_week():
    names = ("噪音", "Noise", "A", "明珠", "Mingzhu", "导购", "Sales clerk")
    row = voices.Row(*names, date(2026, 4, 1), 6, 2, "dissatisfied", "响", "响 −", 1)

    assert glance.told_by(row).en == "Dissatisfied · Mingzhu, Sales clerk · week 6"


def test_what_is_decided_names_the_trial_by_its_code():
    assert glance.decision(ROW, "stop").en.startswith("Stop: 体验台 (SD1); Uplift 12%")
    assert set(glance.DECISIONS) <= set(said.WORDS)
