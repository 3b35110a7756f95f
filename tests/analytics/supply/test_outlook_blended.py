"""The nightly average stands in the outlook where it was accepted for the data as they are, and only there."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from analytics.answer import Scope
from analytics.supply import blend, outlook
from analytics.supply.blend import Blend

SUNDAY = date(2026, 6, 28)


@pytest.fixture
def two(store, given):
    """Two products that sell by season for two years and a half."""
    given(
        "sell_out",
        *(
            {"account": "A", "sku": sku, "sold_on": SUNDAY - timedelta(days=7 * n), "qty": 40 + 10 * (n % 52 < 26)}
            for n in range(130)
            for sku in ("X", "Y")
        ),
    )
    return store


def told(store, monkeypatch, found: Blend | None) -> outlook.Outlook:
    monkeypatch.setattr(outlook, "accepted", lambda *_: found)
    return outlook.outlook(store, Scope(SUNDAY))


def test_an_accepted_average_replaces_the_points_of_its_items_only(two, monkeypatch):
    usual = told(two, monkeypatch, None)
    average = Blend(("A",), ("X",), SUNDAY + timedelta(days=1), np.full((1, 26), 7.0))

    found = told(two, monkeypatch, average)

    assert usual.basis.tolist() == ["season", "season"]
    assert found.steps[0] == pytest.approx(np.full(26, 7.0))
    assert found.steps[1] == pytest.approx(usual.steps[1])


def test_one_of_another_week_is_not_taken(two, monkeypatch):
    usual = told(two, monkeypatch, None)
    old = Blend(("A",), ("X",), SUNDAY - timedelta(days=6), np.full((1, 26), 7.0))

    assert told(two, monkeypatch, old).steps == pytest.approx(usual.steps)


def test_what_is_kept_depends_on_which_trial_was_accepted(two):
    before = outlook.keep(two, Scope(SUNDAY))
    (two.root / blend.FILE).write_bytes(b"")

    assert blend.stamp(two) > 0
    with pytest.raises(pa.ArrowInvalid):  # an empty file is no Parquet: it was read, because the mark changed
        outlook.keep(two, Scope(SUNDAY))
    (two.root / blend.FILE).unlink()
    assert outlook.keep(two, Scope(SUNDAY)) == before
