"""The list of what to send: ticked, exported, approved."""

from collections.abc import Sequence
from typing import Any, cast

import pandas as pd
import streamlit as st

from analytics.answer import Scope
from analytics.columns import COLUMNS
from analytics.numbers import plain
from analytics.supply import risk, ship
from analytics.supply.glance import UNTOLD
from data.approve import NotApproved, approve
from data.intake import today
from data.text import Text
from pages.ui import access, answers, export, frame, kit, state
from pages.ui.memory import SILENT

TITLE = Text("要发的 {n} 单", "{n} lines to send")
ABOUT = Text(
    "按保住的销额排 · 勾选后导出给生产和运输", "By sales kept · tick lines and export them for production and transport"
)
NONE = Text("现有的货和未发订单够用，没有要补的", "Stock and open orders suffice; nothing to add")
CHOSEN, ALL = (
    Text("已选 {n} 单", "{n} chosen"),
    Text("没有勾选，导出全部 {n} 单", "Nothing ticked: all {n} are exported"),
)
APPROVE, TICK = Text("批准 {n} 单", "Approve {n}"), Text("勾选后批准", "Tick to approve")
DONE = Text(
    "已批准 {n} 单，记为今天的发货决定；在“再看”里和实际对比，在“批次与撤销”里可以撤回",
    "Approved: {n} lines, kept as today's decision; “More” shows what becomes of it, “Batches and undo” takes it back",
)
XLSX, CSV = Text("导出 Excel", "Export Excel"), Text("导出 CSV", "Export CSV")
MOST = 200  # lines in the table: more are in the file
COLUMN_NAMES = (
    "name", "sku_name", "allotted", "warehouse", "dispatch_by", "cover_days", "kept_cny", "risk", "rush", "ship",
    "order_by",
)  # fmt: skip
FILE = Text("发货清单", "Shipments")
ROW, TEN, TALL = 36, 10, 400  # pixels of a line, lines from which the table scrolls, and its height then


def shipments(scope: Scope) -> None:
    """The list with its choices; no rows is an answer."""
    rows = cast(ship.Rows, answers.rows_of(ship, scope))
    if not rows:
        kit.section(ship.QUESTION, frame.caption(ship, scope))
        kit.note(NONE if risk.is_planned(answers.rows_of(risk, scope)) else UNTOLD)
        return
    kit.section(TITLE.fill(n=plain(ship.total(rows).lines)), ABOUT)
    chosen = _table(rows)
    with st.container(horizontal=True, vertical_alignment="center"):
        kit.note(CHOSEN.fill(n=len(chosen)) if chosen else rows.first or ALL.fill(n=plain(len(rows))))
        st.space("stretch")
        _exports(chosen or rows, scope)
        _approval(chosen)
    if (said := state.told()) != SILENT:
        kit.note(said)
    for finding in answers.findings(ship, scope)[1:]:
        kit.note(finding.text)
    frame.details(ship, rows, scope)


def _table(rows: ship.Rows) -> list[ship.Row]:
    """The lines in the reader's words; returns those that are ticked."""
    shown, lang = rows[:MOST], state.lang()
    table = pd.DataFrame([[_cell(row, name) for name in COLUMN_NAMES] for row in shown], columns=list(COLUMN_NAMES))
    event = st.dataframe(
        table,
        column_config={name: _config(name, ship.total(rows).need_days) for name in COLUMN_NAMES},
        hide_index=True,
        height=TALL if len(shown) > TEN else "auto",
        row_height=ROW,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"shipments-{lang}",
        placeholder="",
    )
    return [shown[n] for n in event["selection"]["rows"] if n < len(shown)]  # pyright: ignore[reportArgumentType]


def _cell(row: ship.Row, name: str) -> object:
    lang = state.lang()
    return {"name": row.called[lang], "sku_name": row.product[lang]}.get(name, getattr(row, name))


def _config(name: str, longest: float) -> Any:
    """How a column is shown."""
    label, column = kit.say(COLUMNS[name]), st.column_config
    match name:
        case "name" | "sku_name" | "warehouse":
            return column.TextColumn(label, width="small" if name != "sku_name" else "medium")
        case "dispatch_by" | "order_by":
            return column.DateColumn(label, format="YYYY-MM-DD")
        case "cover_days":
            return column.ProgressColumn(label, min_value=0, max_value=longest, format="%.0f", color="orange")
        case "risk":
            return column.NumberColumn(label, format="percent", width="small")
        case "kept_cny":
            return column.NumberColumn(label, format="localized")
        case _:
            return column.NumberColumn(label, format="localized", width="small")


def _approval(chosen: Sequence[ship.Row]) -> None:
    """The button that makes a decision of the ticked lines."""
    label = kit.say(APPROVE.fill(n=len(chosen)) if chosen else TICK)
    if not st.button(label, type="primary", icon=":material/task_alt:", disabled=not chosen, key="approve"):
        return
    lines = [ship.line(row) for row in chosen if row.allotted > 0]
    try:
        batch = approve(state.home(), state.store(), lines, access.user() or "", today())
        state.tell(DONE.fill(n=plain(batch.rows)))
    except NotApproved as refused:
        state.tell(refused.reason)
    st.rerun()


def _exports(rows: Sequence[ship.Row], scope: Scope) -> None:
    """The chosen lines as two files, made when asked for."""
    lang, name = state.lang(), f"{export.file_name(kit.say(FILE))} {scope.as_of}"

    def table() -> export.Table:
        return export.table(ship.QUESTION[lang], rows, lang, COLUMNS)

    for label, make, kind in ((XLSX, export.as_xlsx, "xlsx"), (CSV, export.as_csv, "csv")):
        st.download_button(
            kit.say(label),
            lambda make=make: make([table()]),
            f"{name}.{kind}",
            key=f"ship-{kind}",
            on_click="ignore",
            icon=":material/download:",
        )
