"""Any table, written in any supported dialect, encoding and spelling, comes back as the same values or is asked about.

What the two lanes make of cells is test_delimited's; here a file goes the whole way from bytes to typed rows.
"""

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bench.pollution.kinds import Polluted
from bench.pollution.scores import TYPED, score
from bench.pollution.ways import HEADER, TRADITIONAL
from data.ingest import upload
from data.ingest.dialect import DELIMITERS
from tests.data.ingest.kit import read_here

ALPHABETS = {
    "utf-8": "苏宁国美电器abé😀\"',;|，\t",
    "utf-8-sig": "苏宁国美电器ab\"',;",
    "gb18030": "苏宁国美电器𠮷ab\"',;|，",
    "big5": "臺灣電器國際貿易公司\"',;|",
    "utf-16": "苏宁国美电器é\"',;",
    "utf-16-le": "苏宁国美电器\"',;",
    "utf-16-be": "苏宁国美电器\"',;",
}
DAYS: dict[str, Callable[[date], str]] = {
    "ymd-": lambda day: day.isoformat(),
    "ymd/": lambda day: f"{day.year}/{day.month}/{day.day}",
    "ymd.": lambda day: f"{day:%Y.%m.%d}",
    "digits": lambda day: f"{day:%Y%m%d}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "time": lambda day: f"{day} 00:00:00",
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
    "dmy": lambda day: f"{day:%d/%m/%Y}",
    "mdy": lambda day: f"{day:%m/%d/%Y}",
    "short": lambda day: f"{day:%y-%m-%d}",
}
NUMBERS: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda n: f"{n:.2f}",
    "grouped": lambda n: f"{n:,.2f}",
    "bracketed": lambda n: f"({-n:,.2f})" if n < 0 else f"{n:,.2f}",
    "yuan": lambda n: f"{n:.2f}元",
    "sign": lambda n: f"¥{n:,.2f}" if n >= 0 else f"-¥{-n:,.2f}",
    "full width": lambda n: f"{n:.2f}".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)}),
    "decimal comma": lambda n: f"{n:,.2f}".translate({44: ".", 46: ","}),
}
ORDERS = {"dmy": "dmy", "mdy": "mdy", "short": "ymd"}
SAID = {"future": "keep", "jump": "keep"}


@st.composite
def tables(draw: st.DrawFn) -> Polluted:
    """A file and the plain records that it holds, with the answers to what it may have to ask."""
    codec = draw(st.sampled_from(sorted(ALPHABETS)))
    beyond = {"yuan", "sign"} if codec == "big5" else set()
    day, number = (draw(st.sampled_from(sorted(set(ways) - beyond))) for ways in (DAYS, NUMBERS))
    marks = [mark for mark in DELIMITERS if mark.isascii() or codec in ("utf-8", "gb18030")]
    word = st.text(ALPHABETS[codec], min_size=1, max_size=9).map(str.strip).filter(bool)
    cells = st.tuples(
        st.integers(1, 99_999).map(lambda n: f"K{n:05}"),
        st.dates(date(2020, 1, 1), date(2026, 6, 30)),
        word,
        st.integers(-99, 999).map(Decimal),
        st.decimals(-999_999, 9_999_999, places=2),
        st.one_of(st.just(""), word),
    )
    rows = draw(st.lists(cells, min_size=1, max_size=12))
    spelled = [[a, DAYS[day](b), c, str(d), NUMBERS[number](e), f] for a, b, c, d, e, f in rows]
    header = TRADITIONAL if codec == "big5" else HEADER
    out, newline = io.StringIO(), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    mark = draw(st.sampled_from(marks))
    csv.writer(out, delimiter=mark, quoting=quoting, lineterminator=newline).writerows([header, *spelled])
    text = out.getvalue().removesuffix(draw(st.sampled_from(["", newline])))
    records = tuple((a, b.isoformat(), c, str(d), str(e), f) for a, b, c, d, e, f in rows)
    comma = "decimal" if number == "decimal comma" else "thousands"
    answers = {**SAID, "encoding": codec.replace("big5", "big5hkscs"), "comma:f4": comma, "unit:f4": "yuan"}
    return Polluted(f"{codec} {day} {number}", text.encode(codec), records, answers | order(day))


def order(day: str) -> dict[str, str]:
    """The answer on day and month."""
    return {"dates:f1": ORDERS[day]} if day in ORDERS else {}


KANA = Polluted(  # in Big5 these two characters and digits are everyday signs of GB2312 as well
    "big5 of signs",
    (",".join(TRADITIONAL) + "\nK00001,20200101,公公,0,－２２．８２,\n").encode("big5"),
    (("K00001", "2020-01-01", "公公", "0", "-22.82", ""),),
    {"encoding": "big5hkscs"},
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
@example(KANA)
def test_any_table_in_any_dialect_encoding_and_spelling_comes_back_exactly(tmp_path_factory, table: Polluted):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upload, "read", read_here)
        found = score(table, TYPED, Path(tmp_path_factory.mktemp("trip")))
    assert (found.silent, found.f1) == ("", 10), found
