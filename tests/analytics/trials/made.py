"""Small trials made by hand: weekly sales of a few accounts, a register, who carries it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.answer import Scope

START = date(2026, 3, 2)  # a Monday
BEFORE, SINCE = 30, 6  # weeks
FIRST = START - timedelta(weeks=BEFORE)
PILOTS, CONTROLS = ("P1", "P2", "P3"), tuple(f"C{n}" for n in range(1, 9))
NOW = Scope(START + timedelta(weeks=SINCE, days=-1))  # the Sunday of the last week
Made = Callable[..., None]


def weekly(account: str, pieces: Sequence[float | None], sku: str = "X", store: str | None = None, first: date = FIRST):
    """Rows of an account that sold so much a week, on Wednesdays and on Sundays; None is a week without rows."""
    days = [(first + timedelta(weeks=n, days=day), pcs) for n, pcs in enumerate(pieces) for day in (2, 6)]
    return [
        {"account": account, "store": store, "sku": sku, "sold_on": on, "qty": pcs / 2, "amount": 1}
        for on, pcs in days
        if pcs is not None
    ]


def course(seed: int, level: float = 100.0, noise: float = 0.03, lift: float = 0.0) -> list[float]:
    """Pieces a week: a wave that all share, a little noise, a lift since the start."""
    weeks = np.arange(BEFORE + SINCE)
    swing = np.random.default_rng(seed).normal(0, noise, len(weeks))
    pieces = level * (1 + 0.2 * np.sin(weeks / 5)) * np.exp(swing) * np.where(weeks < BEFORE, 1, 1 + lift)
    return np.round(pieces * 2).tolist()


@pytest.fixture
def made(given) -> Made:
    """A trial of X at three pilots against eight controls; a test changes what it is about."""

    def put(
        lift: float = 0.3, *, scope: Sequence[dict[str, Any]] | None = None, more: Sequence[dict] = (), **trial: Any
    ):
        names = [*PILOTS, *CONTROLS]
        given("accounts", *({"account": a, "account_name": f"{a}店", "name_en": a, "stores": 5} for a in names))
        told = {"trial": "T1", "title": "体验台", "sku": "X", "starts_on": START, "target_uplift": 0.1}
        told |= {"ends_on": START + timedelta(weeks=8, days=-1), "fixed_on": START - timedelta(days=1), "owner": "李敏"}
        given("trials", told | {"go_at": 0.8, "stop_at": 0.2} | trial)
        listed = [{"trial": "T1", "account": a, "pilot": a in PILOTS} for a in names]
        given("trial_scope", *(listed if scope is None else scope))
        rows = [weekly(a, course(n, 50 * (1 + n), lift=lift if a in PILOTS else 0)) for n, a in enumerate(names)]
        given("sell_out", *(row for one in rows for row in one), *more)

    return put
