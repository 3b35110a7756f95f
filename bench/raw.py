"""The cache's own DuckDB file, for those who ask it without us."""

from pathlib import Path

import duckdb

from data.store import Store


def cache_file(store: Store) -> Path:
    """The file that a store has open."""
    return Path(store.execute("SELECT path AS path FROM duckdb_databases() WHERE NOT internal")[0][0])


def connection(store: Store) -> duckdb.DuckDBPyConnection:
    """A connection of one's own to the same file: DuckDB hands out the instance that this process has open."""
    return duckdb.connect(str(cache_file(store)))
