"""Seeded sales files for the benches; DuckDB writes them, so that making them costs seconds."""

from pathlib import Path

import duckdb

LINES = """
    SELECT
        strftime(DATE '2023-01-01' + (hash(i, 1) % 1095)::INTEGER, '%Y-%m-%d') AS 单据日期,
        'A' || lpad((pow((hash(i, 2) % 1000) / 1000, 2) * 200)::INTEGER::VARCHAR, 3, '0') AS 客户编码,
        'SKU-' || lpad((hash(i, 3) % 500)::VARCHAR, 4, '0') AS 物料编码,
        1 + (hash(i, 4) % 20)::INTEGER AS 数量,
        ((1 + hash(i, 4) % 20) * (100 + hash(i, 3) % 500 * 7) * 0.99)::DECIMAL(18, 2) AS 金额
    FROM range({rows}) AS t(i)
"""


def sales_csv(folder: Path, rows: int) -> Path:
    """A csv of `rows` sell-in lines (about 44 bytes each): date, account of 200, SKU of 500, quantity, amount."""
    path = folder / f"sales-{rows}.csv"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        duckdb.sql(LINES.format(rows=rows)).write_csv(str(path))
    return path
