"""Words, codes and flags: one cell's text to one value."""

import pytest

from data.ingest import cells
from data.ingest.cells import Problem


@pytest.mark.parametrize("yes", ["是", "Y", "yes", "1", "TRUE", " y "])
@pytest.mark.parametrize("no", ["否", "N", "no", "0", "False"])
def test_flags_are_read_and_anything_else_is_not(yes: str, no: str):
    assert (cells.flag(yes), cells.flag(no), cells.flag(""), cells.flag("maybe")) == (
        "true",
        "false",
        None,
        Problem("flag"),
    )


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("00123", "00123"),
        (" 苏宁\u3000", "苏宁"),
        ("苏\u200b宁\u202e", "苏宁"),
        ("\ufeffA1\t", "A1"),
        ("NA", "NA"),
        ("NULL", "NULL"),
        ("None", "None"),
        ("无", "无"),
        ("=1+1", "=1+1"),
        ('="00123"', "00123"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("𠮷", "𠮷"),
        ("12E34", "12E34"),
        ("5E10", "5E10"),
        ("12345678901234567890", "12345678901234567890"),
        ("   ", None),
    ],
)
def test_a_code_is_kept_as_it_is_but_for_what_cannot_be_seen(cell: str, value: str | None):
    assert cells.code(cell) == value


def test_a_code_that_lost_its_digits_is_handed_back_and_a_name_like_it_is_not():
    assert cells.code("6.90E+12") == Problem("science")
    assert cells.text("6.90E+12") == "6.90E+12"
    assert "digits" in Problem("science").reason.en
