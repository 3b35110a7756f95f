"""The weather map has room for so many accounts: with more it shows the largest and says so."""

import pytest

from analytics.barometer import weather
from analytics.barometer.weather import MAPPED, Row


def account(code: str, current: float | None, before: float | None, score: float | None = 50.0) -> Row:
    return Row(code, code, code, "", "", score, score, current, before)


@pytest.mark.parametrize("more", [0, 1, 500])
def test_no_more_accounts_are_mapped_than_there_is_room_for(more):
    rows = [account(f"A{n:04}", float(n), None) for n in range(MAPPED + more)]

    shown = weather.mapped(rows)

    assert len(shown) == MAPPED and shown == rows[more:]  # the smallest go, the order stays
    assert (
        weather.map_caption(rows) == weather.CAPTION
        if not more
        else f"of {MAPPED + more} acc" in (weather.map_caption(rows).en)
    )


def test_an_account_that_was_large_a_year_ago_is_as_large_as_it_was():
    small = [account(f"S{n:03}", 5.0, 4.0) for n in range(MAPPED)]
    lost = account("lost", 0.0, 900.0, 3.0)

    assert lost in weather.mapped([lost, *small])
    assert account("silent", None, None, None) not in weather.mapped([*small, account("silent", None, None, None)])
