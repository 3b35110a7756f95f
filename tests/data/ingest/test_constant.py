"""An account's own export does not name the account, nor a month's file the month: said once, true for every row."""

import datetime

import pytest

from data.ingest import WrongAnswer
from data.ingest.read import Source
from tests.data.ingest.kit import Take, in_order, loaded, reasons, row

SHORT = ("产品编码", "数量")
ROWS = [("S1", "2"), ("S2", "3")]
BOTH = {"value:account": "A7", "value:sold_on": "2026-06"}


def test_what_no_column_says_is_asked_and_may_be_said_for_the_whole_file(take: Take):
    assert {q.key for q in take(ROWS, SHORT).questions} == {"map.account", "map.sold_on"}

    done = take(ROWS, SHORT, answers=BOTH)

    assert [(one["account"], one["sku"], one["sold_on"]) for one in loaded(done)] == [
        ("A7", "S1", datetime.date(2026, 6, 1)),
        ("A7", "S2", datetime.date(2026, 6, 1)),
    ]
    assert [one["_line"] for one in loaded(done)] == [2, 3]
    assert done.checked.accounts == ("A7",) and "“Account code”: “A7” for the whole file." in [n.en for n in done.notes]


def test_the_word_goes_before_a_column_and_before_what_was_said_of_columns(take: Take):
    done = take([row("A1")], answers={"value:account": "A7"}, mapping={"account": "客户编码"})

    assert [one["account"] for one in loaded(done)] == ["A7"]


def test_a_word_of_any_kind_is_a_word_and_no_sql(take: Take):
    done = take(ROWS, SHORT, answers={**BOTH, "value:account": "o'; DROP TABLE x --"})

    assert {one["account"] for one in loaded(done)} == {"o'; DROP TABLE x --"}


def test_a_word_that_is_no_date_hands_every_row_back(take: Take):
    done = take(ROWS, SHORT, answers={**BOTH, "value:sold_on": "June"})

    assert [line for line, column, _ in reasons(done) if column == "单据日期"] == [2, 3]


@pytest.mark.parametrize("answers", [{"value:colour": "red"}, {"value:account": " "}])
def test_a_field_that_is_none_and_an_empty_word_are_refused(answers, take: Take):
    with pytest.raises(WrongAnswer, match=r"value:(colour|account)"):
        take(ROWS, SHORT, answers={**BOTH, **answers})


def test_months_across_take_it_too(take: Take):
    done = take(
        [("S1", "1", "2", "")],
        ("产品编码", "2026年1月", "2026年2月", "2026年3月"),
        answers={"months": "qty", "value:account": "A7"},
    )

    assert [(o["account"], o["sold_on"].month, int(o["qty"])) for o in in_order(done)] == [("A7", 1, 1), ("A7", 2, 2)]


def test_the_file_as_it_was_read_stays_as_it_was(take: Take):
    done = take(ROWS, SHORT, answers=BOTH)

    assert done.origin.staged.headers == SHORT and isinstance(done.origin, Source)
    assert done.source.staged.headers == (*SHORT, "客户编码", "单据日期")
