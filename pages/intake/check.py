"""Step 3 of an upload: control totals, what cannot be published and why, what is there already; then publish."""

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.numbers import plain
from data import intake
from data.ingest import Checked, NotReady, Prepared, Reject, rejected_file
from data.ingest.faults import Cause
from data.text import Text, same
from pages.intake import choose, control, outcome, repair, unknown
from pages.ui import access, export, kit, state
from pages.ui.wizard import Wizard

NAME = Text("查问题", "Check rows")
ABOUT = Text("{file} · {how} · {rows} 行", "{file} · {how} · {rows} rows")
ALL_GOOD = Text("{good} 行都可以发布", "All {good} rows are ready")
SOME_BAD = Text("{good} 行可以发布，{bad} 行要处理", "{good} rows are ready, to be looked at: {bad}")
NONE_GOOD = Text("没有一行可以发布", "No row can be published")
SAME = Text("这份文件已经发布过", "This file is published already")
DO = Text(
    "先和原来的报表对一对合计。退回的行可以下载，改好再传；不会悄悄丢掉，也不会当成 0。",
    "Compare the totals with your report. Rows handed back can be downloaded and fixed; none is dropped silently.",
)
TOTALS, COMPARE = Text("核对合计", "Control totals"), Text("可发布的行", "Of the rows that are ready")
ROWS, PERIOD, ACCOUNTS = Text("行数", "Rows"), Text("期间", "Period"), Text("客户", "Accounts")
QUANTITY, AMOUNT = Text("数量合计", "Quantity"), Text("金额合计（元）", "Amount (CNY)")
SPAN = Text("{since} 至 {until}", "{since} to {until}")
CAUSES, FIRST = Text("按原因", "By cause"), Text("修一次，整类都好", "Fix a cause once and all its rows are good")
HANDED_BACK, NOTED = Text("退回", "Handed back"), Text("请知悉", "Note")
UNIT = Text("处", "found")
BAD_ROWS, WHOLE_ROW = Text("退回的 {n} 行", "Rows handed back: {n}"), Text("整行", "Whole row")
TO_FIX = Text("行号是原文件里的", "Row numbers are those of the file")
ALL_CAUSES, CAUSE = Text("全部原因", "All causes"), Text("看哪一类", "Show")
LINE, COLUMN = Text("行号", "Row"), Text("列", "Column")
VALUE, REASON = Text("文件里写的", "In the file"), Text("为什么退回", "Why")
PART = Text("这里列出前 {n} 处，下载的文件里是全部", "The first {n} places are listed; the download has all rows")
SAVE = Text("下载这 {n} 行", "Download them ({n})")
BACK, GO = Text("上一步", "Back"), Text("发布 {n} 行", "Publish {n} rows")
THERE = Text("这段时间已有数据", "This period has data already")
WHAT = Text("新文件与它是什么关系？", "How does the new file relate to it?")
NOT_PUBLISHED = Text("没有发布", "Not published")
CLEAN, NO_PROBLEM = Text("没有退回的行", "No row is handed back"), Text("每一行都读懂了。", "Every row was understood.")
DEMO_GOES = Text(
    "发布后，示例公司就不再显示，只有您自己的数据。",
    "Once you publish, the demo company goes and only your own data is shown.",
)
NEAR = 8  # rows of the table seen without scrolling


def show(wizard: Wizard) -> None:
    """Totals and causes left; the rows behind a cause, overlaps and the button right."""
    prepared = wizard.prepared
    if prepared is None or prepared.checked is None:
        wizard.back() if prepared else wizard.drop()
        st.rerun()
    again = intake.known(state.home(), prepared)
    _head(prepared, again)
    choose.like(wizard)
    left, right = st.columns([7, 13], gap="large")
    with left:
        _totals(prepared)
        control.ask(wizard, _seen(prepared))
        _causes(wizard, prepared)
    with right:
        named = unknown.show(wizard)
        repair.show(wizard)
        _rows(wizard, prepared)
        outcome.show(wizard.effect)
        ready = _settled(wizard, prepared, again) and named
        _buttons(wizard, prepared, ready=ready)


def _seen(prepared: Prepared) -> Checked:
    """What the check found; `show` lets only checked files through."""
    assert prepared.checked is not None
    return prepared.checked


def _head(prepared: Prepared, again: Text | None) -> None:
    seen, staged = _seen(prepared), prepared.source.staged
    assert staged is not None
    kind = NONE_GOOD if not seen.rows_good else SOME_BAD if seen.rejected else ALL_GOOD
    how = " · ".join(filter(None, (staged.encoding.upper(), staged.sheet))) or staged.delimiter
    about = ABOUT.fill(file=prepared.source.name, how=how, rows=plain(seen.rows_in))
    found = kind.fill(good=plain(seen.rows_good), bad=plain(seen.rejected))
    kit.headline(about, SAME if again else found, again or DO)


def _totals(prepared: Prepared) -> None:
    seen = _seen(prepared)
    kit.section(TOTALS, COMPARE)
    facts = [(ROWS, same(plain(seen.rows_good)))]
    sums = ((QUANTITY, seen.totals.get("qty"), 0), (AMOUNT, seen.totals.get("amount"), 2))
    facts += [(name, same(plain(total, digits))) for name, total, digits in sums if total is not None]
    if seen.covered:
        facts.append((PERIOD, SPAN.fill(since=seen.covered[0], until=seen.covered[1])))
    if seen.accounts:
        facts.append((ACCOUNTS, same(plain(len(seen.accounts)))))
    kit.facts(facts)


def _causes(wizard: Wizard, prepared: Prepared) -> None:
    lines = [
        kit.Line(kit.label("storm", HANDED_BACK), cause.column or WHOLE_ROW, cause.reason, plain(cause.rows), UNIT)
        for cause in wizard.causes
    ]
    lines += [kit.Line(kit.label("change", NOTED), "", note) for note in prepared.notes]
    if lines:
        kit.section(CAUSES, FIRST)
        kit.ranked(lines, wide=True)


def _rows(wizard: Wizard, prepared: Prepared) -> None:
    rejects, rejected = _seen(prepared).rejects, _seen(prepared).rejected
    if not rejected:
        kit.section(CLEAN, NO_PROBLEM)
        return
    kit.section(BAD_ROWS.fill(n=plain(rejected)), TO_FIX)
    causes = {"": kit.say(ALL_CAUSES)}
    causes |= {_key(c): f"{c.column or kit.say(WHOLE_ROW)} · {kit.say(c.reason)}" for c in wizard.causes}
    kit.select(CAUSE, causes, wizard.cause if wizard.cause in causes else "", wizard.see, "cause")
    chosen = [r for r in rejects if wizard.cause in ("", _key(r))]
    height = 38 * (min(NEAR, len(chosen)) + 1) + 3
    st.dataframe(_table(chosen), hide_index=True, row_height=38, height=height, key="rejected")
    if len({r.line for r in rejects}) < rejected:
        kit.note(PART.fill(n=plain(len(rejects))))


def _key(one: Cause | Reject) -> str:
    return f"{one.column} {one.key}"


def _table(rejects: list[Reject]) -> pd.DataFrame:
    cells = [(r.line, r.column or kit.say(WHOLE_ROW), r.value, kit.say(r.reason)) for r in rejects]
    return pd.DataFrame(cells, columns=[kit.say(c) for c in (LINE, COLUMN, VALUE, REASON)])


# -- what is there already --------------------------------------------------------------------------------------------


def _settled(wizard: Wizard, prepared: Prepared, again: Text | None) -> bool:
    """Whether nothing that was published earlier (`again`: the very same file) stands in the way; the rest is asked."""
    if again is None and wizard.refusal is not None:
        with st.container(key="need-refused"):
            kit.empty(NOT_PUBLISHED, wizard.refusal)
    agreed = control.settled(wizard, _seen(prepared))
    return again is None and _overlap(wizard, prepared) and agreed


def _overlap(wizard: Wizard, prepared: Prepared) -> bool:
    """Ask what the file is to rows of its accounts and days that are there already; whether that is decided."""
    meets = intake.overlap(state.home().own(), prepared, wizard.answers)
    if meets is None:
        return True
    question = meets.question()
    kit.section(THERE, question.ask)
    names = {option.value: kit.md(option.label) for option in question.options}
    value = wizard.answers.get(question.key, "")
    kit.segments(WHAT, names, value, lambda chosen: wizard.answer(question.key, chosen), question.key)
    return bool(value)


def _buttons(wizard: Wizard, prepared: Prepared, *, ready: bool) -> None:
    seen = _seen(prepared)
    if state.home().is_demo:
        kit.note(DEMO_GOES)
    with st.container(horizontal=True):
        if seen.rejected:
            st.download_button(
                kit.say(SAVE.fill(n=plain(seen.rejected))),
                lambda: rejected_file(prepared),
                f"{export.file_name(Path(wizard.name).stem)} rejected.csv",
                on_click="ignore",
                icon=":material/download:",
                key="rejects",
            )
        st.space("stretch")
        st.button(kit.say(BACK), on_click=wizard.back, key="back")
        label = kit.say(GO.fill(n=plain(seen.rows_good)))
        if st.button(label, type="primary", disabled=not (ready and seen.rows_good), key="publish"):
            _publish(wizard, prepared)


def _publish(wizard: Wizard, prepared: Prepared) -> None:
    """One commit; nothing is drawn between it and the change of step, so that a second click cannot publish twice."""
    bad = _seen(prepared).rejected > 0
    try:
        batch = intake.take(state.home(), prepared, wizard.answers, access.user() or "", bad, wizard.control)
    except NotReady as refused:
        wizard.refusal = refused.reason
    else:
        wizard.publish(batch)
    st.rerun()
