"""What was taken from another product: exact without noise, honest with it, silent where nothing can be said."""

import numpy as np
import pytest

from analytics.stats.taken import LEVEL_WEEKS, Taken, taken

START, WEEKS = 104, 8


def panel(rng: np.random.Generator | None, pilots: int = 6, controls: int = 6, loss: float = 0.0) -> np.ndarray:
    """Accounts of different size that share a season; the first `pilots` sell `loss` less from START on."""
    size = np.linspace(10, 60, pilots + controls)
    season = 1 + 0.3 * np.sin(np.arange(START + WEEKS) / 8)
    mean = np.outer(size, season)
    mean[:pilots, START:] *= 1 - loss
    if rng is None:
        return mean
    drift = np.exp(np.cumsum(rng.normal(0, 0.01, mean.shape), axis=1))
    return rng.poisson(mean * drift).astype(float)


def first(pilots: int = 6, of: int = 12) -> np.ndarray:
    return np.arange(of) < pilots


def known(found: Taken | None) -> Taken:
    assert found is not None
    return found


def test_without_noise_the_loss_is_exact_whatever_the_season():
    y = panel(None, loss=0.2)

    found = known(taken(y, first(), START))

    assert found.pieces == pytest.approx(y[:6, START:].sum() / 0.8 * 0.2)
    assert found.error == pytest.approx(0, abs=1e-6) and (found.pilots, found.controls) == (6, 6)


def test_weeks_that_were_not_reported_are_missing_not_nothing_sold():
    y = panel(None, loss=0.2)
    whole = known(taken(y, first(), START)).pieces
    lost = y[0, START + 2] / 0.8 * 0.2
    y[0, START + 2] = np.nan  # a pilot
    y[7, START - 3 : START + 2] = np.nan  # a control
    y[2, 90] = np.nan

    assert known(taken(y, first(), START)).pieces == pytest.approx(whole - lost, rel=0.005)


def test_the_interval_holds_the_planted_loss_in_about_four_of_five_panels():
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(200):
        found = known(taken(panel(rng, loss=0.15), first(), START))
        truth = panel(None)[:6, START:].sum() * 0.15
        held += found.low <= truth <= found.high

    assert 0.74 <= held / 200 <= 0.9


@pytest.mark.parametrize(
    ("pilots", "controls", "start"),
    [(6, 1, START), (0, 6, START), (6, 6, LEVEL_WEEKS + WEEKS - 1), (6, 6, START + WEEKS)],
    ids=["one control", "no pilot", "no window of the past", "no week"],
)
def test_nothing_is_said_without_controls_pilots_past_or_weeks(pilots, controls, start):
    y = panel(np.random.default_rng(1), pilots, controls)
    y = y[:, START - start : START + WEEKS] if start < START else y

    assert taken(y, first(pilots, pilots + controls), start) is None


def test_accounts_that_never_sold_the_old_product_are_left_out():
    y = np.vstack([panel(None, loss=0.2), np.zeros((2, START + WEEKS))])
    pilot = np.append(first(), [True, False])

    found = known(taken(y, pilot, START))

    assert (found.pilots, found.controls) == (6, 6)
    assert found.pieces == pytest.approx(known(taken(y[:12], first(), START)).pieces)
