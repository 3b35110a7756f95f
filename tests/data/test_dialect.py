"""Our SQL in Spark's words."""

import pytest
from sqlglot.errors import UnsupportedError

from data.dialect import spark


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("SELECT $as_of::DATE AS day", "SELECT CAST(:as_of AS DATE) AS day"),
        (
            "SELECT list_contains($a::VARCHAR[], x) AS y FROM t",
            "SELECT ARRAY_CONTAINS(CAST(:a AS ARRAY<STRING>), x) AS y FROM t",
        ),
        ("SELECT arg_max(x, d) AS y FROM t", "SELECT MAX_BY(x, d) AS y FROM t"),
        ("SELECT x AS x FROM t ORDER BY x -- why", "SELECT x AS x FROM t ORDER BY x NULLS LAST"),
    ],
)
def test_a_statement_is_said_in_sparks_words(ours, theirs):
    assert spark(ours) == theirs


def test_what_has_no_equivalent_is_an_error_and_not_another_answer():
    with pytest.raises(UnsupportedError):
        spark("SELECT regexp_extract(x, 'a', 0, 'i') AS y FROM t")
