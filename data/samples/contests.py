"""Contests: three of them, ranked by pieces of a category sold out in a month, three prizes each."""

import numpy as np
import pyarrow as pa

from data.samples import market
from data.samples.columns import Floats, table
from data.samples.seasons import LAST, axis

CONTESTS = (  # code, title, category, first and last day, day the prizes are paid
    ("JS2501", "618 洗衣机冲刺赛", market.WASHER, "2025-06-01", "2025-06-30", "2025-07-21"),
    ("JS2502", "双十一冰箱擂台赛", market.FRIDGE, "2025-11-01", "2025-11-30", "2025-12-22"),
    ("JS2601", "618 洗衣机冲刺赛", market.WASHER, "2026-06-01", "2026-06-30", "2026-07-20"),
)
PRIZES = (30_000, 18_000, 8_000)  # CNY for the first three places
MINIMUM = 200  # pieces: below it an account is not ranked


def contests() -> pa.Table:
    """The dataset `contests`: one row per contest and place."""
    rows = [(contest, place, prize) for contest in CONTESTS for place, prize in enumerate(PRIZES, 1)]
    return table(
        "contests",
        contest=[c[0] for c, _, _ in rows],
        title=[c[1] for c, _, _ in rows],
        category=[c[2] for c, _, _ in rows],
        starts_on=[c[3] for c, _, _ in rows],
        ends_on=[c[4] for c, _, _ in rows],
        by_qty=[True] * len(rows),
        by_growth=[False] * len(rows),
        minimum=[MINIMUM] * len(rows),
        place=[place for _, place, _ in rows],
        prize=[prize for _, _, prize in rows],
    )


def won(pieces: Floats) -> list[tuple[str, int, np.datetime64, int]]:
    """The prizes due by LAST: (contest, account number, day paid, CNY); `pieces` sold out, (36, A, S)."""
    finished = [contest for contest in CONTESTS if np.datetime64(contest[5]) <= LAST]
    return [
        (contest[0], account, np.datetime64(contest[5]), prize)
        for contest in finished
        for account, prize in zip(_ranking(pieces, contest), PRIZES, strict=False)
    ]


def _ranking(pieces: Floats, contest: tuple[str, ...]) -> list[int]:
    """Account numbers above the minimum, most pieces first; each contest is one whole month."""
    month = axis().month[axis().period[axis().at(contest[3])]]
    own = np.array(market.CATEGORY_OF) == market.CATEGORIES.index(contest[2])
    sold = pieces[month][:, own].sum(axis=1)
    return [int(a) for a in np.argsort(-sold, kind="stable") if sold[a] >= MINIMUM]
