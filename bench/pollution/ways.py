"""A clean table of 80 rows, and the ways in which one aspect of its file is polluted at a time."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

ROWS = 80
HEADER = ("编号", "日期", "名称", "数量", "金额", "备注")
TRADITIONAL = ("編號", "日期", "名稱", "數量", "金額", "備註")
WORDS = ("苏宁", "国美", "京东", "冰箱", "洗衣机", "空调", "华东", "华南", "门店", "专卖", "旗舰", "对开门", "滚筒")
NOTES = ("", "", "", "急件", "含赠品", "大号,两台", '6"屏幕', "退换，已核", "a;b|c", "x y")
Row = tuple[str, ...]
Make = Callable[[Random, list[Row]], "Made"]


@dataclass(frozen=True, slots=True)
class Made:
    """What one kind makes of a table; `records` where they are not simply its rows."""

    text: str | bytes
    records: tuple[Row, ...] | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()


def table(random: Random) -> list[Row]:
    """The clean rows: codes, days, names, quantities, amounts, and notes that need quoting now and then."""
    first = random.randrange(1_000, 9_000)
    rows = []
    for at in range(ROWS):
        name = "".join(random.choices(WORDS, k=random.randint(1, 3)))
        day = f"2026-{random.randint(1, 5):02}-{random.randint(1, 28):02}"
        amount = f"{random.randint(100, 99_999) / 100:.2f}"
        rows.append((f"K{first + at:05}", day, name, str(random.randint(1, 90)), amount, random.choice(NOTES)))
    return rows


def written(rows: Sequence[Sequence[str]], mark: str = ",", newline: str = "\n", **dialect) -> str:
    """Rows as csv.writer spells them, the header first."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=newline, **dialect).writerows([HEADER, *rows])
    return out.getvalue()


def lines(rows: Sequence[Sequence[str]], **dialect) -> list[str]:
    """The physical lines without their ends; no cell of the table holds a newline."""
    return written(rows, **dialect).splitlines()


def joined(made: Sequence[str], newline: str = "\n") -> str:
    """Lines with their ends."""
    return "".join(line + newline for line in made)


def plain(**dialect) -> Make:
    """The clean table in another dialect."""
    return lambda random, rows: Made(written(rows, **dialect))


def encoded(codec: str, mark: bytes = b"") -> Make:
    """The clean table in another encoding."""
    return lambda random, rows: Made(mark + written(rows).encode(codec))


def framed(before: str = "", after: str = "", **told) -> Make:
    """The clean table with lines before and after it."""
    return lambda random, rows: Made(before + written(rows) + after, **told)


def one_line(change: Callable[[Random, str, Row], str]) -> Make:
    """The clean table with one of its lines changed; which one is drawn."""

    def make(random: Random, rows: list[Row]) -> Made:
        found = lines(rows)
        at = random.randrange(len(rows))
        found[at + 1] = change(random, found[at + 1], rows[at])
        return Made(joined(found))

    return make


def every_line(change: Callable[[str], str], header: bool = True) -> Make:
    """The clean table with all lines changed alike, the header's too unless told otherwise."""

    def make(random: Random, rows: list[Row]) -> Made:
        first, *others = lines(rows)
        return Made(joined([change(first) if header else first, *map(change, others)]))

    return make


def below(second: Sequence[str]) -> Make:
    """A second header line under the first."""
    return lambda random, rows: Made(written([second, *rows]))


def quoted_singly(header: bool, all_cells: bool) -> Make:
    """Apostrophes in place of quotation marks."""

    def make(random: Random, rows: list[Row]) -> Made:
        style = csv.QUOTE_ALL if all_cells else csv.QUOTE_MINIMAL
        made = lines(rows, quotechar="'", quoting=style)
        return Made(joined([made[0] if header else ",".join(HEADER), *made[1:]]), asks=("map.", "quote"))

    return make


def cut(random: Random, line: str, row: Row) -> str:
    """A line without one of its separators."""
    at = random.choice([n for n, sign in enumerate(line[: len(",".join(row[:5]))]) if sign == ","])
    return line[:at] + line[at + 1 :]


def extra(random: Random, line: str, row: Row) -> str:
    at = random.choice([n for n, sign in enumerate(line[: len(",".join(row[:5]))]) if sign == ","])
    return line[:at] + "," + line[at:]


def extra_on_a_blank_end(random: Random, rows: list[Row]) -> Made:
    """A separator too many in the middle of a row that ends with a blank cell: as many cells too many as blanks."""
    made, open_ = lines(rows), [at for at, row in enumerate(rows) if not row[5]]
    at = random.choice(open_)
    made[at + 1] = extra(random, made[at + 1], rows[at])
    return Made(joined(made))


def other_mark(random: Random, line: str, row: Row) -> str:
    return written([row], mark=random.choice(";|\t")).splitlines()[1]


def quote(opens: bool, closes: bool) -> Callable[[Random, str, Row], str]:
    """The name of the row with only one of its quotation marks."""
    return lambda random, line, row: line.replace(row[2], '"' * opens + row[2] + '"' * closes, 1)


def split(random: Random, line: str, row: Row) -> str:
    """A row broken in two by a newline that nobody quoted."""
    at = len(",".join(row[:2])) + 1
    return line[:at] + "\n" + line[at:]


def newlines(*kinds: str) -> Make:
    def make(random: Random, rows: list[Row]) -> Made:
        return Made("".join(line + random.choice(kinds) for line in lines(rows)))

    return make


def inside(newline: str) -> Make:
    """Some notes hold a newline."""

    def make(random: Random, rows: list[Row]) -> Made:
        noted = [(*row[:5], f"第一行{newline}第二行") if random.random() < 0.1 else row for row in rows]
        return Made(written(noted), tuple(noted))

    return make


def repeated_header(random: Random, rows: list[Row]) -> Made:
    made = lines(rows)
    for at in sorted(random.sample(range(2, len(made)), 3), reverse=True):
        made.insert(at, made[0])
    return Made(joined(made))


def blank_lines(blank: str) -> Make:
    def make(random: Random, rows: list[Row]) -> Made:
        return Made(joined([one for line in lines(rows) for one in (line, *[blank] * (random.random() < 0.1))]))

    return make


def no_header(random: Random, rows: list[Row]) -> Made:
    return Made(joined(lines(rows)[1:]), asks=("map.", "header"))


def shuffled(random: Random, rows: list[Row]) -> Made:
    order = random.sample(range(len(HEADER)), len(HEADER))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([[one[at] for at in order] for one in (HEADER, *rows)])
    return Made(out.getvalue())


def more_columns(header: str, cell: str) -> Make:
    """One more column somewhere."""

    def make(random: Random, rows: list[Row]) -> Made:
        at, out = random.randrange(1, len(HEADER)), io.StringIO()
        more = [(*one[:at], header if one is HEADER else cell, *one[at:]) for one in (HEADER, *rows)]
        csv.writer(out, lineterminator="\n").writerows(more)
        return Made(out.getvalue(), answers={f"column:{at + 1}": "-"})

    return make


def header_lost(random: Random, rows: list[Row]) -> Made:
    """One of the headers is blank."""
    at, made = random.randrange(1, len(HEADER)), lines(rows)
    names = [*HEADER[:at], "", *HEADER[at + 1 :]]
    return Made(joined([",".join(names), *made[1:]]), answers={f"column:{at + 1}": f"f{at}"}, asks=("map.",))


def paged(random: Random, rows: list[Row]) -> Made:
    """Blank lines and the header again within the table, as printed pages have them: one table all the same."""
    at = random.randrange(10, len(rows) - 10)
    return Made(written(rows[:at]) + "\n" + written(rows[at:]), asks=("table",))


def twice(random: Random, rows: list[Row]) -> Made:
    return Made(written(rows) + "\n" * random.randrange(1, 3) + written(rows), answers={"twice": "once"})


def two_tables(random: Random, rows: list[Row]) -> Made:
    other = "区域,负责人\n" + "".join(f"{word},{random.randrange(99)}\n" for word in WORDS)
    return Made(written(rows) + "\n" + other, answers={"table": "1"})


def total(random: Random, rows: list[Row]) -> Made:
    qty, amount = (sum(round(float(row[at]) * 100) for row in rows) for at in (3, 4))
    return Made(written(rows) + f"合计,,,{qty // 100},{amount / 100:.2f},\n")


def spaced(random: Random, rows: list[Row]) -> Made:
    bare = tuple((*row[:5], "急件") for row in rows)
    return Made(joined([" , ".join(one) for one in (HEADER, *bare)]), bare)


def cut_short(random: Random, rows: list[Row]) -> Made:
    *whole, last = lines(rows)
    return Made(joined(whole) + last[: len(",".join(rows[-1][: random.randrange(1, 4)]))])
