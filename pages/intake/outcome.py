"""What publishing does: what the file brings by month, what is there, how the last month compares, who is missing; of
registers and master data, what is new, what is changed and from what to what."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from analytics.numbers import plain, signed_percent
from data.contract import Field, Kind
from data.effect import Change, Effect
from data.overwrite import Changed, Column, Overwrite, Total
from data.text import Text, same
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
ABOUT_KEYS = Text(
    "同一主键只算最新的一行；和已经有的比", "Of each key the latest row counts; beside what is there already"
)
NEW, ALTERED, SAME = Text("新增", "New"), Text("改动", "Changed"), Text("相同", "The same")
REPEATED = Text("文件里重复", "Repeated in the file")
OUTDATED = Text("{n} 行，后面有同样的键，以后者为准", "{n} rows: a later row of the same key counts")
ROWS = Text("{n} 行", "{n} rows")
COLUMNS = Text("改动的列", "Columns that change")
COLUMN = Text("{name} {n} 行", "{name}: {n} rows")
EMPTIED = Text("{name} {n} 行（{e} 行变空）", "{name}: {n} rows ({e} of them emptied)")
SUM = Text("{name}，这些行合计", "{name}, all these rows")
FROM_TO, GROWS = Text("{old} → {new}", "{old} → {new}"), Text("{old} → {new}（{change}）", "{old} → {new} ({change})")
EXAMPLES = Text("改动的行", "Rows that change")
LARGEST = Text("变化最大的 {n} 行，共 {all} 行", "The largest changes: {n} of {all}")
CELL, EMPTY = Text("{name} {old} → {new}", "{name} {old} → {new}"), Text("空", "empty")
LIST = Text("；", "; ")
YES_NO = {True: Text("是", "yes"), False: Text("否", "no")}


def show(effect: Effect | None) -> None:
    """By month where rows add up, by key where the latest counts; nothing where neither is known."""
    if effect is not None and effect.overwrite is not None:
        _overwrite(effect.overwrite)
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


def _overwrite(found: Overwrite) -> None:
    """How many rows are new, changed and the same; what their totals go from and to; some of the changed ones."""
    keys = [(NEW, found.new), (ALTERED, found.changed), (SAME, found.same)]
    pairs: list[tuple[Text, Text]] = [(name, ROWS.fill(n=plain(n))) for name, n in keys]
    if found.repeated:
        pairs.append((REPEATED, OUTDATED.fill(n=plain(found.repeated))))
    pairs += [(SUM.fill(name=total.field.label), _total(total)) for total in found.totals]
    if found.columns:
        pairs.append((COLUMNS, _listed([_column(one) for one in found.columns])))
    kit.section(TITLE, ABOUT_KEYS)
    kit.facts(pairs)
    if found.examples:
        kit.section(EXAMPLES, LARGEST.fill(n=len(found.examples), all=plain(found.changed)))
        kit.facts([(_key(one), _listed([_cell(*cell) for cell in one.cells])) for one in found.examples])


def _total(total: Total) -> Text:
    old, new = (_value(total.field, value) for value in (total.before, total.after))
    if total.before is None:
        return new
    told = {"old": old, "new": new}
    return FROM_TO.fill(**told) if total.growth is None else GROWS.fill(**told, change=signed_percent(total.growth))


def _column(column: Column) -> Text:
    told = {"name": column.field.label, "n": plain(column.rows)}
    return EMPTIED.fill(**told, e=plain(column.emptied)) if column.emptied else COLUMN.fill(**told)


def _key(changed: Changed) -> Text:
    return _listed([_value(field, value) for field, value in changed.key if value is not None], same(" · "))


def _cell(field: Field, old: object, new: object) -> Text:
    return CELL.fill(name=field.label, old=_value(field, old), new=_value(field, new))


def _value(field: Field, value: object) -> Text:
    """A cell as people read it."""
    match value:
        case None:
            return EMPTY
        case bool():
            return YES_NO[value]
        case date():
            return same(f"{value:%Y-%m}" if field.kind is Kind.MONTH else value.isoformat())
        case Decimal() | float() | int():
            return same(plain(value, 0 if value == int(value) else 2))
    return same(str(value))


def _listed(words: Sequence[Text], mark: Text = LIST) -> Text:
    return Text(mark.zh.join(word.zh for word in words), mark.en.join(word.en for word in words))


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
