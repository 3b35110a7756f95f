"""Lines below the data that are no rows of it: who drew the table up and checked it, when it was printed, which page.

Only a row that would be handed back anyway is looked at, with nothing but its like below it: a row that is good, has a
figure, stands above another row or says something beside its labels is never left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import takewhile
from operator import itemgetter

import duckdb
import pyarrow.parquet as pq

from data.contract import Kind
from data.ingest.cells import half_width
from data.ingest.delimited import SHORT
from data.ingest.plan import FEW, Plan
from data.text import Text

FIGURES = (Kind.QUANTITY, Kind.MONEY, Kind.COUNT, Kind.RATE)
MOST = 20  # lines looked at from the end; a page's footer has a handful
NAMED, SHOWN = 3, 40  # lines spelled in the note, and characters of each
ENOUGH = 2  # labels that make a footer of words that we do not know
WORDS = (
    "制表|制单|填表|填报|编制|报表|审核|复核|审批|批准|经办|经手|负责人|主管|财务|会计|出纳|仓管|签字|签名|盖章|打印|导出|"
    "生成|查询|操作员|操作人|页码|备注|说明|注|数据来源|来源|联系人|printed|print date|print time|prepared|created|"
    "generated|exported|approved|checked|reviewed|signed|source|notes?|remarks?|page"
)
LABEL = re.compile(r"([^\W\d][^:\d]{0,15}):")  # a few words and a colon; 12:30 is none
KNOWN = re.compile(rf"(?:{WORDS})(?![a-z])[^:]{{0,15}}:.*", re.IGNORECASE)
PRINTED = r"(?:打印|导出|制表|生成|查询)(?:时间|日期|人|人员)"
PHRASES = (  # that need no colon
    rf"{PRINTED}(?: .*)?",
    r"第 ?\d+ ?页[ ,/]*(?:共 ?\d+ ?页)?",
    r"共 ?\d+ ?页[ ,/]*(?:第 ?\d+ ?页)?",
    r"page \d+(?: ?(?:of|/) ?\d+)?",
    r"(?:printed|prepared|created|generated|exported|approved|checked|reviewed) (?:by|on|at)\b.*",
    r"print(?:ed)? (?:date|time)\b.*",
)
PHRASE = re.compile("|".join(PHRASES), re.IGNORECASE)
OPEN = re.compile(rf".*:|{PRINTED}|.* (?:by|on|at|date|time)", re.IGNORECASE)  # what it says stands in the next cell
SUM = re.compile(r"合 ?计|总 ?计|小 ?计|共 ?计|total", re.IGNORECASE)
LEFT_OUT = Text(
    "末尾有 {count} 行不是数据，没有读取：{said}", "{count} lines at the end are no rows and were left out: {said}"
)


def footers(con: duckdb.DuckDBPyConnection, plan: Plan) -> dict[int, str]:
    """{line: its text} of the lines at the end of the file that are no rows; to be asked where rows are handed back."""
    [(good, end)] = con.execute(
        f"SELECT coalesce(max(_line) FILTER (WHERE {plan.is_good()}), 0), coalesce(max(_line), 0) "
        f"FROM ({plan.judged()})",
        plan.headers(),
    ).fetchall()
    below = merge(_staged(con, plan, max(good, end - MOST)), _torn(plan, good), key=itemgetter(0), reverse=True)
    lines = takewhile(lambda one: is_footer(one[1], plan.width), below)
    return {line: " ".join(filter(None, map(half_width, cells))) for line, cells in lines}


def is_footer(cells: Sequence[str], width: int) -> bool:
    """Whether few cells are filled, each of them a label with what it says, and none of them a sum."""
    filled = [word for cell in cells if (word := half_width(cell))]
    if not filled or len(filled) > max(1, FEW * width) or any(map(SUM.search, filled)):
        return False
    is_open, known, labels = False, 0, 0
    for word in filled:
        is_known = bool(KNOWN.fullmatch(word) or PHRASE.fullmatch(word))
        if not (is_known or is_open or LABEL.match(word)):
            return False
        known += is_known
        labels += len(LABEL.findall(word))
        is_open = not is_open and OPEN.fullmatch(word) is not None
    return known > 0 or labels >= ENOUGH


def notes(found: Mapping[int, str]) -> tuple[Text, ...]:
    """One sentence on what was left out, if anything was."""
    if not found:
        return ()
    said = "; ".join(f"“{found[line][:SHOWN]}”" for line in sorted(found)[:NAMED])
    said += " …" if len(found) > NAMED else ""
    return (LEFT_OUT.fill(count=len(found), said=said),)


def _staged(con: duckdb.DuckDBPyConnection, plan: Plan, last: int) -> Iterator[tuple[int, Sequence[str]]]:
    """(line, cells) of the rows after line `last`, from the end; one with a figure has no cells to show."""
    figures = " OR ".join(f'"{f.name}" IS NOT NULL' for f in plan.mapped if f.kind in FIGURES) or "false"
    rows = con.execute(
        f'SELECT _line, "row?" IS NOT NULL OR {figures}, {", ".join(plan.raw)} FROM ({plan.judged()}) '
        f"WHERE _line > {last}",
        plan.headers(),
    )
    # sorted here: DuckDB 2.0 fails inside on ORDER BY ... DESC LIMIT over the numbers of a Parquet file's rows
    for line, is_row, *cells in sorted(rows.fetchall(), key=itemgetter(0), reverse=True):
        yield line, () if is_row else tuple(cell or "" for cell in cells)


def _torn(plan: Plan, last: int) -> Iterator[tuple[int, Sequence[str]]]:
    """(line, cells) of the torn records after it that are only too short, from the end; others have none to show."""
    staged = plan.source.staged
    assert staged
    if not staged.torn:
        return
    torn = pq.read_table(plan.source.torn, filters=[("line", ">", last)]).to_pylist()
    for one in reversed(torn[-MOST:]):
        is_short = one["reason"] == SHORT and one["cells"] < one["columns"]
        cells = one["raw"].split(staged.delimiter) if staged.delimiter else [one["raw"]]
        yield one["line"], tuple(cell.strip(' "\r\n') for cell in cells) if is_short else ()
