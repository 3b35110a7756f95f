"""A small market with known sales: six accounts, three products, two years and a half of weeks."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from data.lake import Batch
from data.store import Store
from tests.conftest import giver

FIRST, WEEKS = date(2024, 1, 1), 130  # a Monday
LAST = FIRST + timedelta(days=7 * WEEKS - 1)
START = FIRST + timedelta(days=7 * 100)  # Monday of the usual promotion
ACCOUNTS, SKUS = ("A1", "A2", "A3", "A4", "A5", "A6"), ("S1", "S2", "S3")
PRICE = 100
Changes = dict[tuple[str, str, int], float]  # (account, sku, week) -> factor


def level(account: str, sku: str) -> int:
    """Pieces that a product sells in every week."""
    return 20 * (ACCOUNTS.index(account) + 2) * (SKUS.index(sku) + 1)


def lifted(account: str = "A1", sku: str = "S1", week: int = 100, by: float = 1.5) -> Changes:
    """Two weeks on deal and four with a tenth less."""
    after = {(account, sku, week + 2 + n): 0.9 for n in range(4)}
    return {(account, sku, week): by, (account, sku, week + 1): by} | after


def promotion(**changed: Any) -> dict[str, Any]:
    """One line of the register."""
    plain = dict(
        promotion="P1", account="A1", sku="S1", starts_on=START, ends_on=START + timedelta(days=13), mechanic="直降",
        depth=0.1, fixed_cost=100, our_share=0.6, account_margin=20, expected_uplift=0.8, title="一号",
    )  # fmt: skip
    return plain | changed


def published(store: Store, changes: Changes, *lines: dict[str, Any], masters: bool = True) -> None:
    """The sales with `changes`, and the register."""
    given = giver(store)
    sales = [
        dict(account=a, sku=s, sold_on=FIRST + timedelta(days=7 * w + 2), qty=pcs, amount=pcs * PRICE, category="K")
        for a in ACCOUNTS
        for s in SKUS
        for w in range(WEEKS)
        if (pcs := round(level(a, s) * changes.get((a, s, w), 1.0) * (1 + 0.02 * ((w * 7 + level(a, s)) % 5 - 2))))
    ]
    given("sell_out", *sales, sync=False)
    if masters:
        master = [dict(sku=s, sku_name=f"产品{s}", category="K", margin=30, price=120) for s in SKUS]
        given("products", *master, sync=False)
        given("accounts", *(dict(account=a, account_name=f"客户{a}", region="E") for a in ACCOUNTS), sync=False)
    given("promotions", *lines)


Publish = Callable[..., Batch]


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One promotion that added half, lost a tenth after it, and ended long ago."""
    store = Store(tmp_path_factory.mktemp("market") / "home", memory_mb=256)
    published(store, lifted(), promotion())
    yield store
    store.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four that are over, at four accounts in three mechanics; one planned, one of two products."""
    store = Store(tmp_path_factory.mktemp("busy") / "home", memory_mb=256)
    changes = lifted() | lifted("A2", "S2", 80, 1.4) | lifted("A3", "S3", 60, 1.8) | lifted("A4", "S1", 70, 1.2)
    lines = [promotion()]
    for code, account, sku, week, mechanic in (
        ("P2", "A2", "S2", 80, "直降"), ("P3", "A3", "S3", 60, "赠品"), ("P4", "A4", "S1", 70, "赠品"),
        ("P5", "A1", "S1", 134, "直降"),
    ):  # fmt: skip
        day = FIRST + timedelta(days=7 * week)
        lines.append(
            promotion(
                promotion=code,
                account=account,
                sku=sku,
                starts_on=day,
                ends_on=day + timedelta(days=13),
                mechanic=mechanic,
            )
        )
    published(store, changes, *lines)
    yield store
    store.close()
