"""Quarantine: the rows that were handed back when the others of their file were loaded, to be corrected and sent in."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from analytics.numbers import plain
from data import quarantine
from data.datasets import BY_NAME
from data.text import Text, same
from pages.ui import kit

SETTLED = Text("退回的行都有了下文", "No row waits to be corrected")
HEAD = Text("{rows} 行等着更正", "Rows waiting to be corrected: {rows}")
DO = Text(
    "下载，改好，再上传：多出的几列会自动略过，请留着；与已有数据的关系选“另外增加”。",
    "Download, correct and upload again; leave the added columns in, they are passed over. Choose “Add to them”.",
)
NONE = Text("没有退回的行", "No rows were handed back")
WOULD = Text(
    "只载入一部分行时，退回的行会保留 {days} 天，可以在这里下载更正。",
    "When only part of a file is loaded, its other rows are kept here for {days} days, to be downloaded and corrected.",
)
FACTS = Text("{rows} 行，{age} 天前", "{rows} rows, {age} days ago")
CAUSE = Text("{reason}（{n} 行）", "{reason} ({n} rows)")
MORE = Text("另有 {n} 种原因", "Other reasons: {n}")
UNTIL = Text("保留到 {day}", "Kept until {day}")
GONE = Text("这个文件已撤销", "This file was undone")
SAVE = Text("下载", "Download")
WAITS, OLD = Text("待更正", "To correct"), Text("快到期", "Ends soon")
DONE = Text("已更正", "Corrected")
CAME_BACK = Text("{n} 行改好已发布，{rest} 行没有再传", "Corrected and published: {n}; not sent in again: {rest}")
SOON = 14  # days before the end at which a file is marked
NAMED = 3  # reasons named of a file


def show(held: Sequence[quarantine.Held]) -> None:
    """Newest first, each with its reasons and its file."""
    if not held:
        kit.section(NONE)
        kit.note(WOULD.fill(days=quarantine.KEPT_DAYS))
        return
    waiting = sum(one.rows for one in held if one.waits)
    kit.section(HEAD.fill(rows=plain(waiting)) if waiting else SETTLED, DO)
    for one in held:
        _line(one)


def _line(one: quarantine.Held) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch-held-{one.batch.id}"):
        chip = kit.label("rain", OLD) if one.ends_within(SOON) else kit.label("change", WAITS)
        chip = chip if one.waits else kit.label("fair", DONE)
        kit.entry(chip, same(one.batch.receipt.file), BY_NAME[one.batch.dataset].title, _facts(one))
        st.download_button(
            kit.say(SAVE),
            one.file.read_bytes,
            one.name,
            "text/csv",
            key=f"save-held-{one.batch.id}",
            on_click="ignore",
            icon=":material/download:",
        )


def _facts(one: quarantine.Held) -> list[Text]:
    counted = _reasons(str(one.file))
    found = [FACTS.fill(rows=plain(one.rows), age=one.age_days)]
    if not one.waits:
        found.append(CAME_BACK.fill(n=plain(one.corrected), rest=plain(one.left)))
    found += [CAUSE.fill(reason=reason, n=plain(n)) for reason, n in counted[:NAMED]]
    if len(counted) > NAMED:
        found.append(MORE.fill(n=len(counted) - NAMED))
    if not one.batch.live:
        found.append(GONE)
    return [*found, UNTIL.fill(day=one.until)]


@st.cache_resource(show_spinner=False, max_entries=200)
def _reasons(file: str) -> tuple[tuple[Text, int], ...]:
    """Read once: a file never changes."""
    return tuple(quarantine.reasons(Path(file)))
