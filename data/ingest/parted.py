"""Dates whose year and month (and day) stand in columns of their own: put together into the column that is needed.

Only where headers and cells both say so: 年份 over years and 月份 over 1 to 12. A 月份 that holds whole dates stays as
it is, and a cell that does not fit is handed back as what stands there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from data.contract import Dataset, plain
from data.ingest.cells import half_width
from data.ingest.layout import names
from data.ingest.match import Match
from data.ingest.read import Source
from data.ingest.shapes import Staged
from data.ingest.staging import bench, literal
from data.ingest.wide import CHINESE, ENGLISH
from data.text import Text

DATED = "dated.parquet"
YEARS = frozenset(
    {"年", "年份", "年度", "会计年度", "销售年份", "销售年度", "业务年度", "统计年份", "year", "fiscalyear", "yr"}
)
MONTHS = frozenset({"月", "月份", "月度", "会计月份", "销售月份", "业务月份", "统计月份", "month", "mon", "monthno"})
DAYS = frozenset({"日", "号", "day", "dayofmonth"})
YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+)?\s*(?:年度?)?")
MONTH = re.compile(r"(0?[1-9]|1[0-2])(?:\.0+)?\s*(?:月份?)?")
DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])(?:\.0+)?\s*[日号]?")
HAN = re.compile(rf"({'|'.join(sorted(CHINESE, key=len, reverse=True))})月份?")
LATIN = re.compile(rf"({'|'.join(ENGLISH)})[a-z]*\.?", re.IGNORECASE)
MOST = 50_000  # different days; two columns that differ more often are no parts of a date
MOSTLY = 0.8  # of the rows with all parts must be dates; in fewer the columns say something else
SHOWN = 3  # pairs in a note
JOINED = Text("“{headers}”已合成“{made}”：{examples}。", "“{headers}” were put together as “{made}”: {examples}.")


@dataclass(frozen=True, slots=True)
class Parts:
    """The columns that hold year, month and, in some files, day."""

    at: tuple[int, ...]

    @property
    def place(self) -> int:
        """The column whose place the date takes: the month's."""
        return self.at[1]


def find(dataset: Dataset, matched: Match, headers: Sequence[str]) -> Parts | None:
    """One column each for year and month, if nothing else in the file is the date that the dataset needs."""
    found = [[at for at, h in enumerate(headers) if plain(h) in words] for words in (YEARS, MONTHS, DAYS)]
    if not dataset.dated or len(found[0]) != 1 or len(found[1]) != 1:
        return None
    parts = Parts(tuple(ats[0] for ats in found if len(ats) == 1))
    words = {headers[at] for at in parts.at}
    fed = {matched.found[dataset.dated]} if dataset.dated in matched.found else set()
    return parts if fed | set(matched.ambiguous.get(dataset.dated, ())) <= words else None


def joined(source: Source, dataset: Dataset, matched: Match) -> tuple[Source, dict[str, str]]:
    """The same file with one column for the parts of its dates and what this feeds, or as it is."""
    staged = source.staged
    assert staged
    parts = find(dataset, matched, staged.headers)
    days = _days(source, parts) if parts else {}
    if not parts or not days:
        return source, {}
    kept = [at for at in range(len(staged.headers)) if at == parts.place or at not in parts.at]
    lang = "en" if all(map(str.isascii, staged.headers)) else "zh"
    label = dataset.field(dataset.dated).label[lang]
    headers = names([label if at == parts.place else staged.headers[at] for at in kept])
    made = headers[kept.index(parts.place)]
    _write(source, parts, kept, days)
    return replace(source, staged=_dated(staged, parts, kept, headers, made, days), table=DATED), {dataset.dated: made}


def _days(source: Source, parts: Parts) -> dict[tuple[str | None, ...], str | None]:
    """{cells of the parts: the date they make, or what stands there}; nothing where too few make one."""
    cells = ", ".join(f"c{at}" for at in parts.at)
    with bench(source.folder) as con:
        rows = con.execute(f"SELECT {cells}, count(*) FROM {source.cells()} GROUP BY ALL LIMIT {MOST + 1}").fetchall()
    read = {tuple(said): _date(said) for *said, _ in rows}
    whole = sum(count for *said, count in rows if all(said))
    dates = sum(count for *said, count in rows if read[tuple(said)])
    if len(rows) > MOST or not dates or dates < MOSTLY * whole:
        return {}
    return {said: day or " ".join(filter(None, said)) or None for said, day in sorted(read.items(), key=_by_day)}


def _by_day(read: tuple[tuple[str | None, ...], str]) -> str:
    return read[1]


def _date(said: Sequence[str | None]) -> str:
    """2026-01 or 2026-01-05, "" for what is none; whether there is such a day is judged with all other dates."""
    year, month, *day = (half_width(cell or "") for cell in said)
    found = [YEAR.fullmatch(year), *(DAY.fullmatch(one) for one in day)]
    number = _month(month)
    if not number or not all(found):
        return ""
    first, *rest = (one[1] for one in found if one)
    return "-".join((first, f"{number:02}", *(f"{int(one):02}" for one in rest)))


def _month(cell: str) -> int:
    """The number of a month, 0 for what is none."""
    if found := MONTH.fullmatch(cell):
        return int(found[1])
    if found := HAN.fullmatch(cell):
        return CHINESE.index(found[1]) + 1
    found = LATIN.fullmatch(cell)
    return ENGLISH.index(found[1].lower()) + 1 if found else 0


def _dated(
    staged: Staged, parts: Parts, kept: Sequence[int], headers: tuple[str, ...], made: str, days: dict
) -> Staged:
    """The shape of the new table, with a note of what was put together."""
    examples = tuple(day for day in dict.fromkeys(days.values()) if day)[:SHOWN]
    words = " + ".join(staged.headers[at] for at in parts.at)
    note = JOINED.fill(headers=words, made=made, examples=", ".join(examples))
    samples = tuple(examples if at == parts.place else staged.samples[at] for at in kept)
    return replace(staged, headers=headers, samples=samples, first_line=None, notes=(*staged.notes, note))


def _write(source: Source, parts: Parts, kept: Sequence[int], days: dict) -> None:
    """The table with the date in the place of the month, without the other parts."""
    columns = {f"p{n}": pa.array([said[n] for said in days], pa.string()) for n in range(len(parts.at))}
    cells = ", ".join(f"{'d.day' if at == parts.place else f'r.c{at}'} AS c{n}" for n, at in enumerate(kept))
    same = " AND ".join(f"r.c{at} IS NOT DISTINCT FROM d.p{n}" for n, at in enumerate(parts.at))
    with bench(source.folder) as con:
        con.register("days", pa.table({**columns, "day": pa.array(list(days.values()), pa.string())}))
        con.execute(
            f"COPY (SELECT {cells}, r._line FROM {source.cells()} AS r LEFT JOIN days AS d ON {same} ORDER BY r._line) "
            f"TO {literal(source.folder / DATED)} (FORMAT parquet, COMPRESSION lz4_raw)"
        )
