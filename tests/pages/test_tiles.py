"""Tiles of the account weather map: whole points that never contradict the word beside them."""

import pytest

from data.text import same
from pages.ui.tiles import Tile, _tile


@pytest.mark.parametrize(
    ("score", "shown", "word"),
    [
        (39.94, "39", "Rain"),
        (39.96, "40", "Change"),
        (40.0, "40", "Change"),
        (59.6, "59", "Change"),
        (100.0, "100", "Very fair"),
    ],
)
def test_a_tile_never_shows_the_number_of_the_next_band(score, shown, word):
    code, name, number, _, said = _tile(Tile("A", same("Jintai"), "East", score), "en")

    assert (code, name, number, said) == ("A", "Jintai", shown, word)


def test_a_tile_without_an_index_says_so():
    assert _tile(Tile("A", same(""), "East", None), "en") == ["A", "A", "–", "none", "no index"]
