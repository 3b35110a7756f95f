"""Of which products at which accounts nothing can be said, and what would change that."""

from collections.abc import Sequence
from typing import Protocol

from analytics.answer import Finding
from analytics.supply.naming import listed
from analytics.supply.plan import NO_COUNT, NO_FORECAST, NO_LEAD
from data.text import Text

UNTOLD = {
    NO_COUNT: Text(
        "{n} 处在卖却没有近期盘点，不能判断：{who}",
        "On sale without a recent count at {n} places, so nothing is said there: {who}",
    ),
    NO_FORECAST: Text(
        "{n} 处在卖但历史太短，没有预测：{who}", "On sale with too short a history for a forecast at {n} places: {who}"
    ),
    NO_LEAD: Text(
        "{n} 处不知交货周期，不能判断：{who}", "No lead time is known at {n} places, so they are not planned: {who}"
    ),
}


class Planned(Protocol):
    """A row of the plan."""

    @property
    def state(self) -> str:
        """Why it is not planned; "" where it is."""
        ...

    @property
    def recent(self) -> float | None:
        """Pieces sold a week of late."""
        ...

    @property
    def called(self) -> Text:
        """The account's name."""
        ...


def untold(rows: Sequence[Planned]) -> list[Finding]:
    """One sentence for each reason, of what still sells; nothing where all can be told."""
    found = []
    for state, words in UNTOLD.items():
        if mine := [r for r in rows if r.state == state and (r.recent or 0.0) > 0]:
            found.append(Finding("change", words.fill(n=len(mine), who=listed(r.called for r in mine))))
    return found
