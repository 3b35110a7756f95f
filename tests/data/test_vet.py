"""A file beside what is loaded: unknown codes are kept, taken for known ones or handed back as the analyst says;
aliases and parents that cannot be are handed back with the reason; rows in = rows loaded + rows handed back."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import intake
from data.home import Home
from data.ingest import Prepared, WrongAnswer, rejected_file
from data.lake import Batch
from data.vet import Vetted, rings, vet
from tests.conftest import giver
from tests.data.conftest import HEADERS
from tests.data.ingest.kit import TODAY, reasons

OTHERS = {"aliases": "别名,来源,客户编码,产品编码", "accounts": "客户编码,客户名称,上级客户"}
KNOWN = "A01,X1,2026-06-02,1,10"
LINES = (KNOWN, "锦泰家电,X1,2026-06-03,2,20", "锦泰家电,X1,2026-06-04,3,30", "Z9,X1,2026-06-05,4,40")


@pytest.fixture
def masters(home: Home) -> None:
    """Two accounts and one product."""
    put = giver(home.own())
    put("accounts", {"account": "A01", "account_name": "锦泰家电"}, {"account": "B02", "account_name": "万汇百货"})
    put("products", {"sku": "X1", "sku_name": "洗衣机"})


@pytest.fixture(autouse=True)
def headers(monkeypatch):
    """Files of this module have these headers."""
    for name, line in OTHERS.items():
        monkeypatch.setitem(HEADERS, name, line)


def looked_at(home: Home, prepared: Prepared, **answers: str) -> Vetted:
    return vet(home.own(), prepared, _keys(answers), TODAY)


def _keys(answers: dict[str, str]) -> dict[str, str]:
    """unknown_account=... and alias_account_锦泰=... as the answers are called."""
    return {key.replace("_", ":", 2) if key != "overlap" else key: value for key, value in answers.items()}


def loaded(home: Home, prepared: Prepared, *, partial: bool = False, **answers: str) -> Batch:
    vetted = looked_at(home, prepared, **answers)
    assert intake.open_questions(home, vetted.prepared, _keys(answers), vetted) == []
    return intake.take(home, vetted.prepared, _keys(answers), "ana", partial)


def figures(home: Home) -> dict[str, int]:
    return dict(home.own().execute("SELECT account, sum(qty)::INTEGER FROM sell_out GROUP BY account ORDER BY account"))


# -- unknown codes ----------------------------------------------------------------------------------------------------


def test_without_a_master_nothing_is_unknown(home, came):
    vetted = looked_at(home, came(*LINES))

    assert vetted.unknown == () and vetted.open({}) == []


def test_codes_that_the_master_does_not_have_are_asked_about_by_kind_with_rows_and_with_what_they_may_be(
    home, came, masters
):
    vetted = looked_at(home, came(*LINES, "A01,Y7,2026-06-05,1,1"))

    assert [(u.kind, u.code, u.rows) for u in vetted.unknown] == [
        ("account", "锦泰家电", 2),
        ("account", "Z9", 1),
        ("sku", "Y7", 1),
    ]
    questions = {question.key: question for question in vetted.open({})}
    assert list(questions) == ["unknown:account", "alias:account:锦泰家电", "unknown:sku"]
    assert questions["unknown:account"].ask.en.startswith(
        "Accounts that are not in the account master: 2; rows: 3 (锦泰家电, Z9)."
    )
    assert questions["unknown:account"].ask.zh.startswith("客户档案里没有 2 个客户，共 3 行：锦泰家电、Z9。")
    assert [o.value for o in questions["unknown:account"].options] == ["keep", "hand_back"]
    assert [(o.value, o.label.en) for o in questions["alias:account:锦泰家电"].options] == [("A01", "A01 锦泰家电")]


def test_a_file_of_known_codes_is_asked_nothing(home, came, masters):
    assert looked_at(home, came(KNOWN)).open({}) == []


def test_a_code_that_an_alias_explains_is_known(home, came, masters):
    giver(home.own())("aliases", {"alias": "锦泰家电", "account": "A01"}, {"alias": "Z9", "account": "B02"})

    assert looked_at(home, came(*LINES)).unknown == ()


def test_an_alias_of_what_the_master_does_not_have_explains_nothing(home, came, masters):
    giver(home.own())("aliases", {"alias": "Z9", "account": "Z10"})

    assert [u.code for u in looked_at(home, came(*LINES)).unknown] == ["锦泰家电", "Z9"]


def test_kept_codes_count_under_their_own_name(home, came, masters):
    batch = loaded(home, came(*LINES), unknown_account="keep")

    assert figures(home) == {"A01": 1, "Z9": 4, "锦泰家电": 5} and batch.rows == 4


def test_rows_of_unknown_codes_are_handed_back_with_the_reason_and_all_others_are_loaded(home, came, masters):
    vetted = looked_at(home, came(*LINES), unknown_account="hand_back")
    checked = vetted.prepared.checked
    assert checked is not None and (checked.rows_in, checked.rows_good, checked.rejected) == (4, 1, 3)
    assert reasons(vetted.prepared) == [
        (line, "客户编码", "this account is not in the account master") for line in (3, 4, 5)
    ]
    assert rejected_file(vetted.prepared).decode("utf-8-sig").count("锦泰家电") == 2

    batch = loaded(home, came(*LINES), partial=True, unknown_account="hand_back")

    assert figures(home) == {"A01": 1} and (batch.rows, batch.receipt.rows_rejected) == (1, 3)


def test_a_right_total_row_stays_right_when_rows_are_handed_back(home, came, masters):
    vetted = looked_at(home, came(*LINES, "合计,,,10,100"), unknown_account="hand_back")

    checked = vetted.prepared.checked
    assert checked is not None and (checked.rows_in, checked.rejected) == (4, 3)


def test_an_unknown_code_that_is_taken_for_a_known_one_counts_there_and_can_be_taken_back(home, came, masters):
    answers = {"alias_account_锦泰家电": "A01", "unknown_account": "hand_back"}
    loaded(home, came(*LINES), partial=True, **answers)
    assert figures(home) == {"A01": 6}

    [batch] = [b for b in home.own().lake.batches("aliases") if b.live]
    assert (batch.receipt.user, batch.receipt.file, batch.rows) == ("ana", "in.csv", 1)
    home.own().lake.undo(batch.id, "ana")
    home.own().version()
    assert figures(home) == {"A01": 1, "锦泰家电": 5}


def test_when_every_unknown_code_is_taken_for_a_known_one_nothing_else_is_asked(home, came, masters):
    answers = {"alias:account:锦泰家电": "A01", "alias:account:Z9": "B02"}

    assert vet(home.own(), came(*LINES), answers, TODAY).open(answers) == []


def test_an_article_number_is_taken_for_a_product_with_the_only_account_of_the_file(home, came, masters):
    loaded(home, came("A01,10086,2026-06-02,1,10"), alias_sku_10086="X1")
    giver(home.own())("sell_out", {"account": "B02", "sku": "10086", "sold_on": "2026-06-02"})

    assert home.own().execute("SELECT account, sku FROM sell_out ORDER BY account") == [("A01", "X1"), ("B02", "10086")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"alias:account:A01": "B02"},  # A01 is known
        {"alias:account:Z9": "nobody"},
        {"alias:sku:Z9": "X1"},
        {"unknown:account": "perhaps"},
    ],
)
def test_an_answer_that_cannot_be_is_refused_by_name(home, came, masters, wrong):
    with pytest.raises(WrongAnswer, match=next(iter(wrong))):
        vet(home.own(), came(*LINES), wrong, TODAY)


def test_a_failed_publication_leaves_no_alias_behind(home, came, masters, monkeypatch):
    monkeypatch.setattr("data.intake.publish", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        intake.take(home, came(*LINES), {"alias:account:Z9": "B02"}, "ana", partial=False)

    assert [b.live for b in home.own().lake.batches("aliases")] == [False]


# -- periods and aliases ----------------------------------------------------------------------------------------------


def test_a_file_under_an_alias_meets_and_replaces_the_rows_under_the_other_code(home, came):
    put = giver(home.own())
    put("sell_out", {"account": "苏宁易购", "sku": "X", "sold_on": "2026-06-05", "qty": 7})
    put("sell_out", {"account": "国美", "sku": "X", "sold_on": "2026-06-05", "qty": 9})
    alias = put("aliases", {"alias": "苏宁", "account": "苏宁易购"})
    june = "苏宁,X,2026-06-01,2,1", "苏宁,X,2026-06-30,3,1"

    assert intake.overlap(home.own(), came(*june)) is not None
    loaded(home, came(*june), overlap="replace")
    assert figures(home) == {"国美": 9, "苏宁易购": 5}

    home.own().lake.undo(alias.id, "ana")  # what was replaced stays replaced; only the name goes back
    home.own().version()
    assert figures(home) == {"国美": 9, "苏宁": 5}


def test_a_file_under_the_known_code_replaces_the_rows_under_its_aliases(home, came):
    put = giver(home.own())
    put("sell_out", {"account": "苏宁", "sku": "X", "sold_on": "2026-06-05", "qty": 7})
    put("aliases", {"alias": "苏宁", "account": "苏宁易购"})

    loaded(home, came("苏宁易购,X,2026-06-01,2,1", "苏宁易购,X,2026-06-30,3,1"), overlap="replace")

    assert figures(home) == {"苏宁易购": 5}


def test_a_file_replaces_what_it_meets_by_an_alias_that_is_published_with_it(home, came, masters):
    giver(home.own())("sell_out", {"account": "B02", "sku": "X1", "sold_on": "2026-06-05", "qty": 7})
    lines = "万汇,X1,2026-06-01,2,1", "万汇,X1,2026-06-30,3,1"

    met = intake.overlap(home.own(), came(*lines), {"alias:account:万汇": "B02"})
    assert met is not None and met.rows == 1
    loaded(home, came(*lines), alias_account_万汇="B02", overlap="replace")

    assert figures(home) == {"B02": 5}


def test_an_alias_that_comes_later_hides_no_row_of_an_earlier_replacement(home, came):
    giver(home.own())("sell_out", {"account": "苏宁易购", "sku": "X", "sold_on": "2026-06-05", "qty": 7})
    giver(home.own())("sell_out", {"account": "苏宁", "sku": "X", "sold_on": "2026-06-06", "qty": 1})
    loaded(home, came("苏宁,X,2026-06-01,2,1", "苏宁,X,2026-06-30,3,1"), overlap="replace")

    giver(home.own())("aliases", {"alias": "苏宁", "account": "苏宁易购"})

    assert figures(home) == {"苏宁易购": 12}


# -- aliases and parents that cannot be -------------------------------------------------------------------------------


def test_aliases_that_cannot_be_are_handed_back_with_the_reason_and_the_others_loaded(home, came):
    giver(home.own())("aliases", {"alias": "b", "account": "c"})
    lines = "a,,b,", "x,,x,", "y,,z,", "two,,z,X1", "none,,,", "1001,SAP,A,", "1001,U8,B,"

    vetted = looked_at(home, came(*lines, dataset="aliases"))

    assert reasons(vetted.prepared) == [
        (2, "别名", "is an alias of an alias; let both stand for the code that counts"),
        (3, "别名", "stands for itself, which says nothing"),
        (5, "别名", "must stand for one of account, store and product"),
        (6, "别名", "must stand for one of account, store and product"),
        (7, "别名", "stands for two codes at once"),
        (8, "别名", "stands for two codes at once"),
    ]
    assert vetted.prepared.checked is not None and vetted.prepared.checked.rows_good == 1


def test_a_parent_above_itself_is_handed_back_also_when_half_of_the_circle_is_loaded(home, came):
    giver(home.own())("accounts", {"account": "a", "account_name": "a", "parent": "b"})

    vetted = looked_at(home, came("b,b,c", "c,c,old a", "d,d,a", "e,e,", dataset="accounts"))
    assert reasons(vetted.prepared) == []

    giver(home.own())("aliases", {"alias": "old a", "account": "a"})
    vetted = looked_at(home, came("b,b,c", "c,c,old a", "d,d,a", "e,e,", dataset="accounts"))
    assert [line for line, _, _ in reasons(vetted.prepared)] == [2, 3]


def test_a_master_that_takes_a_parent_away_opens_a_circle(home, came):
    giver(home.own())("accounts", {"account": "a", "account_name": "a", "parent": "b"})

    assert reasons(looked_at(home, came("a,a,", "b,b,a", dataset="accounts")).prepared) == []


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg")))
def test_rings_are_exactly_those_who_meet_themselves_above(parents):
    def meets_itself(code: str) -> bool:
        above, seen = parents.get(code), set()
        while above in parents and above not in seen and above != code:
            seen.add(above)
            above = parents[above]
        return above == code and parents[code] != code

    assert rings(parents) == {code for code in parents if meets_itself(code)}


# -- how long it takes ------------------------------------------------------------------------------------------------


def test_a_hundred_thousand_codes_are_looked_up_in_seconds(home, came):
    giver(home.own())("products", *[{"sku": f"S{n}", "sku_name": f"{n} 号产品"} for n in range(50_000)])
    prepared = came(*(f"A,S{n},2026-06-02,1,1" for n in range(100_000)))

    began = time.process_time()
    vetted = looked_at(home, prepared)

    assert len(vetted.unknown) == 50_000 and time.process_time() - began < 20
