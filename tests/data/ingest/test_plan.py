"""What DuckDB casts as it stands and what the parsers read must be the same, or a rare cell would change its value."""

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contract import Kind
from data.ingest import cells, dates, numbers
from data.ingest.cells import Hints
from data.ingest.plan import GROUPED, INTEGER, PLAIN
from tests.data.ingest.kit import LINES

PIECES = st.sampled_from(["0", "1", "12", "123", "1234", ",", ".", "-", "(", "5", "00005", "e3", " ", "万", "%"])
DAYS = st.sampled_from(
    ["2026", "1990", "1989", "2100", "-", "/", "1", "02", "30", " ", "T", "10:30", ":00", "99", "年"]
)
FUZZ = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def con():
    """A DuckDB of its own."""
    with duckdb.connect() as opened:
        yield opened


def cast(con: duckdb.DuckDBPyConnection, cell: str, pattern: str, sql: str, digits: str = "$cell") -> str | None:
    """What DuckDB makes of a cell that it takes for plain; None for a cell that it leaves to the parsers."""
    query = f"SELECT CASE WHEN regexp_full_match($cell, $pattern) THEN TRY_CAST({digits} AS {sql}) END::VARCHAR"
    [(value,)] = con.execute(query, {"cell": cell, "pattern": pattern}).fetchall()
    return value


@FUZZ
@given(st.lists(PIECES, max_size=5).map("".join))
def test_a_plain_number_has_one_value(con: duckdb.DuckDBPyConnection, cell: str):
    for kind in (Kind.MONEY, Kind.QUANTITY):
        value = cast(con, cell, PLAIN[kind], kind.sql)
        assert value is None or value == numbers.number(cell, kind, numbers.THOUSANDS)
        value = cast(con, cell, GROUPED, kind.sql, "replace($cell, ',', '')")
        assert value is None or value == numbers.number(cell, kind, numbers.THOUSANDS)
    for kind in (Kind.MONEY, Kind.COUNT):
        value = cast(con, cell, INTEGER, kind.sql)
        assert value is None or value == numbers.number(cell, kind, numbers.DECIMAL)


@FUZZ
@given(st.lists(DAYS, max_size=8).map("".join))
def test_a_plain_day_has_one_value(con: duckdb.DuckDBPyConnection, cell: str):
    parse = dates.parser(LINES.field("sold_on"), ["2026-01-05"], Hints())
    assert callable(parse)
    value = cast(con, cell, PLAIN[Kind.DATE], "DATE")
    if value is not None and dates.EARLIEST <= int(value[:4]) <= dates.LATEST:
        assert value == parse(cell)


@FUZZ
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8))
def test_a_plain_word_stays_as_it_is(con: duckdb.DuckDBPyConnection, cell: str):
    value = cast(con, cell, PLAIN[Kind.TEXT], "VARCHAR")
    assert value is None or value == cell == cells.text(cell)
