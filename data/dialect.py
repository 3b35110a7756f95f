"""Our SQL in another engine's words. It is written for DuckDB, in a portable subset; sqlglot translates it once."""

from functools import cache

import sqlglot

STRICT = sqlglot.ErrorLevel.RAISE  # what has no equivalent is an error here, not a different answer there


@cache
def spark(sql: str) -> str:
    """One DuckDB statement as Spark SQL; `$name` parameters become `:name`."""
    return sqlglot.transpile(sql, read="duckdb", write="spark", comments=False, unsupported_level=STRICT)[0]
