"""Few measurements are held near what is usual, many speak for themselves; and the errors said are those made."""

import numpy as np
import pytest

from analytics.stats.pooled import pooled

ONE = np.ones(1)


def ones(count: int) -> np.ndarray:
    return np.ones((count, 1))


def test_exact_measurements_of_one_thing_are_their_mean():
    told = pooled(np.full(50, 0.4), np.full(50, 0.05), ones(50))

    assert told.usual(ONE).mean == pytest.approx(0.4, abs=0.005)
    assert told.usual(ONE).error == pytest.approx(0.05 / np.sqrt(50), rel=0.3)


def test_a_new_one_is_less_sure_than_what_is_usual():
    y = np.random.default_rng(2).normal(0.4, 0.2, 60)

    told = pooled(y, np.full(60, 0.02), ones(60))

    assert told.new(ONE).error == pytest.approx(0.2, rel=0.2)
    assert told.usual(ONE).error < 0.05


def test_a_noisy_case_is_drawn_to_the_others_and_a_sure_one_is_not():
    y, errors = np.array([*np.full(20, 0.3), 1.0, 1.0]), np.array([*np.full(20, 0.05), 1.0, 0.01])
    told = pooled(y, errors, ones(22))

    noisy, sure = (told.total(row).mean for row in np.eye(22)[-2:])

    assert abs(noisy - 0.3) < 0.1 and sure == pytest.approx(1.0, abs=0.02)


def test_kinds_seen_once_stay_near_the_others():
    codes = np.array([0] * 20 + [1] * 20 + [2])
    y = np.array([0.2] * 20 + [0.6] * 20 + [1.2]) + np.random.default_rng(4).normal(0, 0.02, 41)
    told = pooled(y, np.array([0.1] * 40 + [0.4]), ones(41), [codes])

    first, second, once = (told.usual(np.array([1.0, *row])).mean for row in np.eye(3))

    assert first == pytest.approx(0.2, abs=0.05) and second == pytest.approx(0.6, abs=0.05)
    assert second < once < 1.0


def test_the_total_of_sure_cases_is_their_sum():
    y = np.array([0.1, 0.5, 0.9])
    told = pooled(y, np.full(3, 1e-4), ones(3))

    assert told.total(np.array([10.0, 20, 30])).mean == pytest.approx(38.0, abs=0.01)


def test_shrunk_effects_miss_by_a_quarter_less_than_raw_ones_and_their_intervals_hold():
    rng, raw, shrunk, inside = np.random.default_rng(11), [], [], []
    for _ in range(60):
        true = rng.normal(0.4, 0.15, 12)
        errors = rng.uniform(0.1, 0.5, 12)
        y = true + rng.normal(0, errors)
        told = pooled(y, errors, ones(12))
        for n, row in enumerate(np.eye(12)):
            found = told.total(row)
            raw.append(y[n] - true[n])
            shrunk.append(found.mean - true[n])
            inside.append(abs(found.mean - true[n]) <= 1.2816 * found.error)

    assert np.std(shrunk) <= 0.75 * np.std(raw)
    assert 0.74 <= np.mean(inside) <= 0.88


def test_a_chance_is_that_of_the_normal_law_and_certain_without_an_error():
    told = pooled(np.full(9, 0.4), np.full(9, 0.05), ones(9)).usual(ONE)

    assert told.chance(told.mean) == pytest.approx(0.5)
    assert told.chance(told.mean - 1.2816 * told.error) == pytest.approx(0.9, abs=0.001)


def test_nothing_cannot_be_pooled():
    with pytest.raises(ValueError, match="no cases"):
        pooled(np.zeros(0), np.zeros(0), ones(0))
