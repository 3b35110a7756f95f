"""What keeps the questions' SQL the same question on another engine."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from tests.conftest import ROOT

FILES = sorted([*(ROOT / "analytics").rglob("*.sql"), *(ROOT / "data" / "marts").glob("*.sql")])
ORDERED = (exp.ArrayAgg, exp.GroupConcat, exp.ApproxQuantile)  # their order, or their rule, is lost in translation
every_file = pytest.mark.parametrize("path", FILES, ids=lambda p: f"{p.parent.name}/{p.stem}")


def tree(path: Path) -> exp.Expression:
    return tree_of(path.read_text(encoding="utf-8").replace("{flow}", "sell_out"))


def tree_of(sql: str) -> exp.Expression:
    [statement] = sqlglot.parse(sql, read="duckdb")
    assert statement is not None
    return statement


def unguarded(statement: exp.Expression) -> list[str]:
    """Divisions of anything but two DOUBLEs, the lower one never zero: elsewhere digits are cut or 1/0 is an error."""
    return [d.sql("duckdb") for d in statement.find_all(exp.Div) if not (is_double(d.this) and is_safe(d.expression))]


def is_double(side: exp.Expression) -> bool:
    return isinstance(side.unnest(), exp.Cast) and side.unnest().to.this == exp.DataType.Type.DOUBLE  # type: ignore[attr-defined]


def is_safe(side: exp.Expression) -> bool:
    return is_double(side) and isinstance(side.unnest().this, exp.Nullif | exp.Literal)


def loose(statement: exp.Expression) -> list[str]:
    """Windows whose rows could come in another order: none of their keys settles a tie."""
    orders = [w.args["order"] for w in statement.find_all(exp.Window) if w.args.get("order")]
    return [order.sql("duckdb") for order in orders if len(order.expressions) < 2]


def foreign(statement: exp.Expression) -> list[str]:
    """Words that only DuckDB, or not every Spark, knows."""
    found = [type(node).__name__ for node in statement.find_all(exp.Lambda, exp.Qualify, exp.Star, exp.Pivot, *ORDERED)]
    counts = sum(isinstance(star.parent, exp.Count) for star in statement.find_all(exp.Star))
    found = found[:] if not counts else [f for f in found if f != "Star"] + ["Star"] * (found.count("Star") - counts)
    return found + ["GROUP BY ALL" for group in statement.find_all(exp.Group) if group.args.get("all")]


@every_file
def test_every_column_of_the_answer_has_a_name(path):
    selects = tree(path).selects if isinstance(tree(path), exp.Select) else tree(path).this.selects  # type: ignore[union-attr]

    assert all(isinstance(column, exp.Alias | exp.Column) for column in selects)


@every_file
def test_no_division_can_meet_a_zero_or_lose_digits(path):
    assert unguarded(tree(path)) == []


@every_file
def test_a_window_settles_its_ties(path):
    assert loose(tree(path)) == []


@every_file
def test_only_words_that_both_engines_know(path):
    assert foreign(tree(path)) == []


@pytest.mark.parametrize(
    ("check", "sql"),
    [
        (unguarded, "SELECT a / b AS c FROM t"),
        (unguarded, "SELECT a::DOUBLE / b::DOUBLE AS c FROM t"),
        (unguarded, "SELECT (a / nullif(b, 0))::DOUBLE AS c FROM t"),
        (loose, "SELECT row_number() OVER (ORDER BY a) AS n FROM t"),
        (foreign, "SELECT * FROM t"),
        (foreign, "SELECT a AS a, count(*) AS n FROM t GROUP BY ALL"),
        (foreign, "SELECT array_agg(a ORDER BY b) AS c FROM t"),
        (foreign, "SELECT list_transform(a, x -> x + 1) AS b FROM t"),
        (foreign, "SELECT a AS a FROM t QUALIFY row_number() OVER (ORDER BY a, b) = 1"),
    ],
)
def test_the_checks_see_what_they_are_for(check, sql):
    assert check(tree_of(sql))


@pytest.mark.parametrize(
    ("check", "sql"),
    [
        (unguarded, "SELECT a::DOUBLE / nullif(b, 0)::DOUBLE AS c FROM t"),
        (loose, "SELECT row_number() OVER (ORDER BY a, b) AS n, sum(x) OVER () AS s FROM t"),
        (foreign, "SELECT count(*) AS n FROM t GROUP BY a"),
    ],
)
def test_the_checks_let_pass_what_is_right(check, sql):
    assert check(tree_of(sql)) == []
