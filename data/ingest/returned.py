"""Our own file of rejected rows, corrected and uploaded again: what we added is taken off before anything looks."""

from dataclasses import replace

from data.ingest.read import Source
from data.ingest.rejects import FORMULA, TAIL
from data.ingest.staging import bench, literal

STRIPPED = "stripped.parquet"
GUARDED = "^'" + FORMULA.pattern.removeprefix("^")  # an apostrophe of ours before what a spreadsheet would run


def stripped(source: Source) -> Source:
    """The file without line, reasons and raw text, and without our apostrophes; any other file as it is.

    Its headers are then those of the first file, whose mapping and answers are recalled for it (data/profile.py).
    """
    staged = source.staged
    if staged is None or not set(TAIL) <= set(staged.headers):
        return source
    kept = [at for at, header in enumerate(staged.headers) if header not in TAIL]
    _write(source, kept)
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


def _write(source: Source, kept: list[int]) -> None:
    """The cells of these columns, numbered anew."""
    cells = ", ".join(
        f"CASE WHEN regexp_matches(c{at}, {literal(GUARDED)}) THEN substr(c{at}, 2) ELSE c{at} END AS c{n}"
        for n, at in enumerate(kept)
    )
    with bench(source.folder) as con:
        con.execute(
            f"COPY (SELECT {cells}, _line FROM {source.cells()}) "
            f"TO {literal(source.folder / STRIPPED)} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
