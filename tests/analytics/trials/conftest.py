"""A trial to write rows about: four weeks from a Monday, two pilots, two controls."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from analytics.answer import Scope
from tests.analytics.trials.made import made

__all__ = ["made"]  # a trial with sales to read out

START = date(2026, 3, 2)
UNTIL = date(2026, 3, 29)
SCOPE = Scope(date(2026, 3, 31))


@pytest.fixture
def trial(given) -> Callable[..., None]:
    """Register the trial; what a test names differs."""

    def put(code: str = "SD01", **more: object) -> None:
        row = {"trial": code, "title": "试销", "sku": "NEW", "starts_on": START, "ends_on": UNTIL}
        given("trials", row | more)

    return put


@pytest.fixture
def scoped(given) -> Callable[..., None]:
    """List pilots (True) and controls (False): {"A01": True}, or (account, store)."""

    def put(accounts: dict, code: str = "SD01", **more: object) -> None:
        rows = [(key if isinstance(key, tuple) else (key, None), pilot) for key, pilot in accounts.items()]
        given("trial_scope", *({"trial": code, "account": a, "store": s, "pilot": p, **more} for (a, s), p in rows))

    return put


@pytest.fixture
def sold(given) -> Callable[..., None]:
    """Sell-out of (account, week of the trial from 0, pieces); before it negative weeks. Dated in the week's middle."""

    def put(*lines: tuple, sku: str = "NEW", store: str | None = None) -> None:
        rows = (
            {"account": a, "sku": sku, "store": store, "sold_on": START + timedelta(days=7 * w + 3), "qty": q}
            for a, w, q in lines
        )
        given("sell_out", *rows)

    return put
