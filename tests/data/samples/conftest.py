"""The demo company, made once, and its tables in DuckDB."""

from collections.abc import Iterator

import duckdb
import pytest

from data.samples import Company, company


@pytest.fixture(scope="session")
def demo_company() -> Company:
    """The company that the product shows."""
    return company()


@pytest.fixture(scope="session")
def con(demo_company: Company) -> Iterator[duckdb.DuckDBPyConnection]:
    """Its tables under their datasets' names."""
    with duckdb.connect() as connection:
        for name, table in demo_company.tables.items():
            connection.register(name, table)
        yield connection
