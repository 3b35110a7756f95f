"""Opinions: counted by score or by words, by theme, account and role; nobody can be told from a count."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from analytics.charts.theme import Look
from analytics.trials import cards, voices
from analytics.trials.opinions import LEAST, Card, opinions
from tests.analytics.trials.conftest import SCOPE, START

Put = Callable[..., None]


@pytest.fixture
def card(given, trial) -> Put:
    """Hand in cards of the trial; each gets a number of its own."""
    trial()
    numbers = count(1)

    def put(*rows: dict) -> None:
        usual = {"trial": "SD01", "account": "A01", "given_on": START, "role": "导购", "theme": "噪音", "score": 5}
        given("feedback", *(usual | {"card": f"FK{next(numbers):03}"} | row for row in rows))

    return put


def rows(store, view: str) -> list[cards.Row]:
    return [row for row in cards.ask(store, SCOPE) if row.view == view]


def said(store) -> list[str]:
    return [finding.text.en for finding in cards.say(cards.ask(store, SCOPE), SCOPE)]


def test_four_and_five_are_satisfied_three_is_neither_two_and_one_are_not(store, card):
    card(*({"score": score} for score in (5, 4, 4, 3, 2, 1)))

    [row] = rows(store, "theme")
    assert (row.satisfied, row.neutral, row.dissatisfied, row.by_words) == (3, 1, 2, 0)
    assert said(store)[0] == "6 cards: 3 satisfied, 2 dissatisfied, 1 neither"


def test_without_a_score_or_a_theme_the_words_decide_and_it_is_said(store, card):
    card(
        {"score": None, "theme": None, "words": "不吵"},
        {"score": None, "theme": None, "words": "太贵了"},
        {"score": None, "theme": None, "words": "还行"},
        {"score": 1, "theme": None, "words": "很安静"},  # the score goes before the words
    )

    found = {row.theme_en: (row.satisfied, row.neutral, row.dissatisfied) for row in rows(store, "theme")}
    assert found == {"Noise": (1, 0, 1), "Price": (0, 0, 1), "Other": (0, 1, 0)}
    assert "3 had no score and were judged by their words" in said(store)


def test_cards_of_another_trial_or_of_a_day_to_come_do_not_count(store, card, trial):
    trial("SD09", starts_on="2026-01-05")
    card({}, {"trial": "SD09"}, {"given_on": SCOPE.as_of}, {"given_on": SCOPE.as_of + timedelta(days=1)})

    assert sum(row.cards for row in rows(store, "theme")) == 2


def test_a_role_with_fewer_than_three_cards_at_an_account_is_not_shown_and_the_rest_is(store, card):
    card(*[{"role": "导购"}] * 3, *[{"role": "店长"}] * 2, *[{"account": "A02", "role": "店长"}] * 3)

    assert {(r.account, r.role): r.cards for r in rows(store, "cell")} == {
        ("A01", "导购"): 3,
        ("A01", ""): 2,
        ("A02", "店长"): 3,
    }
    assert {(r.role, r.role_en): r.cards for r in rows(store, "role")} == {
        ("导购", "Sales clerk"): 3,
        ("店长", "Store manager"): 3,
        ("", "Role not shown"): 2,
    }
    assert "The role of 2 is not shown: an account has fewer than three cards of it" in said(store)


def test_a_card_that_names_no_role_hides_none(store, card):
    card({"role": None})

    assert [row.held for row in rows(store, "theme")] == [0] and len(said(store)) == 2


def test_themes_stand_by_how_much_more_they_are_praised_and_those_without_one_last(store, card):
    card(
        *[{"theme": "价格", "score": 1}] * 2,
        *[{"theme": "噪音", "score": 5}] * 2,
        *[{"theme": "其他", "score": 5}] * 9,
        {"theme": "外观", "score": 3},
    )

    assert [row.theme_en for row in rows(store, "theme")] == ["Noise", "Looks", "Price", "Other"]
    assert said(store)[1:3] == [
        "Most complaints: Price, 2 against 0 satisfied",
        "Most praise: Noise, 2 against 0 dissatisfied",
    ]


def test_a_theme_of_their_own_is_kept_as_it_was_written(store, card):
    card({"theme": "售后"})

    assert [(row.theme, row.theme_en) for row in rows(store, "theme")] == [("售后", "售后")]


def test_the_figure_has_the_dissatisfied_to_the_left_and_each_side_has_a_name(store, card):
    card({"score": 1}, {"score": 5}, {"score": 5})

    figure = cards.draw(cards.ask(store, SCOPE), Look("en"))

    assert [list(bar.x) for bar in figure.data] == [[-1], [2]]  # type: ignore[attr-defined]
    assert [list(bar.text) for bar in figure.data] == [["1"], ["2"]]  # type: ignore[attr-defined]
    assert [note.text for note in figure.layout.annotations] == ["Dissatisfied", "Satisfied"]  # type: ignore[attr-defined]


def test_a_theme_from_data_is_no_markup_in_the_figure(store, card):
    card({"theme": "<b>售后</b>"})

    figure = cards.draw(cards.ask(store, SCOPE), Look("zh"))

    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;售后&lt;/b&gt;",)  # type: ignore[attr-defined]


@example(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["", "店长", "导购"]), st.integers(1, 5))))
def test_every_view_counts_every_card_once_and_no_shown_role_has_fewer_than_three(drawn):
    day = date(2026, 3, 2)
    made = [Card(str(n), a, a, a, role, "价格", score, "", day, day) for n, (a, role, score) in enumerate(drawn)]

    found = opinions(made)

    assert len(found) == len(drawn)
    for account in "AB":
        shown = [o.role for o in found if o.card.account == account and o.role]
        assert all(shown.count(role) >= LEAST for role in shown)


# -- in their own words -----------------------------------------------------------------------------------------------


def test_voices_are_the_newest_that_take_a_side_and_say_why_with_week_and_hits(store, card):
    card(
        {"words": "还行", "score": 3, "given_on": START + timedelta(days=20)},
        {"words": "很安静", "score": 5, "given_on": START + timedelta(days=6)},
        {"words": "有点响", "score": 1, "given_on": START + timedelta(days=7)},
        {"words": "很安静", "score": 4, "given_on": START},
        {"words": "", "score": 1},
    )

    found = [(row.words, row.week, row.score, row.hits, row.cards) for row in voices.ask(store, SCOPE)]

    assert found == [("有点响", 2, 1, "响 −", 1), ("很安静", 1, 5, "安静 +", 2), ("还行", 3, 3, "", 1)]


def test_a_card_whose_words_contradict_its_score_speaks_only_where_no_other_does(store, card):
    card({"words": "很安静", "score": 1, "given_on": START + timedelta(days=9)}, {"words": "很安静", "score": 5})

    [row] = voices.ask(store, SCOPE)

    assert (row.mood, row.cards) == ("satisfied", 2)


def test_a_theme_has_four_voices_at_most(store, card):
    card(*({"words": f"安静 {n}"} for n in range(voices.EACH + 1)))

    assert len(voices.ask(store, SCOPE)) == voices.EACH


def test_a_role_that_is_not_shown_in_counts_is_not_shown_beside_words(store, card):
    card({"words": "很安静", "role": "店长"}, *[{"words": "不吵", "role": "导购"}] * 3)

    assert [(row.words, row.role, row.who.en) for row in voices.ask(store, SCOPE)] == [
        ("很安静", "", "A01"),
        ("不吵", "导购", "A01, Sales clerk"),
    ]


def test_blame_is_told_before_praise(store, card):
    card({"words": "很安静", "score": 5}, {"words": "太贵", "theme": "价格", "score": 1})

    told = [finding.text.en for finding in voices.say(voices.ask(store, SCOPE), SCOPE)]

    assert told == ["Price, dissatisfied: “太贵” (A01, week 1)", "Noise, satisfied: “很安静” (A01, week 1)"]


def test_braces_in_somebodys_words_stay_braces(store, card):
    card({"words": "{theme} 很安静 {0}", "score": 5})

    assert "{theme} 很安静 {0}" in voices.say(voices.ask(store, SCOPE), SCOPE)[0].text.zh
