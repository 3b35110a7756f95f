"""A plan made by hand, so that what questions read from it is rows in, rows out."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from analytics.supply import plan
from data.marts import SUPPLY_PLAN
from data.store import Store

Planned = Callable[..., None]
KINDS = {
    "VARCHAR": pa.string(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
    "DOUBLE[]": pa.list_(pa.float64()),
    "BIGINT": pa.int64(),
}
PLACES = ("place", "risk_place")
USUAL: dict[str, Any] = {
    "account": "A", "sku": "X", "state": "", "basis": "season", "counted_on": date(2026, 6, 30), "on_hand": 100.0,
    "in_transit": 0.0, "on_order": 0.0, "filled": 1.0, "unsent": 0.0, "recent": 14.0, "rate": 2.0, "cover_now": 50.0,
    "cover_days": 50.0, "lead_days": 28.0, "need_days": 42.0, "transit_days": None, "until": date(2026, 8, 11),
    "peak": "", "peak_en": "", "need": 84.0, "safety": 10.0, "ship": 0.0, "rush": 0.0, "allotted": 0.0, "risk": 0.0,
    "risk_until": 0.0, "soon_pcs": 0.0, "lost_pcs": 0.0, "kept_pcs": 0.0, "price": 1000.0, "arrive_by": None,
    "dispatch_by": None, "order_by": None, "warehouse": "", "free": None, "excess": 0.0, "lost": 0.0,
    "until_days": 42.0, "sent_by_step": [0.0] * 26, "unsent_by_step": [0.0] * 26,
}  # fmt: skip


@pytest.fixture
def planned(store: Store, given: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Planned:
    """Keep a plan of these rows; what a test does not name is as usual. Accounts and products it names get
    masters, called by their codes."""

    def keep(*rows: dict[str, Any], accounts: tuple[dict, ...] = (), products: tuple[dict, ...] = ()) -> None:
        where = {a["account"]: a.get("region") for a in accounts}
        kinds = {p["sku"]: p.get("category", "") for p in products}
        full = sorted((USUAL | row for row in rows), key=lambda r: (r["account"], r["sku"]))
        full = [{"region": where.get(r["account"]), "category": kinds.get(r["sku"], "")} | r for r in full]
        named = {a["account"] for a in accounts}, {p["sku"] for p in products}
        given(
            "accounts", *accounts, *({"account": a, "account_name": a} for a in {r["account"] for r in full} - named[0])
        )
        given("products", *products, *({"sku": s, "sku_name": s} for s in {r["sku"] for r in full} - named[1]))
        types = dict(column.split() for column in SUPPLY_PLAN.columns.split(", "))
        told = {n: pa.array([r[n] for r in full], KINDS[types[n]]) for n in SUPPLY_PLAN.names if n not in PLACES}
        arrays = {n: told[n].to_numpy(zero_copy_only=False) for n in told if types[n] != "DOUBLE[]"}
        columns = told | {n: pa.array(x) for n, x in plan.places(arrays).items()}
        mark = store.kept(SUPPLY_PLAN, "by hand", lambda: pa.table({n: columns[n] for n in SUPPLY_PLAN.names}))
        monkeypatch.setattr(plan, "keep", lambda store, scope: mark)

    return keep
