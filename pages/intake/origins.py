"""Where the figures come from: files with what they come to, what replaced them, and what changed since a close."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from analytics.health.course import SHORT
from analytics.metrics import SALES
from analytics.numbers import plain, signed, signed_percent
from data import intake, lineage, revisions
from data.control import NAMES
from data.datasets import BY_NAME
from data.entry import is_typed
from data.lake import Batch
from data.lineage import Entry
from data.revisions import Change, Revision
from data.store import Store
from data.text import Text, same
from pages.ui import frame, kit, state

AGREE = Text("{n} 个在用文件都对得上", "All {n} files that count reconcile")
DIFFER = Text("{n} 个在用文件对不上", "Files that do not reconcile: {n}")
NO_FILES = Text("还没有发布过文件", "No file was published yet")
RULE = Text(
    "读入的行 = 载入 + 退回；录入过控制总数的，与载入的合计相等",
    "Rows in = loaded + handed back; a control total that was typed equals what was loaded",
)
UNEXPLAINED = Text("{n} 行没有下落", "Rows unaccounted for: {n}")
WRONG, TYPED = Text("对不上", "Differs"), Text("手工登记", "Typed in")
ALL = Text("全部文件：来源、去向与替换", "All files: where rows came from, went to, and were replaced")
UNDO = Text("去撤销", "Undo a file")
SHOWN = 5  # files that do not reconcile, by name; all of them are in the table
COLUMNS = {
    "file": Text("文件", "File"),
    "dataset": Text("数据", "Dataset"),
    "state": Text("状态", "State"),
    "day": Text("发布", "Published"),
    "user": Text("由谁", "By"),
    "period": Text("期间", "Period"),
    "rows_in": Text("读入行", "Rows in"),
    "loaded": Text("载入", "Loaded"),
    "back": Text("退回", "Handed back"),
    "counting": Text("仍计入", "Still count"),
    "control": Text("控制总数之差", "Off control totals"),
    "replaces": Text("替换了", "Replaces"),
    "replaced_by": Text("被谁替换", "Replaced by"),
}
COUNTS, UNDONE = Text("在用", "Counts"), Text("已撤销", "Undone")
TIMES = Text("{since} 至 {until}", "{since} to {until}")
OFF = Text("{name} {more}", "{name} {more}")
SINCE, THEN = Text("与哪天比", "As it stood on"), Text("{day} 结束时", "end of {day}")
WHICH = Text("哪类数据", "Which dataset")
REVISED = Text("{n} 个月的数后来变了", "Months that changed since: {n}")
STILL = Text("已报的月份没有变动", "No month that was there has changed")
RULE_THEN = Text(
    "那天结束时计入的行，与现在计入的行，按月相减；那天还没有的月份不算修订",
    "Rows that counted at the end of that day against those that count now, by month; later months are no revision",
)
NOTHING_BEFORE = Text("还没有可以对照的日子", "There is no earlier day to compare with yet")
WOULD = Text(
    "有了上个月末以前发布的文件，这里会列出此后哪些月份变了、因为哪个文件。",
    "With files from before the end of last month, this lists which months changed since, and by which file.",
)
CAUSES = {
    "new": Text("{file} 新增 {rows} 行（{sum}）", "{file} added {rows} rows ({sum})"),
    "undone": Text("{file} 撤销，少 {rows} 行（{sum}）", "{file} was undone: {rows} rows less ({sum})"),
    "replaced": Text("{file} 有 {rows} 行被替换（{sum}）", "{rows} rows of {file} were replaced ({sum})"),
    "restored": Text("{file} 恢复 {rows} 行（{sum}）", "{rows} rows of {file} count again ({sum})"),
}
PIECES = Text("{n} 件", "{n} pcs")
MONTHS = 6  # that are listed; older ones are rare


@st.cache_resource(show_spinner=False, max_entries=4)
def _entries(version: str, _store: Store) -> tuple[Entry, ...]:
    return tuple(lineage.entries(_store))


def entries() -> tuple[Entry, ...]:
    """Every file ever published, newest first."""
    return _entries(state.version(), state.store())


# -- reconciliation ---------------------------------------------------------------------------------------------------


def reconciled(found: Sequence[Entry]) -> None:
    """Which files do not add up; all of them in a table, with what replaced them."""
    live = [e for e in found if e.batch.live]
    wrong = [e for e in live if e.differs]
    if not found:
        kit.section(NO_FILES, RULE)
        return
    kit.section(DIFFER.fill(n=len(wrong)) if wrong else AGREE.fill(n=len(live)), RULE)
    for one in wrong[:SHOWN]:
        with st.container(key=f"batch-off-{one.batch.id}"):
            kit.entry(kit.label("rain", WRONG), _called(one.batch), BY_NAME[one.batch.dataset].title, _faults(one))
    opened = st.expander(kit.say(ALL), icon=":material/account_tree:", key="lineage", on_change="rerun")
    if opened.open:
        with opened:
            rows = [[kit.say(cell) if isinstance(cell, Text) else cell for cell in cells(e)] for e in found]
            headers = [kit.say(name) for name in COLUMNS.values()]
            st.dataframe(pd.DataFrame(rows, columns=headers), hide_index=True, key="lineage-table")
            st.page_link("intake/batches.py", label=kit.say(UNDO), icon=":material/history:")


def _faults(entry: Entry) -> list[Text]:
    found = [control.sentence for control in entry.control if not control.agrees]
    return [*found, UNEXPLAINED.fill(n=plain(entry.unexplained))] if entry.unexplained else found


def _called(batch: Batch) -> Text:
    return TYPED if is_typed(batch.receipt) else same(batch.receipt.file)


def cells(entry: Entry) -> list[Text | str | int | None]:
    """One file as a row of the table, a cell for each of COLUMNS."""
    batch, receipt = entry.batch, entry.batch.receipt
    hides = receipt.replaces
    off = [OFF.fill(name=NAMES[c.name], more="±0" if c.agrees else c.more) for c in entry.control]
    return [
        *(_called(batch), BY_NAME[batch.dataset].title, COUNTS if batch.live else UNDONE),
        *(f"{lineage.day(batch.committed_at)}", receipt.user),
        TIMES.fill(since=receipt.covered[0], until=receipt.covered[1]) if receipt.covered else "",
        *(entry.rows_in, batch.rows, receipt.rows_rejected, entry.counting),
        frame.listed(off),
        TIMES.fill(since=hides.since, until=hides.until) if hides else "",
        frame.listed([_called(later) for later in entry.replaced_by]),
    ]


# -- revisions --------------------------------------------------------------------------------------------------------


@st.cache_resource(show_spinner=False, max_entries=40)
def _changes(version: str, dataset: str, then: date, _store: Store) -> tuple[Change, ...]:
    return tuple(revisions.changes(_store, dataset, revisions.end_of(then)))


def revised(batches: Sequence[Batch]) -> None:
    """What changed of one dataset since a day that the reader chooses."""
    offered = [name for name in revisions.REVISED if state.has(name)]
    closes = {name: revisions.closes([b for b in batches if b.dataset == name], intake.today()) for name in offered}
    offered = [name for name in offered if closes[name]]
    if not offered:
        kit.section(NOTHING_BEFORE)
        kit.note(WOULD)
        return
    title = st.container()
    with st.container(horizontal=True, vertical_alignment="center"):
        dataset = st.segmented_control(
            kit.md(WHICH), offered, default=offered[0], key=f"revised-{state.lang()}", required=True,
            format_func=lambda name: kit.say(SHORT[name]), label_visibility="collapsed",
        ) or offered[0]  # fmt: skip
        then = st.selectbox(
            kit.md(SINCE), closes[dataset], key=f"then-{dataset}-{state.lang()}", label_visibility="collapsed",
            format_func=lambda day: kit.say(THEN.fill(day=day)), width=210,
        )  # fmt: skip
    found = _changes(state.version(), dataset, then, state.store())
    with title:
        kit.section(REVISED.fill(n=len(found)) if found else STILL, RULE_THEN)
    kit.ranked([_month(change) for change in found[:MONTHS]])


def _month(change: Change) -> kit.Line:
    parts = [_part(part) for part in change.parts]
    share = "" if change.share is None else signed_percent(change.share)
    return kit.Line(
        kit.label("change", same(f"{change.month:%Y-%m}")), "", frame.listed(parts), kit.say(_sum(change)), share
    )


def _part(part: Revision) -> Text:
    return CAUSES[part.cause].fill(file=_called(part.batch), rows=plain(abs(part.rows)), sum=_sum(part))


def _sum(of: Change | Revision) -> Text:
    """Money where the dataset has any, else pieces; with its sign."""
    if of.amount:
        sign = "+" if of.amount > 0 else ""
        return Text(*(sign + SALES.show(of.amount, lang) for lang in ("zh", "en")))
    return PIECES.fill(n=signed(of.qty, 0))
