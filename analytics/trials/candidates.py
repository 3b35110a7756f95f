"""The accounts that a trial could be run at: who suits, who is chosen, and what that would show.

Units: pcs a week; uplift as a ratio.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

import numpy as np

from analytics.answer import OfAccount
from analytics.stats import power
from analytics.stats.seasonal import Array
from analytics.trials import matching
from analytics.trials.weeks import WEEK, monday
from data.text import Text

Slice = Literal["pilot", "control", "spare", "unsuitable", "power"]
Basis = Literal["sku", "replaces", "category"]
PILOTS, WEEKS = 6, 8  # of a usual trial
TRIED = (6, 3, 10)  # pilots, the usual number first
RECENT_WEEKS, SELLING_WEEKS, SIZE_WEEKS = 4, 8, 26  # silent; still selling; how big
LEAST_CONTROLS = 2
AHEAD = timedelta(days=14)  # from the week of the newest data to the first week that a trial could begin
WHY: dict[str, Text] = {
    "trial": Text("正在试点 {code}", "in trial {code}"),
    "promotion": Text("窗口里有促销 {code}", "promotion {code} in those weeks"),
    "silent": Text("近四周没有报数", "no report in four weeks"),
    "unsold": Text("近八周没有卖过", "not sold in eight weeks"),
    "short": Text("历史不到半年", "less than half a year of history"),
}


@dataclass(frozen=True, slots=True)
class Product:
    """What the trial is for."""

    trial: str
    sku: str
    replaces: str | None
    starts_on: date | None
    ends_on: date | None
    target_uplift: float | None
    sku_name: str
    sku_name_en: str
    category: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account, and what speaks against it."""

    account: str
    name: str
    name_en: str
    region: str
    reported_on: date
    other_trial: str | None
    promotion: str | None


@dataclass(frozen=True, slots=True)
class Week:
    """What an account sold in a week that it reported."""

    account: str
    week: date
    qty: float


@dataclass(frozen=True, slots=True)
class Row(OfAccount):
    """A pilot with its control, a control, another account that suits, one that does not; or what pilots would show."""

    slice: Slice
    trial: str
    sku: str
    sku_name: str
    sku_name_en: str
    target_uplift: float | None  # uplift that the trial is to reach, a ratio
    basis: Basis  # whose sales were looked at
    account: str = ""
    name: str = ""
    name_en: str = ""
    region: str = ""
    recent: float | None = None  # pcs a week over half a year
    control: str = ""  # of a pilot: the account most like it
    control_name: str = ""
    control_name_en: str = ""
    apart: float | None = None  # usual difference of their courses, a ratio
    unfit: str = ""  # a key of WHY, and the code that it names
    code: str = ""
    pilots: int | None = None
    trial_weeks: int | None = None
    detectable: float | None = None  # ratio

    @property
    def product(self) -> Text:
        """The product in both languages."""
        return Text(self.sku_name, self.sku_name_en)

    @property
    def reason(self) -> Text:
        """Why the account does not suit."""
        return WHY[self.unfit].fill(code=self.code)


@dataclass(frozen=True, slots=True)
class Panel:
    """The weeks of all candidates: `y` (accounts, weeks; pcs, NaN not reported), rows in the candidates' order."""

    y: Array = field(repr=False)
    basis: Basis

    def mean(self, row: int, weeks: int) -> float | None:
        """Pieces a week over the last weeks, of those reported; None where none was."""
        late = self.y[row, -weeks:]
        return None if np.isnan(late).all() else float(np.nanmean(late))


def window(product: Product, as_of: date) -> tuple[date, date]:
    """The days of the trial: as planned, else eight weeks from the second Monday on."""
    since = product.starts_on or monday(as_of) + AHEAD
    return since, product.ends_on or since + WEEKS * WEEK - timedelta(days=1)


def rows(product: Product, candidates: Sequence[Candidate], panel: Panel) -> list[Row]:
    """All rows of one proposal."""
    against = [unsuitable(c, panel, n) for n, c in enumerate(candidates)]
    fit = [n for n, why in enumerate(against) if not why[0]]
    paired = _paired(candidates, panel, fit)
    base = _base(product, panel.basis)

    def row(part: Slice, n: int, **more: object) -> Row:
        c = candidates[n]
        named = {"account": c.account, "name": c.name, "name_en": c.name_en, "region": c.region}
        return Row(slice=part, recent=panel.mean(n, SIZE_WEEKS), **base, **named, **more)  # pyright: ignore

    found = []
    for pair in paired:
        other = candidates[pair.control]
        control = {"control": other.account, "control_name": other.name, "control_name_en": other.name_en}
        found.append(row("pilot", pair.pilot, apart=pair.apart, **control))
    controls, taken = {pair.control for pair in paired}, {pair.pilot for pair in paired}
    found += [row("control", n) for n in sorted(controls)]
    found += [row("spare", n) for n in fit if n not in controls | taken]
    found += [Row(slice="power", **base, **one) for one in _power(panel.y[fit])]  # pyright: ignore
    return found + [row("unsuitable", n, unfit=why, code=code) for n, (why, code) in enumerate(against) if why]


def _paired(candidates: Sequence[Candidate], panel: Panel, fit: Sequence[int]) -> list[matching.Pair]:
    """Pilots with their controls, as candidates, the biggest first; none where too few suit."""
    count = PILOTS if len(fit) >= 2 * PILOTS else len(fit) // 2
    if count < LEAST_CONTROLS:
        return []
    size = np.array([panel.mean(n, SIZE_WEEKS) or 0.0 for n in fit])
    chosen = matching.pilots(size, [candidates[n].region for n in fit], count)
    found = sorted(matching.pairs(panel.y[list(fit)], chosen), key=lambda pair: (-float(size[pair.pilot]), pair.pilot))
    return [matching.Pair(fit[pair.pilot], fit[pair.control], pair.apart) for pair in found]


def _base(product: Product, basis: Basis) -> dict[str, object]:
    named = {"sku": product.sku, "sku_name": product.sku_name, "sku_name_en": product.sku_name_en}
    return {"trial": product.trial, "target_uplift": product.target_uplift, "basis": basis, **named}


def unsuitable(candidate: Candidate, panel: Panel, row: int) -> tuple[str, str]:
    """(key of WHY, code that it names), both "" where nothing speaks against the account."""
    known = ~np.isnan(panel.y[row])
    if not known[-RECENT_WEEKS:].any():
        return "silent", ""
    if np.nansum(panel.y[row, -SELLING_WEEKS:]) <= 0:
        return "unsold", ""
    if candidate.other_trial:
        return "trial", candidate.other_trial
    if candidate.promotion:
        return "promotion", candidate.promotion
    return ("short", "") if known.sum() < SIZE_WEEKS else ("", "")


def _power(y: Array) -> list[dict[str, object]]:
    """What each number of pilots would show in each number of weeks; the other accounts are the controls."""
    course = power.course(y) if len(y) else {}
    return [
        {"pilots": n, "trial_weeks": weeks, "detectable": power.detectable(noise, n, len(y) - n)}
        for n in TRIED
        if len(y) - n >= LEAST_CONTROLS
        for weeks, noise in sorted(course.items())
    ]
