"""Words beyond an open list are loaded and named: how many rows, what the list has, which word may be meant."""

import pytest

from data.contract import Choice, Dataset, Field, Kind
from data.datasets import BY_NAME
from data.ingest.unlisted import LONGEST, NAMED, near
from data.text import Text, same
from tests.data.ingest.kit import Take, loaded

CHANNELS = (Text("家电连锁", "Appliance chain"), Text("经销商", "Dealer"), same("A"))
SHOPS = Dataset(
    name="shops",
    title=same("shops"),
    grain=same("one row a shop"),
    key=("shop",),
    fields=(
        Field("shop", Kind.TEXT, Text("编号", "Shop")),
        Field(
            "channel",
            Kind.TEXT,
            Text("渠道", "Channel"),
            required=False,
            choices=tuple(Choice(word.zh, word) for word in CHANNELS),
        ),
    ),
)


@pytest.fixture
def told(take: Take):
    """The notes on words beyond the list, of rows that say these words."""

    def notes(*words: str) -> list[Text]:
        done = take([(str(n), word) for n, word in enumerate(words)], header=("编号", "渠道"), dataset=SHOPS)
        assert len(loaded(done)) == len(words)
        return [note for note in done.notes if "常用词" in note.zh]

    return notes


@pytest.mark.parametrize("words", [("家电连锁", "Dealer", "经销商", ""), ("appliance chain",), ("",)])
def test_words_of_the_list_in_either_language_and_empty_cells_are_no_news(told, words):
    assert told(*words) == []


def test_words_beyond_it_are_named_with_their_rows_and_the_list(told):
    [note] = told("经销商", "社区团购", "社区团购", "直播")

    assert note.zh == (
        "“渠道”里有 3 行是常用词以外的写法，照样载入：“社区团购” 2 行、“直播” 1 行。常用词：家电连锁、经销商、A。"
    )
    assert note.en == (
        "In 3 rows “渠道” has a word that is not among the usual ones; it is loaded as it is: “社区团购” 2 rows, "
        "“直播” 1 row. The usual ones: Appliance chain, Dealer, A."
    )


def test_a_word_that_may_be_one_of_the_list_is_named_with_it(told):
    [note] = told("Dealr", "经销商客户")

    assert "“Dealr” 1 行（是不是“经销商”？）" in note.zh and "“经销商客户” 1 行（是不是“经销商”？）" in note.zh
    assert "“Dealr” 1 row (is it “Dealer”?)" in note.en


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Dealr", "Dealer"),
        ("Dealers", "Dealer"),
        ("Deal", None),
        ("dear", None),
        ("A+", None),
        ("B", None),
        ("家电连锁!", "Appliance chain"),
        ("经消商", None),
        ("Appliance chian", "Appliance chain"),
    ],
)
def test_only_what_people_do_vary_is_taken_for_a_listed_word(word, meant):
    found = near(SHOPS.field("channel"), word)

    assert (found and found.en) == meant


@pytest.mark.parametrize(("kinds", "more"), [(NAMED, False), (NAMED + 1, True)])
def test_a_few_words_are_named_and_the_others_counted(told, kinds, more):
    [note] = told(*(f"第{n}种" for n in range(kinds)))

    assert f"有 {kinds} 行" in note.zh and note.zh.count("1 行") == min(kinds, NAMED)
    assert ("等。" in note.zh, "and others." in note.en) == (more, more)


@pytest.mark.parametrize(("length", "cut"), [(LONGEST, False), (LONGEST + 1, True)])
def test_a_word_as_long_as_a_sentence_is_cut(told, length, cut):
    [note] = told("长" * length)

    assert ("…" in note.zh) is cut


def test_a_word_that_is_repaired_to_a_listed_one_is_no_news(take: Take):
    done = take(
        [("1", "地推"), ("2", "直播")], header=("编号", "渠道"), dataset=SHOPS, answers={"fix:channel:地推": "经销商"}
    )

    assert {row["channel"] for row in loaded(done)} == {"经销商", "直播"}
    assert ["地推" in note.zh for note in done.notes if "常用词" in note.zh] == [False]


def test_the_list_of_an_account_master_is_open(take: Take):
    done = take([("A01", "锦泰", "社区团购")], header=("客户编码", "客户名称", "渠道类型"), dataset=BY_NAME["accounts"])

    assert any("“社区团购” 1 行" in note.zh for note in done.notes)
