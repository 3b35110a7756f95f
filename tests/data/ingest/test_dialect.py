"""How cells are separated and wrapped: RFC 4180 unless another way makes more lines agree."""

import pytest

from data.ingest.dialect import Dialect, dialect
from tests.data.ingest.kit import HEADER, Take, loaded, reasons, row


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a,b\n1,2\n", Dialect(",")),
        ("a;b\n1,5;2\n", Dialect(";")),
        ("a b c\n1 2 3\n", Dialect(" ")),
        ("a b\n1 2 3\n", Dialect(",")),
        ("name\nL'Oréal\n'tis\n", Dialect(",")),
        ("a,b\n'x, y',2\n'z, w',3\n", Dialect(",", "'")),
        ("a,b\n'x',2\n'y',3\n", Dialect(",", "'")),
        ("a,b\n'x',2\ny,3\n", Dialect(",")),
        ('a,b\n"x \\"y\\", z",2\n"w",3\n', Dialect(",", '"', "\\")),
        ('a,b\n6\\"x,2\n"w,v",3\n', Dialect(",", '"', "\\")),
        ('a,b\n"x \\"y\\"",2\n"w",3\n', Dialect(",", '"', "\\")),
        ('a,b\n"C:\\dir\\",2\n"w",3\n', Dialect(",")),
        ('a,b\n"x ""y"", z",2\n', Dialect(",")),
        ('a,b\n1,2\n"3,4\n5,6\n', Dialect(",")),
    ],
)
def test_the_dialect_under_which_lines_agree_is_taken(text: str, found: Dialect):
    assert dialect(text.splitlines(keepends=True)) == found


@pytest.mark.parametrize(
    ("wrap", "value"), [("'{}'", "苏宁, 南京"), ('"{}"', '苏宁 \\"南京\\", 店')], ids=["single marks", "escaped by \\"]
)
def test_unusual_quoting_reads_back_exactly(wrap: str, value: str, take: Take):
    lines = [",".join(HEADER), *(",".join((wrap.format(value), *row()[1:])) for _ in range(3))]

    assert {one["account"] for one in loaded(take("\n".join(lines)))} == {value.replace("\\", "")}


def test_a_row_with_another_delimiter_is_handed_back(take: Take):
    text = ",".join(HEADER) + "\n" + "\n".join([",".join(row())] * 3 + [";".join(row())]) + "\n"

    done = take(text)

    assert len(loaded(done)) == 3 and [line for line, _, _ in reasons(done)] == [5]
