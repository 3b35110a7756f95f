"""What a promised service is worth on real weekly sales: 2,660 departments of 45 stores, a quarter ahead."""

import pytest

from bench import panels
from bench.supply import ORIGINS, kept_on_walmart


@pytest.fixture(scope="module")
def whole(real):
    return panels.walmart(real).whole()


@pytest.mark.parametrize("origin", ORIGINS)
def test_a_quarters_stock_for_95_percent_serves_92_to_99(whole, origin):
    [kept] = kept_on_walmart(whole, origin, [0.95])

    assert 0.92 <= kept <= 0.99


def test_a_higher_service_serves_more(whole):
    kept = kept_on_walmart(whole, ORIGINS[1], [0.5, 0.8, 0.9, 0.95, 0.98])

    assert kept == sorted(kept) and kept[0] < 0.7
