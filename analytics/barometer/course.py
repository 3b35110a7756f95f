"""How has the index gone, and how sure is it?

The index of every month with its 80 % band: how far it could lie elsewhere if the same market showed itself through
other accounts like these. Few accounts, one big account, accounts that have not reported: each makes the band wider.

Units: index points (0-100).
Source: `index`; the band is the linearised (infinitesimal jackknife) error over accounts, see
`analytics/stats/sampling.py`; how often it holds: docs/methods.md.
Duty: 9, timely and accurate sales statistics.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope, months_back
from analytics.barometer import climate, cover, growth, index, marks
from analytics.charts.theme import WORDS, Look, band, rgba
from analytics.numbers import plain
from analytics.stats import sampling
from analytics.stats.index import spread
from data.store import Store
from data.text import Text

QUESTION = Text("指数一路怎么走，有多准？", "How has the index gone, and how sure is it?")
CAPTION = Text("晴雨指数，0 到 100 分；浅带是 80% 区间", "Index of 0 to 100; the pale band is the 80% interval")
MEANING = Text(
    "80% 区间：同一个市场换一批同类客户来看，指数十次有八次落在这里。客户少、一家独大、没报数的多，区间就宽。"
    "按客户的线性化方差（无穷小刀切法）计算，历史标尺（中位数与 MAD）视为已知。",
    "80% interval: if the same market showed itself through other accounts of this kind, the index would lie here "
    "eight times in ten. Few accounts, one that outweighs all, or missing reports make it wider. Linearised "
    "variance over accounts (infinitesimal jackknife); the yardstick, median and MAD of the past, is taken as given.",
)
NEEDS = ("sales",)
ENRICHED_BY = (*index.ENRICHED_BY, *marks.ENRICHED_BY)
BUILDS_ON = (growth, cover, climate, index, marks)
SURE = Text("80% 区间 {low} 到 {high} 分，按 {n} 家客户估算", "80% interval {low} to {high}, from {n} accounts")
UNSURE = Text("可比客户不足 3 家，无法估算区间", "Under three comparable accounts: no interval")
Own = Mapping[str, float]  # influence by account


@dataclass(frozen=True, slots=True)
class Row:
    """The index of one month and its 80 % band; no band from fewer than three accounts."""

    month: date
    index: float
    low: float | None
    high: float | None
    compared: int  # accounts that have a part in it
    mark: int | None = None  # number of what happened then, see `marks`


def ask(store: Store, scope: Scope) -> list[Row]:
    """Every month with an index, oldest first."""
    known = index.sources(store, scope)
    number = marks.numbered(marks.ask(store, scope))
    return [replace(row, mark=number.get(row.month)) for row in trace(known, index.of(known))]


def trace(known: index.Sources, parts: Sequence[index.Row]) -> list[Row]:
    """The band of every month from the accounts' figures and the components they make."""
    own, history = _influences(known), {c: [r for r in parts if r.component == c] for c in index.COMPONENTS}
    rows = []
    for month, level in index.course(parts).items():
        counting = [r for r in parts if r.month == month and r.z is not None]
        found = _reach(counting, history, own)
        if found is None:
            rows.append(Row(month, level, None, None, 0))
        else:
            rows.append(Row(month, level, max(0.0, level - found.half), min(100.0, level + found.half), found.accounts))
    return rows


def _reach(
    counting: Sequence[index.Row],
    history: Mapping[str, Sequence[index.Row]],
    own: Mapping[tuple[str, date], Own],
) -> sampling.Reach | None:
    """The band of one month."""
    parts = [own.get((r.component, r.month), {}) for r in counting]
    accounts = sorted({account for part in parts for account in part})
    influences = np.array([[part.get(account, 0.0) for account in accounts] for part in parts])
    past = [np.array([h.value for h in history[r.component] if h.month <= r.month]) for r in counting]
    scale = np.array([spread(values) for values in past])
    off = np.array([r.value - float(np.median(values)) for r, values in zip(counting, past, strict=True)])
    z = np.divide(off, scale, out=np.zeros_like(off), where=scale > 0)
    return sampling.reach(influences, z, scale, np.array([r.weight for r in counting])) if accounts else None


def _influences(known: index.Sources) -> dict[tuple[str, date], Own]:
    """Each account's influence on each component, by month."""
    found: dict[tuple[str, date], Own] = {}
    for month, group in groupby(known.compared, key=lambda r: r.month):
        rows = list(group)
        names, before = [r.account for r in rows], np.array([r.before for r in rows])
        found["growth", month] = _named(names, sampling.of_ratio(np.array([r.current for r in rows]), before))
        rises = np.array([(growth.lean(r.change) + 1) / 2 for r in rows])
        found["breadth", month] = _named(names, sampling.of_ratio(before * rises, before))
    for month, group in groupby(known.shipped, key=lambda r: r.month):
        rows = list(group)
        sums = (np.array([r.current for r in rows]), np.array([r.before for r in rows]))
        found["orders", month] = _named([r.account for r in rows], sampling.of_ratio(*sums))
    for month, group in groupby(known.answers, key=lambda a: a.month):
        answers = list(group)
        scores = np.array([a.score for a in answers])
        found["climate", month] = _named([a.account for a in answers], sampling.of_ratio(scores, np.ones(len(scores))))
    return found | _of_stock(known.stock)


def _of_stock(rows: Sequence[cover.Row]) -> dict[tuple[str, date], Own]:
    """Influence on minus the log of cover over cover a year before: an account may be in one of the two only."""
    by_month = {}
    for month, group in groupby(rows, key=lambda r: r.month):
        there = list(group)
        sums = (np.array([r.on_hand for r in there]), np.array([r.monthly for r in there]))
        by_month[month] = _named([r.account for r in there], sampling.of_log_ratio(*sums))
    return {
        ("cover", month): {a: before.get(a, 0.0) - now.get(a, 0.0) for a in {*now, *before}}
        for month, now in by_month.items()
        if (before := by_month.get(months_back(month, 12))) is not None
    }


def _named(accounts: Sequence[str], influences: np.ndarray) -> Own:
    return dict(zip(accounts, influences.tolist(), strict=True))


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """The band of the month."""
    return [Finding(band(r.index), sure(r)) for r in rows if r.month == scope.month]


def sure(row: Row) -> Text:
    """How sure the index of a month is."""
    if row.low is None or row.high is None:
        return UNSURE
    return SURE.fill(low=plain(row.low), high=plain(row.high), n=row.compared)


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The index month by month over its five weather bands, with its 80 % band; months without an index are a gap."""
    by_month = {r.month: r for r in rows}
    months = index.calendar(by_month) if rows else []
    shown = [by_month.get(m) for m in months]
    names, t = [f"{m:%Y-%m}" for m in months], look.t
    line = go.Scatter(
        x=names,
        y=[r and r.index for r in shown],
        mode="lines+markers",
        line=dict(color=t.ink, width=2.5),
        marker=dict(size=5, color=t.ink),
        customdata=[(plain(r and r.low), plain(r and r.high)) for r in shown],
        hovertemplate="%{x}  %{y:.1f}  (%{customdata[0]}–%{customdata[1]})<extra></extra>",
    )
    return go.Figure(
        [*_interval(names, shown, look), line],
        layout=charts.layout(
            look,
            300,
            shapes=_weather(look),
            annotations=[*_band_words(look), *_marks(rows, look)],
            **_axes(len(months)),
        ),
    )


def _interval(names: Sequence[str], shown: Sequence[Row | None], look: Look) -> list[go.Scatter]:
    """The 80 % band, a filled outline for each stretch of months without a gap."""
    found = []
    for known, group in groupby(enumerate(shown), key=lambda k: k[1] is not None and k[1].low is not None):
        if known:
            places, rows = zip(*[(n, r) for n, r in group if r is not None], strict=True)
            x = [names[n] for n in places]
            found.append(
                go.Scatter(
                    x=[*x, *reversed(x)],
                    y=[*(r.high for r in rows), *(r.low for r in reversed(rows))],
                    mode="lines",
                    line=dict(width=0.8, color=rgba(look.t.ink, 0.35)),
                    fill="toself",
                    fillcolor=rgba(look.t.ink, 0.16),
                    hoverinfo="skip",
                )
            )
    return found


def _weather(look: Look) -> list[dict]:
    """The five bands of the index, behind everything."""
    edges = range(0, 100, 20)
    place = dict(type="rect", xref="paper", x0=0, x1=1, line_width=0, layer="below")
    return [dict(place, y0=low, y1=low + 20, fillcolor=rgba(look.t.of(band(low)), 0.22)) for low in edges]


def _band_words(look: Look) -> list[dict]:
    return [
        dict(
            x=0.01,
            xref="paper",
            xanchor="left",
            y=low + 10,
            text=WORDS[band(low)][look.lang],
            showarrow=False,
            font=dict(color=look.t.ink),
        )
        for low in range(0, 100, 20)
    ]


def _marks(rows: Sequence[Row], look: Look) -> list[dict]:
    """The numbers of what happened, at the foot of their months."""
    place = dict(y=5, showarrow=False, bgcolor=look.t.ink, borderpad=2, font=dict(size=12, color=look.t.bg))
    return [dict(place, x=f"{r.month:%Y-%m}", text=str(r.mark)) for r in rows if r.mark is not None]


def _axes(months: int) -> dict[str, object]:
    return {
        "yaxis": dict(range=[0, 100], tickvals=[0, 20, 40, 60, 80, 100], side="right"),
        "xaxis": dict(type="category", nticks=5, tickangle=0, range=[-4.0, months - 0.5] if months else None),
    }
