"""The kinds of pollution, and the files of each with the records that a right reader takes from them.

A record that the pollution itself destroyed (a row without one of its separators) stays among them: it is right to
hand it back, and wrong to load it or to lose it.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from bench.pollution import ways
from bench.pollution.ways import Made, Row, below, encoded, every_line, framed, one_line, plain, written

SEED, EACH = 20_230_401, 8  # the seed; files of each kind
Make = Callable[[Random, list[Row]], Made]


@dataclass(frozen=True, slots=True)
class Polluted:
    """A dirty file. `answers` are what an analyst would say if asked; `asks` are keys (or their beginnings) that may
    be asked with no answer at hand, which is right as well."""

    kind: str
    content: bytes
    records: tuple[Row, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()


def files(each: int = EACH, seed: int = SEED) -> Iterator[Polluted]:
    """`each` files of every kind; the same ones for the same seed."""
    for kind, make in KINDS.items():
        for turn in range(each):
            random = Random(f"{seed} {kind} {turn}")
            rows = ways.table(random)
            made = make(random, rows)
            content = made.text if isinstance(made.text, bytes) else made.text.encode()
            yield Polluted(kind, content, made.records or tuple(rows), made.answers, made.asks)


KINDS: dict[str, Make] = {
    "clean": plain(),
    "clean, all quoted": plain(quoting=csv.QUOTE_ALL),
    **{f"delimiter {name}": plain(mark=mark) for name, mark in zip([";", "|", "TAB", "，"], ";|\t，", strict=True)},
    "delimiter space": lambda random, rows: Made(written(rows, mark=" "), asks=("map.", "delimiter")),
    "apostrophes as quotes": ways.quoted_singly(header=True, all_cells=True),
    "apostrophes as quotes below the header": ways.quoted_singly(header=False, all_cells=True),
    "apostrophes as quotes where needed": ways.quoted_singly(header=True, all_cells=False),
    "backslash escapes quotes": plain(doublequote=False, escapechar="\\"),
    "backslash escapes quotes, all quoted": plain(doublequote=False, escapechar="\\", quoting=csv.QUOTE_ALL),
    "CRLF": plain(newline="\r\n"),
    "CR": plain(newline="\r"),
    "mixed newlines": ways.newlines("\n", "\r\n"),
    "mixed newlines with CR": ways.newlines("\n", "\r\n", "\r"),
    "newlines in cells": ways.inside("\n"),
    "CRLF in cells": ways.inside("\r\n"),
    "no newline at the end": lambda random, rows: Made(written(rows).rstrip("\n")),
    "two newlines at the end": framed(after="\n"),
    "blank records at the end": framed(after=",,,,,\n" * 5),
    "end-of-file sign at the end": framed(after="\x1a"),
    "blank lines between": ways.blank_lines(""),
    "blank records between": ways.blank_lines(",,,,,"),
    "lines of spaces between": ways.blank_lines("   "),
    "trailing separator everywhere": every_line(lambda line: line + ","),
    "trailing separator below the header": every_line(lambda line: line + ",", header=False),
    "trailing separator on one row": one_line(lambda random, line, row: line + ","),
    "trailing separators on the header": lambda random, rows: Made(written(rows).replace("备注\n", "备注,,\n", 1)),
    "leading separator everywhere": every_line(lambda line: "," + line),
    "spaces around separators": ways.spaced,
    "spaces at line ends": every_line(lambda line: line + "  "),
    "BOM": encoded("utf-8-sig"),
    "GB18030": encoded("gb18030"),
    "UTF-16": encoded("utf-16"),
    "UTF-16 without BOM": encoded("utf-16-le"),
    "UTF-16 BE": encoded("utf-16-be", b"\xfe\xff"),
    "no header": ways.no_header,
    "one header blank": ways.header_lost,
    "titles above": framed("销售明细表\n"),
    "titles with cells above": framed("公司：,某某公司,,,,\n期间：,2026-01,至,2026-05,,\n\n"),
    "comments above": framed("# exported 2026-06-01\n# user: li\n"),
    "separator named above": framed("sep=,\n"),
    "groups above the header": framed("基本信息,,,数值,,\n"),
    "units below the header": below(("", "", "", "(件)", "(元)", "")),
    "English below the header": below(("code", "day", "name", "quantity", "amount", "note")),
    "header repeated": ways.repeated_header,
    "columns in another order": ways.shuffled,
    "a column more": ways.more_columns("其他", "z"),
    "a blank column more": ways.more_columns("", ""),
    "a column more without header": ways.more_columns("", "z"),
    "missing separator on one row": one_line(ways.cut),
    "extra separator on one row": one_line(ways.extra),
    "extra separator on a row that ends blank": ways.extra_on_a_blank_end,
    "another delimiter on one row": one_line(ways.other_mark),
    "opening quote only on one row": one_line(ways.quote(opens=True, closes=False)),
    "closing quote only on one row": one_line(ways.quote(opens=False, closes=True)),
    "a quote within a quoted cell": one_line(lambda random, line, row: line.replace(row[2], f'"{row[2]}"x"', 1)),
    "newline in one row": one_line(ways.split),
    "two rows in one line": one_line(lambda random, line, row: line + "," + line),
    "NUL in one row": one_line(lambda random, line, row: line.replace(",", "\0,", 1)),
    "last row cut short": ways.cut_short,
    "total below": ways.total,
    "remark below": framed(after="\n制表人：张三\n"),
    "header on every page": ways.paged,
    "table twice": ways.twice,
    "another table below": ways.two_tables,
}
