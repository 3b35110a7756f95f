"""The DuckDB that touches a stranger's cells reaches its own folder and nothing else."""

from pathlib import Path

import duckdb
import pytest

from data.ingest.staging import bench, literal


@pytest.mark.parametrize(
    "attempt",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv({outside})",
        "SELECT * FROM read_text({folder} || '/../outside.csv')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO {outside}",
        "ATTACH {outside}",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '10GB'",
        "SET allowed_directories = ['/']",
    ],
)
def test_what_lies_outside_is_out_of_reach(attempt: str, tmp_path: Path):
    folder, outside = tmp_path / "inside", tmp_path / "outside.csv"
    folder.mkdir()
    outside.write_text("a,b\n1,2\n")
    with bench(folder) as con, pytest.raises(duckdb.Error):
        con.execute(attempt.format(outside=literal(outside), folder=literal(folder))).fetchall()


def test_its_own_folder_and_the_one_file_are_within_reach(tmp_path: Path):
    folder, file = tmp_path / "it's mine", tmp_path / "in.csv"
    folder.mkdir()
    file.write_text("a,b\n1,2\n")
    with bench(folder, file) as con:
        con.execute(f"COPY (SELECT * FROM read_csv({literal(file)})) TO {literal(folder / 'x.parquet')}")
        assert con.execute(f"SELECT * FROM read_parquet({literal(folder / 'x.parquet')})").fetchall() == [(1, 2)]
