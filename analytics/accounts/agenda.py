"""What to talk about with an account, or with which accounts first: the findings of many questions in one order."""

from collections.abc import Iterable

from analytics.answer import Finding

MOST = 5  # that a person takes into a meeting


def agenda(found: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """Bad news about an account by the money at stake, then what has no money; the largest of each account only."""
    largest: dict[str, Finding] = {}
    for finding in _wanted(found):
        largest.setdefault(finding.account, finding)
    return list(largest.values())[:most]


def topics(found: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """All bad news about one account by the money at stake; each sentence once."""
    told: dict[str, Finding] = {}
    for finding in _wanted(found):
        told.setdefault(finding.text.en, finding)
    return list(told.values())[:most]


def _wanted(found: Iterable[Finding]) -> list[Finding]:
    return sorted((f for f in found if f.account and f.level in ("rain", "storm")), key=lambda f: -f.weight)
