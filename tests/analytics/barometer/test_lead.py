"""The word "leads": never before 36 months, seldom by chance, and no forecast without it."""

from datetime import date

import numpy as np
import pytest

from analytics.answer import Scope, months_back
from analytics.barometer import index, lead
from bench.barometer import claims, independent
from bench.panels import inert, led

JUNE = Scope(date(2026, 6, 30))


def rows(months: int, x: np.ndarray, y: np.ndarray) -> list[index.Row]:
    """A barometer whose index is `x` and whose sales are `y`."""
    past = [months_back(JUNE.month, n) for n in range(months - 1, -1, -1)]
    found = [index.Row(m, "growth", float(v), None, 0.0, 0.0) for m, v in zip(past, y, strict=True)]
    return found + [index.Row(m, "cover", 0.0, 1.0, 1.0, float(v)) for m, v in zip(past, x, strict=True)]


@pytest.mark.parametrize(
    ("months", "zh"), [(35, "领先性还不能检验：有 35 个月，还差 1 个月"), (36, "领先指标：能提前三个月看出销售")]
)
def test_before_36_months_a_lead_is_not_even_tested(months, zh):
    x, y = led(np.random.default_rng(1), months, 0.97)

    assert lead.status(lead.judge(rows(months, x, y))).zh == zh


def test_without_an_index_all_36_months_are_lacking():
    assert lead.status([]).en == "Lead not yet testable: 0 months, 36 more needed"


def test_an_index_that_leads_gives_direction_with_probability_and_band():
    x, y = led(np.random.default_rng(1), 60, 0.97)
    found = lead.judge(rows(60, x, 0.05 * y))

    first = found[0]
    assert first.leads and first.low is not None and first.high is not None and first.foretold is not None
    assert first.low < first.foretold < first.high and first.chance is not None and 0 < first.chance < 1
    status, skill, outlook = (f.text.en for f in lead.say(found, JUNE))
    assert status == "Leading: it tells sales three months ahead"
    assert skill.startswith("Out-of-sample error: −")
    assert "with a probability of" in outlook and "80%" in outlook


def test_an_index_that_does_not_lead_forecasts_nothing_and_says_so():
    noise = np.random.default_rng(3)
    found = lead.judge(rows(48, inert(noise, 48, 0.5), inert(noise, 48, 0.5)))

    assert [r.leads for r in found] == [False, False]
    assert all(r.chance is None and r.own_lag is not None for r in found)
    assert lead.say(found, JUNE)[-1].text.zh == "所以这里不作预测。"


def test_a_part_is_not_said_to_lead_beside_an_index_that_does_not():
    x, y = led(np.random.default_rng(1), 60, 0.97)
    past = [months_back(JUNE.month, n) for n in range(59, -1, -1)]
    noise = inert(np.random.default_rng(5), 60, 0.5)
    parts = [index.Row(m, "growth", float(v), 1.0, 1.0, float(z)) for m, v, z in zip(past, y, noise, strict=True)]
    parts += [index.Row(m, "cover", float(v), None, 0.0, 0.0) for m, v in zip(past, x, strict=True)]

    found = {r.component: r for r in lead.judge(parts)}

    assert found["index"].leads is False and found["cover"].leads is False
    assert (found["cover"].own_lag or 0) > 0.1  # its figures are shown all the same


def test_sales_are_not_tested_against_themselves():
    assert [r.component for r in lead.judge(independent(np.random.default_rng(0), 40))] == [
        "index", *(c for c in index.COMPONENTS if c != "growth")
    ]  # fmt: skip


def test_independent_histories_are_called_leading_in_one_of_ten_at_most():
    assert claims(36, 60, 0.5) <= 0.10


def test_shuffled_histories_are_called_leading_in_one_of_ten_at_most():
    said = 0
    for seed in range(60):
        x, y = led(np.random.default_rng(seed), 40)
        said += any(r.leads for r in lead.judge(rows(40, np.random.default_rng(seed).permutation(x), y)))

    assert said <= 6
