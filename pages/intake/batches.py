"""What was published: every file with its rows, totals, period, when and by whom; each can be taken out again."""

from datetime import datetime
from decimal import Decimal

import streamlit as st

from analytics.numbers import plain
from data.control import NAMES
from data.datasets import BY_NAME
from data.entry import is_typed
from data.lake import Batch
from data.text import Text, same
from pages.ui import kit, state, undo

EYEBROW = Text("批次与撤销", "Batches and undo")
HEAD = Text("{live} 个文件在用，共 {rows} 行", "Files that count: {live}, rows in all: {rows}")
NOBODY = Text("还没有发布过文件", "No file was published yet")
DO = Text(
    "撤销会把整个文件的行拿出来，它替换过的数据重新生效；撤销的批次留有记录。",
    "Undo takes all rows of a file out again, and what it had replaced counts once more. The record of it stays.",
)
WHY = Text(
    "上传并发布后，这里列出每个文件，随时可以整批撤销。",
    "Every file you publish is listed here and can be undone as a whole.",
)
FACTS = Text("{rows} 行 · {period}", "{rows} rows · {period}")
UNDONE_AT = Text("{day} 撤销", "Undone {day}")
WHO = Text("{day} · {user}", "{day} · {user}")
QTY, AMOUNT = Text("数量 {qty}", "Quantity {qty}"), Text("金额 {amount}", "Amount {amount}")
HIDES = Text("替换 {since} 至 {until}", "Replaces {since} to {until}")
SHOULD = Text("{name}应为 {said}", "{name} should be {said}")
BACKED = Text("退回 {n} 行", "Rows handed back: {n}")
IN_USE, UNDONE = Text("在用", "Counts"), Text("已撤销", "Undone")
ASK = Text("撤销后，{rows} 行不再计入。", "Once undone, {rows} rows no longer count.")
MORE = Text("再显示 {n} 个", "Show {n} more")
TYPED = Text("手工登记", "Typed in")
ALL_TIME = Text("不分期间", "no period")


def show() -> None:
    """Newest first, a screenful at a time."""
    batches = state.store().lake.batches()
    live = [batch for batch in batches if batch.live]
    rows = plain(sum(batch.rows for batch in live))
    if not batches:
        kit.headline(EYEBROW, NOBODY, WHY)
        return
    kit.headline(EYEBROW, HEAD.fill(live=len(live), rows=rows), DO)
    count = state.batches_shown()
    with st.container(key="batches"):
        for batch in batches[:count]:
            _line(batch)
    if len(batches) > count:
        st.button(
            kit.say(MORE.fill(n=min(state.PAGE, len(batches) - count))), on_click=state.show_more_batches, key="more"
        )


def _line(batch: Batch) -> None:
    receipt = batch.receipt
    with st.container(horizontal=True, vertical_alignment="center", key=f"batch-{batch.id}"):
        chip = kit.label("fair", IN_USE) if batch.live else kit.label("change", UNDONE)
        name = TYPED if is_typed(receipt) else same(receipt.file)
        kit.entry(chip, name, BY_NAME[batch.dataset].title, _facts(batch))
        if batch.live and (is_typed(receipt) or not state.home().is_demo):  # the made-up files of the demo stay
            undo.ask(batch, ASK.fill(rows=plain(batch.rows)))


def _facts(batch: Batch) -> list[Text]:
    receipt = batch.receipt
    period = same("{} – {}".format(*receipt.covered)) if receipt.covered else ALL_TIME
    found = [FACTS.fill(rows=plain(batch.rows), period=period)]
    totals = [
        text.fill(**{key: _number(receipt.totals[key])})
        for key, text in (("qty", QTY), ("amount", AMOUNT))
        if receipt.totals.get(key)
    ]
    found += totals
    found += [SHOULD.fill(name=NAMES[name], said=_number(said)) for name, said in receipt.control.items()]
    if receipt.rows_rejected:
        found.append(BACKED.fill(n=plain(receipt.rows_rejected)))
    if receipt.replaces:
        found.append(HIDES.fill(since=receipt.replaces.since, until=receipt.replaces.until))
    if batch.undone_at:
        found.append(UNDONE_AT.fill(day=_moment(batch.undone_at)))
    return [*found, WHO.fill(day=_moment(batch.committed_at), user=receipt.user)]


def _moment(at: datetime) -> str:
    """In the server's time zone, which it names: it need not be the reader's."""
    return f"{at.astimezone():%Y-%m-%d %H:%M %Z}"


def _number(text: str) -> str:
    value = Decimal(text)
    return plain(value, 0 if value == value.to_integral_value() else 2)


show()
