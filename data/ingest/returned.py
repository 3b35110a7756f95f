"""Our own file of rejected rows, corrected and uploaded again: what we added is taken off before anything looks."""

from dataclasses import replace

from data.ingest.read import Source
from data.ingest.rejects import FORMULA, ORIGIN, TAIL
from data.ingest.staging import bench, literal

STRIPPED = "stripped.parquet"
GUARDED = "^'" + FORMULA.pattern.removeprefix("^")  # an apostrophe of ours before what a spreadsheet would run


def stripped(source: Source) -> Source:
    """The file without line, reasons, raw text and mark, and without our apostrophes; any other file as it is.

    Its headers are then those of the first file, whose mapping and answers are recalled for it (data/profile.py).
    """
    staged = source.staged
    if staged is None or not set(TAIL) <= set(staged.headers):
        return source
    kept = [at for at, header in enumerate(staged.headers) if header not in (*TAIL, ORIGIN)]
    _write(source, kept, staged.headers.index(ORIGIN) if ORIGIN in staged.headers else None)
    own = replace(
        staged,
        headers=tuple(staged.headers[at] for at in kept),
        samples=tuple(staged.samples[at] for at in kept if at < len(staged.samples)),
        unnamed=tuple(n + 1 for n, at in enumerate(kept) if at + 1 in staged.unnamed),
        first_line=None,
    )
    return replace(source, staged=own, table=STRIPPED)


def is_returned(source: Source) -> bool:
    """Whether a file is one of ours that came back."""
    return source.table == STRIPPED


def corrects(source: Source) -> dict[str, int]:
    """Of which files a returned file has rows, by their marks, and how many; nothing for any other file."""
    if not is_returned(source):
        return {}
    with bench(source.folder) as con:
        found = con.execute(
            f"SELECT mark, count(*) FROM read_parquet({literal(source.rows)}) WHERE mark IS NOT NULL GROUP BY 1"
        ).fetchall()
    return dict(sorted(found))


def _write(source: Source, kept: list[int], mark: int | None) -> None:
    """The cells of these columns, numbered anew, and the mark of the file that each row came in."""
    cells = ", ".join(
        f"CASE WHEN regexp_matches(c{at}, {literal(GUARDED)}) THEN substr(c{at}, 2) ELSE c{at} END AS c{n}"
        for n, at in enumerate(kept)
    )
    origin = "CAST(NULL AS VARCHAR)" if mark is None else f"c{mark}"
    with bench(source.folder) as con:
        con.execute(
            f"COPY (SELECT {cells}, {origin} AS mark, _line FROM {source.cells()}) "
            f"TO {literal(source.folder / STRIPPED)} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
