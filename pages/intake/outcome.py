"""What publishing does: what the file brings by month, what is there, how the last month compares, who is missing."""

from decimal import Decimal

import streamlit as st

from analytics.numbers import plain, signed_percent
from data.effect import Change, Effect
from data.text import Text
from pages.ui import frame, kit, state

TITLE = Text("发布以后", "What publishing does")
ABOUT = Text("这份文件按月的合计，和已经有的数", "What the file has by month, and what is there already")
BRINGS = Text("{sum} · {n} 行", "{sum} · {n} rows")
THERE = Text("{sum} · {n} 行；已有 {was} · {rows} 行", "{sum} · {n} rows; there already {was} · {rows} rows")
PIECES = Text("{n} 件", "{n} pcs")
EARLIER = Text("更早还有 {n} 个月", "Months before these: {n}")
AGAINST = Text("同样这些客户，{since} 至 {until}", "The same accounts, {since} to {until}")
GROWTH = Text("{sum}，这份文件 {change}", "{sum}; this file {change}")
MISSING = Text(
    "{month} 有数、这份文件里没有的客户（{n}）：{names}", "Accounts of {month} that the file lacks ({n}): {names}"
)
NOT_IN = Text(
    "这份文件最后一个月里没有它们的数，发布前请确认。",
    "The last month of the file has nothing of them: make sure before you publish.",
)
LISTED, NAMED = 4, 6  # months one by one, the newest; accounts by name


def show(effect: Effect | None) -> None:
    """Nothing for registers and master data."""
    if effect is None or not effect.changes:
        return
    kit.section(TITLE, ABOUT)
    pairs = [(f"{change.new.month:%Y-%m}", _change(effect, change)) for change in reversed(effect.changes[-LISTED:])]
    if effect.before is not None:
        label = AGAINST.fill(since=effect.before.since, until=effect.before.until)
        pairs.append(
            (kit.say(label), GROWTH.fill(sum=_sum(effect, effect.earlier), change=signed_percent(effect.growth)))
        )
    kit.facts(pairs)
    if more := effect.changes[:-LISTED]:
        kit.note(EARLIER.fill(n=len(more)))
    if effect.absent and effect.before is not None:
        names = frame.AND[state.lang()].join(effect.absent[:NAMED]) + " …" * (len(effect.absent) > NAMED)
        with st.container(key="need-absent"):
            title = MISSING.fill(month=f"{effect.before.since:%Y-%m}", n=len(effect.absent), names=names)
            kit.empty(title, NOT_IN)


def _change(effect: Effect, change: Change) -> Text:
    new = change.new
    brings = _sum(effect, new.amount if effect.in_money else new.qty)
    if not change.rows_there:
        return BRINGS.fill(sum=brings, n=plain(new.rows))
    was = _sum(effect, change.amount_there if effect.in_money else change.qty_there)
    return THERE.fill(sum=brings, n=plain(new.rows), was=was, rows=plain(change.rows_there))


def _sum(effect: Effect, value: Decimal | None) -> Text | str:
    if value is None or effect.in_money:
        return frame.money(float(value)) if value is not None else plain(None)
    return PIECES.fill(n=plain(value))
