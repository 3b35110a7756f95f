"""Cells of a row that contradict each other, or the day of upload: asked about, told, handed back on demand."""

from datetime import timedelta

import pytest

from data.datasets import BY_NAME
from data.datasets.orders import AHEAD_DAYS
from tests.data.ingest.kit import TODAY, Take, loaded, reasons

HEADER = (
    "订单号",
    "行号",
    "客户编码",
    "产品编码",
    "下单日期",
    "要求到货日期",
    "承诺到货日期",
    "发货日期",
    "实际到货日期",
)
HEADER = (*HEADER, "订购数量", "已发数量")
ORDERS = BY_NAME["orders"]


def order(n: int = 1, **said: str) -> tuple[str, ...]:
    """An order line that breaks no rule, with what a test wants to be different."""
    usual = {
        "ordered": "2026-06-01",
        "requested": "2026-06-20",
        "promised": "2026-06-21",
        "shipped": "2026-06-18",
        "delivered": "2026-06-20",
        "qty": "10",
        "sent": "10",
    }
    return (f"D{n}", "1", "A", "X", *(usual | said).values())


@pytest.fixture
def came(take: Take):
    return lambda *rows, **told: take(list(rows), header=HEADER, dataset=ORDERS, **told)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({}, []),
        ({"requested": "2026-06-01"}, []),
        ({"requested": "2026-05-31"}, ["requested_early"]),
        ({"promised": "2026-06-01"}, []),
        ({"promised": "2026-05-31"}, ["promised_early"]),
        ({"shipped": "2026-06-01"}, []),
        ({"shipped": "2026-05-31"}, ["shipped_early"]),
        ({"shipped": "", "delivered": "2026-06-01"}, []),
        ({"shipped": "", "delivered": "2026-05-31"}, ["delivered_early"]),
        ({"delivered": "2026-06-18"}, []),
        ({"delivered": "2026-06-17"}, ["delivered_unshipped"]),
        ({"requested": str(TODAY + timedelta(days=200))}, []),  # what is asked for lies in the future
        ({"requested": str(TODAY.replace(day=1) + timedelta(days=AHEAD_DAYS))}, []),
        ({"requested": str(TODAY.replace(day=1) + timedelta(days=AHEAD_DAYS + 1))}, ["requested_ahead"]),
        ({"promised": str(TODAY.replace(day=1) + timedelta(days=AHEAD_DAYS))}, []),
        ({"promised": str(TODAY.replace(day=1) + timedelta(days=AHEAD_DAYS + 1))}, ["promised_ahead"]),
        ({"delivered": "2026-06-30"}, []),
        ({"delivered": "2026-07-01"}, ["delivered_future"]),
        ({"shipped": "2026-06-30", "delivered": ""}, []),
        ({"shipped": "2026-07-01", "delivered": ""}, ["shipped_future"]),
        ({"requested": "", "promised": "", "shipped": "", "delivered": ""}, []),
    ],
)
def test_days_of_an_order_that_cannot_be_are_asked_about(said, asked, came):
    assert [q.key for q in came(order(**said)).questions] == [f"rule:{name}" for name in asked]


def test_the_question_says_how_many_rows_which_column_and_where(came):
    rows = [order(), order(2, shipped="2026-05-01"), order(3, shipped="2026-05-02")]

    [asked] = came(*rows).questions

    assert asked.ask.zh == "有 2 行的“发货日期”早于下单日期，第一处在第 3 行。要保留吗？"
    assert asked.ask.en == "In 2 rows “发货日期” is before the day of the order, first in line 3. Keep them?"
    assert [option.value for option in asked.options] == ["keep", "hand_back"]


def test_such_rows_are_kept_with_a_note_or_handed_back_with_the_rule_as_reason(came):
    rows = [order(), order(2, shipped="2026-05-01")]

    kept = came(*rows, answers={"rule:shipped_early": "keep"})
    back = came(*rows, answers={"rule:shipped_early": "hand_back"})

    assert len(loaded(kept)) == 2
    assert any("In 1 row “发货日期” is before the day of the order, first in line 3." in n.en for n in kept.notes)
    assert reasons(back) == [(3, "发货日期", "is before the day of the order")]
    assert [row["order_no"] for row in loaded(back)] == ["D1"]
    assert not any("before the day" in note.en for note in back.notes)


def test_two_rules_are_two_questions_and_each_has_its_own_answer(came):
    rows = [order(), order(2, requested="2026-05-01", delivered="2026-07-02")]

    assert [q.key for q in came(*rows).questions] == ["rule:requested_early", "rule:delivered_future"]
    both = came(*rows, answers={"rule:requested_early": "keep", "rule:delivered_future": "hand_back"})
    assert [column for _, column, _ in reasons(both)] == ["实际到货日期"]


@pytest.mark.parametrize(
    ("qty", "sent", "told"), [("10", "10", False), ("10", "10.001", True), ("0", "1", True), ("-1", "0", False)]
)
def test_more_shipped_than_ordered_is_told_and_never_asked(qty, sent, told, came):
    done = came(order(qty=qty, sent=sent))

    assert done.questions == () and len(loaded(done)) == 1
    assert any("“已发数量” is more than was ordered, first in line 2" in note.en for note in done.notes) is told


def test_a_rule_whose_columns_the_file_lacks_is_not_asked(take: Take):
    header = ("订单号", "行号", "客户编码", "产品编码", "下单日期", "订购数量")

    assert take([("D1", "1", "A", "X", "2026-06-01", "1")], header=header, dataset=ORDERS).questions == ()


def test_a_row_that_is_handed_back_for_another_reason_breaks_no_rule(came):
    assert came(order(shipped="2026-05-01", qty="many"), order(2)).questions == ()


def test_a_wrong_answer_is_refused_by_name(came):
    with pytest.raises(ValueError, match="rule:shipped_early is answered 'maybe'"):
        came(order(), answers={"rule:shipped_early": "maybe"})


def test_every_rule_names_columns_of_its_contract_and_is_alone_by_its_name():
    for dataset in BY_NAME.values():
        names = [rule.name for rule in dataset.rules]
        assert len(set(names)) == len(names)
        for rule in dataset.rules:
            assert all(dataset.has(name) for name in (rule.field, *rule.needs))
