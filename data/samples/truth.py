"""What was planted in the demo company, so that every method can be held against it."""

from dataclasses import dataclass

import numpy as np

from data.samples.columns import Days, Floats, Ints


@dataclass(frozen=True, slots=True)
class PromotionEffect:
    """What a promotion does: `uplift` of the baseline; `pull_forward` and `cannibalised`, shares of the pieces gained.

    Expected pieces over all its SKUs: `base_pcs`, `gross_pcs` gained, `dip_pcs` missing in the four weeks after,
    `cannibalised_pcs` missing at the account's other products of the category while it runs.
    """

    account: str
    skus: tuple[str, ...]
    starts_on: np.datetime64
    ends_on: np.datetime64
    uplift: float
    pull_forward: float
    cannibalised: float
    base_pcs: float
    gross_pcs: float
    dip_pcs: float
    cannibalised_pcs: float

    @property
    def net_pcs(self) -> float:
        """Pieces gained when all is over."""
        return self.gross_pcs - self.dip_pcs - self.cannibalised_pcs


@dataclass(frozen=True, slots=True)
class TrialEffect:
    """What a trial does: `uplift` of the SKU at the pilots (share); of a new product `rate` (pieces a store and week).

    `cannibalised` is the share of the new product's pieces taken from `replaces`.
    """

    sku: str
    pilots: tuple[str, ...]
    uplift: float
    rate: float
    replaces: str
    cannibalised: float


@dataclass(frozen=True, slots=True)
class TrainingEffect:
    """Lift of the trained category at the store: `lift` x share of staff trained, halving every `half_life_weeks`.

    Sessions in `without_lift` had none (the test was failed). `sessions`: session -> lift at its start.
    """

    lift: float
    half_life_weeks: float
    sessions: dict[str, float]
    without_lift: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StockOut:
    """Deliveries to an account cut to `supplied` (share) between two days; `lost_pcs` were asked for and not there."""

    account: str
    sku: str
    since: np.datetime64
    until: np.datetime64
    supplied: float
    lost_pcs: int


@dataclass(frozen=True, slots=True)
class Stuffing:
    """An account that was pushed to take `factor` times what it needed before a rebate threshold and sent part back."""

    account: str
    since: np.datetime64
    until: np.datetime64
    factor: float
    returned_pcs: int


@dataclass(frozen=True, slots=True)
class Rebate:
    """What an agreement has earned by the last day: `basis` (CNY or pcs) and `earned_cny` by its own method."""

    account: str
    basis: float
    earned_cny: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """Pieces by period x account x SKU; a period is a week cut at month ends, `starts` and `ends` are its days.

    `expected`: without promotions, trials, trainings and events; `demand`: what people came for, before stock-outs.
    """

    starts: Days
    ends: Days
    accounts: tuple[str, ...]
    skus: tuple[str, ...]
    expected: Floats
    demand: Ints


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything planted, by name; dictionaries are keyed by code.

    `short_now`: (account, sku); `unordered`: (warehouse, sku) down to its reorder level with nothing on order;
    `approved`: (account, sku) -> share of what was approved to be sent that was let through.
    """

    season: dict[str, tuple[float, ...]]
    peaks: dict[str, float]
    growth: dict[str, float]
    falling: tuple[str, ...]
    rising: tuple[str, ...]
    silent: tuple[str, ...]
    promotions: dict[str, PromotionEffect]
    trials: dict[str, TrialEffect]
    training: TrainingEffect
    event_lift: dict[bool, float]
    stock_outs: tuple[StockOut, ...]
    short_now: tuple[tuple[str, str], ...]
    unordered: tuple[tuple[str, str], ...]
    approved: dict[tuple[str, str], float]
    stuffing: tuple[Stuffing, ...]
    rebates: dict[str, Rebate]
    rep_effects: dict[str, float]
    account_effects: dict[str, float]
    forecast_bias: dict[str, float]
    pulse_lead_months: int
    visits_short: tuple[str, ...]
    baseline: Baseline
