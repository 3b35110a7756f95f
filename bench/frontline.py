"""Is a lift of training that was planted found, and held by the range that is shown?

Made stores with known truth, real weekly sales of Walmart's stores with a lift put into six of them, and the demo
company.

    WEATHERGLASS_REAL_DATA=<folder> python -m bench.frontline     # --only counts | stacked | groups | walmart | demo
"""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from analytics.answer import Scope
from analytics.frontline import lift, measured, sessions
from analytics.stats import staggered
from analytics.stats.staggered import AFTER, AVERAGE, BEFORE, Strata
from bench.groups import coverage, groups, percent, walmart
from bench.panels import REAL
from data.datasets import BY_NAME
from data.lake import Receipt, arrow_schema
from data.samples.company import Company, company
from data.store import Store

Array = NDArray[np.float64]
WEEKS = np.arange(-BEFORE, AFTER + 1)
RUNS, SEEDS = 200, 60
DAY = date(2026, 6, 30)  # the demo company's last
NEEDED = ("accounts", "products", "sell_out", "trainings")


def world(
    rng: np.random.Generator, pcs: float, lifts: Array, half_life: float = 8.0, stores: int = 7, swing: float = 0.1
) -> Strata:
    """Sessions with these lifts (units,), each at a store of its own beside `stores` − 1 others.

    Every store sells `pcs` of each of eight products a week; account and product swing together, stores by `swing`.
    """
    units, products = len(lifts), 8
    size = rng.gamma(6, 1 / 6, (units, products, stores)) * pcs
    shock = np.exp(rng.normal(0, 0.25, (units, products, len(WEEKS), 1)))
    drift = np.exp(rng.normal(0, swing, (units, 1, len(WEEKS), stores)))
    mean = size[:, :, None, :] * shock * drift
    gain = 1 + np.where(WEEKS > 0, lifts[:, None] * 0.5 ** (WEEKS / half_life), 0.0)
    mean[..., 0] *= gain[:, None, :]
    sold = rng.poisson(mean).astype(float).reshape(units * products, len(WEEKS), stores)
    unit = np.repeat(np.arange(units), products)
    return Strata(unit, np.arange(units), sold[..., 0], sold[..., 1:].sum(axis=2))


def mean_lift(strata: Strata, lifts: Array, half_life: float = 8.0) -> float:
    """What was planted, over the weeks 1 to 8, each session by what it would have sold."""
    weight = np.bincount(strata.unit, strata.trained[:, :BEFORE].sum(axis=1), len(lifts))
    return float((weight * lifts).sum() / weight.sum()) * fading(half_life)


def fading(half_life: float, late: float = 0.0) -> float:
    """The share of a lift that is left on average over the weeks 1 to 8, which begin `late` weeks later."""
    return float((0.5 ** ((np.arange(1, AVERAGE + 1) - late) / half_life)).mean())


def drawn(rng: np.random.Generator, units: int) -> Array:
    """Lifts as the demo company has them: .22 times the share trained, none where the test was failed."""
    return 0.22 * rng.uniform(0.45, 1, units) * (rng.random(units) > 0.12)


# -- small counts -----------------------------------------------------------------------------------------------------


def counts(_: Path | None) -> Iterator[str]:
    """A lift of 20 % in sales that grow by a half for everybody, by three ways of dealing with zeros."""
    yield "pieces a store, product and week | log(1 + x) | ratio of each product, averaged | pooled (Mantel-Haenszel)"
    for pcs in (0.1, 0.3, 1.0, 3.0):
        found = np.array([_three_ways(np.random.default_rng([n, 5]), pcs) for n in range(RUNS)])
        middle = np.nanmean(found, axis=0)
        yield f"{pcs} | " + " | ".join(f"{100 * x:+.1f} %" for x in middle) + "   (planted +20 %)"


def _three_ways(rng: np.random.Generator, pcs: float) -> tuple[float, float, float]:
    units, products = 40, 8
    size = rng.gamma(6, 1 / 6, (units * products, 2)) * pcs * np.array([1.0, 6.0])  # one store beside the sum of six
    before, after = (
        rng.poisson(size, size=(BEFORE, *size.shape)),
        rng.poisson(1.5 * size * np.array([1.2, 1.0]), size=(AVERAGE, *size.shape)),
    )
    logs = np.log1p(after).mean(axis=0) - np.log1p(before).mean(axis=0)
    t1, c1, t0, c0 = (side.sum(axis=0)[:, k] for side in (after, before) for k in (0, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        single = np.where(t0 * c1 > 0, t1 * c0 / (t0 * c1), np.nan)
    n = np.maximum(t0 + c0 + t1 + c1, 1)
    return (
        float(np.expm1((logs[:, 0] - logs[:, 1]).mean())),
        float(np.nanmean(single)) - 1,
        float((t1 * c0 / n).sum() / (t0 * c1 / n).sum()) - 1,
    )


# -- stacked sessions -------------------------------------------------------------------------------------------------


def stacked(_: Path | None) -> Iterator[str]:
    """Forty sessions: coverage, bias, size of the test before, decay; thin and thick sales, with and without a lift."""
    for pcs in (0.3, 3.0):
        for planted in (True, False):
            runs = [_one(n, pcs, planted) for n in range(RUNS)]
            table = np.array(runs)
            lift_, truth, in80, in95, p, half80, told = table.T
            yield (
                f"{pcs} pcs, {'lifts' if planted else 'none'}: planted {100 * truth.mean():.1f} %, bias "
                f"{100 * (lift_ - truth).mean():+.2f} points, rmse {100 * np.sqrt(((lift_ - truth) ** 2).mean()):.1f}, "
                f"{coverage(in80, in95)}, test before says apart {percent(p < 0.1)} (10 wanted), half-life told "
                f"{percent(told)}, held "
                f"{_share(half80[told > 0])}"
            )


def _share(held_: Array) -> str:
    known = held_[~np.isnan(held_)]
    return f"{100 * known.mean():.0f} %" if len(known) else "-"


def _one(seed: int, pcs: float, planted: bool) -> tuple[float, ...]:
    rng = np.random.default_rng([seed, int(10 * pcs), planted])
    lifts = drawn(rng, 40) if planted else np.zeros(40)
    strata = world(rng, pcs, lifts)
    found, before, decay = staggered.average(strata), staggered.trend(strata), staggered.decay(strata)
    if found is None or before is None:
        raise ValueError(f"seed {seed}: nothing measured in a world of {len(lifts)} sessions")
    truth = mean_lift(strata, lifts)
    inside = [low <= truth <= high for low, high in (found.reach(0.8), found.reach(0.95))]
    held = np.nan if decay is None or not planted else float(decay.low <= 8.0 <= decay.high)
    return found.lift, truth, *map(float, inside), before.p, held, float(decay is not None)


# -- the demo company -------------------------------------------------------------------------------------------------


def demo(_: Path | None) -> Iterator[str]:
    """Seeds 0 to 59 of the demo company, asked as the page asks."""
    rows = []
    for seed in range(SEEDS):
        with tempfile.TemporaryDirectory() as folder:
            made = company(seed)
            store = filled(Path(folder), made)
            rows.append(held(store, made))
            store.close()
    table = np.array(rows)
    brand, truth, in80, in95, p, half, shrunk80, raw, drawn_in, no_lift, none, failed, total80, total95, known = table.T
    yield (
        f"{SEEDS} seeds, {known.mean():.0f} sessions measured: lift {100 * brand.mean():.2f} %, planted "
        f"{100 * truth.mean():.2f} %, {coverage(in80, in95)}"
    )
    yield f"everything at the store: {coverage(total80, total95)}"
    yield f"test before says apart {percent(p < 0.1)} (10 wanted); half-life of 8 weeks held {percent(half)}"
    yield (
        f"single sessions: shrunk 80 % holds {percent(shrunk80)}, rmse {drawn_in.mean():.3f}, raw {raw.mean():.3f}; "
        f"of those said to have a lift {_share(no_lift)} had none; said to have none had one: by sales {_share(none)}, "
        f"by the test {_share(failed)}"
    )


def filled(folder: Path, made: Company) -> Store:
    """A store with what training needs of a company."""
    store = Store(folder / "home", memory_mb=512)
    for name in NEEDED:
        rows = made.tables[name]
        numbered = rows.append_column("_line", pa.array(range(2, 2 + rows.num_rows), pa.int64()))
        store.lake.commit(BY_NAME[name], numbered.cast(arrow_schema(BY_NAME[name])), Receipt("made.csv", "", "bench"))
    store.version()
    return store


def held(store: Store, made: Company) -> tuple[float, ...]:
    """Of one company: the lift, what was planted, and whether the shown ranges hold it."""
    found = measured.measure(store, Scope(DAY))
    if found is None:
        raise ValueError("the demo company has no trainings")
    everywhere = found.where(lambda s: True)
    study, planted = lift.study(found, everywhere), _planted(found, made)
    brand, total = found.brand(everywhere), found.total(everywhere)
    own = np.bincount(brand.unit, _below(brand), len(planted))
    truth, whole = float((own * planted).sum() / own.sum()), float((own * planted).sum() / _below(total).sum())
    if study.brand is None or study.total is None or study.trend is None:
        raise ValueError("the demo company's lift could not be told")
    inside = [low <= truth <= high for low, high in (study.brand.reach(0.8), study.brand.reach(0.95))]
    inside_total = [low <= whole <= high for low, high in (study.total.reach(0.8), study.total.reach(0.95))]
    half = study.decay is None or study.decay.low <= made.truth.training.half_life_weeks <= study.decay.high
    return (
        study.brand.lift, truth, *map(float, inside), study.trend.p, float(half), *singly(store, found, planted),
        *map(float, inside_total), float(study.measured),
    )  # fmt: skip


def singly(store: Store, found: measured.Measured, planted: Array) -> tuple[float, ...]:
    """Single sessions: the shrunk ranges' coverage, errors raw and shrunk, wrong among "lift" and among "no lift"."""
    truth = {s.training: lift_ for s, lift_ in zip(found.sessions, planted, strict=True)}
    told = [r for r in sessions.ask(store, Scope(DAY)) if r.shrunk is not None]
    seen = np.array([(r.lift, r.shrunk, r.shrunk_low, r.shrunk_high) for r in told], dtype=float)
    target = np.array([truth[r.training] for r in told])
    raw, drawn_in = (float(np.sqrt(((seen[:, n] - target) ** 2).mean())) for n in (0, 1))
    wrong = [_wrong(told, target, verdict) for verdict in ("lift", "none", "failed")]
    return float(((seen[:, 2] <= target) & (target <= seen[:, 3])).mean()), raw, drawn_in, *wrong


def _wrong(told: Sequence[sessions.Row], target: Array, verdict: str) -> float:
    """The share of those with a verdict whose truth is another; NaN where there are none."""
    mine = np.array([r.verdict == verdict for r in told])
    lifted = target > 0
    return float(np.mean(~lifted[mine] if verdict == "lift" else lifted[mine])) if mine.any() else np.nan


def _planted(found: measured.Measured, made: Company) -> Array:
    """Each session's planted lift over the weeks 1 to 8; those weeks begin on Mondays, the lift on the day."""
    truth = made.truth.training
    late = [s.held_on.weekday() / 7 for s in found.sessions]
    return np.array(
        [
            truth.sessions[s.training] * fading(truth.half_life_weeks, d)
            for s, d in zip(found.sessions, late, strict=True)
        ]
    )


def _below(strata: Strata) -> Array:
    """What each stratum would have sold without the session: the weight of its lift in the average."""
    t0, c0 = strata.trained[:, :BEFORE].sum(axis=1), strata.others[:, :BEFORE].sum(axis=1)
    after = slice(BEFORE + 1, BEFORE + 1 + AVERAGE)
    t1, c1 = strata.trained[:, after].sum(axis=1), strata.others[:, after].sum(axis=1)
    return t0 * c1 / np.maximum(t0 + c0 + t1 + c1, 1e-9)


PARTS: dict[str, Callable[[Path | None], Iterator[str]]] = {
    "counts": counts, "stacked": stacked, "groups": groups, "walmart": walmart, "demo": demo,
}  # fmt: skip


def main() -> None:
    """Print the figures of docs/methods.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.frontline", description=__doc__)
    parser.add_argument("--only", choices=tuple(PARTS))
    only, folder = parser.parse_args().only, os.environ.get(REAL)
    for name in [only] if only else PARTS:
        print(f"\n{name}: {PARTS[name].__doc__}")
        for line in PARTS[name](Path(folder) if folder else None):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
