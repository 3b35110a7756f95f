"""Tables with a column for each month (or day): turned so that every month's figure becomes a row of its own.

What the figures are is asked unless a second header row says it, and so is the year where the headers have none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import duckdb

from data.contract import Dataset, Kind
from data.ingest.cells import half_width
from data.ingest.layout import JOINT, names
from data.ingest.match import Match, fit
from data.ingest.plan import TOTAL_WORD
from data.ingest.read import Source
from data.ingest.shapes import Option, Question, Staged, WrongAnswer
from data.ingest.staging import bench, literal
from data.text import Text, same

LONG = "long.parquet"
FEWEST = 3  # columns of months that make a table wide, whatever they are; of fewer they must leave no doubt
NEXT, PREVIOUS = 1, 11  # months from one to the next, and to the one before, round the year
MEASURES = (Kind.QUANTITY, Kind.MONEY, Kind.COUNT)
MONTHS, YEAR, NO = "months", "months_year", "no"  # keys of the questions, and the answer that they are no months
CHINESE = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
ENGLISH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
DAY = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")
MONTH = re.compile(
    r"(?:((?:19|20)\d\d)[-/.年]?\s*)?(\d{1,2})月份?(.*)|((?:19|20)\d\d)[-/.](\d{1,2})|((?:19|20)\d\d)(\d\d)"
)
HAN = re.compile(rf"({'|'.join(sorted(CHINESE, key=len, reverse=True))})月份?(.*)")
LATIN = re.compile(rf"({'|'.join(ENGLISH)})[a-z]*[-' .]*(\d{{4}}|\d{{2}})?", re.IGNORECASE)
STATED = re.compile(r"(?:19|20)\d\d")

ASK = Text(
    "有 {count} 列是月份（{first} … {last}），下面的数是什么？每列将变成单独的行。",
    "{count} columns are months ({first} … {last}). What are the figures below? Each column becomes rows of its own.",
)
ASK_ONE = Text(
    "“{first}”是月份，下面的数是什么？这一列将变成日期和数。",
    "“{first}” is a month. What are the figures below? The column becomes a date and a figure.",
)
ASK_YEAR = Text("“{first}”是哪一年的？", "Of which year is “{first}”?")
NO_MONTHS = Text("不是月份", "Not months")
TURNED = Text(
    "{count} 个月份列已转成行：{rows:,} 行变为 {cells:,} 行，空格不算。",
    "{count} columns of months became rows: {cells:,} of {rows:,}; blank cells are none.",
)
DROPPED = Text("月份旁的汇总列未读取：{headers}", "Figures beside the months were not read: {headers}")
WRONG_SUM = Text(
    "“{header}”列有 {count} 行与各月之和不符，例如第 {line} 行：写的是 {said}，各月之和是 {sums}。",
    "“{header}” differs from the sum of the months in {count} rows, such as row {line}: {said} against {sums}.",
)
SUMS = re.compile(r"(?i).*(合\s*计|总\s*计|小\s*计|全年|年度|total).*")  # headers of columns that sum up the months
NUMBER = "TRY_CAST(replace(c{at}, ',', '') AS DECIMAL(18, 4))"
TOTAL_LEFT_OUT = Text("合计行与各月明细相符，没有计入。", "The row of totals agrees with every month and was left out.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one month: its index, year if the header has one, month, day, and what else the header says."""

    at: int
    year: int | None
    month: int
    day: int
    part: str


@dataclass(frozen=True, slots=True)
class Wide:
    """The columns of months of a table, left to right."""

    columns: tuple[Column, ...]

    @property
    def parts(self) -> tuple[str, ...]:
        """The different figures given for each month, by their words; ("",) when headers name none."""
        return tuple(dict.fromkeys(column.part for column in self.columns))


def find(dataset: Dataset, matched: Match, headers: Sequence[str]) -> Wide | None:
    """The months across, if the table has no column of dates while the dataset needs one."""
    if not dataset.dated or dataset.dated in matched.found or dataset.dated in matched.ambiguous:
        return None
    columns = tuple(column for at, header in enumerate(headers) if (column := _column(at, header)))
    return Wide(columns) if len(columns) >= FEWEST or _is_sure(columns, headers) else None


def _is_sure(columns: Sequence[Column], headers: Sequence[str]) -> bool:
    """Whether one or two columns are months beyond doubt: both with a year, or one month after the other; a single one
    with a year and no other word, so that it is asked about."""
    if len(columns) == 1:
        [one] = columns
        return one.year is not None and not one.part and not DAY.fullmatch(half_width(headers[one.at]).strip())
    if len(columns) != 2 or len(headers) == len(columns):
        return False
    one, two = columns
    if one.year and two.year:
        return (one.year, one.month, one.day) != (two.year, two.month, two.day)
    return not one.year and not two.year and (two.month - one.month) % 12 in (NEXT, PREVIOUS)


def is_monthly(source: Source, origin: Source) -> bool:
    """Whether the table was turned, and every column of it stood for a month rather than a day."""
    if source is origin or origin.staged is None:
        return False
    columns = [column for at, header in enumerate(origin.staged.headers) if (column := _column(at, header))]
    return bool(columns) and all(column.day == 1 for column in columns)


def is_month(header: str) -> bool:
    """Whether a header is a month or a day, alone or over a figure."""
    return _column(0, header) is not None


def _column(at: int, header: str) -> Column | None:
    head, _, tail = header.partition(JOINT)
    word = half_width(head).strip()
    if found := DAY.fullmatch(word):
        year, month, day, part = int(found[1]), int(found[2]), int(found[3]), ""
    elif found := MONTH.fullmatch(word):
        said = found[1] or found[4] or found[6]
        year, month, day, part = said and int(said), int(found[2] or found[5] or found[7]), 1, found[3] or ""
    elif found := HAN.fullmatch(word):
        year, month, day, part = None, CHINESE.index(found[1]) + 1, 1, found[2]
    elif found := LATIN.fullmatch(word):
        short = found[2] and int(found[2])
        year, month, day, part = short and short % 2000 + 2000, ENGLISH.index(found[1].lower()) + 1, 1, ""
    else:
        return None
    is_day = 1 <= month <= 12 and 1 <= day <= 31
    return Column(at, year or None, month, day, tail or part.strip()) if is_day else None


def questions(wide: Wide, dataset: Dataset, staged: Staged, answers: Mapping[str, str], today: date) -> list[Question]:
    """What is open: the measure where headers do not say it, the year where they have none."""
    measures = [f for f in dataset.fields if f.kind in MEASURES]
    offered = [*(f.name for f in measures), NO]
    if answers.get(MONTHS, NO) not in offered:
        raise WrongAnswer(f"{MONTHS} is answered {answers[MONTHS]!r}; it takes one of {offered}")
    heads = [staged.headers[column.at] for column in wide.columns]
    asked = []
    if MONTHS not in answers and wide.parts == ("",):
        options = (*(Option(f.name, f.label) for f in measures), Option(NO, NO_MONTHS))
        ask = ASK if len(heads) > 1 else ASK_ONE
        asked.append(Question(MONTHS, ask.fill(count=len(heads), first=heads[0], last=heads[-1]), options))
    if answers.get(MONTHS) != NO and YEAR not in answers and any(column.year is None for column in wide.columns):
        stated = list(dict.fromkeys(STATED.findall(" ".join((*staged.above, staged.sheet)))))
        years = stated or [str(today.year - back) for back in range(3)]
        asked.append(Question(YEAR, ASK_YEAR.fill(first=heads[0]), tuple(Option(y, same(y)) for y in years)))
    return asked


def turn(source: Source, wide: Wide, dataset: Dataset, answers: Mapping[str, str]) -> tuple[Source, dict[str, str]]:
    """The same file with a row for each month, and what is now known of its columns: {field: header}.

    Figures that are not by month are left out, as they would count once for each; a row of totals that agrees with
    every month is left out as well. Raises `WrongAnswer` for a year that is none.
    """
    staged = source.staged
    assert staged
    across = {column.at for column in wide.columns}
    summed = _summed(staged, dataset, across)
    kept = [at for at in range(len(staged.headers)) if at not in across | summed]
    months = _months(wide, _days(wide, answers.get(YEAR, "")))
    with bench(source.folder) as con:
        total = _total(con, source, kept, sorted(across))
        rows = _write(con, source, wide, months, kept, total)
        wrong = _wrong_sums(con, source, wide)
    notes = [TURNED.fill(count=len(across), rows=staged.rows, cells=rows)]
    notes += [DROPPED.fill(headers=", ".join(staged.headers[at] for at in sorted(summed)))] if summed else []
    notes += [*wrong, *([TOTAL_LEFT_OUT] if total is not None else [])]
    headers, told = _named(staged, wide, dataset, kept, answers.get(MONTHS, ""))
    samples = (*(staged.samples[at] for at in kept), (), *(() for _ in wide.parts))
    long = replace(staged, headers=headers, samples=samples, rows=rows, first_line=None, notes=(*staged.notes, *notes))
    return replace(source, staged=long, table=LONG), told


def _summed(staged: Staged, dataset: Dataset, across: set[int]) -> set[int]:
    """The columns of figures beside the months."""
    measures = [f for f in dataset.fields if f.kind in MEASURES]
    return {at for at, h in enumerate(staged.headers) if at not in across and any(fit(f, h) for f in measures)}


def _named(
    staged: Staged, wide: Wide, dataset: Dataset, kept: Sequence[int], measure: str
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The headers of the long table, new ones in the dataset's words and the file's language; and what they feed."""
    lang = "en" if all(map(str.isascii, staged.headers)) else "zh"
    day = dataset.field(dataset.dated).label[lang]
    figure = dataset.field(measure).label[lang] if measure else ""
    headers = names([*(staged.headers[at] for at in kept), day, *(part or figure for part in wide.parts)])
    return headers, {dataset.dated: headers[len(kept)]} | ({measure: headers[-1]} if measure else {})


def _days(wide: Wide, year: str) -> list[date]:
    """The first day that each column stands for; each figure's months begin in the year that was answered."""
    if year and not STATED.fullmatch(year):
        raise WrongAnswer(f"{YEAR} is answered {year!r}; it takes a year such as 2026")
    found: dict[int, date] = {}
    for part in wide.parts:
        columns = [column for column in wide.columns if column.part == part]
        years = _years(columns, int(year) if year else 0)
        found |= {c.at: date(its, c.month, c.day) for c, its in zip(columns, years, strict=True)}
    return [found[column.at] for column in wide.columns]


def _years(columns: Sequence[Column], year: int) -> Iterator[int]:
    """The year of each column: its own, or the first one's and what follows where December and January meet."""
    backwards = all((b.month - a.month) % 12 == PREVIOUS for a, b in pairwise(columns))
    current = year
    for n, column in enumerate(columns):
        before = columns[n - 1].month if n else column.month
        if column.year is None:
            current += -(column.month > before) if backwards else column.month < before
        yield column.year or current


def _months(wide: Wide, days: Sequence[date]) -> dict[date, dict[str, int]]:
    """{day: {what the figure is: its column}}."""
    found: dict[date, dict[str, int]] = {}
    for column, day in zip(wide.columns, days, strict=True):
        found.setdefault(day, {})[column.part] = column.at
    return found


def _total(con: duckdb.DuckDBPyConnection, source: Source, words: Sequence[int], across: Sequence[int]) -> int | None:
    """The line of the one row of totals whose figures are the sums of all others, column by column."""
    says = " OR ".join(f"regexp_full_match(c{at}, {literal(TOTAL_WORD)})" for at in words) or "false"
    sums = ", ".join(f"coalesce(sum({NUMBER.format(at=at)}), 0)" for at in across)
    [(lines, first)] = con.execute(f"SELECT count(*), min(_line) FROM {source.cells()} WHERE {says}").fetchall()
    if lines != 1:
        return None
    said, found = (
        con.execute(f"SELECT {sums} FROM {source.cells()} WHERE _line {sign} {first}").fetchone()
        for sign in ("=", "<>")
    )
    return first if said == found else None


def _wrong_sums(con: duckdb.DuckDBPyConnection, source: Source, wide: Wide) -> list[Text]:
    """One sentence for each column that says to sum up the months and does not; where a month has one figure."""
    staged = source.staged
    assert staged
    found = []
    months = " + ".join(f"coalesce({NUMBER.format(at=column.at)}, 0)" for column in wide.columns)
    across = {column.at for column in wide.columns}
    for at, header in enumerate(staged.headers):
        if len(wide.parts) == 1 and at not in across and SUMS.fullmatch(header):
            said = NUMBER.format(at=at)
            [(count, line, first, sums)] = con.execute(
                f"SELECT count(*), min(_line), arg_min({said}, _line), arg_min({months}, _line) "
                f"FROM {source.cells()} WHERE abs({said} - ({months})) > 0.01"
            ).fetchall()
            values = {"header": header, "count": count, "line": line}
            found += [WRONG_SUM.fill(**values, said=f"{first:,.2f}", sums=f"{sums:,.2f}")] if count else []
    return found


def _write(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    wide: Wide,
    months: Mapping[date, Mapping[str, int]],
    kept: Sequence[int],
    total: int | None,
) -> int:
    """Write the long table; how many rows it has."""
    of_month = ", ".join(
        "{'d': " + literal(day) + "".join(
            f", 'v{n}': " + (f"c{ats[part]}" if part in ats else "NULL::VARCHAR") for n, part in enumerate(wide.parts)
        ) + "}"
        for day, ats in months.items()
    )  # fmt: skip
    ids = [f"c{at} AS k{n}" for n, at in enumerate(kept)]
    keys = [f"k{n} AS c{n}" for n in range(len(kept))]
    values = [f"m.v{n} AS c{len(kept) + 1 + n}" for n in range(len(wide.parts))]
    filled = " OR ".join(f"m.v{n} IS NOT NULL" for n in range(len(wide.parts)))
    but = "" if total is None else f"WHERE _line <> {total}"
    [(rows,)] = con.execute(
        f"COPY (SELECT {', '.join([*keys, f'm.d AS c{len(kept)}', *values])}, _line FROM (SELECT "
        f"{', '.join([*ids, '_line', f'unnest([{of_month}]) AS m'])} FROM {source.cells()} {but}) WHERE {filled}) "
        f"TO {literal(source.folder / LONG)} (FORMAT parquet, COMPRESSION lz4_raw)"
    ).fetchall()
    return rows
