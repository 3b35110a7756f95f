"""What is short is shared out: whole pieces, never more than there is or is wanted, all of it, where it keeps most."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.allot import allot
from analytics.stats.stockout import Demand, beyond, lost

NAN = np.nan
LINE = st.tuples(
    st.sampled_from([0.0, 1.0, 10.0, 400.0]) | st.floats(1, 2_000),  # mean, pcs
    st.floats(0.02, 1.2),  # deviation over mean
    st.sampled_from([0.0, 0.5, 1.5]) | st.floats(0, 2),  # there, over mean
    st.integers(0, 900),  # wanted, pcs
    st.sampled_from([1_000.0, 1_000.0, 2_000.0]) | st.floats(1, 5_000),  # worth, CNY
    st.integers(0, 2),  # product
)
SUPPLIES = st.lists(st.just(NAN) | st.integers(0, 2_000).map(float), min_size=3, max_size=3)


def lines(*told: tuple[float, ...]) -> dict:
    mean, relative, there, wanted, worth, product = (
        np.array(column, dtype=float) for column in zip(*told, strict=True)
    )
    total = Demand(mean, np.maximum((relative * mean) ** 2, mean))
    return {
        "total": total, "there": there * mean, "wanted": wanted, "worth": worth, "product": product.astype(int)
    }  # fmt: skip


def by_product(pieces: np.ndarray, product: np.ndarray) -> np.ndarray:
    return np.bincount(product, pieces, minlength=3)


@given(st.lists(LINE, min_size=1, max_size=12), SUPPLIES)
def test_whole_pieces_are_given_at_most_what_is_wanted_and_there_and_all_of_it_where_it_is_short(told, supplies):
    some, supply = lines(*told), np.array(supplies)

    out = allot(**some, supply=supply)

    assert (out == np.round(out)).all() and (out >= 0).all() and (out <= some["wanted"]).all()
    given_, asked = by_product(out, some["product"]), by_product(some["wanted"], some["product"])
    short = asked > supply
    np.testing.assert_array_equal(given_[~short], asked[~short])
    np.testing.assert_array_equal(given_[short], supply[short])


@given(st.lists(LINE.filter(lambda line: line[0] > 5), min_size=2, max_size=8), st.integers(1, 500))
def test_a_piece_more_would_keep_as_much_everywhere_within_a_piece(told, supply):
    some = lines(*((*line[:5], 0) for line in told))

    out = allot(**some, supply=np.array([float(supply)]))

    def keeps(pieces: np.ndarray) -> np.ndarray:
        return some["worth"] * beyond(some["total"], some["there"] + pieces)

    last, following = keeps(np.maximum(out - 2, 0)), keeps(out + 2)
    has, lacks = out > 0, out < some["wanted"]
    if has.any() and lacks.any():
        assert following[lacks].max() <= last[has].min() + 1e-6 * some["worth"].max()


def test_what_is_dear_goes_first_and_no_other_sharing_keeps_more():
    some = lines((100, 0.3, 0, 150, 1_000, 0), (100, 0.3, 0, 150, 3_000, 0))

    out = allot(**some, supply=np.array([120.0]))

    def kept(first: float) -> float:
        pieces = np.array([first, 120 - first])
        return float((some["worth"] * (lost(some["total"], np.zeros(2)) - lost(some["total"], pieces))).sum())

    assert out[1] > out[0]
    assert kept(out[0]) >= max(map(kept, range(121))) - 1


def test_equal_lines_that_surely_sell_it_all_share_alike():
    some = lines(*[(500, 0.2, 0, 600, 1_000, 0)] * 4)

    assert list(allot(**some, supply=np.array([20.0]))) == [5, 5, 5, 5]


def test_of_pieces_that_surely_sell_those_that_can_take_more_get_more_and_none_gives_back():
    some = lines((1_000, 0.05, 0, 900, 1_000, 0), (500, 0.2, 0, 600, 1_000, 0))

    out = allot(**some, supply=np.array([20.0]))

    assert out.sum() == 20 and out[0] > out[1] >= 0


def test_where_goods_are_the_next_piece_keeps_less():
    some = lines((100, 0.3, 0.0, 150, 1_000, 0), (100, 0.3, 1.0, 150, 1_000, 0))

    out = allot(**some, supply=np.array([100.0]))

    assert out[0] == pytest.approx(out[1] + 100, abs=1) or list(out) == [100, 0]


@pytest.mark.parametrize("supply", [NAN, 150.0, 151.0])
def test_what_is_enough_or_not_known_is_no_limit(supply):
    assert allot(**lines((100, 0.3, 0, 150, 1_000, 0)), supply=np.array([supply])) == 150


def test_a_product_that_is_short_takes_nothing_from_another():
    some = lines((100, 0.3, 0, 150, 1_000, 0), (100, 0.3, 0, 150, 1_000, 1))

    assert list(allot(**some, supply=np.array([60.0, 400.0]))) == [60, 150]
    assert list(allot(**some, supply=np.array([0.0, NAN]))) == [0, 150]


def test_a_part_of_a_piece_is_not_sent():
    assert allot(**lines((100, 0.3, 0, 150, 1_000, 0)), supply=np.array([60.7])) == 60
