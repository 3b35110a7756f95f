"""The DuckDB that touches a stranger's cells reaches its own folder and nothing else."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from data.ingest import staging
from data.ingest.staging import bench, held, literal


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
    with held(folder):
        for _ in range(2):  # the first and the next connection of one
            with bench(folder) as con, pytest.raises(duckdb.Error):
                con.execute(attempt.format(outside=literal(outside), folder=literal(folder))).fetchall()
    with bench(folder) as con, pytest.raises(duckdb.Error):
        con.execute(attempt.format(outside=literal(outside), folder=literal(folder))).fetchall()


def test_its_own_folder_and_the_one_file_are_within_reach(tmp_path: Path):
    folder, file = tmp_path / "it's mine", tmp_path / "in.csv"
    folder.mkdir()
    file.write_text("a,b\n1,2\n")
    with bench(folder, file) as con:
        con.execute(f"COPY (SELECT * FROM read_csv({literal(file)})) TO {literal(folder / 'x.parquet')}")
        assert con.execute(f"SELECT * FROM read_parquet({literal(folder / 'x.parquet')})").fetchall() == [(1, 2)]


def test_one_is_started_for_all_who_ask_meanwhile_and_they_do_not_see_each_others_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    started: list[Path] = []
    opened = staging._opened
    monkeypatch.setattr(staging, "_opened", lambda folder, *rest: started.append(folder) or opened(folder, *rest))
    with held(tmp_path):
        assert not started, "a file that is refused needs none"
        with bench(tmp_path) as first, bench(tmp_path) as second:
            first.register("mine", pa.table({"a": [1]}))
            with pytest.raises(duckdb.Error):
                second.execute("SELECT * FROM mine")
        with bench(tmp_path) as third:
            assert third.execute("SELECT 1").fetchall() == [(1,)], "it is there when others have left"
        assert started == [tmp_path]
        bench(tmp_path / "other").close()
        bench(tmp_path, tmp_path / "in.csv").close()
    bench(tmp_path).close()

    assert len(started) == 4, "another folder, another file and whoever comes later have one of their own"
