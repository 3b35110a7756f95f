"""The average with a second forecaster: only where the past says that it is better, and only for the data it is of."""

import json
from datetime import timedelta
from types import SimpleNamespace

import numpy as np
import pytest

import analytics.__main__ as command
from analytics.answer import Scope
from analytics.stats.forecast import points
from analytics.stats.seasonal import WEEKLY
from analytics.supply import blend
from bench import panels
from tests.analytics.supply.panels import MONDAY, WEEK
from tests.analytics.supply.test_backtest import end_of, of
from tests.analytics.supply.test_season import one_item, put

CALM = panels.accounts(21, panels.Nature(0.1, 0.0), 52, 140, 40)
RISING = CALM * np.exp(0.01 * np.arange(140))  # a per cent a week, which a level that follows is always behind of


def linear(rows: np.ndarray, targets: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Least squares, in place of a package that the suite does not need."""
    mean = np.nanmean(rows, axis=0)

    def whole(x: np.ndarray) -> np.ndarray:
        known = np.where(np.isnan(x), mean, x)
        told, ahead = known[:, -5:-4], known[:, -4:-3]
        return np.concatenate([np.ones((len(x), 1)), told, told * ahead], axis=1)

    return whole(new) @ np.linalg.lstsq(whole(rows), targets, rcond=None)[0]


def nonsense(rows: np.ndarray, targets: np.ndarray, new: np.ndarray) -> np.ndarray:
    return np.full(len(new), 7.0)


def test_what_corrects_a_known_fault_is_accepted():
    trial = blend.tried(of(RISING), linear)

    assert trial is not None and trial.accepted and trial.gain > 0.1
    assert trial.origins == 3


@pytest.mark.parametrize(("panel", "regressor"), [(CALM, linear), (RISING, nonsense)])
def test_what_takes_nothing_away_is_not(panel, regressor):
    trial = blend.tried(of(panel), regressor)

    assert trial is not None and not trial.accepted


@pytest.mark.parametrize(("blended", "accepted"), [(0.098, True), (0.0981, False)])
def test_two_per_cent_is_the_line(blended, accepted):
    assert blend.Trial(0.1, blended, 3).accepted == accepted


@pytest.mark.parametrize(("weeks", "origins"), [(78, 0), (79, 1), (83, 2), (87, 3), (120, 3)])
def test_a_trial_needs_a_year_and_two_quarters(weeks, origins):
    trial = blend.tried(of(CALM[:, :weeks]), linear)

    assert (0 if trial is None else trial.origins) == origins


def test_nothing_is_learned_from_what_came_later():
    """Figures after the origin may be anything: the forecast made there stays the same."""
    y = RISING[:, :120]

    alone, _ = blend.blended(y, np.zeros(40, int), linear, WEEKLY)

    np.testing.assert_array_equal(alone, points(y, np.zeros(40, int), 13, WEEKLY))
    seen = []
    blend.tried(of(RISING), lambda rows, targets, new: seen.append(targets) or np.ones(len(new)))
    changed, again = RISING.copy(), []
    changed[:, 127:] = 1e6
    blend.tried(of(changed), lambda rows, targets, new: again.append(targets) or np.ones(len(new)))
    np.testing.assert_array_equal(seen[0], again[0])  # the last one judged was made at week 127


def test_it_is_half_of_each_and_never_below_nothing():
    groups, scale = np.zeros(40, int), CALM[:, -52:].mean(axis=1)

    alone, both = blend.blended(CALM, groups, lambda rows, targets, new: np.ones(len(new)), WEEKLY)
    _, none = blend.blended(CALM, groups, lambda rows, targets, new: -np.ones(len(new)), WEEKLY)

    np.testing.assert_allclose(both, (alone + scale[:, None]) / 2)
    np.testing.assert_allclose(none, alone / 2)


@pytest.fixture
def rising(store, given):
    lines = [
        (f"A{n % 4}", f"S{n // 4}", MONDAY + t * WEEK, float(round(RISING[n, t], 2)))
        for n in range(40)
        for t in range(140)
    ]
    put(given, lines)
    return store


def test_accepted_points_are_kept_for_the_data_they_were_made_from(rising, given):
    scope = Scope(end_of(140))

    trial = blend.run(rising, scope, linear)
    found = blend.accepted(rising, scope.as_of, "sell_out")

    assert trial is not None and trial.accepted and found is not None
    assert (found.since, found.pcs.shape, found.account[:2]) == (MONDAY + 140 * WEEK, (40, 13), ("A0", "A0"))
    assert np.isfinite(found.pcs).all()
    assert blend.accepted(rising, scope.as_of - timedelta(days=1), "sell_out") is None  # a week less was known
    assert blend.accepted(rising, scope.as_of, "sell_in") is None
    given("sell_out", {"account": "A0", "sku": "S1", "sold_on": end_of(140), "qty": 1, "amount": 1})
    assert blend.accepted(rising, scope.as_of, "sell_out") is None


def test_what_was_accepted_before_goes_when_it_no_longer_gains(rising):
    scope = Scope(end_of(140))
    blend.run(rising, scope, linear)

    blend.run(rising, scope, nonsense)

    assert blend.accepted(rising, scope.as_of, "sell_out") is None
    assert not list(rising.root.glob("blend*"))


def test_without_data_there_is_nothing_to_try(store):
    assert blend.run(store, Scope(end_of(100)), linear) is None
    assert blend.accepted(store, end_of(100), "sell_out") is None


def by_command(store, monkeypatch, capsys, regressor) -> tuple[int, dict]:
    home = SimpleNamespace(is_ready=True, store=lambda: store)
    monkeypatch.setattr(command, "Home", lambda *a: home)
    monkeypatch.setattr(blend, "lightgbm", regressor)
    code = command.main(["blend", "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_tells_the_verdict(rising, monkeypatch, capsys):
    code, told = by_command(rising, monkeypatch, capsys, linear)

    assert (code, told["status"]) == (0, "accepted") and told["gain"] > 0.1
    assert told["said"].startswith("accepted: SxL alone misses by")


def test_the_command_says_what_is_missing(store, given, monkeypatch, capsys):
    put(given, one_item(70))
    assert by_command(store, monkeypatch, capsys, linear)[1]["status"] == "not tried"

    def absent(*_):
        raise ImportError

    put(given, one_item(100, account="B"))
    code, told = by_command(store, monkeypatch, capsys, absent)
    assert code == 2 and "requirements-lightgbm.txt" in told["reason"]


def test_lightgbm_itself_learns():
    pytest.importorskip("lightgbm", reason="an optional requirement: requirements-lightgbm.txt")
    x = np.random.default_rng(1).normal(size=(600, 3))

    told = blend.lightgbm(x[:500], x[:500, 0], x[500:])

    assert np.abs(told - x[500:, 0]).mean() < 0.3
