"""Columns filled on the first line of a document only, as ERP lists and merged cells leave them: asked once."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from data.contract import Dataset, Kind
from data.ingest.plan import TOTAL_WORD
from data.ingest.read import Source
from data.ingest.shapes import Option, Question, WrongAnswer
from data.ingest.staging import bench, literal
from data.text import Text

FILLED = "filled.parquet"
KEY, DOWN, NO = "fill", "down", "no"
FEWEST, SHARE = 2, 0.05  # rows, and of all rows; fewer blanks are slips, which are handed back
WORDS = (Kind.TEXT, Kind.DATE, Kind.MONTH)
MEASURES = (Kind.QUANTITY, Kind.MONEY)
ASK = Text(
    "有 {count:,} 行的“{headers}”是空的，而数字是有的。是和上一行相同、只写一次吗？",
    "{count:,} rows have figures but no “{headers}”. Is it written once and holds for the rows below?",
)
ANSWERS = (
    Option(DOWN, Text("是，往下填", "Yes, fill it down")),
    Option(NO, Text("不是，退回这些行", "No, hand these rows back")),
)
DONE = Text("“{headers}”已往下填了 {count:,} 行。", "“{headers}” was filled down into {count:,} rows.")


def question(
    source: Source, dataset: Dataset, mapping: Mapping[str, str], answers: Mapping[str, str]
) -> Question | None:
    """The question, when required columns are blank below filled cells in more than SHARE of the rows with figures."""
    if answers.get(KEY, NO) not in (DOWN, NO):
        raise WrongAnswer(f"{KEY} is answered {answers[KEY]!r}; it takes {DOWN!r} or {NO!r}")
    found = {} if KEY in answers else _blanks(source, dataset, mapping)
    if not found:
        return None
    headers = "、".join(header for header in found if _is_required(dataset, mapping, header))
    return Question(KEY, ASK.fill(count=max(found.values()), headers=headers), ANSWERS)


def down(source: Source, dataset: Dataset, mapping: Mapping[str, str]) -> Source:
    """The same file with these columns filled down, and optional ones that are blank in the very same rows."""
    staged = source.staged
    assert staged
    found = _blanks(source, dataset, mapping)
    if not found:
        return source
    columns = {staged.headers.index(header) for header in found}
    cells = (
        f"last_value(c{at} IGNORE NULLS) OVER (ORDER BY _line) AS c{at}" if at in columns else f"c{at}"
        for at in range(len(staged.headers))
    )
    with bench(source.folder) as con:
        con.execute(
            f"COPY (SELECT {', '.join(cells)}, _line FROM {source.cells()}) "
            f"TO {literal(source.folder / FILLED)} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
    note = DONE.fill(headers="、".join(found), count=max(found.values()))
    return replace(source, staged=replace(staged, first_line=None, notes=(*staged.notes, note)), table=FILLED)


def _is_required(dataset: Dataset, mapping: Mapping[str, str], header: str) -> bool:
    return any(f.required and mapping.get(f.name) == header for f in dataset.fields)


def _blanks(source: Source, dataset: Dataset, mapping: Mapping[str, str]) -> dict[str, int]:
    """{header: rows with figures that lack it}: required columns that begin filled and lack SHARE or more, and the
    optional ones that lack just the same rows as one of them."""
    staged = source.staged
    assert staged
    at = {f: staged.headers.index(mapping[f.name]) for f in dataset.fields if f.name in mapping}
    figures = " OR ".join(f"c{n} IS NOT NULL" for f, n in at.items() if f.kind in MEASURES)
    words = {f: n for f, n in at.items() if f.kind in WORDS}
    needed = [n for f, n in words.items() if f.required]
    if not figures or not needed:
        return {}
    sums = _is_sum(len(staged.headers), words.values(), needed)
    rows = f"(SELECT * FROM {source.cells()} WHERE ({figures}) AND NOT {sums})"
    looks = (f"count_if(c{n} IS NULL), arg_min(c{n} IS NOT NULL, _line)" for n in needed)
    with bench(source.folder) as con:
        [(count, *seen)] = con.execute(f"SELECT count(*), {', '.join(looks)} FROM {rows}").fetchall()
        lacks = {n: lack for n, lack, begins in zip(needed, seen[::2], seen[1::2], strict=True)
                 if begins and lack >= max(FEWEST, count * SHARE)}  # fmt: skip
        others = [n for f, n in words.items() if not f.required] if lacks else []
        for n in others:
            same = " OR ".join(f"count_if((c{n} IS NULL) <> (c{like} IS NULL)) = 0" for like in lacks)
            [(lack, is_same)] = con.execute(f"SELECT count_if(c{n} IS NULL), {same} FROM {rows}").fetchall()
            lacks |= {n: lack} if is_same else {}
    return {staged.headers[n]: lack for n, lack in lacks.items()}


def _is_sum(width: int, words: Collection[int], needed: Collection[int]) -> str:
    """SQL: whether a row lacks a key because it sums up others: it says so, or has figures and nothing else."""
    lacks = " OR ".join(f"c{n} IS NULL" for n in needed)
    says = " OR ".join(f"coalesce(regexp_full_match(c{n}, {literal(TOTAL_WORD)}), false)" for n in range(width))
    return f"CASE WHEN {lacks} THEN {says} OR coalesce({', '.join(f'c{n}' for n in words)}) IS NULL ELSE false END"
