"""What a command line tells of a file: refused by name where nobody would ever ask for it."""

import pytest

from data.ingest.shapes import WrongAnswer
from data.ingest.told import OF_A_FIELD, OF_THE_FILE, ONCE, SHOWN, columns, refuse_absent_headers, refuse_unknown_keys
from tests.data.ingest.kit import LINES


@pytest.mark.parametrize("key", [*ONCE, *(head + "qty" for head in OF_A_FIELD), *(head + "7" for head in OF_THE_FILE)])
def test_every_key_that_is_asked_for_may_be_answered_beforehand(key: str):
    refuse_unknown_keys(LINES, {key: "x"})


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("shet", "sheet"),
        ("Unit", "unit"),
        ("comma:amout", "comma:amount"),
        ("map.qyt", "map.qty"),
        ("sold_on", "map.sold_on"),
        ("alias", "alias:"),
        ("overlap:", "overlap"),
        ("", "map.share"),
    ],
)
def test_a_key_that_nothing_asks_for_is_refused_with_the_nearest_one(key: str, nearest: str):
    with pytest.raises(WrongAnswer, match=f"'{key}'") as refusal:
        refuse_unknown_keys(LINES, {"encoding": "utf-8", key: "x"})
    assert not key or f"the nearest is '{nearest}'" in str(refusal.value)


def test_a_header_that_the_file_lacks_is_refused_and_its_own_are_named():
    refuse_absent_headers(("a", "b"), {"qty": "b", "amount": ""})
    with pytest.raises(WrongAnswer, match=r"no header 'c'; the file has a, b$"):
        refuse_absent_headers(("a", "b"), {"qty": "b", "amount": "c"})


def test_of_a_wide_file_only_the_first_headers_are_named():
    headers = [f"h{at}" for at in range(SHOWN + 2)]
    with pytest.raises(WrongAnswer, match=f"h{SHOWN - 1} and 2 more$"):
        refuse_absent_headers(headers, {"qty": "c"})


def test_an_answer_goes_before_a_mapping_of_the_same_field():
    assert columns({"qty": "a", "sku": "b"}, {"map.qty": "c", "unit": "x"}) == {"qty": "c", "sku": "b"}
