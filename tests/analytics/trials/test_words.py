"""Word lists: the longest word counts once, a denial turns it, what only looks like a word of the list is passed."""

import pytest

from analytics.trials import words
from data.datasets.feedback import THEMES
from data.samples import trials


def read(text: str) -> list[tuple[str, str]]:
    return [(hit.said, hit.mood) for hit in words.hits(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("脱水比老款安静", [("安静", "good")]),
        ("夜里也能洗，不吵邻居", [("不吵", "good")]),
        ("没有噪音", [("没有噪音", "good")]),
        ("没什么噪音", [("没什么噪音", "good")]),
        ("一点都不安静", [("不安静", "bad")]),
        ("不会不好用", [("不会不好", "good")]),
        ("不错", [("不错", "good")]),
        ("不好", [("不好", "bad")]),
        ("没问题", [("没问题", "good")]),
        ("不太满意", [("不太满意", "bad")]),
        ("不大，声音很吵", [("吵", "bad")]),  # the denial is meant for something else
        ("甩干时仍有点响", [("响", "bad")]),
        ("不影响休息，响应也正常", []),
        ("特别贵", [("贵", "bad")]),  # 特别 holds a 别 that denies nothing
        ("不但安静，而且便宜", [("安静", "good"), ("便宜", "good")]),
        ("顾客嫌贵", [("嫌贵", "bad")]),
        ("烘干时间长了些", [("时间长", "bad")]),
        ("It is not noisy at all", [("not noisy", "good")]),
        ("No problem with the hose", [("No problem", "good")]),
        ("Not very quiet", [("Not very quiet", "bad")]),
        ("Not only quiet but cheap", [("quiet", "good"), ("cheap", "good")]),
        ("Nice, but hardship is no harder word", [("Nice", "good")]),
        ("It does not look big; loud", [("loud", "bad")]),
        ("not one two three noisy", [("noisy", "bad")]),  # too far away
        ("", []),
    ],
)
def test_what_counts_and_which_way(text, found):
    assert read(text) == found


def test_each_hit_stands_in_the_text_as_it_was_written():
    for _, phrases in trials.THEMES:
        for phrase in phrases:
            assert all(hit.said in phrase for hit in words.hits(phrase))


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("夜里也能洗，不吵邻居", "噪音"),
        ("顾客嫌贵", "价格"),
        ("进水管短，安装要加件", "安装"),
        ("The drying programme is slow", "功能"),
        ("carton was dented", "包装"),
        ("不影响休息", words.OTHER),
        ("还行吧", words.OTHER),
    ],
)
def test_the_theme_that_most_words_name(text, theme):
    assert words.theme(text) == theme


def test_the_demo_companys_phrases_are_read_as_they_were_meant():
    """What was planted: of each theme the third phrase is the less liked one."""
    told = [(theme, words.theme(phrase)) for theme, phrases in trials.THEMES for phrase in phrases]
    assert sum(theme == found for theme, found in told) >= 13

    moods = {phrase: words.hits(phrase) for _, phrases in trials.THEMES for phrase in phrases}
    assert {hit.mood for hit in moods["安装师傅还不熟"]} == {"bad"}
    assert {hit.mood for hit in moods["深色面板受年轻人欢迎"]} == {"good"}


def test_the_lists_do_not_contradict_each_other_and_know_every_theme_of_the_contract():
    assert not set(words.GOOD) & set(words.BAD)
    assert {*words.THEMES, words.OTHER} == {theme.zh for theme in THEMES}
    assert all(word == word.casefold() for word in (*words.GOOD, *words.BAD, *words.PASSED, *words.DENIALS))
