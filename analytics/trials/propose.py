"""Where should a trial be run, and what will it be able to show?

For the trial that is planned next, or the best-selling product: six pilots that stand for all accounts that sell it,
a control for each with the most similar course, and the smallest uplift that so many pilots and weeks would show with
80 % probability. Accounts that do not suit are named with the reason. A product without a past is looked at by the one
that it replaces, or by its category.

Units: pcs a week; uplift as a ratio.
Source: `sell_out`, `trials`, `trial_scope`, `promotions`; see `propose.sql`; trials/matching.py; stats/power.py;
docs/methods.md.
Duty: 3, trials of new products.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import plotly.graph_objects as go

from analytics import charts
from analytics.answer import Finding, Scope
from analytics.charts.theme import Look
from analytics.metrics_of_trials import DETECTABLE
from analytics.numbers import plain
from analytics.stats.seasonal import Array
from analytics.trials.candidates import (
    LEAST_CONTROLS,
    PILOTS,
    SELLING_WEEKS,
    TRIED,
    WEEKS,
    Basis,
    Candidate,
    Panel,
    Product,
    Row,
    Week,
    rows,
    window,
)
from analytics.trials.weeks import WEEK, monday, whole
from data.store import Store
from data.text import Text

QUESTION = Text("在哪几家试，能看出多大的提升？", "Where should a trial be run, and what will it be able to show?")
CAPTION = Text("八成把握能看出的最小提升，%，按试点周数", "Smallest uplift shown with 80% probability, %, by weeks")
MEANING = Text(
    "试点按规模分三档、兼顾区域，挑每档里居中的，不挑最大的；对照是此前走势最像的客户。能看出的提升按这些客户自己过去的"
    "波动算：80% 区间的下端高过零才算看出，八成的试点会看出这么大的提升。正在别的试点、窗口里有该品促销、近四周没报数的"
    "不合适。",
    "Pilots: three classes of size, regions spread, from each class those in its middle, not the biggest; controls: "
    "the accounts with the most similar course. What can be shown follows from these accounts' own past: an uplift is "
    "shown when the 80% interval lies above nothing, and four in five trials show one of this size. Accounts in "
    "another trial, with a promotion of the product in those weeks, or silent for four weeks do not suit.",
)
NEEDS = ("sell_out",)
ENRICHED_BY = ("trials", "trial_scope", "promotions")
PAST_WEEKS = 130  # six windows of sixteen weeks and half a year before them
PROPOSED = Text("{product}：建议 {n} 家试点 {names}", "{product}: propose {n} pilots, {names}")
FEW = Text(
    "{product}：合适的客户只有 {n} 家，试点加对照至少要 {least} 家",
    "{product}: accounts that suit: {n}; pilots and controls need {least} at least",
)
SHOWS = Text(
    "{weeks} 周能看出的最小提升：{each}（八成把握）",
    "Smallest uplift that {weeks} weeks would show: {each} (80% probability)",
)
EACH = Text("{n} 家 {least}", "{n} pilots {least}")
ENOUGH = Text("目标 {target}：{n} 家试 {weeks} 周看得出", "Target {target}: {n} pilots show it in {weeks} weeks")
NEVER = Text(
    "目标 {target} 看不出：{n} 家试 {weeks} 周也只能看出 {least}",
    "Target {target} cannot be shown: {n} pilots over {weeks} weeks show {least} at least",
)
UNKNOWN = Text("历史太短，算不出能看出多大的提升", "The past is too short to say what a trial would show")
LIKE = Text("试点平均每周 {pilots} 件，合适的客户平均 {all} 件", "Pilots sell {pilots} pcs a week, all that suit {all}")
NOT = Text("{n} 家不合适：{each}", "{n} accounts do not suit: {each}")
BECAUSE = Text("{name}（{why}）", "{name} ({why})")
BASED: dict[Basis, Text] = {
    "sku": Text("", ""),
    "replaces": Text("没有历史，按它替代的产品看", "No history of its own: looked at by the product it replaces"),
    "category": Text("没有历史，按同品类看", "No history of its own: looked at by its category"),
}
AND = Text("、", ", ")
AFTER = Text("{n} 周", "wk {n}")
LINE = Text("{n} 家", "{n} pilots")
TOLD = 8  # accounts named in a sentence


def ask(store: Store, scope: Scope) -> list[Row]:
    """Pilots by size, controls, what can be shown, accounts that do not suit."""
    here, params = Path(__file__), scope.params()
    found = store.rows(here.with_name("propose_product.sql"), Product, trial=scope.trial, **params)
    if not found:
        return []
    [product] = found
    span = window(product, scope.as_of)
    told = {"sku": product.sku, "category": product.category, "trial": product.trial}
    candidates = store.rows(here.with_suffix(".sql"), Candidate, **params, **told, since=span[0], until=span[1])
    panel = _panel(store, scope, product, candidates)
    return rows(product, candidates, panel) if panel else []


def _panel(store: Store, scope: Scope, product: Product, candidates: Sequence[Candidate]) -> Panel | None:
    """The candidates' weeks of the product; where it has no past, of the one it replaces, else of its category."""
    weeks = whole(monday(scope.as_of) - PAST_WEEKS * WEEK, scope.as_of)
    looks: list[tuple[Basis, str]] = [("sku", product.sku), ("replaces", product.replaces or ""), ("category", "")]
    for basis, sku in looks:
        if basis == "replaces" and not sku:
            continue
        lines = store.rows(
            Path(__file__).with_name("propose_weeks.sql"), Week, sku=sku, category=product.category,
            since=weeks[0], until=weeks[-1] + WEEK - timedelta(days=1),
        )  # fmt: skip
        y = _matrix(lines, [c.account for c in candidates], weeks)
        if len(y) and np.nansum(y[:, :-SELLING_WEEKS]) > 0:
            return Panel(y, basis)
    return None


def _matrix(lines: Sequence[Week], accounts: Sequence[str], weeks: Sequence[date]) -> Array:
    at, place = {a: n for n, a in enumerate(accounts)}, {w: n for n, w in enumerate(weeks)}
    y = np.full((len(accounts), len(weeks)), np.nan)
    for line in lines:
        if line.account in at and line.week in place:
            y[at[line.account], place[line.week]] = line.qty
    return y


def say(rows: Sequence[Row], scope: Scope) -> list[Finding]:
    """Who is proposed, what that would show, whether it reaches the target, who does not suit and why."""
    if not rows:
        return []
    first = rows[0]
    based = [Finding("change", BASED[first.basis])] if first.basis != "sku" else []
    return [_proposed(rows), *based, _shows(rows), *_target(rows), *_alike(rows), *_against(rows)]


def of(rows: Sequence[Row], *views: str) -> list[Row]:
    """The rows of some views."""
    return [row for row in rows if row.slice in views]


def _proposed(rows: Sequence[Row]) -> Finding:
    pilots, product = of(rows, "pilot"), rows[0].product
    if not pilots:
        suit = len(of(rows, "control", "spare"))
        return Finding("rain", FEW.fill(product=product, n=suit, least=2 * LEAST_CONTROLS))
    return Finding("fair", PROPOSED.fill(product=product, n=len(pilots), names=_joined([r.called for r in pilots])))


def least(rows: Sequence[Row], pilots: int, weeks: int) -> float | None:
    """The smallest uplift that is shown, None where it is not known."""
    return next((r.detectable for r in rows if (r.pilots, r.trial_weeks) == (pilots, weeks)), None)


def _shows(rows: Sequence[Row]) -> Finding:
    each = [(n, found) for n in sorted(TRIED) if (found := least(rows, n, WEEKS)) is not None]
    if not each:
        return Finding("change", UNKNOWN)
    told = _joined([EACH.fill(n=n, least=DETECTABLE.text(found)) for n, found in each])
    return Finding("fair", SHOWS.fill(weeks=WEEKS, each=told))


def _target(rows: Sequence[Row]) -> list[Finding]:
    """How long the usual number of pilots has to be watched to show the target."""
    target, curve = rows[0].target_uplift, [r for r in of(rows, "power") if r.pilots == PILOTS]
    if target is None or not curve:
        return []
    enough = next((r for r in curve if (r.detectable or 0.0) <= target), None)
    last = enough or curve[-1]
    told = {"target": DETECTABLE.text(target), "n": last.pilots, "weeks": last.trial_weeks}
    if enough:
        return [Finding("fair", ENOUGH.fill(**told))]
    return [Finding("rain", NEVER.fill(**told, least=DETECTABLE.text(last.detectable)))]


def _alike(rows: Sequence[Row]) -> list[Finding]:
    """Whether the pilots are as big as the accounts that suit."""
    pilots, suit = of(rows, "pilot"), of(rows, "pilot", "control", "spare")
    if not pilots:
        return []
    mean = [plain(sum(r.recent or 0.0 for r in some) / len(some), 1) for some in (pilots, suit)]
    return [Finding("fair", LIKE.fill(pilots=mean[0], all=mean[1]))]


def _against(rows: Sequence[Row]) -> list[Finding]:
    against = of(rows, "unsuitable")
    if not against:
        return []
    told = [BECAUSE.fill(name=r.called, why=r.reason) for r in against[:TOLD]]
    more = [Text("…", "…")] if len(against) > TOLD else []
    return [Finding("change", NOT.fill(n=len(against), each=_joined([*told, *more])))]


def _joined(texts: Sequence[Text]) -> Text:
    return Text(AND.zh.join(t.zh for t in texts), AND.en.join(t.en for t in texts))


def draw(rows: Sequence[Row], look: Look) -> go.Figure:
    """The smallest uplift shown, by weeks, a line for each number of pilots."""
    curve = of(rows, "power")
    weeks = sorted({r.trial_weeks for r in curve if r.trial_weeks is not None})
    series = [
        (LINE.fill(n=n), [100 * found if (found := least(curve, n, w)) is not None else None for w in weeks])
        for n in TRIED
        if any(r.pilots == n for r in curve)
    ]
    return charts.lines([AFTER[look.lang].format(n=w) for w in weeks], series, look, digits=1)
